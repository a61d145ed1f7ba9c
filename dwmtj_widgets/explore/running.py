"""Running a sweep: interrupted and gone on with, watched and stopped; the same to the bit whoever does it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Executor
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dwmtj_widgets.explore.journal import Journal
from dwmtj_widgets.explore.result import Result
from dwmtj_widgets.explore.sweep import Sweep
from dwmtj_widgets.explore.trials import COLUMNS, Point, measured
from dwmtj_widgets.refusals import Refused, Unable
from dwmtj_widgets.trials.running import TASK_SECONDS, in_turn, run_trials

_ROW = np.dtype((np.float64, len(COLUMNS)))


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
    result, points = Result(sweep), sweep.points
    with ExitStack() as stack:
        journal = None
        if folder is not None:
            journal = stack.enter_context(Journal(Path(folder), identity_of(sweep)))
            _take_in(journal, result)

        def keep(point: int, first: int, rows: NDArray[np.float64]) -> None:
            if journal is not None:
                journal.append(points[point].key, first, rows)

        # The workers of an executor may be lost; a fault in a thread of our own is a fault.
        lost = () if executor is None else (BrokenExecutor, CancelledError, *getattr(executor, "lost", ()))
        try:
            run_trials(
                points,
                result,
                partial(measure, seed=sweep.seed),
                order=sweep.order,
                keep=keep,
                executor=executor,
                workers=workers,
                task_seconds=task_seconds,
                progress=progress,
                watch=None if watch is None else partial(watch, result),
                cancel=cancel,
            )
        except lost as exc:
            raise Unable(_lost(exc)) from exc
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


def measure(point: Point, numbers: range, stop: Event | None, seed: int) -> NDArray[np.float64]:
    """Measure trials of a point, shape (trials, `COLUMNS`); fewer if they were stopped."""
    rows = in_turn(lambda number: measured(point, seed, number, stop), numbers, stop)
    return np.fromiter(rows, _ROW)


def _take_in(journal: Journal, result: Result) -> None:
    # Two points of a hypercube over whole numbers may be the same.
    numbers: dict[str, list[int]] = {}
    for index, point in enumerate(result.sweep.points):
        numbers.setdefault(point.key, []).append(index)
    for key, first, rows in journal.records():
        for index in numbers.get(key, []):
            result.add(index, first, rows)
    result.notes += journal.notes


def _lost(exc: BaseException) -> str:
    return (
        f"The workers were lost ({type(exc).__name__}: {exc}); what had arrived is kept, "
        "the same sweep in the same folder goes on."
    )
