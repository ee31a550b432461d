"""Giving each fact, derived figure and statement the part and the topic it is told under."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from fzwriter.facts import Derived, Fact, FactSheet, Statement, load_catalogue
from fzwriter.writing.plan import Material
from fzwriter.writing.verbs import words
from fzwriter.writing.words import overlap

DEEDS = ("举措", "亮点")
_STATEMENT_PARTS = {
    "问题": "问题",
    "原因": "问题",
    "第一责任人": "第一责任人",
    "计划": "计划",
    "其他": "其他",
}


def _topic(text: str, name: str, known: Collection[str]) -> str:
    """A topic of the user's: one the profile knows, or canonical; else what the name speaks of."""
    catalogue = load_catalogue()
    if text in known:
        return text
    return catalogue.topic_of(text) or catalogue.topic_of(name) or text


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
class Sorted:
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
    """Whether a problem speaks of this very failing: 败诉率 in 行政机关败诉率偏高."""
    failing = any(word in name for word in words("failings"))
    return failing and any(name in problem.text for problem in problems)


def _of_highlight(name: str, highlights: Iterable[Statement]) -> bool:
    return len(name) >= 6 and any(overlap(name, told.text) >= 0.6 for told in highlights)


def sort_material(sheet: FactSheet, parts: Iterable[str], known: Collection[str] = ()) -> Sorted:
    """Give every fact, derived figure and statement its part and topic.

    Args:
        sheet: the input.
        parts: parts of the report to be.
        known: topics of the unit's profile, which need not be in the catalogue.
    """
    parts = set(parts)
    problems = [s for s in sheet.statements if s.kind == "问题"] if "问题" in parts else []
    highlights = [
        s
        for s in sheet.statements
        if s.kind == "亮点" and "亮点" in parts and _worth_a_part(sheet, "亮点")
    ]
    tops = _roots(sheet)
    result = Sorted({}, {}, {})
    topic_of_fact: dict[str, tuple[str, str]] = {}
    catalogue = load_catalogue()
    for fact in sheet.facts:
        top = sheet.by_id[tops[fact.id]]
        topic = top.topic if top.topic in known else catalogue.topic_of_fact(top)
        topic = topic or top.topic or "其他"
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
            topic = _topic(derived.topic, derived.name, known)
        if _of_problem(derived.name, problems):
            part = "问题"
        result.derived.setdefault((part, topic), []).append(derived)
    for statement in sheet.statements:
        part = _STATEMENT_PARTS.get(statement.kind, "成效")
        if statement in highlights:
            part = "亮点"
        topic = _topic(statement.topic, statement.text[:30], known) or "其他"
        if part == "第一责任人" and part not in parts:
            part, topic = "成效", "组织领导"
        if part not in parts:
            part = "其他" if "其他" in parts and statement.kind not in DEEDS else "成效"
        result.statements.setdefault((part, topic), []).append(statement)
    return result


def _worth_a_part(sheet: FactSheet, kind: str) -> bool:
    return sum(s.kind == kind for s in sheet.statements) >= 2
