"""The sheet 数据: one figure a row. Rows without a figure are left out; a template has many."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from fzwriter.facts.catalogue import load_catalogue
from fzwriter.facts.catalogue_data import split_scale
from fzwriter.facts.cell_figures import (
    CellError,
    Figure,
    agree,
    converted,
    is_blank,
    read_figure,
    unit_beside,
)
from fzwriter.facts.derive import plain
from fzwriter.facts.entries import Entry, Notes, rows_shown, short
from fzwriter.facts.figures import MARK
from fzwriter.facts.grid import Cell
from fzwriter.facts.layout import PENDING, load_layout
from fzwriter.facts.misplaced import (
    heading,
    refuse_figure_elsewhere,
    say_headless,
    say_unfilled,
)
from fzwriter.facts.sheet_names import Named, Names, UnfilledError, new_id
from fzwriter.facts.tree import Items, Node, Scalar, Table
from fzwriter.numbers.approx import as_word

_NUMBERS = ("value", "previous", "id")  # a merged area can't hold one for several rows
_CONFIRMED = frozenset(
    {"已确认", "确认", "已核对", "已核实", "已核", "已换", "否", "√", "✓", "ok", "OK", "无"}
)
_UNIT_NOTE = re.compile(r"(?P<name>.+?)[（(](?:单位[：:])?(?P<unit>[^（）()]{1,6})[）)]")
_TRUE, _FALSE = (
    frozenset({"是", "√", "✓", "true", "yes", "对"}),
    frozenset({"否", "×", "false", "no"}),
)


@dataclass(frozen=True)
class _Row:
    """A row of 数据 with its name; ``figure`` is None where there is none, or where it ``failed``.

    ``column`` is the measure word its own column names, ``unit`` that of the figure: of 1.2万 in a
    row of 份 they are 份 and 万份.
    """

    entry: Entry
    id: str
    topic: str
    name: str
    column: str
    unit: str
    figure: Figure | None
    failed: bool = False


def read_facts(entries: Iterable[Entry], notes: Notes) -> tuple[Items, Names]:
    """The facts of a workbook, and all rows' names for what refers to them."""
    rows = [row for row in _rows(list(entries), notes) if row is not None]
    names = Names(
        [
            Named(row.id, row.topic, row.name, row.entry.place("value"), row.figure is not None)
            for row in rows
        ],
        notes.unread,
    )
    filled = [(row, row.figure) for row in rows if row.figure is not None]
    nodes = [_node(row, figure, names, notes) for row, figure in filled]
    nodes = _with_units(nodes, notes)
    unfilled = [row for row in rows if row.figure is None and not row.failed]
    for row in unfilled:
        refuse_figure_elsewhere(row.entry, notes)
    say_unfilled([(row.entry, row.name) for row in unfilled], notes)
    say_pending([row.entry for row, _ in filled], notes)
    return Items(tuple(nodes), load_layout().sheet("facts").name), names


def say_pending(entries: Iterable[Entry], notes: Notes) -> None:
    """Ask about the rows still marked 去年数待换, or 待确认 as workbooks of old say."""
    pending = [entry for entry in entries if entry.text(PENDING) not in {"", *_CONFIRMED}]
    if pending:
        marks = "、".join(dict.fromkeys(f"“{entry.text(PENDING)[:20]}”" for entry in pending))
        shown = rows_shown([entry.row for entry in pending])
        notes.ask(
            pending[0].place(PENDING),
            f"“{pending[0].sheet}”表有 {len(pending)} 行还标着{marks}（{shown}），不能写进报告："
            "请逐行换成今年的，再删去这一行的标记；今年没有的，请整行删去",
        )


def text_node(entry: Entry, key: str) -> Scalar:
    """A text field."""
    return Scalar(entry.text(key), entry.place(key), literal=True)


def list_node(entry: Entry, key: str) -> Items:
    """A field with several values: 件、起. Where a ； or a new line parts them, 、 is theirs."""
    text = entry.text(key)
    words = re.split(r"[；;\n]" if re.search(r"[；;\n]", text) else r"[、，,/]", text)
    place = entry.place(key)
    return Items(tuple(Scalar(w.strip(), place, literal=True) for w in words if w.strip()), place)


def flag_node(entry: Entry, key: str, notes: Notes) -> Scalar | None:
    """是 or 否."""
    word = entry.text(key).lower()
    if word in _TRUE | _FALSE:
        return Scalar("是" if word in _TRUE else "否", entry.place(key))
    notes.wrong(entry.place(key), f"“{entry.text(key)[:20]}”无法识别", "请填 是 或 否")
    return None


def _refuse_tall(entry: Entry, notes: Notes) -> bool:
    """Whether a cell that holds one row's figure spans several rows."""
    tall = [cell for key in _NUMBERS if (cell := entry.cells.get(key)) is not None and cell.tall]
    for cell in tall:
        if not cell.spread:
            remedy = "请取消合并，每行各写各的数"
            notes.wrong(cell.place, "合并单元格跨了几行，看不出这个数是哪一行的", remedy)
    return bool(tall)


def _rows(entries: list[Entry], notes: Notes) -> list[_Row | None]:
    taken: dict[str, str] = {}
    for entry in entries:
        if not (id := entry.text("id")):
            continue
        if id in taken:
            what = f"编号 {id} 重复：{taken[id]} 与 {entry.place('id')}"
            notes.wrong(entry.place("id"), what, "每行的编号须不同；不填编号则自动编")
        taken.setdefault(id, entry.place("id"))
    return [_row(entry, taken, notes) for entry in entries]


def _row(entry: Entry, taken: dict[str, str], notes: Notes) -> _Row | None:
    name, unit = _split_unit(entry.text("name").replace("\n", ""), _unit(entry))
    cell = entry.cells.get("value")
    if not name:
        if cell is not None and not is_blank(cell):
            notes.wrong(entry.place("name"), "这一行有数，却没有写指标名称", "请写明这是什么数")
        else:
            say_headless(entry, "facts", "name", notes)
        return None
    _refuse_marks(entry, notes)
    id = entry.text("id")
    if not id:
        id = new_id(f"f{entry.row:03d}", taken)
        taken[id] = entry.place("id")
    topic = entry.text("topic").replace("\n", "") or entry.heading
    figure, failed = None, _refuse_tall(entry, notes)
    if cell is not None and not failed:
        figure, failed = _figure(cell, "value", notes)
    column = unit
    if figure is not None:
        try:
            unit = agree(figure, unit)
        except CellError as error:
            notes.wrong(entry.place("value"), error.what, error.remedy)
    return _Row(entry, id, topic, name, column, unit, figure, failed)


def _refuse_marks(entry: Entry, notes: Notes) -> None:
    """A footnote's mark behind a name or a unit would be printed."""
    for key in ("name", "unit"):
        if found := MARK.search(entry.text(key)):
            what = f"{heading(key)}列{short(entry.text(key))}带有注号“{found[0]}”"
            remedy = f"请把注号去掉，要说明的写在{heading('note')}列"
            notes.wrong(entry.place(key), what, remedy)


def _figure(cell: Cell, key: str, notes: Notes) -> tuple[Figure | None, bool]:
    """The figure of a cell, if any, and whether the cell is wrong."""
    if is_blank(cell):
        return None, False
    try:
        figure = read_figure(cell)
    except CellError as error:
        notes.wrong(cell.place, f"{heading(key)}列{error.what}", error.remedy)
        return None, True
    if figure.notice:
        notes.say(f"{cell.place}：{figure.notice}")
    return figure, False


def _unit(entry: Entry) -> str:
    cell = entry.cells.get("unit")
    unit = re.sub(r"\s", "", cell.folded) if cell else ""
    return unit.strip("()") if unit.startswith("(") else unit


def _split_unit(name: str, unit: str) -> tuple[str, str]:
    """收到案件（件） says the unit in its name, if nothing else does or it says the same."""
    found = _UNIT_NOTE.fullmatch(name)
    if found and (found["unit"] == unit or (not unit and found["unit"] in _known_units())):
        return found["name"], found["unit"]
    return name, unit


@functools.cache
def _known_units() -> frozenset[str]:
    families = frozenset().union(*load_catalogue().families)
    return families | {"元", "万元", "亿元", "人次", "件次", "家次", "户次", "个", "所", "篇", "期"}


def _node(row: _Row, figure: Figure, names: Names, notes: Notes) -> Table:
    entry = row.entry
    place = entry.place("value")
    nodes: dict[str, Node] = {
        "id": Scalar(row.id, entry.place("id"), literal=True),
        "name": Scalar(row.name, entry.place("name"), literal=True),
        "value": Scalar(plain(figure.value), place),
    }
    texts = {"topic": row.topic, "unit": row.unit, "approx": _approx(entry, figure, notes)}
    texts["note"] = entry.text("note")
    for key, text in texts.items():
        if text:
            nodes[key] = Scalar(text, entry.place(key), literal=True)
    _add_rest(nodes, entry, notes)
    _add_previous(nodes, row, notes)
    _add_total(nodes, row, names, notes)
    return Table(nodes, dict(entry.places), place)


def _add_rest(nodes: dict[str, Node], entry: Entry, notes: Notes) -> None:
    for key, column in load_layout().columns_of("facts").items():
        if key not in entry.cells:
            continue
        if column.many:
            nodes[key] = list_node(entry, key)
        elif column.flag and (flag := flag_node(entry, key, notes)) is not None:
            nodes[key] = flag


def _approx(entry: Entry, figure: Figure, notes: Notes) -> str:
    cell = entry.cells.get("approx")
    said = "" if cell is None or is_blank(cell) else cell.plain
    given = as_word(said)
    if said and not given:
        what = f"{heading('approx')}列{short(said)}不是概数词"
        notes.wrong(entry.place("approx"), what, "请填 余、近、约、以上 等；是准数的请清空")
    elif given != said:
        notes.say(f"{entry.place('approx')}：{short(said)}按“{given}”读取")
    if given and figure.approx and given != figure.approx:
        what = f"数值里写着“{figure.approx}”，约数列写着“{given}”"
        notes.wrong(entry.place("approx"), what, "请把两处改成一致")
    return given or figure.approx


def _add_previous(nodes: dict[str, Node], row: _Row, notes: Notes) -> None:
    cell = row.entry.cells.get("previous")
    figure, _ = _figure(cell, "previous", notes) if cell is not None else (None, False)
    if figure is None:
        return
    place = row.entry.place("previous")
    unit = unit_beside(figure, row.column or row.unit)
    value = converted(figure.value, unit, row.unit)
    if value is None:
        what = f"上年数的单位“{unit}”与本年的“{row.unit}”不同"
        notes.wrong(place, what, "请换算成同一单位，只写数字")
        return
    if figure.approx:
        notes.say(f"{place}：上年数里的“{figure.approx}”没有读取，只读数字")
    nodes["previous"] = Scalar(plain(value), place)


def _add_total(nodes: dict[str, Node], row: _Row, names: Names, notes: Notes) -> None:
    text = row.entry.text("parts_of")
    if not text:
        return
    place = row.entry.place("parts_of")
    try:
        total = names.find(text, row.topic, row.entry.sheet)
    except UnfilledError:
        return  # a total without a figure: nothing to compare with
    except CellError as error:
        notes.wrong(place, error.what, error.remedy)
        return
    nodes["parts_of"] = Scalar(total, place, literal=True)


def _with_units(facts: list[Table], notes: Notes) -> list[Table]:
    """A total without a unit counts what its parts count, if they agree."""
    units: dict[str, set[str]] = {}
    for fact in facts:
        if isinstance(total := fact.nodes.get("parts_of"), Scalar):
            units.setdefault(total.text, set()).add(_said(fact, "unit"))
    return [_with_unit(fact, units.get(_said(fact, "id"), set()), notes) for fact in facts]


def _with_unit(fact: Table, units: set[str], notes: Notes) -> Table:
    unit = next(iter(units), "")
    if "unit" in fact.nodes or len(units) != 1 or not unit or unit == "%" or split_scale(unit)[0]:
        return fact
    notes.say(f"{fact.place}：“{_said(fact, 'name')}”没有写单位，按它各分项的单位“{unit}”读取")
    return Table(
        {**fact.nodes, "unit": Scalar(unit, fact.place, literal=True)}, fact.keys, fact.place
    )


def _said(fact: Table, key: str) -> str:
    node = fact.nodes.get(key)
    return node.text if isinstance(node, Scalar) else ""
