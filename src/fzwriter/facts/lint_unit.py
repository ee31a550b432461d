"""Does a sheet say of its unit what the unit's own name denies, or ask for what nobody can write?"""

from __future__ import annotations

from collections.abc import Iterator

from fzwriter.domain import find_kind
from fzwriter.errors import InputError
from fzwriter.facts.lint_common import Finding, warn, wrong
from fzwriter.facts.model import FactSheet
from fzwriter.units import contradicts, level_rank, places


def find_unit_contradictions(sheet: FactSheet) -> Iterator[Finding]:
    """The unit's type, level and region beside its name.

    The wrong type is an error: the report would be written, and checked, as another unit's.
    """
    unit = sheet.unit
    if contradicts(unit.type, unit.name):
        yield wrong("", f"单位名称是“{unit.name}”，单位类型却是“{unit.type}”，两者不符")
    named = places(unit.name)
    if named and level_rank(unit.level) and unit.level != named[-1].word:
        yield warn("", f"单位名称是“{unit.name}”，层级却是“{unit.level}”，两者不符")
    for place in named:
        for other in places(unit.region):
            same = level_rank(place.word) == level_rank(other.word)
            # 恩施州恩施市: a 市 may stand in a 州.
            county_city = {place.word, other.word} == {"市", "州"}
            if same and place != other and not county_city and other not in named:
                yield warn("", f"单位名称里是“{place.name}”，所在地区却是“{other.name}”，两者不符")


def find_unknown_kind(sheet: FactSheet) -> Iterator[Finding]:
    """The kind of document, where no report can be written of it; a text can be checked all the same."""
    try:
        find_kind(sheet.document.kind)
    except InputError as error:
        yield wrong("", str(error))
