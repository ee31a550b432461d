"""Tables in a text: rows of cells parted by | or tabs, each figure under a head and beside a label."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from fzwriter.numbers.measure import measures

_RULE = re.compile(r"[\s|:\-—]+")
_HAS_FIGURE = re.compile(r"[0-9]")
#: Heads that date a column.
PERIOD = re.compile(r"上年|去年|上一年|同期|今年|本年|当年|[0-9]{4}")
_YEAR = re.compile(r"([0-9]{4})年?")
_UNIT = re.compile(r"[（(](?:单位[:：])?(?P<unit>[^（()）]{1,4})[)）]")


class Cell(NamedTuple):
    """Where a figure of a table stands.

    Attributes:
        start: first code point of the cell.
        label: the cells in words before it in the row, without a measure word.
        head: first cell of the column; "" where the table has no head.
        unit: the measure word in brackets in head or label, or in a cell of its own.
        caption: the line above the table.
    """

    start: int
    label: str
    head: str
    unit: str
    caption: str


class Tables:
    """The cells of one text, found by position."""

    def __init__(self, text: str) -> None:
        self._cells: list[Cell] = []
        self._ends: list[int] = []
        block: list[tuple[int, str]] = []
        at = 0
        above = ""
        for line in text.split("\n"):
            if line.count("|") >= 2 or "\t" in line:
                block.append((at, line))
            else:
                self._read(block, above)
                block = []
                above = line
            at += len(line) + 1
        self._read(block, above)
        self._starts = [cell.start for cell in self._cells]

    def _read(self, block: list[tuple[int, str]], caption: str) -> None:
        """Takes in the rows of one table, each with its place."""
        rows = [(at, line) for at, line in block if not _RULE.fullmatch(line)]
        if len(rows) < 2:
            return
        heads = [text for _, text in _cells(*rows[0])]
        headed = not any(_HAS_FIGURE.search(_YEAR.sub("", head)) for head in heads[1:])
        for at, line in rows[headed:]:
            cells = _cells(at, line)
            label, own = cells[0][1], ""
            for number, (start, text) in enumerate(cells[1:], 1):
                head = heads[number] if headed and number < len(heads) else ""
                if text and not _HAS_FIGURE.search(text):
                    own, label = (text, label) if _is_unit(text) else (own, f"{label}{text}")
                found = _UNIT.search(head) or _UNIT.search(label)
                unit = found.group("unit") if found else own
                self._cells.append(
                    Cell(start, _UNIT.sub("", label), _dated(_UNIT.sub("", head)), unit, caption)
                )
                self._ends.append(start + len(text))

    def at(self, position: int) -> Cell | None:
        """The cell around ``position``, None outside of tables and in a row's first cell."""
        index = bisect_right(self._starts, position) - 1
        if index < 0:
            return None
        return self._cells[index] if position < self._ends[index] else None


def _is_unit(text: str) -> bool:
    """Whether a cell holds a measure word: 万元, 件."""
    found = measures().any.fullmatch(text.lstrip("万亿千百"))
    return found is not None or text in ("%", "‰")


def _dated(head: str) -> str:
    return f"{head}年" if re.fullmatch(r"[0-9]{4}", head) else head


def _cells(at: int, line: str) -> list[tuple[int, str]]:
    """The cells of a row with their places."""
    mark = "\t" if "\t" in line and line.count("|") < 2 else "|"
    found: list[tuple[int, str]] = []
    for piece in line.split(mark):
        stripped = piece.strip()
        lead = len(piece) - len(piece.lstrip())
        found.append((at + lead, stripped))
        at += len(piece) + 1
    if mark == "|" and found and not found[0][1]:
        found = found[1:]
    if mark == "|" and found and not found[-1][1]:
        found = found[:-1]
    return found or [(at, "")]
