"""A report as a .docx after GB/T 9704—2012. The same report always gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from fzwriter.documents import clean_text
from fzwriter.output import layout, oxml, styles
from fzwriter.output.atomic import write_bytes
from fzwriter.output.layout import HEADER, HEADINGS, LOOKS, NORMAL, NOTICE, Look
from fzwriter.output.oxml import Run
from fzwriter.output.title import title_lines
from fzwriter.report import Paragraph, Report

_UNDATED = datetime(2000, 1, 1)  # noqa: DTZ001  OOXML core dates are naive UTC here
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_LEFTOVERS = {"stylesWithEffects", "numbering", "customXml", "webSettings", "fontTable"}
_PACKAGE_LEFTOVERS = {"thumbnail", "extended-properties"}


def write_docx(report: Report, path: Path | str, *, notice: str = "") -> None:
    """Write a report as a Word document.

    Args:
        report: what to print.
        path: the .docx to write; replaced in one step, or not at all.
        notice: a line that marks a copy with errors left; it stands in red on top of the first
            page and in the header of every page. ``read_text`` does not count it as text.

    Raises:
        InputError: the file can't be written there.
    """
    write_bytes(path, docx_bytes(report, notice=notice))


def docx_bytes(report: Report, *, notice: str = "") -> bytes:
    """The same as bytes."""
    from docx import Document  # 0.2 s to load

    notice = " ".join(clean_text(notice).split())
    document = Document()
    _strip_template(document)
    body = document.element.body
    for xml in _paragraphs(report, notice):
        body.insert(len(body) - 1, _parsed(oxml.wrap("body", xml))[0])
    _set_page(document.sections[0], notice)
    _set_properties(document.core_properties, report)
    stream = io.BytesIO()
    document.save(stream)
    return _normalised(stream.getvalue())


def _paragraphs(report: Report, notice: str) -> Iterator[str]:
    """The XML of each printed paragraph, blank lines included."""
    if notice:
        yield oxml.paragraph(NOTICE, [Run(notice, NOTICE)])
    organ_indent, date_indent = layout.sign_off_indents(report.signature, report.date)
    printed = list(report.paragraphs())
    signed = next((i for i, p in enumerate(printed) if p.style in {"signature", "date"}), None)
    for index, paragraph in enumerate(printed):
        look = LOOKS[paragraph.style]
        if paragraph.style == "title":
            lines = "\n".join(title_lines(clean_text(paragraph.text)))
            yield oxml.paragraph(look, [Run(lines, look)])
            yield oxml.paragraph(NORMAL)  # 7.3.2: one blank line below the title
            continue
        if index == signed:
            # 7.3.5.5: the sign-off must not stand on a page without text.
            yield oxml.paragraph(NORMAL, keep_next=True)
        right = {"signature": organ_indent, "date": date_indent}.get(paragraph.style, 0)
        yield oxml.paragraph(
            look, _runs(paragraph, look), keep_next=index + 1 == signed, right=right
        )


def _runs(paragraph: Paragraph, look: Look) -> list[Run]:
    """A paragraph's runs: a run-in heading in its own font, then the rest."""
    head = paragraph.text[: paragraph.lead].replace("\n", "").lstrip()
    rest = paragraph.text[paragraph.lead :].replace("\n", "").rstrip()
    if not head:
        return [Run(rest.lstrip(), look)]
    level = paragraph.lead_level if 1 <= paragraph.lead_level <= len(HEADINGS) else 2
    heading = HEADINGS[level - 1]
    return [Run(head, heading, styles.run_in_style_id(heading)), Run(rest, look)]


def _parsed(xml: str) -> Any:
    from docx.oxml import parse_xml

    return parse_xml(xml)


def _strip_template(document: Any) -> None:
    """Turn python-docx's American template into an empty Chinese document."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    part = document.part
    for source, leftovers in ((part, _LEFTOVERS), (part.package, _PACKAGE_LEFTOVERS)):
        for key, relation in list(source.rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] in leftovers:
                del source.rels[key]
    document.styles.element[:] = _parsed(styles.styles_xml())[:]
    document.settings.element[:] = _parsed(styles.settings_xml())[:]
    fonts = Part(
        PackURI("/word/fontTable.xml"),
        CONTENT_TYPE.WML_FONT_TABLE,
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + styles.fonts_xml().encode(),
        part.package,
    )
    part.relate_to(fonts, RELATIONSHIP_TYPE.FONT_TABLE)


def _set_page(section: Any, notice: str) -> None:
    """Paper, margins, 22 lines, page numbers, and the notice in the header."""
    properties = section._sectPr
    properties.attrib.clear()  # revision ids of the template
    properties[:] = _parsed(
        oxml.wrap(
            "sectPr",
            f'<w:pgSz w:w="{layout.PAGE_WIDTH}" w:h="{layout.PAGE_HEIGHT}"/>'
            f'<w:pgMar w:top="{layout.MARGIN_TOP}" w:right="{layout.MARGIN_RIGHT}"'
            f' w:bottom="{layout.MARGIN_BOTTOM}" w:left="{layout.MARGIN_LEFT}"'
            f' w:header="{layout.HEADER_DISTANCE}" w:footer="{layout.FOOTER_DISTANCE}"'
            ' w:gutter="0"/><w:cols w:space="720"/>'
            f'<w:docGrid w:type="lines" w:linePitch="{layout.LINE}"/>',
        )
    )[:]
    _fill(section.footer, oxml.page_number(even=False))
    _fill(section.even_page_footer, oxml.page_number(even=True))
    if notice:
        top = oxml.wrap("body", oxml.paragraph(HEADER, [Run(notice, HEADER)]))
        for header in (section.header, section.even_page_header):
            _fill(header, _parsed(top)[0])


def _fill(area: Any, content: Any) -> None:
    """Put one paragraph into a header or footer in place of what the template has there."""
    area.is_linked_to_previous = False
    area._element[:] = [_parsed(content) if isinstance(content, str) else content]


def _set_properties(properties: Any, report: Report) -> None:
    """Title, author and dates of the file; dates are the report's own, never the clock's."""
    day = _UNDATED
    if match := _DATE.search(report.date):
        try:
            day = datetime(*map(int, match.groups()))  # type: ignore[arg-type]  # noqa: DTZ001
        except ValueError:
            day = _UNDATED
    author = clean_text(report.signature).strip()
    # Word limits these fields to 255 characters.
    properties.title = clean_text(report.title).replace("\n", "")[:255]
    properties.author = properties.last_modified_by = author[:255]
    properties.comments = ""
    properties.language = "zh-CN"
    properties.revision = 1
    properties.created = properties.modified = day


def _normalised(data: bytes) -> bytes:
    """The same package with nothing in it that depends on the clock or the machine."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            info.external_attr = 0
            target.writestr(info, source.read(name))
    return stream.getvalue()
