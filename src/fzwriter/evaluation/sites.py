"""Where errors can be planted: the figures a clean text traces, and how a stretch is exchanged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from random import Random

from fzwriter.evaluation.allowed import Allowed, split
from fzwriter.facts import Derived, Fact, FactSheet
from fzwriter.reading import ReportText
from fzwriter.reading.headings import Hint
from fzwriter.reading.sentences import CLAUSE, around
from fzwriter.report import CheckReport, Mention

Span = tuple[int, int]
_DIGITS = re.compile(r"[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True)
class Mutant:
    """A text with one thing changed.

    Attributes:
        kind: of the change.
        text: the whole text as changed.
        spans: where the change lies in it; an error at one of them names it.
        note: what was changed, for people.
        wrong: whether the change makes the text wrong; equivalents must stay clean.
        hints: what a file would say of its lines besides the text: styles, Word's own numbers.
    """

    kind: str
    text: str
    spans: tuple[Span, ...]
    note: str
    wrong: bool = True
    hints: tuple[tuple[int, Hint], ...] = ()

    @property
    def read(self) -> ReportText:
        """The text as it is read."""
        return ReportText.made(self.text, dict(self.hints))


@dataclass(frozen=True)
class Site:
    """A figure of the clean text that traces to the input, written in Arabic digits.

    Attributes:
        mention: as checked.
        digits: its digits: ``1.2`` of 1.2万.
        start: where they stand.
        worth: what one of them is worth: 10000 for 1.2万份, 1/100 for 22%.
        measure: bare measure word.
        measure_at: where it stands, or the mention's end.
        sentence: the sentence around.
        clause_start: where the figure's clause begins.
        given: the facts and derived figures it traces to.
    """

    mention: Mention
    digits: str
    start: int
    worth: Fraction
    measure: str
    measure_at: int
    sentence: str
    clause_start: int
    given: tuple[Fact | Derived, ...]

    @property
    def end(self) -> int:
        """Where the measure word ends."""
        if self.measure_at == self.mention.end and self.measure == "%":
            return self.mention.end
        return self.measure_at + len(self.measure)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The given figures it traces to."""
        return tuple(given for given in self.given if isinstance(given, Fact))

    def value_of(self, digits: str) -> Fraction:
        """What the figure would be worth with other digits."""
        return Fraction(Decimal(digits)) * self.worth

    @property
    def named(self) -> tuple[str, ...]:
        """What the figure is called in the input."""
        return tuple(given.name for given in self.given)


@dataclass(frozen=True)
class Ground:
    """A clean text with what a generator needs to know of it."""

    text: str
    report: CheckReport
    sheet: FactSheet
    random: Random

    @cached_property
    def allowed(self) -> Allowed:
        """What the sheet allows."""
        return Allowed(self.sheet)

    @cached_property
    def own_words(self) -> str:
        """What the sheet says as the unit's own."""
        return self.sheet.said.strict

    @cached_property
    def sites(self) -> tuple[Site, ...]:
        """Figures that trace, in the order of the text."""
        return tuple(self._sites())

    def _sites(self) -> Iterator[Site]:
        given: dict[str, Fact | Derived] = {}
        given.update(self.sheet.by_id)
        given.update(self.sheet.derived_by_id)
        for mention in self.report.quantities:
            found = _DIGITS.findall(mention.text)
            if mention.status not in ("traced", "derived", "statement") or len(found) != 1:
                continue
            if not isinstance(mention.value, Decimal) or not isinstance(
                mention.base_value, Decimal
            ):
                continue
            worth, measure = split(mention.unit)
            if mention.value:
                worth = Fraction(mention.base_value) / Fraction(mention.value)
            at = mention.end
            while self.text[at : at + 1] == " ":
                at += 1
            behind = bool(measure) and self.text.startswith(measure, at)
            yield Site(
                mention,
                found[0],
                self.text.index(found[0], mention.start),
                worth,
                measure,
                at if behind else mention.end,
                self.around(mention.start, mention.end),
                around(self.text, mention.start, mention.start, f"{CLAUSE}、")[0],
                tuple(given[i] for i in mention.sources if i in given),
            )

    def around(self, start: int, end: int) -> str:
        """The sentence around a stretch."""
        return self.text[slice(*around(self.text, start, end))]

    def planted(self, kind: str, start: int, end: int, new: str, note: str = "") -> Mutant:
        """The text with ``start:end`` exchanged for ``new``."""
        old = self.text[start:end]
        text = self.text[:start] + new + self.text[end:]
        return Mutant(kind, text, ((start, start + len(new)),), note or f"{old}→{new}")

    def wide(self, mutant: Mutant, start: int, grown_from: int) -> Mutant:
        """``mutant`` with its span stretched to ``start`` and to what stood at ``grown_from``."""
        grown = len(mutant.text) - len(self.text)
        ((first, last),) = mutant.spans
        span = (min(first, start), max(last, grown_from + grown))
        return Mutant(mutant.kind, mutant.text, (span,), mutant.note, mutant.wrong)

    def figure(self, kind: str, site: Site, new: str) -> Mutant:
        """The text with the whole numeral of ``site`` exchanged (its measure word stays)."""
        mention = site.mention
        return self.planted(kind, mention.start, mention.end, new)

    def sample(self, mutants: Sequence[Mutant], limit: int) -> list[Mutant]:
        """At most ``limit`` of the mutants, by the seed, in their order."""
        if len(mutants) <= limit:
            return list(mutants)
        return [mutants[i] for i in sorted(self.random.sample(range(len(mutants)), limit))]
