"""Facts workbooks as clerks keep them: headings, figures, merged and hidden cells, formulas."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from workbooks import FIRST, HEAD, UNIT, message_of, part, repack, save, sheet_of

from fzwriter.errors import InputError
from fzwriter.facts import lint, load_facts


def test_a_whole_workbook(tmp_path: Path) -> None:
    sheet = sheet_of(
        tmp_path,
        ("行政复议", "收到行政复议案件", 48, "件", None, 40),
        ("行政复议", "办结", 23, "件", None, None, "收到行政复议案件", "含上年结转"),
        ("组织领导", "完成专题述法的单位主要负责人", 70, "名", "余"),
        unit=(*UNIT, ("层级", "县"), ("落款日期", dt.date(2025, 1, 20)), ("字数", 3000),
              ("提纲", "一、举措\n二、问题")),
        sheets={
            "举措": (("主题", "内容"), ("普法", "组织开展“法律七进”活动")),
            "问题": (("主题", "内容"), ("普法", "方式创新不够")),
            "推算": (("名称", "公式", "单位", "小数位数"), ("办结率", "办结/收到行政复议案件", "%", 1)),
            "固定说法": (("固定说法",), ("三区十室",)),
        },
    )  # fmt: skip
    assert [(f.id, f.name, f.value, f.source) for f in sheet.facts] == [
        ("f002", "收到行政复议案件", Decimal(48), "数据!C2"),
        ("f003", "办结", Decimal(23), "数据!C3"),
        ("f004", "完成专题述法的单位主要负责人", Decimal(70), "数据!C4"),
    ]
    assert sheet.facts[0].previous == 40
    assert (sheet.facts[1].parts_of, sheet.facts[1].note) == ("f002", "含上年结转")
    assert sheet.facts[2].approx == "余"
    assert (sheet.unit.level, sheet.period.year) == ("县", 2024)
    assert sheet.document.date == dt.date(2025, 1, 20)
    assert sheet.document.outline == ("一、举措", "二、问题")
    assert sheet.derived[0].formula == "f003/f002"
    assert [(s.id, s.kind, s.source) for s in sheet.statements] == [
        ("s1", "举措", "举措!B2"),
        ("s2", "问题", "问题!B2"),
    ]
    assert sheet.terms == ("三区十室",)
    assert sheet.notices == ()


def cached(path: Path, results: dict[str, bytes]) -> Path:
    """Put results beside formulas, as a spreadsheet program does when it saves."""
    name = "xl/worksheets/sheet2.xml"
    text = part(path, name)
    for formula, result in results.items():
        old = f"<f>{formula}</f><v></v>".encode()
        old = old if old in text else f"<f>{formula}</f><v/>".encode()
        assert old in text
        text = text.replace(old, f"<f>{formula}</f>".encode() + result)
    return repack(path, {name: text})


def test_a_calculated_formula_is_its_result(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", (FIRST, ("复议", "合计", "=C2+1", "件")))
    sheet = load_facts(cached(path, {"C2+1": b"<v>49</v>"}))
    assert [f.value for f in sheet.facts] == [48, 49]


def test_a_formula_that_gave_nothing_is_an_empty_cell(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", (FIRST, ("复议", "办结", '=IF(Z1="","",Z1)', "件")))
    name = "xl/worksheets/sheet2.xml"
    text = part(path, name).replace(b'<c r="C3">', b'<c r="C3" t="str">')
    sheet = load_facts(repack(path, {name: text}))
    assert [f.name for f in sheet.facts] == ["收到行政复议案件"]


def test_a_formula_over_cells_in_the_sheet_of_rates(tmp_path: Path) -> None:
    rates = (("名称", "公式", "单位"), ("办结率", "=数据!C3/数据!$C$2", "%"))
    sheet = sheet_of(tmp_path, FIRST, ("复议", "办结", 23, "件"), sheets={"推算": rates})
    assert sheet.derived[0].formula == "f003/f002"
    rates = (("名称", "公式", "单位"), ("办结率", "=数据!C3/数据!C9", "%"))
    message = message_of(tmp_path, FIRST, ("复议", "办结", 23, "件"), sheets={"推算": rates})
    assert message.startswith("推算!B2：公式里的 数据!C9 不是")


@pytest.mark.parametrize(
    "head",
    [
        ("类别", "指标名称", "本年数", "计量单位", "概数", "去年", "其中", "说明"),
        ("主 题", "名称（必填）", "2024年", "量词", "约数", "2023年", "其中属于", "备注"),
        ("所属主题", "项目*", "数 值\n（2024年）", "单位：", "约数", "上年同期", "所属总数", "统计口径"),
    ],
)  # fmt: skip
def test_spellings_of_headings(tmp_path: Path, head: tuple[str, ...]) -> None:
    row = ("行政复议", "收到行政复议案件", 48, "件", "余", 40, None, "口径")
    fact = sheet_of(tmp_path, row, head=head).facts[0]
    assert (fact.topic, fact.name, fact.value, fact.unit) == (
        "行政复议",
        "收到行政复议案件",
        48,
        "件",
    )
    assert (fact.approx, fact.previous, fact.note) == ("余", 40, "口径")


def test_a_title_above_and_columns_of_ones_own(tmp_path: Path) -> None:
    head = ("2024年统计表",)
    rows = (
        (),
        ("序号", "科室", "指标", "数值", "单位", "#核对"),
        (1, "复议股", "收到案件", 48, "件", "x"),
    )
    sheet = sheet_of(tmp_path, *rows, head=head)
    assert sheet.facts[0].source == "数据!D4"
    assert sheet.facts[0].id == "f004"


@pytest.mark.parametrize(
    ("more", "place", "said"),
    [
        ({"head": ("主题", "指标", "单位")}, "数据：", "缺少“数值”列"),
        ({"head": ("a", "b", "c")}, "数据：", "没有找到表头"),
        ({"head": ("主题", "指标", "数值", "单位", "上年树")}, "数据!E1：", "最接近的是“上年数”"),
        ({"head": ("主题", "指标", "数值", "单位", "领导批示")}, "数据!E1：", "不认识的列“领导批示”"),
        ({"head": ("主题", "指标", "数值", "本年数")}, "数据!D1：", "“本年数”列和“数值”列是同一项"),
        ({"head": ("主题", "指标", "数值")}, "数据!D2：", "没有表头"),
        ({"unit": UNIT[:2] + UNIT[3:]}, "单位信息：", "缺少“报告期”一行"),
        ({"unit": (*UNIT[:2], ("报告期", None), UNIT[3])}, "单位信息!B3：", "“报告期”没有填"),
        ({"unit": (*UNIT[:2], ("报告期", "去年"), UNIT[3])}, "单位信息!B3：", "报告期“去年”无法识别"),
        ({"unit": (*UNIT, ("落款日期", "1月20日"))}, "单位信息!B5：", "不是日期"),
        ({"unit": (*UNIT, ("字数", "三千"))}, "单位信息!B5：", "不是正整数"),
        ({"unit": (*UNIT, ("主送单为", "县委"))}, "单位信息!A5：", "最接近的是“主送”"),
        ({"unit": (*UNIT, ("年度", 2023))}, "单位信息!A5：", "写了两次"),
        ({"sheets": {"计划表": (("内容",), ("x",))}}, "计划表：", "请改名为 计划"),
        ({"sheets": {"举措": (("主题", "说法"), ("a", "b"))}}, "举措：", "缺少“内容”列"),
        ({"sheets": {"推算": (("名称", "公式"), ("率", "甲/乙"))}}, "推算!B2：", "“甲”不是“数据”表里的指标"),
        ({"sheets": {"推算": (("名称", "公式"), ("率", None))}}, "推算!B2：", "没有写“公式”"),
        ({"sheets": {"材料": (("种类", "内容"), ("感想", "x"))}}, "材料!A2：", "种类“感想”"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_sheet(
    tmp_path: Path, more: dict[str, Any], place: str, said: str
) -> None:
    message = message_of(tmp_path, **more)
    assert message.startswith(place)
    assert said in message


def test_no_sheet_with_data(tmp_path: Path) -> None:
    def touch(book: Any) -> None:
        del book["数据"]

    assert "没有“数据”工作表" in message_of(tmp_path, touch=touch)
    assert "没有填任何数值" in message_of(tmp_path, ("普法", "开展活动", None, "场"))


def test_all_errors_are_told_at_once(tmp_path: Path) -> None:
    rows = [("普法", f"指标{n}", "很多", "件") for n in range(9)]
    path = save(tmp_path / "数据.xlsx", rows)
    with pytest.raises(InputError) as caught:
        load_facts(path)
    assert [line.split("。")[0] for line in caught.value.lines] == [
        f"{path} 数据!C{row}：“数值”列“很多”不是数字" for row in range(2, 11)
    ]
    assert all("没有数据的清空这个单元格" in line for line in caught.value.lines)


def test_ids_of_ones_own_and_twice_the_same(tmp_path: Path) -> None:
    head = ("编号", "指标", "数值")
    sheet = sheet_of(tmp_path, ("f003", "甲", 1), (None, "乙", 2), ("x1", "丙", 3), head=head)
    assert [f.id for f in sheet.facts] == ["f003", "f003b", "x1"]
    message = message_of(tmp_path, ("a", "甲", 1), ("a", "乙", 2), head=head)
    assert message.startswith("数据!A3：编号 a 重复：数据!A2 与 数据!A3")


def test_a_total_by_name_is_the_one_of_the_same_topic(tmp_path: Path) -> None:
    rows = (
        ("行政复议", "办结", 23, "件"),
        ("行政应诉", "办结", 54, "件"),
        ("行政应诉", "败诉", 12, "件", None, None, "办结"),
        ("行政复议", "维持", 9, "件", None, None, "行政复议：办结"),
    )
    sheet = sheet_of(tmp_path, *rows)
    assert [f.parts_of for f in sheet.facts] == ["", "", "f003", "f002"]
    message = message_of(tmp_path, *rows, ("普法", "其他", 1, "件", None, None, "办结"))
    assert message.startswith("数据!G6：叫“办结”的指标有 2 个。请改写编号：f002（数据!C2）、f003")
    message = message_of(tmp_path, FIRST, ("复议", "办结", 3, "件", None, None, "收到案件"))
    assert "“收到案件”不是“数据”表里的指标或编号。最接近的是“收到行政复议案件”" in message


def test_rows_without_a_figure_are_left_out_and_said(tmp_path: Path) -> None:
    sheet = sheet_of(
        tmp_path,
        FIRST,
        (),
        ("普法", "开展活动", None, "场", None, 12),
        ("普法", "发放资料", "——", "份"),
        ("普法", "其中读本", 5, "份", None, None, "发放资料"),
        sheets={"推算": (("名称", "公式"), ("率", "开展活动/收到行政复议案件"))},
    )
    assert [f.name for f in sheet.facts] == ["收到行政复议案件", "其中读本"]
    assert sheet.facts[1].parts_of == ""
    assert sheet.derived == ()
    assert sheet.notices == (
        "数据：1 个指标没有填数，不进报告：发放资料（第 5 行）",
        "数据：1 个指标只填了“上年数”，不进报告：开展活动（数据!F4，今年的填 数据!C4）；"
        "今年的数请填在“数值”列",
        "推算!B2：用到的“开展活动”没有填数，这一条推算没有读取",
    )
    assert [f.message for f in lint(sheet)][:3] == list(sheet.notices)


def test_merged_cells(tmp_path: Path) -> None:
    def touch(book: Any) -> None:
        sheet = book["数据"]
        sheet.merge_cells("A2:A3")
        sheet.merge_cells("A4:H4")

    rows = (FIRST, (None, "办结", 23, "件"), ("二、普法宣传",), (None, "开展活动", 5, "场"))
    sheet = sheet_of(tmp_path, *rows, touch=touch)
    assert [f.topic for f in sheet.facts] == ["行政复议", "行政复议", "二、普法宣传"]

    def tall(book: Any) -> None:
        book["数据"].merge_cells("C2:C3")

    message = message_of(tmp_path, FIRST, (None, "办结", 23, "件"), touch=tall)
    assert message.startswith("数据!C2：合并单元格跨了几行")


def test_hidden_rows_and_sheets_are_not_read_filtered_rows_are(tmp_path: Path) -> None:
    def touch(book: Any) -> None:
        book["数据"].row_dimensions[3].hidden = True
        book["计划"].sheet_state = "hidden"

    rows = (FIRST, ("复议", "办结", 23, "件"))
    sheets = {"计划": (("内容",), ("旧计划",))}
    sheet = sheet_of(tmp_path, *rows, sheets=sheets, touch=touch)
    assert len(sheet.facts) == 1
    assert sheet.statements == ()
    assert sheet.notices[0].startswith("工作表“计划”是隐藏的，没有读取")
    assert sheet.notices[1].startswith("数据：第 3 行是隐藏的，没有读取")

    def filtered(book: Any) -> None:
        book["数据"].row_dimensions[3].hidden = True
        book["数据"].auto_filter.ref = "A1:H3"
        book["数据"].auto_filter.add_filter_column(0, ["行政复议"])

    sheet = sheet_of(tmp_path, *rows, touch=filtered)
    assert len(sheet.facts) == 2
    assert sheet.notices == ("数据：有 1 行被筛选隐藏，已照常读取",)


def test_a_sheet_of_ones_own_is_left_alone_and_said(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, sheets={"Sheet9": (("随手记",),), "填写说明": (("x",),)})
    assert sheet.notices == ("工作表“Sheet9”没有读取：不是模板里的表",)


def test_rows_marked_by_an_earlier_version_load_and_stop_a_draft(tmp_path: Path) -> None:
    head = ("待确认", "指标", "数值")
    rows = (("待确认", "甲", 1), ("已确认", "乙", 2), (None, "丙", 3))
    sheet = sheet_of(tmp_path, *rows, head=head)
    assert len(sheet.facts) == 3
    ((place, said),) = sheet.unsettled
    assert (place, "1 行还标着“待确认”（第 2 行）" in said) == ("数据!A2", True)
    assert lint(sheet)[0].severity == "error"


def test_a_period_shorter_than_a_year(tmp_path: Path) -> None:
    unit = (*UNIT[:2], ("报告期", "2024-01-01至2024-11-30"), UNIT[3])
    assert sheet_of(tmp_path, unit=unit).period.to == dt.date(2024, 11, 30)
    unit = (*UNIT[:2], ("报告期", "2024-11-01至2024-01-30"), UNIT[3])
    assert "起始日期晚于结束日期" in message_of(tmp_path, unit=unit)


def test_a_unit_in_the_name_and_lists_and_flags(tmp_path: Path) -> None:
    head = (*HEAD[:4], "其他量词", "别名", "必写", "分项齐全")
    row = ("行政复议", "收到案件（件）", 48, None, "件、起", "收案，新收", "否", "是")
    fact = sheet_of(tmp_path, row, head=head).facts[0]
    assert (fact.name, fact.unit) == ("收到案件", "件")
    assert (fact.units, fact.aliases) == (("件", "起"), ("收案", "新收"))
    assert (fact.required, fact.parts_complete) == (False, True)
    message = message_of(tmp_path, (*row[:6], "也许"), head=head)
    assert message.startswith("数据!G2：“也许”无法识别")
