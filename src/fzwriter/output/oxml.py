"""The XML of runs and paragraphs, as text. Knows OOXML's order of elements; knows no report."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from fzwriter.documents import clean_text
from fzwriter.output.layout import PAGE_NUMBER, PAGE_NUMBER_INDENT, Look

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LANGUAGE = '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'


@dataclass(frozen=True)
class Run:
    """A piece of text in one font.

    Attributes:
        text: its text; a line feed breaks the line, not the paragraph.
        look: its font, size, spacing and colour.
        style_id: of a character style, or "".
        highlight: a colour of Word's marker pen, or "".
    """

    text: str
    look: Look
    style_id: str = ""
    highlight: str = ""


def wrap(tag: str, inner: str) -> str:
    """A root element ``w:tag`` that declares the namespace."""
    return f'<w:{tag} xmlns:w="{NAMESPACE}">{inner}</w:{tag}>'


def run_properties(look: Look, highlight: str = "") -> str:
    """The children of ``w:rPr`` that give a look, fonts for every script included.

    ``w:hint`` makes Word take the East Asian font for “ ” — … ·, which it would otherwise print
    in the Latin one, half as wide.
    """
    bold = int(look.bold)
    latin = quoteattr(look.latin)
    scale = "" if look.scale == 100 else f'<w:w w:val="{look.scale}"/>'
    marker = f'<w:highlight w:val="{highlight}"/>' if highlight else ""
    return (
        f'<w:rFonts w:hint="eastAsia" w:ascii={latin} w:eastAsia={quoteattr(look.font)}'
        f" w:hAnsi={latin} w:cs={latin}/>"
        f'<w:b w:val="{bold}"/><w:bCs w:val="{bold}"/><w:i w:val="0"/><w:iCs w:val="0"/>'
        f'<w:color w:val="{look.color}"/><w:spacing w:val="{look.tighten}"/>{scale}'
        f'<w:sz w:val="{look.size}"/><w:szCs w:val="{look.size}"/>{marker}{LANGUAGE}'
    )


def paragraph_properties(
    look: Look, *, keep_next: bool = False, right: int = 0, extra: str = ""
) -> str:
    """The children of ``w:pPr`` that give a look, save its style and outline level.

    Styles hold them, and paragraphs hold them again: a report is often pasted into a letterhead
    file whose styles of the same names look different.

    Args:
        look: what the paragraph shall look like.
        keep_next: not parted from the next paragraph by a page's end, whatever the look says.
        right: indentation from the right edge in twips.
        extra: ``w:pBdr`` and ``w:tabs`` of this paragraph alone.
    """
    return (
        ("<w:keepNext/>" if keep_next or look.keep_next else "")
        + '<w:widowControl w:val="0"/>'
        + (f"<w:pBdr>{_box(look.color)}</w:pBdr>" if look.boxed else "")
        + extra
        + '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        + ("" if look.on_grid else '<w:snapToGrid w:val="0"/>')
        + f'<w:spacing w:before="{look.before}" w:after="{look.after}" w:line="{look.line}"'
        f' w:lineRule="{look.rule}"/>' + _indentation(look, right) + f'<w:jc w:val="{look.align}"/>'
    )


def _box(color: str) -> str:
    return "".join(
        f'<w:{side} w:val="single" w:sz="12" w:space="4" w:color="{color}"/>'
        for side in ("top", "left", "bottom", "right")
    )


def _indentation(look: Look, right: int) -> str:
    """``w:ind`` in hundredths of a character and, for readers without those, in twips."""
    first = 20 * look.size if look.indent else 0
    return (
        f'<w:ind w:leftChars="0" w:left="0" w:rightChars="{right * 10 // look.size}"'
        f' w:right="{right}" w:firstLineChars="{200 if look.indent else 0}" w:firstLine="{first}"/>'
    )


def run(piece: Run) -> str:
    """One ``w:r``; nothing for text of which nothing can be printed."""
    text = clean_text(piece.text)
    if not text:
        return ""
    style = f"<w:rStyle w:val={quoteattr(piece.style_id)}/>" if piece.style_id else ""
    properties = run_properties(piece.look, piece.highlight)
    return f"<w:r><w:rPr>{style}{properties}</w:rPr>{_texts(text)}</w:r>"


def control(tag: str, number: int, inner: str, *, plain: bool) -> str:
    """A content control around runs, of plain text or of any; not locked against edits.

    LibreOffice doubles Chinese characters in a control of plain text, and drops the tag of any
    other: plain is for ASCII only.
    """
    name = quoteattr(tag)
    kind = "<w:text/>" if plain else ""
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val={name}/><w:tag w:val={name}/><w:id w:val="{number}"/>'
        f"{kind}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
    )


def _texts(text: str) -> str:
    """``w:t`` with ``w:br`` and ``w:tab`` between."""
    lines = []
    for line in text.split("\n"):
        parts = (
            f'<w:t xml:space="preserve">{escape(part)}</w:t>' if part else ""
            for part in line.split("\t")
        )
        lines.append("<w:tab/>".join(parts))
    return "<w:br/>".join(lines)


def paragraph(
    look: Look, inner: str = "", *, keep_next: bool = False, right: int = 0, extra: str = ""
) -> str:
    """One ``w:p`` around the XML of its runs; without them a blank line."""
    properties = paragraph_properties(look, keep_next=keep_next, right=right, extra=extra)
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{look.style_id}"/>{properties}'
        f"<w:rPr>{run_properties(look)}</w:rPr></w:pPr>{inner}</w:p>"
    )


def page_number(*, even: bool) -> str:
    """The footer's paragraph “— 1 —”: at the outer edge, one character in (GB/T 9704—2012, 7.5)."""
    side = "left" if even else "right"
    properties = f"<w:rPr>{run_properties(PAGE_NUMBER)}</w:rPr>"

    def field(kind: str) -> str:
        return f'<w:r>{properties}<w:fldChar w:fldCharType="{kind}"/></w:r>'

    return wrap(
        "p",
        f'<w:pPr><w:pStyle w:val="{PAGE_NUMBER.style_id}"/><w:widowControl w:val="0"/>'
        '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{PAGE_NUMBER.line}" w:lineRule="exact"/>'
        f'<w:ind w:{side}Chars="100" w:{side}="{PAGE_NUMBER_INDENT}"/><w:jc w:val="{side}"/>'
        f"{properties}</w:pPr>"
        + run(Run("— ", PAGE_NUMBER))
        + field("begin")
        + f'<w:r>{properties}<w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        + field("separate")
        + run(Run("2" if even else "1", PAGE_NUMBER))
        + field("end")
        + run(Run(" —", PAGE_NUMBER)),
    )


def comment_start(number: int) -> str:
    """Where the range of a comment begins."""
    return f'<w:commentRangeStart w:id="{number}"/>'


def comment_end(number: int) -> str:
    """Where it ends, and the mark that carries the comment."""
    return (
        f'<w:commentRangeEnd w:id="{number}"/><w:r><w:rPr><w:rStyle w:val="CommentReference"/>'
        f'</w:rPr><w:commentReference w:id="{number}"/></w:r>'
    )
