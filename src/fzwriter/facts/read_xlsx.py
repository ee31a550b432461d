"""Facts workbooks (.xlsx): from bytes to grids of cells, and to the neutral tree.

The workbook is opened twice where it has formulas: once for the formulas, once for the results a
spreadsheet program left in the file. A formula nobody has calculated is told apart from an empty
cell. Rows and sheets hidden by hand are not read, for nobody saw them when the sheet was checked;
rows that only a filter hides are. What is struck out is not read either. All of that is said.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET  # only on parts that ``xlsx_safety`` has passed

from fzwriter.errors import InputError
from fzwriter.facts.grid import HIDDEN, Cell, Grid, address
from fzwriter.facts.sheets import read_sheets
from fzwriter.facts.tree import Node
from fzwriter.facts.xlsx_cells import Cells
from fzwriter.facts.xlsx_plain import without_styling
from fzwriter.facts.xlsx_safety import refuse_unsafe

_SKIPPED = "文件里有不规范的样式或设置，已跳过，只读了单元格的内容；批注没有查看"
_BOX = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}txBody"
_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
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
    said = _text_boxes(content)
    try:
        return _read(content, name, said)
    except InputError:
        raise
    except Exception:  # openpyxl raises whatever its parser stumbles over, be it a colour
        said = (_SKIPPED, *said)
    try:
        return _read(without_styling(content, name), name, said)
    except InputError:
        raise
    except Exception as error:
        raise InputError("不是规范的 .xlsx 文件，读不出表格", path=name, remedy=_RESAVE) from error


def _text_boxes(content: bytes) -> tuple[str, ...]:
    """What is written over the cells rather than into them, one Chinese line each."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        drawings = [n for n in archive.namelist() if re.fullmatch(r"xl/drawings/\w+\.xml", n)]
        boxes = [box for n in drawings for box in ET.fromstring(archive.read(n)).iter(_BOX)]
    texts = ("".join(part.text or "" for part in box.iter(_TEXT)).strip() for box in boxes)
    return tuple(
        f"文本框里的“{text[:40]}”没有读取；要写进报告的请写进表里" for text in texts if text
    )


def _read(content: bytes, name: str, said: tuple[str, ...]) -> tuple[Grid, ...]:
    with warnings.catch_warnings():  # of styles and extensions we don't read
        warnings.simplefilter("ignore")
        book = _open(content, values=False)
        formulas = any(_has_formula(sheet) for sheet in book.worksheets)
        results = _open(content, values=True) if formulas else book
        struck = frozenset(at for at, font in enumerate(book._fonts) if font.strike)
        return tuple(
            _grid(sheet, values, Cells(sheet.title, name, struck, remarks=list(said)))
            for sheet, values in zip(book.worksheets, results.worksheets, strict=True)
        )


def _open(content: bytes, *, values: bool) -> Any:
    from openpyxl import load_workbook  # type: ignore[import-untyped]

    return load_workbook(io.BytesIO(content), data_only=values, keep_links=False, rich_text=True)


def _has_formula(sheet: Any) -> bool:
    return any(cell.data_type == "f" for cell in sheet._cells.values())


def _grid(sheet: Any, values: Any, cells: Cells) -> Grid:
    """The sheet's cells that hold anything; only those openpyxl found are looked at."""
    for (row, column), cell in sorted(sheet._cells.items()):
        cells.add(cell, values._cells.get((row, column)))
    for merged in sheet.merged_cells.ranges:
        _spread(merged, cells.rows)
    filtered = _filtered(sheet)
    hidden = {number for number in {*cells.rows, *cells.struck} if _hidden(sheet, number)}
    rows, left_out = cells.finished(dict.fromkeys(hidden - set(filtered), HIDDEN))
    return Grid(
        sheet.title,
        rows,
        address(sheet.title),
        hidden=sheet.sheet_state != "visible",
        filtered=len(hidden & set(filtered) & cells.rows.keys()),
        left_out=left_out,
    )


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
