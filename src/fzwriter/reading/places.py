"""Places without a suffix: 在古丈召开, 吉首至怀化. What stands around them gives them away.

A word of two or three characters is such a place where only places stand: between 在 and a verb of
gathering, between 从 and 到, on either side of 至 in the name of a road. Ordinary words stand there
too (在线召开, 在村部开展, 从受理到办结); they are listed (``terms.yaml``: ``whereabouts``), and what holds
a pair of characters of any word list is taken for one. What is found once is masked in the whole
report: see ``names_of``.
"""

from __future__ import annotations

import functools
import re

from fzwriter.reading.lexicon import alternation, characters, words
from fzwriter.reading.people import sounds_ordinary

TERMS = "terms.yaml"
_HAN = "\u4e00-\u9fff"
_NAME = rf"([{_HAN}]{{2,3}}?)"
_END = rf"[^{_HAN}]|$"


@functools.cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    held = alternation(words(TERMS, "held_somewhere"))
    road = alternation(words(TERMS, "roads"))
    leads = alternation(words(TERMS, "road_leads"))
    before = rf"(?:(?<![{_HAN}])|(?<=[在从自由沿经往])|(?<={leads})|(?<=往返于))"
    return (
        re.compile(rf"(?<=[在赴抵]){_NAME}(?={held})"),
        re.compile(rf"(?:(?<=前往)|(?<=来到)|(?<=抵达)|(?<=远赴)){_NAME}(?={held}|{_END})"),
        re.compile(rf"{before}{_NAME}[至到—-]{_NAME}(?=的?(?:{road}))"),
        re.compile(rf"(?<=从){_NAME}[至到]{_NAME}(?={held}|{_END})"),
        re.compile(rf"(?<![{_HAN}]){_NAME}至{_NAME}(?={_END})"),
    )


def find_bare_places(text: str) -> list[tuple[int, int]]:
    """Where places are named without a suffix, in order."""
    found: set[tuple[int, int]] = set()
    for pattern in _patterns():
        for match in pattern.finditer(text):
            names = [name for name in match.groups() if name]
            if all(map(_could_be_place, names)):  # of a road both ends are places, or neither
                found |= {match.span(at + 1) for at in range(len(names))}
    return sorted(found)


def _could_be_place(name: str) -> bool:
    return (
        not sounds_ordinary(name)
        and not characters(TERMS, "not_in_names") & set(name)
        and not characters(TERMS, "not_in_bare_places") & set(name)
        and name not in words(TERMS, "whereabouts")
    )
