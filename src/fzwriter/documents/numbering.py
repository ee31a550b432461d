"""The numbers that Word prints before paragraphs and no ``w:t`` holds: ``numbering.xml``, counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fzwriter.documents import wml

Spell = Callable[[int], str]
_LEVELS = 9
_DIGITS = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


@dataclass(frozen=True)
class Level:
    """How one level of a list is numbered.

    Attributes:
        start: its first number.
        format: ``w:numFmt``: decimal, chineseCounting, …
        text: the pattern that prints, ``%1`` for the number of the first level: ``第%1部分``.
        restart: the level (from 1) whose next number sets it back; 0 for never.
        legal: prints the numbers of all levels in Arabic digits.
        style: id of the paragraph style that is tied to it.
    """

    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int = _LEVELS
    legal: bool = False
    style: str = ""


@dataclass(frozen=True)
class _List:
    """A ``w:num``: the definition it counts with, and what it says otherwise."""

    definition: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]


@dataclass
class Numbering:
    """Counts the numbered paragraphs of one document; ask it for each of them in order."""

    lists: Mapping[str, _List] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def next(self, list_id: str, level: str, style: str) -> str:
        """The number of the next paragraph of a list, as Word prints it.

        Args:
            list_id: its ``w:numId``.
            level: its ``w:ilvl``, "" where none is given: the level tied to its style.
            style: id of its style.

        Returns:
            The number with what stands around it (``（一）``); "" for a bullet or an unknown list.
        """
        one = self.lists.get(list_id)
        if one is None:
            return ""
        tied = (at for at, known in one.levels.items() if known.style and known.style == style)
        at = int(level) if level.isdecimal() else next(tied, 0)
        self._count(list_id, one, at)
        return self._printed(one, at)

    def _count(self, list_id: str, one: _List, at: int) -> None:
        counts = self._counts.setdefault(one.definition, {})
        own_start = one.starts.get(at)
        if own_start is not None and (list_id, at) not in self._begun:
            counts[at] = own_start
        else:
            counts[at] = counts[at] + 1 if at in counts else _level(one, at).start
        self._begun.add((list_id, at))
        for lower in [known for known in counts if known > at]:
            if at < _level(one, lower).restart:
                del counts[lower]

    def _printed(self, one: _List, at: int) -> str:
        here = _level(one, at)
        if here.format in ("bullet", "none"):
            return ""
        counts = self._counts[one.definition]

        def number(match: re.Match[str]) -> str:
            which = int(match[1]) - 1
            level = _level(one, which)
            count = counts.get(which, level.start)
            return str(count) if here.legal else spell(count, level.format)

        return re.sub(r"%([1-9])", number, here.text)


def _level(one: _List, at: int) -> Level:
    return one.levels.get(at, Level())


def read_numbering(root: Any | None) -> Numbering:
    """The lists of ``numbering.xml``; none without one."""
    definitions: dict[str, dict[int, Level]] = {}
    linked: dict[str, str] = {}  # definition → the list style whose levels it takes
    styles: dict[str, str] = {}  # list style → the definition that holds its levels
    lists: dict[str, _List] = {}
    for node in () if root is None else root:
        if wml.name(node) == "abstractNum":
            id_ = wml.attribute(node, "abstractNumId") or ""
            definitions[id_] = _levels(node)
            if link := wml.value(node, "numStyleLink"):
                linked[id_] = link
            if style := wml.value(node, "styleLink"):
                styles[style] = id_
    for node in () if root is None else root:
        if wml.name(node) == "num":
            own = wml.value(node, "abstractNumId")
            own = styles.get(linked.get(own, ""), own)
            lists[wml.attribute(node, "numId") or ""] = _list(node, own, definitions.get(own, {}))
    return Numbering(lists)


def _list(node: Any, definition: str, levels: Mapping[int, Level]) -> _List:
    levels = dict(levels)
    starts: dict[int, int] = {}
    for child in node:
        if wml.name(child) != "lvlOverride":
            continue
        levels |= _levels(child)
        start = wml.value(child, "startOverride")
        if start.isdecimal():
            starts[_at(child)] = int(start)
    return _List(definition, levels, starts)


def _levels(node: Any) -> dict[int, Level]:
    return {
        _at(child): Level(
            start=_number(wml.value(child, "start"), 0),
            format=wml.value(child, "numFmt") or "decimal",
            text=wml.value(child, "lvlText"),
            restart=_number(wml.value(child, "lvlRestart"), _LEVELS),
            legal=wml.is_on(child, "isLgl"),
            style=wml.value(child, "pStyle"),
        )
        for child in node
        if wml.name(child) == "lvl"
    }


def _at(node: Any) -> int:
    return _number(wml.attribute(node, "ilvl") or "", 0)


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() else otherwise


def spell(number: int, format_: str) -> str:
    """A number in one of Word's formats; in digits where the format is not known."""
    return _SPELLED.get(format_, str)(number)


def _counting(number: int) -> str:
    """十一, 二十, 一百零五: as Word counts in Chinese."""
    return _chinese(number, _DIGITS, "十百千", short=True)


def _legal(number: int) -> str:
    return _chinese(number, _LEGAL, "拾佰仟", short=False)


def _chinese(number: int, digits: str, places: str, *, short: bool) -> str:
    if not 0 < number < 10_000:
        return digits[0] if number == 0 else str(number)
    text = ""
    written = str(number)
    for index, digit in enumerate(written):
        place = len(written) - index - 1
        if digit != "0":
            text += digits[int(digit)] + (places[place - 1] if place else "")
        elif text and not text.endswith(digits[0]):
            text += digits[0]
    text = text.rstrip(digits[0])
    return text[1:] if short and text.startswith(digits[1] + places[0]) else text


def _letters(number: int) -> str:
    """A … Z, AA, BB …: Word doubles the letter."""
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else "0"


def _roman(number: int) -> str:
    text = ""
    for worth, letters in _ROMAN:
        while number >= worth:
            text, number = text + letters, number - worth
    return text


def _row(first: str, size: int) -> Spell:
    """Characters of Unicode that follow each other: ① … ⑳; digits behind the last."""
    return lambda number: chr(ord(first) + number - 1) if 0 < number <= size else str(number)


def _cycle(characters: str) -> Spell:
    return lambda number: characters[(number - 1) % len(characters)]


_SPELLED: dict[str, Spell] = {
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
         "taiwaneseCountingThousand", "koreanCounting", "ideographDigital", "japaneseDigitalTenThousand",
         "taiwaneseDigital"),
        _counting,
    ),
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate(
        {ord("0") + digit: ord("０") + digit for digit in range(10)}
    ),
    "decimalEnclosedCircle": _row("①", 20),
    "decimalEnclosedCircleChinese": _row("①", 20),
    "decimalEnclosedParen": _row("⑴", 20),
    "decimalEnclosedFullstop": _row("⒈", 20),
    "ideographEnclosedCircle": _row("㊀", 10),
}  # fmt: skip
