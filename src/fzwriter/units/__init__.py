"""Unit types as data: profiles and administrative levels."""

from fzwriter.units.naming import Standing, contradicts, same_body, unit_named
from fzwriter.units.places import Place, body_of, places
from fzwriter.units.powers import Claim, Power, find_powers, foreign_powers, lacking, temper
from fzwriter.units.profile import (
    GENERAL,
    Group,
    Level,
    Profile,
    find_profile,
    foreign_trade,
    known_types,
    level_rank,
    match_type,
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
    "same_body",
    "temper",
    "unit_named",
]
