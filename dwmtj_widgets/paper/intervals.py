"""Where a repetition of the paper's own trials would fall; what our trials leave open is in `tasks.intervals`.

A printed mean of few trials scatters too. A number therefore agrees with ours if it lies where the mean of as many
trials as the paper made would lie, given ours; our own uncertainty is part of that range.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import comb, sqrt
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from dwmtj_widgets.tasks.intervals import CONFIDENCE, SEED, Interval, Z, middle, resampled_means, row_of

UNLIKELY: Final = 0.01
"""A curve does not agree if so many of its points miss that chance does it less often than this."""


def repeated_mean(values: ArrayLike, trials: int) -> Interval:
    """Return where the mean of `trials` new trials would lie: their scatter and our own uncertainty, bootstrapped."""
    array = row_of(values)
    ours = resampled_means(array, array.shape[0])
    theirs = resampled_means(array, trials, SEED + 1)
    return middle(array.mean() + (theirs - array.mean()) - (ours - array.mean()))


def repeated_maximum(values: ArrayLike, trials: int) -> Interval:
    """Return where the largest of `trials` new trials would lie, as far as our own largest shows it."""
    array = np.sort(row_of(values))
    places = [q ** (1.0 / trials) for q in (0.5 - CONFIDENCE / 2.0, 0.5 + CONFIDENCE / 2.0)]
    low, high = np.quantile(array, places, method="higher")
    return Interval(float(low), float(high))


def mean_of_means(groups: Sequence[ArrayLike], trials: int | None = None) -> Interval:
    """Return the interval of the unweighted mean of the groups' means, by the normal law.

    With `trials` it is where the same mean of that many new trials a group would lie.
    """
    arrays = [row_of(group) for group in groups]
    variances = [array.var(ddof=1) if array.shape[0] > 1 else 0.0 for array in arrays]
    counts = [1.0 / array.shape[0] + (1.0 / trials if trials else 0.0) for array in arrays]
    error = sqrt(sum(v * c for v, c in zip(variances, counts, strict=True))) / len(arrays)
    mean = float(np.mean([array.mean() for array in arrays]))
    return Interval(mean - Z * error, mean + Z * error)


def chance_of_misses(misses: int, points: int, share: float = 1.0 - CONFIDENCE) -> float:
    """Return how likely at least `misses` of `points` independent ranges of 95 % miss, if all is as it should be."""
    return sum(comb(points, k) * share**k * (1.0 - share) ** (points - k) for k in range(misses, points + 1))
