"""Words that count without a numeral, held against the facts."""

from __future__ import annotations

import pytest
from verdicts import doubts, errors, flagged

from fzwriter.check import check
from fzwriter.facts import FactSheet, loads_facts

SHEET = """
unit: {name: 青禾县司法局, type: 司法局, level: 县}
period: 2024
document: {kind: 法治政府建设年度报告}
facts:
  - {id: a, topic: 执法监督, name: 发现执法问题, value: 40, unit: 个, previous: 20}
  - {id: b, topic: 执法监督, name: 整改到位, value: 40, unit: 个, parts_of: a}
  - {id: c, topic: 人民调解, name: 受理矛盾纠纷, value: 300, unit: 件, previous: 300}
  - {id: d, topic: 人民调解, name: 调解成功, value: 156, unit: 件, parts_of: c}
  - {id: k, topic: 人民调解, name: 引导司法确认, value: 90, unit: 件, parts_of: c}
  - {id: e, topic: 公证, name: 公证投诉, value: 0, unit: 件}
  - {id: g, topic: 法律援助, name: 法律援助案件, value: 90, unit: 件, previous: 120}
  - {id: h, topic: 普法, name: 法治讲座, value: 160, unit: 场, previous: 330}
  - {id: i, topic: 学习培训, name: 学法考试合格率, value: 96, unit: "%"}
  - {id: j, topic: 学习培训, name: 执法证持证率, value: 100, unit: "%"}
statements:
  - {topic: 普法, kind: 举措, text: 村级法律顾问实现全覆盖}
  - {topic: 普法, kind: 计划, text: 学法用法实现全员参与}
"""


@pytest.fixture(scope="module")
def words_sheet() -> FactSheet:
    return loads_facts(SHEET)


CLAIMS = [
    # all
    ("发现执法问题40个，全部整改到位。", "受理矛盾纠纷300件，全部调解成功。"),
    ("执法证持证率百分之百。", "学法考试合格率百分之百。"),
    # none
    ("全年未发生公证投诉。", "全年未发生法律援助案件。"),
    # more than a half, a half, tenths
    ("受理矛盾纠纷300件，过半调解成功。", "受理矛盾纠纷300件，过半引导司法确认。"),
    ("受理矛盾纠纷300件，一半调解成功。", "发现执法问题40个，一半整改到位。"),
    # twice, by half
    ("发现执法问题数翻番。", "受理矛盾纠纷数翻番。"),
    ("法治讲座场数接近减半。", "法律援助案件数减半。"),
    # direction
    ("法律援助案件有所下降。", "法律援助案件明显增长。"),
    ("受理矛盾纠纷与上年持平。", "法律援助案件与上年持平。"),
    ("受理矛盾纠纷与上年持平。", "受理矛盾纠纷同比下降。"),
    # a power of ten, a single one
    ("组织百场法治讲座。", "组织千场法治讲座。"),
]


@pytest.mark.parametrize(("right", "wrong"), CLAIMS)
def test_a_word_that_counts_is_held_against_its_fact(
    words_sheet: FactSheet, right: str, wrong: str
) -> None:
    assert flagged(right, words_sheet) == []
    assert "unbacked_claim" in {issue.kind for issue in errors(wrong, words_sheet)}


def test_one_of_what_is_many_is_refuted(words_sheet: FactSheet) -> None:
    assert errors("法律援助案件一件。", words_sheet)
    assert errors("没有发生公证投诉一件。", words_sheet) == []


def test_a_statement_backs_its_own_claim(words_sheet: FactSheet) -> None:
    assert check("村级法律顾问实现全覆盖。", words_sheet).ok


def test_a_plan_backs_no_deed(words_sheet: FactSheet) -> None:
    def told(text: str) -> list[str]:
        return [i.kind for i in check(text, words_sheet).issues if i.kind != "omitted_fact"]

    assert "unbacked_claim" in told("学法用法已是全员参与。")
    assert told("明年，学法用法实现全员参与。") == []


def test_what_no_fact_speaks_of_is_a_reminder(words_sheet: FactSheet) -> None:
    issues = [i for i in check("窗口服务差评悉数清零。", words_sheet).issues]
    assert {i.severity for i in issues if i.kind == "unbacked_claim"} == {"warning"}


@pytest.mark.parametrize(
    "aim", ["推动执法问题全部清零", "争取隐患全覆盖排查", "坚持执法全过程记录"]
)
def test_aims_and_principles_claim_nothing(words_sheet: FactSheet, aim: str) -> None:
    kinds = {issue.kind for issue in check(f"{aim}。", words_sheet).issues}
    assert "unbacked_claim" not in kinds


@pytest.mark.parametrize("numeral", ["Ⅳ⑤", "皕", "三〇五"])
def test_numerals_that_nobody_reads_are_doubted(words_sheet: FactSheet, numeral: str) -> None:
    (issue,) = doubts(f"走访企业{numeral}户。", words_sheet)
    assert issue.message == f"“{numeral}”不是通行的数字写法，无法核对"


def test_shortcomings_and_plans_tell_no_trend(words_sheet: FactSheet) -> None:
    told = "三、存在问题\n法律援助案件明显增长。"
    assert flagged(told, words_sheet) == []
