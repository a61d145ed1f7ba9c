"""Sweeps: what one is, what its trials are, that nobody who runs it changes a bit, and the numbers that come out."""

import dataclasses
import json
import math
import pickle
import threading
import time
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from itertools import product
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray
from hypothesis import given
from hypothesis import strategies as st

from dwmtj_widgets import Device, Network, Simulation, hebbian_weights
from dwmtj_widgets.explore import (
    QUANTITIES,
    TASKS,
    Found,
    Point,
    Result,
    Search,
    Sweep,
    defaults_of,
    knobs_of,
    linear,
    logarithmic,
    run_search,
    run_sweep,
    stepped,
    trial_of,
)
from dwmtj_widgets.explore.alike import alike
from dwmtj_widgets.explore.datasets import as_json, csv_text, write_csv, write_netcdf, write_zarr
from dwmtj_widgets.explore.trials import COLUMNS, REVISION, measured
from dwmtj_widgets.hopfield import published_estimate
from dwmtj_widgets.hopfield.loading import default_load_time
from dwmtj_widgets.hopfield.variation import Chip
from dwmtj_widgets.refusals import Refused, Unable
from dwmtj_widgets.tasks.graphs import cut_value
from dwmtj_widgets.tasks.intervals import bootstrap_mean, share_mean, student_mean, wilson

SMALL = Sweep(
    "random_recall",
    {"weight": (0.05, 0.1, 0.2), "charge_voltage": (0.1, 0.25)},
    trials=7,
    seed=3,
    fixed={"neurons": 9},
)


@pytest.fixture(scope="module")
def small() -> Result:
    """The small sweep, measured by one thread."""
    return run_sweep(SMALL, workers=1)


# -- what a sweep is ---------------------------------------------------------------------------------------------


def test_ranges_are_what_they_say_and_tidy() -> None:
    assert linear(0.1, 0.3, 3) == (0.1, 0.2, 0.3)
    assert logarithmic(0.01, 1.0, 3) == (0.01, 0.1, 1.0)
    assert stepped(0.02, 0.24, 0.02) == tuple(round(0.02 * k, 2) for k in range(1, 13))
    assert stepped(0.0, 0.99, 0.5) == (0.0, 0.5)
    for bad in (lambda: stepped(1, 0, 0.1), lambda: stepped(0, 1, 0), lambda: logarithmic(0, 1, 3)):
        with pytest.raises(Refused, match=r"is no range|is none"):
            bad()


@given(st.floats(0.001, 1.0), st.floats(0.001, 1.0), st.integers(2, 20))
def test_a_refined_range_holds_the_coarse_one(low: float, span: float, count: int) -> None:
    low, high = round(low, 4), round(low + span, 4)
    assert set(linear(low, high, count)) <= set(linear(low, high, 2 * count - 1))


def test_points_are_every_combination_the_last_parameter_fastest() -> None:
    expected = [
        {"neurons": 9, "weight": w, "charge_voltage": v} for w, v in product((0.05, 0.1, 0.2), (0.1, 0.25))
    ]
    assert [point.values for point in SMALL.points] == expected
    assert (SMALL.shape, SMALL.dimensions, len(SMALL)) == ((3, 2), ("weight", "charge_voltage"), 6)


def test_a_latin_hypercube_has_one_point_in_every_slice() -> None:
    sweep = Sweep("max_cut", {"weight": (0.1, 0.3), "tmr": (1.0, 5.0), "neurons": (10, 19)}, latin=10)
    rows = [tuple(point.values[name] for name in sweep.parameters) for point in sweep.points]
    for column, (low, high) in zip(zip(*rows, strict=True), ((0.1, 0.3), (1.0, 5.0)), strict=False):
        slices = [int((value - low) / (high - low) * 10) for value in column]
        assert sorted(slices) == list(range(10))
    assert sorted(row[2] for row in rows) == list(range(10, 20))
    assert Sweep.from_json(sweep.as_json()).points == sweep.points
    other = dataclasses.replace(sweep, seed=1)
    assert other.points != sweep.points


@pytest.mark.parametrize(
    "sweep",
    [
        SMALL,
        Sweep(
            "image_recall", {"rule": ("hebb", "storkey"), "spread": (0.0, 0.1)}, fixed={"memories": "A, J"}
        ),
        Sweep("max_cut", {"density": (0.2, 0.8)}, latin=4, trials=1, seed=2**64 - 1),
    ],
)
def test_json_pickle_and_the_printed_lines_give_the_sweep_again(sweep: Sweep) -> None:
    assert Sweep.from_json(sweep.as_json()) == sweep
    assert pickle.loads(pickle.dumps(sweep)) == sweep
    names: dict[str, Any] = {}
    exec(sweep.lines().split("result =")[0], names)
    assert names["sweep"] == sweep


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"task": "recall"}, "task is 'recall'; it must be one of 'random_recall'"),
        ({"parameters": {}}, "The sweep has no parameters"),
        ({"parameters": {"voltage": (1,)}}, "There is nothing named 'voltage' to set in random_recall"),
        ({"parameters": {"weight": 0.1}}, "weight is 0.1; a parameter takes a list"),
        ({"parameters": {"weight": ()}}, "weight has no values"),
        ({"parameters": {"weight": (0.1, 0.1)}}, "weight has a value twice"),
        ({"parameters": {"weight": (-0.1,)}}, "weight is -100 mV; it must lie between"),
        ({"parameters": {"weight": ("x",)}}, "weight is 'x'; it must be a number"),
        ({"parameters": {"charge_voltage": (0.01,)}}, "charge_voltage is 10 mV; it must lie between 20 mV"),
        ({"parameters": {"neurons": (9.5,)}}, "neurons is 9.5; it must be a whole number"),
        ({"parameters": {"rule": ("delta",)}}, "rule is 'delta'; it must be one of 'hebb'"),
        ({"parameters": {"rule": (1,)}}, "rule is 1; it must be one of hebb"),
        (
            {"parameters": {"weight": (0.1, 0.2, 0.3)}, "latin": 3},
            "it takes two numbers, the lower end first",
        ),
        ({"parameters": {"weight": (0.2, 0.1)}, "latin": 3}, "it takes two numbers"),
        ({"fixed": {"weight": 0.1}}, "weight is both fixed and a parameter"),
        ({"fixed": {"density": 0.1}}, "There is nothing named 'density'"),
        ({"trials": 0}, "trials is 0; it must lie between 1"),
        ({"seed": -1}, "seed is -1"),
        ({"fixed": {"mtj_width": 2e-7}}, "The MTJ window, -0.5 to 1.5 of the track, does not fit"),
        ({"fixed": {"min_time": 1e-3}}, "min_time is 1e.06 ns; it must lie between 0 ns and 3000 ns"),
        ({"fixed": {"levels": 1}}, "levels is 1; it must be a whole number of at least 2"),
        (
            {"parameters": {"weight": linear(0.1, 0.2, 500), "tmr": linear(1, 2, 500)}},
            "more than 100,000 points",
        ),
    ],
)
def test_illegal_sweeps_are_refused(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        dataclasses.replace(SMALL, **changes)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "it is no JSON"),
        ("[]", "This is no sweep"),
        ('{"format": "dwmtj sweep 1"}', "lacks 'task'"),
        ('{"format": "dwmtj sweep 1", "task": "max_cut", "parameters": {}, "x": 1}', "has 'x'"),
        ('{"format": "dwmtj sweep 1", "task": "max_cut", "parameters": [1]}', "parameters of the sweep is"),
    ],
)
def test_texts_that_are_no_sweep_are_refused(text: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        Sweep.from_json(text)


def test_coarse_points_come_before_fine_ones() -> None:
    sweep = Sweep("random_recall", {"weight": linear(0.1, 0.9, 9), "tmr": linear(1, 5, 5)})
    assert sorted(sweep.order) == list(range(45))
    places = [divmod(number, 5) for number in sweep.order]
    assert set(places[:4]) == {(0, 0), (0, 4), (8, 0), (8, 4)}
    assert set(places[:9]) >= {(4, 2), (4, 0), (0, 2)}
    first_quarter = np.array(places[:15])
    assert first_quarter.min(axis=0).tolist() == [0, 0]
    assert first_quarter.max(axis=0).tolist() == [8, 4]


# -- what a trial is ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("task", TASKS)
def test_every_setting_has_an_effect_and_a_key_of_its_own(task: str) -> None:
    """Each knob away from its default makes another point; set to its default it makes the same."""
    plain = defaults_of(task)
    for name, knob in knobs_of(task).items():
        assert knob.default is None or knob.checked(knob.default) == knob.default
        if knob.default is not None:
            assert Point(task, {name: plain[name]}).key == Point(task, {}).key, name
    some = {"weight": 0.11, "tmr": 2.5, "levels": 2, "spread": 0.0, "preset": "published", "max_time": 1e-6}
    keys = {Point(task, {name: value}).key for name, value in some.items()} | {Point(task, {}).key}
    assert len(keys) == 7


def test_a_random_recall_is_the_simulation_of_what_was_drawn() -> None:
    point = Point("random_recall", {"neurons": 9, "patterns": 2, "weight": 0.15, "preset": "published"})
    for number in range(4):
        trial = trial_of(point, 5, number)
        assert trial.memories is not None
        network = Network(hebbian_weights(trial.memories, 0.15), Device.published())
        assert np.array_equal(trial.network.weights, network.weights)
        run = Simulation(network, trial.pattern, soma_start="pattern", min_time=28e-9).run()
        wrong = min((run.bits != p).sum() for q in trial.memories for p in (q, 1 - q))
        expected = (run.time, run.energy, 1.0 - wrong / 9, float(wrong == 0), float(run.converged))
        assert measured(point, 5, number) == expected


def test_an_image_recall_flips_what_it_says_and_is_judged_by_its_target() -> None:
    point = Point("image_recall", {"memories": "A,J,L", "distortion": 0.1})
    targets = set()
    for number in range(12):
        trial = trial_of(point, 0, number)
        assert trial.memories is not None and trial.target is not None
        assert (trial.pattern != trial.memories[trial.target]).sum() == 10
        targets.add(trial.target)
    assert targets == {0, 1, 2}
    either = Point("image_recall", {"distortion": 0.1, "flip": "either"})
    flips = {
        int((t.pattern != t.memories[t.target]).sum())
        for t in (trial_of(either, 0, number) for number in range(12))
        if t.memories is not None
    }
    assert flips == {10, 90}
    row = dict(zip(COLUMNS, measured(point, 0, 0) or (), strict=True))
    assert row["accuracy"] == row["success"] == 1.0


def test_a_max_cut_is_measured_by_the_greatest_cut() -> None:
    point = Point("max_cut", {"neurons": 10, "density": 0.4})
    trial = trial_of(point, 1, 0)
    graph = trial.adjacency
    assert graph is not None and graph.sum() == 2 * 18
    best = max(float(cut_value(graph, np.array(bits))) for bits in product((0, 1), repeat=10))
    assert trial.reference == best
    row = dict(zip(COLUMNS, measured(point, 1, 0) or (), strict=True))
    run = Simulation(trial.network, trial.pattern).run()
    assert row["accuracy"] == cut_value(graph, run.bits) / best
    total = trial_of(Point("max_cut", {"neurons": 10, "density": 0.4, "reference": "total"}), 1, 0)
    assert total.reference == 18.0


def test_variation_makes_a_chip_for_every_trial_and_few_levels_alone_do_not() -> None:
    point = Point("random_recall", {"neurons": 8, "spread": 0.05, "spread_tmr": 0.0})
    one, other = (trial_of(point, 0, number).network for number in (0, 1))
    assert isinstance(one, Chip) and isinstance(other, Chip)
    assert set(one.variation) == {"track_length", "r_parallel", "soma_leak", "axon_leak", "fixed_mobility"}
    assert not np.array_equal(one.variation["r_parallel"], other.variation["r_parallel"])
    assert isinstance(trial_of(Point("random_recall", {"neurons": 8, "stuck": 0.0}), 0, 0).network, Chip)
    few = trial_of(Point("random_recall", {"neurons": 8, "patterns": 3, "levels": 2, "open": 0.5}), 0, 0)
    assert not isinstance(few.network, Chip)
    assert few.network.connected.sum() == 28
    assert len(np.unique(np.abs(few.network.weights[few.network.weights != 0.0]).round(9))) == 1


def test_trials_are_what_they_were() -> None:
    """If a trial's numbers change, REVISION must be raised, so that they are not mixed with stored ones."""
    points = {
        "random_recall": {"neurons": 9, "patterns": 2},
        "image_recall": {"memories": "A,J"},
        "max_cut": {"neurons": 12},
    }
    found = {task: measured(Point(task, values), 1, 2) for task, values in points.items()}
    found["chip"] = measured(Point("random_recall", {"neurons": 8, "spread": 0.05, "stuck": 0.05}), 1, 2)
    assert REVISION == 2  # which loads slow devices for longer
    for name, row in EXPECTED.items():
        assert found[name] == pytest.approx(row, rel=1e-8, abs=0.0), name


def test_load_time_is_swept_and_else_what_the_device_needs() -> None:
    given = Point("random_recall", {"neurons": 20, "load_time": 8e-9})
    assert given.run_settings.load_time == given.options["load_time"] == 8e-9
    slow = Point("random_recall", {"neurons": 20, "tmr": 0.5})
    assert slow.run_settings.load_time == default_load_time(20, Device(tmr=0.5), 0.1) > 80e-9
    assert "load_time" not in slow.options
    for point in (given, slow):
        trial, row = trial_of(point, 1, 0), measured(point, 1, 0)
        assert row is not None
        run = Simulation(trial.network, trial.pattern, **trial.options)
        assert run.load_time == point.run_settings.load_time
        assert row[0] == run.run().time
    with pytest.raises(Refused, match="max_time is 60 ns; it must be longer than the loading"):
        Sweep("random_recall", {"tmr": [3.0, 0.5]}, fixed={"neurons": 20, "max_time": 60e-9}, trials=1)


def test_estimates_that_say_nothing_are_blank_and_never_the_least() -> None:
    sweep = Sweep("random_recall", {"load_time": [1e-9, 16e-9]}, fixed={"neurons": 9}, trials=2)
    result = Result(sweep)
    for point, end in enumerate((2e-9, 90e-9)):
        result.add(point, 0, np.tile([end, 1e-10, 1.0, 1.0, 1.0], (2, 1)))
    numbers = result.statistics()
    for name in ("energy_estimate", "edp_estimate"):
        assert np.isnan([numbers[f"{name}{end}"][0] for end in ("", "_low", "_high")]).all()
        assert numbers[name][1] > 0.0
        assert result.least(name).settings["load_time"] == 16e-9
    none = Result(sweep)
    none.add(0, 0, result.rows[0])
    with pytest.raises(Unable, match="says nothing of these points"):
        none.least("edp_estimate")


EXPECTED: dict[str, tuple[float, ...]] = {
    "random_recall": (3.805478479487229e-08, 2.918466181183597e-11, 1.0, 1.0, 1.0),
    "image_recall": (7.304207762238794e-08, 1.598469013736124e-08, 1.0, 1.0, 1.0),
    "max_cut": (1.2661371937552008e-07, 1.6992362647112383e-10, 0.875, 0.0, 1.0),
    "chip": (6.579521908160043e-08, 2.4730548507076196e-11, 1.0, 1.0, 1.0),
}
"""Columns by task, of revisions 1 and 2: these devices are not slow."""


# -- who runs it -------------------------------------------------------------------------------------------------


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
        points, pieces, _seed = args
        self.pieces += [(point.key, *piece) for point, piece in zip(points, pieces, strict=True)]
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
    sweep = dataclasses.replace(SMALL, trials=1000)
    calls: list[tuple[int, int]] = []
    seen: list[int] = []

    def watch(result: Result) -> None:
        seen.append(result.done)
        assert np.isfinite(result.statistics()["time"][result.trials > 0]).all()

    run_sweep(sweep, workers=2, progress=lambda *call: calls.append(call), watch=watch)
    assert calls == sorted(calls)
    assert calls[-1] == (6000, 6000)
    assert seen == sorted(seen)
    assert seen[0] < seen[-1] == 6000


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


# -- the numbers -------------------------------------------------------------------------------------------------


def test_statistics_follow_the_trials_that_come(small: Result) -> None:
    growing = Result(SMALL)
    for point in (0, 3, 0):
        first = int(growing.trials[point])
        growing.add(point, first, small.rows[point, first : first + 2])
        fresh = Result(SMALL)
        fresh.rows[:], fresh.there[:] = growing.rows, growing.there
        for interval in ("student", "bootstrap", "bounded"):
            for name, column in fresh.statistics(interval).items():
                np.testing.assert_array_equal(growing.statistics(interval)[name], column)


def test_statistics_are_those_of_the_trials(small: Result) -> None:
    numbers = small.statistics()
    assert set(numbers) == {f"{name}{end}" for name in QUANTITIES for end in ("", "_low", "_high")}
    for index, point in enumerate(SMALL.points):
        times, energies, accuracy, success, converged = small.rows[index].T
        assert numbers["time"][index] == times.mean()
        assert (numbers["time_low"][index], numbers["time_high"][index]) == student_mean(times)
        assert numbers["energy"][index] == energies.mean()
        assert numbers["accuracy"][index] == accuracy.mean()
        assert (numbers["accuracy_low"][index], numbers["accuracy_high"][index]) == share_mean(accuracy)
        assert numbers["success"][index] == success.mean()
        assert (numbers["success_low"][index], numbers["success_high"][index]) == wilson(
            int(success.sum()), 7
        )
        assert numbers["converged"][index] == converged.mean()
        estimate = published_estimate(9, times.mean(), point.values["charge_voltage"], point.values["weight"])
        assert numbers["energy_estimate"][index] == pytest.approx(estimate, rel=1e-12, abs=0.0)
        assert numbers["edp_estimate"][index] == pytest.approx(estimate * times.mean(), rel=1e-12, abs=0.0)
        assert numbers["edp"][index] == pytest.approx(energies.mean() * times.mean(), rel=1e-12, abs=0.0)
        for name in QUANTITIES:
            assert numbers[f"{name}_low"][index] <= numbers[name][index] <= numbers[f"{name}_high"][index]
    other = small.statistics("bootstrap")
    assert (other["time_low"][2], other["time_high"][2]) == bootstrap_mean(small.rows[2, :, 0])
    with pytest.raises(Refused, match="interval is 'normal'"):
        small.statistics("normal")


def test_student_is_the_textbook_interval() -> None:
    # Student (1908): sleep gained by ten patients, 0.75 hours; 95 % by t of 9 degrees, 2.262157.
    gained = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    half = 2.262157 * np.std(gained, ddof=1) / math.sqrt(10)
    assert student_mean(gained) == pytest.approx((0.75 - half, 0.75 + half), rel=1e-6)
    assert student_mean([3.0]) == (-math.inf, math.inf)


@pytest.mark.parametrize("count", [10, 64])
def test_points_that_are_the_same_look_alike(count: int) -> None:
    """No more than 1 in 20 of 200 maps of equal points shows a difference."""
    rng, parted = np.random.default_rng(0), 0
    for _ in range(200):
        values = rng.normal(80.0, 1.0, count)
        parted += len(set(alike(values, values - 1.96, values + 1.96).tolist())) > 1
    assert parted <= 10


def test_points_that_differ_do_not_look_alike() -> None:
    rng = np.random.default_rng(1)
    values = np.concatenate([rng.normal(80.0, 1.0, 32), rng.normal(86.0, 1.0, 32), [np.nan, 90.0]])
    low, high = values - 1.96, values + 1.96
    low[-1] = high[-1] = np.nan  # one trial has no interval
    shades = alike(values, low, high)
    assert len(set(shades[:32].tolist())) == len(set(shades[32:64].tolist())) == 1
    assert shades[[0, 32]] == pytest.approx([80.0, 86.0], abs=1.0)
    assert np.isnan(shades[-2]) and shades[-1] == 90.0


def test_a_sweep_of_brackets_is_no_sweep() -> None:
    with pytest.raises(Refused, match="it is no JSON"):
        Sweep.from_json("[" * 100_000)


def test_an_unknown_name_is_answered_with_the_nearest_not_with_all() -> None:
    with pytest.raises(Refused, match="the nearest names are weight") as refused:
        Sweep("random_recall", {"weigth": (0.1,)})
    assert len(str(refused.value)) < 160
    with pytest.raises(Refused, match=r"dwmtj sweep --help lists all \d+") as refused:
        Sweep("random_recall", {"%" * 100_000: (0.1,)})
    assert len(str(refused.value)) < 160


def test_intervals_of_products_cover_as_often_as_they_say() -> None:
    """An energy that grows with an exponential time: the product of the true means is in 95 % of intervals."""
    sweep = Sweep("random_recall", {"weight": linear(0.1, 0.3, 200)}, trials=60, fixed={"neurons": 9})
    result, rng = Result(sweep), np.random.default_rng(0)
    times = 50e-9 + 30e-9 * rng.exponential(1.0, (200, 60))
    energies = 1e-9 + 0.05 * times + 1e-10 * rng.normal(0.0, 1.0, times.shape)
    for index in range(200):
        rows = np.ones((60, len(COLUMNS)))
        rows[:, 0], rows[:, 1] = times[index], energies[index]
        result.add(index, 0, rows)
    true = 80e-9 * (1e-9 + 0.05 * 80e-9)
    for interval in ("student", "bootstrap", "bounded"):
        numbers = result.statistics(interval)
        covered = int(((numbers["edp_low"] <= true) & (true <= numbers["edp_high"])).sum())
        assert 176 <= covered < 200 or (interval == "bounded" and covered == 200), interval


def test_points_without_trials_have_no_numbers() -> None:
    result = Result(SMALL)
    assert all(np.isnan(column).all() for column in result.statistics().values())
    with pytest.raises(Unable, match="no trials yet"):
        result.least()
    result.add(2, 3, np.ones((1, len(COLUMNS))))
    assert result.trials.tolist() == [0, 0, 1, 0, 0, 0]
    numbers = result.statistics()
    assert numbers["time"][2] == 1.0
    assert np.isnan(numbers["time_low"][2])
    assert numbers["success_low"][2] > 0.0
    assert list(result.missing(2, 0, 7)) == [(0, 3), (4, 7)]
    result.add(2, 3, np.full((9, len(COLUMNS)), 2.0))
    assert result.rows[2, 3, 0] == 1.0, "a trial is counted once"
    assert result.trials[2] == 4


def test_the_least_is_found_with_its_doubt() -> None:
    sweep = Sweep("random_recall", {"weight": (0.1, 0.2, 0.3)}, trials=50, fixed={"neurons": 9})
    result, rng = Result(sweep), np.random.default_rng(1)
    for index, mean in enumerate((80e-9, 70e-9, 71e-9)):
        rows = np.ones((50, len(COLUMNS)))
        rows[:, 0] = mean + 5e-9 * rng.normal(0.0, 1.0, 50)
        result.add(index, 0, rows)
    least = result.least("time")
    best = int(result.rows[:, :, 0].mean(axis=1).argmin())
    assert least.settings == {"weight": (0.1, 0.2, 0.3)[best]}
    assert least.value == result.rows[best, :, 0].mean()
    assert least.ranges["weight"] == (0.2, 0.3)
    assert 0.5 < least.share < 1.0


def test_the_dataset_carries_names_units_and_the_sweep(small: Result, tmp_path: Path) -> None:
    table = small.dataset()
    assert table["time"].dims == ("weight", "charge_voltage")
    assert table["time"].attrs == {"long_name": "Mean time-to-solution", "units": "s"}
    assert table["edp_low"].attrs["units"] == "J s"
    assert table["weight"].attrs == {"long_name": "Synaptic weight W", "units": "V"}
    assert float(table["time"].sel(weight=0.1, charge_voltage=0.25)) == small.rows[3, :, 0].mean()
    assert (table["trials"] == 7).all()
    assert Sweep.from_json(table.attrs["sweep"]) == SMALL
    with xarray.open_dataset(write_netcdf(small, tmp_path / "sweep.nc")) as stored:
        xarray.testing.assert_identical(stored.load(), table)
    assert [file.name for file in tmp_path.iterdir()] == ["sweep.nc"]


def test_words_and_hypercubes_have_coordinates_too(tmp_path: Path) -> None:
    words = Sweep("image_recall", {"rule": ("hebb", "storkey"), "weight": (0.1, 0.2)}, trials=1)
    table = run_sweep(words).dataset()
    assert table["rule"].values.tolist() == ["hebb", "storkey"]
    cube = Sweep("random_recall", {"weight": (0.1, 0.2), "neurons": (5, 9)}, trials=1, latin=3)
    result = run_sweep(cube)
    table = result.dataset()
    assert table["accuracy"].dims == ("point",)
    assert table["neurons"].values.tolist() == [point.values["neurons"] for point in cube.points]
    with xarray.open_dataset(write_netcdf(result, tmp_path / "cube.nc")) as stored:
        xarray.testing.assert_identical(stored.load(), table)


def test_a_zarr_store_takes_the_place_of_an_older_one_and_of_nothing_else(
    small: Result, tmp_path: Path
) -> None:
    path = tmp_path / "some" / "sweep.zarr"
    write_zarr(Result(SMALL), path)
    assert write_zarr(small, path) == path
    with xarray.open_zarr(path) as stored:
        xarray.testing.assert_identical(stored.load(), small.dataset())
    assert [entry.name for entry in path.parent.iterdir()] == ["sweep.zarr"], (
        "nothing of the older one is left"
    )
    (tmp_path / "thesis").mkdir()
    with pytest.raises(Refused, match="thesis' is no Zarr store"):
        write_zarr(small, tmp_path / "thesis")
    assert (tmp_path / "thesis").is_dir()


def test_csv_and_json_say_the_same_with_units_in_their_names(small: Result, tmp_path: Path) -> None:
    text = write_csv(small, tmp_path / "sweep.csv").read_text()
    assert text == csv_text(small)
    head, *lines = (line.split(",") for line in text.splitlines())
    assert head[:3] == ["weight_V", "charge_voltage_V", "accuracy"]
    content = as_json(small)
    assert list(content["points"]) == head
    for name, column in content["points"].items():
        assert [float(line[head.index(name)]) for line in lines] == column
    assert json.loads(json.dumps(content, allow_nan=False))["shape"] == [3, 2]
    empty = as_json(Result(SMALL))
    assert empty["points"]["time_s"] == [None] * 6
    assert csv_text(Result(SMALL)).splitlines()[1].startswith("0.05,0.1,,,,")


# -- search ------------------------------------------------------------------------------------------------------

SEARCH = Search(
    "random_recall",
    {"weight": (0.02, 0.3), "tmr": (1.0, 5.0)},
    accuracy=0.95,
    designs=14,
    trials=4,
    fixed={"neurons": 9, "cue": "distorted"},
)


@pytest.fixture(scope="module")
def found() -> Found:
    """What an uninterrupted search finds."""
    return run_search(SEARCH)


def test_the_front_is_what_no_accurate_design_beats(found: Found) -> None:
    assert found.complete and len(found.designs) == 14
    good = [d for d in found.designs if d.accuracy >= 0.95]
    front = [d for d in good if not any(o.time <= d.time and o.energy < d.energy for o in good)]
    assert {id(d) for d in found.front} <= {id(d) for d in front}
    assert found.front == sorted(found.front, key=lambda d: d.time)
    assert len(found.front) > 1
    design = found.front[0]
    assert all(low <= design.values[name] <= high for name, (low, high) in SEARCH.ranges.items())
    again = run_sweep(SEARCH.sweep_of(design.values))
    assert again.rows[0, :, 0].mean() == design.time


def test_an_interrupted_search_goes_on_to_the_same_end(found: Found, tmp_path: Path) -> None:
    for stop_after in (3, 9):
        cancel, tried = threading.Event(), []

        def progress(
            done: int, total: int, stop: Any = cancel, last: int = stop_after, seen: Any = tried
        ) -> None:
            seen.append((done, total))
            if done == last:
                stop.set()

        part = run_search(SEARCH, tmp_path, progress=progress, cancel=cancel)
        assert len(part.designs) == stop_after
        assert part.designs == found.designs[:stop_after]
    size = (tmp_path / "trials.journal").stat().st_size
    assert run_search(SEARCH, tmp_path).designs == found.designs
    whole = (tmp_path / "trials.journal").stat().st_size
    assert whole / size == pytest.approx(14 / 9, rel=0.2)
    assert run_search(SEARCH, tmp_path).designs == found.designs
    assert (tmp_path / "trials.journal").stat().st_size == whole
    assert run_search(dataclasses.replace(SEARCH, seed=1)).designs != found.designs


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ranges": {"rule": ("hebb", "storkey")}}, "rule is"),
        ({"ranges": {"weight": (0.2, 0.1)}}, "the lower end first"),
        ({"accuracy": 1.5}, "accuracy is 150%"),
        ({"designs": 0}, "designs is 0"),
    ],
)
def test_illegal_searches_are_refused(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        dataclasses.replace(SEARCH, **changes)
