"""Unit profiles: what a type of unit is, how it speaks of itself, what it may do. Data files only.

A profile is ``profiles/<type>.yaml``; administrative levels are ``levels.yaml``. ``find_profile``
maps free text (the sheet's ``unit.type`` and ``unit.name``) to one, or to the general one, 其他.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

GENERAL = "其他"


@dataclass(frozen=True)
class Level:
    """Words that go with an administrative level."""

    name: str
    area: str
    place: str
    verb: str
    council: str
    government: str
    formal: str


@dataclass(frozen=True)
class Group:
    """Topics that a report treats under one heading.

    Attributes:
        key: short name.
        topics: canonical topics, in the order they are told.
        headings: variants of the heading, without its number.
        plan: leads of a plan item (抓什么), variants.
    """

    key: str
    topics: tuple[str, ...]
    headings: tuple[str, ...]
    plan: tuple[str, ...]


@dataclass(frozen=True)
class Profile:
    """A type of unit, as it speaks at one level.

    Attributes:
        type: 司法局, 镇…; 其他 for the general one.
        self: how it calls itself: 我局.
        body: 局, 镇, 单位.
        organ: its leading party organ: 局党组.
        head: neutral word for its leader: 局主要负责人.
        leader: full title of the leader.
        staff: its people.
        mission: what its work is called.
        superior: what its line superiors are called.
        powers: topics it acts in.
        foreign: powers it does not have.
        groups: its usual sections, in order.
        level: words for its area and superiors.
    """

    type: str
    self: str
    body: str
    organ: str
    head: str
    leader: str
    staff: str
    mission: str
    superior: str
    powers: tuple[str, ...]
    foreign: tuple[str, ...]
    groups: tuple[Group, ...]
    level: Level

    def group_of(self, topic: str) -> Group | None:
        """The group that treats a canonical topic."""
        return next((group for group in self.groups if topic in group.topics), None)

    @property
    def words(self) -> dict[str, str]:
        """What templates may name: self, organ, area, council and the like."""
        level = self.level
        return {
            "self": self.self,
            "body": self.body,
            "organ": self.organ,
            "head": self.head,
            "leader": self.leader,
            "staff": self.staff,
            "mission": self.mission,
            "superior": self.superior,
            "area": level.area,
            "place": level.place,
            "area_verb": level.verb,
            "council": level.council,
            "government": level.government,
            "formal": level.formal,
        }


def _read(path: str) -> Any:
    return yaml.safe_load((files("fzwriter.units") / path).read_text("utf-8"))


@lru_cache(maxsize=1)
def _profiles() -> dict[str, dict[str, Any]]:
    folder = files("fzwriter.units") / "profiles"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    raw = [_read(f"profiles/{name}") for name in names]
    return {profile["type"]: profile for profile in raw}


@lru_cache(maxsize=1)
def _levels() -> dict[str, Level]:
    return {name: Level(name, **words) for name, words in _read("levels.yaml").items()}


def known_types() -> tuple[str, ...]:
    """The types with a profile, the general one last."""
    return (*sorted(t for t in _profiles() if t != GENERAL), GENERAL)


def match_type(type_: str, name: str) -> str:
    """The profile for a free-text type, by its name and then the unit's; 其他 when none fits."""
    for text in (type_, name):
        if text in _profiles():
            return text
        for profile in _profiles().values():
            if any(text.endswith(known) for known in profile["names"]):
                return str(profile["type"])
    return GENERAL


def match_level(level: str, name: str, region: str) -> Level:
    """The level by its own word, else read from the unit's name or region; 县 when neither tells."""
    known = _levels()
    if level in known:
        return known[level]
    for text in (level, name, region):
        found = re.findall(r"街道|[省市州县区旗镇乡]", text)
        if found:
            return known[found[-1]]
    return known["县"]


_BODIES = re.compile(r"(委员会|街道办事处|人民政府|委|局|厅|办|院|中心|大队|支队|所|站|处|队)$")
_SHORT = {"委员会": "委", "街道办事处": "街道", "人民政府": "政府"}


def find_profile(type_: str, name: str, level: str = "", region: str = "") -> Profile:
    """The profile of a unit.

    Args:
        type_: the sheet's ``unit.type``.
        name: its full name.
        level: its level, or "".
        region: where it lies, or "".
    """
    raw = dict(_profiles()[match_type(type_, name)])
    raw.pop("names")
    body = str(raw["body"])
    if raw["type"] == GENERAL and (match := _BODIES.search(name)):
        body = _SHORT.get(match.group(), match.group())
        prefix = body if body in ("局", "厅", "委") else ""
        raw["organ"] = f"{prefix}{raw['organ']}"
        raw["head"] = f"{prefix}{raw['head']}"
    raw["body"] = body
    raw["self"] = str(raw["self"]).format(body=body)
    groups = tuple(
        Group(g["key"], tuple(g["topics"]), tuple(g["headings"]), tuple(g["plan"]))
        for g in raw.pop("groups")
    )
    powers, foreign = tuple(raw.pop("powers")), tuple(raw.pop("foreign"))
    return Profile(
        **raw,
        powers=powers,
        foreign=foreign,
        groups=groups,
        level=match_level(level, name, region),
    )
