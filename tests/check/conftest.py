from __future__ import annotations

import pytest

from fzwriter.check import check
from fzwriter.facts import FactSheet, loads_facts
from fzwriter.report import CheckReport, Issue

SHEET = """
unit: {name: 云岫县司法局, type: 司法局, level: 县, region: 云岫县}
period: 2024
document: {kind: 法治政府建设年度报告, date: 2025-01-20}
facts:
  - {id: f01, topic: 行政复议, name: 收到行政复议案件, value: 48, unit: 件, previous: 40}
  - {id: f02, topic: 行政复议, name: 办结, value: 23, unit: 件, parts_of: f01}
  - {id: f03, topic: 行政复议, name: 维持, value: 9, unit: 件, parts_of: f02}
  - {id: f04, topic: 行政复议, name: 撤销, value: 2, unit: 件, parts_of: f02}
  - {id: f05, topic: 行政应诉, name: 办理行政诉讼案件, value: 63, unit: 件}
  - {id: f06, topic: 行政应诉, name: 审结, value: 54, unit: 件, parts_of: f05}
  - {id: f07, topic: 行政应诉, name: 败诉, value: 12, unit: 件, parts_of: f06}
  - {id: f08, topic: 法律援助, name: 为受援人挽回经济损失, value: 100, unit: 万元, approx: 余}
  - {id: f09, topic: 法律援助, name: 提供法律咨询, value: 650, unit: 人次, approx: 余}
  - {id: f10, topic: 普法, name: 开展普法活动, value: 528, unit: 场次}
  - {id: f11, topic: 普法, name: 发放宣传资料, value: 1.2, unit: 万份}
  - {id: f12, topic: 学习培训, name: 参学率, value: 100, unit: "%"}
  - {id: f13, topic: 学习培训, name: 通过率, value: 98, unit: "%"}
  - {id: f14, topic: 学习培训, name: 报考率, value: 100, unit: "%"}
  - {id: f15, topic: 人民调解, name: 调解矛盾纠纷, value: 1085, unit: 件, units: [件, 起]}
  - {id: f16, topic: 人民调解, name: 调解成功, value: 1055, unit: 件, parts_of: f15}
  - {id: f17, topic: 行政应诉, name: 行政机关负责人出庭应诉, value: 3, unit: 件}
  - {id: f18, topic: 信访, name: 越级上访, value: 0, unit: 起, required: false}
derived:
  - {id: d1, name: 败诉率, formula: f07/f06, unit: "%", digits: 0}
statements:
  - {topic: 普法, kind: 举措, text: 组织5支普法小分队进村开展“法律七进”活动}
  - {topic: 行政复议, kind: 亮点, text: 与2022年、2023年相比，复议后诉讼率明显下降}
  - {topic: 普法, kind: 计划, text: 2025年培育法律明白人30名}
terms: [三区十室]
"""

TEXT = """云岫县司法局关于2024年度法治政府建设情况的报告
2024年，我局扎实推进法治政府建设。
一、主要举措和成效
（一）办好行政复议应诉案件
全年共收到行政复议案件48件，办结23件，其中维持9件、撤销2件。办理行政诉讼案件63件，审结54件，其中败诉12件，败诉率为22%。行政机关负责人出庭应诉3件。
（二）深化法治宣传教育
组织5支普法小分队进村开展“法律七进”活动。开展普法活动528场次，发放宣传资料1.2万份。
（三）做优公共法律服务
提供法律咨询650余人次，为受援人挽回经济损失100余万元。调解矛盾纠纷1085件，调解成功1055件。
（四）加强学习培训
参学率、报考率均为100%，通过率为98%。
二、下步工作安排
2025年培育法律明白人30名。
云岫县司法局
2025年1月20日"""


@pytest.fixture(scope="session")
def sheet() -> FactSheet:
    return loads_facts(SHEET)


@pytest.fixture(scope="session")
def text() -> str:
    return TEXT


class Changed:
    """Checks the clean text with one stretch replaced.

    ``kinds`` are those of the errors at it, ``flagged`` those of errors and doubts.
    """

    def __init__(self, sheet: FactSheet) -> None:
        self._sheet = sheet

    def report(self, old: str, new: str) -> CheckReport:
        assert TEXT.count(old) == 1, old
        return check(TEXT.replace(old, new), self._sheet)

    def kinds(self, old: str, new: str) -> set[str]:
        return {issue.kind for issue in self._at(old, new) if issue.severity == "error"}

    def flagged(self, old: str, new: str) -> set[str]:
        return {issue.kind for issue in self._at(old, new) if issue.severity != "warning"}

    def _at(self, old: str, new: str) -> list[Issue]:
        at = TEXT.index(old)
        issues = self.report(old, new).issues
        return [issue for issue in issues if issue.start < at + len(new) and at < issue.end]


@pytest.fixture(scope="session")
def changed(sheet: FactSheet) -> Changed:
    return Changed(sheet)
