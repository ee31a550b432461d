"""What stands in a row but not where it is read: a number in 备注, a deed in 主题.

A row without its figure or its text isn't written into a report. Whatever else was typed into it is
named, cell by cell, so that nothing vanishes unseen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from fzwriter.facts.catalogue import load_catalogue
from fzwriter.facts.cell_figures import CellError, is_blank, read_figure
from fzwriter.facts.entries import Entry, Notes, short
from fzwriter.facts.grid import Cell
from fzwriter.facts.layout import PENDING, load_layout
from fzwriter.facts.usual import is_usual

_DATE = re.compile("[年月日]")
_OF_ROW = ("topic", "name", "value", "unit", "parts_of", "id", "previous", PENDING)


def heading(key: str, role: str = "facts") -> str:
    """The column of a field, quoted: “数值”."""
    return f"“{load_layout().columns_of(role)[key].heading}”"


def _told(entry: Entry, keys: Sequence[str]) -> str:
    """``A3“普法”``, for those of the cells that hold something of this row's own."""
    cells = [entry.cells[key] for key in keys if key in entry.cells]
    return "、".join(f"{cell.place}{short(cell.plain)}" for cell in cells if not cell.tall)


def say_headless(entry: Entry, role: str, lacking: str, notes: Notes) -> None:
    """Tell of a row that lacks what makes it one: its name, its text."""
    if shown := _told(entry, [key for key in entry.cells if key != PENDING]):
        what = f"{shown}没有读取：这一行没有写{heading(lacking, role)}"
        notes.say(f"{what}；要写进报告的请补上，不要的请清空")


def refuse_deed_as_topic(entry: Entry, role: str, notes: Notes) -> None:
    """A statement's row without text: words in 主题 that are no topic are the deed itself."""
    topic = entry.cells.get("topic")
    if topic is None or topic.tall or topic.plain in load_catalogue().topics:
        say_headless(entry, role, "text", notes)
        return
    column = heading("text", role)
    what = f"{short(topic.plain)}写在{heading('topic', role)}列，{column}却空着"
    notes.wrong(topic.place, what, f"请移到{column}列（{entry.place('text')}），不要的请清空")


def refuse_figure_elsewhere(entry: Entry, notes: Notes) -> None:
    """A row of 数据 without a figure: one in another column is the figure itself."""
    value = entry.place("value")
    for key, cell in entry.cells.items():
        if key in ("topic", "name", "value", "parts_of", "id", "previous", PENDING):
            continue
        if _is_figure(cell):
            what = f"{short(cell.plain)}写在{heading(key)}列，{heading('value')}却空着"
            remedy = f"是数值的请移到{heading('value')}列（{value}），不要的请清空"
            notes.wrong(cell.place, what, remedy)
        elif key not in _OF_ROW:
            what = f"{cell.place}：{short(cell.plain)}没有读取：这一行的{heading('value')}（{value}）空着"
            notes.say(f"{what}；要写进报告的请填上数值")


def _is_figure(cell: Cell) -> bool:
    try:
        return not is_blank(cell) and not _DATE.search(cell.plain) and bool(read_figure(cell))
    except CellError:
        return False


def say_unfilled(rows: Sequence[tuple[Entry, str]], notes: Notes) -> None:
    """Tell of the indicators, each with its name, that have no figure: last year's alone, one's own, the rest."""
    if not rows:
        return
    sheet = rows[0][0].sheet
    last = [row for row in rows if not is_blank(row[0].cells.get("previous"))]
    rest = [row for row in rows if is_blank(row[0].cells.get("previous"))]
    own = [row for row in rest if not is_usual(row[1])]
    if rest:
        said = f"{sheet}：{len(rest)} 个指标没有填数，不进报告"
        notes.say(f"{said}：{_listed(own, _row)}" if own else said)
    if last:
        said = f"{sheet}：{len(last)} 个指标只填了{heading('previous')}，不进报告"
        remedy = f"今年的数请填在{heading('value')}列"
        notes.say(f"{said}：{_listed(last, _previous)}；{remedy}")


def _listed(rows: Sequence[tuple[Entry, str]], place: Callable[[Entry], str]) -> str:
    return "、".join(f"{name}（{place(entry)}）" for entry, name in rows)


def _row(entry: Entry) -> str:
    return f"第 {entry.row} 行"


def _previous(entry: Entry) -> str:
    return f"{entry.place('previous')}，今年的填 {entry.place('value')}"
