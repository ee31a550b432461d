"""Planning: which sections a report has, and which facts and statements go where.

The parts come from the document kind (``domain/kinds``) or from an outline handed down; within 成效 the
profile's groups give the sub-sections. Nothing is planned without material, except the parts that
such a report must have: those are planned empty and reported as 材料待补.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from fzwriter.domain import Kind, find_kind
from fzwriter.facts import FactSheet
from fzwriter.units import Group, Profile, find_profile
from fzwriter.writing.headings import block_heading, joint_heading, part_heading
from fzwriter.writing.material import Sorted, sort_material
from fzwriter.writing.outline import outlined, split_outline
from fzwriter.writing.plan import Block, Material, Plan, PlannedSection
from fzwriter.writing.titles import guidance, make_title, period_words, plan_word

_LONG = 260  # characters: a sub-section of more takes no other in
_FIGURE = 16  # characters a figure takes with its name
_FEW = 5  # blocks: a report of fewer is short anyhow


def make_plan(sheet: FactSheet) -> Plan:
    """Plan a report from a fact sheet.

    Args:
        sheet: the input; its ``document.outline`` replaces the usual sections.

    Returns:
        Sections in order. A mandatory part without input is planned with ``pending`` set.

    Raises:
        InputError: the sheet's kind of document isn't known.
    """
    unit = sheet.unit
    profile = find_profile(unit.type, unit.name, unit.level, unit.region)
    kind = find_kind(sheet.document.kind)
    year = sheet.period.year
    words = {
        **profile.words,
        **period_words(sheet.period),
        "unit": unit.name,
        "year": str(year),
        "next": str(year + 1),
        "guidance": guidance(year),
        "plan_word": plan_word(sheet.document.kind),
    }
    seed = int.from_bytes(sha256(f"{unit.name}{year}".encode()).digest()[:4], "big")
    title = make_title(sheet, kind, words)
    plan = Plan(title, kind.kind, kind.run_in, (), profile, words, seed)
    outline = outlined(sheet)
    parts = tuple(dict.fromkeys(p for p, _ in outline)) if outline else kind.parts
    known = frozenset(topic for group in profile.groups for topic in group.topics)
    sorted_ = sort_material(sheet, parts, known)
    named = outline or [
        (part, part_heading(plan, part, kind.headings_of(part), sheet))
        for part in parts
        if part != "导语"
    ]
    return replace(plan, sections=tuple(_sections(named, sorted_, plan, kind, bool(outline))))


def _sections(
    named: list[tuple[str, str]],
    sorted_: Sorted,
    plan: Plan,
    kind: Kind,
    handed_down: bool,
) -> list[PlannedSection]:
    achievements = [heading for part, heading in named if part == "成效"]
    split = (
        dict(split_outline(achievements, _blocks(sorted_, "成效", plan.profile, plan)))
        if achievements
        else {}
    )
    sections: list[PlannedSection] = []
    for part, heading in named:
        if part == "成效" and plan.profile.flat and not (handed_down or kind.one_section):
            sections += [
                PlannedSection(part, block.heading, (replace(block, heading=""),))
                for block in split[heading]
            ]
            continue
        if part == "成效":
            blocks = _without_thin(split[heading])
        elif part in ("问题", "计划"):
            blocks = _blocks(sorted_, part, plan.profile, plan)
        else:
            materials = sorted_.materials(part, sorted_.topics(part))
            blocks = [Block("", materials)] if materials else []
        if blocks or part in kind.mandatory or handed_down:
            sections.append(PlannedSection(part, heading, tuple(blocks), pending=not blocks))
    return sections


def _size(block: Block) -> int:
    """About how many characters a block will have."""
    statements = sum(len(statement.text) for statement in block.statements)
    return statements + _FIGURE * sum(len(m.facts) + len(m.derived) for m in block.materials)


def _is_thin(block: Block) -> bool:
    """Whether a block would be a single sentence: one statement or one figure with its parts."""
    roots = [f for m in block.materials for f in m.facts if not f.parts_of]
    return len(block.statements) + len(roots) == 1


def _without_thin(blocks: Sequence[Block]) -> list[Block]:
    """Blocks, those of a single sentence told together with the smaller of their neighbours.

    A report of few blocks keeps them all, and so does one whose neighbours are long.
    """
    result, single = list(blocks), [block for block in blocks if block.group]
    for block in blocks:
        if len(result) < _FEW or block.group is None or not _is_thin(block):
            continue
        at = next((i for i, one in enumerate(result) if one is block), None)
        if at is None:  # went with the one before already
            continue
        near = [i for i in (at - 1, at + 1) if 0 <= i < len(result) and result[i] in single]
        other = min(near, key=lambda i: _size(result[i]), default=at)
        if other == at or _size(result[other]) > _LONG:
            continue
        first, second = sorted((at, other))
        one, two = result[first], result[second]
        both = Block(joint_heading(one, two), (*one.materials, *two.materials), one.group)
        result[first : second + 1] = [both]
    return result


def _in_order(materials: Sequence[Material], group: Group) -> tuple[Material, ...]:
    """Materials in the group's order of topics; those of mere figures never before all statements."""
    ordered = sorted(materials, key=lambda material: group.topics.index(material.topic))
    first = next((n for n, material in enumerate(ordered) if material.statements), 0)
    return (*ordered[first:], *ordered[:first])


def _blocks(sorted_: Sorted, part: str, profile: Profile, plan: Plan) -> list[Block]:
    """The profile's groups that have material, then what no group covers."""
    blocks: list[Block] = []
    left = sorted_.topics(part)
    for group in profile.groups:
        topics = [t for t in left if t in group.topics]
        if topics:
            materials = sorted_.materials(part, topics)
            if part == "成效":
                materials = _in_order(materials, group)
            before = [block.heading for block in blocks]
            blocks.append(Block(block_heading(plan, group, materials, before), materials, group))
        left = [t for t in left if t not in topics]
    for topic in left:
        heading = (
            "做好其他相关工作" if topic == "其他" else f"扎实做好{topic.removesuffix('工作')}工作"
        )
        blocks.append(Block(heading, sorted_.materials(part, [topic])))
    if part != "成效":
        # Problems and plans keep the user's order: the first is meant to be the weightiest.
        order = sorted_.topics(part)
        blocks.sort(key=lambda block: min(order.index(topic) for topic in block.topics))
    return blocks
