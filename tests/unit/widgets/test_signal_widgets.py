"""The views of the Signal Lab without a browser: what they say to it, what they take from it, what they refuse."""

import numpy as np
import pytest
import traitlets
from hypothesis import given
from hypothesis import strategies as st

from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.widgets import palette
from dwmtj_widgets.widgets.editors.waveform_editor import WaveformEditor
from dwmtj_widgets.widgets.plots import _diverging
from dwmtj_widgets.widgets.plots.raster import Raster
from dwmtj_widgets.widgets.views.sphere_field import SphereField

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


@pytest.fixture
def sent(monkeypatch):
    """Record the custom messages of the views, as (content, buffers)."""
    messages = []

    def send(_self, content, buffers=None):
        messages.append((content, [bytes(b) for b in buffers or ()]))

    for kind in (SphereField, Raster):
        monkeypatch.setattr(kind, "send", send)
    return messages


def assert_unchanged(editor):
    assert editor.samples.tolist() == RAMP.tolist()
    assert editor._samples == RAMP.astype("<f4").tobytes()
    assert not editor.can_undo and not editor.can_redo


# -- waveform ----------------------------------------------------------------------------------------------------


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


def test_history_is_bounded(editor, hand):
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


# -- spheres -----------------------------------------------------------------------------------------------------


AXES = np.array([[1, 0, 0], [0, -1, 0], [0, 0.6, 0.8]])


def test_field_sends_three_signed_bytes_a_vector_and_only_what_is_new(sent):
    field = SphereField()
    field.draw(AXES)
    field.draw(AXES.copy(), np.zeros(3, bool))
    field.draw(AXES + 1e-6)
    assert len(sent) == 1
    content, (data,) = sent[0]
    assert content == {"type": "vectors", "cut": []}
    assert np.frombuffer(data, np.int8).tolist() == [127, 0, 0, 0, -127, 0, 0, 76, 102]
    field.draw(AXES, [False, True, False])
    assert sent[1] == ({"type": "vectors", "cut": [1]}, [data])
    field.draw(AXES[:2])
    assert sent[2] == ({"type": "vectors", "cut": []}, [data[:6]])
    assert field.size == 2


def test_field_shows_its_last_vectors_to_every_page_that_connects(sent):
    field = SphereField()
    field._receive(field, {"type": "ready"}, [])
    assert sent == []
    field.draw(AXES, [True, False, False])
    field._receive(field, {"type": "ready"}, [])
    assert len(sent) == 2 and sent[0] == sent[1]


@pytest.mark.parametrize(
    ("m", "cut", "sentence"),
    [
        (np.zeros((0, 3)), None, r"m got the shape \(0, 3\)"),
        (np.tile([1.0, 0, 0], (201, 1)), None, r"m got the shape \(201, 3\), but must be 1 to 200 rows"),
        (AXES.T[:2], None, r"m got a vector|m got the shape \(2, 3\)"),
        (AXES[:, :2], None, r"m got the shape \(3, 2\)"),
        (AXES[0], None, r"m got the shape \(3,\)"),
        ([[1, np.nan, 0]], None, "m got the value nan"),
        ([[2, 0, 0]], None, "m got the value 2"),
        ([[0.5, 0.5, 0]], None, "m got a vector of length 0.707"),
        ("xyz", None, "m cannot be read"),
        (AXES, [True], r"cut got the shape \(1,\) of type bool, but must be 3 values of type bool"),
        (AXES, [0, 1, 0], r"cut got the shape \(3,\) of type int64"),
    ],
)
def test_field_refuses_in_one_sentence_and_keeps_its_vectors(sent, m, cut, sentence):
    field = SphereField()
    field.draw(AXES)
    with pytest.raises(ValueError, match=sentence) as caught:
        field.draw(m, cut)
    assert str(caught.value).endswith(".") and "\n" not in str(caught.value)
    assert field.size == 3 and len(sent) == 1


def test_field_holds_two_hundred(sent):
    field = SphereField()
    field.draw(np.tile([0.0, 0.0, 1.0], (200, 1)))
    assert len(sent[0][1][0]) == 600


def test_field_tells_of_spheres_that_are_clicked_and_entered(sent):
    field = SphereField()
    field.draw(AXES)
    heard = []
    field.on_select(lambda k: heard.append(("select", k, field.selected)))
    field.on_hover(lambda k: heard.append(("hover", k, field.selected)))
    for sequence, (kind, k) in enumerate([("select", 2), ("hover", 0), ("hover", -1), ("select", -1)]):
        field._receive(field, {"type": kind, "vector": k, "client": "a", "sequence": sequence}, [])
    assert heard == [("select", 2, 2), ("hover", 0, 2), ("hover", -1, 2), ("select", -1, -1)]
    assert field._acknowledged == "a:3"


@pytest.mark.parametrize("vector", [None, "1", 3, -2, 1.0, [0], 1e9, True])
def test_field_overhears_spheres_that_are_none_but_answers(sent, vector):
    field = SphereField()
    field.draw(AXES)
    heard = []
    field.on_select(heard.append)
    field.on_hover(heard.append)
    for content in ({"type": "hover"}, {"type": "select", "client": "a", "sequence": 7}):
        field._receive(field, {**content, "vector": vector}, [])
    assert heard == [] and field.selected == -1
    assert field._acknowledged == "a:7"


@pytest.mark.parametrize("content", NOT_MESSAGES)
def test_field_overhears_what_is_no_message(sent, content):
    field = SphereField()
    field.draw(AXES)
    field._receive(field, content, [])
    assert len(sent) == 1 and field._acknowledged == ""


def test_selection_has_to_be_a_vector_and_leaves_with_it(sent):
    field = SphereField()
    field.draw(AXES)
    field.selected = 2
    with pytest.raises(traitlets.TraitError, match="selected got vector 3, but must be 0 to 2"):
        field.selected = 3
    field.draw(AXES[:2])
    assert field.selected == -1


# -- raster ------------------------------------------------------------------------------------------------------


def moments(data: bytes, rows: int) -> list[list[int]]:
    return np.frombuffer(data, np.uint8).reshape(-1, rows).tolist()


def test_raster_sends_a_byte_a_sample_moment_after_moment(sent):
    raster = Raster(junctions=2, columns=4)
    raster.push([[-1, 0, 1], [1, 1, -1]])
    content, (data,) = sent[0]
    assert content == {"type": "push", "rows": 2, "columns": 4, "live": True}
    assert moments(data, 2) == [[0, 255], [128, 255], [255, 0]]
    raster.push(np.empty((2, 0)))
    assert len(sent) == 1


def test_raster_keeps_the_last_moments_for_pages_that_connect(sent):
    raster = Raster(junctions=1, columns=4)
    for value in (-1, -0.5, 0, 0.5, 1):
        raster.push([[value]])
    raster._receive(raster, {"type": "ready"}, [])
    content, (data,) = sent[-1]
    assert content == {"type": "all", "rows": 1, "columns": 4, "live": True}
    assert moments(data, 1) == [[64], [128], [191], [255]]


def test_raster_sends_no_more_than_it_shows(sent):
    raster = Raster(junctions=1, columns=3)
    raster.push([np.linspace(-1, 1, 11)])
    assert moments(sent[0][1][0], 1) == [[204], [230], [255]]


def test_record_is_shown_over_the_full_width_and_gives_way_to_the_next_push(sent):
    raster = Raster(junctions=1, columns=2, width=100)
    raster.push([[1]])
    raster.show_window([[-1, 0, 1]], now=1)
    assert sent[-1] == ({"type": "all", "rows": 1, "columns": 3, "live": False}, [bytes([0, 128, 255])])
    assert raster._now == pytest.approx(0.5)
    count = len(sent)
    raster.mark(2)
    assert raster._now == pytest.approx(5 / 6) and len(sent) == count
    raster._receive(raster, {"type": "ready"}, [])
    assert sent[-1] == sent[-2]
    raster.push([[-1]])
    assert sent[-1] == ({"type": "all", "rows": 1, "columns": 2, "live": True}, [bytes([255, 0])])
    assert raster._now == -1
    raster.show_window([[0]])
    assert raster._now == -1
    raster.live()
    assert sent[-1][1] == [bytes([255, 0])]


def test_long_record_is_shown_by_means_no_wider_than_the_picture(sent):
    raster = Raster(junctions=2, width=100)
    values = np.stack([np.linspace(-1, 1, 1050), np.tile([1.0, -1.0], 525)])
    raster.show_window(values, now=1049)
    content, (data,) = sent[-1]
    assert content["columns"] == 100
    shown = np.frombuffer(data, np.uint8).reshape(100, 2)
    assert shown[0, 0] <= 2 and shown[-1, 0] >= 253
    assert (np.diff(shown[:, 0].astype(int)) >= 0).all()
    assert (np.abs(shown[:, 1] - 127.5) < 15).all()
    assert raster._now == pytest.approx(1049.5 / 1050)


@given(st.integers(1, 400), st.integers(100, 130))
def test_any_record_keeps_its_mean(length, width):
    values = np.random.default_rng(length).uniform(-1, 1, (1, length))
    raster = Raster(junctions=1, width=width)
    raster.send = lambda content, buffers: messages.append((content, buffers))
    messages = []
    raster.show_window(values)
    content, (data,) = messages[0]
    shown = np.frombuffer(data, np.uint8) / 127.5 - 1
    assert content["columns"] == len(shown) == min(length, width)
    edges = np.linspace(0, length, len(shown) + 1).astype(int)
    assert (shown * np.diff(edges)).sum() / length == pytest.approx(values.mean(), abs=0.005)


def test_clear_and_other_sizes_forget(sent):
    raster = Raster(junctions=2, columns=4)
    raster.push(np.ones((2, 3)))
    raster.show_window(np.ones((2, 3)), now=0)
    raster.clear()
    assert sent[-1] == ({"type": "all", "rows": 2, "columns": 4, "live": True}, [b""])
    assert raster._now == -1
    raster.push(np.ones((2, 3)))
    raster.junctions = 3
    assert sent[-1] == ({"type": "all", "rows": 3, "columns": 4, "live": True}, [b""])
    raster.push(np.ones((3, 1)))
    raster.columns = 9
    assert sent[-1] == ({"type": "all", "rows": 3, "columns": 9, "live": True}, [b""])


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (np.zeros((3, 2)), r"got the shape \(3, 2\), but must be 2 rows of numbers from -1 to 1"),
        (np.zeros(2), r"got the shape \(2,\)"),
        ([[0], [np.nan]], "got the value nan"),
        ([[0], [1.1]], "got the value 1.1"),
        ([[0], [0, 1]], "cannot be read"),
    ],
)
def test_raster_refuses_in_one_sentence_and_keeps_its_picture(sent, values, sentence):
    raster = Raster(junctions=2, columns=4)
    raster.push(np.ones((2, 1)))
    for name, call in (("columns", raster.push), ("values", raster.show_window)):
        with pytest.raises(ValueError, match=f"{name} {sentence}") as caught:
            call(values)
        assert str(caught.value).endswith(".") and "\n" not in str(caught.value)
    raster._receive(raster, {"type": "ready"}, [])
    assert len(sent) == 2 and sent[1][1] == [bytes([255, 255])]


@pytest.mark.parametrize("now", [-1, 3, 1.5, "1"])
def test_marked_moment_has_to_be_there(sent, now):
    raster = Raster(junctions=1)
    with pytest.raises(ValueError, match=r"now got .*, but must be a whole number from 0 to 2, or None"):
        raster.show_window([[0, 0, 0]], now=now)
    assert sent == []
    raster.show_window([[0, 0, 0]], now=0)
    with pytest.raises(ValueError, match="now got"):
        raster.mark(now)
    assert raster._now == pytest.approx(1 / 6)
    raster.mark(None)
    assert raster._now == -1


def test_nothing_can_be_marked_without_a_record(sent):
    raster = Raster(junctions=1)
    raster.mark(None)
    with pytest.raises(ValueError, match="call show_window first"):
        raster.mark(0)
    with pytest.raises(ValueError, match="values got no moment"):
        raster.show_window(np.empty((1, 0)))


@pytest.mark.parametrize("content", NOT_MESSAGES)
def test_raster_overhears_what_is_no_message(sent, content):
    raster = Raster()
    raster._receive(raster, content, [])
    assert sent == []


# -- colours -----------------------------------------------------------------------------------------------------


def lightness(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb`` as WCAG defines it."""
    parts = np.array([int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def test_colours_end_in_those_of_the_house_and_differ_by_more_than_hue():
    low, middle, high = _diverging.COLOURS
    assert (low, high) == (palette.OFF, palette.ON)
    light = {
        name: lightness(colour) + 0.05 for name, colour in (("low", low), ("mid", middle), ("high", high))
    }
    assert light["mid"] / light["low"] > 3 and light["high"] / light["low"] > 3
    # Grey against amber: alike in lightness, but blue is what every eye tells from yellow.
    assert int(middle[5:7], 16) - int(high[5:7], 16) > 120


@given(st.floats(-1, 1))
def test_bytes_are_the_nearest(value):
    byte = int(_diverging.to_bytes(np.array([value]))[0])
    assert abs(byte / 127.5 - 1 - value) <= 0.5 / 127.5 + 1e-12
