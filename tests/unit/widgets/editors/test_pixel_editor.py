"""The pixel editor without a browser: its contracts, its history, and the front end's messages."""

import numpy as np
import pytest
import traitlets

from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.widgets.editors.pixel_editor import PixelEditor


class FrontEnd:
    """Sends what js/pixel_editor sends."""

    def __init__(self, editor, client="a"):
        self.editor, self.client, self.sequence = editor, client, 0

    def send(self, **content):
        self.editor._handle_custom_msg(content, [])

    def paint(self, stroke, cells, value=1):
        self.sequence += 1
        self.send(
            type="paint",
            client=self.client,
            sequence=self.sequence,
            stroke=stroke,
            value=value,
            cells=list(cells),
        )


@pytest.fixture
def editor():
    return PixelEditor()


def on_cells(editor):
    return set(np.flatnonzero(editor.pattern))


def test_starts_blank_with_no_history(editor):
    assert editor.bits == "0" * 100
    assert editor.pattern.dtype == np.uint8
    assert not editor.can_undo and not editor.can_redo


def test_first_pattern_is_no_history_entry():
    editor = PixelEditor(rows=2, columns=3, pattern=[[0, 1, 0], [1, 0, 1]])
    assert editor.bits == "010101"
    assert not editor.can_undo


def test_compact_has_small_cells_unless_told():
    assert PixelEditor(compact=True).cell_size == 8
    assert PixelEditor(compact=True, cell_size=5).cell_size == 5


@pytest.mark.parametrize(
    "values",
    [
        [0, 1, 1, 0],
        (0.0, 1.0, 1.0, 0.0),
        [False, True, True, False],
        np.array([[0, 1], [1, 0]], dtype=np.int8),
    ],
)
def test_legal_patterns(values):
    editor = PixelEditor(rows=2, columns=2)
    editor.pattern = values
    assert editor.bits == "0110"
    np.testing.assert_array_equal(editor.pattern, [0, 1, 1, 0])


@pytest.mark.parametrize(
    ("values", "arrived"),
    [
        ([0, 1, 1], r"shape \(3,\)"),
        ([[0, 1, 1, 0]], r"shape \(1, 4\)"),
        ([], r"shape \(0,\)"),
        (1, r"shape \(\)"),
        (None, r"shape \(\)"),
        ("0110", r"shape \(\)"),
        ([[0, 1], [1]], "different lengths"),
        (list("0110"), "type <U1"),
        ([0, 1, 2, 0], "value 2"),
        ([0, 1, 0.5, 0], "value 0.5"),
        ([0, 1, float("nan"), 0], "value nan"),
        ([-1, 1, 1, -1], r"value -1.*\(s \+ 1\) // 2"),
    ],
)
def test_illegal_pattern_names_what_arrived_and_what_is_legal(values, arrived):
    editor = PixelEditor(rows=2, columns=2, pattern=[0, 1, 1, 0])
    with pytest.raises(Refused, match=arrived) as caught:
        editor.pattern = values
    message = str(caught.value)
    assert "must be 4 values 0 or 1 (2 rows x 2 columns" in message
    assert "\n" not in message and message.endswith(".")
    assert editor.bits == "0110" and not editor.can_undo
    with pytest.raises(Refused, match=arrived):
        PixelEditor(rows=2, columns=2, pattern=values if values is not None else 1j)


@pytest.mark.parametrize(("bits", "arrived"), [("011", "3 characters"), ("01x0", "character 'x'")])
def test_illegal_bits_are_refused(bits, arrived):
    editor = PixelEditor(rows=2, columns=2)
    with pytest.raises(traitlets.TraitError, match=arrived):
        editor.bits = bits
    assert editor.bits == "0000"


def test_selected_must_be_a_cell(editor):
    editor.selected = 99
    with pytest.raises(traitlets.TraitError, match="selected got cell 100, but must be 0 to 99"):
        editor.selected = 100
    assert editor.selected == 99


@pytest.mark.parametrize("size", [0, -1, 65])
def test_size_is_bounded(size):
    with pytest.raises(traitlets.TraitError):
        PixelEditor(rows=size)


def test_pattern_is_a_copy(editor):
    editor.pattern[:] = 1
    assert editor.bits == "0" * 100


def test_programmatic_changes_are_one_entry_each(editor):
    states = [editor.bits]
    for change in (lambda: editor.fill(np.eye(10)), editor.invert, editor.clear):
        change()
        states.append(editor.bits)
    assert len(set(states[:3])) == 3 and states[3] == states[0]
    for expected in reversed(states[:-1]):
        assert editor.can_undo
        editor.undo()
        assert editor.bits == expected
    assert not editor.can_undo and editor.can_redo
    for expected in states[1:]:
        editor.redo()
        assert editor.bits == expected
    assert editor.can_undo and not editor.can_redo


def test_a_change_that_changes_nothing_is_no_entry(editor):
    editor.clear()
    FrontEnd(editor).paint(1, [3, 4], value=0)
    assert not editor.can_undo


def test_undo_and_redo_at_the_ends_do_nothing(editor):
    editor.undo()
    editor.redo()
    assert editor.bits == "0" * 100


def test_a_new_change_forgets_what_was_undone(editor):
    editor.invert()
    editor.undo()
    editor.fill(np.eye(10))
    assert not editor.can_redo
    editor.redo()
    assert on_cells(editor) == set(range(0, 100, 11))


def test_history_of_a_picture_is_bounded(editor):
    front = FrontEnd(editor)
    for stroke in range(250):
        front.paint(stroke, [stroke % 100], value=1 - stroke // 100 % 2)
    undone = 0
    while editor.can_undo:
        editor.undo()
        undone += 1
    assert undone == 200
    assert on_cells(editor) == set(range(50))


def test_one_stroke_in_many_messages_is_one_entry(editor):
    front = FrontEnd(editor)
    front.paint(1, [0, 1])
    front.paint(1, [2])
    front.paint(1, [3, 4])
    front.paint(2, [4, 5], value=0)
    assert on_cells(editor) == {0, 1, 2, 3}
    editor.undo()
    assert on_cells(editor) == {0, 1, 2, 3, 4}
    editor.undo()
    assert on_cells(editor) == set()
    assert not editor.can_undo


def test_strokes_of_two_views_do_not_merge(editor):
    FrontEnd(editor, "a").paint(1, [0])
    FrontEnd(editor, "b").paint(1, [1])
    editor.undo()
    assert on_cells(editor) == {0}


def test_a_change_by_the_program_in_a_stroke_stays_an_entry(editor):
    front = FrontEnd(editor)
    front.paint(1, [0, 1])
    editor.fill(np.ones(100))
    front.paint(1, [2, 3], value=0)
    assert on_cells(editor) == set(range(100)) - {2, 3}
    editor.undo()
    assert on_cells(editor) == set(range(100))
    editor.undo()
    assert on_cells(editor) == {0, 1}


def test_undo_in_a_stroke_is_not_merged_away(editor):
    front = FrontEnd(editor)
    front.paint(1, [0])
    editor.undo()
    front.paint(1, [1])
    assert on_cells(editor) == {1}
    editor.undo()
    assert on_cells(editor) == set()


def test_undo_and_redo_from_the_keyboard(editor):
    front = FrontEnd(editor)
    front.paint(1, [7])
    front.send(type="undo")
    assert on_cells(editor) == set()
    front.send(type="redo")
    assert on_cells(editor) == {7}


def test_every_painting_message_is_acknowledged(editor):
    front = FrontEnd(editor)
    front.paint(1, [0])
    assert editor._acknowledged == "a:1"
    editor.disabled = True
    front.paint(2, [1])
    assert editor._acknowledged == "a:2"
    editor.disabled = False
    editor.on_change(lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        editor._receive(editor, {"type": "paint", "client": "a", "sequence": 3, "value": 1, "cells": [5]}, [])
    assert editor._acknowledged == "a:3"
    assert on_cells(editor) == {0, 5}


def test_acknowledgement_and_bits_leave_in_one_message(editor, monkeypatch):
    sent = []
    monkeypatch.setattr(editor, "send_state", lambda key=None: sent.append(set(key)))
    FrontEnd(editor).paint(1, [0])
    assert len(sent) == 1
    assert {"bits", "_acknowledged", "can_undo"} <= sent[0]


def test_disabled_takes_no_edits_from_the_front_end(editor):
    editor.invert()
    editor.disabled = True
    front = FrontEnd(editor)
    front.paint(1, [0], value=0)
    front.send(type="undo")
    assert editor.bits == "1" * 100
    front.send(type="select", cell=3)
    assert editor.selected == 3


@pytest.mark.parametrize(
    "content",
    [
        None,
        "paint",
        {},
        {"type": "unknown"},
        {"type": "paint"},
        {"type": "paint", "value": 2, "cells": [0]},
        {"type": "paint", "value": [1], "cells": [0]},
        {"type": "paint", "value": 1, "cells": "0"},
        {"type": "paint", "value": 1, "cells": [-1, 100, 0.0, None, "0"]},
        {"type": "select"},
        {"type": "select", "cell": 100},
        {"type": "select", "cell": "0"},
    ],
)
def test_malformed_messages_change_nothing(editor, content):
    editor._receive(editor, content, [])
    assert editor.bits == "0" * 100
    assert editor.selected == -1
    assert not editor.can_undo


def test_change_callbacks(editor):
    seen = []

    def record(who):
        seen.append((who is editor, int(who.pattern.sum()), who.can_undo, who.can_redo))

    editor.on_change(record)
    editor.on_change(record)  # registered once all the same
    FrontEnd(editor).paint(1, [0, 1])
    editor.invert()
    editor.clear()
    editor.clear()
    editor.undo()
    assert seen == [
        (True, 2, True, False),
        (True, 98, True, False),
        (True, 0, True, False),
        (True, 98, True, True),
    ]
    editor.on_change(record, remove=True)
    editor.clear()
    assert len(seen) == 4


def test_what_a_callback_changes_is_an_entry_of_its_own(editor):
    def keep_corner(who):
        values = who.pattern
        values[0] = 1
        who.fill(values)

    editor.on_change(keep_corner)
    front = FrontEnd(editor)
    front.paint(1, [5])
    front.paint(1, [6])
    assert on_cells(editor) == {0, 5, 6}
    editor.on_change(keep_corner, remove=True)
    editor.undo()
    assert on_cells(editor) == {0, 5}
    editor.undo()
    assert on_cells(editor) == {5}
    editor.undo()
    assert on_cells(editor) == set()


def test_select_callbacks_hear_people_not_programs(editor):
    seen = []
    editor.on_select(seen.append)
    editor.selected = 5
    assert seen == []
    FrontEnd(editor).send(type="select", cell=7)
    FrontEnd(editor).send(type="select", cell=-1)
    assert seen == [7, -1]
    assert editor.selected == -1


def test_hover_is_reported_only_when_asked_for(editor):
    seen = []
    assert not editor._reports_hover
    editor.on_hover(seen.append)
    assert editor._reports_hover
    for cell in (4, 4, 5, 100):
        editor.set_state({"hovered": cell})
    assert seen == [4, 5, -1]
    editor.on_hover(seen.append, remove=True)
    assert not editor._reports_hover


def test_history_flags_cannot_be_set_from_outside(editor):
    with pytest.raises(traitlets.TraitError):
        editor.can_undo = True


def test_resizing_keeps_the_shared_part_and_forgets_history():
    editor = PixelEditor(rows=2, columns=3, pattern=[1, 0, 1, 0, 1, 1])
    editor.invert()
    editor.invert()
    editor.selected = 5
    seen = []
    editor.on_change(lambda who: seen.append(who.bits))
    editor.columns = 2
    assert editor.bits == "1001" and editor.selected == -1
    assert not editor.can_undo and not editor.can_redo
    editor.rows = 3
    assert editor.bits == "100100"
    assert seen == ["1001", "100100"]
    FrontEnd(editor).paint(1, [5, 8])  # cell 8 is none any more
    assert editor.bits == "100101"


def test_large_state_is_not_echoed(editor):
    assert all(
        editor.trait_metadata(name, "echo_update") is False for name in ("bits", "hovered", "selected")
    )
