"""Which paragraph of somebody's .docx is what: red head, title, headings, body, sign-off.

Told by the text where people type numbers by hand (一、 （一） 1. （1）), else by style and place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from fzwriter.documents import NOTICE_STYLE, wml
from fzwriter.output.effective import Formats, ParagraphFormat, RunFormat
from fzwriter.reading.numbered import number_of

Role = Literal[
    "blank", "notice", "issuer", "number", "title", "addressee", "heading1", "heading2",
    "heading3", "heading4", "body", "signature", "date",
]  # fmt: skip
_HEADINGS: tuple[Role, ...] = ("heading1", "heading2", "heading3", "heading4")
_DATE = re.compile(
    r"[\d〇○零一二三四五六七八九十]{4}\s*年[\s\d一二三四五六七八九十〇○]+月[\s\d一二三四五六七八九十〇○]+日"
)
_NUMBER = re.compile(r"[〔\[【(（［]\s*\d{4}\s*[〕\]】)）］].{0,40}号|签发人[：:]")
_REMOVED = ("del", "moveFrom", "txbxContent", "rPrChange", "pPrChange")
_LONGEST_ORGAN, _LONGEST_ADDRESSEE = 40, 80


@dataclass(frozen=True)
class Piece:
    """Text of one run with its format."""

    text: str
    format: RunFormat


@dataclass(frozen=True)
class Part:
    """A paragraph of the body, tables left out.

    Attributes:
        place: its number in the file from 1, blank ones counted.
        role: what it is.
        text: what it prints.
        format: how it is set.
        pieces: its runs.
        node: its ``w:p``.
    """

    place: int
    role: Role
    text: str
    format: ParagraphFormat
    pieces: tuple[Piece, ...]
    node: Any

    @property
    def lead(self) -> int:
        """Length of the heading it is or begins with; 0 for none.

        A heading that runs into its text ends at the first full stop.
        """
        if not self.role.startswith("heading"):
            return 0
        stop = self.text.find("。")
        return len(self.text) if stop < 0 else stop + 1


def read_parts(root: Any, formats: Formats) -> tuple[Part, ...]:
    """The paragraphs of a document with what each is."""
    parts = [_part(place, node, formats) for place, node in enumerate(_paragraphs(root), 1)]
    roles = _roles(parts)
    return tuple(replace(part, role=role) for part, role in zip(parts, roles, strict=True))


def _paragraphs(node: Any) -> Iterator[Any]:
    for child in node:
        name = wml.name(child)
        if name == "p":
            yield child
        elif name in ("body", "sdt", "sdtContent", "ins", "smartTag", "customXml"):
            yield from _paragraphs(child)


def _part(place: int, node: Any, formats: Formats) -> Part:
    pieces = tuple(
        Piece(text, formats.run(run, node)) for run in _runs(node) if (text := _text(run))
    )
    text = "".join(piece.text for piece in pieces)
    return Part(place, "blank", text, formats.paragraph(node), pieces, node)


def _runs(node: Any) -> Iterator[Any]:
    for child in node:
        name = wml.name(child)
        if name == "r":
            yield child
        elif name and name not in _REMOVED:
            yield from _runs(child)


def _text(run: Any) -> str:
    marks = {"tab": "\t", "br": "\n", "cr": "\n"}
    return "".join(
        child.text or "" if wml.name(child) == "t" else marks.get(wml.name(child), "")
        for child in run
    )


def _roles(parts: Sequence[Part]) -> list[Role]:
    roles: list[Role] = ["blank"] * len(parts)
    filled = [at for at, part in enumerate(parts) if part.text.strip()]
    for at in list(filled):
        if parts[at].format.style.startswith(NOTICE_STYLE):
            roles[at] = "notice"
            filled.remove(at)
    for step in (_head, _heading_of_all, _ending):
        step(parts, roles, filled)
    for at in filled:
        roles[at] = _heading(parts[at])
    return roles


def _head(parts: Sequence[Part], roles: list[Role], filled: list[int]) -> None:
    """Red head: a red line of large type, and the lines with number and signer below it."""
    if filled and _is_red(parts[filled[0]]):
        roles[filled.pop(0)] = "issuer"
        while filled and _NUMBER.search(parts[filled[0]].text):
            roles[filled.pop(0)] = "number"


def _is_red(part: Part) -> bool:
    colors = {piece.format.color for piece in part.pieces if piece.text.strip()}
    return colors == {"FF0000"}


def _heading_of_all(parts: Sequence[Part], roles: list[Role], filled: list[int]) -> None:
    """Title, over as many centred paragraphs as it takes, and addressee."""
    size = 0
    while filled and _heading(parts[filled[0]]) == "body":
        part = parts[filled[0]]
        mine = max(piece.format.size for piece in part.pieces)
        if size and (part.format.align != "center" or mine != size or len(part.text) > 80):
            break
        size = mine
        roles[filled.pop(0)] = "title"
    if filled and size:
        text = parts[filled[0]].text.strip()
        named = text.endswith(("：", ":")) and not re.search("[。，；]", text)
        if named and len(text) <= _LONGEST_ADDRESSEE:
            roles[filled.pop(0)] = "addressee"


def _ending(parts: Sequence[Part], roles: list[Role], filled: list[int]) -> None:
    """Sign-off: a date alone in the last paragraph, and the organ above it or alone at the right."""
    dated = bool(filled) and _DATE.fullmatch(parts[filled[-1]].text.strip()) is not None
    if dated:
        roles[filled.pop()] = "date"
    if not filled:
        return
    last = parts[filled[-1]]
    text = last.text.strip()
    short = len(text) <= _LONGEST_ORGAN and not text.endswith(("。", "！", "；", "："))
    if short and (dated or last.format.align == "right"):
        roles[filled.pop()] = "signature"


def _heading(part: Part) -> Role:
    number = number_of(part.text.strip())
    return _HEADINGS[number.level - 1] if number else "body"
