"""Everything a figure in a report may stand for, made from the fact sheet once per check.

A referent is one value with its unit and the words that speak of it. Facts give one each; so do
declared derived figures, last year's values and the changes against them, the catalogue's usual
rates, and each numeral inside a statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from fzwriter.check.context import Contexts
from fzwriter.errors import FzwriterError
from fzwriter.facts import Fact, FactSheet, evaluate, load_catalogue
from fzwriter.facts.derive import round_result
from fzwriter.facts.render import render_figure
from fzwriter.numbers import Lexicon, find_numbers
from fzwriter.numbers.value import SCALES
from fzwriter.report import Mention

Source = Literal["fact", "derived", "catalogue", "previous", "change", "statement"]

_NOISE = re.compile(r"[^一-龥A-Za-z0-9]|的|了|各类|各级|各|等|共计|累计|合计|总计|年度|全年|其中")


def grams(text: str) -> frozenset[str]:
    """Character pairs of ``text`` without punctuation and words that carry no meaning."""
    plain = _NOISE.sub("", text)
    if len(plain) < 2:
        return frozenset((plain,)) if plain else frozenset()
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1))


def split_unit(unit: str) -> tuple[int, str]:
    """A unit's scale and measure word: 万元 → (10000, 元); 个百分点 → (1, 百分点)."""
    unit = unit.strip().replace("％", "%").replace("（", "(").replace("）", ")")
    for scale in ("万亿", "千万", "百万", "十万", "万", "亿"):
        if unit.startswith(scale):
            return SCALES[scale], unit[len(scale) :]
    return 1, unit


@dataclass(frozen=True)
class Referent:
    """One value a figure may stand for.

    Attributes:
        id: of the fact, derived figure or statement numeral (``s2.1``).
        source: what it comes from.
        names: ways of speaking of it, the first its own name.
        topic: the topic it belongs to.
        base: the exact value, scaled (256300 for 25.63万元; 0.22 for 22%).
        measure: measure word without scale; "" when none.
        measures: other measure words allowed.
        approx: approximation as given.
        digits: declared digits of a derived figure, on ``shown`` scale.
        derived: rounded when printed.
        formula: how it was computed.
        place: where in the input: ``第 9 行``.
        parent: name of the total it is part of.
        direction: for changes: +1 rise, -1 fall, 0 none.
        fact: the fact behind a change or last year's value.
        printed: the figure as it prints, where the input fixes that.
        high: the upper end, of a range.
        names_grams: ``grams`` of each name.
    """

    id: str
    source: Source
    names: tuple[str, ...]
    topic: str
    base: Fraction
    measure: str
    measures: tuple[str, ...] = ()
    approx: str = ""
    digits: int | None = None
    derived: bool = False
    formula: str = ""
    place: str = ""
    parent: str = ""
    direction: int = 0
    fact: str = ""
    printed: str = ""
    high: Fraction | None = None
    names_grams: tuple[frozenset[str], ...] = field(default=(), repr=False)
    about: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def label(self) -> str:
        """How a message names it: f04“收到行政复议案件48件”."""
        return f"{self.id}“{self.names[0]}{self.shown}”"

    @property
    def shown(self) -> str:
        """The value as a clerk would write it, approximation included."""
        if self.printed:
            return self.printed
        number = self.base * _unscale(self.measure)
        value = (
            round_result(number, self.measure, self.digits)
            if self.derived
            else Decimal(number.numerator) / Decimal(number.denominator)
        )
        return render_figure(value, self.measure, self.approx)


def _unscale(measure: str) -> int:
    return {"%": 100, "‰": 1000}.get(measure, 1)


def fraction(value: Decimal, unit: str) -> Fraction:
    """A value in its unit as an exact scaled number."""
    scale, measure = split_unit(unit)
    return Fraction(value) * scale / _unscale(measure)


def _referent(
    id_: str,
    source: Source,
    names: tuple[str, ...],
    topic: str,
    base: Fraction,
    measure: str,
    **more: object,
) -> Referent:
    parent = str(more.get("parent", ""))
    return Referent(
        id_,
        source,
        names,
        topic,
        base,
        measure,
        names_grams=tuple(grams(name) for name in names),
        about=grams(topic) | grams(parent),
        **more,  # type: ignore[arg-type]
    )


def _of_fact(fact: Fact, sheet: FactSheet) -> Iterator[Referent]:
    _, measure = split_unit(fact.unit)
    parent = sheet.by_id.get(fact.parts_of)
    measures = tuple(split_unit(u)[1] for u in fact.units)
    names = (fact.name, *fact.aliases)
    more = {
        "measures": measures,
        "place": fact.source,
        "parent": parent.name if parent else "",
        "fact": fact.id,
    }
    base = fraction(fact.value, fact.unit)
    yield _referent(
        fact.id,
        "fact",
        names,
        fact.topic,
        base,
        measure,
        approx=fact.approx,
        printed=render_figure(fact.value, fact.unit, fact.approx),
        **more,
    )
    if fact.previous is None:
        return
    old = fraction(fact.previous, fact.unit)
    yield _referent(
        f"{fact.id}.previous",
        "previous",
        names,
        fact.topic,
        old,
        measure,
        formula=f"{fact.id} 的上年值",
        **more,
    )
    way = (base > old) - (base < old)
    step = "百分点" if measure == "%" else measure
    difference = abs(base - old) * _unscale(measure)
    yield _referent(
        f"{fact.id}.change",
        "change",
        names,
        fact.topic,
        difference,
        step,
        direction=way,
        derived=measure == "%",
        formula=f"|{fact.id} − 上年值|",
        **more,
    )
    if old and measure != "%":
        yield _referent(
            f"{fact.id}.rate",
            "change",
            names,
            fact.topic,
            abs(base - old) / old,
            "%",
            direction=way,
            derived=True,
            formula=f"|{fact.id} − 上年值| ÷ 上年值",
            **more,
        )


def _of_statements(sheet: FactSheet, lexicon: Lexicon) -> Iterator[Referent]:
    for statement in sheet.statements:
        mentions = find_numbers(statement.text, lexicon)
        contexts = Contexts(statement.text, mentions)
        number = 0
        for mention in mentions:
            if mention.kind != "quantity" or mention.base_value is None:
                continue
            number += 1
            around = contexts.around(mention)
            low, high = bounds(mention)
            _, measure = split_unit(mention.unit)
            yield _referent(
                f"{statement.id}.{number}",
                "statement",
                (around.near.replace("＃", ""),),
                statement.topic,
                low,
                measure,
                approx=mention.approx,
                place=statement.source,
                high=high,
            )


def bounds(mention: Mention) -> tuple[Fraction, Fraction | None]:
    """A mention's scaled value, and the upper end when it is a range."""
    value = mention.base_value
    if isinstance(value, tuple):
        low, high = value
        return Fraction(low or 0), Fraction(high) if high is not None else None
    return exact(mention), None


def exact(mention: Mention) -> Fraction:
    """A mention's scaled value as an exact fraction; 0 for a range."""
    value = mention.base_value
    return Fraction(value) if isinstance(value, Decimal) else Fraction(0)


def build_referents(sheet: FactSheet, lexicon: Lexicon) -> tuple[Referent, ...]:
    """All referents of a sheet, facts first."""
    found: list[Referent] = []
    for fact in sheet.facts:
        found.extend(_of_fact(fact, sheet))
    for derived in sheet.derived:
        try:
            result = evaluate(derived, sheet)
        except FzwriterError:
            continue
        _, measure = split_unit(derived.unit)
        base = Fraction(result.exact) / _unscale(measure)
        scale, _ = split_unit(derived.unit)
        found.append(
            _referent(
                derived.id,
                "derived",
                (derived.name, *derived.aliases),
                derived.topic,
                base * scale,
                measure,
                digits=derived.digits,
                derived=True,
                formula=result.explanation,
                printed=render_figure(result.rounded, derived.unit),
                place=derived.source,
            )
        )
    found.extend(_of_catalogue(sheet))
    found.extend(_of_statements(sheet, lexicon))
    return tuple(found)


def _of_catalogue(sheet: FactSheet) -> Iterator[Referent]:
    declared = {name for d in sheet.derived for name in (d.name, *d.aliases)}
    declared |= {fact.name for fact in sheet.facts}
    for entry in load_catalogue().derivations(sheet):
        if entry.names[0] in declared:
            continue
        scale, measure = split_unit(entry.unit)
        base = Fraction(entry.exact) * scale / _unscale(measure)
        yield _referent(
            "+".join(entry.ids),
            "catalogue",
            tuple(entry.names),
            entry.topic,
            base,
            measure,
            derived=True,
            formula=entry.formula,
        )
