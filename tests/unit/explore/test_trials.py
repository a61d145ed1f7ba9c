"""What a trial of a sweep is."""

from itertools import product

import numpy as np
import pytest

from dwmtj_widgets import Device, Network, Simulation, hebbian_weights
from dwmtj_widgets.explore import TASKS, Point, Result, Sweep, defaults_of, knobs_of, trial_of
from dwmtj_widgets.explore.trials import COLUMNS, REVISION, measured
from dwmtj_widgets.hopfield.loading import default_load_time
from dwmtj_widgets.hopfield.variation import Chip
from dwmtj_widgets.refusals import Refused, Unable
from dwmtj_widgets.tasks.graphs import cut_value


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
