"""Which powers a unit has, and which clauses claim one it lacks.

The powers are ``powers.yaml``; who has which, the files of the unit types say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

import yaml

from fzwriter.domain import once, unit_types
from fzwriter.errors import ConfigError

_CLAUSE = re.compile(r"[^。；！？\n]+")


@dataclass(frozen=True)
class Power:
    """A power some unit types have.

    Attributes:
        name: how a message calls it.
        holders: the types that have it.
        says: what a clause that claims it looks like.
        unless: what makes the same words harmless, in the clause or the one before.
        beside: the same, in the clause itself only.
        topics: topics that a report treats under this power.
        instead: patterns of a claim, and how a unit without the power puts it.
        heading: what a unit without the power calls its part in it, or "".
    """

    name: str
    holders: frozenset[str]
    says: re.Pattern[str]
    unless: re.Pattern[str]
    topics: frozenset[str] = frozenset()
    instead: tuple[tuple[re.Pattern[str], str], ...] = ()
    heading: str = ""
    beside: re.Pattern[str] | None = None

    def claimed(self, sentence: str) -> re.Match[str] | None:
        """Where a sentence claims the power, unless the words around make it harmless."""
        for match in self.says.finditer(sentence):
            own = sentence.rfind("，", 0, match.start()) + 1
            before = sentence.rfind("，", 0, max(0, own - 1)) + 1
            end = sentence.find("，", match.end())
            end = len(sentence) if end < 0 else end
            if self.unless.search(sentence, before, end):
                continue
            if self.beside and self.beside.search(sentence, own, end):
                continue
            return match
        return None


@dataclass(frozen=True)
class Claim:
    """A clause that claims a power: where it stands in the text, and which."""

    start: int
    end: int
    power: Power


@once
def powers() -> tuple[Power, ...]:
    """All powers that not every unit has.

    Raises:
        ConfigError: a type of unit is said to have one that there isn't.
    """
    raw = yaml.safe_load((files("fzwriter.units") / "powers.yaml").read_text("utf-8"))
    names = [entry["name"] for entry in raw["powers"]]
    for one in unit_types().values():
        if strange := sorted(set(one.powers) - set(names)):
            what = f"单位类型“{one.type}”的 powers 里有不认识的职权“{strange[0]}”"
            raise ConfigError(what, remedy=f"可写：{'、'.join(names)}")
    return tuple(
        Power(
            entry["name"],
            frozenset(one.type for one in unit_types().values() if entry["name"] in one.powers),
            re.compile("|".join(entry["says"])),
            re.compile("|".join(entry["unless"])),
            frozenset(entry.get("topics", ())),
            tuple((re.compile(old), new) for old, new in entry.get("instead", ())),
            entry.get("heading", ""),
            re.compile("|".join(entry["beside"])) if "beside" in entry else None,
        )
        for entry in raw["powers"]
    )


def find_powers(text: str) -> Iterator[Claim]:
    """Every clause of ``text`` that claims a power, whoever's."""
    for sentence in _CLAUSE.finditer(text):
        for power in powers():
            if match := power.claimed(sentence.group()):
                start = sentence.start() + match.start()
                yield Claim(start, start + len(match.group()), power)


def foreign_powers(text: str, unit_type: str) -> Iterator[Claim]:
    """The clauses that claim a power which a unit of this type lacks."""
    return (claim for claim in find_powers(text) if unit_type not in claim.power.holders)


def temper(text: str, unit_type: str) -> str:
    """A text with the verbs of powers the type lacks turned into those of its part in them.

    审理行政复议案件 → 配合行政复议答复工作 for a township: only set phrases of ``powers.yaml``; a claim
    that none of them fits stays, and ``foreign_powers`` finds it.
    """
    for power in powers():
        if unit_type not in power.holders:
            for pattern, words in power.instead:
                text = pattern.sub(words, text)
    return text


def lacking(topic: str, unit_type: str) -> Power | None:
    """The power that a topic belongs to, when a unit of this type lacks it."""
    found = (p for p in powers() if topic in p.topics and unit_type not in p.holders)
    return next(found, None)
