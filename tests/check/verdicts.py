"""What the check says of a text, by how sure it is."""

from __future__ import annotations

from fzwriter.check import check
from fzwriter.facts import FactSheet
from fzwriter.report import Issue


def errors(text: str, sheet: FactSheet) -> list[Issue]:
    """What is refuted."""
    return list(check(text, sheet).errors)


def doubts(text: str, sheet: FactSheet) -> list[Issue]:
    """What is neither proved nor refuted."""
    return list(check(text, sheet).doubts)


def flagged(text: str, sheet: FactSheet) -> list[Issue]:
    """What is not proved."""
    return [issue for issue in check(text, sheet).issues if issue.severity != "warning"]
