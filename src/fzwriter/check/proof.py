"""What a figure is proved by: a referent or a result, once no slot of the claim differs from it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from fzwriter.check import slots
from fzwriter.check.arithmetic import Result
from fzwriter.check.equality import fit
from fzwriter.check.figures import Surroundings
from fzwriter.check.referents import Referent
from fzwriter.check.verdict import (
    CONFIRM,
    Verdict,
    against,
    cited,
    doubt,
    should,
    shown,
    traced,
    wrong,
    wrong_approx,
)
from fzwriter.report import Status

_RATE = re.compile(r"[一-龥]{2}率")
# So much of a name the clause must have to carry a proof: of itself, or with what it inherits.
_NEAR = 0.12
_FOREIGN = 0.1
_WHOLE = 0.25
# So much where the measure word is another.
_LOOSELY = 0.45


class Proof:
    """Proves one figure, or says what its clause differs in."""

    def __init__(self, around: Surroundings) -> None:
        basis, figure = around.basis, around.figure
        self._around, self._figure, self._all = around, figure, around.all
        self._by_id = basis.referents.by_id
        self._claim = slots.Claim(
            figure.mention, figure.context, figure.frame, basis.contexts, basis.own, basis.plans
        )

    def by_referent(self, best: int, said: Sequence[int] = ()) -> Verdict:
        """The figure stands for a referent of its value, and for others it is said of besides."""
        figure, referent = self._figure, self._all[best]
        how = figure.options[best]
        if how == "approx":
            return wrong_approx(figure.mention, referent)
        figure.chosen = best
        differs = slots.compare(self._claim, referent)
        if differs is not None:
            return differs
        if referent.derived and (own := self._rounded_otherwise(referent.base)) is not None:
            return own
        if how == "doubt":
            message = f"“{shown(figure.mention)}”与{cited(referent)}只是大致相当"
            return self.unsure("wrong_approx", message)
        other = self._other_rate(referent)
        if other:
            message = f"“{shown(figure.mention)}”是{cited(referent)}，此处说的是“{other}”"
            return self.unsure("wrong_fact", message)
        weak = self._too_thin(best)
        if weak:
            return self.unsure("wrong_fact", weak)
        return self._traced(referent, said)

    def by_result(self, result: Result) -> Verdict:
        """The figure is worked out from operands that the text names."""
        figure = self._figure
        figure.result = result
        if not result.sure:
            message = f"“{shown(figure.mention)}”等于{result.formula}，但文中说的似乎不是这几项"
            verdict = self.unsure("wrong_derived", message)
            return self._around.reaching(verdict, "占") if figure.frame.of else verdict
        if (own := self._rounded_otherwise(result.value)) is not None:
            return own
        known = [self._by_id[id_] for id_ in result.ids if id_ in self._by_id]
        names = tuple(name for index in known for name in self._all[index].names)
        differs = slots.other_period(self._claim, names) or slots.other_level(self._claim, names)
        if differs is not None:
            return differs
        why = f"按文中的数计算：{result.formula}"
        return Verdict(figure.mention.judged("derived", why, result.ids, result.formula))

    def _rounded_otherwise(self, value: Fraction) -> Verdict | None:
        """An error where the sheet has a figure for the result itself, rounded to other digits."""
        figure = self._figure
        own = next(
            (
                own
                for own in self._all
                if own.source == "derived"
                and own.base == value
                and own.measure == figure.printed.measure
                and not figure.printed.approx
                and fit(own, figure.printed) == "no"
            ),
            None,
        )
        if own is None:
            return None
        return wrong(figure.mention, "wrong_derived", against(figure.mention, own), should(own))

    def unsure(self, kind: str, message: str) -> Verdict:
        """A doubt about the figure."""
        return doubt(self._figure.mention, kind, message, CONFIRM)

    def _traced(self, referent: Referent, said: Sequence[int]) -> Verdict:
        mention = self._figure.mention
        if referent.source == "statement":
            return traced(mention, [referent], "statement")
        status: Status = "traced" if referent.source in ("fact", "previous") else "derived"
        others = [self._all[i] for i in said if self._all[i].source != "statement"]
        return traced(mention, [referent, *others], status)

    def _other_rate(self, referent: Referent) -> str:
        """持证率 in the clause where the figure is that of 化解率; "" where none differs."""
        if referent.measure != "%" or referent.compared:
            return ""
        own = [rate for name in referent.names for rate in _RATE.findall(name)]
        said = _RATE.findall(self._figure.context.near)
        if not own or not said or set(own) & set(said):
            return ""
        return (
            "" if any(rate[:-1] in name for rate in said for name in referent.names) else said[-1]
        )

    def _too_thin(self, best: int) -> str:
        """Why the words don't carry the proof, "" where they do."""
        figure, referent = self._figure, self._all[best]
        measure = figure.printed.measure
        if figure.loose and figure.near(best) < _LOOSELY and measure:
            return f"量词“{measure}”与{cited(referent)}不同"
        foreign = (
            not referent.compared and figure.near(best) < _FOREIGN and not self._is_kin(referent)
        )
        if foreign and figure.evidence.words:
            return f"“{shown(figure.mention)}”与{cited(referent)}的数相同，但前后的字不是这一项"
        if figure.near(best) > _NEAR or figure.whole(best) > _WHOLE:
            return ""
        if referent.compared or self._is_kin(referent) or not figure.evidence.words:
            return ""
        return f"“{shown(figure.mention)}”与{cited(referent)}的数相同，但文中没有说明是哪一项"

    def _is_kin(self, referent: Referent) -> bool:
        """Whether the referent belongs to what was told just before."""
        ids, topics = self._around.kin
        return referent.parent_id in ids or (bool(referent.topic) and referent.topic in topics)
