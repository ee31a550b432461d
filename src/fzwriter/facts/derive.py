"""Arithmetic on the figures of a sheet, exact until it is rounded.

What the rules of rounding and of percentages are:

- Values are taken in the unit they are written in; 万元 and 元 are not converted. Only a figure in
  percent is worth its hundredth: 22% enters a formula as 0.22, and a result in % is multiplied by
  100 (百分点 likewise; ‰ by a thousand).
- Rounding is half up, away from zero, to the declared digits. Undeclared: whole results stay whole,
  percentages get one digit, others two, and as many more as it takes for a figure that is not 0 or
  not 100% to be printed as neither.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from fzwriter.errors import InputError
from fzwriter.facts.formula import Expression, Operation, compute, parse, refs, render
from fzwriter.facts.model import Derived, Fact, FactSheet

_FACTORS = {"%": 100, "％": 100, "百分点": 100, "个百分点": 100, "‰": 1000}
_MAX_CHAIN = 30  # derived figures one upon the other
_MAX_DIGITS = 20


@dataclass(frozen=True)
class DerivedValue:
    """A derived figure, worked out.

    Attributes:
        id: of the derived figure.
        name: likewise.
        unit: likewise.
        exact: in that unit: 97.23…, not 0.9723…, for a percentage.
        rounded: as it prints.
        formula: for people: ``f30 ÷ f29``.
        explanation: ``调解成功1055 ÷ 调解矛盾纠纷1085 × 100% = 97.2%``.
        ids: what the formula names, facts or other derived figures.
    """

    id: str
    name: str
    unit: str
    exact: Fraction
    rounded: Decimal
    formula: str
    explanation: str
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """A figure against the year before.

    Attributes:
        difference: this year's less last year's, in the fact's unit (percentage points for %).
        ratio: that over last year's, 0.2 for a growth of 20%; None over zero or less, and for
            percentages, whose growth in percent says nothing.
    """

    difference: Decimal
    ratio: Fraction | None


def factor(unit: str) -> int:
    """What a pure number is multiplied by to be printed in ``unit``: 100 for %, else mostly 1."""
    return _FACTORS.get(unit, 1)


def round_half_up(number: Fraction | Decimal | int, digits: int) -> Decimal:
    """``number`` to ``digits`` decimals, a half away from zero, exactly so many digits printed."""
    exact = Fraction(number)
    # By integers: Decimal's own rounding would first cut to the context's 28 digits.
    scaled = abs(exact) * 10**digits
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    figures = tuple(int(figure) for figure in str(whole))
    return Decimal((int(exact < 0 and whole > 0), figures, -digits))


def round_result(exact: Fraction, unit: str, digits: int | None = None) -> Decimal:
    """A derived figure as it prints; see the rules above."""
    if digits is not None:
        return round_half_up(exact, digits)
    if exact.denominator == 1:
        return round_half_up(exact, 0)
    digits = 1 if factor(unit) > 1 else 2
    rounded = round_half_up(exact, digits)
    while digits < _MAX_DIGITS and rounded in {0, factor(unit) if factor(unit) > 1 else 0}:
        digits += 1
        rounded = round_half_up(exact, digits)
    return rounded


def plain(number: Decimal) -> str:
    """A number without exponent, digits as they are: 25.63, 1200, 0.50."""
    return format(number, "f")


class _Evaluator:
    """Values by id, each worked out once."""

    def __init__(self, sheet: FactSheet) -> None:
        self._facts = sheet.by_id
        self._derived = sheet.derived_by_id
        self._known = {**self._facts, **self._derived}
        self._done: dict[str, DerivedValue] = {}
        self._chain: list[str] = []

    def value(self, derived: Derived) -> DerivedValue:
        if derived.id in self._done:
            return self._done[derived.id]
        if derived.id in self._chain:
            cycle = " → ".join([*self._chain[self._chain.index(derived.id) :], derived.id])
            raise InputError(f"公式互相引用：{cycle}", remedy="请改正其中一个公式")
        if len(self._chain) >= _MAX_CHAIN:
            raise InputError(f"{derived.id} 的公式层层引用过多", remedy="请直接用数据的编号")
        self._chain.append(derived.id)
        try:
            self._done[derived.id] = self._work_out(derived)
        finally:
            self._chain.pop()
        return self._done[derived.id]

    def _work_out(self, derived: Derived) -> DerivedValue:
        expression = parse(derived.formula, self._known)
        ids = refs(expression)
        values = {id: self._pure(id) for id in ids}
        try:
            pure = compute(expression, values.__getitem__)
        except InputError as error:
            formula = f"{derived.id} 的公式“{derived.formula}”：{error.problem}"
            raise InputError(formula, remedy=error.remedy) from error
        exact = pure * factor(derived.unit)
        rounded = round_result(exact, derived.unit, derived.digits)
        return DerivedValue(
            id=derived.id,
            name=derived.name,
            unit=derived.unit,
            exact=exact,
            rounded=rounded,
            formula=render(expression, str),
            explanation=explain(expression, self._shown, derived.unit, rounded),
            ids=ids,
        )

    def _pure(self, id: str) -> Fraction:
        if (fact := self._facts.get(id)) is not None:
            return Fraction(fact.value) / factor(fact.unit)
        return self.value(self._derived[id]).exact / factor(self._derived[id].unit)

    def _shown(self, id: str) -> str:
        if (fact := self._facts.get(id)) is not None:
            return show(fact)
        value = self._done[id]
        return f"{value.name}{plain(value.rounded)}{_percent(value.unit)}"


def _percent(unit: str) -> str:
    return unit if factor(unit) > 1 else ""


def show(fact: Fact) -> str:
    """A fact in an explanation: ``调解成功1055``, ``败诉率22%``."""
    return f"{fact.name}{plain(fact.value)}{_percent(fact.unit)}"


def explain(
    expression: Expression, text_of: Callable[[str], str], unit: str, rounded: Decimal
) -> str:
    """The sum as a line for people."""
    text = render(expression, text_of)
    if unit in {"%", "％", "‰"}:
        if isinstance(expression, Operation) and expression.sign in "+-":
            text = f"({text})"
        text = f"{text} × {factor(unit)}{unit}"
    return f"{text} = {plain(rounded)}{unit}"


def evaluate(derived: Derived, sheet: FactSheet) -> DerivedValue:
    """Work out one derived figure.

    Raises:
        InputError: a formula that can't be read, names no figure, goes in a circle, or divides by
            zero.
    """
    return _Evaluator(sheet).value(derived)


def evaluate_all(sheet: FactSheet) -> dict[str, DerivedValue | InputError]:
    """Every derived figure by id; the error in place of one that can't be worked out."""
    evaluator = _Evaluator(sheet)
    values: dict[str, DerivedValue | InputError] = {}
    for derived in sheet.derived:
        try:
            values[derived.id] = evaluator.value(derived)
        except InputError as error:
            values[derived.id] = error
    return values


def change(fact: Fact) -> Change | None:
    """The fact against its ``previous``; None where there is none."""
    if fact.previous is None:
        return None
    places = max(-int(number.as_tuple().exponent) for number in (fact.value, fact.previous))
    difference = Fraction(fact.value) - Fraction(fact.previous)
    ratio = None
    if fact.previous > 0 and factor(fact.unit) == 1:
        ratio = difference / Fraction(fact.previous)
    return Change(round_half_up(difference, max(places, 0)), ratio)


def share(part: Fact, total: Fact) -> Fraction | None:
    """``part`` over ``total`` (0.25 for a quarter); None unless it is declared a part of it."""
    if part.parts_of != total.id or not total.value:
        return None
    return Fraction(part.value) / Fraction(total.value)
