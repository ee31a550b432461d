"""Where sentences and clauses end: the one splitter of both.

A *sentence* ends with 。！？, its *members* with ； too, *clauses* with ，： as well. A closing quotation
mark or bracket behind an end mark belongs to what it ends; a line feed always ends.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

SENTENCE = "。！？"
MEMBER = "。！？；"
CLAUSE = "。！？；，："
_CLOSING = "”’）"
_OPENING_ANY, _CLOSING_ANY = "“‘《（〔", "”’》）〕"

Span = tuple[int, int]


@functools.cache
def _pattern(ends: str) -> re.Pattern[str]:
    marks = re.escape(ends)
    return re.compile(rf"[^{marks}\n]+(?:[{marks}]+[{_CLOSING}]*)?|[{marks}]+[{_CLOSING}]*")


def spans(text: str, ends: str = SENTENCE) -> Iterator[Span]:
    """Where the sentences of a text stand, end marks included: half-open, no gap but line feeds.

    Args:
        text: any.
        ends: the marks that end one: ``SENTENCE``, ``MEMBER``, ``CLAUSE``, or others.
    """
    return (match.span() for match in _pattern(ends).finditer(text))


def sentences(text: str, ends: str = SENTENCE) -> list[str]:
    """The sentences of a text, end marks included, or the stretches that other marks end."""
    return _pattern(ends).findall(text)


def bare(text: str, ends: str = CLAUSE) -> list[str]:
    """The clauses of a text without the marks between them, or what other marks part."""
    return [part for part in re.split(rf"[{re.escape(ends)}\n]", text) if part]


def bare_spans(text: str, ends: str = CLAUSE) -> Iterator[Span]:
    """Where those clauses stand."""
    return (match.span() for match in re.finditer(rf"[^{re.escape(ends)}\n]+", text))


def unbracketed(text: str, marks: str = "，") -> Iterator[str]:
    """A text at some marks, but not where they stand in quotation marks or brackets."""
    depth = start = 0
    for at, character in enumerate(text):
        if character in _OPENING_ANY:
            depth += 1
        elif character in _CLOSING_ANY:
            depth = max(0, depth - 1)
        elif character in marks and depth == 0:
            yield text[start:at].strip()
            start = at + 1
    yield text[start:].strip()


def around(text: str, start: int, end: int, ends: str = MEMBER) -> Span:
    """The stretch around ``start:end``, without the marks at its ends."""
    marks = f"{ends}\n"
    while start and text[start - 1] not in marks:
        start -= 1
    while end < len(text) and text[end] not in marks:
        end += 1
    return start, end
