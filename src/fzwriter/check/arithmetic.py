"""Figures worked out from operands that the text itself names: sums, remainders, shares, averages.

Operands are the figures told around and the facts the clause speaks of, never any pair of the sheet
(DESIGN §5.4). Each role has its own formulas. What comes out is a ``Result`` whose ``formula`` shows the
operands and which says whether they are the ones the words name, or nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from fzwriter.check.equality import LOOSE, Fit, Printed, fit_computed
from fzwriter.check.frame import Frame, Role
from fzwriter.facts import load_catalogue

_COUNT_OF = {"月": 12, "季": 4, "季度": 4, "周": 52}
_RATES = ("%", "百分点")
_FEW = 7
# What a measure word of one character in 校均, 村均 counts.
_PLACES = {"校": "所", "村": "个", "镇": "个", "乡": "个", "案": "件"}
_SAID_OF_ALL = frozenset("的总数量比全部案件同期各类所有立受收约近其中")


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
        words: what it is called, as characters.
        named: whether the figure's own clause speaks of it.
        parent: id of the total it is part of.
        previous: last year's value, scaled.
        ahead: whether it is told behind the figure.
        lower: it is told as a lower bound (余, 超).
        total: it is itself a sum the text tells.
        given: it is a figure of the sheet, not worked out.
        last: it is told as last year's.
        at: start of the figure in the text; -1 where it is only named.
    """

    value: Fraction
    measure: str
    label: str
    ids: tuple[str, ...] = ()
    told: bool = True
    same_sentence: bool = True
    words: frozenset[str] = frozenset()
    named: bool = False
    parent: str = ""
    previous: Fraction | None = None
    ahead: bool = False
    lower: bool = False
    total: bool = False
    given: bool = True
    last: bool = False
    at: int = -1


@dataclass(frozen=True)
class Result:
    """What a formula over named operands gives, beside the printed figure.

    Attributes:
        role: the formula's.
        fit: how the printed figure stands to it.
        sure: whether the operands are those the words name.
        value: what comes out, scaled.
        formula: for people.
        ids: what it traces to.
        way: for a change, +1 a rise, -1 a fall.
        at: starts of the figures it was worked out from.
        definite: whether the words leave no other formula: a named base, a part and its own total.
    """

    role: Role
    fit: Fit
    sure: bool
    value: Fraction
    formula: str
    ids: tuple[str, ...]
    way: int = 0
    at: tuple[int, ...] = ()
    definite: bool = False


class _Worked(NamedTuple):
    value: Fraction
    formula: str
    used: Sequence[Operand]
    sure: bool = True
    way: int = 0
    definite: bool = False


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
    found = []
    subject = _subject(frame, operands)
    absolute = printed if printed.low >= 0 else replace(printed, low=-printed.low, value=-printed.value)
    for worked in _FORMULAS[role](printed, frame, operands, days):
        fit = fit_computed(worked.value, absolute if role == "change" else printed)
        if fit in ("no", "approx") and any(o.lower for o in worked.used):
            fit = _of_bounds(worked.value, printed, fit)
        ids = tuple(dict.fromkeys(i for o in worked.used for i in o.ids))
        sure = worked.sure if subject is None else worked.used[0] is subject
        found.append(Result(role, fit, sure, worked.value, worked.formula, ids, worked.way, tuple(o.at for o in worked.used if o.at >= 0), worked.definite and sure))
    found.sort(key=lambda r: (r.fit != "yes", not r.sure))
    return found


def _subject(frame: Frame, operands: Sequence[Operand]) -> Operand | None:
    """The operand that 前者 or 后者 stands for."""
    pair = former_and_latter(operands)
    if not frame.pronoun or pair is None:
        return None
    return pair[0] if frame.pronoun == "前者" else pair[1]


def former_and_latter(operands: Sequence[Operand]) -> tuple[Operand, Operand] | None:
    """The two figures 前者 and 后者 stand for: the last two of a kind that the text gives."""
    told = [o for o in operands if o.told and not o.ahead and o.measure not in _RATES and not o.total]
    for latter, former in zip(told, told[1:], strict=False):
        if alike(latter.measure, former.measure):
            return former, latter
    return None


def _of_bounds(value: Fraction, printed: Printed, fit: Fit) -> Fit:
    """A sum or quotient of lower bounds (210余 + 330余) is one itself."""
    if printed.high is not None or not printed.approx:
        return "no" if fit == "approx" else fit
    if printed.low == value:
        return "yes"
    return "yes" if printed.low < value <= printed.low * Fraction(6, 5) else fit


def _bare(measure: str) -> str:
    return measure.removesuffix("次") if len(measure) > 1 else measure


def alike(one: str, other: str) -> bool:
    if one == other or not one or not other:
        return True
    if one in LOOSE and other in LOOSE:
        return True
    catalogue = load_catalogue()
    return catalogue.same_unit(one, other) or catalogue.same_unit(_bare(one), _bare(other))


def _counted(operands: Sequence[Operand]) -> list[Operand]:
    return [o for o in operands if o.measure not in _RATES]


def _anchors(operands: Sequence[Operand]) -> list[Operand]:
    """Whom a figure told as worked out is about: what its clause names, else what was told last."""
    named = [o for o in operands if o.named]
    if named:
        return named
    last = next((o for o in operands if o.told and not o.ahead), None)
    return [] if last is None else [o for o in operands if o is last or (o.ids and o.ids == last.ids)]


def _totals(printed: Printed, frame: Frame, operands: Sequence[Operand], days: int) -> Iterator[_Worked]:
    del frame, days
    every = _counted(operands)
    like = [o for o in every if alike(o.measure, printed.measure)]
    named = [o for o in like if o.named]
    for told, ahead in ((every, False), (every, True)):
        run = [o for o in told if o.told and o.ahead == ahead and not o.total and o.value]
        for size in range(2, min(len(run), 12) + 1):
            some = run[:size]
            if any(alike(o.measure, printed.measure) for o in some):
                meant = [o for o in named if o.told and o.ahead == ahead]
                stray = len(meant) >= 2 and not all(o.named for o in some)
                yield _sum(some, sure=not stray)
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


def _sum(some: Sequence[Operand], *, sure: bool) -> _Worked:
    total = sum((o.value for o in some), Fraction(0))
    return _Worked(total, " + ".join(o.label for o in reversed(some)), some, sure)


def _rests(printed: Printed, frame: Frame, operands: Sequence[Operand], days: int) -> Iterator[_Worked]:
    del frame, days
    like = [o for o in operands if alike(o.measure, printed.measure)][:12]
    for whole in like:
        rest = [o for o in like if o is not whole and o.value <= whole.value and o.ids != whole.ids]
        for size in (1, 2, 3, 4):
            for some in combinations(rest[:8], size):
                left = whole.value - sum((o.value for o in some), Fraction(0))
                if left < 0:
                    continue
                taken = " − ".join(o.label for o in some)
                yield _Worked(left, f"{whole.label} − {taken}", (whole, *some), _parts(whole, some))


def _parts(whole: Operand, some: Sequence[Operand]) -> bool:
    """Whether a remainder's operands are a total and parts of it, as far as the sheet tells."""
    if all(o.parent and o.parent in whole.ids for o in some):
        return True
    if any(o.parent for o in some):
        return False  # parts of another total
    return whole.told and all(o.told or o.named for o in some)


def _shares(printed: Printed, frame: Frame, operands: Sequence[Operand], days: int) -> Iterator[_Worked]:
    del days, printed
    counted = [o for o in _counted(operands) if o.value]
    bases, fixed = _bases(frame, counted)
    anchors = _anchors([o for o in counted if not (fixed and o in bases)])
    if "total" in frame.roles:  # 两者合计占54.7%
        run = [o for o in counted if o.told and not o.ahead and not o.total]
        for size in (2, 3, 4):
            some = run[:size]
            whole = next((o for o in counted if some and some[0].parent and some[0].parent in o.ids), None)
            if len(some) == size and whole is not None and all(o.parent == some[0].parent for o in some):
                total = sum((o.value for o in some), Fraction(0))
                labels = " + ".join(o.label for o in reversed(some))
                yield _Worked(total / whole.value, f"（{labels}）÷ {whole.label}", (*some, whole))
    for part in counted[:12]:
        for whole in bases:
            if whole is part or whole.ids == part.ids or part.value > whole.value:
                continue
            parent = part.parent and part.parent in whole.ids
            same = alike(part.measure, whole.measure)
            if not parent and not (same or (part.told and whole.told and part.same_sentence)):
                continue
            if not (whole.told or parent or whole.named or (fixed and frame.of)):
                continue
            siblings = bool(part.parent) and part.parent == whole.parent
            wider = not fixed and not parent and any(
                o.told and not o.ahead and o.same_sentence and o.value > whole.value and alike(o.measure, whole.measure)
                for o in counted
            )
            siblings = siblings or (wider and whole.ahead)
            if part.parent and not parent and not fixed:
                siblings = siblings or any(o.told and o.same_sentence and part.parent in o.ids for o in counted)
            near = part.named or part in anchors or (bool(parent) and not anchors)
            formula = f"{part.label} ÷ {whole.label}"
            sure = near and not siblings
            definite = "total" not in frame.roles and bool(frame.of and fixed) or (
                "total" not in frame.roles and bool(parent) and part.told and part in anchors and (whole.told or bool(frame.of))
            )
            yield _Worked(part.value / whole.value, formula, (part, whole), sure, 0, definite)
            if "last" in frame.roles and part.previous and whole.previous:
                old = part.previous / whole.previous
                yield _Worked(old, f"上年{part.label}、{whole.label}之比", (part, whole))


def _bases(frame: Frame, operands: Sequence[Operand]) -> tuple[Sequence[Operand], bool]:
    """What the share is of: the operands that the words behind 占 name, a sum just told, else all."""
    words = frozenset(frame.of) - _SAID_OF_ALL
    if words:
        scored = [(len(words & (frozenset(o.label) if o.ids else o.words)), o) for o in operands]
        best = max((score for score, _ in scored), default=0)
        if best * 2 >= len(words):
            return [o for score, o in scored if score == best], True
    last = next((o for o in operands if o.told and not o.ahead), None)
    totals = [o for o in operands if o.total and o.told and o.same_sentence and o is not last]
    return (totals, True) if totals else (operands, False)


def base_unknown(frame: Frame, operands: Sequence[Operand]) -> bool:
    """Whether the words behind 占 name something that no operand is called."""
    words = frozenset(frame.of) - _SAID_OF_ALL
    counted = _counted(operands)
    return len(words) >= 3 and not _bases(frame, counted)[1]


def _averages(printed: Printed, frame: Frame, operands: Sequence[Operand], days: int) -> Iterator[_Worked]:
    per = frame.per
    counted = _counted(operands)
    anchors = _anchors([o for o in counted if alike(o.measure, printed.measure)])
    times = _COUNT_OF.get(per, 0)
    if times and days < 360:
        times = max(1, round(times * days / 366))
    elif per in ("日", "天"):
        times = days
    for one in counted:
        if not alike(one.measure, printed.measure):
            continue
        if times:
            yield _Worked(one.value / times, f"{one.label} ÷ {times}", (one,), one in anchors)
            continue
        for over in counted:
            if over is one or not over.value or over.ids == one.ids or (per and not _per(over, per)):
                continue
            only = bool(per) and sum(_per(o, per) for o in counted if o.told or o.named) == 1
            sure = one in anchors or one.named or over.named or over in anchors or only
            yield _Worked(one.value / over.value, f"{one.label} ÷ {over.label}", (one, over), sure)
            if "last" in frame.roles and one.previous and over.previous:
                old = one.previous / over.previous
                yield _Worked(old, f"上年{one.label} ÷ {over.label}", (one, over))


def _per(over: Operand, per: str) -> bool:
    """Whether an operand counts what an average is per: 人均 over 名, 校均 over 所, 每个方面 over 方面."""
    if per == "均":
        return True
    if over.measure and (per in over.measure or load_catalogue().same_unit(per, over.measure)):
        return True
    return bool(over.words & frozenset(per)) or _PLACES.get(per) == over.measure


def _times(printed: Printed, frame: Frame, operands: Sequence[Operand], days: int) -> Iterator[_Worked]:
    del days
    counted = _counted(operands)[:12]
    anchors = _anchors(counted)
    for one in counted:
        if one.previous:
            times = one.value / one.previous
            sure = one in anchors or one.named
            if printed.unit == "番":
                yield _Worked(_doublings(times), f"{one.label} ÷ 上年", (one,), sure, 1)
            elif frame.way > 0:
                yield _Worked(times - 1, f"{one.label} ÷ 上年 − 1", (one,), sure, 1)
            else:
                yield _Worked(times, f"{one.label} ÷ 上年", (one,), sure)
        for other in counted:
            if other is one or not other.value or one.ids == other.ids:
                continue
            if alike(one.measure, other.measure) or ((one.told or one.named) and (other.told or other.named)):
                sure = (one.told or one.named) and (other.told or other.named)
                yield _Worked(one.value / other.value, f"{one.label} ÷ {other.label}", (one, other), sure)


def _doublings(times: Fraction) -> Fraction:
    doublings = 0
    while times >= 2:
        times /= 2
        doublings += 1
    return Fraction(doublings) if times == 1 else Fraction(0)


def _changes(printed: Printed, frame: Frame, operands: Sequence[Operand], days: int) -> Iterator[_Worked]:
    del days
    rate = printed.measure == "%"
    anchors = _anchors([o for o in operands if o.previous is not None]) or _anchors(operands)
    for one in operands:
        if one.previous is None:
            continue
        gap = one.value - one.previous
        way = (gap > 0) - (gap < 0)
        moved = f"{one.label}，上年 {_plain(one.previous, one.measure)}"
        sure = one in anchors
        if rate and one.previous and one.measure != "%":
            yield _Worked(abs(gap) / one.previous, f"|本年 − 上年| ÷ 上年（{moved}）", (one,), sure, way)
        elif printed.measure == "百分点" and one.measure == "%":
            yield _Worked(abs(gap) * 100, f"|本年 − 上年|（{moved}）", (one,), sure, way)
        elif not rate and one.measure != "%" and alike(one.measure, printed.measure):
            yield _Worked(abs(gap), f"|本年 − 上年|（{moved}）", (one,), sure, way)
    told = [o for o in operands if o.told and o.measure != "%"][:6]
    for now, old in combinations(told, 2):
        if rate and alike(now.measure, old.measure):
            for a, b in ((now, old), (old, now)):
                if b.value and a.same_sentence and b.same_sentence:
                    gap = a.value - b.value
                    formula = f"（{a.label} − {b.label}）÷ {b.label}"
                    yield _Worked(abs(gap) / b.value, formula, (a, b), a.ids == b.ids, (gap > 0) - (gap < 0))
    if rate:
        return
    pair = former_and_latter(operands)
    like = [o for o in operands if alike(o.measure, printed.measure) and (o.told or o.named)][:8]
    if printed.measure == "百分点":
        like = [o for o in operands if o.measure == "%" and (o.told or o.named)][:6]
    for now, old in combinations(like, 2):
        if now.value == old.value or now.ids == old.ids:
            continue
        gap = abs(now.value - old.value) * (100 if printed.measure == "百分点" else 1)
        way = 0
        if pair is not None and frame.pronoun and {id(now), id(old)} == {id(pair[0]), id(pair[1])}:
            first, second = pair if frame.pronoun == "前者" else (pair[1], pair[0])
            way = 1 if first.value > second.value else -1
            now, old = first, second
        elif now.last != old.last:
            first, second = (old, now) if now.last else (now, old)
            way = 1 if first.value > second.value else -1
            now, old = first, second
        yield _Worked(gap, f"{now.label} 与 {old.label} 之差", (now, old), True, way)


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
