"""Where a repetition of the paper's own trials would fall; what our trials leave open is in `tasks.intervals`.

A printed mean of few trials scatters too. A number therefore agrees with ours if it lies where the mean of as many
trials as the paper made would lie, given ours; our own uncertainty is part of that range.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import comb, sqrt
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dwmtj_widgets.tasks.intervals import CONFIDENCE, SEED, Interval, bounded_mean, row_of, thinned

GIVEN_UP: Final = 3e-6
"""s. A run that still moves then is given up and counts with this time, so that no time is longer."""
REPEATED: Final = 0.999
"""Confidence of the range of a repetition: a report compares fifty numbers, and none should miss by chance."""
UNLIKELY: Final = 0.001
"""A curve does not agree if so many of its points miss that chance does it less often than this."""
_DRAWS: Final = 10_000


def longest(times: NDArray[np.float64]) -> float:
    """Return the longest time that a run of this kind can have, s; Euler's last step may go beyond `GIVEN_UP`."""
    return max(GIVEN_UP, float(times.max()))


def mean_time(times: NDArray[np.float64]) -> Interval:
    """Return the interval of a mean time, s."""
    return bounded_mean(times, longest(times))


def mean_energy(energies: NDArray[np.float64], times: NDArray[np.float64]) -> Interval:
    """Return the interval of a mean energy, J: the most is what the run of most power takes until it is given up."""
    return bounded_mean(energies, float((energies / times).max()) * longest(times))


def repeated_mean(
    values: ArrayLike, trials: int, limit: float, floor: float = 0.0, confidence: float = REPEATED
) -> Interval:
    """Return where the mean of `trials` new trials would lie: their scatter and our own uncertainty.

    As in `bounded_mean` one more value at the end of the range stands for what our trials have missed.

    Parameters
    ----------
    values : array_like, shape (n,)
        One a trial of ours.
    trials : int
        How many the repetition has.
    limit, floor : float
        The greatest and the least possible value.
    confidence : float
        How many of the repetitions the range holds.
    """
    seen, missed = _repeated(values, trials, SEED)
    tail = 0.5 - confidence / 2.0
    low = np.quantile(seen + missed * floor, tail)
    return Interval(float(low), float(np.quantile(seen + missed * limit, 1.0 - tail)))


def repeated_means(values: ArrayLike, trials: int, limit: float, seed: int) -> NDArray[np.float64]:
    """Return means of `trials` new trials, drawn 10,000 times, shape (10000,); what ours missed lies at the limit."""
    seen, missed = _repeated(values, trials, seed)
    return seen + missed * limit


def _repeated(values: ArrayLike, trials: int, seed: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return for each draw what the trials like ours add to its mean, and the share of those that ours missed."""
    places, counts = thinned(row_of(values))
    rng = np.random.default_rng([seed, int(counts.sum()), trials])
    weights = rng.standard_gamma([*counts, 1.0], (_DRAWS, places.shape[0] + 1))
    drawn = rng.multinomial(trials, weights / weights.sum(axis=1, keepdims=True))
    return drawn[:, :-1] @ places / trials, drawn[:, -1] / trials


def repeated_order(
    values: ArrayLike,
    rank: int,
    trials: int,
    limit: float,
    floor: float = 0.0,
    confidence: float = REPEATED,
) -> Interval:
    """Return where the `rank`-th smallest of `trials` new trials would lie, whatever the law of a trial is.

    How many of our values lie below it follows from their number alone (a beta-binomial law). Where none of ours is
    likely enough to lie above it, the range reaches to the limit.

    Parameters
    ----------
    values : array_like, shape (n,)
        One a trial of ours.
    rank : int
        1 for the smallest, `trials` for the largest.
    trials, limit, floor, confidence
        As of `repeated_mean`.
    """
    from scipy.stats import betabinom

    array, tail = np.sort(row_of(values)), 0.5 - confidence / 2.0
    below = betabinom(array.shape[0], rank, trials - rank + 1)
    least, most = int(below.ppf(tail)), int(below.ppf(1.0 - tail))
    low = float(array[least - 1]) if least else floor
    return Interval(low, float(array[most]) if most < array.shape[0] else limit)


def mean_of_means(groups: Sequence[ArrayLike], trials: int | None = None) -> Interval:
    """Return the interval of the unweighted mean of the groups' means, by the normal law.

    With `trials` it is where the same mean of that many new trials a group would lie in `REPEATED` of repetitions.
    """
    arrays = [row_of(group) for group in groups]
    variances = [array.var(ddof=1) if array.shape[0] > 1 else 0.0 for array in arrays]
    counts = [1.0 / array.shape[0] + (1.0 / trials if trials else 0.0) for array in arrays]
    error = sqrt(sum(v * c for v, c in zip(variances, counts, strict=True))) / len(arrays)
    mean = float(np.mean([array.mean() for array in arrays]))
    width = NormalDist().inv_cdf(0.5 + (REPEATED if trials else CONFIDENCE) / 2.0) * error
    return Interval(mean - width, mean + width)


def chance_of_misses(misses: int, points: int, share: float = 1.0 - REPEATED) -> float:
    """Return how likely at least `misses` of `points` independent ranges miss, if all is as it should be."""
    return sum(comb(points, k) * share**k * (1.0 - share) ** (points - k) for k in range(misses, points + 1))
