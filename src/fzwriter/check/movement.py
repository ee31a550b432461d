"""Which way the words right before a figure say it moved: 增加8件, 下降到40件, +8."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from fzwriter.check.genre import either
from fzwriter.report import Mention

_RISE, _FALL, _LAST = either("rise"), either("fall"), either("last_year")

_MOVED = re.compile(
    rf"""(?: (?P<rise>{_RISE}|\+) | (?P<fall>{_FALL}) )
    (?: 了|为|达|幅度|幅|率|约|近|超|超过|逾|不足|不到|接近|整整|出
      # 增长行政案件8件, but not 增至, 高于上年
      | [一-龥]{{0,3}}(?<![至到于])(?<!上年)(?<!去年)(?<!同期)
    )?\s?$""",
    re.VERBOSE,
)
# 增收节支 is a name; 新增 and the like count what is new.
_NO_MOVE = re.compile(rf"{either('no_movement')}|(?:新增|增设|增配|增收节支)$")
# The movement ends at the figure: 增至, 回落到.
_ARRIVED = re.compile(
    r"""(?: (?P<rise>增|升|提|扩|涨|多|壮大|冲|加|添) | (?P<fall>降|减|缩|回落|下滑|压|跌|收窄) )
    [^，。；、]{0,3}? (?:至|到)了? [^，。；、]{0,3}$""",
    re.VERBOSE,
)
# A table's or a list's 增8件: the whole of what stands before the figure.
_ONLY_MOVED = re.compile(
    r"""^\s*(?:[-—•·]\s*)?(?:[只仅又还均各]|同比|上年)?
    (?: (?P<rise>多|增|升|涨) | (?P<fall>少|减|降|跌) ) (?:了|约|近|超)?\s?$""",
    re.VERBOSE,
)
# What makes a movement of a single character (多8件), which most often is part of another word.
_COMPARED = re.compile(rf"{_LAST}|者|[较比]|净|同比|上年|由|从")
_TAIL = 14


class Movement(NamedTuple):
    """A rise or fall told of a figure.

    Attributes:
        way: +1 a rise, -1 a fall, 0 none.
        word: the word that says so.
        arrived: it ends at the figure (增至), the figure isn't its amount.
    """

    way: int = 0
    word: str = ""
    arrived: bool = False


def read_movement(before: str, lead: str, mention: Mention, *, rate: bool) -> Movement:
    """The movement told right before a figure.

    Args:
        before: the figure's clause up to it.
        lead: its sentence up to it.
        mention: the figure.
        rate: whether it is a share or another rate.
    """
    tail = before[-_TAIL:]
    arrived = _ARRIVED.search(tail)
    if arrived:
        return Movement(1 if arrived.group("rise") else -1, arrived.group(), True)
    below_zero = isinstance(mention.value, Decimal) and mention.value < 0
    if below_zero and not re.search(_RISE, tail):
        return Movement(-1, "-")
    moved = None if _NO_MOVE.search(tail[-5:]) else _MOVED.search(tail)
    if not moved:
        return Movement()
    word = moved.group("rise") or moved.group("fall")
    if tail.rstrip().endswith("+"):
        return Movement(1, "+")
    alone = _ONLY_MOVED.match(re.split("[：:]", before)[-1])
    done = tail.rstrip().endswith(f"{word}了")
    if len(word) == 1 and not (rate or alone or done or _COMPARED.search(lead)):
        return Movement()
    return Movement(1 if moved.group("rise") else -1, word)
