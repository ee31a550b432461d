"""What a written numeral is worth: Chinese, Arabic and mixed numerals to ``Decimal`` or a range.

``evaluate`` reads one figure and refuses whatever breaks the rules of place value (百千, 三二百) rather
than guess; ``parse_chinese`` reads besides what stands for a range (三五, 两三百, 十几, 数十).
The tests hold both against cn2an.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from fzwriter.report import Value

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
FORMAL = str.maketrans(
    dict(
        zip("壹贰叁肆伍陆柒捌玖拾佰仟萬億〇○两", "一二三四五六七八九十百千万亿零零二", strict=True)
    )
    | {"廿": "二十", "卅": "三十"}
)
SCALES = {
    "十": 10,
    "百": 100,
    "千": 1_000,
    "万": 10_000,
    "亿": 100_000_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "十万": 100_000,
    "万亿": 10**12,
    "百亿": 10**10,
    "千亿": 10**11,
    "十亿": 10**9,
}

_D = r"[0-9]+(?:\.[0-9]+)?|[一二三四五六七八九]"
_SECTION = re.compile(rf"零?(?:({_D})千)?零?(?:({_D})百)?零?(?:({_D})?(十))?零?({_D})?")
_POINT = re.compile(r"(.+)点([零一二三四五六七八九]+)([百千万亿]*)")
_NEIGHBOURS = re.compile(
    r"([一二三四五六七八九]?十|[一二三四五六七八九]百)?([一二三四五六七八九])([一二三四五六七八九])"
    r"([十百千万亿]*)"
)
_SOME = re.compile(r"([一二三四五六七八九十百千]*)零?[几数]([十百千]?)([万亿]*)")
_SPELLED = re.compile(r"[零一二三四五六七八九]{2,}")


def _scale(text: str) -> int:
    factor = 1
    for character in text:
        factor *= SCALES[character]
    return factor


def _digit(text: str) -> Decimal:
    return Decimal(DIGITS[text]) if text in DIGITS else Decimal(text)


def _last(digit: str, unit: int) -> Decimal | None:
    """A last digit behind a place: the 五 of 一百五 counts tens; Arabic digits fill the places."""
    if digit in DIGITS:
        return Decimal(DIGITS[digit]) * (unit // 10)
    filled = digit.isdecimal() and len(digit) == len(str(unit)) - 1
    return Decimal(digit) if filled else None


def _section(text: str) -> Decimal | None:
    """A figure below 万, or a bare group of Arabic digits."""
    match = _SECTION.fullmatch(text)
    if not match or not text.strip("零"):
        return Decimal(0) if text == "零" else None
    thousands, hundreds, tens, ten, last = match.groups()
    total = Decimal(0)
    for digit, place in ((thousands, 1000), (hundreds, 100), (tens or ten and "一", 10)):
        if digit:
            total += _digit(digit) * place
    if last:
        before = text[: -len(last)][-1:]
        rest = _last(last, SCALES[before]) if before in ("百", "千") else _digit(last)
        return None if rest is None else total + rest
    return total


def _whole(text: str) -> Decimal | None:
    """A figure with 万 and 亿: each multiplies what stands before it, and is filled by the rest."""
    for unit, factor, limit in (("亿", 10**8, 10**8), ("万", 10**4, 10**4)):
        head, found, rest = text.rpartition(unit)
        if not found:
            continue
        high = _whole(head)
        if high is None or (unit in head and not head.endswith(unit)):
            return None
        if high >= limit and not head.endswith(("万", "亿")) and not head.isdecimal():
            return None
        if not rest:
            return high * factor
        low = _last(rest, factor) if len(rest) == 1 or rest.isdecimal() else _whole(rest)
        return None if low is None or low >= factor else high * factor + low
    return _section(text)


@lru_cache(maxsize=8192)
def evaluate(text: str) -> Decimal | None:
    """One figure, in Chinese or mixed with Arabic digits (3亿5000万, 12万3千, 三点五万), or ``None``."""
    plain = text.translate(FORMAL)
    if plain in SCALES:
        return Decimal(SCALES[plain])
    match = _POINT.fullmatch(plain)
    if not match:
        return _whole(plain)
    whole = _whole(match.group(1))
    if whole is None or whole != whole.to_integral_value():
        return None
    digits = "".join(str(DIGITS[c]) for c in match.group(2))
    return Decimal(f"{whole:f}.{digits}") * _scale(match.group(3))


def _neighbours(text: str) -> Value:
    """三五 → (3, 5); 七八十 → (70, 80); 两三百 → (200, 300); 十七八 → (17, 18)."""
    match = _NEIGHBOURS.fullmatch(text)
    if not match:
        return None
    head, low, high, tail = match.groups()
    if DIGITS[low] >= DIGITS[high] or DIGITS[high] - DIGITS[low] > 2:
        return None
    if head and tail and tail[0] in "十百千":
        return None
    base = Decimal(0) if not head else _section(head)
    if base is None:
        return None
    step = 10 if head and head.endswith("百") else 1
    factor = _scale(tail)
    return (base + DIGITS[low] * step) * factor, (base + DIGITS[high] * step) * factor


def _some(text: str) -> Value:
    """十几 → (11, 19); 二十几万 → (210000, 290000); 数十, 几十 → (20, 99); 数百 → (200, 999)."""
    match = _SOME.fullmatch(text)
    if not match:
        return None
    head, small, big = match.groups()
    unit, factor = _scale(small), _scale(big)
    if not head:
        most = unit * factor
        return Decimal(2 * most), Decimal(10 * most - 1 if most > 1 else 9)
    base = _section(head)
    if base is None or base % (unit * 10):
        return None
    return (base + unit) * factor, (base + 9 * unit + unit - 1) * factor


@lru_cache(maxsize=8192)
def parse_chinese(text: str) -> Value:
    """The value of a Chinese numeral: a ``Decimal``, a range ``(low, high)``, or ``None``.

    ``None`` means that the characters are no numeral of a known form (一二三, 百千).
    """
    plain = text.translate(FORMAL)
    if any(c in plain for c in "几数"):
        return _some(plain)
    found = _neighbours(plain)
    if found is not None:
        return found
    if _SPELLED.fullmatch(plain) and not (plain[0] == "零" and len(plain) == 2):
        # Digits in a row are spelled out: 二〇二三, 一二三. Years are read by the date rules.
        return Decimal("".join(str(DIGITS[c]) for c in plain)) if len(plain) >= 4 else None
    return evaluate(plain)


def parse_arabic(text: str) -> Decimal:
    """``3,480`` → 3480; ``25.63`` → 25.63; thin spaces group like commas (GB/T 15835)."""
    return Decimal(text.replace(",", "").replace("\u2009", ""))
