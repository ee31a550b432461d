"""What a writer wants to know of a model beside its answers: how able it is, how it counts."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fzwriter.llm.model import ChatModel, Message
from fzwriter.llm.tokens import count_messages

Counter = Callable[[Sequence[Message]], int]
SMALL = (
    4.0  # thousand million parameters: up to here a model follows one short task, no list of rules
)
# Tokens another tokenizer may find beyond o200k's count. Chinese models find fewer; those that know
# little Chinese find more.
MARGIN = 1.15
_SIZE = re.compile(r"(?<![\w.])(?:a)?(\d+(?:\.\d+)?)\s*b(?![a-z0-9])", re.IGNORECASE)


@dataclass(frozen=True)
class Traits:
    """Traits of a model.

    Attributes:
        small: too small for rules and JSON; it gets short prompts and answers in plain text.
        count: tokens of a conversation, never too few.
    """

    small: bool
    count: Counter


def count_safely(messages: Sequence[Message]) -> int:
    """Tokens of a conversation for a model whose tokenizer isn't known."""
    return math.ceil(count_messages(messages) * MARGIN)


def is_small(name: str, parameters: float = 0.0) -> bool:
    """Whether a model is small, by its parameters, else by the size its name tells (qwen2.5:1.5b)."""
    if parameters:
        return parameters <= SMALL * 1e9
    sizes = [float(found) for found in _SIZE.findall(name.replace("_", "-"))]
    return bool(sizes) and max(sizes) <= SMALL


def traits_of(model: ChatModel) -> Traits:
    """A model's traits: those it states itself, else what its name tells."""
    own = getattr(model, "traits", None)
    return own if isinstance(own, Traits) else Traits(is_small(model.name), count_safely)


def base_url_of(model: ChatModel) -> str:
    """Where a model is; "" where that isn't one place."""
    return str(getattr(model, "base_url", ""))
