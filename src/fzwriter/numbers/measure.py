"""Measure words: what a figure counts, read from ``measures.yaml``."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import yaml


class Measures(NamedTuple):
    """The measure words, compiled.

    Attributes:
        any: those that may follow an Arabic figure.
        chinese: those that may follow a Chinese numeral.
        never: characters that begin no measure word.
    """

    any: re.Pattern[str]
    chinese: re.Pattern[str]
    never: frozenset[str]


def _compiled(words: list[str], unless: dict[str, str]) -> re.Pattern[str]:
    """An alternation, the longest word first; ``unless`` names what must not follow a word."""

    def source(word: str) -> str:
        return re.escape(word) + (f"(?!{unless[word]})" if word in unless else "")

    by_first: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda w: (-len(w), w)):
        by_first.setdefault(word[0], []).append(source(word))
    return re.compile("|".join(f"(?:{'|'.join(group)})" for group in by_first.values()))


@lru_cache(maxsize=1)
def measures() -> Measures:
    """The measure words of ``measures.yaml``."""
    raw = yaml.safe_load((files("fzwriter.numbers") / "measures.yaml").read_text("utf-8"))
    general, arabic = raw["measures"].split(), raw["arabic_only"].split()
    unless: dict[str, str] = raw["unless"]
    return Measures(
        _compiled(general + arabic, unless),
        _compiled(general, unless),
        frozenset(raw["not_a_measure"]),
    )
