"""``ReportText``: a report as read, with what stands at each of its places."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from fzwriter.reading.headings import Heading, Hint, above, read
from fzwriter.reading.recognise import title_lines
from fzwriter.reading.sentences import CLAUSE, MEMBER, Span, spans
from fzwriter.reading.source import hints_of

if TYPE_CHECKING:
    from fzwriter.documents import Cell, Document

# The marks of Markdown at the head of a line that was not read as such.
_MARKS = re.compile(r"[ \t　]*(?:(#{1,6})(?=[ \t　*_一-龥（])[ \t　]*)?(\*\*|__)?")
_NUMERIC = re.compile(r"\s*[\d０-９]")


@dataclass(frozen=True)
class ReadParagraph:
    """A paragraph.

    Attributes:
        text: as it stands in the report's text.
        start: offset of its first character there.
        level: 1 for a heading of the first level …; ``None`` for text. A heading that is run into its
            text has a level too.
        path: the headings above it, the outermost first, itself included, without their numbers.
        cell: the cell of a table it stands in.
        body: offset in ``text`` of what isn't heading: its length for a heading alone.
    """

    text: str
    start: int
    level: int | None = None
    path: tuple[str, ...] = ()
    cell: Cell | None = None
    body: int = 0

    @property
    def end(self) -> int:
        """One past its last character."""
        return self.start + len(self.text)

    @property
    def told(self) -> str:
        """Its text without the heading that is run in before it."""
        return self.text[self.body :]


@dataclass(frozen=True)
class Table:
    """A table: its cells that hold text, row by row."""

    cells: tuple[ReadParagraph, ...]

    @cached_property
    def _heads(self) -> int:
        """How many rows at the top are heads: those above the first that holds a figure."""
        figures = [c.cell.row for c in self.cells if c.cell and _NUMERIC.match(c.text)]
        return max(1, min(figures, default=1))

    def row_of(self, cell: Cell) -> str:
        """What the row of a cell is called: its first cell, or the one merged down over it."""
        names = [
            one.text
            for one in self.cells
            if one.cell
            and self._heads <= one.cell.row <= cell.row
            and one.cell.column == 0 < cell.column
            and not _NUMERIC.match(one.text)
        ]
        return names[-1] if names else ""

    def head_of(self, cell: Cell) -> str:
        """What the column of a cell is called: the heads above it, from the top."""
        if cell.row < self._heads:
            return ""
        heads = []
        for row in range(self._heads):
            over = [
                one.text
                for one in self.cells
                if one.cell and one.cell.row == row and one.cell.column <= cell.column
            ]
            heads += over[-1:]
        return "".join(dict.fromkeys(heads))


@dataclass(frozen=True)
class Place:
    """What stands at an offset of a report.

    Attributes:
        paragraph: index of the paragraph.
        sentence: the stretch between 。！？； around it, end mark included.
        clause: the stretch between commas and the like around it, end mark included.
        path: the headings above, the outermost first, without their numbers.
        row: in a table, what its row is called; "" elsewhere.
        head: in a table, what its column is called.
    """

    paragraph: int
    sentence: Span
    clause: Span
    path: tuple[str, ...]
    row: str = ""
    head: str = ""


@dataclass(frozen=True)
class ReportText:
    """A report as read, ours or another's; ``of`` makes one.

    Attributes:
        text: one paragraph a line; every offset is one into it.
        paragraphs: its lines.
        outline: its headings, ``level`` as deep as they stand, ``paragraph`` an index of the lines.
    """

    text: str
    paragraphs: tuple[ReadParagraph, ...]
    outline: tuple[Heading, ...]

    @classmethod
    def of(cls, source: str | Document | ReportText) -> ReportText:
        """A text (one paragraph a line, also with the marks of Markdown), or a file as read."""
        if isinstance(source, ReportText):
            return source
        if isinstance(source, str):
            return cls.made(source, {})
        return cls.made(source.printed, hints_of(source), source.cells)

    @classmethod
    def made(
        cls, text: str, hints: Mapping[int, Hint], cells: Mapping[int, Cell] | None = None
    ) -> ReportText:
        """A text with what is known of its lines besides: styles, Word's numbers, cells of tables."""
        cells = cells or {}
        source = text.split("\n")
        lines, hints = _unmarked(source, hints)
        skip = {*range(_title(lines)), *cells, *(at for at, line in enumerate(lines) if not line)}
        levels: dict[int, int] = {}
        paths: dict[int, tuple[str, ...]] = {}
        bodies: dict[int, int] = {}
        outline: list[Heading] = []
        path: list[Heading] = []
        for item in read(lines, hints=hints, skip=skip, plain=True):
            if isinstance(item, Heading):
                path = [*above(path, item), item]
                outline.append(replace(item, level=len(path)))
                levels[item.paragraph] = len(path)
                paths[item.paragraph] = tuple(one.text for one in path)
                bodies[item.paragraph] = len(source[item.paragraph])
            elif item.paragraph in levels:
                bodies[item.paragraph] = source[item.paragraph].rfind(item.text)
        found: list[ReadParagraph] = []
        start = 0
        over: tuple[str, ...] = ()
        for at, line in enumerate(source):
            over = paths.get(at, over)
            body = bodies.get(at, 0)
            found.append(ReadParagraph(line, start, levels.get(at), over, cells.get(at), body))
            start += len(line) + 1
        return cls(text, tuple(found), tuple(outline))

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """Its tables in order."""
        grouped: dict[int, list[ReadParagraph]] = {}
        for one in self.paragraphs:
            if one.cell:
                grouped.setdefault(one.cell.table, []).append(one)
        return tuple(Table(tuple(grouped[number])) for number in sorted(grouped))

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Where its sentences stand (。！？；), end marks included."""
        return tuple(spans(self.text, MEMBER))

    @cached_property
    def clauses(self) -> tuple[Span, ...]:
        """Where its clauses stand, the mark behind each included."""
        return tuple(spans(self.text, CLAUSE))

    @cached_property
    def _starts(self) -> list[int]:
        return [one.start for one in self.paragraphs]

    @cached_property
    def _tables(self) -> dict[int, Table]:
        return {table.cells[0].cell.table: table for table in self.tables if table.cells[0].cell}

    def paragraph_at(self, offset: int) -> int:
        """Index of the paragraph that holds an offset; a line feed belongs to the one before it."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def at(self, offset: int) -> Place:
        """What stands at an offset of the text."""
        index = self.paragraph_at(offset)
        one = self.paragraphs[index]
        table = self._tables.get(one.cell.table) if one.cell else None
        return Place(
            index,
            _around(self.sentences, offset),
            _around(self.clauses, offset),
            one.path,
            table.row_of(one.cell) if table and one.cell else "",
            table.head_of(one.cell) if table and one.cell else "",
        )


def heading_paths(text: str | ReportText) -> list[tuple[str, ...]]:
    """For each line of a text the headings above it, itself included, without their numbers."""
    return [one.path for one in ReportText.of(text).paragraphs]


def _around(stretches: Sequence[Span], offset: int) -> Span:
    at = bisect_right(stretches, (offset, len(stretches) and stretches[-1][1])) - 1
    return stretches[at] if at >= 0 else (0, 0)


def _title(lines: Sequence[str]) -> int:
    """How many lines at the head are the report's title, empty ones counted."""
    filled = [at for at, line in enumerate(lines) if line]
    count = title_lines(tuple(lines[at] for at in filled[:2]))
    return filled[count - 1] + 1 if count else 0


def _unmarked(
    lines: Sequence[str], hints: Mapping[int, Hint]
) -> tuple[list[str], Mapping[int, Hint]]:
    """The lines without indents and marks of Markdown, which become hints."""
    found = dict(hints)
    return [_line(line, at, found) for at, line in enumerate(lines)], found


def _line(line: str, at: int, hints: dict[int, Hint]) -> str:
    marks = _MARKS.match(line)
    text = line[marks.end() :].rstrip() if marks else line
    hashes, stars = (marks[1] or "", marks[2] or "") if marks else ("", "")
    whole = stars and text.endswith(stars) and stars not in text[: -len(stars)]
    if stars:
        text = text.removesuffix(stars) if whole else stars + text
    if (hashes or whole) and at not in hints:
        hints[at] = Hint(len(hashes), bold=bool(whole))
    return text
