"""Running trials: in threads or in any executor; in rounds, watched and stopped.

Trials are handed out in rounds, few trials for every point before more for any. Trials that are handed out together
are a task; tasks are made so large that one lasts about so many seconds.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from itertools import pairwise
from math import inf
from threading import Event
from time import monotonic, perf_counter
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar

from dwmtj_widgets.trials.table import Rows, TrialTable
from dwmtj_widgets.validation import count, within

_T = TypeVar("_T")

Measure: TypeAlias = Callable[[Any, range, Event | None], Rows]
"""Returns the rows of some trials of a point; fewer, from the first on, if the event was set meanwhile."""

TASK_SECONDS: Final = 1.0
_THREAD_SECONDS: Final = 0.1
"""A task of this process's own threads: they cost nothing to hand out, and a map fills the more evenly."""
_LATE: Final = 3.0
"""A thread's task that takes so many times as long as it should gives back what it has not begun."""
_FIRST_ROUND: Final = 4
_LOOK_SECONDS: Final = 0.05
_WATCH_SECONDS: Final = 0.2
STOP_SECONDS: Final = 0.2
_MOST_TRIALS: Final = 100_000
"""Most trials of a task."""


class Piece(NamedTuple):
    """Some trials of one point."""

    point: int
    first: int
    end: int


class Part(NamedTuple):
    """A piece that was measured: its rows, fewer if it was stopped, and the seconds that they took."""

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
    """Measure the trials that are missing in a table.

    Parameters
    ----------
    points : sequence
        What `measure` takes as a point, one for each of the table's.
    table : TrialTable
        Is filled, from this thread.
    measure : Measure
        For an executor of processes it must be one that can be pickled.
    order : iterable of int, optional
        The points' numbers as they are to be handed out.
    growth : float
        By how much a round is longer than the one before.
    chunk : int, optional
        So many trials are measured together, whole point after whole point. By default it is as many as take
        `task_seconds`, in rounds.
    keep : callable, optional
        Called as ``keep(point, first, rows)`` with what has arrived, before the table has it.
    executor : concurrent.futures.Executor, optional
        Who does the work: a process pool, or a cluster's. By default threads of this process.
    workers : int, optional
        How many tasks the executor does at once; by default as many as this computer has cores.
    task_seconds : float
        How long a task of an executor should last; threads have shorter ones.
    progress : callable, optional
        Called as ``progress(done, total)`` with numbers of trials whenever some have arrived.
    watch : callable, optional
        Called about five times a second.
    cancel : threading.Event, optional
        When it is set the work ends; trials that are being measured by threads are waited for `patience` seconds,
        by default 0.2, None for as long as they take. An executor's are not.

    Raises
    ------
    Refused
        If a number is not legal.
    """
    at_once = os.cpu_count() or 1 if workers is None else count(workers, "workers", 1)
    seconds = within(task_seconds, "task_seconds", 1e-3, 3600.0, "") if executor else _THREAD_SECONDS
    stop = _Stop(cancel)
    if table.complete or stop.is_set():
        return
    work = _Work(table, _Pieces(table, order, growth, chunk), keep, progress, watch)
    pool = ThreadPoolExecutor(at_once, thread_name_prefix="dwmtj-trials") if executor is None else executor

    def submit(task: list[Piece]) -> Future[list[Part]]:
        ranges = [(points[piece.point], range(piece.first, piece.end)) for piece in task]
        if executor is None:
            return pool.submit(measured_task, measure, ranges, _LATE * seconds, stop)
        return pool.submit(measured_task, measure, ranges)

    try:
        work.go(submit, stop, seconds, at_once + 1 if executor is None else 2 * at_once)
    finally:
        # Whatever ended the work: a trial is over in a moment, and is not thrown away. A kernel that is being
        # compiled, which takes up to minutes and cannot be stopped, is left alone; its thread then ends.
        stop.set()
        if isinstance(pool, ThreadPoolExecutor) and executor is None:
            pool.shutdown(wait=False, cancel_futures=True)
            # A task that was cancelled before it began counts as not done for `wait`.
            wait([future for future in work.running if not future.cancelled()], timeout=patience)
        work.take_in(_sound(work.running))
        for future in work.running:
            future.cancel()


def measured_task(
    measure: Measure, task: Sequence[tuple[Any, range]], seconds: float = inf, stop: Event | None = None
) -> list[Part]:
    """Measure trials of points until so many seconds are over: what an executor is given, and what travels back."""
    parts = list[Part]()
    for point, numbers in task:
        begun = perf_counter()
        rows = measure(point, numbers, stop)
        parts.append(Part(rows, perf_counter() - begun))
        seconds -= parts[-1].seconds
        if seconds < 0.0:
            break
    return parts


def in_turn(one: Callable[[int], _T | None], numbers: Iterable[int], stop: Event | None) -> Iterator[_T]:
    """Yield one trial after the other until `stop` is set, or one is None because of it."""
    for number in numbers:
        row = None if stop is not None and stop.is_set() else one(number)
        if row is None:
            return
        yield row


class _Stop(Event):
    """Set by itself, or with the caller's event."""

    def __init__(self, cancel: Event | None) -> None:
        super().__init__()
        self._cancel = cancel

    def is_set(self) -> bool:
        return super().is_set() or (self._cancel is not None and self._cancel.is_set())


class _Work:
    """The handing out and taking in."""

    def __init__(
        self,
        table: TrialTable,
        pieces: _Pieces,
        keep: Callable[[int, int, Rows], None] | None,
        progress: Callable[[int, int], None] | None,
        watch: Callable[[], None] | None,
    ) -> None:
        self.table, self.pieces = table, pieces
        self.keep, self.progress, self.watch = keep, progress, watch
        self.running: dict[Future[list[Part]], list[Piece]] = {}

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
            pieces, parts = self.running.pop(future), future.result()
            self.pieces.give_back(pieces[len(parts) :])
            for piece, part in zip(pieces, parts, strict=False):
                if part.rows.shape[0]:
                    self.pieces.learn(piece.point, part)
                    if self.keep is not None:
                        self.keep(piece.point, piece.first, part.rows)
                    self.table.add(piece.point, piece.first, part.rows)


class _Pieces:
    """What is still to be handed out, in order, and what a trial costs."""

    def __init__(
        self, table: TrialTable, order: Iterable[int] | None, growth: float, chunk: int | None
    ) -> None:
        self._table, self._chunk = table, chunk
        points, trials = table.there.shape
        numbers = list(range(points) if order is None else order)
        self._source = _missing(table, numbers, [0, trials] if chunk else _rounds(trials, growth))
        self._left: deque[Piece] = deque()
        self._cost = inf
        """Seconds a trial, as the last tasks had it; before the first it is not known."""
        self._known: dict[int, float] = {}
        """The same of a point."""

    def take(self, seconds: float) -> list[Piece]:
        """Return pieces that take so long together, less at the end, none after it; at first one trial, to see."""
        task: list[Piece] = []
        while seconds > 0.0:
            piece = self._left.popleft() if self._left else next(self._source, None)
            if piece is None:
                break
            cost = self._cost_of(piece.point)
            trials = self._chunk or int(min(max(seconds / cost, 1.0), _MOST_TRIALS))
            end = min(piece.end, piece.first + trials)
            task.append(piece._replace(end=end))
            if end < piece.end:
                self._left.appendleft(piece._replace(first=end))
            seconds -= (end - piece.first) * cost
        return task

    def give_back(self, pieces: Sequence[Piece]) -> None:
        """Take pieces back that were not begun, to be handed out next."""
        self._left.extendleft(reversed(pieces))

    def learn(self, point: int, part: Part) -> None:
        """Take note of what some trials cost."""
        self._table.seconds[point] += part.seconds
        cost = max(part.seconds / part.rows.shape[0], 1e-6)
        self._cost = cost if self._cost == inf else 0.5 * (self._cost + cost)
        self._known[point] = cost

    def _cost_of(self, point: int) -> float:
        return inf if self._chunk else self._known.get(point, self._cost)


def _rounds(trials: int, growth: float) -> list[int]:
    """Return the numbers of trials at which rounds begin and end."""
    ends = [0]
    while ends[-1] < trials:
        ends.append(min(max(_FIRST_ROUND, int(ends[-1] * growth)), trials))
    return ends


def _missing(table: TrialTable, order: Sequence[int], ends: Sequence[int]) -> Iterator[Piece]:
    """Yield what was missing when the work began."""
    # Gaps are looked for before anything of their round arrives: what arrives is of earlier rounds.
    for low, high in pairwise(ends):
        for point in order:
            for first, end in table.missing(point, low, high):
                yield Piece(point, first, end)


def _sound(running: Iterable[Future[list[Part]]]) -> list[Future[list[Part]]]:
    """Return the tasks that are done and have a result."""
    return [f for f in running if f.done() and not f.cancelled() and f.exception() is None]
