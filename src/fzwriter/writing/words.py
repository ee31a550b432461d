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


# Pairs that say nothing about the matter of a sub-section: every report is full of them.
EVERYWHERE = grams(
    "依法，法治，推进，加强，提升，工作，建设，规范，强化，坚持，开展，落实，制度，机制，组织，服务，重大，行政，水平，保障，管理，质量，能力，优化，环境，完善，健全，推动，促进，提高"
)
