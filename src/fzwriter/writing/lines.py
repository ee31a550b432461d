"""What a piece has to tell, as plain sentences with slots, in the order the offline composer tells it.

A small model is shown these lines instead of facts and rules; gaps in any model's text are filled
from them; and the items of problems and plans (一是…) are told apart by them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from fzwriter.facts import FactSheet
from fzwriter.reading.numbered import opens_item, without_item
from fzwriter.reading.sentences import sentences
from fzwriter.report import Paragraph
from fzwriter.writing.composer import Composer
from fzwriter.writing.plan import Block, Plan, PlannedSection
from fzwriter.writing.slots import SLOT
from fzwriter.writing.tasks import Task

NUMBERED = ("亮点", "问题", "计划")  # parts told as 一是…二是…


@dataclass(frozen=True)
class Line:
    """One sentence to be told.

    Attributes:
        text: with slots and its end mark.
        item: number of the item it belongs to, from 0; in parts that aren't numbered always 0.
    """

    text: str
    item: int = 0

    @property
    def slots(self) -> tuple[str, ...]:
        """The ids it cites."""
        return tuple(SLOT.findall(self.text))


def sentences_of(text: str) -> list[str]:
    """The sentences of a paragraph, end marks included."""
    return [s for s in map(str.strip, sentences(text)) if s]


class Lines:
    """The offline composer, asked for the sentences of one piece.

    Args:
        sheet: the input.
        plan: its plan.
    """

    def __init__(self, sheet: FactSheet, plan: Plan) -> None:
        self._sheet, self._plan = sheet, plan
        self._made: dict[Task, tuple[Line, ...]] = {}

    def of(self, task: Task) -> tuple[Line, ...]:
        """The lines of a task; safe to call from several threads."""
        if task not in self._made:
            self._made[task] = tuple(self._lines(task))
        return self._made[task]

    def _lines(self, task: Task) -> Iterator[Line]:
        planned = self._plan.sections[task.key[0] - 1]
        blocks = tuple(_blocks(planned, task))
        # a composer of its own: the turns of 全年 and 一年来 must not depend on other pieces
        composer = Composer(self._sheet, self._plan)
        section = composer._section(replace(planned, blocks=blocks), task.key[0])
        texts = [_with_slots(p) for p in section.paragraphs if p.style == "body"]
        apart = task.part in NUMBERED and any(map(opens_item, texts))
        while apart and not opens_item(texts[0]):  # the words before the first item
            texts.pop(0)
        for number, text in enumerate(texts):
            for sentence in sentences_of(without_item(text) if apart else text):
                yield Line(sentence, number if apart else 0)


def _blocks(planned: PlannedSection, task: Task) -> Iterator[Block]:
    """The task's material under the headings of its section, without them where there is but one."""
    left = list(task.materials)
    for block in planned.blocks:
        mine = tuple(m for m in left if m.topic in block.topics)
        left = [m for m in left if m not in mine]
        if mine:
            yield Block(block.heading, mine, block.group)
    if left:
        yield Block("", tuple(left))


def _with_slots(paragraph: Paragraph) -> str:
    """A paragraph's text with slots for the figures that code placed."""
    parts, at = [], 0
    for span in paragraph.spans:
        parts += [paragraph.text[at : span.start], f"[[{span.sources[0]}]]"]
        at = span.end
    return "".join([*parts, paragraph.text[at:]])
