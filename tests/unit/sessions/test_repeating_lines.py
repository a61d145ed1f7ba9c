"""The lines of Python that a session gives repeat its run to the bit, whatever was done to it."""

import contextlib
import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from dwmtj_widgets.explore import Point
from dwmtj_widgets.sessions.lessons.cut import CutSession
from dwmtj_widgets.sessions.lessons.small_network import SmallSession
from dwmtj_widgets.sessions.network import NetworkSession
from dwmtj_widgets.sessions.trial import Chosen, TrialSession, image_session


def trial(task: str, values: dict[str, Any]) -> NetworkSession[Any, Any]:
    chosen = Chosen(Point(task, values), 3, 1, {})
    return image_session(chosen) if task == "image_recall" else TrialSession(chosen)


def second_start() -> CutSession:
    session = CutSession()
    session.next_start()
    session.next_start()
    return session


SESSIONS: dict[str, Callable[[], NetworkSession[Any, Any]]] = {
    "random recall": lambda: trial("random_recall", {"neurons": 9, "open": 0.3}),
    "devices that differ": lambda: trial("random_recall", {"neurons": 7, "tmr_spread": 0.05}),
    "max-cut": lambda: trial("max_cut", {"neurons": 8}),
    "image recall by another rule": lambda: trial(
        "image_recall", {"rule": "pseudo_inverse", "soma_start": "pattern", "min_time": 40e-9}
    ),
    "lesson's graph": second_start,
    "small network": lambda: SmallSession([[0.0, 0.1, -0.1], [0.1, 0.0, 0.05], [-0.1, 0.05, 0.0]], [1, 0, 1]),
}


@pytest.mark.parametrize("name", SESSIONS)
def test_lines_repeat_a_run_with_all_that_was_done_to_it(name: str) -> None:
    session = SESSIONS[name]()
    session.flip_soma(1)
    session.step(7.3e-9)
    session.cut_axons(0, cut=True)
    session.step(11.1e-9)
    session.flip_soma(2)
    session.step(3.7e-9)
    session.cut_axons(0, cut=False)
    session.cut_axons(1, cut=True)
    session.finish()
    names: dict[str, Any] = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(session.python(), names)
    run, moment = names["run"], session.simulation.moment
    assert (run.time, run.energy) == (moment.time, moment.energy.sum())
    np.testing.assert_array_equal(run.soma, moment.soma)
