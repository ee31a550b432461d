"""Operands that the text names, how they belong together, and what comes out of them.

Operands are the figures told around and the facts the clause speaks of, never any pair of the sheet
(DESIGN §5.4). ``formulas`` works with them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from fzwriter.check.equality import LOOSE, Fit
from fzwriter.check.frame import Frame, Role
from fzwriter.facts import load_catalogue

_RATES = ("%", "百分点")


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


class Worked(NamedTuple):
    """One formula worked out; its fields become those of ``Result``.

    Attributes:
        value: scaled.
        formula: for people.
        used: its operands, the one the figure is about first.
        sure: whether the operands are those the words name.
        way: for a change, +1 a rise, -1 a fall.
        definite: whether the words leave no other formula.
    """

    value: Fraction
    formula: str
    used: Sequence[Operand]
    sure: bool = True
    way: int = 0
    definite: bool = False


def subject(frame: Frame, operands: Sequence[Operand]) -> Operand | None:
    """The operand that 前者 or 后者 stands for."""
    pair = former_and_latter(operands)
    if not frame.pronoun or pair is None:
        return None
    return pair[0] if frame.pronoun == "前者" else pair[1]


def former_and_latter(operands: Sequence[Operand]) -> tuple[Operand, Operand] | None:
    """The two figures 前者 and 后者 stand for: the last two of a kind that the text gives."""
    told = [
        o for o in operands if o.told and not o.ahead and o.measure not in _RATES and not o.total
    ]
    for latter, former in zip(told, told[1:], strict=False):
        if alike(latter.measure, former.measure):
            return former, latter
    return None


def _bare(measure: str) -> str:
    return measure.removesuffix("次") if len(measure) > 1 else measure


def alike(one: str, other: str) -> bool:
    """Whether two measure words count the same: one family, 个 and the like, none at all."""
    if one == other or not one or not other:
        return True
    if one in LOOSE and other in LOOSE:
        return True
    catalogue = load_catalogue()
    return catalogue.same_unit(one, other) or catalogue.same_unit(_bare(one), _bare(other))


def counted(operands: Sequence[Operand]) -> list[Operand]:
    """The operands that are no rates."""
    return [o for o in operands if o.measure not in _RATES]


def anchors(operands: Sequence[Operand]) -> list[Operand]:
    """Whom a figure told as worked out is about: what its clause names, else what was told last."""
    named = [o for o in operands if o.named]
    if named:
        return named
    last = next((o for o in operands if o.told and not o.ahead), None)
    return (
        [] if last is None else [o for o in operands if o is last or (o.ids and o.ids == last.ids)]
    )
