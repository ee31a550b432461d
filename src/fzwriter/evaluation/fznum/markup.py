"""Marked texts: ``收到{{48件|f04}}，尚有{{25件|f04-f05|rest}}未结`` and edits on what they say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fzwriter.evaluation.sites import Span

_MARK = re.compile(r"\{\{([^{}|]+)\|([^{}|]*)(?:\|([^{}|]*))?\}\}")

Edit = tuple[str, str, int]


@dataclass(frozen=True)
class Figure:
    """Words that claim something of the sheet.

    Attributes:
        start: first code point in the plain text.
        end: one past the last.
        words: what stands there.
        source: an id or an expression over ids.
        kind: class of the claim: restated, total, rest, share…
    """

    start: int
    end: int
    words: str
    source: str
    kind: str = "restated"


@dataclass(frozen=True)
class Marked:
    """A plain text and its figures, in order."""

    text: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Edited:
    """A text after edits.

    Attributes:
        text: as edited.
        spans: where the new words stand.
        cuts: start and end of each edit in the old text, with its new length.
    """

    text: str
    spans: tuple[Span, ...]
    cuts: tuple[tuple[int, int, int], ...]

    def moved(self, start: int, end: int) -> Span:
        """Where a stretch of the old text lies now; one that an edit touches takes it in."""
        first, last = start, end
        shift = 0
        for at, stop, length in self.cuts:
            if stop <= start and at < start:
                shift += length - (stop - at)
            elif at < end and start < stop:
                first, last = min(first, at), max(last, stop) + length - (stop - at)
            elif at == stop and start < at < end:
                last += length
        return first + shift, last + shift


class MarkupError(ValueError):
    """A marked text or an edit that can't be read; the message is for its writer."""


def parse(marked: str) -> Marked:
    """Plain text and figures.

    Raises:
        MarkupError: braces that are no markup, or none at all.
    """
    pieces: list[str] = []
    figures: list[Figure] = []
    at = length = 0
    for match in _MARK.finditer(marked):
        before = marked[at : match.start()]
        pieces += [before, match[1]]
        start = length + len(before)
        length = start + len(match[1])
        kind = (match[3] or "").strip() or "restated"
        figures.append(Figure(start, length, match[1], match[2].strip(), kind))
        at = match.end()
    pieces.append(marked[at:])
    text = "".join(pieces)
    if "{{" in text or "}}" in text:
        raise MarkupError("花括号不成对，或标记里有竖线、花括号")
    return Marked(text, tuple(figures))


def _find(text: str, words: str, nth: int) -> int:
    at = -1
    for _ in range(nth):
        at = text.find(words, at + 1)
        if at < 0:
            raise MarkupError(f"原文里没有第 {nth} 处“{words}”")
    return at


def edit(text: str, edits: Sequence[Sequence[object]]) -> Edited:
    """Exchange words, one edit after the other; where that fails, each as found in the old text.

    Args:
        text: plain.
        edits: old words, new words, which occurrence (1 is the first, and may be left out).

    Raises:
        MarkupError: words that aren't there, edits that overlap, or no change.
    """
    given = [_edit(one) for one in edits]
    try:
        return splice(text, _in_turn(text, given))
    except MarkupError as error:
        try:
            return splice(
                text, [(at := _find(text, old, nth), at + len(old), new) for old, new, nth in given]
            )
        except MarkupError:
            raise error from None


def _edit(given: Sequence[object]) -> Edit:
    old, new, *nth = given
    if not old or not isinstance(old, str) or not isinstance(new, str):
        raise MarkupError(f"改动应是[原词, 新词, 第几处]，现为{list(given)}")
    return old, new, int(str(nth[0])) if nth else 1


def _in_turn(text: str, edits: Sequence[Edit]) -> list[tuple[int, int, str]]:
    """Each edit as a cut of the first text; the occurrence is counted in the text as edited so far."""
    cuts: list[tuple[int, int, str]] = []
    for old, new, nth in edits:
        now = splice(text, cuts) if cuts else Edited(text, (), ())
        at = _find(now.text, old, nth)
        end = at + len(old)
        shift = 0
        for (first, last, words), span in zip(sorted(cuts), now.spans, strict=True):
            if at < span[1] and span[0] < end:
                raise MarkupError("几处改动互相重叠")
            if span[1] <= at:
                shift += len(words) - (last - first)
        cuts.append((at - shift, end - shift, new))
    return cuts


def splice(text: str, cuts: Sequence[tuple[int, int, str]]) -> Edited:
    """Exchange stretches given by their place.

    Raises:
        MarkupError: they overlap, or nothing changes.
    """
    ordered = sorted(cuts)
    if any(one[1] > other[0] for one, other in zip(ordered, ordered[1:], strict=False)):
        raise MarkupError("几处改动互相重叠")
    pieces: list[str] = []
    spans: list[Span] = []
    at = length = 0
    for start, end, new in ordered:
        length += start - at
        pieces += [text[at:start], new]
        spans.append((length, length + len(new)))
        length += len(new)
        at = end
    result = "".join([*pieces, text[at:]])
    if result == text:
        raise MarkupError("改动前后一样")
    return Edited(result, tuple(spans), tuple((s, e, len(new)) for s, e, new in ordered))


def locate(edited: Edited, words: Sequence[str]) -> tuple[Span, ...]:
    """Where the wrong words stand in an edited text: the occurrence at, or nearest to, an edit.

    Raises:
        MarkupError: they don't stand there.
    """
    found: list[Span] = []
    for word in words:
        places = [m.start() for m in re.finditer(re.escape(word), edited.text)] if word else []
        if not places:
            raise MarkupError(f"改后的文字里没有“{word}”")
        free = [p for p in places if (p, p + len(word)) not in found] or places
        best = min(free, key=lambda p: (min(_gap(p, p + len(word), s) for s in edited.spans), p))
        found.append((best, best + len(word)))
    return tuple(found)


def _gap(start: int, end: int, span: Span) -> int:
    return max(span[0] - end, start - span[1], 0) if end != span[0] and start != span[1] else 1


def grown(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans with at least a character in them: where words were taken out, the neighbours."""
    return tuple(
        (s, e) if e > s else (max(0, s - 1), min(len(text), e + 1)) for s, e in spans
    )  # fmt: skip
