"""The waveform editor without a browser."""

import numpy as np
import pytest
import traitlets
from hypothesis import given
from hypothesis import strategies as st

from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.widgets.editors.waveform_editor import WaveformEditor

K = 8
RAMP = np.arange(K) / 8
NOT_MESSAGES = [None, "draw", 3, [], {}, {"type": None}, {"type": "dance"}, {"type": ["draw"]}]


class Hand:
    """Sends what js/waveform_editor sends."""

    def __init__(self, editor, client="a"):
        self.editor, self.client, self.sequence = editor, client, 0

    def say(self, content, buffers=()):
        # Not by _handle_custom_msg, which logs what a callback raises.
        self.editor._receive(self.editor, content, list(buffers))

    def draw(self, columns, values):
        self.sequence += 1
        content = {"type": "draw", "client": self.client, "sequence": self.sequence, "columns": columns}
        self.say(content, [memoryview(np.asarray(values, dtype="<f4").tobytes())])


@pytest.fixture
def editor():
    return WaveformEditor(RAMP)


@pytest.fixture
def hand(editor):
    return Hand(editor)


@pytest.fixture
def heard(editor):
    calls = []
    editor.on_draw(lambda samples: calls.append(samples.tolist()))
    return calls


def assert_unchanged(editor):
    assert editor.samples.tolist() == RAMP.tolist()
    assert editor._samples == RAMP.astype("<f4").tobytes()
    assert not editor.can_undo and not editor.can_redo


def test_waveform_starts_flat_or_as_told():
    assert WaveformEditor().samples.tolist() == [0.0] * 64
    assert_unchanged(WaveformEditor(list(RAMP)))


@pytest.mark.parametrize("size", [7, 513])
def test_waveform_size_is_bounded(size):
    with pytest.raises(Refused, match=f"samples got {size} numbers, but must be 8 to 512 from -1 to 1"):
        WaveformEditor(np.zeros(size))


BAD_CURVES = [
    (RAMP[:-1], r"samples got the shape \(7,\), but must be 8 numbers from -1 to 1"),
    (RAMP[None], r"samples got the shape \(1, 8\)"),
    (0.5, r"samples got the shape \(\)"),
    ([*RAMP[:-1], np.nan], "samples got the value nan"),
    ([*RAMP[:-1], -1.01], "samples got the value -1.01"),
    ([*RAMP[:-1], np.inf], "samples got the value inf"),
    (["a"] * K, "samples cannot be read as an array of numbers"),
    ([[0, 1], [0]], "samples cannot be read as an array of numbers"),
    (None, "samples got the"),
]


@pytest.mark.parametrize(("values", "sentence"), BAD_CURVES)
def test_waveform_refuses_in_one_sentence_and_keeps_its_curve(editor, heard, values, sentence):
    with pytest.raises(Refused, match=sentence) as caught:
        editor.show(values)
    assert str(caught.value).endswith(".") and "\n" not in str(caught.value)
    with pytest.raises(Refused, match=sentence):
        editor.samples = values
    assert_unchanged(editor)
    assert heard == []


def test_ends_of_the_range_are_legal_and_rounding_past_them_is_no_error(editor):
    editor.show([-1, 1, 1 + 1e-9, -1 - 1e-9, 0, 0, 0, 0])
    assert editor.samples[:4].tolist() == [-1, 1, 1, -1]


def test_samples_are_a_copy_and_as_exact_as_the_page_has_them(editor):
    editor.samples[:] = 0
    assert_unchanged(editor)
    editor.show(np.full(K, 0.1))
    assert editor.samples.tolist() == [float(np.float32(0.1))] * K
    assert np.frombuffer(editor._samples, "<f4").tolist() == editor.samples.tolist()


def test_a_stroke_changes_its_columns_is_one_entry_and_one_call(editor, hand, heard):
    hand.draw([2, 3, 7], [-1, 0.5, 1])
    wanted = [0, 0.125, -1, 0.5, 0.5, 0.625, 0.75, 1]
    assert editor.samples.tolist() == wanted and heard == [wanted]
    assert np.frombuffer(editor._samples, "<f4").tolist() == wanted
    assert editor._acknowledged == "a:1"
    hand.say({"type": "undo"})
    assert editor.samples.tolist() == RAMP.tolist() and heard[1:] == [RAMP.tolist()]
    hand.say({"type": "redo"})
    assert editor.samples.tolist() == wanted and len(heard) == 3
    hand.say({"type": "redo"})
    assert len(heard) == 3


def test_a_stroke_over_a_newer_curve_changes_only_what_it_passed(editor, hand):
    editor.show(-RAMP)
    hand.draw([4], [1])
    assert editor.samples.tolist() == [*-RAMP[:4], 1, *-RAMP[5:]]
    editor.undo()
    assert editor.samples.tolist() == (-RAMP).tolist()


def test_answer_and_curve_leave_in_one_message_before_the_callback(editor, hand, monkeypatch):
    states = []
    monkeypatch.setattr(editor, "send_state", lambda key=None: states.append(set(key)))
    editor.on_draw(lambda _samples: states.append("callback"))
    hand.draw([0], [1])
    assert states[1:] == ["callback"]
    assert {"_samples", "_acknowledged", "can_undo"} <= states[0]


def test_a_failing_callback_keeps_the_stroke(editor, hand):
    def fail(_samples):
        raise RuntimeError("full")

    editor.on_draw(fail)
    with pytest.raises(RuntimeError, match="full"):
        hand.draw([0], [1])
    assert editor.samples[0] == 1 and editor._acknowledged == "a:1"


@pytest.mark.parametrize("content", NOT_MESSAGES)
def test_waveform_overhears_what_is_no_message(editor, hand, heard, content):
    hand.say(content, [b""])
    assert_unchanged(editor)
    assert heard == [] and editor._acknowledged == ""


@pytest.mark.parametrize(
    ("columns", "data"),
    [
        (None, b""),
        ("0", b"\0" * 4),
        ([0], b""),
        ([0], b"\0" * 3),
        ([0], b"\0" * 8),
        ([8], b"\0" * 4),
        ([-1], b"\0" * 4),
        ([1.0], b"\0" * 4),
        ([True], b"\0" * 4),
        ([[1]], b"\0" * 4),
        ([1], np.float32(np.nan).tobytes()),
        ([1], np.float32(np.inf).tobytes()),
        ([1, 2], np.array([0, 1.001], "<f4").tobytes()),
    ],
)
def test_malformed_strokes_change_nothing_but_are_answered(editor, hand, heard, columns, data):
    """Unanswered, the page would show them for ever."""
    hand.say({"type": "draw", "client": "a", "sequence": 1, "columns": columns}, [data])
    assert_unchanged(editor)
    assert heard == [] and editor._acknowledged == "a:1"


@pytest.mark.parametrize(
    "who", [{}, {"client": "a"}, {"client": 1, "sequence": 1}, {"client": "a", "sequence": "1"}]
)
@pytest.mark.parametrize("buffers", [[], [b"\0" * 4]])
def test_strokes_without_sender_are_dropped(editor, hand, heard, who, buffers):
    hand.say({"type": "draw", "columns": [1], **who}, buffers)
    assert_unchanged(editor)
    assert heard == [] and editor._acknowledged == ""


@pytest.mark.parametrize(
    "state",
    [
        {"_samples": b""},
        {"_samples": b"abc"},
        {"_samples": np.full(K, np.nan, "<f4").tobytes()},
        {"_samples": np.ones(K, "<f4").tobytes()},
        {"_reference": b"abc"},
        {"_reference": np.full(K, np.nan, "<f4").tobytes()},
        {"_reference": np.ones(K + 1, "<f4").tobytes()},
    ],
)
def test_a_page_cannot_set_the_curves(editor, state):
    with pytest.raises(traitlets.TraitError, match="cannot be set"):
        editor.set_state(state)
    assert_unchanged(editor)
    assert editor._reference == b""


def test_programmatic_changes_are_entries_and_only_show_calls_nobody(editor, heard):
    curves = [RAMP.tolist()]
    for change in (lambda: editor.show(RAMP[::-1]), editor.smooth, editor.clear):
        change()
        curves.append(editor.samples.tolist())
    assert heard == curves[2:]
    editor.clear()
    editor.show(np.zeros(K))
    assert len(heard) == 2
    for curve in curves[-2::-1]:
        editor.undo()
        assert editor.samples.tolist() == curve
    assert not editor.can_undo and editor.can_redo
    editor.undo()
    assert editor.samples.tolist() == curves[0]
    for curve in curves[1:]:
        editor.redo()
        assert editor.samples.tolist() == curve
    editor.undo()
    editor.show(RAMP / 2)
    assert not editor.can_redo


def test_smoothing_goes_round_the_period(editor):
    editor.show([1, 0, 0, 0, 0, 0, 0, 0])
    editor.smooth()
    np.testing.assert_allclose(editor.samples * 16, [6, 4, 1, 0, 0, 0, 1, 4], atol=1e-6)


@given(st.lists(st.floats(-1, 1, width=32), min_size=8, max_size=40))
def test_smoothing_keeps_the_mean_never_widens_and_never_roughens(values):
    editor = WaveformEditor(values)
    before = editor.samples
    editor.smooth()
    after = editor.samples
    assert after.mean() == pytest.approx(before.mean(), abs=1e-6)
    assert np.ptp(after) <= np.ptp(before) + 1e-6
    roughness = [np.abs(curve - np.roll(curve, 1)).sum() for curve in (after, before)]
    assert roughness[0] <= roughness[1] + 1e-5


def test_history_of_a_waveform_is_bounded(editor, hand):
    for k in range(250):
        hand.draw([0], [(k + 1) / 250])
    steps = 0
    while editor.can_undo:
        editor.undo()
        steps += 1
    assert steps == 200
    assert editor.samples[0] == pytest.approx(50 / 250)


def test_disabled_takes_no_edits_from_the_page(editor, hand, heard):
    editor.disabled = True
    hand.draw([0], [1])
    for kind in ("undo", "redo", "clear", "smooth"):
        hand.say({"type": kind})
    assert_unchanged(editor)
    assert heard == [] and editor._acknowledged == "a:1"
    editor.clear()
    assert editor.can_undo, "the program may"


def test_reference_travels_apart_and_leaves_the_curve_alone(editor, heard):
    editor.show_reference(2 * RAMP)
    assert np.frombuffer(editor._reference, "<f4").tolist() == (2 * RAMP).tolist()
    assert_unchanged(editor)
    for bad, sentence in (
        (RAMP[:3], r"the shape \(3,\), but must be 8 finite"),
        ([np.nan] * K, "nan or infinity"),
        ("x", "read"),
    ):
        with pytest.raises(Refused, match=sentence):
            editor.show_reference(bad)
        assert np.frombuffer(editor._reference, "<f4").tolist() == (2 * RAMP).tolist()
    editor.show_reference(None)
    assert editor._reference == b"" and heard == []
