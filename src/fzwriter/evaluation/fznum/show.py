"""The scores for people: a Markdown table, a page, lines for the terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from fzwriter.errors import InputError
from fzwriter.evaluation.fznum.run import Outcome
from fzwriter.evaluation.fznum.scores import BETTER, MEASURES, Scores, Told
from fzwriter.evaluation.stats import Estimate
from fzwriter.output.html import render

_EXAMPLES = 60  # of each sort, on the page
_GROUPS = {
    "kind": "按错误和改写的种类", "class": "按正确的数的类别", "origin": "按来历（hand 人写，changed 人写机改，composed 机写）",
    "hand": "按写手", "voice": "按写法", "split": "按半边",
}  # fmt: skip
_COUNTS = {
    "items": "条目", "sheets": "数据表", "reports": "报告（一表一手一写法）", "doubts_median": "每份报告存疑（中位数）",
    "no_doubt_share": "一处存疑也没有的报告占比",
    "advised": "正确的数被说成应为别的（个）", "ms_text": "每段毫秒",
    "times_reading": "是只认数（find_numbers）的几倍",
    "failed": "跑不下来的段数",
}  # fmt: skip


def shown(value: Estimate | None) -> str:
    """``85.0% [84.6, 85.7]``, or a dash."""
    if value is None:
        return "—"
    return f"{value.mean:.1%} [{value.low:.1%}, {value.high:.1%}]"


def brief(value: Estimate | None) -> str:
    """``85.0%``, or a dash."""
    return "—" if value is None else f"{value.mean:.1%}"


def head_rows(scores: Sequence[Scores]) -> Iterator[list[str]]:
    """A row a measure, a cell a checker, with n."""
    for name, label in MEASURES.items():
        found = [s.head.get(name) for s in scores]
        n = next((e.n for e in found if e is not None), 0)
        arrow = {1: " ↑", -1: " ↓", 0: ""}[BETTER[name]]
        yield [label + arrow, str(n), *(shown(e) for e in found)]
    for name, label in _COUNTS.items():
        yield [label, "", *(f"{s.counts[name]:g}" for s in scores)]


def group_rows(group: str, scores: Sequence[Scores]) -> Iterator[list[str]]:
    """A row a kind: what is flagged of wrong ones, what is refused of right ones, by checker."""
    names = sorted({key for s in scores for key in s.groups[group]})
    for key in names:
        rows = [s.groups[group].get(key, {}) for s in scores]
        for measures in (
            ("wrong_refuted", "wrong_silent", "paired_here"),
            ("right_refused", "right_doubted"),
            ("harmless_refused",),
        ):
            n = next((r[m].n for r in rows for m in measures[:1] if m in r), 0)
            if n:
                cells = [" / ".join(brief(r.get(m)) for m in measures) for r in rows]
                yield [key, "／".join(MEASURES[m] for m in measures), str(n), *cells]


def as_markdown(outcome: Outcome) -> str:
    """All tables; what could not be run is told."""
    names = [s.checker for s in outcome.scores]
    lines = [
        f"共 {len(outcome.items)} 条；方括号里是按数据表重抽样的 95% 区间。"
        + (f"基准指纹 {outcome.digest[:16]}。" if outcome.digest else ""),
        "",
        *_table(["", "n", *names], head_rows(outcome.scores)),
    ]
    lines += [f"\n没有评成：{name}：{why}" for name, why in outcome.absent.items()]
    for scores in outcome.scores:
        worst = "；".join(
            f"{MEASURES[m]} {sheet} {share:.1%}" for m, (sheet, share) in scores.worst.items()
        )
        lines += [f"\n{scores.checker} 最差的数据表：{worst}。"]
    for group, title in _GROUPS.items():
        lines += [
            "",
            f"## {title}",
            "",
            *_table(["", "", "n", *names], group_rows(group, outcome.scores)),
        ]
    return "\n".join(lines) + "\n"


def _table(head: Sequence[str], rows: Iterator[list[str]]) -> list[str]:
    shown_rows = [head, ["---"] * len(head), *rows]
    return [
        "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in shown_rows
    ]


def as_text(outcome: Outcome) -> str:
    """The head for the terminal, a block a checker."""
    lines = []
    for s in outcome.scores:
        lines.append(f"{s.checker}：")
        lines += [
            f"  {label} {shown(s.head.get(name))}"
            for name, label in MEASURES.items()
            if name in s.head
        ]
        lines += [f"  {label} {s.counts[name]:g}" for name, label in _COUNTS.items()]
    return "\n".join(lines)


def examples(told: Sequence[Told]) -> dict[str, list[tuple[str, str, str, str]]]:
    """Where a checker was wrong: by sort, each as id and text before, at and behind the claim."""
    found: dict[str, list[tuple[str, str, str, str]]] = {}
    for one in told:
        for claim, state in zip(one.item.judged, one.states, strict=True):
            sort = _sort(one, state)
            if not sort or len(found.get(sort, ())) >= _EXAMPLES:
                continue
            start, end = claim.spans[0]
            text = one.item.text
            label = f"{one.item.id}（{claim.kind}）"
            found.setdefault(sort, []).append(
                (label, text[max(0, start - 60) : start], text[start:end], text[end : end + 40])
            )
    return found


def _sort(one: Told, state: str) -> str:
    if not one.item.right:
        return "错处放过" if state in ("proved", "unseen") else ""
    if one.item.twin_of:
        return ""
    return {"error": "正确的数判错", "doubt": "正确的数存疑"}.get(state, "")


def page_html(outcome: Outcome) -> str:
    """The page: tables, and where the first checker was wrong."""
    names = [s.checker for s in outcome.scores]
    first = outcome.scores[0].checker if outcome.scores else ""
    return render(
        "fzwriter.evaluation",
        "fznum.html",
        names=names,
        n=len(outcome.items),
        digest=outcome.digest[:16],
        head=list(head_rows(outcome.scores)),
        groups=[
            (title, list(group_rows(group, outcome.scores))) for group, title in _GROUPS.items()
        ],
        absent=list(outcome.absent.items()),
        first=first,
        examples=list(examples(outcome.told.get(first, ())).items()),
    )


def write(outcome: Outcome, out: Path) -> None:
    """``fznum.md``, ``fznum.html``, ``fznum.json`` in a folder.

    Raises:
        InputError: they can't be written.
    """
    data: dict[str, Any] = {
        "digest": outcome.digest,
        "items": len(outcome.items),
        "absent": dict(outcome.absent),
        "scores": [s.as_json() for s in outcome.scores],
    }
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / "fznum.md").write_text(as_markdown(outcome), "utf-8")
        (out / "fznum.html").write_text(page_html(outcome), "utf-8")
        (out / "fznum.json").write_text(
            json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8"
        )
    except OSError as error:
        raise InputError(
            "评测结果不能写入", path=out, remedy="请检查权限，或换一个 --out"
        ) from error
