"""Unit types as data: profiles and administrative levels."""

from fzwriter.units.profile import (
    GENERAL,
    Group,
    Level,
    Profile,
    find_profile,
    known_types,
    match_type,
)

__all__ = ["GENERAL", "Group", "Level", "Profile", "find_profile", "known_types", "match_type"]
