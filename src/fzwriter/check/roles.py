"""A figure judged by the role its clause gives it: last year's, a change, an average, a share, a total.

A role is a reading: where it leads nowhere, the figure is judged by the next one, at last as given.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from fzwriter.check import slots
from fzwriter.check.arithmetic import Result
from fzwriter.check.figures import TELLING, Surroundings
from fzwriter.check.frame import Role
from fzwriter.check.genre import either
from fzwriter.check.operands import Operands
from fzwriter.check.proof import Proof
from fzwriter.check.ranking import Ranking
from fzwriter.check.referents import Referent, tokens
from fzwriter.check.shares import base_unknown
from fzwriter.check.verdict import Verdict, against, cited, should, shown, wrong

#: Words that tell a movement, in a clause or in a fact's name: 同比, 增长率.
MOVING = re.compile(rf"同比|环比|比?上年|{either('movement')}")
_SPOKEN = 0.45
_PERIODS = ("月", "季", "季度", "周", "日", "天")
_RECALCULATE = "请重新计算"
_GIVEN = ("fact", "derived", "catalogue", "statement")


class Roles:
    """Judges one figure by the roles of its frame."""

    def __init__(
        self, around: Surroundings, ranking: Ranking, operands: Operands, proof: Proof
    ) -> None:
        self._around, self._ranking, self._operands, self._proof = around, ranking, operands, proof
        self._figure, self._all = around.figure, around.all
        self._mention, self._frame = around.figure.mention, around.figure.frame
        self._by_id = around.basis.referents.by_id

    def verdict(self) -> Verdict | None:
        """The verdict by the first role that leads to one; None where none does."""
        for role in self._frame.roles:
            if role == "given":
                break
            verdict = self._by_role(role)
            if verdict is not None:
                return verdict
        return None

    def _by_role(self, role: Role) -> Verdict | None:
        if role == "last":
            return self._last_year()
        results = self._operands.results(role)
        if role == "change":
            return self._change(results)
        if role == "share" and (verdict := self._not_that_share(results)) is not None:
            return verdict
        return self._worked_out(role, results)

    def _best(self) -> int | None:
        """The option spoken of most among those that stand for themselves."""
        return next(iter(self._ranking.options(*_GIVEN)), None)

    def _mismatch(self, result: Result) -> Verdict:
        message = f"“{shown(self._mention)}”与{result.formula}不符"
        verdict = wrong(self._mention, "wrong_derived", message, _RECALCULATE)
        return self._around.reaching(verdict, "占") if self._frame.of else verdict

    # -- last year ---------------------------------------------------------------------------

    def _last_year(self) -> Verdict | None:
        figure, around = self._figure, self._around
        options = self._ranking.options("previous")
        old = next((i for i in options if figure.whole(i) > 0 or around.just_told(i)), None)
        if old is not None:
            return self._proof.by_referent(old)
        if self._frame.period != "last":
            return None
        for role in ("share", "total", "rest", "average", "times"):
            hit = _first_fit(self._operands.results(role))
            if hit is not None and role in self._frame.roles:
                return self._proof.by_result(hit)
        said = self._frame.said
        now = next(iter(self._ranking.options("fact", "derived")), None)
        if now is not None and self._is_named_by_year(now):
            return None
        wrong_year = self._told_this_year(now) if now is not None else self._other_last_year()
        if wrong_year is not None:
            return wrong_year
        message = f"“{shown(self._mention)}”说的是“{said}”，数据文件没有这个往年数"
        return self._proof.unsure("untraced", message)

    def _is_named_by_year(self, index: int) -> bool:
        """Whether a fact's own name has last year in it."""
        dated = f"{self._around.basis.year - 1}年"
        return any(dated in name or self._frame.said in name for name in self._all[index].names)

    def _told_this_year(self, now: int) -> Verdict | None:
        """This year's figure told as last year's."""
        figure, referent, said = self._figure, self._all[now], self._frame.said
        told = any(said in name for name in (*referent.names, referent.phrase))
        if told or figure.near(now) + figure.whole(now) <= 0.3:
            return None
        old = self._by_id.get(f"{referent.id}.previous")
        if old is None:
            return None
        message = f"此处说的是“{said}”，“{shown(self._mention)}”却是{cited(referent)}的本年数"
        return wrong(self._mention, "wrong_derived", message, should(self._all[old]))

    def _other_last_year(self) -> Verdict | None:
        """Another figure than the one the fact had last year."""
        figure, ranking = self._figure, self._ranking
        before = [i for i in figure.matching if self._all[i].source == "previous"]
        named = [i for i in before if figure.near(i) >= _SPOKEN and not ranking.taken(i)]
        if not named:
            last = self._around.last_told()
            named = [i for i in before if self._all[i].fact in last]
            if not named or ranking.taken(named[0]):
                return None
        old = self._all[max(named, key=figure.near)]
        return wrong(self._mention, "wrong_derived", against(self._mention, old), should(old))

    # -- average, share, total, rest, times --------------------------------------------------

    def _worked_out(self, role: Role, results: Sequence[Result]) -> Verdict | None:
        fits = [r for r in results if r.fit == "yes"]
        best = self._best()
        if self._named_otherwise(fits, best):
            return None
        if role == "average" and not self._is_average(best):
            return self._average(results)
        if role == "total" and (verdict := self._listed_total(results)) is not None:
            return verdict
        if best is not None and self._figure.near(best) > 0.15:
            return None
        if role == "share" and self._is_rate_of_another(best):
            return None
        if role == "share" and (verdict := self._share_of_unknown()) is not None:
            return verdict
        if fits:
            return self._proof.by_result(fits[0])
        if role in ("share", "times") and best is not None:
            return None
        return self._roughly(results)

    def _roughly(self, results: Sequence[Result]) -> Verdict | None:
        """A doubt where the figure is only about what comes out."""
        near = next((r for r in results if r.fit == "doubt"), None)
        if near is None:
            return None
        message = f"“{shown(self._mention)}”只是大致相当：{near.formula}"
        return self._proof.unsure("wrong_derived", message)

    def _not_that_share(self, results: Sequence[Result]) -> Verdict | None:
        """An error where the words leave one share only, and it is another."""
        definite = [r for r in results if r.definite]
        if len({r.value for r in definite}) != 1 or any(r.fit != "no" for r in definite):
            return None
        given = self._best() is not None and not self._frame.of
        if given or (not self._frame.of and self._is_rate_of_another(self._best())):
            return None
        return self._mismatch(definite[0])

    def _share_of_unknown(self) -> Verdict | None:
        """A doubt where the words behind 占 name no total that is known."""
        of = self._frame.of
        if not of or not base_unknown(self._frame, self._operands.all):
            return None
        message = f"“{shown(self._mention)}”占的是“{of}”，数据文件没有这个总数"
        return self._around.reaching(self._proof.unsure("wrong_derived", message), "占")

    def _is_rate_of_another(self, best: int | None) -> bool:
        """Whether the clause speaks of a rate of the sheet: 结案率 is no share to work out."""
        if "率" not in self._figure.evidence.words:
            return False
        return any(
            "率" in self._around.literal(i) or self._figure.near(i) >= _SPOKEN
            for i in self._ranking.rivals(best)
        )

    def _named_otherwise(self, fits: Sequence[Result], best: int | None) -> bool:
        """Whether the clause names in full a fact of another value that the sum isn't made of."""
        used = {id_ for result in fits for id_ in result.ids}
        return any(
            len(self._around.literal(i)) >= TELLING
            and (self._all[i].fact or self._all[i].id) not in used
            for i in self._ranking.rivals(best)
        )

    def _is_average(self, best: int | None) -> bool:
        """Whether an option is an average by its own name."""
        return best is not None and bool(re.search("均|每", "".join(self._all[best].names)))

    def _average(self, results: Sequence[Result]) -> Verdict | None:
        """The verdict on an average; None where nothing it could be of is named."""
        hit = _first_fit(results)
        if hit is not None:
            return self._proof.by_result(hit)
        near = self._roughly(results)
        if near is not None:
            return near
        sure = [r for r in results if r.sure]
        if self._frame.per in _PERIODS and len({r.formula for r in sure}) == 1:
            return self._mismatch(sure[0])
        if any(self._all[i].source == "fact" for i in self._figure.options):
            message = f"“{shown(self._mention)}”说的是平均数，不能由文中的数算出"
            return self._proof.unsure("wrong_derived", message)
        return None

    def _listed_total(self, results: Sequence[Result]) -> Verdict | None:
        """甲、乙共64场: the sum of what the clause itself lists by name."""
        before = self._figure.context.before
        if not re.search(r"[、和及与加]", before) or not re.search(
            r"共|合计|总计|累计", before[-4:]
        ):
            return None
        listed = [
            operand
            for operand in self._operands.all
            if not operand.told
            and operand.named
            and not operand.parent
            and operand.ids
            and self._is_literal(operand.ids[0])
        ]
        ids = {id_ for operand in listed for id_ in operand.ids}
        right = next((r for r in results if set(r.ids) == ids), None)
        if len(listed) < 2 or right is None:
            return None
        return self._proof.by_result(right) if right.fit == "yes" else self._mismatch(right)

    def _is_literal(self, id_: str) -> bool:
        """Whether a fact's name stands in the clause as it is."""
        return id_ in self._by_id and bool(self._around.literal(self._by_id[id_]))

    # -- change ------------------------------------------------------------------------------

    def _change(self, results: Sequence[Result]) -> Verdict | None:
        figure = self._figure
        fits = [r for r in results if r.fit == "yes"]
        best = self._best()
        if best is not None and not self._is_named_beyond_movement(best):
            best = None
        if best is not None and figure.near(best) >= 0.5:
            return None
        if self._named_otherwise(fits, best):
            return None
        if (verdict := self._given_change()) is not None:
            return verdict
        if fits:
            return self._worked_out_change(fits)
        if (
            best is not None
            and figure.near(best) > 0.2
            and len(self._around.literal(best)) >= TELLING
        ):
            return None
        moved = self._moved()
        if moved is None:
            return None
        return wrong(self._mention, "wrong_derived", against(self._mention, moved), should(moved))

    def _given_change(self) -> Verdict | None:
        """A change of this value that the sheet itself has, told in its direction or not."""
        way, last = self._frame.way, self._around.last_told()
        changes = [
            i
            for i in self._ranking.options("change")
            if self._figure.near(i) >= 0.3 or self._all[i].fact in last
        ]
        if not changes:
            return None
        right = [i for i in changes if not way or self._all[i].direction in (0, way)]
        if not right:
            return slots.turned(self._mention, self._all[changes[0]], self._frame)
        return self._proof.by_referent(right[0])

    def _worked_out_change(self, fits: Sequence[Result]) -> Verdict:
        """A change of this value between figures of the text, told in its direction or not."""
        right = next((r for r in fits if r.way in (0, self._frame.way)), None)
        if right is not None:
            return self._proof.by_result(right)
        said = self._frame.word
        message = f"“{shown(self._mention)}”：{fits[0].formula}，方向与“{said}”相反"
        return wrong(self._mention, "wrong_direction", message, "请改正增减的方向")

    def _is_named_beyond_movement(self, index: int) -> bool:
        """Whether the clause has a word of the name besides 增长率, 降幅 and the like."""
        names = tokens("，".join(MOVING.sub("，", name) for name in self._all[index].names))
        return bool(names & tokens(MOVING.sub("，", self._figure.context.near)))

    def _moved(self) -> Referent | None:
        """The change the clause can only mean: of the fact named in it, or told just before."""
        figure = self._figure
        changes = [i for i in figure.matching if self._all[i].source == "change"]
        wanted = [i for i in changes if figure.near(i) >= 0.6]
        if not wanted:
            last = self._around.last_told()
            wanted = [i for i in changes if self._all[i].fact in last]
        return self._all[max(wanted, key=figure.near)] if wanted else None


def _first_fit(results: Sequence[Result]) -> Result | None:
    return next((r for r in results if r.fit == "yes"), None)
