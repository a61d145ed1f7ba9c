"""Who runs a sweep: processes, order and cancelling change no bit."""

import dataclasses
import threading
import time
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from itertools import product
from multiprocessing import get_context
from typing import Any

import numpy as np
import pytest
from small_cases import SMALL

from dwmtj_widgets.explore import Result, Sweep, run_sweep, trial_of
from dwmtj_widgets.refusals import Refused


class Backwards(Executor):
    """Does the last task first, when somebody waits."""

    def __init__(self) -> None:
        self.tasks: list[tuple[Future[Any], Any, tuple[Any, ...]]] = []
        self.thread = threading.Timer(0.2, self.work)
        self.thread.start()

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        assert not kwargs
        future: Future[Any] = Future()
        self.tasks.append((future, fn, args))
        return future

    def work(self) -> None:
        idle = 0
        while idle < 40:
            idle = 0 if self.tasks else idle + 1
            while self.tasks:
                future, fn, args = self.tasks.pop()
                future.set_result(fn(*args))
            time.sleep(0.01)


def test_workers_chunks_and_order_change_no_bit(small: Result) -> None:
    assert small.complete
    for workers in (2, 5):
        assert np.array_equal(run_sweep(SMALL, workers=workers).rows, small.rows)
    for seconds in (0.001, 10.0):
        executor = Backwards()
        other = run_sweep(SMALL, executor=executor, workers=4, task_seconds=seconds)
        executor.thread.join()
        assert np.array_equal(other.rows, small.rows)
    values = [tuple(row) for point in small.rows for row in point]
    assert len(set(values)) > 35, "trials must differ, or their order was not tested"


@pytest.mark.slow
def test_processes_change_no_bit(small: Result) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        result = run_sweep(SMALL, executor=pool, workers=2, task_seconds=0.01)
    assert np.array_equal(result.rows, small.rows)


def test_seeds_points_and_trials_are_apart(small: Result) -> None:
    other = run_sweep(dataclasses.replace(SMALL, seed=4))
    assert not (other.rows[:, :, 0] == small.rows[:, :, 0]).any()
    some = trial_of(SMALL.points[0], 3, 0), trial_of(SMALL.points[1], 3, 0), trial_of(SMALL.points[0], 3, 1)
    assert len({trial.pattern.tobytes() for trial in some}) == 3


def test_a_line_of_a_map_and_a_finer_map_have_the_maps_trials(small: Result) -> None:
    line = run_sweep(Sweep("random_recall", {"weight": (0.1,)}, 7, 3, {"neurons": 9, "charge_voltage": 0.25}))
    assert np.array_equal(line.rows[0], small.rows[3])
    finer = dataclasses.replace(SMALL, parameters={**SMALL.parameters, "weight": (0.05, 0.07, 0.1)}, trials=9)
    rows = run_sweep(finer).rows
    assert np.array_equal(rows[[0, 1, 4, 5], :7], small.rows[[0, 1, 2, 3]])


class Noting(Executor):
    """Does every task at once and notes what was in it."""

    def __init__(self) -> None:
        self.pieces: list[tuple[str, int, int]] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        _measure, task, _stop = args
        self.pieces += [(point.key, numbers.start, numbers.stop) for point, numbers in task]
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def test_coarse_points_and_few_trials_are_handed_out_first() -> None:
    sweep = dataclasses.replace(SMALL, trials=70)
    executor = Noting()
    assert run_sweep(sweep, executor=executor, workers=1, task_seconds=0.02).complete
    places = {point.key: sweep.order.index(index) for index, point in enumerate(sweep.points)}
    rounds = [(sum(first >= end for end in (4, 16, 64)), places[key]) for key, first, _ in executor.pieces]
    assert rounds == sorted(rounds)
    assert set(rounds) == set(product(range(4), range(6)))
    trials = [(key, trial) for key, first, end in executor.pieces for trial in range(first, end)]
    assert len(trials) == len(set(trials)) == 420


def test_progress_and_watch_see_it_grow() -> None:
    sweep = dataclasses.replace(SMALL, trials=400)
    calls: list[tuple[int, int]] = []
    seen: list[int] = []

    def watch(result: Result) -> None:
        seen.append(result.done)
        assert np.isfinite(result.statistics()["time"][result.trials > 0]).all()

    run_sweep(sweep, workers=2, progress=lambda *call: calls.append(call), watch=watch)
    assert calls == sorted(calls)
    assert calls[-1] == (2400, 2400)
    assert seen == sorted(seen)
    assert seen[0] < seen[-1] == 2400


def test_cancelled_it_stops_at_once_and_keeps_what_is_there(small: Result) -> None:
    cancel = threading.Event()
    long = dataclasses.replace(SMALL, trials=100_000)
    stopped: list[float] = []

    def progress(done: int, _total: int) -> None:
        if done > 60:
            stopped.append(time.monotonic())
            cancel.set()

    result = run_sweep(long, progress=progress, cancel=cancel)
    took = time.monotonic() - stopped[0]
    assert 60 < result.done < 60_000
    assert not result.complete
    assert took < 5.0, "and it takes 0.01 s where nobody else is at work"
    assert np.array_equal(result.rows[:, :4], small.rows[:, :4])


def test_long_runs_of_chips_are_given_up_in_their_midst() -> None:
    cancel = threading.Event()
    sweep = Sweep("random_recall", {"jitter": (1.0,)}, 4, fixed={"neurons": 150})
    threading.Timer(0.3, cancel.set).start()
    begun = time.monotonic()
    result = run_sweep(sweep, workers=1, cancel=cancel)
    assert not result.complete
    assert time.monotonic() - begun < 10.0


def test_what_a_callback_raises_comes_out() -> None:
    def fail(*_: Any) -> None:
        raise OSError("the page is gone")

    for callback in ("progress", "watch"):
        with pytest.raises(OSError, match="the page is gone"):
            run_sweep(SMALL, **{callback: fail})


def test_what_a_trial_raises_comes_out() -> None:
    # A track so short that the spread moves the junction off it, on one chip sooner or later.
    sweep = Sweep("random_recall", {"spread": (0.3,)}, 50, fixed={"neurons": 20, "track_length": 25e-9})
    with pytest.raises(Refused, match="variation moves an MTJ window off its track"):
        run_sweep(sweep)
