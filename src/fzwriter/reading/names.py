"""Which stretches of a report are names of its own: the one finder, in two strengths.

*Likely* names are those that must not leave a report (masking): rather one too many. *Sure* ones are
those that a user may be told are another unit's: what sounds like an ordinary word is none.

There is no word segmenter here, so a place is believed only where its left edge is sure: at the
start of a clause, after a preposition, after another place, after a listed verb. Ordinary words
that end in 县, 区, 村… stand in ``terms.yaml``. What is missed at one spot is found at another:
``names_of`` gathers over the whole report, and masking then replaces every occurrence.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from fzwriter.reading.firms import find_firms, find_loose_places
from fzwriter.reading.lexicon import alternation, characters, words
from fzwriter.reading.people import find_people, sounds_ordinary
from fzwriter.reading.places import find_bare_places
from fzwriter.units import unit_named

TERMS = "terms.yaml"
EDGES = "edges.yaml"
Kind = Literal["地名", "单位", "人名"]
Strength = Literal["sure", "likely"]
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

_VISITED = re.compile(r"(?<=在)[\u4e00-\u9fff]{2,4}(?=(?:考察|视察)(?:时|期间|调研))")
_HIDDEN = re.compile(r"[xX×＊某〔]")
_TITLE = re.compile(r"《([^《》\n]{2,80})》")
_DOCUMENT_NUMBER = re.compile(r"[一-龥]{0,6}[〔\[［]\d{4}[〕\]］]第?\d+号")
# Laws and nation-wide rules anyone may cite; a unit's own document begins with its place or unit.
_NATIONAL = re.compile(
    r"^(?:中华人民共和国)?[^县市区镇乡州局]{0,24}(?:法|法典|宪法|条例|纲要|规定|规划|意见|决定|准则|办法)"
    r"(?:[（(](?:\d{4}\s?[-—–]+\s?\d{4}\s?年?|试行|修订)[)）])?$"
)


@dataclass(frozen=True)
class Name:
    """A name found in a text: half-open span."""

    start: int
    end: int
    kind: Kind


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


def find_names(text: str, strength: Strength = "likely") -> list[Name]:
    """The names of bodies, people and places in a text, by rule; spans may overlap."""
    if strength == "sure":
        return [name for name in _sure(text) if not _HIDDEN.search(text[name.start : name.end])]
    return (
        [Name(*span, "单位") for span in find_firms(text) + find_bodies(text)]
        + [Name(*span, "人名") for span in find_people(text)]
        + [Name(*span, "地名") for span in find_places(text) + find_provinces(text)]
        + [Name(*match.span(), "地名") for match in _VISITED.finditer(text)]
        + [Name(*span, "地名") for span in find_loose_places(text) + find_bare_places(text)]
    )


def _sure(text: str) -> Iterator[Name]:
    for start, end in find_firms(text) + find_bodies(text):
        stem = _BODY.sub("", text[start:end])
        if "、" not in stem and not sounds_ordinary(stem):
            yield Name(start, end, "单位")
    for start, end in find_places(text):
        stem = _stem(text[start:end])
        if len(stem) > 1 and not _SUFFIX.search(stem) and not sounds_ordinary(stem):
            yield Name(start, end, "地名")
    for start, end in find_people(text, doubtful=False):
        yield Name(start, end, "人名")


@functools.lru_cache(maxsize=64)
def names_in(report: str) -> frozenset[str]:
    """Every name of its own that a report surely holds: places, bodies, people, documents.

    Args:
        report: its text, one paragraph a line, the title first.
    """
    lines = report.split("\n")
    found = {line[one.start : one.end] for line in lines for one in find_names(line, "sure")}
    if named := unit_named(lines[0], "".join(lines[1:4])):
        places = _unit_places(named[2])
        found |= {named[2], *_with_stems(places)} if places else set()
    found |= {_stem(name) for name in found if _own_stem(name)}
    return frozenset(found | own_titles(report) | set(_DOCUMENT_NUMBER.findall(report)))


def own_titles(text: str) -> frozenset[str]:
    """Titles of documents that aren't nation-wide ones."""
    return frozenset(title for title in _TITLE.findall(text) if not _NATIONAL.match(title))


def could_name(name: str) -> bool:
    """Whether no clause begins so: 依托司法所 is no name."""
    return not name.startswith(tuple(words(EDGES, "verbs")))


def name_may_begin(text: str, at: int) -> bool:
    """Whether no name of a place runs up to ``at``: 在县委 does not say whose 县委, 岐沅县委 does."""
    return bool(_open().match(text, at))


@functools.cache
def _open() -> re.Pattern[str]:
    behind = "|".join(f"(?<={re.escape(word)})" for word in sorted(words(EDGES, "before")))
    return re.compile(
        rf"(?<![{_HAN}])|{behind}|(?<=[我本受被经按报副请])|(?<=坚持)|(?<=按照)|(?<=落实)"
    )
