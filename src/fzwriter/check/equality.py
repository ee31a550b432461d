"""Whether a printed figure is a given or a computed one: value, approximation, measure word.

DESIGN §5.3: a given figure is equal after scale and form, never after rounding; a computed one is
rounded half up to its declared digits, or to those printed. Measure words of one family count alike
(``unit_families`` of the indicator catalogue, DESIGN §4.1).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from fzwriter.check.genre import words
from fzwriter.check.referents import Referent, bounds, split_unit
from fzwriter.facts import load_catalogue
from fzwriter.facts.derive import round_half_up
from fzwriter.numbers.approx import direction, may_equal, same_direction, stands_for
from fzwriter.report import Mention

#: How a printed figure stands to a value: equal; equal but the approximation wrong; near enough to ask.
Fit = Literal["yes", "approx", "doubt", "no"]

# 个 before a noun that serves as measure word: 7个方面, 15个工作日.
_NOUN_MEASURES = (
    "方面",
    "工作日",
    "小时",
    "单位",
    "部门",
    "百分点",
    "环节",
    "领域",
    "批次",
    "季度",
    "月",
)
_RATES = ("%", "‰", "百分点")
# Measure words that count alike where the name says which: 33家单位, 33所单位. 个 counts anything.
_FAMILIES = [frozenset(words(name)) for name in ("places", "papers", "people")]
LOOSE = frozenset({"个"}).union(*_FAMILIES)
_VAGUE_FRACTION = Fraction(3, 100)


def _word(measure: str) -> str:
    return measure.removeprefix("个") if measure.removeprefix("个") in _NOUN_MEASURES else measure


def _forms(measure: str) -> Iterator[str]:
    """The measure words one stands for: its family, 场(次) for 场 and 场次, 成 for tenths."""
    yield from load_catalogue().unit_family(measure)
    yield _word(measure)
    head, mark, tail = measure.rstrip(")").partition("(")
    if mark:
        yield head
        yield head + tail if tail == "次" else tail


@dataclass(frozen=True)
class Printed:
    """A figure as the text prints it, worked out once.

    Attributes:
        low: the scaled value, or the lower end of a range.
        high: the upper end of a range, else None.
        value: on the scale it is printed in; 0 for a range.
        digits: decimals printed.
        unit: as ``Mention.unit``.
        measure: without the scale; "%" for every form of a share: 成, 四分之一, 半数.
        approx: as ``Mention.approx``.
        fraction: whether it is told as 四分之一 or 半数.
    """

    low: Fraction
    high: Fraction | None
    value: Decimal
    digits: int
    unit: str
    measure: str
    approx: str
    fraction: bool = False

    @classmethod
    def of(cls, mention: Mention) -> Printed:
        """What ``mention`` prints."""
        low, high = bounds(mention)
        value = mention.value if isinstance(mention.value, Decimal) else Decimal(0)
        exponent = value.as_tuple().exponent
        digits = max(0, -exponent) if isinstance(exponent, int) else 0
        _, measure = split_unit(mention.unit)
        fraction = not measure and ("分之" in mention.text or mention.text == "半数")
        if fraction and high is None:
            low = low.limit_denominator(1000)
        if fraction or measure in ("成", "‰"):
            measure = "%"
        if measure == "个百分点":
            measure = "百分点"
        return cls(low, high, value, digits, mention.unit, measure, mention.approx, fraction)

    @property
    def scale(self) -> Fraction:
        """What one of the printed value is worth: 10000 for 万元, 1/100 for %, 1/10 for 成."""
        return self.low / Fraction(self.value) if self.value and self.low else Fraction(1)


class Measures:
    """Finds the referents a measure word may count, without trying each."""

    def __init__(self, referents: Sequence[Referent]) -> None:
        self._referents = referents
        self._by_word: dict[str, list[int]] = {}
        self._behind: dict[str, list[int]] = {}
        self._bare: list[int] = []
        self._stated: list[int] = []
        self._loose: list[int] = []
        for index, referent in enumerate(referents):
            words = {referent.measure, *referent.measures}
            for word in words | {_word(word) for word in words}:
                self._by_word.setdefault(word, []).append(index)
            for word in words:
                if len(word) > 1:
                    for form in {word, _word(word), "个" + word}:
                        self._behind.setdefault(form, []).append(index)
            if referent.measure in LOOSE:
                self._loose.append(index)
            if not referent.measure:
                self._bare.append(index)
                if referent.source == "statement":
                    self._stated.append(index)
        self._all = range(len(referents))
        self._lengths = sorted({len(word) for word in self._behind})

    def matching(self, printed: Printed, after: str) -> Iterable[int]:
        """Indices of the referents counted by the mention's measure word or the word behind it."""
        found: dict[int, None] = {}
        for word in _forms(printed.measure):
            found.update(dict.fromkeys(self._by_word.get(word, ())))
        found.update(dict.fromkeys(self._stated if printed.measure in _RATES else self._bare))
        behind = after.lstrip(" ")
        for length in self._lengths:
            found.update(dict.fromkeys(self._behind.get(behind[:length], ())))
        return found

    def loosely(self, printed: Printed) -> Iterable[int]:
        """Indices of what 个 and the like may count in another word; all for a bare figure."""
        if not printed.measure:
            return self._all
        if printed.measure == "个":
            return self._loose
        alike = next((family for family in _FAMILIES if printed.measure in family), frozenset())
        return (
            [i for i in self._loose if self._referents[i].measure in {"个", *alike}]
            if alike
            else ()
        )


def fit(referent: Referent, printed: Printed) -> Fit:
    """How a printed figure stands to a referent's value and approximation."""
    if printed.high is not None or referent.high is not None:
        return _fit_range(referent, printed)
    if referent.derived:
        return fit_computed(referent.base, printed, _digits(referent, printed))
    if printed.low == referent.base:
        return "yes" if _approx_agrees(referent, printed) else "approx"
    if not referent.base or not printed.low:
        return "no"
    exact = _decimal(referent.base / printed.scale)
    if printed.approx:
        if referent.approx and not same_direction(referent.approx, printed.approx):
            return "no"
        if printed.fraction:
            return _vague(printed, referent.base)
        return stands_for(printed.value, printed.approx, exact)
    return _rounded_up_a_scale(referent, printed, exact)


def _digits(referent: Referent, printed: Printed) -> int | None:
    """Decimals of a computed value at the scale it is printed in: 13519元 has four in 万元."""
    scales = printed.scale / split_unit(referent.unit)[0]
    if referent.digits is None or scales <= 1:
        return referent.digits
    return referent.digits + len(str(int(scales))) - 1


def _fit_range(referent: Referent, printed: Printed) -> Fit:
    if printed.high is not None and referent.high is not None:
        return "yes" if (printed.low, printed.high) == (referent.base, referent.high) else "no"
    if printed.high is not None and not referent.approx:
        return "yes" if printed.low <= referent.base <= printed.high else "no"
    return "no"


def _rounded_up_a_scale(referent: Referent, printed: Printed, exact: Decimal) -> Fit:
    """1260.4万元 told as 0.13亿元: rounded without a word, so a matter to ask."""
    own = split_unit(referent.unit)[0]
    if not printed.digits or split_unit(printed.unit)[0] <= own:
        return "no"
    digits = len(printed.value.normalize().as_tuple().digits)
    same = round_half_up(Fraction(exact), printed.digits) == printed.value
    return "doubt" if same and digits > 1 else "no"


def _approx_agrees(referent: Referent, printed: Printed) -> bool:
    if referent.approx:
        return bool(printed.approx) and same_direction(referent.approx, printed.approx)
    return not printed.approx or may_equal(printed.approx)


def fit_computed(exact: Fraction, printed: Printed, digits: int | None = None) -> Fit:
    """How a printed figure stands to a computed value (scaled: 0.22 for 22%)."""
    if printed.high is not None:
        return "yes" if printed.low <= exact <= printed.high else "no"
    if printed.low == exact:
        return "yes" if not printed.approx or _may_round(printed.approx) else "approx"
    if not exact or not printed.low or (exact < 0) != (printed.low < 0):
        return "no"
    shown = exact / printed.scale
    if printed.approx:
        if printed.fraction:
            return _vague(printed, exact)
        return stands_for(printed.value, printed.approx, _decimal(shown))
    if printed.fraction:
        return "no"
    if printed.unit in ("成", "倍", "折") and not printed.digits:
        near = round_half_up(shown, printed.digits) == printed.value
        return "doubt" if near else "no"
    if digits is not None and printed.digits > digits:
        return "no"
    wanted = digits if digits is not None else printed.digits
    if Fraction(round_half_up(shown, wanted)) != Fraction(printed.value):
        return "no"
    # never rounded to 0% or 100%
    whole = printed.measure == "%" and printed.value in (0, 100)
    return "no" if whole else "yes"


def _may_round(approx: str) -> bool:
    return may_equal(approx) or direction(approx) == "around"


def _vague(printed: Printed, exact: Fraction) -> Fit:
    """约四分之一 of 25.5%: a fraction has no last digit to round at."""
    gap = exact - printed.low
    match direction(printed.approx):
        case "up":
            near, right = gap <= 2 * _VAGUE_FRACTION, gap >= 0
        case "down":
            near, right = -gap <= 2 * _VAGUE_FRACTION, gap <= 0
        case _:
            near, right = True, abs(gap) <= _VAGUE_FRACTION
    return ("yes" if near else "doubt") if right else "no"


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
