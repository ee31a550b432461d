"""Types of unit, a file each: ``types/*.yaml``."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from fzwriter.domain.files import Ordered, Thing, Told, once, read

GENERAL = "其他"


class Group(Told):
    """Topics that a report treats under one heading.

    Attributes:
        key: short name.
        topics: canonical, in the order they are told.
        headings: variants of the heading, without its number; see ``titles``.
        plan: leads of a plan item (抓什么), variants.
    """

    key: str
    topics: tuple[str, ...] = Field(min_length=1)
    headings: tuple[str, ...] = Field(min_length=1)
    plan: tuple[str, ...] = Field(min_length=1)

    @property
    def titles(self) -> tuple[str, ...]:
        """Every heading the variants give: any first half goes with any second (抓什么，为什么)."""
        halves = [heading.split("，", 1) for heading in self.headings if "，" in heading]
        single = [heading for heading in self.headings if "，" not in heading]
        return (*single, *(f"{one}，{two}" for one, _ in halves for _, two in halves))


class UnitType(Thing):
    """A type of unit.

    Attributes:
        type: 司法局, 镇…; 其他 for the general one.
        names: endings of units' names and of free-text types that mean it.
        recognise: patterns of names of units in other reports that mean it, where no ending does.
        self: how it calls itself: 我局. This and the seven below may name {body}, {place},
            {area_verb}, {council}, {government}.
        body: 局, 镇, 单位.
        organ: its leading party organ: 局党组.
        head: neutral word for its leader: 局主要负责人.
        leader: full title of the leader.
        staff: its people.
        mission: what its work is called.
        superior: what its line superiors are called.
        variants: other words at a level: {乡: {self: 我乡}}.
        form: what it is among the bodies of a place.
        area: whether it may say 我县 of the rule of law in all of it.
        above: whether it reports to the level above its own, as a government does.
        flat: whether its achievements stand under first-level headings, without one over them.
        alike: what else seeds call a unit much like it.
        powers: those of ``units/powers.yaml`` that it has.
        trade: words of its trade.
        usual: the figures it reports by topic, as ``指标|单位`` or ``指标|单位|属于`` (a row above);
            <area> is 县, 区…. A topic it doesn't name has the rows of the topic's own file.
        groups: its usual sections, in order.
    """

    named = "type"

    type: str
    names: tuple[str, ...] = ()
    recognise: Ordered = {}
    self: str
    body: str
    organ: str
    head: str
    leader: str
    staff: str
    mission: str
    superior: str
    variants: dict[str, dict[str, str]] = {}
    form: Literal["部门", "乡镇", "政府"] = "部门"
    area: bool = False
    above: bool = False
    flat: bool = False
    alike: tuple[str, ...] = ()
    powers: tuple[str, ...] = ()
    trade: tuple[str, ...] = ()
    usual: dict[str, tuple[str, ...]] = {}
    groups: tuple[Group, ...] = Field(min_length=1)


@once
def unit_types() -> dict[str, UnitType]:
    """The types by name."""
    return {one.type: one for one in read("types", UnitType)}
