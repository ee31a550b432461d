"""Other words for what a fact is called: 结案 for 办结, 刊发 for 发布; and words that say little."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files

import yaml


@lru_cache(maxsize=1)
def _data() -> tuple[tuple[tuple[str, ...], ...], frozenset[str]]:
    raw = yaml.safe_load((files("fzwriter.check") / "synonyms.yaml").read_text("utf-8"))
    return tuple(tuple(line.split()) for line in raw["synonyms"]), frozenset(raw["dull"].split())


def dull_words() -> frozenset[str]:
    """Words of two characters that go with figures of any sort."""
    return _data()[1]


def other_names(name: str, taken: Iterable[str]) -> Iterator[str]:
    """``name`` with its verb exchanged for those that mean the same.

    Args:
        name: of a fact.
        taken: the names of the sheet's facts; a word that one of them uses is left to it.
    """
    used = tuple(taken)
    for group in _data()[0]:
        own = next((word for word in sorted(group, key=len, reverse=True) if word in name), "")
        if not own:
            continue
        for other in group:
            if other not in own and own not in other and not any(other in n for n in used):
                yield name.replace(own, other, 1)
