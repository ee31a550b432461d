"""Facts workbooks (.xlsx): from bytes to grids of cells, and to the neutral tree.

The workbook is opened twice where it has formulas: once for the formulas, once for the results a
spreadsheet program left in the file. A formula nobody has calculated is told apart from an empty
cell. Rows and sheets hidden by hand are not read, for nobody saw them when the sheet was checked;
rows that only a filter hides are. Both are said.
"""

from __future__ import annotations

import datetime as dt
import io
import warnings
from collections.abc import Iterator
from typing import Any

from fzwriter.errors import InputError
from fzwriter.facts.grid import Cell, CellKind, Grid, Row, address, column_letters
from fzwriter.facts.sheets import read_sheets
from fzwriter.facts.tree import Node
from fzwriter.facts.xlsx_safety import refuse_unsafe

MAX_TEXT = 32_767  # what Excel itself allows in a cell
_RESAVE = "请用 Excel 或 WPS 打开，另存一份 .xlsx 后再试"


def read_xlsx(content: bytes, name: str) -> Node:
    """The tree of a facts workbook.

    Raises:
        InputError: it can't be opened safely, or its sheets can't be understood.
    """
    return read_sheets(read_grids(content, name), name)


def read_grids(content: bytes, name: str) -> tuple[Grid, ...]:
    """The sheets of a workbook.

    Raises:
        InputError: it can't be opened safely.
    """
    refuse_unsafe(content, name)
    with warnings.catch_warnings():  # of styles and extensions we don't read
        warnings.simplefilter("ignore")
        try:
            book = _open(content, values=False)
            formulas = any(_has_formula(sheet) for sheet in book.worksheets)
            results = _open(content, values=True) if formulas else book
            pairs = zip(book.worksheets, results.worksheets, strict=True)
            return tuple(_grid(sheet, values, name) for sheet, values in pairs)
        except InputError:
            raise
        except Exception as error:  # openpyxl raises whatever its parser stumbles over
            raise InputError(
                "不是规范的 .xlsx 文件，读不出表格", path=name, remedy=_RESAVE
            ) from error


def _open(content: bytes, *, values: bool) -> Any:
    from openpyxl import load_workbook  # type: ignore[import-untyped]

    return load_workbook(io.BytesIO(content), data_only=values, keep_links=False)


def _has_formula(sheet: Any) -> bool:
    return any(cell.data_type == "f" for cell in sheet._cells.values())


def _grid(sheet: Any, values: Any, name: str) -> Grid:
    """The sheet's cells that hold anything; only those openpyxl found are looked at."""
    rows: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in sorted(sheet._cells.items()):
        made = _cell(sheet.title, cell, values._cells.get((row, column)), name)
        if made is not None:
            rows.setdefault(row, {})[column] = made
    for merged in sheet.merged_cells.ranges:
        _spread(merged, rows)
    filtered = _filtered(sheet)
    return Grid(
        sheet.title,
        tuple(
            Row(number, cells, _hidden(sheet, number) and number not in filtered)
            for number, cells in sorted(rows.items())
        ),
        address(sheet.title),
        hidden=sheet.sheet_state != "visible",
        filtered=sum(_hidden(sheet, number) for number in rows if number in filtered),
    )


def _cell(sheet: str, cell: Any, result: Any, name: str) -> Cell | None:
    place = f"{sheet}!{column_letters(cell.column)}{cell.row}"
    formula = ""
    if cell.data_type == "f":
        text = getattr(cell.value, "text", cell.value)  # an array formula is an object
        formula = text if isinstance(text, str) else "="
        if result is None or result.value is None:
            # Excel types the result "" as text, a formula nobody calculated has no type.
            empty = result is not None and result.data_type == "str"
            return None if empty else Cell(place, "uncalculated", "", formula=formula)
        cell = result
    value = cell.value
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    kind, text = _content(cell.data_type, value)
    if len(text) > MAX_TEXT:
        remedy = "请只保留数据和简短的文字"
        raise InputError("单元格里的文字过长", path=name, place=place, remedy=remedy)
    return Cell(place, kind, text, str(cell.number_format), formula)


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


def _spread(merged: Any, rows: dict[int, dict[int, Cell]]) -> None:
    """Put what a merged area holds into each of its rows, in the area's first column."""
    first = rows.get(merged.min_row, {}).get(merged.min_col)
    if first is None:
        return
    tall, wide = merged.max_row > merged.min_row, merged.max_col > merged.min_col
    for row in range(merged.min_row, merged.max_row + 1):
        if row in rows or row == merged.min_row:
            rows[row][merged.min_col] = Cell(
                first.place, first.kind, first.text, first.format, first.formula,
                tall=tall, wide=wide, spread=row > merged.min_row,
            )  # fmt: skip


def _hidden(sheet: Any, number: int) -> bool:
    # Looked up without ``[]``, which would make a dimension for every row.
    dimension = sheet.row_dimensions.get(number)
    return bool(dimension is not None and (dimension.hidden or dimension.height == 0))


def _filtered(sheet: Any) -> range:
    """The rows that an active filter covers."""
    ranges = list(_active_filters(sheet))
    if not ranges:
        return range(0)
    return range(min(r[0] for r in ranges), max(r[1] for r in ranges) + 1)


def _active_filters(sheet: Any) -> Iterator[tuple[int, int]]:
    from openpyxl.utils import range_boundaries  # type: ignore[import-untyped]

    filters = [sheet.auto_filter, *(table.autoFilter for table in sheet.tables.values())]
    for one in filters:
        if one is not None and one.ref and one.filterColumn:
            _, top, _, bottom = range_boundaries(one.ref)
            yield top, bottom
