"""The operands that the text names around a figure: figures told, facts spoken of, their totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property

from fzwriter.check.arithmetic import Operand, Result
from fzwriter.check.figures import Figure, Surroundings
from fzwriter.check.formulas import work_out
from fzwriter.check.frame import Role
from fzwriter.check.referents import Referent, grams
from fzwriter.check.verdict import shown

# How much of a name the clause must have for its fact to count as named: this much, or nearly as much
# as the name it has most of.
_NAMED = 0.3
_HINTED = 0.12
_NEARLY = 0.8
_SPOKEN = 10


class Operands:
    """The operands of one figure, and what comes out of them."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._figure = around.figure
        self._all = around.all
        self._by_id = around.basis.referents.by_id

    def results(self, role: Role) -> list[Result]:
        """What the formulas of ``role`` give over the operands, the surest first."""
        return self._worked_out(role, self.all)

    def results_of_facts(self, role: Role) -> list[Result]:
        """What they give over all facts of the figure's measure, named or not."""
        facts = [i for i in self._figure.matching if self._all[i].source == "fact"]
        return self._worked_out(role, [self._of(i, told=False) for i in facts])

    def _worked_out(self, role: Role, operands: Sequence[Operand]) -> list[Result]:
        figure = self._figure
        return work_out(role, figure.printed, figure.frame, operands, self._around.basis.days)

    @cached_property
    def all(self) -> list[Operand]:
        """The figures told, nearest first, then the facts spoken of and the totals of both."""
        own = self._figure
        found: list[Operand] = []
        for other in self._around.nearby():
            ahead = other.mention.start > own.mention.start
            if (ahead and other.sentence != own.sentence) or other.printed.high is not None:
                continue
            if other.verdict is not None and other.verdict.mention.status == "permitted":
                continue
            found.append(self._told(other, ahead=ahead))
        known = {id_ for operand in found for id_ in operand.ids}
        for index in self._spoken_of(found):
            if self._all[index].id not in known:
                known.add(self._all[index].id)
                found.append(self._of(index, told=False))
        return found

    def _spoken_of(self, told: Sequence[Operand]) -> list[int]:
        """Facts that the words speak of, and the totals of these and of what was told."""
        own, by_id = self._figure, self._by_id
        spoken = sorted(own.evidence.whole, key=lambda i: -(own.near(i) + 0.4 * own.whole(i)))
        named = [i for i in spoken if self._all[i].source in ("fact", "derived")][:_SPOKEN]
        named += [by_id[operand.parent] for operand in told[:6] if operand.parent in by_id]
        parents = [self._all[i].parent_id for i in named[:4]]
        return named + [by_id[parent] for parent in parents if parent in by_id]

    @cached_property
    def _named(self) -> frozenset[int]:
        """Facts that the figure's own clause names, or names better than any other."""
        near = {
            i: v
            for i, v in self._figure.evidence.near.items()
            if v >= _HINTED and self._all[i].source in ("fact", "derived")
        }
        best = max(near.values(), default=0.0)
        return frozenset(i for i, v in near.items() if v >= _NAMED or v >= _NEARLY * best)

    def _of(self, index: int, *, told: bool) -> Operand:
        """A referent as operand."""
        referent = self._all[index]
        return Operand(
            referent.base,
            referent.measure,
            referent.told,
            (referent.fact or referent.id,),
            told=told,
            words=frozenset("".join(referent.names) + referent.topic),
            named=index in self._named,
            parent=referent.parent_id,
            previous=referent.previous,
            lower=bool(referent.approx),
            same_sentence=told,
        )

    def _told(self, other: Figure, *, ahead: bool) -> Operand:
        """Another figure of the text as operand."""
        same = other.sentence == self._figure.sentence
        if other.chosen is None:
            return self._told_unknown(other, same=same, ahead=ahead)
        referent = self._all[other.chosen]
        operand = self._of(other.chosen, told=True)
        return replace(
            operand,
            value=_exact(other, referent),
            same_sentence=same,
            words=operand.words | frozenset(other.evidence.words),
            ahead=ahead,
            lower=bool(other.printed.approx),
            previous=operand.previous if referent.source != "previous" else None,
            last=referent.source == "previous",
            at=other.mention.start,
        )

    def _told_unknown(self, other: Figure, *, same: bool, ahead: bool) -> Operand:
        """A figure that stands for no referent: worked out, or not understood."""
        result, printed = other.result, other.printed
        operand = Operand(
            printed.low,
            printed.measure,
            shown(other.mention),
            same_sentence=same,
            words=frozenset(other.evidence.words),
            named=same and bool(grams(other.context.before) & grams(self._figure.context.near)),
            ahead=ahead,
            lower=bool(printed.approx),
            at=other.mention.start,
        )
        if result is None:
            return operand
        return replace(
            operand,
            value=result.value,
            ids=result.ids if result.role in ("average", "change") else (),
            parent=result.ids[0] if result.role == "rest" and result.ids else "",
            lower=False,
            total=result.role == "total",
        )


def _exact(figure: Figure, referent: Referent) -> Fraction:
    """The value behind a figure: what it rounds, where the sheet has that exactly."""
    printed = figure.printed
    return printed.low if not printed.approx or referent.approx else referent.base
