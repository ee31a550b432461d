"""The period that a sentence has reached where a figure stands: 上年, 上半年, 五年来, 明年."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from fzwriter.check.genre import either

#: "" the reporting period, a part of it, many years, the year before, what is to come.
Period = Literal["", "part", "many", "last", "next"]

_LAST = either("last_year")
_MOVES = f"{either('rise')}|{either('fall')}"
_DIGITS = "[0-9一二三四五六七八九十]"

# 将 before a verb of doing is the future; 将法治建设纳入 is not.
NEXT = re.compile(rf"{either('next_year')}|将(?![^，。；]{{0,8}}(?:纳入|列入|作为|列为|与|同))")
_PART = re.compile(
    rf"""截至[^，。；]{{0,7}}?(?<![0-9])(?:[1-9]|1[01])月   # 截至12月 is the whole year
    | 上半年 | 下半年 | 第?[一二三四]季度 | 前三季度
    | 前[一二三四五六七八九十]+个?月 | 前[0-9]+个?月
    | (?<![0-9年])(?:[1-9]|1[0-2])月份 | {_DIGITS}{{1,3}}月当月""",
    re.VERBOSE,
)
_MANY = re.compile(
    r"""近[两二三四五六七八九十0-9]+年 | [两二三四五六七八九十0-9]{1,4}年(?:来|间) | 历年
    | 本届[^，。；]{0,6}以来 | (?:以来|成立以来|任期以来) | [0-9]{4}年以来
    | 自?[0-9]{4}年(?:起|至今) | “?十[三四五]五”?(?:以来|期间) | (?:两|三|五)年累计 | 建[局所院]以来""",
    re.VERBOSE,
)
# 今年以来, 专项行动开展以来: within the year.
_OWN_SINCE = re.compile(
    r"(?:今年|年初|入冬|入夏|开年|活动开展|行动开展|专项行动)[^，。；]{0,8}以来"
)
_WHOLE = re.compile(either("whole_year"))
_THIS = re.compile(either("this_year"))
# 上年度结转 tells what was carried over, not last year's figure.
_LAST_YEAR = re.compile(rf"(?:{_LAST})(?!度?结转)")
# 较上年: compares, and dates only the figure right behind it.
_AGAINST = re.compile(
    rf"(?:较|比|与|同|跟|和|对照|相比|超过|高于|低于|相较|较之)[^，。；、：\n]{{0,3}}(?:{_LAST})"
)
# 由上年的40件增加到, 上年的40件到: the way to this year's figure.
_ON_THE_WAY = re.compile(
    rf"(?:{_MOVES}|加|收窄|回落)[^，。；]{{0,3}}[至到][^，。；]{{0,60}}$"
    r"|[0-9一二三四五六七八九十百].{0,60}[至到]了?[约近超]?$"
)
_BEHIND_COMPARISON = re.compile(rf"{_MOVES}|[0-9，]|相比")
_PATTERNS: tuple[tuple[re.Pattern[str], Period], ...] = (
    (_PART, "part"),
    (_MANY, "many"),
    (_WHOLE, ""),
    (_THIS, ""),
    (NEXT, "next"),
)


def read_period(lead: str) -> tuple[Period, str]:
    """The period that ``lead`` has reached at its end, and the words that say so.

    The last marker counts.
    """
    found: list[tuple[int, Period, str]] = [
        (match.start(), period, match.group())
        for pattern, period in _PATTERNS
        for match in pattern.finditer(lead)
    ]
    found += [(match.start(), "last", match.group()) for match in _last_year(lead)]
    own = [match.span() for match in _OWN_SINCE.finditer(lead)]
    found = [one for one in found if not any(start <= one[0] < end for start, end in own)]
    if not found:
        return "", ""
    _, period, said = max(found)
    return period, said


def _last_year(lead: str) -> Iterator[re.Match[str]]:
    """The words for last year that date what stands at the end of ``lead``."""
    against = [match.span() for match in _AGAINST.finditer(lead)]
    for match in _LAST_YEAR.finditer(lead):
        behind = lead[match.end() :]
        if _ON_THE_WAY.search(behind):
            continue
        if any(start <= match.start() < end for start, end in against):
            if not _BEHIND_COMPARISON.search(behind):
                yield match
        elif "，" not in behind or not lead[: match.start()].strip():
            yield match
