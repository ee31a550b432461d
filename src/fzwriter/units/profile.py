"""Unit profiles: a type of unit (``domain.UnitType``) as it speaks at one administrative level.

``find_profile`` maps free text (the sheet's ``unit.type`` and ``unit.name``) to a type, or to the
general one, 其他. Levels are ``levels.yaml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

import yaml

from fzwriter.domain import GENERAL, Group, once, told_with, unit_types
from fzwriter.units.places import places


@dataclass(frozen=True)
class Level:
    """Words that go with an administrative level."""

    name: str
    rank: int
    area: str
    place: str
    verb: str
    council: str
    government: str
    formal: str


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
        groups: its usual sections, in order.
        level: words for its area and superiors.
        flat: its achievements stand under first-level headings, without one over them.
        form: what it is among the bodies of a place: 部门, 乡镇 or 政府.
        area: whether it may say 我县 of the rule of law in all of it.
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
    groups: tuple[Group, ...]
    level: Level
    flat: bool = False
    form: str = "部门"
    area: bool = False

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


@lru_cache(maxsize=1)
def _levels() -> dict[str, Level]:
    raw = yaml.safe_load((files("fzwriter.units") / "levels.yaml").read_text("utf-8"))
    return {name: Level(name, **words) for name, words in raw.items()}


def known_types() -> tuple[str, ...]:
    """The types with a profile, the general one last."""
    return (*sorted(t for t in unit_types() if t != GENERAL), GENERAL)


def foreign_trade(type_: str) -> frozenset[str]:
    """Words of other types' trades: 公安 in a 人社局's report sounds borrowed, because it is."""
    own = set(unit_types()[type_].trade)
    return frozenset(word for one in unit_types().values() for word in one.trade if word not in own)


def match_type(type_: str, name: str) -> str:
    """The profile for a free-text type, by its name and then the unit's; 其他 when none fits."""
    endings = _endings()
    for text in (type_.strip(), name.strip()):
        if text in unit_types():
            return text
        fitting = [ending for ending in endings if text.endswith(ending)]
        if fitting:
            return endings[max(fitting, key=len)]
    return GENERAL


@once
def _endings() -> dict[str, str]:
    """The types by the endings of names that tell them."""
    return {ending: one.type for one in unit_types().values() for ending in one.names}


def recognised_type(name: str) -> str:
    """The type that a unit's name in another report tells, 其他 when it tells none."""
    if (found := match_type("", name)) != GENERAL:
        return found
    return next((type_ for pattern, type_ in _recognised() if pattern.search(name)), GENERAL)


@once
def _recognised() -> tuple[tuple[re.Pattern[str], str], ...]:
    found = [(at, p, t.type) for t in unit_types().values() for at, p in t.recognise.items()]
    return tuple((re.compile(pattern), type_) for _, pattern, type_ in sorted(found))


def alike(one: str, other: str) -> bool:
    """Whether reports of two types of unit are alike: 局 and 局, 镇 and 街道, two governments."""
    if one.endswith("局") and other.endswith("局"):
        return True
    families = ({known.type, *known.alike} for known in unit_types().values() if known.alike)
    return any({one, other} <= family for family in families)


def level_rank(name: str) -> int:
    """How high a level stands: 1 a township, 2 a county, 3 a city, 4 a province; 0 for no level."""
    known = _levels().get(name)
    return known.rank if known else 0


def type_names(type_: str) -> tuple[str, ...]:
    """The endings of names that tell a type with a profile."""
    return unit_types()[type_].names


def body_word(name: str) -> str:
    """The last word of a unit's name that says what body it is: 局, 办, 中心; "" for none."""
    match = _BODIES.search(name)
    return match.group() if match else ""


_PLACES = re.compile(r"街道|[省市州县区旗盟镇乡]")
_TOWNSHIPS = ("镇", "乡", "街道")


def match_level(level: str, name: str, region: str) -> Level:
    """The level by its own word, else read from the unit's name or region; 县 when neither tells.

    A township's superiors are those of the county, district or city it lies in.
    """
    known = _levels()
    stated = _PLACES.findall(level)
    word = stated[-1] if stated else _place_word(name) or _place_word(region) or "县"
    found = known.get(word, known["县"])
    if found.name in _TOWNSHIPS:
        above = [w for w in _PLACES.findall(region + name) if w in "市县区旗"]
        if above:
            superior = known[above[-1]]
            return replace(
                found,
                council=superior.council,
                government=superior.government,
                formal=superior.formal,
            )
    return found


def _place_word(name: str) -> str:
    """The level of the last place in a name: 县 for 霖汀县市场监督管理局 and for 县司法局."""
    words = [place.word for place in places(name)] or _PLACES.findall(name)[:1]
    return words[-1].removeprefix("自治") if words else ""


def _above(level: Level, region: str) -> Level:
    """Whom a government itself reports to: the city or prefecture, else the province."""
    known = _levels()
    if (
        level.name in ("州", "市")
        and "县级" not in level.name
        and not re.search("[州市].{0,30}市", region)
    ):
        return known["省"]
    return known["州"] if "州" in region.split("市")[0] and "自治州" in region else known["市"]


_BODIES = re.compile(
    r"(委员会|街道办事处|人民政府|委|局|厅|办|院|中心|大队|支队|所|站|处|队|馆|社|行)$"
)
_SHORT = {"委员会": "委", "街道办事处": "街道", "人民政府": "政府", "中心": "中心"}
_WORDS = ("self", "body", "organ", "head", "leader", "staff", "mission", "superior")


def find_profile(type_: str, name: str, level: str = "", region: str = "") -> Profile:
    """The profile of a unit.

    Args:
        type_: the sheet's ``unit.type``.
        name: its full name.
        level: its level, or "".
        region: where it lies, or "".
    """
    raw = unit_types()[match_type(type_, name)]
    place = match_level(level, name, region)
    words = {key: getattr(raw, key) for key in _WORDS} | raw.variants.get(place.name, {})
    if raw.type == GENERAL:
        words |= _general(words, name)
    naming = {
        "body": words["body"],
        "place": place.place,
        "area_verb": place.verb,
        "council": place.council,
        "government": place.government,
    }
    words = {key: text.format(**naming) for key, text in words.items()}
    if raw.above:
        superior = _above(place, region)
        place = replace(
            place, council=superior.council, government=superior.government, formal=superior.formal
        )
    placed = frozenset(topic for g in raw.groups for topic in g.topics)
    groups = tuple(g.model_copy(update={"topics": told_with(g.topics, placed)}) for g in raw.groups)
    return Profile(
        type=raw.type,
        **words,
        groups=groups,
        level=place,
        flat=raw.flat,
        form=raw.form,
        area=raw.area,
    )


def _general(words: dict[str, str], name: str) -> dict[str, str]:
    """How a unit without a profile speaks of itself: 我局, 我中心, by the last word of its name."""
    match = _BODIES.search(name)
    if not match:
        return {}
    body = _SHORT.get(match.group(), match.group())
    prefix = body if body in ("局", "厅", "委") else ""
    return {"body": body, "organ": f"{prefix}{words['organ']}", "head": f"{prefix}{words['head']}"}
