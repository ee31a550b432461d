"""For the review page: where the paragraphs of a report lie, and their numbers and issues in them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from fzwriter.output.ledger import Entry
from fzwriter.output.page_model import STATUSES, Line, Remark, twin_line
from fzwriter.output.page_text import Flag, Mark, marked
from fzwriter.output.title import title_lines
from fzwriter.report import CheckReport, Issue, Mention, Report

Ordered = Sequence[tuple[int, str, Issue]]
"""Issues with number and badge, in the order of the list."""


class Paragraphs:
    """Texts of the paragraphs and where each begins in the report's text."""

    def __init__(self, report: Report) -> None:
        self.texts = [p.text.replace("\n", "") for p in report.paragraphs()]
        self.starts: list[int] = []
        at = 0
        for text in self.texts:
            self.starts.append(at)
            at += len(text) + 1
        self.end = max(at - 1, 0)

    def of(self, offset: int) -> int:
        """Index of the paragraph that holds an offset of the text; its end counts as in it."""
        return max(bisect_right(self.starts, offset) - 1, 0)


class Overlaps:
    """Which remarks touch a stretch of the text."""

    def __init__(self, ordered: Ordered, remarks: Sequence[Remark]) -> None:
        self._spans = sorted(
            ((i.start, i.end, r) for (_, _, i), r in zip(ordered, remarks, strict=True)),
            key=lambda span: span[:2],
        )
        self._longest = max((end - start for start, end, _ in self._spans), default=0)

    def of(self, start: int, end: int) -> tuple[Remark, ...]:
        """The remarks that share a character with the stretch, in the order of the list."""
        found = []
        at = bisect_left(self._spans, start - self._longest, key=lambda span: span[0])
        for first, last, remark in self._spans[at:]:
            if first >= end:
                break
            if last > start:
                found.append(remark)
        return tuple(sorted(found, key=lambda remark: remark.number))


def make_lines(
    report: Report,
    check: CheckReport,
    entries: Sequence[Entry],
    ordered: Ordered,
    paragraphs: Paragraphs,
    twins: Mapping[str, tuple[str, ...]],
) -> tuple[Line, ...]:
    """The report's paragraphs with their numbers and issues marked.

    Args:
        report: the report.
        check: its verdict.
        entries: its ledger; a number without an entry is marked as no data.
        ordered: the issues to mark.
        paragraphs: of this report.
        twins: by ledger id, other figures of the sheet that share the number's value.
    """
    marks = _marks(check, entries, paragraphs, twins)
    flags = _flags(ordered, paragraphs)
    lines = []
    for index, paragraph in enumerate(report.paragraphs()):
        text = paragraphs.texts[index]
        html = marked(
            text,
            marks.get(index, ()),
            flags.get(index, ()),
            _breaks(report.title, text) if paragraph.style == "title" else (),
            paragraph.lead,
            f"heading{paragraph.lead_level}",
        )
        lines.append(Line(index + 1, paragraph.style, html))
    return tuple(lines)


def _marks(
    check: CheckReport,
    entries: Sequence[Entry],
    paragraphs: Paragraphs,
    twins: Mapping[str, tuple[str, ...]],
) -> dict[int, list[Mark]]:
    ids = {paragraphs.starts[e.paragraph] + e.start: e.id for e in entries}
    marks: dict[int, list[Mark]] = {}
    for mention in check.mentions:
        index = paragraphs.of(mention.start)
        offset = paragraphs.starts[index]
        status = mention.status or "permitted"
        number = ids.get(mention.start, "")
        same = twins.get(number, ())
        marks.setdefault(index, []).append(
            Mark(
                mention.start - offset,
                mention.end - offset,
                status,
                _tip(mention, status) + (f"；{twin_line(same)}" if same else ""),
                number,
                bool(same),
            )
        )
    return marks


def _tip(mention: Mention, status: str) -> str:
    name = STATUSES[status][0]
    return f"{name}：{mention.why}" if mention.why else name


def _flags(ordered: Ordered, paragraphs: Paragraphs) -> dict[int, list[Flag]]:
    flags: dict[int, list[Flag]] = {}
    for number, badge, issue in ordered:
        if issue.start >= paragraphs.end and issue.start > 0:
            continue
        first = paragraphs.of(issue.start)
        last = max(first, paragraphs.of(max(issue.start, issue.end - 1)))
        for index in range(first, last + 1):
            offset, length = paragraphs.starts[index], len(paragraphs.texts[index])
            start = min(max(issue.start - offset, 0), length)
            end = min(max(issue.end - offset, start), length)
            flag = Flag(start, end, number, issue.severity, badge, index == first, index == last)
            flags.setdefault(index, []).append(flag)
    return flags


def _breaks(title: str, text: str) -> list[int]:
    """Where the title breaks, as offsets into it."""
    breaks, at = [], 0
    for line in title_lines(title)[:-1]:
        found = text.find(line, at)
        if found < 0:
            break
        at = found + len(line)
        breaks.append(at)
    return breaks
