"""The development gold: numerals of two real reports, marked by hand.

Ours differ from it on purpose in one place: 每…一 is indefinite (DESIGN §5.5), so 每季度…进行一次, 召开一次
are no figures here (``INDEFINITE``). Their kind counts as a miss all the same; their value is left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from fzwriter.numbers import find_numbers
from fzwriter.report import Mention

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
GOLD = SHARED / "data" / "numbers_gold_dev.jsonl"
INDEFINITE = 2

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not GOLD.exists(), reason=f"no development material at {GOLD}"),
]


@cache
def _document(name: str) -> tuple[str, list[Mention]]:
    text = (SHARED / "seeds" / name).read_text("utf-8")
    return text, find_numbers(text)


def _pairs() -> Iterator[tuple[dict[str, Any], Mention | None]]:
    """Each numeral of the gold with the mention that covers its first numeral."""
    for line in GOLD.read_text("utf-8").splitlines():
        gold = json.loads(line)
        text, mentions = _document(gold["file"])
        assert text[gold["start"] : gold["end"]] == gold["text"]
        start, end = gold["numerals"][0] if gold["numerals"] else (gold["start"], gold["end"])
        yield gold, next((m for m in mentions if m.start < end and start < m.end), None)


def _kind(gold: dict[str, Any]) -> str:
    return "quantity" if gold["class"] == "fact" else str(gold["class"])


def test_kinds_are_right() -> None:
    pairs = list(_pairs())
    right = sum(mention is not None and mention.kind == _kind(gold) for gold, mention in pairs)
    assert len(pairs) == 600
    assert right >= 0.98 * len(pairs)


def test_values_of_data_figures_are_right() -> None:
    data = [(gold, mention) for gold, mention in _pairs() if gold["class"] == "fact"]
    agreed = [
        (gold, mention)
        for gold, mention in data
        if mention is None or mention.kind == "quantity" or gold["text"] != "一"
    ]
    assert (len(data), len(data) - len(agreed)) == (52, INDEFINITE)
    wrong = [gold["text"] for gold, mention in agreed if not _same(gold, mention)]
    assert len(wrong) <= 0.01 * len(agreed), wrong


def _same(gold: dict[str, Any], mention: Mention | None) -> bool:
    if mention is None or mention.base_value != Decimal(str(gold["value"])):
        return False
    return mention.unit.removeprefix("万") == gold["unit"] and mention.approx == gold["approx"]


def test_every_numeral_of_the_gold_is_found() -> None:
    assert [gold["text"] for gold, mention in _pairs() if mention is None] == []
    for gold, mention in _pairs():
        if gold["class"] != "fact" and mention and mention.kind == "quantity":
            # Advertising in a file from the web, and its count of chapters.
            assert gold["kind"] in ("ad", "meta"), gold
