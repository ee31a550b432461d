"""What every .docx of ours has around its text: styles, settings, page, page numbers, properties."""

from __future__ import annotations

import io
import re
import uuid
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fzwriter.documents import clean_text
from fzwriter.output import oxml, styles
from fzwriter.output.layout import HEADER, Design, Look
from fzwriter.output.oxml import Run
from fzwriter.report import Report

_UNDATED = datetime(2000, 1, 1)  # noqa: DTZ001  OOXML core dates are naive UTC here
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_LEFTOVERS = {"stylesWithEffects", "numbering", "customXml", "webSettings", "fontTable"}
_PACKAGE_LEFTOVERS = {"thumbnail", "extended-properties"}
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_ITEM_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"


def parsed(xml: str) -> Any:
    """An element of python-docx from XML text."""
    from docx.oxml import parse_xml

    return parse_xml(xml)


def empty_document(design: Design, looks: tuple[Look, ...] = (), *, comments: bool = False) -> Any:
    """python-docx's American template turned into an empty Chinese document.

    Args:
        design: its looks become the styles.
        looks: further paragraph styles.
        comments: whether the file will have comments.
    """
    from docx import Document  # 0.2 s to load
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE

    document = Document()
    part = document.part
    for source, leftovers in ((part, _LEFTOVERS), (part.package, _PACKAGE_LEFTOVERS)):
        for key, relation in list(source.rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] in leftovers:
                del source.rels[key]
    document.styles.element[:] = parsed(styles.styles_xml(design, looks, comments=comments))[:]
    document.settings.element[:] = parsed(styles.settings_xml())[:]
    _add(
        part,
        "/word/fontTable.xml",
        CONTENT_TYPE.WML_FONT_TABLE,
        RELATIONSHIP_TYPE.FONT_TABLE,
        styles.fonts_xml(),
    )
    return document


def add_comments(document: Any, xml: str) -> None:
    """Add ``word/comments.xml``."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE

    _add(
        document.part,
        "/word/comments.xml",
        CONTENT_TYPE.WML_COMMENTS,
        RELATIONSHIP_TYPE.COMMENTS,
        xml,
    )


def add_custom_xml(document: Any, xml: str, namespace: str) -> None:
    """Add a customXml part that nothing in the text is bound to; Word keeps it when it saves."""
    item = _add(
        document.part,
        "/customXml/item1.xml",
        "application/xml",
        f"{_OFFICE}/relationships/customXml",
        xml,
    )
    store = f"{_OFFICE}/customXml"
    identity = str(uuid.uuid5(uuid.NAMESPACE_URL, namespace)).upper()
    properties = (
        f'<ds:datastoreItem xmlns:ds="{store}" ds:itemID="{{{identity}}}"><ds:schemaRefs>'
        f'<ds:schemaRef ds:uri="{namespace}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    kind = f"{_OFFICE}/relationships/customXmlProps"
    _add(item, "/customXml/itemProps1.xml", _ITEM_TYPE, kind, properties)


def _add(source: Any, name: str, content_type: str, kind: str, xml: str) -> Any:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    part = Part(PackURI(name), content_type, _DECLARATION + xml.encode(), source.package)
    source.relate_to(part, kind)
    return part


def set_page(section: Any, design: Design, notice: str) -> None:
    """Paper, margins, grid of lines, page numbers, and the notice in the header."""
    page = design.page
    grid = f'<w:docGrid w:type="lines" w:linePitch="{page.pitch}"/>' if page.pitch else ""
    properties = section._sectPr
    properties.attrib.clear()  # revision ids of the template
    properties[:] = parsed(
        oxml.wrap(
            "sectPr",
            f'<w:pgSz w:w="{page.width}" w:h="{page.height}"/>'
            f'<w:pgMar w:top="{page.top}" w:right="{page.right}"'
            f' w:bottom="{page.bottom}" w:left="{page.left}"'
            f' w:header="{page.header}" w:footer="{page.footer}"'
            f' w:gutter="0"/><w:cols w:space="720"/>{grid}',
        )
    )[:]
    _fill(section.footer, oxml.page_number(even=False))
    _fill(section.even_page_footer, oxml.page_number(even=True))
    if notice:
        top = oxml.wrap("body", oxml.paragraph(HEADER, oxml.run(Run(notice, HEADER))))
        for header in (section.header, section.even_page_header):
            _fill(header, parsed(top)[0])


def _fill(area: Any, content: Any) -> None:
    """Put one paragraph into a header or footer in place of what the template has there."""
    area.is_linked_to_previous = False
    area._element[:] = [parsed(content) if isinstance(content, str) else content]


def set_properties(properties: Any, report: Report) -> None:
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


def normalised(data: bytes) -> bytes:
    """The same package with nothing in it that depends on the clock or the machine."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return rezipped({name: source.read(name) for name in source.namelist()})


def rezipped(parts: Mapping[str, bytes]) -> bytes:
    """A package of these parts, in their order."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, _ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            info.external_attr = 0
            target.writestr(info, data)
    return stream.getvalue()
