"""The red head of an official document (版头, GB/T 9704—2012, 7.2), where the unit gives one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from fzwriter.documents import clean_text
from fzwriter.facts import Document
from fzwriter.output import oxml
from fzwriter.output.layout import KAITI, LINE, RED, XIAOBIAOSONG, Design, Look, width
from fzwriter.output.oxml import Run

# 7.2.4 The mark of the issuing organ: 小标宋, red, its upper edge 35 mm below that of the type area;
# the standard leaves the size to taste: as large as fits, at most 62 pt; a long one in narrow
# characters of 36 pt, so that it stays larger than the title [C].
_BELOW_TOP = 1984
_LARGEST, _SMALLEST = 124, 72  # half points
_NARROWEST = 33  # per cent
_FILL = 0.92  # of the type area's width
# 7.2.7 A red line as wide as the type area, 4 mm below the document number.
_RULE_GAP, _RULE_WIDTH = 11, 12  # points; eighths of a point
_YEAR = re.compile(r"[\[【〔（(［]\s*(\d{4})\s*[\]】〕）)］]")
MARK_STYLE, NUMBER_STYLE = "IssuerMark", "DocumentNumber"


@dataclass(frozen=True)
class RedHead:
    """What stands above the red line.

    Attributes:
        issuer: 发文机关标志, as printed.
        number: 发文字号, or "".
        signer: 签发人 of a document that goes to superiors; several names apart by blanks.
    """

    issuer: str
    number: str = ""
    signer: str = ""


def red_head(document: Document) -> RedHead | None:
    """The red head that a facts file asks for; ``None`` where it names no issuer.

    The year of the document number is put in 〔〕 (7.2.5), whatever brackets were typed.
    """
    issuer = _one_line(document.issuer)
    if not issuer:
        return None
    number = _YEAR.sub(r"〔\1〕", _one_line(document.number))
    signer = re.sub(r"^签发人[：:]\s*", "", _one_line(document.signer))
    return RedHead(issuer, number, re.sub(r"[、，,]\s*", " ", signer))


def _one_line(text: str) -> str:
    return " ".join(clean_text(text).split())


def head_looks(design: Design) -> tuple[Look, Look]:
    """The looks of the mark and of the line with the number, for the file's styles."""
    mark = Look(
        MARK_STYLE, "发文机关标志", XIAOBIAOSONG, _LARGEST, color=RED, align="center", on_grid=False
    )
    number = replace(
        design.normal, style_id=NUMBER_STYLE, name="发文字号", indent=False, line=LINE, rule="exact"
    )
    return replace(mark, tighten=0, before=_BELOW_TOP), number


def head_paragraphs(head: RedHead, design: Design) -> Iterator[str]:
    """The XML of the paragraphs above the title: mark, number and signer, red line, blank lines."""
    mark, numbered = head_looks(design)
    room = design.page.text_width * _FILL / max(1.0, width(head.issuer)) / 10
    size = max(_SMALLEST, min(_LARGEST, int(room) // 2 * 2))
    scale = max(_NARROWEST, min(100, int(room / size * 100)))
    mark = replace(mark, size=size, line=size * 10, scale=scale)
    yield oxml.paragraph(mark, oxml.run(Run(head.issuer, mark)))
    yield from (oxml.paragraph(design.normal),) * 2  # 7.2.5 two blank lines
    yield _number_line(head, numbered, design)
    yield from (oxml.paragraph(design.normal),) * 2  # 7.3.1 two blank lines below the red line


def _number_line(head: RedHead, look: Look, design: Design) -> str:
    """Number and signer: alone in the middle, with a signer at either side, one character in."""
    character = look.character
    rule = (
        f'<w:pBdr><w:bottom w:val="single" w:sz="{_RULE_WIDTH}" w:space="{_RULE_GAP}"'
        f' w:color="{RED}"/></w:pBdr>'
    )
    if not head.signer:
        look = replace(look, align="center")
        return oxml.paragraph(look, oxml.run(Run(head.number, look)), extra=rule)
    look = replace(look, align="left")
    tab = (
        f'<w:tabs><w:tab w:val="left" w:pos="{character}"/>'
        f'<w:tab w:val="right" w:pos="{design.page.text_width - character}"/></w:tabs>'
    )
    names = replace(look, font=KAITI)
    runs = [Run(f"\t{head.number}\t签发人：", look), Run(head.signer, names)]
    return oxml.paragraph(look, "".join(map(oxml.run, runs)), extra=rule + tab)
