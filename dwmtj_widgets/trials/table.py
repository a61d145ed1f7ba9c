"""The trials of several points in memory; one thread adds to the table while others read it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[Any]


class TrialTable:
    """The measured rows of trials, by point and number.

    Parameters
    ----------
    rows : ndarray, shape (points, trials) or (points, trials, columns)
        Initial rows, which stand for missing trials; filled in place.
    """

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        """Measured rows, by point and number."""
        self.there: NDArray[np.bool_] = np.zeros(rows.shape[:2], dtype=bool)
        """(points, trials) whether a trial is measured."""
        self.seconds: NDArray[np.float64] = np.zeros(rows.shape[0])
        """(points,) total measuring time, s."""

    @property
    def trials(self) -> NDArray[np.int64]:
        """Number of measured trials of each point, shape (points,)."""
        counts: NDArray[np.int64] = self.there.sum(axis=1)
        return counts

    @property
    def done(self) -> int:
        """Number of measured trials."""
        return int(self.there.sum())

    @property
    def total(self) -> int:
        """Number of requested trials."""
        return int(self.there.size)

    @property
    def complete(self) -> bool:
        """Whether all requested trials are measured."""
        return bool(self.there.all())

    def add(self, point: int, first: int, rows: Rows) -> None:
        """Add trials of a point; unrequested and already measured ones are ignored."""
        last = min(first + rows.shape[0], self.there.shape[1])
        if first >= last:
            return
        fresh = ~self.there[point, first:last]
        self.rows[point, first:last][fresh] = rows[: last - first][fresh]
        # Marked last, because readers do not wait: a marked trial must have its row.
        self.there[point, first:last] = True

    def extend(self, trials: int) -> None:
        """Request `trials` of every point, at least as many as before; new rows are zero."""
        more = trials - self.there.shape[1]
        points, _trials, *columns = self.rows.shape
        # Rows first: a reader uses marks before rows.
        self.rows = np.concatenate([self.rows, np.zeros((points, more, *columns), self.rows.dtype)], axis=1)
        self.there = np.pad(self.there, ((0, 0), (0, more)))

    def missing(self, point: int, low: int, high: int) -> Iterator[tuple[int, int]]:
        """Yield first and end of every gap in the trials `low` to `high`, exclusive, of a point."""
        gaps = np.flatnonzero(~self.there[point, low:high])
        if gaps.size:
            for run in np.split(gaps, np.flatnonzero(np.diff(gaps) > 1) + 1):
                yield low + int(run[0]), low + int(run[-1]) + 1

    def numbers(self, point: int) -> NDArray[np.intp]:
        """Return the numbers of the measured trials of a point, shape (trials,)."""
        # A copy, because numpy counts the marks first and then writes their places, without holding Python's lock: a
        # mark that is set in between would be written beyond the end.
        return np.flatnonzero(self.there[point].copy())

    def measured(self, point: int) -> Rows:
        """Return the rows of the measured trials of a point, ordered by number, shape (trials, ...)."""
        rows: Rows = self.rows[point, self.numbers(point)]
        return rows
