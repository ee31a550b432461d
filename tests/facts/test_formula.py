from __future__ import annotations

import contextlib
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fzwriter.errors import InputError
from fzwriter.facts.formula import (
    Expression,
    Negative,
    Number,
    Operation,
    Ref,
    compute,
    parse,
    refs,
    render,
)

IDS = {"a": Fraction(3), "b": Fraction(7, 2), "a-b": Fraction(11), "受理": Fraction(48), "f3": 1}


def value(formula: str) -> Fraction:
    return compute(parse(formula, IDS), lambda id: Fraction(IDS[id]))


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("a+b*2", Fraction(10)),
        ("(a+b)*2", Fraction(13)),
        ("a - b - 1", Fraction(-3, 2)),
        ("12/a/2", Fraction(2)),
        ("-a+1", Fraction(-2)),
        ("a--b", Fraction(13, 2)),
        ("a × 2 ÷ 3", Fraction(2)),
        ("（a＋b）／2", Fraction(13, 4)),
        ("a − b – 1 — 1", Fraction(-5, 2)),
        ("=a/b", Fraction(6, 7)),
        ("a/b*100%", Fraction(6, 7)),
        ("0.1+0.2", Fraction(3, 10)),
        ("受理/2", Fraction(24)),
        ("a-b", Fraction(11)),
        ("a - b", Fraction(-1, 2)),
        ("a-b-b", Fraction(15, 2)),
        ("a-1", Fraction(2)),
        ("b-a", Fraction(1, 2)),
    ],
)
def test_formulas_are_read_as_people_write_them(formula: str, expected: Fraction) -> None:
    assert value(formula) == expected


@pytest.mark.parametrize(
    "formula", ["", " ", "a b", "a+", "*a", "(a", "a)", "a^2", "2a", "a,b", "a;b", "1.", ".5"]
)
def test_what_is_no_formula_is_refused(formula: str) -> None:
    with pytest.raises(InputError, match="写得不对"):
        parse(formula, IDS)


@pytest.mark.parametrize("formula", ["f30", "c/a", "a-c", "a1", "eval(a)"])
def test_unknown_ids_are_refused(formula: str) -> None:
    if formula == "a-c":
        with pytest.raises(InputError, match="“c”不是任何数据的编号"):
            parse(formula, IDS)
    else:
        with pytest.raises(InputError, match="不是任何数据的编号"):
            parse(formula, IDS)


@pytest.mark.parametrize("formula", ["(" * 100 + "a", "-" * 100 + "a", "a" + "+a" * 1000])
def test_monstrous_formulas_are_refused(formula: str) -> None:
    with pytest.raises(InputError, match="过多|过长"):
        parse(formula, IDS)


def test_the_longest_formula_allowed_is_computed() -> None:
    assert value("a" + "+a" * 199) == 600


def test_division_by_zero_is_an_input_error() -> None:
    with pytest.raises(InputError, match="除数为 0"):
        value("a/(b-b)")


def test_numbers_that_explode_are_refused() -> None:
    with pytest.raises(InputError, match="位数过多"):
        compute(parse("*".join(["n"] * 100), {"n"}), lambda _: Fraction(10**30))


def test_ids_come_once_in_order() -> None:
    assert refs(parse("(b+a)/b", IDS)) == ("b", "a")


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("a-(b-a)", "a − (b − a)"),
        ("a/(b*a)", "a ÷ (b × a)"),
        ("(a+b)/b", "(a + b) ÷ b"),
        ("a+(b+a)", "a + b + a"),
        ("a*(b/a)", "a × b ÷ a"),
        ("a*-b", "a × (−b)"),
        ("a/b*100%", "a ÷ b × 100%"),
    ],
)
def test_formulas_are_shown_with_the_parentheses_they_need(formula: str, shown: str) -> None:
    assert render(parse(formula, IDS), str) == shown


leaves = st.one_of(
    st.sampled_from(["a", "b", "受理"]).map(Ref),
    st.integers(0, 999).map(lambda n: Number(Fraction(n), str(n))),
    st.decimals(0, 100, places=2).map(lambda n: Number(Fraction(n), f"{n:f}")),
)
expressions: st.SearchStrategy[Expression] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        inner.map(Negative), st.builds(Operation, st.sampled_from("+-*/"), inner, inner)
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(expressions)
def test_what_is_shown_computes_to_the_same(expression: Expression) -> None:
    def outcome(one: Expression) -> Fraction | str:
        try:
            return compute(one, lambda id: Fraction(IDS[id]))
        except InputError as error:
            return error.problem

    assert outcome(parse(render(expression, str), IDS)) == outcome(expression)


@settings(deadline=None)
@given(st.text(alphabet="ab受理 +-*/×÷（）()0123456789.%f", max_size=30))
def test_any_text_is_computed_or_refused(text: str) -> None:
    with contextlib.suppress(InputError):
        assert isinstance(value(text), Fraction)
