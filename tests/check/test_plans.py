"""A figure of a plan proves nothing that is told as done."""

from __future__ import annotations

import pytest

from fzwriter.check import check
from fzwriter.facts import FactSheet, loads_facts

SHEET = """
unit: {name: 云岫县司法局, type: 司法局, level: 县, region: 云岫县}
period: 2024
document: {kind: 法治政府建设年度报告}
facts:
  - {id: f1, topic: 普法, name: 开展普法宣讲, value: 16, unit: 场, required: false}
  - {id: f2, topic: 普法, name: 培育法律明白人, value: 30, unit: 名, required: false}
statements:
  - {topic: 普法, kind: 计划, text: 2025年建成法治文化公园2个}
  - {topic: 普法, kind: 计划, text: 组织法治文艺巡演5场，实现法治宣传栏行政村全覆盖}
  - {topic: 普法, kind: 计划, text: 培育法律明白人30名}
  - {topic: 普法, kind: 举措, text: 组建普法小分队4支}
"""


@pytest.fixture(scope="module")
def plans() -> FactSheet:
    return loads_facts(SHEET)


def wrong(text: str, sheet: FactSheet) -> list[str]:
    return [i.message for i in check(text, sheet).issues if i.kind == "wrong_fact"]


@pytest.mark.parametrize(
    "told",
    [
        "全年建成法治文化公园2个。",
        "建成法治文化公园两个。",
        "2024年，建成法治文化公园2个。",
        "按计划建成法治文化公园2个。",
        "年度计划的任务已完成，建成法治文化公园2个。",
        "将法治教育纳入课堂，建成法治文化公园2个。",
        "开展模拟法庭活动，组织法治文艺巡演5场。",
    ],
)
def test_a_plan_is_no_deed(plans: FactSheet, told: str) -> None:
    found = wrong(f"云岫县司法局2024年度报告\n一、主要工作\n{told}", plans)
    assert len(found) == 1
    assert "计划" in found[0]
    assert "第 " in found[0]


@pytest.mark.parametrize(
    "text",
    [
        "一、主要工作\n工作有序。\n二、下一步打算\n建成法治文化公园2个。",
        "一、主要工作\n工作有序。\n二、2025年工作计划\n（一）抓普法\n建成法治文化公园2个。",
        "主要工作\n工作有序。\n工作安排\n建成法治文化公园2个，组织法治文艺巡演5场。",
        "一、主要工作\n将建成法治文化公园2个。",
        "一、主要工作\n拟建成法治文化公园2个。",
        "一、主要工作\n计划建成法治文化公园2个。",
        "一、主要工作\n2025年，建成法治文化公园2个。",
        "一、主要工作\n明年建成法治文化公园2个。",
        "一、主要工作\n力争建成法治文化公园2个。",
        "云岫县司法局2025年工作要点\n一、抓普法\n（一）建阵地\n建成法治文化公园2个。",
    ],
)
def test_told_as_a_plan_it_is_right(plans: FactSheet, text: str) -> None:
    assert [i.message for i in check(text, plans).issues if i.severity == "error"] == []


@pytest.mark.parametrize("told", ["组建普法小分队4支", "培育法律明白人30名"])
def test_a_deed_of_the_same_figure_stays_right(plans: FactSheet, told: str) -> None:
    report = check(f"一、主要工作\n{told}。", plans)
    assert [i.message for i in report.issues if i.severity == "error"] == []


def test_full_coverage_that_is_planned_backs_no_coverage_reached(plans: FactSheet) -> None:
    told = "组织法治文艺巡演，法治宣传栏行政村全覆盖。"
    kinds = [i.kind for i in check(f"一、主要工作\n{told}", plans).issues]
    assert "unbacked_claim" in kinds
    assert check(f"一、下一步打算\n{told}", plans).issues == ()
