"""Marks beside figures: no footnote becomes a digit, nothing struck out is read."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from workbooks import FIRST, message_of, save, sheet_of

from fzwriter.errors import InputError
from fzwriter.facts import load_facts, loads_facts
from fzwriter.facts.cell_figures import CellError, read_figure
from fzwriter.facts.grid import Cell
from fzwriter.numbers.approx import APPROXIMATORS, SIGNS, as_word

MARKED = [
    "156①", "①156", "156¹", "156₁", "156⑴", "156⒈", "156㈠", "156❶", "156*", "156＊", "156†", "156※",
    "156[1]", "156［1］", "156〔1〕", "156注1", "156（注1）", "156(注)", "156人²", "注1",
]  # fmt: skip
ODD = [
    "Ⅻ", "156Ⅱ", "½", "1½", "156⅓", "1/2", "156℅", "1 085", "1\xa0085", "1\u2009085", "1'085", "1，08",
    "1٬085", "1、085", "12,34,567", "–5", "—5", "‐5", "‑5", "(5)", "（5）", "△5", "±100", "100±5", "+5",
    "5-", "’48", "156注", "156？", "1⃣", "1️⃣", ".5", "5.", "007", "约100+",
]  # fmt: skip


@pytest.mark.parametrize("text", [*MARKED, *ODD])
@pytest.mark.parametrize("format", ["xlsx", "csv"])
def test_what_is_more_than_a_figure_is_refused_and_quoted(
    tmp_path: Path, format: str, text: str
) -> None:
    if format == "xlsx":
        message = message_of(tmp_path, FIRST, ("普法", "开展活动", text, "场"))
        assert message.startswith("数据!C3：“数值”列")
    else:
        path = tmp_path / "数据.csv"
        above = "单位名称,甲局\n单位类型,司法局\n报告期,2024\n文种,法治政府建设年度报告\n"
        path.write_text(f'{above}指标,数值\n开展活动,"{text}"\n', "utf-8")
        with pytest.raises(InputError) as caught:
            load_facts(path)
        message = str(caught.value)
        assert "第 6 行：“数值”列" in message
    assert text.replace("\xa0", " ").replace("\ufe0f", "").replace("\u2009", " ") in message
    assert ("带有注号" in message) == (text in MARKED)
    assert "删去" not in message


@pytest.mark.parametrize("text", MARKED[:16])
@pytest.mark.parametrize("format", ["yaml", "json"])
def test_marks_in_other_files(error_of: Callable[..., str], format: str, text: str) -> None:
    head = '{"unit": {"name": "甲局", "type": "司法局"}, "period": 2024, "document": {"kind": "法治政府建设年度报告"}, '
    fact = f'"facts": [{{"id": "f1", "name": "开展活动", "value": "{text}"}}]}}'
    message = error_of(head + fact, format)
    assert f"f1 的 value 的“{text}”不是数字" in message
    assert "1561" not in message
    assert "1156" not in message


@pytest.mark.parametrize(
    ("text", "value"),
    [("１５６", 156), ("１，５６８", 1568), ("－5", -5), ("−5", -5), ("1\u200b56", 156), ("156\ufeff", 156),
     ("\u202d156\u202c", 156), ("\xa0156\u3000", 156), ("'156", 156), ("𝟏𝟓𝟔", 156), ("٤٨", 48)],
)  # fmt: skip
def test_other_forms_of_the_same_figure(text: str, value: int) -> None:
    assert read_figure(Cell("数据!C2", "text", text)).value == value


@pytest.mark.parametrize(("text", "unit"), [("5‰", "‰"), ("5％", "%"), ("5﹪", "%"), ("5㎡", "㎡"), ("5m²", "m²")])  # fmt: skip
def test_signs_that_are_units(text: str, unit: str) -> None:
    assert read_figure(Cell("数据!C2", "text", text)).unit == unit


@pytest.mark.parametrize("char", ["\u202e", "\u00ad", "\u0336", "\u2067"])
def test_a_character_nobody_sees_is_named(char: str) -> None:
    with pytest.raises(CellError, match="看不见的字符") as caught:
        read_figure(Cell("数据!C2", "text", f"15{char}6"))
    assert f"U+{ord(char):04X}" in caught.value.what


@pytest.mark.parametrize(
    ("cell", "column", "approx"),
    [("100+", None, "以上"), ("100件+", None, "以上"), ("≥100", None, "不少于"), (">=100", None, "不少于"),
     ("＜100", None, "不足"), ("≈100", None, "约"), ("～100", None, "约"), (100, "+", "以上"), (100, "≤", "不超过")],
)  # fmt: skip
def test_signs_of_approximation_are_read_as_words_and_said(
    tmp_path: Path, cell: object, column: str | None, approx: str
) -> None:
    sheet = sheet_of(tmp_path, ("普法", "开展活动", cell, "件", column))
    assert (sheet.facts[0].value, sheet.facts[0].approx) == (100, approx)
    (notice,) = sheet.notices
    assert approx in notice


def test_every_sign_is_a_word() -> None:
    assert set(map(as_word, SIGNS)) <= APPROXIMATORS
    assert as_word("近余") == "近余"
    assert as_word("好些") == ""


def test_a_word_that_approximates_nothing_is_refused(
    tmp_path: Path, error_of: Callable[..., str], after_facts: Callable[[str], str]
) -> None:
    assert message_of(tmp_path, ("普法", "活动", 5, "场", "好些")).startswith(
        "数据!E2：“约数”列“好些”"
    )
    message = after_facts("  - {id: f2, name: 活动, value: 5, approx: 好些}\n")
    assert "第 6 行：f2 的 approx 的“好些”不是概数词" in message
    assert sheet_of(tmp_path, ("普法", "活动", 5, "场", "—")).facts[0].approx == ""


def test_yaml_may_have_a_sign_too(sheet_of: Callable[..., Any]) -> None:
    assert sheet_of("id: f1, name: 活动, value: 5, approx: '+'").facts[0].approx == "以上"


@pytest.mark.parametrize(
    ("row", "place"),
    [
        (("普法", "开展活动①", 5, "场"), "数据!B2"),
        (("普法", "开展活动[1]", 5, "场"), "数据!B2"),
        (("普法", "开展活动", 5, "场*"), "数据!D2"),
        (("普法", "开展活动", 5, "场¹"), "数据!D2"),
    ],
)
def test_marks_that_would_be_printed(tmp_path: Path, row: tuple[object, ...], place: str) -> None:
    message = message_of(tmp_path, row)
    assert message.startswith(place)
    assert "带有注号" in message


def test_marks_that_would_be_printed_from_yaml(after_facts: Callable[[str], str]) -> None:
    assert "带有注号“①”" in after_facts("  - {id: f2, name: 办结①, value: 1}\n")
    assert "带有注号“¹”" in after_facts("  - {id: f2, name: 办结, value: 1, unit: 件¹}\n")


STRIKE, UP, PLAIN = InlineFont(strike=True), InlineFont(vertAlign="superscript"), InlineFont()
ROWS = (FIRST, ("普法", "开展活动", 7, "场"), ("普法", "发放资料", 9, "份"))


def test_a_raised_figure_is_a_mark(tmp_path: Path) -> None:
    def touch(book: Any) -> None:
        sheet = book["数据"]
        sheet["C2"] = CellRichText("156", TextBlock(UP, "1"))
        sheet["B3"] = CellRichText("开展活动", TextBlock(InlineFont(vertAlign="subscript"), "2"))

    path = save(tmp_path / "数据.xlsx", ROWS, touch=touch)
    with pytest.raises(InputError) as caught:
        load_facts(path)
    assert [line.removeprefix(f"{path} ").split("。")[0] for line in caught.value.lines] == [
        "数据!C2：“数值”列“156¹”带有注号，不是数字",
        "数据!B3：“指标”列“开展活动₂”带有注号“₂”",
    ]


def test_raised_figures_of_a_unit_and_other_fonts_are_no_marks(tmp_path: Path) -> None:
    def touch(book: Any) -> None:
        book["数据"]["D2"] = CellRichText("km", TextBlock(UP, "2"))
        book["数据"]["C3"] = CellRichText(TextBlock(InlineFont(b=True), "1"), TextBlock(PLAIN, "2"))

    facts = sheet_of(tmp_path, *ROWS, touch=touch).facts
    assert (facts[0].unit, facts[1].value) == ("km²", Decimal(12))


def test_what_is_struck_out_is_left_out_and_said(tmp_path: Path) -> None:
    def touch(book: Any) -> None:
        sheet = book["数据"]
        sheet["C2"] = CellRichText(TextBlock(STRIKE, "12"), TextBlock(PLAIN, "30"))
        sheet["C3"].font = Font(strike=True)
        for cell in sheet[4]:
            cell.font = Font(strike=True)
        book["举措"]["B2"] = CellRichText("开展", TextBlock(STRIKE, "5场"), "宣传")

    sheet = sheet_of(
        tmp_path, *ROWS, sheets={"举措": (("主题", "内容"), ("普法", ""))}, touch=touch
    )
    assert [(f.name, f.value) for f in sheet.facts] == [("收到行政复议案件", Decimal(30))]
    assert sheet.statements[0].text == "开展宣传"
    said = "，没有读取；要写进报告的请去掉删除线"
    assert {
        f"数据：第 4 行加了删除线{said}",
        f"数据!C2：“12”加了删除线{said}",
        f"数据!C3：“7”加了删除线{said}",
        f"举措!B2：“5场”加了删除线{said}",
    } <= set(sheet.notices)


def test_a_part_in_a_font_of_its_own_is_not_struck_out_with_its_cell(tmp_path: Path) -> None:
    def touch(book: Any) -> None:
        cell = book["数据"]["C2"]
        cell.value = CellRichText("12", TextBlock(PLAIN, "30"))
        cell.font = Font(strike=True)

    assert sheet_of(tmp_path, *ROWS, touch=touch).facts[0].value == 30


def test_a_struck_out_formula_is_left_out(tmp_path: Path) -> None:
    def touch(book: Any) -> None:
        book["数据"]["C3"] = "=1+1"
        book["数据"]["C3"].font = Font(strike=True)

    message = message_of(tmp_path, *ROWS, touch=touch)
    assert message.startswith("数据!C3：公式没有计算结果")


def test_a_format_that_shows_nothing(tmp_path: Path) -> None:
    def touch(book: Any) -> None:
        book["数据"]["C2"].number_format = ";;;"

    assert "让它看不见，实际是 48" in message_of(tmp_path, touch=touch)


def test_marks_do_not_reach_the_unit_sheet(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="无法识别"):
        loads_facts(
            "单位名称,甲局\n单位类型,司法局\n报告期,2024①\n文种,法治政府建设年度报告\n指标,数值\n甲,1\n",
            name="数据.csv",
            format="csv",
        )
