"""The target's statements and figures in the order in which the source tells what they are like."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from fzwriter.facts import Fact, load_catalogue
from fzwriter.writing.plan import Material
from fzwriter.writing.rewriting.source import Sentence, SourceBlock
from fzwriter.writing.words import overlap

_SAME_DEED = 0.34
_SAME_FIGURE = 0.5
_EMPTY = re.compile(r"全[县区市州镇乡]|我[局县区市镇]|各级|各类|各种|年度|共|累计|先后|已|了")


@dataclass(frozen=True)
class SourceFigure:
    """A figure of the source: what it is called, and its measure word."""

    name: str
    unit: str


# The figures of a sentence, as printed.
Naming = Callable[[str], Sequence[SourceFigure]]
Item = TypeVar("Item")


@dataclass(frozen=True)
class Arranged:
    """Materials in the source's order, and what of the source they stand for.

    Attributes:
        materials: reordered; nothing is added or left out.
        answered: indexes of the source's sentences that one of them takes the place of.
        missing: by index of a sentence, the figures that nothing of the target stands for.
    """

    materials: tuple[Material, ...]
    answered: frozenset[int] = frozenset()
    missing: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


def arrange(materials: Sequence[Material], source: SourceBlock, naming: Naming) -> Arranged:
    """Order each material's statements and figures as the source's block tells their like."""
    answered: set[int] = set()
    figures = [naming(sentence.text) for sentence in source.sentences]
    result: list[Material] = []
    for material in materials:
        told = [_deed(s.text, source.sentences) for s in material.statements]
        shown = [_figure(fact, figures) for fact in material.facts]
        answered |= {at for at in (*told, *shown) if at is not None}
        result.append(
            replace(
                material,
                statements=tuple(_ordered(material.statements, told)),
                facts=tuple(_by_tree(material.facts, shown)),
            )
        )
    facts = [fact for material in materials for fact in material.facts]
    missing = {
        at: tuple(f.name for f in inside if not any(is_same_figure(fact, f) for fact in facts))
        for at, inside in enumerate(figures)
        if inside
    }
    return Arranged(tuple(result), frozenset(answered), missing)


def is_same_figure(fact: Fact, figure: SourceFigure) -> bool:
    """Whether a figure of the source is called as this fact is, and counted alike."""
    if not load_catalogue().same_unit(fact.unit, figure.unit):
        return False
    called = _EMPTY.sub("", figure.name)
    names = (_EMPTY.sub("", name) for name in (fact.name, *fact.aliases))
    return any(min(overlap(n, called), overlap(called, n)) >= _SAME_FIGURE for n in names)


def _deed(text: str, sentences: Sequence[Sentence]) -> int | None:
    scores = [overlap(text, s.masked) for s in sentences]
    best = max(scores, default=0.0)
    return scores.index(best) if best >= _SAME_DEED else None


def _figure(fact: Fact, figures: Sequence[Sequence[SourceFigure]]) -> int | None:
    for at, inside in enumerate(figures):
        if any(is_same_figure(fact, figure) for figure in inside):
            return at
    return None


def _ordered(items: Sequence[Item], places: Sequence[int | None]) -> list[Item]:
    """Items by their place; one without stays behind the item it stood behind."""
    keys: list[tuple[int, int]] = []
    last = -1
    for number, place in enumerate(places):
        last = last if place is None else place
        keys.append((last, number))
    return [items[number] for _, number in sorted(keys)]


def _by_tree(facts: Sequence[Fact], places: Sequence[int | None]) -> list[Fact]:
    """Totals in order, each with its parts behind it."""
    ids = {fact.id for fact in facts}
    roots = [
        (fact, place) for fact, place in zip(facts, places, strict=True) if fact.parts_of not in ids
    ]
    ordered = _ordered([fact for fact, _ in roots], [place for _, place in roots])
    result: list[Fact] = []

    def add(fact: Fact) -> None:
        result.append(fact)
        for other in facts:
            if other.parts_of == fact.id and other not in result:
                add(other)

    for root in ordered:
        add(root)
    return result + [fact for fact in facts if fact not in result]
