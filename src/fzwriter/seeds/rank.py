"""From rankings to the few passages that are shown: fusion, preference, variety.

Rankings are fused by rank and not by score, so that it doesn't matter whose scores they are
(squeezed cosines, BM25). A lexical ranking can join later as one ranking more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from fzwriter.reading.split import Passage
from fzwriter.units import alike

PER_SEED = 2
_SOFTENING = 10  # small: being first matters; with the usual 60 a preference would swamp relevance
_SAME_TYPE = 0.5  # weight of the ranking among the same unit type, beside the ranking among all
_NEIGHBOUR = 0.2
_FLOOR = 0.5  # of the best score; below it a passage is beside the point, whoever wrote it


@dataclass(frozen=True)
class Hit:
    """A passage found, with its similarity to the query (cosine)."""

    passage: Passage
    score: float


def prefer(hits: Sequence[Hit], unit_type: str) -> list[Hit]:
    """Hits in a new order: relevant ones first, of the same unit type before others.

    Args:
        hits: best first, without doubles.
        unit_type: the type to be preferred; "" keeps the order.
    """
    if not unit_type:
        return list(hits)
    floor = _FLOOR * max((hit.score for hit in hits), default=0.0)
    close = [hit for hit in hits if hit.score >= floor]
    same = [hit for hit in close if hit.passage.unit_type == unit_type]
    near = [hit for hit in close if alike(hit.passage.unit_type, unit_type)]
    points: dict[str, float] = {}
    for weight, ranking in ((1.0, hits), (_SAME_TYPE, same), (_NEIGHBOUR, near)):
        for rank, hit in enumerate(ranking, 1):
            key = hit.passage.id
            points[key] = points.get(key, 0.0) + weight / (_SOFTENING + rank)
    return sorted(hits, key=lambda hit: -points[hit.passage.id])


def diversify(hits: Sequence[Hit], k: int, per_seed: int = PER_SEED) -> tuple[Hit, ...]:
    """The first k, at most ``per_seed`` of one seed unless there is nothing else."""
    taken: list[Hit] = []
    spare: list[Hit] = []
    used: Counter[str] = Counter()
    for hit in hits:
        if used[hit.passage.seed] < per_seed:
            used[hit.passage.seed] += 1
            taken.append(hit)
        else:
            spare.append(hit)
    return tuple((taken + spare)[:k])
