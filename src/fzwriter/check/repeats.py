"""One fact printed twice, differently: 528场次 here, 500余场次 there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from fzwriter.check.verdict import shown
from fzwriter.facts.lint_common import quoted
from fzwriter.report import Issue, Mention


def find_contradictions(mentions: Sequence[Mention], names: Mapping[str, str]) -> Iterator[Issue]:
    """Repeats that a reader would take for different figures; warnings, since each is true."""
    first: dict[str, Mention] = {}
    for mention in mentions:
        if mention.status != "traced" or mention.formula or len(mention.sources) != 1:
            continue
        before = first.setdefault(mention.sources[0], mention)
        if before.base_value != mention.base_value:
            name = quoted(names.get(mention.sources[0], "同一数据"))
            yield Issue(
                mention.start,
                mention.end,
                "contradiction",
                "warning",
                f"{name}前文写“{shown(before)}”，此处写“{shown(mention)}”",
                "请前后一致",
            )
