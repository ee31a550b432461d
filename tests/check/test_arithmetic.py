"""Formulas over operands that the text names."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from fzwriter.check.arithmetic import Operand, Result, alike, former_and_latter
from fzwriter.check.equality import Printed
from fzwriter.check.formulas import work_out
from fzwriter.check.frame import Frame, Role
from fzwriter.check.shares import base_unknown
from fzwriter.numbers import find_numbers

VISITS = Operand(
    Fraction(36), "家", "走访企业36家", ("v",), words=frozenset("走访企业"), previous=Fraction(27)
)
SHOPS = Operand(Fraction(22), "家", "走访商户22家", ("s",), words=frozenset("走访商户"))
ALL = Operand(Fraction(58), "家", "走访主体58家", ("a",), words=frozenset("走访主体"))
PART = replace(VISITS, parent="a")
STAFF = Operand(Fraction(12), "名", "工作人员12名", ("p",), words=frozenset("工作人员"))
RATE = Operand(
    Fraction(9, 10), "%", "满意率90%", ("r",), words=frozenset("满意率"), previous=Fraction(8, 10)
)


def results(role: Role, figure: str, *operands: Operand, **slots: object) -> list[Result]:
    """What comes out of operands (the nearest first) beside a figure."""
    (mention,) = (m for m in find_numbers(f"数为{figure}。") if m.kind == "quantity")
    frame = Frame((role, "given"), **slots)  # type: ignore[arg-type]
    return work_out(role, Printed.of(mention), frame, operands, 366)


def proved(role: Role, figure: str, *operands: Operand, **slots: object) -> list[str]:
    """The formulas that give the figure from the operands the words name."""
    found = results(role, figure, *operands, **slots)
    return [result.formula for result in found if result.fit == "yes" and result.sure]


@pytest.mark.parametrize(
    ("role", "right", "wrong", "operands", "slots"),
    [
        ("total", "58家", "59家", (SHOPS, VISITS), {}),
        ("rest", "22家", "23家", (PART, ALL), {}),
        ("share", "62.1%", "61.1%", (PART, ALL), {}),
        ("share", "62%", "63%", (VISITS, ALL), {"of": "走访主体"}),
        ("average", "3家", "4家", (VISITS,), {"per": "月"}),
        ("average", "9家", "8家", (VISITS,), {"per": "季"}),
        ("average", "3家", "2家", (VISITS, STAFF), {"per": "名"}),
        ("times", "1.3倍", "1.4倍", (VISITS,), {}),
        ("change", "9家", "8家", (VISITS,), {"way": 1}),
        ("change", "33.3%", "25%", (VISITS,), {"way": 1}),
        ("change", "10个百分点", "9个百分点", (RATE,), {"way": 1}),
    ],
)
def test_each_role_has_its_formula(
    role: Role, right: str, wrong: str, operands: tuple[Operand, ...], slots: dict[str, object]
) -> None:
    assert proved(role, right, *operands, **slots)
    assert not proved(role, wrong, *operands, **slots)


def test_a_formula_shows_its_operands_in_the_order_of_the_text() -> None:
    assert proved("total", "58家", SHOPS, VISITS) == ["走访企业36家 + 走访商户22家"]
    (result,) = (r for r in results("rest", "22家", PART, ALL) if r.fit == "yes")
    assert result.formula == "走访主体58家 − 走访企业36家"
    assert result.ids == ("a", "v")


def test_a_rest_of_parts_of_another_total_is_not_sure() -> None:
    stray = replace(VISITS, parent="other")
    assert not proved("rest", "22家", stray, ALL)
    assert [r.fit for r in results("rest", "22家", stray, ALL)] == ["yes"]


def test_a_change_tells_its_direction() -> None:
    (result,) = results("change", "9家", VISITS)
    assert result.way == 1
    fallen = replace(VISITS, previous=Fraction(45))
    assert [r.way for r in results("change", "9家", fallen)] == [-1]
    assert [r.way for r in results("change", "-9家", fallen) if r.fit == "yes"] == [-1]


def test_a_share_is_never_rounded_to_the_whole() -> None:
    nearly = replace(PART, value=Fraction(5799, 100))
    assert not proved("share", "100%", nearly, ALL)


@pytest.mark.xfail(reason="a figure in 番 is scaled to multiples, the formula counts doublings")
def test_doublings() -> None:
    assert proved("times", "翻2番", replace(VISITS, previous=Fraction(9)))
    assert not proved("times", "翻2番", replace(VISITS, previous=Fraction(12)))


def test_a_sum_of_lower_bounds_is_one() -> None:
    some = replace(VISITS, value=Fraction(210), lower=True)
    more = replace(SHOPS, value=Fraction(330), lower=True)
    assert proved("total", "540余家", some, more)
    assert not proved("total", "700余家", some, more)


def test_a_base_that_nothing_is_called_is_unknown() -> None:
    operands = (VISITS, ALL)
    assert base_unknown(Frame(("share",), of="外地投资项目"), operands)
    assert not base_unknown(Frame(("share",), of="走访主体"), operands)
    assert not base_unknown(Frame(("share",), of="总数"), operands)


def test_former_and_latter_are_the_last_two_of_a_kind() -> None:
    assert former_and_latter((SHOPS, VISITS)) == (VISITS, SHOPS)
    assert former_and_latter((RATE, SHOPS, VISITS)) == (VISITS, SHOPS)
    assert former_and_latter((SHOPS,)) is None
    assert former_and_latter((SHOPS, replace(VISITS, total=True))) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("件", "起", True),
        ("件", "", True),
        ("家", "个", True),
        ("人", "件", False),
        ("元", "%", False),
    ],
)
def test_measure_words_that_count_alike(one: str, other: str, same: bool) -> None:
    assert alike(one, other) is same
