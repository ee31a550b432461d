"""What a person confirmed of a text's doubts, and what of that still holds.

A confirmation settles one claim: it is bound to the clause (the sentence, or the row with the head of
its table), to where the figure stands in it, and to what the sheet has for it by name and value. When
one of these changes it lapses. It settles doubts only: an error stays an error whatever was confirmed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import TypeVar

from fzwriter.check.prepared import prepare
from fzwriter.check.referents import Referent, bounds, split_unit
from fzwriter.facts import Derived, Fact, FactSheet
from fzwriter.report import CheckReport, Issue, Mention

_ENDS = re.compile(r"[。！？；!?;\n]")
_QUOTED = 40  # characters of a statement that messages quote


_Given = TypeVar("_Given", Fact, Derived)


@dataclass(frozen=True)
class Basis:
    """What the sheet has for a claim.

    Attributes:
        id: of the fact, derived figure, comparison (``f01.previous``) or statement.
        sort: ``fact``, ``derived``, ``previous``, ``statement``…
        name: what it is called; of a statement its text.
        value: the figure as it prints; "" for a statement's words.
        owner: id of the fact or statement itself.
    """

    id: str
    sort: str
    name: str
    value: str
    owner: str


@dataclass(frozen=True)
class Claim:
    """A doubt of a text, as a person confirms it.

    Attributes:
        issue: the doubt.
        mention: the figure in doubt; None where words are.
        clause: its sentence, normalised.
        at: where in the clause the figure or the words begin.
        words: those as printed.
        copy: which of the text's sentences of this wording it stands in, from 0, and how many there are.
        basis: what the sheet has for it.
    """

    issue: Issue
    mention: Mention | None
    clause: str
    at: int
    words: str
    copy: tuple[int, int]
    basis: tuple[Basis, ...]

    @property
    def code(self) -> str:
        """Names the claim on a command line: another clause or value has another code."""
        parts = [self.clause, str(self.at), self.words, str(self.copy)]
        parts += [f"{one.name}\0{one.value}" for one in self.basis]
        return "q" + sha256("\0".join(parts).encode()).hexdigest()[:6]


@dataclass(frozen=True)
class Confirmation:
    """One claim that a person has settled: ``by`` whom and ``on`` which day (2025-01-08 09:30)."""

    clause: str
    at: int
    words: str
    copy: tuple[int, int]
    basis: tuple[Basis, ...]
    by: str
    on: str


@dataclass(frozen=True)
class Alias:
    """Another name of one fact, chosen by a person for it alone; lapses when the fact is renamed."""

    id: str
    name: str
    alias: str
    by: str
    on: str


@dataclass(frozen=True)
class Confirmations:
    """All that was confirmed for one facts file."""

    confirmed: tuple[Confirmation, ...] = ()
    aliases: tuple[Alias, ...] = ()


NONE = Confirmations()


def claims(report: CheckReport, text: str, sheet: FactSheet) -> tuple[Claim, ...]:
    """The doubts of a verdict on ``text``, in its order, each with what binds its confirmation."""
    return _claims(report, text, _Known(sheet)) if report.doubts else ()


def _claims(report: CheckReport, text: str, known: _Known) -> tuple[Claim, ...]:
    clauses = _Clauses(text)
    found = []
    for issue in report.doubts:
        mention = _figure(issue, report.mentions)
        start, end = (mention.start, mention.end) if mention else (issue.start, issue.end)
        clause, at, copy = clauses.of(start)
        words = _plain(text[start:end]) + (mention.unit if mention else "")
        found.append(
            Claim(issue, mention, clause, at, words, copy, known.basis(issue.message, mention))
        )
    return tuple(found)


def confirmation(claim: Claim, by: str, on: str) -> Confirmation:
    """The claim settled by a person."""
    return Confirmation(claim.clause, claim.at, claim.words, claim.copy, claim.basis, by, on)


def settled(
    report: CheckReport, text: str, sheet: FactSheet, confirmations: Confirmations = NONE
) -> CheckReport:
    """The verdict with the doubts settled that were confirmed.

    Args:
        report: the verdict of ``check`` on ``text`` against ``sheet``.
        text: that was checked.
        sheet: that it was checked against.
        confirmations: what people confirmed.

    Returns:
        A confirmed figure has the status ``confirmed``, the ids of what it stands for and in ``why``
        who confirmed it and when; confirmed words are told by a warning. What is still in doubt has
        the code of its claim. Errors stay as they are.
    """
    if not report.doubts:
        return report
    mentions = {mention.start: mention for mention in report.mentions}
    issues: dict[int, Issue | None] = {}
    known = _Known(sheet)
    wrong = [(issue.start, issue.end) for issue in report.errors]
    for claim in _claims(report, text, known):
        key, figure = id(claim.issue), claim.mention
        held = next((c for c in confirmations.confirmed if known.holds(c, claim)), None)
        owners = tuple(dict.fromkeys(one.owner for one in claim.basis))
        if figure and any(a < figure.end and figure.start < b for a, b in wrong):
            held = None
        if held is None:
            issues[key] = replace(claim.issue, claim=claim.code)
            if figure and not figure.sources:
                mentions[figure.start] = replace(figure, sources=owners)
            continue
        why = f"已确认（{held.by}，{held.on}）：{claim.issue.message}"
        issues[key] = None
        if figure:
            mentions[figure.start] = figure.judged("confirmed", why, owners, figure.formula)
        else:
            issues[key] = replace(claim.issue, severity="warning", message=why, suggestion="")
    new = [issues.get(id(issue), issue) for issue in report.issues]
    told = replace(
        report,
        mentions=tuple(mentions[mention.start] for mention in report.mentions),
        issues=tuple(issue for issue in new if issue is not None),
    )
    return _printed(told)


def lapsed(
    report: CheckReport, text: str, sheet: FactSheet, confirmations: Confirmations
) -> tuple[str, ...]:
    """What was confirmed and holds no more, one Chinese line each.

    Args:
        report: the verdict of ``check``, before ``settled``.
        text: that was checked.
        sheet: that it was checked against.
        confirmations: what people confirmed.
    """
    known, clauses = _Known(sheet), _Clauses(text)
    now = _claims(report, text, known)
    lines = []
    for one in confirmations.confirmed:
        if any(known.holds(one, claim) for claim in now):
            continue
        why = known.changed(one.basis) or clauses.changed(one)
        if why:
            lines.append(
                f"{one.by}（{one.on}）对“{_short(one.clause)}”中“{one.words}”的确认不再有效：{why}"
            )
    for alias in confirmations.aliases:
        if known.named(alias.id, alias.name) is None:
            why = f"数据文件中没有“{alias.name}”了"
            lines.append(f"{alias.by}（{alias.on}）确认的别名“{alias.alias}”不再有效：{why}")
    return tuple(lines)


def with_aliases(sheet: FactSheet, confirmations: Confirmations) -> FactSheet:
    """The sheet with the aliases that people chose for its facts; the same sheet without any."""
    if not confirmations.aliases:
        return sheet
    known = _Known(sheet)
    more: dict[str, list[str]] = {}
    for alias in confirmations.aliases:
        owner = known.named(alias.id, alias.name)
        if owner is not None:
            more.setdefault(owner, []).append(alias.alias)

    def named(one: _Given) -> _Given:
        new = tuple(dict.fromkeys((*one.aliases, *more.get(one.id, ()))))
        return one if new == one.aliases else one.model_copy(update={"aliases": new})

    return sheet.model_copy(
        update={
            "facts": tuple(named(fact) for fact in sheet.facts),
            "derived": tuple(named(derived) for derived in sheet.derived),
        }
    )


class _Clauses:
    """The sentences of a text, and the rows of its tables under their heads."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._counts: dict[str, list[int]] = {}
        self._heads: dict[int, str] = {}
        at, head = 0, ""
        for line in text.split("\n"):
            row = "\t" in line or line.count("|") >= 2
            head = (head or line) if row else ""
            if row and head != line:
                self._heads[at] = head
            for start in self._starts(at, at + len(line)):
                self._counts.setdefault(self._clause(start)[0], []).append(start)
            at += len(line) + 1

    def of(self, position: int) -> tuple[str, int, tuple[int, int]]:
        """The clause of a place, how far into it that is, and which copy of how many."""
        start = self._begin(position)
        clause, shift = self._clause(start)
        copies = self._counts[clause]
        at = shift + len(_plain(self._text[start:position]))
        return clause, at, (copies.index(start), len(copies))

    def changed(self, one: Confirmation) -> str:
        """Why the clause confirmed is not the text's; "" where it is."""
        copies = len(self._counts.get(one.clause, ()))
        if not copies:
            return "文中没有这句话，或者改过了"
        return "" if copies == one.copy[1] else "同样的话在文中不再是原来那几处"

    def _starts(self, start: int, end: int) -> Iterable[int]:
        while start < end:
            yield start
            found = _ENDS.search(self._text, start, end)
            start = found.end() if found else end

    def _begin(self, position: int) -> int:
        line = self._text.rfind("\n", 0, position) + 1
        return max(
            (found.end() for found in _ENDS.finditer(self._text, line, position)), default=line
        )

    def _clause(self, start: int) -> tuple[str, int]:
        found = _ENDS.search(self._text, start)
        end = found.start() if found else len(self._text)
        line = self._text.rfind("\n", 0, start) + 1
        head = _plain(self._heads[line]) + "\n" if line in self._heads else ""
        return head + _plain(self._text[start:end]), len(head)


class _Known:
    """What a sheet has, by what it is called."""

    def __init__(self, sheet: FactSheet) -> None:
        self._referents: Sequence[Referent] = prepare(sheet).referents.all
        self._statements = sheet.statements
        self._all = [_of_referent(referent) for referent in self._referents]
        self._all += [Basis(s.id, "words", s.text, "", s.id) for s in sheet.statements]
        self._by_id = {(one.id, one.sort): one for one in self._all}
        self._names = Counter((one.name, one.sort) for one in self._all)

    def basis(self, message: str, mention: Mention | None) -> tuple[Basis, ...]:
        """What a doubt speaks of: cited in its message, else whatever has the figure's value."""
        named = [(r, told) for r, told in self._told if told in message]
        # Of names inside each other the longest is cited.
        cited = [r for r, told in named if not any(told != o and told in o for _, o in named)]
        if mention is not None and not cited and mention.base_value is not None:
            low, _ = bounds(mention)
            measure = split_unit(mention.unit)[1]
            cited = [r for r in self._referents if (r.base, r.measure) == (low, measure)]
        if cited:
            return tuple(dict.fromkeys(_of_referent(r) for r in cited))
        told = [s for s in self._statements if s.text[:_QUOTED] in message]
        return tuple(self._by_id[s.id, "words"] for s in told)

    @cached_property
    def _told(self) -> list[tuple[Referent, str]]:
        return [(referent, referent.told) for referent in self._referents]

    def holds(self, one: Confirmation, claim: Claim) -> bool:
        """Whether the confirmation settles the claim: clause, place, facts and values as they were."""
        return (
            (one.clause, one.at, one.words, one.copy)
            == (claim.clause, claim.at, claim.words, claim.copy)
            and len(one.basis) == len(claim.basis)
            and all(map(self._same, one.basis, claim.basis))
        )

    def _same(self, old: Basis, new: Basis) -> bool:
        """Rows move, and ids given by row with them; a name that only one fact has still names it."""
        return (old.sort, old.name, old.value) == (new.sort, new.name, new.value) and (
            old.id == new.id or self._names[new.name, new.sort] == 1
        )

    def changed(self, basis: Sequence[Basis]) -> str:
        """What the sheet no longer has as it was; "" where nothing changed."""
        for old in basis:
            new = self._find(old)
            if new is None:
                return f"数据文件中没有“{_short(old.name)}”了"
            if new.value != old.value:
                return f"数据文件中“{_short(old.name)}”原是{old.value}，现在是{new.value}"
        return ""

    def _find(self, old: Basis) -> Basis | None:
        new = self._by_id.get((old.id, old.sort))
        if new is not None and new.name == old.name:
            return new
        named = [o for o in self._all if (o.name, o.sort) == (old.name, old.sort)]
        return named[0] if len(named) == 1 else None

    def named(self, id_: str, name: str) -> str | None:
        """Id of the fact or derived figure of that id and name, or of that name alone."""
        for sort in ("fact", "derived"):
            found = self._find(Basis(id_, sort, name, "", id_))
            if found is not None:
                return found.id
        return None


def _of_referent(referent: Referent) -> Basis:
    # A statement's numeral is s2.1, what compares a fact has the fact's own id beside its own.
    statement = referent.source == "statement"
    owner = referent.id.rpartition(".")[0] if statement else referent.fact or referent.id
    return Basis(referent.id, referent.source, referent.names[0], referent.shown, owner)


def _figure(issue: Issue, mentions: Sequence[Mention]) -> Mention | None:
    """The figure that a doubt is about, if it is about one."""
    near = [
        m
        for m in mentions
        if m.status == "doubtful" and m.start < issue.end and issue.start < m.end
    ]
    return next((m for m in near if m.why == issue.message), None)


def _printed(report: CheckReport) -> CheckReport:
    """A fact that a confirmed figure stands for isn't left out."""
    stand = {
        id_
        for m in report.mentions
        if m.status == "confirmed" and len(m.sources) == 1
        for id_ in m.sources
    }
    told = [at for at, issue in enumerate(report.issues) if issue.kind == "omitted_fact"]
    # The check tells of each left out fact in their order.
    gone = {at for id_, at in zip(report.omitted, told, strict=True) if id_ in stand}
    return replace(
        report,
        issues=tuple(issue for at, issue in enumerate(report.issues) if at not in gone),
        omitted=tuple(id_ for id_ in report.omitted if id_ not in stand),
    )


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"
