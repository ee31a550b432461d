"""The closed classes of the genre (``genre.yaml``): words that exclude one another, and word lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml


class Contrast(NamedTuple):
    """Two words of one group that exclude one another.

    Attributes:
        group: name of the group.
        own: the word of the fact.
        other: the word of the text.
    """

    group: str
    own: str
    other: str


@lru_cache(maxsize=1)
def _raw() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(
        (files("fzwriter.check") / "genre.yaml").read_text("utf-8")
    )
    return loaded


def either(*lists: str) -> str:
    """The words of the named lists as alternatives of a pattern, in the lists' order."""
    return "|".join(re.escape(word) for name in lists for word in words(name))


def words(name: str) -> tuple[str, ...]:
    """The words of one list of ``genre.yaml``."""
    return tuple(_raw()["words"][name].split())


def opposite(word: str) -> str:
    """The word for the other movement: 下降 for 增长; "" where there is none."""
    return str(_raw()["turned"].get(word, ""))


@lru_cache(maxsize=1)
def _groups() -> tuple[tuple[str, re.Pattern[str], Mapping[str, int]], ...]:
    found = []
    for name, lines in _raw()["contrasts"].items():
        numbered = {word: number for number, line in enumerate(lines) for word in line.split()}
        longest = sorted(map(re.escape, numbered), key=len, reverse=True)
        found.append((name, re.compile("|".join(longest)), numbered))
    return tuple(found)


@lru_cache(maxsize=8192)
def classes(text: str) -> Mapping[str, Mapping[int, str]]:
    """The classes named in ``text``: by group, each with the word that names it."""
    named: dict[str, dict[int, str]] = {}
    for group, pattern, numbered in _groups():
        for word in pattern.findall(text):
            named.setdefault(group, {}).setdefault(numbered[word], word)
    return named


def _deeds(*texts: str) -> dict[tuple[str, int], str]:
    """The words of deeds in ``texts`` by their group and class; those of weak groups left out."""
    nouns = _raw()["nouns"].split()
    return {
        (group, number): word
        for text in texts
        for group, found in classes(text).items()
        if group not in nouns and not group.endswith("_soft")
        for number, word in found.items()
    }


def other_deed(names: Iterable[str], clause: str) -> Contrast | None:
    """A deed that ``clause`` tells and no name has, where the names' own deed isn't told; or None.

    Weaker than ``contrast``: the two may belong to different groups, as 审核 and 办结 do.
    """
    own = _deeds(*names)
    here = _deeds(clause)
    if not own or not here or own.keys() & here.keys():
        return None
    (group, _), said = next(iter(here.items()))
    return Contrast(group, next(iter(own.values())), said)


def contrast(names: Iterable[str], clause: str) -> Contrast | None:
    """What ``clause`` says in place of a word of ``names`` (and the topic), or None."""
    own: dict[str, dict[int, str]] = {}
    for name in names:
        for group, found in classes(name).items():
            own.setdefault(group, {}).update(found)
    if not own:
        return None
    here = classes(clause)
    for group, found in own.items():
        said = here.get(group)
        if said and not found.keys() & said.keys():
            return Contrast(group, next(iter(found.values())), next(iter(said.values())))
    return None
