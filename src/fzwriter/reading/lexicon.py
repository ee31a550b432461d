"""The word lists of ``terms.yaml``, ``manners.yaml`` and ``framing.yaml``, read once and compiled.

Owns reading only; what the words mean for masking, topics and framing is the business of the
modules that use them.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from importlib import resources
from typing import Any

import yaml


@functools.cache
def load(name: str) -> dict[str, Any]:
    """One of the data files beside this module, as read."""
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    assert isinstance(data, dict)
    return data


@functools.cache
def words(name: str, key: str) -> frozenset[str]:
    """A white-space separated list."""
    return frozenset(load(name)[key].split())


@functools.cache
def characters(name: str, key: str) -> frozenset[str]:
    """A list of single characters; white space between them means nothing."""
    return frozenset("".join(load(name)[key].split()))


def alternation(items: Iterable[str]) -> str:
    """A regular expression that finds any of the items, the longest first."""
    return "|".join(re.escape(item) for item in sorted(set(items), key=lambda s: (-len(s), s)))
