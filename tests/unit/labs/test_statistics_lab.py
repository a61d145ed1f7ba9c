"""The Statistics Lab without a browser: what a person asks for, what the curves say, and the views it brought along."""

import contextlib
import csv
import io
import re
from dataclasses import replace
from threading import Event

import numpy as np
import pytest
from ipywidgets.widgets.widget import _instances
from lab_visitor import find, widgets_in

from dwmtj_widgets import Device
from dwmtj_widgets.labs import StatisticsLab
from dwmtj_widgets.labs.statistics.controls import DISTORTED
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.snapshot import Fields, from_file, from_query, to_file, to_query
from dwmtj_widgets.sessions.statistics import StatisticsSession, python_lines
from dwmtj_widgets.sessions.statistics_setting import statistics_python
from dwmtj_widgets.sessions.statistics_summary import FEW, HEADER, csv_text, mean, quantity_of, share
from dwmtj_widgets.tasks.intervals import share_mean, wilson
from dwmtj_widgets.tasks.random_recall import CAPACITY, Conditions, run_trial, wrong_bits
from dwmtj_widgets.tasks.recall_survey import RECORD, Point, Survey, record_of
from dwmtj_widgets.units import quantity
from dwmtj_widgets.widgets.plots.curve_plot import Curve, CurvePlot, Scale, round_above
from dwmtj_widgets.widgets.plots.distribution import Distribution

SMALL = {"smallest": 5, "largest": 13, "steps": 3, "patterns": (1, 3), "trials": 10}


@pytest.fixture(scope="module")
def survey() -> Survey:
    survey = Survey(Conditions(), [9, 15], [2, 4], 60)
    survey.run()
    return survey


@pytest.fixture
def lab():
    lab = StatisticsLab()
    yield lab
    lab.close()


@pytest.fixture
def small(lab: StatisticsLab) -> StatisticsLab:
    lab._change(**SMALL)
    return lab


def text(lab: StatisticsLab, name: str) -> str:
    page = "".join(w.value for w in widgets_in(lab.widget) if isinstance(getattr(w, "value", None), str))
    (found,) = re.findall(rf'class="dwmtj-{name}"[^>]*>([^<]*)', page)
    return found


def curves(plot: CurvePlot) -> dict[str, dict]:
    return {curve["name"]: curve for curve in plot._chart["curves"]}


# -- what the trials say -----------------------------------------------------------------------------------------


def test_shares_are_means_with_intervals(survey: Survey) -> None:
    for point in survey.points:
        records = survey.records(point)
        bits = share(records, point.neurons, "bits")
        rights = 1.0 - records["wrong"] / point.neurons
        assert bits.value == pytest.approx(rights.mean(), abs=1e-12)
        assert bits.interval == share_mean(rights)
        perfect = share(records, point.neurons, "perfect")
        assert perfect.interval == wilson(int((records["wrong"] == 0).sum()), 60)
        assert perfect.value == (records["wrong"] == 0).mean()
        meant = share(records, point.neurons, "meant", "together").value
        assert meant == (records["together_astray"] == 0).mean()
        assert meant < share(records, point.neurons, "perfect", "together").value


def test_a_point_without_fault_has_an_interval_all_the_same() -> None:
    records = np.zeros(50, RECORD)
    estimate = share(records, 9, "bits")
    assert estimate.value == 1.0
    assert estimate.interval is not None
    assert estimate.interval == pytest.approx((0.025 ** (1 / 50), 1.0), abs=5e-3)
    assert share(records[: FEW - 1], 9, "bits").interval is None


def test_undecided_bits_are_wrong_and_power_is_energy_by_time() -> None:
    records = np.zeros(10, RECORD)
    records["wrong"], records["undecided"], records["time"], records["energy"] = 4, 4, 80e-9, 4e-9
    assert share(records, 8, "bits").value == 0.5
    assert share(records, 8, "perfect").value == 0.0
    np.testing.assert_allclose(quantity_of(records, "power"), 0.05)
    assert mean(records, "time").value == pytest.approx(80e-9, rel=1e-6, abs=0.0)


def test_the_table_holds_what_the_trials_gave() -> None:
    session = StatisticsSession()
    session.change(**SMALL)
    session.begin()
    session.work(Event())
    assert session.survey is not None
    lines = csv_text(session.survey, session.share).splitlines()
    assert lines[0].startswith("# Conditions(seed=1, weight=0.1")
    rows = list(csv.DictReader(io.StringIO("\n".join(lines[1:]))))
    assert list(rows[0]) == list(HEADER)
    assert len(rows) == 6
    for row in rows:
        point = Point(int(row["patterns"]), int(row["neurons"]))
        trials = [run_trial(Conditions(), point.neurons, point.patterns, k) for k in range(10)]
        wrong = np.array([wrong_bits(t.run.bits, t.patterns) for t in trials])
        ideal = np.array([wrong_bits(t.in_turn, t.patterns) for t in trials])
        assert float(row["right_bits"]) == pytest.approx(1 - wrong.mean() / point.neurons, rel=1e-5)
        assert float(row["asynchronous_perfect"]) == pytest.approx((ideal == 0).mean(), rel=1e-5)
        assert float(row["time_mean_s"]) == pytest.approx(
            np.mean([t.run.time for t in trials]), rel=1e-5, abs=0.0
        )
        assert float(row["energy_median_J"]) == pytest.approx(
            np.median([t.run.energy for t in trials]), rel=1e-5, abs=0.0
        )
        assert float(row["capacity_neurons"]) == pytest.approx(point.patterns / CAPACITY, rel=1e-5)
        if point.patterns == 1:
            assert float(row["right_bits"]) == float(row["synchronous_right_bits"]) == 1.0


# -- what is asked for -------------------------------------------------------------------------------------------


def test_two_settings_may_change_one_after_the_other_through_what_is_illegal() -> None:
    session = StatisticsSession()
    with pytest.raises(Refused, match="The smallest size, 101, is above the largest, 61"):
        session.change(smallest=101)
    assert session.sizes[-1] == 61
    session.change(largest=199)
    assert (session.sizes[0], session.sizes[-1]) == (101, 199)
    for wrong in ({"largest": 300}, {"patterns": ()}, {"trials": 0}, {"seed": -3}, {"charge_voltage": 0.001}):
        with pytest.raises(Refused, match=r"\.$"):
            session.change(**wrong)
        with pytest.raises(Refused, match=r"\.$"):
            session.begin()
        assert session.survey is None
        legal = {name: getattr(session.planned, name) for name in wrong}
        session.change(**legal)


def test_trials_more_do_not_count_as_another_survey() -> None:
    session = StatisticsSession()
    session.change(**SMALL)
    session.begin()
    assert not session.changed
    session.change(trials=20)
    assert not session.changed
    session.change(weight=0.05)
    assert session.changed


@pytest.mark.parametrize(
    "conditions",
    [
        Conditions(),
        Conditions(seed=5, weight=0.05, charge_voltage=0.15, distortion=0.2),
        Conditions(device=Device.published(), soma_start="pattern", min_time=28e-9),
        Conditions(device=Device(tmr=2.0, r_track=1500.0)),
    ],
)
def test_the_lines_of_python_make_the_trial_again(conditions: Conditions) -> None:
    told: list[tuple] = []
    exec(python_lines(conditions, Point(3, 15), 4), {"print": lambda *words: told.append(words)})
    wanted = run_trial(conditions, 15, 3, 4)
    (bits, wrong, _), (time, _, energy, _) = told
    np.testing.assert_array_equal(bits, wanted.run.bits)
    assert (wrong, time, energy) == (record_of(wanted)[0], wanted.run.time, wanted.run.energy)


def test_failed_trials_are_found_one_after_the_other(survey: Survey) -> None:
    session = StatisticsSession()
    session.survey = survey
    point = Point(4, 9)
    failed = np.flatnonzero(survey.records(point)["wrong"]).tolist()
    assert len(failed) > 2
    found, at = [], -1
    for _ in failed:
        at = session.next_failed(point, at)
        found.append(at)
    assert found == failed
    assert session.next_failed(point, failed[-1]) == failed[0]
    with pytest.raises(Refused, match=r"Trial 60 of 9 neurons has not been made; there are 0 to 59\."):
        session.record(point, 60)


# -- the page ----------------------------------------------------------------------------------------------------


def test_the_page_opens_with_axes_and_theory(lab: StatisticsLab) -> None:
    chart = lab.accuracy.plot._chart
    assert "Press Start" in chart["message"]
    np.testing.assert_allclose([m["x"] for m in chart["marks"]], [p / CAPACITY for p in (1, 2, 3, 4)])
    assert all(not curve["x"] for curve in chart["curves"])
    assert "15 sizes × 4 curves × 100 trials = 6,000 recalls" in find(lab.widget, "plan").value
    assert find(lab.widget, "stop").disabled
    assert find(lab.widget, "continue").disabled


def test_start_draws_what_the_trials_give(small: StatisticsLab) -> None:
    small.start()
    assert find(small.widget, "start").disabled
    assert not find(small.widget, "stop").disabled
    small.work.wait(60)
    assert (text(small, "done"), text(small, "state")) == ("60", "done")
    survey = small.session.survey
    assert survey is not None
    shown = curves(small.accuracy.plot)
    assert list(shown) == [
        f"{p}, {s}" for s in ("device", "ideal, asynchronous") for p in ("1 pattern", "3 patterns")
    ]
    records = [survey.records(Point(3, n)) for n in (5, 9, 13)]
    device = shown["3 patterns, device"]
    assert device["x"] == [5, 9, 13]
    for k, n in enumerate((5, 9, 13)):
        assert device["y"][k] == pytest.approx(100 - 100 * records[k]["wrong"].mean() / n, rel=1e-5)
        assert device["low"][k] <= device["y"][k] <= device["high"][k]
    assert shown["1 pattern, device"]["y"] == [100.0] * 3
    assert shown["3 patterns, ideal, asynchronous"]["dash"] == "dashed"
    time = curves(small.means["time"].plot)["3 patterns, device"]["y"]
    assert time == pytest.approx([1e9 * r["time"].mean() for r in records], rel=1e-5)
    assert small.save.enabled
    table = small._csv()
    assert table is not None and table.content.decode() == csv_text(survey, small.session.share)


class SlowEnough:
    """Holds the trials up at a number of them until the test lets them go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, trials: int) -> None:
        self.reached, self.go_on, self._left = Event(), Event(), trials
        made = Survey._make

        def make(survey: Survey, point: Point, number: int) -> None:
            self._left -= 1
            if self._left < 0:
                self.reached.set()
                assert self.go_on.wait(30)
            made(survey, point, number)

        monkeypatch.setattr(Survey, "_make", make)


def test_stop_keeps_what_is_there_and_continue_ends_with_the_same_numbers(
    small: StatisticsLab, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = SlowEnough(monkeypatch, 20)
    small.start()
    assert slow.reached.wait(30)
    small.work.look()
    assert "left" in text(small, "state")
    grown = sum(len(curve["x"]) for curve in small.accuracy.plot._chart["curves"])
    assert grown > 0
    small.work.stop()
    assert not small.stop_button.disabled, "a trial is still under way"
    small._show_state()
    assert text(small, "state") == "stopping"
    slow.go_on.set()
    small.work.wait(30)
    done = int(text(small, "done"))
    assert 20 <= done < 60
    assert text(small, "state") == "stopped"
    assert sum(len(curve["x"]) for curve in small.accuracy.plot._chart["curves"]) >= grown
    button = find(small.widget, "continue")
    assert button.description == "Continue"
    button.click()
    small.work.wait(60)
    assert text(small, "state") == "done"
    assert button.description == "+ 10 trials"
    whole = Survey(Conditions(), [5, 9, 13], [1, 3], 10)
    whole.run()
    survey = small.session.survey
    assert survey is not None
    for point in whole.points:
        np.testing.assert_array_equal(survey.records(point), whole.records(point))
    button.click()
    small.work.wait(60)
    assert (text(small, "done"), survey.trials) == ("120", 20)


def test_stop_shows_the_end_at_once(small: StatisticsLab) -> None:
    small._change(trials=1000)
    small.start()
    small.stop()
    assert not small.work.running
    assert text(small, "state") == "stopped"
    assert small.stop_button.disabled


def test_a_click_on_a_point_shows_its_distributions_and_a_trial(small: StatisticsLab) -> None:
    small.start()
    small.work.wait(60)
    names = list(curves(small.accuracy.plot))
    pick = {"type": "pick", "curve": names.index("3 patterns, device"), "point": 0}
    small.accuracy.plot._handle_custom_msg(pick, [])
    survey = small.session.survey
    assert survey is not None
    records = survey.records(Point(3, 5))
    assert (find(small.widget, "point-neurons").value, find(small.widget, "point-patterns").value) == (5, 3)
    assert "N = 5, 3 patterns" in find(small.widget, "point").value
    assert text(small, "point-trials") == "10"
    shown = find(small.widget, "time-distribution").value
    time = 1e9 * records["time"]
    assert f"{time.mean():.3g} ns</b>, median {np.median(time):.3g}" in shown
    assert small.accuracy.plot.selected == [names.index("3 patterns, device"), 0]
    assert small.means["energy"].plot.selected == [1, 0]
    assert "seed <b>[1, 5, 3, 0]</b>" in find(small.widget, "outcome").value
    find(small.widget, "trial").value = 7
    assert f"{records['wrong'][7]} of 5 bits wrong" in find(small.widget, "outcome").value
    assert quantity(float(records["time"][7]), "s", decimals=2) in find(small.widget, "outcome").value
    assert "neurons=5, patterns=3, trial=7" in find(small.widget, "python").text
    find(small.widget, "trial").value = 10
    assert "Trial 10 of 5 neurons has not been made" in small.error.widget.value
    # Chosen by the lists: the ring follows.
    find(small.widget, "point-neurons").value = 13
    assert small.accuracy.plot.selected == [names.index("3 patterns, device"), 2]


def test_next_failed_leads_to_a_trial_with_wrong_bits_or_says_that_there_is_none(
    small: StatisticsLab,
) -> None:
    small._change(trials=40)
    small.start()
    small.work.wait(60)
    small._point_chosen(Point(3, 5))
    find(small.widget, "next-failed").click()
    survey = small.session.survey
    assert survey is not None
    assert survey.records(Point(3, 5))["wrong"][find(small.widget, "trial").value] > 0
    small._point_chosen(Point(1, 5))
    find(small.widget, "next-failed").click()
    assert "None of this point's trials has failed." in small.error.widget.value


def test_nothing_is_said_of_a_trial_that_was_not_made(small: StatisticsLab) -> None:
    small.start()
    small.work.wait(60)
    small._point_chosen(Point(3, 5))
    assert find(small.widget, "outcome").value
    find(small.widget, "trial").value = 99
    assert "99" in small.error.widget.value
    assert (small.point_card.outcome.value, small.point_card.python.text) == ("", "")


def test_the_next_failed_trial_is_shown_once(small: StatisticsLab, monkeypatch: pytest.MonkeyPatch) -> None:
    small.start()
    small.work.wait(60)
    small._point_chosen(Point(3, 5))
    looked_up, record = [], small.session.record
    monkeypatch.setattr(
        small.session, "record", lambda point, number: looked_up.append(number) or record(point, number)
    )
    find(small.widget, "next-failed").click()
    assert looked_up == [find(small.widget, "trial").value]


def test_load_axis_measure_and_ideal_networks_are_chosen(small: StatisticsLab) -> None:
    small.start()
    small.work.wait(60)
    find(small.widget, "axis").value = "load"
    chart = small.accuracy.plot._chart
    assert chart["x"]["log"]
    assert curves(small.accuracy.plot)["3 patterns, device"]["x"] == pytest.approx(
        [3 / 5, 3 / 9, 3 / 13], rel=1e-4
    )
    assert [mark["x"] for mark in chart["marks"]] == [CAPACITY]
    assert chart["regions"][0]["low"] == CAPACITY
    find(small.widget, "ideal-together").value, find(small.widget, "ideal-in-turn").value = True, False
    assert {c["dash"] for c in small.accuracy.plot._chart["curves"]} == {"solid", "dotted"}
    find(small.widget, "measure").value = "perfect"
    survey = small.session.survey
    assert survey is not None
    perfect = curves(small.accuracy.plot)["3 patterns, device"]["y"]
    assert perfect == pytest.approx(
        [100 * (survey.records(Point(3, n))["wrong"] == 0).mean() for n in (5, 9, 13)]
    )


def test_a_distorted_pattern_as_input_can_be_asked_for_by_name(small: StatisticsLab) -> None:
    assert len(find(small.widget, "measure").options) == 2
    find(small.widget, "cue").value = DISTORTED
    find(small.widget, "distortion").value = 10.0
    assert small.session.settings.distortion == pytest.approx(0.1)
    small.start()
    small.work.wait(60)
    find(small.widget, "measure").value = "meant"
    survey = small.session.survey
    assert survey is not None
    assert survey.conditions.distortion == pytest.approx(0.1)
    meant = curves(small.accuracy.plot)["1 pattern, device"]["y"]
    assert meant == [100.0] * 3
    assert "distortion=0.1" in find(small.widget, "python").text


def test_the_released_simulators_preset_starts_as_it_did(small: StatisticsLab) -> None:
    small.controls.device_panel.preset.value = "Released simulator"
    conditions = small.session.settings.conditions
    assert (conditions.device, conditions.soma_start) == (Device.published(), "pattern")
    assert conditions.min_time == 28e-9
    small.controls.device_panel.open()
    small.controls.device_panel.sliders["tmr"].value = 2.0
    assert small.session.settings.device.tmr == 2.0


def test_what_is_refused_is_one_sentence_and_the_curves_stay(small: StatisticsLab) -> None:
    small.start()
    small.work.wait(60)
    before = small.accuracy.plot._chart
    find(small.widget, "largest").value = 250
    assert "largest size is 250; it must lie between 3 and 200." in small.error.widget.value
    small.start()
    assert "largest size is 250" in small.error.widget.value
    assert small.accuracy.plot._chart == before
    assert not small.work.running
    find(small.widget, "largest").value = 21
    assert small.error.widget.value == ""
    assert "Settings have changed; Start begins anew" in find(small.widget, "plan").value
    for count in (1, 3):
        find(small.widget, f"patterns-{count}").value = False
    for count in range(1, 5):
        find(small.widget, f"patterns-{count}").value = False
    assert "There are no patterns; choose at least one, 1 to 8." in small.error.widget.value


def test_the_table_is_made_when_it_is_opened(small: StatisticsLab) -> None:
    small.start()
    small.work.wait(60)
    assert find(small.widget, "table").value == ""
    find(small.widget, "table-panel").selected_index = 0
    assert find(small.widget, "table").value.count("<tr>") == 7
    assert "100.00%" in find(small.widget, "table").value


def test_a_closed_lab_leaves_no_widget_and_no_thread_at_work() -> None:
    StatisticsLab().close()  # what is shared by all labs is there now
    before = set(_instances)
    lab = StatisticsLab()
    lab._change(trials=1000)
    lab.start()
    lab.close()
    left = sorted(type(_instances[key]).__name__ for key in set(_instances) - before)
    assert left == []
    assert lab.work.stopping


# -- the views it brought along ----------------------------------------------------------------------------------

X, Y = Scale("x", 0.0, 10.0), Scale("y", 0.0, 1.0)


def test_a_plot_sends_short_numbers_and_no_nan() -> None:
    plot = CurvePlot()
    curve = Curve(
        "one", [1.0, 2.0], [1 / 3, np.nan], "#000", low=[1 / 7, np.nan], high=[-2e-9 / 3, 123456.789]
    )
    plot.show(X, Y, [curve])
    (sent,) = plot._chart["curves"]
    assert (sent["y"], sent["low"]) == ([0.333333, None], [0.142857, None])
    assert sent["high"] == pytest.approx([-6.66667e-10, 123457.0], rel=1e-5)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (lambda plot: plot.show(Scale("x", 1.0, 1.0), Y), "'x' reaches from 1 to 1"),
        (lambda plot: plot.show(Scale("x", 0.0, 1.0, log=True), Y), "'x' reaches from 0 to 1"),
        (lambda plot: plot.show(X, Y, [Curve("c", [1.0], [1.0, 2.0], "#000")]), "columns of"),
        (lambda plot: plot.show(X, Y, [Curve("c", range(201), range(201), "#000")]), "200 is the most"),
    ],
)
def test_a_plot_refuses_what_cannot_be_drawn(wrong, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        wrong(CurvePlot())


def test_a_plot_tells_of_live_points_that_exist() -> None:
    plot, heard = CurvePlot(), []
    plot.on_pick(lambda curve, point: heard.append((curve, point)))
    plot.show(
        X, Y, [Curve("a", [1.0, 2.0], [0.0, 1.0], "#000"), Curve("b", [1.0], [0.0], "#000", live=False)]
    )
    for curve, point in ((0, 1), (0, 2), (1, 0), (2, 0), (-1, 0), (0, -1), ("0", 0), (0, 0.0), (True, 0)):
        plot._handle_custom_msg({"type": "pick", "curve": curve, "point": point}, [])
    for content in (None, [], {}, {"type": "pick"}, {"type": "other", "curve": 0, "point": 0}):
        plot._receive(plot, content, [])
    assert heard == [(0, 1)]


@pytest.mark.parametrize(
    ("value", "top"), [(0.0, 1.0), (np.nan, 1.0), (1.0, 1.2), (99.0, 100.0), (1.3e-9, 1.6e-9)]
)
def test_round_numbers_above(value: float, top: float) -> None:
    assert round_above(value) == pytest.approx(top)


def test_a_distribution_shows_all_values_and_their_middle() -> None:
    values = np.random.default_rng(1).lognormal(4.0, 0.5, 400)
    view = Distribution("Time", "ns", name="time")
    view.show(values)
    (curve,) = view.plot._chart["curves"]
    counts = curve["y"][1:-1:2]
    assert sum(counts) == 400
    assert (curve["x"][0], curve["x"][-1]) == pytest.approx((values.min(), values.max()), rel=1e-5)
    mean, median = (mark["x"] for mark in view.plot._chart["marks"])
    assert (mean, median) == (values.mean(), np.median(values))
    (region,) = view.plot._chart["regions"]
    assert ((values >= region["low"]) & (values <= region["high"])).mean() == pytest.approx(0.95, abs=0.006)
    view.show(np.full(5, 3.0))
    (curve,) = view.plot._chart["curves"]
    assert curve["y"] == [0.0, 5.0, 5.0, 0.0]
    view.show(np.zeros(0))
    assert view.plot._chart["curves"] == []


# -- sharing -----------------------------------------------------------------------------------------------------


def changed(lab: StatisticsLab) -> StatisticsLab:
    """Set everything that can be shared to something else than at first."""
    lab._change(**SMALL, odd=False, seed=9, weight=0.08, charge_voltage=0.12, distortion=0.25)
    lab._change(device=replace(Device.published(), tmr=2.5), published=True)
    lab.choice.axis.value, lab.choice.ideals["together"].value = "load", True
    return lab


def accuracies(session: StatisticsSession) -> list[bytes]:
    session.begin()
    session.work(Event())
    assert session.survey is not None
    return [session.survey.records(point).tobytes() for point in session.survey.points]


@pytest.mark.parametrize("way", ["address", "file"])
def test_a_shared_setting_gives_the_same_trials_bit_for_bit(lab: StatisticsLab, way: str) -> None:
    changed(lab)
    text = (to_query if way == "address" else to_file)("statistics", lab._setting())
    yours = StatisticsLab()
    yours.start()
    yours._restore((from_query if way == "address" else from_file)(text, "statistics"))
    assert yours._setting() == lab._setting()
    assert (yours.session.settings, yours.session.survey) == (lab.session.settings, None)
    controls = yours.controls
    assert (controls.smallest.value, controls.largest.value, controls.odd.value) == (5, 13, False)
    assert (controls.distortion.value, controls.weight.value) == (0.25, 0.08)
    assert controls.device_panel.preset.value == "Released simulator, changed"
    assert controls._chosen() == (1, 3)
    assert yours.choice.systems == ["device", "in turn", "together"]
    assert accuracies(yours.session) == accuracies(lab.session)
    yours.close()


def test_what_was_extended_is_shared_with_all_its_trials(small: StatisticsLab) -> None:
    mine = accuracies(small.session)
    small.session.more()
    small.session.work(Event())
    assert small._setting()["trials"] == 20
    yours = StatisticsLab()
    yours._restore(Fields(small._setting()))
    more = accuracies(yours.session)
    assert more == [small.session.survey.records(p).tobytes() for p in small.session.survey.points]
    assert all(long.startswith(short) for long, short in zip(more, mine, strict=True))
    yours.close()


def test_the_lines_of_python_make_the_same_trials(lab: StatisticsLab) -> None:
    changed(lab)
    mine = accuracies(lab.session)
    names: dict[str, object] = {}
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(statistics_python(lab.session), names)
    survey = names["survey"]
    assert isinstance(survey, Survey)
    assert [survey.records(point).tobytes() for point in survey.points] == mine
    point = survey.points[0]
    share = 1 - survey.records(point)["wrong"].mean() / point.neurons
    assert said.getvalue().startswith(f"{point} {share} of the bits right")


def test_a_setting_that_is_not_legal_leaves_the_lab_as_it_was(small: StatisticsLab) -> None:
    mine = accuracies(small.session)
    survey, setting = small.session.survey, small._setting()
    bad = {
        "smallest": (2, 300, 1.5, "9", None),
        "largest": (4, 201),
        "steps": (0, 61),
        "odd": (1, "yes"),
        "patterns": ([], [9], [0], 3, ["1"]),
        "trials": (0, 10**6),
        "seed": (-1, 2**32),
        "weight": (0.0, float("inf"), "0.1"),
        "charge_voltage": (0.001, -1.0),
        "device": ({"tmr": -5.0}, {"colour": 1.0}, []),
        "published": (0,),
        "load_time": (9e-9,),  # of the labs of one run: here circuit and device decide
        "distortion": (1.5, None),
        "chart": ({}, {"measure": "meant", "axis": "load", "ideals": []}, 5),
        "else": (1,),
    }
    for name, values in bad.items():
        for value in values:
            with pytest.raises(Refused, match=r"^[^\n]+\.$"):
                small._restore(Fields({**setting, name: value}))
    for name in setting:
        with pytest.raises(Refused, match=f"lacks the field {name}"):
            small._restore(Fields({key: value for key, value in setting.items() if key != name}))
    assert small.session.survey is survey and small._setting() == setting
    assert accuracies(small.session) == mine


def test_a_setting_that_cannot_be_tried_is_not_shared(small: StatisticsLab) -> None:
    small._change(largest=4)
    small.share._receive(small.share, {"type": "give", "what": "address"}, [])
    assert "The smallest size, 5, is above the largest, 4" in small.error.widget.value


def test_the_archive_holds_every_trial(small: StatisticsLab) -> None:
    assert small._npz() is None and not small.save.enabled
    accuracies(small.session)
    file, survey = small._npz(), small.session.survey
    assert file is not None and survey is not None
    with np.load(io.BytesIO(file.content)) as found:
        for point in survey.points:
            rows = (found["patterns"] == point.patterns) & (found["neurons"] == point.neurons)
            assert found["trial"][rows].tolist() == list(range(10))
            for name in RECORD.names or ():
                np.testing.assert_array_equal(found[name][rows], survey.records(point)[name])
        setting = from_file(str(found["setting"]), "statistics")
    assert setting.whole("seed", 0, 9) == 1


def test_the_archive_holds_the_settings_of_its_trials_whatever_was_set_since(small: StatisticsLab) -> None:
    small._change(seed=3)
    accuracies(small.session)
    small._change(trials=20)
    small._change(seed=4)
    small._change(largest=4)  # cannot be tried
    file = small._npz()
    assert file is not None
    with np.load(io.BytesIO(file.content)) as found:
        setting = from_file(str(found["setting"]), "statistics")
    assert (setting.whole("seed", 0, 9), setting.whole("largest", 3, 99)) == (3, 13)
    assert setting.whole("trials", 1, 99) == 10


def test_the_table_has_all_digits(small: StatisticsLab) -> None:
    accuracies(small.session)
    survey = small.session.survey
    assert survey is not None
    rows = list(csv.DictReader(csv_text(survey, small.session.share).splitlines()[1:]))
    for row, point in zip(rows, survey.points, strict=True):
        assert float(row["time_mean_s"]) == survey.records(point)["time"].mean()
        estimate = small.session.share(point, "bits", "device")
        assert estimate is not None and float(row["right_bits"]) == estimate.value
