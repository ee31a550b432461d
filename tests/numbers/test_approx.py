from __future__ import annotations

from decimal import Decimal

import pytest

from fzwriter.numbers import find_numbers
from fzwriter.numbers.approx import APPROXIMATORS, direction, same_direction, stands_for


@pytest.mark.parametrize(
    ("printed", "approx", "exact", "may"),
    [
        ("520", "余", "528", True),
        ("500", "余", "528", True),
        ("528", "余", "528", False),
        ("530", "余", "528", False),
        ("530", "近", "528", True),
        ("600", "近", "528", False),
        ("600", "近", "540", True),
        ("100", "近", "10", False),
        ("100", "近", "89", False),
        ("100", "近", "90", True),
        ("10000000", "近", "30000", False),
        ("10000000", "将近", "30000", False),
        ("10000000", "接近", "8900000", False),
        ("10000000", "不足", "30000", False),
        ("100", "不到", "50", False),
        ("100", "不到", "51", True),
        ("10000000", "约", "5010000", False),
        ("100", "约", "53", False),
        ("100", "近余", "53", False),
        ("20", "约", "16", True),
        ("528", "近", "528", False),
        ("540", "近", "528", False),
        ("530", "约", "528", True),
        ("520", "左右", "528", False),
        ("500", "以上", "528", True),
        ("528", "至少", "528", True),
        ("528", "超过", "528", False),
        ("100", "以上", "528", False),
        ("530", "不超过", "528", True),
        ("528", "以内", "528", True),
        ("500", "不超过", "528", False),
        ("500", "超", "528", True),
        ("500", "不下于", "528", True),
        ("530", "几近", "528", True),
        ("2000", "以内", "528", False),
        ("1000", "超余", "1200", True),
        ("500", "突破", "528", True),
        ("0", "余", "5", False),
        ("1.5", "余", "1.57", True),
        ("520", "", "528", False),
    ],
)
def test_round_figures_stand_for_exact_ones(printed, approx, exact, may) -> None:
    assert stands_for(Decimal(printed), approx, Decimal(exact)) is may


def test_directions() -> None:
    assert direction("") == "exact"
    assert direction("余") == direction("以上") == "up"
    assert direction("近") == direction("不足") == "down"
    assert direction("约") == direction("近余") == "around"
    assert direction("不超过") == direction("以内") == "down"
    assert direction("超余") == direction("不下于") == "up"


@pytest.mark.parametrize("word", sorted(APPROXIMATORS))
def test_every_approximator_has_a_direction(word: str) -> None:
    assert direction(word) != "exact"


def test_same_direction() -> None:
    assert same_direction("余", "多")
    assert same_direction("约", "余")
    assert not same_direction("余", "近")
    assert not same_direction("", "约")
    assert same_direction("", "")


@pytest.mark.parametrize(
    "word", sorted(APPROXIMATORS - {"上", "来", "几近", "约余", "约为", "余多"})
)
def test_every_approximator_is_read_beside_a_figure(word: str) -> None:
    forms = [
        f"办理{word}70件，",
        f"办理70{word}件，",
        f"办理70件{word}，",
        f"办理{word[0]}70{word[1:]}件，",
    ]
    read = {m.approx for text in forms for m in find_numbers(text) if m.kind == "quantity"}
    assert word in read


def test_approximators_that_stand_beside_round_words_only() -> None:
    assert [m.approx for m in find_numbers("惠及上千人，约70余件，七十来个")] == ["上", "余", "来"]
