"""The trials of some points in memory: one thread fills the table while others read it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[Any]


class TrialTable:
    """A row for each trial of each point, as far as they are there.

    Parameters
    ----------
    rows : ndarray, shape (points, trials) or (points, trials, columns)
        What stands where a trial is not there. It is filled in place.
    """

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        """What was measured, by point and number."""
        self.there: NDArray[np.bool_] = np.zeros(rows.shape[:2], dtype=bool)
        """(points, trials) whether a trial is there."""
        self.seconds: NDArray[np.float64] = np.zeros(rows.shape[0])
        """(points,) seconds that the trials of a point took, as far as that is known."""

    @property
    def trials(self) -> NDArray[np.int64]:
        """How many trials of each point are there, shape (points,)."""
        counts: NDArray[np.int64] = self.there.sum(axis=1)
        return counts

    @property
    def done(self) -> int:
        """How many trials are there."""
        return int(self.there.sum())

    @property
    def total(self) -> int:
        """How many trials are wanted."""
        return int(self.there.size)

    @property
    def complete(self) -> bool:
        """Whether all are there."""
        return bool(self.there.all())

    def add(self, point: int, first: int, rows: Rows) -> None:
        """Take in trials of a point; those that nobody wants or that are there already are left out."""
        last = min(first + rows.shape[0], self.there.shape[1])
        if first >= last:
            return
        fresh = ~self.there[point, first:last]
        self.rows[point, first:last][fresh] = rows[: last - first][fresh]
        # Marked last, because readers do not wait: a trial that is marked has its row.
        self.there[point, first:last] = True

    def extend(self, trials: int) -> None:
        """Want `trials` of every point, which is not fewer than before."""
        more = trials - self.there.shape[1]
        points, _trials, *columns = self.rows.shape
        # Rows first: readers look at the marks before they look at the rows.
        self.rows = np.concatenate([self.rows, np.zeros((points, more, *columns), self.rows.dtype)], axis=1)
        self.there = np.pad(self.there, ((0, 0), (0, more)))

    def missing(self, point: int, low: int, high: int) -> Iterator[tuple[int, int]]:
        """Yield first and end of every gap between the trials `low` and `high` of a point."""
        gaps = np.flatnonzero(~self.there[point, low:high])
        if gaps.size:
            for run in np.split(gaps, np.flatnonzero(np.diff(gaps) > 1) + 1):
                yield low + int(run[0]), low + int(run[-1]) + 1

    def numbers(self, point: int) -> NDArray[np.intp]:
        """Return the numbers of the trials of a point that are there, shape (trials,)."""
        # Of a copy: numpy counts the marks before it writes where they are, without Python's lock, and one more that
        # a thread sets meanwhile would be written beyond the end.
        return np.flatnonzero(self.there[point].copy())

    def measured(self, point: int) -> Rows:
        """Return the rows of the trials of a point that are there, in their order, shape (trials, ...)."""
        rows: Rows = self.rows[point, self.numbers(point)]
        return rows
