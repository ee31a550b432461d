"""A figure of a value that no referent has: counted by the text itself, or wrong, or open."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cached_property

from fzwriter.check.equality import LOOSE, fit_computed
from fzwriter.check.figures import TELLING, Surroundings, counts_loosely
from fzwriter.check.frame import Role
from fzwriter.check.genre import either
from fzwriter.check.operands import Operands
from fzwriter.check.proof import Proof
from fzwriter.check.ranking import Ranking
from fzwriter.check.roles import MOVING
from fzwriter.check.verdict import (
    Verdict,
    against,
    cited,
    off_by_scale,
    should,
    shown,
    wrong,
    wrong_scale,
    wrong_unit,
)

_ADD = "确有这个数的，请先补进数据文件"
# Words that may tell a rest, where one comes out: 未办结, 还差.
_REST_WEAK = re.compile(r"未|没|缺|差|挡|不")
_OWN_COUNTS = re.compile(either("own_counts"))
_EVERY = re.compile(r"每[^，。；]{0,14}$")
_LIST = re.compile(r"[、和及与]|以及")
_LISTED_UNITS = ("个", "项", "类", "种", "方面", "条", "道", "大", "者")
# Measure words that people use for one another although they count differently.
_LOOSELY = LOOSE | {"次", "场", "起", "宗"}
#: Roles of figures that repeat or restate nothing.
_WORKED: frozenset[Role] = frozenset(("average", "change", "rest", "total", "times"))


class Sourceless:
    """Judges one figure without a referent of its value: what is nearest to right."""

    def __init__(
        self, around: Surroundings, ranking: Ranking, operands: Operands, proof: Proof
    ) -> None:
        self._around, self._ranking, self._operands, self._proof = around, ranking, operands, proof
        self._figure, self._all = around.figure, around.all
        self._mention = around.figure.mention
        self._roles = frozenset(around.figure.frame.roles)

    def verdict(self) -> Verdict:
        """The verdict, by the first reading that holds."""
        return (
            self._counted_here()
            or self._told_again()
            or self._counted_loosely()
            or self._named()
            or self._compared()
            or self._rest_untold()
            or self._total_untold()
            or self._left_of_total()
            or self._other_measure()
            or self._stated_otherwise()
            or self._spoken_of()
            or self._untraced()
        )

    @cached_property
    def _rivals(self) -> list[int]:
        return self._ranking.rivals(None)

    # -- the text's own counts ---------------------------------------------------------------

    def _counted_here(self) -> Verdict | None:
        """The text counts what it lists itself: 以甲、乙、丙为三个重点."""
        mention = self._mention
        if mention.text.isdigit() or not isinstance(mention.value, Decimal) or mention.value > 9:
            return None
        if not mention.unit.startswith(_LISTED_UNITS):
            return None
        items = [item for item in _LIST.split(self._figure.context.before) if item.strip()]
        if len(items) < 2 or len(items) != mention.value:
            return None
        return Verdict(mention.judged("permitted", "文中自己列举的项数"))

    def _told_again(self) -> Verdict | None:
        """A figure just told, told again in round numbers or another scale: 1996起，近2000起."""
        if self._roles & (_WORKED | {"last"}):
            return None
        printed = self._figure.printed
        for operand in self._operands.all:
            if not operand.told or not operand.same_sentence or operand.ahead:
                continue
            if operand.measure == printed.measure and fit_computed(operand.value, printed) == "yes":
                why = f"即文中的{operand.label}"
                mention = self._mention.judged("derived", why, operand.ids, operand.label)
                return Verdict(mention)
        return None

    def _counted_loosely(self) -> Verdict | None:
        """三项举措 sums up what the text tells; 三条 of what isn't so told, and 每两个月, are open."""
        mention, context = self._mention, self._figure.context
        loosely = counts_loosely(mention)
        if loosely and _OWN_COUNTS.match(context.after[len(mention.unit) :]):
            return Verdict(mention.judged("permitted", "文中自己归纳的项数"))
        lead = context.sentence[: context.sentence.find(mention.text)] + context.before
        if loosely or _EVERY.search(lead):
            return self._proof.unsure("untraced", f"“{shown(mention)}”在数据文件中没有出处")
        return None

    # -- another value of what is spoken of --------------------------------------------------

    def _named(self) -> Verdict | None:
        """The clause names in full a referent of another value."""
        for index in self._rivals:
            literal = self._around.literal(index)
            if len(literal) >= TELLING or "率" in literal:
                worked = self._roles & {"average", "change", "times"}
                return None if worked and not MOVING.search(literal) else self._is_other(index)
        return None

    def _spoken_of(self) -> Verdict | None:
        """The clause speaks of a referent of another value."""
        if not self._rivals or self._roles - {"given", "last"}:
            return None
        best = self._rivals[0]
        spoken = self._around.literal(best) or self._figure.near(best) >= 0.75
        if spoken or off_by_scale(self._all[best], self._mention):
            return self._is_other(best)
        return None

    def _is_other(self, index: int) -> Verdict:
        """The thing spoken of has another value."""
        mention, best = self._mention, self._all[index]
        if times := off_by_scale(best, mention):
            return wrong_scale(mention, best, times)
        kind = "wrong_derived" if best.derived else "untraced"
        return wrong(mention, kind, against(mention, best), should(best))

    def _stated_otherwise(self) -> Verdict | None:
        """A statement says this very thing with another figure."""
        figure = self._figure
        stated = [
            i
            for i in figure.matching
            if self._all[i].source == "statement"
            and i not in figure.options
            and figure.near(i) >= 0.55
        ]
        if not stated:
            return None
        best = self._all[max(stated, key=figure.near)]
        return wrong(self._mention, "untraced", against(self._mention, best), should(best))

    def _other_measure(self) -> Verdict | None:
        """The referent the clause speaks of has this value, but another measure word."""
        figure, printed = self._figure, self._figure.printed
        told = [
            i for i in figure.evidence.near if not self._all[i].compared and figure.near(i) >= 0.5
        ]
        if not told:
            return None
        referent = self._all[max(told, key=figure.near)]
        if referent.high is not None or printed.high is not None or referent.base != printed.low:
            return None
        if {printed.measure, referent.measure} <= _LOOSELY:
            message = f"量词“{printed.measure}”与{cited(referent)}不同"
            return self._proof.unsure("wrong_unit", message)
        return wrong_unit(self._mention, referent)

    # -- what comes out, but isn't told ------------------------------------------------------

    def _compared(self) -> Verdict | None:
        """A share, a change or last year's value told without the words for it."""
        figure = self._figure
        spoken = [
            i
            for i in figure.options
            if self._all[i].compared and (figure.near(i) >= 0.3 or self._around.just_told(i))
        ]
        if not spoken:
            return None
        index = max(spoken, key=self._ranking.score)
        referent = self._all[index]
        told = f"“{shown(self._mention)}”是{cited(referent)}"
        match referent.source:
            case "share" if not referent.far:
                return self._proof.by_referent(index)
            case "share":
                message = f"{told}，文中没有说明是占哪一个总数"
                return self._proof.unsure("wrong_derived", message)
            case "previous":
                return self._undated(index, f"{told}，文中没有说明是往年的数")
            case _:
                return self._proof.unsure("wrong_derived", f"{told}，文中没有说明增减")

    def _undated(self, index: int, message: str) -> Verdict:
        """Last year's value told as this year's."""
        now = self._around.basis.referents.by_id.get(self._all[index].fact)
        advice = "请核对是哪一年的数"
        if now is not None and self._figure.near(index) >= 0.75:
            advice = should(self._all[now])
        return wrong(self._mention, "wrong_fact", message, advice)

    def _rest_untold(self) -> Verdict | None:
        """What is left of a total, told by 未 or 没 alone."""
        if "rest" in self._roles or not _REST_WEAK.search(self._figure.evidence.words):
            return None
        results = self._operands.results("rest")
        hit = next((r for r in results if r.fit == "yes" and r.sure), None)
        return None if hit is None else self._proof.by_result(hit)

    def _left_of_total(self) -> Verdict | None:
        """What is left of a total told or named when a part of it is, whatever the words: 手头压着3件."""
        results = self._operands.results("rest")
        hit = next((r for r in results if r.fit == "yes" and r.sure and r.at), None)
        if hit is None:
            return None
        message = f"“{shown(self._mention)}”等于{hit.formula}，文中没有说明是余下的"
        return self._proof.unsure("wrong_derived", message)

    def _total_untold(self) -> Verdict | None:
        """The sum of what was told, without a word for it."""
        if "total" in self._roles:
            return None
        results = self._operands.results("total")
        fits = [r for r in results if r.fit == "yes" and r.sure and len(r.ids) > 1]
        if fits and re.search("[、和及与加]", self._figure.context.before):
            return self._proof.by_result(fits[0])
        hit = next((r for r in fits if not r.at), None)
        if hit is None:
            return None
        message = f"“{shown(self._mention)}”等于{hit.formula}，文中没有说明是合计"
        return self._proof.unsure("wrong_derived", message)

    # -- nothing -----------------------------------------------------------------------------

    def _untraced(self) -> Verdict:
        """Nothing the text or the sheet names has this value."""
        message = f"“{shown(self._mention)}”在数据文件中没有出处"
        if "change" in self._roles and self._follows_an_error():
            return wrong(self._mention, "untraced", message, "前面的数对不上，请一并核对")
        if self._roles & _WORKED and not self._operands_named() or self._averages_another():
            return self._proof.unsure("untraced", f"{message}，也不能由文中的数算出")
        hint = f"请删去；{_ADD}"
        if self._rivals:
            hint = f"请核对：相近的是{cited(self._all[self._rivals[0]])}"
        return wrong(self._mention, "untraced", message, hint)

    def _follows_an_error(self) -> bool:
        """Whether a figure just before in the sentence is refuted."""
        return any(
            other.sentence == self._figure.sentence
            and other.verdict is not None
            and other.verdict.issue is not None
            and other.verdict.issue.severity == "error"
            for other in self._around.nearby(4, 0)
        )

    def _operands_named(self) -> bool:
        """Whether the text names operands for one of the computations that the words promise."""
        return any(self._operands.results(role) for role in self._roles & _WORKED)

    def _averages_another(self) -> bool:
        """Whether the average could be that of some fact the clause names in other words."""
        if "average" not in self._roles:
            return False
        return any(r.fit == "yes" for r in self._operands.results_of_facts("average"))
