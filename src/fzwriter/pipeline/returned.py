"""What became of each number of a report after people had it in their hands.

``compare`` sets the numbers of an edited text beside the ledger it went out with: which stand as
they were, which were moved, deleted, changed, typed anew or added. The verdict on each is the
check's alone; the ledger may have been tampered with and proves nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Literal

from fzwriter.documents import Document
from fzwriter.facts.catalogue_data import split_scale
from fzwriter.numbers import find_numbers
from fzwriter.output.ledger import Entry, Ledger
from fzwriter.pipeline.as_report import report_of
from fzwriter.pipeline.found_ledger import SIDECAR, find_ledger
from fzwriter.pipeline.matching import Matching, Number
from fzwriter.reading import ReportText
from fzwriter.report import CheckReport, Mention, Status

Outcome = Literal["unchanged", "moved", "deleted", "changed", "retyped", "new"]
_KINDS = ("quantity", "date", "placeholder")  # what a ledger holds
_STRANGE = 0.25  # a ledger beside the file of whose numbers fewer are found is another report's
_AROUND = 40  # characters kept on each side before figures in them are masked


@dataclass(frozen=True)
class Change:
    """One number of the ledger or of the text, and what became of it.

    Attributes:
        outcome: ``retyped`` is a number written anew or in another way, whose value is the same.
        id: of the ledger entry; "" for a new number.
        old: as it was printed, with its measure word; "" for a new one.
        new: as it is printed; "" for a deleted one.
        paragraph: from 1, in the text as it is; for a deleted one where the number before it stands.
        start: first code point in the whole text; for a deleted one -1.
        end: one past the last.
        heading: nearest heading above, or "".
        sentence: that it stands in; for a deleted one what the ledger kept of it.
        status: the check's verdict on the number as it is; "" for a deleted one.
        why: one Chinese line on that.
        names: what the ledger entry's sources are called.
        cells: where those stand in the input.
        note: one Chinese line on what else happened to it, or "".
    """

    outcome: Outcome
    id: str
    old: str
    new: str
    paragraph: int
    start: int
    end: int
    heading: str
    sentence: str
    status: Status = ""
    why: str = ""
    names: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Comparison:
    """All numbers of ledger and text, in the order of the text.

    Attributes:
        changes: each with its outcome; a deleted one behind the number that stood before it.
        notices: how they were compared, one Chinese line each.
    """

    changes: tuple[Change, ...]
    notices: tuple[str, ...] = ()

    @property
    def edits(self) -> tuple[Change, ...]:
        """All that is not unchanged."""
        return tuple(change for change in self.changes if change.outcome != "unchanged")

    @property
    def counts(self) -> Counter[Outcome]:
        """How many there are of each outcome."""
        return Counter(change.outcome for change in self.changes)


def compare(document: Document, verdict: CheckReport) -> Comparison | None:
    """Compare an edited file with the ledger in it, or else in the sidecar beside it.

    Args:
        document: as read.
        verdict: of the check of ``document.printed``.

    Returns:
        What became of each number; ``None`` where there is no ledger and nothing to say of that.
    """
    found = find_ledger(document)
    if found.ledger is None:
        return Comparison((), found.notices) if found.notices else None
    work = _Compared(document, verdict, found.ledger)
    if found.beside and work.strangeness() > 1 - _STRANGE:
        name = document.path.with_suffix("").name + SIDECAR
        return Comparison((), (f"{name} 与这份报告对不上，没有比较",))
    notices = found.notices
    if document.path.suffix.lower() == ".docx" and not work.controls and found.ledger.entries:
        notices = (*notices, "数字的标记（内容控件）都不在了，是按台账和上下文比较的")
    return Comparison(tuple(work.changes()), notices)


class _Compared:
    """One comparison."""

    def __init__(self, document: Document, verdict: CheckReport, ledger: Ledger) -> None:
        self._lines = document.printed.split("\n")
        self._starts = [0, *accumulate(len(line) + 1 for line in self._lines)]
        self._entries = ledger.entries
        self._read = ReportText.of(document)
        ids = {entry.id for entry in ledger.entries}
        self.controls = [one for one in document.controls if one.tag in ids]
        self._numbers = sorted(self._find(verdict), key=lambda n: (n.paragraph, n.start, n.end))
        self._old = [_as_mention(entry) for entry in self._entries]
        self._matching = Matching(self._entries, self._numbers, self._same)
        self._pairs = self._matching.run()

    def strangeness(self) -> float:
        """The share of ledger entries that nothing in the text answers to."""
        return 1 - len(self._pairs) / max(1, len(self._entries))

    def changes(self) -> Iterator[Change]:
        """Every number, in the order of the text."""
        entry_of = {number: entry for entry, number in self._pairs.items()}
        moved = self._matching.moved()
        lost = self._lost_behind()
        swapped = self._swapped()
        for entry in lost.get(-1, ()):
            yield self._deleted(entry, None)
        for at, number in enumerate(self._numbers):
            if at in entry_of:
                entry = entry_of[at]
                yield self._kept(entry, number, entry in moved, swapped.get(entry, ""))
            elif number.mention is not None:
                yield self._new(at)
            for gone in lost.get(at, ()):
                yield self._deleted(gone, number)

    def _find(self, verdict: CheckReport) -> Iterator[Number]:
        """The numbers of the text, and controls of ours that hold none any more."""
        held: dict[int, list[tuple[int, int, str]]] = {}
        for one in self.controls:
            held.setdefault(one.paragraph, []).append((one.start, one.end, one.tag))
        answered: set[tuple[int, int, int]] = set()
        line = 0
        for mention in verdict.mentions:
            while self._starts[line + 1] <= mention.start:
                line += 1
            start, end = mention.start - self._starts[line], mention.end - self._starts[line]
            tags = {t for a, b, t in held.get(line, ()) if a < end and start < b}
            answered |= {(line, a, b) for a, b, _ in held.get(line, ()) if a < end and start < b}
            if tags or mention.kind in _KINDS:
                yield self._number(mention, line, start, end, tags)
        for one in self.controls:
            if one.text.strip() and (one.paragraph, one.start, one.end) not in answered:
                yield self._number(None, one.paragraph, one.start, one.end, {one.tag})

    def _number(
        self, mention: Mention | None, line: int, start: int, end: int, tags: set[str]
    ) -> Number:
        text = self._lines[line]
        return Number(
            mention,
            line,
            start,
            end,
            text[start:end],
            text[max(0, start - _AROUND) : start],
            text[end : end + _AROUND],
            frozenset(tags),
        )

    def _same(self, entry: int, number: int) -> bool:
        now = self._numbers[number].mention
        return now is not None and _equal(self._old[entry], now)

    def _lost_behind(self) -> Mapping[int, list[int]]:
        """Deleted entries by the number before them; -1 for those before all."""
        lost: dict[int, list[int]] = {}
        before = -1
        for entry in range(len(self._entries)):
            if entry in self._pairs:
                before = self._pairs[entry]
            else:
                lost.setdefault(before, []).append(entry)
        return lost

    def _swapped(self) -> Mapping[int, str]:
        """Neighbouring figures of which each now has the other's value."""
        changed = [e for e, n in sorted(self._pairs.items()) if not self._same(e, n)]
        notes: dict[int, str] = {}
        for one, other in zip(changed, changed[1:], strict=False):
            if self._same(one, self._pairs[other]) and self._same(other, self._pairs[one]):
                notes[one] = f"与“{self._printed(other)}”对调"
                notes[other] = f"与“{self._printed(one)}”对调"
        return notes

    def _kept(self, at: int, number: Number, moved: bool, note: str) -> Change:
        entry = self._entries[at]
        same = number.mention is not None and _equal(self._old[at], number.mention)
        literal = same and (entry.text, entry.unit) == (number.text, _unit(number))
        marked = entry.id in number.tags or not self.controls
        outcome: Outcome = "changed"
        if same and moved:
            outcome = "moved"
        elif same:
            outcome = "unchanged" if literal and marked else "retyped"
        elif number.mention is None:
            note = "改成了没有数字的话"
        change = self._placed(outcome, number)
        if outcome == "unchanged" or (outcome == "moved" and literal):
            note = ""
        elif outcome in ("retyped", "moved") and not literal:
            note = "换了写法，数值没变"
        return replace(
            change, id=entry.id, old=self._printed(at), names=entry.names, cells=entry.cells, note=note
        )  # fmt: skip

    def _new(self, at: int) -> Change:
        number = self._numbers[at]
        copied = any(
            entry.id in number.tags and self._same(index, at)
            for index, entry in enumerate(self._entries)
        )
        note = "随段落复制而来" if copied else ""
        return replace(self._placed("new", number), note=note)

    def _placed(self, outcome: Outcome, number: Number) -> Change:
        mention = number.mention
        offset = self._starts[number.paragraph]
        return Change(
            outcome,
            "",
            "",
            f"{number.text}{_tail(number.text, _unit(number))}",
            number.paragraph + 1,
            offset + number.start,
            offset + number.end,
            self._heading(number.paragraph),
            self._sentence(number.paragraph, number.start),
            mention.status if mention else "",
            mention.why if mention else "",
        )

    def _deleted(self, at: int, before: Number | None) -> Change:
        entry = self._entries[at]
        line = before.paragraph if before else 0
        sentence = f"{entry.before}{entry.text}{entry.after}"
        return Change(
            "deleted",
            entry.id,
            self._printed(at),
            "",
            line + 1,
            -1,
            -1,
            self._heading(line),
            sentence,
            names=entry.names,
            cells=entry.cells,
        )

    def _printed(self, at: int) -> str:
        entry = self._entries[at]
        return f"{entry.text}{_tail(entry.text, entry.unit)}"

    def _heading(self, line: int) -> str:
        above = [h for h in self._read.outline if h.paragraph <= line]
        return self._lines[above[-1].paragraph].partition("。")[0] if above else ""

    def _sentence(self, line: int, start: int) -> str:
        first, last = self._read.at(self._starts[line] + start).sentence
        return self._read.text[first:last].strip()


def _unit(number: Number) -> str:
    return number.mention.unit if number.mention else ""


def _tail(text: str, unit: str) -> str:
    """The part of a measure word that the numeral itself doesn't print: 件, and 元 of 1.2万 元."""
    if text.endswith(unit) or unit in {"%", "％", "‰", "成", "折"}:
        return ""
    return unit.lstrip("十百千万亿") if re.search("[十百千万亿]", text) else unit


def _as_mention(entry: Entry) -> Mention:
    """The number as the scanner read it when the ledger was made."""
    around = entry.before + entry.text + entry.after
    start = len(entry.before)
    for text, at in ((around, start), (entry.text + entry.unit, 0)):
        for mention in find_numbers(text):
            if mention.start == at and mention.text == entry.text and mention.kind == entry.kind:
                return replace(mention, unit=entry.unit)
    return Mention(0, 0, entry.text, "other", unit=entry.unit)


def _equal(old: Mention, new: Mention) -> bool:
    """Whether both tell the same figure, however they are written."""
    if _plain(old.text) == _plain(new.text) and old.unit == new.unit:
        return old.approx == new.approx or old.base_value is None
    if old.base_value is None or old.kind != new.kind:
        return False
    return (
        old.base_value == new.base_value
        and split_scale(old.unit)[1] == split_scale(new.unit)[1]
        and bool(old.approx) == bool(new.approx)
    )


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


__all__ = ["SIDECAR", "Change", "Comparison", "Outcome", "compare", "report_of"]
