"""What a clerk reads who has never seen the program: names, figures and places, no ids or formulas."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from fzwriter.check import check
from fzwriter.check.verdict import shown
from fzwriter.facts import FactSheet, loads_facts
from fzwriter.numbers import find_numbers
from fzwriter.report import Issue

if TYPE_CHECKING:
    from conftest import Changed

LAST = "案件48件，办结"


def only(issues: tuple[Issue, ...], kind: str) -> tuple[str, str]:
    (issue,) = (i for i in issues if i.kind == kind)
    return issue.message, issue.suggestion


@pytest.mark.parametrize(
    ("old", "new", "kind", "message", "suggestion"),
    [
        ("案件48件", "案件84件", "untraced", "此处写“84件”，数据文件中是“收到行政复议案件48件”（第 6 行）", "应为“48件”"),
        ("案件48件", "案件约48件", "wrong_approx", "数据文件中是准确数“收到行政复议案件48件”（第 6 行），不应写“约”", "应为“48件”"),
        ("650余人次", "650人次", "wrong_approx",
         "此处写“650人次”，数据文件中是“提供法律咨询650余人次”（第 14 行），漏了“余”", "应为“650余人次”"),
        ("650余人次", "近650人次", "wrong_approx",
         "此处写“近650人次”，数据文件中是“提供法律咨询650余人次”（第 14 行）", "应为“650余人次”"),
        ("650余人次", "650余人", "wrong_unit",
         "单位应为“人次”，文中写成“人”：数据文件中是“提供法律咨询650余人次”（第 14 行）", "应为“650余人次”"),
        ("1.2万份", "1.2份", "wrong_scale",
         "此处写“1.2份”，数据文件中是“发放宣传资料1.2万份”（第 16 行），差了1万倍",
         "应为“1.2万份”，请核对位数、小数点和“万”"),
        ("败诉率为22%", "败诉率为23%", "wrong_derived",
         "此处写“23%”，按数据计算是“败诉率22%”（第 25 行）：败诉12 ÷ 审结54 × 100% = 22%", "应为“22%”"),
        (LAST, "案件48件，同比增长25%，办结", "wrong_derived",
         "此处写“25%”，按数据计算是“收到行政复议案件同比增长20%”（第 6 行）：（本年48件 − 上年40件）÷ 上年40件", "应为“20%”"),
        (LAST, "案件48件，上年为50件，办结", "wrong_derived",
         "此处写“50件”，数据文件中是“收到行政复议案件上年40件”（第 6 行）", "应为“40件”"),
        (LAST, "案件48件，较上年增加约8件，办结", "wrong_approx",
         "按数据计算是准确数“收到行政复议案件比上年增加8件”（第 6 行），不应写“约”", "应为“8件”"),
        (LAST, "案件48件，同比下降20%，办结", "wrong_direction",
         "“收到行政复议案件”实际比上年增加（40件→48件），文中写成“下降”", "请改为“上升”"),
        ("案件48件", "案件由40件减少到48件", "wrong_direction",
         "“收到行政复议案件”实际比上年增加（40件→48件），文中写成“减少到”", "请改为“增加到”"),
        (LAST, "案件48件，化解信访积案48件，办结", "wrong_fact",
         "数据文件中是“收到行政复议案件48件”（第 6 行），此处说的是“信访”，不是“行政复议”", "请改回“行政复议”，或换成“信访”的数"),
        ("行政机关负责人出庭", "行政执法人员出庭", "wrong_fact",
         "数据文件中是“行政机关负责人出庭应诉3件”（第 22 行），此处把“行政机关负责人”写成了“行政执法人员”", "请改回“行政机关负责人”"),
        ("5支普法小分队", "6支普法小分队", "untraced",
         "此处写“6支”，文字材料中是“组织5支普法小分队进村开展‘法律七进’活动”（第 27 行）", "应为“5支”"),
        ("2024年，我局", "2023年，我局", "wrong_date", "报告期是2024年，此处写成“2023年”，疑似沿用旧稿", "应为2024年"),
        ("撤销2件。", "撤销2件。全年未发生败诉。", "unbacked_claim",
         "此处写“全年未发生败诉”，数据文件中是“败诉12件”（第 12 行）", "请以数据为准，删去或改正"),
        ("。开展普法", "。5月10日开展普法", "wrong_date",
         "数据文件没有提到“5月10日”这个时间", "请核对；时间无误的，请写进数据文件的文字材料"),
        ("案件48件", "案件××件", "placeholder", "此处尚未填写：“××”", "请填写或删去"),
    ],
)  # fmt: skip
def test_a_message_names_what_stands_there_and_what_should(
    changed: Changed, old: str, new: str, kind: str, message: str, suggestion: str
) -> None:
    assert only(changed.report(old, new).issues, kind) == (message, suggestion)


def test_a_comparison_beside_a_wrong_total_points_at_the_total(sheet: FactSheet) -> None:
    told = "收到信访件77件，同比增长12.2%。"
    issues = [i for i in check(told, sheet).issues if i.severity == "error"]
    assert issues[-1].suggestion == "前面的数对不上，请一并核对"


def test_who_filled_in_a_table_is_told_its_columns() -> None:
    given = (
        "单位,甲县司法局\n单位类型,司法局\n报告期,2024\n文种,总结\n指标,数值,单位\n办理公证,36,件\n"
    )
    table = loads_facts(given, name="数据.csv", format="csv")
    (issue,) = check("", table).issues
    assert issue.message.startswith("数据文件中的“办理公证36件”")
    assert issue.suggestion == "请补上；不必写的，请在数据文件“必写”一栏填“否”"
    (quoted,) = (i for i in check("建成“九宫八卦”。", table).issues if i.kind == "unknown_term")
    assert "请加入数据文件的“固定说法”；" in quoted.suggestion


def test_nothing_said_of_a_text_shows_an_id_or_a_formula(sheet: FactSheet, text: str) -> None:
    told = text.replace("案件48件，", "案件48件，同比增长20%，较上年增加9件，")
    for spoilt in (told, text.replace("2件", "9件"), re.sub("[1-9]", "7", text), ""):
        verdict = check(spoilt, sheet, [text])
        lines = [f"{i.message}|{i.suggestion}" for i in verdict.issues]
        lines += [mention.why for mention in verdict.mentions]
        assert not [line for line in lines if re.search(r"\b[fsd]\d|document|\|.*−", line)]
        assert not [line for line in lines if "\n" in line]
    assert any(mention.sources for mention in check(told, sheet).mentions)


@pytest.mark.parametrize(
    "figure",
    ["约213件", "近500人次", "500余人次", "近100余场", "50件以上", "30人左右", "不少于3次", "1.2万余份",
     "25.63万元", "12万余册", "22%", "百分之二十二", "超过90%", "至多5个", "最多5个", "上百件", "三成", "100余万元"],
)  # fmt: skip
def test_a_figure_is_quoted_as_it_is_printed(figure: str) -> None:
    (mention,) = (m for m in find_numbers(f"办理{figure}。") if m.kind == "quantity")
    assert shown(mention) == figure
