from __future__ import annotations

import pytest
from score_samples import SEED, TEXT, changed, sheet, subject

from fzwriter.evaluation.cases import Case, Spec
from fzwriter.evaluation.scorers import BY_NAME, SCORERS, Effort, Score, Subject
from fzwriter.report import Paragraph, Report, Section


def score(name: str, of: Subject) -> Score:
    return BY_NAME[name].measure(of)


def worth(name: str, of: Subject) -> float:
    value = score(name, of).value
    assert value is not None
    return value


# -- what isn't the unit's own ---------------------------------------------------------------------


def test_no_seeds_no_leak_score() -> None:
    assert score("leaks", subject()).value is None
    assert score("leaks", subject(seeds={"石桥": SEED})).value == 0.0


def test_a_name_and_a_figure_of_the_seed_shown_are_leaks() -> None:
    text = TEXT.replace("办结23件。", "办结23件。石桥县审查合同317份。")
    found = score("leaks", subject(text, seeds={"石桥": SEED}, shown=("石桥",)))
    assert found.value == pytest.approx(2 * 1000 / len(text))
    assert "石桥县" in found.why
    assert "317" in found.why


def test_a_name_of_a_seed_that_was_not_shown_leaks_all_the_same() -> None:
    text = TEXT.replace("办结23件。", "办结23件。参照石桥县做法。")
    assert worth("leaks", subject(text, seeds={"石桥": SEED})) > 0


def test_what_stands_in_the_report_rewritten_is_a_leak() -> None:
    text = TEXT.replace("办结23件。", "办结23件。依据《石桥县依法行政工作规程》办理。")
    assert worth("leaks", subject(text, source=SEED)) > 0


def test_deeds_of_the_input_are_backed_and_invented_ones_are_not() -> None:
    assert score("unbacked", subject()).value == 0.0
    text = TEXT.replace("办结23件。", "办结23件。荣获全国法治建设先进集体称号，召开全县誓师大会。")
    found = score("unbacked", subject(text))
    assert found.detail["clauses"] == ["荣获全国法治建设先进集体称号", "召开全县誓师大会"]
    assert found.value == pytest.approx(2 / found.n)


def test_a_plan_claims_no_deed() -> None:
    text = TEXT.replace("制作方言短视频。", "建成普法数字展厅，举办法治文艺汇演。")
    assert score("unbacked", subject(text)).value == 0.0


def test_the_longest_run_copied_from_a_seed_is_measured_and_told() -> None:
    assert worth("copied_run", subject(seeds={"石桥": SEED})) < 12
    text = TEXT.replace("办结23件。", "办结23件。把矛盾纠纷化解在基层、化解在萌芽状态。")
    found = score("copied_run", subject(text, seeds={"石桥": SEED}))
    assert found.value == 17
    assert "把矛盾纠纷化解在基层化解在萌芽状态" in found.why


def test_the_units_own_words_are_not_copied_though_a_seed_has_them_too() -> None:
    seed = SEED + "\n健全行政复议案件繁简分流机制，推行听证审理。"
    assert worth("copied_run", subject(seeds={"石桥": seed})) < 12


def test_shared_grams_are_none_for_a_stranger_and_all_for_a_copy() -> None:
    assert worth("copied_grams", subject(seeds={"石桥": SEED})) < 0.1
    assert worth("copied_grams", subject(seeds={"自己": TEXT})) == 1.0
    assert score("copied_grams", subject()).value is None


# -- the text itself -------------------------------------------------------------------------------


def test_a_statement_left_out_lowers_the_coverage() -> None:
    assert score("statement_coverage", subject()).value == 1.0
    found = score("statement_coverage", changed("组织普法宣讲团走进乡村集市和学校课堂。", ""))
    assert found.value == pytest.approx(3 / 4)
    assert "s2 组织普法宣讲团" in found.why


def test_a_statement_told_in_other_order_is_told() -> None:
    other = "普法宣讲团走进学校课堂和乡村集市，组织宣讲。"
    assert (
        score("statement_coverage", changed("组织普法宣讲团走进乡村集市和学校课堂。", other)).value
        == 1.0
    )


@pytest.mark.parametrize(
    ("bad", "label"),
    [
        ("咱们把这事搞定了", "口语"),
        ("好的，以下是正文", "对话"),
        ("**重点**如下", "标记"),
        ("This is a report 的内容", "外文"),
        ("复议,应诉", "标点"),
        ("我认为成效明显", "第一人称"),
        ("我镇扎实推进", "自称不符"),
        ("审理案件〔数〕件", "标记"),
    ],
)
def test_a_breach_of_register_is_found_by_its_kind(bad: str, label: str) -> None:
    found = score("register", changed("办结23件。", f"办结23件。\n{bad}。"))
    assert found.detail["breaches"] == {label: 1}
    assert found.value is not None
    assert found.value < 1


def test_an_official_text_keeps_the_register() -> None:
    text = TEXT.replace(
        "办结23件。", "办结23件。教育引导干部增强自我约束，向我县、我省有关单位通报。"
    )
    assert score("register", subject(text)).value == 1.0


def test_sentences_said_twice_are_repetition() -> None:
    assert worth("repetition", subject()) == 0.0
    again = changed("普法形式仍较单一", "组织普法宣讲团走进乡村集市和学校课堂。普法形式仍较单一")
    found = score("repetition", again)
    assert found.value is not None
    assert found.value == pytest.approx(11 / 176, abs=0.02)
    assert "2 次" in found.why


def test_length_is_held_against_what_was_asked_for() -> None:
    size = len(TEXT.replace("\n", ""))
    assert worth("length", subject()) == pytest.approx(
        min(1.0, 1.0 if size > 270 else size / 300), abs=0.01
    )
    assert worth("length", subject(TEXT[: size // 3])) < 0.5
    assert worth("length", subject(TEXT * 4)) < 0.5
    free = sheet().model_copy(
        update={"document": sheet().document.model_copy(update={"length": None})}
    )
    found = score("length", subject(sheet=free))
    assert found.value is None
    assert str(size) in found.why


# -- form ------------------------------------------------------------------------------------------


def test_a_whole_report_meets_every_structural_demand() -> None:
    found = score("structure", subject())
    assert found.value == 1.0
    assert found.n == 9


@pytest.mark.parametrize(
    ("old", "new", "unmet"),
    [
        ("二、存在的不足\n普法形式仍较单一，互动不足。\n三、", "二、", "有“问题”部分"),
        ("四、下步工作安排", "六、下步工作安排", "标题编号连贯（三、之后是六、）"),
        ("云岫县司法局关于2024年度法治政府建设情况的报告\n", "", "有标题"),
        ("\n普法形式仍较单一，互动不足。", "", "各标题下有正文"),
        (
            "2024年，我局深入学习贯彻习近平法治思想，扎实推进法治政府建设，现将有关情况报告如下。\n",
            "",
            "标题下有导语",
        ),
    ],
)
def test_each_structural_fault_is_named(old: str, new: str, unmet: str) -> None:
    found = score("structure", changed(old, new))
    assert unmet in found.detail["unmet"]
    assert found.value is not None
    assert found.value < 1


def test_parts_in_the_wrong_order_are_a_fault() -> None:
    head, *parts = _parts(TEXT)
    turned = [parts[3], *parts[:3]]
    renumbered = [f"{new}{part[1:]}" for new, part in zip("一二三四", turned, strict=True)]
    text = head + "".join(renumbered)
    assert score("structure", subject(text)).detail["unmet"] == ["各部分次序"]


def _parts(text: str) -> list[str]:
    import re

    return [
        part.rstrip("\n") + "\n"
        for part in re.split(r"^(?=[一二三四]、)", text, flags=re.MULTILINE)
    ]


def test_an_outline_handed_down_must_stand_word_for_word() -> None:
    given = sheet()
    outline = ("党的领导落实情况", "成绩与做法", "薄弱环节", "来年考虑")
    document = given.document.model_copy(update={"outline": outline})
    found = score("structure", subject(sheet=given.model_copy(update={"document": document})))
    assert found.value is not None
    assert found.value < 0.6
    assert "提纲“薄弱环节”照录" in found.detail["unmet"]


def test_a_run_in_heading_has_its_text() -> None:
    text = TEXT.replace("（一）办好行政复议案件\n", "（一）办好行政复议案件。")
    text = text.replace("（二）深化法治宣传教育\n", "（二）深化法治宣传教育。")
    assert score("structure", subject(text)).value == 1.0


def test_the_layout_of_a_report_of_ours_is_faultless_and_a_body_as_heading_is_not() -> None:
    title = Paragraph(TEXT.split("\n")[0])
    body = Section("成效", (Paragraph("一、主要举措", "heading1"), Paragraph("扎实推进工作。")))
    good = Report(title.text, (body,))
    assert score("layout", subject(report=good)).value == 0
    bad = Report(
        title.text, (Section("成效", (Paragraph("一、主要举措"), Paragraph("扎实推进工作。"))),)
    )
    assert worth("layout", subject(report=bad)) > 0
    assert score("layout", subject()).value is None


# -- against a reference ---------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "best"), [("chrf", 100.0), ("rouge_l", 1.0)])
def test_a_reference_is_matched_by_itself_and_missed_by_a_stranger(name: str, best: float) -> None:
    pytest.importorskip("sacrebleu", reason="extra `eval` not installed")
    pytest.importorskip("rapidfuzz", reason="extra `eval` not installed")
    assert worth(name, subject(reference=TEXT)) == pytest.approx(best)
    assert worth(name, subject(reference=TEXT.replace("48", "49"))) == pytest.approx(best)
    near = worth(name, subject(reference=TEXT.replace("存在的不足", "主要问题和短板")))
    far = worth(name, subject(reference="春眠不觉晓，处处闻啼鸟。夜来风雨声，花落知多少。"))
    assert far < 0.2 * best < near < best
    assert score(name, subject()).value is None


def test_a_missing_package_leaves_the_reference_unscored(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "sacrebleu.metrics.chrf", None)
    found = score("chrf", subject(reference=TEXT))
    assert found.value is None
    assert "fzwriter[eval]" in found.why


# -- effort ----------------------------------------------------------------------------------------


def test_effort_counts_what_a_model_took_and_is_unscored_without_one() -> None:
    spent = Effort(
        3.5,
        True,
        calls=14,
        retries=4,
        prompt_tokens=900,
        completion_tokens=100,
        pieces=10,
        fallbacks=1,
    )
    of = subject(effort=spent)
    names = ("tokens", "calls", "retries", "fallbacks", "seconds")
    assert [worth(name, of) for name in names] == [1000, 14, 0.4, 0.1, 3.5]
    assert [score(name, subject(effort=Effort(0.2))).value for name in names] == [None] * 4 + [0.2]
    replayed = Effort(0.1, True, calls=3, pieces=3, replayed=3)
    assert score("seconds", subject(effort=replayed)).value is None


# -- what a case declares --------------------------------------------------------------------------


def declared(**expect: object) -> Case:
    from pathlib import Path

    spec = Spec.model_validate({"expect": expect})
    return Case("例", Path(), Path("facts.yaml"), spec)


@pytest.mark.parametrize(
    ("expect", "text"),
    [
        ({"exit": 3}, TEXT),
        ({"warnings": ["没有这句提醒"]}, TEXT),
        ({"issues": ["wrong_fact"]}, TEXT),
        (
            {"issues": [{"kind": "wrong_fact", "near": "普法"}]},
            TEXT.replace("办结23件", "办结48件"),
        ),
        (
            {"issues": [{"kind": ["wrong_fact", "untraced"], "at_least": 3}]},
            TEXT.replace("办结23件", "办结24件"),
        ),
        ({"none_of": ["wrong_fact", "untraced"]}, TEXT.replace("办结23件", "办结24件")),
        ({"only": True}, TEXT.replace("办结23件", "办结24件")),
        ({"pending": ["问题"]}, TEXT),
        ({"sections": ["下步", "不足"]}, TEXT),
        ({"must_contain": ["出庭应诉"]}, TEXT),
        ({"must_not_contain": ["我局"]}, TEXT),
        ({"length": [9000, None]}, TEXT),
    ],
)
def test_an_expectation_that_fails_is_named(expect: dict[str, object], text: str) -> None:
    of = subject(text, case=declared(**expect))
    found = score("expectations", of)
    assert found.value is not None
    assert found.value < 1
    assert len(found.detail["unmet"]) == 1


def test_expectations_that_hold_are_met() -> None:
    text = TEXT.replace("办结23件", "办结24件")
    of = subject(
        text,
        case=declared(
            issues=[{"kind": ["wrong_fact", "untraced"], "near": "办结", "severity": "error"}],
            only=True,
            none_of=["leaked_name"],
            sections=["成效", "不足", "下步"],
            must_contain=["复议案件48件"],
            must_not_contain=["石桥"],
            length=[200, 400],
            exit=3,
        ),
        exit=3,
    )
    assert score("expectations", of).detail["unmet"] == []


def test_every_scorer_is_named_once_and_explains_itself() -> None:
    assert len({s.name for s in SCORERS}) == len({s.label for s in SCORERS}) == len(SCORERS)
    of = subject(seeds={"石桥": SEED})
    for scorer in SCORERS:
        assert scorer.about
        assert scorer.measure(of).why, scorer.name
