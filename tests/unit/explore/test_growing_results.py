"""Results that a page reads while threads fill them: what is read is whole, and nothing is written beyond its end."""

import subprocess
import sys
from threading import Barrier, Event, Thread

import numpy as np
import pytest

from dwmtj_widgets.explore import Result, Sweep
from dwmtj_widgets.explore.trials import COLUMNS
from dwmtj_widgets.hopfield.threads import in_threads
from dwmtj_widgets.sessions.explorer.reading import Reading
from dwmtj_widgets.tasks.random_recall import Conditions
from dwmtj_widgets.tasks.recall_survey import Point, Survey

SURVEY = """
from dwmtj_widgets.tasks.random_recall import Conditions
from dwmtj_widgets.tasks.recall_survey import Point, Survey
point = Point(1, 5)
survey = Survey(Conditions(), [5], [1], 20_000)
marks = survey._made[point]
readers = [survey.records, survey.numbers]
"""
SWEEP = """
from dwmtj_widgets.explore import Result, Sweep
point = 0
result = Result(Sweep("random_recall", {"weight": [0.1]}, trials=20_000))
marks = result.there[point]
readers = [result.measured, result.numbers]
"""
GROW = """
import sys
from threading import Barrier, Event, Thread
ready, over = Event(), Event()
def fill():
    while not over.is_set():
        marks[:] = False
        for k in range(0, marks.size, 7):
            marks[k] = True
        ready.set()
sys.setswitchinterval(1e-5)  # as if many threads wanted to go on
thread = Thread(target=fill)
thread.start()
ready.wait()
for k in range(600):
    readers[k % 2](point)
over.set()
thread.join()
"""


@pytest.mark.parametrize("growing", [SURVEY, SWEEP], ids=["survey", "sweep"])
def test_marks_that_are_set_meanwhile_do_not_break_the_reader(growing: str) -> None:
    # In a process of its own: one mark too many is written over whatever lies behind, which ends the whole process.
    ran = subprocess.run(
        [sys.executable, "-c", growing + GROW], capture_output=True, text=True, timeout=120, check=False
    )
    assert ran.returncode == 0, f"ended with {ran.returncode}: {ran.stderr}"


def test_numbers_and_records_are_of_one_moment() -> None:
    survey, point = Survey(Conditions(), [5], [1], 400), Point(1, 5)
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
    def fail(_survey: Survey, _point: Point, number: int) -> None:
        if number == 3:
            raise RuntimeError("the walls could not be followed")

    monkeypatch.setattr(Survey, "_make", fail)
    survey, tried = Survey(Conditions(), [5], [1], 20_000), []
    order = Survey._order
    monkeypatch.setattr(Survey, "_order", lambda self: (tried.append(job) or job for job in order(self)))
    with pytest.raises(RuntimeError, match="could not be followed"):
        survey.run(workers=2)
    assert len(tried) < 20_000
