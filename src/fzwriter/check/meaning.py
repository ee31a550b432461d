"""How much the words around a figure speak of each referent: evidence, never a verdict.

Evidence is the share of a referent's name (character pairs and telling characters, each weighted by
how few names of the sheet share it) that is found in the figure's own clause, and, separately, in what
the clause inherits: earlier clauses, the sentence before, headings, the topic. It only *ranks*: which
of the referents of a value is meant, and whether one of another value is spoken of instead. Names are
indexed by their tokens, so that a figure costs what its own words cost, however many facts there are.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from fzwriter.check.context import Context
from fzwriter.check.referents import Referent, plain_words, tokens
from fzwriter.check.synonyms import dull_words

_EARLIER = (0.6, 0.5, 0.4, 0.35)
_LATER = 0.5
_ABOVE = (0.45, 0.4, 0.4, 0.3)
_TOPIC = 0.25
_DENIED = re.compile(r"[未不没无非](?:有|被|予|能|获|有被)?$")
# Words that go with figures of any sort say little; a character alone says less than a pair.
_DULL_WEIGHT = 0.3
_SINGLE_WEIGHT = 0.4


@dataclass(frozen=True)
class Evidence:
    """What one context says of the referents, by their index; those left out have none.

    Attributes:
        near: share of the best name found in the figure's own clause, 0 to 1.
        whole: ``near`` with what is inherited, 0 to about 1.5.
        amount: weight of what was found of the best name in the figure's own clause: a short name is
            soon found whole, so that of two names the one with more of it found is spoken of.
        words: the figure's own clause without punctuation.
    """

    near: dict[int, float]
    whole: dict[int, float]
    amount: dict[int, float]
    words: str


class Meaning:
    """Finds evidence for referents; weights come from the sheet's names."""

    def __init__(self, referents: Sequence[Referent]) -> None:
        counts: Counter[str] = Counter()
        total = 0
        for referent in referents:
            if referent.source in ("fact", "derived", "statement"):
                total += 1
                counts.update(frozenset().union(*referent.names_tokens))
        self._weights = {t: self._weighed(t, total, count) for t, count in counts.items()}
        self._names: list[tuple[int, float]] = []
        self._index: dict[str, list[int]] = {}
        self._about: dict[str, list[tuple[int, float]]] = {}
        self._group: list[int] = []
        groups: dict[frozenset[str], int] = {}
        for index, referent in enumerate(referents):
            for name in referent.names_tokens:
                self._names.append(
                    (index, sum(self._weights.get(t, 1.0) for t in sorted(name)) or 1.0)
                )
                for token in name:
                    self._index.setdefault(token, []).append(len(self._names) - 1)
            about = referent.about
            if about not in groups:
                groups[about] = len(groups)
                for gram in about:
                    self._about.setdefault(gram, []).append((groups[about], _TOPIC / len(about)))
            self._group.append(groups[about])
        self._known = frozenset(self._index)
        self._topical = frozenset(self._about)

    @staticmethod
    def _weighed(token: str, total: int, count: int) -> float:
        weight = math.log(1 + (total + 1) / (1 + count))
        if len(token) == 1:
            weight *= _SINGLE_WEIGHT
        return _DULL_WEIGHT * weight if token in dull_words() else weight

    def evidence(self, context: Context) -> Evidence:
        """What ``context`` says of every referent that shares a word with it."""
        before, _, after = context.near.partition("＃")
        near: dict[int, float] = {}
        found: dict[int, float] = {}
        seen: frozenset[str] = frozenset()
        pieces = [(tokens(before) | tokens(after), 1.0), (tokens(context.later), _LATER)]
        pieces += [(tokens(p), part) for p, part in zip(context.earlier, _EARLIER, strict=False)]
        pieces += [(tokens(p), part) for p, part in zip(context.above, _ABOVE, strict=False)]
        for number, (words, part) in enumerate(pieces):
            for token in sorted((words & self._known) - seen):
                weight = part * self._weights.get(token, 1.0)
                for name in self._index[token]:
                    found[name] = found.get(name, 0.0) + weight
            seen |= words
            if not number:
                near = dict(found)
        topics = self._topics(context)
        return Evidence(
            self._best(near),
            {i: v + topics.get(self._group[i], 0.0) for i, v in self._best(found).items()},
            self._amounts(near),
            plain_words(before) + plain_words(after),
        )

    def _best(self, found: dict[int, float]) -> dict[int, float]:
        best: dict[int, float] = {}
        for name, amount in found.items():
            index, whole = self._names[name]
            if amount > best.get(index, 0.0) * whole:
                best[index] = amount / whole
        return best

    def _amounts(self, found: dict[int, float]) -> dict[int, float]:
        most: dict[int, float] = {}
        for name, amount in found.items():
            index, _ = self._names[name]
            most[index] = max(most.get(index, 0.0), amount)
        return most

    def _topics(self, context: Context) -> dict[int, float]:
        """What topic and parent add, by group of referents that share them."""
        added: dict[int, float] = {}
        seen: frozenset[str] = frozenset()
        for piece, part in zip((context.sentence, *context.above), (1.0, *_ABOVE), strict=False):
            words = tokens(piece) & self._topical
            for gram in sorted(words - seen):
                for group, weight in self._about[gram]:
                    added[group] = added.get(group, 0.0) + part * weight
            seen |= words
        return added


def denial(word: str, near: str) -> str:
    """未审结 for 审结 where ``near`` has it only behind 未, 不, 没, 无; else ""."""
    at = near.find(word)
    found = ""
    while at >= 0:
        before = _DENIED.search(near[:at])
        if not before:
            return ""
        found = before.group() + word
        at = near.find(word, at + 1)
    return found
