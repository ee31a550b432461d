"""Where figures stand in a text: the seam between masking and ``fzwriter.numbers``.

``numerals`` is all that masking knows of numbers. Quantities and what stands for them (``xx件``)
are figures, dates fall into a year and figures, fixed terms are kept. Arabic digits that the
recogniser explains as anything else but a fixed term are figures too: better a blank too many than
a figure that leaks.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from fzwriter.numbers import find_numbers
from fzwriter.reading.lexicon import alternation, words
from fzwriter.report import Mention

Kind = Literal["数", "年", "文件", ""]

_YEAR = re.compile(r"(?:\d{2}[\dxX×]{2}|[xX×]{2,4}|[〇○零一二三四五六七八九]{4})年")
_FIGURE = re.compile(r"[\d〇零一二三四五六七八九十xX×＊]+(?:\.[\dxX×]+)?")
_DIGITS = re.compile(r"\d+(?:\.\d+)?%?")
_YEARS_LISTED = re.compile(r"(?:19|20)\d{2}(?=[、和至—－–\-](?:19|20)\d{2}年?)|(?:19|20)\d{2}年")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Numeral:
    """A figure, a year, a document number, or ("") a fixed term to keep: half-open span."""

    start: int
    end: int
    kind: Kind


@functools.cache
def _counted() -> re.Pattern[str]:
    after = alternation(words("terms.yaml", "after_hidden_figure"))
    return re.compile(rf"{after}|日(?!报|子)")


def numerals(text: str) -> list[Numeral]:
    """All numerals of a text that are blanked or protected, in order."""
    found: list[Numeral] = []
    for mention in find_numbers(text):
        found.extend(_read(mention, text))
    taken = {place for one in found for place in range(one.start, one.end)}
    for pattern, kind in ((_YEARS_LISTED, "年"), (_DIGITS, "数")):
        for match in pattern.finditer(text):
            if taken.isdisjoint(range(*match.span())):
                taken.update(range(*match.span()))
                found.append(Numeral(*match.span(), "年" if kind == "年" else "数"))
    return sorted(found, key=lambda one: one.start)


def _read(mention: Mention, text: str) -> Iterator[Numeral]:
    start, end = mention.start, mention.end
    if mention.kind == "quantity":
        yield Numeral(start, end, "数")
    elif mention.kind == "docnum":
        yield Numeral(start, end, "文件")
    elif mention.kind == "date":
        yield from _date(mention)
    elif mention.kind == "placeholder" and re.match(r"[xX×＊\d]", mention.text):
        if re.search("[年月日]", mention.text):
            yield from _date(mention)
        elif re.search(r"[\d.%％万亿余]", mention.text) or _counted().match(text, end):
            yield Numeral(start, end, "数")
    elif mention.kind == "term" and mention.text.isdecimal() and _counted().match(text, end):
        yield Numeral(start, end, "数")  # 119件 is no fire brigade
    elif mention.kind in ("term", "enumerator"):
        yield Numeral(start, end, "")
    elif mention.kind == "other" and _DIGIT.search(mention.text):
        yield Numeral(start, end, "数")


def _date(mention: Mention) -> Iterator[Numeral]:
    """2024年1月20日 is a year and two figures; 2021—2025年 is one year."""
    text, at = mention.text, 0
    if (
        text.isdecimal()
        or re.search("年[—－–~～至到-]|[—－–~～至到-].{0,30}年", text)
        and "月" not in text
    ):
        yield Numeral(mention.start, mention.end, "年")
        return
    if year := _YEAR.match(text):
        at = year.end()
        yield Numeral(mention.start, mention.start + at, "年")
    for match in _FIGURE.finditer(text, at):
        yield Numeral(mention.start + match.start(), mention.start + match.end(), "数")
