"""What a report retells of the statements: words of a closed sort must stand."""

from __future__ import annotations

import pytest
from verdicts import doubts, errors, flagged

from fzwriter.check import check
from fzwriter.check.sorts import find_sorts
from fzwriter.facts import FactSheet, loads_facts

SHEET = """
unit: {name: 青禾县司法局, type: 司法局, level: 县}
period: 2024
document: {kind: 法治政府建设年度报告}
facts:
  - {id: a, topic: 公证, name: 办理公证, value: 407, unit: 件}
statements:
  - {topic: 普法, kind: 亮点, text: 青禾镇司法所获评省级枫桥式司法所}
  - {topic: 普法, kind: 举措, text: 3月在文化广场启动宪法宣传月活动}
  - {topic: 普法, kind: 举措, text: 普法微视频在全市法治作品征集中获二等奖}
  - {topic: 制度, kind: 举措, text: 印发《青禾县行政执法监督办法》（青政发〔2024〕15号）}
  - {topic: 执法监督, kind: 举措, text: 开展第二批涉企执法案卷交叉评查}
  - {topic: 执法监督, kind: 举措, text: 每季度通报执法数据质量}
  - {topic: 复议, kind: 举措, text: 与市法院会签行政争议协同化解意见}
  - {topic: 普法, kind: 计划, text: 建设青少年法治教育实践基地}
  - {topic: 制度, kind: 举措, text: 修订镇街权责事项清单}
"""


@pytest.fixture(scope="module")
def stated_sheet() -> FactSheet:
    return loads_facts(SHEET)


RETOLD = [
    ("青禾镇司法所获评省级枫桥式司法所。", "省级", "国家级", "wrong_fact"),
    ("3月在文化广场启动宪法宣传月活动。", "3月", "5月", "wrong_date"),
    ("普法微视频在全市法治作品征集中获二等奖。", "二等奖", "一等奖", "wrong_fact"),
    ("普法微视频在全市法治作品征集中获二等奖。", "全市", "全省", "wrong_fact"),
    ("印发《青禾县行政执法监督办法》（青政发〔2024〕15号）。", "15号", "25号", "wrong_fact"),
    ("开展第二批涉企执法案卷交叉评查。", "第二批", "第三批", "wrong_fact"),
    ("每季度通报执法数据质量。", "每季度", "每月", "wrong_fact"),
    ("与市法院会签行政争议协同化解意见。", "市法院", "省法院", "wrong_fact"),
]


@pytest.mark.parametrize(("text", "own", "other", "kind"), RETOLD)
def test_another_word_of_the_sort_is_refuted(
    stated_sheet: FactSheet, text: str, own: str, other: str, kind: str
) -> None:
    assert flagged(text, stated_sheet) == []
    found = errors(text.replace(own, other), stated_sheet)
    assert kind in {issue.kind for issue in found}


def test_the_message_gives_the_statement_s_word(stated_sheet: FactSheet) -> None:
    found = errors("青禾镇司法所获评国家级枫桥式司法所。", stated_sheet)
    assert [issue.suggestion for issue in found] == ["请改回“省级”"]


def test_a_plan_is_not_told_as_done(stated_sheet: FactSheet) -> None:
    assert errors("建设青少年法治教育实践基地已经完成。", stated_sheet)
    assert flagged("明年计划建设青少年法治教育实践基地。", stated_sheet) == []


def test_a_word_of_the_genre_put_for_its_contrary_is_doubted(stated_sheet: FactSheet) -> None:
    assert flagged("修订镇街权责事项清单。", stated_sheet) == []
    assert doubts("废止镇街权责事项清单。", stated_sheet)


@pytest.mark.parametrize(
    "honour",
    ["我局荣获全国先进集体", "公证处被评为文明窗口", "考核成绩位居榜首", "在全国首创公证上门办"],
)
def test_an_honour_without_a_statement_is_doubted(stated_sheet: FactSheet, honour: str) -> None:
    assert "unbacked_claim" in {issue.kind for issue in doubts(f"{honour}。", stated_sheet)}


@pytest.mark.parametrize("hope", ["争创全国首家公证示范窗口", "力争考核位居前列"])
def test_an_honour_hoped_for_is_none(stated_sheet: FactSheet, hope: str) -> None:
    kinds = {issue.kind for issue in check(f"{hope}。", stated_sheet).issues}
    assert "unbacked_claim" not in kinds


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("国家级", ["国家级"]),
        ("全州通报", ["全州"]),
        ("最高法院", ["最高"]),
        ("获第三名", ["第三"]),
        ("四星级", ["四星级"]),
        ("三中全会", ["三中全会"]),
        ("第九届", ["第九"]),
        ("第十二条", ["第十二条"]),
        ("拨打88123456热线", ["88123456"]),
        ("11月以来", []),
        ("11月", ["11月"]),
        ("4月15日", ["4月", "15日"]),
        ("2023年", ["2023"]),
        ("夏季行动", ["夏季"]),
        ("按月通报", ["按月"]),
        ("“一村一警”", ["一村一警"]),
        ("走访企业", []),
    ],
)
def test_sorts(text: str, words: list[str]) -> None:
    assert [match.group() for _, match in find_sorts(text)] == words
