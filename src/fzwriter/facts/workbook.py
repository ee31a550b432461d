"""Writing a facts workbook: the sheets of ``workbook.yaml`` with what is known filled in.

Plain cells, lists to choose from and remarks, no formulas and no macros: it opens alike in Excel,
WPS and LibreOffice. Text that comes from a person or a report is always written as text, whatever
it begins with.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from fzwriter.facts.grid import column_letters
from fzwriter.facts.layout import PENDING, Column, load_layout

Row = Mapping[str, "str | Decimal"]
AUTHOR = "fzwriter"  # of comments that are ours
REMARK = "【fzwriter】"  # begins what we add to a comment of somebody else
EVIDENCE_NOTE = "从报告里摘出的原句，供核对；不读取"
EVIDENCE = "evidence"  # the sentence a row was read from; not read back
_SPARE = 60  # empty lines below with the same lists to choose from
_APPROX = ("余", "多", "近", "约", "左右", "以上", "超过", "逾", "至少", "以内", "不足")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ACTIVE = ("=", "+", "-", "@", "\t", "\r")  # begins a formula where a sheet is edited or pasted
_MAX_TEXT = 32_000
_FONT = "宋体"
_LINE = 15.0  # points
_RARE = ("units", "aliases", "id")  # last columns, for who needs them


@dataclass(frozen=True)
class Content:
    """What goes into a facts workbook.

    Attributes:
        unit: by field of the sheet 单位信息.
        rows: by role of the sheet, each row by field.
        topics: to choose from.
        types: unit types to choose from.
        kinds: kinds of document to choose from.
        guide: lines of 填写说明.
        year: of the report, for the headings; 0 when unknown.
    """

    unit: Mapping[str, str]
    rows: Mapping[str, Sequence[Row]]
    topics: Sequence[str] = ()
    types: Sequence[str] = ()
    kinds: Sequence[str] = ()
    guide: Sequence[str] = ()
    year: int = 0
    lists: Mapping[str, Sequence[str]] = field(init=False)

    def __post_init__(self) -> None:
        lists = {"topic": self.topics, "type": self.types, "kind": self.kinds, "approx": _APPROX}
        object.__setattr__(self, "lists", {key: words for key, words in lists.items() if words})


def put_text(cell: Any, text: str) -> None:
    """Write text into a cell as text: ``=1+1`` is shown, never computed."""
    text = _ILLEGAL.sub("", text)[:_MAX_TEXT]
    cell.value = text
    if text:
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(_ACTIVE)


def workbook_bytes(content: Content) -> bytes:
    """The workbook as a file's bytes."""
    from openpyxl import Workbook  # type: ignore[import-untyped]

    book = Workbook()
    book.remove(book.active)
    book.properties.creator = AUTHOR
    writer = _Writer(book, content)
    writer.guide()
    writer.unit()
    for sheet in load_layout().sheets:
        if sheet.role not in ("unit", "statements"):
            writer.table(sheet.role, sheet.name)
    writer.options()
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


class _Writer:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Any, content: Content) -> None:
        from openpyxl.styles import (  # type: ignore[import-untyped]
            Alignment,
            Border,
            Font,
            PatternFill,
            Side,
        )

        self._book = book
        self._content = content
        thin = Side(style="thin", color="BFBFBF")
        self._border = Border(left=thin, right=thin, top=thin, bottom=thin)
        self._bold = Font(name=_FONT, size=11, bold=True)
        self._plain = Font(name=_FONT, size=11)
        self._grey = Font(name=_FONT, size=10, color="7F7F7F")
        self._head = PatternFill("solid", fgColor="DDEBF7")
        self._fill = PatternFill("solid", fgColor="FFF9E5")
        self._wrap = Alignment(vertical="center", wrap_text=True)
        self._centre = Alignment(horizontal="center", vertical="center", wrap_text=True)
        self._indent = Alignment(vertical="center", wrap_text=True, indent=1)

    def guide(self) -> None:
        """填写说明."""
        sheet = self._book.create_sheet("填写说明")
        sheet.column_dimensions["A"].width = 100
        sheet.sheet_view.showGridLines = False
        for number, line in enumerate(self._content.guide, 1):
            cell = sheet.cell(number, 1)
            put_text(cell, line)
            cell.font = self._bold if number == 1 else self._plain
            cell.alignment = self._wrap
            sheet.row_dimensions[number].height = _height([(line, 100)])
        to_print(sheet)

    def unit(self) -> None:
        """单位信息: item, content, remark."""
        layout = load_layout()
        sheet = self._book.create_sheet(layout.sheet("unit").name)
        for column, (heading, width) in enumerate((("项目", 14), ("内容", 48), ("说明", 56)), 1):
            self._heading(sheet.cell(1, column), heading)
            sheet.column_dimensions[column_letters(column)].width = width
        for row, (key, item) in enumerate(layout.columns_of("unit").items(), 2):
            put_text(sheet.cell(row, 1), item.heading + ("（必填）" if item.required else ""))
            put_text(sheet.cell(row, 2), self._content.unit.get(key, ""))
            put_text(sheet.cell(row, 3), item.note)
            for column, font in ((1, self._bold), (2, self._plain), (3, self._grey)):
                cell = sheet.cell(row, column)
                cell.font, cell.alignment, cell.border = font, self._wrap, self._border
            sheet.cell(row, 2).number_format = "@"
            sheet.cell(row, 2).fill = self._fill
            if key in self._content.lists:
                self._choose(sheet, f"B{row}", self._range(key), item.note)
        sheet.freeze_panes = "A2"
        to_print(sheet)

    def table(self, role: str, name: str) -> None:
        """One of the other sheets: headings, what is known, spare lines."""
        sheet = self._book.create_sheet(name)
        rows = self._content.rows.get(role, ())
        columns = _columns(role, rows)
        last = 1 + len(rows) + _SPARE
        for number, column in enumerate(columns, 1):
            letters = column_letters(number)
            sheet.column_dimensions[letters].width = column.width
            self._heading(sheet.cell(1, number), self._titled(column))
            self._remark(sheet.cell(1, number), column.note)
            if column.flag:
                self._choose(sheet, f"{letters}2:{letters}{last}", '"是,否"', column.note)
            elif column.key in self._content.lists:
                area = f"{letters}2:{letters}{last}"
                self._choose(sheet, area, self._range(column.key), column.note)
        for at, row in enumerate(rows, 2):
            for number, column in enumerate(columns, 1):
                self._fill_in(sheet.cell(at, number), column, row)
            texts = [(str(row.get(column.key, "")), column.width) for column in columns]
            sheet.row_dimensions[at].height = _height(texts)
        sheet.row_dimensions[1].height = 2 * _LINE
        sheet.freeze_panes = "C2" if role == "facts" else "A2"
        to_print(sheet)

    def options(self) -> None:
        """选项: the lists to choose from; hidden, never read."""
        sheet = self._book.create_sheet("选项")
        for number, (key, words) in enumerate(self._content.lists.items(), 1):
            put_text(sheet.cell(1, number), key)
            for row, word in enumerate(words, 2):
                put_text(sheet.cell(row, number), word)
        sheet.sheet_state = "hidden"

    def _titled(self, column: Column) -> str:
        year = self._content.year
        years = {"value": year, "previous": year - 1} if year else {}
        said = f"（{years[column.key]}年）" if column.key in years else ""
        return column.heading + said

    def _heading(self, cell: Any, text: str) -> None:
        put_text(cell, text)
        cell.font, cell.fill = self._bold, self._head
        cell.alignment, cell.border = self._centre, self._border

    def _fill_in(self, cell: Any, column: Column, row: Row) -> None:
        value = row.get(column.key, "")
        if isinstance(value, Decimal):
            cell.value = value
        else:
            put_text(cell, value)
        cell.font, cell.border = self._plain, self._border
        part = column.key == "name" and row.get("parts_of")
        cell.alignment = self._indent if part else self._wrap
        if column.key == "value":
            cell.fill = self._fill

    def _range(self, key: str) -> str:
        number = list(self._content.lists).index(key) + 1
        letters = column_letters(number)
        return f"选项!${letters}$2:${letters}${len(self._content.lists[key]) + 1}"

    def _choose(self, sheet: Any, area: str, words: str, note: str) -> None:
        """A list to choose from, that stands in the way of nothing else."""
        from openpyxl.worksheet.datavalidation import (  # type: ignore[import-untyped]
            DataValidation,
        )

        choice = DataValidation(type="list", formula1=words, allow_blank=True)
        choice.showErrorMessage = False
        choice.showInputMessage = bool(note)
        choice.prompt = note[:250] or None
        choice.add(area)
        sheet.add_data_validation(choice)

    def _remark(self, cell: Any, note: str) -> None:
        from openpyxl.comments import Comment  # type: ignore[import-untyped]

        if note:
            cell.comment = Comment(note, AUTHOR, height=90, width=260)


def _height(texts: Iterable[tuple[str, int]]) -> float:
    """Of a row with these texts in columns this wide; not every program works it out by itself."""
    lines = 1
    for text, width in texts:
        wide = sum(2 if char > "\xff" else 1 for char in text)
        lines = max(lines, -(-wide // max(1, width - 2)))
    return min(400.0, lines * _LINE + 3)


def to_print(sheet: Any) -> None:
    """A4 across, as wide as the page, headings on each page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _columns(role: str, rows: Iterable[Row]) -> list[Column]:
    """The columns of a sheet, those rarely needed last; marks and evidence where rows have them."""
    used = {key for row in rows for key in row}
    columns = [
        column
        for column in load_layout().columns_of(role).values()
        if column.key != PENDING and not column.mixed
    ]
    columns.sort(key=lambda column: column.key in _RARE)
    if PENDING in used:
        columns.insert(0, load_layout().columns_of(role)[PENDING])
    if EVIDENCE in used:
        at = next((n for n, c in enumerate(columns, 1) if c.key in ("parts_of", "text")), 0)
        columns.insert(at, Column(EVIDENCE, "原文", frozenset(), EVIDENCE_NOTE, 70))
    return columns
