"""Powers the unit lacks: a clause that claims one is another unit's (DESIGN §4.2 ``foreign_power``)."""

from __future__ import annotations

from collections.abc import Iterator

from fzwriter.facts import FactSheet
from fzwriter.report import Issue
from fzwriter.units import find_powers, foreign_powers, match_type


def find_foreign_powers(text: str, sheet: FactSheet) -> Iterator[Issue]:
    """Clauses that claim a power the unit's type lacks.

    A warning where the sheet itself says so: the user must know. An error otherwise.
    """
    unit_type = match_type(sheet.unit.type, sheet.unit.name)
    said = {claim.power.name for given in _said(sheet) for claim in find_powers(given)}
    who = "本单位" if unit_type == "其他" else unit_type
    for claim in foreign_powers(text, unit_type):
        words = text[claim.start : claim.end]
        given = claim.power.name in said
        yield Issue(
            claim.start,
            claim.end,
            "foreign_power",
            "warning" if given else "error",
            f"{who}一般没有“{claim.power.name}”的职权，此处写“{words}”"
            + ("；数据中写明，故保留" if given else ""),
            "请核实；如为配合、协助、答复，请改写"
            if given
            else "请删去，或改写为配合、协助、答复等",
        )


def _said(sheet: FactSheet) -> Iterator[str]:
    """Whatever the sheet says in words of the unit's own."""
    for fact in sheet.facts:
        yield from (fact.name, *fact.aliases, fact.note)
    for derived in sheet.derived:
        yield from (derived.name, *derived.aliases)
    for statement in sheet.statements:
        yield from (statement.text, statement.note)
    yield from (*sheet.terms, sheet.document.title, *sheet.document.outline)
