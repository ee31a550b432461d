"""Microsoft's Chinese cases (Recognizers-Text, MIT), read with our conventions.

Their integers, decimals, fractions and percentages must read alike: NumberModel, PercentModel and
OrdinalModel. The other models are left out: ranges there are intervals with open and closed ends,
and ages, currencies, dimensions and temperatures split 50元6角三分 or name units in English.

A percentage of theirs ("5%") is our value with unit ``%``, or our base value times a hundred for 成,
折, ‰ and fractions; 个百分点 is a unit of ours, so only its value is compared.

Where ours differ on purpose (``ON_PURPOSE``):

- powers, k and dozens (1e1, 2.5^-1, 40k, 52.5 k, 五十打): no report writes so;
- 兆 is 10¹² in Taiwan but 10⁶ in mainland units (兆瓦), so it is no numeral here;
- .5 without its leading zero; mixed fractions with a blank (1 3/5), and 7 2 折: a blank between
  Arabic digits separates table cells;
- 二十几万 is a range for us (210000 to 290000), theirs is the lowest of it; 5-20% is one range for us,
  theirs is its end;
- 千三, 百三, 半百, 半成, 半折, 打对折, 万万分之: colloquial, or no numeral of a report;
- 百分之二三十, 五百分之2.2: theirs find nothing, ours find the range and the fraction;
- a minus within a fraction (负3分之负一百五十七).
"""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pytest

from fzwriter.numbers import find_numbers
from fzwriter.report import Mention

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
SPECS = SHARED / "data" / "numbers_specs_dev.jsonl"
MODELS = ("NumberModel", "PercentModel", "OrdinalModel")
ON_PURPOSE = frozenset(
    """五十五兆壹十二億四萬五千二|五兆六十二亿四万五千二|二十幾萬|壹百零幾萬|壹百 二 十 幾億|二十几万|一百零几万|40k
-1e1|2.5^-1|-127.32e13|12.32e+14|-12e-1|.23456000|.5|４ ６／３|1 ３/5|1 4/3的美梦,1/2的努力|负３分之负一百五十七
負３ 分  之 負壹百五十七|千三|百三|半百|五十打|打对折|打對折|百 分 之  ５２.５ k|找出酒精量在5-20%之间的产品|半成|半折
万万分之七|百分之二三十|7 2 折|五百分之2.2
包括在金融市场中管理的基金管理业务在内的FILP总额也减少了二％，为四十九兆九千五百九十二億元，是有史以来最大的。""".replace(
        "\n", "|"
    ).split("|")
)

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SPECS.exists(), reason=f"no development material at {SPECS}"),
]


def _cases() -> list[dict[str, Any]]:
    lines = SPECS.read_text("utf-8").splitlines()
    return [case for case in map(json.loads, lines) if case["model"] in MODELS]


def _close(ours: Decimal, theirs: Decimal) -> bool:
    """Alike to the fifteen digits that theirs are printed with."""
    return abs(ours - theirs) <= abs(theirs) * Decimal("1e-13")


def _alike(mention: Mention, value: str) -> bool:
    if not isinstance(mention.value, Decimal):
        return False
    base = mention.base_value if isinstance(mention.base_value, Decimal) else mention.value
    try:
        theirs = Decimal(value.removesuffix("%"))
    except InvalidOperation:
        return False
    if not value.endswith("%"):
        return _close(base, theirs) or _close(mention.value, theirs)
    if mention.unit.endswith("百分点"):
        return _close(mention.value, theirs)
    return _close(base * 100, theirs)


def reads_alike(case: dict[str, Any]) -> bool:
    """Whether every figure of theirs is found where they find it, with its value."""
    found = find_numbers(case["input"])
    if not case["results"]:
        return not any(m.kind == "quantity" for m in found)
    return all(
        any(
            m.start <= result["end"] and result["start"] < m.end and _alike(m, result["value"])
            for m in found
        )
        for result in case["results"]
    )


def test_reads_what_microsofts_recognizers_read() -> None:
    compared = [case for case in _cases() if case["input"] not in ON_PURPOSE]
    wrong = [case["input"] for case in compared if not reads_alike(case)]
    assert len(compared) == 237
    assert len(wrong) <= 0.02 * len(compared), wrong


def test_differs_on_purpose_only_where_it_says() -> None:
    named = [case for case in _cases() if case["input"] in ON_PURPOSE]
    assert [case["input"] for case in named if reads_alike(case)] == []
    assert {case["input"] for case in named} == ON_PURPOSE
