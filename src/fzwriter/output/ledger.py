"""The number ledger: for each number of a report, where it stands and where it came from.

It travels with the file people edit (a customXml part of the .docx) and beside it (.json, .xlsx), so that
whoever files the report can answer for each figure, and an edited copy can be checked against it.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from fzwriter.facts import FactSheet
from fzwriter.report import Mention, Report

VERSION = 1
_KINDS = ("quantity", "date", "placeholder")
_ASCII_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*%?")
_AROUND = 12  # characters kept on each side, to find a number again after an edit


@dataclass(frozen=True)
class Entry:
    """One number of a report.

    Attributes:
        id: ``n001``… in the order of the text; tag and alias of its content control.
        paragraph: index of its paragraph in ``Report.paragraphs()``.
        start: first code point in that paragraph.
        end: one past the last.
        text: the numeral as printed, without its measure word.
        unit: measure word, or "".
        kind: kind of the mention.
        status: verdict of the check.
        sources: ids of facts, derived figures or statements.
        names: what those are called, as long as ``sources``.
        cells: where those stand in the input (数据!D7, 第12行), as long as ``sources``.
        formula: for derived figures.
        why: one Chinese line on the trace.
        before: text before it, for finding it again.
        after: text behind it.
    """

    id: str
    paragraph: int
    start: int
    end: int
    text: str
    unit: str = ""
    kind: str = "quantity"
    status: str = ""
    sources: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    formula: str = ""
    why: str = ""
    before: str = ""
    after: str = ""

    @property
    def printed(self) -> str:
        """The figure with its measure word as the report prints it."""
        for cut in range(len(self.unit)):  # 万 of 万元 belongs to the numeral
            if self.after.startswith(self.unit[cut:]):
                return self.text + self.unit[cut:]
        return self.text


@dataclass(frozen=True)
class Ledger:
    """All numbers of one report, in its order."""

    title: str
    entries: tuple[Entry, ...]

    def in_paragraph(self, index: int) -> tuple[Entry, ...]:
        """The entries of one paragraph, in order."""
        return tuple(entry for entry in self.entries if entry.paragraph == index)

    def to_json(self) -> str:
        """As JSON text; ``from_json`` reads it back."""
        body = {"version": VERSION, **asdict(self)}
        return json.dumps(body, ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str) -> Ledger:
        """The ledger that ``to_json`` wrote; keys of later versions are passed over.

        Raises:
            ValueError: the text is no ledger.
        """
        try:
            body = json.loads(text)
            entries = tuple(_entry(item) for item in body["entries"])
            return cls(str(body["title"]), entries)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"no ledger: {error}") from error


def held(text: str) -> tuple[int, int]:
    """Which part of a printed numeral its content control holds, as offsets into the numeral.

    LibreOffice doubles Chinese characters in a control (12.5万 comes back as 12.5万12.5万), so of a
    mixed numeral the control holds its first ASCII number: 1.2 of 1.2万余, 2024 of 2024年. A numeral
    without one (一百二十, １２) and one all in ASCII (97.2%, 1,085) are held whole.
    """
    found = None if text.isascii() else _ASCII_NUMBER.search(text)
    return found.span() if found else (0, len(text))


def make_ledger(report: Report, sheet: FactSheet) -> Ledger:
    """The ledger of a checked report.

    Raises:
        ValueError: the report has no verdict.
    """
    if report.check is None:
        raise ValueError("the report has not been checked")
    told = _told(sheet)
    entries: list[Entry] = []
    for index, start, text, mentions in _by_paragraph(report):
        for mention in mentions:
            entries.append(_of(mention, len(entries) + 1, index, start, text, told))
    return Ledger(report.title.replace("\n", ""), tuple(entries))


def _by_paragraph(report: Report) -> Iterator[tuple[int, int, str, list[Mention]]]:
    """Index, offset in the report's text, text and numbers of each paragraph."""
    assert report.check is not None
    found = (m for m in report.check.mentions if m.kind in _KINDS)
    mentions = sorted(found, key=lambda mention: mention.start)
    starts = [mention.start for mention in mentions]
    at = 0
    for index, paragraph in enumerate(report.paragraphs()):
        text = paragraph.text.replace("\n", "")
        end = at + len(text)
        yield index, at, text, mentions[bisect_left(starts, at) : bisect_left(starts, end)]
        at = end + 1


def _of(
    mention: Mention,
    number: int,
    paragraph: int,
    offset: int,
    text: str,
    told: Mapping[str, tuple[str, str]],
) -> Entry:
    start, end = mention.start - offset, mention.end - offset
    known = [told.get(s) or told.get(s.split(".")[0]) or ("", "") for s in mention.sources]
    return Entry(
        f"n{number:03d}",
        paragraph,
        start,
        end,
        mention.text,
        mention.unit,
        mention.kind,
        mention.status,
        mention.sources,
        tuple(name for name, _ in known),
        tuple(cell for _, cell in known),
        mention.formula,
        mention.why,
        text[max(0, start - _AROUND) : start],
        text[end : end + _AROUND],
    )


def _told(sheet: FactSheet) -> dict[str, tuple[str, str]]:
    """Name and place of whatever a number can trace to, by id."""
    known = {fact.id: (fact.name, fact.source) for fact in sheet.facts}
    known |= {d.id: (d.name, d.source) for d in sheet.derived}
    known |= {s.id: (s.text, s.source) for s in sheet.statements}
    return known


def _entry(item: Mapping[str, Any]) -> Entry:
    names = {field.name for field in fields(Entry)}
    kept: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in item.items()
        if key in names
    }
    return Entry(**kept)
