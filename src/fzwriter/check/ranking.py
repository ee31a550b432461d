"""Which of the referents of a value is meant, and which of another value is spoken of instead.

Evidence ranks: it says which *option* (a referent of the figure's value) comes first, and whether a
*rival* (one of another value, but of its measure) is what the clause speaks of.
"""

from __future__ import annotations

import re

from fzwriter.check.figures import TELLING, Figure, Surroundings
from fzwriter.check.meaning import denial
from fzwriter.check.referents import plain_words, tokens

# What an option gains by being part of a fact told just before, or of its topic.
_KIN = 0.2
_TOPICAL = 0.1
# A rival is spoken of rather than the best option: by so much more of its name, or by so much more of
# it in the whole sentence.
_BETTER = 0.15
_AROUND = 0.3
_SPOKEN = 0.2


class Ranking:
    """Options and rivals of one figure."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._figure = around.figure
        self._all = around.all

    def score(self, index: int) -> float:
        """How much clause, sentence and what was told before speak for a referent."""
        referent, figure = self._all[index], self._figure
        ids, topics = self._around.kin
        score = figure.near(index) + 0.6 * figure.whole(index)
        if referent.parent_id in ids:
            score += _KIN
        if referent.topic and referent.topic in topics:
            score += _TOPICAL
        return score

    def options(self, *sources: str) -> list[int]:
        """Referents of this value from the given sources, the one spoken of most first."""
        found = [i for i in self._figure.options if self._all[i].source in sources]
        found.sort(key=lambda i: (-self.score(i), self._figure.options[i] != "yes", i))
        better = next((i for i in found[1:] if self._specifies(i, found[0])), None)
        if better is not None:
            found.remove(better)
            found.insert(0, better)
        return found

    def rivals(self, best: int | None) -> list[int]:
        """Referents of another value that the clause speaks of more than of ``best``, best first."""
        figure = self._figure
        others = [
            i
            for i in figure.matching
            if i not in figure.options
            and not self._all[i].compared
            and self._all[i].source != "statement"
        ]
        if best is None:
            found = [i for i in others if self._is_spoken_of(i)]
        elif self._all[best].planned and self._around.basis.plans.tells(figure.mention.start):
            return []
        else:
            found = [i for i in others if self._ousts(i, best)]
        found.sort(key=lambda i: (-figure.near(i), i))
        return found

    def taken(self, index: int, best: int | None = None) -> bool:
        """Whether a neighbour prints this referent's own value and speaks of it as much."""
        here = self._figure.near(index)
        whole_of_best = best is not None and self._all[best].parent_id == self._all[index].id
        far = 0.02 if self._are_namesakes(index, best) else 0.25
        for other in self._around.nearby(6, 4):
            if other.options.get(index) not in ("yes", "approx"):
                continue
            if any(self._specifies_at(other, i, index) for i in other.options):
                continue
            behind = self._figure.whole(index) - other.whole(index)
            spoken = other.near(index) >= here - 0.1 or (here < 0.3 and behind <= 0.1)
            if behind <= far and spoken:
                return True
            if whole_of_best and other.sentence == self._figure.sentence:
                return True
        return False

    # -- one name against another ------------------------------------------------------------

    def _specifies(self, index: int, other: int) -> bool:
        """Whether the name found in the clause holds the other's: 按时办结率 and 办结率."""
        name, less = self._around.literal(index), self._around.literal(other)
        return len(name) >= TELLING and bool(less) and name != less and less in name

    def _specifies_at(self, other: Figure, index: int, less: int) -> bool:
        """Whether another figure's clause has a name that holds the name of ``less``."""
        short = plain_words(self._all[less].names[0])
        long = plain_words(self._all[index].names[0])
        told = short != long and short in long and long in other.evidence.words
        return len(short) >= TELLING and told

    def _told_apart(self, index: int, best: int) -> bool:
        """Whether the clause has a word that only this name has, and none that only the other has."""
        only, lacked, others = self._own_words(index, best)
        return any(len(t) > 1 for t in only) and not lacked and others

    def _own_words(self, index: int, best: int) -> tuple[frozenset[str], frozenset[str], bool]:
        """Words of the clause that only the one name has, only the other; whether that has any."""
        here = tokens(self._figure.context.near)
        mine = frozenset().union(*self._all[index].names_tokens)
        other = frozenset().union(*self._all[best].names_tokens)
        return (mine - other) & here, (other - mine) & here, bool(other - mine)

    # -- rivals ------------------------------------------------------------------------------

    def _is_spoken_of(self, index: int) -> bool:
        """Whether the clause speaks of a referent, where none has the figure's value."""
        figure = self._figure
        spoken = figure.near(index) >= _SPOKEN and figure.whole(index) > 0
        return spoken and not self._excused(index, None)

    def _ousts(self, rival: int, best: int) -> bool:
        """Whether the clause speaks of the rival rather than of the best option."""
        if self._specifies(rival, best):
            return True
        literal = self._around.literal
        ahead = self._figure.near(rival) > self._figure.near(best) + 0.02
        if ahead and len(literal(rival)) >= TELLING and not literal(best):
            return not self.taken(rival, best)
        return (
            self._is_better(rival, best)
            and not self._is_kept(best, rival)
            and not self._excused(rival, best)
        )

    def _is_better(self, rival: int, best: int) -> bool:
        figure = self._figure
        near, floor = figure.near(rival), figure.near(best)
        wider = figure.whole(rival) - figure.whole(best)
        found, own = (figure.evidence.amount.get(i, 0.0) for i in (rival, best))
        if self._are_namesakes(rival, best) and wider > 0.05 and near >= _SPOKEN:
            return True
        if near > floor + _BETTER and near >= _SPOKEN and wider > 0 and found > own:
            return True
        if near >= floor - 0.08 and figure.whole(rival) > figure.whole(best) + _AROUND:
            return True
        return near > floor and self._told_apart(rival, best)

    def _are_namesakes(self, index: int, other: int | None) -> bool:
        """Whether two facts of different topics share a name, so that only the topic tells them apart."""
        if other is None or self._all[index].topic == self._all[other].topic:
            return False
        return self._all[index].names_tokens == self._all[other].names_tokens

    def _is_kept(self, best: int, rival: int) -> bool:
        """Whether the best option stands although the rival has more of its name in the clause."""
        floor = self._figure.near(best)
        if self._specifies(best, rival):
            return True
        short = max(map(len, self._all[rival].names)) <= 2
        if floor >= 0.2 and short and not self._is_adjacent(rival):
            return True
        if floor >= 0.5 and self._all[rival].source == "catalogue":
            return True
        if len(self._around.literal(rival)) < TELLING and self._is_off_topic(rival, best):
            return True
        return self._holds(best, rival)

    def _excused(self, index: int, best: int | None) -> bool:
        """Whether the clause denies the referent, or another figure stands for it."""
        here = self._figure.evidence.words
        denied = bool(denial(self._around.literal(index), here))
        return denied or self.taken(index, best) or self._is_unsaid(index)

    def _is_adjacent(self, index: int) -> bool:
        """Whether a name stands right before the figure: 审结54件."""
        before = plain_words(self._figure.context.before)
        return any(before.endswith(plain_words(name)) for name in self._all[index].names)

    def _is_off_topic(self, rival: int, best: int) -> bool:
        """Whether the sentence and what stands above it speak of the best's topic, not the rival's."""
        context = self._figure.context
        here = tokens("，".join((context.sentence, *context.above)))
        mine, other = tokens(self._all[best].topic), tokens(self._all[rival].topic)
        if mine == other:
            return False
        return _says_one(here, mine - other) and not _says_one(here, other - mine)

    def _is_unsaid(self, index: int) -> bool:
        """Whether the name denies something that the clause doesn't deny, or counts nothing."""
        referent, here = self._all[index], self._figure.evidence.words
        denied = re.match(r"[未不没无非]", referent.names[0])
        if denied and denied.group() not in here:
            return True
        return not referent.base and bool(re.search(r"无|未|零|没", here))

    def _holds(self, best: int, rival: int) -> bool:
        """Whether the clause has words that only the best's name has, so that it isn't ousted lightly."""
        figure = self._figure
        if figure.near(best) < 0.15 or figure.near(rival) - figure.near(best) > 0.4:
            return False
        only, _, _ = self._own_words(best, rival)
        return any(len(t) > 1 for t in only) and not self._told_apart(rival, best)


def _says_one(here: frozenset[str], words: frozenset[str]) -> bool:
    return any(len(t) > 1 for t in words & here)
