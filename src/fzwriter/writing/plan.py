"""Planning: which sections a report has, and which facts and statements go where.

The parts come from the document kind (``phrases.yaml``) or from an outline handed down; within 成效 the
profile's groups give the sub-sections. Nothing is planned without material, except the parts that
such a report must have: those are planned empty and reported as 待单位确认.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

import yaml

from fzwriter.facts import Derived, Fact, FactSheet, Statement, load_catalogue
from fzwriter.units import Group, Profile, find_profile
from fzwriter.writing.words import grams, overlap

DEEDS = ("举措", "亮点")
_STATEMENT_PARTS = {
    "问题": "问题",
    "原因": "问题",
    "第一责任人": "第一责任人",
    "计划": "计划",
    "其他": "其他",
}
_OUTLINE_PARTS = (
    ("第一责任人", r"第一责任人|主要负责人"),
    ("问题", r"问题|不足|短板|差距|困难|薄弱|弱项|成因|欠缺"),
    ("计划", r"计划|打算|安排|思路|要点|下一步|下步|下一年|今后|展望|来年|明年|考虑|谋划|努力方向"),
    ("亮点", r"亮点|创新|特色"),
    ("其他", r"其他"),
)


@lru_cache(maxsize=1)
def phrases() -> dict[str, Any]:
    """The set phrases of the genre."""
    loaded = yaml.safe_load((files("fzwriter.writing") / "phrases.yaml").read_text("utf-8"))
    assert isinstance(loaded, dict)
    return loaded


@dataclass(frozen=True)
class Material:
    """What is told under one topic.

    Attributes:
        topic: canonical, or the sheet's own word.
        facts: its facts, parts after their totals.
        derived: derived figures told with them.
        statements: its statements, in the sheet's order.
    """

    topic: str
    facts: tuple[Fact, ...] = ()
    derived: tuple[Derived, ...] = ()
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True)
class Block:
    """A sub-section: heading (without number; "" for none) and its material by topic."""

    heading: str
    materials: tuple[Material, ...]
    group: Group | None = None

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics it covers."""
        return tuple(material.topic for material in self.materials)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All its statements."""
        return tuple(s for material in self.materials for s in material.statements)


@dataclass(frozen=True)
class PlannedSection:
    """A first-level section.

    Attributes:
        part: 成效 问题 … ; see ``report.Section``.
        heading: without number.
        blocks: sub-sections; a single one without heading is told without a sub-heading.
        pending: nothing was handed in for it.
    """

    part: str
    heading: str
    blocks: tuple[Block, ...]
    pending: bool = False


@dataclass(frozen=True)
class Plan:
    """The whole report, planned.

    Attributes:
        title: printed title.
        kind: key of the document kind: report, plan, summary.
        run_in: sub-headings run into their paragraphs.
        sections: in order, without the preamble.
        profile: the unit's profile.
        words: what templates may name.
        seed: stable number that picks variants, from unit and year.
    """

    title: str
    kind: str
    run_in: bool
    sections: tuple[PlannedSection, ...]
    profile: Profile
    words: dict[str, str] = field(hash=False)
    seed: int = 0

    def pick(self, variants: list[str] | tuple[str, ...], salt: str = "") -> str:
        """One of the variants, always the same for the same unit and year."""
        digest = sha256(f"{self.seed}{salt}".encode()).digest()
        return variants[digest[0] % len(variants)].format(**self.words)


def document_kind(kind: str) -> str:
    """Key of the document kind that free text means: report, plan or summary."""
    kinds = phrases()["kinds"]
    if any(word in kind for word in ("总结", "汇报")) and any(
        w in kind for w in kinds["plan"]["match"]
    ):
        return "plan"
    for key in ("report", "summary", "plan"):
        if any(word in kind for word in kinds[key]["match"]):
            return key
    return "report"


def _guidance(year: int) -> str:
    table: dict[int, str] = phrases()["guidance"]
    years = [y for y in sorted(table) if y <= year] or [min(table)]
    return table[years[-1]]


def _plan_word(kind: str) -> str:
    for word in ("工作要点", "工作思路", "工作打算", "工作安排"):
        if word in kind or word[2:] in kind:
            return "工作思路和要点" if "思路" in kind and "要点" in kind else word
    return "工作计划"


def make_title(sheet: FactSheet, kind: str, words: dict[str, str]) -> str:
    """The printed title: the sheet's own, or the usual one for its kind."""
    if sheet.document.title:
        return sheet.document.title
    if kind == "report":
        return str(phrases()["kinds"]["report"]["title"]).format(**words)
    text = sheet.document.kind
    year, after = words["year"], words["next"]
    match = re.search(r"(?:法治(?:政府)?建设)?(?:工作)?总结", text)
    if match and year not in text:
        text = f"{text[: match.start()]}{year}年{text[match.start() :]}"
    tail = re.search(r"(?<=[和与及暨])(?:下一年|下年度)?(工作)?(?:计划|要点|思路|打算|安排)", text)
    if tail and after not in text:
        text = f"{text[: tail.start()]}{after}年{text[tail.start() :]}"
    return f"{words['unit']}{text}"


# -- sorting material ------------------------------------------------------------------------


def _topic(text: str, name: str = "") -> str:
    catalogue = load_catalogue()
    return catalogue.topic_of(text) or (catalogue.topic_of(name) if name else "") or text


def _roots(sheet: FactSheet) -> dict[str, str]:
    """For each fact the id of the total at the top of its tree."""
    tops: dict[str, str] = {}
    for fact in sheet.facts:
        top, seen = fact, {fact.id}
        while top.parts_of and top.parts_of in sheet.by_id and top.parts_of not in seen:
            seen.add(top.parts_of)
            top = sheet.by_id[top.parts_of]
        tops[fact.id] = top.id
    return tops


@dataclass
class _Sorted:
    """Material by (part, topic)."""

    facts: dict[tuple[str, str], list[Fact]]
    derived: dict[tuple[str, str], list[Derived]]
    statements: dict[tuple[str, str], list[Statement]]

    def topics(self, part: str) -> list[str]:
        """Topics of a part, in the order they first appear."""
        seen: dict[str, None] = {}
        for table in (self.statements, self.facts, self.derived):
            for key in table:
                if key[0] == part:
                    seen.setdefault(key[1])
        return list(seen)

    def materials(self, part: str, topics: Iterable[str]) -> tuple[Material, ...]:
        """The material of a part, for those of the topics that have any."""
        present = set(self.topics(part))
        return tuple(
            Material(
                topic,
                tuple(self.facts.get((part, topic), ())),
                tuple(self.derived.get((part, topic), ())),
                tuple(self.statements.get((part, topic), ())),
            )
            for topic in topics
            if topic in present
        )


def _of_problem(name: str, problems: Iterable[Statement]) -> bool:
    """Whether a problem speaks of this very figure: 败诉率 in 行政机关败诉率偏高."""
    return len(name) >= 2 and any(name in problem.text for problem in problems)


def _of_highlight(name: str, highlights: Iterable[Statement]) -> bool:
    return len(name) >= 6 and any(overlap(name, told.text) >= 0.6 for told in highlights)


def sort_material(sheet: FactSheet, parts: Iterable[str]) -> _Sorted:
    """Give every fact, derived figure and statement its part and topic."""
    parts = set(parts)
    problems = [s for s in sheet.statements if s.kind == "问题"] if "问题" in parts else []
    highlights = [
        s
        for s in sheet.statements
        if s.kind == "亮点" and "亮点" in parts and _worth_a_part(sheet, "亮点")
    ]
    tops = _roots(sheet)
    result = _Sorted({}, {}, {})
    topic_of_fact: dict[str, tuple[str, str]] = {}
    catalogue = load_catalogue()
    for fact in sheet.facts:
        top = sheet.by_id[tops[fact.id]]
        topic = catalogue.topic_of_fact(top) or top.topic or "其他"
        leaf = not sheet.parts(fact.id)
        part = "问题" if leaf and fact.value and _of_problem(fact.name, problems) else "成效"
        if leaf and not fact.parts_of and _of_highlight(fact.name, highlights):
            part = "亮点"
        topic_of_fact[fact.id] = (part, topic)
        result.facts.setdefault((part, topic), []).append(fact)
    for derived in sheet.derived:
        ids = [i for i in re.findall(r"[A-Za-z_]\w*", derived.formula) if i in topic_of_fact]
        part, topic = topic_of_fact[ids[0]] if ids else ("成效", "其他")
        if not ids and derived.topic:
            topic = _topic(derived.topic, derived.name)
        if _of_problem(derived.name, problems):
            part = "问题"
        result.derived.setdefault((part, topic), []).append(derived)
    for statement in sheet.statements:
        part = _STATEMENT_PARTS.get(statement.kind, "成效")
        if statement in highlights:
            part = "亮点"
        topic = _topic(statement.topic, statement.text[:30]) or "其他"
        if part == "第一责任人" and part not in parts:
            part, topic = "成效", "组织领导"
        if part not in parts:
            part = "其他" if "其他" in parts and statement.kind not in DEEDS else "成效"
        result.statements.setdefault((part, topic), []).append(statement)
    return result


def _worth_a_part(sheet: FactSheet, kind: str) -> bool:
    return sum(s.kind == kind for s in sheet.statements) >= 2


# -- sections --------------------------------------------------------------------------------


def _blocks(sorted_: _Sorted, part: str, profile: Profile, plan: Plan) -> list[Block]:
    """The profile's groups that have material, then what no group covers."""
    blocks: list[Block] = []
    left = sorted_.topics(part)
    for group in profile.groups:
        topics = [t for t in left if t in group.topics]
        if topics:
            materials = sorted_.materials(part, topics)
            blocks.append(Block(_heading(plan, group, materials), materials, group))
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


def _heading(plan: Plan, group: Group, materials: Iterable[Material]) -> str:
    """A variant of the group's heading that its first statements don't repeat."""
    said = "".join(s.text for m in materials for s in m.statements[:2])
    likeness = {h: max(overlap(h, said), _echo(h)) for h in group.titles}
    fresh = [h for h in group.titles if likeness[h] <= min(likeness.values()) + 0.25]
    return plan.pick(fresh, group.key)


def _echo(heading: str) -> float:
    """How much the halves of a heading repeat each other: 规范行政执法，规范行政执法行为."""
    first, _, second = heading.partition("，")
    return max(overlap(first, second), overlap(second, first)) if second else 0.0


def _outlined(sheet: FactSheet) -> list[tuple[str, str]]:
    """Part and heading of each line of an outline handed down."""
    result = []
    for line in sheet.document.outline:
        heading = re.sub(r"^[（(]?[一二三四五六七八九十]+[)）]?[、.]?\s*", "", line.strip())
        part = next((p for p, pattern in _OUTLINE_PARTS if re.search(pattern, heading)), "成效")
        result.append((part, heading))
    return result


def _split_outline(headings: list[str], blocks: list[Block]) -> list[tuple[str, list[Block]]]:
    """Give the blocks of 成效 to the outline's headings by likeness.

    What fits none goes where the block before it went: neighbours in the profile are kin.
    """
    placed: list[tuple[str, list[Block]]] = [(heading, []) for heading in headings]
    at = 0
    for block in blocks:
        group = "".join((*block.group.headings, *block.group.topics)) if block.group else ""
        words = grams("".join(block.topics) * 2 + block.heading + group)
        scores = [len(words & grams(heading)) for heading in headings]
        at = scores.index(max(scores)) if max(scores) else at
        placed[at][1].append(block)
    return placed


def make_plan(sheet: FactSheet) -> Plan:
    """Plan a report from a fact sheet.

    Args:
        sheet: the input; its ``document.outline`` replaces the usual sections.

    Returns:
        Sections in order. A mandatory part without input is planned with ``pending`` set.
    """
    unit = sheet.unit
    profile = find_profile(unit.type, unit.name, unit.level, unit.region)
    kind = document_kind(sheet.document.kind)
    spec = phrases()["kinds"][kind]
    year = sheet.period.year
    words = profile.words | {
        "unit": unit.name,
        "year": str(year),
        "next": str(year + 1),
        "guidance": _guidance(year),
        "plan_word": _plan_word(sheet.document.kind),
    }
    seed = int.from_bytes(sha256(f"{unit.name}{year}".encode()).digest()[:4], "big")
    plan = Plan(
        make_title(sheet, kind, words), kind, bool(spec["run_in"]), (), profile, words, seed
    )
    outline = _outlined(sheet)
    parts = tuple(dict.fromkeys(p for p, _ in outline)) if outline else tuple(spec["parts"])
    sorted_ = sort_material(sheet, parts)
    named = outline or [
        (part, plan.pick(spec["headings"][part], part)) for part in parts if part != "导语"
    ]
    sections = _sections(named, sorted_, plan, frozenset(spec["mandatory"]), bool(outline))
    return Plan(plan.title, kind, plan.run_in, tuple(sections), profile, words, seed)


def _sections(
    named: list[tuple[str, str]],
    sorted_: _Sorted,
    plan: Plan,
    mandatory: frozenset[str],
    outlined: bool,
) -> list[PlannedSection]:
    achievements = [heading for part, heading in named if part == "成效"]
    split = (
        dict(_split_outline(achievements, _blocks(sorted_, "成效", plan.profile, plan)))
        if achievements
        else {}
    )
    sections: list[PlannedSection] = []
    for part, heading in named:
        if part == "成效" and plan.profile.flat and not outlined and plan.kind != "plan":
            sections += [
                PlannedSection(part, block.heading, (replace(block, heading=""),))
                for block in split[heading]
            ]
            continue
        if part == "成效":
            blocks = split[heading]
        elif part in ("问题", "计划"):
            blocks = _blocks(sorted_, part, plan.profile, plan)
        else:
            materials = sorted_.materials(part, sorted_.topics(part))
            blocks = [Block("", materials)] if materials else []
        if blocks or part in mandatory or outlined:
            sections.append(PlannedSection(part, heading, tuple(blocks), pending=not blocks))
    return sections
