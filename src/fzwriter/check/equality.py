"""Whether a printed figure is a given one: value, approximation, measure word (DESIGN §5.3).

A given figure is equal after scale and form, never after rounding; a derived one is rounded half up
to its declared digits, or to those printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from fzwriter.check.referents import Referent, bounds, split_unit
from fzwriter.facts.derive import round_half_up
from fzwriter.numbers.approx import direction, may_equal, same_direction, stands_for
from fzwriter.report import Mention

# One thing may be counted by either word only where the sheet says so (`units`); 个 before a noun
# that serves as measure word is the exception: 7个方面, 15个工作日.
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


def _word(measure: str) -> str:
    return measure.removeprefix("个") if measure.removeprefix("个") in _NOUN_MEASURES else measure


def _forms(measure: str) -> Iterator[str]:
    """The measure words one stands for: 场(次) for 场 and 场次, 份(册) for either, 成 for tenths."""
    yield measure
    yield _word(measure)
    if measure == "成":
        yield "%"
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
        measure: without the scale.
        approx: as ``Mention.approx``.
    """

    low: Fraction
    high: Fraction | None
    value: Decimal
    digits: int
    unit: str
    measure: str
    approx: str

    @classmethod
    def of(cls, mention: Mention) -> Printed:
        """What ``mention`` prints."""
        low, high = bounds(mention)
        value = mention.value if isinstance(mention.value, Decimal) else Decimal(0)
        exponent = value.as_tuple().exponent
        digits = max(0, -exponent) if isinstance(exponent, int) else 0
        _, measure = split_unit(mention.unit)
        return cls(low, high, value, digits, mention.unit, measure, mention.approx)


class Measures:
    """Finds the referents a measure word may count, without trying each."""

    def __init__(self, referents: Sequence[Referent]) -> None:
        self._by_word: dict[str, list[int]] = {}
        self._behind: dict[str, list[int]] = {}
        self._bare: list[int] = []
        self._stated: list[int] = []
        for index, referent in enumerate(referents):
            words = {referent.measure, *referent.measures}
            for word in words | {_word(word) for word in words}:
                self._by_word.setdefault(word, []).append(index)
            for word in words:
                if len(word) > 1:
                    for form in {word, _word(word), "个" + word}:
                        self._behind.setdefault(form, []).append(index)
            if not referent.measure:
                self._bare.append(index)
                if referent.source == "statement":
                    self._stated.append(index)
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


def value_matches(referent: Referent, printed: Printed) -> bool:
    """Whether the value is the referent's, approximation aside."""
    if printed.high is not None or referent.high is not None:
        return printed.low == referent.base and printed.high == referent.high
    if printed.low == referent.base:
        return True
    return referent.derived and _rounded(referent, printed)


def _rounded(referent: Referent, printed: Printed) -> bool:
    value, base = Fraction(printed.value), printed.low
    if not value or not base or printed.unit in ("成", "折"):
        return False
    shown = referent.base / (base / value)
    if referent.digits is not None and printed.digits > referent.digits:
        return False
    wanted = referent.digits if referent.digits is not None else printed.digits
    rounded = round_half_up(shown, wanted)
    if Fraction(rounded) != value:
        return False
    whole = 100 if printed.unit == "%" else 0
    return not (whole and rounded in (0, whole) and shown not in (0, whole))


def approx_matches(referent: Referent, printed: Printed) -> bool:
    """Whether the approximation of an equal value is right: none for an exact fact."""
    if referent.approx:
        return bool(printed.approx) and same_direction(referent.approx, printed.approx)
    if not printed.approx:
        return True
    if referent.derived:
        return direction(printed.approx) == "around"
    return may_equal(printed.approx)


def rounds_to(referent: Referent, printed: Printed) -> bool:
    """Whether an approximate printed figure may stand for the referent's exact one."""
    if not printed.approx or referent.approx or printed.high is not None:
        return False
    value = printed.value
    if not value or not printed.low:
        return False
    exact = referent.base / (printed.low / Fraction(value))
    return stands_for(value, printed.approx, Decimal(exact.numerator) / Decimal(exact.denominator))
