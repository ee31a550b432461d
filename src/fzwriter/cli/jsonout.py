"""The verdict of a check as JSON (DESIGN §4.3)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from fzwriter.output import write_bytes
from fzwriter.pipeline.runs import plain
from fzwriter.report import CheckReport


def verdict_json(verdict: CheckReport, text: str) -> dict[str, Any]:
    """``{"ok", "mentions", "issues", "omitted"}``; ``paragraph`` counts from 1."""

    def placed(item: Any) -> dict[str, Any]:
        return {**plain(item), "paragraph": text.count("\n", 0, item.start) + 1}

    return {
        "ok": verdict.ok,
        "mentions": [placed(mention) for mention in verdict.mentions],
        "issues": [placed(issue) for issue in verdict.issues],
        "omitted": list(verdict.omitted),
    }


def save_verdict(verdict: CheckReport, text: str, path: Path) -> None:
    """Write the verdict to ``path``, or print it for ``-``."""
    data = json.dumps(verdict_json(verdict, text), ensure_ascii=False, indent=1)
    if str(path) == "-":
        click.echo(data)
    else:
        write_bytes(path, data.encode())
