"""Baseline (b): the model writes each section with its figures, and what it writes stands.

What most tools do: no slots, no check, no repair, no fallback. Sections, headings, exemplars and the
opening are the same as in the whole way, so that the difference is that of slots, check and repair.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fzwriter.evaluation.scorers.base import Effort
from fzwriter.facts import FactSheet, cleared
from fzwriter.facts.render import render_figure
from fzwriter.llm import Answer, AnswerError, ChatModel, Message, Usage
from fzwriter.pipeline.exemplars import Exemplars
from fzwriter.reading import read_seeds, split
from fzwriter.report import Report
from fzwriter.seeds import SeedLibrary
from fzwriter.settings import Settings
from fzwriter.writing import make_plan
from fzwriter.writing.ask import one_line
from fzwriter.writing.mixed import MixedComposer
from fzwriter.writing.side_by_side import side_by_side
from fzwriter.writing.tasks import Key, Task, make_tasks
from fzwriter.writing.words import overlap

if TYPE_CHECKING:
    from fzwriter.evaluation.variants import Source

_EXEMPLARS = 4
_SYSTEM = (
    "你为{unit}（{type}）起草《{title}》，只写交给你的那一节。用规范的公文书面语，数字按给出的数据写，自称“{self}”。"
    "参考范文的语气和句式。只输出正文，不写标题和解释。"
)
_SECTION = """<范文>
{exemplars}
</范文>

<数据>
{facts}
</数据>

<材料>
{statements}
</材料>

写“{place}”这一节的正文，把每条材料和每项数据都写进去，约{length}字。"""


@dataclass(frozen=True)
class _Piece:
    key: Key
    paragraphs: tuple[str, ...]
    usage: Usage
    failed: bool = False
    cached: bool = False


def written(
    sheet: FactSheet,
    model: ChatModel,
    library: SeedLibrary,
    settings: Settings,
    source: Source | None = None,
) -> tuple[Report, Effort]:
    """A report by the model alone.

    Args:
        sheet: the input.
        model: the model.
        library: the exemplars.
        settings: how many questions at a time.
        source: a report to rewrite; its passages are the exemplars then.

    Raises:
        ModelError: the model can't be used.
    """
    began = time.perf_counter()
    sheet = cleared(sheet)
    plan = make_plan(sheet)
    exemplars = Exemplars(library, plan.profile.type)
    system = _SYSTEM.format(
        unit=sheet.unit.name,
        type=sheet.unit.type,
        title=plan.title.replace("\n", ""),
        self=plan.words["self"],
    )
    work = [(task, _shown(task, exemplars, source)) for task in make_tasks(plan)]

    def ask(one: tuple[Task, tuple[str, ...]]) -> _Piece:
        task, shown = one
        question = [Message("system", system), Message("user", _question(task, shown))]
        try:
            answer = model.complete(question, max_tokens=max(600, task.length * 3))
        except AnswerError as error:
            return _Piece(task.key, (), error.usage, failed=True)
        return _Piece(task.key, _lines(answer), answer.usage, not answer.text, answer.cached)

    pieces: dict[int, _Piece] = dict(side_by_side(ask, work, settings.concurrency))
    texts: dict[Key, tuple[str, ...]] = {}
    for at in range(len(work)):
        piece = pieces[at]
        if piece.paragraphs:
            texts[piece.key] = (*texts.get(piece.key, ()), *piece.paragraphs)
    report = MixedComposer(sheet, plan, exemplars.framing, texts).compose()
    report = replace(report, seeds=exemplars.seeds_in(report.text))
    usage = sum((p.usage for p in pieces.values()), Usage())
    effort = Effort(
        seconds=time.perf_counter() - began,
        model=True,
        calls=len(work),
        prompt_tokens=usage.prompt,
        completion_tokens=usage.completion,
        pieces=len(work),
        fallbacks=sum(p.failed for p in pieces.values()),
        replayed=sum(p.cached for p in pieces.values()),
    )
    return report, effort


def _lines(answer: Answer) -> tuple[str, ...]:
    return tuple(line.strip() for line in answer.text.splitlines() if line.strip())


def _question(task: Task, shown: Sequence[str]) -> str:
    figures = [
        f"- {one_line(f.name)}：{render_figure(f.value, f.unit, f.approx)}" for f in task.facts
    ]
    return _SECTION.format(
        exemplars="\n".join(f"· {one_line(text)}" for text in shown) or "（无）",
        facts="\n".join(figures) or "（没有数据）",
        statements="\n".join(f"{s.id}（{s.kind}）{one_line(s.text)}" for s in task.statements)
        or "（没有材料）",
        place=task.place,
        length=task.length,
    )


def _shown(task: Task, exemplars: Exemplars, source: Source | None) -> tuple[str, ...]:
    query = f"{task.subheading or task.heading} {' '.join(task.topics[:3])}"
    if source is None:
        return tuple(exemplars.passages(query, task.part, _EXEMPLARS))
    passages = [p for report in read_seeds(source.path) for p in split(report)]
    fitting = [p for p in passages if p.part == task.part] or passages
    fitting.sort(key=lambda p: -overlap(query, p.text + p.topic))
    return tuple(p.text for p in fitting[:_EXEMPLARS])
