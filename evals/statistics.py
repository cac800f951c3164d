"""Statistics over per-case values: means with bootstrap intervals, paired differences, McNemar's exact test."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Statistic = Callable[[Numbers], Any]
"""Of values along the last axis."""

# Enough that the ends of a 95% interval of a mean move by less than a hundredth between seeds.
_RESAMPLES = 2000
_SEED = 20221231


@dataclass(frozen=True, slots=True)
class Undefined:
    """A measure that says nothing about a case, and why."""

    reason: str


Value = float | Undefined


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean (or percentile) with its 95% interval, over `n` values; None where there is nothing to estimate from."""

    mean: float | None
    low: float | None
    high: float | None
    n: int
    undefined: dict[str, int]
    """How many cases have no value, by reason."""


def mean(values: Numbers) -> Any:
    """The mean along the last axis."""
    return values.mean(axis=-1)


def percentile(share: float) -> Statistic:
    """The statistic "this percentile", 0 to 100, along the last axis."""

    def of(values: Numbers) -> Any:
        return np.percentile(values, share, axis=-1)

    return of


def estimate(values: Sequence[Value], statistic: Statistic = mean) -> Estimate:
    """The statistic of the defined values, with a percentile bootstrap interval over cases (None below two values)."""
    defined = [value for value in values if not isinstance(value, Undefined)]
    reasons = Counter(value.reason for value in values if isinstance(value, Undefined))
    if not defined:
        return Estimate(None, None, None, 0, dict(reasons.most_common()))
    numbers = np.array(defined, dtype=np.float64)
    low, high = _interval(numbers, statistic)
    return Estimate(float(statistic(numbers)), low, high, len(defined), dict(reasons.most_common()))


def mcnemar(gained: int, lost: int) -> float:
    """The two-sided exact p-value that as many cases should flip one way as the other."""
    flips = gained + lost
    tail = sum(comb(flips, count) for count in range(min(gained, lost) + 1))
    return min(1.0, 2 * tail / (1 << flips))


def _interval(numbers: Numbers, statistic: Statistic) -> tuple[float | None, float | None]:
    if len(numbers) < 2:
        return None, None
    chosen = np.random.default_rng(_SEED).integers(0, len(numbers), (_RESAMPLES, len(numbers)))
    low, high = np.percentile(statistic(numbers[chosen]), [2.5, 97.5])
    return float(low), float(high)
