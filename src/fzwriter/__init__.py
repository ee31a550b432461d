"""fzwriter (法治 writer): rule-of-law reports from a unit's own facts, every number proven.

>>> from fzwriter import load_facts, draft, check
>>> report = draft(load_facts("facts.yaml"))
>>> report.check.ok
True

Names are loaded on first use, so that importing the package stays light.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fzwriter.check import check
    from fzwriter.facts import FactSheet, load_facts
    from fzwriter.pipeline.draft import draft
    from fzwriter.pipeline.rewrite import rewrite
    from fzwriter.report import CheckReport, Issue, Mention, Report

__version__ = "0.1.0"

_HOMES = {
    "draft": "fzwriter.pipeline",
    "load_facts": "fzwriter.facts",
    "rewrite": "fzwriter.pipeline.rewrite",
    "CheckReport": "fzwriter.report",
    "FactSheet": "fzwriter.facts",
    "Issue": "fzwriter.report",
    "Mention": "fzwriter.report",
    "Report": "fzwriter.report",
}

__all__ = [
    "CheckReport",
    "FactSheet",
    "Issue",
    "Mention",
    "Report",
    "__version__",
    "check",
    "draft",
    "load_facts",
    "rewrite",
]


def __getattr__(name: str) -> Any:
    if name == "check":  # the package, which is callable: what later look-ups find here too
        return import_module("fzwriter.check")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
