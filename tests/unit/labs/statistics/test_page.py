"""The Statistics Lab without a browser: what a person asks for, and what the curves say."""

from threading import Event

import numpy as np
import pytest
from ipywidgets.widgets.widget import _instances
from visitors.lab import find
from visitors.statistics import text

from dwmtj_widgets import Device
from dwmtj_widgets.labs import StatisticsLab
from dwmtj_widgets.labs.statistics.controls import DISTORTED
from dwmtj_widgets.sessions.statistics_summary import csv_text
from dwmtj_widgets.tasks import recall_survey
from dwmtj_widgets.tasks.random_recall import CAPACITY, Conditions, SurveyTrial, run_trial
from dwmtj_widgets.tasks.recall_survey import Survey, SurveyPoint
from dwmtj_widgets.units import quantity
from dwmtj_widgets.widgets.plots.curve_plot import CurvePlot


def curves(plot: CurvePlot) -> dict[str, dict]:
    return {curve["name"]: curve for curve in plot._chart["curves"]}


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
    records = [survey.records(SurveyPoint(3, n)) for n in (5, 9, 13)]
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

        def held_up(conditions: Conditions, neurons: int, patterns: int, trial: int) -> SurveyTrial:
            self._left -= 1
            if self._left < 0:
                self.reached.set()
                assert self.go_on.wait(30)
            return run_trial(conditions, neurons, patterns, trial)

        monkeypatch.setattr(recall_survey, "run_trial", held_up)


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
    records = survey.records(SurveyPoint(3, 5))
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
    small._point_chosen(SurveyPoint(3, 5))
    find(small.widget, "next-failed").click()
    survey = small.session.survey
    assert survey is not None
    assert survey.records(SurveyPoint(3, 5))["wrong"][find(small.widget, "trial").value] > 0
    small._point_chosen(SurveyPoint(1, 5))
    find(small.widget, "next-failed").click()
    assert "None of this point's trials has failed." in small.error.widget.value


def test_the_statistics_lab_says_nothing_of_a_trial_that_was_not_made(small: StatisticsLab) -> None:
    small.start()
    small.work.wait(60)
    small._point_chosen(SurveyPoint(3, 5))
    assert find(small.widget, "outcome").value
    find(small.widget, "trial").value = 99
    assert "99" in small.error.widget.value
    assert (small.point_card.outcome.value, small.point_card.python.text) == ("", "")


def test_the_next_failed_trial_is_shown_once(small: StatisticsLab, monkeypatch: pytest.MonkeyPatch) -> None:
    small.start()
    small.work.wait(60)
    small._point_chosen(SurveyPoint(3, 5))
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
        [100 * (survey.records(SurveyPoint(3, n))["wrong"] == 0).mean() for n in (5, 9, 13)]
    )


def test_a_distorted_pattern_as_input_can_be_asked_for_by_name(small: StatisticsLab) -> None:
    assert len(find(small.widget, "measure").options) == 2
    find(small.widget, "cue").value = DISTORTED
    find(small.widget, "distortion").value = 10.0
    assert small.session.setting.distortion == pytest.approx(0.1)
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
    small.controls.device_panel.preset.value = "published"
    conditions = small.session.setting.conditions
    assert (conditions.device, conditions.soma_start) == (Device.published(), "pattern")
    assert conditions.min_time == 28e-9
    small.controls.device_panel.open()
    small.controls.device_panel.sliders["tmr"].value = 2.0
    assert small.session.setting.device.tmr == 2.0


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
    assert "Settings have changed; Start begins a new survey" in find(small.widget, "plan").value
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
