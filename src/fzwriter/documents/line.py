"""A line of text that remembers where the content controls of its Word file lay in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from fzwriter.documents.model import Cell

UNREAD = "\0"
"""What the tag of a mark begins with that stands for something unreadable, not for a control."""


class Mark(NamedTuple):
    """A stretch of a line that a content control holds; empty where the control is, or at ``UNREAD``."""

    tag: str
    start: int
    end: int


@dataclass(frozen=True)
class Line:
    """Text with marks in it; every operation keeps the marks at the characters they held.

    Attributes:
        text: may hold line feeds until ``split`` or ``joined``.
        marks: content controls, in the order of their starts, outer ones first.
        level: heading level by its style, 0 for none.
        label: the number that Word prints before it by itself, "" for none.
        bold: all of it prints bold.
        cell: the cell of a table it stands in.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    level: int = 0
    label: str = ""
    bold: bool = False
    cell: Cell | None = None

    def __add__(self, other: Line) -> Line:
        """Both, with the looks of the second: a deleted paragraph mark makes it run on."""
        at = len(self.text)
        moved = tuple(Mark(m.tag, m.start + at, m.end + at) for m in other.marks)
        bold = other.bold and (self.bold or not self.text)
        return replace(other, text=self.text + other.text, marks=self.marks + moved, bold=bold)

    def cut(self, start: int, end: int) -> Line:
        """The stretch from ``start`` to ``end``, with what of the marks lies in it."""
        marks = tuple(
            Mark(m.tag, max(m.start, start) - start, min(m.end, end) - start)
            for m in self.marks
            if (m.start < end and start < m.end) or (m.start == m.end and start <= m.start <= end)
        )
        return replace(self, text=self.text[start:end], marks=marks)

    def split(self) -> Iterator[Line]:
        """The lines between line feeds; a number of Word's stands before the first."""
        at = 0
        for part in self.text.split("\n"):
            line = self.cut(at, at + len(part))
            yield replace(line, label="") if at else line
            at += len(part) + 1

    def joined(self) -> Line:
        """The same without line feeds."""

        def moved(at: int) -> int:
            return at - self.text.count("\n", 0, at)

        marks = tuple(Mark(m.tag, moved(m.start), moved(m.end)) for m in self.marks)
        return replace(self, text=self.text.replace("\n", ""), marks=marks)

    def stripped(self) -> Line:
        """The same without white space around it."""
        start = len(self.text) - len(self.text.lstrip())
        end = max(start, len(self.text.rstrip()))
        kept = self.cut(start, end)
        lost = tuple(
            Mark(
                m.tag, 0 if m.start < start else end - start, 0 if m.start < start else end - start
            )
            for m in self.marks
            if m.tag.startswith(UNREAD) and not start <= m.start <= end
        )
        return replace(kept, marks=kept.marks + lost)
