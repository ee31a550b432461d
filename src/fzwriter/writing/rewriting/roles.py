"""What a sentence of the source does, and which of its clauses may be said of another unit."""

from __future__ import annotations

import functools
import re
from importlib.resources import files
from typing import Any, Literal

import yaml

from fzwriter.reading.lexicon import alternation
from fzwriter.reading.mask import BLANK
from fzwriter.reading.sentences import bare
from fzwriter.seeds.framing import is_framing

Role = Literal["过渡", "引语", "数据", "做法", "问题", "计划"]


@functools.cache
def rules() -> dict[str, Any]:
    """The lists of ``rules.yaml``."""
    loaded = yaml.safe_load((files("fzwriter.writing.rewriting") / "rules.yaml").read_text("utf-8"))
    assert isinstance(loaded, dict)
    return loaded


@functools.cache
def word_pattern(key: str) -> re.Pattern[str]:
    """A pattern for any word of a list."""
    return re.compile(alternation(frozenset(str(rules()[key]).split())))


@functools.cache
def _transition() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in rules()["transitions"]))


def is_transition(text: str) -> bool:
    """Whether a sentence only leads on."""
    return len(text) <= 60 and _transition().search(text) is not None


def role_of(masked: str, part: str) -> Role:
    """What a masked sentence does in its part of the report."""
    if is_transition(masked):
        return "过渡"
    if "〔数〕" in masked:
        return "数据"
    if part in ("问题", "计划"):
        return "问题" if part == "问题" else "计划"
    clauses = bare(masked)
    if clauses and not BLANK.search(masked) and all(is_framing(clause) for clause in clauses):
        return "引语"
    return "做法"
