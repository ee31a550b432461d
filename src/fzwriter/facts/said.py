"""What a sheet says in words: the one definition, in two strengths."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fzwriter.facts.model import FactSheet


@dataclass(frozen=True)
class Said:
    """The words of a sheet, one thing a line.

    Attributes:
        strict: what a report may state as the unit's own: its name and region, names and aliases of
            facts and derived figures, statements, terms.
        wide: every word handed in: those, and the document (kind, title, addressee, issuer, number,
            signer, outline), type and level of the unit, topics, measure words, notes.
    """

    strict: str
    wide: str


def said_by(sheet: FactSheet) -> Said:
    """The words of a sheet."""
    unit, document = sheet.unit, sheet.document
    strict = [unit.name, unit.region, *sheet.terms]
    wide = [unit.type, unit.level, document.kind, document.title, document.addressee]
    wide += [document.issuer, document.number, document.signer, *document.outline]
    for fact in sheet.facts:
        strict += [fact.name, *fact.aliases]
        wide += [fact.topic, fact.unit, *fact.units, fact.note]
    for derived in sheet.derived:
        strict += [derived.name, *derived.aliases]
        wide += [derived.topic, derived.unit]
    for statement in sheet.statements:
        strict.append(statement.text)
        wide += [statement.topic, statement.note]
    return Said(_lines(strict), _lines([*strict, *wide]))


def _lines(words: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(word for word in words if word))
