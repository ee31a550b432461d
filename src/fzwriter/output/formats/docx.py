"""A report as a .docx after GB/T 9704—2012. The same report always gives the same bytes."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from fzwriter.documents import LEDGER_NAMESPACE, clean_text
from fzwriter.output import layout, oxml
from fzwriter.output.atomic import write_bytes
from fzwriter.output.formats import Dress, Format
from fzwriter.output.inline import Comment, Control, inline_xml
from fzwriter.output.layout import NOTICE, STANDARD, Design
from fzwriter.output.ledger import Ledger, held
from fzwriter.output.oxml import Run
from fzwriter.output.redhead import RedHead, head_looks, head_paragraphs
from fzwriter.output.review import Remark, comments_xml
from fzwriter.report import Report


def write_docx(
    report: Report,
    path: Path | str,
    *,
    notice: str = "",
    ledger: Ledger | None = None,
    head: RedHead | None = None,
    design: Design = STANDARD,
) -> None:
    """Write a report as a Word document.

    Args:
        report: what to print.
        path: the .docx to write; replaced in one step, or not at all.
        notice: a line that marks a copy with errors left; it stands in red on top of the first
            page and in the header of every page. ``read_text`` does not count it as text.
        ledger: goes into the file, with a content control around each of its numbers.
        head: the red head, for a document that goes out with one.
        design: page and styles.

    Raises:
        InputError: the file can't be written there.
    """
    write_bytes(path, docx_bytes(report, notice=notice, ledger=ledger, head=head, design=design))


def docx_bytes(
    report: Report,
    *,
    notice: str = "",
    ledger: Ledger | None = None,
    remarks: Sequence[Remark] = (),
    head: RedHead | None = None,
    design: Design = STANDARD,
) -> bytes:
    """The same as bytes; ``remarks`` become Word comments."""
    from fzwriter.output import skeleton  # python-docx loads only here

    notice = " ".join(clean_text(notice).split())
    looks = head_looks(design) if head else ()
    document = skeleton.empty_document(design, looks, comments=bool(remarks))
    body = document.element.body
    for xml in _paragraphs(report, notice, ledger, remarks, head, design):
        body[-1].addprevious(skeleton.parsed(oxml.wrap("body", xml))[0])
    skeleton.set_page(document.sections[0], design, notice)
    skeleton.set_properties(document.core_properties, report)
    if remarks:
        skeleton.add_comments(document, comments_xml(remarks))
    if ledger is not None:
        text = escape(clean_text(ledger.to_json()))
        xml = f'<ledger xmlns="{LEDGER_NAMESPACE}">{text}</ledger>'
        skeleton.add_custom_xml(document, xml, LEDGER_NAMESPACE)
    stream = io.BytesIO()
    document.save(stream)
    return skeleton.normalised(stream.getvalue())


def _paragraphs(
    report: Report,
    notice: str,
    ledger: Ledger | None,
    remarks: Sequence[Remark],
    head: RedHead | None,
    design: Design,
) -> Iterator[str]:
    """The XML of each printed paragraph, blank lines included."""
    if notice:
        yield oxml.paragraph(NOTICE, oxml.run(Run(notice, NOTICE)))
    if head:
        yield from head_paragraphs(head, design)
    organ_indent, date_indent = layout.sign_off_indents(report.signature, report.date, design)
    controls, comments = _controls(ledger), _comments(remarks)
    printed = list(report.paragraphs())
    signed = next((i for i, p in enumerate(printed) if p.style in {"signature", "date"}), None)
    for index, paragraph in enumerate(printed):
        look = design.looks[paragraph.style]
        if index == signed:
            # 7.3.5.5: the sign-off must not stand on a page without text.
            yield oxml.paragraph(design.normal, keep_next=True)
        right = {"signature": organ_indent, "date": date_indent}.get(paragraph.style, 0)
        inner = inline_xml(
            paragraph, look, design, controls.get(index, ()), comments.get(index, ())
        )
        yield oxml.paragraph(look, inner, keep_next=index + 1 == signed, right=right)
        if paragraph.style == "title":
            yield oxml.paragraph(design.normal)  # 7.3.2: one blank line below the title


def _controls(ledger: Ledger | None) -> Mapping[int, list[Control]]:
    """The content controls by paragraph; see ``held`` for what they hold."""
    found: dict[int, list[Control]] = {}
    for number, entry in enumerate(ledger.entries if ledger else (), 1):
        start, end = held(entry.text)
        control = Control(entry.start + start, entry.start + end, entry.id, number)
        found.setdefault(entry.paragraph, []).append(control)
    return found


def _comments(remarks: Sequence[Remark]) -> Mapping[int, list[Comment]]:
    found: dict[int, list[Comment]] = {}
    for number, remark in enumerate(remarks):
        comment = Comment(remark.start, remark.end, number, remark.highlight)
        found.setdefault(remark.paragraph, []).append(comment)
    return found


def _render(report: Report, dress: Dress) -> bytes:
    return docx_bytes(
        report, notice=dress.notice, ledger=dress.ledger, head=dress.head, design=dress.design
    )


FORMAT = Format(".docx", _render)
