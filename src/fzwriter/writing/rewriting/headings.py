"""Headings of a rewrite: the source's where they fit, else its first half with a half of the profile's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from fzwriter.domain import keywords, kinds
from fzwriter.units import Group, lacking
from fzwriter.writing.headings import block_heading, joint_heading, kept, speaks_of, weight
from fzwriter.writing.plan import Block, Material, Plan
from fzwriter.writing.rewriting.mapping import kin
from fzwriter.writing.rewriting.sayable import Sayable
from fzwriter.writing.rewriting.source import Source, SourceBlock
from fzwriter.writing.words import EVERYWHERE, grams

_PLAN_WORDS = ("计划", "要点", "思路", "打算", "安排")
_PLAIN = grams("法治，行政，工作，建设，依法，政府，组织，服务")


@dataclass
class Headings:
    """Finds headings for one rewrite; none twice.

    Attributes:
        sayable: judges what of the source may be said again.
        plan: the target's own plan.
        source: the report to be rewritten.
    """

    sayable: Sayable
    plan: Plan
    source: Source
    _used: set[str] = field(default_factory=set)

    def usual(self, part: str) -> str:
        """The target's own heading of a part."""
        return self.plan.pick(kinds()[self.plan.kind].headings_of(part), part)

    def of_part(self, part: str, chapter: str, usual: str) -> str:
        """The source's heading of a part, in the target's words; else the usual one."""
        halves = self.sayable.heading(chapter, of_part=True) if chapter else [""]
        heading = "，".join(halves)
        if not all(halves) or len(heading) > 45:
            return usual
        kind = kinds()[self.plan.kind]
        if part == "计划" and kind.same_plan and not _same_plan(heading, usual):
            return usual
        if kind.unlike and re.search(kind.unlike, heading):
            return usual
        return heading

    def of_chapter(self, chapter: str, blocks: Sequence[Block]) -> str:
        """A first-level heading over several blocks of achievements; "" where the source's won't do."""
        own = [topic for block in blocks for topic in block.topics]
        return self._joined(self.sayable.heading(chapter), own, blocks[0])

    def of_block(self, source: SourceBlock, block: Block, *, parted: bool) -> str:
        """The heading of a block that follows one of the source."""
        if parted or not self._same_matter(source, block):
            return self.added(block)
        halves = self.sayable.heading(source.heading or source.chapter)
        if _main(block) not in _main_topics(source):  # only akin: its first half may still serve
            halves = [half if said_topics(half) <= set(block.topics) else "" for half in halves]
            halves = [halves[0], ""] if len(halves) == 2 else [""]
        return self._joined(halves, block.topics, block) or self.added(block)

    def of_plan(self, source: SourceBlock, block: Block, *, parted: bool) -> str:
        """What a plan item is led by; "" for the profile's own lead."""
        halves = self.sayable.heading(source.heading)
        heading = "，".join(halves)
        if parted or not all(halves) or heading in self._used or not fits(heading, block.topics):
            return ""
        said = "".join(statement.text for statement in block.statements)
        near = grams(heading) & grams(said) - EVERYWHERE
        if not near and not any(speaks_of(heading, topic) for topic in block.topics):
            return ""
        self._used.add(heading)
        return heading

    def added(self, block: Block) -> str:
        """The profile's heading for what the source doesn't have."""
        group = self._group(block)
        heading = block.heading
        if len(both := self._two_groups(block)) > 1:
            heading = joint_heading(*both)
        elif group is not None:
            heading = block_heading(self.plan, group, block.materials)
        if group is not None and self._half_used(heading):
            titles = (t.format(**self.plan.words) for t in kept(group.titles, block.materials))
            heading = next((t for t in titles if not self._half_used(t)), heading)
        self._used.add(heading)
        return heading

    def _same_matter(self, source: SourceBlock, block: Block) -> bool:
        """Whether a block of the source is mainly about what a block mostly tells, or goes with it."""
        group = self._group(block)
        return bool(_main_topics(source) & {_main(block), *(group.topics if group else ())})

    def _two_groups(self, block: Block) -> list[Block]:
        """What a block tells under two headings of the profile, neither of them by far the larger."""
        groups = {g.key: g for g in self.plan.profile.groups}
        parts: dict[str, list[Material]] = {}
        for material in block.materials:
            key = next((k for k, g in groups.items() if material.topic in g.topics), "")
            parts.setdefault(key, []).append(material)
        sizes = {key: sum(map(weight, told)) for key, told in parts.items()}
        if "" in parts or len(parts) != 2 or 3 * min(sizes.values()) < sum(sizes.values()):
            return []
        return [Block("", tuple(told), groups[key]) for key, told in parts.items()]

    def _half_used(self, heading: str) -> bool:
        """Whether a heading shares a half with one that stands already."""
        halves = {half for used in self._used for half in used.split("，")}
        return bool(halves & set(heading.split("，")))

    def _group(self, block: Block) -> Group | None:
        """The profile's group of what a block mostly tells."""
        main = _main(block)
        return next((g for g in self.plan.profile.groups if main in g.topics), None)

    def _joined(self, halves: list[str], own: Sequence[str], block: Block) -> str:
        good = [half if half and fits(half, own) else "" for half in halves]
        heading = "，".join(good)
        if all(good) and heading not in self._used and self._names(heading, block):
            self._used.add(heading)
            return heading
        power = lacking(_main(block), self.plan.profile.type)
        if power and power.heading and power.heading not in self._used:
            self._used.add(power.heading)
            return power.heading
        borne = good[0] and kept([good[0], ""], block.materials)[0]
        if len(good) == 2 and borne and (second := self._second_half(good[0], block)):
            heading = f"{good[0]}，{second}"
            self._used.add(heading)
            return heading
        return ""

    def _names(self, heading: str, block: Block) -> bool:
        """Whether a heading says what the block is about, or at least nothing else."""
        told = said_topics(heading)
        type_ = self.plan.profile.type
        if lacking(_main(block), type_) and not told:
            return False
        if any(lacking(topic, type_) for topic in told - set(block.topics)):
            return False
        if not kept([heading, ""], block.materials)[0]:
            return False
        about = [m for m in block.materials if m.topic in told or speaks_of(heading, m.topic)]
        return not told or 2 * _size(about) >= _size(block.materials)

    def _second_half(self, first: str, block: Block) -> str:
        """The half of a profile's heading that goes best behind a first half of the source's."""
        group = self._group(block)
        if group is None:
            return ""
        titles = kept(
            (block_heading(self.plan, group, block.materials), *group.titles), block.materials
        )
        seconds = dict.fromkeys(t.split("，", 1)[1] for t in titles if "，" in t)
        fresh = [s.format(**self.plan.words) for s in seconds]
        fresh = [s for s in fresh if not (grams(first) & grams(s)) - _PLAIN]
        unused = [s for s in fresh if not any(s in heading for heading in self._used)]
        return (unused or [""])[0]


def _size(materials: Sequence[Material]) -> int:
    return sum(map(weight, materials))


def _main(block: Block) -> str:
    """The topic a block tells most of."""
    return max(block.materials, key=weight).topic


def _main_topics(source: SourceBlock) -> set[str]:
    """The topics a block of the source tells most of."""
    most = max((weight for _, weight in source.weights), default=0.0)
    return {topic for topic, weight in source.weights if weight * 3 >= most * 2}


def said_topics(text: str) -> set[str]:
    """Topics that a heading names."""
    return {topic for topic, keys in keywords().items() if any(key in text for key in keys)}


def fits(text: str, own: Sequence[str]) -> bool:
    """Whether a heading names none but a block's topics and their kin."""
    return said_topics(text) <= set(own) | {t for topic in own for t in kin(topic)}


def _same_plan(heading: str, usual: str) -> bool:
    """Whether two headings promise the same: 工作要点 isn't 工作计划."""
    mine = {word for word in _PLAN_WORDS if word in usual}
    return not mine or bool(mine & {w for w in _PLAN_WORDS if w in heading})
