from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from fzwriter.errors import ConfigError
from fzwriter.llm import Usage, find_price, presets

OPENAI = presets()["openai"].base_url


def test_a_known_price_gives_a_cost() -> None:
    price = find_price(OPENAI, "gpt-4o-mini")
    assert price is not None
    assert price.of(Usage(1_000_000, 500_000)) == Decimal("0.45")
    assert price.currency == "美元"
    assert find_price(OPENAI, "gpt-4o-mini-2024-07-18") == price


@pytest.mark.parametrize(
    ("url", "model"),
    [(OPENAI, "gpt-9"), ("http://127.0.0.1:8000/v1", "gpt-4o"), ("", "gpt-4o")],
)
def test_no_price_is_invented(url: str, model: str) -> None:
    assert find_price(url, model) is None


def test_every_shipped_price_names_a_preset_and_a_month() -> None:
    from fzwriter.llm.prices import _shipped

    for price in _shipped():
        assert price.provider in presets()
        assert len(price.as_of) == 7
        assert 0 < price.prompt < price.completion


def test_the_user_s_prices_go_first(tmp_path: Path) -> None:
    own = tmp_path / "prices.yaml"
    own.write_text(
        "- {provider: openai, model: gpt-4o, prompt: 1, completion: 2, currency: 元, as_of: '2026-11'}\n"
        "- {provider: '10.0.0.8:8000', model: qwen, prompt: 0, completion: 0}\n",
        "utf-8",
    )
    price = find_price(OPENAI, "gpt-4o", own)
    assert price is not None
    assert (price.prompt, price.currency) == (1, "元")
    free = find_price("http://10.0.0.8:8000/v1", "qwen", own)
    assert free is not None
    assert free.of(Usage(9, 9)) == 0


@pytest.mark.parametrize("text", ["- {provider: x}", "- 3", "[", "- {provider: x, model: y, prompt: a, completion: 1}",
                                  "- {provider: x, model: y, prompt: -1, completion: 1}"])  # fmt: skip
def test_a_file_that_holds_no_prices_is_told(text: str, tmp_path: Path) -> None:
    own = tmp_path / "prices.yaml"
    own.write_text(text, "utf-8")
    with pytest.raises(ConfigError, match="价格文件"):
        find_price(OPENAI, "gpt-4o", own)
