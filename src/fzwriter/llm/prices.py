"""What a run costs, where a price is known: shipped prices with their month, and the user's own before them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from fzwriter.errors import ConfigError
from fzwriter.llm.model import Usage
from fzwriter.llm.providers import presets

_DATED = re.compile(r"-(?:\d{4}-\d{2}-\d{2}|latest)$")
_MILLION = Decimal(1_000_000)
_REMEDY = (
    "每条应如 {provider: qwen, model: qwen-plus, prompt: 0.8, completion: 2, "
    'currency: 元, as_of: "2026-05"}，价格按每百万词元'
)


@dataclass(frozen=True)
class Price:
    """Prices of a model.

    Attributes:
        provider: a preset's name, or a host.
        model: its name there.
        prompt: for a million tokens of prompt.
        completion: for a million tokens of answer.
        currency: 元, 美元…
        as_of: when that was the price.
    """

    provider: str
    model: str
    prompt: Decimal
    completion: Decimal
    currency: str
    as_of: str

    def of(self, usage: Usage) -> Decimal:
        """What so many tokens cost."""
        return (self.prompt * usage.prompt + self.completion * usage.completion) / _MILLION


def find_price(base_url: str, model: str, own: Path | None = None) -> Price | None:
    """The price of a model at an address; None where it isn't known.

    Args:
        base_url: of the endpoint; "" for none.
        model: its name there; a date at its end (gpt-4o-2024-08-06) is no other model.
        own: the user's file of prices, which need not exist.

    Raises:
        ConfigError: that file isn't one of prices.
    """
    host = urlsplit(base_url).netloc
    places = {host, *(p.name for p in presets().values() if urlsplit(p.base_url).netloc == host)}
    if not host:
        return None
    for name in dict.fromkeys((model, _DATED.sub("", model))):
        for price in (*_own(own), *_shipped()):
            if price.provider in places and price.model == name:
                return price
    return None


def _shipped() -> list[Price]:
    raw = yaml.safe_load((files("fzwriter.llm") / "prices.yaml").read_text("utf-8"))
    return [_price(entry) for entry in raw]


def _own(path: Path | None) -> list[Price]:
    if path is None or not path.is_file():
        return []
    try:
        raw = yaml.safe_load(path.read_text("utf-8")) or []
        return [_price(entry) for entry in raw]
    except (OSError, ValueError, yaml.YAMLError, KeyError, TypeError, InvalidOperation) as error:
        raise ConfigError("价格文件读不出来", path=path, remedy=_REMEDY) from error


def _price(entry: Any) -> Price:
    prompt, completion = Decimal(str(entry["prompt"])), Decimal(str(entry["completion"]))
    if not (prompt.is_finite() and completion.is_finite() and min(prompt, completion) >= 0):
        raise ValueError("a price must be a number")
    return Price(
        str(entry["provider"]),
        str(entry["model"]),
        prompt,
        completion,
        str(entry.get("currency", "元")),
        str(entry.get("as_of", "")),
    )
