"""95 % intervals: what our trials leave open, and where a repetition of the paper's own trials would fall.

A printed mean of few trials scatters too. A number therefore agrees with ours if it lies where the mean of as many
trials as the paper made would lie, given ours; our own uncertainty is part of that range.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import comb, sqrt
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

CONFIDENCE: Final = 0.95
Z: Final = 1.959963984540054
"""Of a two-sided normal interval of 95 %."""
UNLIKELY: Final = 0.01
"""A curve does not agree if so many of its points miss that chance does it less often than this."""
RESAMPLES: Final = 1000
_CHUNK: Final = 15_000
_SEED: Final = 20221


class Interval(NamedTuple):
    """A closed range."""

    low: float
    high: float

    def __contains__(self, value: object) -> bool:
        return isinstance(value, int | float) and self.low <= value <= self.high

    def within(self, low: float, high: float) -> Interval:
        """Return the range cut to what is possible at all."""
        return Interval(min(max(self.low, low), high), max(min(self.high, high), low))

    def meets(self, value: float, half_digit: float = 0.0) -> bool:
        """Tell whether a number that was rounded to within `half_digit` may lie in the range."""
        return self.low <= value + half_digit and value - half_digit <= self.high


def wilson(successes: int, total: int) -> Interval:
    """Return Wilson's score interval of a share.

    Raises
    ------
    ValueError
        If there are no trials, or fewer than successes.
    """
    if not 0 <= successes <= total or total == 0:
        msg = f"{successes} of {total} is no share; it takes at least one trial, and no more successes than trials."
        raise ValueError(msg)
    share, spread = successes / total, Z**2 / total
    center = (share + spread / 2.0) / (1.0 + spread)
    half = Z * sqrt(share * (1.0 - share) / total + spread / (4.0 * total)) / (1.0 + spread)
    return Interval(
        0.0 if successes == 0 else center - half, 1.0 if successes == total else min(1.0, center + half)
    )


def resampled_means(values: ArrayLike, draws: int, seed: int = _SEED) -> NDArray[np.float64]:
    """Return the means of `RESAMPLES` samples of `draws` values drawn with repetition, shape (RESAMPLES,)."""
    array = _row(values)
    rng = np.random.default_rng([seed, array.shape[0], draws])
    rows = max(1, _CHUNK // draws)
    means = [
        array[rng.integers(0, array.shape[0], (min(rows, RESAMPLES - start), draws))].mean(axis=1)
        for start in range(0, RESAMPLES, rows)
    ]
    return np.concatenate(means)


def bootstrap_mean(values: ArrayLike) -> Interval:
    """Return the percentile bootstrap interval of a mean."""
    array = _row(values)
    return _middle(resampled_means(array, array.shape[0]))


def repeated_mean(values: ArrayLike, trials: int) -> Interval:
    """Return where the mean of `trials` new trials would lie: their scatter and our own uncertainty, bootstrapped."""
    array = _row(values)
    ours = resampled_means(array, array.shape[0])
    theirs = resampled_means(array, trials, _SEED + 1)
    return _middle(array.mean() + (theirs - array.mean()) - (ours - array.mean()))


def repeated_maximum(values: ArrayLike, trials: int) -> Interval:
    """Return where the largest of `trials` new trials would lie, as far as our own largest shows it."""
    array = np.sort(_row(values))
    places = [q ** (1.0 / trials) for q in (0.5 - CONFIDENCE / 2.0, 0.5 + CONFIDENCE / 2.0)]
    low, high = np.quantile(array, places, method="higher")
    return Interval(float(low), float(high))


def mean_of_means(groups: Sequence[ArrayLike], trials: int | None = None) -> Interval:
    """Return the interval of the unweighted mean of the groups' means, by the normal law.

    With `trials` it is where the same mean of that many new trials a group would lie.
    """
    arrays = [_row(group) for group in groups]
    variances = [array.var(ddof=1) if array.shape[0] > 1 else 0.0 for array in arrays]
    counts = [1.0 / array.shape[0] + (1.0 / trials if trials else 0.0) for array in arrays]
    error = sqrt(sum(v * c for v, c in zip(variances, counts, strict=True))) / len(arrays)
    mean = float(np.mean([array.mean() for array in arrays]))
    return Interval(mean - Z * error, mean + Z * error)


def chance_of_misses(misses: int, points: int, share: float = 1.0 - CONFIDENCE) -> float:
    """Return how likely at least `misses` of `points` independent ranges of 95 % miss, if all is as it should be."""
    return sum(comb(points, k) * share**k * (1.0 - share) ** (points - k) for k in range(misses, points + 1))


def _row(values: ArrayLike) -> NDArray[np.float64]:
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 1 or array.size == 0:
        msg = f"The values have the shape {array.shape}; an interval takes one row of at least one trial."
        raise ValueError(msg)
    return array


def _middle(values: NDArray[np.float64]) -> Interval:
    low, high = np.quantile(values, [0.5 - CONFIDENCE / 2.0, 0.5 + CONFIDENCE / 2.0])
    return Interval(float(low), float(high))
