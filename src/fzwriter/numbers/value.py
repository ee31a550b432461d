"""What a numeral is worth: Chinese numerals to ``Decimal`` or to a range.

Clean numerals go to cn2an (``smart``), which raises rather than guesses; what it doesn't know or
reads wrongly (bare 百, 两三百, 七八十, 三五, 十几, 数十, 半) is read here before it is asked.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from fzwriter.report import Value

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬億〇两", "一二三四五六七八九十百千万亿零二")
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
}

_NEIGHBOURS = re.compile(
    r"(十|二十|三十|[一二三四五六七八九]百)?([一二三四五六七八九])([一二三四五六七八九])([十百千万亿]*)"
)
_SOME = re.compile(r"([一二三四五六七八九]?)(十?)[几数]([十百千万亿]*)")
_SPELLED = re.compile(r"[零一二三四五六七八九]{2,}")


def _scale(text: str) -> int:
    factor = 1
    for character in text:
        factor *= SCALES[character]
    return factor


def _neighbours(text: str) -> Value:
    """三五 → (3, 5); 七八十 → (70, 80); 两三百 → (200, 300); 十七八 → (17, 18)."""
    match = _NEIGHBOURS.fullmatch(text)
    if not match:
        return None
    head, low, high, tail = match.groups()
    if DIGITS[low] >= DIGITS[high] or DIGITS[high] - DIGITS[low] > 2:
        return None
    base = _clean(head) if head else Decimal(0)
    if base is None:
        return None
    factor = _scale(tail)
    return (base + DIGITS[low]) * factor, (base + DIGITS[high]) * factor


def _some(text: str) -> Value:
    """十几 → (11, 19); 二十几 → (21, 29); 数十, 几十 → (20, 99); 数百 → (200, 999)."""
    match = _SOME.fullmatch(text)
    if not match:
        return None
    digit, ten, tail = match.groups()
    factor = _scale(tail)
    if ten:
        base = DIGITS[digit or "一"] * 10
        return Decimal((base + 1) * factor), Decimal((base + 9) * factor)
    if not tail:
        return Decimal(2), Decimal(9)
    return Decimal(2 * factor), Decimal(10 * factor - 1)


@lru_cache(maxsize=4096)
def _clean(text: str) -> Decimal | None:
    if not text:
        return None
    if len(text) == 1 and text in DIGITS:
        return Decimal(DIGITS[text])
    if text in SCALES:
        return Decimal(SCALES[text])
    import cn2an  # imported late: find_numbers on digits alone never needs it

    try:
        return Decimal(str(cn2an.cn2an(text, "smart")))
    except (ValueError, TypeError):
        return None


@lru_cache(maxsize=4096)
def parse_chinese(text: str) -> Value:
    """The value of a Chinese numeral: a ``Decimal``, a range ``(low, high)``, or ``None``.

    ``None`` means that the characters are no numeral of a known form (一二三, 百万千).
    """
    plain = text.translate(FORMAL)
    if any(c in plain for c in "几数"):
        return _some(plain)
    found = _neighbours(plain)
    if found is not None:
        return found
    if _SPELLED.fullmatch(plain):
        # Digits in a row are spelled out: 二〇二三, 一二三. Years are read by the date rules.
        return Decimal("".join(str(DIGITS[c]) for c in plain)) if len(plain) >= 4 else None
    return _clean(plain)


def parse_arabic(text: str) -> Decimal:
    """``3,480`` → 3480; ``25.63`` → 25.63."""
    return Decimal(text.replace(",", ""))
