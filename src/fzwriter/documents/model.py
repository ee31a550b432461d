"""What reading a file gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

NOTICE_STYLE = "未核提示"
"""Name of the Word style that marks a notice of ours; such paragraphs are no part of the text."""

LEDGER_NAMESPACE = "urn:fzwriter:ledger:1"
"""Namespace of ``<ledger>``, the customXml part of a .docx that holds our number ledger."""


@dataclass(frozen=True)
class Control:
    """A content control of a Word file, as far as it lies in one paragraph.

    Attributes:
        tag: its tag; its alias where it has none.
        paragraph: index among ``Document.paragraphs``.
        start: first code point it holds there.
        end: one past the last; equal to ``start`` where somebody emptied it.
        text: what it holds.
    """

    tag: str
    paragraph: int
    start: int
    end: int
    text: str


class Cell(NamedTuple):
    """A cell of a table: which table of the file, its row and its column, all from 0.

    A cell that spans columns has the first of them; one merged downwards stands in its first row.
    """

    table: int
    row: int
    column: int


@dataclass(frozen=True)
class Unread:
    """A place in the running text where something prints that can't be read.

    Attributes:
        what: what stands there, in Chinese: EQ域, 公式….
        paragraph: index among ``Document.paragraphs``; -1 in headers and footers.
        at: offset in that paragraph.
    """

    what: str
    paragraph: int = -1
    at: int = 0


@dataclass(frozen=True)
class Document:
    """The text of one file.

    Attributes:
        path: the file.
        paragraphs: its paragraphs in reading order, without line breaks, without white space
            around them and without invisible characters; empty ones are left out.
        front_matter: the YAML between ``---`` lines at the head of a ``.md`` file, as written.
        repairs: what the reader had to decide or leave out, one Chinese line each.
        levels: which paragraphs are headings by their style or Markdown's #: index → level from 1.
        labels: the numbers Word prints by itself, no part of the text: index → ``（一）``.
        bold: indexes of the paragraphs that are bold throughout.
        cells: which paragraphs stand in a table: index → cell.
        controls: content controls that have a tag, in reading order, outer ones first.
        ledger: JSON text of the number ledger the file carries, "" for none; not looked into.
        margins: texts of headers and footers, save page numbers; no part of ``paragraphs``.
        tracked: whether the file holds tracked changes (read as accepted).
        comments: how many Word comments hang on the text.
        hidden: how many stretches of hidden text the file holds; no part of ``paragraphs``.
        unread: what prints among the text and can't be read, in reading order.
    """

    path: Path
    paragraphs: tuple[str, ...]
    front_matter: str = ""
    repairs: tuple[str, ...] = ()
    levels: Mapping[int, int] = field(default_factory=dict)
    labels: Mapping[int, str] = field(default_factory=dict)
    bold: frozenset[int] = frozenset()
    cells: Mapping[int, Cell] = field(default_factory=dict)
    controls: tuple[Control, ...] = ()
    ledger: str = ""
    margins: tuple[str, ...] = ()
    tracked: bool = False
    comments: int = 0
    hidden: int = 0
    unread: tuple[Unread, ...] = ()

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return self.path.name

    @property
    def text(self) -> str:
        """The text of the report, one paragraph a line."""
        return "\n".join(self.paragraphs)

    @property
    def printed(self) -> str:
        """All that prints, headers and footers at the end: what ``check`` reads."""
        return "\n".join((*self.paragraphs, *self.margins))
