"""Where the Max-cut Lab's graph comes from, and what happens while another one is laid out."""

from threading import Event

import numpy as np
import pytest
from visitors.maxcut import PATIENCE, run_of

from dwmtj_widgets import cut_value
from dwmtj_widgets.labs.maxcut import best_of
from dwmtj_widgets.labs.maxcut.graph_source import FAMOUS, GraphSource
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.maxcut import MaxcutSetting
from dwmtj_widgets.sessions.snapshot import to_file
from dwmtj_widgets.tasks.graph_files import parse_graph
from dwmtj_widgets.tasks.graphs import petersen_graph, random_graph

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
    monkeypatch.setattr(
        visitor.lab.editor, "show_graph", lambda *_: shown.append(visitor.session.setting.graph)
    )
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
    run, graph, name = visitor.session.simulation, visitor.session.setting.graph, visitor.text("graph-name")
    visitor.upload(content, "bad.txt")
    sentence = visitor.text("error")
    assert words in sentence
    assert sentence.endswith(".")
    assert "Traceback" not in sentence
    assert visitor.session.simulation is run
    assert visitor.session.setting.graph is graph
    assert visitor.text("graph-name") == name
    np.testing.assert_array_equal(visitor.drawn(), graph.adjacency)
    time = run.time
    visitor.frames(3)
    assert run.time > time
    visitor.upload("3 2\n1 2\n2 3\n")
    assert visitor.text("error") == ""
    assert visitor.session.setting.graph.size == 3


def test_file_beyond_the_limit_is_not_even_read(monkeypatch) -> None:
    asked = []
    source = GraphSource(asked.append, pytest.fail)
    monkeypatch.setattr("dwmtj_widgets.tasks.graph_files.MAX_FILE_BYTES", 10)
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
        setting = MaxcutSetting(graph=random_graph(25, 0.5, 7)).fields()
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
    assert visitor.session.setting.graph.size == 10
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
            raise Refused("Line 2 is wrong.")
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
