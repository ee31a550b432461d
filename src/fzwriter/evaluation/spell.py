"""Figures written out in Chinese: the way back from what ``numbers`` reads."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")


def _group(number: int) -> str:
    """A figure below 万, with 零 where places are skipped."""
    text = ""
    gap = False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + _PLACES[place]
            gap = False
        else:
            gap = True
    return text


def _whole(number: int) -> str:
    if not number:
        return "零"
    text = ""
    for scale, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part = number // scale % 10**4
        if part:
            text += ("零" if text and part < 1000 else "") + _group(part) + name
    return text[1:] if text.startswith("一十") else text


def spell(value: Decimal, *, counting: bool = True) -> str:
    """``value`` in Chinese numerals: 48 → 四十八, 1.5 → 一点五.

    Args:
        value: below a trillion, not negative.
        counting: a bare 2 before a measure word is 两.
    """
    whole, _, digits = f"{value:f}".partition(".")
    digits = digits.rstrip("0")
    if digits:
        return _whole(int(whole)) + "点" + "".join(_DIGITS[int(d)] for d in digits)
    return "两" if counting and int(whole) == 2 else _whole(int(whole))
