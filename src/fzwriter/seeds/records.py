"""Passages as records of the two indexes, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fzwriter.seeds.split import Passage, searched_text


def metadata_of(passage: Passage) -> dict[str, str | int]:
    """What Chroma keeps beside a passage's text and vector."""
    return {
        "seed": passage.seed,
        "index": passage.index,
        "part": passage.part,
        "path": "\n".join(passage.path),
        "topic": passage.topic,
        "role": passage.role,
        "unit_type": passage.unit_type,
        "kind": passage.kind,
    }


def entry_of(passage: Passage) -> tuple[str, str, dict[str, str]]:
    """Id, text and filter fields for the words."""
    fields = {
        "part": passage.part,
        "topic": passage.topic,
        "unit_type": passage.unit_type,
        "kind": passage.kind,
    }
    return passage.id, searched_text(passage), fields


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
