"""Tables of cells, whatever file they came from: what a workbook and a .csv have in common."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from fzwriter.numbers.text import fold

# Blanks of other widths; what takes no room and can't be seen is no character of the text.
_ODD = {0xA0: " ", 0x3000: " "} | dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u200e\u2060\u202a\u202c\u202d\u2066\u2068\u2069\ufe0e\ufe0f\ufeff")
)
HIDDEN, STRUCK = "是隐藏的", "加了删除线"  # why a row is not read
CellKind = Literal["text", "number", "date", "flag", "error", "uncalculated"]


@dataclass(frozen=True)
class Cell:
    """One cell that is not empty.

    Attributes:
        place: ``数据!D7``, ``第 7 行``.
        kind: ``error`` for #DIV/0! and the like, ``uncalculated`` for a formula without a result.
        text: as typed; a number with its stored digits, a date as 2025-01-20.
        format: number format.
        formula: ``=B2+B3``; "" for a constant.
        tall: of a merged area that spans several rows.
        wide: of a merged area that spans several columns.
        spread: a copy; the merged area's content stands in its first cell.
    """

    place: str
    kind: CellKind
    text: str
    format: str = "General"
    formula: str = ""
    tall: bool = False
    wide: bool = False
    spread: bool = False

    @property
    def plain(self) -> str:
        """The text as it is seen: ends of lines trimmed, odd blanks made plain."""
        if self.kind == "flag":
            return "是" if self.text == "True" else "否"
        lines = re.split(r"[\r\n\v\f]+", self.text.translate(_ODD))
        return "\n".join(stripped for line in lines if (stripped := line.strip()))

    @property
    def folded(self) -> str:
        """The text with figures and signs on half-width; ①, ¹ and ½ stay what they are."""
        return fold(self.plain)


@dataclass(frozen=True)
class Row:
    """One row.

    Attributes:
        number: in the file.
        cells: by column, from 1.
        unread: why it is not read, ``HIDDEN`` or ``STRUCK``; "" for a row that is.
    """

    number: int
    cells: Mapping[int, Cell]
    unread: str = ""


@dataclass(frozen=True)
class Grid:
    """A sheet.

    Attributes:
        name: of the sheet.
        rows: those with content, in order.
        place_of: where the cell in (row, column) stands, empty or not.
        hidden: the whole sheet is.
        filtered: how many rows only a filter hides.
        left_out: what else it holds that is not read, one Chinese line each.
    """

    name: str
    rows: tuple[Row, ...]
    place_of: Callable[[int, int], str]
    hidden: bool = False
    filtered: int = 0
    left_out: tuple[str, ...] = ()


def column_letters(column: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(sheet: str) -> Callable[[int, int], str]:
    """Places in a workbook's sheet: (7, 4) → ``数据!D7``."""
    return lambda row, column: f"{sheet}!{column_letters(column)}{row}"
