from __future__ import annotations

from decimal import Decimal

import pytest

from fzwriter.numbers import find_numbers
from fzwriter.numbers.approx import APPROXIMATORS, direction, same_direction, stands_for


@pytest.mark.parametrize(
    ("printed", "approx", "exact", "fit"),
    [
        # 余: within the step, more than a fifth above a doubt
        ("520", "余", "528", "yes"),
        ("500", "余", "528", "yes"),
        ("528", "余", "528", "no"),
        ("530", "余", "528", "no"),
        ("500", "余", "600", "no"),
        ("500", "余", "599", "yes"),
        ("100", "余", "120", "yes"),
        ("100", "余", "121", "doubt"),
        ("100", "多", "199", "doubt"),
        ("1.5", "余", "1.57", "yes"),
        ("0", "余", "5", "no"),
        # 近: at most a tenth below
        ("530", "近", "528", "yes"),
        ("530", "几近", "528", "yes"),
        ("540", "近", "528", "yes"),
        ("600", "近", "528", "no"),
        ("600", "近", "540", "yes"),
        ("100", "近", "10", "no"),
        ("100", "近", "89", "no"),
        ("100", "近", "90", "yes"),
        ("528", "近", "528", "no"),
        ("10000000", "近", "30000", "no"),
        ("10000000", "将近", "30000", "no"),
        ("10000000", "接近", "8900000", "no"),
        # 不足: not below a half, more than a quarter below a doubt
        ("10000000", "不足", "30000", "no"),
        ("100", "不到", "49", "no"),
        ("100", "不到", "51", "doubt"),
        ("100", "不到", "75", "yes"),
        # 约: what rounds to the printed place, and at most a quarter off
        ("530", "约", "528", "yes"),
        ("520", "左右", "528", "no"),
        ("20", "约", "16", "yes"),
        ("20", "约", "15", "yes"),
        ("10", "约", "7", "no"),
        ("10000000", "约", "5010000", "no"),
        ("100", "约", "53", "no"),
        ("100", "近余", "53", "no"),
        # bounds: twice or more a doubt
        ("500", "以上", "528", "yes"),
        ("528", "至少", "528", "yes"),
        ("500", "不下于", "528", "yes"),
        ("100", "以上", "199", "yes"),
        ("100", "以上", "200", "doubt"),
        ("100", "以上", "528", "doubt"),
        ("528", "超过", "528", "no"),
        ("500", "超", "528", "yes"),
        ("500", "突破", "528", "yes"),
        ("1000", "超余", "1200", "yes"),
        ("100", "超", "200", "doubt"),
        ("530", "不超过", "528", "yes"),
        ("528", "以内", "528", "yes"),
        ("500", "不超过", "528", "no"),
        ("2000", "以内", "528", "doubt"),
        # 以上 in other words
        ("500", "≥", "500", "yes"),
        ("500", "不止", "528", "yes"),
        ("500", "开外", "528", "yes"),
        ("500", "出头", "528", "yes"),
        ("500", "有余", "528", "yes"),
        ("500", "强", "528", "yes"),
        ("550", "弱", "528", "yes"),
        ("520", "", "528", "no"),
    ],
)
def test_round_figures_stand_for_exact_ones(
    printed: str, approx: str, exact: str, fit: str
) -> None:
    assert stands_for(Decimal(printed), approx, Decimal(exact)) == fit


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
