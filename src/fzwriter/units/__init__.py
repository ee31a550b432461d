"""Unit types as data: profiles and administrative levels."""

from fzwriter.units.powers import Claim, Power, find_powers, foreign_powers, lacking, temper
from fzwriter.units.profile import (
    GENERAL,
    Group,
    Level,
    Profile,
    find_profile,
    foreign_trade,
    known_types,
    match_type,
)

__all__ = [
    "GENERAL",
    "Claim",
    "Group",
    "Level",
    "Power",
    "Profile",
    "find_powers",
    "find_profile",
    "foreign_powers",
    "foreign_trade",
    "known_types",
    "lacking",
    "match_type",
    "temper",
]
