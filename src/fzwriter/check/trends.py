"""Words for a change without a numeral: 翻番, 减半, 有所下降, 持平."""

from __future__ import annotations

import re
from fractions import Fraction

from fzwriter.check.spoken import Spoken
from fzwriter.report import Issue

TURN = re.compile(r"翻(?:了)?(?:一)?番|翻倍|减半|减少一半|增加一半|腰斩|下降一半|压减一半")
TREND = re.compile(
    r"""(?: (?:明显|显著|大幅|持续|逐年|稳步|进一步|有所|略有|双双|小幅|同比|较上年|比上年)
        (?P<way>下降|减少|降低|上升|增长|增加|提高|提升|回落|下滑) ) (?=[，。；]|$)
    | (?P<flat>持平)""",
    re.VERBOSE,
)
_RISE = frozenset(("上升", "增长", "增加", "提高", "提升"))
_PLANS = re.compile(r"计划|打算|安排|思路|要点|下一步|下步|问题|不足")
_NEARLY = re.compile(r"(?:接近|逼近|将近|近|几乎)$")
_AND_MORE = re.compile(r"(?:以上|还多|多)")
_LESS = re.compile(r"减|下降|腰斩|压")
_DOUBLED = Fraction(22, 10)


def judge_turn(said: Spoken) -> Issue | None:
    """翻番, 减半: last year's value twice or by half."""
    referent = said.moved()
    if referent is None:
        return said.unproved_of_fact("讲的是增减")
    times = referent.base / referent.previous if referent.previous else Fraction(0)
    return None if _holds(said, times) else said.refuted_change(referent)


def _holds(said: Spoken, times: Fraction) -> bool:
    """Whether a figure ``times`` last year's bears the word out; 0 where that was nought."""
    goal = Fraction(1, 2) if _LESS.search(said.word) else Fraction(2)
    if _NEARLY.search(said.before):
        return abs(times - goal) <= goal / 5
    if _AND_MORE.match(said.behind):
        return times < goal if goal < 1 else times > goal
    if "半" in said.word or "腰斩" in said.word:
        return times == (Fraction(3, 2) if "增" in said.word else Fraction(1, 2))
    return 2 <= times < _DOUBLED


def judge_trend(said: Spoken) -> Issue | None:
    """有所下降, 持平: the direction against last year. Plans and shortcomings claim none."""
    if _PLANS.search(said.heading):
        return None
    referent = said.moved()
    way = said.match.group("way")
    if referent is not None:
        told = 0 if way is None else 1 if way in _RISE else -1
        return None if referent.direction == told else said.refuted_change(referent)
    if way is None:
        return said.unproved_of_fact("讲的是增减")
    return None if way in ("提高", "提升") else said.unbacked("讲的是增减")
