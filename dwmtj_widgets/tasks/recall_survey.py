"""A survey of random recall: many sizes, several numbers of patterns, many trials each, on all cores.

The order is made for being looked at: in rounds, so that all of a curve is there early and gets finer, and within a
round from sizes far apart to those between them. A survey can be stopped between any two trials, continued and
extended; its records depend on none of that.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from threading import Event, Lock
from time import perf_counter
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dwmtj_widgets.hopfield import validation
from dwmtj_widgets.hopfield.threads import in_threads
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.tasks import checks
from dwmtj_widgets.tasks.random_recall import MOST_PATTERNS, SIZES, Conditions, Trial, distances, run_trial

MOST_TRIALS: Final = 20_000
"""Trials a point."""
MOST_RECALLS: Final = 2_000_000
"""Trials of all points together."""

RECORD: Final = np.dtype(
    [
        (
            "wrong",
            np.int16,
        ),  # bits that differ from the nearest pattern or inverse, undecided ones among them
        ("astray", np.int16),  # bits that differ from the first pattern or its inverse, likewise
        ("undecided", np.int16),
        ("time", np.float64),  # s
        ("energy", np.float64),  # J, by the circuit
        ("converged", np.bool_),
        ("together_wrong", np.int16),  # the ideal networks: all neurons at once
        ("together_astray", np.int16),
        ("in_turn_wrong", np.int16),  # one neuron after the other
        ("in_turn_astray", np.int16),
    ]
)
"""What is kept of a trial."""

_FIRST_ROUND: Final = 4
_GROWTH: Final = 2.5
_STRIDE: Final = 8


@dataclass(frozen=True, order=True)
class Point:
    """One point of a curve."""

    patterns: int
    neurons: int


class Survey:
    """The trials of some points; made by `run`, which may be called again and again.

    Parameters
    ----------
    conditions : Conditions
        What all trials have in common.
    sizes : sequence of int
        Numbers of neurons, 3 to 200.
    patterns : sequence of int
        Numbers of stored patterns, 1 to 8.
    trials : int
        Wanted trials a point.

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
        self.points = tuple(Point(p, n) for p, n in product(self.patterns, self.sizes))
        self.trials = 0
        self._records: dict[Point, NDArray[np.void]] = {}
        self._made: dict[Point, NDArray[np.bool_]] = {}
        # Of every point: trials made, and seconds that they took.
        self._spent: dict[Point, tuple[int, float]] = dict.fromkeys(self.points, (0, 0.0))
        self._lock = Lock()
        self.extend(trials)

    @property
    def total(self) -> int:
        """Wanted trials of all points."""
        return self.trials * len(self.points)

    @property
    def done(self) -> int:
        """Trials that are made."""
        return sum(count for count, _seconds in self._spent.values())

    @property
    def finished(self) -> bool:
        """Whether all wanted trials are made."""
        return self.done == self.total

    def count(self, point: Point) -> int:
        """Return how many trials of a point are made."""
        return self._spent[point][0]

    def extend(self, trials: int) -> None:
        """Want so many more trials of every point.

        Raises
        ------
        Refused
            If there would be too many.
        """
        more = checks.whole(trials, "trials", 1, MOST_TRIALS)
        wanted = checks.whole(self.trials + more, "trials a point", 1, MOST_TRIALS)
        recalls = wanted * len(self.points)
        if recalls > MOST_RECALLS:
            msg = (
                f"{len(self.points)} points of {wanted:,} trials are {recalls:,} recalls; "
                f"{MOST_RECALLS:,} is the most, take fewer of something."
            )
            raise Refused(msg)
        for point in self.points:
            records, made = np.zeros(wanted, RECORD), np.zeros(wanted, dtype=bool)
            if self.trials:
                records[: self.trials], made[: self.trials] = self._records[point], self._made[point]
            self._records[point], self._made[point] = records, made
        self.trials = wanted

    def run(self, cancel: Event | None = None, workers: int | None = None) -> None:
        """Make the wanted trials that are not made yet, until `cancel` is set.

        Parameters
        ----------
        cancel : threading.Event, optional
            Looked at before every trial.
        workers : int, optional
            Threads; by default one a core. The records do not depend on it.
        """
        threads = (os.cpu_count() or 1) if workers is None else validation.count(workers, "workers", 1)
        todo = self._order()

        def work(stop: Event) -> None:
            while not (stop.is_set() or (cancel is not None and cancel.is_set())):
                with self._lock:
                    job = next(todo, None)
                if job is None:
                    return
                self._make(*job)

        in_threads(work, threads)

    def records(self, point: Point) -> NDArray[np.void]:
        """Return the records of the trials of a point that are made, by their numbers, shape (K,) of `RECORD`."""
        return self.numbered(point)[1]

    def numbers(self, point: Point) -> NDArray[np.intp]:
        """Return the numbers of the trials of a point that are made, shape (K,)."""
        return self.numbered(point)[0]

    def numbered(self, point: Point) -> tuple[NDArray[np.intp], NDArray[np.void]]:
        """Return numbers and records of the same moment; asked for one by one, they may be of two."""
        # Of a copy: numpy counts the marks before it writes what is marked, without Python's lock, and one more that
        # a thread sets meanwhile would be written beyond the end.
        numbers = np.flatnonzero(self._made[point].copy())
        records: NDArray[np.void] = self._records[point][numbers]
        return numbers, records

    def seconds_left(self, workers: int | None = None) -> float:
        """Return how long the missing trials will take by what the made ones took; nan before the first."""
        spent = dict(self._spent)
        made = sum(count for count, _seconds in spent.values())
        if not made:
            return float("nan")
        mean = sum(seconds for _count, seconds in spent.values()) / made
        left = sum(
            (self.trials - count) * (seconds / count if count else mean) for count, seconds in spent.values()
        )
        return left / (workers or os.cpu_count() or 1)

    def _order(self) -> Iterator[tuple[Point, int]]:
        """Yield the missing trials, so that what is seen of a curve soon says much of it."""
        missing = {point: np.flatnonzero(~self._made[point]).tolist() for point in self.points}
        points = [Point(p, n) for n in coarse_first(self.sizes) for p in self.patterns]
        low, high = 0, _FIRST_ROUND
        while low < self.trials:
            for point in points:
                yield from ((point, trial) for trial in missing[point] if low <= trial < high)
            low, high = high, int(high * _GROWTH)

    def _make(self, point: Point, number: int) -> None:
        start = perf_counter()
        trial = run_trial(self.conditions, point.neurons, point.patterns, number)
        record = record_of(trial)
        seconds = perf_counter() - start
        self._records[point][number] = record
        with self._lock:
            # Last, because who reads does not wait: a made trial has its record.
            self._made[point][number] = True
            count, spent = self._spent[point]
            self._spent[point] = count + 1, spent + seconds


def record_of(trial: Trial) -> tuple[float | bool, ...]:
    """Return what is kept of a trial, in the order of `RECORD`."""
    run = trial.run
    apart = distances(np.stack([run.bits, trial.together, trial.in_turn]), trial.patterns)
    wrong, astray = apart.min(axis=1), apart[:, 0]
    undecided = int((run.bits < 0).sum())
    ideal = (wrong[1], astray[1], wrong[2], astray[2])
    return (wrong[0], astray[0], undecided, run.time, run.energy, run.converged, *ideal)


def spread(low: int, high: int, count: int, *, odd: bool = True) -> list[int]:
    """Return `count` sizes from `low` to `high`, as evenly as whole, or odd, numbers allow.

    With an even size an input may be equally far from a pattern and its inverse, and can end anywhere: the paper
    takes odd ones.

    Raises
    ------
    Refused
        If a number is outside its range, or there are not so many sizes.
    """
    first, last = (
        checks.whole(v, name, *SIZES) for v, name in ((low, "smallest size"), (high, "largest size"))
    )
    if first > last:
        msg = f"The smallest size, {first}, is above the largest, {last}; exchange them."
        raise Refused(msg)
    legal = [n for n in range(first, last + 1) if n % 2 or not odd]
    wanted = checks.whole(count, "number of sizes", 1, SIZES[1])
    if not legal:
        msg = f"There is no odd number from {first} to {last}; widen the range or take even sizes too."
        raise Refused(msg)
    places = np.linspace(0, len(legal) - 1, min(wanted, len(legal))).round().astype(int)
    return [legal[k] for k in places]


def coarse_first(sizes: Sequence[int]) -> list[int]:
    """Return the sizes in an order in which any beginning of it is spread over all of them."""
    order: dict[int, None] = {}  # keeps each size where it came first
    stride = _STRIDE
    while stride:
        order |= dict.fromkeys([*sizes[::stride], sizes[-1]])
        stride //= 2
    return list(order)


def _distinct(values: Sequence[int], name: str, low: int, high: int) -> tuple[int, ...]:
    numbers = sorted({checks.whole(value, name, low, high) for value in values})
    if not numbers:
        msg = f"There are no {name}; choose at least one, {low} to {high}."
        raise Refused(msg)
    return tuple(numbers)
