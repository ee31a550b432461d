"""Which number of an edited text is which number of the ledger it went out with.

Two kinds of evidence: the content control a number stands in, and the words around it. Neither is
proof by itself: Word copies controls along with a paragraph and drops them when somebody types
over one, and words are edited. So pairs are made from the surest down:

1. the control is there, and the words around it are much the same;
2. the words around are the same to the letter, whatever became of the control;
3. the words around are much the same;
4. the control is there, in other words: a number that was moved, or a sentence written anew;
5. between two numbers already paired, the only one with this value.

What is left on the one side was deleted, on the other newly written.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from fzwriter.output.ledger import Entry
from fzwriter.report import Mention

AROUND = 12  # characters compared on each side, as many as a ledger keeps
_ANCHOR = 6  # characters next to the number that count most
_NEAR = 0.6  # share of the surroundings that makes two places the same
_MANY = 100_000  # pairs looked at one by one; beyond, only those with the same words right before
_FIGURES = re.compile(r"[0-9０-９]+(?:[.．][0-9０-９]+)?")

Same = Callable[[int, int], bool]


@dataclass(frozen=True)
class Number:
    """A number of the edited text.

    Attributes:
        mention: as judged; ``None`` for a control that holds no numeral any more.
        paragraph: index among the paragraphs.
        start: first code point in its paragraph.
        end: one past the last.
        text: what is printed there.
        before: text before it in its paragraph, more of it than a ledger keeps.
        after: text behind it, likewise.
        tags: of the content controls that hold it, or part of it.
    """

    mention: Mention | None
    paragraph: int
    start: int
    end: int
    text: str
    before: str
    after: str
    tags: frozenset[str] = frozenset()


@dataclass
class Matching:
    """Pairs of ledger entries and numbers, by their indexes.

    Args:
        entries: of the ledger, in its order.
        numbers: of the text, in its order.
        same: whether entry and number (by index) tell the same figure.
    """

    entries: Sequence[Entry]
    numbers: Sequence[Number]
    same: Same
    pairs: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._taken: set[int] = set()
        self._tagged: dict[str, list[int]] = defaultdict(list)
        for at, number in enumerate(self.numbers):
            for tag in number.tags:
                self._tagged[tag].append(at)
        self._old = [(_masked(e.before)[::-1], _masked(e.after)) for e in self.entries]
        self._new = [(_masked(n.before)[::-1], _masked(n.after)) for n in self.numbers]
        self._cut = [
            (_masked(n.before[-AROUND:])[::-1], _masked(n.after[:AROUND])) for n in self.numbers
        ]

    def run(self) -> dict[int, int]:
        """Entry → number, for all that can be paired."""
        self._greedy(self._by_control(_NEAR))
        self._identical()
        self._greedy(self._by_words())
        self._greedy(self._by_control(0))
        self._in_gaps()
        return self.pairs

    def moved(self) -> frozenset[int]:
        """Entries whose numbers stand in another order now; those that came a long way, or are few.

        Where two stretches passed each other, it is the one whose paragraphs came farther that
        somebody moved; that paragraphs were added or removed above shifts them all alike.
        """
        order = sorted(self.pairs, key=lambda entry: self.pairs[entry])
        shift = {
            entry: self.numbers[number].paragraph - self.entries[entry].paragraph
            for entry, number in self.pairs.items()
        }
        usual = median(shift.values()) if shift else 0
        weights = [1 / (1 + (shift[entry] - usual) ** 2) for entry in order]
        return frozenset(order) - frozenset(heaviest_rise(order, weights))

    def likeness(self, entry: int, number: int) -> float:
        """How much the words around a number are those around an entry: 0 to 1."""
        old, new = self._old[entry], self._new[number]
        weight = sum(map(len, old))
        if not weight:
            return 0.5  # nothing stood around it: nothing speaks for or against
        return sum(len(a) * _alike(a, b) for a, b in zip(old, new, strict=True)) / weight

    def _open(self) -> tuple[list[int], list[int]]:
        entries = [at for at in range(len(self.entries)) if at not in self.pairs]
        return entries, [at for at in range(len(self.numbers)) if at not in self._taken]

    def _pair(self, entry: int, number: int) -> None:
        if entry not in self.pairs and number not in self._taken:
            self.pairs[entry] = number
            self._taken.add(number)

    def _greedy(self, candidates: Iterable[tuple[int, int, float]]) -> None:
        """Pair the likest first; the same figure and the nearer paragraph settle a tie."""

        def rank(candidate: tuple[int, int, float]) -> tuple[float, bool, int]:
            entry, number, likeness = candidate
            away = abs(self.entries[entry].paragraph - self.numbers[number].paragraph)
            return round(-likeness, 3), not self.same(entry, number), away

        for entry, number, _ in sorted(candidates, key=rank):
            self._pair(entry, number)

    def _by_control(self, least: float) -> list[tuple[int, int, float]]:
        found = []
        for entry in self._open()[0]:
            for number in self._tagged.get(self.entries[entry].id, ()):
                likeness = self.likeness(entry, number)
                if number not in self._taken and likeness >= least:
                    found.append((entry, number, likeness))
        return found

    def _identical(self) -> None:
        """Pair by figure and words to the letter, where that leaves no choice."""
        entries, numbers = self._open()

        def old(at: int) -> Hashable:
            return self.entries[at].text, self._old[at]

        def new(at: int) -> Hashable:
            return self.numbers[at].text, self._cut[at]

        known, found = Counter(map(old, entries)), Counter(map(new, numbers))
        places: dict[Hashable, list[int]] = defaultdict(list)
        for number in numbers:
            places[new(number)].append(number)
        for entry in entries:
            key = old(entry)
            if known[key] == found[key]:
                self._pair(entry, places[key].pop(0))

    def _by_words(self) -> list[tuple[int, int, float]]:
        entries, numbers = self._open()
        if len(entries) * len(numbers) > _MANY:  # strangers; or a text edited beyond recognition
            close: dict[str, list[int]] = defaultdict(list)
            for number in numbers:
                close[self._new[number][0][:2]].append(number)
            pairs = [(e, n) for e in entries for n in close[self._old[e][0][:2]]]
        else:
            pairs = [(e, n) for e in entries for n in numbers]
        found = ((e, n, self.likeness(e, n)) for e, n in pairs)
        return [one for one in found if one[2] >= _NEAR]

    def _in_gaps(self) -> None:
        """Pair what alone has its figure between the same two paired neighbours."""
        entries, numbers = self._open()
        fixed = sorted(self.pairs.values())
        old: dict[int, list[int]] = defaultdict(list)
        new: dict[int, list[int]] = defaultdict(list)
        before = -1
        missing = set(entries)
        for entry in range(len(self.entries)):
            if entry in missing:
                old[before].append(entry)
            else:
                before = self.pairs[entry]
        for number in numbers:
            at = bisect_left(fixed, number)
            new[fixed[at - 1] if at else -1].append(number)
        for gap, lost in old.items():
            for entry in lost:
                same = [n for n in new[gap] if n not in self._taken and self.same(entry, n)]
                if len(same) == 1:
                    self._pair(entry, same[0])


def _masked(text: str) -> str:
    """Text with its figures made alike: a neighbour that was changed is still the neighbour."""
    return _FIGURES.sub("#", text)


def _alike(old: str, new: str) -> float:
    """How much of ``old`` is in ``new``, both read away from the number; 0 to 1."""
    if not old:
        return 0.0
    near = min(_ANCHOR, len(old))
    same = 0
    while same < min(near, len(new)) and old[same] == new[same]:
        same += 1
    anchored = same / near
    pairs = {old[at : at + 2] for at in range(len(old) - 1)}
    if not pairs:
        return anchored
    stretch = new[: len(old) + 4]
    kept = pairs & {stretch[at : at + 2] for at in range(len(stretch) - 1)}
    return (anchored + len(kept) / len(pairs)) / 2


def heaviest_rise(order: Sequence[int], weights: Sequence[float]) -> list[int]:
    """The increasing subsequence of distinct integers that weighs most."""
    ranks = {item: at for at, item in enumerate(sorted(order), 1)}
    tree: list[tuple[float, int]] = [(0.0, -1)] * (len(order) + 1)  # a Fenwick tree of maxima
    before: list[int] = []
    for at, (item, weight) in enumerate(zip(order, weights, strict=True)):
        best, rank = (0.0, -1), ranks[item] - 1
        while rank:
            best = max(best, tree[rank])
            rank -= rank & -rank
        before.append(best[1])
        rank = ranks[item]
        while rank <= len(order):
            tree[rank] = max(tree[rank], (best[0] + weight, at))
            rank += rank & -rank
    # the heaviest of all ends wherever a prefix of the tree says so
    end, rank = (0.0, -1), len(order)
    while rank:
        end = max(end, tree[rank])
        rank -= rank & -rank
    rise, at = [], end[1]
    while at >= 0:
        rise.append(order[at])
        at = before[at]
    return rise[::-1]
