"""From a sheet to its entries: where the headings are, which column is which, which rows count."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from fzwriter.facts.grid import HIDDEN, STRUCK, Cell, Grid, Row
from fzwriter.facts.layout import Columns, load_layout, plain_heading, year_of_heading
from fzwriter.facts.problems import Problem, Problems

MAX_ROWS = 5000
_HEADING_ROWS = 15  # a heading further down is none
_SHOWN = 6
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_REMEDIES = {HIDDEN: "请取消隐藏", STRUCK: "请去掉删除线"}
_OWN = frozenset(
    {"序号", "原文", "原文依据"}
)  # columns that hold nothing to report, as anybody sees


@dataclass
class Notes:
    """What reading a workbook has found so far.

    Attributes:
        problems: errors.
        notices: what the clerk should know.
        unread: what rows that are not read say, and where and why: ``“数据”表第 3 行，那一行是隐藏的``.
    """

    problems: Problems = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    unsettled: list[tuple[str, str]] = field(default_factory=list)
    unread: dict[str, str] = field(default_factory=dict)

    def wrong(self, place: str, what: str, remedy: str) -> None:
        """Note an error."""
        self.problems.append(Problem(place, what, remedy))

    def say(self, text: str) -> None:
        """Note something for the clerk."""
        self.notices.append(text)

    def ask(self, place: str, text: str) -> None:
        """Note what must be answered before a report is written."""
        self.unsettled.append((place, text))


@dataclass(frozen=True)
class Entry:
    """One row with content.

    Attributes:
        sheet: name of the sheet.
        row: its number.
        cells: by field.
        places: where the field's cell stands, empty or not, for every column of the sheet.
        heading: of the group of rows it is in (a merged row above them); "" without one.
    """

    sheet: str
    row: int
    cells: Mapping[str, Cell]
    places: Mapping[str, str]
    heading: str = ""

    def text(self, key: str) -> str:
        """The text of a field; "" where it is empty."""
        cell = self.cells.get(key)
        return cell.plain if cell else ""

    def place(self, key: str) -> str:
        """Where a field stands; the row, if its column isn't there."""
        return self.places.get(key) or next(iter(self.places.values()))


def rows_shown(rows: list[int]) -> str:
    """``第 3、5、8—11 行``, at most six stretches of them."""
    stretches: list[list[int]] = []
    for row in rows:
        if stretches and row == stretches[-1][1] + 1:
            stretches[-1][1] = row
        else:
            stretches.append([row, row])
    shown = "、".join(
        str(first) if first == last else f"{first}{'、' if last == first + 1 else '—'}{last}"
        for first, last in stretches[:_SHOWN]
    )
    return f"第 {shown} 行{'等' if len(stretches) > _SHOWN else ''}"


def short(text: str) -> str:
    """A cell's text as messages quote it."""
    text = " ".join(text.split())
    return f"“{text[:20]}…”" if len(text) > 20 else f"“{text}”"


def read_entries(grid: Grid, role: str, notes: Notes, year: int = 0) -> Iterator[Entry]:
    """The entries of a sheet with this role; ``year`` is what its headings 2024年, 2023年 refer to."""
    columns = load_layout().columns_of(role)
    head = find_head(grid, columns, year)
    if head is None:
        _say_missing(grid, columns, year, notes)
        return
    _say_above(grid, head, notes)
    rows = [row for row in grid.rows if row.number > head.number]
    if len(rows) > MAX_ROWS:
        notes.wrong(grid.name, f"超过 {MAX_ROWS} 行", "请只保留要写进报告的数据")
        return
    required = {key for key, column in columns.items() if column.required}
    mapping: dict[int, str] = {}
    heads: list[Row] = []
    heading: Cell | None = None
    used = True
    for row in (head, *rows):
        if row.unread:
            continue
        if required <= _matched(row, columns, year):  # again on each page, or of another table
            mapping = _map_columns(row, columns, year, notes)
            heads.append(row)
        elif banner := _banner(row):
            _say_idle(heading, used, notes)
            heading, used = banner, False
        elif cells := _cells(row, mapping, notes):
            used = True
            places = {key: grid.place_of(row.number, column) for column, key in mapping.items()}
            yield Entry(grid.name, row.number, cells, places, heading.plain if heading else "")
    _say_idle(heading, used, notes)
    _say_unheaded(grid, heads, columns, notes)
    say_unread(grid, notes)
    if grid.filtered:
        notes.say(f"{grid.name}：有 {grid.filtered} 行被筛选隐藏，已照常读取")


def say_unread(grid: Grid, notes: Notes) -> None:
    """Tell of what a sheet holds that is not read: rows hidden or struck out, remarks."""
    for why, remedy in _REMEDIES.items():
        rows = [row for row in grid.rows if row.unread == why]
        for row in rows:
            place = f"“{grid.name}”表第 {row.number} 行，那一行{why}"
            for cell in row.cells.values():
                notes.unread.update({cell.plain: place, cell.place: place})
            notes.unread[f"f{row.number:03d}"] = place
        if rows:
            shown = rows_shown([row.number for row in rows])
            notes.say(f"{grid.name}：{shown}{why}，没有读取；要写进报告的{remedy}")
    notes.notices += grid.left_out


def _say_above(grid: Grid, head: Row, notes: Notes) -> None:
    """Tell of what stands above the headings; a title alone in the first row is no content."""
    above = [row for row in grid.rows if row.number < head.number and not row.unread]
    if above and len(above[0].cells) == 1:
        above = above[1:]
    cells = [cell for row in above for cell in row.cells.values() if not cell.spread]
    if cells:
        shown = "、".join(f"{cell.place}{short(cell.plain)}" for cell in cells)
        notes.say(f"表头上面的内容没有读取：{shown}；要写进报告的请写到表头下面的各列里")


def _say_idle(heading: Cell | None, used: bool, notes: Notes) -> None:
    """Tell of a heading with no row below it: a remark at the end, or a total across the table."""
    if heading is not None and not used:
        said = (
            f"{heading.place}：{short(heading.plain)}没有读取：它是合并成一行的标题，下面没有内容"
        )
        notes.say(f"{said}；要写进报告的请取消合并，写到各列里")


def _key_of(heading: str, columns: Columns, year: int) -> str:
    """The field a heading means, "" for none."""
    plain = plain_heading(heading)
    for key, column in columns.items():
        if plain in column.spellings:
            return key
    if year and "value" in columns and (said := year_of_heading(plain)):
        return {year: "value", year - 1: "previous"}.get(said, "")
    return ""


def _matched(row: Row, columns: Columns, year: int) -> set[str]:
    return {_key_of(cell.plain, columns, year) for cell in row.cells.values()} - {""}


def find_head(grid: Grid, columns: Columns, year: int) -> Row | None:
    """The row of headings, if the sheet has one; ``year`` as in ``read_entries``."""
    required = {key for key, column in columns.items() if column.required}
    for row in grid.rows[:_HEADING_ROWS]:
        if required <= _matched(row, columns, year):
            return row
    return None


def _say_missing(grid: Grid, columns: Columns, year: int, notes: Notes) -> None:
    best: set[str] = max(
        (_matched(row, columns, year) for row in grid.rows[:_HEADING_ROWS]), key=len, default=set()
    )
    lacking = [c.heading for key, c in columns.items() if c.required and key not in best]
    names = "、".join(f"“{heading}”" for heading in lacking)
    what = f"缺少{names}列" if best else "没有找到表头"
    usual = "、".join(column.heading for column in columns.values() if not column.mixed)
    notes.wrong(grid.name, what, f"表头一行请写：{usual}（前面没有的列可以不写）")


def _map_columns(head: Row, columns: Columns, year: int, notes: Notes) -> dict[int, str]:
    """Which field each column of the sheet holds."""
    mapping: dict[int, str] = {}
    for number, cell in head.cells.items():
        plain = plain_heading(cell.plain)
        key = _key_of(cell.plain, columns, year)
        if not key:
            if plain not in load_layout().ignored_columns and not plain.startswith("#"):
                notes.wrong(cell.place, *_unknown(cell.plain, columns))
        elif key in mapping.values():
            first = next(column for column, known in mapping.items() if known == key)
            other = head.cells[first].plain
            notes.wrong(
                cell.place,
                f"“{cell.plain}”列和“{other}”列是同一项",
                "请只留一列，另一列的表头前加 #（不读取）",
            )
        else:
            mapping[number] = key
            _ask_year(cell, key, year, notes)
    return mapping


def _ask_year(cell: Cell, key: str, year: int, notes: Notes) -> None:
    """数值（2024年） over what is to be told of 2025 is last year's column."""
    wanted = {"value": year, "previous": year - 1}.get(key, 0) if year else 0
    said = [int(found) for found in _YEAR.findall(cell.folded)]
    if wanted and said and wanted not in said:
        what = f"表头写的是“{cell.plain}”，而报告期是{year}年，这一列应是{wanted}年的数"
        notes.ask(cell.place, f"{what}：请换成{wanted}年的数，再把表头的年份改过来")


def _unknown(heading: str, columns: Columns) -> tuple[str, str]:
    known = {spelling: c.heading for c in columns.values() for spelling in c.spellings}
    near = difflib.get_close_matches(plain_heading(heading), known, 1, 0.6)
    hint = f"最接近的是“{known[near[0]]}”" if near else "请对照模板改写"
    what = f"不认识的列“{' '.join(heading.split())[:20]}”"
    return what, f"{hint}；自己留用的列，请在表头前加 #（不读取）"


def _say_unheaded(grid: Grid, heads: list[Row], columns: Columns, notes: Notes) -> None:
    """Cells below no heading hold something nobody would read; columns of one's own are told."""
    spellings = frozenset().union(*(column.spellings for column in columns.values()))
    headed = {
        column: plain_heading(cell.plain) for head in heads for column, cell in head.cells.items()
    }
    ignored = load_layout().ignored_columns - _OWN - spellings
    unheaded: dict[int, list[Cell]] = {}
    own: dict[str, None] = {}
    for row in grid.rows:
        if row.number <= heads[0].number or row.unread or row in heads or _banner(row):
            continue
        for column, cell in row.cells.items():
            if column not in headed:
                unheaded.setdefault(column, []).append(cell)
            elif headed[column] in ignored:
                own[headed[column]] = None
    for first, *rest in unheaded.values():
        also = f"（还有 {'、'.join(cell.place for cell in rest)}）" if rest else ""
        what = f"{short(first.plain)}这一列没有表头，不知道是什么{also}"
        notes.wrong(first.place, what, "请在这一列补上表头，或清空这些单元格")
    if own:
        notes.say(f"{grid.name}：自己留用的列没有读取：{'、'.join(own)}")


def _banner(row: Row) -> Cell | None:
    """The one merged cell that is all of a row: a heading for those below."""
    if len(row.cells) != 1:
        return None
    (cell,) = row.cells.values()
    return cell if cell.wide and not cell.spread else None


def _cells(row: Row, mapping: Mapping[int, str], notes: Notes) -> dict[str, Cell]:
    """The row's cells by field; nothing for a row that only has its share of a merged one."""
    cells: dict[str, Cell] = {}
    for column, key in mapping.items():
        cell = row.cells.get(column)
        if cell is None:
            continue
        if cell.kind == "error" and not (key == "formula" and cell.formula):
            notes.wrong(cell.place, f"单元格是错误值 {cell.text}", "请改正公式，或直接填写")
        elif cell.kind == "uncalculated" and key != "formula":
            remedy = "请用 Excel 或 WPS 打开，等它算出结果后保存再试；或直接填写数字"
            notes.wrong(cell.place, "公式没有计算结果", remedy)
        else:
            cells[key] = cell
    return {} if all(cell.spread for cell in cells.values()) else cells
