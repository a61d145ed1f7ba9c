"""The Max-cut Lab's page as it opens, a second one beside it, and its end."""

import threading

import numpy as np
from browser_tools import wait_for
from ipywidgets.widgets.widget import _instances
from visitors.maxcut import PATIENCE, MaxcutVisitor

from dwmtj_widgets.labs.maxcut import best_of
from dwmtj_widgets.tasks.graph_files import parse_graph
from dwmtj_widgets.tasks.graphs import random_graph

# -- the beginning -----------------------------------------------------------------------------------------------


def test_page_opens_with_a_random_graph_ready_to_run(visitor) -> None:
    wanted = random_graph(24, 0.5, 1).adjacency
    np.testing.assert_array_equal(visitor.adjacency, wanted)
    np.testing.assert_array_equal(visitor.drawn(), wanted)
    assert visitor.text("graph-name") == f"random, 24 nodes, {int(wanted.sum() / 2)} edges"
    assert visitor.text("cut") == "0"
    assert visitor.text("time") == "0.00 ns"
    assert visitor.text("phase") == "ready"
    assert visitor.text("error") == ""
    assert visitor.find("run").description == "▶ Run"
    assert visitor.find("best-of-stop").disabled
    assert parse_graph(visitor.saved("graph-download")).tolist() == wanted.tolist()


# -- the end -----------------------------------------------------------------------------------------------------


def test_a_maxcut_lab_in_use_leaves_no_widget_and_no_thread(watch, monkeypatch) -> None:
    monkeypatch.setattr(best_of, "RUNS", 100_000)
    MaxcutVisitor(watch).lab.close()  # what is shared by all labs is there now
    before, threads = set(_instances), set(threading.enumerate())
    visitor = MaxcutVisitor(watch)
    ticker = visitor.lab.desk.clock
    visitor.find("device-panel").selected_index = 0
    visitor.choose("famous", "Petersen")
    visitor.press("exact")
    visitor.press("best-of")
    visitor.press("run")
    visitor.frames(5)
    visitor.find("graph-seed").value = 9
    visitor.lab.close()
    assert not ticker.playing
    assert sorted(type(_instances[key]).__name__ for key in set(_instances) - before) == []
    wait_for(lambda: not set(threading.enumerate()) - threads, "the end of all threads", PATIENCE)
    visitor.lab.close()  # twice is no error


def test_two_maxcut_labs_know_nothing_of_each_other(watch) -> None:
    one, two = MaxcutVisitor(watch), MaxcutVisitor(watch)
    one.choose("famous", "Petersen")
    one.press("instant")
    assert two.session.setting.graph.size == 24
    assert two.session.simulation.time == 0.0
    one.lab.close()
    two.lab.close()
