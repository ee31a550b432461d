"""What a rewrite must not carry over, as far as masking found it in the source: a second net.

The checker asks for the names that surely are some; here are the likely ones, which masking took for
the source's particulars. What either finds is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fzwriter.facts import FactSheet
from fzwriter.report import Issue
from fzwriter.units import find_profile
from fzwriter.writing.rewriting import Source

_COMMON = re.compile(
    r"^(?:[我本全][一-龥]|.{0,1}|[xX×＊]+.{0,2}|某.*|.*(?:人民政府办|政府办公室))$"
)


def carried_names(text: str, sheet: FactSheet, source: Source) -> Iterator[Issue]:
    """Where a particular of the source stands in a text whose sheet doesn't hold it."""
    unit = sheet.unit
    profile = find_profile(unit.type, unit.name, unit.level, unit.region)
    given = "\n".join((sheet.said.wide, *profile.words.values()))
    for name in sorted(source.particulars, key=len, reverse=True):
        if name in given or "〔" in name or _COMMON.match(name):
            continue
        for match in re.finditer(re.escape(name), text):
            yield Issue(
                match.start(),
                match.end(),
                "leaked_name",
                "error",
                f"“{name}”来自原报告，不是本单位数据中的名称",
                "请删去或改为本单位的名称",
            )
