"""Headings: which paragraphs are some, at which level, and what stands under them.

Four levels by their numbers (一、（一） 1. （1）), run-in headings (“（一）坚持……。正文”), and a
heading that lost its number, known by the lower-level number that follows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_HEADING_CHARS = 45
_SENTENCE_CHARS = 30  # a numbered sentence longer than that is text, though nothing follows it
_DIGITS = "一二三四五六七八九十"
_LEVELS = (
    re.compile(rf"第?([{_DIGITS}]{{1,3}})(?:[、.．]|部分[：:、]?)[ 　]*"),
    re.compile(rf"[（(]([{_DIGITS}]{{1,3}})[）)][、.]?[ 　]*"),
    re.compile(r"(\d{1,2})[.．、](?!\d)[ 　]*"),
    re.compile(r"[（(](\d{1,2})[）)][ 　]*"),
)
_ITEM = re.compile(rf"(?:([{_DIGITS}]{{1,2}})是|其([{_DIGITS}])[，、])")
_ADDRESSEE = re.compile(r"[^。，；]{2,30}[：:]$")
_SIGN_OFF = re.compile(
    r"(?:20\d\d年\d{1,2}月\d{1,2}日|[〇零○二一三四五六七八九十年月日]{6,})$|(?:特|专)此(?:报告|汇报)"
)


@dataclass(frozen=True)
class Heading:
    """A heading of a report.

    Attributes:
        level: 1 to 4.
        number: its number; where it lost it, the one it must have had.
        text: without the number.
        paragraph: index among the report's paragraphs.
        given: whether the number stood there.
    """

    level: int
    number: int
    text: str
    paragraph: int
    given: bool = True


@dataclass(frozen=True)
class Block:
    """A paragraph, or what follows a run-in heading, with the headings above it."""

    path: tuple[str, ...]
    text: str
    paragraph: int


def outline(paragraphs: Sequence[str], unit: str = "") -> tuple[Heading, ...]:
    """All headings of a report in order."""
    return tuple(item for item in _walk(paragraphs, unit) if isinstance(item, Heading))


def blocks(paragraphs: Sequence[str], unit: str = "") -> Iterator[Block]:
    """The body's paragraphs, each with the headings above it."""
    path: list[Heading] = []
    for item in _walk(paragraphs, unit):
        if isinstance(item, Heading):
            path = [above for above in path if above.level < item.level] + [item]
        else:
            yield Block(tuple(above.text for above in path), item.text, item.paragraph)


def faults(headings: Sequence[Heading]) -> Iterator[tuple[int, str, str]]:
    """Numbers that are lost or skipped: paragraph, what, the heading as it should be read."""
    last: dict[int, int] = {}
    for heading in headings:
        before = last.get(heading.level, 0)
        last = {level: number for level, number in last.items() if level < heading.level}
        last[heading.level] = heading.number
        if not heading.given:
            yield heading.paragraph, "补标题编号", _label(heading.level, heading.number)
        elif heading.number > before + 1:
            skipped = _label(heading.level, before) if before else "开头"
            yield (
                heading.paragraph,
                "标题编号有缺（未改）",
                f"{skipped}之后是{_label(heading.level, heading.number)}",
            )


def number_by_style(
    paragraphs: Sequence[str], levels: Mapping[int, int]
) -> tuple[tuple[str, ...], list[tuple[int, str]]]:
    """Put numbers before headings that a style alone made headings (index → its level there).

    The levels used become the first, second… level. Headings with a number of their own keep it,
    and are counted. Returns the paragraphs and (index, number put in).
    """
    ranks = {level: rank for rank, level in enumerate(sorted(set(levels.values()))[:4], 1)}
    counts = [0, 0, 0, 0]
    result, put = list(paragraphs), []
    for index, text in enumerate(paragraphs):
        level = ranks.get(levels.get(index, 0), 0)
        if not level or len(text) > _HEADING_CHARS:
            continue
        counts[level - 1] += 1
        counts[level:] = [0] * (4 - level)
        if not any(pattern.match(text) for pattern in _LEVELS):
            label = _label(level, counts[level - 1])
            result[index] = f"{label}{text}"
            put.append((index, label))
    return tuple(result), put


def item_numbers(text: str) -> list[re.Match[str]]:
    """Where 一是, 二是, 其一 … open an item: each the next one's number, after a stop."""
    found: list[re.Match[str]] = []
    for match in _ITEM.finditer(text):
        number = value(match[1] or match[2])
        before = text[max(0, match.start() - 2) : match.start()]
        at_edge = match.start() == 0 or re.search("[。；;：:，,！？]$", before)
        follows = number == value(found[-1][1] or found[-1][2]) + 1 if found else True
        if at_edge and follows and (found or number == 1 or match.start() == 0):
            found.append(match)
    return found


def value(numeral: str) -> int:
    """一 to 九十九, or digits, as a number."""
    if numeral.isdecimal():
        return int(numeral)
    tens, _, units = numeral.rpartition("十")
    number = _DIGITS.index(units) + 1 if units and len(units) == 1 else 0
    if "十" in numeral:
        number += 10 * (_DIGITS.index(tens[0]) + 1 if tens else 1)
    return number


def _label(level: int, number: int) -> str:
    tens, units = divmod(number, 10)
    chinese = ("" if tens < 2 else _DIGITS[tens - 1]) + ("十" if tens else "")
    chinese += _DIGITS[units - 1] if units else ""
    return (f"{chinese}、", f"（{chinese}）", f"{number}.", f"（{number}）")[level - 1]


def _walk(paragraphs: Sequence[str], unit: str) -> Iterator[Heading | Block]:
    body = [
        (index, text)
        for index, text in enumerate(paragraphs)
        if not _SIGN_OFF.match(text)
        and text != unit
        and not (index < 2 and _ADDRESSEE.fullmatch(text) and not _LEVELS[0].match(text))
    ]
    firsts = 0  # number of the last first-level heading
    for place, (index, text) in enumerate(body):
        following = body[place + 1][1] if place + 1 < len(body) else ""
        heading, rest = _heading(text, following, index, firsts + 1)
        if heading is not None:
            firsts = heading.number if heading.level == 1 else firsts
            yield heading
        if rest:
            yield Block((), rest, index)


def _heading(text: str, following: str, index: int, due: int) -> tuple[Heading | None, str]:
    """The heading of a paragraph and what follows it there; ``None`` where there is none."""
    for level, pattern in enumerate(_LEVELS, 1):
        if match := pattern.match(text):
            body = text[match.end() :]
            heading, rest = _lead(body)
            if heading and not rest and body.endswith("。"):
                alone = not following or pattern.match(following) is not None
                heading = "" if alone or len(heading) > _SENTENCE_CHARS else heading
            if not heading:
                return None, body
            return Heading(level, value(match[1]), heading, index), rest
    if text.startswith("——"):
        return None, text.lstrip("—")
    bare = len(text) <= _HEADING_CHARS and not re.search("[。；：！？]", text)
    if bare and following and any(pattern.match(following) for pattern in _LEVELS[1:]):
        return Heading(1, due, text, index, given=False), ""
    return None, text


def _lead(text: str) -> tuple[str, str]:
    """A heading and the text run in behind it: up to the first full stop, or to 一是."""
    stop = re.search("[。；：！？]", text)
    end = stop.start() if stop else len(text)
    first = _ITEM.search(text, 0, end)
    if first and (first[1] or first[2]) == "一" and first.start() > 1:
        return text[: first.start()].rstrip("，"), text[first.start() :]
    if end > _HEADING_CHARS or (stop and stop[0] in "；？！"):
        return "", text
    return text[:end], text[end + 1 :]
