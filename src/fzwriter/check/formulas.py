"""The formulas of each role: sums, remainders, averages, multiples.

Each yields what comes out of operands that the text names, and whether they are the ones the words
mean. Those of shares and changes are in ``shares`` and ``differences``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from fzwriter.check.arithmetic import (
    Operand,
    Result,
    Worked,
    alike,
    anchors,
    counted,
    subject,
)
from fzwriter.check.differences import changes
from fzwriter.check.equality import Fit, Printed, fit_computed
from fzwriter.check.frame import Frame, Role
from fzwriter.check.shares import meant_by, shares
from fzwriter.facts import load_catalogue

_COUNT_OF = {"月": 12, "季": 4, "季度": 4, "周": 52}
_YEAR = 366
_WHOLE_YEAR = 360
# How many of the figures told before may be summed in pairs and threes.
_FEW = 7
# What a measure word of one character in 校均, 村均 counts.
_PLACES = {"校": "所", "村": "个", "镇": "个", "乡": "个", "案": "件"}

_Formula = Callable[[Printed, Frame, Sequence[Operand]], Iterator[Worked]]


def work_out(
    role: Role, printed: Printed, frame: Frame, operands: Sequence[Operand], days: int
) -> list[Result]:
    """All that the formulas of ``role`` give over the operands, the surest first.

    Args:
        role: what the figure is told as.
        printed: the figure.
        frame: its slots.
        operands: told before it, nearest first; told behind it; only named.
        days: length of the reporting period.
    """
    every = (
        _averages(printed, frame, operands, days)
        if role == "average"
        else _FORMULAS[role](printed, frame, operands)
    )
    meant = subject(frame, operands)
    amount = _absolute(printed) if role == "change" else printed
    found = []
    for worked in every:
        fit = fit_computed(worked.value, amount)
        if fit in ("no", "approx") and any(o.lower for o in worked.used):
            fit = _fit_of_bounds(worked.value, printed, fit)
        ids = tuple(dict.fromkeys(id_ for o in worked.used for id_ in o.ids))
        at = tuple(o.at for o in worked.used if o.at >= 0)
        sure = worked.sure if meant is None else worked.used[0] is meant
        found.append(
            Result(
                role,
                fit,
                sure,
                worked.value,
                worked.formula,
                ids,
                worked.way,
                at,
                worked.definite and sure,
            )
        )
    found.sort(key=lambda r: (r.fit != "yes", not r.sure))
    return found


def _absolute(printed: Printed) -> Printed:
    """The figure without a sign: 同比-8件 is a change by 8."""
    if printed.low >= 0:
        return printed
    return replace(printed, low=-printed.low, value=-printed.value)


def _fit_of_bounds(value: Fraction, printed: Printed, fit: Fit) -> Fit:
    """A sum or quotient of lower bounds (210余 + 330余) is one itself."""
    if printed.high is not None or not printed.approx:
        return "no" if fit == "approx" else fit
    if printed.low == value:
        return "yes"
    return "yes" if printed.low < value <= printed.low * Fraction(6, 5) else fit


# -- sums and what they leave ----------------------------------------------------------------


def _totals(printed: Printed, frame: Frame, operands: Sequence[Operand]) -> Iterator[Worked]:
    del frame
    every = counted(operands)
    like = [o for o in every if alike(o.measure, printed.measure)]
    yield from _runs(printed, every, [o for o in like if o.named])
    before = [o for o in like if o.told and not o.ahead and not o.total][:_FEW]
    for size in (2, 3):
        for some in combinations(before, size):
            yield _sum(some, sure=all(o.named for o in some))
    spoken = [o for o in like if not o.told][:5]
    for size in (2, 3, 4):
        for some in combinations(spoken, size):
            yield _sum(some, sure=all(o.named for o in some))
    for one in [o for o in like if o.told and not o.ahead][:3]:
        for other in spoken:
            if not set(one.ids) & set(other.ids):
                yield _sum((one, other), sure=other.named)


def _runs(printed: Printed, every: Sequence[Operand], named: Sequence[Operand]) -> Iterator[Worked]:
    """Sums of the two, three… figures told next to this one, before it or behind it."""
    for ahead in (False, True):
        run = [o for o in every if o.told and o.ahead == ahead and not o.total and o.value]
        meant = [o for o in named if o.told and o.ahead == ahead]
        for size in range(2, min(len(run), 12) + 1):
            some = run[:size]
            if any(alike(o.measure, printed.measure) for o in some):
                stray = len(meant) >= 2 and not all(o.named for o in some)
                yield _sum(some, sure=not stray)


def _sum(some: Sequence[Operand], *, sure: bool) -> Worked:
    total = sum((o.value for o in some), Fraction(0))
    return Worked(total, " + ".join(o.label for o in reversed(some)), some, sure)


def _rests(printed: Printed, frame: Frame, operands: Sequence[Operand]) -> Iterator[Worked]:
    del frame
    like = [o for o in operands if alike(o.measure, printed.measure)][:12]
    for whole in like:
        rest = [o for o in like if o is not whole and o.value <= whole.value and o.ids != whole.ids]
        for size in (1, 2, 3, 4):
            for some in combinations(rest[:8], size):
                left = whole.value - sum((o.value for o in some), Fraction(0))
                if left < 0:
                    continue
                taken = " − ".join(o.label for o in some)
                sure = _are_parts(whole, some)
                yield Worked(left, f"{whole.label} − {taken}", (whole, *some), sure)


def _are_parts(whole: Operand, some: Sequence[Operand]) -> bool:
    """Whether a remainder's operands are a total and parts of it, as far as the sheet tells."""
    if all(o.parent and o.parent in whole.ids for o in some):
        return True
    if any(o.parent for o in some):
        return False  # parts of another total
    return whole.told and all(o.told or o.named for o in some)


# -- averages and multiples ------------------------------------------------------------------


def _averages(
    printed: Printed, frame: Frame, operands: Sequence[Operand], days: int
) -> Iterator[Worked]:
    every = counted(operands)
    like = [o for o in every if alike(o.measure, printed.measure)]
    meant = anchors(like)
    times = _periods(frame.per, days)
    for one in like:
        if times:
            formula = f"{one.label} ÷ {times}"
            yield Worked(one.value / times, formula, (one,), one in meant)
        else:
            yield from _averages_over(one, every, meant, frame)


def _averages_over(
    one: Operand, every: Sequence[Operand], meant: Sequence[Operand], frame: Frame
) -> Iterator[Worked]:
    """What comes of one operand for each of another: of cases for each person."""
    per = frame.per
    only = bool(per) and sum(_counts_per(o, per) for o in every if o.told or o.named) == 1
    for over in every:
        if over is one or not over.value or over.ids == one.ids:
            continue
        if per and not _counts_per(over, per):
            continue
        near = one in meant or one.named or over.named or over in meant or only
        # of two that may be counted per, the one told before the figure
        sure = near and (
            not over.ahead or not any(_counts_per(o, per) and not o.ahead for o in every if o.told)
        )
        formula = f"{one.label} ÷ {over.label}"
        yield Worked(one.value / over.value, formula, (one, over), sure)
        if "last" in frame.roles and one.previous and over.previous:
            old = one.previous / over.previous
            yield Worked(old, f"上年{one.label} ÷ {over.label}", (one, over))


def _periods(per: str, days: int) -> int:
    """How many months, weeks… the reporting period has; 0 where ``per`` is no period."""
    if per in ("日", "天"):
        return days
    times = _COUNT_OF.get(per, 0)
    if times and days < _WHOLE_YEAR:
        return max(1, round(times * days / _YEAR))
    return times


def _counts_per(over: Operand, per: str) -> bool:
    """Whether an operand counts what an average is per: 人均 over 名, 校均 over 所."""
    if per == "均":
        return True
    if over.measure and (per in over.measure or load_catalogue().same_unit(per, over.measure)):
        return True
    return bool(over.words & frozenset(per)) or _PLACES.get(per) == over.measure


def _times(printed: Printed, frame: Frame, operands: Sequence[Operand]) -> Iterator[Worked]:
    every = counted(operands)[:12]
    meant = anchors(every)
    bases = meant_by(frame.of, every)
    for one in every:
        if one.previous:
            sure = (one in meant or one.named) and not bases
            yield _times_last_year(one, one.value / one.previous, printed, frame, sure=sure)
        for other in every:
            if other is one or not other.value or one.ids == other.ids:
                continue
            sure = (one.told or one.named) and (other.told or other.named)
            sure = sure and (not bases or other in bases)
            if sure or alike(one.measure, other.measure):
                formula = f"{one.label} ÷ {other.label}"
                yield Worked(one.value / other.value, formula, (one, other), sure)


def _times_last_year(
    one: Operand, times: Fraction, printed: Printed, frame: Frame, *, sure: bool
) -> Worked:
    """翻一番, 增长1.5倍, 是上年的2.5倍."""
    formula = f"{one.label} ÷ 上年"
    if printed.unit == "番":
        return Worked(_doublings(times), formula, (one,), sure, 1)
    if frame.way > 0:
        return Worked(times - 1, f"{formula} − 1", (one,), sure, 1)
    return Worked(times, formula, (one,), sure)


def _doublings(times: Fraction) -> Fraction:
    doublings = 0
    while times >= 2:
        times /= 2
        doublings += 1
    return Fraction(doublings) if times == 1 else Fraction(0)


_FORMULAS: Mapping[Role, _Formula] = {
    "total": _totals,
    "rest": _rests,
    "share": shares,
    "times": _times,
    "change": changes,
}
