"""Shares: what part the one operand is of another, and which the words behind 占 name as the base."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from fzwriter.check.arithmetic import Operand, Worked, alike, anchors, counted
from fzwriter.check.equality import Printed
from fzwriter.check.frame import Frame

# Characters behind 占 that name no base.
_SAID_OF_ALL = frozenset("的总数量比全部案件同期各类所有立受收约近其中")


class _Bases(NamedTuple):
    """What a share may be of, and whether the words say so."""

    operands: Sequence[Operand]
    fixed: bool


def shares(printed: Printed, frame: Frame, operands: Sequence[Operand]) -> Iterator[Worked]:
    """What part the operands are of each other, of the base that the words name where they do."""
    del printed
    every = [o for o in counted(operands) if o.value]
    bases = _bases(frame, every)
    meant = anchors([o for o in every if not (bases.fixed and o in bases.operands)])
    if "total" in frame.roles:
        yield from _shares_of_sums(every)
    for part in every[:12]:
        for whole in bases.operands:
            if _may_be_share(part, whole, frame, fixed=bases.fixed):
                yield _share(part, whole, frame, every, meant, fixed=bases.fixed)
                if "last" in frame.roles and part.previous and whole.previous:
                    old = part.previous / whole.previous
                    yield Worked(old, f"上年{part.label}、{whole.label}之比", (part, whole))


def _shares_of_sums(every: Sequence[Operand]) -> Iterator[Worked]:
    """两者合计占54.7%: of the figures told last, in the total they are parts of."""
    run = [o for o in every if o.told and not o.ahead and not o.total]
    if not run or not run[0].parent:
        return
    parent = run[0].parent
    whole = next((o for o in every if parent in o.ids), None)
    for size in (2, 3, 4):
        some = run[:size]
        if whole is not None and len(some) == size and all(o.parent == parent for o in some):
            total = sum((o.value for o in some), Fraction(0))
            labels = " + ".join(o.label for o in reversed(some))
            yield Worked(total / whole.value, f"（{labels}）÷ {whole.label}", (*some, whole))


def _is_part(part: Operand, whole: Operand) -> bool:
    return bool(part.parent) and part.parent in whole.ids


def _may_be_share(part: Operand, whole: Operand, frame: Frame, *, fixed: bool) -> bool:
    """Whether the text lets the one be laid against the other."""
    if whole is part or whole.ids == part.ids or part.value > whole.value:
        return False
    parent = _is_part(part, whole)
    told = part.told and whole.told and part.same_sentence
    if not (parent or told or alike(part.measure, whole.measure)):
        return False
    return whole.told or parent or whole.named or (fixed and bool(frame.of))


def _share(
    part: Operand,
    whole: Operand,
    frame: Frame,
    every: Sequence[Operand],
    meant: Sequence[Operand],
    *,
    fixed: bool,
) -> Worked:
    parent = _is_part(part, whole)
    near = part.named or part in meant or (parent and not meant)
    sure = near and not _has_other_total(part, whole, every, fixed=fixed)
    named = bool(frame.of) and fixed
    told = parent and part.told and part in meant and (whole.told or bool(frame.of))
    definite = "total" not in frame.roles and (named or told)
    formula = f"{part.label} ÷ {whole.label}"
    return Worked(part.value / whole.value, formula, (part, whole), sure, 0, definite)


def _has_other_total(
    part: Operand, whole: Operand, every: Sequence[Operand], *, fixed: bool
) -> bool:
    """Whether the two are parts of one total, or the text tells another total of the part."""
    if part.parent and part.parent == whole.parent:
        return True
    if fixed or _is_part(part, whole):
        return False
    told = [o for o in every if o.told and o.same_sentence]
    if part.parent and any(part.parent in o.ids for o in told):
        return True
    return whole.ahead and any(
        not o.ahead and o.value > whole.value and alike(o.measure, whole.measure) for o in told
    )


def meant_by(words: str, operands: Sequence[Operand]) -> list[Operand]:
    """The operands that some words name best; [] where none has half of them."""
    wanted = frozenset(words) - _SAID_OF_ALL
    scored = [(len(wanted & (frozenset(o.label) if o.ids else o.words)), o) for o in operands]
    best = max((score for score, _ in scored), default=0)
    if not wanted or best * 2 < len(wanted):
        return []
    named = [o for score, o in scored if score == best]
    # a fact rather than its change, which is called by the fact's name too
    own = {o.ids: o for o in sorted(named, key=lambda o: -len(o.label))}
    return [o for o in named if not o.ids or o.label == own[o.ids].label]


def _bases(frame: Frame, operands: Sequence[Operand]) -> _Bases:
    """What the words behind 占 name, else a sum just told, else everything."""
    if named := meant_by(frame.of, operands):
        return _Bases(named, True)
    last = next((o for o in operands if o.told and not o.ahead), None)
    if frame.of and last is not None and last.parent:
        whole = [o for o in operands if last.parent in o.ids]  # 占总数的
        return _Bases(whole or operands, bool(whole))
    totals = [o for o in operands if o.total and o.told and o.same_sentence and o is not last]
    return _Bases(totals, True) if totals else _Bases(operands, False)


def base_unknown(frame: Frame, operands: Sequence[Operand]) -> bool:
    """Whether the words behind 占 name something that no operand is called."""
    words = frozenset(frame.of) - _SAID_OF_ALL
    return len(words) >= 3 and not _bases(frame, counted(operands)).fixed
