"""What other units did, offered: deeds of the seeds, each marked 【建议，待取舍：…】 and no part of the report yet.

A sentence is masked (its figures and names are blanks), stands under the sub-section of its topic, and is
left out where the unit has told the same. The check holds each for an error until it is taken or deleted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from fzwriter.report import Paragraph, Report, Section
from fzwriter.writing.plan import Plan, PlannedSection
from fzwriter.writing.words import grams, overlap

# Sentences to offer for a topic ("" for any) within a part of the report, best first.
Deeds = Callable[[str, str], Sequence[str]]

MARK = "【建议，待取舍：{}】"
_BLANK = re.compile("〔([^〔〕]{1,4})〕")
_TOLD = 0.34  # likeness from which the unit has told the same
_ALIKE = 0.5  # likeness of two suggestions that are one


def marked(sentence: str) -> str:
    """A masked sentence as it stands in a report: 【建议，待取舍：收到申请【数】件。】."""
    return MARK.format(_BLANK.sub(r"【\1】", sentence))


def with_suggestions(report: Report, plan: Plan, deeds: Deeds, most: int = 2) -> Report:
    """A report with sentences offered in it, each a paragraph of its own.

    Args:
        report: as composed from ``plan``: the preamble, then its sections.
        plan: what the report was composed from.
        deeds: masked sentences that claim deeds; none may need to be kept from this unit.
        most: for one sub-section, and for a part without input.

    Returns:
        The report with at most so many sentences behind each sub-section of 成效 and in each part
        that had no input; a line in ``pending`` says how many there are.
    """
    if len(report.sections) != len(plan.sections) + 1:
        return report
    offer = _Offer(deeds, most)
    preamble, *told = report.sections
    sections = [offer.section(s, p) for s, p in zip(told, plan.sections, strict=True)]
    if not offer.made:
        return report
    line = f"建议待取舍：文中有{len(offer.made)}处“【建议，待取舍：】”，取自别的报告：有此事的填好空白，没有的删去"
    return replace(report, sections=(preamble, *sections), pending=(*report.pending, line))


class _Offer:
    """Suggestions for one report, none made twice."""

    def __init__(self, deeds: Deeds, most: int) -> None:
        self._deeds, self._most = deeds, most
        self.made: list[str] = []

    def section(self, section: Section, planned: PlannedSection) -> Section:
        """A section with what is offered for it."""
        if planned.pending:
            return _ending(section, self._for(("",), planned.part, ""))
        if planned.part != "成效":
            return section
        paragraphs: list[Paragraph] = []
        for stretch, topics in _stretches(section, planned):
            text = "".join(paragraph.text for paragraph in stretch)
            paragraphs += [*stretch, *self._for(topics, planned.part, text)]
        return replace(section, paragraphs=tuple(paragraphs))

    def _for(self, topics: Sequence[str], part: str, told: str) -> list[Paragraph]:
        each = 1 if len(topics) >= self._most else self._most
        chosen: list[str] = []
        for topic in topics:
            quota = len(chosen) + min(each, self._most - len(chosen))
            for sentence in self._deeds(topic, part):
                if len(chosen) >= quota:
                    break
                if self._is_new(sentence, told, chosen):
                    chosen.append(sentence)
        self.made += chosen
        return [Paragraph(marked(sentence)) for sentence in chosen]

    def _is_new(self, sentence: str, told: str, beside: Sequence[str]) -> bool:
        bare = _BLANK.sub("", sentence)
        if not grams(bare) or overlap(bare, told) >= _TOLD:
            return False
        return all(overlap(bare, other) < _ALIKE for other in (*self.made, *beside))


def _ending(section: Section, added: Sequence[Paragraph]) -> Section:
    return replace(section, paragraphs=(*section.paragraphs, *added))


def _stretches(
    section: Section, planned: PlannedSection
) -> Iterator[tuple[list[Paragraph], tuple[str, ...]]]:
    """The paragraphs of a section by sub-section, with its topics."""
    starts = [
        at
        for at, paragraph in enumerate(section.paragraphs)
        if paragraph.style == "heading2" or paragraph.lead_level == 2
    ]
    blocks = planned.blocks
    if len(starts) != len(blocks):
        yield list(section.paragraphs), tuple(t for block in blocks for t in block.topics)
        return
    yield list(section.paragraphs[: starts[0]]), ()
    ends = [*starts[1:], len(section.paragraphs)]
    for start, end, block in zip(starts, ends, blocks, strict=True):
        yield list(section.paragraphs[start:end]), block.topics
