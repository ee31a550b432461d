"""The number at a place of the text: its digits, 点, 万/亿 and the 余 inside it; no measure word."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from fzwriter.numbers.value import SCALES, evaluate, parse_arabic, parse_chinese
from fzwriter.report import Value

CHINESE = "零〇○一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟廿卅"
_DIGIT = "[一二两三四五六七八九]"
# Groups of three that go on in another way (120,115,98) are a list.
ARABIC = re.compile(
    r"[0-9]{1,3}(?:[,\u2009][0-9]{3}){1,9}(?![0-9])(?![,\u2009][0-9])(?:\.[0-9]{1,20})?"
    r"|[0-9]{1,40}(?:\.[0-9]{1,40})?"
)
_SCALED = re.compile(r"([余多来几])?([十百千]?万亿?|[十百千]?亿|[百千十](?!分))?([余多])?")
# 3亿5000万, 12万3千余, 1千零1; a last digit without a place counts only when written in full.
_COMPOUND = re.compile(
    rf"[0-9]{{1,12}}(?:\.[0-9]{{1,12}})?[十百千万亿]{{1,3}}"
    rf"(?:零?(?:[0-9]{{1,12}}(?:\.[0-9]{{1,12}})?|{_DIGIT})[余多]?[十百千万亿]{{1,3}}){{0,6}}"
    rf"(?:零?[0-9]{{1,12}}(?![0-9.,年]))?[余多]?"
)
_RUN = re.compile(rf"[{CHINESE}]{{1,24}}(?:[几][十百千]?[万亿]*)?|[几数][十百千]?[万亿]*|[几半双]")
_CHINESE_TAIL = re.compile(r"([余多来])([万亿]{1,2}|[百千])?")
_POINT = re.compile(r"点([零〇一二三四五六七八九]{1,12})(?![是十百千、点滴来要])([万亿]{0,2})")
_SCALE_AT_END = re.compile(r"[十百千]?(?<![万亿])[万亿]+$|[十百千]$")


class Number(NamedTuple):
    """A number read from text.

    Attributes:
        end: one past its last character, the 余 inside it included.
        value: as written; a range for 十几, 三五.
        inside: 余, 多, 来 or 几 written inside it.
        scale: 万, 千亿… when one scale word follows Arabic digits; "" otherwise.
    """

    end: int
    value: Value
    inside: str = ""
    scale: str = ""


def _compound(text: str, start: int, shortest: int) -> Number | None:
    match = _COMPOUND.match(text, start)
    if not match or match.end() <= shortest:
        return None
    written = match.group()
    value = evaluate(written.replace("余", "").replace("多", ""))
    if value is None:
        return None
    return Number(match.end(), value, next((c for c in written if c in "余多"), ""))


def arabic_at(text: str, start: int) -> Number:
    """The number that begins with the Arabic digit at ``start``."""
    match = ARABIC.match(text, start)
    assert match is not None  # the caller saw a digit
    end = match.end()
    value = parse_arabic(match.group())
    if text[end : end + 1] not in _GOES_ON:
        return Number(end, value)
    scaled = _SCALED.match(text, end)
    assert scaled is not None  # every group is optional
    inside, scale, late = scaled.groups("")
    if inside == "几":
        return _some(text, start, end, scale) or Number(end, value)
    if scale and (found := _compound(text, start, scaled.end())):
        return found
    if inside == "来" and not scale and text[end - 1] != "0":
        return Number(end, value)
    return Number(scaled.end(), value, inside or late, scale)


_GOES_ON = frozenset("余多来几十百千万亿")


def _some(text: str, start: int, end: int, scale: str) -> Number | None:
    """10几, 20几万: a range, as in words."""
    digits = text[start:end]
    if not digits.isdecimal() or int(digits) % 10 or digits == "0":
        return None
    low, factor = Decimal(digits), Decimal(SCALES.get(scale, 1))
    return Number(end + 1 + len(scale), ((low + 1) * factor, (low + 9) * factor))


def chinese_at(text: str, start: int) -> Number | None:
    """The number that begins with the Chinese numeral at ``start``; ``None`` if it is none.

    Where the whole run is no numeral, its longest beginning that is one counts (一百 of 一百千瓦).
    """
    match = _RUN.match(text, start)
    if not match:
        return None
    run = match.group()
    for end in range(match.end(), max(start, match.end() - 4), -1):
        value = parse_chinese(run[: end - start])
        if value is not None:
            break
    else:
        return None
    if not isinstance(value, Decimal):
        return Number(end, value)
    return _decimal(text, start, end) or _inside(text, start, end, value)


def _decimal(text: str, start: int, end: int) -> Number | None:
    match = _POINT.match(text, end)
    value = evaluate(text[start : match.end()]) if match else None
    return None if match is None or value is None else Number(match.end(), value)


def _inside(text: str, start: int, end: int, value: Decimal) -> Number:
    """余, 多, 来 in a Chinese numeral: 二十余, 两千余万."""
    tail = _CHINESE_TAIL.match(text, end)
    if not tail:
        return Number(end, value)
    word, scale = tail.group(1), tail.group(2)
    whole = _SCALE_AT_END.search(text, start, end)
    if word == "来" and not (scale or whole):
        return Number(end, value)
    if not scale:
        return Number(end + 1, value, word)
    scaled = evaluate(text[start:end] + scale) or value * SCALES.get(scale, 1)
    return Number(tail.end(), scaled, word)
