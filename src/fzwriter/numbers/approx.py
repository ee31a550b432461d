"""Approximations: which way a word leans, and which round figure may stand for an exact one."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

Direction = Literal["exact", "up", "down", "around"]

# 余 says "and some more", 近 "not quite"; 约 leaves both open.
_UP = ("余", "多", "以上", "上", "超过", "超", "逾", "至少", "最少", "不少于", "不低于", "来")
_DOWN = (
    "近",
    "将近",
    "接近",
    "不足",
    "不到",
    "以下",
    "以内",
    "之内",
    "不超过",
    "至多",
    "最多",
    "不高于",
    "不多于",
)
_AROUND = ("约", "大约", "左右", "上下", "大概")
_DIRECTIONS: dict[str, Direction] = {
    **dict.fromkeys(_UP, "up"),
    **dict.fromkeys(_DOWN, "down"),
    **dict.fromkeys(_AROUND, "around"),
}
APPROXIMATORS = frozenset(_DIRECTIONS) | {"近余", "约余"}
_BOUNDS = ("以上", "至少", "最少", "不少于", "不低于", "超过", "超", "逾")


def direction(approx: str) -> Direction:
    """Which side of the printed figure the true one lies; ``around`` for mixed words (近百余场)."""
    if not approx:
        return "exact"
    if approx in _DIRECTIONS:
        return _DIRECTIONS[approx]
    found = {way for word, way in _DIRECTIONS.items() if word in approx}
    return found.pop() if len(found) == 1 else "around"


def same_direction(given: str, printed: str) -> bool:
    """Whether a figure given with one approximation may be printed with another."""
    first, second = direction(given), direction(printed)
    return first == second or ("around" in (first, second) and "exact" not in (first, second))


def _step(figure: Decimal) -> Decimal:
    """The place of a figure's last digit that isn't zero: 520 → 10, 500 → 100, 1.5 → 0.1."""
    exponent = figure.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def stands_for(printed: Decimal, approx: str, exact: Decimal) -> bool:
    """Whether ``printed`` with ``approx`` may stand for an exact figure (DESIGN §5.3).

    528 may print as 520余 or 500余, not as 528余 or 530余; as 近530 or 近600; as 约530; as 500以上.
    """
    if printed <= 0 or exact <= 0:
        return False
    step, way = _step(printed), direction(approx)
    floor = exact // step * step
    if any(word in approx for word in _BOUNDS):
        strict = any(word in approx for word in ("超", "逾"))
        reached = printed < exact if strict else printed <= exact
        return reached and printed * 2 > exact
    if way == "up":
        return printed < exact and floor == printed
    if way == "down":
        return exact < printed < exact + step
    if way == "around":
        return abs(exact - printed) * 2 <= step and printed != exact
    return False
