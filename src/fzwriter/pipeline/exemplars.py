"""What the writers borrow from the seed library, and which seeds it came from."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType

from fzwriter.seeds import SeedLibrary, deed_sentences, framing_clauses
from fzwriter.units import foreign_trade
from fzwriter.writing.suggest import marked

_PASSAGES = 12


class Exemplars:
    """Framing clauses for one report, fetched once per topic; remembers the seeds they are from."""

    def __init__(self, library: SeedLibrary, unit_type: str) -> None:
        self._library, self._unit_type = library, unit_type
        self._foreign = foreign_trade(unit_type)
        self._found: dict[tuple[str, str], tuple[str, ...]] = {}
        self._origin: dict[str, str] = {}
        self._shown: set[str] = set()
        self._texts: dict[str, str] = {}

    def __enter__(self) -> Exemplars:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._library.close()

    def framing(self, topic: str, part: str) -> Sequence[str]:
        """Framing clauses for a topic within a part of the report, nearest seeds first."""
        key = (topic, part)
        if key not in self._found:
            hits = self._library.search(
                topic, k=_PASSAGES, part=part, topic=topic, unit_type=self._unit_type
            )
            clauses: dict[str, None] = {}
            for hit in hits:
                for clause in framing_clauses(hit.passage):
                    if any(word in clause for word in self._foreign):
                        continue
                    clauses.setdefault(clause)
                    self._origin.setdefault(clause, hit.passage.seed)
            self._found[key] = tuple(clauses)
        return self._found[key]

    def deeds(self, topic: str, part: str) -> Sequence[str]:
        """Masked sentences that claim deeds, for a topic ("" for any) within a part, nearest first.

        They may stand in a report marked as to be confirmed, never as this unit's.
        """
        hits = self._library.search(
            topic or part,
            k=_PASSAGES,
            part=part,
            topic=topic,
            unit_type=self._unit_type,
            role="deeds",
        )
        found: dict[str, None] = {}
        for hit in hits:
            for sentence in deed_sentences(hit.passage):
                found.setdefault(sentence)
                self._origin.setdefault(marked(sentence), hit.passage.seed)
        return tuple(found)

    def passages(self, query: str, part: str, k: int) -> Sequence[str]:
        """Masked passages to show a model, nearest first; their seeds count as used."""
        hits = self._library.search(query, k=k, part=part, unit_type=self._unit_type)
        self._shown |= {hit.passage.seed for hit in hits}
        return [hit.passage.text for hit in hits]

    def seeds_in(self, text: str) -> tuple[str, ...]:
        """Names of the seeds whose clauses stand in ``text``, and of those shown to a model."""
        used = {seed for clause, seed in self._origin.items() if clause.rstrip("，。") in text}
        return tuple(sorted(used | self._shown))

    def sources(self, seeds: Sequence[str]) -> tuple[str, ...]:
        """The unmasked texts of seeds, for the leak check."""
        for seed in seeds:
            if seed not in self._texts:
                self._texts[seed] = "\n".join(self._library.report(seed).paragraphs)
        return tuple(self._texts[seed] for seed in seeds)
