"""Who a figure is about: a subject exchanged beside a right figure.

行政机关负责人出庭应诉3件 must not become 行政执法人员出庭应诉3件. Only nouns for people and bodies are
compared, and only where the fact's name holds one: if it is gone from the sentence and another
stands in the figure's clause instead, the subject was changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

import yaml

from fzwriter.check.context import Context


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[re.Pattern[str], frozenset[str]]:
    raw = yaml.safe_load((files("fzwriter.check") / "subjects.yaml").read_text("utf-8"))
    words = sorted((re.escape(w) for w in raw["subjects"].split()), key=len, reverse=True)
    return re.compile("|".join(words)), frozenset(raw["wide"].split())


def subjects(text: str) -> frozenset[str]:
    """The subjects named in ``text``, longest forms."""
    return frozenset(_vocabulary()[0].findall(text))


def _kin(first: str, second: str) -> bool:
    return first in second or second in first


def changed_subject(names: Sequence[str], context: Context) -> tuple[str, str] | None:
    """The subject a fact is about and the one the clause puts in its place, or ``None``."""
    wanted = subjects(names[0])
    if not wanted:
        return None
    known = frozenset().union(*(subjects(name) for name in names))
    said = subjects(context.sentence)
    if any(_kin(one, other) for one in known for other in said):
        return None
    pattern, wide = _vocabulary()
    here = [s for s in pattern.findall(context.near) if s not in wide]
    if not here:
        return None
    return next(iter(sorted(wanted))), here[0]
