"""A paragraph cut where its look changes, a content control or a comment begins or ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from fzwriter.documents import clean_text
from fzwriter.output import oxml, styles
from fzwriter.output.layout import TITLE_CHARACTERS_A_LINE, Design, Look
from fzwriter.output.oxml import Run
from fzwriter.output.title import title_lines
from fzwriter.report import Paragraph

_BREAK = -1  # the place of a character that the paragraph's text doesn't have


@dataclass(frozen=True)
class Control:
    """A content control: half-open offsets into the paragraph's text without line breaks."""

    start: int
    end: int
    tag: str
    number: int


@dataclass(frozen=True)
class Comment:
    """The range of a Word comment; offsets as those of ``Control``.

    Attributes:
        start: first code point.
        end: one past the last; never inside a control after layout.
        number: id of the comment.
        highlight: a colour of Word's marker pen for the range, or "".
    """

    start: int
    end: int
    number: int
    highlight: str = ""


_T = TypeVar("_T", Control, Comment)
Characters = list[tuple[str, int]]  # what is printed, each with its place in the text


def inline_xml(
    paragraph: Paragraph,
    look: Look,
    design: Design,
    controls: Sequence[Control] = (),
    comments: Sequence[Comment] = (),
) -> str:
    """The runs of a paragraph as XML, with content controls and comments around their stretches.

    A run-in heading is a run in the heading's font; a title breaks between phrases. What can't be
    printed is dropped, and offsets follow.
    """
    printed = _title(paragraph, design) if paragraph.style == "title" else _line(paragraph)
    places = [place for _, place in printed]
    held = _placed(controls, places)
    ranged = [
        (*_outside(start, end, held), comment) for start, end, comment in _placed(comments, places)
    ]
    writer = _Writer(paragraph, look, design, printed, ranged)
    at, parts = 0, []
    for start, end, control in held:
        parts.append(writer.runs(at, start))
        parts.append(writer.borders(start))
        inner = writer.runs(start, end)
        plain = all(character.isascii() for character, _ in printed[start:end])
        parts.append(oxml.control(control.tag, control.number, inner, plain=plain))
        at = end
    parts += [writer.runs(at, len(printed)), writer.borders(len(printed))]
    return "".join(parts)


class _Writer:
    """Writes stretches of one paragraph; each border of a comment once."""

    def __init__(
        self,
        paragraph: Paragraph,
        look: Look,
        design: Design,
        printed: Characters,
        comments: Iterable[tuple[int, int, Comment]],
    ) -> None:
        self._printed = printed
        self._look = look
        level = paragraph.lead_level if 1 <= paragraph.lead_level <= 4 else 2
        self._heading = design.headings[level - 1]
        self._lead = len(paragraph.text[: paragraph.lead].replace("\n", ""))
        self._starts: dict[int, list[Comment]] = defaultdict(list)
        self._ends: dict[int, list[Comment]] = defaultdict(list)
        self._colors = [""] * len(printed)
        for start, end, comment in comments:
            self._starts[start].append(comment)
            self._ends[end].append(comment)
            if comment.highlight:
                self._colors[start:end] = [comment.highlight] * (end - start)

    def borders(self, at: int) -> str:
        """What ends and what begins before the character at a place; told once."""
        ends = "".join(oxml.comment_end(c.number) for c in self._ends.pop(at, ()))
        starts = "".join(oxml.comment_start(c.number) for c in self._starts.pop(at, ()))
        return ends + starts

    def runs(self, start: int, end: int) -> str:
        """The runs of the characters from ``start`` to ``end``, comments' borders between."""
        cuts = {start, end}
        for at in range(start, end):
            if at in self._starts or at in self._ends:
                cuts.add(at)
            if at > start and self._dress(at) != self._dress(at - 1):
                cuts.add(at)
        return "".join(self.borders(a) + self._run(a, b) for a, b in pairwise(sorted(cuts)))

    def _dress(self, at: int) -> tuple[bool, str]:
        return _BREAK < self._printed[at][1] < self._lead, self._colors[at]

    def _run(self, start: int, end: int) -> str:
        text = "".join(character for character, _ in self._printed[start:end])
        in_heading, color = self._dress(start)
        if in_heading:
            style = styles.run_in_style_id(self._heading)
            return oxml.run(Run(text, self._heading, style, color))
        return oxml.run(Run(text, self._look, "", color))


def _line(paragraph: Paragraph) -> Characters:
    """The characters of a paragraph on one line, without blanks at its ends."""
    flat = paragraph.text.replace("\n", "")
    printed = [(character, at) for at, character in enumerate(flat) if clean_text(character)]
    while printed and printed[0][0].isspace():
        printed.pop(0)
    while printed and printed[-1][0].isspace():
        printed.pop()
    return printed


def _title(paragraph: Paragraph, design: Design) -> Characters:
    """The characters of a title with its line breaks."""
    most = design.page.text_width // design.looks["title"].size // 10 or TITLE_CHARACTERS_A_LINE
    flat = paragraph.text.replace("\n", "")
    at, printed = 0, []
    for number, line in enumerate(title_lines(clean_text(paragraph.text), most)):
        if number:
            printed.append(("\n", _BREAK))
        for character in line:
            at = flat.index(character, at) + 1
            printed.append((character, at - 1))
    return printed


def _placed(things: Iterable[_T], places: Sequence[int]) -> list[tuple[int, int, _T]]:
    """Where things begin and end among the printed characters; what isn't printed goes."""
    index = {place: at for at, place in enumerate(places) if place != _BREAK}
    placed = []
    for thing in things:
        there = [index[place] for place in range(thing.start, thing.end) if place in index]
        if there:
            placed.append((there[0], there[-1] + 1, thing))
    return sorted(placed, key=lambda one: one[:2])


def _outside(start: int, end: int, controls: Sequence[tuple[int, int, Control]]) -> tuple[int, int]:
    """A comment's range moved to the outer borders of the controls it would cut."""
    for first, last, _ in controls:
        if first < start < last:
            start = first
        if first < end < last:
            end = last
    return start, end
