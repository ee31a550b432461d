"""Sentences offered, not yet taken or left: 【建议，待取舍：…】, or 待确认 as files of old say.

What stands inside such a mark is nobody's claim yet. It proves nothing, so the check doesn't read it; but
until the unit has taken or deleted it, each is an error of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from fzwriter.numbers import Lexicon, find_numbers
from fzwriter.report import Issue, Mention

# A clerk's editor may have changed the punctuation; a mark without its bracket is still one.
_WORDS = r"建议\s*(?:[，,、]\s*)?(?:待取舍|待确认)\s*[：:]"
_MARK = re.compile(rf"【\s*{_WORDS}?|{_WORDS}")
_FILLER = "　"

Spans = Sequence[tuple[int, int]]


def suggestions(text: str) -> list[tuple[int, int]]:
    """Where sentences to be taken or left stand, marks included; half-open, in order.

    One whose bracket is never closed, or was never opened, goes to the end of its sentence.
    """
    spans: list[tuple[int, int]] = []
    for match in _MARK.finditer(text):
        if not spans or match.start() >= spans[-1][1]:
            spans.append((match.start(), _end(text, match)))
    return spans


def _end(text: str, mark: re.Match[str]) -> int:
    depth = int(mark[0].startswith("【"))
    sentence = 0
    for at in range(mark.end(), len(text)):
        character = text[at]
        if character == "\n":
            return sentence or at
        depth += (character == "【") - (character == "】")
        if depth == 0 and character == "】":
            return at + 1
        if character in "。！？" and not sentence:
            sentence = at + 1
            if not mark[0].startswith("【"):
                return sentence
    return sentence or len(text)


def hidden(text: str, spans: Spans) -> str:
    """The text with the suggestions blanked out, every offset as it was."""
    for start, end in spans:
        text = text[:start] + _FILLER * (end - start) + text[end:]
    return text


def numerals(text: str, spans: Spans, lexicon: Lexicon | None = None) -> Iterator[Mention]:
    """The numerals inside suggestions: placeholders all, for none is a figure of this unit's."""
    for start, end in spans:
        for found in find_numbers(text[start:end], lexicon):
            offered = replace(found, start=start + found.start, end=start + found.end)
            yield replace(offered, kind="placeholder").judged("untraced", "建议里的文字，待取舍")


def find_unconfirmed(text: str, spans: Spans) -> Iterator[Issue]:
    """An error for each suggestion. A blank that outlived its mark is a placeholder like any other."""
    for start, end in spans:
        said = _MARK.sub("", text[start:end]).strip("】")
        yield Issue(
            start,
            end,
            "unconfirmed",
            "error",
            f"建议待取舍：“{said[:20]}{'……' if len(said) > 20 else ''}”",
            "本单位确有此事的，请填好空白并去掉“【建议，待取舍：】”；没有的，请整句删去",
        )
