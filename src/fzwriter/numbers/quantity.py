"""Figures: value, scale, approximation, range and measure word of a numeral that counts something."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from fzwriter.numbers.fraction import part_at, part_base
from fzwriter.numbers.lean import lean
from fzwriter.numbers.measure import measures
from fzwriter.numbers.number import CHINESE, Number, arabic_at, chinese_at
from fzwriter.numbers.token import Cursor, Found
from fzwriter.numbers.value import SCALES
from fzwriter.report import Value

_TO = re.compile(rf"(?:[-—–~～―]{{1,2}}|至|到)(?=[0-9{CHINESE}])")
_TO_FIRST = frozenset("-—–~～―至到")
_SIGN = re.compile(r"(?:^|[\n(:,、=]|[为是达至到率值速降增长差额比])(-|负)$")
# A rate is no end of a span with a word in front of it: 信访量-12.5%.
_SIGN_OF_RATE = re.compile(rf"[^\W\d_a-zA-Z{CHINESE}]-$")
_COUNTED_ONE = re.compile(
    r"(?:(?<![设统审会预估伙合])计|合计|共计|共|仅|只|唯一的?|各|[共仅只][有为]|新增|增加|减少|增长|提高|提升|翻了?近?)$"
)
_SPAN_OF_YEARS = re.compile(r"(?:近|连续|过去|历时|为期|满|未来|共|达)$")
_SPAN_OF_HALF = re.compile(
    r"(?:历时|为期|近|约|逾|超过|不到|不足|仅|缩短|压缩|延长|提前|耗时|用时|满|达|长达)了?$"
)
_ROUND = frozenset(("百", "千", "万", "亿", "百万", "千万"))
_VERGE = frozenset("上近数过超逾约达")
_HALF_MORE = frozenset(("年", "天", "倍", "亩", "吨", "公里", "米", "斤", "岁", "学年"))
_HALF_BETWEEN = re.compile(r"个半(月|小时|学期|工作日|世纪|百分点)")
_HALF_UNIT = re.compile(r"半(年|天|日|个月|个小时|小时|个学期|学期)")


class _Tail(NamedTuple):
    """What follows a number: end of the numeral, its unit with its scale, end of the unit."""

    end: int
    unit: str
    unit_end: int


def _times(value: Value, factor: Decimal) -> Value:
    if isinstance(value, tuple):
        low, high = value
        return (None if low is None else low * factor, None if high is None else high * factor)
    return None if value is None else value * factor


def _base(value: Value, unit: str, scale: str) -> Value:
    """``value`` scaled: 万 × 10000, % ÷ 100, 番 as a factor."""
    scaled = _times(value, Decimal(SCALES[scale])) if scale else value
    return part_base(scaled, unit.removeprefix(scale))


def _tail(text: str, number: Number, *, arabic: bool) -> _Tail:
    at, scale = number.end, number.scale
    sign = text[at : at + 1]
    if sign and sign in "%‰‱":
        return _Tail(at + 1, scale + sign if scale else sign, at + 1)
    known = measures()
    unit = (known.any if arabic else known.chinese).match(text, at)
    if unit:
        return _Tail(at, scale + unit.group(), unit.end())
    if arabic and "一" <= sign <= "龥" and sign not in known.never and sign not in CHINESE:
        return _Tail(at, scale + sign, at + 1)
    return _Tail(at, scale, at)


def _number_at(text: str, at: int) -> Number | None:
    return arabic_at(text, at) if "0" <= text[at] <= "9" else chinese_at(text, at)


class _Range(NamedTuple):
    value: tuple[Decimal, Decimal]
    number: Number
    tail: _Tail


def _second(text: str, at: int, *, arabic: bool) -> Number | None:
    """The upper end of a range whose 至 or dash stands at ``at``."""
    if text[at : at + 1] not in _TO_FIRST:
        return None
    match = _TO.match(text, at)
    if not match or ("0" <= text[match.end()] <= "9") != arabic:
        return None
    return _number_at(text, match.end())


def _range(text: str, low: Number, tail: _Tail, *, arabic: bool) -> _Range | None:
    """3～5万元, 30%—40%, 80万至1亿元, 三至五名; ``None`` where the two ends don't fit."""
    first = low.value
    high = _second(text, tail.end, arabic=arabic) or (
        _second(text, tail.unit_end, arabic=arabic) if tail.unit_end > tail.end else None
    )
    if not high or not isinstance(first, Decimal) or not isinstance(high.value, Decimal):
        return None
    after = _tail(text, high, arabic=arabic)
    bare = tail.unit[len(low.scale) :]
    if bare and bare != after.unit[len(high.scale) :]:
        return None
    last = high.value
    if low.scale and low.scale != high.scale:  # 80万至1亿元: both in full
        first, last = first * SCALES[low.scale], last * SCALES.get(high.scale, 1)
        after = after._replace(unit=after.unit[len(high.scale) :])
        high = high._replace(scale="")
    return _Range((first, last), high, after) if first < last else None


def _bare_counts(cursor: Cursor, number: Number, tail: _Tail) -> bool:
    """百, 千, 万 by themselves: data with 余 inside, or with a measure word after 近, 上, 不足…."""
    if number.inside or tail.unit_end == tail.end:
        return bool(number.inside)
    return cursor.before(1) in _VERGE or bool(lean(cursor, number.end, tail.unit_end))


def _counts(cursor: Cursor, number: Number, value: Value, tail: _Tail) -> bool:
    """Whether a Chinese numeral is a count here, not part of a word."""
    text, measured = cursor.text, tail.unit_end > tail.end
    core = text[cursor.start : number.end]
    if tail.unit in ("%", "‰", "‱"):
        return True
    if isinstance(value, tuple):
        return (measured and core not in ("几", "数")) or any(c in core[1:] for c in "十百千万亿")
    if "点" in core:
        return True
    if value == 1:
        return measured and (tail.unit == "倍" or bool(_COUNTED_ONE.search(cursor.before(4))))
    if core.rstrip("余多") in _ROUND:
        return _bare_counts(cursor, number, tail)
    if len(core) > 1 and any(c in core for c in "十百千万亿拾佰仟"):
        return True
    if tail.unit == "年" and not number.inside:
        near = _SPAN_OF_YEARS.search(cursor.before(3))
        return bool(near) or text[tail.unit_end : tail.unit_end + 1] in tuple("来内")
    return measured or bool(number.inside)


def _half_more(text: str, number: Number, value: Value, tail: _Tail) -> Found | None:
    """两年半, 一个半月: a half behind the measure word belongs to the figure."""
    if not isinstance(value, Decimal) or number.inside or number.scale:
        return None
    at = tail.unit_end
    if tail.unit in _HALF_MORE and text.startswith("半", at) and not text.startswith("半年", at):
        return Found(0, at + 1, "quantity", value + Decimal("0.5"), unit=tail.unit)
    between = _HALF_BETWEEN.match(text, number.end)
    if between:
        unit = "个" + between.group(1)
        return Found(0, number.end + 2, "quantity", value + Decimal("0.5"), unit=unit)
    return None


def _half(cursor: Cursor) -> Found | None:
    """缩短半个月, 历时半年: half a measure of time, where the text measures with it."""
    match = _HALF_UNIT.match(cursor.text, cursor.start)
    if not match or not _SPAN_OF_HALF.search(cursor.before(5)):
        return None
    half = Decimal("0.5")
    approx = lean(cursor, cursor.start + 1, match.end())
    return Found(cursor.start, cursor.start + 1, "quantity", half, half, match.group(1), approx)


def _signed(cursor: Cursor, value: Value, unit: str) -> bool:
    """-3.5%, 负0.2: a minus sign, not a dash, a bullet or 减负."""
    text, start = cursor.text, cursor.start
    if start <= cursor.floor or text[start - 1] not in "-负" or not isinstance(value, Decimal):
        return False
    signs = (_SIGN, _SIGN_OF_RATE) if unit == "%" else (_SIGN,)
    if not any(sign.search(text, max(0, start - 2), start) for sign in signs):
        return False
    line_start = start < 2 or text[start - 2] == "\n"
    return not (line_start and unit and unit != "%" and text[start - 1] == "-")


def _negative(cursor: Cursor, found: Found) -> Found:
    minus = Decimal(-1)
    return found._replace(
        start=cursor.start - 1, value=_times(found.value, minus), base=_times(found.base, minus)
    )


def quantity_at(cursor: Cursor) -> Found | None:
    """The figure at the cursor; ``None`` for a Chinese numeral that counts nothing here.

    An Arabic figure always comes back as a quantity: what no other rule explained is data.
    Where Chinese words or several scales make up the figure (一千二百万元, 3亿5000万元), the value is
    the whole, and the unit has no scale.
    """
    found = part_at(cursor)
    if found:
        return _negative(cursor, found) if _signed(cursor, found.value, "") else found
    text, start, arabic = cursor.text, cursor.start, cursor.arabic
    if text[start] == "半":
        return _half(cursor)
    number = _number_at(text, start)
    if number is None:
        return None
    value = number.value
    tail = _tail(text, number, arabic=arabic)
    whole = _range(text, number, tail, arabic=arabic)
    if whole:
        value, number, tail = whole
    half = _half_more(text, number, value, tail)
    if half:
        approx = lean(cursor, half.end, half.end)
        return half._replace(start=start, base=half.value, approx=approx)
    if not arabic and not _counts(cursor, number, value, tail):
        return None
    approx = lean(cursor, tail.end, tail.unit_end, number.inside)
    base = _base(value, tail.unit, number.scale)
    figure = Found(start, tail.end, "quantity", value, base, tail.unit, approx)
    return _negative(cursor, figure) if _signed(cursor, value, tail.unit) else figure
