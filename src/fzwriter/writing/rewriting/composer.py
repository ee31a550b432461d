"""The offline composer with a source behind it: its preamble, framing, leads, items and aims."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from fzwriter.domain import kinds
from fzwriter.facts import FactSheet
from fzwriter.reading.numbered import opens_item, spelled
from fzwriter.reading.sentences import sentences
from fzwriter.report import Paragraph, Span
from fzwriter.writing.headings import fresh_lead
from fzwriter.writing.mixed import MixedComposer
from fzwriter.writing.phrasebook import phrases
from fzwriter.writing.plan import Block, PlannedSection
from fzwriter.writing.rewriting.replan import Pattern, Replan
from fzwriter.writing.tasks import Key
from fzwriter.writing.telling import Framing, stop
from fzwriter.writing.words import grams, overlap

_LEAST_OPENING = 2  # clauses of the source without which the target's usual preamble is better
_REPEATS = 0.4
_DENIED = ("未发生", "未发现", "没有")
_PURPOSE = re.compile(
    r"^(?:让|使|确保|切实|不断|着力|努力|力争|防止|避免|以[^，]{2,10}(?:促|推|保)|把[^，]{2,12}(?:在|到))"
)


class RewriteComposer(MixedComposer):
    """Composes a target's report after a source.

    Args:
        sheet: the target's input.
        replan: the plan after the source.
        framing: what the composer borrows elsewhere when the source lends nothing.
        texts: paragraphs with slots that a model wrote, by key.
        told: ids of the statements those texts tell.
    """

    def __init__(
        self,
        sheet: FactSheet,
        replan: Replan,
        framing: Framing | None = None,
        texts: Mapping[Key, Sequence[str]] | None = None,
        told: Collection[str] = (),
    ) -> None:
        self._replan = replan
        self._elsewhere = framing
        self._keys: dict[int, Key] = {
            id(block): (number, at)
            for number, section in enumerate(replan.plan.sections, 1)
            for at, block in enumerate(section.blocks, 1)
        }
        super().__init__(sheet, replan.plan, framing, texts or {}, told)

    # -- the source's words --------------------------------------------------------------------

    def _pattern(self, block: Block) -> Pattern | None:
        return self._replan.patterns.get(self._keys.get(id(block), (0, 0)))

    def _opening(self) -> str:
        """The source's preamble as far as it may be said again, else the usual one."""
        usual = super()._opening()
        words, openings = self._plan.words, phrases()["openings"]
        time = f"{words['time']}，"
        clauses = [c.strip("，。") for c in self._replan.opening if not c.startswith(time)]
        guided = any(re.search("思想|精神|领导下", clause) for clause in clauses)
        if len(clauses) < _LEAST_OPENING or not guided:
            return usual
        lead = [c for c in clauses if c.startswith("在")]
        body = [*lead, *(c for c in clauses if c not in lead)]
        if not any(words["self"] in clause for clause in body):
            if len(lead) == len(body):
                body.append(words["self"])
            else:
                body[len(lead)] = words["self"] + body[len(lead)]
        self._run.said |= set(clauses)
        goal = "。"
        if not any(words["mission"] in clause for clause in body):  # else its aim is stated
            goal = f"，{self._plan.pick(self._fresh(openings['aim'], ''.join(body)), 'aim')}"
        close = self._replan.close or self._plan.pick(kinds()[self._plan.kind].close, "close")
        return f"{time}{'，'.join(body)}{goal}{close}"

    def _lead(self, planned: PlannedSection) -> str:
        lead = self._replan.leads.get(planned.part, "")
        if not lead:
            return super()._lead(planned)
        if re.search("[以如]下", lead):  # it announces the items
            return f"{lead.rstrip('，；。：')}："
        return lead if lead.endswith(("。", "：")) else f"{lead.rstrip('，；')}。"

    # -- blocks --------------------------------------------------------------------------------

    def _tell(self, block: Block) -> list[str]:
        pattern = self._pattern(block)
        self._run.framing = self._lending(pattern)
        texts = super()._tell(block)
        if pattern is None or self._by_model(block):
            return texts
        if pattern.items and len(block.materials) > 1:
            texts = self._as_items(block, texts)
        aim = self._aim(block, pattern, "".join(texts))
        if aim and texts:
            texts = [*texts[:-1], _with_aim(texts[-1], aim)]
        return texts

    def _lending(self, pattern: Pattern | None) -> Framing:
        """The framing clauses of the source's block, then those from elsewhere."""
        own = pattern.framing if pattern else ()
        elsewhere = self._elsewhere

        def framing(topic: str, part: str) -> Sequence[str]:
            return own or (elsewhere(topic, part) if elsewhere else ())

        return framing

    def _by_model(self, block: Block) -> bool:
        key = self._keys.get(id(block))
        return bool(key and (self._texts.get(key) or self._texts.get((key[0], 0))))

    def _as_items(self, block: Block, texts: list[str]) -> list[str]:
        """一是…二是…: one item a topic, as the source has them; only where each begins with a deed."""
        if len(texts) != len(block.materials) or any(not m.statements for m in block.materials):
            return texts
        return ["".join(f"{spelled(at)}是{text}" for at, text in enumerate(texts, 1))]

    def _aim(self, block: Block, pattern: Pattern, text: str) -> str:
        """An aim of the source's that ends the block, near enough to what it tells."""
        matter = grams(text + block.heading + "".join(block.topics))
        for aim in pattern.aims:
            if not _PURPOSE.match(aim) or aim in self._run.said or aim in text:
                continue
            words = grams(aim)
            if overlap(aim, text) > _REPEATS or not words & matter:
                continue
            self._run.said.add(aim)
            return aim
        return ""

    # -- problems and plans ----------------------------------------------------------------------

    def _problems(self, planned: PlannedSection) -> Iterator[Paragraph]:
        yield from self._in_style("问题", super()._problems(planned))

    def _plans(self, planned: PlannedSection) -> Iterator[Paragraph]:
        yield from self._in_style("计划", self._plan_items(planned))

    def _plan_items(self, planned: PlannedSection) -> Iterator[Paragraph]:
        """一是抓什么。怎么做。 What an item is about is said as the source says it, where it can be."""
        several = len(planned.blocks) > 1
        lead = self._lead(planned)
        if several and lead:
            yield self._paragraph(lead)
        for number, block in enumerate(planned.blocks, 1):
            pattern = self._pattern(block)
            about = pattern.heading if pattern else ""
            about = about or fresh_lead(self._plan, block)
            mark = f"{spelled(number)}是" if several else ""
            told = "".join(stop(statement.text) for statement in block.statements)
            yield self._paragraph(f"{mark}{about}{'。' if about else ''}{told}")

    def _in_style(self, part: str, paragraphs: Iterator[Paragraph]) -> Iterator[Paragraph]:
        """Lead and items in one paragraph where the source has them so."""
        found = list(paragraphs)
        if part not in self._replan.inline or sum(opens_item(p.text) for p in found) < 2:
            yield from found
            return
        spans: list[Span] = []
        at = 0
        for paragraph in found:
            spans += [replace(s, start=s.start + at, end=s.end + at) for s in paragraph.spans]
            at += len(paragraph.text)
        yield Paragraph("".join(p.text for p in found), spans=tuple(spans))


def _with_aim(text: str, aim: str) -> str:
    """A text whose last sentence goes on with an aim, unless it ends in figures."""
    body = sentences(text.rstrip(), "。")
    if (
        not body
        or body[-1].startswith(_DENIED)
        or "[[" in body[-1]
        or len(body[-1]) > 120
        or body[-1].count("，") > 5
    ):
        return text
    return "".join(body[:-1]) + f"{body[-1].rstrip('。')}，{aim}。"
