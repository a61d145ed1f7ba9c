"""A survey of random recall: many trials for many sizes and numbers of patterns, on all cores.

Rounds of few trials a point show whole curves early; within a round coarsely spaced sizes come first. A survey can be
stopped between any two trials, resumed and extended without any influence on its records.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from threading import Event
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dwmtj_widgets.hopfield import validation
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.tasks.random_recall import (
    MOST_PATTERNS,
    SIZES,
    Conditions,
    SurveyTrial,
    distances,
    run_trial,
)
from dwmtj_widgets.trials import TrialTable, in_turn, run_trials

MOST_TRIALS: Final = 20_000
"""Trials a point."""
MOST_RECALLS: Final = 2_000_000
"""Trials of all points together."""

RECORD: Final = np.dtype(
    [
        # Wrong bits by the nearest pattern or inverse, then by the first one; undecided bits count as wrong.
        ("wrong", np.int16),
        ("astray", np.int16),
        ("undecided", np.int16),
        ("time", np.float64),  # s
        ("energy", np.float64),  # J, by the circuit
        ("converged", np.bool_),
        ("together_wrong", np.int16),  # ideal network, synchronous
        ("together_astray", np.int16),
        ("in_turn_wrong", np.int16),  # ideal network, asynchronous
        ("in_turn_astray", np.int16),
    ]
)
"""Record of a trial."""

_GROWTH: Final = 2.5
_STRIDE: Final = 8


@dataclass(frozen=True, order=True)
class SurveyPoint:
    """One point of a curve."""

    patterns: int
    neurons: int


class Survey:
    """The trials of some points, measured by `run`, which may be called repeatedly.

    Parameters
    ----------
    conditions : Conditions
        What all trials have in common.
    sizes : sequence of int
        Numbers of neurons, 3 to 200.
    patterns : sequence of int
        Numbers of stored patterns, 1 to 8.
    trials : int
        Requested trials a point.

    Raises
    ------
    Refused
        If a number is outside its range, or there is none.
    """

    def __init__(
        self, conditions: Conditions, sizes: Sequence[int], patterns: Sequence[int], trials: int
    ) -> None:
        self.conditions = conditions
        self.sizes = _distinct(sizes, "sizes", *SIZES)
        self.patterns = _distinct(patterns, "patterns", 1, MOST_PATTERNS)
        self.points = tuple(SurveyPoint(p, n) for p, n in product(self.patterns, self.sizes))
        self._place = {point: place for place, point in enumerate(self.points)}
        self._table = TrialTable(np.zeros((len(self.points), 0), RECORD))
        self.extend(trials)

    @property
    def trials(self) -> int:
        """Requested trials a point."""
        return int(self._table.there.shape[1])

    @property
    def total(self) -> int:
        """Requested trials of all points."""
        return self._table.total

    @property
    def done(self) -> int:
        """Number of measured trials."""
        return self._table.done

    @property
    def finished(self) -> bool:
        """Whether all requested trials are measured."""
        return self._table.complete

    def count(self, point: SurveyPoint) -> int:
        """Return the number of measured trials of a point."""
        return int(self._table.there[self._place[point]].sum())

    def extend(self, trials: int) -> None:
        """Request more trials of every point.

        Raises
        ------
        Refused
            If there would be too many.
        """
        more = validation.whole(trials, "trials", 1, MOST_TRIALS)
        wanted = validation.whole(self.trials + more, "trials a point", 1, MOST_TRIALS)
        recalls = wanted * len(self.points)
        if recalls > MOST_RECALLS:
            msg = (
                f"{len(self.points)} points of {wanted:,} trials are {recalls:,} recalls; "
                f"{MOST_RECALLS:,} is the most, take fewer of something."
            )
            raise Refused(msg)
        self._table.extend(wanted)

    def run(self, cancel: Event | None = None, workers: int | None = None) -> None:
        """Measure the missing trials, until `cancel` is set.

        Parameters
        ----------
        cancel : threading.Event, optional
            Checked before every trial.
        workers : int, optional
            Threads; by default one a core. The records do not depend on it.
        """
        run_trials(
            self.points,
            self._table,
            self._records_of,
            order=[self._place[SurveyPoint(p, n)] for n in coarse_first(self.sizes) for p in self.patterns],
            growth=_GROWTH,
            workers=workers,
            cancel=cancel,
            patience=None,
        )

    def records(self, point: SurveyPoint) -> NDArray[np.void]:
        """Return the records of the measured trials of a point, ordered by number, shape (K,) of `RECORD`."""
        return self._table.measured(self._place[point])

    def numbers(self, point: SurveyPoint) -> NDArray[np.intp]:
        """Return the numbers of the measured trials of a point, shape (K,)."""
        return self._table.numbers(self._place[point])

    def numbered(self, point: SurveyPoint) -> tuple[NDArray[np.intp], NDArray[np.void]]:
        """Return numbers and records together: they match even while the survey runs."""
        numbers = self.numbers(point)
        return numbers, self._table.rows[self._place[point], numbers]

    def seconds_left(self, workers: int | None = None) -> float:
        """Return the estimated time of the missing trials, s; nan before the first."""
        made, seconds = self._table.trials, self._table.seconds.copy()
        if not made.any():
            return float("nan")
        mean = seconds.sum() / made.sum()
        each = np.divide(seconds, made, out=np.full(seconds.shape, mean), where=made > 0)
        return float(((self.trials - made) * each).sum()) / (workers or os.cpu_count() or 1)

    def _records_of(self, point: SurveyPoint, numbers: range, stop: Event | None) -> NDArray[np.void]:
        def record(number: int) -> tuple[float | bool, ...]:
            return record_of(run_trial(self.conditions, point.neurons, point.patterns, number))

        return np.fromiter(in_turn(record, numbers, stop), RECORD)


def record_of(trial: SurveyTrial) -> tuple[float | bool, ...]:
    """Return the record of a trial, in the order of `RECORD`."""
    run = trial.run
    apart = distances(np.stack([run.bits, trial.together, trial.in_turn]), trial.patterns)
    wrong, astray = apart.min(axis=1), apart[:, 0]
    undecided = int((run.bits < 0).sum())
    ideal = (wrong[1], astray[1], wrong[2], astray[2])
    return (wrong[0], astray[0], undecided, run.time, run.energy, run.converged, *ideal)


def spread(low: int, high: int, count: int, *, odd: bool = True) -> list[int]:
    """Return `count` sizes from `low` to `high`, spaced as evenly as integers, or odd ones, allow.

    The paper takes odd sizes: with an even one an input may be equally far from a pattern and its inverse.

    Raises
    ------
    Refused
        If a number is outside its range, or there is no such size.
    """
    first, last = (
        validation.whole(v, name, *SIZES) for v, name in ((low, "smallest size"), (high, "largest size"))
    )
    if first > last:
        msg = f"The smallest size, {first}, is above the largest, {last}; exchange them."
        raise Refused(msg)
    legal = [n for n in range(first, last + 1) if n % 2 or not odd]
    wanted = validation.whole(count, "number of sizes", 1, SIZES[1])
    if not legal:
        msg = f"There is no odd number from {first} to {last}; widen the range or take even sizes too."
        raise Refused(msg)
    places = np.linspace(0, len(legal) - 1, min(wanted, len(legal))).round().astype(int)
    return [legal[k] for k in places]


def coarse_first(sizes: Sequence[int]) -> list[int]:
    """Return the sizes in an order whose every beginning is spread over all of them."""
    order: dict[int, None] = {}  # keeps the first place of each size
    stride = _STRIDE
    while stride:
        order |= dict.fromkeys([*sizes[::stride], sizes[-1]])
        stride //= 2
    return list(order)


def _distinct(values: Sequence[int], name: str, low: int, high: int) -> tuple[int, ...]:
    numbers = sorted({validation.whole(value, name, low, high) for value in values})
    if not numbers:
        msg = f"There are no {name}; choose at least one, {low} to {high}."
        raise Refused(msg)
    return tuple(numbers)
