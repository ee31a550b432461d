"""The target's plan after the source's skeleton: order, grouping, headings; and what became of each block."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from fzwriter.domain import kinds
from fzwriter.facts import FactSheet, Statement
from fzwriter.report import Decision
from fzwriter.writing.plan import Block, Material, Plan, PlannedSection
from fzwriter.writing.rewriting.arrange import Arranged, Naming, arrange
from fzwriter.writing.rewriting.headings import Headings
from fzwriter.writing.rewriting.mapping import Placed, place
from fzwriter.writing.rewriting.record import Action, Record
from fzwriter.writing.rewriting.sayable import Sayable
from fzwriter.writing.rewriting.source import Source, SourceBlock
from fzwriter.writing.tasks import Key


@dataclass(frozen=True)
class Pattern:
    """What a block of the target takes over from the source.

    Attributes:
        source: the block it follows.
        framing: clauses that may open it.
        aims: clauses that may close a sentence of it.
        items: it goes by 一是, 二是.
        heading: for a plan item: what it is led by.
    """

    source: SourceBlock
    framing: tuple[str, ...] = ()
    aims: tuple[str, ...] = ()
    items: bool = False
    heading: str = ""

    @property
    def masked(self) -> str:
        """The source's text, masked."""
        return "".join(sentence.masked for sentence in self.source.sentences)


@dataclass(frozen=True)
class Replan:
    """A plan that follows a source.

    Attributes:
        plan: sections in the source's order.
        patterns: what a block follows, by section and block number from 1.
        opening: clauses of the source's preamble that may be said again.
        close: how the preamble leads on, or "".
        leads: sentences that open a part.
        inline: parts whose items stand in one paragraph.
        decisions: what became of the source's blocks.
        sources: the source's blocks by part.
    """

    plan: Plan
    patterns: Mapping[Key, Pattern]
    opening: tuple[str, ...] = ()
    close: str = ""
    leads: Mapping[str, str] = field(default_factory=dict)
    inline: frozenset[str] = frozenset()
    decisions: tuple[Decision, ...] = ()
    sources: Mapping[str, tuple[SourceBlock, ...]] = field(default_factory=dict)


def replan(
    source: Source, sheet: FactSheet, plan: Plan, sayable: Sayable, naming: Naming
) -> Replan:
    """A target's plan after a source.

    Args:
        source: the report to be rewritten.
        sheet: the target's input.
        plan: the target's own plan.
        sayable: judges what of the source may be said again.
        naming: names the figures of a sentence.
    """
    return _Replanner(source, sheet, plan, sayable, naming).run()


class _Replanner:
    def __init__(
        self, source: Source, sheet: FactSheet, plan: Plan, sayable: Sayable, naming: Naming
    ) -> None:
        self._source, self._sheet, self._plan = source, sheet, plan
        self._sayable, self._naming = sayable, naming
        self._headings = Headings(sayable, plan, source)
        self._patterns: dict[Key, Pattern] = {}
        self._record = Record(source, sheet, plan.profile)

    def run(self) -> Replan:
        sections: list[PlannedSection] = []
        for part, own in self._parts():
            if part == "成效":
                sections += self._achievements(own, len(sections))
            else:
                sections.append(self._other(part, own[0], len(sections) + 1))
        followed = {id(pattern.source) for pattern in self._patterns.values()}
        self._record.dropped(followed, {section.part for section in sections})
        run_in = [block.run_in for block in self._source.part("成效") if block.heading]
        plan = replace(
            self._plan,
            sections=tuple(sections),
            run_in=sum(run_in) * 2 > len(run_in) if run_in else self._plan.run_in,
        )
        return Replan(
            plan,
            self._patterns,
            *self._opening(),
            {part: lead for part in ("问题", "计划") if (lead := self._lead(part))},
            frozenset(
                part
                for part in ("问题", "计划")
                if any(block.inline for block in self._source.part(part))
            ),
            self._record.decisions(),
            {part: self._source.part(part) for part in self._source.parts},
        )

    # -- parts -------------------------------------------------------------------------------

    def _parts(self) -> list[tuple[str, list[PlannedSection]]]:
        """The plan's parts in the source's order; those the source lacks at their usual place."""
        own: dict[str, list[PlannedSection]] = {}
        for section in self._with_leader(self._plan.sections):
            own.setdefault(section.part, []).append(section)
        if self._sheet.document.outline:
            return list(own.items())
        usual = list(own)
        order = [part for part in self._source.parts if part in own]
        for part in usual:
            if part in order:
                continue
            before = [p for p in usual[: usual.index(part)] if p in order]
            order.insert(order.index(before[-1]) + 1 if before else 0, part)
        return [(part, own[part]) for part in order]

    def _with_leader(self, sections: Sequence[PlannedSection]) -> list[PlannedSection]:
        """The leader's duties as a part of their own where the source has one and the target has any."""
        part = "第一责任人"
        said = tuple(s for s in self._sheet.statements if s.kind == part)
        has = any(section.part == part for section in sections)
        if has or not said or part not in self._source.parts or self._sheet.document.outline:
            return list(sections)
        rest = [replace(one, blocks=_without(one.blocks, said)) for one in sections]
        heading = self._plan.pick(kinds()[self._plan.kind].headings_of(part), part)
        block = Block("", (Material("组织领导", statements=said),))
        kept = [one for one in rest if one.blocks or one.pending]
        return [*kept, PlannedSection(part, heading, (block,))]

    def _achievements(self, own: list[PlannedSection], done: int) -> list[PlannedSection]:
        blocks = _blocks_of(own)
        if self._sheet.document.outline or not blocks:
            return self._outlined(own, done)
        placed = place(blocks, self._source.part("成效"))
        if self._source.flat:
            return self._flat(placed, done)
        return self._under_one(placed, own, done)

    def _under_one(
        self, placed: list[Placed], own: list[PlannedSection], done: int
    ) -> list[PlannedSection]:
        """Achievements under one heading; a chapter of the source's without any inside stands alone."""
        chapter = self._source.umbrella
        if not chapter:
            chapter = next((b.chapter for b in self._source.part("成效")), "")
        usual = own[0].heading if len(own) == 1 else self._headings.usual("成效")
        heading = self._headings.of_part("成效", chapter, usual)
        alone = [p for p in placed if p.source and self._stands_alone(p.source)]
        rest = [p for p in placed if p not in alone]
        first = next((at for at, p in enumerate(placed) if p in rest), len(placed))
        before = [p for p in placed[:first] if p in alone]
        runs = [*([p] for p in before), rest, *([p] for p in alone if p not in before)]
        if chapter and rest:
            self._record.umbrella(chapter, heading)
        sections = []
        for number, run in enumerate((r for r in runs if r), done + 1):
            made = [self._made(p, (number, at)) for at, p in enumerate(run, 1)]
            if run is rest:
                sections.append(PlannedSection("成效", heading, tuple(made)))
            else:
                blocks = (replace(made[0], heading=""),)
                sections.append(PlannedSection("成效", made[0].heading, blocks))
        return sections

    def _stands_alone(self, source: SourceBlock) -> bool:
        umbrella = self._source.umbrella
        return bool(umbrella and not source.heading and source.chapter != umbrella)

    def _outlined(self, own: list[PlannedSection], done: int) -> list[PlannedSection]:
        """Sections handed down from above stay as they are; their blocks still learn their order."""
        result = []
        for number, section in enumerate(own, done + 1):
            blocks = []
            for at, block in enumerate(section.blocks, 1):
                found = place([block], self._source.part("成效"), join=False)
                source = found[0].source if found else None
                blocks.append(self._made(Placed(block, source), (number, at), keep=True))
            result.append(replace(section, blocks=tuple(blocks)))
        return result

    def _flat(self, placed: list[Placed], done: int) -> list[PlannedSection]:
        """Achievements under first-level headings, as in the source."""
        runs: list[list[Placed]] = []
        for one in placed:
            chapter = one.source.chapter if one.source else None
            last = runs[-1][-1].source if runs else None
            if last and chapter and last.chapter == chapter and one.source and one.source.heading:
                runs[-1].append(one)
            else:
                runs.append([one])
        headed: list[tuple[str, list[Placed]]] = []
        for run in runs:
            chapter = run[0].source.chapter if run[0].source else ""
            heading = ""
            if len(run) > 1:
                heading = self._headings.of_chapter(chapter, [one.block for one in run])
            headed += [(heading, run)] if heading else [("", [one]) for one in run]
        sections = []
        for number, (heading, run) in enumerate(headed, done + 1):
            made = [self._made(one, (number, at)) for at, one in enumerate(run, 1)]
            if not heading:
                heading, made = made[0].heading, [replace(made[0], heading="")]
            sections.append(PlannedSection("成效", heading, tuple(made)))
        return sections

    def _made(self, placed: Placed, key: Key, *, keep: bool = False) -> Block:
        """A block of the target, arranged and headed after its source, which is put on record."""
        source, block = placed.source, placed.block
        if source is None:
            heading = block.heading if keep else self._headings.added(block)
            self._record.added(heading, block)
            return replace(block, heading=heading)
        arranged = arrange(block.materials, source, self._naming)
        block = replace(block, materials=arranged.materials)
        heading = block.heading
        if not keep:
            heading = self._headings.of_block(source, block, parted=placed.parted)
        self._patterns[key] = self._pattern(source)
        kept = heading == source.heading and set(block.topics) <= {t for t, _ in source.weights}
        action: Action = "沿用" if kept and not placed.parted else "改写"
        self._record.followed(source, action, block, heading, arranged, parted=placed.parted)
        return replace(block, heading=heading)

    def _pattern(self, source: SourceBlock) -> Pattern:
        framing: dict[str, None] = {}
        aims: dict[str, None] = {}
        for sentence in source.sentences:
            framing |= dict.fromkeys(self._sayable.framing(sentence))
            aims |= dict.fromkeys(self._sayable.aims(sentence))
        return Pattern(source, tuple(framing), tuple(aims), source.items)

    def _other(self, part: str, own: PlannedSection, number: int) -> PlannedSection:
        sources = self._source.part(part)
        if not sources:
            why = "单位数据中有这部分材料" if not own.pending else "这类文种要有这一部分"
            self._record.note(None, "新增", own.heading, why)
            return own
        heading, called = own.heading, self._called(sources[0])
        if not self._sheet.document.outline:
            heading = self._headings.of_part(part, called, own.heading)
        action: Action = "沿用" if heading == called else "改写"
        blocks = own.blocks
        if part == "计划":
            blocks = self._plans(own.blocks, sources, number)
        lead = frozenset({0} if self._lead(part) else ())
        gone = [*self._record.gone(sources[0], Arranged((), lead))]
        gone += [line for s in sources[1:] for line in self._record.gone(s, Arranged(()))]
        why = "结构沿用，内容全部用本单位材料" if not own.pending else "本单位没有提供这部分材料"
        self._record.note(sources[0], action, heading, why, gone, called)
        return replace(own, heading=heading, blocks=blocks)

    def _called(self, source: SourceBlock) -> str:
        """The heading over a part: the first-level one, or the inner one where that is the results'."""
        over = {block.chapter for block in self._source.part("成效")}
        return source.heading if source.heading and source.chapter in over else source.chapter

    def _plans(
        self, blocks: Sequence[Block], sources: Sequence[SourceBlock], number: int
    ) -> tuple[Block, ...]:
        named = [source for source in sources if source.heading]
        if not named:
            return tuple(blocks)
        placed = place(blocks, named, join=False)
        result = []
        for at, one in enumerate(placed, 1):
            if one.source is not None:
                heading = self._headings.of_plan(one.source, one.block, parted=one.parted)
                self._patterns[(number, at)] = replace(self._pattern(one.source), heading=heading)
            result.append(one.block)
        return tuple(result)

    # -- words of the whole --------------------------------------------------------------------

    def _opening(self) -> tuple[tuple[str, ...], str]:
        clauses: dict[str, None] = {}
        close = ""
        for sentence in self._source.opening:
            if sentence.role == "过渡":
                close = self._sayable.lead(sentence)
            elif not clauses:
                clauses |= dict.fromkeys(self._sayable.opening(sentence))
        return tuple(clauses), close

    def _lead(self, part: str) -> str:
        """The sentence before the items of a part."""
        sources = self._source.part(part)
        if not sources or sources[0].heading or not sources[0].sentences:
            return ""
        first = sources[0].sentences[0]
        # A block that is an item itself holds no lead, but a plan of the source's unit.
        alone = len(sources[0].sentences) == 1 and len(sources) > 1 and not sources[0].items
        before_items = not first.item and any(one.item for one in sources[0].sentences)
        return self._sayable.lead(first) if alone or before_items else ""


def _without(blocks: Sequence[Block], said: Sequence[Statement]) -> tuple[Block, ...]:
    """Blocks without some statements, and without what is then empty."""
    result = []
    for block in blocks:
        materials = [
            replace(m, statements=tuple(s for s in m.statements if s not in said))
            for m in block.materials
        ]
        left = tuple(m for m in materials if m.statements or m.facts or m.derived)
        if left:
            result.append(replace(block, materials=left))
    return tuple(result)


def _blocks_of(own: Sequence[PlannedSection]) -> list[Block]:
    """The blocks of 成效, with the heading they have where it stands over the section."""
    return [
        replace(block, heading=block.heading or section.heading)
        for section in own
        for block in section.blocks
    ]
