"""Everything a figure in a report may stand for, made from the fact sheet once per check.

A referent is one value with its unit and the words that speak of it. ``build`` makes them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from fzwriter.facts.derive import round_result
from fzwriter.facts.render import render_figure
from fzwriter.numbers.value import SCALES
from fzwriter.report import Mention

Source = Literal["fact", "derived", "catalogue", "previous", "change", "share", "statement"]

_NOISE = re.compile(r"[^一-龥A-Za-z0-9]|的|了|各类|各级|各|等|共计|累计|合计|总计|年度|全年|其中")


def plain_words(text: str) -> str:
    """``text`` without punctuation and words that carry no meaning."""
    return _NOISE.sub("", text)


@lru_cache(maxsize=4096)
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
        direction: against last year: +1 rise, -1 fall, 0 none or unknown.
        fact: the fact behind a change or last year's value.
        printed: the figure as it prints, where the input fixes that.
        phrase: how a message speaks of it, ＃ for the figure: 收到行政复议案件同比增长＃; its name and
            the figure by default.
        worked: ``formula`` with the figures put in, for people.
        moved: last year's figure and this year's: 40件→48件.
        high: the upper end, of a range.
        far: for shares: of a total further up, which the text must name.
        planned: a numeral of a statement of plans, no deed.
        names_grams: ``grams`` of each name.
        about: ``grams`` of topic and parent; for shares, of the total.
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
    phrase: str = ""
    worked: str = ""
    moved: str = ""
    high: Fraction | None = None
    far: bool = False
    planned: bool = False
    names_grams: tuple[frozenset[str], ...] = field(default=(), repr=False)
    about: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def compared(self) -> bool:
        """Whether it is told by comparison only: last year's value, a change, a share."""
        return self.source in ("previous", "change", "share")

    @property
    def told(self) -> str:
        """It in words: 收到行政复议案件48件, 收到行政复议案件上年40件."""
        return self.phrase.replace("＃", self.shown) if self.phrase else self.names[0] + self.shown

    @property
    def shown(self) -> str:
        """The value as a clerk would write it, approximation included."""
        if self.printed:
            return self.printed
        number = self.base * unscale(self.measure)
        value = (
            round_result(number, self.measure, self.digits)
            if self.derived
            else Decimal(number.numerator) / Decimal(number.denominator)
        )
        return render_figure(value, self.measure, self.approx)


def unscale(measure: str) -> int:
    """How many of a rate make one: 100 for %."""
    return {"%": 100, "‰": 1000}.get(measure, 1)


def fraction(value: Decimal, unit: str) -> Fraction:
    """A value in its unit as an exact scaled number."""
    scale, measure = split_unit(unit)
    return Fraction(value) * scale / unscale(measure)


def make_referent(
    id_: str,
    source: Source,
    names: tuple[str, ...],
    topic: str,
    base: Fraction,
    measure: str,
    **more: object,
) -> Referent:
    """A referent with its words worked out."""
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
