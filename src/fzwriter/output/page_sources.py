"""For the review page: what a number stands for, how it was worked out, where a fact is used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from fzwriter.facts import Derived, DerivedValue, Fact, FactSheet, Statement, evaluate_all
from fzwriter.facts.catalogue_data import split_scale
from fzwriter.facts.render import render_figure
from fzwriter.numbers.value import SCALES
from fzwriter.output.ledger import Entry

_WORD = re.compile(r"[^\W\d][\w-]*")
_LAST_YEAR = "上年值"  # how the checker's formulas call ``Fact.previous``


@dataclass(frozen=True)
class Origin:
    """What a number goes back to.

    Attributes:
        id: in the sheet.
        name: of the fact; the prose of a statement.
        figure: value with approximation and measure word, as the input gives it; "" for prose.
        place: where it stands in the input: ``数据!D7``, ``第 9 行``.
        anchor: id of its row in the page's table of facts, "" where it has none.
    """

    id: str
    name: str
    figure: str = ""
    place: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class Use:
    """A place of the report that draws on a fact: ``number`` is an entry's id."""

    number: str
    printed: str
    direct: bool


@dataclass
class FactRow:
    """A fact or derived figure, and where the report prints or reckons with it."""

    origin: Origin
    topic: str
    last_year: str = ""
    note: str = ""
    formula: str = ""
    part_of: Origin | None = None
    required: bool = True
    omitted: bool = False
    uses: list[Use] = field(default_factory=list)


class Sources:
    """Looks up what numbers trace to in one sheet."""

    def __init__(self, sheet: FactSheet) -> None:
        self._facts = sheet.by_id
        self._statements = {statement.id: statement for statement in sheet.statements}
        self._values: dict[str, DerivedValue] = {
            id_: value
            for id_, value in evaluate_all(sheet).items()
            if isinstance(value, DerivedValue)  # else its formula can't be worked out
        }
        given: tuple[Fact | Derived, ...] = (*sheet.facts, *sheet.derived)
        self._known = {one.id: one for one in given}
        self._anchors = {one.id: f"fact-{number}" for number, one in enumerate(given, 1)}

    def origins(self, entry: Entry) -> tuple[Origin, ...]:
        """What the entry traces to, then what its formula reckons with, each once."""
        found = [id_ for source in entry.sources for id_ in self._ids(source)]
        return tuple(self._origin(id_) for id_ in dict.fromkeys((*found, *self._terms(entry))))

    def direct(self, entry: Entry) -> frozenset[str]:
        """Ids of the facts whose own figure the entry prints: not one worked out of them."""
        if entry.status == "derived":
            return frozenset(source for source in entry.sources if source in self._values)
        return frozenset(entry.sources)

    def worked(self, entry: Entry, printed: str) -> str:
        """The entry's formula with the figures put in; "" where nothing was worked out."""
        formula = entry.formula
        if not formula or "=" in formula:  # a declared formula comes with its figures
            return formula
        fact = next((self._facts[s] for s in entry.sources if s in self._facts), None)
        if fact is not None and fact.previous is not None and _LAST_YEAR in formula:
            return _against_last_year(fact, fact.previous, formula, printed)
        text = _WORD.sub(lambda found: self._put_in(found[0]), formula)
        percent = " × 100%" if printed.endswith(("%", "％")) or "分之" in printed else ""
        return f"{text}{percent} = {printed}"

    def twins(self, entry: Entry) -> tuple[str, ...]:
        """Names of other figures of the sheet with the value and measure word the entry is traced to.

        There the value alone would not show which of them a sentence means.
        """
        if len(entry.sources) != 1 or entry.status not in ("traced", "derived"):
            return ()
        (own,) = entry.sources
        worth = self._worth.get(own)
        if worth is None or own not in self.direct(entry) or entry.formula.endswith(_LAST_YEAR):
            return ()
        return tuple(
            self._known[id_].name
            for id_, other in self._worth.items()
            if other == worth and id_ != own
        )

    @cached_property
    def _worth(self) -> dict[str, tuple[Decimal, str]]:
        """Value without its scale and measure word of each figure of the sheet."""
        figures = {one.id: (one.value, one.unit) for one in self._facts.values()}
        figures |= {id_: (one.rounded, one.unit) for id_, one in self._values.items()}
        worth = {}
        for id_, (value, unit) in figures.items():
            scale, measure = split_scale(unit)
            worth[id_] = (value * SCALES.get(scale, 1), measure)
        return worth

    def _put_in(self, word: str) -> str:
        if word not in self._known:
            return word
        origin = self._origin(word)
        return f"{origin.name}{origin.figure}"

    def _ids(self, source: str) -> Iterator[str]:
        """``f05.rate`` is about f05, ``f18+f17`` about both, ``s2.1`` about s2."""
        if source in self._known or source in self._statements:
            yield source
            return
        for part in source.split("+"):
            whole = part in self._known or part in self._statements
            yield part if whole else part.rpartition(".")[0] or part

    def _terms(self, entry: Entry) -> Iterator[str]:
        for source in entry.sources:
            yield from self._of_derived(source, set())
        if "=" not in entry.formula:
            yield from (word for word in _WORD.findall(entry.formula) if word in self._known)

    def _of_derived(self, id_: str, seen: set[str]) -> Iterator[str]:
        value = self._values.get(id_)
        if value is None or id_ in seen:
            return
        seen.add(id_)
        for term in value.ids:
            yield term
            yield from self._of_derived(term, seen)

    def _origin(self, id_: str) -> Origin:
        if id_ == "document":
            return Origin("", "报告的标题或提纲")
        if id_ in self._known:
            return self.of(self._known[id_])
        statement = self._statements.get(id_)
        return of_statement(statement) if statement else Origin(id_, "")

    def of(self, given: Fact | Derived) -> Origin:
        """A fact or derived figure as an origin."""
        if isinstance(given, Fact):
            figure = render_figure(given.value, given.unit, given.approx)
        else:
            value = self._values.get(given.id)
            figure = render_figure(value.rounded, value.unit) if value else "算不出"
        return Origin(given.id, given.name, figure, given.source, self._anchors[given.id])

    def rows(self, sheet: FactSheet, omitted: Iterable[str]) -> tuple[FactRow, ...]:
        """All facts, then the derived figures, not yet with their uses."""
        missing = frozenset(omitted)
        rows = []
        for fact in sheet.facts:
            row = FactRow(self.of(fact), fact.topic, note=fact.note, required=fact.required)
            if fact.previous is not None:
                row.last_year = render_figure(fact.previous, fact.unit)
            if fact.parts_of in self._facts:
                row.part_of = self.of(self._facts[fact.parts_of])
            row.omitted = fact.id in missing
            rows.append(row)
        for derived in sheet.derived:
            row = FactRow(self.of(derived), derived.topic, required=derived.required)
            value = self._values.get(derived.id)
            row.formula = value.explanation if value else derived.formula
            row.omitted = derived.id in missing
            rows.append(row)
        return tuple(rows)


def of_statement(statement: Statement) -> Origin:
    """A statement as an origin."""
    return Origin(statement.id, statement.text, "", statement.source)


def note_uses(
    rows: Sequence[FactRow], entries: Iterable[tuple[Entry, str]], sources: Sources
) -> None:
    """Write into each row where the report uses it; ``entries`` with the figures as printed."""
    by_id = {row.origin.id: row for row in rows}
    for entry, printed in entries:
        if entry.status == "doubtful":
            continue
        direct = sources.direct(entry)
        for origin in sources.origins(entry):
            if origin.id in by_id:
                use = Use(entry.id, printed, origin.id in direct)
                by_id[origin.id].uses.append(use)


def _against_last_year(fact: Fact, previous: Decimal, formula: str, printed: str) -> str:
    now = f"{fact.name}{render_figure(fact.value, fact.unit, fact.approx)}"
    before = f"上年{render_figure(previous, fact.unit)}"
    if "−" not in formula:
        return f"{fact.name}{before}"
    greater, less = (now, before) if fact.value >= previous else (before, now)
    if "÷" in formula:
        return f"（{greater} − {less}）÷ {before} × 100% = {printed}"
    return f"{greater} − {less} = {printed}"
