"""The check of a file: that of its text, and of what prints in it beside the text that was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from fzwriter.check import check
from fzwriter.documents import Document, Unread
from fzwriter.facts import FactSheet
from fzwriter.reading import ReportText
from fzwriter.report import CheckReport, Issue


def check_document(
    document: Document, sheet: FactSheet, sources: Sequence[str] = ()
) -> CheckReport:
    """Prove every numeral of a file against a sheet.

    Args:
        document: the file as read; ``printed`` is what is checked.
        sheet: the input it must trace to.
        sources: texts whose figures and names must not appear.

    Returns:
        The verdict on the text, with an error for each place where something prints that can't be
        read: a figure there would go unproved.
    """
    verdict = check(ReportText.of(document), sheet, sources)
    if not document.unread:
        return verdict
    starts = (0, *accumulate(len(paragraph) + 1 for paragraph in document.paragraphs))
    issues = [*verdict.issues, *(_unread(one, starts, document) for one in document.unread)]
    return replace(verdict, issues=tuple(sorted(issues, key=lambda issue: issue.start)))


def _unread(unread: Unread, starts: Sequence[int], document: Document) -> Issue:
    inside = unread.paragraph >= 0
    at = starts[unread.paragraph] + unread.at if inside else len(document.printed)
    # The character before it shows the place.
    start = max(starts[unread.paragraph], at - 1) if inside else at
    place = "页眉或页脚里" if not inside else "此处后面" if unread.at else "段首"
    return Issue(
        start,
        at,
        "unread",
        "error",
        f"{place}有{unread.what}，打印得出却读不出，其中的数字没有核验",
        "请改成用键盘输入的普通文字",
    )
