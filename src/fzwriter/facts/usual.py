"""The figures a unit of a type usually reports, from ``usual.yaml``."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml

from fzwriter.units import Profile


@dataclass(frozen=True)
class UsualFigure:
    """One line of the template's 数据: what is asked for, in which unit, part of what total."""

    topic: str
    name: str
    unit: str
    total: str = ""


@functools.cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(
        files(__package__).joinpath("usual.yaml").read_text(encoding="utf-8")
    )
    return data


def usual_kinds() -> tuple[str, ...]:
    """The kinds of document to choose from."""
    return tuple(_data()["kinds"])


def is_usual(name: str) -> bool:
    """Whether a template asks for a figure called ``name``, of whatever type of unit."""
    return bool(_usual_names().fullmatch(name))


@functools.cache
def _usual_names() -> re.Pattern[str]:
    rows = [row for entry in _data()["topics"] for row in entry["rows"]]
    names = {re.escape(row.split("|")[0]).replace("<area>", ".{0,3}") for row in rows}
    return re.compile("|".join(sorted(names)))


def usual_figures(profile: Profile) -> tuple[UsualFigure, ...]:
    """The figures of a unit's topics, in the order its report tells them."""
    topics = dict.fromkeys(topic for group in profile.groups for topic in group.topics)
    return tuple(figure for topic in topics for figure in _of_topic(topic, profile))


def _of_topic(topic: str, profile: Profile) -> list[UsualFigure]:
    for entry in _data()["topics"]:
        if entry["topic"] == topic and profile.type in entry.get("types", (profile.type,)):
            return [_figure(topic, row, profile) for row in entry["rows"]]
    return []


def _figure(topic: str, row: str, profile: Profile) -> UsualFigure:
    area = profile.level.verb
    name, unit, total = (*row.replace("<area>", area).split("|"), "")[:3]
    return UsualFigure(topic, name, unit, total)
