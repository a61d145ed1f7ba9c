"""Results that a page reads while threads fill them: what is read is whole, and nothing is written beyond its end."""

from threading import Barrier, Event, Thread

import numpy as np
import pytest

from dwmtj_widgets.explore import Result, Sweep
from dwmtj_widgets.explore.trials import COLUMNS
from dwmtj_widgets.hopfield.threads import in_threads
from dwmtj_widgets.sessions.explorer.reading import Reading
from dwmtj_widgets.tasks import recall_survey
from dwmtj_widgets.tasks.random_recall import Conditions, SurveyTrial, run_trial
from dwmtj_widgets.tasks.recall_survey import Survey, SurveyPoint


def test_numbers_and_records_are_of_one_moment() -> None:
    survey, point = Survey(Conditions(), [5], [1], 400), SurveyPoint(1, 5)
    cancel = Event()
    work = Thread(target=survey.run, args=(cancel, 2))
    work.start()
    try:
        while survey.count(point) < 100:
            numbers, records = survey.numbered(point)
            assert len(numbers) == len(records)
            assert (np.diff(numbers) > 0).all()
            assert (records["time"] > 0.0).all(), "a record is marked before it is written"
    finally:
        cancel.set()
        work.join()


def test_a_reading_counts_the_trials_that_it_is_made_of(monkeypatch: pytest.MonkeyPatch) -> None:
    result = Result(Sweep("random_recall", {"weight": [0.1, 0.2]}, trials=4))
    measured = Result.measured

    def and_then_one_more(self: Result, point: int) -> np.ndarray:
        rows = measured(self, point)
        self.add(point, len(rows), np.ones((1, len(COLUMNS))))
        return rows

    monkeypatch.setattr(Result, "measured", and_then_one_more)
    for made in range(4):
        reading = Reading.of(result)
        assert reading.trials.tolist() == [made, made]
        assert np.isnan(reading.columns["time"]).tolist() == [made == 0] * 2
    assert result.trials.tolist() == [4, 4]


@pytest.mark.parametrize("threads", [1, 3])
def test_one_failure_ends_the_work_of_all(threads: int) -> None:
    others = Barrier(threads)

    def work(stop: Event) -> None:
        if others.wait(30.0) == 0:
            raise RuntimeError("the walls could not be followed")
        assert stop.wait(30.0), "the others would have gone on"

    with pytest.raises(RuntimeError, match="could not be followed"):
        in_threads(work, threads)


def test_a_survey_whose_trial_fails_ends_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    def fail(conditions: Conditions, neurons: int, patterns: int, trial: int) -> SurveyTrial:
        tried.append(trial)
        if trial == 3:
            raise RuntimeError("the walls could not be followed")
        return run_trial(conditions, neurons, patterns, trial)

    monkeypatch.setattr(recall_survey, "run_trial", fail)
    with pytest.raises(RuntimeError, match="could not be followed"):
        Survey(Conditions(), [5], [1], 20_000).run(workers=2)
    assert len(tried) < 20_000
