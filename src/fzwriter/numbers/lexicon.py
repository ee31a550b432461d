"""Numerals that are not data: the lexicon of fixed terms, read from a data file and extended.

A term is found from the numeral inside it: terms are indexed by their first numeral and the
character after it, so that a look-up costs the same however long the lexicon grows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import cast

import yaml

from fzwriter.numbers.measure import measures
from fzwriter.numbers.text import fold
from fzwriter.report import Kind

NUMERALS = "0-9零〇一二两三四五六七八九十百千万亿半双几壹贰叁肆伍陆柒捌玖拾佰仟"
_NUMERAL = re.compile(f"[{NUMERALS}]")
_CHINESE_DIGIT = "[一二三四五六七八九十两]"
_CHINESE_RUN = "[零一二三四五六七八九十百两]{1,4}"
_NO_NUMERAL = f"(?:(?![{NUMERALS}])[一-龥])"


@dataclass(frozen=True)
class Entry:
    """A fixed expression: its text on half-width, its kind, where its first numeral stands."""

    text: str
    kind: Kind
    anchor: int


class Patterns:
    """Patterns anchored at a numeral, tried in order as one alternation of groups."""

    def __init__(self, sources: Sequence[tuple[str, Kind]]) -> None:
        self._joined = re.compile("|".join(f"({source})" for source, _ in sources))
        self._kinds = tuple(kind for _, kind in sources)

    def at(self, text: str, position: int) -> tuple[int, int, Kind] | None:
        """The first pattern that matches at ``position``: start, end and kind."""
        match = self._joined.match(text, position)
        if not match or not match.lastindex:
            return None
        return position, match.end(), self._kinds[match.lastindex - 1]


@dataclass(frozen=True)
class Lexicon:
    """Fixed expressions and patterns.

    Attributes:
        index: entries by the two characters from their first numeral on (one, at a term's end).
        arabic: the patterns tried at Arabic digits.
        chinese: the patterns tried at Chinese numerals.
    """

    index: dict[str, tuple[Entry, ...]] = field(repr=False)
    arabic: Patterns | None = field(default=None, repr=False)
    chinese: Patterns | None = field(default=None, repr=False)

    @classmethod
    def build(
        cls,
        literals: Iterable[tuple[str, Kind]],
        arabic: Sequence[tuple[str, Kind]] = (),
        chinese: Sequence[tuple[str, Kind]] = (),
    ) -> Lexicon:
        """A lexicon from literal expressions (those without a numeral are left out) and patterns."""
        index: dict[str, dict[str, Entry]] = {}
        for text, kind in literals:
            folded = fold(text.strip())
            match = _NUMERAL.search(folded)
            if match:
                at = match.start()
                index.setdefault(folded[at : at + 2], {}).setdefault(
                    folded, Entry(folded, kind, at)
                )
        ordered = {
            key: tuple(sorted(group.values(), key=lambda e: -len(e.text)))
            for key, group in index.items()
        }
        return cls(
            ordered,
            Patterns(arabic) if arabic else None,
            Patterns(chinese) if chinese else None,
        )

    def extended(self, terms: Iterable[str]) -> Lexicon:
        """This lexicon with more terms (the sheet's own, its names, the user's file)."""
        extra = Lexicon.build((term, "term") for term in terms)
        if not extra.index:
            return self
        merged = dict(self.index)
        for key, group in extra.index.items():
            merged[key] = tuple(
                sorted({*group, *merged.get(key, ())}, key=lambda e: (-len(e.text), e.text))
            )
        return Lexicon(merged, self.arabic, self.chinese)

    def literal_at(self, text: str, position: int) -> tuple[int, int, Kind] | None:
        """The longest fixed expression whose first numeral stands at ``position``."""
        best: tuple[int, int, Kind] | None = None
        index = self.index
        for key in (text[position : position + 2], text[position]):
            if key not in index:
                continue
            for entry in index[key]:
                start = position - entry.anchor
                if start < 0 or not text.startswith(entry.text, start):
                    continue
                end = start + len(entry.text)
                if _cuts_figure(text, start, end):
                    continue
                if best is None or (best[0] - best[1], best[0]) > (start - end, start):
                    best = (start, end, entry.kind)
                break
        return best

    def at(self, text: str, position: int) -> tuple[int, int, Kind] | None:
        """The fixed expression around the numeral at ``position``: start, end and kind."""
        found = self.literal_at(text, position)
        if found is not None:
            return found
        patterns = self.arabic if "0" <= text[position] <= "9" else self.chinese
        return patterns.at(text, position) if patterns else None


def _cuts_figure(text: str, start: int, end: int) -> bool:
    """Whether an expression's edge lies inside an Arabic figure: 120 in 1204宗."""
    first, last = text[start].isdigit(), text[end - 1].isdigit()
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    return (first and before.isdigit()) or (last and (after.isdigit() or after == "%"))


def _expand(source: str) -> str:
    return (
        source.replace("，", ",")  # as folded
        .replace("{n}", _CHINESE_DIGIT)
        .replace("{N}", _CHINESE_RUN)
        .replace("{c}", _NO_NUMERAL)
        .replace("{unit}", f"(?:{measures().any.pattern})")
    )


def _hotlines(raw: dict[str, str]) -> list[tuple[str, Kind]]:
    """Numbers that are called: those of three digits only beside words of calling; none measured."""
    sources = []
    for length in (3, 5, 6):
        numbers = "|".join(word for word in raw["hotlines"].split() if len(word) == length)
        called = f"(?:{raw['called']})" if length == 3 else ""
        sources.append(rf"(?:{numbers})(?!\d)(?![余多来万亿%‰.]|{{unit}})" + called)
    return [(_expand(source), "term") for source in sources]


@lru_cache(maxsize=1)
def default_lexicon() -> Lexicon:
    """The lexicon that ships with fzwriter (``lexicon.yaml``)."""
    raw = yaml.safe_load((files("fzwriter.numbers") / "lexicon.yaml").read_text("utf-8"))
    literals: list[tuple[str, Kind]] = []
    for section, kind in (("terms", "term"), ("words", "other"), ("places", "term")):
        for line in raw[section]:
            literals.extend((word, cast(Kind, kind)) for word in str(line).split())
    arabic, chinese = (
        [(_expand(source), cast(Kind, kind)) for source, kind in raw["patterns"][script]]
        for script in ("arabic", "chinese")
    )
    return Lexicon.build(literals, _hotlines(raw) + arabic, chinese)
