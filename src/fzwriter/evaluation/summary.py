"""Tables of an evaluation: each writer by each scorer, with n and a 95 % interval over the cases."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from fzwriter.evaluation.scorers import SCORERS, Scorer
from fzwriter.evaluation.stats import Estimate, estimate
from fzwriter.evaluation.variants import VARIANTS

_OTHERS = {"given": "给定文字"}
Scored = tuple[Mapping[str, Any], Mapping[str, Any]]  # the record of a text, and of its scores


@dataclass(frozen=True)
class Summary:
    """Estimates by writer and scorer.

    Attributes:
        systems: writers in the order they were first met.
        cells: by (writer, scorer).
        cases: how many texts each writer has.
        failed: how many it could not write.
        planted: errors planted and found, by writer and class.
    """

    systems: tuple[str, ...]
    cells: Mapping[tuple[str, str], Estimate]
    cases: Mapping[str, int]
    failed: Mapping[str, int]
    planted: Mapping[str, Mapping[str, tuple[int, int]]]

    def scorers(self) -> list[Scorer]:
        """The scorers that have a value for any writer."""
        return [s for s in SCORERS if any((name, s.name) in self.cells for name in self.systems)]

    def as_json(self) -> dict[str, Any]:
        """For a file."""
        return {
            name: {
                "cases": self.cases[name],
                "failed": self.failed[name],
                "scores": {
                    s.name: asdict(self.cells[name, s.name])
                    for s in SCORERS
                    if (name, s.name) in self.cells
                },
                "planted": {kind: list(pair) for kind, pair in self.planted[name].items()},
            }
            for name in self.systems
        }


def paired(
    drafts: Iterable[Mapping[str, Any]], scores: Iterable[Mapping[str, Any] | None]
) -> list[Scored]:
    """Texts with their scores; those without are left out."""
    return [(d, s) for d, s in zip(drafts, scores, strict=True) if s is not None]


def value_of(score: Mapping[str, Any], scorer: str) -> float | None:
    """A value on record; ``None`` for unscored."""
    found = score["scores"].get(scorer)
    return None if found is None else found["value"]


def summarise(
    drafts: Sequence[Mapping[str, Any]], scores: Sequence[Mapping[str, Any] | None]
) -> Summary:
    """Means over the cases."""
    systems = tuple(dict.fromkeys(str(d["system"]) for d in drafts))
    scored = paired(drafts, scores)
    cells: dict[tuple[str, str], Estimate] = {}
    planted: dict[str, dict[str, tuple[int, int]]] = {}
    for system in systems:
        mine = [s for d, s in scored if d["system"] == system]
        for scorer in SCORERS:
            values = [v for s in mine if (v := value_of(s, scorer.name)) is not None]
            if found := estimate(values):
                cells[system, scorer.name] = found
        planted[system] = _planted(mine)
    return Summary(
        systems,
        cells,
        {name: sum(d["system"] == name for d, _ in scored) for name in systems},
        {name: sum(d["system"] == name and s is None for d, s in zip(drafts, scores, strict=True))
         for name in systems},
        planted,
    )  # fmt: skip


def _planted(scores: Iterable[Mapping[str, Any]]) -> dict[str, tuple[int, int]]:
    totals: dict[str, tuple[int, int]] = {}
    for score in scores:
        classes = score["scores"].get("binding", {}).get("detail", {}).get("classes", {})
        for kind, (found, n) in classes.items():
            before = totals.get(kind, (0, 0))
            totals[kind] = (before[0] + found, before[1] + n)
    return totals


def display(systems: Sequence[str]) -> dict[str, str]:
    """How tables name writers: their Chinese labels; the model's name where there are several."""
    models = {model for name in systems if (model := name.partition("@")[2].partition("#")[0])}
    shown_as = {}
    for name in systems:
        variant, _, rest = name.partition("@")
        model, _, prompts = rest.partition("#")
        label = VARIANTS[variant].label if variant in VARIANTS else _OTHERS.get(variant, variant)
        label += f" {model}" if model and len(models) > 1 else ""
        shown_as[name] = f"{label} {prompts}" if prompts else label
    return shown_as


# -- for people --------------------------------------------------------------------------------


def shown(value: float, unit: str) -> str:
    """A value as a table prints it."""
    if unit == "share":
        return f"{100 * value:.1f}%"
    if unit in ("count", "characters"):
        return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
    return f"{value:.2f}"


def told(found: Estimate | None, unit: str) -> str:
    """``98.2% [97.0%, 99.1%] n=16``, or a dash."""
    if found is None:
        return "—"
    mean = shown(found.mean, unit)
    if found.n > 1 and found.low != found.high:
        mean += f" [{shown(found.low, unit)}, {shown(found.high, unit)}]"
    return f"{mean} n={found.n}"


def as_text(summary: Summary) -> str:
    """A plain table: a row a scorer, a column a writer."""
    head = ["", *(_head(summary, name) for name in summary.systems)]
    rows = [
        [f"{s.label} {'↑' if s.better > 0 else '↓'}",
         *(told(summary.cells.get((name, s.name)), s.unit) for name in summary.systems)]
        for s in summary.scorers()
    ]  # fmt: skip
    widths = [max(_width(row[i]) for row in [head, *rows]) for i in range(len(head))]
    lines = [
        "  ".join(_padded(c, w) for c, w in zip(row, widths, strict=True)) for row in [head, *rows]
    ]
    return "\n".join(line.rstrip() for line in lines)


def as_markdown(summary: Summary) -> str:
    """The same as a Markdown table: a row a scorer, a column a writer."""
    head = ["", *(_head(summary, name) for name in summary.systems)]
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    for s in summary.scorers():
        cells = [told(summary.cells.get((name, s.name)), s.unit) for name in summary.systems]
        arrow = "↑" if s.better > 0 else "↓"
        lines.append(f"| {s.label} {arrow} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _head(summary: Summary, name: str) -> str:
    failed = f"（另 {summary.failed[name]} 例没写成）" if summary.failed[name] else ""
    return f"{display(summary.systems)[name]}{failed}"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
