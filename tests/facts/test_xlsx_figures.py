"""Figures in cells: as typed, as stored and as shown."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from workbooks import FIRST, message_of, sheet_of

from fzwriter.facts import lint


@pytest.mark.parametrize(
    ("cell", "value", "unit", "approx"),
    [
        (48, 48, "件", ""),
        ("48", 48, "件", ""),
        ("４８", 48, "件", ""),
        (" 48 件 ", 48, "件", ""),
        ("1,085", 1085, "件", ""),
        ("1，085", 1085, "件", ""),
        ("70余", 70, "件", "余"),
        ("约100", 100, "件", "约"),
        ("100件以上", 100, "件", "以上"),
        ("1.2万", "1.2", "万件", ""),
        ("1.2万余件", "1.2", "万件", "余"),
        (0.1 + 0.2, "0.3", "件", ""),
        (0, 0, "件", ""),
    ],
)
def test_numbers_as_typed(
    tmp_path: Path, cell: object, value: object, unit: str, approx: str
) -> None:
    fact = sheet_of(tmp_path, ("复议", "收到案件", cell, "件")).facts[0]
    assert (fact.value, fact.unit, fact.approx) == (Decimal(str(value)), unit, approx)


@pytest.mark.parametrize(
    ("cell", "value", "unit"),
    [("25.63万元", "25.63", "万元"), ("98.7%", "98.7", "%"), ("98.7％", "98.7", "%"),
     ("-3.5%", "-3.5", "%"), ("3860人次", "3860", "人次")],
)  # fmt: skip
def test_a_unit_written_with_the_number(tmp_path: Path, cell: str, value: str, unit: str) -> None:
    fact = sheet_of(tmp_path, ("法律援助", "挽回损失", cell)).facts[0]
    assert (fact.value, fact.unit) == (Decimal(value), unit)


def test_the_scale_of_the_cell_goes_with_the_unit_of_the_column(tmp_path: Path) -> None:
    fact = sheet_of(tmp_path, ("法律援助", "挽回损失", "25.63万元", "元")).facts[0]
    assert (fact.value, fact.unit) == (Decimal("25.63"), "万元")


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("四十八", "请写成阿拉伯数字"),
        ("3-5", "不能写区间"),
        ("48件已办结", "不是数字"),
        ("1,08", "不是数字"),
        ("10 85", "不是数字"),
        ("007", "普通的十进制数字"),
        ("无", "没有发生的请写 0"),
        ("约70余", "不是数字"),
        ("若干", "不是数字"),
        (True, "不是数字"),
        (dt.date(2024, 3, 5), "是日期"),
        ("48起", "单位列写的是“件”"),
        ("#DIV/0!", "错误值"),
        ("=1+1", "公式没有计算结果"),
    ],
)
def test_what_is_no_number_names_its_cell(tmp_path: Path, cell: object, said: str) -> None:
    message = message_of(tmp_path, FIRST, ("复议", "办结", cell, "件"))
    assert message.startswith("数据!C3：")
    assert said in message


@pytest.mark.parametrize(
    ("stored", "shown_as", "value", "unit"),
    [
        (0.987, "0.0%", "98.7", "%"),
        (0.987, "0.00%", "98.7", "%"),
        (1, "0%", "100", "%"),
        (1085, "#,##0", "1085", ""),
        (48, '0"件"', "48", "件"),
        (70, '0"余名"', "70", "名"),
        (97200, "¥#,##0.00", "97200", ""),
    ],
)
def test_number_formats(
    tmp_path: Path, stored: float, shown_as: str, value: str, unit: str
) -> None:
    def touch(book: Any) -> None:
        book["数据"]["C2"].number_format = shown_as

    sheet = sheet_of(tmp_path, ("普法", "知晓数", stored), touch=touch)
    assert (sheet.facts[0].value, sheet.facts[0].unit) == (Decimal(value), unit)
    assert sheet.notices == ()


def test_what_is_shown_and_what_is_stored_may_differ_and_that_is_said(tmp_path: Path) -> None:
    def touch(book: Any) -> None:
        book["数据"]["C2"].number_format = "0%"
        book["数据"]["C3"].number_format = "0.0%"

    facts = ("普法", "普法知晓率", 0.998), ("人民调解", "调解成功率", 1055 / 1085)
    sheet = sheet_of(tmp_path, *facts, touch=touch)
    assert [f.value for f in sheet.facts] == [Decimal("99.8"), Decimal("97.2")]
    assert sheet.notices == (
        "数据!C2：单元格显示为 100%，按实际的 99.8% 读取",
        "数据!C3：实际是 97.235023%，按单元格显示的 97.2% 读取",
    )


@pytest.mark.parametrize(
    ("stored", "shown_as", "said"),
    [
        (256300, '0!.0,"万"', "缩放"),
        (256300, "#,##0,", "缩放"),
        (1055 / 1085, "General", "小数位数过多"),
        (0.99971234, "0%", "显示为 100%"),
        (48, '0"件已办结"', "看不出单位"),
    ],
)
def test_formats_that_hide_the_number(
    tmp_path: Path, stored: float, shown_as: str, said: str
) -> None:
    def touch(book: Any) -> None:
        book["数据"]["C2"].number_format = shown_as

    message = message_of(tmp_path, ("普法", "某数", stored), touch=touch)
    assert message.startswith("数据!C2：")
    assert said in message


def test_a_rate_below_one_percent_is_asked_about(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, ("普法", "知晓率", 0.987, "%"))
    assert sheet.facts[0].value == Decimal("0.987")
    (finding,) = lint(sheet)
    assert (finding.stops, finding.place) == (True, "数据!C2")
    assert "是不是98.7%" in finding.message


@pytest.mark.parametrize(
    ("value", "unit", "previous", "read"),
    [
        ("1.2万", "份", "9000", ("1.2", "万份", "0.9")),
        ("1.2万", "份", 9000, ("1.2", "万份", "0.9")),
        ("1.2万份", "", "9000份", ("1.2", "万份", "0.9")),
        ("1.2万", "份", "0.9万", ("1.2", "万份", "0.9")),
        (12000, "份", "0.9万", ("12000", "份", "9000")),
        ("1.2", "万份", "9000份", ("1.2", "万份", "0.9")),
        ("10.2万元", "元", 97200, ("10.2", "万元", "9.72")),
        (312.6, "万元", "2980000元", ("312.6", "万元", "298")),
        ("1.26亿元", "万元", "14100", None),
        ("1.26亿", "元", "1.41亿元", ("1.26", "亿元", "1.41")),
        ("98.5%", "", "97.2%", ("98.5", "%", "97.2")),
        (48, "件", 40, ("48", "件", "40")),
    ],
)
def test_last_year_s_value_has_the_scale_of_this_year_s(
    tmp_path: Path, value: object, unit: str, previous: object, read: tuple[str, str, str] | None
) -> None:
    row = ("普法", "某数", value, unit, None, previous)
    if read is None:
        assert "单位列写的是" in message_of(tmp_path, row)
        return
    fact = sheet_of(tmp_path, row).facts[0]
    assert (str(fact.value), fact.unit, str(fact.previous)) == read


def test_unlike_units_of_last_year_s_value_are_refused(tmp_path: Path) -> None:
    message = message_of(tmp_path, ("普法", "某数", "1.2万", "份", None, "9000人"))
    assert "上年数的单位“人”与本年的“万份”不同" in message
