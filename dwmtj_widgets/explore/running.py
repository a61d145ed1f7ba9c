"""Running a sweep, resuming it, and stopping it."""

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
    """Measure the missing trials of a sweep; the result is the same to the bit for every executor and order.

    Parameters
    ----------
    sweep : Sweep
        The requested sweep.
    folder : path, optional
        Folder of the trials, where an interrupted sweep resumes. By default trials are in memory only.
    executor : concurrent.futures.Executor, optional
        A process pool's or a cluster's (see `cluster_executor`); by default threads of this process.
    workers : int, optional
        Number of parallel tasks; by default one a core of this computer.
    task_seconds : float
        Intended duration of an executor's task; tasks of threads are shorter.
    progress : callable, optional
        Called as ``progress(done, total)`` with numbers of trials whenever new ones have arrived.
    watch : callable, optional
        Called about five times a second with the result so far, and once at the end.
    cancel : threading.Event, optional
        Once set, the measured trials are returned within 0.2 s. Running tasks of an executor are not awaited.

    Returns
    -------
    Result
        The complete sweep, or what was measured before the cancellation. Callbacks are called from this thread; an
        exception of theirs stops the sweep, as Ctrl+C does; the folder keeps the measured trials.

    Raises
    ------
    Refused
        If an argument is illegal, or the folder holds another sweep.
    Unable
        If another process has locked the folder, or the executor lost its workers.
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

        # Only the workers of an executor can be lost; an error in a thread of ours is an error.
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
    """Return the stored trials of a sweep without measuring any.

    Raises
    ------
    Refused
        If the folder does not exist or holds another sweep.
    Unable
        If another process has locked the folder.
    """
    if not Path(folder).is_dir():
        msg = f"There is no folder {str(folder)!r}."
        raise Refused(msg)
    stop = Event()
    stop.set()
    return run_sweep(sweep, folder, cancel=stop)


def identity_of(sweep: Sweep) -> dict[str, Any]:
    """Return what sweeps must have in common to share a folder."""
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
    # Points of a hypercube over integers may coincide.
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
