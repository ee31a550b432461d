"""Who a figure is about: a subject exchanged beside a right figure.

行政机关负责人出庭应诉3件 must not become 行政执法人员出庭应诉3件. Only nouns for people and bodies are
compared: where the fact's own is gone from the figure's clause, and the fact's name with another
put in its place stands there instead, the subject was changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

import yaml

from fzwriter.check.context import Context
from fzwriter.check.referents import grams

_PUT = 0.75


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


def _said(name: str, words: frozenset[str]) -> float:
    """Share of a name's character pairs among ``words``."""
    wanted = grams(name)
    return len(wanted & words) / len(wanted) if wanted else 0.0


def changed_subject(names: Sequence[str], context: Context) -> tuple[str, str] | None:
    """The subject a fact is about and the one the clause puts in its place, or ``None``."""
    pattern, wide = _vocabulary()
    here = subjects(context.near)
    if not here:
        return None
    known = frozenset().union(*(subjects(name) for name in names))
    strange = sorted(s for s in here if not any(_kin(s, own) for own in known))
    before, _, after = context.near.partition("＃")
    words = grams(before) | grams(after)
    for name in names:
        for own in pattern.findall(name):
            if any(_kin(own, said) for said in here):
                continue
            for other in strange:
                if own in wide and other in wide:
                    continue
                put = name.replace(own, other)
                if _said(put, words) >= max(_PUT, _said(name, words) + 0.1):
                    return own, other
    return None
