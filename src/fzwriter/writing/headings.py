"""Headings: variants that fit what is told, and promise nothing that isn't there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fzwriter.domain import keywords, once, topics
from fzwriter.facts import FactSheet
from fzwriter.units import Group
from fzwriter.writing.plan import Block, Material, Plan
from fzwriter.writing.words import grams, overlap

_ECHO = 0.5  # from this share on, a lead says what its text is about to say
# Pairs of which halves of a heading may share one without sounding like an echo.
_PLAIN = grams("法治，行政，工作，建设，依法，政府，执法，服务")


def part_heading(plan: Plan, part: str, variants: Sequence[str], sheet: FactSheet) -> str:
    """A variant of a first-level heading; 原因 stands in it where the sheet gives causes, only then."""
    if part == "问题":
        caused = any(statement.kind == "原因" for statement in sheet.statements)
        variants = [v for v in variants if ("因" in v) is caused] or variants
    return plan.pick(list(variants), part)


def block_heading(
    plan: Plan, group: Group, materials: Iterable[Material], before: Iterable[str] = ()
) -> str:
    """A variant of the group's heading that its first statements and its own halves don't repeat.

    Args:
        plan: picks among equals.
        group: whose heading it is.
        materials: what it stands over.
        before: headings of the report so far; none of their halves is used again.
    """
    used = {half for heading in before for half in heading.split("，")}
    materials = tuple(materials)
    said = "".join(s.text for m in materials for s in m.statements[:2])
    new = [title for title in group.titles if not used & set(title.split("，"))]
    titles = kept(new or group.titles, materials)
    titles = kept(titles, _main(materials))  # not 规范应诉工作 over fifty reviews and one lawsuit
    least = min(_echo(title) for title in titles)
    titles = [title for title in titles if _echo(title) == least]
    likeness = {h: overlap(h, said) for h in titles}
    fresh = [h for h in titles if likeness[h] <= min(likeness.values()) + 0.25]
    return plan.pick(fresh, group.key)


def joint_heading(one: Block, other: Block) -> str:
    """One heading over two small blocks: what the one is about，what the other is about."""
    assert one.group is not None
    assert other.group is not None
    first = kept(one.group.plan, one.materials)[0]
    leads = kept(other.group.plan, other.materials)
    second = next((x for x in leads if x[:2] != first[:2] and not _echo(f"{first}，{x}")), leads[0])
    return f"{first}，{second}"


def fresh_lead(plan: Plan, block: Block) -> str:
    """The lead of a plan item: one like its text but no echo of it, else one of its topic; "" for none."""
    if block.group is None:
        return "" if len(block.statements) == 1 else block.heading
    said = "".join(s.text for s in block.statements)
    leads = [x for x in block.group.plan if not _broken(x, _told(block.materials))]
    if not leads:
        return ""
    likeness = {x: overlap(x, said) for x in leads if x[:2] != said[:2]}
    best = max(likeness.values(), default=0)
    if not best:
        topics = grams("，".join(block.topics)) - _PLAIN
        fitting = [lead for lead in likeness if grams(lead) & topics]
        return plan.pick(fitting, block.group.key) if fitting else ""
    close = [lead for lead, score in likeness.items() if best - 0.1 <= score < _ECHO]
    if close:
        return plan.pick(close, block.group.key)
    others = [lead for lead, score in likeness.items() if 0 < score < _ECHO]
    return plan.pick(others, block.group.key) if others else ""


def kept(headings: Sequence[str], materials: Iterable[Material]) -> list[str]:
    """The headings whose promises the material keeps; those that break fewest where none does."""
    told = _told(materials)
    broken = {heading: _broken(heading, told) for heading in headings}
    least = min(broken.values())
    return [heading for heading in headings if broken[heading] == least]


def speaks_of(heading: str, topic: str) -> bool:
    """Whether a heading names a topic or shares a word of its own with the topic's name."""
    keys = keywords().get(topic, ())
    return any(key in heading for key in keys) or bool(grams(topic) & grams(heading) - _PLAIN)


def weight(material: Material) -> int:
    """How much a topic has to tell: a statement counts as two figures."""
    return 2 * len(material.statements) + len(material.facts)


def _main(materials: Sequence[Material]) -> list[Material]:
    """The materials that most is told of."""
    most = max(map(weight, materials), default=0)
    return [m for m in materials if 3 * weight(m) >= 2 * most]


def _told(materials: Iterable[Material]) -> str:
    """All words a sub-section will tell."""
    materials = tuple(materials)
    return "".join((*(s.text for m in materials for s in m.statements), *_names(materials)))


def _broken(heading: str, told: str) -> int:
    """How many promises of a heading the text doesn't keep."""
    return sum(_breaks(heading, word, told) for word in _matters())


def _names(materials: Sequence[Material]) -> Iterator[str]:
    for material in materials:
        yield from (fact.name for fact in material.facts)
        yield from (derived.name for derived in material.derived)


def _breaks(heading: str, word: str, told: str) -> bool:
    return word in heading and not any(needed in told for needed in _matters()[word])


@once
def _matters() -> dict[str, tuple[str, ...]]:
    """Words of a heading, and those one of which its text must say."""
    kept = [promise for topic in topics().values() for promise in topic.promises.items()]
    return {word: needed for words, needed in kept for word in words.split()}


def _echo(heading: str) -> int:
    """How much the halves of a heading repeat each other: 规范行政执法，规范行政执法行为; 依法…，依法…."""
    first, _, second = heading.partition("，")
    return len((grams(first) & grams(second)) - _PLAIN) + (first[:2] == second[:2])
