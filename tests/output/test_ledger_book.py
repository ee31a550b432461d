"""The ledger as a workbook."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from fzwriter.check import check
from fzwriter.facts import FactSheet, loads_facts
from fzwriter.output.ledger import make_ledger
from fzwriter.output.ledger_book import ledger_book
from fzwriter.report import Paragraph, Report, Section

NUMBERS = ["编号", "位置", "印出的数字", "单位", "数据项", "数据来源单元格", "公式", "状态", "说明"]


@pytest.fixture
def book(checked: Report, sheet: FactSheet):
    data = ledger_book(checked, sheet, make_ledger(checked, sheet))
    return load_workbook(io.BytesIO(data))


def rows(book, name: str) -> list[dict[str, str]]:
    heading, *lines = book[name].iter_rows(values_only=True)
    return [dict(zip(heading, (cell or "" for cell in line), strict=True)) for line in lines]


def test_each_number_has_its_line(book, checked: Report, sheet: FactSheet) -> None:
    ledger = make_ledger(checked, sheet)
    lines = rows(book, "数字台账")
    assert list(lines[0]) == NUMBERS
    assert [(line["编号"], line["印出的数字"]) for line in lines] == [
        (entry.id, entry.text) for entry in ledger.entries
    ]
    by_text = {line["印出的数字"]: line for line in lines}
    received = by_text["1,085"]
    assert received["单位"] == "件"
    assert received["数据项"] == "收到行政复议申请1085件"
    assert received["数据来源单元格"] == sheet.by_id["f1"].source
    assert received["状态"] == "可溯源"
    assert received["位置"].startswith("第4段 （一）全年办结1055件")
    assert "1055" in by_text["97.2%"]["公式"]
    assert "1085" in by_text["97.2%"]["公式"]
    assert by_text["77"]["状态"] == "对不上"


def test_every_fact_tells_where_it_is_used_and_what_is_left_out(book, sheet: FactSheet) -> None:
    lines = {line["数据编号"]: line for line in rows(book, "数据使用情况")}
    assert list(lines) == [*sheet.by_id, "d1"]
    assert lines["f5"]["状态"] == "必写，报告中没有"
    assert lines["f5"]["报告中使用的位置"] == ""
    assert lines["f1"]["状态"] == "已写入"
    assert "97.2%（用于计算）" in lines["f1"]["报告中使用的位置"]
    assert lines["f1"]["上年数"] == "900件"
    colored = {
        row[0].value: row[0].fill.fgColor.rgb for row in book["数据使用情况"].iter_rows(min_row=2)
    }
    assert colored["f5"] != colored["f1"]


def test_it_reads_and_prints_well(book) -> None:
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.print_title_rows == "$1:$1"
        assert all(sheet.column_dimensions[c].width >= 8 for c in "ABCDEFGHI")


HOSTILE = [
    '=HYPERLINK("http://x.example","领取补贴")',
    "+1+cmd|'/C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "a\x00\x0bb\ud800",
    "长" * 40_000,
]


@pytest.mark.parametrize("name", HOSTILE)
def test_names_that_look_like_formulas_stay_text(name: str) -> None:
    sheet = loads_facts(
        "unit: {name: 甲局, type: 司法局}\nperiod: 2024\ndocument: {kind: 总结}\n"
        "facts: [{id: f1, name: 办结, value: 48, unit: 件}]\n"
    )
    fact = sheet.facts[0].model_copy(
        update={"name": name, "topic": name, "source": name, "note": name}
    )
    sheet = sheet.model_copy(update={"facts": (fact,)})
    line = Paragraph(f"{name[:50]}办结48件")
    report = Report(name[:50], (Section("导语", (line,)),))
    report = replace(report, check=check(report.text, sheet))
    data = ledger_book(report, sheet, make_ledger(report, sheet))
    for one in load_workbook(io.BytesIO(data)):
        for row in one.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n"), cell.coordinate
                assert cell.data_type == "s" or cell.value is None
                assert cell.hyperlink is None
                if isinstance(cell.value, str) and cell.value[:1] in "=+-@\t":
                    assert cell.quotePrefix
