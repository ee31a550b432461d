"""The evaluation as one page that opens anywhere: tables, plots, and each text with its issues."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fzwriter.errors import InputError, reason
from fzwriter.evaluation import plots
from fzwriter.evaluation.scorers import SCORERS
from fzwriter.evaluation.summary import Summary, display, paired, shown, summarise, told
from fzwriter.evaluation.variants import VARIANTS
from fzwriter.output import write_bytes
from fzwriter.output.html import render
from fzwriter.report import SEVERITIES

_TASKS = {"draft": "起草", "rewrite": "改写", "check": "核验"}
_STATUS = {"untraced": "loose", "doubtful": "doubt", "": "loose"}
_GRAVITY: dict[str, int] = {severity: rank for rank, severity in enumerate(SEVERITIES)}


@dataclass(frozen=True)
class Piece:
    """A stretch of a text: plain (class ""), a figure, or where an issue lies."""

    text: str
    kind: str = ""
    title: str = ""


@dataclass(frozen=True)
class ScoreCell:
    """A value in the table by case."""

    value: str
    title: str
    grade: str


@dataclass(frozen=True)
class Entry:
    """One text on the page."""

    id: str
    case: str
    title: str
    task: str
    system: str
    colour: int
    status: str
    message: str
    cells: tuple[ScoreCell, ...]
    told: tuple[tuple[str, str, str], ...]
    issues: tuple[tuple[str, str, str, str], ...]
    paragraphs: tuple[tuple[Piece, ...], ...]
    errors: int
    doubts: int


def page_html(
    drafts: Sequence[Mapping[str, Any]], scores: Sequence[Mapping[str, Any] | None]
) -> str:
    """The page.

    Args:
        drafts: records of texts.
        scores: records of their scores, in the same order; ``None`` where there is no text.
    """
    summary = summarise(drafts, scores)
    scored = paired(drafts, scores)
    scorers = summary.scorers()
    columns = [s for s in scorers if s.name != "seconds"]
    names = display(summary.systems)
    entries = [
        _entry(number, d, s, summary, columns, names[d["system"]])
        for number, (d, s) in enumerate(scored, 1)
    ]
    return render(
        "fzwriter.evaluation",
        "eval.html",
        summary=summary,
        cases=len({d["case"] for d in drafts}),
        texts=len(scored),
        systems=[
            (names[n], _about(n), summary.cases[n], summary.failed[n]) for n in summary.systems
        ],
        rows=list(_rows(summary)),
        strips=plots.strips(summary, scored),
        scatter=plots.scatter(summary, scored),
        bars=plots.bars(summary),
        columns=columns,
        entries=entries,
        failed=[
            (d["case"], names[d["system"]], d["message"]) for d in drafts if d["status"] == "failed"
        ],
        left=plots.LEFT,
        width=plots.WIDTH,
        bottom=plots.BOTTOM,
    )


def write_page(
    drafts: Sequence[Mapping[str, Any]], scores: Sequence[Mapping[str, Any] | None], path: Path
) -> None:
    """Write the page.

    Raises:
        InputError: the file can't be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"评测网页不能写入（{reason(error)}）", path=path, remedy="请检查权限，或换一个 --out"
        ) from error
    write_bytes(path, page_html(drafts, scores).encode())


def _about(system: str) -> str:
    if system == "given":
        return "给定的文字（核验类案例）"
    variant = VARIANTS.get(system.partition("@")[0].partition("#")[0])
    model = system.partition("@")[2].partition("#")[0]
    about = variant.about if variant else ""
    return f"{about}；模型 {model}" if model else about


def _rows(summary: Summary) -> Iterator[tuple[str, str, str, list[tuple[str, bool]]]]:
    """Label, meaning, direction, and each writer's cell with whether it is the best."""
    for scorer in summary.scorers():
        found = [summary.cells.get((name, scorer.name)) for name in summary.systems]
        rivals = [
            one for n, one in zip(summary.systems, found, strict=True) if one and n != "given"
        ]
        means = [scorer.better * one.mean for one in rivals]
        best = max(means, default=0.0)
        leads = 2 * means.count(best) <= len(means)  # a lead that most share is none
        cells = [
            (told(one, scorer.unit), one in rivals and leads and scorer.better * one.mean == best)
            for one in found
        ]
        yield scorer.label, scorer.about, "↑" if scorer.better > 0 else "↓", cells


# -- one text ----------------------------------------------------------------------------------


def _entry(
    number: int,
    draft: Mapping[str, Any],
    score: Mapping[str, Any],
    summary: Summary,
    columns: Sequence[Any],
    name: str,
) -> Entry:
    values = score["scores"]
    severities = [issue["severity"] for issue in score["issues"]]
    return Entry(
        id=f"t{number}",
        case=draft["case"],
        title=draft["title"],
        task=_TASKS.get(draft["task"], draft["task"]),
        system=name,
        colour=summary.systems.index(draft["system"]),
        status=draft["status"],
        message=draft["message"],
        cells=tuple(_cell(scorer, values.get(scorer.name)) for scorer in columns),
        told=tuple(
            (s.label, _value(s, values[s.name]), values[s.name]["why"])
            for s in SCORERS
            if s.name in values
        ),
        issues=tuple(
            (
                SEVERITIES[i["severity"]],
                i["severity"],
                i["message"],
                i["suggestion"],
            )
            for i in sorted(score["issues"], key=lambda i: _GRAVITY[i["severity"]])
        ),
        paragraphs=tuple(_paragraphs(draft["text"], score)),
        errors=severities.count("error"),
        doubts=severities.count("doubt"),
    )


def _value(scorer: Any, score: Mapping[str, Any]) -> str:
    return "未评" if score["value"] is None else shown(score["value"], scorer.unit)


def _cell(scorer: Any, score: Mapping[str, Any] | None) -> ScoreCell:
    if score is None or score["value"] is None:
        return ScoreCell("—", score["why"] if score else "", "none")
    value = float(score["value"])
    grade = ""
    if scorer.unit == "share" and scorer.name not in ("copied_grams", "retries", "fallbacks"):
        good = value if scorer.better > 0 else 1 - value
        grade = (
            "full"
            if good >= 1 - 1e-9
            else "high"
            if good >= 0.95
            else "mid"
            if good >= 0.8
            else "low"
        )
    elif scorer.better < 0 and scorer.name in ("leaks", "layout"):
        grade = "full" if not value else "low"
    return ScoreCell(shown(value, scorer.unit), score["why"], grade)


def _paragraphs(text: str, score: Mapping[str, Any]) -> Iterator[tuple[Piece, ...]]:
    """The text cut at figures and issues, by paragraph; an issue goes before a figure."""
    marks: list[tuple[int, int, str, str]] = [
        (i["start"], i["end"], i["severity"], i["message"]) for i in score["issues"]
    ]
    marks += [
        (start, end, _STATUS.get(status, "traced"), why)
        for start, end, status, why in score["figures"]
    ]
    marks.sort(key=lambda m: (m[0], _GRAVITY.get(m[2], len(_GRAVITY)), -m[1]))
    offset = 0
    for line in text.split("\n"):
        end = offset + len(line)
        pieces, at = [], offset
        for start, stop, kind, why in marks:
            if start < at or start >= end or stop <= start:
                continue
            stop = min(stop, end)
            pieces += [Piece(text[at:start]), Piece(text[start:stop], kind, why)]
            at = stop
        pieces.append(Piece(text[at:end]))
        if line:
            yield tuple(piece for piece in pieces if piece.text)
        offset = end + 1
