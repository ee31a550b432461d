"""Each type of unit speaks of itself, its organ, its area and its powers as such a unit does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from common import CASES
from fzwriter import load_facts
from fzwriter.facts import FactSheet
from fzwriter.report import Report
from fzwriter.units import find_profile, foreign_powers
from fzwriter.writing import Composer, make_plan

SELF = re.compile("我(?:局|镇|乡|街道|县|区|市|州|单位|委|厅|院|中心)")
ORGAN = re.compile("(?:局党组|局党委|镇党委|乡党委|街道党工委)")
AREA = re.compile("全(?:县|区|市|州|镇|乡|街道)(?![一-龥]?覆盖)")
SUPERIOR = re.compile("(?<![一-龥])(?:县|区|市|州|省)(?:委|政府)(?=、|领导|的坚强领导|部署)")


def composed(case: Path) -> tuple[FactSheet, Report]:
    sheet = load_facts(case / "facts.yaml")
    return sheet, Composer(sheet, make_plan(sheet)).compose()


def given(sheet: FactSheet) -> str:
    return "\n".join(
        [
            *(s.text for s in sheet.statements),
            *(f.name for f in sheet.facts),
            *sheet.document.outline,
        ]
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_sentence_keeps_the_register(case: Path) -> None:
    sheet, report = composed(case)
    unit = sheet.unit
    profile = find_profile(unit.type, unit.name, unit.level, unit.region)
    own = given(sheet)
    for sentence in re.split(r"[。\n]", report.text):
        if sentence and sentence in own:
            continue
        assert {w for w in SELF.findall(sentence) if w not in own} <= {profile.self}, sentence
        assert {w for w in ORGAN.findall(sentence) if w not in own} <= {profile.organ}, sentence
        assert {w for w in AREA.findall(sentence) if w not in own} <= {profile.level.area}, sentence
        superiors = {w for w in SUPERIOR.findall(sentence) if w not in own}
        assert superiors <= {profile.level.council, profile.level.government}, sentence


def test_only_those_who_lead_the_rule_of_law_of_an_area_have_that_duty() -> None:
    claim = "充分发挥依法治市职能作用"
    assert [c.power.name for c in foreign_powers(claim, "教育局")] == ["统筹协调依法治理"]
    assert not list(foreign_powers(claim, "司法局"))
    assert not list(foreign_powers("落实依法治市部署", "教育局"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_power_the_unit_lacks_but_what_the_user_said(case: Path) -> None:
    sheet, report = composed(case)
    profile = find_profile(sheet.unit.type, sheet.unit.name)
    claims = [report.text[c.start : c.end] for c in foreign_powers(report.text, profile.type)]
    said = [
        name for name in (f.name for f in sheet.facts) if list(foreign_powers(name, profile.type))
    ]
    assert bool(claims) is bool(said)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_statement_is_told_once(case: Path) -> None:
    sheet, report = composed(case)
    for statement in sheet.statements:
        assert report.text.count(statement.text.rstrip("。；")) == 1, statement.id
    assert not [line for line in report.pending if "没有写进报告" in line]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_fact_is_printed_by_code(case: Path) -> None:
    sheet, report = composed(case)
    spans = {id_ for p in report.paragraphs() for s in p.spans for id_ in s.sources}
    for fact in sheet.facts:
        told_with_another = any(
            other.value == fact.value and other.unit == fact.unit and other.id in spans
            for other in sheet.facts
        )
        assert fact.id in spans or told_with_another or fact.value == 0, fact.id
    for paragraph in report.paragraphs():
        for span in paragraph.spans:
            assert paragraph.text[span.start : span.end]
