"""Likeness of short Chinese texts, by character pairs."""

from __future__ import annotations

import re

_NOISE = re.compile(r"[^一-龥]|的|了|和|与|及")


def grams(text: str) -> frozenset[str]:
    """Character pairs without punctuation and particles."""
    plain = _NOISE.sub("", text)
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1))


def overlap(first: str, second: str) -> float:
    """Share of the first text's character pairs found in the second, 0 to 1."""
    words = grams(first)
    return len(words & grams(second)) / len(words) if words else 0.0
