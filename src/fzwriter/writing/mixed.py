"""A report put together from what the model wrote and what the offline composer writes.

Numbering, headings, leads, preamble and sign-off are the composer's, and so is each sub-section for
which there is no text of the model's.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from fzwriter.facts import FactSheet
from fzwriter.reading.numbered import opens_item, spelled
from fzwriter.report import Section
from fzwriter.writing.composer import Composer
from fzwriter.writing.lines import NUMBERED
from fzwriter.writing.plan import Block, Plan, PlannedSection
from fzwriter.writing.tasks import Key
from fzwriter.writing.telling import Framing


class MixedComposer(Composer):
    """A composer with some texts given.

    Args:
        sheet: the input.
        plan: the plan the texts were written for.
        framing: what the composer borrows from the library.
        texts: paragraphs with slots, by key.
        told: ids of the statements those texts tell.
    """

    def __init__(
        self,
        sheet: FactSheet,
        plan: Plan,
        framing: Framing | None,
        texts: Mapping[Key, Sequence[str]],
        told: Collection[str] = (),
    ) -> None:
        super().__init__(sheet, plan, framing)
        self._texts, self._told = texts, told
        self._current: tuple[int, PlannedSection] | None = None

    def _section(self, planned: PlannedSection, number: int) -> Section:
        self._current = (number, planned)
        usual = super()._section(planned, number)
        texts = self._texts.get((number, 0))
        if not texts:
            return usual
        heading, *body = usual.paragraphs
        numbered = planned.part in NUMBERED and len(texts) > 1
        lead = [body[0]] if numbered and len(body) > 1 and not opens_item(body[0].text) else []
        written = [
            self._paragraph(f"{spelled(at)}是{text}" if numbered else text)
            for at, text in enumerate(texts, 1)
        ]
        return Section(usual.part, (heading, *lead, *written), usual.topics)

    def _tell(self, block: Block) -> list[str]:
        if self._current is not None:
            number, planned = self._current
            at = next((n for n, one in enumerate(planned.blocks, 1) if one is block), 0)
            if at and (texts := self._texts.get((number, at))):
                return list(texts)
        return super()._tell(block)

    def _unsaid(self, sections: Sequence[Section]) -> None:
        before = len(self._run.pending)
        super()._unsaid(sections)
        told = tuple(f"材料 {id_}“" for id_ in self._told)
        fresh = [
            line for line in self._run.pending[before:] if not told or not line.startswith(told)
        ]
        self._run.pending[before:] = fresh
