"""Dates: years, months, days, quarters, half-years, weekdays, times of day."""

from __future__ import annotations

import re
from decimal import Decimal

from fzwriter.numbers.token import Cursor, Found
from fzwriter.numbers.value import DIGITS
from fzwriter.report import Value

_Y = r"(?:19|20)\d{2}"
_TO = r"\s?(?:[-—–~～―]{1,2}|至|到)\s?"
_MD = r"(?:1[0-2]|0?[1-9])"
_PATTERNS = tuple(
    re.compile(p)
    for p in (
        rf"(?P<y>{_Y})\s?年?{_TO}(?P<z>{_Y})\s?(?:学?年(?:度)?)?(?![\d.%])",
        rf"(?P<y>{_Y})\s?年\s?{_MD}\s?月\s?\d{{1,2}}\s?日",
        rf"(?P<y>{_Y})\s?年\s?{_MD}\s?月(?:份|底|末|初|上旬|中旬|下旬)?",
        rf"(?P<y>{_Y})[-/.](?:1[0-2]|0?[1-9])[-/.]\d{{1,2}}(?!\d)日?",
        rf"(?P<y>{_Y})\s?(?:学年|年度|年)",
        rf"(?P<y>{_Y})(?=(?:[、,，和及与]\s?{_Y}){{1,4}}\s?年)",
        rf"(?P<y>{_Y})(?=[)）〕版届])",
        rf"{_MD}(?:月)?{_TO}{_MD}月(?:份|底|末)?(?!\d)",
        rf"{_MD}\s?月\s?(?:3[01]|[12]\d|0?[1-9])\s?日",
        rf"{_MD}\s?月(?:份|底|末|初|上旬|中旬|下旬)?(?!度)",
        r"\d{1,2}:\d{2}(?!\d)",
        r"[1-4]季度",
    )
)
_DAY = re.compile(r"(?:3[01]|[12]\d|0?[1-9])日")
_DAY_BEFORE = re.compile(r"(?:月|日?[至到、和-])$")
_CHINESE_YEAR = re.compile(r"([一二][九零〇○][零〇○一二三四五六七八九]{2})年(?:度)?")
_CHINESE_MONTH = re.compile(
    r"(?:十[一二]?|[一二三四五六七八九])月(?:(?:[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])日|份|底|末|初|上旬|中旬|下旬)?(?!度)"
)
_QUARTER = re.compile(r"[一二三四]季度")
_WEEKDAY = re.compile(r"[一二三四五六](?![次场期个名轮批天])")
_HALF_YEAR = re.compile(r"半年(?:度)?")


def _year(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None


def _arabic_date(cursor: Cursor) -> Found | None:
    text, start = cursor.text, cursor.start
    if text[start - 1 : start] in ("第", ".") and start:
        return None
    for pattern in _PATTERNS:
        match = pattern.match(text, start)
        if match:
            groups = match.groupdict()
            year, last = _year(groups.get("y")), _year(groups.get("z"))
            value: Value = (year, last) if last is not None else year
            return Found(start, match.end(), "date", value)
    match = _DAY.match(text, start)
    if match and _DAY_BEFORE.search(cursor.before(3)):
        return Found(start, match.end(), "date")
    return None


def _chinese_date(cursor: Cursor) -> Found | None:
    text, start = cursor.text, cursor.start
    match = _CHINESE_YEAR.match(text, start)
    if match:
        year = Decimal("".join(str(DIGITS[c]) for c in match.group(1)))
        return Found(start, match.end(), "date", year)
    before = text[start - 1 : start] if start else ""
    if before in ("上", "下") and (match := _HALF_YEAR.match(text, start)):
        return Found(start - 1, match.end(), "date")
    if before in ("周", "期", "拜") and before and (match := _WEEKDAY.match(text, start)):
        if before == "周":
            return Found(start - 1, match.end(), "date")
        if text[max(0, start - 2) : start] in ("星期", "礼拜"):
            return Found(start - 2, match.end(), "date")
    for pattern in (_QUARTER, _CHINESE_MONTH):
        match = pattern.match(text, start)
        if match and before not in ("每", "个"):
            return Found(start - (before == "第"), match.end(), "date")
    return None


def date_at(cursor: Cursor) -> Found | None:
    """A date, its 年月日 included; ``value`` is the year, ``(first, last)`` for a span of years.

    Months, days, quarters and weekdays without a year have no value. A list of years (2022、2023年)
    gives one mention each.
    """
    return _arabic_date(cursor) if cursor.arabic else _chinese_date(cursor)
