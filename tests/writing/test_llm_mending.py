from __future__ import annotations

import pytest

import model_scripts
from common import ROOT
from fzwriter import load_facts
from fzwriter.check import check
from fzwriter.facts import FactSheet, loads_facts
from fzwriter.llm import Call, ScriptedModel
from fzwriter.writing import Brief, LlmWriter, Outcome, figures_of, load_prompts, make_plan
from fzwriter.writing.fill import Filler
from fzwriter.writing.lines import Line, sentences_of
from fzwriter.writing.slots import realise
from fzwriter.writing.tasks import Task, make_tasks
from fzwriter.writing.tidy import Tidier

PROMPTS = load_prompts(ROOT / "prompts")
HEAD = "unit: {name: 云岫县司法局, type: 司法局, level: 县}\nperiod: 2024\ndocument: {kind: 法治政府建设年度报告}\n"
REVIEW = (
    HEAD + "facts:\n"
    "  - {id: f1, topic: 行政复议, name: 收到行政复议案件, value: 48, unit: 件}\n"
    "  - {id: f2, topic: 行政复议, name: 办结, value: 23, unit: 件, parts_of: f1}\n"
    "  - {id: f3, topic: 行政复议, name: 维持, value: 9, unit: 件, parts_of: f2}\n"
    "  - {id: f4, topic: 行政复议, name: 撤销, value: 2, unit: 件, parts_of: f2}\n"
    "  - {id: f5, topic: 行政复议, name: 办理行政诉讼案件, value: 63, unit: 件}\n"
    "statements:\n"
    "  - {topic: 行政复议, text: 畅通行政复议申请渠道，做到应收尽收}\n"
    "  - {topic: 行政复议, text: 健全行政复议案件集体讨论制度，提升办案质量}\n"
)
OPENED = "畅通行政复议申请渠道，做到应收尽收。"
GOOD = (
    OPENED + "健全行政复议案件集体讨论制度，提升办案质量。"
    "全年收到行政复议案件[[f1]]，办结[[f2]]，其中维持[[f3]]、撤销[[f4]]。办理行政诉讼案件[[f5]]。"
)
PROBLEMS = (
    HEAD + "facts:\n  - {id: a, topic: 普法, name: 开展普法活动, value: 5, unit: 场}\nstatements:\n"
    "  - {topic: 普法, kind: 问题, text: 普法形式不够丰富，群众参与度不高}\n"
    "  - {topic: 行政执法, kind: 问题, text: 执法人员业务能力还有欠缺}\n"
    "  - {topic: 行政执法, kind: 原因, text: 学习培训不够系统}\n"
    "  - {topic: 普法, kind: 计划, text: 丰富普法形式，办好普法课堂}\n"
    "  - {topic: 行政执法, kind: 计划, text: 分批组织执法人员业务培训}\n"
)


def writer_of(sheet: FactSheet, model: ScriptedModel, *, lean: bool = False) -> LlmWriter:
    brief = Brief(sheet, make_plan(sheet), PROMPTS, figures_of(sheet), 8192, lean=lean)
    return LlmWriter(brief, model, lambda text: check(text, sheet), lambda _: ())


def written(sheet: FactSheet, *replies: str, lean: bool = False, part: str = "成效") -> Outcome:
    writer = writer_of(sheet, ScriptedModel(list(replies)), lean=lean)
    (outcome,) = writer.write([task for task in writer.tasks() if task.part == part])
    return outcome


@pytest.fixture(scope="module")
def review() -> FactSheet:
    return loads_facts(REVIEW)


def only(sheet: FactSheet, part: str = "成效") -> Task:
    return next(task for task in make_tasks(make_plan(sheet)) if task.part == part)


LACKS = {
    "a slot behind its name": ("办结[[f2]]，", "办结，"),
    "a slot but not its measure word": ("案件[[f1]]，", "案件件，"),
    "the last of a list": ("、撤销[[f4]]", ""),
    "the first of a list": ("其中维持[[f3]]、撤销[[f4]]", "撤销[[f4]]"),
    "a sentence of figures": ("办理行政诉讼案件[[f5]]。", ""),
    "a statement": ("健全行政复议案件集体讨论制度，提升办案质量。", ""),
    "two things": (
        "办理行政诉讼案件[[f5]]。",
        "",
    ),
}


@pytest.mark.parametrize("lack", LACKS)
def test_what_is_merely_lacking_is_filled_in_without_asking_again(
    lack: str, review: FactSheet
) -> None:
    old, new = LACKS[lack]
    assert old in GOOD
    outcome = written(review, model_scripts.answer(GOOD.replace(old, new)))
    assert outcome.stood, outcome.rounds
    assert len(outcome.rounds) == 1
    assert outcome.mended
    (text,) = outcome.paragraphs
    for id_ in ("f1", "f2", "f3", "f4", "f5"):
        assert text.count(f"[[{id_}]]") == 1, text
    assert "集体讨论" in text
    verdict = check(realise(text, figures_of(review)).text, review)
    assert verdict.ok, verdict.issues


def test_a_filled_gap_reads_as_the_composer_would_put_it(review: FactSheet) -> None:
    outcome = written(review, model_scripts.answer(GOOD.replace("、撤销[[f4]]", "")))
    assert outcome.paragraphs == (GOOD,)
    outcome = written(review, model_scripts.answer(GOOD.replace("办结[[f2]]", "办结")))
    assert outcome.paragraphs == (GOOD,)


def test_a_text_that_would_be_mostly_the_composer_s_is_not_called_the_model_s(
    review: FactSheet,
) -> None:
    outcome = written(review, *[model_scripts.answer(OPENED)] * 3)
    assert not outcome.stood
    assert len(outcome.rounds) == 3


def test_a_clause_too_many_at_a_sentence_s_end_is_cut(review: FactSheet) -> None:
    text = GOOD.replace("应收尽收。", "应收尽收，各方面的局面焕然一新。")
    outcome = written(review, model_scripts.answer(text))
    assert (outcome.paragraphs, len(outcome.rounds), outcome.mended) == ((GOOD,), 1, True)


def test_what_is_wrong_goes_back_and_is_cut_out_only_in_the_end(review: FactSheet) -> None:
    bad = model_scripts.answer(GOOD + "全年罚款500万元。荣获全国先进单位称号。")
    outcome = written(review, bad, bad, bad)
    assert [bool(r.problems) for r in outcome.rounds] == [True] * 3
    assert [r.mended for r in outcome.rounds] == [False, False, True]
    assert outcome.paragraphs == (GOOD,)


def test_swapped_slots_are_cut_and_told_aright(review: FactSheet) -> None:
    bad = model_scripts.answer(GOOD.replace("[[f3]]", "[[x]]").replace("[[f4]]", "[[f3]]").replace("[[x]]", "[[f4]]"))  # fmt: skip
    outcome = written(review, bad, bad, bad)
    (text,) = outcome.paragraphs or outcome.instead
    assert "维持[[f3]]" in text
    assert "撤销[[f4]]" in text


@pytest.mark.parametrize(
    "said",
    [
        GOOD.replace("[[f1]]", "[[f1]]48件"),
        GOOD.replace("[[f1]]", "48件[[f1]]"),
        GOOD.replace("[[f1]]", "[[f1]]（即48件）"),
        GOOD.replace("收到行政复议案件[[f1]]", "[[f1]] 收到行政复议案件 48件"),
        GOOD.replace("[[f1]]", "【f1】").replace("[[f3]]", "{f3}"),
        GOOD.replace("[[f1]]", "f1件"),
        f"润色后的正文：\n{GOOD}",
        "以下是润色后的正文：\n" + GOOD,
        "\n".join(f"{n}. {s}" for n, s in enumerate(sentences_of(GOOD), 1)),
    ],
)
def test_slips_of_form_are_no_faults(said: str, review: FactSheet) -> None:
    outcome = written(review, said)
    assert outcome.paragraphs == (GOOD,)
    assert len(outcome.rounds) == 1
    assert not outcome.mended


def test_a_text_that_is_all_talk_is_left_to_the_judge(review: FactSheet) -> None:
    task = only(review)
    tidier = Tidier(task, (), {}, {})
    assert tidier.tidy(["以下是正文："]) == ["以下是正文："]
    assert tidier.tidy([task.heading, f"（一）{task.heading}"]) == []


# -- problems and plans ----------------------------------------------------------------------------

ITEMS = (
    "普法形式不够丰富，群众参与度不高。",
    "执法人员业务能力还有欠缺。主要原因是学习培训不够系统。",
)


@pytest.mark.parametrize(
    "said",
    [
        list(ITEMS),
        ["".join(ITEMS)],
        [f"主要表现在：一是{ITEMS[0][:-1]}；二是{ITEMS[1]}"],
        [f"一是{ITEMS[0]}", f"二是{ITEMS[1]}"],
        [f"存在以下问题。一是{ITEMS[0]}二是{ITEMS[1]}"],
        [ITEMS[0], *sentences_of(ITEMS[1])],
    ],
)
def test_problems_are_told_one_by_one(said: list[str]) -> None:
    sheet = loads_facts(PROBLEMS)
    outcome = written(sheet, model_scripts.answer(said), part="问题")
    assert outcome.paragraphs == ITEMS
    assert not outcome.mended


def test_the_items_of_problems_are_numbered_as_the_composer_does(tmp_path: object) -> None:
    from fzwriter.writing.llm_writer import joined
    from fzwriter.writing.mixed import MixedComposer

    sheet = loads_facts(PROBLEMS)
    plan = make_plan(sheet)
    writer = writer_of(sheet, ScriptedModel(lambda call: model_scripts.faithful(call)))
    outcomes = writer.write(writer.tasks())
    texts = joined(outcomes)
    assert len(texts) == 3
    report = MixedComposer(sheet, plan, None, texts, ("s1", "s2")).compose()
    for part in ("问题", "计划"):
        (section,) = (s for s in report.sections if s.part == part)
        numbered = [p.text[:2] for p in section.paragraphs if p.text[1:2] == "是"]
        assert numbered == ["一是", "二是"], section


# -- small models ---------------------------------------------------------------------------------


def test_a_small_model_is_shown_sentences_and_no_rules(review: FactSheet) -> None:
    model = ScriptedModel(lambda call: model_scripts.lean_lines(call))
    writer = writer_of(review, model, lean=True)
    (outcome,) = writer.write([t for t in writer.tasks() if t.part == "成效"])
    assert outcome.stood
    assert not outcome.mended
    (call,) = model.history
    assert call.schema is None
    assert [m.role for m in call.messages] == ["user"]
    assert "收到行政复议案件[[f1]]件，办结[[f2]]件，其中维持[[f3]]件、撤销[[f4]]件" in call.prompt
    assert "48" not in call.prompt
    assert "<数据>" not in call.prompt
    assert len(call.prompt) < 500


def test_a_small_model_s_text_is_mended_at_once(review: FactSheet) -> None:
    bare = GOOD.replace("[[f1]]", "").replace("[[f4]]", "").replace("[[f5]]", "")
    outcome = written(review, bare + "同时，荣获全省先进单位称号。", lean=True)
    assert outcome.mended
    assert outcome.paragraphs == (GOOD,)


def test_a_small_model_is_asked_again_with_what_was_wrong(review: FactSheet) -> None:
    model = ScriptedModel(["English only, sorry about that.", GOOD])
    writer = writer_of(review, model, lean=True)
    (outcome,) = writer.write([t for t in writer.tasks() if t.part == "成效"])
    assert outcome.paragraphs == (GOOD,)
    assert len(model.history[1].messages) == 1
    assert "上次写的有问题" in model.history[1].prompt


def test_small_models_get_small_pieces() -> None:
    sheet = load_facts(ROOT / "eval" / "cases" / "large-150-facts" / "facts.yaml")
    brief = Brief(sheet, make_plan(sheet), PROMPTS, figures_of(sheet), 4096, lean=True)
    tasks = brief.fit(make_tasks(brief.plan))
    assert sorted(f.id for t in tasks for f in t.facts) == sorted(f.id for f in sheet.facts)
    assert max(brief.count(brief.ask(t, ())) + brief.longest(t) for t in tasks) <= 4096
    for task in tasks:
        shown = "".join(line.text for line in brief.lines(task))
        for fact in task.facts:
            assert f"[[{fact.id}]]" in shown or fact.value == 0 or "均为" in shown, fact.id


# -- pieces of one key --------------------------------------------------------------------------


def test_a_piece_that_falls_is_the_composer_s_and_its_neighbours_stay() -> None:
    from fzwriter.writing.llm_writer import joined

    sheet = load_facts(ROOT / "eval" / "cases" / "large-150-facts" / "facts.yaml")

    def reply(call: Call) -> str:
        return (
            ""
            if "[[f003]]" in call.prompt or "f3]]" in call.prompt
            else model_scripts.lean_lines(call)
        )

    writer = writer_of(sheet, ScriptedModel(reply), lean=True)
    tasks = writer.tasks()
    key = next(t.key for t in tasks if t.piece)
    outcomes = writer.write([t for t in tasks if t.key == key])
    assert len(outcomes) > 1
    first, *rest = outcomes
    fallen = [Outcome(first.task, first.place, key, (), "坏", instead=("第一段。",)), *rest]
    assert joined(fallen)[key][0] == "第一段。"
    assert len(joined(fallen)[key]) > 1
    gone = [Outcome(o.task, o.place, key, (), "坏", instead=("段。",)) for o in outcomes]
    assert key not in joined(gone)


def test_nothing_is_filled_that_the_piece_does_not_tell() -> None:
    filler = Filler((Line("甲。"),), {"f9": "别的数据"}, {}, "成效")
    assert filler.fill(["乙。"], ["f9"], []) == ["乙。"]
