"""Facts as .csv: the lines of 单位信息 first, then the table 数据.

A table alone can't say whose figures these are; four lines above it do:

    单位名称,古丈县司法局
    单位类型,司法局
    报告期,2024
    文种,法治政府建设年度报告
    主题,指标,数值,单位
    行政复议,收到行政复议案件,48,件
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice

from fzwriter.errors import InputError
from fzwriter.facts.entries import MAX_ROWS
from fzwriter.facts.grid import Cell, Grid, Row
from fzwriter.facts.layout import load_layout, plain_heading
from fzwriter.facts.sheets import read_sheets
from fzwriter.facts.tree import Node, Scalar, decode
from fzwriter.facts.xlsx_safety import MAX_CELLS

_HEAD_ROWS = 100  # above which the heading of the table must stand
_REMEDY = (
    "请在表头上面加四行：单位名称,… 单位类型,… 报告期,… 文种,…；"
    "或用 fzwriter facts template 生成 Excel 模板，把数据粘贴进去"
)


def read_csv(content: bytes, name: str) -> Node:
    """The tree of a .csv file.

    Raises:
        InputError: it has no heading, doesn't say whose figures it holds, or anything is wrong.
    """
    text = decode(content, name)
    if not text.strip():
        return Scalar("", "第 1 行")
    source = _rows(text, name)
    rows = list(islice(source, _HEAD_ROWS))
    head = next((at for at, row in enumerate(rows) if _is_head(row)), None)
    if head is None:
        remedy = "请在第一行写表头：主题,指标,数值,单位"
        raise InputError("没有找到表头（至少要有“指标”和“数值”两列）", path=name, remedy=remedy)
    if not head:
        place = f"第 {rows[0].number} 行"
        problem = "没有写明这是哪个单位、哪一年的数据"
        raise InputError(problem, path=name, place=place, remedy=_REMEDY)
    rows += islice(source, MAX_ROWS)  # one that has more is told of it by what reads the rows
    sheets = {"unit": rows[:head], "facts": rows[head:]}
    layout = load_layout()
    grids = [Grid(layout.sheet(role).name, tuple(part), _place) for role, part in sheets.items()]
    return read_sheets(grids, name)


def _place(row: int, _column: int) -> str:
    return f"第 {row} 行"


def _rows(text: str, name: str) -> Iterator[Row]:
    """The rows as they are asked for: a big file that is no facts file costs nothing."""
    first = next(line for line in text.splitlines() if line.strip())
    delimiter = max(",\t;", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    number, left = 1, MAX_CELLS
    try:
        for fields in reader:
            place = _place(number, 1)
            left -= sum(1 for field in fields if field)
            if left < 0:
                raise InputError("单元格太多", path=name, place=place, remedy="请只保留数据")
            cells = {
                column: Cell(place, "text", field)
                for column, field in enumerate(fields, 1)
                if field.strip()
            }
            if cells:
                yield Row(number, cells)
            number = reader.line_num + 1
    except csv.Error:
        raise InputError(
            "引号没有成对，或一格里的文字过长", path=name, place=f"第 {number} 行",
            remedy="请检查这一行的英文双引号",
        ) from None  # fmt: skip


def _is_head(row: Row) -> bool:
    columns = load_layout().columns_of("facts")
    found = {plain_heading(cell.plain) for cell in row.cells.values()}
    return all(found & columns[key].spellings for key in ("name", "value"))
