from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fzwriter.errors import InputError
from fzwriter.facts import change, evaluate, evaluate_all, round_half_up, share
from fzwriter.facts.derive import round_result
from fzwriter.facts.model import Derived, Fact, FactSheet

Build = Callable[..., FactSheet]
FACTS = (
    "id: f29, name: 调解矛盾纠纷, value: 1085, unit: 件",
    "id: f30, name: 调解成功, value: 1055, unit: 件, parts_of: f29",
    'id: f41, name: 败诉率, value: 22, unit: "%"',
    'id: f42, name: 上年败诉率, value: 24.5, unit: "%"',
    "id: f43, name: 发放资金, value: 97200, unit: 元",
)


def derived(formula: str, **fields: object) -> Derived:
    return Derived.model_validate({"id": "d1", "name": "率", "formula": formula, **fields})


def test_a_rate_is_worked_out_and_explained(sheet_of: Build) -> None:
    value = evaluate(derived("f30/f29", name="调解成功率", unit="%", digits=1), sheet_of(*FACTS))
    assert value.exact == Fraction(105500, 1085)
    assert str(value.rounded) == "97.2"
    assert value.formula == "f30 ÷ f29"
    assert value.explanation == "调解成功1055 ÷ 调解矛盾纠纷1085 × 100% = 97.2%"
    assert value.ids == ("f30", "f29")
    assert (value.id, value.name, value.unit) == ("d1", "调解成功率", "%")


@pytest.mark.parametrize(
    ("formula", "unit", "digits", "printed"),
    [
        ("f30/f29", "%", None, "97.2"),
        ("f30/f29", "%", 0, "97"),
        ("f30/f29", "%", 2, "97.24"),
        ("f30/f29", "‰", None, "972.4"),
        ("f29-f30", "件", None, "30"),
        ("f29-f30", "件", 1, "30.0"),
        ("f43/f29", "元", None, "89.59"),
        ("f30/f30", "%", None, "100"),
        ("f29/f29/8", "%", None, "12.5"),
        ("f29/f29/8", "%", 0, "13"),
        ("f42-f41", "个百分点", None, "2.5"),
        ("f42-f41", "%", None, "2.5"),
        ("f29*f41", "件", None, "238.70"),
        ("(f43-1)/f43", "%", None, "99.999"),
        ("1/f43", "%", None, "0.001"),
        ("1/f43", "元", None, "0.00001"),
        ("f30-f29", "件", None, "-30"),
    ],
)
def test_rounding_follows_the_rules(
    sheet_of: Build, formula: str, unit: str, digits: int | None, printed: str
) -> None:
    value = evaluate(derived(formula, unit=unit, digits=digits), sheet_of(*FACTS))
    assert str(value.rounded) == printed


def test_a_derived_figure_may_rest_on_another(sheet_of: Build) -> None:
    sheet = sheet_of(
        *FACTS,
        rest='derived:\n  - {id: d2, name: 差距, formula: 1-d1, unit: "%"}\n'
        '  - {id: d1, name: 成功率, formula: f30/f29, unit: "%"}\n',
    )
    value = evaluate(sheet.derived[0], sheet)
    assert value.exact == Fraction(3000, 1085)  # from the exact rate, not the rounded one
    assert value.explanation == "(1 − 成功率97.2%) × 100% = 2.8%"
    assert list(evaluate_all(sheet)) == ["d2", "d1"]


def test_formulas_in_a_circle_are_refused(sheet_of: Build) -> None:
    sheet = sheet_of(*FACTS).model_copy(
        update={"derived": (derived("d2+f30"), derived("d1", id="d2"))}
    )
    with pytest.raises(InputError, match="公式互相引用：d1 → d2 → d1。请"):
        evaluate(sheet.derived[0], sheet)


def test_squares_of_squares_are_refused_before_they_fill_the_memory(sheet_of: Build) -> None:
    tower = tuple(derived(f"d{n}*d{n}", id=f"d{n + 1}") for n in range(1, 28))
    sheet = sheet_of(*FACTS).model_copy(update={"derived": (derived("f29*f29"), *tower)})
    with pytest.raises(InputError, match="位数过多"):
        evaluate(sheet.derived[-1], sheet)


def test_a_long_chain_is_refused_and_a_usual_one_is_not(sheet_of: Build) -> None:
    chain = tuple(derived(f"d{n}+1", id=f"d{n + 1}") for n in range(1, 60))
    sheet = sheet_of(*FACTS).model_copy(update={"derived": (derived("f29"), *chain)})
    assert evaluate(sheet.derived[20], sheet).rounded == 1105
    with pytest.raises(InputError, match="层层引用过多"):
        evaluate(sheet.derived[-1], sheet)


def test_division_by_zero_names_the_formula(sheet_of: Build) -> None:
    with pytest.raises(InputError, match=r"d1 的公式“f30/\(f29-f29\)”：公式的除数为 0。请检查"):
        evaluate(derived("f30/(f29-f29)"), sheet_of(*FACTS))


def test_evaluate_all_keeps_the_errors_apart(sheet_of: Build) -> None:
    sheet = sheet_of(*FACTS).model_copy(
        update={"derived": (derived("f30/0"), derived("f30", id="d2"))}
    )
    values = evaluate_all(sheet)
    assert isinstance(values["d1"], InputError)
    assert not isinstance(values["d2"], InputError)


@pytest.mark.parametrize(
    ("number", "digits", "printed"),
    [
        (Decimal("2.5"), 0, "3"),
        (Decimal("-2.5"), 0, "-3"),
        (Decimal("0.125"), 2, "0.13"),
        (Decimal("1.005"), 2, "1.01"),
        (Fraction(2, 3), 3, "0.667"),
        (Decimal("-0.04"), 1, "0.0"),
        (7, 2, "7.00"),
        (Decimal("12345678901234567890123456789012.5"), 0, "12345678901234567890123456789013"),
    ],
)
def test_a_half_rounds_away_from_zero(
    number: Fraction | Decimal | int, digits: int, printed: str
) -> None:
    assert str(round_half_up(number, digits)) == printed


@settings(deadline=None)
@given(
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15),
    st.integers(0, 6),
)
def test_rounding_agrees_with_decimal(number: Decimal, digits: int) -> None:
    with localcontext(prec=2000):
        expected = number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    assert round_half_up(number, digits) == expected


@settings(deadline=None)
@given(st.fractions(0, 100))
def test_an_undeclared_percentage_never_rounds_to_0_or_100(exact: Fraction) -> None:
    rounded = round_result(exact, "%")
    if rounded in {0, 100}:
        assert exact == rounded or min(exact, 100 - exact) < Fraction(1, 10**19)


def fact(**fields: object) -> Fact:
    return Fact.model_validate({"id": "f1", "name": "收到", "unit": "件", **fields})


def test_a_change_has_difference_and_ratio() -> None:
    found = change(fact(value=48, previous=40))
    assert found is not None
    assert (str(found.difference), found.ratio) == ("8", Fraction(1, 5))
    fall = change(fact(value="25.63", previous="30.1", unit="万元"))
    assert fall is not None
    assert str(fall.difference) == "-4.47"


def test_a_change_has_no_ratio_where_none_makes_sense() -> None:
    assert change(fact(value=48)) is None
    from_zero = change(fact(value=48, previous=0))
    assert from_zero is not None
    assert from_zero.ratio is None
    points = change(fact(value=22, previous="24.5", unit="%"))
    assert points is not None
    assert (str(points.difference), points.ratio) == ("-2.5", None)


def test_a_share_needs_a_declared_part(sheet_of: Build) -> None:
    facts = sheet_of(*FACTS).by_id
    assert share(facts["f30"], facts["f29"]) == Fraction(1055, 1085)
    assert share(facts["f43"], facts["f29"]) is None
