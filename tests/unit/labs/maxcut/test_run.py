"""Running the Max-cut Lab: its read-outs, what is saved, and what it says of poor cuts."""

import numpy as np
import pytest
from visitors.maxcut import PATIENCE, run_of

from dwmtj_widgets import Device, Simulation, cut_value, maxcut_network
from dwmtj_widgets.labs.maxcut import best_of
from dwmtj_widgets.sessions.maxcut import division_text
from dwmtj_widgets.tasks.graphs import Graph, random_graph
from dwmtj_widgets.tasks.maxcut import solve
from dwmtj_widgets.units import quantity

NS = 1e-9


# -- running -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["frames", "instant"])
def test_read_outs_of_a_cut_are_those_of_the_engine(visitor, how: str) -> None:
    wanted = run_of(visitor.adjacency)
    if how == "instant":
        visitor.press("instant")
    else:
        visitor.find("speed").value = 20.0
        visitor.press("run")
        visitor.frames(200, 0.1)
    cut = cut_value(visitor.adjacency, wanted.bits)
    assert visitor.text("phase") == "converged"
    assert visitor.text("time") == quantity(wanted.time, "s", decimals=2)
    assert visitor.text("energy") == quantity(wanted.energy, "J", decimals=3)
    assert visitor.text("cut") == f"{cut:g}"
    best = float(visitor.text("best-known"))
    assert best >= cut > 0.0
    assert visitor.text("gap") == f"{100 * (1 - cut / best):.1f} %"
    assert visitor.find("state").value == "Converged: every wall is at rest."
    trace = visitor.chart("cut")[1]
    assert trace.x[-1] == pytest.approx(wanted.time / NS, rel=1e-9, abs=0.0)
    assert trace.y[-1] == cut


def test_nodes_show_the_walls_of_every_frame(visitor, monkeypatch) -> None:
    sent: list[bytes] = []
    editor = visitor.find("graph")
    monkeypatch.setattr(editor, "send", lambda content, buffers=(): sent.append(bytes(buffers[0])))
    visitor.press("run")
    visitor.frames(25, 0.1)
    del sent[:]
    visitor.frames(5)
    assert len(set(sent)) == 5
    visitor.press("pause")
    del sent[:]
    visitor.frames(5)
    assert sent == []


def test_division_can_be_saved_when_the_walls_rest(visitor) -> None:
    visitor.press("run")
    visitor.frames(60, 0.1)
    assert visitor.saved("division-download") is None, "a file of walls that go on moving"
    visitor.press("instant")
    text = visitor.saved("division-download")
    assert text.startswith(f"# cut {visitor.text('cut')};")
    rows = [line.split() for line in text.splitlines()[1:]]
    assert [int(node) for node, _ in rows] == list(range(1, 25))
    sides = np.array([int(side) for _, side in rows])
    np.testing.assert_array_equal(sides, visitor.session.simulation.bits)
    assert f"{cut_value(visitor.adjacency, sides):g}" == visitor.text("cut")
    visitor.press("reset")
    assert "1 0\n" in visitor.saved("division-download")


def test_undecided_nodes_are_saved_as_such() -> None:
    assert division_text(np.array([1, -1, 0], dtype=np.int8), 2.5).splitlines()[1:] == ["1 1", "2 -1", "3 0"]


@pytest.mark.parametrize(
    ("name", "number", "read"),
    [
        ("weight", 200.0, lambda s: s.setting.drive.weight == 0.2),
        ("asymmetry", 1.3, lambda s: s.setting.asymmetry == 1.3),
        ("r-parallel", 600.0, lambda s: s.simulation.network.device == Device(r_parallel=600.0)),
    ],
)
def test_slider_acts_on_the_running_cut(visitor, name: str, number: float, read) -> None:
    visitor.find("device-panel").selected_index = 0
    visitor.press("run")
    visitor.frames(20, 0.1)
    run = visitor.session.simulation
    time, before = run.time, run.network
    visitor.find(name).value = number
    assert visitor.session.simulation is run
    assert run.time == time
    assert read(visitor.session)
    assert run.network is not before
    assert visitor.lab.desk.clock.playing
    assert visitor.text("error") == ""


def test_released_preset_begins_a_cut_anew(visitor) -> None:
    visitor.press("run")
    visitor.frames(5)
    visitor.find("preset").value = "published"
    run = visitor.session.simulation
    assert run.time == 0.0
    assert run.network.device == Device.published()
    assert run.charge_voltage == 0.1
    visitor.press("instant")
    wanted = Simulation(
        maxcut_network(visitor.adjacency, device=Device.published()),
        np.zeros(24),
        soma_start="pattern",
        integrator="euler",
        min_time=28 * NS,
    ).run()
    assert visitor.text("time") == quantity(wanted.time, "s", decimals=2)
    assert visitor.text("cut") == f"{cut_value(visitor.adjacency, wanted.bits):g}"


def test_looking_back_shows_the_cut_of_that_moment_and_continue_goes_on(visitor) -> None:
    visitor.press("instant")
    at_end, end = visitor.text("cut"), visitor.session.simulation.time
    moment = visitor.look_back(400)
    cut = visitor.session.cut_of(moment.soma)
    assert visitor.text("cut") == f"{cut:g}" != at_end
    assert visitor.text("time") == "40.00 ns"
    assert visitor.chart("cut")[2].x.tolist() == pytest.approx([40.0, 40.0])
    visitor.press("continue")
    assert visitor.lab.desk.clock.playing
    assert visitor.session.simulation.time == pytest.approx(40 * NS, rel=1e-9, abs=0.0)
    assert visitor.chart("cut")[0].x[-1] == pytest.approx(end / NS)
    visitor.press("instant")
    assert visitor.text("cut") == at_end
    assert visitor.session.simulation.time == pytest.approx(end, rel=1e-9, abs=0.0)


def test_node_and_neuron_are_selected_together(visitor) -> None:
    visitor.say("graph", {"type": "select", "client": "me", "sequence": 1, "node": 7})
    assert "Neuron 8<" in visitor.find("neuron").value, "as node 8 in graph files"
    assert visitor.find("tracks").selected == 7
    visitor.say("tracks", {"type": "select", "neuron": 11})
    assert visitor.find("graph").selected == 11


# -- poor cuts ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "cause", "offer"),
    [
        ("Petersen", "Missing edges attract more than edges repel", "“Best of 1,000” balances the two"),
        ("Cycle of 15", "Missing edges attract more than edges repel", "“Best of 1,000”"),
        ("Complete 12", "Edges repel more than missing edges attract", "“Find optimum” divides the graph."),
    ],
)
def test_a_run_that_cuts_nothing_says_why_and_what_works(visitor, name: str, cause: str, offer: str) -> None:
    visitor.choose("famous", name)
    assert visitor.find("advice").value == "", "the run has not begun"
    visitor.press("instant")
    assert visitor.text("cut") == "0"
    assert visitor.find("advice").value.startswith(cause)
    assert offer in visitor.find("advice").value
    assert cause in visitor.lab.news.region.text
    visitor.press("reset")
    assert visitor.find("advice").value == ""


def test_what_a_poor_run_is_offered_finds_the_optimum(visitor, monkeypatch) -> None:
    monkeypatch.setattr(best_of, "RUNS", 60)
    visitor.choose("famous", "Petersen")
    visitor.press("best-of")
    visitor.lab.best_of.work.wait(PATIENCE)
    assert "best 12," in visitor.find("best-of-text").value


def test_many_runs_with_nothing_to_push_them_say_so(visitor, monkeypatch) -> None:
    monkeypatch.setattr(best_of, "RUNS", 5)
    visitor.choose("famous", "Complete 12")
    visitor.press("best-of")
    visitor.lab.best_of.work.wait(PATIENCE)
    assert "5 runs, best 0, mean 0.0<br>All pairs are joined by edges of one weight" in (
        visitor.find("best-of-text").value
    )


def test_nodes_of_the_best_that_the_computer_placed_are_counted(visitor) -> None:
    found = solve(visitor.adjacency, runs=5, max_time=20e-9)
    visitor.lab.best_of._show(found)
    count = int(found.undecided[found.best].sum())
    assert count > 0
    assert f"undecided and placed by the computer: {count}." in visitor.find("best-of-text").value


def test_a_good_run_has_no_advice(visitor) -> None:
    visitor.press("instant")
    assert float(visitor.text("cut")) > 70
    assert visitor.find("advice").value == ""


def test_a_cut_above_what_was_published_is_said_in_words(visitor) -> None:
    known = Graph("published", random_graph(24, 0.5, 1).adjacency, best_known=50.0)
    visitor.lab._choose(lambda: known)
    visitor.lab.preparation.wait(PATIENCE)
    visitor.press("instant")
    assert float(visitor.text("cut")) > 50
    assert not visitor.text("gap").startswith("-")
    assert "above the 50 known before" in visitor.find("cut-readout").value
