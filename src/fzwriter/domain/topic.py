"""Topics, a file each: ``topics/*.yaml``.

What is counted in a topic and computed from it is compiled by ``facts.catalogue_data``.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from fzwriter.domain.files import Pattern, Thing, Told, once, read


class Counted(Told):
    """Something that is counted: a regex of its names (the key if left out), measure words."""

    words: Pattern = ""
    units: tuple[str, ...] = Field(min_length=1)


class Computed(Told):
    """A figure that follows from others.

    Attributes:
        names: what it is called, the usual name first.
        formula: over the keys of what is counted; of several the first whose terms a sheet has.
        unit: %; same (a sum or difference, in the unit of its terms); per (an average, in the unit
            of its first term).
        optional: terms that may be absent, counting nought, but only where the fact matched by
            ``complete`` says parts_complete.
        complete: see there.
    """

    names: tuple[str, ...] = Field(min_length=1)
    formula: str | tuple[str, ...]
    unit: Literal["%", "same", "per"]
    optional: tuple[str, ...] = ()
    complete: str = ""


class Parts(Told):
    """Parts of a total that can't overlap, so that they can't exceed it."""

    total: str
    parts: tuple[str, ...]


class Keywords(Told):
    """Words a passage of the topic says, white space between; of topics said alike the first wins."""

    order: int
    words: str


class Topic(Thing):
    """A subject of the reports.

    Attributes:
        name: canonical.
        order: place in the catalogue, the most specific first: the first whose ``also`` occurs in a
            free-text topic is meant.
        also: pattern of other wordings; a topic without isn't in the catalogue, and only a profile
            that names it has it.
        umbrella: so wide that a fact's name may place it in a narrower topic.
        nouns: what may surround an indicator's word in a name: 收到[行政复议][案件].
        home: the topic that it is told with, where a unit's profile doesn't place it.
        keywords: for passages. Patterns of ``also`` are made for short labels: 学习 and 监管 stand
            everywhere in a paragraph.
        usual: the figures that a unit with this topic reports; see ``UnitType.usual``.
        promises: words of a heading, white space between, and words one of which the text under it
            must say. Words any text of the topic would bear out (执法, 普法) don't stand here.
        indicators: what is counted, by key.
        derived: what is computed from them.
        exclusive: parts that can't overlap.
    """

    named = "name"

    name: str
    order: int = 0
    also: Pattern = ""
    umbrella: bool = False
    nouns: Pattern = ""
    home: str = ""
    keywords: Keywords | None = None
    usual: tuple[str, ...] = ()
    promises: dict[str, tuple[str, ...]] = {}
    indicators: dict[str, Counted] = {}
    derived: tuple[Computed, ...] = ()
    exclusive: tuple[Parts, ...] = ()


@once
def topics() -> dict[str, Topic]:
    """The topics by name, in the catalogue's order."""
    found = read("topics", Topic)
    return {one.name: one for one in sorted(found, key=lambda one: (not one.order, one.order))}


@once
def keywords() -> dict[str, tuple[str, ...]]:
    """The topics that passages are filed under, each with its words; the first wins a draw."""
    known = [(one.name, one.keywords) for one in topics().values() if one.keywords]
    known.sort(key=lambda one: one[1].order)
    return {name: tuple(words.words.split()) for name, words in known}


def told_with(listed: tuple[str, ...], elsewhere: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Topics of a section with those that are at home in one of them and placed nowhere else."""
    guests = (
        one.name
        for one in topics().values()
        if one.home in listed and one.name not in listed and one.name not in elsewhere
    )
    return (*listed, *guests)
