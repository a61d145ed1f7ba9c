"""The runner of trials: order, chunks, tasks that take too long, stop and failure."""

from concurrent.futures import Executor, Future
from threading import Event, Lock
from time import sleep
from typing import Any

import numpy as np
import pytest

from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.trials import TrialTable, in_turn, run_trials

POINTS = [0, 1, 2]


class Measured:
    """Rows of point and number, and what was asked for."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.asked: list[tuple[int, range]] = []
        self.seconds, self._lock = seconds, Lock()

    def __call__(self, point: int, numbers: range, stop: Event | None) -> np.ndarray:
        with self._lock:
            self.asked.append((point, numbers))

        def row(number: int) -> tuple[float, float]:
            sleep(self.seconds)
            return float(point), float(number)

        return np.array(list(in_turn(row, numbers, stop))).reshape(-1, 2)


class Inline(Executor):
    """Does every task at once."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def table(trials: int) -> TrialTable:
    return TrialTable(np.full((len(POINTS), trials, 2), np.nan))


@pytest.mark.parametrize("workers", [1, 3])
@pytest.mark.parametrize("chunk", [None, 4])
def test_every_trial_stands_in_its_place_and_none_is_measured_twice(workers: int, chunk: int | None) -> None:
    found, measure = table(50), Measured()
    found.add(1, 10, np.array([[-1.0, -1.0]]))
    kept: list[tuple[int, int]] = []
    run_trials(
        POINTS,
        found,
        measure,
        chunk=chunk,
        workers=workers,
        keep=lambda point, first, rows: kept.extend((point, first + k) for k in range(len(rows))),
    )
    assert found.complete
    expected = [[[p, k] if (p, k) != (1, 10) else [-1, -1] for k in range(50)] for p in POINTS]
    assert found.rows.tolist() == expected
    assert sorted(kept) == [(p, k) for p in POINTS for k in range(50) if (p, k) != (1, 10)]
    assert sum(len(numbers) for _point, numbers in measure.asked) == 149


def test_few_trials_of_all_points_come_before_more_of_any_in_the_order_that_is_asked_for() -> None:
    measure = Measured()
    run_trials(POINTS, table(40), measure, order=[2, 0, 1], growth=2.5, executor=Inline(), workers=1)
    asked = [(point, number) for point, numbers in measure.asked for number in numbers]
    rounds = [(0, 4), (4, 10), (10, 25), (25, 40)]
    assert asked == [(p, k) for low, high in rounds for p in (2, 0, 1) for k in range(low, high)]


def test_chunks_begin_at_multiples_whatever_a_trial_costs() -> None:
    measure = Measured()
    run_trials(POINTS, table(60), measure, chunk=25, workers=2)
    chunks = [range(25), range(25, 50), range(50, 60)]
    assert sorted(measure.asked, key=repr) == sorted([(p, c) for p in POINTS for c in chunks], key=repr)


def test_tasks_grow_with_what_was_measured_however_cheap_the_first_trials_were() -> None:
    """The first points of an order may be far cheaper than the others, which one task must not take all together."""

    class Noting(Inline):
        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
            sizes.append(sum(len(numbers) for _point, numbers in args[1]))
            return super().submit(fn, *args, **kwargs)

    sizes: list[int] = []
    run_trials(POINTS, table(400), Measured(), executor=Noting(), workers=1)
    assert sum(sizes) == 1200
    assert sizes[0] == 1
    assert all(size <= 2 * sum(sizes[:k]) + 1 for k, size in enumerate(sizes))
    assert max(sizes) > 100


def test_a_stop_keeps_what_is_there_and_another_run_goes_on() -> None:
    found, cancel, alone = table(500), Event(), table(500)

    def progress(done: int, total: int) -> None:
        assert total == 1500
        if done >= 20:
            cancel.set()

    run_trials(POINTS, found, Measured(1e-3), workers=2, progress=progress, cancel=cancel)
    assert 20 <= found.done < 1500
    run_trials(POINTS, found, Measured(), workers=2)
    run_trials(POINTS, alone, Measured(), workers=1)
    np.testing.assert_array_equal(found.rows, alone.rows)


def test_nothing_is_begun_where_all_is_there_or_the_stop_was_before() -> None:
    stopped, measure = Event(), Measured()
    stopped.set()
    run_trials(POINTS, table(5), measure, cancel=stopped)
    full = table(1)
    for point in POINTS:
        full.add(point, 0, np.zeros((1, 2)))
    run_trials(POINTS, full, measure)
    assert measure.asked == []


def test_tasks_that_were_not_begun_do_not_hold_up_the_end() -> None:
    def fail(point: int, numbers: range, stop: Event | None) -> np.ndarray:
        raise RuntimeError("the walls could not be followed")

    with pytest.raises(RuntimeError, match="could not be followed"):
        run_trials(POINTS, table(10), fail, workers=1, patience=None)


def test_one_failure_ends_the_work_of_all_and_what_was_measured_is_kept() -> None:
    found = table(10_000)

    def measure(point: int, numbers: range, stop: Event | None) -> np.ndarray:
        if 5 in numbers:
            raise RuntimeError("the walls could not be followed")
        return Measured()(point, numbers, stop)

    with pytest.raises(RuntimeError, match="could not be followed"):
        run_trials(POINTS, found, measure, workers=2)
    assert 0 < found.done < found.total


@pytest.mark.parametrize("workers", [0, -1, 1.5])
def test_workers_that_are_none_are_refused(workers: float) -> None:
    with pytest.raises(Refused, match=r"workers is .*; it"):
        run_trials(POINTS, table(1), Measured(), workers=workers)  # type: ignore[arg-type]
