"""Means with percentile bootstrap intervals; the resampled unit is the case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

ROUNDS = 4000
_LEVEL = 95


@dataclass(frozen=True)
class Estimate:
    """A mean.

    Attributes:
        mean: of the values.
        low: lower end of the 95 % interval; the mean itself where there is one value.
        high: its upper end.
        n: how many values.
    """

    mean: float
    low: float
    high: float
    n: int


def estimate(values: Sequence[float], seed: int = 20260101) -> Estimate | None:
    """Mean and percentile bootstrap interval; ``None`` for no values. The same values, the same ends."""
    if not values:
        return None
    array = np.asarray(values, dtype=float)
    mean = float(array.mean())
    if len(array) == 1 or float(array.min()) == float(array.max()):
        return Estimate(mean, mean, mean, len(array))
    draws = np.random.default_rng(seed).integers(0, len(array), (ROUNDS, len(array)))
    means = array[draws].mean(axis=1)
    tail = (100 - _LEVEL) / 2
    low, high = np.percentile(means, [tail, 100 - tail])
    return Estimate(mean, float(low), float(high), len(array))
