"""The figures a unit of a type usually reports, from the files of its type and of its topics."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fzwriter.domain import once, topics, unit_types
from fzwriter.units import Profile


@dataclass(frozen=True)
class UsualFigure:
    """One line of the template's 数据: what is asked for, in which unit, part of what total."""

    topic: str
    name: str
    unit: str
    total: str = ""


def is_usual(name: str) -> bool:
    """Whether a template asks for a figure called ``name``, of whatever type of unit."""
    return bool(_usual_names().fullmatch(name))


@once
def _usual_names() -> re.Pattern[str]:
    own = (rows for one in unit_types().values() for rows in one.usual.values())
    rows = [row for group in (*own, *(one.usual for one in topics().values())) for row in group]
    names = {re.escape(row.split("|")[0]).replace("<area>", ".{0,3}") for row in rows}
    return re.compile("|".join(sorted(names)))


def usual_figures(profile: Profile) -> tuple[UsualFigure, ...]:
    """The figures of a unit's topics, in the order its report tells them."""
    told = dict.fromkeys(topic for group in profile.groups for topic in group.topics)
    return tuple(_figure(topic, row, profile) for topic in told for row in _rows(topic, profile))


def _rows(topic: str, profile: Profile) -> tuple[str, ...]:
    own = unit_types()[profile.type].usual
    if topic in own:
        return own[topic]
    return topics()[topic].usual if topic in topics() else ()


def _figure(topic: str, row: str, profile: Profile) -> UsualFigure:
    area = profile.level.verb
    name, unit, total = (*row.replace("<area>", area).split("|"), "")[:3]
    return UsualFigure(topic, name, unit, total)
