"""Broken quotation marks: straight ones, one that never closes, one that never opened."""

from __future__ import annotations

import re
from collections.abc import Iterator

_STRAIGHT = re.compile('"([^"“”]{1,40})"')
_MARK = re.compile("[“”]")
_STOP = re.compile("[。，；：！？、]")
_LONGEST = 16  # a quoted expression that lost its end is believed to be no longer than that

Change = tuple[str, str, str]  # before, after, the text from then on


def balance(text: str) -> Iterator[Change]:
    """Each mending of a text's quotation marks in turn."""
    at = 0
    while match := _STRAIGHT.search(text, at):
        at = match.start()
        text = f"{text[: match.start()]}“{match[1]}”{text[match.end() :]}"
        yield match[0], f"“{match[1]}”", text
    fault = _fault(text, 0)
    while fault is not None:
        mended = _mend(text, fault)
        yield _around(text, fault), _around(mended, fault), mended
        text, fault = mended, _fault(mended, fault)


def _fault(text: str, start: int) -> int | None:
    """Where the first mark stands, from ``start`` on, that has no partner."""
    opened: int | None = None
    for mark in _MARK.finditer(text, start):
        if (mark[0] == "“") == (opened is not None):
            return mark.start() if opened is None else opened
        opened = mark.start() if opened is None else None
    return opened


def _mend(text: str, at: int) -> str:
    """Close a quotation before the next stop; drop a mark where there is nothing to close."""
    if text[at] == "“":
        stop = _STOP.search(text, at, at + _LONGEST + 1)
        end = stop.start() if stop else len(text)
        if 1 < end - at <= _LONGEST and "“" not in text[at + 1 : end]:
            return f"{text[:end]}”{text[end:]}"
    return text[:at] + text[at + 1 :]


def _around(text: str, at: int) -> str:
    return text[max(0, at - 6) : at + 14]
