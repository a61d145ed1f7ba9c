"""Ranges of a repetition of the paper's trials; for intervals of our own see `tasks.intervals`.

A printed mean of few trials scatters too. A number therefore agrees with ours if it lies in the predicted range of the
mean of as many trials as the paper's; our own uncertainty is part of that range.
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
"""s; runs that still move then are given up and count with this time."""
REPEATED: Final = 0.999
"""Confidence of the range of a repetition: none of a report's fifty numbers should miss by chance."""
UNLIKELY: Final = 0.001
"""A curve does not agree if its number of misses is less likely than this."""
_DRAWS: Final = 10_000


def longest(times: NDArray[np.float64]) -> float:
    """Return the longest possible time of such runs, s; Euler's last step may exceed `GIVEN_UP`."""
    return max(GIVEN_UP, float(times.max()))


def mean_time(times: NDArray[np.float64]) -> Interval:
    """Return the interval of a mean time, s."""
    return bounded_mean(times, longest(times))


def mean_energy(energies: NDArray[np.float64], times: NDArray[np.float64]) -> Interval:
    """Return the interval of a mean energy, J; the maximum is that of the run of most power until it is given up."""
    return bounded_mean(energies, float((energies / times).max()) * longest(times))


def repeated_mean(
    values: ArrayLike, trials: int, limit: float, floor: float = 0.0, confidence: float = REPEATED
) -> Interval:
    """Return the range of the mean of `trials` new trials; it includes their scatter and our own uncertainty.

    As in `bounded_mean`, one more value at the end of the range stands for values that our trials have missed.

    Parameters
    ----------
    values : array_like, shape (n,)
        One entry for each of our trials.
    trials : int
        Number of trials of the repetition.
    limit, floor : float
        Largest and smallest possible value.
    confidence : float
        Share of repetitions inside the range.
    """
    seen, missed = _repeated(values, trials, SEED)
    tail = 0.5 - confidence / 2.0
    low = np.quantile(seen + missed * floor, tail)
    return Interval(float(low), float(np.quantile(seen + missed * limit, 1.0 - tail)))


def repeated_means(values: ArrayLike, trials: int, limit: float, seed: int) -> NDArray[np.float64]:
    """Return 10,000 drawn means of `trials` new trials, shape (10000,); missed values lie at the limit."""
    seen, missed = _repeated(values, trials, seed)
    return seen + missed * limit


def _repeated(values: ArrayLike, trials: int, seed: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return for each draw the contribution of seen values to its mean, and the share of missed ones."""
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
    """Return the range of the `rank`-th smallest of `trials` new trials, for any distribution.

    The number of our values below it has a beta-binomial distribution. Where our values are too few to bound it, the
    range reaches to the limit.

    Parameters
    ----------
    values : array_like, shape (n,)
        One entry for each of our trials.
    rank : int
        1 for the smallest, `trials` for the largest.
    trials, limit, floor, confidence
        See `repeated_mean`.
    """
    from scipy.stats import betabinom

    array, tail = np.sort(row_of(values)), 0.5 - confidence / 2.0
    below = betabinom(array.shape[0], rank, trials - rank + 1)
    least, most = int(below.ppf(tail)), int(below.ppf(1.0 - tail))
    low = float(array[least - 1]) if least else floor
    return Interval(low, float(array[most]) if most < array.shape[0] else limit)


def mean_of_means(groups: Sequence[ArrayLike], trials: int | None = None) -> Interval:
    """Return the normal interval of the unweighted mean of the groups' means.

    With `trials` it is the range of the same mean of that many new trials a group in `REPEATED` of repetitions.
    """
    arrays = [row_of(group) for group in groups]
    variances = [array.var(ddof=1) if array.shape[0] > 1 else 0.0 for array in arrays]
    counts = [1.0 / array.shape[0] + (1.0 / trials if trials else 0.0) for array in arrays]
    error = sqrt(sum(v * c for v, c in zip(variances, counts, strict=True))) / len(arrays)
    mean = float(np.mean([array.mean() for array in arrays]))
    width = NormalDist().inv_cdf(0.5 + (REPEATED if trials else CONFIDENCE) / 2.0) * error
    return Interval(mean - width, mean + width)


def chance_of_misses(misses: int, points: int, share: float = 1.0 - REPEATED) -> float:
    """Return the probability that at least `misses` of `points` independent ranges miss by chance."""
    return sum(comb(points, k) * share**k * (1.0 - share) ** (points - k) for k in range(misses, points + 1))
