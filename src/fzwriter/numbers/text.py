"""Text as the scanner reads it: one form for each character, no blanks inside or beside a figure.

``fold`` maps one code point to one, so offsets stay; ``reading`` takes blanks out besides and knows
the way back to the offsets of the text that was given.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

_FULL = "．％，＋－～：／（）＝ＸｘＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＹＺ"
_HALF = ".%,+-~:/()=XxABCDEFGHIJKLMNOPQRSTUVWYZ"
# Only what a numeral can contain or border on. Commas and parentheses in running Chinese are
# folded too: the scanner asks for digits on both sides before it reads a comma as a separator.
_SIGNS = dict(zip(_FULL + "﹪﹒−∶٪", _HALF + "%.-:%", strict=True))
_BLANKS = dict.fromkeys("\u3000\u00a0\u2002\u2003\u2004\t", " ") | dict.fromkeys(
    "\u2005\u2006\u202f", "\u2009"
)
_TRADITIONAL = dict(
    zip("萬億兩餘幾數雙點個負貳陸參叄%", "万亿两余几数双点个负贰陆叁叁%", strict=True)
)


# Characters that print nothing part no figure.
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_GAP = re.compile(f" {{1,3}}|[{_UNSEEN}]{{1,9}}")
_FIGURE = frozenset("0123456789")
_JOINS = _FIGURE | frozenset("%‰~—–-〇")


_DIGITS = dict(zip("０１２３４５６７８９", "0123456789", strict=True))
_TABLE = {**_DIGITS, **_SIGNS, **_BLANKS, **_TRADITIONAL}
# Digits of other scripts, and whatever lies beyond the basic plane (𝟒𝟖).
_RARE = re.compile("[٠-٩۰-۹०-९০-৯๐-๙\U00010000-\U0010ffff]")


def fold(text: str) -> str:
    """``text`` on half-width: digits of any script, signs, letters, blanks; 萬億兩 simplified.

    The length stays the same.
    """
    # One ``replace`` for each character that occurs is far faster than ``translate``.
    for odd, plain in _TABLE.items():
        if odd in text:
            text = text.replace(odd, plain)
    if _RARE.search(text):
        for odd in set(_RARE.findall(text)):
            if odd.isdecimal():
                text = text.replace(odd, str(unicodedata.decimal(odd)))
    return text


class Reading(NamedTuple):
    """A folded text without the blanks that stand between a figure and its neighbours.

    Attributes:
        text: what the rules read.
        cuts: where blanks were taken out, as offsets into ``text``.
        taken: how many up to and with each cut.
    """

    text: str
    cuts: Sequence[int] = ()
    taken: Sequence[int] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the text that was given."""
        if not self.cuts or start >= end:
            return start, end
        first, last = bisect_right(self.cuts, start), bisect_right(self.cuts, end - 1)
        return (
            start + (self.taken[first - 1] if first else 0),
            end + (self.taken[last - 1] if last else 0),
        )


def _joined(before: str, after: str) -> bool:
    if before in _FIGURE and after in _FIGURE:
        return False
    return (before in _JOINS or "一" <= before <= "龥") and (
        after in _JOINS or "一" <= after <= "龥"
    )


def reading(text: str) -> Reading:
    """How the scanner reads ``text``: 收到 48 件 like 收到48件, 百 分之 五 like 百分之五.

    Blanks between two Arabic figures stay: they may be two cells of a table.
    """
    folded = fold(text)
    if " " not in folded and not any(c in folded for c in _UNSEEN):
        return Reading(folded)
    parts: list[str] = []
    cuts: list[int] = []
    taken: list[int] = []
    at = removed = 0
    for gap in _GAP.finditer(folded):
        start, end = gap.span()
        unseen = folded[start] in _UNSEEN
        if start and end < len(folded) and (unseen or _joined(folded[start - 1], folded[end])):
            parts.append(folded[at:start])
            at = end
            cuts.append(start - removed)
            removed += end - start
            taken.append(removed)
    if not cuts:
        return Reading(folded)
    parts.append(folded[at:])
    return Reading("".join(parts), cuts, taken)
