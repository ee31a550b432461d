"""Figures told by comparison with last year, and figures that only look so."""

from __future__ import annotations

import pytest

from fzwriter.check import check
from fzwriter.facts import FactSheet, loads_facts

SHEET = """
unit: {name: 云岫县司法局, type: 司法局, level: 县}
period: 2024
document: {kind: 法治政府建设年度报告}
facts:
  - {id: f1, topic: 行政复议, name: 收到行政复议案件, value: 48, unit: 件, previous: 40}
  - {id: f2, topic: 信访, name: 信访量增速, value: -12.5, unit: "%"}
  - {id: f3, topic: 执法, name: 罚款增长率, value: 5, unit: "%"}
  - {id: f4, topic: 执法, name: 案件增幅, value: 7, unit: "%"}
"""


@pytest.fixture(scope="module")
def compared_sheet() -> FactSheet:
    return loads_facts(SHEET)


def errors(text: str, sheet: FactSheet) -> list[str]:
    return [issue.message for issue in check(text, sheet).issues if issue.severity == "error"]


@pytest.mark.parametrize(
    "text",
    [
        "收到行政复议案件48件，比上年的40件增加8件。",
        "收到行政复议案件48件，较去年40件增长20%。",
        "收到行政复议案件48件，与上年同期（40件）相比增加8件。",
        "收到行政复议案件由40件增至48件，增幅20%。",
        "收到行政复议案件48件，增幅为20%。",
        "收到行政复议案件48件，罚款增长率5%。",
        "收到行政复议案件48件，案件增幅7%。",
        "信访量增速为-12.5%。",
        "信访量同比-12.5%。",
        "信访量同比下降12.5%。",
    ],
)
def test_what_a_clerk_says_of_last_year_is_right(text: str, compared_sheet: FactSheet) -> None:
    assert errors(text, compared_sheet) == []


@pytest.mark.parametrize(
    "text",
    [
        "收到行政复议案件48件，比上年的41件增加8件。",
        "收到行政复议案件48件，比上年的8件增加40件。",
        "收到行政复议案件48件，较上年48件增加8件。",
        "收到行政复议案件48件，较上年的40件减少8件。",
        "收到行政复议案件由40件增至48件，增幅21%。",
        "收到行政复议案件由40件增至48件，降幅20%。",
        "收到行政复议案件48件，同比增长5%。",
        "收到行政复议案件48件，增长率5%。",
        "收到行政复议案件48件，增幅7%。",
        "收到行政复议案件48件，案件增幅20%。",
        "收到行政复议案件48件，罚款增长率20%。",
        "信访量增速为12.5%。",
        "信访量同比上升12.5%。",
        "信访量同比下降12.6%。",
        "信访量同比下降20%。",
    ],
)
def test_a_wrong_comparison_is_found(text: str, compared_sheet: FactSheet) -> None:
    assert errors(text, compared_sheet)


def test_a_fall_stands_for_the_negative_rate_of_the_sheet(compared_sheet: FactSheet) -> None:
    assert "f2" in check("全年工作平稳。", compared_sheet).omitted
    assert "f2" not in check("信访量同比下降12.5%。", compared_sheet).omitted


CHAIN = """
unit: {name: 云岫县司法局, type: 司法局, level: 县}
period: 2024
document: {kind: 法治政府建设年度报告}
facts:
  - {id: f1, topic: 行政诉讼, name: 办理行政诉讼案件, value: 63, unit: 件}
  - {id: f2, topic: 行政诉讼, name: 已判决, value: 54, unit: 件, parts_of: f1}
  - {id: f3, topic: 行政诉讼, name: 败诉, value: 12, unit: 件, parts_of: f2}
"""


@pytest.mark.parametrize(
    ("told", "right", "wrong"),
    [
        ("败诉12件，占诉讼案件的{}", "19%", "22.2%"),
        ("败诉12件，占全部行政诉讼案件的{}", "19.0%", "22.2%"),
        ("败诉12件，占诉讼案件总数的比例为{}", "19%", "22.2%"),
        ("败诉案件占诉讼案件的{}", "19%", "22.2%"),
        ("败诉12件，占已判决案件的{}", "22.2%", "19%"),
        ("败诉12件，占判决案件的{}", "22.2%", "19%"),
        ("败诉案件占已判决案件的{}", "22.2%", "19%"),
        ("败诉12件，占{}", "22.2%", "19%"),
    ],
)
def test_a_share_is_of_the_total_its_clause_names(told: str, right: str, wrong: str) -> None:
    chain = loads_facts(CHAIN)
    lead = "办理行政诉讼案件63件，已判决54件，"
    assert errors(lead + told.format(right) + "。", chain) == []
    assert errors(lead + told.format(wrong) + "。", chain)
