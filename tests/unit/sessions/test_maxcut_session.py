"""The Max-cut Lab's session without a page: its graph, and the cut along a run."""

import numpy as np
import pytest

from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.maxcut import MaxcutSession, MaxcutSetting
from dwmtj_widgets.tasks.graphs import petersen_graph, random_graph

NS = 1e-9


def test_session_refuses_a_graph_that_is_too_large_and_keeps_its_own() -> None:
    session = MaxcutSession(MaxcutSetting(graph=petersen_graph()))
    run = session.simulation
    with pytest.raises(Refused, match="201 nodes; the lab shows at most 200"):
        session.set_graph(random_graph(201, 0.1, 1))
    with pytest.raises(Refused, match="asymmetry"):
        session.set_asymmetry(3.0)
    assert session.simulation is run
    assert session.setting.graph.size == 10


def test_cut_along_a_run_is_the_cut_of_each_moment() -> None:
    session = MaxcutSession(MaxcutSetting(graph=petersen_graph()))
    session.finish()
    trace = session.trace()
    assert trace.time.shape == trace.cut.shape == trace.energy.shape
    for index in range(0, len(trace.time), 50):
        assert trace.cut[index] == session.cut_of(session.recording[index].soma)
    assert trace.cut[0] == 0.0


def test_cuts_of_a_run_that_took_another_way_are_its_own() -> None:
    session = MaxcutSession(MaxcutSetting(graph=random_graph(24, 0.5, 1)))
    session.step(60 * NS)
    first = session.trace().cut
    session.continue_from(250)
    session.set_drive(weight=0.2)
    session.step(35 * NS)
    second = session.trace()
    np.testing.assert_array_equal(second.cut[:251], first[:251])
    assert second.cut.tolist() == [session.cut_of(moment.soma) for moment in session.recording._moments]
    assert (second.cut[251 : len(first)] != first[251 : len(second.cut)]).any()
    session.set_graph(random_graph(24, 0.5, 2))
    session.step(60 * NS)
    assert session.trace().cut.tolist() == [
        session.cut_of(moment.soma) for moment in session.recording._moments
    ]
