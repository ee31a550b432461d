"""The report to be rewritten, read as a skeleton: blocks with headings, topics and sentences.

A sentence is kept twice: as printed, and masked (figures, names, documents as typed blanks). Only
masked text may lend its words; what is printed serves to find the figure a blank stood for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from fzwriter.domain import keywords
from fzwriter.reading import SeedReport, outline
from fzwriter.reading.headings import Block as Stretch
from fzwriter.reading.headings import blocks
from fzwriter.reading.mask import mask
from fzwriter.reading.names import Names
from fzwriter.reading.numbered import item_numbers, label
from fzwriter.reading.sentences import MEMBER, spans
from fzwriter.reading.split import part_of
from fzwriter.reading.topics import topic_of
from fzwriter.units import Profile, find_profile
from fzwriter.writing.rewriting.roles import Role, role_of

_UMBRELLA = re.compile(r"完成情况|工作总结|工作情况|重点工作|重点任务|计划推进|工作要点|工作思路$")
_HEADING_WEIGHT = 3
_EXCERPT = 14
_OPENING = 60  # characters
_PROBLEMS = re.compile(
    "存在.{0,8}(?:问题|不足|差距|短板)|不足之处|(?:不少|一些|一定)(?:欠账|差距|短板|不足)|问题.{0,4}(?:主要|表现)"
)
_AHEAD = re.compile(
    "下一步|下步|今后|新的一年|来年|明年|(?:20[0-9]{2}|下)年[^。]{0,10}(?:将|计划)|将继续"
)
_NAMED = ("地名", "单位", "人名", "文件")
_LONGEST_LEAD = 24  # characters of the sentence that heads an item


@dataclass(frozen=True)
class Sentence:
    """A sentence of the source.

    Attributes:
        text: as printed, its end mark included.
        masked: the same with typed blanks.
        role: what it does in the report.
        topic: canonical topic, or "".
        item: it opens a 一是 item.
        own: names and documents that were masked in it.
    """

    text: str
    masked: str
    role: Role
    topic: str
    item: bool = False
    own: tuple[str, ...] = ()


@dataclass(frozen=True)
class SourceBlock:
    """What stands under one heading.

    Attributes:
        part: 成效 问题 …
        chapter: first-level heading above it, as printed; "" for none.
        heading: its own heading, "" where it stands right under the chapter's.
        sentences: in order.
        weights: how much it speaks of each topic; its heading counts most.
        items: its paragraphs go by 一是, 二是.
        inline: those items stand in one paragraph.
        run_in: its heading is run into its paragraph.
        mark: what its heading is numbered with: ``（一）``, ``1.`` or "".
    """

    part: str
    chapter: str
    heading: str
    sentences: tuple[Sentence, ...]
    weights: tuple[tuple[str, float], ...]
    items: bool = False
    inline: bool = False
    run_in: bool = False
    mark: str = ""

    @property
    def title(self) -> str:
        """What it is called to people: its heading, else how it begins."""
        if self.heading or self.chapter:
            return self.heading or self.chapter
        begins = self.sentences[0].masked[:_EXCERPT] if self.sentences else ""
        return f"（无标题）{begins}……"

    @property
    def topic(self) -> str:
        """What it is mostly about, or ""."""
        return self.weights[0][0] if self.weights else ""


@dataclass(frozen=True)
class Source:
    """A report to be rewritten.

    Attributes:
        report: as read.
        profile: of its unit.
        names: what is masked in it.
        opening: sentences of its preamble.
        blocks: in order, without the preamble.
    """

    report: SeedReport
    profile: Profile
    names: Names
    opening: tuple[Sentence, ...]
    blocks: tuple[SourceBlock, ...]

    @property
    def year(self) -> int:
        """Its reporting year; 0 when unknown."""
        return self.report.year

    @property
    def particulars(self) -> frozenset[str]:
        """Names of places, bodies, people and documents that are its own."""
        sentences = (*self.opening, *(s for block in self.blocks for s in block.sentences))
        named = {name for sentence in sentences for name in sentence.own}
        return frozenset(named | {*self.names.places, *self.names.people, *self.names.units})

    def part(self, part: str) -> tuple[SourceBlock, ...]:
        """Its blocks of one part."""
        return tuple(block for block in self.blocks if block.part == part)

    @property
    def parts(self) -> tuple[str, ...]:
        """Its parts in the order they first come."""
        return tuple(dict.fromkeys(block.part for block in self.blocks))

    @property
    def umbrella(self) -> str:
        """The one first-level heading with its achievements under second-level ones; "" for none."""
        counts = Counter(block.chapter for block in self.part("成效") if block.heading)
        return next(iter(counts)) if len(counts) == 1 else ""

    @property
    def flat(self) -> bool:
        """Its achievements stand under several first-level headings."""
        chapters = {block.chapter for block in self.part("成效")}
        return not self.umbrella and len(chapters) > 1


def read_source(report: SeedReport) -> Source:
    """The skeleton of a report."""
    names = report.names()
    profile = find_profile(report.unit_type, report.unit, report.level)
    opening: list[Sentence] = []
    found: list[SourceBlock] = []
    stretches = list(blocks(report.paragraphs, report.unit))
    bare = not any(stretch.path for stretch in stretches)
    marks = _marks(report)
    groups = [((), [stretch]) for stretch in stretches] if bare else list(_grouped(stretches))
    for path, group in groups:
        part = part_of(path, group[0].text, report.kind, opening=not opening or not bare)
        if part == "导语":
            opening += [s for one in group for s in _sentences(one.text, names)]
            continue
        found += _blocks(part, path, group, names, marks, bare=bare)
    return Source(report, profile, names, tuple(opening), tuple(found))


def _marks(report: SeedReport) -> dict[str, tuple[str, int]]:
    """For each heading its number's look and its paragraph."""
    return {
        h.text: (label(h.level, 1), h.paragraph) for h in outline(report.paragraphs, report.unit)
    }


def _grouped(stretches: list[Stretch]) -> Iterator[tuple[tuple[str, ...], list[Stretch]]]:
    """Runs of paragraphs under one heading, headings below the block's level left aside."""
    run: list[Stretch] = []
    key: tuple[str, ...] | None = None
    for stretch in stretches:
        mine = _key(stretch.path)
        if mine != key and run:
            yield key or (), run
            run = []
        key = mine
        run.append(stretch)
    if run:
        yield key or (), run


def _key(path: tuple[str, ...]) -> tuple[str, ...]:
    """The headings down to the one that names a matter: 重点工作完成情况 doesn't."""
    depth = 3 if len(path) > 2 and _UMBRELLA.search(path[1]) else 2
    return path[:depth]


def _blocks(
    part: str,
    path: tuple[str, ...],
    group: list[Stretch],
    names: Names,
    marks: dict[str, tuple[str, int]],
    *,
    bare: bool,
) -> Iterator[SourceBlock]:
    """The block of a heading; without any headings in the report, one a paragraph."""
    if bare:
        for stretch in group:
            yield _block(_told_part(stretch.text, part), (), [stretch], names, marks)
        return
    umbrella = part == "成效" and len(path) > 1 and _UMBRELLA.search(path[-1])
    if umbrella or (part == "计划" and any(item_numbers(one.text) for one in group)):
        # Matters told as 一是 items under a heading that names none: each item is a block.
        for stretch in group:
            yield from _items_as_blocks(part, path, stretch, names)
        return
    yield _block(part, path, group, names, marks)


def _told_part(text: str, part: str) -> str:
    """The part of a paragraph in a report without headings, by the words it opens with."""
    opening = text[:_OPENING]
    if _PROBLEMS.search(opening):
        return "问题"
    return "计划" if _AHEAD.search(opening) else part


def _items_as_blocks(
    part: str, path: tuple[str, ...], stretch: Stretch, names: Names
) -> Iterator[SourceBlock]:
    """The items of a paragraph, each led by its first sentence where that is short enough."""
    found = item_numbers(stretch.text)
    if not found or found[0].start():
        before = stretch.text[: found[0].start()] if found else stretch.text
        yield _block(part, path, [Stretch(path, before, stretch.paragraph)], names, {})
    if not found:
        return
    ends = [match.start() for match in found[1:]] + [len(stretch.text)]
    for match, end in zip(found, ends, strict=True):
        text = stretch.text[match.end() : end]
        lead, _, rest = text.partition("。")
        inner = (*path, lead) if rest and len(lead) <= _LONGEST_LEAD else path
        told = rest if inner != path else text
        block = _block(part, inner, [Stretch(inner, told, stretch.paragraph)], names, {})
        yield replace(block, items=True, inline=len(found) > 1)


def _block(
    part: str,
    path: tuple[str, ...],
    group: list[Stretch],
    names: Names,
    marks: dict[str, tuple[str, int]],
) -> SourceBlock:
    heading = path[-1] if len(path) > 1 else ""
    sentences = tuple(s for one in group for s in _sentences(one.text, names, part))
    numbered = [len(item_numbers(one.text)) for one in group]
    mark, at = marks.get(heading, ("", -1))
    return SourceBlock(
        part=part,
        chapter=path[0] if path else "",
        heading=heading,
        sentences=sentences,
        weights=_weights(heading or (path[0] if path else ""), sentences),
        items=sum(numbered) > 1,
        inline=any(count > 1 for count in numbered),
        run_in=bool(heading) and at == group[0].paragraph,
        mark=mark,
    )


def _sentences(text: str, names: Names, part: str = "导语") -> list[Sentence]:
    starts = {match.start(): match.end() for match in item_numbers(text)}
    found = []
    for start, end in spans(text, f"{MEMBER}："):
        start += len(text[start:end]) - len(text[start:end].lstrip())
        item = start in starts
        raw = text[starts.get(start, start) : end].strip()
        if not raw:
            continue
        masked = mask(raw, places=names.places, people=names.people, units=names.units)
        own = tuple(b.original for b in masked.blanks if b.kind in _NAMED)
        role = role_of(masked.text, part)
        found.append(Sentence(raw, masked.text, role, topic_of(raw), item, own))
    return found


def _weights(heading: str, sentences: tuple[Sentence, ...]) -> tuple[tuple[str, float], ...]:
    weights: Counter[str] = Counter()
    for topic, keys in keywords().items():
        said = max((len(key) for key in keys if key in heading), default=0)
        if said:
            weights[topic] += _HEADING_WEIGHT
    for sentence in sentences:
        if sentence.topic:
            weights[sentence.topic] += 1
    return tuple(weights.most_common())
