"""The 校核稿: what the Word comments on a report's numbers and issues say.

A comment tells whoever files the report what a number stands for, where it was read and how it was
worked out; an issue is marked in colour too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from fzwriter.documents import clean_text
from fzwriter.facts import FactSheet
from fzwriter.output import oxml
from fzwriter.output.ledger import Entry, Ledger
from fzwriter.output.page_sources import Origin, Sources
from fzwriter.report import SEVERITIES, CheckReport, Issue, Report

AUTHOR = "fzwriter 校核"
"""Author of our comments; tells them from those of people."""
_COLORS = {"error": "yellow", "doubt": "green", "warning": "cyan"}
_INITIALS = {"error": "误", "doubt": "疑", "warning": "提", "": "核"}
ISSUE_INITIALS = frozenset(name for severity, name in _INITIALS.items() if severity)
"""Initials of comments that tell an issue."""
STATUS = {
    "traced": "可溯源",
    "derived": "推算得出",
    "statement": "出自单位材料",
    "period": "报告期",
    "permitted": "无需出处",
    "confirmed": "存疑已确认",
    "doubtful": "存疑待核",
    "untraced": "对不上",
    "": "未核",
}
"""What verdicts are called for people."""


@dataclass(frozen=True)
class Remark:
    """A comment on a stretch of one paragraph.

    Attributes:
        paragraph: index in ``Report.paragraphs()``.
        start: first code point in its text without line breaks.
        end: one past the last.
        lines: what it says, one paragraph each.
        severity: of the issue it tells, "" for a number's source.
    """

    paragraph: int
    start: int
    end: int
    lines: tuple[str, ...]
    severity: str = ""

    @property
    def highlight(self) -> str:
        """Colour of its stretch."""
        return _COLORS.get(self.severity, "")


def make_remarks(report: Report, sheet: FactSheet, ledger: Ledger) -> list[Remark]:
    """A remark on every number and every issue, in the order of the text.

    Raises:
        ValueError: the report has no verdict.
    """
    if report.check is None:
        raise ValueError("the report has not been checked")
    sources = Sources(sheet)
    remarks = [_on_number(entry, sources) for entry in ledger.entries]
    remarks += _on_issues(report, report.check)
    return sorted(remarks, key=lambda remark: (remark.paragraph, remark.start, remark.end))


def _on_number(entry: Entry, sources: Sources) -> Remark:
    lines = [f"{entry.id}　{entry.printed}：{STATUS.get(entry.status, entry.status)}"]
    lines += [line for origin in sources.origins(entry) if (line := _origin_line(origin))]
    worked = sources.worked(entry, entry.printed)
    if worked:
        lines.append(f"算式：{worked}")
    if entry.why and entry.status not in ("traced",):
        lines.append(f"说明：{entry.why}")
    return Remark(entry.paragraph, entry.start, entry.end, tuple(lines))


def _origin_line(origin: Origin) -> str:
    told = f"{origin.name}{origin.figure}".strip()
    place = f"（{origin.place}）" if origin.place else ""
    return f"来源：{origin.id} {told}{place}".replace("： ", "：") if told else ""


def _on_issues(report: Report, verdict: CheckReport) -> Iterator[Remark]:
    """An issue that spans paragraphs is marked in each; one without a place stands on the title."""
    at, placed = 0, set()
    for index, paragraph in enumerate(report.paragraphs()):
        length = len(paragraph.text.replace("\n", ""))
        for number, issue in enumerate(verdict.issues):
            start, end = max(issue.start, at), min(max(issue.end, issue.start + 1), at + length)
            if start < end:
                told = () if number in placed else _issue_lines(issue)
                placed.add(number)
                yield Remark(index, start - at, end - at, told or ("见上",), issue.severity)
        at += length + 1
    title = len(report.title.replace("\n", ""))
    for number, issue in enumerate(verdict.issues):
        if number not in placed:
            yield Remark(0, 0, title, _issue_lines(issue), issue.severity)


def _issue_lines(issue: Issue) -> tuple[str, ...]:
    first = f"{SEVERITIES[issue.severity]}：{issue.message}"
    return (first, f"建议：{issue.suggestion}") if issue.suggestion else (first,)


def comments_xml(remarks: Sequence[Remark]) -> str:
    """The whole of ``word/comments.xml``; a comment's id is its remark's place in the sequence.

    Without dates, so that the same report gives the same bytes.
    """
    author = quoteattr(AUTHOR)
    return oxml.wrap(
        "comments",
        "".join(
            f'<w:comment w:id="{number}" w:author={author}'
            f' w:initials="{_INITIALS[remark.severity]}">'
            + "".join(map(_comment_line, remark.lines))
            + "</w:comment>"
            for number, remark in enumerate(remarks)
        ),
    )


def _comment_line(line: str) -> str:
    text = escape(" ".join(clean_text(line).split("\n")))
    return (
        '<w:p><w:pPr><w:pStyle w:val="CommentText"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )
