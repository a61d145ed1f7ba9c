"""Running a sweep: in threads, in any executor, on a cluster; interrupted and gone on with; watched and stopped.

The trials of a sweep are handed out in rounds, few trials for every point before more for any, the points of a
coarse grid first. Trials that are handed out together are a task; tasks are made so large that one lasts about
`task_seconds`. None of this has any part in what is measured: a trial depends on its own seed alone.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ThreadPoolExecutor,
    wait,
)
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from threading import Event
from time import monotonic, perf_counter
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dwmtj_widgets.explore.journal import Journal
from dwmtj_widgets.explore.result import Result
from dwmtj_widgets.explore.sweep import Sweep
from dwmtj_widgets.explore.trials import COLUMNS, Point, measured
from dwmtj_widgets.hopfield import validation
from dwmtj_widgets.refusals import Refused, Unable

Floats = NDArray[np.float64]

TASK_SECONDS: Final = 1.0
_THREAD_SECONDS: Final = 0.1
"""A task of this process's own threads: they cost nothing to hand out, and a map fills the more evenly."""
_FIRST_ROUND: Final = 4
_GROWTH: Final = 4
_LOOK_SECONDS: Final = 0.05
_WATCH_SECONDS: Final = 0.2
_STOP_SECONDS: Final = 0.2
_MOST_TRIALS: Final = 100_000
"""Most trials of a task."""


class Piece(NamedTuple):
    """Some trials of one point."""

    point: int
    first: int
    end: int


class Done(NamedTuple):
    """A task that was done: the rows of each of its pieces, fewer if it was stopped, and how long it took."""

    rows: list[Floats]
    seconds: float


def run_sweep(
    sweep: Sweep,
    folder: Path | str | None = None,
    *,
    executor: Executor | None = None,
    workers: int | None = None,
    task_seconds: float = TASK_SECONDS,
    progress: Callable[[int, int], None] | None = None,
    watch: Callable[[Result], None] | None = None,
    cancel: Event | None = None,
) -> Result:
    """Measure what is missing of a sweep; the same to the bit whoever does it, in whatever order.

    Parameters
    ----------
    sweep : Sweep
        What is wanted.
    folder : path, optional
        Where trials are kept, and taken from: an interrupted sweep goes on there. Without one they are kept in memory.
    executor : concurrent.futures.Executor, optional
        Who does the work: a process pool, or a cluster's (see `cluster_executor`). By default threads of this process.
    workers : int, optional
        How many tasks the executor does at once; by default as many as this computer has cores.
    task_seconds : float
        How long a task of an executor should last; threads have shorter ones.
    progress : callable, optional
        Called as ``progress(done, total)`` with numbers of trials whenever some have arrived.
    watch : callable, optional
        Called about five times a second with the result so far, and once at the end.
    cancel : threading.Event, optional
        When it is set what is there is returned within 0.2 s. An executor's tasks that have begun are not waited for.

    Returns
    -------
    Result
        All of the sweep, or what was there when it was cancelled. The callbacks are called from this thread; what
        they raise stops the sweep, and so does Ctrl+C: what has arrived is in the folder.

    Raises
    ------
    Refused
        If something is illegal, or the folder holds another sweep.
    Unable
        If another process is at work in the folder, or the executor lost its workers.
    """
    result = Result(sweep)
    with ExitStack() as stack:
        journal = None
        if folder is not None:
            journal = stack.enter_context(Journal(Path(folder), identity_of(sweep)))
            _take_in(journal, result)
        threads = os.cpu_count() or 1 if workers is None else validation.count(workers, "workers", 1)
        seconds = validation.within(task_seconds, "task_seconds", 1e-3, 3600.0, "")
        work = _Work(result, journal, threads, progress, watch, cancel or Event())
        if not result.complete and not work.cancel.is_set():
            if executor is None:
                work.in_threads()
            else:
                work.by(executor, seconds)
    if watch is not None:
        watch(result)
    return result


def load_sweep(sweep: Sweep, folder: Path | str) -> Result:
    """Return what a folder holds of a sweep without measuring anything.

    Raises
    ------
    Refused
        If the folder is not there or holds another sweep.
    Unable
        If another process is at work in the folder.
    """
    if not Path(folder).is_dir():
        msg = f"There is no folder {str(folder)!r}."
        raise Refused(msg)
    stop = Event()
    stop.set()
    return run_sweep(sweep, folder, cancel=stop)


def identity_of(sweep: Sweep) -> dict[str, Any]:
    """Return what must be the same for two sweeps to share a folder."""
    return {
        "task": sweep.task,
        "seed": sweep.seed,
        "parameters": list(sweep.parameters),
        "fixed": dict(sweep.fixed),
        "latin": sweep.latin,
    }


def measure_task(points: Sequence[Point], pieces: Sequence[tuple[int, int]], seed: int) -> Done:
    """Measure some trials of some points; this is what an executor is given, and what travels back."""
    return _measured(points, pieces, seed, None)


def _measured(
    points: Sequence[Point], pieces: Sequence[tuple[int, int]], seed: int, stop: Event | None
) -> Done:
    begun, result = perf_counter(), []
    for point, (first, end) in zip(points, pieces, strict=True):
        rows = np.empty((end - first, len(COLUMNS)))
        count = 0
        for trial in range(first, end):
            row = None if stop is not None and stop.is_set() else measured(point, seed, trial, stop)
            if row is None:
                break
            rows[count] = row
            count += 1
        result.append(rows[:count])
    return Done(result, perf_counter() - begun)


def _take_in(journal: Journal, result: Result) -> None:
    # Two points of a hypercube over whole numbers may be the same.
    numbers: dict[str, list[int]] = {}
    for index, point in enumerate(result.sweep.points):
        numbers.setdefault(point.key, []).append(index)
    for key, first, rows in journal.records():
        for index in numbers.get(key, []):
            result.add(index, first, rows)
    result.notes += journal.notes


@dataclass
class _Work:
    """The handing out and taking in."""

    result: Result
    journal: Journal | None
    workers: int
    progress: Callable[[int, int], None] | None
    watch: Callable[[Result], None] | None
    cancel: Event
    cost: float = 0.0
    """Seconds a trial, as the last tasks had it; 0 before the first."""
    watched: float = field(default_factory=monotonic)

    def in_threads(self) -> None:
        stop = Event()
        points, seed = self.result.sweep.points, self.result.sweep.seed
        pool = ThreadPoolExecutor(self.workers)

        def submit(pieces: list[Piece]) -> Future[Done]:
            chosen = [points[piece.point] for piece in pieces]
            return pool.submit(_measured, chosen, [(p.first, p.end) for p in pieces], seed, stop)

        running: dict[Future[Done], list[Piece]] = {}
        try:
            self._go(submit, running, _THREAD_SECONDS, self.workers + 1)
        finally:
            # Whatever ended the work: a trial is over in a moment, and is not thrown away. A kernel that is being
            # compiled, which takes up to minutes and cannot be stopped, is left alone; its thread then ends.
            stop.set()
            for future in running:
                future.cancel()
            wait(running, timeout=_STOP_SECONDS)
            self._collect(_sound(running), running)
            pool.shutdown(wait=False)

    def by(self, executor: Executor, seconds: float) -> None:
        points, seed = self.result.sweep.points, self.result.sweep.seed

        def submit(pieces: list[Piece]) -> Future[Done]:
            chosen = [points[piece.point] for piece in pieces]
            return executor.submit(measure_task, chosen, [(p.first, p.end) for p in pieces], seed)

        running: dict[Future[Done], list[Piece]] = {}
        try:
            self._go(submit, running, seconds, 2 * self.workers)
        except (BrokenExecutor, CancelledError, *getattr(executor, "lost", ())) as exc:
            raise Unable(_lost(exc)) from exc
        finally:
            self._collect(_sound(running), running)
            for future in running:
                future.cancel()

    def _go(
        self,
        submit: Callable[[list[Piece]], Future[Done]],
        running: dict[Future[Done], list[Piece]],
        seconds: float,
        at_once: int,
    ) -> None:
        pieces = _Pieces(self.result)
        while not self.cancel.is_set():
            while len(running) < at_once and (task := pieces.take(self._trials(seconds))):
                running[submit(task)] = task
            if not running:
                return
            ready, _ = wait(running, timeout=_LOOK_SECONDS, return_when=FIRST_COMPLETED)
            if ready:
                self._collect(list(ready), running)
                if self.progress is not None:
                    self.progress(self.result.done, self.result.total)
            if self.watch is not None and monotonic() - self.watched > _WATCH_SECONDS:
                self.watch(self.result)
                self.watched = monotonic()

    def _trials(self, seconds: float) -> int:
        """Return how many trials last about so long; at first one, to see."""
        return 1 if self.cost == 0.0 else int(min(max(seconds / self.cost, 1.0), _MOST_TRIALS))

    def _collect(self, ready: list[Future[Done]], running: dict[Future[Done], list[Piece]]) -> None:
        for future in ready:
            pieces, done = running.pop(future), future.result()
            count = sum(rows.shape[0] for rows in done.rows)
            if count:
                cost = max(done.seconds / count, 1e-6)
                self.cost = cost if self.cost == 0.0 else 0.5 * (self.cost + cost)
            for piece, rows in zip(pieces, done.rows, strict=True):
                if rows.shape[0]:
                    if self.journal is not None:
                        self.journal.append(self.result.sweep.points[piece.point].key, piece.first, rows)
                    self.result.add(piece.point, piece.first, rows)


class _Pieces:
    """What is still to be handed out, in order."""

    def __init__(self, result: Result) -> None:
        self._source = _rounds(result)
        self._left: deque[Piece] = deque()

    def take(self, trials: int) -> list[Piece]:
        """Return pieces of so many trials together, fewer at the end, none after it."""
        task: list[Piece] = []
        while trials > 0:
            piece = self._left.popleft() if self._left else next(self._source, None)
            if piece is None:
                break
            cut = min(piece.end, piece.first + trials)
            task.append(piece._replace(end=cut))
            trials -= cut - piece.first
            if cut < piece.end:
                self._left.appendleft(piece._replace(first=cut))
        return task


def _rounds(result: Result) -> Iterator[Piece]:
    """Yield what was missing when the work began."""
    trials = result.sweep.trials
    ends = [0]
    while ends[-1] < trials:
        ends.append(min(max(_FIRST_ROUND, ends[-1] * _GROWTH), trials))
    missing = result.missing
    # Gaps are looked for before anything arrives, round by round what arrives is of earlier rounds.
    for low, high in pairwise(ends):
        for point in result.sweep.order:
            for first, end in missing(point, low, high):
                yield Piece(point, first, end)


def _sound(running: Iterable[Future[Done]]) -> list[Future[Done]]:
    """Return the tasks that are done and have a result."""
    return [f for f in running if f.done() and not f.cancelled() and f.exception() is None]


def _lost(exc: BaseException) -> str:
    return (
        f"The workers were lost ({type(exc).__name__}: {exc}); what had arrived is kept, "
        "the same sweep in the same folder goes on."
    )
