"""What is scored and what a score is. Scorers are pure: the same subject gives the same score."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from fzwriter.check import check
from fzwriter.evaluation.benchmark import Table, run_benchmark
from fzwriter.evaluation.cases import Case
from fzwriter.facts import FactSheet
from fzwriter.report import CheckReport, Report
from fzwriter.writing import Plan, make_plan

_MUTANTS = 1  # of one kind and text: the texts are many
Unit = Literal["share", "count", "seconds", "characters", "per_mille", "points"]


@dataclass(frozen=True)
class Score:
    """What a scorer says of one text.

    Attributes:
        value: in the scorer's unit; ``None`` means unscored, which is not zero.
        why: one Chinese line: how the value came about, or why there is none.
        n: how many things were counted: numerals, facts, clauses…
        detail: counts by class, for tables.
    """

    value: float | None
    why: str = ""
    n: int = 0
    detail: Mapping[str, Any] = field(default_factory=dict)


def unscored(why: str) -> Score:
    """No score, and why."""
    return Score(None, why)


def share(part: int, whole: int, why: str, **detail: Any) -> Score:
    """``part`` of ``whole``; unscored where there is nothing to count."""
    if not whole:
        return unscored(f"{why}（没有可计的对象）")
    return Score(part / whole, why, whole, detail)


@dataclass(frozen=True)
class Effort:
    """What a text took.

    Attributes:
        seconds: wall time of writing it.
        model: whether a model wrote it.
        calls: questions asked.
        retries: those of them that asked to mend an answer.
        prompt_tokens: sent.
        completion_tokens: received.
        pieces: pieces the model was given.
        fallbacks: pieces whose model text was given up.
        replayed: calls answered from records, so that the time says nothing.
    """

    seconds: float = 0.0
    model: bool = False
    calls: int = 0
    retries: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    pieces: int = 0
    fallbacks: int = 0
    replayed: int = 0


@dataclass(frozen=True)
class Subject:
    """A text with all that scorers may ask of it.

    Attributes:
        text: one paragraph a line.
        sheet: its input.
        report: as written; ``None`` for a text handed in.
        case: the case it is of.
        seeds: texts of the seed library, by name.
        shown: names of the seeds the writer used.
        source: the report it was rewritten from.
        reference: a text of the same report by people.
        effort: what it took.
        notices: reminders on the input.
        exit: how the run ended.
    """

    text: str
    sheet: FactSheet
    report: Report | None = None
    case: Case | None = None
    seeds: Mapping[str, str] = field(default_factory=dict)
    shown: tuple[str, ...] = ()
    source: str = ""
    reference: str = ""
    effort: Effort | None = None
    notices: tuple[str, ...] = ()
    exit: int = 0

    @property
    def sources(self) -> tuple[str, ...]:
        """Texts whose figures and names must not stand in the text."""
        used = tuple(text for name, text in self.seeds.items() if name in self.shown)
        return (*used, *((self.source,) if self.source else ()))

    @cached_property
    def verdict(self) -> CheckReport:
        """The checker's verdict, leaks included."""
        return check(self.text, self.sheet, self.sources)

    @cached_property
    def planted(self) -> Table:
        """What the checker makes of a few errors and rewordings put into the text."""
        seed = len(self.text)
        return run_benchmark("", self.text, self.sheet, seed=seed, limit=_MUTANTS)

    @cached_property
    def plan(self) -> Plan:
        """What the input asks for."""
        return make_plan(self.sheet)

    @cached_property
    def paragraphs(self) -> tuple[str, ...]:
        """Its paragraphs, blank lines left out."""
        return tuple(line.strip() for line in self.text.split("\n") if line.strip())


@dataclass(frozen=True)
class Scorer:
    """A scorer.

    Attributes:
        name: in records and on the command line.
        label: in tables.
        better: +1 where more is better, -1 where less is.
        unit: of the value.
        measure: subject → score.
        text: whether it judges the text (unscored for texts handed in to be checked).
        about: one Chinese line on what it measures.
    """

    name: str
    label: str
    better: Literal[1, -1]
    unit: Unit
    measure: Callable[[Subject], Score]
    about: str
    text: bool = True
