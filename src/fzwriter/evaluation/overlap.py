"""How alike two texts are in their wording: shared 8-grams, and the longest run of one in others.

Figures are masked and punctuation is left out; set phrases and names that every report of the genre
holds are breaks, so that they count for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

import yaml

GRAM = 8


@lru_cache(maxsize=1)
def _fixed() -> re.Pattern[str]:
    phrases = yaml.safe_load((files("fzwriter.evaluation") / "set_phrases.yaml").read_text("utf-8"))
    # The longest first: a phrase may begin with another.
    return re.compile("|".join(re.escape(p) for p in sorted(phrases, key=len, reverse=True)))


@lru_cache(maxsize=256)
def plain(text: str) -> str:
    """The Chinese characters of a text, figures and punctuation gone, set phrases a ``|`` each."""
    text = re.sub(r"[“”‘’\"]", "", text)
    text = _fixed().sub("|", text)
    text = re.sub(r"[0-9０-９.．]+", "", text)
    return re.sub(r"[^一-龥|]", "", text)


@lru_cache(maxsize=256)
def grams(text: str, size: int = GRAM) -> frozenset[str]:
    """All runs of ``size`` characters that cross no set phrase."""
    pieces = plain(text).split("|")
    return frozenset(p[i : i + size] for p in pieces for i in range(len(p) - size + 1))


def overlap(first: str, second: str) -> float:
    """Shared 8-grams over those of the text that has fewer."""
    one, other = grams(first), grams(second)
    return len(one & other) / max(1, min(len(one), len(other)))


def longest_run(text: str, sources: Sequence[str]) -> tuple[int, str]:
    """The longest stretch of ``text`` that stands in a source: its length and itself."""
    best = ""
    pieces = [plain(source) for source in sources]
    for part in plain(text).split("|"):
        start = 0
        for end in range(1, len(part) + 1):
            while end - start > len(best) and not any(part[start:end] in s for s in pieces):
                start += 1
            if end - start > len(best):
                best = part[start:end]
    return len(best), best
