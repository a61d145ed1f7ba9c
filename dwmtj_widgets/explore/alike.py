"""Groups of points of a sweep that do not differ significantly, so that a map shows structure and not noise."""

from __future__ import annotations

from math import pi
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dwmtj_widgets.tasks.intervals import Z

Floats = NDArray[np.float64]

DOUBT: Final = 0.01
"""Significance level of a division. Maps of 10 to 400 equal points show a
difference in 0 to 3 of 100 with 30 trials a point, in 6 to 29 with the first four trials of a sweep."""


def alike(values: ArrayLike, low: ArrayLike, high: ArrayLike) -> Floats:
    """Return for each point the mean of its group, shape (points,); no two parts of a group differ significantly.

    Scott and Knott's method (1974): the points, ordered by value, are divided where the two parts differ most, if
    the difference is significant; then each part likewise. Every point is in exactly one group.

    Parameters
    ----------
    values, low, high : array_like, shape (points,)
        The values and the ends of their 95 % intervals; nan where there is none. A value without an interval stays
        as it is.
    """
    given, ends = np.asarray(values, dtype=np.float64), (np.asarray(low), np.asarray(high))
    # An interval of a share is not symmetric; the wider half is the safer error.
    errors = np.maximum(ends[1] - given, given - ends[0]) / Z
    result = given.copy()
    sure = np.flatnonzero(np.isfinite(given) & np.isfinite(errors) & (errors > 0.0))
    order = sure[np.argsort(given[sure], kind="stable")]
    parts = [order] if order.size else []
    while parts:
        part = parts.pop()
        cut = _cut(given[part], errors[part])
        if cut:
            parts += [part[:cut], part[cut:]]
        else:
            result[part] = np.average(given[part], weights=errors[part] ** -2.0)
    return result


def _cut(values: Floats, errors: Floats) -> int:
    """Return the index at which ordered values are to be divided, 0 for none."""
    from scipy.special import chdtri

    count = values.shape[0]
    if count < 2:
        return 0
    weights = errors**-2.0
    left, sums = np.cumsum(weights), np.cumsum(weights * values)
    between = (sums[:-1] - left[:-1] * sums[-1] / left[-1]) ** 2 * left[-1]
    between /= left[:-1] * (left[-1] - left[:-1])
    cut = int(between.argmax())
    # Scott and Knott's statistic lambda: a normal sample divided at the best place.
    score = pi / (2.0 * (pi - 2.0)) * float(between[cut])
    return cut + 1 if score > chdtri(count / (pi - 2.0), DOUBT) else 0
