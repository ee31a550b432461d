"""Masking: a report's own figures, places, people, bodies and documents become typed blanks.

``〔数〕`` ``〔年〕`` ``〔地名〕`` ``〔单位〕`` ``〔人名〕`` ``〔文件〕`` stand where they stood;
national names stay (``terms.yaml``). What decides, in this order: blanks that are there already;
titles in 《》; the names known of the report; fixed expressions; document numbers; names found by
pattern; xx that hides a name; figures. The measure word stays outside the blank, %, 万 and 余
inside.

Masking runs until nothing changes, for a blank can give a name the sure left edge it lacked: so
``mask`` is idempotent by construction.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from fzwriter.reading.firms import find_hidden_dates
from fzwriter.reading.lexicon import alternation, load, words
from fzwriter.reading.names import (
    Names,
    find_names,
    find_places,
    find_provinces,
)
from fzwriter.reading.numerals import numerals

TERMS = "terms.yaml"
BlankKind = Literal["数", "年", "地名", "单位", "人名", "文件"]
BLANK = re.compile("〔(?:数|年|地名|单位|人名|文件)〕")
_ROUNDS = 8  # far more than any text needs; a guard against a rule that never settles

_TITLE = re.compile(r"《[^《》\n]{1,120}》")
_LAW = re.compile(
    r"(?:中华人民共和国)?[\u4e00-\u9fff、]{1,24}(?<![办做作方执司普])法典?(?:（[^（）]{1,12}）)?"
)
_OWN_MARK = re.compile(r"[xX×＊]|我")
_DOCUMENT_NUMBER = re.compile(
    r"（?[\u4e00-\u9fffxX×]{1,8}[〔\[［](?:\d{4}|[xX×]{2,4}|20[xX×]{2})[〕\]］]第?[\dxX×]+号）?"
)
_HIDDEN_PLACE = re.compile(
    r"(?<![A-Za-z×＊])[xX×＊]+(?:自治[县州区]|街道|社区|[省市州县区镇乡村])?(?![A-Za-z])|某某?[县市区镇乡村州]"
)
_BODY_ENDS = re.compile(r"(?:局|院|校|学|所|中心|公司|委员会|委|办|园|厂|行|队|会)$")


@dataclass(frozen=True)
class Blank:
    """What a blank stands for. ``original`` never goes into an index."""

    kind: BlankKind
    original: str


@dataclass(frozen=True)
class Masked:
    """A masked text and what was taken out of it, in the order of the text within each round."""

    text: str
    blanks: tuple[Blank, ...]


@dataclass(frozen=True)
class _Claim:
    """A stretch that a rule decided on; ``kind`` "" keeps it as it stands."""

    start: int
    end: int
    kind: BlankKind | Literal[""]


def mask(
    text: str,
    *,
    places: Iterable[str] = (),
    people: Iterable[str] = (),
    units: Iterable[str] = (),
) -> Masked:
    """Blank out everything in a text that belongs to one report only.

    Args:
        text: a paragraph.
        places: place names known of the report, in any form they take (云麓区, 云麓).
        people: persons it names.
        units: names of the reporting unit.
    """
    names = Names(tuple(places), tuple(people), tuple(units))
    blanks: list[Blank] = []
    for _ in range(_ROUNDS):
        masked, found = _mask_once(text, names)
        if masked == text:
            break
        text = masked
        blanks += found
    return Masked(text, tuple(blanks))


def mask_names(text: str, names: Names) -> str:
    """``mask`` with the names of one report, text only."""
    return mask(text, places=names.places, people=names.people, units=names.units).text


def _mask_once(text: str, names: Names) -> tuple[str, list[Blank]]:
    claims: list[_Claim] = []
    taken: set[int] = set()
    for rule in _RULES:
        for claim in rule(text, names):
            places = range(claim.start, claim.end)
            if taken.isdisjoint(places):
                claims.append(claim)
                taken.update(places)
    claims.sort(key=lambda claim: claim.start)
    return _write(text, [claim for claim in claims if claim.kind])


def _write(text: str, claims: list[_Claim]) -> tuple[str, list[Blank]]:
    parts: list[str] = []
    blanks: list[Blank] = []
    at = 0
    for claim in claims:
        gap = text[at : claim.start]
        kind = claim.kind or "数"
        # 某市某区 is one place: two blanks in a row say no more than one.
        if not (gap == "" and blanks and parts and kind == "地名" and parts[-1] == "〔地名〕"):
            parts += [gap, f"〔{kind}〕"]
        blanks.append(Blank(kind, text[claim.start : claim.end]))
        at = claim.end
    parts.append(text[at:])
    return "".join(parts).replace("〔地名〕〔地名〕", "〔地名〕"), blanks


# The rules, each from text and names to claims.


def _blanks_there(text: str, _: Names) -> list[_Claim]:
    return _claims(BLANK, text, "")


def _titles(text: str, names: Names) -> list[_Claim]:
    return [
        _Claim(*match.span(), "" if is_national(match[0], names.places) else "文件")
        for match in _TITLE.finditer(text)
    ]


def is_national(title: str, places: Iterable[str] = ()) -> bool:
    """Whether a title in 《》 is of a law or document that holds in the whole country."""
    bare = re.sub(
        r"(?:（[^（）]{0,40}?(?:草案|修订|试行|20\d\d)[^（）]{0,40}）)$", "", title.strip("《》")
    )
    if bare in words(TERMS, "national_titles"):
        return True
    if BLANK.search(bare) or _names_place(bare, places):
        return False
    return bare.startswith("中华人民共和国") or _LAW.fullmatch(bare) is not None


def _names_place(text: str, places: Iterable[str]) -> bool:
    return (
        any(place in text for place in places)
        or bool(find_provinces(text) or find_places(text))
        or _OWN_MARK.search(text.removeprefix("中华人民共和国")) is not None
    )


def _known_names(text: str, names: Names) -> list[_Claim]:
    claims = []
    for kind, group in (("单位", names.units), ("人名", names.people), ("地名", names.places)):
        if not group:
            continue
        for match in re.finditer(alternation(group), text):
            body = kind == "地名" and _BODY_ENDS.search(match[0])
            claims.append(_Claim(*match.span(), "单位" if body else _kind(kind)))
    return claims


def _kind(kind: str) -> BlankKind:
    return "单位" if kind == "单位" else "人名" if kind == "人名" else "地名"


@functools.cache
def _kept_pattern() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in load(TERMS)["kept"]))


def _kept(text: str, _: Names) -> list[_Claim]:
    return _claims(_kept_pattern(), text, "")


def _document_numbers(text: str, _: Names) -> list[_Claim]:
    return _claims(_DOCUMENT_NUMBER, text, "文件")


def _found_names(text: str, _: Names) -> list[_Claim]:
    return [_Claim(one.start, one.end, one.kind) for one in find_names(text)]


def _figures(text: str, _: Names) -> list[_Claim]:
    hidden = [_Claim(*span, "数") for span in find_hidden_dates(text)]
    return hidden + [_Claim(one.start, one.end, one.kind) for one in numerals(text)]


def _hidden_places(text: str, _: Names) -> list[_Claim]:
    return _claims(_HIDDEN_PLACE, text, "地名")


def _claims(pattern: re.Pattern[str], text: str, kind: BlankKind | Literal[""]) -> list[_Claim]:
    return [_Claim(*match.span(), kind) for match in pattern.finditer(text)]


_RULES: tuple[Callable[[str, Names], list[_Claim]], ...] = (
    _blanks_there,
    _titles,
    _known_names,
    _kept,
    _document_numbers,
    _found_names,
    _figures,
    _hidden_places,
)
