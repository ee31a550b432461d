"""Each closed slot of a claim: named alike it is proved, named otherwise it is not."""

from __future__ import annotations

import pytest
from verdicts import doubts, errors, flagged

from fzwriter.check.levels import counts_area
from fzwriter.facts import FactSheet, loads_facts

SHEET = """
unit: {name: 青禾县司法局, type: 司法局, level: 县}
period: 2024
document: {kind: 法治政府建设年度报告}
facts:
  - {id: a, topic: 行政复议, name: 审结行政复议案件, value: 61, unit: 件, previous: 52}
  - {id: b, topic: 公证, name: 办理公证, value: 407, unit: 件}
  - {id: c, topic: 执法监督, name: 评查执法案卷, value: 88, unit: 卷}
  - {id: d, topic: 行政应诉, name: 行政机关负责人出庭, value: 14, unit: 人次}
  - {id: e, topic: 普法, name: 群众满意度提升, value: 3.4, unit: 个百分点}
  - {id: f, topic: 社区矫正, name: 在册社区矫正对象, value: 96, unit: 名}
  - {id: g, topic: 普法, name: 全省普法先进单位评选得票, value: 777, unit: 票}
statements:
  - {topic: 普法, kind: 计划, text: 建设法治文化广场12个}
  - {topic: 人民调解, kind: 举措, text: 新聘人民调解员协助化解纠纷}
"""


@pytest.fixture(scope="module")
def slots_sheet() -> FactSheet:
    return loads_facts(SHEET)


# period, level, plan, verb class, noun class, subject, direction: right, then wrong
REFUTED = [
    ("审结行政复议案件61件。", "上半年审结行政复议案件61件。"),
    ("全年审结行政复议案件61件。", "三年来审结行政复议案件61件。"),
    ("今年以来审结行政复议案件61件。", "“十四五”以来审结行政复议案件61件。"),
    ("截至12月底，办理公证407件。", "截至6月底，办理公证407件。"),
    ("全县办理公证407件。", "全市办理公证407件。"),
    ("全县评查执法案卷88卷。", "全镇评查执法案卷88卷。"),
    ("明年建设法治文化广场12个。", "建成法治文化广场12个。"),
    ("下一步，建设法治文化广场12个。", "建设法治文化广场12个。"),
    ("审结行政复议案件61件。", "受理行政复议案件61件。"),
    ("在册社区矫正对象96名。", "解除社区矫正对象96名。"),
    ("审结行政复议案件61件。", "审结劳动仲裁案件61件。"),
    ("行政机关负责人出庭14人次。", "行政执法人员出庭14人次。"),
    ("审结行政复议案件由52件增至61件。", "审结行政复议案件由52件降至61件。"),
    ("审结行政复议案件61件，比上年增加9件。", "审结行政复议案件61件，比上年减少9件。"),
    ("群众满意度提升3.4个百分点。", "群众满意度下降3.4个百分点。"),
]


@pytest.mark.parametrize(("right", "wrong"), REFUTED)
def test_a_slot_that_differs_refutes(slots_sheet: FactSheet, right: str, wrong: str) -> None:
    assert flagged(right, slots_sheet) == []
    assert errors(wrong, slots_sheet)


# what is added to a deed: a doubt
DOUBTED = [
    ("办理公证407件。", "新增办理公证407件。"),
    ("评查执法案卷88卷。", "协助评查执法案卷88卷。"),
    ("评查执法案卷88卷。", "由市司法局评查执法案卷88卷。"),
]


@pytest.mark.parametrize(("right", "wrong"), DOUBTED)
def test_what_is_added_is_doubted(slots_sheet: FactSheet, right: str, wrong: str) -> None:
    assert flagged(right, slots_sheet) == []
    assert doubts(wrong, slots_sheet)
    assert errors(wrong, slots_sheet) == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("工作推进有力，上半年共审结行政复议案件61件。", "上半年"),
        ("工作推进有力，全市办理公证407件。", "全市"),
        ("工作推进有力，受理行政复议案件61件。", "受理"),
    ],
)
def test_an_issue_reaches_back_to_the_word(slots_sheet: FactSheet, text: str, word: str) -> None:
    (issue,) = flagged(text, slots_sheet)
    assert text[issue.start :].startswith(word)
    assert word in issue.message


def test_a_message_of_a_wrong_level_names_the_unit_s_own(slots_sheet: FactSheet) -> None:
    (issue,) = errors("全市办理公证407件。", slots_sheet)
    assert issue.suggestion == "请改为“全县”"


def test_a_part_of_the_year_is_the_period_of_its_own_report() -> None:
    half = SHEET.replace("period: 2024", "period: {from: 2024-01-01, to: 2024-06-30}")
    assert flagged("上半年办理公证407件。", loads_facts(half)) == []


def test_a_turned_direction_gets_the_right_word(slots_sheet: FactSheet) -> None:
    (issue,) = errors("审结行政复议案件61件，比上年减少9件。", slots_sheet)
    assert issue.kind == "wrong_direction"
    assert issue.suggestion == "请改为“增加”"


@pytest.mark.parametrize(
    ("before", "behind", "names", "counts"),
    [
        ("", "办理公证", ("办理公证",), True),
        ("公证量居", "前列", (), False),
        ("高于", "平均水平", (), False),
        ("", "现场会交流", ("办理公证",), False),
        ("", "普法先进单位", ("全省普法先进单位评选得票",), True),
    ],
)
def test_what_a_scope_counts(
    before: str, behind: str, names: tuple[str, ...], counts: bool
) -> None:
    assert counts_area(before, behind, names) is counts
