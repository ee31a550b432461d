"""What the clause of a word that counts speaks of: the facts it names, and those told before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from fzwriter.check.genre import either
from fzwriter.check.index import Referents
from fzwriter.check.meaning import Evidence
from fzwriter.check.referents import Referent
from fzwriter.check.verdict import CONFIRM, given
from fzwriter.report import Issue, Severity

# So much of a name the clause must have to speak of its fact; so much to speak of it for sure.
SPOKEN = 0.3
_SURELY = 0.5
_GOAL = re.compile(rf"{either('goal')}|实现.{{0,40}}目标|要(?!求)")


@dataclass(frozen=True)
class Spoken:
    """A word that counts, where it stands and what its clause speaks of.

    Attributes:
        match: the word in its clause.
        clause: the clause.
        start: where the word begins in the text.
        end: one past its end.
        evidence: how much the clause speaks of each referent.
        told: referents of the figures of the sentence so far, in order.
        referents: of the sheet.
        figures: where the figures of the text begin.
        heading: the headings above.
    """

    match: re.Match[str]
    clause: str
    start: int
    end: int
    evidence: Evidence
    told: Sequence[int]
    referents: Referents
    figures: Sequence[int]
    heading: str

    @property
    def word(self) -> str:
        """The word."""
        return self.match.group()

    @property
    def before(self) -> str:
        """The clause in front of the word."""
        return self.clause[: self.match.start()]

    @property
    def behind(self) -> str:
        """The clause behind the word."""
        return self.clause[self.match.end() :]

    @property
    def is_goal(self) -> bool:
        """Whether the clause tells an aim or a principle."""
        return bool(_GOAL.search(self.clause))

    @property
    def facts(self) -> dict[int, float]:
        """Facts that the clause has words of, and how much of their names."""
        every = self.referents.all
        return {i: near for i, near in self.evidence.near.items() if every[i].source == "fact"}

    @property
    def of_fact(self) -> bool:
        """Whether the clause speaks of a figure of the sheet."""
        return bool(self.told) or any(near >= _SURELY for near in self.facts.values())

    def ratio(self) -> tuple[Fraction, Referent] | None:
        """The share the clause speaks of: a rate of the sheet, or a part in its total."""
        best: tuple[float, Fraction, Referent] | None = None
        for index, near in self.evidence.near.items():
            found = self._ratio_of(index, near)
            if found is None or near < SPOKEN or (self.told and not self._is_akin(index)):
                continue
            score, ratio = found
            if best is None or score > best[0]:
                best = (score, ratio, self.referents.all[index])
        return None if best is None else (best[1], best[2])

    def _ratio_of(self, index: int, near: float) -> tuple[float, Fraction] | None:
        """A referent as a share, with how much the clause speaks of it."""
        referent = self.referents.all[index]
        if referent.source in ("fact", "derived", "catalogue") and referent.measure == "%":
            return near, referent.base
        at = self.referents.by_id.get(referent.parent_id)
        if referent.source != "fact" or at is None or not self.referents.all[at].base:
            return None
        told = any(self.referents.all[i].id == referent.parent_id for i in self.told)
        score = near + (0.3 if told else 0) + 0.3 * self.evidence.near.get(at, 0)
        return score, referent.base / self.referents.all[at].base

    def _is_akin(self, index: int) -> bool:
        """Whether a rate or part has to do with what the sentence has told."""
        referent = self.referents.all[index]
        told = [self.referents.all[i] for i in self.told]
        ids, topics = {r.id for r in told}, {r.topic for r in told}
        if referent.parent_id in ids or referent.id in ids:
            return True
        return not referent.topic or referent.topic in topics

    def moved(self) -> Referent | None:
        """The fact with last year's value that the clause speaks of, or told just before."""
        every = self.referents.all
        near = {i: v for i, v in self.evidence.near.items() if every[i].previous is not None}
        named = [i for i, v in near.items() if v >= SPOKEN]
        if named:
            return every[max(named, key=lambda i: near[i])]
        told = [i for i in self.told if every[i].previous is not None]
        return every[told[-1]] if told else None

    def counted(self, unit: str) -> Referent | None:
        """The fact of a measure word that the clause names."""
        every = self.referents.all
        found = [i for i, v in self.facts.items() if v >= _SURELY and every[i].measure == unit]
        return every[max(found, key=lambda i: self.facts[i])] if found else None

    # -- verdicts ----------------------------------------------------------------------------

    def issue(self, severity: Severity, message: str, advice: str) -> Issue:
        """An issue about the word."""
        return Issue(self.start, self.end, "unbacked_claim", severity, message, advice)

    def refuted(self, referent: Referent) -> Issue:
        """The word says what a fact denies."""
        message = f"此处写“{self.clause}”，{given(referent)}"
        return self.issue("error", message, "请以数据为准，删去或改正")

    def refuted_change(self, referent: Referent) -> Issue:
        """The word tells another change than a fact's."""
        message = f"此处写“{self.clause}”，实际是{referent.names[0]}{referent.moved}"
        return self.issue("error", message, "请以数据为准，删去或改正")

    def unproved(self, what: str = "说得绝对") -> Issue:
        """A doubt: the clause speaks of a fact, which doesn't settle it."""
        message = f"“{self.word}”{what}，数据文件不足以断定"
        return self.issue("doubt", message, CONFIRM)

    def unbacked(self, what: str = "说得绝对") -> Issue | None:
        """A reminder: no fact is spoken of. Aims need none."""
        if self.is_goal:
            return None
        message = f"“{self.word}”{what}，数据文件中没有依据"
        return self.issue("warning", message, "请核对；确实如此的，请先写进数据文件")

    def unproved_of_fact(self, what: str) -> Issue | None:
        """A doubt where the clause speaks of a fact, else nothing."""
        return self.unproved(what) if self.of_fact else None
