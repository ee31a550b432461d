"""What checking needs of a sheet, worked out once and kept for the next text.

A repair loop and the evaluation check many texts against one sheet. Sheets are frozen, so the same
object means the same content.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from fzwriter.check.build import build_referents
from fzwriter.check.index import Referents
from fzwriter.check.stated import Stated
from fzwriter.facts import FactSheet, cleared
from fzwriter.numbers import Lexicon, default_lexicon

_KEPT = 4


@dataclass(frozen=True)
class Prepared:
    """A sheet's fixed terms and its indexed referents.

    Attributes:
        sheet: as handed in.
        data: the sheet without orders planted in it, as writers print it.
        lexicon: the terms asked for, or None for the shipped ones.
        terms: those with the sheet's own.
        referents: what a figure can trace to.
        stated: what its statements say.
    """

    sheet: FactSheet
    data: FactSheet
    lexicon: Lexicon | None
    terms: Lexicon
    referents: Referents
    stated: Stated

    @property
    def names(self) -> dict[str, str]:
        """What facts and derived figures are called, by id."""
        named = {fact.id: fact.name for fact in self.data.facts}
        return named | {derived.id: derived.name for derived in self.data.derived}


_recent: deque[Prepared] = deque(maxlen=_KEPT)


def sheet_lexicon(sheet: FactSheet, base: Lexicon | None = None) -> Lexicon:
    """The lexicon with the sheet's terms and the names of its unit and region."""
    return (base or default_lexicon()).extended((*sheet.terms, sheet.unit.name, sheet.unit.region))


def prepare(sheet: FactSheet, lexicon: Lexicon | None = None) -> Prepared:
    """``sheet`` made ready for checking against."""
    for ready in tuple(_recent):
        if ready.sheet is sheet and ready.lexicon is lexicon:
            return ready
    terms = sheet_lexicon(sheet, lexicon)
    data = cleared(sheet)
    ready = Prepared(
        sheet, data, lexicon, terms, Referents(build_referents(data, terms)), Stated(data)
    )
    _recent.append(ready)
    return ready
