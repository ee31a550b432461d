"""The number ledger as a workbook: for whoever has to answer for each figure of a report.

Sheet 数字台账 has a line for each number of the report, in its order; sheet 数据使用情况 a line for each
figure of the input, with where the report uses it. No formulas and no links: text from the input
is written as text, whatever it begins with.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fzwriter.documents import clean_text
from fzwriter.facts import FactSheet
from fzwriter.facts.workbook import put_text, to_print
from fzwriter.output.ledger import Ledger
from fzwriter.output.page_sources import FactRow, Origin, Sources, note_uses
from fzwriter.output.review import STATUS
from fzwriter.output.skeleton import normalised
from fzwriter.report import Paragraph, Report

_FONT = "宋体"
_LINE = 15.0  # points
_UNDATED = datetime(2000, 1, 1)  # noqa: DTZ001  the same report gives the same bytes
_RED, _GREY = "FDE9E7", "DDEBF7"
_PLACE = 16  # characters of a paragraph's beginning that name it


@dataclass(frozen=True)
class _Column:
    heading: str
    width: int
    centred: bool = False


_NUMBERS = (
    _Column("编号", 8, centred=True),
    _Column("位置", 30),
    _Column("印出的数字", 14, centred=True),
    _Column("单位", 8, centred=True),
    _Column("数据项", 34),
    _Column("数据来源单元格", 18),
    _Column("公式", 34),
    _Column("状态", 13, centred=True),
    _Column("说明", 34),
)
_FACTS = (
    _Column("数据编号", 10, centred=True),
    _Column("主题", 14),
    _Column("数据项", 40),
    _Column("数值", 14, centred=True),
    _Column("上年数", 14, centred=True),
    _Column("数据来源单元格", 18),
    _Column("公式", 34),
    _Column("报告中使用的位置", 30),
    _Column("状态", 18, centred=True),
)


def ledger_book(report: Report, sheet: FactSheet, ledger: Ledger) -> bytes:
    """The workbook as a file's bytes; the same report gives the same bytes.

    Args:
        report: with its verdict in ``check``.
        sheet: what it was written from.
        ledger: of the report.
    """
    from openpyxl import Workbook  # type: ignore[import-untyped]
    from openpyxl.writer.excel import ExcelWriter  # type: ignore[import-untyped]

    book = Workbook()
    book.remove(book.active)
    book.properties.creator = "fzwriter"
    book.properties.title = clean_text(ledger.title)[:255]
    book.properties.created = book.properties.modified = _UNDATED
    sources = Sources(sheet)
    writer = _Writer(book)
    writer.table("数字台账", _NUMBERS, list(_number_rows(report, ledger, sources)))
    writer.table("数据使用情况", _FACTS, list(_fact_rows(report, sheet, ledger, sources)))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        ExcelWriter(book, archive).write_data()  # Workbook.save would set the clock's time
    return normalised(stream.getvalue())


@dataclass(frozen=True)
class _Row:
    cells: Sequence[str]
    wrong: bool = False


def _number_rows(report: Report, ledger: Ledger, sources: Sources) -> Iterator[_Row]:
    places = _places(report)
    for entry in ledger.entries:
        origins = sources.origins(entry)
        yield _Row(
            (
                entry.id,
                places[entry.paragraph],
                entry.text,
                entry.unit,
                "\n".join(filter(None, map(_named, origins))),
                "\n".join(dict.fromkeys(o.place for o in origins if o.place)),
                sources.worked(entry, entry.printed),
                STATUS.get(entry.status, entry.status),
                entry.why,
            ),
            wrong=entry.status in ("untraced", "doubtful"),
        )


def _named(origin: Origin) -> str:
    return f"{origin.name}{origin.figure}" if origin.name else origin.id


def _places(report: Report) -> list[str]:
    """What names each paragraph: its number and how it begins."""
    return [
        f"第{number}段 {_beginning(paragraph)}"
        for number, paragraph in enumerate(report.paragraphs(), 1)
    ]


def _beginning(paragraph: Paragraph) -> str:
    text = paragraph.text.replace("\n", "")
    return text if len(text) <= _PLACE else f"{text[:_PLACE]}…"


def _fact_rows(
    report: Report, sheet: FactSheet, ledger: Ledger, sources: Sources
) -> Iterator[_Row]:
    rows = sources.rows(sheet, report.check.omitted if report.check else ())
    note_uses(rows, ((entry, entry.printed) for entry in ledger.entries), sources)
    for row in rows:
        yield _Row(
            (
                row.origin.id,
                row.topic,
                row.origin.name,
                row.origin.figure,
                row.last_year,
                row.origin.place,
                row.formula,
                "\n".join(
                    f"{use.number} {use.printed}{'' if use.direct else '（用于计算）'}"
                    for use in row.uses
                ),
                _use_of(row),
            ),
            wrong=row.omitted,
        )


def _use_of(row: FactRow) -> str:
    if row.omitted:
        return "必写，报告中没有"
    if any(use.direct for use in row.uses):
        return "已写入"
    if row.uses:
        return "用于计算"
    return "未写入（可不写）" if not row.required else "未写入"


class _Writer:
    """Writes tables that read well on the screen and on paper."""

    def __init__(self, book: Any) -> None:
        from openpyxl.styles import (  # type: ignore[import-untyped]
            Alignment,
            Border,
            Font,
            PatternFill,
            Side,
        )

        thin = Side(style="thin", color="BFBFBF")
        self._book = book
        self._border = Border(left=thin, right=thin, top=thin, bottom=thin)
        self._bold = Font(name=_FONT, size=11, bold=True)
        self._plain = Font(name=_FONT, size=11)
        self._head = PatternFill("solid", fgColor=_GREY)
        self._wrong = PatternFill("solid", fgColor=_RED)
        self._left = Alignment(vertical="center", wrap_text=True)
        self._centre = Alignment(horizontal="center", vertical="center", wrap_text=True)

    def table(self, name: str, columns: Sequence[_Column], rows: Sequence[_Row]) -> None:
        """One sheet with a heading that stays on the screen and is printed on each page."""
        from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

        sheet = self._book.create_sheet(name)
        for number, column in enumerate(columns, 1):
            cell = sheet.cell(1, number)
            put_text(cell, column.heading)
            cell.font, cell.fill = self._bold, self._head
            cell.alignment, cell.border = self._centre, self._border
            sheet.column_dimensions[get_column_letter(number)].width = column.width
        sheet.row_dimensions[1].height = 2 * _LINE
        dressed: dict[tuple[bool, bool, bool], Any] = {}  # a style costs much, its copy little
        for at, row in enumerate(rows, 2):
            for number, (column, text) in enumerate(zip(columns, row.cells, strict=True), 1):
                cell = sheet.cell(at, number)
                if text:
                    put_text(cell, text)
                look = column.centred, row.wrong, bool(cell.quotePrefix)
                if look not in dressed:
                    dressed[look] = self._dress(cell, column, row)
                cell._style = copy(dressed[look])
            sheet.row_dimensions[at].height = _height(row.cells, columns)
        last = get_column_letter(len(columns))
        sheet.auto_filter.ref = f"A1:{last}{max(2, len(rows) + 1)}"
        sheet.freeze_panes = "B2"
        _to_print(sheet)

    def _dress(self, cell: Any, column: _Column, row: _Row) -> Any:
        cell.font, cell.border = self._plain, self._border
        cell.alignment = self._centre if column.centred else self._left
        cell.number_format = "@"
        if row.wrong:
            cell.fill = self._wrong
        return cell._style


def _height(cells: Sequence[str], columns: Sequence[_Column]) -> float:
    lines = 1
    for text, column in zip(cells, columns, strict=True):
        room = max(1, column.width - 2)
        needed = 0
        for line in text.split("\n"):
            wide = sum(2 if char > "\xff" else 1 for char in line)
            needed += max(1, -(-wide // room))
        lines = max(lines, needed)
    return min(400.0, lines * _LINE + 3)


def _to_print(sheet: Any) -> None:
    """As a facts workbook prints, with page numbers and narrower margins."""
    to_print(sheet)
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
