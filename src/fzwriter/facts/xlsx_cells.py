"""Cells of an openpyxl worksheet as our own: what is struck out is left out, and told.

A character set high or low is a mark (a footnote's number, the 2 of m²): it becomes the character
of that form, so that 156 with a raised 1 never is 1561.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from fzwriter.errors import InputError
from fzwriter.facts.grid import STRUCK, Cell, CellKind, Row, column_letters
from fzwriter.facts.layout import load_layout
from fzwriter.facts.workbook import AUTHOR, EVIDENCE_NOTE, REMARK

MAX_TEXT = 32_767  # what Excel itself allows in a cell
_RAISED = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")
_LOWERED = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")
_THREAD = re.compile(
    r"\[(?:Threaded comment|线程批注)\].{0,500}?(?:Comment|注释|批注)[:：]", re.DOTALL
)


@dataclass
class Cells:
    """The cells of one sheet, read one by one.

    Attributes:
        sheet: its name.
        name: of the file.
        struck_fonts: fonts with a line through, by index.
        rows: what was read, by row and column.
        struck: what a line goes through, by row and place.
        remarks: other people's comments, one Chinese line each.
    """

    sheet: str
    name: str
    struck_fonts: frozenset[int]
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    struck: dict[int, list[Cell]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def add(self, cell: Any, result: Any) -> None:
        """Read one cell; ``result`` is what the program computed for it."""
        place = f"{self.sheet}!{column_letters(cell.column)}{cell.row}"
        self._remark(place, cell.comment)
        made = self._cell(place, cell, result)
        if made is not None:
            self.rows.setdefault(cell.row, {})[cell.column] = made

    def finished(self, unread: dict[int, str]) -> tuple[tuple[Row, ...], tuple[str, ...]]:
        """The rows, those ``unread`` with why, and what was left out, one Chinese line each."""
        whole = {n: cells for n, cells in self.struck.items() if n not in self.rows}
        for number, cells in whole.items():
            self.rows[number] = dict(enumerate(cells, 1))
        left_out = [
            f"{cell.place}：“{cell.plain[:20]}”{STRUCK}，没有读取；要写进报告的请去掉删除线"
            for number in sorted(self.struck.keys() - whole.keys())
            for cell in self.struck[number]
            if number not in unread
        ]
        rows = tuple(
            Row(number, cells, unread.get(number, STRUCK if number in whole else ""))
            for number, cells in sorted(self.rows.items())
        )
        return rows, (*left_out, *self.remarks)

    def _remark(self, place: str, comment: Any) -> None:
        if comment is None or comment.author == AUTHOR:
            return
        text = _THREAD.sub("", (comment.text or "").split(REMARK)[0])
        text = " ".join(text.removeprefix(f"{comment.author}:").split())
        if text and text not in _own_notes():
            shown = text if len(text) <= 40 else f"{text[:40]}…"
            self.remarks.append(f"{place} 有批注“{shown}”，批注不读取；要写进报告的请写进表里")

    def _cell(self, place: str, cell: Any, result: Any) -> Cell | None:
        formula = ""
        struck = cell._style.fontId in self.struck_fonts
        if cell.data_type == "f":
            text = getattr(cell.value, "text", cell.value)  # an array formula is an object
            formula = text if isinstance(text, str) else "="
            if result is None or result.value is None:
                # Excel types the result "" as text, a formula nobody calculated has no type.
                if result is not None and result.data_type == "str":
                    return None
                return Cell(place, "uncalculated", "", formula=formula)
            cell = result
        value, gone = _read(cell.value, struck)
        if len(str(value)) > MAX_TEXT:
            remedy = "请只保留数据和简短的文字"
            raise InputError("单元格里的文字过长", path=self.name, place=place, remedy=remedy)
        if gone:
            self._strike(cell.row, Cell(place, "text", gone))
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        kind, text = _content(cell.data_type, value)
        return Cell(place, kind, text, str(cell.number_format), formula)

    def _strike(self, row: int, cell: Cell) -> None:
        self.struck.setdefault(row, []).append(cell)


@functools.cache
def _own_notes() -> frozenset[str]:
    """The template's remarks on its headings; some programs lose whose they are."""
    columns = (column for each in load_layout().columns.values() for column in each.values())
    return frozenset(column.note for column in columns) | {EVIDENCE_NOTE}


def _read(value: Any, struck: bool) -> tuple[Any, str]:
    """What is to be read of a cell's value, and what a line goes through."""
    if isinstance(value, list):  # text in several fonts; a part without one has the cell's
        runs = [(run, struck) if isinstance(run, str) else _run(run) for run in value]
        return _joined(runs, struck=False), _joined(runs, struck=True)
    if struck and value is not None and str(value).strip():
        return None, str(value)
    return value, ""


def _run(run: Any) -> tuple[str, bool]:
    table = {"superscript": _RAISED, "subscript": _LOWERED}.get(run.font.vertAlign, {})
    return run.text.translate(table), bool(run.font.strike)


def _joined(runs: Iterable[tuple[str, bool]], *, struck: bool) -> str:
    return "".join(text for text, through in runs if through is struck).strip()


def _content(data_type: str, value: Any) -> tuple[CellKind, str]:
    if data_type == "e":
        return "error", str(value)
    if isinstance(value, bool):
        return "flag", str(value)
    if isinstance(value, int):
        return "number", str(value)
    if isinstance(value, float):
        return "number", format(value, ".15g")  # as many digits as the program itself keeps
    if isinstance(value, dt.datetime):
        return "date", value.date().isoformat()
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        return "date", str(value)
    return "text", str(value)
