"""How well the words around a figure speak of a referent.

A score of character pairs, each weighted by how few of the sheet's names share it: pairs of the
name found in the figure's own clause count fully, those found in earlier clauses of the sentence
half; then topic and parent found in sentence, paragraph or heading add a little, which tells apart
the 办结 of one procedure from the 办结 of another.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fzwriter.check.context import Context
from fzwriter.check.referents import Referent, grams

_EARLIER = (0.55, 0.45, 0.35, 0.3)
_ABOVE = (0.6, 0.55, 0.6, 0.4)
_TOPIC = 0.3
_FIT = 0.12


@dataclass(frozen=True)
class Words:
    """A context's character pairs, with the weight of the place they were found in."""

    near: frozenset[str]
    weights: Mapping[str, float]
    topical: Mapping[str, float]


class Meaning:
    """Scores referents against contexts; weights come from the sheet's names."""

    def __init__(self, referents: Iterable[Referent]) -> None:
        counts: Counter[str] = Counter()
        total = 0
        for referent in referents:
            if referent.source in ("fact", "derived", "statement"):
                total += 1
                counts.update(frozenset().union(*referent.names_grams))
        self._weights = {
            gram: math.log(1 + (total + 1) / (1 + count)) for gram, count in counts.items()
        }
        self._default = math.log(2 + total)

    def _weight(self, gram: str) -> float:
        return self._weights.get(gram, self._default)

    def words(self, context: Context) -> Words:
        """The words of a context, once per figure."""
        near = frozenset().union(*(grams(side) for side in context.near.split("＃")))
        weights = dict.fromkeys(near, 1.0)
        for piece, weight in zip(context.earlier, _EARLIER, strict=False):
            for gram in grams(piece):
                weights.setdefault(gram, weight)
        topical = dict.fromkeys(grams(context.sentence), 1.0)
        for piece, weight in zip(context.above, _ABOVE, strict=False):
            for gram in grams(piece):
                topical.setdefault(gram, weight)
        return Words(near, weights, topical)

    def _name_score(self, name: frozenset[str], words: Words) -> float:
        whole = sum(self._weight(gram) for gram in name)
        if not whole:
            return 0.0
        found = sum(self._weight(g) * words.weights[g] for g in name if g in words.weights)
        shared = sum(self._weight(g) for g in name if g in words.near)
        spoken = sum(self._weight(g) for g in words.near)
        fit = shared / spoken if spoken else 0.0
        return found / whole + _FIT * fit

    def score(self, referent: Referent, words: Words) -> float:
        """From 0 to about 1.4; above 1 the whole name stands in the figure's clause."""
        best = max(self._name_score(name, words) for name in referent.names_grams)
        if best <= 0:
            return 0.0
        about = referent.about
        topic = sum(words.topical.get(gram, 0.0) for gram in about) / len(about) if about else 0.0
        return best + _TOPIC * topic

    def name_in(self, referent: Referent, words: Words) -> float:
        """Share of the referent's best name found in the figure's own clause, 0 to 1."""
        best = 0.0
        for name in referent.names_grams:
            whole = sum(self._weight(gram) for gram in name)
            found = sum(self._weight(gram) for gram in name if gram in words.near)
            best = max(best, found / whole if whole else 0.0)
        return best
