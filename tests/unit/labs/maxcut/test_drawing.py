"""Drawing a graph in the Max-cut Lab."""

import re

import numpy as np
import pytest
from visitors.maxcut import run_of

from dwmtj_widgets import cut_value
from dwmtj_widgets.tasks.graph_files import format_graph
from dwmtj_widgets.tasks.graphs import complete_graph


def test_what_is_drawn_is_what_is_divided(visitor) -> None:
    visitor.choose("famous", "Petersen")
    adjacency = visitor.adjacency
    visitor.edit("add", x=0.5, y=0.5, **{"from": 3})
    wanted = np.zeros((11, 11))
    wanted[:10, :10] = adjacency
    wanted[3, 10] = wanted[10, 3] = 1.0
    np.testing.assert_array_equal(visitor.adjacency, wanted)
    visitor.edit("connect", node=10, other=6, on=True)
    visitor.edit("weigh", node=6, other=10, value=-2.5)
    wanted[6, 10] = wanted[10, 6] = -2.5
    np.testing.assert_array_equal(visitor.adjacency, wanted)
    visitor.edit("connect", node=0, other=1, on=False)
    wanted[0, 1] = wanted[1, 0] = 0.0
    visitor.edit("remove", node=2)
    wanted = np.delete(np.delete(wanted, 2, 0), 2, 1)
    np.testing.assert_array_equal(visitor.adjacency, wanted)
    assert visitor.find("tracks").neurons == 10
    assert visitor.text("graph-name").startswith("drawn by hand, 10 nodes")
    visitor.press("instant")
    assert visitor.text("cut") == f"{cut_value(wanted, run_of(wanted).bits):g}"
    assert visitor.text("error") == ""


def test_undo_brings_a_famous_graph_back_with_its_optimum(visitor) -> None:
    visitor.choose("famous", "Petersen")
    visitor.edit("remove", node=0)
    assert visitor.text("graph-name").startswith("drawn by hand")
    visitor.say("graph", {"type": "undo"})
    assert visitor.text("graph-name").startswith("Petersen")
    assert visitor.session.setting.graph.optimum == 12.0
    assert visitor.find("famous").value == "Petersen"
    visitor.say("graph", {"type": "redo"})
    assert visitor.session.setting.graph.optimum is None
    assert visitor.session.setting.graph.size == 9


def test_moving_a_node_does_not_disturb_the_run(visitor) -> None:
    visitor.press("run")
    visitor.frames(5)
    run = visitor.session.simulation
    visitor.edit("move", node=0, x=0.1, y=0.1, stroke=1)
    assert visitor.session.simulation is run
    assert visitor.lab.desk.clock.playing


def test_edit_that_no_circuit_can_be_built_of_is_taken_back(visitor) -> None:
    visitor.upload(format_graph(complete_graph(100).adjacency))
    visitor.press("run")
    visitor.frames(3)
    run, before = visitor.session.simulation, visitor.adjacency.copy()
    visitor.find("weight").value = 250.0
    assert visitor.session.simulation is run
    visitor.edit("weigh", node=0, other=1, value=1e12)
    assert re.fullmatch(r"[^\n]+\.", visitor.text("error"))
    assert visitor.session.simulation is run, "the refused edit ended the run"
    np.testing.assert_array_equal(visitor.adjacency, before)
    np.testing.assert_array_equal(visitor.drawn(), before)
    visitor.press("step")
    assert visitor.text("error") == ""


@pytest.mark.parametrize("value", [0.0, float("nan"), 2e12, "x", None])
def test_weights_that_are_none_are_dropped(visitor, value) -> None:
    before = visitor.adjacency.copy()
    node, other = (int(k) for k in visitor.find("graph").edges[0])
    visitor.edit("weigh", node=node, other=other, value=value)
    np.testing.assert_array_equal(visitor.drawn(), before)
