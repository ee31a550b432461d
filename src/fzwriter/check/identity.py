"""Whose report a text is: the unit of its title, its opening and its sign-off beside the sheet's."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from fzwriter.check.register import Voice, find_register
from fzwriter.check.signoff import SignOff
from fzwriter.facts import FactSheet
from fzwriter.reading.names import could_name
from fzwriter.report import Issue
from fzwriter.units import Place, body_of, level_rank, places, same_body, unit_named

_TITLE = 4  # first lines among which the title is looked for
_TAIL = 3  # lines behind the last sentence where a unit signs
_SELVES = 3  # so many words of another unit for itself, and none of this one's
# Who an opening tells of, where it names no more than a place: 2024年，岐沅县坚持….
_SUBJECT = re.compile(r"(?:^|[，。])(?P<name>[一-龥]{2,3}(?:街道|[市县区州旗镇乡]))")
# What a unit says of itself there; others come to study, or are worked with.
_TELLS = re.compile(r"坚持|认真|以|紧紧|全面|围绕|始终|深入(?:学习|贯彻)|党组|党委")
# The offices that a 司法局 houses sign in their own name.
_HOUSED = re.compile(r"依法治")


@dataclass(frozen=True)
class Named:
    """A unit that a text names as its own: where it stands, its name, in what part of the text."""

    start: int
    end: int
    name: str
    part: str


def find_identity(
    text: str, sheet: FactSheet, signed: Sequence[SignOff], sources: Sequence[str]
) -> Iterator[Issue]:
    """What of a text is another unit's: its title, opening and sign-off, and its register.

    A text that is evidently another unit's gets one issue at its very beginning that says so.
    """
    voice = Voice(sheet)
    strange = [named for named in _named(text, signed) if _another(named.name, sheet)]
    register = list(find_register(text, sheet, sources))
    whose = _whose(text, voice, strange, register)
    if whose:
        yield Issue(
            0,
            0,
            "foreign_unit",
            "error",
            f"这份报告写的是{whose}，数据文件是{sheet.unit.name}，不是同一个单位",
            "请换成本单位的报告，或换成这个单位的数据文件",
        )
        return
    for named in strange:
        yield Issue(
            named.start,
            named.end,
            "foreign_unit",
            "error",
            f"{named.part}里写的是{named.name}，数据文件是{sheet.unit.name}",
            f"请改为“{sheet.unit.name}”",
        )
    yield from register


def _whose(text: str, voice: Voice, strange: Sequence[Named], register: Sequence[Issue]) -> str:
    """The unit whose report a text evidently is, if not the sheet's."""
    unit = voice.sheet.unit
    own = [place.name for place in (*places(unit.region), *places(unit.name))][-1:]
    if strange and not any(name in text for name in (unit.name, *own)):
        return strange[0].name
    if strange and strange[0].part == "标题" and unit.name not in text:
        return strange[0].name
    selves = [
        text[i.start : i.end] for i in register if "自称" in i.message and i.severity == "error"
    ]
    if len(selves) >= _SELVES and voice.profile.self not in text and unit.name not in text:
        return f"“{selves[0]}”（{len(selves)} 处）"
    return ""


def _named(text: str, signed: Sequence[SignOff]) -> Iterator[Named]:
    """The units named in title, opening and sign-off, in this order."""
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    sentences = [number for number, line in enumerate(lines) if "。" in line]
    first = sentences[0] if sentences else len(lines)
    titles = (_moved(_in_title(lines[n]), starts[n]) for n in range(min(first, _TITLE)))
    yield from [named for named in titles if named][:1]
    if sentences and (opening := _moved(_in_opening(lines[first]), starts[first])):
        yield opening
    signers = {bisect_right(starts, one.start) - 1 for one in signed}
    filled = [number for number, line in enumerate(lines) if line.strip()]
    above = ((at, bisect_left(filled, at)) for at in signers)
    signers |= {filled[before - 1] if before else at for at, before in above}
    if sentences:
        signers |= set(range(sentences[-1] + 1, min(sentences[-1] + 1 + _TAIL, len(lines))))
    for number in sorted(n for n in signers if n > first):
        if named := _moved(_signer(lines[number]), starts[number]):
            yield named


def _moved(named: Named | None, by: int) -> Named | None:
    return named and replace(named, start=named.start + by, end=named.end + by)


def _signer(line: str) -> Named | None:
    """The unit whose name is all of a line but its date."""
    name = line.strip("　 （）()0123456789〇○零一二三四五六七八九十年月日.-/")
    named = unit_named(name)
    at = line.find(name)
    return Named(at, at + len(name), name, "落款") if named and named[2] == name else None


def _in_title(line: str) -> Named | None:
    """The unit of a title, or the place it begins with: 霖汀县2024年…."""
    if named := unit_named(line):
        return Named(*named, "标题")
    name = "".join(place.name for place in places(line))
    behind = line[len(name) :]
    if (
        name
        and line.startswith(name)
        and (not behind or re.match(r"20\d\d|关于|法治|年度", behind))
    ):
        return Named(0, len(name), name, "标题")
    return None


def _in_opening(line: str) -> Named | None:
    """The unit that the first sentences tell of."""
    named = unit_named("", line)
    if named is None and (match := _SUBJECT.search(line)):
        named = (match.start("name"), match.end("name"), match["name"])
    if named is None or not _TELLS.match(line, named[1]):
        return None
    return Named(*named, "开头") if places(named[2]) and could_name(named[2]) else None


def _another(name: str, sheet: FactSheet) -> bool:
    """Whether a name is another unit's: of another place or level, or another body of the same."""
    unit, document = sheet.unit, sheet.document
    given = (unit.name, document.title, document.issuer, unit.region)
    if _HOUSED.search(name) or unit.name in name or any(name in text for text in given):
        return False
    first, second = body_of(name), body_of(unit.name)
    if _elsewhere(places(name), sheet, bodied=bool(first)):
        return True
    if first and second:
        return not same_body(first, second)
    return bool(first) and not same_body(name, f"{unit.name}{unit.type}")


def _elsewhere(theirs: Sequence[Place], sheet: FactSheet, *, bodied: bool) -> bool:
    """Whether one of its places is none of the unit's own: another of the same rank, or one below.

    A body of a place further up is another too: 三门峡市司法局 for 三门峡市湖滨区司法局.
    """
    named = places(sheet.unit.name)
    own = (*places(sheet.unit.region), *named)
    ranks = {_rank(place) for place in own}
    lowest = _rank(named[-1]) if named else 0
    for place in theirs:
        same = any(place.name == one.name or _abbreviates(place, one) for one in own)
        if not same and (_rank(place) in ranks or _rank(place) < lowest):
            return True
    return bodied and bool(lowest) and bool(theirs) and _rank(theirs[-1]) > lowest


def _rank(place: Place) -> int:
    return level_rank("省") if place.level == "自治区" else level_rank(place.word)


def _abbreviates(place: Place, other: Place) -> bool:
    """湘西州 for 湘西土家族苗族自治州."""
    short, long = sorted((place.stem, other.stem), key=len)
    return place.word == other.word and long.startswith(short)
