"""The sheet on the unit, 单位信息: one item a line, its name in one column, what it says in the next."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping

from pydantic import ValidationError

from fzwriter.facts import model
from fzwriter.facts.cell_figures import CellError, read_figure
from fzwriter.facts.entries import Notes, say_unread, short
from fzwriter.facts.grid import Cell, Grid, Row
from fzwriter.facts.layout import load_layout, plain_heading
from fzwriter.facts.tree import Items, Node, Scalar, Table

_TITLES = frozenset({"项目", "事项", "填写项", "栏目", "填写内容"})
_DATES = re.compile(
    r"(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)\s*(?:至|到|[-—–~～]+)\s*(\S+)", re.ASCII
)
_UNIT = ("name", "type", "level", "region")
_EXAMPLES = {
    "name": "古丈县司法局",
    "type": "司法局",
    "period": "2024",
    "kind": "法治政府建设年度报告",
}


def read_unit(grid: Grid, notes: Notes) -> dict[str, Node]:
    """``unit``, ``period`` and ``document`` of a facts file."""
    columns = load_layout().columns_of("unit")
    cells: dict[str, Cell] = {}
    places: dict[str, str] = {}
    say_unread(grid, notes)
    for row in grid.rows:
        if row.unread:
            continue
        column, label = next(iter(row.cells.items()))
        value = row.cells.get(column + 1)
        plain = plain_heading(label.plain)
        key = next((key for key, c in columns.items() if plain in c.spellings), "")
        if key or value is not None:
            _say_beside(grid, row, column + 1, columns[key].note if key else "", notes)
        if not key:
            _refuse_label(label, plain, value, row is grid.rows[0], notes)
        elif key in cells:
            notes.wrong(label.place, f"“{label.plain}”写了两次", "请只保留一处")
        else:
            places[key] = grid.place_of(row.number, column + 1)
            if value is not None:
                cells[key] = value
    _refuse_missing(grid, cells, places, notes)
    return _nodes(grid, cells, notes)


def _refuse_missing(
    grid: Grid, cells: Mapping[str, Cell], places: Mapping[str, str], notes: Notes
) -> None:
    for key, item in load_layout().columns_of("unit").items():
        if not item.required or key in cells:
            continue
        what = f"“{item.heading}”没有填" if key in places else f"缺少“{item.heading}”一行"
        for text, unread in notes.unread.items():
            if plain_heading(text) in item.spellings:
                what = f"“{text}”在{unread}，没有读取"
        notes.wrong(places.get(key, grid.name), what, f"请填写，如 {_EXAMPLES[key]}")


def _say_beside(grid: Grid, row: Row, column: int, note: str, notes: Notes) -> None:
    """Tell of what stands behind a line's value and is not the template's own remark."""
    if row.cells[min(row.cells)].plain in _TITLES:
        return
    for at, cell in row.cells.items():
        if at > column and cell.plain != note and not cell.wide:
            where = grid.place_of(row.number, column)
            notes.say(f"{cell.place}：{short(cell.plain)}没有读取；要填的内容请写在 {where}")


def _refuse_label(label: Cell, plain: str, value: Cell | None, first: bool, notes: Notes) -> None:
    """A title stands alone in the first row; a line with content we must understand."""
    if plain in _TITLES or plain.startswith("#") or (value is None and first):
        return
    if value is None:
        said = f"{label.place}：{short(label.plain)}没有读取：不是这张表的项目"
        notes.say(f"{said}；项目名称写在左边一格，内容写在右边一格")
        return
    known = {s: c.heading for c in load_layout().columns_of("unit").values() for s in c.spellings}
    near = difflib.get_close_matches(plain, known, 1, 0.6)
    remedy = f"最接近的是“{known[near[0]]}”" if near else "请对照模板改写，或清空这一行"
    notes.wrong(label.place, f"不认识的项目“{label.plain[:20]}”", remedy)


def _nodes(grid: Grid, cells: Mapping[str, Cell], notes: Notes) -> dict[str, Node]:
    nodes: dict[str, Node] = {}
    for key, cell in cells.items():
        if (node := _node(key, cell, notes)) is not None:
            nodes[key] = node
    tables: dict[str, Node] = {}
    unit = {key: node for key, node in nodes.items() if key in _UNIT}
    document = {key: node for key, node in nodes.items() if key not in (*_UNIT, "period")}
    for name, part in (("unit", unit), ("document", document)):
        tables[name] = Table(part, {key: cells[key].place for key in part}, grid.name)
    if "period" in nodes:
        tables["period"] = nodes["period"]
    return tables


def _node(key: str, cell: Cell, notes: Notes) -> Node | None:
    if cell.kind in ("error", "uncalculated"):
        notes.wrong(cell.place, "公式没有可用的结果", "请直接填写文字")
        return None
    if key == "period":
        return _period(cell, notes)
    if key == "date":
        return _date(cell.plain, cell, notes)
    if key == "length":
        return _length(cell, notes)
    if key == "outline":
        parts = re.split(r"[\n；;]+", cell.plain)
        return Items(tuple(_text(p.strip(), cell) for p in parts if p.strip()), cell.place)
    return _text(cell.plain, cell)


def _text(text: str, cell: Cell) -> Scalar:
    return Scalar(text, cell.place, literal=True)


def _date(text: str, cell: Cell, notes: Notes) -> Scalar | None:
    try:
        model.parse_date(text)
    except ValueError:
        what, remedy = f"“{text[:20]}”不是日期", "请写成 2025-01-20 或 2025年1月20日"
        notes.wrong(cell.place, what, remedy)
        return None
    return _text(text, cell)


def _period(cell: Cell, notes: Notes) -> Node | None:
    text = cell.folded
    if found := _DATES.fullmatch(text):
        ends = {"from": _date(found[1], cell, notes), "to": _date(found[2], cell, notes)}
        nodes = {key: node for key, node in ends.items() if node is not None}
        if len(nodes) < len(ends):
            return None
        if model.parse_date(nodes["from"].text) > model.parse_date(nodes["to"].text):
            what = f"报告期“{text}”的起始日期晚于结束日期"
            notes.wrong(cell.place, what, "请改正")
        return Table(nodes, dict.fromkeys(ends, cell.place), cell.place)
    try:
        model.Period.model_validate(text)
    except ValidationError:
        remedy = "请写年份，如 2024；不满全年的写 2024-01-01至2024-11-30"
        notes.wrong(cell.place, f"报告期“{text[:20]}”无法识别", remedy)
        return None
    return _text(text, cell)


def _length(cell: Cell, notes: Notes) -> Scalar | None:
    try:
        value = read_figure(cell).value
    except CellError:
        value = None
    if value is None or value != int(value) or value <= 0:
        notes.wrong(cell.place, f"字数“{cell.plain[:20]}”不是正整数", "请只写数字，如 3000")
        return None
    return Scalar(str(int(value)), cell.place)


def period_year(node: Node | None) -> int:
    """The year of a period's node; 0 without one."""
    if isinstance(node, Table):
        node = node.nodes.get("to")
    found = re.search(r"\d{4}", node.text) if isinstance(node, Scalar) else None
    return int(found[0]) if found else 0
