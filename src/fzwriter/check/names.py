"""Names: those of other units' reports (leaks), and those that no input holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from fzwriter.facts import FactSheet
from fzwriter.reading.names import names_in, own_titles
from fzwriter.report import Issue, Mention


def _sheet_text(sheet: FactSheet) -> str:
    parts = [sheet.unit.name, sheet.unit.region, sheet.document.title, sheet.document.addressee]
    parts += sheet.document.outline
    parts += [f"{f.name} {' '.join(f.aliases)} {f.note}" for f in sheet.facts]
    parts += (
        [d.name for d in sheet.derived] + [s.text for s in sheet.statements] + list(sheet.terms)
    )
    return "\n".join(parts)


def find_leaks(text: str, sheet: FactSheet, sources: Iterable[str]) -> Iterator[Issue]:
    """Names of the sources (seeds used, the report rewritten) that the sheet doesn't hold."""
    allowed = _sheet_text(sheet)
    seen: set[str] = set()
    for source in sources:
        for name in sorted(names_in(source), key=len, reverse=True):
            if name in allowed or name in seen:
                continue
            seen.add(name)
            for match in re.finditer(re.escape(name), text):
                yield Issue(
                    match.start(),
                    match.end(),
                    "leaked_name",
                    "error",
                    f"“{name}”来自别的报告，不是本单位数据中的名称",
                    "请删去或改为本单位的名称",
                )


def leaked_number(mention: Mention, sources: Iterable[str]) -> bool:
    """Whether an untraced figure stands in a source with the same measure word."""
    unit = mention.unit.lstrip("万亿") if mention.unit not in ("%", "‰") else ""
    needle = mention.text + unit
    return any(needle in source for source in sources) and len(mention.text) > 1


def unknown_names(text: str, sheet: FactSheet) -> Iterator[Issue]:
    """Documents cited that neither the sheet holds nor the nation knows."""
    allowed = _sheet_text(sheet)
    for title in sorted(own_titles(text), key=text.index):
        if title in allowed:
            continue
        start = text.index(f"《{title}》")
        yield Issue(
            start,
            start + len(title) + 2,
            "unknown_name",
            "warning",
            f"数据中没有提到《{title}》",
            "请核对文件名称，或在数据中写明",
        )
