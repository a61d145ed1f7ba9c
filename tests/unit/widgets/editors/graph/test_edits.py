"""Edits of a graph by a person: rules, strokes, undo, and pages that know an older graph."""

import numpy as np
import pytest
from graph_hand import RING, SQUARE, FrontEnd, assert_shown
from hypothesis import given
from hypothesis import strategies as st

from dwmtj_widgets.widgets.editors.graph_editor import GraphEditor


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
        {"op": "add", "x": "0.5", "y": 0},
        {"op": "add", "x": 10**400, "y": 0},
        {"op": "add", "y": 0},
        {"op": ["add"], "x": 0.5, "y": 0},
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


def test_history_of_a_graph_is_bounded():
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
