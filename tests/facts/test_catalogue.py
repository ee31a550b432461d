from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from common import SHARED
from fzwriter.facts import Derivation, load_catalogue
from fzwriter.facts.catalogue_data import matches
from fzwriter.facts.formula import refs
from fzwriter.facts.model import Fact, FactSheet

Build = Callable[..., FactSheet]
REFERENCE = SHARED / "reference" / "indicators.md"


def rates(sheet: FactSheet) -> dict[str, Derivation]:
    return {f"{one.topic}.{one.names[0]}": one for one in load_catalogue().derivations(sheet)}


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("行政复议", "行政复议"),
        ("复议", "行政复议"),
        ("复议与应诉", "行政复议"),
        ("行政诉讼", "行政应诉"),
        ("负责人出庭", "行政应诉"),
        ("普法宣传", "普法"),
        ("法治教育", "普法"),
        ("法律援助中心", "法律援助"),
        ("法援", "法律援助"),
        ("矛盾纠纷化解", "人民调解"),
        ("枫桥经验", "人民调解"),
        ("行政执法监督", "执法监督"),
        ("案卷评查", "执法监督"),
        ("行政执法", "行政执法"),
        ("综合执法", "行政执法"),
        ("执法证件", "执法主体"),
        ("公职律师", "法律顾问"),
        ("律师行业", "律师"),
        ("重大决策合法性审查", "合法性审查"),
        ("重大行政决策", "行政决策"),
        ("学法用法", "学习培训"),
        ("政府信息公开", "政务公开"),
        ("放管服改革", "政务服务"),
        ("教育", "教育"),
        ("校外培训监管", "教育"),
        ("依法治县", "组织领导"),
        ("警示教育", ""),
        ("队伍建设", ""),
        ("", ""),
    ],
)
def test_free_topics_are_mapped_by_rule(text: str, topic: str) -> None:
    assert load_catalogue().topic_of(text) == topic


@pytest.mark.parametrize(
    ("topic", "name", "expected"),
    [
        ("行政复议", "人民调解结案", "行政复议"),  # a stated topic stands
        ("公共法律服务", "受理法律援助案件", "法律援助"),
        ("公共法律服务", "接待群众", "公共法律服务"),
        ("复议应诉", "行政应诉案件", "行政应诉"),
        ("", "办理公证", "公证"),
        ("其他", "开展活动", ""),
    ],
)
def test_the_name_decides_where_the_topic_leaves_it_open(
    topic: str, name: str, expected: str
) -> None:
    fact = Fact.model_validate({"id": "f1", "topic": topic, "name": name, "value": 1})
    assert load_catalogue().topic_of_fact(fact) == expected


def test_every_topic_maps_to_itself() -> None:
    catalogue = load_catalogue()
    assert [catalogue.topic_of(topic) for topic in catalogue.topics] == list(catalogue.topics)
    assert len(set(catalogue.topics)) == len(catalogue.topics)


@pytest.mark.shared
@pytest.mark.skipif(not REFERENCE.exists(), reason="no development material here")
def test_every_topic_of_the_reference_is_there() -> None:
    rows = re.findall(
        r"^\| ([^|]+) \| [^|]+ \| [^|]+ \| [^|]*\|$", REFERENCE.read_text("utf-8"), re.M
    )
    named = {row.strip().split("/")[0] for row in rows} - {"主题", "---"}
    assert named - set(load_catalogue().topics) == set()


def test_every_entry_of_the_catalogue_is_sound() -> None:
    for topic in load_catalogue().entries:
        keys = set(topic.indicators)
        for indicator in topic.indicators.values():
            re.compile(indicator.pattern)
        for relation in topic.relations:
            assert relation.unit in {"%", "same", "per"}
            for formula in relation.formulas:
                assert set(refs(formula)) <= keys
            assert relation.optional <= keys
            assert not relation.complete or relation.complete in keys
            assert matches(relation.pattern, relation.names[0])
        for total, parts in topic.exclusive:
            assert {total, *parts} <= keys


@pytest.mark.parametrize(
    ("unit", "same", "different"),
    [
        ("件", "起", "件次"),
        ("人", "名", "人次"),
        ("家", "户", "家次"),
        ("场次", "次", "人次"),
        ("册", "份", "件"),
        ("万件", "万起", "件"),
        ("%", "%", "个百分点"),
        ("元", "元", "万元"),
        ("", "件", ""),
    ],
)
def test_measure_words_have_families(unit: str, same: str, different: str) -> None:
    catalogue = load_catalogue()
    assert unit in catalogue.unit_family(unit)
    assert catalogue.same_unit(unit, same)
    if different:
        assert not catalogue.same_unit(unit, different)


MEDIATION = (
    "id: f29, topic: 人民调解, name: 共调解各类矛盾纠纷, value: 1085, unit: 件",
    "id: f30, topic: 人民调解, name: 调解成功, value: 1055, unit: 起",
)


def test_a_rate_follows_from_its_numerator_and_denominator(sheet_of: Build) -> None:
    rate = rates(sheet_of(*MEDIATION))["人民调解.调解成功率"]
    assert rate.names[:2] == ("调解成功率", "成功率")
    assert (rate.unit, rate.ids, rate.formula) == ("%", ("f30", "f29"), "f30 ÷ f29")
    assert rate.explanation == "调解成功1055 ÷ 共调解各类矛盾纠纷1085 × 100% = 97.2%"
    assert rate.is_called("成功率")
    assert rate.is_called("全县人民调解成功率")
    assert not rate.is_called("婚姻纠纷调解成功率")


@pytest.mark.parametrize(
    "other",
    [
        "id: f31, topic: 人民调解, name: 调解纠纷, value: 9, unit: 件",  # which 调解 is it?
        "id: f31, topic: 矛盾纠纷, name: 成功调解, value: 9, unit: 件",
    ],
)
def test_nothing_follows_from_two_facts_of_one_indicator(sheet_of: Build, other: str) -> None:
    assert "人民调解.调解成功率" not in rates(sheet_of(*MEDIATION, other))


def test_a_part_of_an_indicator_does_not_compete_with_it(sheet_of: Build) -> None:
    part = "id: f31, topic: 人民调解, name: 调解案件, value: 9, unit: 件, parts_of: f29"
    assert rates(sheet_of(*MEDIATION, part))["人民调解.调解成功率"].ids == ("f30", "f29")


@pytest.mark.parametrize(
    "changed",
    [
        "id: f30, topic: 人民调解, name: 婚姻纠纷调解成功, value: 55, unit: 件",
        "id: f30, topic: 人民调解, name: 调解成功, value: 1055, unit: 人次",
        "id: f30, topic: 人民调解, name: 调解成功, value: 1055, unit: 万件",
        "id: f30, topic: 人民调解, name: 调解成功, value: 1055, unit: 件, approx: 余",
        "id: f30, topic: 人民调解, name: 调解成功, value: 2000, unit: 件",
        "id: f30, topic: 行政复议, name: 调解成功, value: 1055, unit: 件",
    ],
)
def test_the_catalogue_is_not_over_generous(sheet_of: Build, changed: str) -> None:
    assert "人民调解.调解成功率" not in rates(sheet_of(MEDIATION[0], changed))


def test_nothing_follows_from_a_zero_denominator(sheet_of: Build) -> None:
    zero = tuple(re.sub(r"value: \d+", "value: 0", fact) for fact in MEDIATION)
    assert "人民调解.调解成功率" not in rates(sheet_of(*zero))


LITIGATION = (
    "id: a1, topic: 行政应诉, name: 办理行政诉讼案件, value: 63, unit: 件",
    "id: a2, topic: 行政应诉, name: 开庭审理, value: 40, unit: 件",
    "id: a3, topic: 行政应诉, name: 行政机关负责人出庭应诉, value: 38, unit: 件",
    "id: a4, topic: 行政应诉, name: 已审结, value: 54, unit: 件",
    "id: a5, topic: 行政应诉, name: 败诉, value: 12, unit: 件",
)


def test_the_denominator_of_appearing_in_court_is_cases_heard(sheet_of: Build) -> None:
    assert rates(sheet_of(*LITIGATION))["行政应诉.出庭应诉率"].ids == ("a3", "a2")
    without = (LITIGATION[0], LITIGATION[2])
    assert "行政应诉.出庭应诉率" not in rates(sheet_of(*without))


def test_the_usual_denominator_comes_first_and_others_on_request(sheet_of: Build) -> None:
    judged = "id: a6, topic: 行政应诉, name: 已判决, value: 50, unit: 件"
    sheet = sheet_of(*LITIGATION, judged)
    assert rates(sheet_of(*LITIGATION))["行政应诉.败诉率"].ids == ("a5", "a4")
    assert rates(sheet)["行政应诉.败诉率"].ids == ("a5", "a6")
    every = [
        one.ids
        for one in load_catalogue().derivations(sheet, alternatives=True)
        if one.names[0] == "败诉率"
    ]
    assert every == [("a5", "a6"), ("a5", "a4")]


def test_differences_and_averages_follow_too(sheet_of: Build) -> None:
    found = rates(
        sheet_of(
            *LITIGATION,
            "id: e1, topic: 行政执法, name: 作出行政处罚决定, value: 8, unit: 件",
            "id: e2, topic: 行政执法, name: 罚没金额, value: 4.2, unit: 万元",
        )
    )
    assert (found["行政应诉.未审结"].exact, found["行政应诉.未审结"].unit) == (9, "件")
    average = found["行政执法.案均"]
    assert (float(average.exact), average.unit) == (0.525, "万元")


REVIEW = (
    "id: r1, topic: 行政复议, name: 受理, value: 40, unit: 件",
    "id: r2, topic: 行政复议, name: 审结行政复议案件, value: 23, unit: 件{complete}",
    "id: r3, topic: 行政复议, name: 维持, value: 20, unit: 件, parts_of: r2",
    "id: r4, topic: 行政复议, name: 撤销被申请人行政决定, value: 3, unit: 件, parts_of: r2",
)


def test_absent_outcomes_count_nought_only_where_the_parts_are_complete(sheet_of: Build) -> None:
    partial = sheet_of(*(fact.format(complete="") for fact in REVIEW))
    assert "行政复议.纠错率" not in rates(partial)
    assert rates(partial)["行政复议.办结率"].ids == ("r2", "r1")
    complete = sheet_of(*(fact.format(complete=", parts_complete: true") for fact in REVIEW))
    assert rates(complete)["行政复议.纠错率"].formula == "r4 ÷ r2"


def test_names_that_stretch_do_not_stall_the_matching(sheet_of: Build) -> None:
    name = "行政复议案件" * 2000
    assert rates(sheet_of(f"id: f1, topic: 行政复议, name: {name}, value: 1, unit: 件")) == {}
    short = "行政复议" * 9 + "坏"
    assert rates(sheet_of(f"id: f1, topic: 行政复议, name: {short}, value: 1, unit: 件")) == {}
