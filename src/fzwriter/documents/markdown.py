r"""Markdown read as plain text: marks dropped, words and figures kept.

Each line is a paragraph: Chinese authors do not wrap lines by hand, and a heading followed by its
text on the next line must not be joined to it. Reads back what ``fzwriter.output`` writes:
``\*`` is a star, never a mark.
"""

from __future__ import annotations

import html
import re
import string
from collections.abc import Iterator

from fzwriter.documents.line import Line
from fzwriter.documents.model import Cell

# A backslash escape is parked as one of Unicode's 32 noncharacters U+FDD0–FDEF, one for each
# ASCII punctuation mark, while marks are dropped. ``clean_text`` bars them from real text.
_PARK = {mark: chr(0xFDD0 + index) for index, mark in enumerate(string.punctuation)}
_UNPARK = str.maketrans({parked: mark for mark, parked in _PARK.items()})
_ESCAPE = re.compile(rf"\\([{re.escape(string.punctuation)}])")

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n((?:[^\n]*\n){0,200}?)---[ \t]*(?:\n|\Z)")
_YAML_LINE = re.compile(r"[\w-]+\s*:|\s|#|-\s|$")
_DROPPED_LINE = re.compile(
    r"```.*|~~~.*|=+"  # fences, the underline of a heading
    r"|(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}"  # rules
    r"|\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?"  # the second line of a table
)
_LINE_MARKS = re.compile(r"(?:>\s*)*(?:[-*+]\s+)?(?:#{1,6}(?:\s+|(?=[^\s#])))?")
_BOLD = re.compile(r"\*\*[^*]+\*\*|__[^_]+__")
_CLOSING_HASHES = re.compile(r"(?<!\s)\s+#+$")
_INLINE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"!\[[^\[\]]*\]\([^()]*\)"), ""),
    (re.compile(r"\[([^\[\]]*)\]\([^()]*\)"), r"\1"),
    (re.compile(r"<((?:https?|mailto):[^<>\s]*)>"), r"\1"),
    (re.compile(r"</?[A-Za-z][^<>]*>"), ""),
    (re.compile(r"(?<!`)(`{1,3})(?!`)(.{1,600}?)(?<!`)\1(?!`)"), r"\2"),
    (re.compile(r"\*\*(.{1,600}?)\*\*"), r"\1"),
    (re.compile(r"\*(?=\S)(.{1,600}?)(?<=\S)\*"), r"\1"),
    (re.compile(r"(?<!\w)__(.{1,600}?)__(?!\w)"), r"\1"),
    (re.compile(r"(?<!\w)_(?=\S)(.{1,600}?)(?<=\S)_(?!\w)"), r"\1"),
    (re.compile(r"~~(.{1,600}?)~~"), r"\1"),
)


def split_front_matter(text: str) -> tuple[str, str]:
    """Part the YAML block at the head, if there is one, from the rest."""
    match = _FRONT_MATTER.match(text)
    if match is None or not all(_YAML_LINE.match(line) for line in match[1].splitlines()):
        return "", text
    return match[1], text[match.end() :]


def plain_lines(text: str) -> Iterator[Line]:
    """The paragraphs of a Markdown text without its marks; table cells are paragraphs."""
    text = _ESCAPE.sub(lambda match: _PARK[match[1]], text)
    table, row = -1, -1  # row -1: in no table
    for raw in _without_comments(text).splitlines():
        line = raw.strip()
        if _DROPPED_LINE.fullmatch(line):
            continue
        if line.startswith("|") and line.endswith("|"):
            table, row = table + (row < 0), row + 1
            for column, cell in enumerate(line.strip("|").split("|")):
                yield Line(_plain(cell), cell=Cell(table, row, column))
        else:
            row = -1
            level, bare = _without_line_marks(line)
            yield Line(_plain(bare), level=level, bold=_BOLD.fullmatch(bare) is not None)


def _without_comments(text: str) -> str:
    """A comment that never ends is text; looking for its end once is enough."""
    kept, rest = "", text
    while (parts := rest.partition("<!--"))[1] and "-->" in parts[2]:
        kept, rest = kept + parts[0], parts[2].partition("-->")[2]
    return kept + rest


def _without_line_marks(line: str) -> tuple[int, str]:
    """The level of a line as a heading, 0 for none, and its text."""
    marks = _LINE_MARKS.match(line)
    level = marks[0].count("#") if marks else 0
    text = line[marks.end() :] if marks else line
    return level, _CLOSING_HASHES.sub("", text) if level else text


def _plain(line: str) -> str:
    for pattern, kept in _INLINE:
        line = pattern.sub(kept, line)
    return html.unescape(line).translate(_UNPARK)
