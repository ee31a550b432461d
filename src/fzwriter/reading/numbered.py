"""The numbers before headings and items: 第一部分 一、 （一） 1. （1）, and 一是 二是."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DIGITS = "一二三四五六七八九十"
# From the highest to the lowest; what stands between two of them in rank is of the same look.
_FORMS: tuple[tuple[float, re.Pattern[str]], ...] = (
    (0.25, re.compile(rf"第([{_DIGITS}]{{1,3}}|\d{{1,2}})[编章][：:、]?[ 　]*")),
    (0.5, re.compile(rf"第([{_DIGITS}]{{1,3}}|\d{{1,2}})(?:部分|节)[：:、]?[ 　]*")),
    (1, re.compile(rf"第?([{_DIGITS}]{{1,3}})[、.．][ 　]*")),
    (2, re.compile(rf"[（(]([{_DIGITS}]{{1,3}})[）)][、.]?[ 　]*")),
    (3, re.compile(r"(\d{1,2})[.．、](?!\d)[ 　]*")),
    (3.5, re.compile(r"\d{1,2}[.．](\d{1,2})[.．]?[ 　]+")),
    (3.75, re.compile(r"(?:\d{1,2}[.．]){2,3}(\d{1,2})[.．]?[ 　]+")),
    (4, re.compile(r"[（(](\d{1,2})[）)][ 　]*")),
)
_ITEM = re.compile(rf"(?:([{_DIGITS}]{{1,2}})是|其([{_DIGITS}])[，、])")
_AT_ITEM = re.compile(r"[。；;：:，,！？]$")
# What opens an item of a list that a person or a model typed.
_OPENS = re.compile(rf"[{_DIGITS}]{{1,3}}是")
_OPENER = re.compile(rf"(?:[{_DIGITS}]{{1,3}}是|[第其][{_DIGITS}][，,、])\s*")
_BULLET = re.compile(rf"[（(]?(?:\d{{1,2}}|[{_DIGITS}]{{1,2}})[)）.、．](?!\d)\s*|[-*•·#]+\s*")
_INLINE = re.compile(rf"(?<=[。；：])\s*(?={_OPENER.pattern})")


@dataclass(frozen=True)
class Number:
    """A number before a heading.

    Attributes:
        rank: how high its form stands: below 1 for 第一部分, 1 for 一、, 2 for （一）, 3 for 1., 4 for （1）.
        value: the number.
        end: where the text behind it begins.
    """

    rank: float
    value: int
    end: int

    @property
    def level(self) -> int:
        """Its form as one of four levels."""
        return max(1, int(self.rank))


def number_of(text: str, label: str = "") -> Number | None:
    """The number that a line begins with.

    Args:
        text: the line.
        label: the number that Word prints before it, which is no part of it.
    """
    printed = f"{label} " if label else text
    for rank, pattern in _FORMS:
        if match := pattern.match(printed):
            return Number(rank, value(match[1]), 0 if label else match.end())
    return None


def without_number(text: str) -> str:
    """A line without the number it begins with."""
    number = number_of(text)
    return text[number.end :] if number else text


def item_numbers(text: str) -> list[re.Match[str]]:
    """Where 一是, 二是, 其一 … open an item: each the next one's number, after a stop."""
    found: list[re.Match[str]] = []
    for match in _ITEM.finditer(text):
        number = value(match[1] or match[2])
        before = text[max(0, match.start() - 2) : match.start()]
        at_edge = match.start() == 0 or _AT_ITEM.search(before)
        follows = number == value(found[-1][1] or found[-1][2]) + 1 if found else True
        if at_edge and follows and (found or number == 1 or match.start() == 0):
            found.append(match)
    return found


def opens_item(text: str) -> bool:
    """Whether a text begins with 一是, 二是 or so."""
    return _OPENS.match(text) is not None


def without_item(text: str) -> str:
    """A text without the 一是 or 其一， that it begins with."""
    return _OPENER.sub("", text, count=1) if _OPENER.match(text) else text


def without_bullet(text: str) -> str:
    """A text without the 一是, the number or the mark of a list that it begins with."""
    bullet = _OPENER.match(text) or _BULLET.match(text)
    return text[bullet.end() :] if bullet else text


def split_items(text: str) -> list[str]:
    """A text at the 一是, 二是 … that stand behind a stop; each keeps its own."""
    return _INLINE.split(text)


def first_item(text: str, end: int) -> int:
    """Where 一是 opens the first item, though no stop stands before it; -1 for nowhere."""
    found = _ITEM.search(text, 0, end)
    return found.start() if found and (found[1] or found[2]) == "一" else -1


def value(numeral: str) -> int:
    """一 to 九十九, or digits, as a number."""
    if numeral.isdecimal():
        return int(numeral)
    tens, _, units = numeral.rpartition("十")
    number = _DIGITS.index(units) + 1 if units and len(units) == 1 else 0
    if "十" in numeral:
        number += 10 * (_DIGITS.index(tens[0]) + 1 if tens else 1)
    return number


def spelled(number: int) -> str:
    """1 to 99 in Chinese."""
    tens, units = divmod(number, 10)
    chinese = ("" if tens < 2 else _DIGITS[tens - 1]) + ("十" if tens else "")
    return chinese + (_DIGITS[units - 1] if units else "")


def label(level: int, number: int) -> str:
    """The number of a heading as a report prints it: 一、 （一） 1. （1）."""
    chinese = spelled(number)
    return (f"{chinese}、", f"（{chinese}）", f"{number}.", f"（{number}）")[level - 1]
