"""Each type of unit's report, rewritten for each other type: all 56 ordered pairs."""

from __future__ import annotations

import re
from functools import cache
from itertools import permutations

import pytest
import yaml

from common import CASES, ROOT
from fzwriter import load_facts
from fzwriter.facts import FactSheet
from fzwriter.pipeline.rewrite import rewrite
from fzwriter.reading import SeedReport, read_seeds
from fzwriter.report import Report
from fzwriter.units import find_profile, foreign_powers
from fzwriter.writing.rewriting import read_source

_PAIRS = yaml.safe_load((ROOT / "eval" / "rewrite_pairs.yaml").read_text("utf-8"))
SOURCES, TARGETS = _PAIRS["sources"], _PAIRS["targets"]
PAIRS = list(permutations(SOURCES, 2))
each_pair = pytest.mark.parametrize(("source", "target"), PAIRS, ids=lambda name: name)

SELF = re.compile("[我本](?:局|镇|乡|街道|县|区|市|州|旗|单位|委|厅|院|中心)(?![一-龥]?级)")
ORGAN = re.compile("局党组|局党委|镇党委|乡党委|街道党工委")
AREA = re.compile("全(?:县|区|市|州|镇|乡|街道)(?![一-龥]?覆盖)")
SUPERIOR = re.compile("(?<![一-龥])(?:县|区|市|州|省)(?:委|政府)(?=、|领导|的坚强领导|部署)")
GOVERNED = re.compile("依法治(?:县|区|市|州|镇|乡|街道?)")
BROKEN = (
    re.compile("[、，；]$", re.M),
    re.compile("[，。；、：]{2,}|；。|。；"),
    re.compile("^[，。；、）”]", re.M),
    re.compile("[一二三四五六七八九十]是(?=[，。；、]|$)", re.M),
    re.compile("其中(?=[，。；、：]|$)", re.M),
    re.compile(r"〔|〕|\[\[|\]\]|[\ue000-\uf8ff]|\{|\}"),
    re.compile("“”|《》|（）"),
    re.compile(
        "我镇镇|我局局|镇镇党委|局局党组|(?:不断|持续|大力)(?:做好|自觉接受).{0,12}(?:水平|能力)"
    ),
)


@cache
def source_of(type_: str) -> SeedReport:
    return read_seeds(ROOT / "seeds" / f"{SOURCES[type_]}.md")[0]


@cache
def sheet_of(type_: str) -> FactSheet:
    folder = next(case for case in CASES if case.name == TARGETS[type_])
    return load_facts(folder / "facts.yaml")


@cache
def rewritten(source: str, target: str) -> Report:
    return rewrite(source_of(source), sheet_of(target), writer="offline")


def given(sheet: FactSheet) -> str:
    parts = [sheet.unit.name, sheet.unit.region, sheet.document.title, sheet.document.addressee]
    parts += [*(s.text for s in sheet.statements), *(f.name for f in sheet.facts)]
    return "\n".join([*parts, *sheet.document.outline, *sheet.terms])


@each_pair
def test_nothing_stands_against_it(source: str, target: str) -> None:
    report = rewritten(source, target)
    assert report.check is not None
    assert [(i.kind, i.message) for i in report.check.issues if i.severity == "error"] == []
    assert report.check.omitted == ()


@each_pair
def test_no_figure_or_place_of_the_source_stands_in_it(source: str, target: str) -> None:
    report, sheet, old = rewritten(source, target), sheet_of(target), source_of(source)
    own = given(sheet) + " ".join(f"{f.value:f}{f.unit} {f.previous}" for f in sheet.facts)
    for place in old.places:
        assert place in own or place not in report.text, place
    printed = {p.text[s.start : s.end] for p in report.paragraphs() for s in p.spans}
    plain = re.sub("《[^《》]*》", "", report.text)
    for figure in set(
        re.findall(r"\d[\d.]*(?:万|亿|%)?[一-龥]?", re.sub("《[^《》]*》", "", old.text))
    ):
        if len(figure) < 4 or "年" in figure or figure in own:
            continue
        if re.search(rf"(?<![\d.]){re.escape(figure)}", plain):
            assert any(one.startswith(figure) for one in printed), figure


@each_pair
def test_the_register_is_the_target_s_throughout(source: str, target: str) -> None:
    report, sheet = rewritten(source, target), sheet_of(target)
    unit, own = sheet.unit, given(sheet_of(target))
    profile = find_profile(unit.type, unit.name, unit.level, unit.region)
    level = profile.level
    allowed = {
        SELF: {profile.self},
        ORGAN: {profile.organ.split("、")[0]},
        AREA: {level.area},
        SUPERIOR: {level.council, level.government},
        GOVERNED: {f"依法治{level.verb}"},
    }
    for sentence in re.split(r"[。\n]", report.text):
        for pattern, words in allowed.items():
            found = {word for word in pattern.findall(sentence) if word not in own}
            assert found <= words, sentence


@each_pair
def test_no_power_but_the_target_s(source: str, target: str) -> None:
    report, sheet = rewritten(source, target), sheet_of(target)
    profile = find_profile(sheet.unit.type, sheet.unit.name)
    assert [c.power.name for c in foreign_powers(report.text, profile.type)] == []


@each_pair
def test_every_section_says_something_in_whole_sentences(source: str, target: str) -> None:
    report = rewritten(source, target)
    for section in report.sections:
        bodies = [p for p in section.paragraphs if p.style == "body"]
        assert bodies, section.paragraphs[0].text
        for before, after in zip(section.paragraphs, section.paragraphs[1:], strict=False):
            assert not (before.style == after.style == "heading2"), before.text
        for body in bodies:
            assert body.text.endswith(("。", "：", "！")), body.text[-20:]
    for pattern in BROKEN:
        assert not (hit := pattern.search(report.text)), report.text[
            hit.start() - 12 : hit.end() + 8
        ]
    for one, other in ("“”", "《》", "（）"):
        for paragraph in report.paragraphs():
            assert paragraph.text.count(one) == paragraph.text.count(other), paragraph.text[:40]


@each_pair
def test_every_statement_is_told_once_and_every_section_of_the_source_accounted_for(
    source: str, target: str
) -> None:
    report, sheet = rewritten(source, target), sheet_of(target)
    for statement in sheet.statements:
        assert report.text.count(statement.text.rstrip("。；")) == 1, statement.id
    told = {decision.source for decision in report.decisions}
    assert all(decision.why for decision in report.decisions)
    headings = [p.text for p in report.paragraphs() if p.style == "heading1"]
    assert len(headings) == len(set(headings))
    for decision in report.decisions:
        assert decision.action in ("沿用", "改写", "舍去", "新增")
        assert bool(decision.source) is (decision.action != "新增")
        assert bool(decision.target) is (decision.action != "舍去")
    chapters = re.findall(
        r"^[一二三四五六七八九十]+、(.+)$", "\n".join(source_of(source).paragraphs), re.M
    )
    inner = re.findall(
        r"^（[一二三四五六七八九十]+）([^。]+)", "\n".join(source_of(source).paragraphs), re.M
    )
    for chapter in chapters:
        assert chapter in told or any(h in told for h in inner), chapter


def test_the_pairs_are_all_of_them() -> None:
    assert len(PAIRS) == 56


@each_pair
def test_the_mapping_says_nothing_untrue_of_either_report(source: str, target: str) -> None:
    report = rewritten(source, target)
    blocks = read_source(source_of(source)).part("成效")
    told = {topic for one in blocks for topic, weight in one.weights if weight >= 1}
    written = {t for section in report.sections if section.part == "成效" for t in section.topics}
    for decision in report.decisions:
        if match := re.match("原报告没有“(.+)”，", decision.why):
            assert not told & set(match.group(1).split("、")), decision
        if decision.action == "舍去" and decision.why == "本单位数据中没有这方面材料":
            block = next((b for b in blocks if b.title == decision.source), None)
            assert block is None or block.topic not in written, decision


@each_pair
def test_nothing_opens_with_what_did_not_happen(source: str, target: str) -> None:
    report = rewritten(source, target)
    for paragraph in report.paragraphs():
        told = paragraph.text[paragraph.lead :]
        assert not told.startswith(("未发生", "没有")), told
        assert not re.search("未发生[^。，]*，(?:努力|不断|确保|让|使)", told), told
    assert "思想" in report.sections[0].paragraphs[0].text
