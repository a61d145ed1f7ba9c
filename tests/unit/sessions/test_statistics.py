"""The Statistics Lab's session without a page: what trials say, and what is asked for."""

import csv
import io
from threading import Event

import numpy as np
import pytest
from visitors.statistics import SMALL

from dwmtj_widgets import Device
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.statistics import StatisticsSession
from dwmtj_widgets.sessions.statistics_lines import trial_lines
from dwmtj_widgets.sessions.statistics_summary import FEW, HEADER, csv_text, mean, quantity_of, share
from dwmtj_widgets.tasks.intervals import share_mean, wilson
from dwmtj_widgets.tasks.random_recall import CAPACITY, Conditions, run_trial, wrong_bits
from dwmtj_widgets.tasks.recall_survey import RECORD, Survey, SurveyPoint, record_of


@pytest.fixture(scope="module")
def survey() -> Survey:
    survey = Survey(Conditions(), [9, 15], [2, 4], 60)
    survey.run()
    return survey


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
        point = SurveyPoint(int(row["patterns"]), int(row["neurons"]))
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
    exec(trial_lines(conditions, SurveyPoint(3, 15), 4), {"print": lambda *words: told.append(words)})
    wanted = run_trial(conditions, 15, 3, 4)
    (bits, wrong, _), (time, _, energy, _) = told
    np.testing.assert_array_equal(bits, wanted.run.bits)
    assert (wrong, time, energy) == (record_of(wanted)[0], wanted.run.time, wanted.run.energy)


def test_failed_trials_are_found_one_after_the_other(survey: Survey) -> None:
    session = StatisticsSession()
    session.survey = survey
    point = SurveyPoint(4, 9)
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
