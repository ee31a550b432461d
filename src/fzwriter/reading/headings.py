"""Headings: which paragraphs are some, at which level, and what stands under them.

Known by their numbers (第一部分 一、（一） 1. （1）), typed or printed by Word, by style, by bold print;
run-in ones too (“（一）坚持……。正文”), one that lost its number, known by the lower-level number that
follows it, and, where that is asked for, a short line above a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from fzwriter.reading.numbered import Number, first_item, label, number_of

_HEADING_CHARS = 45
_SENTENCE_CHARS = 30  # a numbered sentence longer than that is text, though nothing follows it
_PLAIN_CHARS = 20  # a heading that nothing but its place gives away
_ADDRESSEE = re.compile(r"[^。，；]{2,30}[：:]$")
_SIGN_OFF = re.compile(
    r"(?:20\d\d年\d{1,2}月\d{1,2}日|[〇零○二一三四五六七八九十年月日]{6,})$|(?:特|专)此(?:报告|汇报)"
)
_STOP = re.compile("[。；：！？]")
_NO_PLAIN = re.compile(r"[\d。；：！？，,;:!?…—|（(]")
_TOLD = re.compile(r"[。；！？][”’）]*$")


@dataclass(frozen=True)
class Hint:
    """What a file says of a paragraph besides its text.

    Attributes:
        level: its heading level by style, 0 for none.
        label: the number that Word prints before it.
        bold: whether all of it prints bold.
    """

    level: int = 0
    label: str = ""
    bold: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading of a report.

    Attributes:
        level: 1 to 4, by the look of its number.
        number: its number; where it lost it, the one it must have had; 0 where it needs none.
        text: without the number.
        paragraph: index among the report's paragraphs.
        given: whether the number stood there.
        rank: how high the form of its number stands (``Number.rank``); 0 without a number.
        style: its level by style, 0 for none.
    """

    level: int
    number: int
    text: str
    paragraph: int
    given: bool = True
    rank: float = 0
    style: int = 0


@dataclass(frozen=True)
class Block:
    """A paragraph, or what follows a run-in heading, with the headings above it."""

    path: tuple[str, ...]
    text: str
    paragraph: int


def outline(paragraphs: Sequence[str], unit: str = "") -> tuple[Heading, ...]:
    """All headings of a report in order."""
    return tuple(item for item in read(paragraphs, unit) if isinstance(item, Heading))


def blocks(paragraphs: Sequence[str], unit: str = "") -> Iterator[Block]:
    """The body's paragraphs, each with the headings above it."""
    path: list[Heading] = []
    for item in read(paragraphs, unit):
        if isinstance(item, Heading):
            path = [*above(path, item), item]
        else:
            yield Block(tuple(one.text for one in path), item.text, item.paragraph)


def above(path: Sequence[Heading], new: Heading) -> list[Heading]:
    """Those of the headings above a place that a new heading there stands under."""
    for depth, heading in enumerate(path):
        if not _is_under(new, heading):
            return list(path[:depth])
    return list(path)


def _is_under(new: Heading, heading: Heading) -> bool:
    """Styles compare with styles and numbers with numbers; of what looks otherwise, the later one.

    A line without either covers a numbered heading only right above it.
    """
    if new.style and heading.style:
        return new.style > heading.style
    if new.rank and heading.rank:
        return new.rank > heading.rank
    if heading.style or heading.rank:
        return True
    return bool(new.style or new.rank) and new.paragraph == heading.paragraph + 1


def faults(headings: Iterable[Heading]) -> Iterator[tuple[int, str, str]]:
    """Numbers that are lost or skipped: paragraph, what, the heading as it should be read."""
    last: dict[int, int] = {}
    for heading in headings:
        before = last.get(heading.level, 0)
        last = {level: number for level, number in last.items() if level < heading.level}
        last[heading.level] = heading.number
        if not heading.given:
            yield heading.paragraph, "补标题编号", label(heading.level, heading.number)
        elif heading.number > before + 1:
            skipped = label(heading.level, before) if before else "开头"
            yield (
                heading.paragraph,
                "标题编号有缺（未改）",
                f"{skipped}之后是{label(heading.level, heading.number)}",
            )


def with_numbers(
    paragraphs: Sequence[str], hints: Mapping[int, Hint]
) -> tuple[tuple[str, ...], list[tuple[int, str]]]:
    """Put numbers before headings that have them from Word, or that a style alone made headings.

    The style levels used become the first, second… level. Headings with a number of their own keep
    it, and are counted. Returns the paragraphs and (index, number put in).
    """
    levels = {index: hint.level for index, hint in hints.items() if hint.level}
    ranks = {level: rank for rank, level in enumerate(sorted(set(levels.values()))[:4], 1)}
    counts = [0, 0, 0, 0]
    result, put = list(paragraphs), []
    for index, text in enumerate(paragraphs):
        level = ranks.get(levels.get(index, 0), 0)
        printed = hints[index].label if index in hints else ""
        if number_of(text) or len(text) > _HEADING_CHARS and not printed:
            continue
        if level:
            counts[level - 1] += 1
            counts[level:] = [0] * (4 - level)
        known = number_of("", printed) is not None
        if level or known:
            put.append((index, printed if known else label(level, counts[level - 1])))
            result[index] = f"{put[-1][1]}{text}"
    return tuple(result), put


def read(
    paragraphs: Sequence[str],
    unit: str = "",
    *,
    hints: Mapping[int, Hint] | None = None,
    skip: Container[int] = (),
    plain: bool = False,
) -> Iterator[Heading | Block]:
    """The headings of a report and what stands under them, in order; paths are left empty.

    Args:
        paragraphs: without line feeds.
        unit: its name alone is a sign-off.
        hints: what the file says of a paragraph, by index.
        skip: indexes of what is neither heading nor text: the title, cells of tables.
        plain: whether a short line above a paragraph is a heading.
    """
    hints = hints or {}
    body = [
        (index, text)
        for index, text in enumerate(paragraphs)
        if index not in skip and not _SIGN_OFF.match(text) and text != unit
    ]
    body = [
        (index, text)
        for place, (index, text) in enumerate(body)
        if not (place < 2 and _ADDRESSEE.fullmatch(text) and not number_of(text))
    ]
    firsts = 0  # number of the last first-level heading
    before = ""
    for place, (index, text) in enumerate(body):
        at, following = body[place + 1] if place + 1 < len(body) else (-1, "")
        line = _Line(index, text, hints.get(index, _NONE), following, hints.get(at, _NONE))
        heading, rest = line.numbered() or line.styled() or line.lost(firsts + 1) or (None, text)
        if heading is None and plain and line.is_plain(before):
            heading, rest = Heading(1, 0, text, index, given=False), ""
        if heading is not None:
            firsts = heading.number if heading.level == 1 else firsts
            yield heading
        if rest:
            yield Block((), rest, index)
        before = rest


_NONE = Hint()


@dataclass(frozen=True)
class _Line:
    """A paragraph with what tells whether it is a heading, and the one that follows it."""

    index: int
    text: str
    hint: Hint
    following: str
    hint_after: Hint

    @property
    def _number_after(self) -> Number | None:
        return number_of(self.following, self.hint_after.label)

    def numbered(self) -> tuple[Heading | None, str] | None:
        """A numbered line: the heading and what is run in behind it, or no heading and the text."""
        number = number_of(self.text, self.hint.label)
        if number is None:
            return None
        body = self.text[number.end :]
        heading, rest = _lead(body)
        if heading and not rest and body.endswith("。") and not self.hint.level:
            after = self._number_after
            alone = not self.following or (after is not None and after.rank == number.rank)
            heading = "" if alone or len(heading) > _SENTENCE_CHARS else heading
        if not heading:
            return None, body
        made = Heading(
            number.level, number.value, heading, self.index, rank=number.rank, style=self.hint.level
        )
        return made, rest

    def styled(self) -> tuple[Heading | None, str] | None:
        """A heading by its style, or a short line in bold print."""
        level = self.hint.level
        bold = self.hint.bold and self.following and not _STOP.search(self.text)
        heading, rest = _lead(self.text) if level or bold else ("", "")
        if not heading:
            return None
        return Heading(min(level or 1, 4), 0, heading, self.index, False, style=level), rest

    def lost(self, due: int) -> tuple[Heading | None, str] | None:
        """A heading that lost its number: a lower-level one follows. Also a dash, which is none's."""
        if self.text.startswith("——"):
            return None, self.text.lstrip("—")
        after = self._number_after
        bare = len(self.text) <= _HEADING_CHARS and not _STOP.search(self.text)
        if bare and after is not None and after.rank > 1:
            return Heading(1, due, self.text, self.index, given=False, rank=1), ""
        return None

    def is_plain(self, before: str) -> bool:
        """A short line without a stop or a figure, above a paragraph and behind the end of one."""
        return (
            1 < len(self.text) <= _PLAIN_CHARS
            and not _NO_PLAIN.search(self.text)
            and (not before or _TOLD.search(before) is not None)
            and _TOLD.search(self.following) is not None
            and len(self.following) > len(self.text)
        )


def _lead(text: str) -> tuple[str, str]:
    """A heading and the text run in behind it: up to the first full stop, or to 一是."""
    stop = _STOP.search(text)
    end = stop.start() if stop else len(text)
    first = first_item(text, end)
    if first > 1:
        return text[:first].rstrip("，"), text[first:]
    if end > _HEADING_CHARS or (stop and stop[0] in "；？！"):
        return "", text
    return text[:end], text[end + 1 :]
