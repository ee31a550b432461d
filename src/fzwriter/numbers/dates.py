"""Dates: years, months, days, quarters, half-years, weekdays, times of day."""

from __future__ import annotations

import re
from decimal import Decimal

from fzwriter.numbers.token import Cursor, Found
from fzwriter.numbers.value import DIGITS
from fzwriter.report import Value

_Y = r"(?:19|20)\d{2}"
_TO = "(?:[-—–~―]{1,2}|至|到)"
_MD = r"(?:1[0-2]|0?[1-9])"
_D = r"(?:3[01]|[12]\d|0?[1-9])"
_PART = "份|底|末|初|上旬|中旬|下旬"
_END = f"(?:{_PART})?"
# Those that begin with four digits of a year …
_WITH_YEAR = tuple(
    re.compile(p)
    for p in (
        rf"(?P<y>{_Y})年?{_TO}(?P<z>{_Y})(?:学?年(?:度)?|(?=[^一-龥\d.%,]|规划|计划|期间|\Z))",
        rf"(?P<y>{_Y})年{_MD}月{_D}日(?:{_TO}(?:{_MD}月)?{_D}日)?",
        rf"(?P<y>{_Y})年{_MD}月?{_TO}{_MD}月{_END}",
        rf"(?P<y>{_Y})年{_MD}月{_END}",
        rf"(?P<y>{_Y})[-/.]{_MD}[-/.]{_D}(?!\d)日?",
        rf"(?P<y>{_Y})(?:学年|年度|年)",
        rf"(?P<y>{_Y})(?=(?:[、,和及与]{_Y}){{1,9}}年)",
        rf"(?P<y>{_Y})(?=[)〕版届])",
    )
)
# … and the others.
_WITHOUT = tuple(
    re.compile(p)
    for p in (
        rf"{_MD}月{_D}日(?:{_TO}(?:{_MD}月)?{_D}日)?",
        rf"{_MD}月?{_TO}{_MD}月{_END}(?!\d)",
        rf"{_MD}(?=(?:[、,和及与]{_MD}){{1,4}}月)",
        rf"{_MD}月{_END}(?!度)",
        rf"(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?:{_TO}(?:[01]?\d|2[0-4]):[0-5]\d)?(?![\d:])",
        r"(?:[01]?\d|2[0-4])[时点](?:[0-5]?\d分|半|整)",
        r"(?:[01]?\d|2[0-4])时(?!间|段|有|任|长|代|期|空|效|候)",
        r"[1-4]季度",
    )
)
_YEAR = re.compile(_Y)
_INTEGER = re.compile(r"[0-9]+")
# What may follow the first figure of a date.
_GOES_ON = frozenset("-—–~―至到年学月日时点季:/.、,和及与)〕版届")
_DAY = re.compile(rf"{_D}日(?!内|以内)|{_D}(?=(?:[、,至到和-]{_D}){{1,4}}日)")
_DAY_BEFORE = re.compile(r"(?:月|日[至到、和-]|(?<=\d)[至到、和-])$")
_DAY_AFTER = re.compile(r"上午|下午|晚|凌晨|早|中午|起至|召开|印发")
_CLOCK_BEFORE = re.compile(r"(?:上午|下午|晚上|晚|凌晨|早上|中午|清晨)$")
_CLOCK = re.compile(
    r"(?:1\d|2[0-4]|\d)点|十?[一二两三四五六七八九十]点(?:半|钟|[一二三四五]?十五?分)?"
)
_CHINESE_YEAR = re.compile(r"([一二][九零〇○][零〇○一二三四五六七八九]{2})年(?:度)?")
_CHINESE_MONTH = re.compile(
    r"(?:十[一二]?|[一二三四五六七八九])月"
    rf"(?:(?:[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])日|{_PART})?(?!度)"
)
_QUARTER = re.compile(r"[一二三四]季度")
_WEEKDAY = re.compile(r"[一二三四五六](?![次场期个名轮批天])")
_HALF_YEAR = re.compile(r"半年(?:度)?")


def _year(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None


def _matched(match: re.Match[str]) -> Found:
    groups = match.groupdict()
    year, last = _year(groups.get("y")), _year(groups.get("z"))
    value: Value = (year, last) if last is not None else year
    return Found(match.start(), match.end(), "date", value)


def _arabic_date(cursor: Cursor) -> Found | None:
    text, start = cursor.text, cursor.start
    integer = _INTEGER.match(text, start)
    if not integer or text[integer.end() : integer.end() + 1] not in _GOES_ON:
        return None
    if start > cursor.floor and text[start - 1] in "第.":
        return None
    for pattern in _WITH_YEAR if _YEAR.match(text, start) else _WITHOUT:
        match = pattern.match(text, start)
        if match:
            return _matched(match)
    match = _DAY.match(text, start)
    if match and (_DAY_BEFORE.search(cursor.before(3)) or _DAY_AFTER.match(text, match.end())):
        return Found(start, match.end(), "date")
    return _clock(cursor)


def _clock(cursor: Cursor) -> Found | None:
    """上午9点, 下午三点半."""
    match = _CLOCK.match(cursor.text, cursor.start)
    if match and _CLOCK_BEFORE.search(cursor.before(2)):
        return Found(cursor.start, match.end(), "date")
    return None


def _chinese_date(cursor: Cursor) -> Found | None:
    text, start = cursor.text, cursor.start
    match = _CHINESE_YEAR.match(text, start)
    if match:
        year = Decimal("".join(str(DIGITS[c]) for c in match.group(1)))
        return Found(start, match.end(), "date", year)
    before = text[start - 1] if start > cursor.floor else ""
    if before in ("上", "下") and (match := _HALF_YEAR.match(text, start)):
        return Found(start - 1, match.end(), "date")
    if before in ("周", "期", "拜") and (found := _weekday(cursor, before)):
        return found
    for pattern in (_QUARTER, _CHINESE_MONTH):
        match = pattern.match(text, start)
        if match and before not in ("每", "个"):
            return Found(start - (before == "第"), match.end(), "date")
    return _clock(cursor)


def _weekday(cursor: Cursor, before: str) -> Found | None:
    text, start = cursor.text, cursor.start
    match = _WEEKDAY.match(text, start)
    if not match:
        return None
    if before == "周":
        return Found(start - 1, match.end(), "date")
    if start - 2 >= cursor.floor and text[start - 2 : start] in ("星期", "礼拜"):
        return Found(start - 2, match.end(), "date")
    return None


def date_at(cursor: Cursor) -> Found | None:
    """A date, its 年月日 included; ``value`` is the year, ``(first, last)`` for a span of years.

    Months, days, quarters and weekdays without a year have no value. A list of years (2022、2023年)
    gives one mention each.
    """
    return _arabic_date(cursor) if cursor.arabic else _chinese_date(cursor)
