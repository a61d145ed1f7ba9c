"""The graph editor without a browser: what it holds, sends and selects."""

import json

import numpy as np
import pytest
import traitlets
from graph_hand import RING, SQUARE, assert_shown
from hypothesis import given
from hypothesis import strategies as st

from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.widgets.editors.graph_editor import GraphEditor


@pytest.fixture
def sent(editor, monkeypatch):
    """The walls that were sent, one buffer a frame."""
    frames = []
    monkeypatch.setattr(editor, "send", lambda content, buffers=None: frames.append(buffers[0]))
    return frames


def test_starts_as_two_joined_nodes_without_history():
    editor = GraphEditor()
    assert editor.positions.shape == (2, 2)
    assert editor.edges.tolist() == [[0, 1]]
    assert editor.weights.tolist() == [1.0]
    assert not editor.can_undo and not editor.can_redo
    assert_shown(editor)


def test_edges_come_back_smaller_node_first_and_in_order():
    editor = GraphEditor(SQUARE, [(3, 1), (0, 2)], [5, 0.5])
    assert editor.edges.tolist() == [[1, 3], [0, 2]]
    assert editor.edges.dtype == np.intp
    assert editor.weights.tolist() == [5, 0.5]
    assert_shown(editor)


def test_what_is_given_out_and_taken_in_are_copies(editor):
    editor.positions[:] = 0
    editor.edges[:] = 0
    editor.weights[:] = 0
    assert editor.positions.tolist() == SQUARE
    places = np.array(SQUARE)
    editor.show_graph(places, RING)
    places[:] = 0
    assert editor.positions.tolist() == SQUARE


@pytest.mark.parametrize("edges", [[], np.empty((0, 2), dtype=int), ()])
def test_a_graph_may_have_no_edges(editor, edges):
    editor.show_graph(SQUARE, edges)
    assert editor.edges.shape == (0, 2) and editor.weights.shape == (0,)
    assert_shown(editor)


def test_two_hundred_nodes_all_joined():
    ends = np.transpose(np.triu_indices(200, 1))
    editor = GraphEditor(np.random.default_rng(0).random((200, 2)), ends)
    np.testing.assert_array_equal(editor.edges, ends)
    assert_shown(editor)


@pytest.mark.parametrize(
    ("positions", "edges", "weights", "words"),
    [
        ([[0, 0]], [], None, r"positions got the shape \(1, 2\), but must be 2 to 200"),
        (np.zeros((201, 2)), [], None, r"positions got the shape \(201, 2\), but must be 2 to 200"),
        (np.zeros((3, 3)), [], None, r"positions got the shape \(3, 3\)"),
        ([0.5, 0.5], [], None, r"positions got the shape \(2,\)"),
        ([[0, 0], [1]], [], None, "positions got something that is no table"),
        ([[0, 0], ["a", 1]], [], None, "positions got something that is no table"),
        ([[0, 0], [1.5, 1]], [], None, "positions got 1.5, but must lie in 0 to 1"),
        ([[0, 0], [float("nan"), 1]], [], None, "positions got nan"),
        (SQUARE, [[0, 4]], None, "edges got node 4, but nodes are the whole numbers 0 to 3"),
        (SQUARE, [[-1, 2]], None, "edges got node -1"),
        (SQUARE, [[0, 1.5]], None, "edges got node 1.5"),
        (SQUARE, [0, 1], None, r"edges got the shape \(2,\)"),
        (SQUARE, [[0, 1, 2]], None, r"edges got the shape \(1, 3\)"),
        (SQUARE, [[2, 2]], None, "edges got 2-2, but an edge must join two different nodes"),
        (SQUARE, [[0, 1], [2, 3], [1, 0]], None, "edges got 0-1 more than once"),
        (
            SQUARE,
            RING,
            [1, 2],
            r"weights got the shape \(2,\), but must be one finite number for each of the 4",
        ),
        (SQUARE, RING, [1, 2, 3, np.inf], "weights got a value that is not finite"),
        (SQUARE, RING, list("abcd"), "weights got something that is no table"),
    ],
)
def test_illegal_graphs_are_refused_in_one_sentence(editor, positions, edges, weights, words):
    with pytest.raises(Refused, match=words) as caught:
        editor.show_graph(positions, edges, weights)
    assert "\n" not in str(caught.value) and str(caught.value).endswith(".")
    assert editor.edges.tolist() == RING
    assert editor.weights.tolist() == [1, 2, 3, -4] and not editor.can_undo
    with pytest.raises(Refused, match=words):
        GraphEditor(positions, edges, weights)


def test_a_new_graph_is_one_entry_and_calls_nobody(editor, calls):
    editor.show_graph(SQUARE[:3], [[0, 1]])
    assert not calls and editor.can_undo
    editor.undo()
    assert calls == [("graph", RING, [1, 2, 3, -4])]
    assert editor.can_redo and not editor.can_undo


def test_the_same_graph_again_is_no_entry(editor):
    editor.show_graph(SQUARE, RING, [1, 2, 3, -4])
    assert not editor.can_undo and editor._generation == 0


def test_a_disabled_editor_takes_up_nothing_but_selections(editor, hand, calls):
    hand.edit("add", x=0.5, y=0.5)
    editor.disabled = True
    hand.edit("add", x=0.6, y=0.5)
    hand.send("undo")
    assert editor._acknowledged == "a:2"
    assert len(editor.positions) == 5
    hand.ask("select", node=2)
    assert calls[-1] == ("select", 2)


def test_selecting(editor, hand, calls):
    hand.ask("select", node=3)
    assert (editor.selected, editor._acknowledged) == (3, "a:1")
    hand.ask("select", node=9)
    assert (editor.selected, editor._acknowledged) == (3, "a:2")
    hand.ask("select", node=-1)
    assert editor.selected == -1
    assert calls == [("select", 3), ("select", -1)]
    editor.selected = 1
    assert len(calls) == 2
    with pytest.raises(traitlets.TraitError, match="selected got node 4, but must be 0 to 3"):
        editor.selected = 4


@pytest.mark.parametrize(("removed", "selected"), [(0, 1), (2, -1), (3, 2)])
def test_the_selection_stays_with_its_node(editor, hand, removed, selected):
    editor.selected = 2
    hand.edit("remove", node=removed)
    assert editor.selected == selected


def test_a_smaller_graph_takes_the_selection_away(editor):
    editor.selected = 3
    editor.show_graph(SQUARE[:3], [])
    assert editor.selected == -1


def test_walls_travel_as_one_byte_a_node(editor, sent):
    editor.draw([0.0, 0.5, 1.0, 0.2])
    assert [list(frame) for frame in sent] == [[0, 128, 255, 51]]


@given(st.floats(0, 1))
def test_rounding_decides_no_node(wall):
    editor = GraphEditor()
    frames = []
    editor.send = lambda content, buffers: frames.append(buffers[0])
    editor.draw([wall, 0.5])
    byte = frames[0][0]
    assert (byte >= 243) == (wall > 0.95)
    assert (byte <= 12) == (wall < 0.05)
    assert abs(byte / 255 - wall) < 1 / 255


def test_equal_walls_are_sent_once(editor, sent):
    editor.draw([0, 0.5, 1, 0.2])
    editor.draw(np.array([0, 0.5, 1, 0.2]))
    assert len(sent) == 1
    editor.draw(None)
    editor.draw(None)
    assert sent[1:] == [b""]


def test_a_page_that_comes_later_gets_the_walls(editor, hand, sent):
    editor.draw([0, 0.5, 1, 0.2])
    hand.send("ready")
    assert sent[0] == sent[1]


@pytest.mark.parametrize("walls", [[0, 1, 1], 0.5, [[0, 1, 1, 0]], [0, 1, np.nan, 0]])
def test_walls_must_be_one_for_each_node(editor, sent, walls):
    with pytest.raises(Refused, match="must be one finite x/L for each of the 4 nodes"):
        editor.draw(walls)
    assert not sent


def test_other_nodes_have_no_walls_until_they_are_drawn(editor, hand, sent):
    """Not even after an undo: the walls of before belong to a run that is over."""
    editor.draw([0, 0.5, 1, 0.2])
    hand.edit("connect", node=0, other=2, on=True)
    assert len(sent) == 1
    hand.edit("add", x=0.5, y=0.5)
    hand.send("undo")
    hand.send("ready")
    assert sent[1:] == [b"", b""]
    editor.draw([0, 0.5, 1, 0.2])
    editor.show_graph(SQUARE, RING[:2])
    assert sent[-1] == b""


def test_modes_are_four(editor):
    assert editor.mode == "move"
    with pytest.raises(traitlets.TraitError):
        editor.mode = "paint"


def test_the_state_that_travels_is_plain(editor):
    state = editor.get_state()
    for name in ("_positions", "_edges", "_weights"):
        assert isinstance(state.pop(name), bytes)
    json.dumps(
        {name: value for name, value in state.items() if name not in ("layout", "tooltip", "_esm", "_css")}
    )
