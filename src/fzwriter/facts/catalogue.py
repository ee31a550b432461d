"""The indicator catalogue: topics, what their figures are called, how they hang together.

The knowledge is data (``domain/topics``); this module reads it and finds the facts of a sheet in
it. It serves checking: a draft prints declared figures only. Matching is by the whole name, so a
name that says more than the catalogue knows (农民工法律援助案件) is left alone, and a relation is
offered only where each of its terms is one fact of the sheet and one only.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from fzwriter.domain import once
from fzwriter.errors import InputError
from fzwriter.facts.catalogue_data import (
    Indicator,
    Relation,
    Topic,
    matches,
    read_catalogue,
    split_scale,
)
from fzwriter.facts.derive import explain, factor, round_result, show
from fzwriter.facts.formula import Expression, Number, Operation, compute, refs, render
from fzwriter.facts.model import Fact, FactSheet


@dataclass(frozen=True)
class Derivation:
    """A figure that follows from facts of a sheet, though the sheet doesn't declare it.

    Attributes:
        names: what it is called: 调解成功率, 成功率…
        topic: canonical.
        unit: as printed.
        ids: of the facts, in the formula's order.
        formula: over ids, for people: ``f30 ÷ f29``.
        explanation: ``调解成功1055 ÷ 调解矛盾纠纷1085 × 100% = 97.2%``.
        exact: in ``unit`` (97.23… for a percentage).
    """

    names: tuple[str, ...]
    topic: str
    unit: str
    ids: tuple[str, ...]
    formula: str
    explanation: str
    exact: Fraction
    pattern: str = field(repr=False, compare=False)

    def is_called(self, name: str) -> bool:
        """Whether ``name`` is a name of this figure: 办结率, 全县行政复议案件办结率."""
        return matches(self.pattern, name)


@dataclass(frozen=True)
class Catalogue:
    """All topics and the families of measure words."""

    entries: tuple[Topic, ...]
    families: tuple[frozenset[str], ...]

    @property
    def topics(self) -> tuple[str, ...]:
        """The canonical topics."""
        return tuple(topic.name for topic in self.entries)

    def topic_of(self, text: str) -> str:
        """The canonical topic of a free-text one (复议 → 行政复议); "" where none fits."""
        return next((topic.name for topic in self._topics_of(text)), "")

    def topic_of_fact(self, fact: Fact) -> str:
        """The canonical topic of a fact, by its topic and, where that is open, by its name."""
        stated = self._topics_of(fact.topic)
        named = self._topics_of(fact.name)
        if len(stated) == 1 and not stated[0].umbrella:
            return stated[0].name
        for topic in named:
            # The name decides between several, and within an umbrella; it overrides nothing.
            if topic in stated or not stated or (len(stated) == 1 and not topic.umbrella):
                return topic.name
        return stated[0].name if stated else ""

    def unit_family(self, unit: str) -> frozenset[str]:
        """The measure words that may stand for ``unit``, itself included.

        A scale stays: 万件 → 万件, 万起, 万宗, 万例.
        """
        scale, bare = split_scale(unit)
        family = next((family for family in self.families if bare in family), frozenset({bare}))
        return frozenset(scale + word for word in family)

    def same_unit(self, one: str, other: str) -> bool:
        """Whether two measure words count the same; an absent one agrees with any."""
        return not one or not other or other in self.unit_family(one)

    def indicators(self, sheet: FactSheet) -> dict[str, dict[str, tuple[Fact, ...]]]:
        """The facts of each indicator, by topic and key. Parts of one of them are left out.

        Of 调解 1085 and 调解 90 (a part of it), only the first is the indicator's.
        """
        found: dict[str, dict[str, tuple[Fact, ...]]] = {}
        by_topic = self._by_topic(sheet)
        for topic in self.entries:
            facts = by_topic.get(topic.name, [])
            matched = {
                key: _outermost([fact for fact in facts if self._is(fact, indicator)], sheet)
                for key, indicator in topic.indicators.items()
            }
            found[topic.name] = {key: facts for key, facts in matched.items() if facts}
        return found

    def derivations(
        self, sheet: FactSheet, *, alternatives: bool = False
    ) -> tuple[Derivation, ...]:
        """What follows from the sheet's exact facts by the usual relations.

        Where a rate has more than one usual denominator, the first the sheet has is used;
        ``alternatives`` asks for the others too.
        """
        found = self.indicators(sheet)
        derivations: list[Derivation] = []
        for topic in self.entries:
            for relation in topic.relations:
                ready = self._ready(relation, topic, found[topic.name])
                derivations += ready if alternatives else itertools.islice(ready, 1)
        return tuple(derivations)

    def knows_figure(self, topic: str, name: str) -> bool:
        """Whether ``name`` is a figure the topic has a relation for, facts or no facts."""
        return any(
            matches(relation.pattern, name)
            for entry in self.entries
            if entry.name == topic
            for relation in entry.relations
        )

    def _topics_of(self, text: str) -> list[Topic]:
        text = text.strip()
        exact = [topic for topic in self.entries if topic.name == text]
        return exact or [topic for topic in self.entries if topic.pattern.search(text)]

    def _by_topic(self, sheet: FactSheet) -> dict[str, list[Fact]]:
        by_topic: dict[str, list[Fact]] = {}
        for fact in sheet.facts:
            by_topic.setdefault(self.topic_of_fact(fact), []).append(fact)
        return by_topic

    def _is(self, fact: Fact, indicator: Indicator) -> bool:
        _, bare = split_scale(fact.unit)
        if not any(self.same_unit(unit, bare) for unit in indicator.units):
            return False
        return any(matches(indicator.pattern, name) for name in (fact.name, *fact.aliases))

    def _ready(
        self, relation: Relation, topic: Topic, found: Mapping[str, tuple[Fact, ...]]
    ) -> Iterator[Derivation]:
        for formula in relation.formulas:
            terms = {key: found.get(key, ()) for key in refs(formula)}
            if relation.complete:
                formula = _drop_absent(formula, relation, terms)
            keys = refs(formula)
            if any(not terms[key] for key in keys):
                continue  # another denominator may be there
            if any(len(terms[key]) > 1 for key in keys):
                return  # it is there, but which fact it is can't be told
            facts = {key: terms[key][0] for key in keys}
            if (derivation := self._derive(relation, topic, formula, facts)) is not None:
                yield derivation

    def _derive(
        self, relation: Relation, topic: Topic, formula: Expression, facts: Mapping[str, Fact]
    ) -> Derivation | None:
        used = list(facts.values())
        if len({fact.id for fact in used}) < len(used) or any(fact.approx for fact in used):
            return None
        if relation.unit != "per" and not all(
            fact.unit in self.unit_family(used[0].unit) for fact in used
        ):
            return None
        unit = "%" if relation.unit == "%" else used[0].unit
        try:
            exact = compute(formula, lambda key: Fraction(facts[key].value)) * factor(unit)
        except InputError:  # division by zero: there is no such figure
            return None
        if relation.unit == "%" and not 0 <= exact <= 100:
            return None
        return Derivation(
            names=relation.names,
            topic=topic.name,
            unit=unit,
            ids=tuple(fact.id for fact in used),
            formula=render(formula, lambda key: facts[key].id),
            explanation=explain(
                formula, lambda key: show(facts[key]), unit, round_result(exact, unit)
            ),
            exact=exact,
            pattern=relation.pattern,
        )


def _outermost(facts: list[Fact], sheet: FactSheet) -> tuple[Fact, ...]:
    ids = {fact.id for fact in facts}
    by_id = sheet.by_id

    def inside(fact: Fact) -> bool:
        seen: set[str] = set()
        while fact.parts_of in by_id and fact.parts_of not in seen:
            seen.add(fact.parts_of)
            fact = by_id[fact.parts_of]
        return bool(seen & ids)

    return tuple(fact for fact in facts if not inside(fact))


def _drop_absent(
    formula: Expression, relation: Relation, terms: Mapping[str, tuple[Fact, ...]]
) -> Expression:
    """The formula without the optional terms the sheet lacks, if they may be lacking."""
    total = terms.get(relation.complete, ())
    if not total or not total[0].parts_complete:
        return formula
    absent = {key for key in relation.optional if not terms.get(key)}
    return _without(formula, absent) or Number(Fraction(0), "0")


def _without(expression: Expression, absent: Collection[str]) -> Expression | None:
    if not isinstance(expression, Operation):
        return None if set(refs(expression)) & set(absent) else expression
    left, right = _without(expression.left, absent), _without(expression.right, absent)
    if expression.sign == "+":
        return Operation("+", left, right) if left and right else left or right
    return Operation(expression.sign, left, right) if left and right else None


@once
def load_catalogue() -> Catalogue:
    """The catalogue, read once."""
    topics, families = read_catalogue()
    return Catalogue(topics, families)
