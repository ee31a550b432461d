"""A figure judged as given: it stands for itself, not for what is worked out or compared."""

from __future__ import annotations

from collections.abc import Sequence

from fzwriter.check.figures import TELLING, Surroundings
from fzwriter.check.genre import contrast
from fzwriter.check.meaning import denial
from fzwriter.check.proof import Proof
from fzwriter.check.ranking import Ranking
from fzwriter.check.referents import Referent, grams
from fzwriter.check.verdict import CONFIRM, Verdict, cited, doubt, given, should, shown, wrong

_SPOKEN = 0.65
# How many of the options may be passed over for one that the clause doesn't exclude.
_TRIED = 4


class Given:
    """Judges one figure as given."""

    def __init__(self, around: Surroundings, ranking: Ranking, proof: Proof) -> None:
        self._around, self._ranking, self._proof = around, ranking, proof
        self._figure, self._all = around.figure, around.all

    def verdict(self) -> Verdict | None:
        """The verdict; None where no referent has the figure's value."""
        figure = self._figure
        options = self._options()
        if not options:
            return None
        best = next((i for i in options[:_TRIED] if self._agrees(i)), options[0])
        if figure.loose and figure.near(best) < 0.3 and figure.printed.measure:
            return None
        listed = figure.context.listed()
        said = [i for i in options[1:] if _is_among(self._all[i], listed)]
        return (
            self._denied((best, *said))
            or self._exchanged(best, listed)
            or self._proof.by_referent(best, said)
        )

    def _options(self) -> list[int]:
        """Options that stand for themselves; statements only where the clause speaks of them."""
        options = self._ranking.options("fact", "derived", "catalogue", "statement")
        spoken = [
            i for i in options if self._all[i].source != "statement" or self._figure.near(i) >= 0.25
        ]
        return spoken or options

    def _agrees(self, index: int) -> bool:
        """Whether the clause says nothing that the referent's name excludes."""
        referent = self._all[index]
        return contrast((*referent.names, referent.topic), self._figure.context.near) is None

    def _denied(self, indices: Sequence[int]) -> Verdict | None:
        """An error where the clause has a referent's name only behind 未 or 不."""
        figure = self._figure
        for index in indices:
            name = self._around.literal(index)
            denied = denial(name, figure.evidence.words) if name else ""
            if denied:
                message = f"{given(self._all[index])}，文中写成“{denied}”，意思相反"
                advice = f"请改回“{name}”，或换成“{denied}”的数"
                return wrong(figure.mention, "wrong_fact", message, advice)
        return None

    def _exchanged(self, best: int, listed: tuple[str, ...]) -> Verdict | None:
        """Where the clause speaks of a referent of another value."""
        figure = self._figure
        among = [
            i
            for i in figure.matching
            if i not in figure.options
            and not self._all[i].compared
            and _is_among(self._all[i], listed)
        ]
        rivals = among or self._ranking.rivals(best)
        return self._exchanged_with(best, rivals[0], sure=bool(among)) if rivals else None

    def _exchanged_with(self, best: int, rival: int, *, sure: bool) -> Verdict | None:
        figure = self._figure
        mine, other = self._all[best], self._all[rival]
        literal, own = self._around.literal(rival), self._around.literal(best)
        if len(own) >= TELLING and not (literal and own in literal):
            return None
        message = (
            f"“{shown(figure.mention)}”是{cited(mine)}的数，"
            f"此处说的却是{cited(other)}，疑似张冠李戴"
        )
        advice = "请核对这个数说的是哪一项"
        named = len(literal) >= 2 and figure.near(rival) >= 0.7
        if sure or named or figure.near(rival) >= _SPOKEN:
            if literal and not own:
                advice = should(other)
            return wrong(figure.mention, "wrong_fact", message, advice)
        figure.rival = rival
        if self._is_far_ahead(rival, best):
            return wrong(figure.mention, "wrong_fact", message, advice)
        figure.chosen = best
        return doubt(figure.mention, "wrong_fact", message, CONFIRM)

    def _is_far_ahead(self, rival: int, best: int) -> bool:
        """Whether the clause hardly speaks of the best option, and clearly of the rival."""
        figure = self._figure
        apart = figure.near(rival) - figure.near(best)
        if figure.near(best) > 0.2 or apart < 0.2:
            return False
        wider = figure.whole(rival) - figure.whole(best)
        elsewhere = self._all[best].topic != self._all[rival].topic
        return apart >= 0.3 or wider >= 0.3 or elsewhere


def _is_among(referent: Referent, listed: tuple[str, ...]) -> bool:
    """Whether one of the things listed before a shared figure is the referent."""
    for item in listed:
        words = grams(item)
        for name in referent.names_grams:
            if words and name and len(words & name) * 10 >= 8 * min(len(name), len(words)):
                return True
    return False
