"""The referents of a sheet, indexed for look-up."""

from __future__ import annotations

from collections.abc import Sequence

from fzwriter.check.equality import Measures
from fzwriter.check.meaning import Meaning
from fzwriter.check.referents import Referent


class Referents:
    """The referents of one sheet; serves any number of texts.

    Attributes:
        all: the referents, facts first; elsewhere one is known by its place here.
        meaning: weighs the words that speak of them.
        measures: finds them by measure word.
        by_id: their places by id.
    """

    def __init__(self, referents: Sequence[Referent]) -> None:
        self.all = tuple(referents)
        self.meaning = Meaning(self.all)
        self.measures = Measures(self.all)
        self.by_id = {r.id: i for i, r in enumerate(self.all)}
