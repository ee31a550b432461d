"""The formulas of derived figures: + − × ÷ and parentheses over ids and plain numbers.

Signs may be written as people do: ``+ - * /``, ``× ÷ −``, full-width. A leading ``=`` (from a
spreadsheet) is overlooked; ``100%`` is one. Where an id may hold a hyphen, the longest known id
wins: with facts ``a`` and ``a-b``, ``a-b`` is one id and ``a - b`` a difference.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from fzwriter.errors import InputError

_MAX_LENGTH = 400  # bounds the depth of an expression, hence recursion
_MAX_DEPTH = 40
_MAX_BITS = 4096  # d2 = d1×d1, d3 = d2×d2… doubles the digits each time
_SIGNS = str.maketrans("＋－−–—×＊÷／（）％＝", "+----**//()%=")
_SPELLED = {"+": "+", "-": "−", "*": "×", "/": "÷"}
_NUMBER = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_WORD = re.compile(r"[^\W\d][\w-]*")
_REMEDY = "公式只能用编号、数字、+ - * / 和括号，如 f30/f29"


@dataclass(frozen=True)
class Number:
    """A number of the formula itself."""

    value: Fraction
    text: str


@dataclass(frozen=True)
class Ref:
    """The figure with this id."""

    id: str


@dataclass(frozen=True)
class Negative:
    """A minus before a term."""

    of: Expression


@dataclass(frozen=True)
class Operation:
    """Two terms joined by a sign."""

    sign: Literal["+", "-", "*", "/"]
    left: Expression
    right: Expression


Expression = Number | Ref | Negative | Operation


class _Parser:
    def __init__(self, formula: str, ids: Collection[str]) -> None:
        self._formula = formula
        self._text = formula.translate(_SIGNS).strip().removeprefix("=")
        self._ids = ids
        self._at = 0

    def parse(self) -> Expression:
        if len(self._text) > _MAX_LENGTH:
            raise InputError(f"公式“{self._formula[:20]}…”过长", remedy="请拆成几个派生数据")
        expression = self._sum(0)
        if self._peek():
            raise self._wrong()
        return expression

    def _wrong(self) -> InputError:
        rest = self._text[self._at :].strip()
        near = f"在“{rest[:8]}”处" if rest else "在末尾"
        return InputError(f"公式“{self._formula}”{near}写得不对", remedy=_REMEDY)

    def _peek(self) -> str:
        while self._text[self._at : self._at + 1].isspace():
            self._at += 1
        return self._text[self._at : self._at + 1]

    def _take(self, signs: str) -> str:
        found = self._peek()
        if not found or found not in signs:
            return ""
        self._at += 1
        return found

    def _sum(self, depth: int) -> Expression:
        left = self._product(depth)
        while sign := self._take("+-"):
            right = self._product(depth)
            left = Operation("+" if sign == "+" else "-", left, right)
        return left

    def _product(self, depth: int) -> Expression:
        left = self._factor(depth)
        while sign := self._take("*/"):
            right = self._factor(depth)
            left = Operation("*" if sign == "*" else "/", left, right)
        return left

    def _factor(self, depth: int) -> Expression:
        if depth > _MAX_DEPTH:
            raise InputError(f"公式“{self._formula[:20]}…”括号过多", remedy="请拆成几个派生数据")
        if self._take("-"):
            return Negative(self._factor(depth + 1))
        if self._take("("):
            inner = self._sum(depth + 1)
            if not self._take(")"):
                raise self._wrong()
            return inner
        return self._number() or self._ref()

    def _number(self) -> Number | None:
        found = _NUMBER.match(self._text, self._at)
        if not found:
            return None
        self._at = found.end()
        value, text = Fraction(found[0]), found[0]
        if self._take("%"):
            value, text = value / 100, f"{text}%"
        return Number(value, text)

    def _ref(self) -> Ref:
        found = _WORD.match(self._text, self._at)
        if not found:
            raise self._wrong()
        word = found[0]
        while word not in self._ids:
            shorter, hyphen, _ = word.rpartition("-")
            if not hyphen:
                raise InputError(
                    f"公式“{self._formula}”里的“{word}”不是任何数据的编号",
                    remedy=f"请核对编号；{_REMEDY}",
                )
            word = shorter
        self._at += len(word)
        return Ref(word)


def parse(formula: str, ids: Collection[str]) -> Expression:
    """The expression of ``formula`` over the known ``ids``.

    Raises:
        InputError: it can't be read, or names an id that is not known.
    """
    return _Parser(formula, ids).parse()


def walk(expression: Expression) -> Iterator[Expression]:
    """The expression and all inside it, left to right."""
    yield expression
    if isinstance(expression, Negative):
        yield from walk(expression.of)
    elif isinstance(expression, Operation):
        yield from walk(expression.left)
        yield from walk(expression.right)


def refs(expression: Expression) -> tuple[str, ...]:
    """The ids it uses, each once, in order."""
    return tuple(dict.fromkeys(one.id for one in walk(expression) if isinstance(one, Ref)))


def compute(expression: Expression, value_of: Callable[[str], Fraction]) -> Fraction:
    """Its exact value.

    Raises:
        InputError: division by zero, or a number too long to mean anything.
    """
    if isinstance(expression, Number):
        return expression.value
    if isinstance(expression, Ref):
        return value_of(expression.id)
    if isinstance(expression, Negative):
        return -compute(expression.of, value_of)
    left, right = compute(expression.left, value_of), compute(expression.right, value_of)
    result = _apply(expression.sign, left, right)
    if result.numerator.bit_length() + result.denominator.bit_length() > _MAX_BITS:
        raise InputError("公式的结果位数过多", remedy="请检查公式")
    return result


def _apply(sign: str, left: Fraction, right: Fraction) -> Fraction:
    if sign == "+":
        return left + right
    if sign == "-":
        return left - right
    if sign == "*":
        return left * right
    if right == 0:
        raise InputError("公式的除数为 0", remedy="请检查作分母的数据，没有分母时删去这一条")
    return left / right


def render(expression: Expression, text_of: Callable[[str], str]) -> str:
    """The formula for people, with × ÷ −; ``text_of`` says how an id is shown."""
    if isinstance(expression, Number):
        return expression.text
    if isinstance(expression, Ref):
        return text_of(expression.id)
    if isinstance(expression, Negative):
        inner = render(expression.of, text_of)
        return f"−({inner})" if isinstance(expression.of, Operation) else f"−{inner}"
    left = _operand(expression.left, expression.sign in "*/", text_of)
    # a − (b − c) and a ÷ (b × c) keep their parentheses, a + (b + c) may lose them
    keep = expression.sign in "*/" or expression.sign == "-"
    right = _operand(expression.right, keep, text_of, tight=expression.sign == "/")
    return f"{left} {_SPELLED[expression.sign]} {right}"


def _operand(
    expression: Expression, keep: bool, text_of: Callable[[str], str], tight: bool = False
) -> str:
    text = render(expression, text_of)
    loose = isinstance(expression, Operation) and (expression.sign in "+-" or tight)
    return f"({text})" if keep and loose or isinstance(expression, Negative) else text
