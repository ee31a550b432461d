from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from fzwriter.facts import FactSheet, loads_facts
from fzwriter.report import Report
from fzwriter.writing import Composer, make_plan

HEAD = (
    "unit: {name: 云岫县司法局, type: 司法局, level: 县}\nperiod: 2024\n"
    "document: {kind: 法治政府建设年度报告, addressee: 县委、县人民政府, date: 2025-01-20}\n"
)


def compose(body: str, head: str = HEAD, framing: object = None) -> Report:
    sheet = loads_facts(head + body)
    return Composer(sheet, make_plan(sheet), framing).compose()  # type: ignore[arg-type]


FACTS = """facts:
  - {id: f1, topic: 行政复议, name: 收到行政复议案件, value: 48, unit: 件}
  - {id: f2, topic: 行政复议, name: 办结, value: 23, unit: 件, parts_of: f1}
  - {id: f3, topic: 行政复议, name: 维持, value: 9, unit: 件, parts_of: f2}
  - {id: f4, topic: 行政复议, name: 撤销, value: 2, unit: 件, parts_of: f2}
"""


def test_a_tree_is_told_as_total_steps_and_kinds() -> None:
    text = compose(FACTS).text
    assert re.search(r"收到行政复议案件48件，办结23件，其中维持9件、撤销2件。", text)


def test_every_mandatory_part_is_there_and_empty_ones_are_pending() -> None:
    report = compose(FACTS)
    assert [section.part for section in report.sections] == [
        "导语",
        "成效",
        "问题",
        "第一责任人",
        "计划",
    ]
    assert [line.partition("：")[0] for line in report.pending] == [
        f"“{section.paragraphs[0].text.partition('、')[2]}”" for section in report.sections[2:]
    ]
    headings = [p.text[0] for p in report.paragraphs() if p.style == "heading1"]
    assert "".join(headings) == "一二三四"


def test_a_neutral_formula_claims_no_deed() -> None:
    report = compose(FACTS)
    for section in report.sections[2:]:
        body = "".join(p.text for p in section.paragraphs[1:])
        assert not re.search(
            r"[0-9]|召开|印发|完成|开展了|取得",
            body.replace("《党政主要负责人履行推进法治建设第一责任人职责规定》", ""),
        )


def test_problem_cause_and_its_figure_stand_together() -> None:
    report = compose(
        FACTS + "  - {id: f5, topic: 行政应诉, name: 败诉, value: 12, unit: 件}\n"
        "statements:\n"
        "  - {topic: 普法, kind: 问题, text: 普法形式不够丰富}\n"
        "  - {topic: 行政应诉, kind: 问题, text: 行政机关败诉率偏高}\n"
        "  - {topic: 行政应诉, kind: 原因, text: 部分单位程序意识不强}\n"
    )
    (section,) = (s for s in report.sections if s.part == "问题")
    items = [p.text for p in section.paragraphs if re.match("[一二三]是", p.text)]
    assert items[0] == "一是普法形式不够丰富。"
    assert re.fullmatch(
        r"二是行政机关败诉率偏高，2024年败诉12件。(?:主要原因是|究其原因，主要是|原因在于)部分单位程序意识不强。",
        items[1],
    )
    assert report.text.count("败诉12件") == 1


def test_who_did_something_stands_behind_the_figure() -> None:
    text = compose(
        "facts:\n  - {id: a, topic: 组织领导, name: 完成专题述法的单位主要负责人, value: 70, unit: 名, approx: 余}\n"
        "  - {id: b, topic: 执法监督, name: 督促整改问题的单位, value: 14, unit: 家}\n"
    ).text
    assert "70余名单位主要负责人完成专题述法" in text
    assert "督促14家单位整改问题" in text


def test_neighbours_share_verb_and_value() -> None:
    text = compose(
        "facts:\n  - {id: a, topic: 普法, name: 开展普法讲座, value: 3, unit: 场}\n"
        "  - {id: b, topic: 普法, name: 开展模拟法庭, value: 2, unit: 场}\n"
        "  - {id: c, topic: 学习培训, name: 参学率, value: 100, unit: '%'}\n"
        "  - {id: d, topic: 学习培训, name: 参考率, value: 100, unit: '%'}\n"
    ).text
    assert "开展普法讲座3场、模拟法庭2场" in text
    assert "参学率、参考率均为100%" in text


def test_an_outline_handed_down_replaces_the_sections() -> None:
    head = HEAD.replace(
        "date: 2025-01-20", "outline: [一、法治政府建设推进情况, 二、存在问题, 三、2025年打算]"
    )
    report = compose(FACTS, head)
    assert [p.text for p in report.paragraphs() if p.style == "heading1"] == [
        "一、法治政府建设推进情况",
        "二、存在问题",
        "三、2025年打算",
    ]


def test_no_sentence_is_said_twice_and_no_measure_word_doubled() -> None:
    statement = "statements:\n  - {topic: 行政复议, text: 规范办理流程，提高办案质量}\n"

    def framing(topic: str, part: str) -> Sequence[str]:
        return ["秉持公正高效办理复议的理念"]

    text = compose(FACTS + statement, framing=framing).text
    sentences = re.findall(r"[^。\n]{8,}。", text)
    assert len(sentences) == len(set(sentences))
    assert "秉持公正高效办理复议的理念，规范办理流程" in text
    assert not re.search(r"\d(件|人|次|家)\1", text)


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("法治政府建设年度报告", "云岫县司法局关于2024年度法治政府建设情况的报告"),
        ("法治建设工作总结和工作要点", "云岫县司法局2024年法治建设工作总结和2025年工作要点"),
        ("法治建设工作总结", "云岫县司法局2024年法治建设工作总结"),
        ("工作总结与工作计划", "云岫县司法局2024年工作总结与2025年工作计划"),
    ],
)
def test_titles_follow_the_kind(kind: str, title: str) -> None:
    assert compose(FACTS, HEAD.replace("法治政府建设年度报告", kind)).title == title


def test_the_same_sheet_gives_the_same_report() -> None:
    assert compose(FACTS) == compose(FACTS)


def test_headings_of_a_plan_kind_run_in() -> None:
    report = compose(
        FACTS + "  - {id: f9, topic: 普法, name: 开展普法活动, value: 5, unit: 场}\n",
        HEAD.replace("法治政府建设年度报告", "工作总结和工作计划"),
    )
    leads = [p for p in report.paragraphs() if p.lead]
    assert [p.text[: p.lead][-1] for p in leads] == ["。", "。"]
    assert {p.lead_level for p in leads} == {2}


def test_sheet_without_topic_is_still_told(recwarn: pytest.WarningsRecorder) -> None:
    sheet: FactSheet = loads_facts(
        HEAD + "facts:\n  - {id: a, name: 办理杂项, value: 7, unit: 项}\n"
    )
    text = Composer(sheet, make_plan(sheet)).compose().text
    assert "办理杂项7项" in text
