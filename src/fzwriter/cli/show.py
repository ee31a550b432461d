"""Printing for people: progress on stderr, verdicts and issues in Chinese."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from fzwriter.report import CheckReport, Issue

_SHOWN = 40  # issues; a hundred lines help nobody


def progress(done: int, total: int, what: str) -> None:
    """One line a section on stderr."""
    click.echo(f"[{done}/{total}] {what}", err=True)


def notice(line: str) -> None:
    """A line the user should see, on stderr."""
    click.echo(f"提示：{line}", err=True)


def verdict_line(verdict: CheckReport) -> str:
    """``数字核验：58 处，全部可溯源``, or how many are not."""
    figures = verdict.quantities
    loose = [m for m in figures if m.status == "untraced"]
    if not loose:
        return f"数字核验：{len(figures)} 处，全部可溯源"
    return f"数字核验：{len(figures)} 处，其中 {len(loose)} 处不能溯源"


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


def issues(verdict: CheckReport, text: str) -> None:
    """Every issue, errors first."""
    ordered = sorted(verdict.issues, key=lambda issue: issue.severity != "error")
    for issue in ordered[:_SHOWN]:
        word = "错误" if issue.severity == "error" else "提醒"
        hint = f"（{issue.suggestion}）" if issue.suggestion else ""
        click.echo(f"{word}：{place_of(issue, text)}：{issue.message}{hint}")
    if len(ordered) > _SHOWN:
        left = Counter(i.severity for i in ordered[_SHOWN:])
        click.echo(f"……另有错误 {left['error']} 条、提醒 {left['warning']} 条")


def unverified(path: Path) -> Path:
    """The name of a copy with errors left: ``report.docx`` → ``report未核.docx``."""
    return path.with_name(f"{path.stem}未核{path.suffix}")
