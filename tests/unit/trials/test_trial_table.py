"""The table of trials: what is read while a thread fills it is whole, and nothing is written beyond its end."""

import subprocess
import sys

import numpy as np

from dwmtj_widgets.trials import TrialTable

GROW = """
import sys
from threading import Event, Thread
import numpy as np
from dwmtj_widgets.trials import TrialTable
table = TrialTable(np.zeros((1, 20_000)))
marks, readers = table.there[0], [table.measured, table.numbers]
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
    readers[k % 2](0)
over.set()
thread.join()
"""


def test_marks_that_are_set_meanwhile_do_not_break_the_reader() -> None:
    # In a process of its own: one mark too many is written over whatever lies behind, which ends the whole process.
    ran = subprocess.run(
        [sys.executable, "-c", GROW], capture_output=True, text=True, timeout=120, check=False
    )
    assert ran.returncode == 0, f"ended with {ran.returncode}: {ran.stderr}"


def test_what_is_there_already_and_what_nobody_wants_is_left_out() -> None:
    table = TrialTable(np.full((2, 5, 1), np.nan))
    table.add(1, 1, np.array([[1.0], [2.0]]))
    table.add(1, 0, np.array([[10.0], [11.0], [12.0], [13.0], [14.0], [15.0]]))
    table.add(0, 5, np.array([[1.0]]))
    assert table.measured(1)[:, 0].tolist() == [10.0, 1.0, 2.0, 13.0, 14.0]
    assert (table.trials.tolist(), table.done, table.total, table.complete) == ([0, 5], 5, 10, False)


def test_gaps_are_named_within_their_bounds() -> None:
    table = TrialTable(np.zeros((1, 10)))
    for first in (2, 3, 7):
        table.add(0, first, np.ones(1))
    assert list(table.missing(0, 0, 10)) == [(0, 2), (4, 7), (8, 10)]
    assert list(table.missing(0, 1, 5)) == [(1, 2), (4, 5)]
    assert list(table.missing(0, 2, 4)) == []


def test_more_trials_keep_those_that_are_there() -> None:
    table = TrialTable(np.zeros((2, 3), [("time", float)]))
    table.add(1, 1, np.array([(7.0,)], table.rows.dtype))
    table.extend(5)
    assert (table.numbers(1).tolist(), table.measured(1)["time"].tolist()) == ([1], [7.0])
    assert list(table.missing(1, 0, 5)) == [(0, 1), (2, 5)]
    assert table.total == 10
