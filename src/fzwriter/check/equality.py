"""Whether a printed figure is a given one: value, approximation, measure word (DESIGN §5.3).

A given figure is equal after scale and form, never after rounding; a derived one is rounded half up
to its declared digits, or to those printed.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from fzwriter.check.referents import Referent, bounds, split_unit
from fzwriter.facts.derive import round_half_up
from fzwriter.numbers.approx import direction, same_direction, stands_for
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


def _word(measure: str) -> str:
    return measure.removeprefix("个") if measure.removeprefix("个") in _NOUN_MEASURES else measure


def unit_matches(referent: Referent, mention: Mention, after: str) -> bool:
    """Whether the measure word is the referent's own or one it allows."""
    _, measure = split_unit(mention.unit)
    if measure == referent.measure or measure in referent.measures:
        return True
    if _word(measure) == _word(referent.measure):
        return True
    if not referent.measure:
        return measure not in ("%", "‰", "百分点") or referent.source == "statement"
    behind = after.lstrip(" ")
    return any(
        len(word) > 1 and behind.startswith((word, _word(word), "个" + word))
        for word in (referent.measure, *referent.measures)
    )


def _printed(mention: Mention) -> tuple[Fraction, int]:
    """A mention's value on the scale it is printed in, and the digits printed."""
    value = mention.value
    if not isinstance(value, Decimal):
        return Fraction(0), 0
    exponent = value.as_tuple().exponent
    return Fraction(value), max(0, -exponent) if isinstance(exponent, int) else 0


def value_matches(referent: Referent, mention: Mention) -> bool:
    """Whether the value is the referent's, approximation aside."""
    low, high = bounds(mention)
    if high is not None or referent.high is not None:
        return low == referent.base and high == referent.high
    if low == referent.base:
        return True
    return referent.derived and _rounded(referent, mention, low)


def _rounded(referent: Referent, mention: Mention, base: Fraction) -> bool:
    value, digits = _printed(mention)
    if not value or not base:
        return False
    shown = referent.base / (base / value)
    if mention.unit in ("成", "折"):
        return False
    if referent.digits is not None and digits > referent.digits:
        return False
    wanted = referent.digits if referent.digits is not None else digits
    rounded = round_half_up(shown, wanted)
    if Fraction(rounded) != value:
        return False
    whole = Fraction(_hundred(mention))
    return not (whole and rounded in (0, whole) and shown not in (0, whole))


def _hundred(mention: Mention) -> int:
    return 100 if mention.unit == "%" else 0


def approx_matches(referent: Referent, mention: Mention) -> bool:
    """Whether the approximation of an equal value is right: none for an exact fact."""
    if referent.approx:
        return bool(mention.approx) and same_direction(referent.approx, mention.approx)
    if not mention.approx:
        return True
    if referent.derived:
        return direction(mention.approx) == "around"
    return mention.approx in ("以上", "至少", "不少于", "不低于", "最少")


def rounds_to(referent: Referent, mention: Mention) -> bool:
    """Whether an approximate printed figure may stand for the referent's exact one."""
    if not mention.approx or referent.approx or not isinstance(mention.value, Decimal):
        return False
    value = mention.value
    if not value or not mention.base_value or isinstance(mention.base_value, tuple):
        return False
    scale = Fraction(mention.base_value) / Fraction(value)
    exact = referent.base / scale
    return stands_for(value, mention.approx, Decimal(exact.numerator) / Decimal(exact.denominator))
