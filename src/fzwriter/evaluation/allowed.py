"""What a sheet allows a text to say, told without the checker.

``Allowed`` errs on the side of allowing: a value it holds is never planted as an error. It knows
each given figure, last year's, the changes, the declared and the usual rates, the shares of parts
in totals, and the numerals of statements; where the clause shares two characters with what a figure
is called, that figure is allowed there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from fzwriter.errors import FzwriterError
from fzwriter.facts import Fact, FactSheet, evaluate, load_catalogue
from fzwriter.numbers import find_numbers

_SCALES = {"万亿": 10**12, "千万": 10**7, "百万": 10**6, "十万": 10**5, "万": 10**4, "亿": 10**8}
_RATES = {"%": 100, "％": 100, "‰": 1000, "百分点": 100, "个百分点": 100}
# Rates print with fewer digits; whatever lies this near one may be its rounding.
_NEAR = Fraction(6, 1000)


def split(unit: str) -> tuple[Fraction, str]:
    """A unit as the worth of one and the bare measure word: 万元 → (10000, 元); % → (1/100, %)."""
    for scale, worth in _SCALES.items():
        if unit.startswith(scale):
            return Fraction(worth), unit[len(scale) :]
    bare = "%" if unit == "％" else unit
    return Fraction(1, _RATES.get(bare, 1)), bare


def pairs(text: str) -> frozenset[str]:
    """The pairs of Chinese characters in ``text``."""
    runs = re.findall(r"[一-龥]+", text)
    return frozenset(run[i : i + 2] for run in runs for i in range(len(run) - 1))


@dataclass(frozen=True)
class Figure:
    """A figure the input holds or implies."""

    value: Fraction
    measures: frozenset[str]
    words: frozenset[str]
    rounded: bool = False

    def is_value(self, value: Fraction) -> bool:
        """Whether ``value`` may be this figure as printed."""
        if not self.rounded:
            return value == self.value
        return abs(value - self.value) <= (_NEAR if "%" in self.measures else self.value / 100)


class Allowed:
    """The figures of one sheet."""

    def __init__(self, sheet: FactSheet) -> None:
        self._catalogue = load_catalogue()
        self.figures = (
            *(figure for fact in sheet.facts for figure in self._of_fact(fact, sheet)),
            *self._computed(sheet),
            *self._stated(sheet),
        )

    def _measures(self, units: Iterable[str]) -> frozenset[str]:
        family: set[str] = set()
        for unit in units:
            _, bare = split(unit)
            family |= {bare, *self._catalogue.unit_family(bare)}
        return frozenset(family)

    def _of_fact(self, fact: Fact, sheet: FactSheet) -> Iterator[Figure]:
        worth, _ = split(fact.unit)
        words = pairs("，".join((fact.name, *fact.aliases)))
        measures = self._measures((fact.unit, *fact.units))
        value = Fraction(fact.value) * worth
        yield Figure(value, measures, words)
        if fact.previous is not None:
            old = Fraction(fact.previous) * worth
            yield Figure(old, measures, words)
            yield Figure(abs(value - old), measures | {"百分点", "个百分点"}, words)
            if old:
                yield Figure(abs(value - old) / old, frozenset({"%"}), words, rounded=True)
        total = sheet.by_id.get(fact.parts_of)
        if total is not None and total.value:
            share = value / (Fraction(total.value) * split(total.unit)[0])
            yield Figure(share, frozenset({"%"}), words, rounded=True)

    def _computed(self, sheet: FactSheet) -> Iterator[Figure]:
        for derived in sheet.derived:
            try:
                exact = evaluate(derived, sheet).exact
            except FzwriterError:
                continue
            worth, bare = split(derived.unit)
            words = pairs("，".join((derived.name, *derived.aliases)))
            yield Figure(exact * worth, frozenset({bare}), words, rounded=True)
        for usual in self._catalogue.derivations(sheet, alternatives=True):
            worth, bare = split(usual.unit)
            words = pairs("，".join(usual.names))
            yield Figure(usual.exact * worth, frozenset({bare}), words, rounded=True)

    def _stated(self, sheet: FactSheet) -> Iterator[Figure]:
        for statement in sheet.statements:
            for mention in find_numbers(statement.text):
                value = mention.base_value
                for end in value if isinstance(value, tuple) else (value,):
                    if end is not None:
                        measures = self._measures((mention.unit,))
                        yield Figure(Fraction(end), measures, pairs(statement.text))

    def holds(self, value: Fraction, measure: str, clause: str) -> bool:
        """Whether some figure of the input may be printed so in ``clause``."""
        words = pairs(clause)
        return any(
            figure.is_value(value) and measure in figure.measures and figure.words & words
            for figure in self.figures
        )

    def knows(self, value: Fraction, measure: str) -> bool:
        """Whether the input holds this value with this measure word at all."""
        return any(f.is_value(value) and measure in f.measures for f in self.figures)
