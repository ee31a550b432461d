"""Changes: what this year's figures differ by from last year's, or two figures from each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from fzwriter.check.arithmetic import Operand, Worked, alike, anchors, former_and_latter
from fzwriter.check.equality import Printed
from fzwriter.check.frame import Frame


def changes(printed: Printed, frame: Frame, operands: Sequence[Operand]) -> Iterator[Worked]:
    """Changes in the unit of the figure: absolute, in per cent or in percentage points."""
    rate = printed.measure == "%"
    yield from _against_last_year(printed, operands)
    if rate:
        yield from _rates_between(operands)
    else:
        yield from _gaps(printed, frame, operands)


def _sign(gap: Fraction) -> int:
    return (gap > 0) - (gap < 0)


def _against_last_year(printed: Printed, operands: Sequence[Operand]) -> Iterator[Worked]:
    """Changes of operands against their own values of last year."""
    meant = anchors([o for o in operands if o.previous is not None]) or anchors(operands)
    for one in operands:
        if one.previous is None:
            continue
        worked = _change(printed, one, one.previous, sure=one in meant)
        if worked is not None:
            yield worked


def _change(printed: Printed, one: Operand, old: Fraction, *, sure: bool) -> Worked | None:
    """The change of one operand; None where it can't be told in the figure's unit."""
    gap = one.value - old
    moved = f"{one.label}，上年 {_plain(old, one.measure)}"
    absolute = f"|本年 − 上年|（{moved}）"
    of_rate = one.measure == "%"
    if printed.measure == "%":
        if not old or of_rate:
            return None
        relative = f"|本年 − 上年| ÷ 上年（{moved}）"
        return Worked(abs(gap) / old, relative, (one,), sure, _sign(gap))
    if printed.measure == "百分点" and of_rate:
        return Worked(abs(gap) * 100, absolute, (one,), sure, _sign(gap))
    if not of_rate and alike(one.measure, printed.measure):
        return Worked(abs(gap), absolute, (one,), sure, _sign(gap))
    return None


def _rates_between(operands: Sequence[Operand]) -> Iterator[Worked]:
    """Rates of change between two figures told in the sentence, either of which may be the older."""
    told = [o for o in operands if o.told and o.measure != "%"][:6]
    for pair in combinations(told, 2):
        if not alike(pair[0].measure, pair[1].measure):
            continue
        for now, old in (pair, pair[::-1]):
            if old.value and now.same_sentence and old.same_sentence:
                gap = now.value - old.value
                formula = f"（{now.label} − {old.label}）÷ {old.label}"
                sure = now.ids == old.ids
                yield Worked(abs(gap) / old.value, formula, (now, old), sure, _sign(gap))


def _gaps(printed: Printed, frame: Frame, operands: Sequence[Operand]) -> Iterator[Worked]:
    """Differences between two operands of the figure's unit."""
    points = printed.measure == "百分点"
    if points:
        like = [o for o in operands if o.measure == "%" and (o.told or o.named)][:6]
    else:
        alike_ = [o for o in operands if alike(o.measure, printed.measure)]
        like = [o for o in alike_ if (o.told and o.same_sentence) or o.named][:8]
    for one, other in combinations(like, 2):
        if one.value == other.value or one.ids == other.ids:
            continue
        first, second, way = _ordered(one, other, frame, operands)
        gap = abs(one.value - other.value) * (100 if points else 1)
        yield Worked(gap, f"{first.label} 与 {second.label} 之差", (first, second), True, way)


def _ordered(
    one: Operand, other: Operand, frame: Frame, operands: Sequence[Operand]
) -> tuple[Operand, Operand, int]:
    """The two with the one the clause is about first, and which way it differs, 0 if untold."""
    pair = former_and_latter(operands)
    if frame.pronoun and pair is not None and _same(pair, (one, other)):
        first, second = pair if frame.pronoun == "前者" else pair[::-1]
    elif one.last != other.last:
        first, second = (other, one) if one.last else (one, other)
    else:
        return one, other, 0
    return first, second, 1 if first.value > second.value else -1


def _same(one: tuple[Operand, Operand], other: tuple[Operand, Operand]) -> bool:
    return {id(o) for o in one} == {id(o) for o in other}


def _plain(value: Fraction, measure: str) -> str:
    shown = value * 100 if measure == "%" else value
    return f"{float(shown):g}{measure}"
