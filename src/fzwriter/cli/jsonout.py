"""The verdict of a check as JSON (DESIGN §4.3)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fzwriter.cli.paths import save
from fzwriter.pipeline.runs import plain
from fzwriter.report import CheckReport

if TYPE_CHECKING:
    from fzwriter.pipeline.returned import Comparison


def verdict_json(
    verdict: CheckReport, text: str, comparison: Comparison | None = None
) -> dict[str, Any]:
    """``{"ok", "mentions", "issues", "omitted"}``; ``paragraph`` counts from 1.

    With a comparison also ``"changes": {"counts": {outcome: how many}, "items": [...],
    "notices": [...]}``, where items are all numbers that are not as they went out.
    """

    def placed(item: Any) -> dict[str, Any]:
        return {**plain(item), "paragraph": text.count("\n", 0, item.start) + 1}

    compared = {} if comparison is None else {"changes": _changes(comparison)}
    return {
        "ok": verdict.ok,
        "mentions": [placed(mention) for mention in verdict.mentions],
        "issues": [placed(issue) for issue in verdict.issues],
        "omitted": list(verdict.omitted),
        **compared,
    }


def _changes(comparison: Comparison) -> dict[str, Any]:
    return {
        "counts": dict(sorted(comparison.counts.items())),
        "items": [plain(change) for change in comparison.edits],
        "notices": list(comparison.notices),
    }


def save_verdict(
    verdict: CheckReport, text: str, path: Path, comparison: Comparison | None = None
) -> None:
    """Write the verdict to ``path``, or print it for ``-``."""
    data = json.dumps(verdict_json(verdict, text, comparison), ensure_ascii=False, indent=1)
    if str(path) == "-":
        click.echo(data)
    else:
        save({path: data.encode()})
