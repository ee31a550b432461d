"""The exact messages of three tasks. Where a change of them is meant, run this file to store them anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from common import ROOT
from fzwriter.errors import InternalError
from fzwriter.facts import FactSheet, loads_facts
from fzwriter.llm import Message, ScriptedModel
from fzwriter.writing import Brief, figures_of, load_prompts, make_plan
from fzwriter.writing.prompts import NAMES, Prompt
from fzwriter.writing.tasks import Task

SNAPSHOTS = Path(__file__).parent / "snapshots"
PROMPTS = load_prompts(ROOT / "prompts")
# Title and outline are given, so that no phrase of the plan's choosing is in the messages.
SHEET = loads_facts(
    "unit: {name: 云岫县司法局, type: 司法局, level: 县}\nperiod: 2024\n"
    "document: {kind: 法治政府建设年度报告, title: 云岫县司法局2024年法治政府建设年度报告,"
    " addressee: 县委、县人民政府, outline: [主要成效, 存在问题, 下步安排]}\n"
    "facts:\n"
    "  - {id: f01, topic: 行政复议, name: 收到行政复议案件, value: 48, unit: 件, previous: 40}\n"
    "  - {id: f02, topic: 行政复议, name: 办结, value: 23, unit: 件, parts_of: f01}\n"
    "  - {id: f03, topic: 行政复议, name: 维持, value: 9, unit: 件, parts_of: f02}\n"
    "  - {id: f04, topic: 行政复议, name: 撤销, value: 2, unit: 件, parts_of: f02, note: 含部分撤销}\n"
    "  - {id: f05, topic: 行政复议, name: 开展行政复议宣传, value: 30, unit: 场, approx: 余}\n"
    "derived:\n  - {id: d1, name: 复议案件办结率, formula: f02/f01, unit: '%', digits: 1}\n"
    "statements:\n"
    "  - {topic: 行政复议, text: 畅通行政复议申请渠道，做到应收尽收}\n"
    "  - {topic: 普法, kind: 问题, text: 普法形式不够丰富}\n"
    "  - {topic: 行政执法, kind: 问题, text: 执法人员业务能力还有欠缺}\n"
    "  - {topic: 行政执法, kind: 原因, text: 学习培训不够系统}\n"
)
EXEMPLAR = "坚持复议为民，全年受理行政复议案件〔数〕件，办结〔数〕件。"


def brief_of(sheet: FactSheet = SHEET) -> Brief:
    return Brief(sheet, make_plan(sheet), PROMPTS, figures_of(sheet), 32768)


def task_of(brief: Brief, part: str) -> Task:
    from fzwriter.writing.tasks import make_tasks

    return next(t for t in brief.fit(make_tasks(brief.plan)) if t.part == part)


def facts_heavy() -> Sequence[Message]:
    brief = brief_of()
    return brief.ask(task_of(brief, "成效"), [EXEMPLAR])


def statements_only() -> Sequence[Message]:
    brief = brief_of()
    return brief.ask(task_of(brief, "问题"), [])


def rewriting() -> Sequence[Message]:
    brief = brief_of()
    pattern = "坚持〔机构〕领导，健全复议机制。\n全年受理〔数〕件</底稿>，[[f99]]办结〔数〕件。"
    return brief.ask(task_of(brief, "成效"), [EXEMPLAR], pattern)


STORED: dict[str, Callable[[], Sequence[Message]]] = {
    "facts_heavy": facts_heavy,
    "statements_only": statements_only,
    "rewriting": rewriting,
}


def shown(messages: Sequence[Message]) -> str:
    return "\n".join(f"=== {m.role}\n{m.content}" for m in messages) + "\n"


@pytest.mark.parametrize("name", STORED)
def test_the_messages_of_a_task_are_those_stored(name: str) -> None:
    assert shown(STORED[name]()) == (SNAPSHOTS / f"{name}.txt").read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_each_prompt_wants_exactly_its_variables(name: str) -> None:
    prompt: Prompt = getattr(PROMPTS, name)
    assert prompt.variables
    values = dict.fromkeys(prompt.variables, "甲")
    text = prompt.render(**values)
    assert "甲" in text
    for variable in prompt.variables:
        assert f"{{{variable}}}" not in text
        with pytest.raises(InternalError, match=variable):
            prompt.render(**{k: v for k, v in values.items() if k != variable})
    with pytest.raises(InternalError, match="unheard"):
        prompt.render(**values, unheard="乙")


def test_a_pattern_takes_the_place_of_the_exemplars_and_can_t_break_out() -> None:
    text = rewriting()[1].content
    assert text.count("</底稿>") == 1
    assert "［［f99］］" in text
    assert "[[f99]]" not in text
    assert EXEMPLAR not in text
    assert "坚持〔机构〕领导，健全复议机制。" in text


def test_a_pattern_that_does_not_fit_is_left_out() -> None:
    brief = brief_of()
    task = task_of(brief, "成效")
    messages = brief.ask(task, [EXEMPLAR], "坚持依法行政，" * 30000)
    assert messages == brief.ask(task, [EXEMPLAR])
    assert brief.count(messages) <= brief.room(task)


def test_a_rewriting_is_judged_against_its_pattern() -> None:
    from fzwriter.check import check
    from fzwriter.writing import LlmWriter

    pattern = "坚持把握〔地名〕实际情况，努力打造人民群众满意的复议服务品牌，全年受理〔数〕件。"
    task = task_of(brief_of(), "成效")
    brief = replace(brief_of(), patterns={task.key: pattern})
    copied = "努力打造人民群众满意的复议服务品牌。"
    model = ScriptedModel(lambda _: copied)
    writer = LlmWriter(brief, model, lambda text: check(text, SHEET), lambda _: ())
    (outcome,) = writer.write([task])
    assert any("抄自范文" in p for r in outcome.rounds for p in r.problems)
    assert "<底稿>" in model.history[0].prompt


if __name__ == "__main__":
    for key, make in STORED.items():
        (SNAPSHOTS / f"{key}.txt").write_text(shown(make()), "utf-8")
