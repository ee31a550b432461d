"""Which powers a unit has, and which clauses claim one it lacks. Data: ``powers.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml

_CLAUSE = re.compile(r"[^。；！？\n]+")


@dataclass(frozen=True)
class Power:
    """A power some unit types have.

    Attributes:
        name: how a message calls it.
        holders: the types that have it.
        says: what a clause that claims it looks like.
        unless: what makes the same words harmless.
    """

    name: str
    holders: frozenset[str]
    says: re.Pattern[str]
    unless: re.Pattern[str]


@dataclass(frozen=True)
class Claim:
    """A clause that claims a power: where it stands in the text, and which."""

    start: int
    end: int
    power: Power


@lru_cache(maxsize=1)
def powers() -> tuple[Power, ...]:
    """All powers that not every unit has."""
    raw = yaml.safe_load((files("fzwriter.units") / "powers.yaml").read_text("utf-8"))
    return tuple(
        Power(
            entry["name"],
            frozenset(entry["holders"]),
            re.compile("|".join(entry["says"])),
            re.compile("|".join(entry["unless"])),
        )
        for entry in raw["powers"]
    )


def find_powers(text: str) -> Iterator[Claim]:
    """Every clause of ``text`` that claims a power, whoever's."""
    for sentence in _CLAUSE.finditer(text):
        for power in powers():
            match = power.says.search(sentence.group())
            if match and not power.unless.search(sentence.group()):
                start = sentence.start() + match.start()
                yield Claim(start, start + len(match.group()), power)


def foreign_powers(text: str, unit_type: str) -> Iterator[Claim]:
    """The clauses that claim a power which a unit of this type lacks."""
    return (claim for claim in find_powers(text) if unit_type not in claim.power.holders)
