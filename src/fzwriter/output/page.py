"""The review page: the report as it reads, and for each of its numbers where it came from.

One HTML file for the clerk and whoever signs: it opens from a file:// address, asks for nothing
from elsewhere, reads without JavaScript and prints.
"""

from __future__ import annotations

from pathlib import Path

from fzwriter.facts import FactSheet
from fzwriter.output.html import render
from fzwriter.output.page_view import make_view
from fzwriter.report import Report


def page_html(
    report: Report,
    sheet: FactSheet,
    *,
    notice: str = "",
    files: tuple[Path, Path] | None = None,
) -> str:
    """The review page of a checked report.

    Args:
        report: as drafted, rewritten, or made of a document that people edited; with its verdict.
        sheet: what it was checked against.
        notice: a line that marks a copy with errors left; stands on top in red.
        files: of the report and of its facts; the page then says how its doubts are confirmed.

    Raises:
        ValueError: the report has no verdict.
    """
    return render(
        "fzwriter.output",
        "page.html",
        view=make_view(report, sheet, files),
        notice=notice,
        pending=report.pending,
        decisions=report.decisions,
        seeds=report.seeds,
    )
