from __future__ import annotations

from decimal import Decimal

import pytest
from number_tellers import shown

from fzwriter.numbers.value import evaluate, parse_arabic, parse_chinese


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("零", "0"),
        ("〇", "0"),
        ("十", "10"),
        ("十三", "13"),
        ("两百", "200"),
        ("三百十五", "315"),
        ("一百五", "150"),
        ("一万三", "13000"),
        ("一万零十二", "10012"),
        ("四千万零六千", "40006000"),
        ("二十一万亿", "21000000000000"),
        ("四万万", "400000000"),
        ("肆佰陆拾", "460"),
        ("三点五万", "35000"),
        ("九十八点五", "98.5"),
        ("1亿2千万", "120000000"),
        ("12万3千", "123000"),
        ("3万4000", "34000"),
        ("1千零1", "1001"),
        ("百", "100"),
        ("千万", "10000000"),
        ("二〇二三", "2023"),
        ("三五", "3..5"),
        ("七八十", "70..80"),
        ("十七八", "17..18"),
        ("一百五六", "150..160"),
        ("十几", "11..19"),
        ("一百零几万", "1010000..1090000"),
        ("数百", "200..999"),
        ("几", "2..9"),
    ],
)
def test_numerals_have_their_value(text: str, expected: str) -> None:
    assert shown(parse_chinese(text)) == expected


@pytest.mark.parametrize(
    "text",
    ["", "百千", "三二百", "五百万零三万", "3万40", "一二三", "千万万百", "半", "点五", "几几"],
)
def test_what_breaks_the_rules_has_no_value(text: str) -> None:
    assert parse_chinese(text) is None


def test_evaluate_reads_no_ranges() -> None:
    assert evaluate("三五") is None
    assert evaluate("三十五") == 35


def test_arabic_groups() -> None:
    assert parse_arabic("3,480") == parse_arabic("3\u2009480") == Decimal(3480)
