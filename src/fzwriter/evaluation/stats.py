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


def ratio(parts: Sequence[tuple[float, float]], seed: int = 20260101) -> Estimate | None:
    """A share over all, its interval by resampling the groups; ``None`` where nothing was counted.

    Args:
        parts: of each group how many of how many; ``n`` of the result is the whole of the second.
        seed: of the resampling.
    """
    counted = [part for part in parts if part[1]]
    if not counted:
        return None
    over, under = (np.asarray(column, dtype=float) for column in zip(*counted, strict=True))
    mean = float(over.sum() / under.sum())
    if len(counted) == 1:
        return Estimate(mean, mean, mean, int(under.sum()))
    draws = np.random.default_rng(seed).integers(0, len(over), (ROUNDS, len(over)))
    means = over[draws].sum(axis=1) / under[draws].sum(axis=1)
    tail = (100 - _LEVEL) / 2
    low, high = np.percentile(means, [tail, 100 - tail])
    return Estimate(mean, float(low), float(high), int(under.sum()))
