"""Where errors can be planted in a marked text: sites told by the markup, not by the checker."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from random import Random

from fzwriter.evaluation.allowed import Allowed, pairs, split
from fzwriter.evaluation.allowed import Figure as AllowedFigure
from fzwriter.evaluation.fznum.claims import Book, computed, fit, input_words
from fzwriter.evaluation.fznum.markup import Figure, Marked
from fzwriter.evaluation.fznum.reading import Reading, chinese, read
from fzwriter.evaluation.sites import Ground, Mutant
from fzwriter.facts import Fact, FactSheet
from fzwriter.report import CheckReport, Mention

# Measure words that count the same things (the contract's, §4.1); no catalogue, so that items last.
FAMILIES = (
    ("件", "起", "宗"), ("人", "名", "位"), ("家", "户"), ("份", "册", "卷"), ("场", "次", "期"), ("个", "处"),
    ("百分点", "个百分点"),
)  # fmt: skip
_NUMBERS = re.compile(
    r"([0-9]+(?:\.[0-9]+)?|[一二三四五六七八九十百千两零]+)(万|亿)?余?([%一-龥]{0,2})"
)
_YEAR = re.compile(r"20[0-9]{2}年")


def family(unit: str) -> frozenset[str]:
    """Measure words that count alike with this one, itself included."""
    return frozenset((unit, *(w for group in FAMILIES if unit in group for w in group)))


class SheetAllowed(Allowed):
    """What a sheet allows, told with nothing of the catalogue's or of ``numbers``."""

    def __init__(self, sheet: FactSheet) -> None:
        self.figures = (
            *(figure for fact in sheet.facts for figure in self._of_fact(fact, sheet)),
            *self._worked_out(sheet),
            *self._told(sheet),
        )

    def _measures(self, units: Iterable[str]) -> frozenset[str]:
        return frozenset(word for unit in units for word in family(split(unit)[1]))

    def _worked_out(self, sheet: FactSheet) -> Iterator[AllowedFigure]:
        book = Book(sheet)
        for derived in sheet.derived:
            value = book.value(derived.id)
            if value is not None:
                words = pairs("，".join((derived.name, *derived.aliases)))
                yield AllowedFigure(value, frozenset({split(derived.unit)[1]}), words, rounded=True)

    def _told(self, sheet: FactSheet) -> Iterator[AllowedFigure]:
        for statement in sheet.statements:
            for match in _NUMBERS.finditer(statement.text):
                number = Fraction(match[1]) if match[1][0].isdigit() else chinese(match[1])
                if number is None:
                    continue
                value = number * {"万": 10**4, "亿": 10**8}.get(match[2] or "", 1)
                measures = {match[3], match[3][:1]}
                if match[3].startswith("%"):
                    value, measures = value / 100, {"%"}
                words = pairs(statement.text)
                yield AllowedFigure(value, frozenset(measures), words)


@dataclass(frozen=True)
class Claim:
    """A marked figure as read.

    Attributes:
        figure: as marked.
        reading: as printed.
        value: what its source comes to, in base units, never negative.
        fact: the fact it restates, if it does.
        operands: ids of its expression.
    """

    figure: Figure
    reading: Reading
    value: Fraction
    fact: Fact | None
    operands: tuple[str, ...]

    @property
    def given(self) -> bool:
        """Whether it restates a figure of the sheet."""
        return self.fact is not None and not computed(self.figure.kind)

    @property
    def digits(self) -> str:
        """Its Arabic digits, "" in Chinese."""
        number = self.reading.number
        return number if number[0].isdigit() and number in self.figure.words else ""


@dataclass(frozen=True)
class MarkedGround(Ground):
    """A marked text with what a generator needs to know of it."""

    marked: Marked = field(default_factory=lambda: Marked("", ()))
    book: Book = field(kw_only=True)

    @cached_property
    def allowed(self) -> Allowed:
        """What the sheet allows, without the catalogue."""
        return SheetAllowed(self.sheet)

    @cached_property
    def own_words(self) -> str:
        """Names and statements; not what the sheet says by a rule that may grow, so that items last."""
        names = [fact.name for fact in self.sheet.facts]
        return "\n".join((*names, *(statement.text for statement in self.sheet.statements)))

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The figures that can be read and computed, and fit."""
        return tuple(_claims(self.marked, self.book))

    @cached_property
    def prose(self) -> str:
        """All the words of the sheet, one piece a line."""
        return "\n".join(input_words(self.sheet))

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """Where the clause around a stretch begins and ends."""
        while start and self.text[start - 1] not in "。；！？\n，：|":
            start -= 1
        while end < len(self.text) and self.text[end] not in "。；！？\n，：、|":
            end += 1
        return start, end

    def differs(self, claim: Claim, words: str) -> bool:
        """Whether ``words`` can't be what the claim's source comes to."""
        return fit(words, claim.figure, self.book) == "differs"

    def refuted(self, claim: Claim, words: str) -> bool:
        """Whether ``words`` in the claim's place are wrong: not its figure, nor one its clause names."""
        if not self.differs(claim, words):
            return False
        reading = read(words)
        if reading is None:
            return False
        start, end = self.clause(claim.figure.start, claim.figure.end)
        named = pairs(self.text[start:end])
        own = [pairs("，".join((f.name, *f.aliases))) for f in self.facts_of(claim)]
        measure = "%" if reading.rate else split(reading.measure)[1]
        return not any(
            f.is_value(reading.value) and f.words not in own and measure in f.measures
            and 2 * len(f.words & named) > len(f.words)
            for f in self.allowed.figures
        )  # fmt: skip

    def facts_of(self, claim: Claim) -> list[Fact]:
        """The facts its expression is of."""
        by_id = self.sheet.by_id
        ids = (id.removesuffix("_year_before") for id in claim.operands)
        return [by_id[id] for id in ids if id in by_id]

    def replaced(self, kind: str, claim: Claim, words: str, note: str = "") -> Iterator[Mutant]:
        """The claim's words exchanged, if that is wrong."""
        if words != claim.figure.words and self.refuted(claim, words):
            start, end = claim.figure.start, claim.figure.end
            yield self.planted(kind, start, end, words, note)

    def restated(self, claim: Claim, value: Fraction) -> str:
        """Another value in the claim's form: as many decimals, the same scale and measure word."""
        if not claim.digits or value < 0:
            return ""
        worth = (
            claim.reading.value / Fraction(claim.digits.replace(",", ""))
            if claim.reading.value
            else 1
        )
        places = len(claim.digits.partition(".")[2])
        number = value / worth
        if claim.given or not places:
            decimals = next((p for p in range(4) if (number * 10**p).denominator == 1), places)
            places = max(places, decimals) if claim.given else places
        rounded = Fraction(round(number * 10**places), 10**places)
        digits = f"{Decimal(rounded.numerator) / Decimal(rounded.denominator):.{places}f}"
        return claim.figure.words.replace(claim.reading.number, digits, 1)

    def others(self, fact: Fact) -> list[Fact]:
        """Facts of the same unit with another name and value, its total and parts left out."""

        def kin(other: Fact) -> bool:
            return other.parts_of == fact.id or other.id == fact.parts_of

        def alike(other: Fact) -> bool:
            return other.value == fact.value or other.name == fact.name

        rest = (other for other in self.sheet.facts if other.unit == fact.unit)
        return [other for other in rest if not kin(other) and not alike(other)]


def _claims(marked: Marked, book: Book) -> Iterator[Claim]:
    for figure in marked.figures:
        reading, value = read(figure.words), book.value(figure.source, figure.kind)
        if reading is None or value is None:
            continue
        fact = book.fact(figure.source)
        if fit(figure.words, figure, book) not in ("fits", "loose"):
            continue
        yield Claim(figure, reading, abs(value), fact, book.operands(figure.source))


def make_ground(marked: Marked, book: Book) -> MarkedGround:
    """The ground of a marked text; seed its ``random`` before each generator."""
    report = CheckReport(mentions=tuple(sorted(_mentions(marked, book), key=lambda m: m.start)))
    return MarkedGround(marked.text, report, book.sheet, Random(0), marked, book=book)


def _mentions(marked: Marked, book: Book) -> Iterator[Mention]:
    """The figures as mentions that trace, and the years."""
    for claim in _claims(marked, book):
        reading, figure = claim.reading, claim.figure
        if not claim.digits or reading.sign.startswith("成"):
            continue
        value = Fraction(claim.digits.replace(",", ""))
        measure = reading.measure
        if reading.sign in ("百分点", "个百分点"):
            measure = reading.sign
        if not measure and not reading.rate and claim.fact is not None:
            measure = split(claim.fact.unit)[1]
        unit = "%" if reading.sign == "%" else reading.scale + measure
        end = reading.end - (len(reading.sign) if "百分点" in reading.sign else 0)
        yield Mention(
            figure.start + reading.start, figure.start + end, figure.words[reading.start : end], "quantity",
            Decimal(value.numerator) / value.denominator,
            Decimal(reading.value.numerator) / reading.value.denominator,
            unit, "余" if reading.form == "more" else reading.form, "traced" if claim.given else "derived",
            tuple(id.removesuffix("_year_before") for id in claim.operands),
        )  # fmt: skip
    for match in _YEAR.finditer(marked.text):
        yield Mention(match.start(), match.end(), match.group(), "date")


__all__ = ["Claim", "MarkedGround", "SheetAllowed", "family", "make_ground"]
