"""The Explorer without a browser: what a sweep costs and keeps, what its map shows, and the very run behind a point."""

import csv
import io
import re
import tempfile
from dataclasses import fields
from threading import Event
from types import MappingProxyType

import numpy as np
import pytest
from ipywidgets.widgets.widget import _instances
from lab_visitor import find

from dwmtj_widgets.explore import TASKS, Point, Sweep, knobs_of, linear, run_sweep
from dwmtj_widgets.explore.alike import alike
from dwmtj_widgets.explore.datasets import csv_text
from dwmtj_widgets.explore.trials import COLUMNS, measured
from dwmtj_widgets.hopfield import Device, Simulation
from dwmtj_widgets.labs import ExplorerLab
from dwmtj_widgets.labs.explorer.map import _extent, is_figure_8
from dwmtj_widgets.labs.explorer.trial_lab import MaxcutTrialLab, RecallTrialLab, TrialLab, graph_of
from dwmtj_widgets.labs.maxcut.graph_preparation import prepared
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.explorer.cost import Budget, budget_here
from dwmtj_widgets.sessions.explorer.labels import KNOB_LABELS
from dwmtj_widgets.sessions.explorer.quantities import NAMES, range_text, text
from dwmtj_widgets.sessions.explorer.ranges import (
    GROUPS,
    PRESETS,
    Range,
    Settings,
    group_of,
    suggested,
    sweepable,
    value_text,
)
from dwmtj_widgets.sessions.explorer.session import ExplorerSession
from dwmtj_widgets.sessions.snapshot import Fields, from_file, from_query, to_file, to_query
from dwmtj_widgets.sessions.trial import Chosen, ImageTrialSession, TrialSession, trial_lines
from dwmtj_widgets.tasks.graphs import petersen_graph
from dwmtj_widgets.tasks.maxcut import maxcut_network
from dwmtj_widgets.widgets.page.save_box import File, SaveBox
from dwmtj_widgets.widgets.plots.curve_plot import Curve
from dwmtj_widgets.widgets.plots.heat_map import RAMP, Colours, HeatMap, Spot, Steps

SMALL = {
    "x": Range("weight", 0.05, 0.15, 3),
    "y": Range("charge_voltage", 0.05, 0.15, 3),
    "trials": 6,
    "fixed": MappingProxyType({"neurons": 9}),
}
PATIENCE = 120.0


class CancelAfter(Event):
    """Says so after it has been asked a number of times."""

    def __init__(self, asks: int) -> None:
        super().__init__()
        self._left = asks

    def is_set(self) -> bool:
        self._left -= 1
        if self._left <= 0:
            self.set()
        return super().is_set()


@pytest.fixture
def session():
    session = ExplorerSession()
    session.change(**SMALL)
    yield session
    session.close()


@pytest.fixture
def lab():
    lab = ExplorerLab()
    lab._change(**SMALL)
    yield lab
    lab.close()


def run(lab: ExplorerLab) -> None:
    lab.start()
    lab.work.wait(PATIENCE)
    lab.search.wait(PATIENCE)


def sentence(lab: ExplorerLab) -> str:
    return re.sub("<[^>]*>", "", lab.error.widget.value)


def rows_of(sweep: Sweep) -> np.ndarray:
    return run_sweep(sweep).rows


# -- what can be swept -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("task", TASKS)
def test_every_parameter_has_a_group_and_a_range_that_can_be_swept(task: str) -> None:
    knobs = sweepable(task)
    groups = [GROUPS.index(group_of(knob.name)) for knob in knobs]
    assert groups == sorted(groups)
    assert set(groups) == set(range(4))
    for knob in knobs:
        sweep = Settings(task, x=suggested(task, knob.name), y=None, trials=1, fixed={}).sweep()
        assert len(sweep) >= 2, knob.name
        assert all(value_text(knob, value) for value in sweep.parameters[knob.name])


def test_names_of_spreads_and_of_devices_are_told_apart() -> None:
    assert [group_of(name) for name in ("tmr", "spread_tmr", "spread", "weight", "neurons", "stuck_at")] == [
        "Device",
        "Variation",
        "Variation",
        "Drive",
        "Task",
        "Variation",
    ]


def test_every_setting_is_named_for_translation() -> None:
    labels = {knob.label for task in TASKS for knob in knobs_of(task).values()}
    assert labels - {entry.metadata["label"] for entry in fields(Device)} == set(KNOB_LABELS)


def test_a_step_of_a_suggested_range_is_a_round_number() -> None:
    assert suggested("random_recall", "distortion").values("random_recall", 40) == linear(0.0, 0.5, 6)
    assert suggested("random_recall", "patterns").values("random_recall", 40) == tuple(range(1, 9))
    assert (
        suggested("random_recall", "rule").values("random_recall", 40)
        == knobs_of("random_recall")["rule"].choices
    )


def test_the_first_map_contains_the_papers_operating_point() -> None:
    sweep = Settings().sweep()
    assert sweep.shape == (8, 8)
    assert 0.1 in sweep.parameters["weight"]
    assert 0.1 in sweep.parameters["charge_voltage"]
    assert is_figure_8(PRESETS["Figure 8"].sweep())
    assert not is_figure_8(sweep)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"y": Range("weight", 0.05, 0.1, 3)}, "Both axes are weight"),
        ({"x": Range("weight", 0.1, 0.05, 3)}, "from 100 mV to 50 mV; its first value"),
        (
            {"x": Range("weight", 0.05, 0.1, 41)},
            "number of values of weight is 41; it must lie between 2 and 40",
        ),
        ({"x": Range("weight", -0.1, 0.1, 3)}, "weight is"),
        ({"trials": 0}, "trials is 0"),
        ({"x": Range("soma_leak", -1.0, 1.0, 3, log=True)}, "both ends must be above zero"),
    ],
)
def test_what_makes_no_sweep_is_one_sentence_and_the_last_good_one_stays(
    session, changes, words: str
) -> None:
    before = session.planned
    with pytest.raises(Refused, match=re.escape(words)) as refused:
        session.change(**changes)
    assert str(refused.value).count("\n") == 0
    assert session.planned is before


def test_another_task_keeps_what_it_knows() -> None:
    settings = Settings(x=Range("patterns", 1, 4, 4), fixed={"neurons": 12, "cue": "distorted"})
    cuts = settings.changed(task="max_cut")
    assert cuts.fixed == {"neurons": 12}
    assert {cuts.x.name, cuts.y.name if cuts.y else ""} == {"weight", "charge_voltage"}
    assert cuts.sweep().task == "max_cut"
    images = settings.changed(task="image_recall", y=Range("distortion", 0.0, 0.4, 5))
    assert images.fixed == {}
    assert images.y is not None and images.y.name == "distortion"


# -- the sweep ---------------------------------------------------------------------------------------------------


def test_stopped_and_gone_on_with_it_is_the_uninterrupted_sweep(session: ExplorerSession) -> None:
    session.change(trials=150)
    session.begin()
    session.work(CancelAfter(5))
    done = session.done
    assert 0 < done < 1350
    assert not session.finished
    session.more()
    session.work(Event())
    assert session.finished and session.done == 1350
    assert session.reading is not None and session.result is not None
    np.testing.assert_array_equal(session.result.rows, rows_of(session.planned))
    np.testing.assert_array_equal(session.reading.columns["edp"], session.result.statistics()["edp"])


def test_a_finer_grid_and_more_trials_keep_what_is_there(session: ExplorerSession) -> None:
    session.begin()
    session.work(Event())
    coarse = session.result
    assert coarse is not None
    session.change(task="max_cut")  # what is typed meanwhile has no part in it
    session.finer()
    assert session.planned.shape == (5, 5)
    assert session.recalls_wanted() == (25 - 9) * 6
    session.work(Event())
    fine = session.result
    assert fine is not None
    np.testing.assert_array_equal(fine.rows.reshape(5, 5, 6, -1)[::2, ::2], coarse.rows.reshape(3, 3, 6, -1))
    session.more()
    assert session.planned.trials == 24
    assert session.recalls_wanted() == 25 * 18
    session.work(Event())
    assert session.result is not None and session.result.complete
    np.testing.assert_array_equal(session.result.rows[:, :6], fine.rows)


def test_a_grid_that_can_be_no_finer_is_refused_and_the_settings_stay(session: ExplorerSession) -> None:
    session.change(x=Range("weight", 0.05, 0.15, 40), y=Range("charge_voltage", 0.05, 0.15, 40), trials=1)
    session.begin()
    before = session.settings
    with pytest.raises(Refused, match="as fine as the page can show"):
        session.finer()
    assert session.settings is before


def test_a_sweep_that_was_left_is_gone_on_with_when_one_comes_back(session: ExplorerSession) -> None:
    session.begin()
    session.work(Event())
    session.change(seed=7)
    session.begin()
    session.work(Event())
    session.change(seed=0)
    session.begin()
    assert session.reading is None
    session.work(Event())
    assert session._done == session._before == 54, "trials were made again"


def test_where_others_share_the_computer_a_sweep_ends_by_itself() -> None:
    session = ExplorerSession(Budget(recalls=20, seconds=60.0))
    session.change(**{**SMALL, "trials": 4000})
    session.begin()
    session.work(Event())
    assert session.out_of_budget
    assert 20 <= session.done < 36_000
    with pytest.raises(Refused, match=r"20 recalls or 1 minutes, which is what this public Binder gives"):
        session.more()
    with pytest.raises(Refused, match="nothing bounds it"):
        session.finer()
    session.change(seed=1)
    session.begin()  # another sweep has a budget of its own
    session.close()


def test_binder_is_known_by_what_it_sets() -> None:
    assert budget_here({"HOME": "x"}) is None
    for name in ("BINDER_LAUNCH_HOST", "BINDER_REQUEST", "BINDER_SERVICE_HOST"):
        assert budget_here({name: "x"}) == Budget(20_000, 120.0)


def test_the_estimate_grows_with_the_work_and_learns(session: ExplorerSession) -> None:
    assert session.recalls_wanted() == 54
    small = session.seconds_wanted()
    session.change(trials=60)
    assert session.seconds_wanted() == pytest.approx(10 * small)
    session.change(fixed=MappingProxyType({"neurons": 9, "spread": 0.05}))
    assert session.seconds_wanted() > 50 * small
    session.change(fixed=SMALL["fixed"])
    session._pace.learn([(session.planned.points[0], 100)], 1000.0)
    assert session.seconds_wanted() == pytest.approx(54 * 10 * 10.0)


def test_trials_of_a_point_are_known_by_number(session: ExplorerSession) -> None:
    with pytest.raises(Refused, match="press Start"):
        session.row(0, 0)
    session.change(x=Range("patterns", 1, 5, 5), y=None, trials=40, fixed=MappingProxyType({"neurons": 9}))
    session.begin()
    session.work(Event())
    result = session.result
    assert result is not None
    failed = np.flatnonzero(result.rows[4, :, COLUMNS.index("success")] == 0.0)
    assert 2 <= len(failed) < 40
    assert session.next_failed(4, -1) == failed[0]
    assert session.next_failed(4, int(failed[0])) == failed[1]
    assert session.next_failed(4, int(failed[-1])) == failed[0]
    point = session.planned.points[4]
    assert tuple(session.row(4, 3).values()) == measured(point, 0, 3)
    with pytest.raises(Refused, match="Trial 40 of this point has not been made; there are 0 to 39"):
        session.row(4, 40)


def test_the_python_lines_repeat_sweep_and_trial_to_the_bit(session: ExplorerSession, capsys) -> None:
    pytest.importorskip("xarray")
    session.change(fixed=MappingProxyType({"neurons": 9, "open": 0.1}))
    session.begin()
    session.work(Event())
    assert session.result is not None
    names: dict = {}
    exec(session.shown.lines(), names)
    np.testing.assert_array_equal(names["result"].rows, session.result.rows)
    names = {}
    exec(trial_lines(session.shown.points[5], 0, 2), names)
    row = session.row(5, 2)
    assert (names["run"].time, float(names["run"].energy)) == (row["time"], row["energy"])
    assert str(row["time"]) in capsys.readouterr().out


def test_numbers_have_units() -> None:
    assert text("edp_estimate", 1.27e-16) == "127 aJ s"
    assert text("accuracy", 0.987) == "98.7%"
    assert text("time", float("nan")) == "–"
    assert range_text("time", 8e-8, 8.25e-8) == "80 to 82.5 ns"
    assert range_text("success", 0.9, 1.0) == "90 to 100%"
    assert range_text("time", float("nan"), 1.0) == "–"


# -- the very run ------------------------------------------------------------------------------------------------

RUNS = [
    ("image_recall", {}, RecallTrialLab),
    ("image_recall", {"rule": "storkey", "weight": 0.06, "tmr": 2.0}, RecallTrialLab),
    ("image_recall", {"preset": "published"}, RecallTrialLab),
    ("image_recall", {"open": 0.05}, TrialLab),
    ("random_recall", {"neurons": 20, "patterns": 2}, TrialLab),
    ("random_recall", {"neurons": 8, "spread": 0.05}, TrialLab),
    ("max_cut", {"neurons": 12, "weight": 0.08, "asymmetry": 1.1}, MaxcutTrialLab),
    ("max_cut", {"neurons": 10, "start": "random", "max_time": 4e-8}, TrialLab),
]


def chosen_of(task: str, values: dict, number: int = 1, seed: int = 5) -> Chosen:
    point = Point(task, values)
    row = measured(point, seed, number)
    assert row is not None
    return Chosen(point, seed, number, dict(zip(COLUMNS, row, strict=True)))


@pytest.mark.parametrize(("task", "values", "kind"), RUNS)
def test_a_run_that_is_watched_ends_as_the_trial_did_to_the_bit(task: str, values: dict, kind: type) -> None:
    chosen, ends = chosen_of(task, values), []

    def ended(simulation) -> None:
        ends.append((chosen.ended_alike(simulation), simulation.time, float(simulation.energy)))

    if chosen.shelf_suffices:
        lab = RecallTrialLab(chosen, ended)
    elif chosen.graph_suffices:
        lab = MaxcutTrialLab(chosen, prepared(graph_of(chosen.trial, 1)), ended)
    else:
        lab = TrialLab(chosen, ended)
    try:
        assert type(lab) is kind
        # In pieces as a page asks for them, not in one go as the sweep did.
        while not lab.session.simulation.finished:
            lab.session.step(0.37e-9)
        lab.desk.refresh()
        assert ends[-1] == (True, chosen.row["time"], chosen.row["energy"])
        lab.desk.reset()
        lab.session.step(20e-9)
        lab.desk.select(2)
        lab.desk.flip_soma()
        lab.session.finish()
        lab.desk.refresh()
        assert ends[-1][0] is False, "what a person did has left no trace"
    finally:
        lab.close()


def test_a_trials_settings_and_its_open_synapses_stay() -> None:
    session = TrialSession(chosen_of("random_recall", {"neurons": 9, "open": 0.3}))
    missing = ~session.trial.network.connected
    assert missing.sum() > 9
    session.cut_axons(3, cut=True)
    session.cut_axons(3, cut=False)
    np.testing.assert_array_equal(session.simulation.network.connected, ~missing)
    session.cut_axons(4, cut=True)
    session.reset()
    assert not session.simulation.network.connected[4].any()
    assert not session.simulation.network.connected[missing].any()
    with pytest.raises(Refused, match="weight cannot be changed in a trial of a sweep"):
        session.set_drive(weight=0.2)


def test_a_network_that_is_too_large_to_be_shown_is_refused() -> None:
    point = Point("random_recall", {"neurons": 501})
    with pytest.raises(Refused, match="The run has 501 neurons; up to 500 can be shown"):
        TrialLab(Chosen(point, 0, 0, {}), lambda _simulation: None)


# -- the views ---------------------------------------------------------------------------------------------------


def lightness(colour: str) -> float:
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear_parts = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
    luminance = float(np.dot((0.2126, 0.7152, 0.0722), linear_parts))
    return 116.0 * luminance ** (1 / 3) - 16.0 if luminance > 0.008856 else 903.3 * luminance


def test_colours_can_be_told_apart_by_lightness_alone() -> None:
    steps = np.diff([lightness(colour) for colour in RAMP])
    assert (steps > 8.0).all()
    assert steps.max() < 2.2 * steps.min()


def test_the_map_takes_what_fits_and_says_what_does_not() -> None:
    view = HeatMap()
    x, y = Steps("W, mV", ["1", "2", "3"], "W", "mV"), Steps("P", ["1", "2"], "P")
    values = np.array([[1.0, np.nan], [2.0, 3.0], [4.0, np.inf]])
    view.show(x, y, Colours("t, ns", 1.0, 4.0, "ns"), values, notes=["n"] * 6, spots=[Spot(0.5, 1.0, "here")])
    assert view._map["values"] == [1.0, None, 2.0, 3.0, 4.0, None]
    assert view._map["spots"][0]["x"] == 0.5
    kept = view._map
    for wrong in (
        {"values": values.T},
        {"values": values, "low": values.T},
        {"values": values, "notes": ["n"]},
    ):
        with pytest.raises(ValueError, match="cells"):
            view.show(x, y, Colours("t", 1.0, 4.0), **wrong)
    for colours in (Colours("t", 1.0, 1.0), Colours("t", 0.0, 1.0, log=True)):
        with pytest.raises(ValueError, match="that is no range"):
            view.show(x, y, colours, values)
    assert view._map is kept
    picked = []
    view.on_pick(lambda column, row: picked.append((column, row)))
    for content in (
        {"type": "pick", "column": 2, "row": 1},
        {"type": "pick", "column": 3, "row": 0},
        {"type": "pick", "column": True, "row": 0},
        {"type": "pick"},
        {"type": "other", "column": 0, "row": 0},
        "pick",
    ):
        view._receive(view, content, [])
    assert picked == [(2, 1)]
    view.close()


def test_a_file_is_made_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    made, sent = [], []
    box = SaveBox(
        {"CSV": lambda: made.append(1) or File("a.csv", "text/csv", b"1,2"), "nothing": lambda: None}, "map"
    )
    monkeypatch.setattr(box, "send", lambda content, buffers=None: sent.append((content, buffers)))
    assert made == []
    for content in (
        {"type": "save", "label": "CSV"},
        {"type": "save", "label": "nothing"},
        {"type": "save", "label": 3},
    ):
        box._receive(box, content, [])
    assert sent == [
        ({"type": "file", "label": "CSV", "name": "a.csv", "kind": "text/csv"}, [b"1,2"]),
        ({"type": "nothing", "label": "nothing"}, None),
    ]
    box.close()


# -- the lab -----------------------------------------------------------------------------------------------------


def test_a_sweep_fills_the_map_and_its_least_is_found(lab: ExplorerLab) -> None:
    map_before = lab.map.heat._map
    assert map_before["message"] and set(map_before["values"]) == {None}
    assert [spot["label"] for spot in map_before["spots"]] == ["Table I"]
    assert (map_before["spots"][0]["x"], map_before["spots"][0]["y"]) == (1.0, 1.0)
    assert lab.continue_button.disabled and lab.finer_button.disabled and not lab.save.enabled
    run(lab)
    result = lab.session.result
    assert result is not None and result.complete
    wanted = result.statistics()["edp"] * 1e18
    np.testing.assert_allclose(lab.map.heat._map["values"], wanted, rtol=1e-5)
    assert lab.map.heat._map["notes"] == ["6 trials"] * 9
    least = result.least("edp")
    spot = lab.map.heat._map["spots"][1]
    at = [linear(0.05, 0.15, 3).index(least.settings[name]) for name in ("weight", "charge_voltage")]
    assert (spot["label"], [spot["x"], spot["y"]]) == ("least", at)
    assert "95 % of resamplings" in lab.least.value
    assert "done" in lab.progress.value and lab.start_button.disabled
    assert lab.continue_button.description == "4 × trials"
    assert not lab.finer_button.disabled and lab.save.enabled


def test_a_table_i_between_the_values_is_marked_between_them(lab: ExplorerLab) -> None:
    lab._change(x=Range("weight", 0.05, 0.2, 3, log=True), y=Range("tmr", 1.0, 4.0, 4))
    (spot,) = lab.map.heat._map["spots"]
    assert spot["x"] == pytest.approx(1.0)
    assert spot["y"] == 2.0
    lab._change(x=Range("weight", 0.12, 0.2, 3))
    assert lab.map.heat._map["spots"] == []


def test_quantities_have_their_units_and_scales(lab: ExplorerLab) -> None:
    run(lab)
    seen = {}
    for _label, name in lab.quantity.options:
        lab.quantity.value = name
        colours = lab.map.heat._map["colours"]
        seen[name] = colours["unit"]
        values = [v for v in lab.map.heat._map["values"] if v is not None]
        assert colours["low"] <= min(values) * (1 + 1e-5) and max(values) <= colours["high"] * (1 + 1e-5)
        assert colours["label"].endswith(f", {colours['unit']}")
    assert set(seen) == set(NAMES)
    assert (seen["edp"], seen["time"], seen["energy"], seen["accuracy"]) == ("aJ s", "ns", "nJ", "%")


def test_shares_have_a_fixed_scale_and_points_that_do_not_differ_one_colour(lab: ExplorerLab) -> None:
    run(lab)
    for name, low in (("accuracy", 50.0), ("success", 0.0), ("converged", 0.0)):
        lab.quantity.value = name
        colours = lab.map.heat._map["colours"]
        assert (colours["low"], colours["high"]) == (low, 100.0)
    # Six trials a point all came to rest: their number is 100 %, and so is the colour.
    assert lab.map.heat._map["values"] == [100.0] * 9
    assert len(set(lab.map.heat._map["shades"])) == 1
    lab.quantity.value = "time"
    reading = lab.session.reading
    assert reading is not None
    ends = (reading.columns[f"time{end}"] * 1e9 for end in ("", "_low", "_high"))
    np.testing.assert_allclose(lab.map.heat._map["shades"], alike(*ends), rtol=1e-5)


def test_a_point_shows_its_trials_and_opens_the_very_run(lab: ExplorerLab) -> None:
    run(lab)
    lab.map.heat._receive(None, {"type": "pick", "column": 2, "row": 1}, [])
    assert lab.map.heat.selected == [2, 1]
    assert lab.point.point == 7
    table = lab.point.numbers.value
    assert "W = 150 mV, V_C = 100 mV" in table
    statistics = lab.session.result.statistics()
    for name in NAMES:
        assert text(name, statistics[name][7]) in table
        assert range_text(name, statistics[f"{name}_low"][7], statistics[f"{name}_high"][7]) in table
    lab.point.trial.field.value = 4
    row = lab.session.row(7, 4)
    assert lab.point.chosen.row == row
    assert lab.point.python.text == trial_lines(lab.session.shown.points[7], 0, 4)
    lab.point.trial.field.value = 99
    assert sentence(lab) == "Trial 99 of this point has not been made; there are 0 to 5."
    lab.point.trial.field.value = 4
    assert sentence(lab) == ""

    find(lab.widget, "open-run").click()
    assert lab._page.layout.display == "none"
    opened = lab.run.lab
    assert opened is not None and opened.desk.clock.playing
    opened.desk._frame(0.03)
    assert 0.0 < opened.session.simulation.time < 2e-9
    while not opened.session.simulation.finished:
        opened.desk._frame(0.1)
    simulation = opened.session.simulation
    assert (simulation.time, float(simulation.energy)) == (row["time"], row["energy"])
    assert 'data-alike="true"' in lab.run.verdict.value
    find(lab.widget, "close-run").click()
    assert lab._page.layout.display is None
    assert lab.run.widget.layout.display == "none" and lab.run.lab is None


def test_a_max_cut_opens_in_its_lab(lab: ExplorerLab) -> None:
    lab._change(task="max_cut", trials=1)
    run(lab)
    lab._point_chosen(4)
    find(lab.widget, "open-run").click()
    lab.run.work.wait(PATIENCE)
    opened = lab.run.lab
    assert isinstance(opened, MaxcutTrialLab)
    np.testing.assert_array_equal(opened.session.graph.adjacency, lab.run.chosen.trial.adjacency)
    opened.desk.instant()
    assert 'data-alike="true"' in lab.run.verdict.value


def test_a_verdict_is_of_the_run_that_is_there(lab: ExplorerLab) -> None:
    run(lab)
    lab._point_chosen(7)
    find(lab.widget, "open-run").click()
    opened = lab.run.lab
    assert opened is not None
    opened.desk.instant()
    assert 'data-alike="true"' in lab.run.verdict.value
    opened.desk.reset()
    assert lab.run.verdict.value == ""
    opened.desk.instant()
    assert 'data-alike="true"' in lab.run.verdict.value
    opened.desk.flip_soma()
    assert lab.run.verdict.value == ""


def test_a_run_of_another_graph_has_ended_otherwise() -> None:
    point = Point("max_cut", {"neurons": 9})
    chosen = Chosen(point, 0, 0, {})
    other = Simulation(maxcut_network(petersen_graph().adjacency), np.zeros(10))
    other.run()
    assert not chosen.ended_alike(other)
    verdicts: list[bool] = []
    lab = MaxcutTrialLab(
        chosen,
        prepared(graph_of(chosen.trial, 0)),
        lambda simulation: verdicts.append(simulation.finished and chosen.ended_alike(simulation)),
    )
    lab._ready(prepared(petersen_graph()))
    lab.desk.instant()
    assert lab.desk.error.value == ""
    assert verdicts and not any(verdicts)
    lab.close()


@pytest.mark.parametrize("task", ["image_recall", "random_recall"])
def test_a_trial_that_is_looked_at_runs_with_its_own_options(task: str) -> None:
    point = Point(task, {"soma_start": "pattern", "min_time": 90e-9})
    chosen = Chosen(point, 0, 0, {})
    session = (ImageTrialSession if task == "image_recall" else TrialSession)(chosen)
    trial = chosen.trial
    wanted = Simulation(trial.network, trial.pattern, **trial.options).run()
    session.finish()
    run = session.simulation
    np.testing.assert_array_equal(session.recording[0].soma, trial.pattern)
    assert run.time >= 90e-9
    assert (run.time, run.energy) == (wanted.time, wanted.energy)


def test_a_max_cut_that_is_no_longer_wanted_does_not_open(lab: ExplorerLab) -> None:
    lab._change(task="max_cut", trials=1)
    run(lab)
    lab._point_chosen(4)
    button = find(lab.widget, "open-run")
    offered = button.description
    button.click()
    assert button.disabled and button.description == "Laying out the graph …"
    lab.share._take["file"](lab.share._give["file"]())
    lab.run.work.wait(PATIENCE)
    assert lab.run.lab is None and lab._page.layout.display is None
    assert not button.disabled and button.description == offered
    assert sentence(lab) == ""


def test_a_max_cut_that_is_being_prepared_gives_way_to_what_is_opened_meanwhile(lab: ExplorerLab) -> None:
    later = chosen_of("random_recall", {"neurons": 9})
    lab.run.show(chosen_of("max_cut", {"neurons": 12}))
    lab.run.show(later)
    lab.run.work.wait(PATIENCE)
    assert lab.run.chosen is later and not isinstance(lab.run.lab, MaxcutTrialLab)


def test_figure_8_stands_beside_what_the_paper_says(tmp_path) -> None:
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "fig8_weight.csv").write_text(
        "weight_V,mean_time_ns,energy_nJ\n0.02,162.8,1.7\n0.04,102.0,1.5\n"
    )
    lab = ExplorerLab(tmp_path)
    lab._preset_chosen("Figure 8")
    lab._change(trials=2)
    assert lab.map.heat.layout.display == "none" and lab.map.curve.layout.display is None
    run(lab)
    curves = {curve["name"].split(",")[0]: curve for curve in lab.map.curve._chart["curves"]}
    measured_curve, released = curves["measured"], curves["released with the paper"]
    assert measured_curve["x"] == [20.0 * k for k in range(1, 13)]
    assert released["y"] == pytest.approx([162.8 * 1.7, 102.0 * 1.5])
    (printed,) = (curve for name, curve in curves.items() if name.startswith("printed"))
    assert (printed["x"], printed["y"]) == ([40.0], [160.0])
    assert {mark["label"]: mark["x"] for mark in lab.map.curve._chart["marks"]}["Table I"] == 100.0
    lab.map.curve._receive(None, {"type": "pick", "curve": 0, "point": 3}, [])
    assert lab.point.point == 3
    lab.quantity.value = "accuracy"
    assert len(lab.map.curve._chart["curves"]) == 1
    lab._change(fixed=MappingProxyType({"neurons": 30}))
    lab.quantity.value = "time"
    run(lab)
    assert len(lab.map.curve._chart["curves"]) == 1, "that is not figure 8's setting"
    lab.close()


@pytest.mark.parametrize(
    ("name", "least", "bottom"),
    [("accuracy", 96.0, 50.0), ("accuracy", 31.0, 0.0), ("success", 96.0, 0.0), ("converged", 99.0, 0.0)],
)
def test_axis_of_shares_does_not_stretch_what_is_scatter(name: str, least: float, bottom: float) -> None:
    low, high = _extent(name, [Curve("measured", [1.0, 2.0], [least, 100.0], "#000")])
    assert low == bottom
    assert 100.0 < high <= 103.0


def test_only_the_measured_curve_has_points_to_choose(lab: ExplorerLab) -> None:
    lab._preset_chosen("Figure 8")
    lab._change(trials=1)
    # Whether the released points are there too depends on where the tests run.
    markers = [curve["marker"] for curve in lab.map.curve._chart["curves"]]
    assert markers[-1] == "star"
    of_the_paper = [{"type": "pick", "curve": number, "point": 0} for number in range(1, len(markers))]
    for pick in of_the_paper:
        lab.map.curve._receive(None, pick, [])
        assert lab.point.point is None
    run(lab)
    lab.map.curve._receive(None, {"type": "pick", "curve": 0, "point": 3}, [])
    for pick in of_the_paper:
        lab.map.curve._receive(None, pick, [])
    assert lab.point.point == 3


def test_words_make_a_row_of_cells(lab: ExplorerLab) -> None:
    lab._change(x=suggested("random_recall", "rule"), y=None)
    run(lab)
    shown = lab.map.heat._map
    assert shown["x"]["values"] == ["hebb", "storkey", "pseudo_inverse"]
    assert len(shown["values"]) == 3
    assert lab.map.heat.layout.display is None
    lab._point_chosen(1)
    assert "storkey" in lab.point.numbers.value


def test_what_is_refused_is_one_sentence_and_the_map_stays(lab: ExplorerLab) -> None:
    run(lab)
    shown = lab.map.heat._map
    axis = lab.controls.axes["x"]
    axis.high.value = 20.0
    assert sentence(lab) == (
        "The range of weight goes from 50 mV to 20 mV; its first value must be the lower one."
    )
    lab.start()
    assert not lab.work.running
    assert lab.map.heat._map == shown
    axis.high.value = 200.0
    assert sentence(lab) == ""
    setting = lab.controls.setting
    setting.setting.value = "neurons"
    setting.text.value = "two"
    assert sentence(lab) == "neurons is 'two'; it must be a number."
    assert setting.text.value == "9"
    setting.text.value = "2"
    assert "neurons is 2" in sentence(lab)
    assert lab.session.planned.fixed == {"neurons": 9}


def test_settings_are_shown_changed_and_put_back(lab: ExplorerLab) -> None:
    setting = lab.controls.setting
    names = [name for _label, name in setting.setting.options]
    assert "weight" not in names and "memories" not in names and "tmr" in names
    setting.setting.value = "tmr"
    assert setting.text.value == "300"
    setting.text.value = "250"
    setting.setting.value = "rule"
    setting.word.value = "storkey"
    setting.setting.value = "spread"
    assert setting.text.value == "not set"
    setting.text.value = "5"
    assert dict(lab.session.planned.fixed) == {"neurons": 9, "tmr": 2.5, "rule": "storkey", "spread": 0.05}
    assert [chip.description for chip in setting.chips.children] == [
        "N = 9  ✕",
        "TMR = 250%  ✕",
        "rule = storkey  ✕",
        "spread = 5%  ✕",
    ]
    setting.chips.children[1].click()
    assert "tmr" not in lab.session.planned.fixed
    setting.text.value = ""
    assert dict(lab.session.planned.fixed) == {"neurons": 9, "rule": "storkey"}
    lab.controls.axes["y"].parameter.value = ""
    assert list(lab.session.planned.parameters) == ["weight"]
    lab.controls.axes["x"].parameter.value = "neurons"
    assert list(lab.session.planned.parameters) == ["neurons"]
    lab.controls.task.value = "image_recall"
    assert list(lab.session.planned.parameters) == ["weight"]
    assert "memories" in [name for _label, name in setting.setting.options]


def test_under_a_preset_any_value_can_be_set_and_only_its_own_are_left_out(lab: ExplorerLab) -> None:
    setting = lab.controls.setting
    setting.setting.value = "preset"
    setting.word.value = "published"
    setting.setting.value = "soma_start"
    assert setting.word.value == "pattern"
    setting.word.value = "off"
    setting.setting.value = "min_time"
    setting.text.value = "0"
    assert dict(lab.session.planned.fixed) == {
        "neurons": 9,
        "preset": "published",
        "soma_start": "off",
        "min_time": 0.0,
    }
    assert lab.session.planned.points[0].settings["min_time"] == 0.0
    setting.text.value = "28"
    setting.setting.value = "soma_start"
    setting.word.value = "pattern"
    assert dict(lab.session.planned.fixed) == {"neurons": 9, "preset": "published"}
    setting.setting.value = "preset"
    setting.word.value = "table1"
    assert dict(lab.session.planned.fixed) == {"neurons": 9}


def test_what_was_refused_is_still_said_when_new_trials_are_shown(lab: ExplorerLab) -> None:
    run(lab)
    lab._point_chosen(4)
    lab._change(trials=0)
    assert "trials is 0" in sentence(lab)
    lab.point.refresh()
    assert "trials is 0" in sentence(lab)


def test_nothing_is_said_of_a_trial_that_was_not_made(lab: ExplorerLab) -> None:
    run(lab)
    lab._point_chosen(4)
    assert lab.point.outcome.value and lab.point.python.text
    lab.point.trial.field.value = 99
    assert (lab.point.outcome.value, lab.point.python.text) == ("", "")


def test_a_file_that_cannot_be_written_is_one_sentence(lab: ExplorerLab, tmp_path, monkeypatch) -> None:
    pytest.importorskip("xarray")
    run(lab)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    assert lab.save._makers["netCDF"]() is None
    assert sentence(lab).startswith("The file cannot be made: [Errno 2]")


def test_files_hold_the_sweep(lab: ExplorerLab) -> None:
    xarray = pytest.importorskip("xarray")
    makers = lab.save._makers
    assert [make() for make in makers.values()] == [None] * 3
    run(lab)
    result = lab.session.result
    file = makers["CSV"]()
    assert file is not None and file.content.decode() == csv_text(result)
    rows = list(csv.DictReader(io.StringIO(file.content.decode())))
    assert len(rows) == 9 and "edp_estimate_J_s" in rows[0]
    netcdf = makers["netCDF"]()
    assert netcdf is not None
    with xarray.open_dataset(io.BytesIO(netcdf.content), engine="scipy") as data:
        assert Sweep.from_json(data.attrs["sweep"]).as_json() == result.sweep.as_json()
        np.testing.assert_array_equal(data["time"].values.ravel(), result.statistics()["time"])
    archive = makers["NPZ"]()
    assert archive is not None and archive.name == "dwmtj-sweep-random-recall.npz"
    with np.load(io.BytesIO(archive.content)) as data:
        for k, name in enumerate(COLUMNS):
            np.testing.assert_array_equal(data[name], result.rows[data["point"], data["trial"], k])
        assert data["trial"].size == result.done
        assert Sweep.from_json(str(data["sweep"])).as_json() == result.sweep.as_json()


def test_on_binder_the_page_says_what_a_sweep_may_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BINDER_SERVICE_HOST", "10.0.0.1")
    lab = ExplorerLab()
    assert "ends by itself after 20,000 recalls or 2 min" in lab.controls.cost.value
    lab.session.budget = Budget(recalls=5, seconds=60.0)
    lab._change(**{**SMALL, "trials": 4000})
    run(lab)
    assert "budget spent" in lab.progress.value
    lab.more()
    assert "which is what this public Binder gives to one" in sentence(lab)
    lab.close()


def test_stop_keeps_what_is_there(lab: ExplorerLab) -> None:
    lab._change(trials=4000)
    lab.start()
    assert not lab.stop_button.disabled and lab.start_button.disabled
    lab.stop()
    lab.work.wait(PATIENCE)
    done = lab.session.done
    assert done < 36_000
    assert "stopped" in lab.progress.value
    assert lab.continue_button.description == "Continue" and not lab.continue_button.disabled


def test_a_closed_lab_leaves_nothing_behind() -> None:
    def used() -> set[str]:
        return set(_instances)

    ExplorerLab().close()  # what all labs share is made once
    before = used()
    lab = ExplorerLab()
    lab._change(**{**SMALL, "trials": 1})
    run(lab)
    lab._point_chosen(2)
    find(lab.widget, "open-run").click()
    lab.run.leave()
    find(lab.widget, "open-run").click()
    folder = lab.session._folders.name
    lab.close()
    left = {key: _instances[key] for key in used() - before}
    assert left == {}
    with pytest.raises(FileNotFoundError):
        open(folder)  # noqa: PTH123, SIM115 - it is gone


# -- sharing -----------------------------------------------------------------------------------------------------


def rows_of_lab(lab: ExplorerLab) -> bytes:
    run(lab)
    assert lab.session.result is not None and lab.session.result.complete
    return lab.session.result.rows.tobytes()


SHARED = {
    **SMALL,
    "y": Range("patterns", 1, 4, 4),
    "seed": 2**40 + 3,
    "fixed": MappingProxyType({"neurons": 9, "tmr": 2.5, "rule": "storkey", "cue": "distorted"}),
}


@pytest.mark.parametrize("way", ["address", "file"])
@pytest.mark.parametrize("flat", [False, True])
def test_a_shared_setting_gives_the_same_sweep_bit_for_bit(lab: ExplorerLab, way: str, flat: bool) -> None:
    lab._change(**{**SHARED, **({"y": None} if flat else {})})
    lab.quantity.value = "accuracy"
    text = (to_query if way == "address" else to_file)("explorer", lab._setting())
    yours = ExplorerLab()
    yours._change(**SMALL)
    yours.start()
    yours._restore((from_query if way == "address" else from_file)(text, "explorer"))
    assert (yours.session.sweep, yours.session.result, yours.work.running) == (None, None, False)
    assert yours._setting() == lab._setting()
    assert yours.quantity.value == "accuracy"
    assert yours.controls.seed.value == 2**40 + 3
    assert yours.controls.axes["y"].parameter.value == ("" if flat else "patterns")
    assert len(yours.controls.setting.chips.children) == 4
    assert rows_of_lab(yours) == rows_of_lab(lab)
    yours.close()


def test_the_lines_of_python_repeat_the_sweep(lab: ExplorerLab) -> None:
    lab._change(**SHARED)
    mine = rows_of_lab(lab)
    sent: list[str] = []
    lab.share.send = lambda content, buffers=None: sent.append(content["text"])
    lab.share._receive(lab.share, {"type": "give", "what": "python"}, [])
    names: dict[str, object] = {}
    exec(sent[0], names)
    assert names["result"].rows.tobytes() == mine


def test_a_setting_that_is_not_legal_leaves_the_explorer_as_it_was(lab: ExplorerLab) -> None:
    lab._change(**SHARED)
    mine, setting, result = rows_of_lab(lab), lab._setting(), lab.session.result
    x = setting["x"]
    bad = {
        "task": ("sudoku", 3),
        "x": (
            {**x, "low": 0.5},
            {**x, "count": 1},
            {**x, "count": 500},
            {**x, "name": "colour"},
            {**x, "z": 1},
            7,
        ),
        "y": ({**x}, None),
        "trials": (0, 10**9, 1.5),
        "seed": (-1, 2**64),
        "fixed": ({"neurons": 1}, {"neurons": 4.5}, {"colour": 1}, {"rule": "guess"}, {"tmr": "high"}, []),
        "quantity": ("beauty", None),
        "else": (1,),
    }
    for name, values in bad.items():
        for value in values:
            with pytest.raises(Refused, match=r"^[^\n]+\.$"):
                lab._restore(Fields({**setting, name: value}))
    for name in set(setting) - {"y"}:
        with pytest.raises(Refused, match=f"lacks the field {name}"):
            lab._restore(Fields({key: value for key, value in setting.items() if key != name}))
    assert lab.session.result is result and lab._setting() == setting
    assert lab.session.result.rows.tobytes() == mine


def test_a_trial_on_the_explorers_page_shares_no_address(lab: ExplorerLab) -> None:
    lab._change(
        task="image_recall", x=Range("weight", 0.05, 0.15, 2), y=None, trials=1, fixed=MappingProxyType({})
    )
    run(lab)
    lab._point_chosen(0)
    lab._open(lab.point.chosen)
    trial = lab.run.lab
    assert isinstance(trial, RecallTrialLab) and trial.share is None
    trial.desk.instant()
    assert trial.export.box.enabled
    film = trial.export
    assert (film.columns, film._setting()) == (10, "")
