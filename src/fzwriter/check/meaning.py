"""How well the words around a figure speak of a referent.

A score of character pairs, each weighted by how few of the sheet's names share it: pairs of the
name found in the figure's own clause count fully, those found in earlier clauses of the sentence
half; then topic and parent found in sentence, paragraph or heading add a little, which tells apart
the 办结 of one procedure from the 办结 of another. Names are indexed by their pairs, so that a
figure costs what its own words cost, however many facts the sheet has.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from fzwriter.check.context import Context
from fzwriter.check.referents import Referent, grams, plain_words
from fzwriter.check.synonyms import dull_words

_EARLIER = (0.55, 0.45, 0.35, 0.3)
_LATER = 0.55
_ABOVE = (0.6, 0.55, 0.6, 0.4)
_TOPIC = 0.3
_FIT = 0.12
# A clause with words of its own, none of which the name shares, speaks of something else.
_FOREIGN = 0.5
# Words that go with figures of any sort say little.
_DULL_WEIGHT = 0.4


@dataclass(frozen=True)
class Scores:
    """How well one context speaks of the referents, by their index; those left out score 0.

    Attributes:
        scores: from 0 to about 1.4; above 1 the whole name stands in the figure's clause.
        named: share of the best name found in the figure's own clause, 0 to 1.
        near: the figure's own clause without punctuation.
    """

    scores: dict[int, float]
    named: dict[int, float]
    near: str

    def of(self, index: int) -> float:
        """The score of one referent."""
        return self.scores.get(index, 0.0)


class Meaning:
    """Scores referents against contexts; weights come from the sheet's names."""

    def __init__(self, referents: Sequence[Referent]) -> None:
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
        self._names: list[tuple[int, float]] = []
        self._index: dict[str, list[int]] = {}
        self._about: dict[str, list[tuple[int, float]]] = {}
        self._group: list[int] = []
        groups: dict[frozenset[str], int] = {}
        for index, referent in enumerate(referents):
            for name in referent.names_grams:
                self._names.append((index, sum(map(self._weight, name))))
                for gram in name:
                    self._index.setdefault(gram, []).append(len(self._names) - 1)
            about = referent.about
            if about not in groups:
                groups[about] = len(groups)
                for gram in about:
                    self._about.setdefault(gram, []).append((groups[about], _TOPIC / len(about)))
            self._group.append(groups[about])
        self._known = frozenset(self._index)
        self._topical = frozenset(self._about)

    def _weight(self, gram: str) -> float:
        weight = self._weights.get(gram, self._default)
        return _DULL_WEIGHT * weight if gram in dull_words() else weight

    def scores(self, context: Context) -> Scores:
        """The scores of all referents that share a word with the context."""
        before, _, after = context.near.partition("＃")
        near = grams(before) | grams(after)
        spoken = sum(map(self._weight, near))
        found, shared = self._found(context, near)
        best: dict[int, float] = {}
        named: dict[int, float] = {}
        for name, amount in found.items():
            index, whole = self._names[name]
            own = shared.get(name, 0.0)
            score = amount / whole
            score += _FIT * own / spoken if spoken else 0.0
            if score > best.get(index, 0.0):
                best[index] = score
            if own > named.get(index, 0.0) * whole:
                named[index] = own / whole
        topics = self._topics(context)
        for index in best:
            best[index] += topics.get(self._group[index], 0.0)
            if near and not named.get(index):
                best[index] *= _FOREIGN
        return Scores(best, named, plain_words(before) + plain_words(after))

    def _found(
        self, context: Context, near: frozenset[str]
    ) -> tuple[dict[int, float], dict[int, float]]:
        """Weight of the pairs found, by name: wherever in the sentence, and in the own clause."""
        found: dict[int, float] = {}
        shared: dict[int, float] = {}
        for gram in near & self._known:
            weight = self._weight(gram)
            for name in self._index[gram]:
                found[name] = shared[name] = shared.get(name, 0.0) + weight
        seen = near
        pieces = (context.later, *context.earlier)
        for piece, part in zip(pieces, (_LATER, *_EARLIER), strict=False):
            words = grams(piece)
            for gram in (words & self._known) - seen:
                weight = part * self._weight(gram)
                for name in self._index[gram]:
                    found[name] = found.get(name, 0.0) + weight
            seen |= words
        return found, shared

    def _topics(self, context: Context) -> dict[int, float]:
        """What topic and parent add, by group of referents that share them."""
        added: dict[int, float] = {}
        seen: frozenset[str] = frozenset()
        pieces = (context.sentence, *context.above)
        for piece, part in zip(pieces, (1.0, *_ABOVE), strict=False):
            words = grams(piece) & self._topical
            for gram in words - seen:
                for group, weight in self._about[gram]:
                    added[group] = added.get(group, 0.0) + part * weight
            seen |= words
        return added


def denial(word: str, near: str) -> str:
    """未审结 for 审结 where ``near`` has it only behind 未, 不, 没, 无; else ""."""
    at = near.find(word)
    found = ""
    while at >= 0:
        if at == 0 or near[at - 1] not in "未不没无非":
            return ""
        found = near[at - 1] + word
        at = near.find(word, at + 1)
    return found
