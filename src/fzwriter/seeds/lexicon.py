"""The word lists of ``terms.yaml``, ``manners.yaml`` and ``framing.yaml``, read once and compiled.

Owns reading only; what the words mean for masking, topics and framing is the business of the
modules that use them.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterable
from importlib import resources
from typing import Any

import yaml

from fzwriter.domain import digest as domain_digest
from fzwriter.domain import once

DIGEST_CHARS = 16
_RULES = ("fzwriter.numbers", "fzwriter.seeds")  # what decides how a masked passage looks


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


@once
def rules_digest() -> str:
    """A hash over the rules that turn a seed into passages: code, word lists, files of the domain.

    An index built by other rules is stale: names that a better rule masks may stand in it.
    """
    digest = hashlib.sha256(domain_digest().encode())
    for package in _RULES:
        for file in sorted(resources.files(package).iterdir(), key=lambda item: item.name):
            if file.name.endswith((".py", ".yaml")):
                digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:DIGEST_CHARS]
