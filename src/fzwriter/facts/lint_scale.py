"""Is a figure of the right size? Last year's value, its kind and the figures beside it are asked.

A slip of unit, of a percent sign or of a digit shows as a jump by a power of ten. Ordinary years
double and treble, and one case may become seven; none of that is asked about. What is asked stops a
draft until the clerk has mended it or has said that it is meant (``is_confirmed``).
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from importlib.resources import files
from typing import Any

import yaml

from fzwriter.facts.catalogue import Catalogue
from fzwriter.facts.catalogue_data import exponent, split_scale
from fzwriter.facts.derive import plain, round_half_up
from fzwriter.facts.lint_common import (
    COUNTED,
    RATE_NAME,
    Finding,
    above_hundred,
    ask,
    how_to_confirm,
    is_confirmed,
    quoted,
    scaled,
    shown,
    warn,
)
from fzwriter.facts.model import Fact, FactSheet
from fzwriter.units import find_profile

_PERCENT = frozenset({"%", "％"})
_BEYOND = 9  # times; a programme trebles, it hardly grows tenfold
_SMALL = 5  # below it a count may jump by chance
_NEAR = Fraction(8, 5)  # times that a year may move beside the power of ten
_AVERAGE = re.compile("均|每|率|比")
_LEVELS = {"镇": 0, "乡": 0, "街道": 0, "市": 2, "州": 2, "省": 3}


def find_odd_sizes(sheet: FactSheet, catalogue: Catalogue) -> Iterator[Finding]:
    """Figures that are likely written in another scale than the one they stand in."""
    for fact in sheet.facts:
        if is_confirmed(fact.note) or fact.value <= 0:
            continue
        what = _jump(fact) or _rate(fact) or _split(fact) or _too_much(fact, sheet, catalogue)
        if what:
            yield ask(fact.source, f"{what}{how_to_confirm(sheet)}", fact.id)
        elif _is_rate(fact) and fact.value < 1:
            hundredfold = f"{plain((fact.value * 100).normalize())}%"
            message = f"{shown(fact)}不到 1%，如果实际是 {hundredfold}，请改正"
            yield warn(fact.source, message, fact.id)


# Against last year.


def _jump(fact: Fact) -> str:
    """A leap since last year that a slip of scale explains better than a year; "" for none."""
    last = fact.previous
    if last is None or last <= 0:
        return ""
    more, less = max(fact.value, last), min(fact.value, last)
    times = Fraction(more) / Fraction(less)
    if not _is_leap(times, less, fact.unit):
        return ""
    noughts = round(math.log10(times)) * (1 if fact.value > last else -1)
    now, then = f"{plain(fact.value)}{fact.unit}", f"{plain(last)}{fact.unit}"
    readings = [("上年", _moved(last, noughts)), ("本年", _moved(fact.value, -noughts))]
    whole = [one for one in readings if "." not in one[1]] if fact.unit in COUNTED else readings
    instead = "，还是".join(f"{year}应是{value}{fact.unit}" for year, value in whole)
    apart = plain(round_half_up(times, 0))
    return (
        f"{quoted(fact.name)}本年{now}、上年{then}，相差约{apart}倍，疑似单位、小数点或位数不一致"
        f"{'：' if instead else ''}{instead}？"
    )


def _is_leap(times: Fraction, less: Decimal, unit: str) -> bool:
    if unit in _PERCENT:
        base = Fraction(less)
        if less <= 1 and times >= 30:  # 0.972 beside 98.5: a fraction and a percentage
            return True
    else:
        base = Fraction(less) * 10 ** exponent(split_scale(unit)[0])
    if times >= _BEYOND and base >= _SMALL:
        return True
    if abs(times - 10) <= Fraction(1, 2):  # a nought too many
        return base >= 2
    power = Fraction(10) ** round(math.log10(times))
    return power >= 100 and power / _NEAR <= times <= power * _NEAR


def _moved(value: Decimal, noughts: int) -> str:
    moved = f"{value.scaleb(noughts):f}"
    return moved.rstrip("0").rstrip(".") if "." in moved else moved


# By its kind.


def _is_rate(fact: Fact) -> bool:
    return fact.unit in _PERCENT and bool(RATE_NAME.search(fact.name))


def _rate(fact: Fact) -> str:
    if fact.unit not in _PERCENT:
        return ""
    noughts = 0
    if fact.value <= 1 and re.search(_ranges()["high_rates"], fact.name):
        noughts = 2
    elif fact.value >= 1000 and above_hundred(fact.name, fact.unit, Fraction(fact.value)):
        noughts = -2
    if not noughts:
        return ""
    return f"{shown(fact)}，疑似把小数和百分数写混了：是不是{_moved(fact.value, noughts)}%？"


def _split(fact: Fact) -> str:
    """1.2份: there is no fifth of a leaflet, it was 1.2万份."""
    whole = fact.value == fact.value.to_integral_value()
    if whole or fact.unit not in COUNTED or _AVERAGE.search(fact.name):
        return ""
    return f"{shown(fact)}不是整数，单位里是不是少写了“万”？"


def _too_much(fact: Fact, sheet: FactSheet, catalogue: Catalogue) -> str:
    """What makes a total implausible; "" for a plausible one."""
    _, bare = split_scale(fact.unit)
    if bare == "元" and _is_small_change(fact):
        return f"{shown(fact)}，不到{_ranges()['small_change']['least']}元：是不是{plain(fact.value)}万元？"
    rank = _rank(sheet)
    if rank > 2:
        return ""
    for entry in _ranges()["totals"]:
        if _holds(entry, fact, catalogue):
            most = entry["most"][rank] * _of_unit(entry)
            if scaled(fact) > most:
                limit = f"{entry['most'][rank]}{entry['unit']}"
                return f"{shown(fact)}，比同级单位通常的数（{limit}以内）大得多：{_instead(fact)}"
            break
    return _too_much_each(fact, sheet, catalogue)


def _too_much_each(fact: Fact, sheet: FactSheet, catalogue: Catalogue) -> str:
    """What makes money implausible beside the cases or people it was for; "" for plausible."""
    entries = [entry for entry in _ranges()["shares"] if _holds(entry, fact, catalogue)]
    for entry in entries[:1]:
        unit = _of_unit(entry)
        for other in sheet.facts:
            if not _beside(other, fact, catalogue) or not re.search(entry["of"], other.name):
                continue
            each = scaled(fact) / scaled(other)
            if each > entry["per"] * unit:
                average = plain(round_half_up(each / unit, 1))
                return (
                    f"{shown(fact)}，与{shown(other)}相比，平均每{split_scale(other.unit)[1]}"
                    f"{average}{entry['unit']}，大得不合常理：{_instead(fact)}"
                )
    return ""


def _beside(other: Fact, fact: Fact, catalogue: Catalogue) -> bool:
    """Whether a fact counts cases or people of the same topic."""
    topic, its = (catalogue.topic_of(one.topic) or one.topic for one in (fact, other))
    counts = split_scale(other.unit)[1] not in {"元", *_PERCENT} and other.value > 0
    return topic == its and counts


def _is_small_change(fact: Fact) -> bool:
    entry = _ranges()["small_change"]
    return (
        scaled(fact) < entry["least"]
        and bool(re.search(entry["words"], fact.name))
        and not re.search(entry["without"], f"{fact.name}{fact.unit}")
    )


def _instead(fact: Fact) -> str:
    scale, bare = split_scale(fact.unit)
    if bare == "元" and scale:
        return f"是不是{plain(fact.value)}元（{_moved(fact.value, -exponent(scale))}{fact.unit}）？"
    return f"是不是{_moved(fact.value, -1)}{fact.unit}？"


def _holds(entry: Mapping[str, Any], fact: Fact, catalogue: Catalogue) -> bool:
    scale, bare = split_scale(fact.unit)
    unit = split_scale(entry["unit"])[1]
    if bare not in catalogue.unit_family(unit) or (unit == "元" and scale != "万"):
        return False  # who writes 30亿元 counted the noughts
    return bool(re.search(entry["words"], fact.name))


def _of_unit(entry: Mapping[str, Any]) -> int:
    return int(10 ** exponent(split_scale(entry["unit"])[0]))


def _rank(sheet: FactSheet) -> int:
    unit = sheet.unit
    level = find_profile(unit.type, unit.name, unit.level, unit.region).level.name
    return _LEVELS.get(level, 1)


@functools.cache
def _ranges() -> dict[str, Any]:
    text = files(__package__).joinpath("ranges.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    return data
