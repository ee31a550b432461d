"""Broken quotation marks: straight ones, one that never closes, one that never opened."""

from __future__ import annotations

import re
from collections.abc import Iterator

_STRAIGHT = re.compile('"([^"“”]{1,40})"')
_STOP = re.compile("[。，；：！？、]")
_LONGEST = 16  # a quoted expression that lost its end is believed to be no longer than that

Change = tuple[str, str, str]  # before, after, the text from then on


def balance(text: str) -> Iterator[Change]:
    """Each mending of a text's quotation marks in turn."""
    while match := _STRAIGHT.search(text):
        text = f"{text[: match.start()]}“{match[1]}”{text[match.end() :]}"
        yield match[0], f"“{match[1]}”", text
    while (fault := _fault(text)) is not None:
        mended = _mend(text, fault)
        yield _around(text, fault), _around(mended, fault), mended
        text = mended


def _fault(text: str) -> int | None:
    """Where the first mark stands that has no partner."""
    opened: int | None = None
    for at, character in enumerate(text):
        if character == "“":
            if opened is not None:
                return opened
            opened = at
        elif character == "”":
            if opened is None:
                return at
            opened = None
    return opened


def _mend(text: str, at: int) -> str:
    """Close a quotation before the next stop; drop a mark where there is nothing to close."""
    if text[at] == "“":
        stop = _STOP.search(text, at)
        end = stop.start() if stop else len(text)
        following = text.find("“", at + 1)
        if 1 < end - at <= _LONGEST and not (0 <= following < end):
            return f"{text[:end]}”{text[end:]}"
    return text[:at] + text[at + 1 :]


def _around(text: str, at: int) -> str:
    return text[max(0, at - 6) : at + 14]
