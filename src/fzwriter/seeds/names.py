"""Which stretches of a report are names of its own: places and bodies (people: ``people.py``).

There is no word segmenter here, so a place is believed only where its left edge is sure: at the
start of a clause, after a preposition, after another place, after a listed verb. Ordinary words
that end in 县, 区, 村… stand in ``terms.yaml``. What is missed at one spot is found at another:
``names_of`` gathers over the whole report, and masking then replaces every occurrence.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from fzwriter.seeds.lexicon import alternation, characters, words
from fzwriter.seeds.people import find_people, sounds_ordinary
from fzwriter.seeds.places import find_bare_places

TERMS = "terms.yaml"
_HAN = "\u4e00-\u9fff"
_SUFFIX = re.compile("自治[县州区]|街道|社区|[市州县区镇乡村]")
_UNIT_PLACE = re.compile(f"[{_HAN}]{{1,8}}?(?:自治[县州区旗]|街道|[省市州县区旗镇乡])(?!场)")
_LENGTHS = (2, 3)  # characters of a place name before its suffix
_WORD = 12  # characters: no word of the lists, before a name or at its end, has more
_BODY = re.compile(
    "(?:律师事务所|(?:有限|股份|责任){1,4}公司|公司|小学|中学(?!习)|高中|幼儿园|大学(?!习)|学院|医院|派出所)"
)
_BODY_LENGTHS = (6, 5, 4, 3, 2)
_NOT_BODY = re.compile(
    "中小|各类|技工|职业|高等|等院校|民办|公办|辖区|城区|农村|乡镇|国有|人力资源|第三方|存量|平台|上市|企业|家|所|间|多|全"
)


@dataclass(frozen=True)
class Names:
    """The names to be masked in one report.

    Attributes:
        places: with and without their suffix (云麓区, 云麓).
        people: full names.
        units: names of the reporting unit.
    """

    places: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


@functools.cache
def _not_place() -> re.Pattern[str]:
    return re.compile(alternation(words(TERMS, "not_places")))


@functools.cache
def _tails() -> re.Pattern[str]:
    return re.compile(f"(?:{alternation(words(TERMS, 'not_place_tails'))})$")


@functools.cache
def _lead() -> re.Pattern[str]:
    leads = words(TERMS, "place_lead") | words(TERMS, "not_places")
    return re.compile(f"(?:{alternation(leads)})$")


@functools.cache
def _provinces() -> re.Pattern[str]:
    full = words(TERMS, "provinces")
    short = {name[:3] if name.startswith(("内蒙", "黑龙")) else name[:2] for name in full}
    return re.compile(alternation(full | short))


def find_provinces(text: str) -> list[tuple[int, int]]:
    """Where provinces are named, in full or short."""
    return [match.span() for match in _provinces().finditer(text)]


def find_places(text: str) -> list[tuple[int, int]]:
    """Where places with a suffix (…县, …区, …镇, …街道, …村…) are named, in order."""
    found: list[tuple[int, int]] = []
    ends = {end for _, end in find_provinces(text)}
    for match in _SUFFIX.finditer(text):
        start = _place_start(text, match.start(), match.end(), ends)
        if start is not None:
            found.append((start, match.end()))
            ends.add(match.end())
    return found


def _place_start(text: str, suffix: int, end: int, ends: set[int]) -> int | None:
    """Where the name before a suffix begins, if it is a name."""
    tail = text[max(0, end - _WORD) : end]
    if text[end : end + 1] in characters(TERMS, "not_after_suffix") or _tails().search(tail):
        return None
    for length in _LENGTHS:
        start = suffix - length
        name = text[max(start, 0) : suffix]
        if start < 0 or not _could_be_name(name):
            return None
        if start in ends or _edge(text, start):
            return start
    return None


def _could_be_name(name: str) -> bool:
    return (
        re.fullmatch(f"[{_HAN}]+", name) is not None
        and not characters(TERMS, "not_in_names") & set(name)
        and not _not_place().search(name)
    )


def _edge(text: str, start: int) -> bool:
    before = text[max(0, start - _WORD) : start]
    return not re.search(f"[{_HAN}]$", before) or _lead().search(before) is not None


def find_bodies(text: str) -> list[tuple[int, int]]:
    """Where a law firm, company, school or hospital is called by its own name."""
    found = []
    for match in _BODY.finditer(text):
        for length in _BODY_LENGTHS:
            start = match.start() - length
            name = text[max(start, 0) : match.start()]
            if (
                start >= 0
                and _could_be_name(name)
                and not _NOT_BODY.search(name)
                and _edge(text, start)
            ):
                found.append((start, match.end()))
                break
    return found


def names_of(
    paragraphs: Iterable[str],
    *,
    unit: str = "",
    places: Iterable[str] = (),
    people: Iterable[str] = (),
) -> Names:
    """All names of a report: those declared, those of its unit, those found in its text."""
    known = {place for place in places if place}
    persons = {person for person in people if person}
    if unit:
        known |= _with_stems(_unit_places(unit))
    for text in paragraphs:
        places_here = [text[start:end] for start, end in find_places(text)]
        known |= {*places_here, *(_stem(place) for place in places_here if _own_stem(place))}
        known |= {text[start:end] for start, end in find_bare_places(text)}
        persons |= {text[start:end] for start, end in find_people(text)}
    units = (unit,) if unit and _unit_places(unit) else ()  # 公安局 alone is nobody's name
    return Names(_ordered(known), _ordered(persons), units)


def _unit_places(unit: str) -> list[str]:
    """The places at the head of a unit's name, where nothing else can stand: 某市, 某区."""
    places = []
    at = 0
    while (match := _UNIT_PLACE.match(unit, at)) and not _tails().search(match[0]):
        places.append(match[0])
        at = match.end()
    return places


def _with_stems(places: Iterable[str]) -> set[str]:
    """The names and what they are without their suffix; stems that are ordinary words left out."""
    result: set[str] = set()
    for place in places:
        stem = _stem(place)
        result.add(place)
        if len(stem) > 1 and stem not in words(TERMS, "common_stems"):
            result.add(stem)
    return result


def _stem(place: str) -> str:
    return re.sub(f"(?:{_SUFFIX.pattern})$", "", place)


def _own_stem(place: str) -> bool:
    """Whether a place found in the text may stand there without its suffix too."""
    stem = _stem(place)
    return len(stem) > 1 and stem not in words(TERMS, "common_stems") and not sounds_ordinary(stem)


def _ordered(names: set[str]) -> tuple[str, ...]:
    """The longest first: a name is never masked by halves."""
    return tuple(sorted(names, key=lambda name: (-len(name), name)))
