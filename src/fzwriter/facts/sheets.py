"""The sheets of a facts workbook as the neutral tree of a facts file.

Which sheet is which, ``workbook.yaml`` tells. All that is wrong is gathered and told in the words
of the sheet, with cell addresses; what a clerk should know without having to mend it (rows hidden,
figures rounded as shown) goes with the tree as notices, what must be answered before a report is
written (rows still marked 去年数待换) as unsettled.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from typing import get_args

from fzwriter.errors import InputError
from fzwriter.facts.cell_figures import CellError, read_figure
from fzwriter.facts.entries import Entry, Notes, find_head, read_entries, short
from fzwriter.facts.formula import parse
from fzwriter.facts.grid import Cell, Grid
from fzwriter.facts.layout import load_layout, plain_heading
from fzwriter.facts.misplaced import heading, refuse_deed_as_topic, say_headless
from fzwriter.facts.model import StatementKind
from fzwriter.facts.problems import stop
from fzwriter.facts.sheet_facts import flag_node, list_node, read_facts, say_pending, text_node
from fzwriter.facts.sheet_names import Names, UnfilledError, new_id
from fzwriter.facts.sheet_unit import period_year, read_unit
from fzwriter.facts.tree import CONTROL, Items, Node, Scalar, Table

_KINDS: tuple[str, ...] = get_args(StatementKind)
_TEMPLATE = "可用 fzwriter facts template 生成模板，按模板填写"
_MAX_CHARS = 3_000_000  # of all cells together; a report has a hundredth of it


def read_sheets(grids: Sequence[Grid], name: str) -> Table:
    """The tree of a workbook.

    Raises:
        InputError: anything in it is wrong.
    """
    notes = Notes()
    by_role = _roles(grids, notes)
    for role in ("unit", "facts"):
        if role not in by_role:
            sheet = load_layout().sheet(role).name
            notes.wrong("", f"没有“{sheet}”工作表", _TEMPLATE)
    chars = sum(len(c.text) for g in grids for row in g.rows for c in row.cells.values())
    if chars > _MAX_CHARS:
        notes.wrong("", "文字总量过大", "请只保留数据和简短的文字")
        stop(notes.problems, name)
    for cell in (
        c for part in by_role.values() for g in part for r in g.rows for c in r.cells.values()
    ):
        if CONTROL.search(cell.plain):
            notes.wrong(cell.place, "含有不可见的控制字符", "请清空后重新输入")
    nodes: dict[str, Node] = {}
    for grid in by_role.get("unit", ()):
        nodes |= read_unit(grid, notes)
    year = period_year(nodes.get("period"))
    facts, names = read_facts(_entries(by_role, "facts", notes, year), notes)
    nodes["facts"] = facts
    nodes["derived"] = Items(tuple(_derived(by_role, names, notes)), "推算")
    nodes["statements"] = Items(tuple(_statements(by_role, notes)), "材料")
    terms = _entries(by_role, "terms", notes)
    nodes["terms"] = Items(tuple(text_node(e, "text") for e in terms if e.text("text")), "固定说法")
    if not facts.nodes and not notes.problems:
        notes.wrong(facts.place, "没有填任何数值", "请在“数值”列至少填一个数")
    stop(notes.problems, name)
    return Table(
        nodes,
        dict.fromkeys(nodes, ""),
        name,
        tuple(dict.fromkeys(notes.notices)),
        tuple(notes.unsettled),
    )


def _roles(grids: Sequence[Grid], notes: Notes) -> dict[str, list[Grid]]:
    """The sheets that are read, by role, in the workbook's order."""
    layout = load_layout()
    by_role: dict[str, list[Grid]] = {}
    unknown: list[Grid] = []
    for grid in grids:
        if not grid.rows or plain_heading(grid.name) in layout.ignored_sheets:
            continue
        role = layout.role_of(grid.name)
        if grid.hidden:
            notes.say(f"工作表“{grid.name}”是隐藏的，没有读取；要写进报告的请取消隐藏")
        elif role:
            by_role.setdefault(role, []).append(grid)
        else:
            unknown.append(grid)
    for grid in unknown:
        near = _nearest(grid.name)
        if near and layout.role_of(near) not in by_role:
            what = f"不认识的工作表“{grid.name}”"
            notes.wrong(grid.name, what, f"如果它是“{near}”表，请改名为 {near}")
        else:
            notes.say(f"工作表“{grid.name}”没有读取：不是模板里的表{_looks_like(grid)}")
    return by_role


def _looks_like(grid: Grid) -> str:
    """What to do with a sheet that has the headings of one that is read."""
    layout = load_layout()
    for role in ("facts", "derived", "statements"):
        if head := find_head(grid, layout.columns_of(role), 0):
            shown = "".join(short(cell.plain) for cell in list(head.cells.values())[:4])
            count = sum(row.number > head.number for row in grid.rows)
            sheet = layout.sheet(role if role != "statements" else "举措").name
            said = f"，但有表头{shown}和 {count} 行内容"
            return f"{said}；要写进报告的请移到“{sheet}”表" if count else ""
    return ""


def _nearest(name: str) -> str:
    """The template's sheet that ``name`` is likely to mean; "" for none."""
    layout, plain = load_layout(), plain_heading(name)
    inside = [sheet.name for sheet in layout.sheets if sheet.name in plain]
    names = {spelling: sheet.name for sheet in layout.sheets for spelling in sheet.spellings}
    close = [names[word] for word in difflib.get_close_matches(plain, names, 1, 0.6)]
    return next(iter([*inside, *close]), "")


def _entries(
    by_role: dict[str, list[Grid]], role: str, notes: Notes, year: int = 0
) -> Iterator[Entry]:
    for grid in by_role.get(role, ()):
        yield from read_entries(grid, role, notes, year)


# 推算.


def _derived(by_role: dict[str, list[Grid]], names: Names, notes: Notes) -> Iterator[Table]:
    entries = list(_entries(by_role, "derived", notes))
    taken = {entry.text("id"): "" for entry in entries}
    ids = []
    for entry in entries:
        ids.append(entry.text("id") or new_id(f"d{entry.row:03d}", taken))
        taken[ids[-1]] = ""
    used = []
    for entry, id in zip(entries, ids, strict=True):
        if (formula := _formula(entry, names, ids, notes)) is not None:
            used.append(entry)
            yield _derived_node(entry, id, formula, notes)
    say_pending(used, notes)


def _formula(entry: Entry, names: Names, derived: Sequence[str], notes: Notes) -> str | None:
    """The formula over ids; None for a line that is not filled in or can't be."""
    cell = entry.cells.get("formula")
    if not entry.text("name") or cell is None:
        if entry.text("name") or cell is not None:
            lacking = "name" if cell is not None else "formula"
            notes.wrong(
                entry.place(lacking), f"没有写{heading(lacking, 'derived')}", "请补上，或清空这一行"
            )
        else:
            say_headless(entry, "derived", "name", notes)
        return None
    try:
        sheet = cell.place.split("!")[0]
        typed = cell.formula
        formula = names.from_cells(typed, sheet) if typed else names.formula(cell.plain)
        _refuse_unknown(formula, cell, [*names.ids, *derived])
    except UnfilledError as error:
        notes.say(f"{cell.place}：{error.what}，这一条推算没有读取")
    except CellError as error:
        notes.wrong(cell.place, error.what, error.remedy)
    else:
        return formula
    return None


def _refuse_unknown(formula: str, cell: Cell, known: Sequence[str]) -> None:
    """Tell of a formula that can't be read in the words it was typed in.

    Raises:
        CellError: it can't.
    """
    try:
        parse(formula, known)
    except InputError as error:
        what = error.problem.replace(formula, cell.formula or cell.plain)
        what = what.replace("任何数据的编号", "“数据”表里的指标或编号")
        remedy = "公式由指标名称、数字、+ - * / 和括号组成，如 调解成功/调解矛盾纠纷"
        raise CellError(what, remedy) from error


def _derived_node(entry: Entry, id: str, formula: str, notes: Notes) -> Table:
    place = entry.place("formula")
    nodes: dict[str, Node] = {
        "id": Scalar(id, entry.place("id"), literal=True),
        "name": text_node(entry, "name"),
        "formula": Scalar(formula, place, literal=True),
    }
    for key in ("topic", "unit"):
        if entry.text(key):
            nodes[key] = Scalar(entry.cells[key].folded, entry.place(key), literal=True)
    if "aliases" in entry.cells:
        nodes["aliases"] = list_node(entry, "aliases")
    if "required" in entry.cells and (flag := flag_node(entry, "required", notes)) is not None:
        nodes["required"] = flag
    if "digits" in entry.cells and (digits := _digits(entry, notes)) is not None:
        nodes["digits"] = digits
    return Table(nodes, dict(entry.places), place)


def _digits(entry: Entry, notes: Notes) -> Scalar | None:
    try:
        value = read_figure(entry.cells["digits"]).value
    except CellError:
        value = None
    if value is None or value != int(value) or not 0 <= value <= 6:
        notes.wrong(entry.place("digits"), "小数位数应是 0 到 6 的整数", "请改正，或留空")
        return None
    return Scalar(str(int(value)), entry.place("digits"))


# Statements.


def _statements(by_role: dict[str, list[Grid]], notes: Notes) -> Iterator[Table]:
    for role in by_role:
        if role in _KINDS or role == "statements":
            used = [e for e in _entries(by_role, role, notes) if _has_text(e, role, notes)]
            say_pending(used, notes)
            yield from _statement_nodes(used, role, notes)


def _has_text(entry: Entry, role: str, notes: Notes) -> bool:
    if not entry.text("text"):
        refuse_deed_as_topic(entry, role, notes)
    return bool(entry.text("text"))


def _statement_nodes(entries: Iterable[Entry], role: str, notes: Notes) -> Iterator[Table]:
    for entry in entries:
        place = entry.place("text")
        kind = role if role in _KINDS else entry.text("kind")
        if kind not in _KINDS:
            what = f"种类“{kind[:20]}”不是已知的种类" if kind else "没有写种类"
            notes.wrong(entry.place("kind"), what, f"可用：{'、'.join(_KINDS)}")
            continue
        text = "".join(entry.text("text").split("\n"))
        nodes: dict[str, Node] = {
            "kind": Scalar(kind, place, literal=True),
            "text": Scalar(text, place, literal=True),
        }
        topic = entry.text("topic").replace("\n", "") or entry.heading
        if topic:
            nodes["topic"] = Scalar(topic, entry.place("topic"), literal=True)
        for key in ("id", "note"):
            if entry.text(key):
                nodes[key] = text_node(entry, key)
        yield Table(nodes, dict(entry.places), place)
