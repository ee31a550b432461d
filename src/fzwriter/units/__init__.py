"""Types of unit as they speak at a level, their names and their powers."""

from fzwriter.domain import GENERAL, Group
from fzwriter.units.naming import Standing, contradicts, same_body, unit_named
from fzwriter.units.places import Place, body_of, places
from fzwriter.units.powers import Claim, Power, find_powers, foreign_powers, lacking, temper
from fzwriter.units.profile import (
    Level,
    Profile,
    alike,
    find_profile,
    foreign_trade,
    known_types,
    level_rank,
    match_type,
    recognised_type,
)

__all__ = [
    "GENERAL",
    "Claim",
    "Group",
    "Level",
    "Place",
    "Power",
    "Profile",
    "Standing",
    "alike",
    "body_of",
    "contradicts",
    "find_powers",
    "find_profile",
    "foreign_powers",
    "foreign_trade",
    "known_types",
    "lacking",
    "level_rank",
    "match_type",
    "places",
    "recognised_type",
    "same_body",
    "temper",
    "unit_named",
]
