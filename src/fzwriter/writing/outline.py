"""An outline handed down from above: its lines as parts, and the sub-sections that go under each.

Which words name a part and which topics they call for is data, in ``outline.yaml``.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from fzwriter.domain import told_with
from fzwriter.facts import FactSheet
from fzwriter.reading.numbered import without_number
from fzwriter.writing.plan import Block
from fzwriter.writing.words import grams

_CALLED = 6  # what a called-for topic weighs against a pair of characters shared by chance
# Pairs that stand in half of all headings.
_EVERYWHERE = grams("法治，建设，推进，加强，工作，情况，体系，健全，行政，落实")


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    loaded = yaml.safe_load((files("fzwriter.writing") / "outline.yaml").read_text("utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def outlined(sheet: FactSheet) -> list[tuple[str, str]]:
    """Part and heading of each line of an outline handed down."""
    result = []
    for line in sheet.document.outline:
        heading = without_number(line.strip())
        parts = _words()["parts"].items()
        part = next((p for p, words in parts if any(word in heading for word in words)), "成效")
        result.append((part, heading))
    return result


def split_outline(headings: list[str], blocks: list[Block]) -> list[tuple[str, list[Block]]]:
    """Give the blocks of 成效 to the outline's headings: by the topics they call for, then by likeness.

    What fits none goes where the block before it went: neighbours in the profile are kin.
    """
    placed: list[tuple[str, list[Block]]] = [(heading, []) for heading in headings]
    called = [_topics(heading) for heading in headings]
    at = 0
    for block in blocks:
        group = "".join((*block.group.headings, *block.group.topics)) if block.group else ""
        words = grams("".join(block.topics) * 2 + block.heading + group) - _EVERYWHERE
        scores = [
            len(words & grams(heading)) + _CALLED * sum(topic in topics for topic in block.topics)
            for heading, topics in zip(headings, called, strict=True)
        ]
        at = scores.index(max(scores)) if max(scores) else at
        placed[at][1].append(block)
    return placed


def _topics(heading: str) -> frozenset[str]:
    """The topics a heading calls for."""
    entries = (e for e in _words()["topics"] if any(word in heading for word in e["words"]))
    return frozenset(topic for entry in entries for topic in told_with(tuple(entry["topics"])))
