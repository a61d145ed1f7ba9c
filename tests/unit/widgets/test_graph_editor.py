"""The graph editor without a browser: its rules, its history, and the front end's messages."""

import json

import numpy as np
import pytest
import traitlets
from hypothesis import given
from hypothesis import strategies as st

from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.widgets.editors.graph_editor import GraphEditor

SQUARE = [[0.1, 0.1], [0.9, 0.1], [0.9, 0.9], [0.1, 0.9]]
RING = [[0, 1], [1, 2], [2, 3], [0, 3]]


class FrontEnd:
    """Sends what js/graph_editor sends."""

    def __init__(self, editor, client="a"):
        self.editor, self.client, self.sequence = editor, client, 0

    def send(self, kind, **content):
        self.editor._handle_custom_msg({"type": kind, **content}, [])

    def ask(self, kind, **content):
        self.sequence += 1
        self.send(kind, client=self.client, sequence=self.sequence, **content)

    def edit(self, op, generation=None, **content):
        generation = self.editor._generation if generation is None else generation
        self.ask("edit", op=op, generation=generation, **content)


@pytest.fixture
def editor():
    return GraphEditor(SQUARE, RING, [1, 2, 3, -4])


@pytest.fixture
def hand(editor):
    return FrontEnd(editor)


@pytest.fixture
def calls(editor):
    """The callbacks that were called, in order."""
    seen = []
    editor.on_graph(
        lambda positions, edges, weights: seen.append(("graph", edges.tolist(), weights.tolist()))
    )
    editor.on_move(lambda positions: seen.append(("move", positions.tolist())))
    editor.on_select(lambda node: seen.append(("select", node)))
    return seen


@pytest.fixture
def sent(editor, monkeypatch):
    """The walls that were sent, one buffer a frame."""
    frames = []
    monkeypatch.setattr(editor, "send", lambda content, buffers=None: frames.append(buffers[0]))
    return frames


def as_the_browser_reads(editor):
    """What js/graph_editor/model.js makes of the traits: nodes, and edges with their weights."""
    places = np.frombuffer(editor._positions, np.float32).reshape(-1, 2)
    ends = np.frombuffer(editor._edges, np.uint8).reshape(-1, 2)
    weights = np.frombuffer(editor._weights, np.float32)
    return places, ends, weights


def assert_shown(editor):
    places, ends, weights = as_the_browser_reads(editor)
    np.testing.assert_allclose(places, editor.positions, atol=1e-7)
    np.testing.assert_array_equal(ends, editor.edges)
    np.testing.assert_allclose(weights, editor.weights, rtol=1e-7)


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


def test_a_person_adds_a_node(editor, hand, calls):
    hand.edit("add", x=0.5, y=0.5)
    assert editor.positions[-1].tolist() == [0.5, 0.5]
    assert calls == [("graph", RING, [1, 2, 3, -4])]
    assert_shown(editor)


def test_a_node_drawn_out_of_another_is_joined_to_it(editor, hand, calls):
    editor.new_weight = 2.5
    hand.edit("add", x=1.2, y=-0.1, **{"from": 2})
    assert editor.positions[-1].tolist() == [1, 0]
    assert calls == [("graph", [*RING, [2, 4]], [1, 2, 3, -4, 2.5])]


def test_a_person_deletes_a_node_and_the_numbers_close_up(editor, hand, calls):
    hand.edit("remove", node=1)
    assert editor.positions.tolist() == [SQUARE[0], SQUARE[2], SQUARE[3]]
    assert calls == [("graph", [[1, 2], [0, 2]], [3, -4])]
    assert_shown(editor)


def test_a_person_connects_and_parts(editor, hand, calls):
    hand.edit("connect", node=3, other=1, on=True)
    assert calls[-1] == ("graph", [*RING, [1, 3]], [1, 2, 3, -4, 1])
    hand.edit("connect", node=2, other=1, on=False)
    assert calls[-1] == ("graph", [[0, 1], [2, 3], [0, 3], [1, 3]], [1, 3, -4, 1])
    assert_shown(editor)


def test_a_person_weighs_an_edge(editor, hand, calls):
    hand.edit("weigh", node=3, other=2, value=-0.5)
    assert calls == [("graph", RING, [1, 2, -0.5, -4])]
    assert_shown(editor)
    editor.undo()
    assert editor.weights.tolist() == [1, 2, 3, -4]


@pytest.mark.parametrize(
    "edit",
    [
        {"op": "weigh", "node": 0, "other": 2, "value": 5},
        {"op": "weigh", "node": 0, "other": 1, "value": 1},
        {"op": "weigh", "node": 0, "other": 1, "value": 0},
        {"op": "weigh", "node": 0, "other": 1, "value": float("inf")},
        {"op": "weigh", "node": 0, "other": 1, "value": "heavy"},
        {"op": "weigh", "node": 0, "other": 1},
        {"op": "connect", "node": 0, "other": 1, "on": True},
        {"op": "connect", "node": 0, "other": 2, "on": False},
        {"op": "connect", "node": 2, "other": 2, "on": True},
        {"op": "connect", "node": 0, "other": 4, "on": True},
        {"op": "connect", "node": 0},
        {"op": "add", "x": None, "y": 0},
        {"op": "add", "x": float("nan"), "y": 0},
        {"op": "add", "x": 0.5, "y": 0.5, "from": 9},
        {"op": "remove", "node": 4},
        {"op": "remove", "node": -1},
        {"op": "remove", "node": "1"},
        {"op": "move", "node": 0, "x": 0.1, "y": 0.1, "stroke": 1},
        {"op": "paint"},
    ],
)
def test_edits_that_break_a_rule_or_change_nothing_are_answered_and_dropped(editor, hand, calls, edit):
    hand.edit(**edit)
    assert editor._acknowledged == "a:1"
    assert not calls and not editor.can_undo
    assert editor.edges.tolist() == RING


def test_the_browser_cannot_go_below_two_nodes_or_above_two_hundred(calls):
    editor = GraphEditor()
    hand = FrontEnd(editor)
    hand.edit("remove", node=0)
    assert len(editor.positions) == 2
    for k in range(250):
        hand.edit("add", x=k / 250, y=0.5)
    assert len(editor.positions) == 200
    assert editor._acknowledged == "a:251"


@pytest.mark.parametrize("content", [None, "edit", 3, {}, {"type": "edit"}, {"type": "dance"}])
def test_other_messages_are_ignored(editor, calls, content):
    editor._handle_custom_msg(content, [])
    assert not calls and not editor.can_undo


def test_moving_changes_no_graph(editor, hand, calls):
    hand.edit("move", node=0, x=0.3, y=0.4, stroke=1)
    assert calls == [("move", [[0.3, 0.4], *SQUARE[1:]])]
    assert_shown(editor)


def test_the_moves_of_one_stroke_are_one_entry(editor, hand, calls):
    for x in (0.2, 0.3, 0.4):
        hand.edit("move", node=0, x=x, y=0.1, stroke=7)
    hand.edit("move", node=0, x=0.5, y=0.1, stroke=8)
    editor.undo()
    assert editor.positions[0].tolist() == [0.4, 0.1]
    editor.undo()
    assert editor.positions.tolist() == SQUARE and not editor.can_undo
    assert [kind for kind, *_ in calls] == ["move"] * 6


def test_undo_ends_a_stroke(editor, hand):
    hand.edit("move", node=0, x=0.2, y=0.1, stroke=1)
    editor.undo()
    hand.edit("move", node=0, x=0.3, y=0.1, stroke=1)
    assert editor.can_undo and not editor.can_redo


def test_undo_and_redo_of_the_browser(editor, hand, calls):
    hand.edit("remove", node=1)
    hand.send("undo")
    assert calls[-1] == ("graph", RING, [1, 2, 3, -4])
    hand.send("redo")
    assert calls[-1] == ("graph", [[1, 2], [0, 2]], [3, -4])
    hand.send("redo")
    assert len(calls) == 3


def test_history_is_bounded():
    editor = GraphEditor()
    hand = FrontEnd(editor)
    for k in range(1, 251):
        hand.edit("move", node=0, x=k / 250, y=0.5, stroke=k)
    steps = 0
    while editor.can_undo:
        editor.undo()
        steps += 1
    assert steps == 200
    assert editor.positions[0, 0] == 50 / 250


def test_a_new_edit_forgets_what_was_undone(editor, hand):
    hand.edit("remove", node=1)
    editor.undo()
    hand.edit("add", x=0.5, y=0.5)
    assert not editor.can_redo


def test_an_edit_of_an_older_numbering_is_answered_and_dropped(editor, hand, calls):
    before = editor._generation
    editor.show_graph(SQUARE[:3], [[0, 1]])
    hand.edit("remove", node=1, generation=before)
    assert editor._acknowledged == "a:1"
    assert len(editor.positions) == 3 and not calls
    editor.undo()
    hand.edit("remove", node=1, generation=before + 1)
    assert len(editor.positions) == 4


def test_a_second_page_makes_void_what_the_first_has_under_way(editor, hand):
    other = FrontEnd(editor, "b")
    hand.edit("add", x=0.5, y=0.5)
    hand.edit("add", x=0.6, y=0.5)
    known = editor._generation
    other.edit("remove", node=0)
    hand.edit("remove", node=4, generation=known)
    assert len(editor.positions) == 5


def test_the_answer_goes_out_with_the_graph_before_the_callback(editor, hand):
    """Else a page would show the old graph without the edit for as long as the callback takes."""
    states = []
    editor.send_state = lambda key=None: states.append(set(key) if key else set())
    editor.on_graph(lambda *graph: states.append("callback"))
    hand.edit("add", x=0.5, y=0.5)
    answer = next(state for state in states if "_acknowledged" in state)
    assert "_positions" in answer
    assert states.index(answer) < states.index("callback")


def test_a_failing_callback_keeps_the_edit(editor, hand):
    def fail(*_graph):
        raise RuntimeError("full")

    editor.on_graph(fail)
    with pytest.raises(RuntimeError, match="full"):
        editor._receive(
            editor,
            {"type": "edit", "op": "add", "x": 0.5, "y": 0.5, "generation": 0, "client": "a", "sequence": 1},
            [],
        )
    assert len(editor.positions) == 5 and editor._acknowledged == "a:1"
    assert_shown(editor)


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


@given(
    st.lists(
        st.one_of(
            st.fixed_dictionaries({"op": st.just("add"), "x": st.floats(0, 1), "y": st.floats(0, 1)}),
            st.fixed_dictionaries({"op": st.just("remove"), "node": st.integers(0, 6)}),
            st.fixed_dictionaries(
                {
                    "op": st.just("connect"),
                    "node": st.integers(0, 6),
                    "other": st.integers(0, 6),
                    "on": st.booleans(),
                }
            ),
            st.fixed_dictionaries(
                {"op": st.just("move"), "node": st.integers(0, 6), "x": st.floats(0, 1), "y": st.just(0)}
            ),
        ),
        max_size=30,
    )
)
def test_any_edits_keep_the_rules_and_can_all_be_undone(edits):
    editor = GraphEditor(SQUARE, RING)
    hand = FrontEnd(editor)
    for stroke, edit in enumerate(edits):
        hand.edit(**edit, stroke=stroke)
        GraphEditor(editor.positions, editor.edges, editor.weights)  # which checks them
        assert_shown(editor)
    last = editor.positions, editor.edges
    while editor.can_undo:
        editor.undo()
    assert editor.positions.tolist() == SQUARE and editor.edges.tolist() == RING
    while editor.can_redo:
        editor.redo()
    np.testing.assert_array_equal(editor.positions, last[0])
    np.testing.assert_array_equal(editor.edges, last[1])


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
