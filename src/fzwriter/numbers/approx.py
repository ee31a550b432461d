"""Approximations: which way a word leans, and which round figure may stand for an exact one.

This is the one list of them; what a facts file may hold (``APPROXIMATORS``) and what the scanner reads
beside a figure are drawn from it and tested against it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

Direction = Literal["exact", "up", "down", "around"]
Fit = Literal["yes", "doubt", "no"]
Relation = Literal["some_more", "at_least", "more_than", "almost", "less_than", "at_most", "around"]

# 余 says "and some more", 近 "not quite"; 约 leaves both open. 以上 and 以下 include the figure itself.
_WORDS: dict[Relation, tuple[str, ...]] = {
    "some_more": ("余", "多", "余多", "来", "出头", "有余", "许", "强"),
    "at_least": ("以上", "及以上", "上", "至少", "最少", "不少于", "不低于", "不下于", "≥"),
    "more_than": ("超过", "超", "逾", "高于", "多于", "大于", "突破", "不止", "开外", ">"),
    "almost": ("近", "将近", "接近", "几近", "弱"),
    "less_than": ("不足", "不到", "低于", "少于", "小于", "<"),
    "at_most": ("≤", "以下", "以内", "之内", "至多", "最多", "不超过", "不高于", "不多于"),
    "around": ("约", "约为", "大约", "左右", "上下", "大概", "近余", "约余"),
}
_DIRECTIONS: dict[Relation, Direction] = {
    "some_more": "up",
    "at_least": "up",
    "more_than": "up",
    "almost": "down",
    "less_than": "down",
    "at_most": "down",
    "around": "around",
}
_RELATIONS: dict[str, Relation] = {word: way for way, words in _WORDS.items() for word in words}

#: Words the ``approx`` of a fact may hold.
APPROXIMATORS = frozenset(_RELATIONS)
#: Signs that people write for such a word, which no report prints.
SIGNS: dict[str, str] = {
    "+": "以上", "＋": "以上", "≥": "不少于", "≧": "不少于", ">=": "不少于", "＞": "超过", ">": "超过",
    "≤": "不超过", "≦": "不超过", "<=": "不超过", "＜": "不足", "<": "不足",
    "≈": "约", "≒": "约", "~": "约", "～": "约",
}  # fmt: skip


def as_word(approx: str) -> str:
    """An approximation as a report prints it, a sign as its word; "" for what is none.

    Words may be put together: 近百余场 has 近余.
    """
    word = SIGNS.get(approx, approx)
    rest = word
    for known in sorted(APPROXIMATORS, key=len, reverse=True):
        rest = rest.replace(known, "")
    return "" if rest else word


def relation(approx: str) -> Relation:
    """What an approximation says; words put together (近百余场: 近余; 超千余件: 超余) by their parts."""
    if approx in _RELATIONS:
        return _RELATIONS[approx]
    # the longest first, and each taken out, so that 不超过 is not read as 超过
    found, rest = [], approx
    for word in sorted(_RELATIONS, key=len, reverse=True):
        if word in rest:
            found.append(_RELATIONS[word])
            rest = rest.replace(word, "\0")
    ways = {_DIRECTIONS[way] for way in found}
    return found[0] if len(ways) == 1 else "around"


def direction(approx: str) -> Direction:
    """Which side of the printed figure the true one lies; ``around`` for mixed words."""
    return _DIRECTIONS[relation(approx)] if approx else "exact"


def same_direction(given: str, printed: str) -> bool:
    """Whether a figure given with one approximation may be printed with another."""
    first, second = direction(given), direction(printed)
    return first == second or ("around" in (first, second) and "exact" not in (first, second))


def may_equal(approx: str) -> bool:
    """Whether an exact figure may print with this word in front of itself: 至少48件 of 48."""
    return bool(approx) and relation(approx) in ("at_least", "at_most")


def _step(figure: Decimal) -> Decimal:
    """The place of a figure's last digit that isn't zero: 520 → 10, 500 → 100, 1.5 → 0.1."""
    exponent = figure.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def stands_for(printed: Decimal, approx: str, exact: Decimal) -> Fit:
    """Whether ``printed`` with ``approx`` may stand for an exact figure (DESIGN §5.3).

    528 may print as 520余 or 500余, not as 528余 or 530余; as 近530 or 近550, not as 近600; as 约530; as
    500以上 or 不超过530. A bound far from the figure (余 more than a fifth above, 超 twice and more) is
    a matter of doubt, not a contradiction.
    """
    if not approx or printed <= 0 or exact <= 0:
        return "no"
    step = _step(printed)
    match relation(approx):
        case "some_more":
            inside = printed < exact < printed + step
            return _if(inside, sure=exact * 5 <= printed * 6)
        case "at_least":
            return _if(printed <= exact, sure=exact < printed * 2)
        case "more_than":
            return _if(printed < exact, sure=exact < printed * 2)
        case "almost":
            return _if(printed * 9 <= exact * 10 < printed * 10, sure=True)
        case "less_than":
            return _if(printed <= exact * 2 and exact < printed, sure=printed * 3 <= exact * 4)
        case "at_most":
            return _if(exact <= printed, sure=printed < exact * 2)
        case "around":
            return _if(
                printed != exact and abs(exact - printed) <= min(step / 2, printed / 4), sure=True
            )


def _if(holds: bool, *, sure: bool) -> Fit:
    return ("yes" if sure else "doubt") if holds else "no"
