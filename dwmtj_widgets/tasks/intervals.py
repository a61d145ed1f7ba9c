"""95 % intervals of shares and means, for the trials of figures and sweeps."""

from __future__ import annotations

from functools import lru_cache
from math import sqrt
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dwmtj_widgets.refusals import Refused

CONFIDENCE: Final = 0.95
Z: Final = 1.959963984540054
"""Standard deviations to each side of a normal interval of 95 %."""
RESAMPLES: Final = 1000
WEIGHTINGS: Final = 4000
"""Random weightings of `bounded_mean`; they fix its ends to a few hundredths of its width."""
_CHUNK: Final = 15_000
_FEW_PLACES: Final = 64
SEED: Final = 20221


class Interval(NamedTuple):
    """A closed range."""

    low: float
    high: float

    def __contains__(self, value: object) -> bool:
        return isinstance(value, int | float) and self.low <= value <= self.high

    def within(self, low: float, high: float) -> Interval:
        """Return the range clipped to the possible values."""
        return Interval(min(max(self.low, low), high), max(min(self.high, high), low))

    def meets(self, value: float, half_digit: float = 0.0) -> bool:
        """Return whether a number rounded to within `half_digit` may lie in the range."""
        return self.low <= value + half_digit and value - half_digit <= self.high


def wilson(successes: int, total: int) -> Interval:
    """Return Wilson's score interval of a share.

    Raises
    ------
    Refused
        If there are no trials, or fewer than successes.
    """
    if not 0 <= successes <= total or total == 0:
        msg = f"{successes} of {total} is no share; it takes at least one trial, and no more successes than trials."
        raise Refused(msg)
    share, spread = successes / total, Z**2 / total
    center = (share + spread / 2.0) / (1.0 + spread)
    half = Z * sqrt(share * (1.0 - share) / total + spread / (4.0 * total)) / (1.0 + spread)
    return Interval(
        0.0 if successes == 0 else center - half, 1.0 if successes == total else min(1.0, center + half)
    )


def resampled_means(values: ArrayLike, draws: int, seed: int = SEED) -> NDArray[np.float64]:
    """Return the means of `RESAMPLES` samples of `draws` values drawn with repetition, shape (RESAMPLES,)."""
    array = row_of(values)
    rng = np.random.default_rng([seed, array.shape[0], draws])
    rows = max(1, _CHUNK // draws)
    means = [
        array[rng.integers(0, array.shape[0], (min(rows, RESAMPLES - start), draws))].mean(axis=1)
        for start in range(0, RESAMPLES, rows)
    ]
    return np.concatenate(means)


def bootstrap_mean(values: ArrayLike) -> Interval:
    """Return the percentile bootstrap interval of a mean."""
    array = row_of(values)
    return middle(resampled_means(array, array.shape[0]))


def bounded_mean(
    values: ArrayLike, limit: float, floor: float = 0.0, confidence: float = CONFIDENCE
) -> Interval:
    """Return an interval of a mean that assumes only the range of the values.

    Gaffke's bound: the values are weighted at random, together with one more at the end of the range, which stands for
    values that the trials missed. For zeros and ones it is the interval of Clopper and Pearson. Resampling and
    Student's distribution take the observed tail for the whole tail; this bound does not, and is wider
    (docs/decisions/2026-11-29-intervals.md has its measured coverage).

    Parameters
    ----------
    values : array_like, shape (n,)
        One a trial.
    limit, floor : float
        The greatest and the least possible value.
    confidence : float
        Above 0 and below 1.
    """
    places, counts = thinned(row_of(values))
    rng = np.random.default_rng([SEED, int(counts.sum())])
    weights = rng.standard_gamma(counts, (WEIGHTINGS, places.shape[0]))
    missed = rng.standard_exponential(WEIGHTINGS)
    total, whole = weights @ places, weights.sum(axis=1) + missed
    tail = 0.5 - confidence / 2.0
    low = np.quantile((total + missed * floor) / whole, tail)
    high = np.quantile((total + missed * limit) / whole, 1.0 - tail)
    return Interval(float(low), float(high))


def share_mean(values: ArrayLike) -> Interval:
    """Return the interval of a mean of shares, each from 0 to 1: of accuracies, or of bits of trials.

    The bits of one trial are correlated, so trials are counted, not bits. The interval has a width even if all are 1.
    """
    return bounded_mean(values, 1.0)


def thinned(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return distinct values in order and their counts; of many values, near ones are merged.

    Towards both ends fewer are merged, at the ends none: one of the k greatest values is averaged with at most k/16
    others. The mean stays the same.
    """
    places, counts = np.unique(values, return_counts=True)
    if places.shape[0] <= _FEW_PLACES:
        return places, counts
    edges, rank = [], 0
    while rank < places.shape[0] / 2.0:
        edges.append(rank)
        rank += max(1, rank // 16)
    cuts = np.unique([*edges, *(places.shape[0] - edge for edge in edges[1:])])
    together = np.add.reduceat(counts, cuts)
    return np.add.reduceat(places * counts, cuts) / together, together


def student_mean(values: ArrayLike) -> Interval:
    """Return Student's interval of a mean, which assumes a normally distributed mean; infinite for one value."""
    array = row_of(values)
    if array.shape[0] == 1:
        return Interval(-np.inf, np.inf)
    mean, error = float(array.mean()), float(array.std(ddof=1)) / sqrt(array.shape[0])
    half = _student_quantile(array.shape[0] - 1) * error
    return Interval(mean - half, mean + half)


@lru_cache(maxsize=4096)
def _student_quantile(freedom: int) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(freedom, 0.5 + CONFIDENCE / 2.0))


def row_of(values: ArrayLike) -> NDArray[np.float64]:
    """Return values as one row of floats, refusing none."""
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 1 or array.size == 0:
        msg = f"The values have the shape {array.shape}; an interval takes one row of at least one trial."
        raise Refused(msg)
    return array


def middle(values: NDArray[np.float64]) -> Interval:
    """Return the range of the middle 95 % of resampled values."""
    low, high = np.quantile(values, [0.5 - CONFIDENCE / 2.0, 0.5 + CONFIDENCE / 2.0])
    return Interval(float(low), float(high))
