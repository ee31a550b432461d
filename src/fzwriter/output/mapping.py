"""What a rewrite did with each section of its source, as Markdown for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from fzwriter.report import Decision, Report

_ACTIONS = ("沿用", "改写", "舍去", "新增")
_NOTE = "方括号〔〕是隐去的原单位数字、名称和文件；原单位的数据和做过的事一律不沿用。"


def summary(decisions: Sequence[Decision]) -> str:
    """``沿用 2 节、改写 6 节、舍去 2 节、新增 1 节``."""
    counts: Counter[str] = Counter(decision.action for decision in decisions)
    return "、".join(f"{action} {counts[action]} 节" for action in _ACTIONS)


def mapping_markdown(report: Report, source: str = "") -> str:
    """The mapping table of a rewritten report, then the sentences that went.

    Args:
        report: with its decisions.
        source: title of the report it was rewritten from.
    """
    title = report.title.replace("\n", "")
    lines = [f"# 对照表：{_cell(title)}", ""]
    if source:
        lines += [f"由《{_cell(source)}》改写：{summary(report.decisions)}。{_NOTE}", ""]
    else:
        lines += [f"{summary(report.decisions)}。{_NOTE}", ""]
    lines += ["| 处理 | 原报告 | 本报告 | 说明 |", "| --- | --- | --- | --- |"]
    lines += [
        f"| {d.action} | {_cell(d.source) or '—'} | {_cell(d.target) or '—'} | {_cell(d.why)} |"
        for d in report.decisions
    ]
    detailed = [decision for decision in report.decisions if decision.details]
    if detailed:
        lines += ["", "## 没有沿用的句子"]
    for decision in detailed:
        lines += ["", f"### {_cell(decision.source or decision.target)}", ""]
        lines += [f"- {_cell(line)}" for line in decision.details]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    """One line that can't break the table."""
    flat = " ".join(text.split())
    for mark in ("\\", "|", "`", "*", "_", "<", "[", "]"):
        flat = flat.replace(mark, f"\\{mark}")
    return flat
