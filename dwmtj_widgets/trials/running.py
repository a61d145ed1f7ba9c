"""Running trials in threads or in any executor, with progress and cancellation.

Trials are distributed in rounds: a few trials of every point come before more of any. A task is the trials that are
submitted together; its size follows from its intended duration and the measured cost of a trial.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf
from threading import Event
from time import monotonic, perf_counter
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar

from dwmtj_widgets.trials.table import Rows, TrialTable
from dwmtj_widgets.validation import count, within

_T = TypeVar("_T")

Measure: TypeAlias = Callable[[Any, range, Event | None], Rows]
"""Called as ``measure(point, numbers, stop)``; returns rows, only the first ones if `stop` was set meanwhile."""

TASK_SECONDS: Final = 1.0
_THREAD_SECONDS: Final = 0.1
"""Duration of a thread's task: submission is cheap, and short tasks fill a map evenly."""
_FIRST_ROUND: Final = 4
_LOOK_SECONDS: Final = 0.05
_WATCH_SECONDS: Final = 0.2
STOP_SECONDS: Final = 0.2
_MOST_TRIALS: Final = 100_000
"""Largest number of trials of a task."""


class Piece(NamedTuple):
    """Consecutive trials of one point."""

    point: int
    first: int
    end: int


class Part(NamedTuple):
    """A measured piece: its rows, fewer if it was stopped, and their duration."""

    rows: Rows
    seconds: float


def run_trials(
    points: Sequence[Any],
    table: TrialTable,
    measure: Measure,
    *,
    order: Iterable[int] | None = None,
    growth: float = 4.0,
    chunk: int | None = None,
    keep: Callable[[int, int, Rows], None] | None = None,
    executor: Executor | None = None,
    workers: int | None = None,
    task_seconds: float = TASK_SECONDS,
    progress: Callable[[int, int], None] | None = None,
    watch: Callable[[], None] | None = None,
    cancel: Event | None = None,
    patience: float | None = STOP_SECONDS,
) -> None:
    """Measure the missing trials of a table.

    Parameters
    ----------
    points : sequence
        The table's points, as arguments for `measure`.
    table : TrialTable
        Filled from the calling thread.
    measure : Measure
        Must be picklable for an executor of processes.
    order : iterable of int, optional
        Indices of the points in the order of distribution.
    growth : float
        Ratio of the ends of successive rounds.
    chunk : int, optional
        Number of trials that are always measured together; points are then measured one after the other. By default
        tasks have the intended duration.
    keep : callable, optional
        Called as ``keep(point, first, rows)`` with new rows before they are added to the table.
    executor : concurrent.futures.Executor, optional
        A process pool's or a cluster's; by default threads of this process.
    workers : int, optional
        Number of parallel tasks; by default one a core of this computer.
    task_seconds : float
        Intended duration of an executor's task; tasks of threads are shorter.
    progress : callable, optional
        Called as ``progress(done, total)`` with numbers of trials whenever new ones have arrived.
    watch : callable, optional
        Called about five times a second.
    cancel : threading.Event, optional
        Once set, no more trials begin. Running tasks of an executor are not awaited.
    patience : float or None
        Seconds to wait for running threads at the end; None for no limit.

    Raises
    ------
    Refused
        If a number is illegal.
    """
    at_once = os.cpu_count() or 1 if workers is None else count(workers, "workers", 1)
    asked = within(task_seconds, "task_seconds", 1e-3, 3600.0, "")
    seconds = _THREAD_SECONDS if executor is None else asked
    stop = _Stop(cancel)
    if table.complete or stop.is_set():
        return
    work = _Work(table, _Pieces(table, order, growth, chunk), keep, progress, watch)
    pool = ThreadPoolExecutor(at_once, thread_name_prefix="dwmtj-trials") if executor is None else executor

    def submit(task: list[Piece]) -> Future[list[Part]]:
        ranges = [(points[piece.point], range(piece.first, piece.end)) for piece in task]
        return pool.submit(measured_task, measure, ranges, stop if executor is None else None)

    try:
        work.go(submit, stop, seconds, at_once + 1 if executor is None else 2 * at_once)
    finally:
        # A running trial usually ends within `patience` and is kept. The compilation of a kernel may take minutes and
        # cannot be stopped; its thread ends after it.
        stop.set()
        if isinstance(pool, ThreadPoolExecutor) and executor is None:
            pool.shutdown(wait=False, cancel_futures=True)
            # `wait` would wait forever for a task that was cancelled before it began.
            wait([future for future in work.running if not future.cancelled()], timeout=patience)
        work.take_in(_sound(work.running))
        for future in work.running:
            future.cancel()


def measured_task(measure: Measure, task: Sequence[tuple[Any, range]], stop: Event | None) -> list[Part]:
    """Measure trials of points; runs in a thread or a worker."""
    parts = []
    for point, numbers in task:
        begun = perf_counter()
        rows = measure(point, numbers, stop)
        parts.append(Part(rows, perf_counter() - begun))
    return parts


def in_turn(one: Callable[[int], _T | None], numbers: Iterable[int], stop: Event | None) -> Iterator[_T]:
    """Yield the trials one after the other, until `stop` is set or one returns None because of it."""
    for number in numbers:
        row = None if stop is not None and stop.is_set() else one(number)
        if row is None:
            return
        yield row


class _Stop(Event):
    """An event that also counts as set when the caller's is."""

    def __init__(self, cancel: Event | None) -> None:
        super().__init__()
        self._cancel = cancel

    def is_set(self) -> bool:
        return super().is_set() or (self._cancel is not None and self._cancel.is_set())


@dataclass
class _Work:
    """Submits tasks and collects their results."""

    table: TrialTable
    pieces: _Pieces
    keep: Callable[[int, int, Rows], None] | None
    progress: Callable[[int, int], None] | None
    watch: Callable[[], None] | None
    running: dict[Future[list[Part]], list[Piece]] = field(default_factory=dict)

    def go(
        self, submit: Callable[[list[Piece]], Future[list[Part]]], stop: Event, seconds: float, at_once: int
    ) -> None:
        watched = monotonic()
        while not stop.is_set():
            while len(self.running) < at_once and (task := self.pieces.take(seconds)):
                self.running[submit(task)] = task
            if not self.running:
                return
            ready, _ = wait(self.running, timeout=_LOOK_SECONDS, return_when=FIRST_COMPLETED)
            if ready:
                self.take_in(ready)
                if self.progress is not None:
                    self.progress(self.table.done, self.table.total)
            if self.watch is not None and monotonic() - watched > _WATCH_SECONDS:
                self.watch()
                watched = monotonic()

    def take_in(self, ready: Iterable[Future[list[Part]]]) -> None:
        for future in ready:
            for piece, part in zip(self.running.pop(future), future.result(), strict=True):
                if part.rows.shape[0]:
                    self.pieces.learn(piece.point, part)
                    if self.keep is not None:
                        self.keep(piece.point, piece.first, part.rows)
                    self.table.add(piece.point, piece.first, part.rows)


class _Pieces:
    """The trials to submit, in order, and the measured cost of a trial."""

    def __init__(
        self, table: TrialTable, order: Iterable[int] | None, growth: float, chunk: int | None
    ) -> None:
        self._table, self._chunk = table, chunk
        points, trials = table.there.shape
        numbers = list(range(points) if order is None else order)
        self._source = _missing(table, numbers, [0, trials] if chunk else _rounds(trials, growth))
        self._left: deque[Piece] = deque()
        self._measured = 0
        self._cost = inf
        """Seconds a trial, averaged over the last tasks; infinite before the first."""
        self._known: dict[int, float] = {}
        """Seconds a trial, by point."""

    def take(self, seconds: float) -> list[Piece]:
        """Return pieces with about this duration in total, none at the end."""
        task: list[Piece] = []
        # The cost of a few trials says little of other points: tasks grow with what was measured.
        left = min(2 * self._measured + 1, _MOST_TRIALS)
        while seconds > 0.0 and left > 0:
            piece = self._left.popleft() if self._left else next(self._source, None)
            if piece is None:
                break
            cost = inf if self._chunk else self._known.get(piece.point, self._cost)
            trials = self._chunk or min(max(int(seconds / cost), 1), left)
            end = min(piece.end, piece.first + trials)
            task.append(piece._replace(end=end))
            if end < piece.end:
                self._left.appendleft(piece._replace(first=end))
            seconds -= (end - piece.first) * cost
            left -= end - piece.first
        return task

    def learn(self, point: int, part: Part) -> None:
        """Update the costs by a measured part."""
        self._table.seconds[point] += part.seconds
        self._measured += part.rows.shape[0]
        cost = max(part.seconds / part.rows.shape[0], 1e-6)
        self._cost = cost if self._cost == inf else 0.5 * (self._cost + cost)
        self._known[point] = cost


def _rounds(trials: int, growth: float) -> list[int]:
    """Return the numbers of trials at the ends of rounds, from 0 on."""
    ends = [0]
    while ends[-1] < trials:
        ends.append(min(max(_FIRST_ROUND, int(ends[-1] * growth)), trials))
    return ends


def _missing(table: TrialTable, order: Sequence[int], ends: Sequence[int]) -> Iterator[Piece]:
    """Yield the missing trials."""
    # The gaps of a piece are found before any trial of its round is added.
    for low, high in pairwise(ends):
        for point in order:
            for first, end in table.missing(point, low, high):
                yield Piece(point, first, end)


def _sound(running: Iterable[Future[list[Part]]]) -> list[Future[list[Part]]]:
    """Return the tasks with a result."""
    return [f for f in running if f.done() and not f.cancelled() and f.exception() is None]
