"""The Max-cut Lab without a browser: what a person does arrives as messages, what they see is read from the widgets."""

import base64
import re
import threading
from os import cpu_count
from threading import Event

import IPython.display
import numpy as np
import pytest
from browser_tools import wait_for
from ipywidgets import HTML
from ipywidgets.widgets.widget import _instances
from lab_visitor import Visitor, Watch

from dwmtj_widgets import Device, Simulation, cut_value, maxcut_network
from dwmtj_widgets.labs import MaxcutLab
from dwmtj_widgets.labs.common.background import BackgroundWork
from dwmtj_widgets.labs.common.run import desk as run_desk
from dwmtj_widgets.labs.maxcut import best_of, comparison
from dwmtj_widgets.labs.maxcut.graph_source import FAMOUS, GraphSource
from dwmtj_widgets.refusals import Refused, Unable
from dwmtj_widgets.sessions.maxcut import MaxcutSession, division_text
from dwmtj_widgets.sessions.run_setting import maxcut_setting
from dwmtj_widgets.sessions.snapshot import to_file
from dwmtj_widgets.tasks.graph_files import format_graph, parse_graph
from dwmtj_widgets.tasks.graphs import Graph, complete_graph, petersen_graph, random_graph
from dwmtj_widgets.tasks.maxcut import balanced_network, solve
from dwmtj_widgets.tasks.maxcut_baselines import Division
from dwmtj_widgets.units import quantity
from dwmtj_widgets.widgets.page import clock
from dwmtj_widgets.widgets.plots.histogram import Histogram, bin_edges, round_values
from dwmtj_widgets.widgets.plots.time_plot import tick_step

NS = 1e-9
PATIENCE = 120.0  # s, for work of a second on a busy machine


class MaxcutVisitor(Visitor):
    def __init__(self, watch: Watch) -> None:
        super().__init__(MaxcutLab(), watch)
        self.sequence = 0

    def choose(self, name: str, value) -> None:
        """Set a control of the source, and wait for its graph."""
        self.find(name).value = value
        self.lab.preparation.wait(PATIENCE)

    def upload(self, content: str | bytes, name: str = "some.txt") -> None:
        self.open_file(content if isinstance(content, bytes) else content.encode(), name)
        self.lab.preparation.wait(PATIENCE)

    def edit(self, op: str, **content) -> None:
        """Send an edit of the graph, as js/graph_editor does."""
        self.sequence += 1
        generation = self.find("graph")._generation
        message = {"client": "me", "sequence": self.sequence, "generation": generation, "op": op}
        self.say("graph", {"type": "edit", **message, **content})

    def saved(self, name: str) -> str | None:
        """Return the text that a link saves, None if there is no link."""
        for widget in self.widgets():
            if isinstance(widget, HTML) and f"dwmtj-{name}" in widget.value:
                return base64.b64decode(re.search(r'base64,([^"]*)"', widget.value)[1]).decode()
        return None

    @property
    def adjacency(self) -> np.ndarray:
        return self.session.graph.adjacency

    def drawn(self) -> np.ndarray:
        """Return the adjacency of the graph in the editor."""
        editor = self.find("graph")
        adjacency = np.zeros((len(editor.positions),) * 2)
        for (node, other), weight in zip(editor.edges, editor.weights, strict=True):
            adjacency[node, other] = adjacency[other, node] = weight
        return adjacency


@pytest.fixture
def watch(monkeypatch) -> Watch:
    watch = Watch()
    for module in (clock, run_desk):
        monkeypatch.setattr(module, "monotonic", watch)
    return watch


@pytest.fixture
def visitor(watch):
    visitor = MaxcutVisitor(watch)
    yield visitor
    visitor.lab.close()


def run_of(adjacency: np.ndarray, **options):
    """Return the end of the run that the lab's settings mean, made by the engine alone."""
    return Simulation(maxcut_network(adjacency), np.zeros(len(adjacency)), **options).run()


# -- the beginning -----------------------------------------------------------------------------------------------


def test_building_a_lab_displays_nothing_and_starts_nothing(monkeypatch, capfd) -> None:
    shown, threads = [], threading.active_count()
    monkeypatch.setattr(IPython.display, "display", lambda *things, **_: shown.append(things))
    lab = MaxcutLab()
    assert shown == []
    assert threading.active_count() == threads
    for ticker in (lab.desk.clock, lab.preparation.work.clock, lab.best_of.work.clock):
        assert not ticker.playing
    assert capfd.readouterr() == ("", "")
    lab._ipython_display_()
    assert shown == [(lab.widget,)]
    lab.close()


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


# -- running -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["frames", "instant"])
def test_read_outs_at_the_end_are_those_of_the_engine(visitor, how: str) -> None:
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
        ("weight", 200.0, lambda s: s.drive.weight == 0.2),
        ("asymmetry", 1.3, lambda s: s.asymmetry == 1.3),
        ("r-parallel", 600.0, lambda s: s.simulation.network.device == Device(r_parallel=600.0)),
    ],
)
def test_slider_in_a_run_acts_on_the_running_network(visitor, name: str, number: float, read) -> None:
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


def test_released_simulator_preset_begins_anew_as_the_release_did(visitor) -> None:
    visitor.press("run")
    visitor.frames(5)
    visitor.find("preset").value = "Released simulator"
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


# -- where the graph comes from ----------------------------------------------------------------------------------


def test_present_graph_stays_until_another_one_is_laid_out(visitor) -> None:
    visitor.press("run")
    visitor.frames(3)
    run = visitor.session.simulation
    visitor.find("nodes").value = 60
    assert visitor.session.simulation is run
    visitor.frames(3)
    assert visitor.text("error") == ""
    visitor.lab.preparation.wait(PATIENCE)
    np.testing.assert_array_equal(visitor.adjacency, random_graph(60, 0.5, 1).adjacency)
    np.testing.assert_array_equal(visitor.drawn(), visitor.adjacency)
    assert visitor.find("tracks").neurons == 60
    assert visitor.session.simulation.time == 0.0
    assert visitor.lab.desk.clock.playing, "a desk that was playing goes on with the new graph"
    visitor.frames(3)
    assert visitor.session.simulation.time > 0.0


def test_of_many_graphs_asked_for_at_once_only_the_last_is_made_after_the_first(visitor, monkeypatch) -> None:
    shown = []
    monkeypatch.setattr(visitor.lab.editor, "show_graph", lambda *_: shown.append(visitor.session.graph))
    monkeypatch.setattr(visitor.lab.desk, "resized", lambda: None)
    for seed in range(2, 30):
        visitor.find("graph-seed").value = seed
    visitor.lab.preparation.wait(PATIENCE)
    np.testing.assert_array_equal(visitor.adjacency, random_graph(24, 0.5, 29).adjacency)
    assert len(shown) == 1


@pytest.mark.parametrize(("name", "value"), [("density", 80.0), ("graph-seed", 7)])
def test_density_and_seed_draw_another_graph(visitor, name: str, value: float) -> None:
    visitor.choose(name, value)
    density, seed = (0.8, 1) if name == "density" else (0.5, 7)
    np.testing.assert_array_equal(visitor.adjacency, random_graph(24, density, seed).adjacency)


@pytest.mark.parametrize("name", FAMOUS)
def test_famous_graph_shows_the_gap_to_its_optimum(visitor, name: str) -> None:
    visitor.choose("famous", name)
    graph = FAMOUS[name]()
    np.testing.assert_array_equal(visitor.adjacency, graph.adjacency)
    assert visitor.text("graph-name").startswith(name)
    assert visitor.find("famous").value == name
    visitor.press("instant")
    cut = cut_value(graph.adjacency, run_of(graph.adjacency).bits)
    assert visitor.text("cut") == f"{cut:g}"
    assert visitor.text("best-known") == f"{graph.optimum:g}"
    assert visitor.text("gap") == f"{100 * (1 - cut / graph.optimum):.1f} %"
    assert any("Optimum" in w.value for w in visitor.widgets() if "dwmtj-cut-readout" in w._dom_classes)
    visitor.choose("graph-seed", 5)
    assert visitor.find("famous").value not in FAMOUS, "the same graph could not be chosen again"


def test_two_hundred_nodes_are_laid_out_shown_and_run(visitor) -> None:
    visitor.choose("nodes", 200)
    assert visitor.find("graph").positions.shape == (200, 2)
    assert visitor.find("tracks").neurons == 200
    visitor.press("run")
    visitor.frames(20)
    assert visitor.text("error") == ""
    assert visitor.session.simulation.time > 0.0
    visitor.press("instant")
    wanted = run_of(visitor.adjacency)
    assert visitor.text("cut") == f"{cut_value(visitor.adjacency, wanted.bits):g}"


def test_good_file_becomes_the_graph(visitor) -> None:
    visitor.upload("4 4\n1 2 1\n2 3 -2.5\n3 4\n1 4 3\n", "square <b>.txt")
    wanted = np.array([[0, 1, 0, 3], [1, 0, -2.5, 0], [0, -2.5, 0, 1], [3, 0, 1, 0]])
    np.testing.assert_array_equal(visitor.adjacency, wanted)
    np.testing.assert_array_equal(visitor.drawn(), wanted)
    assert visitor.text("graph-name") == "square &lt;b&gt;.txt, 4 nodes, 4 edges"
    assert parse_graph(visitor.saved("graph-download")).tolist() == wanted.tolist()
    visitor.press("instant")
    assert visitor.text("cut") == f"{cut_value(wanted, run_of(wanted).bits):g}"


def test_page_is_told_of_a_graph_that_came_late(visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its address follows the presses of a person, and a graph is there some time after its press."""
    sent: list[dict] = []
    monkeypatch.setattr(visitor.lab.share, "send", lambda content, buffers=None: sent.append(content))
    visitor.upload("2 1\n1 2 1\n", "pair.txt")
    assert sent == [{"type": "changed"}]


BAD_FILES = {
    "self-loop": (b"3 2\n1 2 1\n2 2 1\n", "Line 3 joins node 2 to itself"),
    "no number": (b"3 1\n1 2 x\n", "Line 2 has 'x' as a weight"),
    "count": (b"3 2\n1 2 1\n", "Line 2 is the last; 2 edges are announced"),
    "empty": (b"", "The file is empty"),
    "no text": (b"\xff\xfe\x00", "bad.txt is not a text file"),
    "too many nodes": (b"201 1\n1 2 1\n", "201 nodes; the lab shows at most 200"),
    "one node": (b"1 0\n", "Line 1 has 1 as the number of nodes"),
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_bad_file_is_one_sentence_and_the_old_graph_stays(visitor, kind: str) -> None:
    content, words = BAD_FILES[kind]
    visitor.press("run")
    visitor.frames(5)
    run, graph, name = visitor.session.simulation, visitor.session.graph, visitor.text("graph-name")
    visitor.upload(content, "bad.txt")
    sentence = visitor.text("error")
    assert words in sentence
    assert sentence.endswith(".")
    assert "Traceback" not in sentence
    assert visitor.session.simulation is run
    assert visitor.session.graph is graph
    assert visitor.text("graph-name") == name
    np.testing.assert_array_equal(visitor.drawn(), graph.adjacency)
    time = run.time
    visitor.frames(3)
    assert run.time > time
    visitor.upload("3 2\n1 2\n2 3\n")
    assert visitor.text("error") == ""
    assert visitor.session.graph.size == 3


def test_file_beyond_the_limit_is_not_even_read(monkeypatch) -> None:
    asked = []
    source = GraphSource(asked.append, pytest.fail)
    monkeypatch.setattr("dwmtj_widgets.tasks.checks.MAX_FILE_BYTES", 10)
    monkeypatch.setattr("dwmtj_widgets.tasks.graph_files.parse_graph", lambda *_: pytest.fail("was read"))
    source._opened("big.txt", b"3 1\n1 2 123456")
    with pytest.raises(Refused, match=r"big\.txt has more than 10 bytes; make it smaller\."):
        asked[0]()


@pytest.mark.parametrize("action", ["draw", "open"])
def test_a_graph_that_comes_after_a_person_has_gone_on_is_dropped(visitor, action) -> None:
    gate = Event()

    def slow():
        assert gate.wait(PATIENCE)
        return petersen_graph()

    visitor.lab._choose(slow)
    visitor.lab._choose(lambda: random_graph(9, 0.5, 1))
    if action == "draw":
        visitor.edit("add", x=0.5, y=0.5, **{"from": 3})
    else:
        setting = maxcut_setting(MaxcutSession(random_graph(25, 0.5, 7)))
        visitor.lab.share._take["file"](to_file("maxcut", setting))
    wanted = visitor.adjacency.copy()
    gate.set()
    visitor.lab.preparation.wait(PATIENCE)
    assert visitor.text("error") == ""
    assert len(wanted) == 25
    np.testing.assert_array_equal(visitor.adjacency, wanted)
    np.testing.assert_array_equal(visitor.drawn(), wanted)
    assert "25 nodes" in visitor.text("graph-name")
    visitor.choose("famous", "Petersen")
    assert visitor.text("graph-name").startswith("Petersen")


def test_source_makes_nothing_by_itself() -> None:
    asked = []
    source = GraphSource(asked.append, pytest.fail, nodes=12, density=0.3, seed=4)
    assert asked == []
    source.show(petersen_graph())
    assert asked == [], "showing a graph is not choosing one"
    np.testing.assert_array_equal(source.random()().adjacency, random_graph(10, 0.33, 4).adjacency)


# -- drawing -----------------------------------------------------------------------------------------------------


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
    assert visitor.session.graph.optimum == 12.0
    assert visitor.find("famous").value == "Petersen"
    visitor.say("graph", {"type": "redo"})
    assert visitor.session.graph.optimum is None
    assert visitor.session.graph.size == 9


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


# -- best of many runs -------------------------------------------------------------------------------------------


def bars(histogram: Histogram) -> tuple[np.ndarray, np.ndarray]:
    """Return edges and counts of what a histogram shows."""
    (figure,) = (w for w in histogram.widget.children if hasattr(w, "marks"))
    steps = figure.marks[0]
    return np.asarray(steps.x)[::2], np.asarray(steps.y)[1:-1:2]


def test_best_of_many_runs_shows_all_cuts_and_saves_the_best(visitor, monkeypatch) -> None:
    monkeypatch.setattr(best_of, "RUNS", 60)
    visitor.press("best-of")
    assert visitor.find("best-of").disabled
    assert not visitor.find("best-of-stop").disabled
    visitor.lab.best_of.work.wait(PATIENCE)
    best = float(re.search(r"60 runs, best (\S+), mean", visitor.find("best-of-text").value)[1])
    assert best > 80.0
    assert bars(visitor.lab.best_of.histogram)[1].sum() == 60
    rows = visitor.saved("best-of-download").splitlines()
    sides = np.array([int(line.split()[1]) for line in rows[1:]])
    assert cut_value(visitor.adjacency, sides) == best
    assert float(visitor.text("best-known")) >= best
    assert not visitor.find("best-of").disabled
    assert visitor.session.simulation.time == 0.0, "the run on the page was touched"


def test_button_of_many_runs_says_what_they_are_and_so_they_are(visitor, monkeypatch) -> None:
    monkeypatch.setattr(best_of, "RUNS", 20)
    visitor.find("asymmetry").value = 1.3
    visitor.find("weight").value = 80.0
    found = []
    ended = visitor.lab.best_of.work._ended
    monkeypatch.setattr(
        visitor.lab.best_of.work, "_ended", lambda result: (found.append(result), ended(result))
    )
    visitor.press("best-of")
    visitor.lab.best_of.work.wait(PATIENCE)
    weights = balanced_network(visitor.adjacency, 0.08).weights
    np.testing.assert_array_equal(found[0].network.weights, weights)
    hint = visitor.find("best-of").tooltip
    assert "balanced weights" in hint and "without asymmetry" in hint and "from event to event" in hint


def test_stop_keeps_what_is_there_and_begins_no_more_runs(visitor, monkeypatch) -> None:
    monkeypatch.setattr(best_of, "RUNS", 100_000)
    lab, late, stopped = visitor.lab.best_of, [], Event()
    count = best_of._Runs.count
    monkeypatch.setattr(
        best_of._Runs, "count", lambda *a: (count(*a), late.append(1) if stopped.is_set() else None)
    )
    visitor.press("best-of")
    wait_for(lambda: lab._runs.done >= 20, "the first runs", PATIENCE)
    stopped.set()
    visitor.press("best-of-stop")
    lab.work.wait(PATIENCE)
    assert len(late) <= 2 * (cpu_count() or 1), "runs were begun after the stop"
    kept = int(re.match(r"([\d,]+) runs, stopped of 100,000", lab.text.value)[1].replace(",", ""))
    assert 20 <= kept < 100_000
    assert bars(lab.histogram)[1].sum() == kept
    assert visitor.find("best-of-stop").disabled


def test_histogram_grows_while_the_runs_go_on(visitor, monkeypatch) -> None:
    monkeypatch.setattr(best_of, "RUNS", 100_000)
    lab = visitor.lab.best_of
    visitor.press("best-of")
    seen = set()

    def grown() -> bool:
        lab.work.look()
        seen.add(float(bars(lab.histogram)[1].sum()))
        return len(seen) >= 4

    wait_for(grown, "a histogram that grows", PATIENCE)
    assert re.match(r"[\d,]+ of 100,000 runs", lab.text.value)


def test_runs_of_a_graph_that_is_gone_are_not_shown(visitor, monkeypatch) -> None:
    monkeypatch.setattr(best_of, "RUNS", 100_000)
    lab = visitor.lab.best_of
    visitor.press("best-of")
    wait_for(lambda: lab._runs.done >= 5, "the first runs", PATIENCE)
    visitor.choose("famous", "Petersen")
    lab.work.wait(PATIENCE)
    assert "runs" not in lab.text.value
    assert visitor.text("best-known") == "12"
    assert not visitor.find("best-of").disabled
    visitor.press("exact")  # draws the histogram again, with another cut to compare with
    visitor.lab.comparison.work.wait(PATIENCE)
    assert not bars(lab.histogram)[1].any(), "the runs of the other graph are shown"
    monkeypatch.setattr(best_of, "RUNS", 20)
    visitor.press("best-of")
    lab.work.wait(PATIENCE)
    assert "20 runs, best 12" in lab.text.value


# -- what computers find -----------------------------------------------------------------------------------------


def test_exact_search_proves_the_optimum_of_a_small_graph(visitor) -> None:
    visitor.choose("nodes", 12)
    adjacency = visitor.adjacency
    divisions = (np.arange(2**11)[:, None] >> np.arange(12)) & 1
    optimum = cut_value(adjacency, divisions).max()
    visitor.press("exact")
    assert visitor.find("exact").disabled
    assert "at most 10 s" in visitor.find("exact-text").value
    visitor.lab.comparison.work.wait(PATIENCE)
    assert visitor.find("exact-text").value == f"Exact search: {optimum:g} is the optimum, proven."
    assert visitor.text("best-known") == f"{optimum:g}"
    assert any("Optimum" in w.value for w in visitor.widgets() if "dwmtj-cut-readout" in w._dom_classes)
    assert not visitor.find("exact").disabled


def test_search_out_of_time_says_that_it_is_only_a_bound(visitor, monkeypatch) -> None:
    monkeypatch.setattr(comparison, "LONGEST_SEARCH", 0.05)
    visitor.choose("nodes", 60)
    visitor.press("exact")
    visitor.lab.comparison.work.wait(PATIENCE)
    found = re.fullmatch(
        r"Exact search: (\d+) found, (?:not proven|less than the best known \d+); no cut exceeds (\d+)\.",
        visitor.find("exact-text").value,
    )
    assert int(found[1]) < int(found[2])
    assert f"none above {found[2]}" in visitor.find("cut-readout").value


@pytest.mark.parametrize(
    ("cut", "bound", "sentence"),
    [
        (251.0, 260.0, "Exact search: 251 found, less than the best known 255; no cut exceeds 260."),
        (251.0, None, "Exact search: 251 found, less than the best known 255."),
        (251.0, 255.0, "Exact search: no cut exceeds 255, so the best known is the optimum, proven."),
        (256.0, 260.0, "Exact search: 256 found, not proven; no cut exceeds 260."),
        (256.0, 256.0, "Exact search: 256 is the optimum, proven."),
    ],
)
def test_a_search_is_told_beside_the_best_cut_that_is_known(
    visitor, monkeypatch, cut, bound, sentence
) -> None:
    visitor.lab._beaten(255.0)
    found = Division(cut, np.zeros(24, dtype=np.int8), bound)
    monkeypatch.setattr(comparison, "exact_cut", lambda *_: found)
    visitor.press("exact")
    visitor.lab.comparison.work.wait(PATIENCE)
    assert visitor.find("exact-text").value == sentence
    assert visitor.text("best-known") == f"{max(cut, 255.0):g}"
    assert ("Optimum" in visitor.find("cut-readout").value) == ("proven." in sentence)
    if "less than" in sentence:
        visitor.lab._beaten(257.0)
        assert visitor.find("exact-text").value == sentence.replace("255", "257")


def test_answer_on_a_graph_that_is_gone_is_dropped(visitor, monkeypatch) -> None:
    monkeypatch.setattr(comparison, "LONGEST_SEARCH", 1.0)
    visitor.choose("nodes", 60)
    visitor.press("exact")
    visitor.choose("famous", "Petersen")
    assert visitor.find("exact-text").value == ""
    visitor.lab.comparison.work.wait(PATIENCE)
    assert visitor.find("exact-text").value == ""
    assert visitor.text("best-known") == "12"
    visitor.press("exact")
    visitor.lab.comparison.work.wait(PATIENCE)
    assert "12 is the optimum" in visitor.find("exact-text").value


def test_goemans_williamson_is_offered_if_it_can_be_computed(watch, monkeypatch) -> None:
    for installed in (object(), None):
        monkeypatch.setattr(comparison, "find_spec", lambda _name, found=installed: found)
        visitor = MaxcutVisitor(watch)
        offered = [w for w in visitor.widgets() if "dwmtj-goemans-williamson" in w._dom_classes]
        assert len(offered) == (0 if installed is None else 1)
        visitor.lab.close()


def test_failing_method_is_one_sentence(visitor, monkeypatch) -> None:
    def fails(*_arguments):
        raise RuntimeError("The solver gave up.")

    monkeypatch.setattr(comparison, "exact_cut", fails)
    visitor.press("exact")
    visitor.lab.comparison.work.wait(PATIENCE)
    assert visitor.text("error") == "The solver gave up."
    assert not visitor.find("exact").disabled


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


# -- while another graph is laid out -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["instant", "run", "step", "best-of", "exact"])
def test_what_is_pressed_while_a_graph_is_laid_out_is_done_with_that_graph(
    visitor, monkeypatch, name
) -> None:
    monkeypatch.setattr(best_of, "RUNS", 5)
    gate, old = Event(), visitor.session.simulation

    def slow():
        assert gate.wait(PATIENCE)
        return petersen_graph()

    visitor.lab._choose(slow)
    visitor.press(name)
    assert visitor.session.simulation is old
    assert old.time == 0.0
    assert not visitor.lab.desk.clock.playing
    gate.set()
    visitor.lab.preparation.wait(PATIENCE)
    assert visitor.session.graph.size == 10
    match name:
        case "instant":
            assert visitor.session.simulation.finished
        case "run":
            assert visitor.lab.desk.clock.playing
        case "step":
            assert visitor.text("time") == "0.10 ns"
        case "best-of":
            visitor.lab.best_of.work.wait(PATIENCE)
            assert "5 runs, best" in visitor.find("best-of-text").value
        case "exact":
            visitor.lab.comparison.work.wait(PATIENCE)
            assert "12 is the optimum" in visitor.find("exact-text").value


@pytest.mark.parametrize("end", ["refused", "drawn", "paused"])
def test_what_was_pressed_for_a_graph_that_never_comes_is_dropped(visitor, end) -> None:
    gate = Event()

    def slow():
        assert gate.wait(PATIENCE)
        if end == "refused":
            raise ValueError("Line 2 is wrong.")
        return petersen_graph()

    visitor.lab._choose(slow)
    visitor.press("instant")
    if end == "drawn":
        visitor.edit("add", x=0.5, y=0.5, **{"from": 3})
    if end == "paused":
        visitor.lab.desk.pause()
    gate.set()
    visitor.lab.preparation.wait(PATIENCE)
    assert visitor.session.simulation.time == 0.0
    assert visitor.text("error") == ("Line 2 is wrong." if end == "refused" else "")
    visitor.press("instant")
    assert visitor.session.simulation.finished, "a later press is of the present graph"


def test_nodes_and_density_are_those_of_the_graph_that_is_shown(visitor) -> None:
    def controls():
        return visitor.find("nodes").value, visitor.find("density").value

    visitor.upload("4 3\n1 2\n2 3\n3 4\n")
    assert controls() == (4, 50.0)
    assert visitor.text("graph-name").startswith("some.txt"), "showing its size drew another graph"
    visitor.choose("famous", "Petersen")
    assert controls() == (10, 33.0)
    visitor.edit("remove", node=0)
    assert controls() == (9, 33.0)
    visitor.upload("2 1\n1 2\n")
    assert controls() == (2, 100.0)
    visitor.upload("3 0\n")
    assert controls() == (3, 0.0)
    visitor.upload("3 x\n")
    assert controls() == (3, 0.0)
    # What a person has set stays, though so few pairs cannot have just that share.
    visitor.choose("nodes", 5)
    visitor.choose("density", 37.0)
    assert controls() == (5, 37.0)
    visitor.choose("nodes", 24)
    assert controls() == (24, 37.0)
    np.testing.assert_array_equal(visitor.adjacency, random_graph(24, 0.37, 1).adjacency)


# -- the parts ---------------------------------------------------------------------------------------------------


def test_session_refuses_a_graph_that_is_too_large_and_keeps_its_own() -> None:
    session = MaxcutSession(petersen_graph())
    run = session.simulation
    with pytest.raises(Refused, match="201 nodes; the lab shows at most 200"):
        session.set_graph(random_graph(201, 0.1, 1))
    with pytest.raises(Refused, match="asymmetry"):
        session.set_asymmetry(3.0)
    assert session.simulation is run
    assert session.graph.size == 10


def test_cut_along_a_run_is_the_cut_of_each_moment() -> None:
    session = MaxcutSession(petersen_graph())
    session.finish()
    trace = session.trace()
    assert trace.time.shape == trace.cut.shape == trace.energy.shape
    for index in range(0, len(trace.time), 50):
        assert trace.cut[index] == session.cut_of(session.recording[index].soma)
    assert trace.cut[0] == 0.0


def test_cuts_of_a_run_that_took_another_way_are_its_own() -> None:
    session = MaxcutSession(random_graph(24, 0.5, 1))
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


def test_background_work_that_was_refused_says_so_and_is_free_again() -> None:
    said, ended = [], []

    def refuse(_cancel: Event):
        raise ValueError("no.")

    work = BackgroundWork(lambda: None, ended.append, said.append, "test")
    work.start(refuse)
    work.wait(PATIENCE)
    assert (said, ended, work.running) == (["no."], [], False)
    work.start(lambda cancel: cancel.is_set())
    with pytest.raises(Unable, match="still under way"):
        work.start(lambda cancel: None)
    work.wait(PATIENCE)
    assert ended == [False]
    work.close()
    work.clock.close()


def test_histogram_of_whole_numbers_has_whole_bins() -> None:
    histogram = Histogram("Cuts")
    histogram.show(np.array([3.0, 4.0, 4.0, 6.0]), 8.0)
    edges, counts = bars(histogram)
    assert edges.tolist() == [2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5]
    assert counts.tolist() == [1, 2, 0, 1, 0, 0]
    histogram.show(np.array([]))
    assert bars(histogram)[1].sum() == 0
    histogram.show(np.array([5.0]))
    assert bars(histogram)[1].tolist() == [1]


@pytest.mark.parametrize(
    "values", [[0.1, 0.7], [-3.0, 1000.0], [1e12, 1e12 + 1], [0.5], [1 / 3, 1 / 3], [0.0, 1e-9]]
)
def test_bins_hold_every_value(values: list[float]) -> None:
    array = np.array(values)
    edges = bin_edges(array, 30)
    assert len(edges) <= 31
    assert (np.diff(edges) > 0.0).all()
    assert np.histogram(array, edges)[0].sum() == len(array)


@pytest.mark.parametrize(("low", "high"), [(66.5, 95.5), (-0.5, 0.5), (0.1, 0.7), (-999.5, 20_000.5)])
def test_ticks_are_few_round_numbers_inside(low: float, high: float) -> None:
    ticks = round_values(low, high)
    assert 1 <= len(ticks) <= 6
    assert ticks.min() >= low - 1e-9 and ticks.max() <= high + 1e-9
    np.testing.assert_allclose(ticks / tick_step(high - low), np.round(ticks / tick_step(high - low)))


# -- the end -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("use", ["nothing", "everything"])
def test_closed_lab_leaves_no_widget_and_no_thread(watch, monkeypatch, use: str) -> None:
    monkeypatch.setattr(best_of, "RUNS", 100_000)
    MaxcutVisitor(watch).lab.close()  # what is shared by all labs is there now
    before, threads = set(_instances), set(threading.enumerate())
    visitor = MaxcutVisitor(watch)
    ticker = visitor.lab.desk.clock
    if use == "everything":
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


def test_two_labs_know_nothing_of_each_other(watch) -> None:
    one, two = MaxcutVisitor(watch), MaxcutVisitor(watch)
    one.choose("famous", "Petersen")
    one.press("instant")
    assert two.session.graph.size == 24
    assert two.session.simulation.time == 0.0
    one.lab.close()
    two.lab.close()
