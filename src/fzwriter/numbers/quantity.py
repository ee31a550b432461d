"""Figures: value, scale, approximation, range and measure word of a numeral that counts something."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import yaml

from fzwriter.numbers.token import Cursor, Found
from fzwriter.numbers.value import SCALES, parse_arabic, parse_chinese
from fzwriter.report import Value

_CHINESE = "零〇一二两三四五六七八九十百千万亿"
_ARABIC = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
_NUMBER = rf"(?:{_ARABIC.pattern}|[{_CHINESE}]+)"
_TAIL = re.compile(r"\s?([余多来])?\s?((?:[十百千]?万亿?|[百千]?亿|[百千])(?!分))?([余多])?")
_TO = re.compile(rf"\s?(?:[-—–~～―]{{1,2}}|至|到)\s?({_NUMBER})")
_PARTS = re.compile(
    rf"百分百|(百|千|万)分之\s?({_NUMBER}(?:点[{_CHINESE}]+)?)|([{_CHINESE}]+)分之([{_CHINESE}]+)"
)
_SLASH = re.compile(r"(\d{1,3})/(\d{1,3})(?![\d/])")
_HALF = re.compile(r"半数")

# 余 and 多 stand inside a numeral; these stand before it …
_BEFORE = re.compile(
    r"(不少于|不低于|不超过|不高于|不多于|超过|至少|最少|最多|至多|将近|接近|大约|不足|不到|逾"
    r"|(?<![赶])超|(?<![节预签合制履公契])约|(?<![附邻临最])近)\s?$"
)
_ABOVE = re.compile(r"(?<![以])上\s?$")
# … and these after its measure word.
_AFTER = re.compile(r"\s?(以上|以下|以内|之内|左右|上下)")
# 超过87%的镇 compares, it doesn't approximate a figure of the unit's own.
_COMPARED = re.compile(r"\s?%的")
_RECENT = re.compile(r"\s?(?:年|个月|天|日|届)")
_COUNTED_ONE = re.compile(
    r"(?:共|计|仅|只|唯一|唯一的|各|累计|共有|仅有|只有|新增|增加|减少|合计)\s?$"
)
_SPAN_OF_YEARS = re.compile(r"(?:近|连续|过去|历时|为期|满|未来|共|达)\s?$")


class Measures(NamedTuple):
    """The measure words, compiled."""

    any: re.Pattern[str]
    chinese: re.Pattern[str]
    never: frozenset[str]


@lru_cache(maxsize=1)
def measures() -> Measures:
    """The measure words of ``measures.yaml``."""
    raw = yaml.safe_load((files("fzwriter.numbers") / "measures.yaml").read_text("utf-8"))
    general, arabic = raw["measures"].split(), raw["arabic_only"].split()

    def compiled(words: list[str]) -> re.Pattern[str]:
        return re.compile("|".join(re.escape(w) for w in sorted(set(words), key=len, reverse=True)))

    return Measures(compiled(general + arabic), compiled(general), frozenset(raw["not_a_measure"]))


def _space(text: str, at: int) -> int:
    """Skip one space."""
    return at + 1 if text[at : at + 1] == " " else at


def _times(value: Value, factor: Decimal) -> Value:
    if isinstance(value, tuple):
        low, high = value
        return (None if low is None else low * factor, None if high is None else high * factor)
    return None if value is None else value * factor


def _base(value: Value, unit: str, scale: str) -> Value:
    """``value`` scaled: 万 × 10000, % ÷ 100, 番 as a factor."""
    if scale:
        return _times(value, Decimal(SCALES.get(scale, 1)))
    if unit in ("%", "成", "折"):
        return _times(value, Decimal("0.01") if unit == "%" else Decimal("0.1"))
    if unit == "‰":
        return _times(value, Decimal("0.001"))
    if unit == "番" and isinstance(value, Decimal):
        return Decimal(2) ** value
    return value


def _before(cursor: Cursor, end: int) -> str:
    """The approximation in front of the numeral, as written."""
    match = _BEFORE.search(cursor.text[max(cursor.floor, cursor.start - 4) : cursor.start])
    if not match:
        if cursor.core[:1] in ("百", "千", "万", "亿") and _ABOVE.search(cursor.before(2)):
            return "上"
        return ""
    word = match.group(1)
    if word in ("超过", "超") and _COMPARED.match(cursor.text, end - 1):
        return ""
    if word == "近" and _RECENT.match(cursor.text, end):
        return ""
    return word


def _fraction(cursor: Cursor) -> Found | None:
    """百分之五, 百分百, 千分之三, 三分之二, 1/3, 半数."""
    text, start = cursor.text, cursor.start
    if match := _SLASH.match(text, start):
        low, high = Decimal(match.group(1)), Decimal(match.group(2))
        if 0 < low < high:
            return Found(start, match.end(), "quantity", low / high, low / high)
    if match := _HALF.match(text, start):
        half = Decimal("0.5")
        after = _AFTER.match(text, match.end())
        return Found(
            start, match.end(), "quantity", half, half, "", after.group(1) if after else ""
        )
    match = _PARTS.match(text, start)
    if not match:
        return None
    after = _AFTER.match(text, match.end())
    approx = after.group(1) if after else _before(cursor, match.end())
    if match.group() == "百分百":
        return Found(start, match.end(), "quantity", Decimal(100), Decimal(1), "%", approx)
    if match.group(1):
        return _out_of(match, start, approx)
    low_, high_ = parse_chinese(match.group(4)), parse_chinese(match.group(3))
    if isinstance(low_, Decimal) and isinstance(high_, Decimal) and high_:
        return Found(start, match.end(), "quantity", low_ / high_, low_ / high_, "", approx)
    return None


def _out_of(match: re.Match[str], start: int, approx: str) -> Found | None:
    number = match.group(2)
    if number[0].isdigit():
        value: Value = parse_arabic(number)
    elif "点" in number:
        whole, _, digits = number.partition("点")
        head, tail = parse_chinese(whole), [parse_chinese(c) for c in digits]
        if not isinstance(head, Decimal) or not all(isinstance(t, Decimal) for t in tail):
            return None
        value = Decimal(f"{head}." + "".join(str(t) for t in tail))
    else:
        value = parse_chinese(number)
    unit = {"百": "%", "千": "‰", "万": "‱"}[match.group(1)]
    base = _times(value, 1 / Decimal(SCALES[match.group(1)]))
    return Found(start, match.end(), "quantity", value, base, unit, approx)


def _number(text: str) -> Value:
    return parse_arabic(text) if text[0].isdigit() else parse_chinese(text)


class _Tail(NamedTuple):
    """What follows the digits: end of the numeral, 余/多 inside it, its scale, unit, its end."""

    end: int
    inside: str
    scale: str
    unit: str
    unit_end: int


def _tail(cursor: Cursor, at: int, *, arabic: bool) -> _Tail:
    text = cursor.text
    match = _TAIL.match(text, at)
    assert match is not None  # every group is optional
    inside, scale, late = match.group(1) or "", match.group(2) or "", match.group(3) or ""
    end = match.end() if (inside or scale or late) else at
    known = measures()
    where = _space(text, end)
    sign = text[where : where + 1]
    if sign in ("%", "‰"):
        return _Tail(where + 1, inside or late, scale, sign, where + 1)
    unit = (known.any if arabic else known.chinese).match(text, where)
    if inside == "来" and not unit:
        return _Tail(at, "", "", "", at)
    if unit:
        word = unit.group()
        return _Tail(end, inside or late, scale, scale + word, unit.end())
    if arabic and "一" <= sign <= "龥" and sign not in known.never:
        return _Tail(end, inside or late, scale, scale + sign, where + 1)
    return _Tail(end, inside or late, scale, scale, end)


def _range(cursor: Cursor, tail: _Tail, low: Value) -> tuple[Value, _Tail] | None:
    """3～5万元, 30%—40%, 三至五名: value and tail of the whole, or ``None``."""
    for at in (tail.end, tail.unit_end):
        match = _TO.match(cursor.text, at)
        if not match:
            continue
        high = _number(match.group(1))
        arabic = match.group(1)[0].isdigit()
        if arabic != cursor.arabic or not isinstance(low, Decimal) or not isinstance(high, Decimal):
            return None
        after = _tail(cursor, match.end(), arabic=arabic)
        if tail.unit and after.unit and tail.unit != after.unit:
            return None
        if low >= high:
            return None
        return (low, high), after
    return None


def _counts(cursor: Cursor, value: Value, tail: _Tail) -> bool:
    """Whether a Chinese numeral is a count here, not part of a word."""
    core, measured = cursor.core, tail.unit_end > tail.end
    if tail.unit.endswith(("%", "‰")):
        return True
    if isinstance(value, tuple):
        return measured and core not in ("几", "数")
    if value == 1:
        return measured and bool(_COUNTED_ONE.search(cursor.before(4)))
    if core in ("百", "千", "万", "亿", "百万", "千万"):
        word = cursor.before(1)
        return bool(tail.inside) or (
            measured and word in ("上", "近", "数", "过", "超", "逾", "约")
        )
    if len(core) > 1 and any(c in core for c in "十百千万亿"):
        return True
    if tail.unit == "年" and not tail.inside:
        return (
            bool(_SPAN_OF_YEARS.search(cursor.before(3)))
            or cursor.text[tail.unit_end :][:1] == "来"
        )
    return measured or bool(tail.inside)


_CHENG = re.compile(
    r"([一二三四五六七八九]|[1-9])成([一二三四五六七八九])?(半)?(?![立功员果为绩就效本都交熟])"
)
_ZHE = re.compile(r"([一二三四五六七八九]|[1-9](?:\.\d)?)折(?![叠腾算扣旧射中])")
_FAN = re.compile(r"([一两二三四五]|[1-5])番")


def _tenths(cursor: Cursor) -> Found | None:
    """九成, 六成五, 三成以上, 八折; 翻了两番."""
    text, start = cursor.text, cursor.start
    match = _CHENG.match(text, start)
    if match:
        head = _number(match.group(1))
        digit = _number(match.group(2)) if match.group(2) else Decimal(5 if match.group(3) else 0)
        if isinstance(head, Decimal) and isinstance(digit, Decimal):
            value = head + digit / 10
            after = _AFTER.match(text, match.end())
            approx = after.group(1) if after else _before(cursor, match.end())
            return Found(start, match.end(), "quantity", value, value / 10, "成", approx)
    match = _ZHE.match(text, start)
    if match:
        value_ = _number(match.group(1))
        return Found(start, match.end() - 1, "quantity", value_, _base(value_, "折", ""), "折")
    match = _FAN.match(text, start)
    if match and "翻" in cursor.before(3):
        value_ = _number(match.group(1))
        return Found(start, match.end() - 1, "quantity", value_, _base(value_, "番", ""), "番")
    return None


def quantity_at(cursor: Cursor) -> Found | None:
    """The figure at the cursor; ``None`` for a Chinese numeral that counts nothing here.

    An Arabic figure always comes back as a quantity: what no other rule explained is data.
    """
    found = _fraction(cursor) or _tenths(cursor)
    if found:
        return found
    text, start, arabic = cursor.text, cursor.start, cursor.arabic
    if arabic:
        number = _ARABIC.match(text, start)
        assert number is not None  # the core begins with a digit
        value: Value = parse_arabic(number.group())
        at = number.end()
    else:
        value, at = parse_chinese(cursor.core), cursor.end
    if value is None:
        return None
    tail = _tail(cursor, at, arabic=arabic)
    whole = _range(cursor, tail, value)
    if whole:
        value, tail = whole
    if not arabic and not _counts(cursor, value, tail):
        return None
    after = _AFTER.match(text, tail.unit_end)
    approx = tail.inside
    before = _before(cursor, tail.end)
    if before and before not in ("近", "将近", "接近"):
        approx = approx or before
    elif before:
        approx = before + approx if approx else before
    elif after:
        approx = approx or after.group(1)
    bare = tail.unit if tail.unit in ("%", "‰", "成", "折", "番") else ""
    base = _base(value, bare, tail.scale)
    return Found(start, tail.end, "quantity", value, base, tail.unit, approx)
