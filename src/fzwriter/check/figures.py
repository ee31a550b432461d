"""The figures of a text: each with what its clause says, and among its neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from fzwriter.check.arithmetic import Result
from fzwriter.check.context import Context, Contexts
from fzwriter.check.equality import Fit, Printed, fit
from fzwriter.check.frame import Frame, read_frame
from fzwriter.check.genre import words
from fzwriter.check.index import Referents
from fzwriter.check.levels import Own
from fzwriter.check.meaning import Evidence
from fzwriter.check.planned import Plans
from fzwriter.check.referents import plain_words, split_unit
from fzwriter.check.verdict import Verdict
from fzwriter.facts import FactSheet
from fzwriter.report import Mention

#: Below this a name is too short for its standing in the clause to say which fact is meant.
TELLING = 4
_WINDOW = 10
_ABOUT = re.compile(r"(?:约(?:占|为|是|相当于|合)|差不多)[^，。；、]{0,60}$")
_OWN_MEASURES = frozenset(words("own_measures"))


@dataclass(frozen=True)
class Basis:
    """What the figures of one text are judged by.

    Attributes:
        referents: what they may stand for.
        contexts: of the text.
        own: the unit's own area and period.
        plans: what the text tells as plans.
        year: the reporting year.
        days: length of the reporting period.
    """

    referents: Referents
    contexts: Contexts
    own: Own
    plans: Plans
    year: int
    days: int

    @classmethod
    def of(cls, referents: Referents, contexts: Contexts, plans: Plans, sheet: FactSheet) -> Basis:
        """The basis of one text and sheet."""
        period = sheet.period
        days = (period.to - period.from_).days + 1
        return cls(referents, contexts, Own.of(sheet), plans, period.year, days)


@dataclass
class Figure:
    """One figure of the text: what is known of it, and what has been decided.

    Referents are meant by their place in ``Referents.all``.

    Attributes:
        mention: the figure.
        context: the words around it.
        frame: what its clause says of it.
        printed: its value as printed.
        evidence: how much the words speak of each referent.
        sentence: start of its sentence.
        line: number of its paragraph.
        matching: referents that its measure word may count.
        options: referents of its value, and how it stands to theirs.
        loose: the measure word of the options is another.
        chosen: the referent it was judged to stand for.
        rival: the referent of another value that its clause speaks of instead.
        result: what it was worked out as.
        verdict: on it; None until it is judged.
    """

    mention: Mention
    context: Context
    frame: Frame
    printed: Printed
    evidence: Evidence
    sentence: int
    line: int
    matching: Sequence[int]
    options: dict[int, Fit] = field(default_factory=dict)
    loose: bool = False
    chosen: int | None = None
    rival: int | None = None
    result: Result | None = None
    verdict: Verdict | None = None

    def near(self, index: int) -> float:
        """How much the figure's own clause speaks of a referent, 0 to 1."""
        return self.evidence.near.get(index, 0.0)

    def whole(self, index: int) -> float:
        """``near`` with what the clause inherits."""
        return self.evidence.whole.get(index, 0.0)

    @property
    def faulty(self) -> bool:
        """Whether it was judged and found wrong or doubtful."""
        return self.verdict is not None and self.verdict.issue is not None


def read_figures(mentions: Sequence[Mention], basis: Basis) -> list[Figure]:
    """The quantities among ``mentions``, read but not judged."""
    return [_read(mention, basis) for mention in mentions if mention.kind == "quantity"]


def _read(mention: Mention, basis: Basis) -> Figure:
    contexts, referents = basis.contexts, basis.referents
    context = contexts.around(mention)
    item = contexts.in_turn(mention)
    if item:
        context = context.about(item)
    printed = _printed(mention, context, contexts)
    figure = Figure(
        mention,
        context,
        read_frame(mention, context, contexts, basis.year),
        printed,
        referents.meaning.evidence(context),
        contexts.sentence_bounds(mention.start)[0],
        contexts.line(mention.start),
        tuple(sorted(referents.measures.matching(printed, context.after))),
    )
    figure.options = _fitting(figure.matching, printed, referents)
    if not figure.options and not counts_loosely(mention):
        figure.options = _fitting(referents.measures.loosely(printed), printed, referents)
        figure.loose = bool(figure.options)
    return figure


def _printed(mention: Mention, context: Context, contexts: Contexts) -> Printed:
    """The value as printed, with what a table's head or 约占 says of it."""
    printed = Printed.of(mention)
    cell = contexts.cell(mention.start)
    if cell is not None and cell.unit and not printed.measure:
        scale, measure = split_unit(cell.unit)
        high = None if printed.high is None else printed.high * scale
        printed = replace(printed, low=printed.low * scale, high=high, measure=measure)
    if not printed.approx and _ABOUT.search(context.before):
        printed = replace(printed, approx="约")
    return printed


def _fitting(indices: Iterable[int], printed: Printed, referents: Referents) -> dict[int, Fit]:
    found = {i: fit(referents.all[i], printed) for i in indices}
    return {i: how for i, how in found.items() if how != "no"}


def counts_loosely(mention: Mention) -> bool:
    """A small Chinese count of what the text itself is about: 三条线, 两道闸口, 三项指标."""
    return (
        not mention.text[:1].isdigit()
        and isinstance(mention.value, Decimal)
        and mention.value <= 9
        and not mention.approx
        and mention.unit in _OWN_MEASURES
    )


class Surroundings:
    """One figure among the others of its paragraph."""

    def __init__(self, basis: Basis, figures: Sequence[Figure], at: int) -> None:
        self.basis = basis
        self.figure = figures[at]
        self.all = basis.referents.all
        self._figures, self._at = figures, at

    def nearby(self, back: int = _WINDOW, ahead: int = 6) -> Iterator[Figure]:
        """Figures of the paragraph, nearest first, those before first."""
        own = self.figure
        for other in reversed(self._figures[max(0, self._at - back) : self._at]):
            if own.line - other.line <= 1:
                yield other
        for other in self._figures[self._at + 1 : self._at + 1 + ahead]:
            if other.line == own.line:
                yield other

    @cached_property
    def kin(self) -> tuple[frozenset[str], frozenset[str]]:
        """Ids of the facts told just before in the paragraph, and their topics."""
        chosen = [other.chosen for other in self.nearby(6, 0)]
        told = [self.all[index] for index in chosen if index is not None]
        return frozenset(r.fact or r.id for r in told), frozenset(r.topic for r in told)

    def just_told(self, index: int) -> bool:
        """Whether the fact behind a referent was told just before."""
        return self.all[index].fact in self.kin[0]

    def last_told(self) -> tuple[str, ...]:
        """Ids of what the figure told just before in the sentence stands for."""
        for other in self.nearby(2, 0):
            if other.sentence != self.figure.sentence:
                break
            if other.chosen is not None:
                told = self.all[other.chosen]
                return (told.fact or told.id,)
            if other.result is not None:
                return other.result.ids
        return ()

    def reaching(self, verdict: Verdict, word: str) -> Verdict:
        """The verdict with its issue reaching back to the last ``word`` of the clause."""
        start = self.basis.contexts.text.rfind(word, self.figure.sentence, verdict.mention.start)
        if verdict.issue is None or start < 0:
            return verdict
        return Verdict(verdict.mention, replace(verdict.issue, start=start))

    def literal(self, index: int) -> str:
        """The longest name of a referent that stands in the clause as it is; "" where none does."""
        here = self.figure.evidence.words
        names = (plain_words(name) for name in self.all[index].names)
        return max((n for n in names if n and n in here), key=len, default="")
