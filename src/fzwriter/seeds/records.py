"""Passages as records of the indexes, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fzwriter.reading.split import Passage, searched_text
from fzwriter.seeds.framing import deed_sentences, framing_clauses

# What a search may filter by. The part comes first: vectors are sorted in this order, and a
# search nearly always names the part.
FIELDS = ("part", "topic", "kind", "unit_type", "framing", "deeds")
YES = "1"


def fields_of(passage: Passage) -> dict[str, str]:
    """The values of ``FIELDS`` for a passage; the last two are ``YES`` or ""."""
    return {
        "part": passage.part,
        "topic": passage.topic,
        "kind": passage.kind,
        "unit_type": passage.unit_type,
        "framing": YES if framing_clauses(passage) else "",
        "deeds": YES if deed_sentences(passage) else "",
    }


def metadata_of(passage: Passage) -> dict[str, str | int]:
    """What Chroma keeps beside a passage's text and vector."""
    return {
        "seed": passage.seed,
        "index": passage.index,
        "path": "\n".join(passage.path),
        "role": passage.role,
        **fields_of(passage),
    }


def entry_of(passage: Passage) -> tuple[str, str, dict[str, str]]:
    """Id, text and filter fields for the words."""
    return passage.id, searched_text(passage), fields_of(passage)


def passage_of(text: str, meta: Mapping[str, Any]) -> Passage:
    """The passage of a record."""
    return Passage(
        seed=meta["seed"],
        index=int(meta["index"]),
        part=meta["part"],
        path=tuple(meta["path"].split("\n")) if meta["path"] else (),
        topic=meta["topic"],
        text=text,
        role=meta["role"],
        unit_type=meta["unit_type"],
        kind=meta["kind"],
    )
