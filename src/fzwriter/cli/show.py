"""Printing for people: progress on stderr, verdicts and issues in Chinese."""

from __future__ import annotations

import shutil
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fzwriter.report import SEVERITIES, CheckReport, Issue, Report

if TYPE_CHECKING:
    from fzwriter.pipeline.returned import Change, Comparison, Outcome

_SHOWN = 40  # issues; a hundred lines help nobody


_SELDOM = 20.0  # seconds between lines on what is under way, where no terminal shows them in place


class _Progress:
    """What is done, a line each; what is under way, in place on a terminal and seldom elsewhere."""

    def __init__(self) -> None:
        self._done = -1
        self._told = 0.0
        self._open = False

    def __call__(self, done: int, total: int, what: str) -> None:
        now = time.monotonic()
        under_way = done == self._done
        self._done = -1 if done == total else done  # the next job counts anew
        terminal = sys.stderr.isatty()
        if under_way and not terminal and now - self._told < _SELDOM:
            return
        self._told = now
        self.clear()
        self._open = under_way and terminal
        if (
            self._open
        ):  # a line that wraps could not be written over; characters are two columns wide
            what = what[: (shutil.get_terminal_size().columns - 12) // 2]
        click.echo(f"[{done}/{total}] {what}", err=True, nl=not self._open)

    def clear(self) -> None:
        """Take the line of what is under way off the terminal."""
        if self._open:
            click.echo("\r\x1b[K", err=True, nl=False)
        self._open = False


progress = _Progress()
"""Progress on stderr: called with (done, total, what)."""


def notice(line: str) -> None:
    """A line the user should see, on stderr."""
    progress.clear()
    click.echo(f"提示：{line}", err=True)


def verdict_line(verdict: CheckReport) -> str:
    """``数字核验：58 处，全部可溯源``, or how many are not, or can't be read."""
    figures = verdict.quantities
    statuses = Counter(m.status for m in figures)
    counted = (
        (statuses["untraced"], "对不上"),
        (statuses["doubtful"], "存疑待核"),
        (statuses["confirmed"], "存疑已确认"),
    )
    found = "、".join(f"{n} 处{words}" for n, words in counted if n)
    told = f"其中 {found}" if found else "全部可溯源"
    unread = sum(issue.kind == "unread" for issue in verdict.issues)
    more = f"；另有 {unread} 处内容读不出，没有核验" if unread else ""
    return f"数字核验：{'读到的 ' if unread else ''}{len(figures)} 处，{told}{more}"


def place_of(issue: Issue, text: str) -> str:
    """Paragraph and surroundings of an issue."""
    paragraph = text.count("\n", 0, issue.start) + 1
    if issue.start >= len(text):
        return "全文"
    line_start = text.rfind("\n", 0, issue.start) + 1
    line_end = text.find("\n", issue.end)
    line_end = len(text) if line_end < 0 else line_end
    before = text[max(line_start, issue.start - 12) : issue.start]
    after = text[issue.end : min(line_end, issue.end + 6)]
    return f"第 {paragraph} 段“{before}【{text[issue.start : issue.end]}】{after}”"


def outcome(report: Report, *, err: bool = False) -> None:
    """What a clerk must know of a checked report; on stderr where stdout carries JSON."""
    verdict = report.check or CheckReport()
    click.echo(verdict_line(verdict), err=err)
    for line in report.pending:
        click.echo(line if line.startswith("建议待取舍") else f"材料待补：{line}", err=err)
    issues(verdict, report.text, err=err)


def issues(verdict: CheckReport, text: str, *, err: bool = False) -> None:
    """Every issue, errors first, then doubts."""
    ordered = sorted(verdict.issues, key=lambda issue: list(SEVERITIES).index(issue.severity))
    for issue in ordered[:_SHOWN]:
        word = SEVERITIES[issue.severity]
        hint = f"（{issue.suggestion}）" if issue.suggestion else ""
        click.echo(f"{word}：{place_of(issue, text)}：{issue.message}{hint}", err=err)
    if len(ordered) > _SHOWN:
        left = Counter(i.severity for i in ordered[_SHOWN:])
        rest = "、".join(
            f"{word} {left[what]} 条" for what, word in SEVERITIES.items() if left[what]
        )
        click.echo(f"……另有{rest}", err=err)


_OUTCOMES: dict[Outcome, str] = {
    "changed": "改动",
    "deleted": "删去",
    "new": "新写",
    "moved": "移动",
    "retyped": "重写",
}
_AROUND = 24  # characters shown on each side of a number that was edited


def changes(comparison: Comparison) -> None:
    """What became of the numbers since the report was made, each edit with its place."""
    for line in comparison.notices:
        click.echo(f"与原稿相比：{line}")
    if not comparison.changes:
        return
    counts = comparison.counts
    kept = f"{counts['unchanged']} 处没有动"
    told = "、".join(f"{word} {counts[what]}" for what, word in _OUTCOMES.items() if counts[what])
    edits = comparison.edits
    click.echo(
        f"与原稿相比：数字有 {len(edits)} 处变化（{told}），{kept}"
        if edits
        else f"与原稿相比：{kept}"
    )
    order = list(_OUTCOMES)
    # What can't be traced first, then what changes the report, then what hardly does.
    ranked = sorted(edits, key=lambda c: (_grave(c), order.index(c.outcome)))
    for change in ranked[:_SHOWN]:
        click.echo(f"{_OUTCOMES[change.outcome]}：{_change_line(change)}")
    if len(ranked) > _SHOWN:
        click.echo(f"……另有 {len(ranked) - _SHOWN} 处")


def _change_line(change: Change) -> str:
    """Where, what it was and is, and the verdict."""
    place = f"“{change.heading}”下 " if change.heading else ""
    if change.outcome == "deleted":
        source = "、".join(
            f"{name}（{cell}）" if cell else name
            for name, cell in zip(change.names, change.cells, strict=False)
            if name
        )
        return f"{place}原有“…{change.sentence}…”中的【{change.old}】" + (
            f"，即 {source}" if source else ""
        )
    figure = (
        f"{change.old} → {change.new}" if change.old != change.new and change.old else change.new
    )
    what = f"{place}第 {change.paragraph} 段“{_around(change)}”：{figure}"
    note = f"（{change.note}）" if change.note else ""
    if change.status in _LOOSE:
        return f"{what}{note}；{_LOOSE[change.status]}：{change.why}"
    return f"{what}{note}" + (f"；有出处：{change.why}" if change.why else "")


_LOOSE = {"untraced": "对不上", "doubtful": "存疑待核"}


def _grave(change: Change) -> int:
    ranks = list(_LOOSE)
    return ranks.index(change.status) if change.status in ranks else len(ranks)


def _around(change: Change) -> str:
    """The sentence of a change, cut to what stands around the number."""
    at = max(change.sentence.find(change.new), 0)
    start, end = max(0, at - _AROUND), at + len(change.new) + _AROUND
    cut = change.sentence[start:end]
    return ("…" if start else "") + cut + ("…" if end < len(change.sentence) else "")


def made(paths: Sequence[Path]) -> str:
    """What was written, the report first: ``已生成：X.docx；校核页 X.html、数字台账 X.ledger.xlsx``."""
    names = {".校核稿.docx": "校核稿", ".ledger.xlsx": "数字台账", ".html": "校核页"}
    kept = [path.name for path in paths[1:] if ".旧稿" in path.name]
    others = [
        f"{name} {path.name}"
        for path in paths[1:]
        if path.name not in kept
        for ending, name in names.items()
        if path.name.endswith(ending)
    ]
    line = f"已生成：{paths[0]}" + (f"；{'、'.join(others)}" if others else "")
    return f"{line}；原来的文件改动过或不是本程序写的，另存为 {'、'.join(kept)}" if kept else line


def left(verdict: CheckReport) -> str:
    """What stands against filing: ``1 处错误、2 处存疑``; "" where nothing does."""
    counted = ((len(verdict.errors), "处错误"), (len(verdict.doubts), "处存疑"))
    return "、".join(f"{n} {words}" for n, words in counted if n)


UNPROVED = {3: "未核", 4: "存疑待核"}
"""What a copy is called that may not go out, by the command's exit code."""


def unproved(path: Path, code: int) -> Path:
    """The name of such a copy: ``report.docx`` → ``report未核.docx``, ``report存疑待核.docx``."""
    return path.with_name(f"{path.stem}{UNPROVED.get(code, '')}{path.suffix}")
