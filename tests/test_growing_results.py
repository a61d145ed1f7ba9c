"""Results that a page reads while threads fill them: what is read is whole, and nothing is written beyond its end."""

import subprocess
import sys
from threading import Event, Thread

import numpy as np
import pytest

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
from threading import Event, Thread
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
