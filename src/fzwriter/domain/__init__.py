"""What the domain knows of unit types, document kinds and topics: one file per thing."""

from fzwriter.domain.files import added, digest, once
from fzwriter.domain.kind import (
    Kind,
    find_kind,
    kinds,
    known_kinds,
    looks_back,
    only_ahead,
    recognised_kind,
)
from fzwriter.domain.topic import Topic, keywords, told_with, topics
from fzwriter.domain.type import GENERAL, Group, UnitType, unit_types

__all__ = [
    "GENERAL",
    "Group",
    "Kind",
    "Topic",
    "UnitType",
    "added",
    "digest",
    "find_kind",
    "keywords",
    "kinds",
    "known_kinds",
    "looks_back",
    "once",
    "only_ahead",
    "recognised_kind",
    "told_with",
    "topics",
    "unit_types",
]
