"""What a document is called."""

from __future__ import annotations

import re
from datetime import timedelta

from fzwriter.domain import Kind
from fzwriter.facts import FactSheet
from fzwriter.facts.model import Period
from fzwriter.writing.phrasebook import phrases


def guidance(year: int) -> str:
    """The guidance in force at the end of a year."""
    table: dict[int, str] = phrases()["guidance"]
    years = [y for y in sorted(table) if y <= year] or [min(table)]
    return table[years[-1]]


def plan_word(kind: str) -> str:
    """What the kind of document calls its plan: 工作计划, 工作思路…."""
    for word in ("工作要点", "工作思路", "工作打算", "工作安排"):
        if word in kind or word[2:] in kind:
            return "工作思路和要点" if "思路" in kind and "要点" in kind else word
    return "工作计划"


def period_words(period: Period) -> dict[str, str]:
    """How a report speaks of its period, and of the one its plans are for.

    Keys: ``time`` 2024年, ``annual`` 2024年度, ``span`` 全年, ``after`` 2025年; for the first half of a year
    2024年上半年, 2024年上半年, 上半年, 2024年下半年; other periods by their months.
    """
    year, first, last = period.year, period.from_, period.to
    ends = (last + timedelta(days=1)).day == 1 and first.day == 1 and first.year == year
    months = (first.month, last.month) if ends else (0, 0)
    if months == (1, 6):
        span, after = "上半年", f"{year}年下半年"
    elif months == (7, 12):
        span, after = "下半年", f"{year + 1}年"
    elif months == (1, 12) or not ends:
        return {
            "time": f"{year}年",
            "annual": f"{year}年度",
            "span": "全年",
            "after": f"{year + 1}年",
        }
    else:
        span, after = f"{months[0]}月至{months[1]}月", "下一阶段"
    return {"time": f"{year}年{span}", "annual": f"{year}年{span}", "span": span, "after": after}


def make_title(sheet: FactSheet, kind: Kind, words: dict[str, str]) -> str:
    """The printed title: the sheet's own, or the usual one for its kind."""
    if sheet.document.title:
        return sheet.document.title
    if kind.title:
        return kind.title.format(**words)
    text = sheet.document.kind
    time, after = words["time"], words["after"]
    match = re.search(r"(?:法治(?:政府)?建设)?(?:工作)?总结", text)
    if match and words["year"] not in text:
        at = match.start()
        named = text[:at].endswith(words["span"])
        at -= len(words["span"]) * named
        when = f"{words['year']}年" if named else time
        text = f"{text[:at]}{when}{text[at:]}"
    tail = re.search(
        r"(?<=[和与及暨])(?:下一年|下年度|下半年)?(工作)?(?:计划|要点|思路|打算|安排)", text
    )
    if tail and words["next"] not in text and "半年" not in tail[0]:
        text = f"{text[: tail.start()]}{after}{text[tail.start() :]}"
    return f"{words['unit']}{text}"
