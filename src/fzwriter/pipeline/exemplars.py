"""What the writers borrow from the seed library, and which seeds it came from."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType

from fzwriter.seeds import SeedLibrary, framing_clauses

_PASSAGES = 12


class Exemplars:
    """Framing clauses for one report, fetched once per topic; remembers the seeds they are from."""

    def __init__(self, library: SeedLibrary, unit_type: str) -> None:
        self._library, self._unit_type = library, unit_type
        self._found: dict[tuple[str, str], tuple[str, ...]] = {}
        self._origin: dict[str, str] = {}

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
                    clauses.setdefault(clause)
                    self._origin.setdefault(clause, hit.passage.seed)
            self._found[key] = tuple(clauses)
        return self._found[key]

    def seeds_in(self, text: str) -> tuple[str, ...]:
        """Names of the seeds whose clauses stand in ``text``."""
        used = {seed for clause, seed in self._origin.items() if clause.rstrip("，。") in text}
        return tuple(sorted(used))

    def sources(self, seeds: Sequence[str]) -> tuple[str, ...]:
        """The unmasked texts of seeds, for the leak check."""
        return tuple("\n".join(self._library.report(seed).paragraphs) for seed in seeds)
