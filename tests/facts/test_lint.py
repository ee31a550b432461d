from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import workbooks

from fzwriter.facts import Finding, lint
from fzwriter.facts.model import Derived, FactSheet

Build = Callable[..., FactSheet]
REVIEW = "topic: 行政复议, unit: 件"
TOTAL = f"id: f1, name: 收到行政复议案件, value: 48, {REVIEW}"


def only(sheet: FactSheet) -> Finding:
    (finding,) = lint(sheet)
    assert "\n" not in finding.message
    return finding


def test_a_normal_sheet_is_in_order(sheet_of: Build) -> None:
    sheet = sheet_of(
        f"{TOTAL}, previous: 40",
        f"id: f2, name: 办结, value: 23, parts_of: f1, {REVIEW}",
        f"id: f3, name: 维持, value: 9, parts_of: f2, {REVIEW}",
        f"id: f4, name: 变更, value: 0, parts_of: f2, {REVIEW}",
        "id: f5, topic: 人民调解, name: 开展矛盾纠纷排查, value: 520, unit: 次, approx: 余",
        "id: f6, topic: 人民调解, name: 调解矛盾纠纷, value: 2075, unit: 起",
        "id: f7, topic: 人民调解, name: 调解成功, value: 1996, unit: 起, parts_of: f6",
        'id: f8, topic: 人民调解, name: 成功率, value: 96, unit: "%"',
        "id: f9, topic: 公证, name: 减免费用, value: 25.63, unit: 万元",
        'id: g1, topic: 行政执法, name: 任务完成率, value: 120, unit: "%"',
        'id: g2, topic: 公安, name: 案件同比增长, value: -3.5, unit: "%"',
        "id: g3, topic: 学习培训, name: 人均培训, value: 4.5, unit: 次",
        "id: g4, topic: 生态环境, name: PM2.5, value: 31, unit: 微克/立方米",
        rest='derived: [{id: d1, name: 办结占比, formula: f2/f1, unit: "%"}]\n'
        "statements:\n"
        "  - {kind: 问题, text: 个别单位忽略程序要求，落实以上要求不到位，聘请翻译的机制不健全}\n"
        "  - {kind: 举措, text: 开展“法律七进”，形成7×24小时服务，落实上述规则，报告要加强研判}\n"
        "  - {kind: 举措, text: 作为人工智能应用试点，系统提示预警功能上线}\n",
    )
    assert lint(sheet) == ()


def test_two_figures_for_one_indicator_name_both(sheet_of: Build) -> None:
    finding = only(sheet_of(TOTAL, f"id: f2, name: 收到行政复议案件, value: 45, {REVIEW}"))
    assert finding == Finding(
        "error",
        "第 6 行",
        "同一指标“收到行政复议案件”有两个数：48件和45件（第 5 行、第 6 行），"
        "请留下对的一个，删去另一个；本来是两回事的，请把指标名称写得不同",
        ("f1", "f2"),
        stops=True,
    )


@pytest.mark.parametrize(
    "other",
    [
        "name: 收到行政复议案件, value: 45, unit: 起, topic: 行政复议",
        "name: 收到行政复议案件, value: 45, unit: 件, topic: 复议",
        "name: 收到“行政复议”案件, value: 45, unit: 件, topic: 行政复议",
        "name: 收到行政复议案件, value: 60, approx: 余, unit: 件, topic: 行政复议",
        "name: 收到行政复议案件, value: 0.48, unit: 万件, topic: 行政复议",
        "name: 收到行政复议案件, value: 45, unit: 件, topic: 行政复议, note: 已核",
    ],
)
def test_one_indicator_under_any_spelling_has_one_value(sheet_of: Build, other: str) -> None:
    finding = only(sheet_of(TOTAL, f"id: f2, {other}"))
    assert (finding.stops, finding.ids) == (True, ("f1", "f2"))
    assert "第 5 行、第 6 行" in finding.message


def test_parts_of_a_copied_total_are_the_same_indicator(sheet_of: Build) -> None:
    finding = only(
        sheet_of(
            TOTAL,
            f"id: f2, name: 办结, value: 23, parts_of: f1, {REVIEW}",
            f"id: f3, name: 收到行政复议案件, value: 48, {REVIEW}",
            f"id: f4, name: 办结, value: 33, parts_of: f3, {REVIEW}",
        )
    )
    assert "“办结”有两个数：23件和33件" in finding.message


@pytest.mark.parametrize(("given", "told"), [("97.3", True), ("97.2", False), ("97", False)])
def test_a_rate_is_not_given_and_worked_out_as_two(sheet_of: Build, given: str, told: bool) -> None:
    sheet = sheet_of(
        "id: f1, topic: 信访, name: 排查, value: 1085, unit: 件",
        "id: f2, topic: 信访, name: 化解, value: 1055, unit: 件",
        f'id: f3, topic: 信访, name: 化解占比, value: {given}, unit: "%"',
        rest='derived: [{id: d1, topic: 信访, name: 化解占比, formula: f2/f1, unit: "%"}]\n',
    )
    found = [f for f in lint(sheet) if f.stops]
    assert [f.ids for f in found] == [("f3", "d1")] * told
    assert all("97.3%（第 7 行）和算出来的97.2%（第 8 行）" in f.message for f in found)


@pytest.mark.parametrize(
    "other",
    [
        f"id: f2, name: 收到行政复议案件, value: 48, {REVIEW}",
        f"id: f2, name: 收到行政复议案件, value: 40, approx: 余, {REVIEW}",
        "id: f2, name: 收到行政复议案件, value: 45, topic: 行政复议, unit: 人",
        "id: f2, name: 收到行政复议案件, value: 45, topic: 行政应诉, unit: 件",
        "id: f2, name: 收到行政复议案件, value: 0.0048, topic: 行政复议, unit: 万件",
    ],
)
def test_figures_that_do_not_contradict_are_left_alone(sheet_of: Build, other: str) -> None:
    assert lint(sheet_of(TOTAL, other)) == ()


def test_a_part_above_its_total_names_both(sheet_of: Build) -> None:
    finding = only(sheet_of(TOTAL, f"id: f2, name: 撤回, value: 50, parts_of: f1, {REVIEW}"))
    assert finding.message == "“撤回”50件，超过所属的“收到行政复议案件”48件"
    assert (finding.severity, finding.ids) == ("error", ("f2", "f1"))


@pytest.mark.parametrize(
    "part",
    [
        f"id: f2, name: 撤回, value: 50, approx: 约, parts_of: f1, {REVIEW}",
        "id: f2, name: 涉及群众, value: 500, unit: 人, parts_of: f1",
    ],
)
def test_parts_that_cannot_be_compared_are_not(sheet_of: Build, part: str) -> None:
    assert lint(sheet_of(TOTAL, part)) == ()


def test_complete_parts_must_sum_to_their_total(sheet_of: Build) -> None:
    total = "id: f1, topic: 律师, name: 办理业务, value: 787, unit: 件, parts_complete: true"
    parts = (
        "id: f2, topic: 律师, name: 诉讼, value: 600, unit: 件, parts_of: f1",
        "id: f3, topic: 律师, name: 非诉, value: 248, unit: 件, parts_of: f1",
    )
    finding = only(sheet_of(total, *parts))
    assert finding.message == ("各项之和不等于总数：诉讼600 + 非诉248 = 848，而“办理业务”787件")
    assert lint(sheet_of(total.replace("787", "848"), *parts)) == ()


def test_complete_parts_are_summed_across_scales(sheet_of: Build) -> None:
    total = "id: f1, topic: 律师, name: 收费, value: 1.2, unit: 万元, parts_complete: true"
    parts = (
        "id: f2, topic: 律师, name: 诉讼收费, value: 10000, unit: 元, parts_of: f1",
        "id: f3, topic: 律师, name: 咨询收费, value: 0.{}, unit: 万元, parts_of: f1",
    )
    assert lint(sheet_of(total, parts[0], parts[1].format(2))) == ()
    assert "= 1.30，而“收费”1.2万元" in only(sheet_of(total, parts[0], parts[1].format(3))).message


def test_complete_without_parts_is_told(sheet_of: Build) -> None:
    assert (
        "却没有数据以 parts_of 指向它" in only(sheet_of(f"{TOTAL}, parts_complete: true")).message
    )


def test_outcomes_cannot_outnumber_the_cases(sheet_of: Build) -> None:
    facts = (
        f"id: f1, name: 审结, value: 23, {REVIEW}",
        f"id: f2, name: 维持, value: 20, {REVIEW}",
        f"id: f3, name: 驳回, value: {{}}, {REVIEW}",
    )
    assert lint(sheet_of(*facts[:2], facts[2].format(3))) == ()
    finding = only(sheet_of(*facts[:2], facts[2].format(4)))
    assert finding.message == "各项之和大于总数：维持20 + 驳回4 = 24，而“审结”23件"


COURT = (
    "id: f1, topic: 行政应诉, name: 开庭, value: 141, unit: 件",
    "id: f2, topic: 行政应诉, name: 负责人出庭, value: 75, unit: 件",
)


@pytest.mark.parametrize(
    ("given", "right"), [("60.5", False), ("53.2", True), ("53", True), ("53.1", False)]
)
def test_a_given_rate_must_agree_with_its_parts(sheet_of: Build, given: str, right: bool) -> None:
    rate = f'id: f3, topic: 行政应诉, name: 行政机关负责人出庭应诉率, value: {given}, unit: "%"'
    findings = lint(sheet_of(*COURT, rate))
    assert bool(findings) != right
    if findings:
        assert findings[0].message == (
            f"“行政机关负责人出庭应诉率”{given}%与数据不符：负责人出庭75 ÷ 开庭141 × 100% = 53.2%"
        )
        assert findings[0].ids == ("f3", "f2", "f1")


def test_an_approximate_rate_is_left_alone(sheet_of: Build) -> None:
    rate = 'id: f3, topic: 行政应诉, name: 出庭应诉率, value: 60, unit: "%", approx: 约'
    assert lint(sheet_of(*COURT, rate)) == ()


def test_a_rate_may_rest_on_any_usual_denominator(sheet_of: Build) -> None:
    facts = (
        "id: f1, topic: 行政应诉, name: 审结, value: 54, unit: 件",
        "id: f2, topic: 行政应诉, name: 已判决, value: 48, unit: 件",
        "id: f3, topic: 行政应诉, name: 败诉, value: 12, unit: 件",
        'id: f4, topic: 行政应诉, name: 败诉率, value: {}, unit: "%"',
    )
    assert lint(sheet_of(*facts[:3], facts[3].format(22))) == ()
    assert lint(sheet_of(*facts[:3], facts[3].format(25))) == ()
    assert len(lint(sheet_of(*facts[:3], facts[3].format(23)))) == 1


def test_a_rate_unknown_to_the_catalogue_is_held_to_its_declared_part(sheet_of: Build) -> None:
    facts = (
        "id: f1, topic: 食品安全, name: 抽检, value: 141, unit: 批次",
        "id: f2, topic: 食品安全, name: 抽检合格, value: 75, unit: 批次, parts_of: f1",
        'id: f3, topic: 食品安全, name: 合格率, value: {}, unit: "%"',
    )
    assert lint(sheet_of(*facts[:2], facts[2].format("53.2"))) == ()
    message = only(sheet_of(*facts[:2], facts[2].format("60.5"))).message
    assert message == "“合格率”60.5%与数据不符：抽检合格75 ÷ 抽检141 × 100% = 53.2%"


def test_a_declared_rate_with_another_denominator_is_told(sheet_of: Build) -> None:
    sheet = sheet_of(
        *COURT,
        "id: f3, topic: 行政应诉, name: 应诉, value: 200, unit: 件",
        rest='derived: [{id: d1, name: 出庭应诉率, formula: f2/f3, unit: "%"}]\n',
    )
    assert only(sheet).message == (
        "“出庭应诉率”：负责人出庭75 ÷ 应诉200 × 100% = 37.5%，与通常的算法不同："
        "负责人出庭75 ÷ 开庭141 × 100% = 53.2%"
    )


@pytest.mark.parametrize(
    ("derived", "what"),
    [
        (
            'name: 办结率, formula: f1/f2, unit: "%"',
            "“办结率”超过 100%，请核对公式：审结48 ÷ 受理40",
        ),
        ('name: 办结占比, formula: f2/f1*100, unit: "%"', "公式里不必写 100"),
        ('name: 差率, formula: "(f1-f3)/f1", unit: "%", digits: 1', "按 digits 取整后成了 100.0%"),
        ("name: 平均, formula: f4/f2, unit: 元", "由概数“培训”100人算出"),
        ("name: 合计, formula: f5+f6, unit: 万元", "混用了不同的单位"),
    ],
)
def test_derived_figures_are_looked_at(sheet_of: Build, derived: str, what: str) -> None:
    sheet = sheet_of(
        "id: f1, name: 审结, value: 48, unit: 件",
        "id: f2, name: 受理, value: 40, unit: 件",
        "id: f3, name: 未结, value: 0.01, unit: 卷",
        "id: f4, name: 培训, value: 100, unit: 人, approx: 余",
        "id: f5, name: 奖补, value: 97200, unit: 元",
        "id: f6, name: 减免, value: 25.63, unit: 万元",
        rest=f"derived: [{{id: d1, {derived}}}]\n",
    )
    messages = [finding.message for finding in lint(sheet) if "d1" in finding.ids]
    assert any(what in message for message in messages)


def test_a_derived_figure_that_cannot_be_worked_out_is_an_error(sheet_of: Build) -> None:
    broken = Derived(id="d1", name="率", formula="f1/0")
    finding = only(sheet_of(TOTAL).model_copy(update={"derived": (broken,)}))
    assert finding.severity == "error"
    assert "d1 的公式“f1/0”：公式的除数为 0。请" in finding.message


@pytest.mark.parametrize(
    ("fact", "what"),
    [
        ("name: 收入, value: 3, unit: 100万元", "单位“100万元”里有数字"),
        ("name: 受理, value: -3, unit: 件", "“受理”-3件是负数"),
        ('name: 合格率, value: 102, unit: "%"', "“合格率”102%超过 100%"),
    ],
)
def test_odd_figures_are_told(sheet_of: Build, fact: str, what: str) -> None:
    finding = only(sheet_of(TOTAL, f"id: f2, {fact}"))
    assert what in finding.message
    assert (finding.severity, finding.place, finding.ids) == ("warning", "第 6 行", ("f2",))


@pytest.mark.parametrize(
    ("figure", "told"),
    [
        ("value: 52, unit: 人次, approx: 余", "去掉“余”），或写成“50余人次”"),
        ("value: 528, unit: 场, approx: 多", "去掉“多”），或写成“520多场”"),
        ("value: 2, unit: 件, approx: 余", "去掉“余”）"),
        ("value: 20, unit: 件, approx: 余", ""),
        ("value: 1.2, unit: 万份, approx: 余", ""),
        ("value: 4, unit: 万份, approx: 余", ""),
        ("value: 52, unit: 人次, approx: 近", ""),
        ("value: 52, unit: 人次, approx: 以上", ""),
        ("value: 52, unit: 人次", ""),
    ],
)
def test_and_some_more_stands_behind_round_figures_only(
    sheet_of: Build, figure: str, told: str
) -> None:
    findings = lint(sheet_of(TOTAL, f"id: f2, topic: 信访, name: 接访, {figure}"))
    assert [finding.severity for finding in findings] == ["warning"] * bool(told)
    assert all(finding.message.endswith(told) for finding in findings)
    assert all(finding.ids == ("f2",) and finding.place for finding in findings)


def test_no_finding_shows_an_id(sheet_of: Build) -> None:
    sheet = sheet_of(
        "id: f01, name: 办结率, value: 102, unit: '%'",
        "id: f02, name: 受理, value: 52, unit: 件, approx: 余, parts_complete: true, note: 待补充",
        "id: f03, name: 收入, value: -3.5, unit: 件2, parts_of: f04",
        "id: f04, name: 收入, value: -9, unit: 件",
        rest="derived: [{id: d1, name: 比率, formula: f02/f04*100, unit: '%', digits: 0}]\n",
    )
    found = lint(sheet)
    assert len(found) > 5
    assert not [f.message for f in found if re.search(r"[fd]\d", f.message)]


def test_a_report_dated_before_its_period_is_told(sheet_of: Build) -> None:
    sheet = sheet_of(TOTAL)
    early = sheet.document.model_copy(update={"date": sheet.period.from_.replace(year=2023)})
    assert "早于报告期" in only(sheet.model_copy(update={"document": early})).message


def test_who_fills_in_a_workbook_is_told_its_columns(tmp_path: Path) -> None:
    head = (*workbooks.HEAD, "分项齐全")
    rows = (
        ("行政复议", "收到行政复议案件", 48, "件2", "", "", "", "", ""),
        ("普法", "开展普法活动", 5, "场", "", "", "", "", ""),
        ("人民调解", "调解矛盾纠纷", 1085, "件", "", "", "", "", "是"),
    )
    derived = (
        ("名称", "公式", "单位", "小数位数"),
        ("差额占比", "(调解矛盾纠纷-开展普法活动)/调解矛盾纠纷", "%", 0),
    )
    sheet = workbooks.sheet_of(tmp_path, *rows, head=head, sheets={"推算": derived})
    messages = [finding.message for finding in lint(sheet)]
    assert any("数字应写在“数值”里" in message for message in messages), messages
    assert any("标了“分项齐全”，却没有数据以“属于”指向它" in message for message in messages), (
        messages
    )
    assert any("按“小数位数”取整后成了 100%" in message for message in messages), messages
    assert not any(key in "".join(messages) for key in ("value", "approx", "parts_", "digits"))
