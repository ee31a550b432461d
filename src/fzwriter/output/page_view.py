"""For the review page: everything the template prints, worked out of a report and its sheet."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path, PurePath

from fzwriter.facts import FactSheet, Finding, Period, lint
from fzwriter.facts.lint_common import not_required
from fzwriter.output.ledger import Entry, make_ledger
from fzwriter.output.page_lines import Overlaps, Paragraphs, make_lines
from fzwriter.output.page_model import (
    STATUSES,
    Doubt,
    Number,
    Omission,
    Remark,
    Status,
    Verdict,
    View,
)
from fzwriter.output.page_sources import FactRow, Origin, Sources, note_uses
from fzwriter.report import SEVERITIES, CheckReport, Issue, Report

_OMITTED = "omitted_fact"
_AROUND = 14  # characters of context on each side in the tables
_LABELS = {"error": "错", "doubt": "疑", "warning": "提"}
_PLAIN_PATH = re.compile(r"[\w./\\:+-]+")


def make_view(report: Report, sheet: FactSheet, files: tuple[Path, Path] | None = None) -> View:
    """What the page of a checked report shows; with ``files`` how its doubts are confirmed.

    Raises:
        ValueError: the report has no verdict.
    """
    entries = make_ledger(report, sheet).entries
    check = report.check
    assert check is not None
    paragraphs = Paragraphs(report)
    sources = Sources(sheet)
    ordered = _ordered(check.issues)
    remarks = _stepped(
        [
            replace(
                _remark(issue, n, badge, paragraphs),
                command=_command(issue, files),
                origins=_offered(issue, check, entries, sources, paragraphs),
            )
            for n, badge, issue in ordered
        ]
    )
    printed = [entry.printed for entry in entries]
    rows = sources.rows(sheet, check.omitted)
    note_uses(rows, zip(entries, printed, strict=True), sources)
    doubts = _doubts(lint(sheet), rows)
    near = Overlaps(ordered, remarks)
    numbers = tuple(
        _number(entry, figure, paragraphs, sources, near)
        for entry, figure in zip(entries, printed, strict=True)
    )
    counts: Counter[str] = Counter(mention.status or "permitted" for mention in check.mentions)
    return View(
        title=report.title.replace("\n", ""),
        about=_about(sheet),
        verdict=_verdict(report, check, len(doubts)),
        statuses=tuple(Status(key, *STATUSES[key], counts[key]) for key in STATUSES),
        lines=make_lines(
            report, check, entries, ordered, paragraphs, {n.id: n.twins for n in numbers if n.twins}
        ),
        remarks=tuple(remarks),
        omissions=_omissions(check, rows, sheet),
        doubts=doubts,
        numbers=numbers,
        topics=_by_topic(rows),
        total=len(check.mentions),
    )


def _ordered(issues: Sequence[Issue]) -> list[tuple[int, str, Issue]]:
    """Issues of the text, the gravest first, with number and badge; omissions are told apart."""
    told = [issue for issue in issues if issue.kind != _OMITTED]
    told.sort(key=lambda issue: list(SEVERITIES).index(issue.severity))
    counts: Counter[str] = Counter()
    ordered = []
    for number, issue in enumerate(told, 1):
        counts[issue.severity] += 1
        ordered.append((number, f"{_LABELS[issue.severity]}{counts[issue.severity]}", issue))
    return ordered


def _remark(issue: Issue, number: int, badge: str, paragraphs: Paragraphs) -> Remark:
    if issue.start >= paragraphs.end:
        index, quote = -1, ("", "", "")
    else:
        index = paragraphs.of(issue.start)
        text, start = paragraphs.texts[index], issue.start - paragraphs.starts[index]
        quote = _quote(text, start, min(issue.end - paragraphs.starts[index], len(text)))
    return Remark(number, badge, issue.severity, index + 1, quote, issue.message, issue.suggestion)


def _command(issue: Issue, files: tuple[Path, Path] | None) -> str:
    """The command line that confirms this one doubt."""
    if issue.severity != "doubt" or not issue.claim or files is None:
        return ""
    report, facts = map(_quoted, files)
    return f"fzwriter confirm {report} --facts {facts} {issue.claim}"


def _quoted(path: Path) -> str:
    """A path as a shell takes it: bare, in double quotes (Windows knows no others), else POSIX's."""
    text = str(path)
    if _PLAIN_PATH.fullmatch(text):
        return text
    return shlex.quote(text) if re.search(r'["$`!]', text) else f'"{text}"'


def _offered(
    issue: Issue,
    check: CheckReport,
    entries: Sequence[Entry],
    sources: Sources,
    paragraphs: Paragraphs,
) -> tuple[Origin, ...]:
    """What the sheet has for the figure that a doubt is about."""
    if issue.severity != "doubt":
        return ()
    starts = {m.start for m in check.mentions if m.status == "doubtful" and m.why == issue.message}
    for entry in entries:
        start = paragraphs.starts[entry.paragraph] + entry.start
        if start in starts and start < issue.end and issue.start < start + len(entry.text):
            return sources.origins(entry)
    return ()


def _stepped(remarks: Sequence[Remark]) -> list[Remark]:
    """The remarks, each doubt with the one before and the one behind it in the text."""
    doubts = [remark.number for remark in remarks if remark.severity == "doubt"]
    before = dict(zip(doubts[1:], doubts, strict=False))
    after = dict(zip(doubts, doubts[1:], strict=False))
    return [
        replace(r, before=before.get(r.number, 0), after=after.get(r.number, 0)) for r in remarks
    ]


def _quote(text: str, start: int, end: int) -> tuple[str, str, str]:
    before = text[max(0, start - _AROUND) : start]
    after = text[end : end + _AROUND]
    return (
        "…" + before if start > _AROUND else before,
        text[start:end],
        after + "…" if end + _AROUND < len(text) else after,
    )


def _number(
    entry: Entry, printed: str, paragraphs: Paragraphs, sources: Sources, near: Overlaps
) -> Number:
    text = paragraphs.texts[entry.paragraph]
    end = entry.start + len(printed)
    before, _, after = _quote(text, entry.start, end)
    offset = paragraphs.starts[entry.paragraph]
    origins = sources.origins(entry)
    remarks = near.of(offset + entry.start, offset + entry.end)
    told = (bool(origins) and entry.status not in ("untraced", "confirmed")) or bool(remarks)
    return Number(
        entry.id,
        entry.status or "permitted",
        entry.paragraph + 1,
        before,
        printed,
        after,
        origins,
        sources.worked(entry, printed),
        "" if told or entry.why == STATUSES[entry.status or "permitted"][0] else entry.why,
        remarks,
        sources.twins(entry),
    )


def _omissions(
    check: CheckReport, rows: Sequence[FactRow], sheet: FactSheet
) -> tuple[Omission, ...]:
    missing = tuple(row for row in rows if row.omitted)
    if not missing:
        return ()
    graver = any(i.kind == _OMITTED and i.severity == "error" for i in check.issues)
    suggestion = f"请补上；{not_required(sheet)}"
    return (Omission("error" if graver else "warning", missing, suggestion),)


def _by_topic(rows: Sequence[FactRow]) -> tuple[tuple[str, tuple[FactRow, ...]], ...]:
    return tuple((topic, tuple(group)) for topic, group in groupby(rows, lambda row: row.topic))


def _about(sheet: FactSheet) -> tuple[tuple[str, str], ...]:
    about = [("单位", sheet.unit.name), ("报告期", _period(sheet.period))]
    if sheet.source:
        about.append(("数据文件", PurePath(sheet.source.replace("\\", "/")).name))
    return tuple(about)


def _period(period: Period) -> str:
    first, last = period.from_, period.to
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first.year}年" if first.year == last.year else f"{first.year}—{last.year}年"
    return f"{first.year}年{first.month}月{first.day}日—{last.year}年{last.month}月{last.day}日"


def _doubts(findings: Sequence[Finding], rows: Sequence[FactRow]) -> tuple[Doubt, ...]:
    by_id = {row.origin.id: row.origin for row in rows}
    ordered = sorted(findings, key=lambda finding: finding.severity != "error")
    return tuple(
        Doubt(f.severity, f.message, f.place, tuple(by_id[id_] for id_ in f.ids if id_ in by_id))
        for f in ordered
    )


def _verdict(report: Report, check: CheckReport, doubts: int) -> Verdict:
    errors, unsure = len(check.errors), len(check.doubts)
    warnings = len(check.issues) - errors - unsure
    reminders = sum(i.severity == "warning" and i.kind != _OMITTED for i in check.issues)
    counted = (
        (len(check.omitted), "数据文件中有 {} 项没有写进报告"),
        (doubts, "数据文件自身有 {} 处疑点"),
        (len(report.pending), "有 {} 项材料待补"),
        (unsure if errors else 0, "另有 {} 处存疑"),
        (reminders if errors or unsure else 0, "另有 {} 条提醒"),
    )
    details = (_of_figures(check), *(words.format(n) for n, words in counted if n))
    if errors:
        return Verdict("error", f"有 {errors} 处错误，改正之前不得报送", details)
    if unsure:
        return Verdict("doubt", f"没有发现错误，但有 {unsure} 处存疑，核实之前不得报送", details)
    left = (
        (warnings, f"有 {warnings} 条提醒请逐条看过"),
        (doubts, "数据文件有疑点请核实"),
        (len(report.pending), "有材料待补"),
    )
    for count, words in left:
        if count:
            return Verdict("warning", f"没有发现错误，{words}", details)
    return Verdict("good", "没有发现错误", details)


def _of_figures(check: CheckReport) -> str:
    figures = len(check.quantities)
    statuses = Counter(m.status for m in check.quantities)
    if not figures:
        return "报告里没有数据"
    counted = (
        (statuses["untraced"], "对不上"),
        (statuses["doubtful"], "存疑待核"),
        (statuses["confirmed"], "存疑已确认"),
    )
    told = "，".join(f"{n} 处{words}" for n, words in counted if n)
    if told:
        return f"数据 {figures} 处，{figures - sum(n for n, _ in counted)} 处可溯源，{told}"
    return f"数据 {figures} 处，全部可溯源"
