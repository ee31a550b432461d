"""Figures worked out from operands that the text itself names: sums, remainders, shares, averages.

Operands are the figures told around and the facts the clause speaks of, never any pair of the sheet
(DESIGN §5.4). Each role has its own formulas; what comes out is a ``Result`` whose ``formula`` shows
the operands, or nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from fzwriter.check.equality import Fit, Printed, fit_computed
from fzwriter.check.frame import Frame, Role
from fzwriter.facts import load_catalogue

_MONEY = frozenset(("元", "万元", "亿元"))
_COUNT_OF = {"月": 12, "季": 4, "季度": 4, "周": 52}
_FEW = 6


@dataclass(frozen=True)
class Operand:
    """A value that the text names.

    Attributes:
        value: scaled.
        measure: measure word without scale; "%" for a share.
        label: it in words, for a formula.
        ids: what it traces to.
        told: whether it stands in the text as a figure; else the clause only names it.
        same_sentence: whether it is told in the figure's own sentence.
        words: what it is called.
        parent: id of the total it is part of.
        previous: last year's value, scaled.
        ahead: whether it is told behind the figure.
        lower: it is told as a lower bound (余, 超).
    """

    value: Fraction
    measure: str
    label: str
    ids: tuple[str, ...] = ()
    told: bool = True
    same_sentence: bool = True
    words: frozenset[str] = frozenset()
    parent: str = ""
    previous: Fraction | None = None
    ahead: bool = False
    lower: bool = False


@dataclass(frozen=True)
class Result:
    """What a formula over named operands gives, beside the printed figure."""

    role: Role
    fit: Fit
    value: Fraction
    formula: str
    ids: tuple[str, ...]
    measure: str
    way: int = 0


def work_out(
    role: Role, printed: Printed, frame: Frame, operands: Sequence[Operand], days: int
) -> list[Result]:
    """All that the formulas of ``role`` give over the operands, whether it fits or not.

    Args:
        role: what the figure is told as.
        printed: the figure.
        frame: its slots.
        operands: nearest first.
        days: length of the reporting period.
    """
    found = []
    for value, formula, used, way in _FORMULAS[role](printed, frame, operands, days):
        lower = any(o.lower for o in used)
        fit = fit_computed(value, printed)
        if fit in ("no", "approx") and lower:
            fit = _of_bounds(value, printed, fit)
        ids = tuple(dict.fromkeys(i for o in used for i in o.ids))
        found.append(Result(role, fit, value, formula, ids, printed.measure, way))
    return found


def _of_bounds(value: Fraction, printed: Printed, fit: Fit) -> Fit:
    """A sum or quotient of lower bounds (210余 + 330余) is one itself."""
    if printed.high is not None or not printed.approx:
        return "no" if fit == "approx" else fit
    if printed.low == value:
        return "yes"
    return "yes" if printed.low < value <= printed.low * Fraction(6, 5) else fit


_Worked = Iterator[tuple[Fraction, str, Sequence[Operand], int]]


def _alike(one: str, other: str) -> bool:
    if one == other or not one or not other:
        return True
    catalogue = load_catalogue()
    strip = lambda m: m.removesuffix("次") if len(m) > 1 else m  # noqa: E731
    return catalogue.same_unit(one, other) or strip(one) == strip(other) or catalogue.same_unit(strip(one), strip(other))


def _of_measure(operands: Sequence[Operand], printed: Printed) -> list[Operand]:
    return [o for o in operands if _alike(o.measure, printed.measure)]


def _totals(printed: Printed, frame: Frame, operands: Sequence[Operand], days: int) -> _Worked:
    del frame, days
    like = _of_measure(operands, printed)
    before = [o for o in like if o.told and not o.ahead]
    ahead = [o for o in like if o.told and o.ahead]
    named = [o for o in like if not o.told][:5]
    for run in (before, ahead):
        for size in range(2, min(len(run), 9) + 1):
            yield _sum(run[:size])
        for pair in combinations(run[:_FEW], 2):
            yield _sum(pair)
        for three in combinations(run[:_FEW], 3):
            yield _sum(three)
    for size in (2, 3, 4):
        for some in combinations(named, size):
            yield _sum(some)
    for one in before[:3]:
        for other in named:
            if not set(one.ids) & set(other.ids):
                yield _sum((one, other))


def _sum(some: Sequence[Operand]) -> tuple[Fraction, str, Sequence[Operand], int]:
    return sum((o.value for o in some), Fraction(0)), " + ".join(o.label for o in some), some, 0


def _rests(printed: Printed, frame: Frame, operands: Sequence[Operand], days: int) -> _Worked:
    del frame, days
    like = _of_measure(operands, printed)[:10]
    for whole in like:
        rest = [o for o in like if o is not whole and o.value <= whole.value and o.ids != whole.ids]
        for size in (1, 2, 3):
            for some in combinations(rest[:8], size):
                left = whole.value - sum((o.value for o in some), Fraction(0))
                if left >= 0:
                    taken = " − ".join(o.label for o in some)
                    yield left, f"{whole.label} − {taken}", (whole, *some), 0


def _shares(printed: Printed, frame: Frame, operands: Sequence[Operand], days: int) -> _Worked:
    del days, printed
    counted = [o for o in operands if o.measure not in ("%", "百分点") and o.value]
    bases = _bases(frame, counted)
    for part in counted[:8]:
        for whole in bases:
            if whole is part or not whole.value or part.value > whole.value:
                continue
            if not _alike(part.measure, whole.measure) and not (
                part.told and whole.told and part.same_sentence
            ):
                continue
            if not whole.told and not (set(whole.ids) & {part.parent}) and not frame.of:
                continue
            yield part.value / whole.value, f"{part.label} ÷ {whole.label}", (part, whole), 0


def _bases(frame: Frame, operands: Sequence[Operand]) -> Sequence[Operand]:
    """What the share is of: the operands that the words behind 占 name, else all."""
    words = frozenset(c for c in frame.of if c not in "的总数量比全部案件同期各类所有立受收约近")
    if not words:
        return operands
    scored = [(len(words & o.words), o) for o in operands]
    best = max((score for score, _ in scored), default=0)
    return [o for score, o in scored if score == best and best] or operands


def _averages(printed: Printed, frame: Frame, operands: Sequence[Operand], days: int) -> _Worked:
    per = frame.per
    counted = [o for o in operands if o.measure not in ("%", "百分点")]
    times = _COUNT_OF.get(per) if per else None
    if per in _COUNT_OF and times:
        times = max(1, round(times * days / 366)) if days < 360 else times
    elif per in ("日", "天"):
        times = days
    if times:
        for one in counted:
            if _alike(one.measure, printed.measure):
                yield one.value / times, f"{one.label} ÷ {times}", (one,), 0
        return
    for one in counted:
        if not _alike(one.measure, printed.measure):
            continue
        for over in counted:
            if over is one or not over.value or over.ids == one.ids:
                continue
            if per and not _counts(over, per):
                continue
            yield one.value / over.value, f"{one.label} ÷ {over.label}", (one, over), 0


def _counts(over: Operand, per: str) -> bool:
    """Whether an operand counts what an average is per: 人均 over 名, 校均 over 所, 每个方面 over 方面."""
    if per == "均":
        return True
    if over.measure and (per in over.measure or load_catalogue().same_unit(per, over.measure)):
        return True
    return bool(over.words & frozenset(per)) or {"校": "所", "村": "个", "镇": "个", "案": "件", "乡": "个"}.get(per) == over.measure


def _times(printed: Printed, frame: Frame, operands: Sequence[Operand], days: int) -> _Worked:
    del days
    for one in operands[:8]:
        if one.previous:
            times = one.value / one.previous
            if printed.unit == "番":
                yield _doublings(times), f"{one.label} ÷ 上年", (one,), 1
            elif frame.way > 0:
                yield times - 1, f"{one.label} ÷ 上年 − 1", (one,), 1
            else:
                yield times, f"{one.label} ÷ 上年", (one,), 0
        for other in operands[:8]:
            if other is one or not other.value or one.value < other.value:
                continue
            if _alike(one.measure, other.measure) or (one.told and other.told):
                yield one.value / other.value, f"{one.label} ÷ {other.label}", (one, other), 0


def _doublings(times: Fraction) -> Fraction:
    doublings = 0
    while times >= 2:
        times /= 2
        doublings += 1
    return Fraction(doublings) if times == 1 else Fraction(0)


def _changes(printed: Printed, frame: Frame, operands: Sequence[Operand], days: int) -> _Worked:
    del days
    rate = printed.measure == "%" or printed.unit in ("倍", "番")
    for one in operands[:10]:
        if one.previous is None:
            continue
        gap = one.value - one.previous
        way = (gap > 0) - (gap < 0)
        moved = f"{one.label}，上年 {_plain(one.previous, one.measure)}"
        if rate and one.previous and one.measure != "%":
            yield abs(gap) / one.previous, f"|本年 − 上年| ÷ 上年（{moved}）", (one,), way
        elif not rate and (_alike(one.measure, printed.measure) or printed.measure == "百分点"):
            scale = 100 if printed.measure == "百分点" else 1
            if (one.measure == "%") == (printed.measure == "百分点"):
                yield abs(gap) * scale, f"|本年 − 上年|（{moved}）", (one,), way
    if rate and printed.measure == "%":
        told = [o for o in operands if o.told and o.same_sentence and o.measure != "%"][:5]
        for now, old in combinations(told, 2):
            for a, b in ((now, old), (old, now)):
                if b.value and _alike(a.measure, b.measure) and a.ids == b.ids:
                    gap = a.value - b.value
                    yield abs(gap) / b.value, f"（{a.label} − {b.label}）÷ {b.label}", (a, b), (gap > 0) - (gap < 0)
        return
    like = [o for o in _of_measure(operands, printed) if o.measure != "%"][:8]
    for now, old in combinations(like, 2):
        if now.value != old.value:
            yield abs(now.value - old.value), f"{now.label} 与 {old.label} 之差", (now, old), 0


def _plain(value: Fraction, measure: str) -> str:
    shown = value * 100 if measure == "%" else value
    return f"{float(shown):g}{measure}"


_FORMULAS = {
    "total": _totals,
    "rest": _rests,
    "share": _shares,
    "average": _averages,
    "times": _times,
    "change": _changes,
}
