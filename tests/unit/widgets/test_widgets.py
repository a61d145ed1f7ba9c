"""Parts of a page without a page: what they say to the browser, what they take from it, and where they draw."""

import base64
import io
import re
from dataclasses import dataclass
from pathlib import Path

import ipywidgets
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from ipycanvas import Canvas
from ipycanvas.canvas import COMMANDS
from ipywidgets import Widget
from PIL import Image

from dwmtj_widgets import Device
from dwmtj_widgets.labs.common.style import style_sheet
from dwmtj_widgets.widgets import entries, palette, style
from dwmtj_widgets.widgets.controls import QuantitySlider, slider_for
from dwmtj_widgets.widgets.page import clock
from dwmtj_widgets.widgets.page.clock import LONGEST_FRAME, AnimationClock
from dwmtj_widgets.widgets.plots.time_plot import MOST_POINTS, TimePlot, nice_limit, thinned, tick_step
from dwmtj_widgets.widgets.views import _canvas
from dwmtj_widgets.widgets.views._canvas import painting
from dwmtj_widgets.widgets.views._geometry import chevrons, columns_for, grid_of_boxes
from dwmtj_widgets.widgets.views._image import image_source
from dwmtj_widgets.widgets.views.meters import Meters, PhaseBar, Reading
from dwmtj_widgets.widgets.views.neuron_view import NeuronFrame, NeuronView
from dwmtj_widgets.widgets.views.picture import Picture
from dwmtj_widgets.widgets.views.track_field import TrackField

MALFORMED = [None, "ask", 3, [], {}, {"type": None}, {"type": "unknown"}]


def say(widget, content) -> None:
    """Let a widget hear what the browser would send it. ipywidgets logs what a callback raises, and goes on."""
    widget._handle_custom_msg(content, [])


@pytest.fixture
def sent(monkeypatch):
    """Record the custom messages of every widget, as (widget, content, buffers)."""
    messages = []

    def send(self, content, buffers=None):
        messages.append((self, content, [bytes(b) for b in buffers or ()]))

    for kind in (AnimationClock, TrackField):
        monkeypatch.setattr(kind, "send", send)
    return messages


# -- clock -------------------------------------------------------------------------------------------------------


@dataclass
class Watch:
    now: float = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch(monkeypatch) -> Watch:
    watch = Watch()
    monkeypatch.setattr(clock, "monotonic", watch)
    return watch


def test_clock_answers_every_request_and_counts_only_while_it_plays(sent, watch) -> None:
    frames = []
    ticker = AnimationClock()
    ticker.on_frame(frames.append)
    assert not ticker.playing
    say(ticker, {"type": "ask"})
    assert frames == []
    assert len(sent) == 1, "a browser that gets no answer stops asking"
    ticker.playing = True
    watch.now += 0.03
    say(ticker, {"type": "ask"})
    watch.now += 0.02
    say(ticker, {"type": "ask"})
    assert frames == pytest.approx([0.03, 0.02])
    ticker.playing = False
    say(ticker, {"type": "ask"})
    assert len(frames) == 2
    assert [(who, content) for who, content, _ in sent] == [(ticker, {"type": "frame"})] * 4


def test_clock_does_not_count_pauses_and_absences(sent, watch) -> None:
    frames = []
    ticker = AnimationClock(playing=True)
    ticker.on_frame(frames.append)
    say(ticker, {"type": "ask"})
    watch.now += 60.0  # the page was hidden
    say(ticker, {"type": "ask"})
    assert frames[-1] == LONGEST_FRAME == 0.1
    ticker.playing = False
    watch.now += 60.0
    ticker.playing = True
    say(ticker, {"type": "ask"})
    assert frames[-1] == 0.0


def test_frame_is_drawn_before_the_browser_hears_of_it(sent, watch) -> None:
    order = []
    ticker = AnimationClock(playing=True)
    ticker.on_frame(lambda _seconds: order.append(len(sent)))
    say(ticker, {"type": "ask"})
    assert order == [0]
    assert len(sent) == 1


def test_failing_callback_still_gives_the_browser_its_answer(sent, watch) -> None:
    ticker = AnimationClock(playing=True)
    ticker.on_frame(lambda _seconds: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        ticker._receive(ticker, {"type": "ask"}, [])
    assert [content for _, content, _ in sent] == [{"type": "frame"}]


def test_callback_that_stops_the_clock_is_the_last(sent, watch) -> None:
    frames = []
    ticker = AnimationClock(playing=True)

    def once(seconds: float) -> None:
        frames.append(seconds)
        ticker.playing = False

    ticker.on_frame(once)
    say(ticker, {"type": "ask"})
    say(ticker, {"type": "ask"})
    assert len(frames) == 1


def test_clock_tells_of_pages_that_come_hide_and_show(sent) -> None:
    heard = []
    ticker = AnimationClock()
    ticker.on_ready(lambda: heard.append("ready"))
    ticker.on_visibility(heard.append)
    for kind in ("ready", "hidden", "shown"):
        say(ticker, {"type": kind})
    assert heard == ["ready", False, True]
    assert sent == []


@pytest.mark.parametrize("content", [*MALFORMED, {"type": "frame"}])
def test_clock_overhears_what_it_does_not_know(sent, content) -> None:
    frames = []
    ticker = AnimationClock(playing=True)
    ticker.on_frame(frames.append)
    ticker._receive(ticker, content, [])
    assert frames == []
    assert sent == []


# -- track field -------------------------------------------------------------------------------------------------


def test_field_sends_two_bytes_a_neuron_and_only_what_is_new(sent) -> None:
    field = TrackField(neurons=3)
    soma, axon = np.array([0.0, 0.5, 1.0]), np.array([1.0, 0.25, 0.001])
    field.draw(soma, axon)
    field.draw(soma.copy(), axon.copy())
    field.draw(soma + 1e-6 * np.array([1, 1, -1]), axon)
    assert sent == [(field, {"type": "walls", "whole": False}, [bytes([0, 128, 255, 255, 64, 0])])]
    field.draw(soma[::-1], axon)
    assert sent[1:] == [(field, {"type": "walls", "whole": False}, [bytes([255, 128, 0, 255, 64, 0])])]


def test_field_sends_every_device_where_they_differ(sent) -> None:
    field = TrackField(neurons=2)
    field.draw(np.array([0.2, 1.0]), np.array([[np.nan, 0.4], [0.6, np.nan]]))
    assert sent == [(field, {"type": "walls", "whole": True}, [bytes([51, 102, 153, 255])])]
    field.draw(np.array([0.2, 1.0]), np.array([0.4, 0.6]))
    assert sent[1][1:] == ({"type": "walls", "whole": False}, [bytes([51, 255, 102, 153])])


def test_field_changes_none_of_the_arrays_it_is_given(sent) -> None:
    soma, axon = np.array([0.2, 1.0]), np.array([[np.nan, 0.4], [0.6, np.nan]])
    before = soma.copy(), axon.copy()
    TrackField(neurons=2).draw(soma, axon)
    np.testing.assert_array_equal(soma, before[0])
    np.testing.assert_array_equal(axon, before[1])


def test_field_shows_its_last_walls_to_every_page_that_connects(sent) -> None:
    field = TrackField(neurons=2)
    say(field, {"type": "ready"})
    assert sent == []
    field.draw(np.zeros(2), np.ones(2))
    say(field, {"type": "ready"})
    say(field, {"type": "ready"})
    assert len(sent) == 3
    assert sent[0] == sent[1] == sent[2]


def test_field_tells_of_rows_that_are_clicked_and_entered(sent) -> None:
    field = TrackField(neurons=5)
    heard = []
    field.on_select(lambda neuron: heard.append(("select", neuron)))
    field.on_hover(lambda neuron: heard.append(("hover", neuron)))
    for kind, neuron in (("select", 4), ("hover", 0), ("hover", -1)):
        say(field, {"type": kind, "neuron": neuron})
    assert heard == [("select", 4), ("hover", 0), ("hover", -1)]


@pytest.mark.parametrize(
    "content", [*MALFORMED, *({"type": "hover", "neuron": n} for n in (None, "1", 5, -2, 1.0, [0], 1e9))]
)
def test_field_overhears_rows_that_are_none(sent, content) -> None:
    field = TrackField(neurons=5)
    heard = []
    field.on_select(heard.append)
    field.on_hover(heard.append)
    field._receive(field, content, [])
    assert heard == []
    assert sent == []


# -- chart -------------------------------------------------------------------------------------------------------


def marks_of(plot: TimePlot):
    (figure,) = [child for child in plot.widget.children if hasattr(child, "marks")]
    earlier, lines, now = figure.marks
    return figure, earlier, lines, now


def ranges(plot: TimePlot) -> tuple[float, float, float, float]:
    scales = marks_of(plot)[2].scales
    return scales["x"].min, scales["x"].max, scales["y"].min, scales["y"].max


@pytest.mark.parametrize("values", [np.zeros(5), np.full(5, 3.0)])
def test_flat_curve_gets_a_range_of_its_own(values) -> None:
    plot = TimePlot("Energy")
    plot.show(np.arange(5.0), values)
    left, right, low, high = ranges(plot)
    assert (left, right, low) == (0.0, 4.0, 0.0)
    assert high > values.max()


def test_chart_shows_what_it_is_given() -> None:
    plot = TimePlot("Overlap", limits=(-1.05, 1.05))
    time, values = np.linspace(0.0, 70.0, 50), np.sin(np.arange(100.0)).reshape(2, 50)
    plot.show(time, values, names=["1", "<b>"], end=100.0)
    _, earlier, lines, now = marks_of(plot)
    np.testing.assert_array_equal(lines.x, time)
    np.testing.assert_array_equal(lines.y, values)
    assert len(set(lines.colors)) == 2
    assert ranges(plot) == (0.0, 100.0, -1.05, 1.05)
    assert "Overlap" in plot.widget.children[0].value
    assert np.ptp(now.y) == 0.0, "a line for a moment although the run is live"
    assert np.ptp(earlier.x) == 0.0
    plot.show(time, values, now=35.0)
    assert now.x.tolist() == [35.0, 35.0]
    assert now.y.tolist() == [-1.05, 1.05]
    plot.show(time, values)
    assert np.ptp(now.y) == 0.0


def test_chart_of_nothing_is_empty_and_not_an_error() -> None:
    plot = TimePlot("Energy")
    plot.show(np.arange(3.0), np.arange(3.0))
    plot.show(np.array([]), np.array([]))
    _, _, lines, _ = marks_of(plot)
    assert np.ptp(lines.x) == np.ptp(lines.y) == 0.0
    assert ranges(plot)[1] > 0.0


def test_chart_keeps_an_earlier_run_for_comparison() -> None:
    plot = TimePlot("Energy")
    plot.keep_as_earlier(np.array([0.0, 50.0]), np.array([0.0, 40.0]))
    plot.show(np.array([0.0, 1.0]), np.array([0.0, 0.5]), end=50.0)
    _, earlier, lines, _ = marks_of(plot)
    assert earlier.y.tolist() == [0.0, 40.0]
    assert lines.y.tolist() == [0.0, 0.5]
    assert ranges(plot)[1] == 50.0
    assert ranges(plot)[3] >= 40.0, "the earlier run is outside the chart"
    assert earlier.colors != lines.colors
    plot.keep_as_earlier(None, None)
    assert np.ptp(earlier.y) == 0.0


def test_chart_of_a_long_run_stays_light() -> None:
    plot = TimePlot("Energy")
    plot.show(np.arange(20_000.0), np.arange(20_000.0))
    plot.keep_as_earlier(np.arange(20_000.0), np.arange(20_000.0))
    figure, earlier, lines, _ = marks_of(plot)
    assert len(lines.x) == len(lines.y) <= MOST_POINTS <= 500
    assert len(earlier.x) <= MOST_POINTS
    assert lines.x[[0, -1]].tolist() == [0.0, 19_999.0]
    assert figure.animation_duration == 0


@given(
    length=st.integers(1, 2000),
    lines=st.integers(1, 3),
    most=st.sampled_from([4, 30, 300]),
    seed=st.integers(0, 99),
)
def test_thinning_keeps_order_ends_and_extremes(length: int, lines: int, most: int, seed: int) -> None:
    time = np.arange(length, dtype=float)
    values = np.random.default_rng(seed).normal(size=(lines, length))
    times, rows = thinned(time, values, most)
    assert len(times) <= max(most, 1)
    assert rows.shape == (lines, len(times))
    assert (np.diff(times) >= 0.0).all()
    assert (times[0], times[-1]) == (time[0], time[-1])
    np.testing.assert_array_equal(rows.min(axis=1), values.min(axis=1))
    np.testing.assert_array_equal(rows.max(axis=1), values.max(axis=1))
    if length <= most:
        np.testing.assert_array_equal(rows, values)


@given(st.floats(1e-6, 1e9))
def test_limit_is_round_above_the_value_and_not_far(value: float) -> None:
    limit = nice_limit(value)
    assert value * 1.019 <= limit <= value * 1.7
    digits = f"{limit:.6e}".split("e")[0].rstrip("0").replace(".", "")
    assert len(digits) <= 2, limit


@pytest.mark.parametrize("value", [0.0, -1.0, float("nan"), float("inf")])
def test_limit_of_nothing_is_one(value: float) -> None:
    assert nice_limit(value) == 1.0


def test_limit_changes_rarely_while_a_value_grows() -> None:
    limits = [nice_limit(value) for value in np.linspace(1.0, 10.0, 500)]
    assert limits == sorted(limits)
    assert len(set(limits)) <= 10


@given(st.floats(1e-2, 1e5))
@example(1.0)  # where the axis ends before anything is shown
def test_time_axis_ends_on_one_of_a_few_round_ticks(end: float) -> None:
    plot = TimePlot("x")
    plot.show(np.array([0.0, end]), np.array([0.0, 1.0]))
    figure = next(part for part in plot.widget.children if hasattr(part, "marks"))
    ticks = figure.axes[0].tick_values
    assert 2 <= len(ticks) <= 7
    assert ticks[0] == 0.0
    assert ticks[-1] == pytest.approx(figure.axes[0].scale.max)
    assert end <= ticks[-1] * (1 + 1e-9)
    assert ticks[-1] - tick_step(end) <= end
    np.testing.assert_allclose(np.diff(ticks), ticks[1], rtol=1e-9)


@pytest.mark.parametrize("limits", [None, (-1.05, 1.05)])
def test_a_tick_is_inside_the_range_and_says_its_own_value(limits) -> None:
    """The overlap chart had ticks at 1.1 that said 1, so that its lines ended at 0.91."""
    plot = TimePlot("Overlap", limits=limits)
    for largest in (5000.0, 0.4, 1.0, 23_000.0):  # a shorter scale after a longer one read "500m"
        plot.show(np.array([0.0, 70.0]), np.array([0.0, min(largest, 1.0) if limits else largest]))
        for axis in marks_of(plot)[0].axes:
            low, high = axis.scale.min, axis.scale.max
            assert len(axis.tick_values) >= 2
            for value in axis.tick_values:
                assert low <= value <= high
                text = axis.tick_labels[f"{value:g}"].replace("−", "-")
                assert float(text.replace("k", "e3")) == pytest.approx(value)
                assert "m" not in text


def test_negative_ticks_have_minus_signs() -> None:
    plot = TimePlot("Overlap", limits=(-1.05, 1.05))
    assert list(marks_of(plot)[0].axes[1].tick_labels.values()) == ["−1", "0", "1"]


# -- controls ----------------------------------------------------------------------------------------------------


def test_a_value_that_a_page_has_said_is_never_said_back(monkeypatch) -> None:
    """A held arrow key has moved on by the time that the kernel's word would arrive, and is set back by it."""
    said: list[dict] = []
    control = millivolts()
    control.on_change(control.show)
    monkeypatch.setattr(Widget, "_send", lambda self, message, buffers=None: said.append(message))
    for value in (95.00000000000001, 89.99999999999999, 85.0):
        data = {"method": "update", "state": {"value": value}}
        control.slider._handle_msg({"content": {"data": data}})
        assert control.value == round(value) / 1000
    assert said == []
    control.show(0.1)
    assert [message["state"]["value"] for message in said] == [100.0], "what a program sets is not said"


def test_number_fields_of_the_labs_are_those_without_an_echo() -> None:
    ours = {name for name in vars(entries) if isinstance(getattr(entries, name), type)} - {"CFloat", "CInt"}
    assert len(ours) == 5
    for name in ours:
        made = getattr(entries, name)()
        assert made.trait_metadata("value", "echo_update") is False
        assert made._model_name == getattr(ipywidgets, name)()._model_name
    package = Path(entries.__file__).parents[1]
    for path in {*package.glob("labs/**/*.py"), *package.glob("widgets/**/*.py")} - {Path(entries.__file__)}:
        imported = re.findall(
            r"^from ipywidgets import (\([^)]*\)|.*)$", path.read_text(encoding="utf-8"), re.M
        )
        assert not ours & set(re.findall(r"\w+", " ".join(imported))), path


def millivolts(**options) -> QuantitySlider:
    return QuantitySlider("Weight", "V", 0.1, 0.01, 0.25, 0.005, name="weight", **options)


def test_slider_shows_millivolts_and_gives_volts_to_the_bit() -> None:
    control = millivolts()
    heard = []
    control.on_change(heard.append)
    assert (control.slider.min, control.slider.max, control.slider.step) == (10.0, 250.0, 5.0)
    assert control.slider.value == 100.0
    assert control.value == 0.1
    for shown in range(10, 251, 5):
        control.slider.value = float(shown)
        assert control.value == shown / 1000
    assert heard == [shown / 1000 for shown in range(10, 251, 5)]
    assert "mV" in [getattr(child, "value", "") for child in control.widget.children]
    assert "dwmtj-weight" in control.slider._dom_classes


def test_slider_shown_by_the_program_tells_nobody() -> None:
    control = millivolts()
    heard = []
    control.on_change(heard.append)
    control.show(0.2)
    assert control.slider.value == 200.0
    assert heard == []
    control.slider.value = 150.0
    assert heard == [0.15]


def test_slider_takes_values_to_the_ends_of_its_range_only() -> None:
    control = millivolts()
    control.value = 1.0
    assert control.value == 0.25
    control.value = -1.0
    assert control.value == 0.01


@pytest.mark.parametrize(
    ("value", "low", "high"), [(0.4, 10.0, 400.0), (0.4012, 10.0, 405.0), (0.003, 0.0, 250.0)]
)
def test_slider_shows_what_is_legal_beyond_its_range(value: float, low: float, high: float) -> None:
    heard: list[float] = []
    for control in (millivolts(), QuantitySlider("W", "V", value, 0.01, 0.25, 0.005, name="weight")):
        control.on_change(heard.append)
        control.show(value)
        assert (control.value, control.slider.value) == (value, pytest.approx(1000 * value))
        assert (control.slider.min, control.slider.max) == (low, high)
        control.show(0.25)
        assert (control.slider.min, control.slider.max) == (low, high), "a range shrinks under the pointer"
    assert heard == []
    for shown in (10.0, 250.0):
        control = millivolts()
        control.show(shown / 1000)
        assert (control.slider.min, control.slider.max) == (10.0, 250.0)


def test_reset_button_brings_the_default_back_and_tells() -> None:
    control = millivolts()
    heard = []
    control.on_change(heard.append)
    control.slider.value = 200.0
    (reset,) = [child for child in control.widget.children if "dwmtj-weight-reset" in child._dom_classes]
    assert "100 mV" in reset.tooltip
    reset.click()
    assert control.value == 0.1
    assert heard == [0.2, 0.1]


def test_every_field_of_the_device_has_a_slider_that_keeps_its_default() -> None:
    fields = Device.controls()
    assert {
        "lande_g",
        "polarization",
        "saturation_magnetization",
        "cross_section",
        "track_length",
        "mtj_width",
        "mtj_center",
        "soma_leak",
        "axon_leak",
        "tmr",
        "r_parallel",
        "r_track",
    } <= set(fields)
    for name, entry in fields.items():
        control = slider_for(entry)
        low, high, _ = entry.metadata["slider"]
        assert control.value == pytest.approx(getattr(Device(), name), rel=1e-12, abs=0.0), name
        assert control.slider.description == entry.metadata["label"]
        assert control.slider.min < control.slider.value < control.slider.max, name
        steps = (control.slider.value - control.slider.min) / control.slider.step
        assert steps == pytest.approx(round(steps), abs=1e-6), f"{name}: the default lies between two steps"
        legal_low, legal_high = entry.metadata["legal"]
        assert legal_low <= low < high <= legal_high, f"{name}: the slider offers what the device refuses"
        decimals = int(re.fullmatch(r"\.(\d)f", control.slider.readout_format).group(1))
        readout = float(f"{control.slider.min + control.slider.step:.{decimals}f}")
        assert readout > float(f"{control.slider.min:.{decimals}f}"), f"{name}: a step does not show"


# -- numbers -----------------------------------------------------------------------------------------------------


def test_readings_carry_their_class_and_no_markup_of_others() -> None:
    meters = Meters("readout")
    meters.show([Reading("Time", "73.19 ns", "time", 'a "hint"'), Reading("<i>", "1 < 2", "b")])
    text = meters.widget.value
    assert '<b class="dwmtj-time">73.19 ns</b>' in text
    assert "<i>" not in text
    assert "1 &lt; 2" in text
    assert 'title="a &quot;hint&quot;"' in text


def test_readings_have_minus_signs() -> None:
    meters = Meters("readout")
    meters.show([Reading("Velocity", "-5 m/s", "velocity", "from -10 to 10", "was -4 m/s")])
    assert "−5 m/s" in meters.widget.value
    assert "-" not in re.sub(r'class="[^"]*"', "", meters.widget.value)


@pytest.mark.parametrize(
    ("phase", "time", "name", "states"),
    [
        ("load", 0.0, "ready", ["ahead", "ahead", "ahead"]),
        ("load", 4.0, "loading", ["now", "ahead", "ahead"]),
        ("run", 20.0, "running", ["past", "now", "ahead"]),
        ("converged", 70.0, "converged", ["past", "past", "now"]),
        ("timeout", 3000.0, "gave up", ["past", "past", "now"]),
    ],
)
def test_phase_bar_says_where_the_run_is(phase: str, time: float, name: str, states: list[str]) -> None:
    bar = PhaseBar()
    bar.show(phase, time, 16.0)
    text = bar.widget.value
    assert re.search(r'class="dwmtj-phase dwmtj-unseen">([^<]*)<', text).group(1) == name
    assert re.findall(r'class="step (\w+)"', text) == states
    assert "load 16 ns" in text
    assert re.search(r"--share:(\d+)%", text).group(1) == str(round(100 * min(time / 16.0, 1.0)))


def test_phase_bar_is_silent_while_nothing_changes() -> None:
    bar = PhaseBar()
    heard = []
    bar.widget.observe(heard.append, "value")
    for time in (20.0, 20.5, 60.0):
        bar.show("run", time, 16.0)
    assert len(heard) == 1


# -- drawing -----------------------------------------------------------------------------------------------------


@pytest.fixture
def packets(monkeypatch) -> list[list]:
    """Record what ipycanvas sends: one list of commands a message."""
    seen: list[list] = []
    monkeypatch.setattr(
        _canvas._CANVAS_MANAGER, "_send_custom", lambda commands, buffers=(): seen.append(commands)
    )
    _canvas._CANVAS_MANAGER._current_canvas = None
    return seen


@pytest.fixture
def rectangles(monkeypatch, packets) -> list[tuple]:
    """Record filled rectangles as (canvas, colour, x, y, width, height), in the order of drawing."""
    seen: list[tuple] = []

    def fill(self, x, y, width, height=None):
        shape = np.broadcast(x, y, width, width if height is None else height).shape
        columns = (np.broadcast_to(c, shape).ravel().tolist() for c in (x, y, width, height))
        seen.extend((self, self.fill_style, *box) for box in zip(*columns, strict=True))

    monkeypatch.setattr(Canvas, "fill_rects", fill)
    monkeypatch.setattr(Canvas, "fill_rect", fill)
    return seen


def test_painting_sends_one_message_however_deep(packets) -> None:
    canvas = Canvas(width=10, height=10)
    with painting():
        canvas.fill_rect(0, 0, 1, 1)
        with painting():
            canvas.fill_rect(1, 1, 1, 1)
        canvas.fill_rect(2, 2, 1, 1)
        assert packets == []
    assert len(packets) == 1


def test_error_while_painting_sends_nothing_and_spoils_nothing(packets) -> None:
    canvas = Canvas(width=10, height=10)

    def fail() -> None:
        with painting():
            canvas.fill_rect(0, 0, 1, 1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert packets == []
    with painting():
        canvas.fill_rect(0, 0, 2, 2)
    assert len(packets) == 1
    assert len(packets[0]) <= 2, "commands of the failed drawing were kept"


@pytest.mark.parametrize("make", [lambda: Picture(2, 2), lambda: NeuronView()])
def test_page_that_connects_gets_everything_in_one_message_and_hears_which_canvas(make, packets) -> None:
    view = make()
    if isinstance(view, Picture):
        view.draw(np.array([0.0, 0.5, 1.0, 0.0]))
    else:
        view.draw(NeuronFrame(0.5, 1, np.linspace(0, 1, 9), np.zeros(9, np.int8), (0.4, 0.6)))
    before = len(packets[-1])
    packets.clear()
    say(view.canvas if isinstance(view, NeuronView) else view.widget, {"event": "client_ready"})
    assert len(packets) == 1
    assert len(packets[0]) >= before
    assert packets[0][0][0] == COMMANDS["switchCanvas"], "a new page does not know which canvas is meant"


def test_neuron_view_before_its_first_frame_is_no_error(packets) -> None:
    view = NeuronView()
    view.redraw()
    say(view.canvas, {"event": "client_ready"})
    assert packets == []


def frame(soma: float = 0.3, count: int = 99, direction: int = 0) -> NeuronFrame:
    axons = np.linspace(0.0, 1.0, count) if count else np.array([])
    return NeuronFrame(soma, direction, axons, np.zeros(count, np.int8), (0.4, 0.6))


@pytest.mark.parametrize("count", [0, 1, 7, 99, 999])
def test_neuron_view_draws_a_track_for_every_axon_inside_the_canvas(rectangles, count: int) -> None:
    view = NeuronView(500, 128)
    view.draw(frame(count=count))
    width, height = view.canvas.width, view.canvas.height
    for _, _, x, y, wide, high in rectangles:
        assert x >= 0.0
        assert y >= 0.0
        assert x + wide <= width
        assert y + high <= height
        assert high > 0.0
    tracks = [box for box in rectangles if box[1] == palette.OFF]
    assert len(tracks) == count + 1
    corners = {(x, y) for _, _, x, y, _, _ in tracks}
    assert len(corners) == count + 1
    assert tracks[0][4] >= 0.8 * width, "the soma's track is not the large one"


@pytest.mark.parametrize("position", [0.0, 0.25, 0.5, 1.0])
def test_neuron_view_puts_the_wall_where_it_is(rectangles, position: float) -> None:
    view = NeuronView(500, 128)
    view.draw(NeuronFrame(position, 0, np.array([1.0 - position]), np.zeros(1, np.int8), (0.4, 0.6)))
    tracks = [box for box in rectangles if box[1] == palette.OFF]
    ons = [box for box in rectangles if box[1] == palette.ON]
    walls = [box for box in rectangles if box[1] == palette.WALL]
    for track, on, wall, place in zip(tracks, ons, walls, (position, 1.0 - position), strict=True):
        assert on[2:4] == track[2:4]
        assert on[4] == pytest.approx(place * track[4])
        middle = wall[2] + wall[4] / 2
        assert middle == pytest.approx(track[2] + place * track[4], abs=wall[4] / 2 + 1e-9)
        assert track[2] <= wall[2]
        assert wall[2] + wall[4] <= track[2] + track[4] + 1e-9


def test_neuron_view_draws_the_junction_where_the_device_has_it(rectangles) -> None:
    device = Device(mtj_width=30e-9, mtj_center=0.6)
    window = (float(device.window_low), float(device.window_high))
    view = NeuronView(500, 128)
    view.draw(NeuronFrame(0.1, 0, np.zeros(1), np.zeros(1, np.int8), window))
    (lid,) = [box for box in rectangles if box[1] == palette.WINDOW][:1]
    track = next(box for box in rectangles if box[1] == palette.OFF)
    assert (lid[2] - track[2]) / track[4] == pytest.approx(0.45)
    assert lid[4] / track[4] == pytest.approx(0.30)
    assert lid[3] < track[3] < track[3] + track[5] < lid[3] + lid[5], (
        "the lid does not stand out of the track"
    )


def test_neuron_view_has_its_names_in_the_ink_of_the_page_and_marks_cut_axons(
    rectangles, monkeypatch
) -> None:
    """A canvas knows no theme: with its names drawn, the panel had to stay light in the dark."""
    monkeypatch.setattr(Canvas, "fill_text", lambda self, *what: pytest.fail("text is drawn"))
    view = NeuronView(500, 128)
    view.draw(NeuronFrame(0.5, 0, np.full(3, 0.5), np.zeros(3, np.int8), (0.4, 0.6)))
    (labels,) = [part for part in view.widget.children if part is not view.canvas]
    assert re.findall(r">([^<]+)<", labels.value) == ["soma", "axons", "× 3"]
    plain = len(rectangles)
    view.draw(NeuronFrame(0.5, 0, np.full(3, 0.5), np.zeros(3, np.int8), (0.4, 0.6), cut=True))
    assert re.findall(r">([^<]+)<", labels.value) == ["soma", "axons", "cut"]
    struck = [box for box in rectangles[plain:] if box[1] == palette.WALL and box[4] > 100]
    assert len(struck) == 3, "the three axons are not struck through"


def test_neuron_view_draws_what_stands_still_only_once(rectangles) -> None:
    view = NeuronView(500, 128)

    def fixed() -> int:
        return sum(box[1] == palette.WINDOW for box in rectangles)

    view.draw(frame(0.1))
    assert fixed() == 1
    view.draw(frame(0.2))
    assert fixed() == 1
    view.draw(NeuronFrame(0.2, 0, np.zeros(99), np.zeros(99, np.int8), (0.3, 0.6)))
    assert fixed() == 2
    view.draw(frame(0.2, count=5))
    assert fixed() == 3


def test_neuron_view_points_the_way_walls_go(monkeypatch, packets) -> None:
    drawn = []
    monkeypatch.setattr(Canvas, "fill_polygons", lambda self, shapes: drawn.append(np.asarray(shapes)))
    view = NeuronView(500, 128)
    view.draw(NeuronFrame(0.5, 0, np.full(3, 0.5), np.zeros(3, np.int8), (0.4, 0.6)))
    assert drawn == []
    view.draw(NeuronFrame(0.5, -1, np.full(3, 0.5), np.array([1, 0, -1], np.int8), (0.4, 0.6)))
    soma, axons = drawn
    assert soma.shape == (1, 3, 2)
    assert axons.shape == (2, 3, 2)
    assert soma[0, 0, 0] < soma[0, 1, 0]
    assert axons[0, 0, 0] > axons[0, 1, 0]
    assert axons[1, 0, 0] < axons[1, 1, 0]


def test_neuron_view_sends_one_message_a_frame(packets) -> None:
    view = NeuronView(500, 128)
    view.draw(frame(0.1))
    view.draw(frame(0.2, direction=1))
    assert len(packets) == 2


# -- picture -----------------------------------------------------------------------------------------------------


@pytest.fixture
def styled(monkeypatch, rectangles) -> list[tuple]:
    """Record the pixels of a picture as (x, y, (red, green, blue)) of the last drawing."""
    seen: list[tuple] = []

    def fill(self, x, y, width, height, color, alpha=1):
        seen[:] = [(a, b, tuple(int(v) for v in c)) for a, b, c in zip(x, y, color, strict=True)]

    monkeypatch.setattr(Canvas, "fill_styled_rects", fill)
    return seen


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[k : k + 2], 16) for k in (1, 3, 5))


def test_picture_is_row_by_row_off_blue_on_amber_and_between_where_a_wall_moves(styled, rectangles) -> None:
    view = Picture(2, 3, side=60)
    view.draw(np.array([1.0, 0.0, 0.0, 0.0, 0.5, 1.0]))
    assert [colour for _, _, colour in styled[:4]] == [rgb(palette.ON), *[rgb(palette.OFF)] * 3]
    assert styled[5][2] == rgb(palette.ON)
    assert styled[4][2] == rgb(palette.blend(0.5))
    left, top = [x for x, _, _ in styled], [y for _, y, _ in styled]
    assert left[:3] == sorted(set(left[:3]))
    assert left[:3] == left[3:]
    assert top[0] == top[1] == top[2] < top[3] == top[5]
    bars = [box for box in rectangles if box[1] == palette.WALL]
    assert len(bars) == 1, "walls that rest are marked, or one that moves is not"
    assert bars[0][2] == left[4]


def test_picture_is_drawn_again_only_if_something_changed(packets) -> None:
    view = Picture(2, 2)
    positions = np.array([0.0, 1.0, 0.0, 1.0])
    view.draw(positions, selected=1)
    view.draw(positions.copy(), selected=1)
    assert len(packets) == 1
    positions[0] = 0.5  # a picture that kept the array would see no change
    view.draw(positions, selected=1)
    view.draw(positions, selected=2)
    assert len(packets) == 3


def test_picture_outlines_the_selected_pixel_only(monkeypatch, packets) -> None:
    outlines = []
    monkeypatch.setattr(Canvas, "stroke_rect", lambda self, *box: outlines.append(box))
    view = Picture(2, 2, side=50)
    view.draw(np.ones(4))
    assert outlines == []
    view.draw(np.ones(4), selected=3)
    ((x, y, width, height),) = outlines
    assert 50 <= x < x + width <= 100
    assert 50 <= y < y + height <= 100


def test_click_in_the_picture_names_its_pixel(packets) -> None:
    view = Picture(10, 10, side=160)
    heard = []
    view.on_select(heard.append)
    pixels = view.widget.width / 10
    for row, column in ((0, 0), (0, 9), (3, 7), (9, 0), (9, 9)):
        view._clicked((column + 0.5) * pixels, (row + 0.5) * pixels)
    assert heard == [0, 9, 37, 90, 99]
    for outside in (
        (-pixels, 5.0),
        (5.0, -pixels),
        (view.widget.width, 5.0),
        (5.0, view.widget.height + 1.0),
    ):
        view._clicked(*outside)
    assert len(heard) == 5


# -- where things are --------------------------------------------------------------------------------------------


@given(
    count=st.integers(1, 500),
    columns=st.integers(1, 40),
    width=st.floats(50, 2000),
    height=st.floats(50, 2000),
    gap=st.floats(0.0, 0.5),
)
def test_boxes_fill_their_area_without_overlap(count, columns, width, height, gap) -> None:
    boxes = grid_of_boxes(count, 10.0, 20.0, width, height, columns=columns, gap=gap)
    assert len(boxes.left) == len(boxes.top) == count
    assert boxes.left.min() == pytest.approx(10.0)
    assert boxes.top.min() == pytest.approx(20.0)
    assert boxes.top.max() + boxes.height == pytest.approx(20.0 + height)
    if count >= columns:
        assert boxes.left.max() + boxes.width == pytest.approx(10.0 + width)
    order = np.lexsort((boxes.left, boxes.top))
    assert (order == np.arange(count)).all(), "boxes are not laid out row by row"
    places = set(zip(boxes.left.tolist(), boxes.top.tolist(), strict=True))
    assert len(places) == count
    for edges, size in ((boxes.left, boxes.width), (boxes.top, boxes.height)):
        apart = np.diff(np.unique(edges.round(6)))
        assert (apart >= size + gap - 1e-3).all()  # single precision


@given(count=st.integers(1, 2000), aspect=st.floats(0.5, 10))
def test_number_of_columns_suits_the_wanted_shape(count: int, aspect: float) -> None:
    columns = columns_for(count, 900.0, 180.0, aspect)
    assert 1 <= columns <= count
    if 4 <= columns < count:
        rows = -(-count // columns)
        assert (900.0 / columns) / (180.0 / rows) == pytest.approx(aspect, rel=0.6)


def test_chevrons_point_along_their_direction() -> None:
    shapes = chevrons(np.array([10.0, 20.0]), np.array([5.0, 6.0]), np.array([1.0, -1.0]), 4.0)
    assert shapes.shape == (2, 3, 2)
    np.testing.assert_allclose(shapes[0], [[14, 5], [10, 1], [10, 9]])
    np.testing.assert_allclose(shapes[1], [[16, 6], [20, 2], [20, 10]])


# -- colours -----------------------------------------------------------------------------------------------------


def test_blend_goes_from_off_to_on() -> None:
    assert palette.blend(0.0) == palette.OFF
    assert palette.blend(1.0) == palette.ON
    assert palette.blend(0.5, "#000000", "#ffffff") == "#808080"


def luminance(colour: str) -> float:
    channels = [v / 255 for v in rgb(colour)]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)


def test_states_and_curves_differ_in_lightness_too() -> None:
    assert contrast(palette.ON, palette.OFF) >= 3.0  # WCAG 1.4.11
    assert len(set(palette.SERIES)) == 8, "eight memories need eight colours"
    for colour in (*palette.SERIES, palette.FOCUS):
        assert contrast(colour, "#ffffff") >= 3.0, colour
    for colour in (palette.INK, palette.FAINT):
        assert contrast(colour, "#ffffff") >= 4.5, colour


def test_colours_of_style_sheets_are_those_of_the_palette() -> None:
    field = style.sheet("track_field")
    for name, colour in (
        ("on", palette.ON),
        ("off", palette.OFF),
        ("wall", palette.WALL),
        ("gap", palette.GAP),
    ):
        assert f"--dwmtj-{name}: {colour};" in field
    lab = style_sheet().value
    for name, colour in (("on", palette.ON), ("off", palette.OFF)):
        assert re.search(rf"\.dwmtj-chip\.{name} \{{\s*background: {colour};", lab)


def test_image_source_is_the_pattern_in_the_colours_of_the_views() -> None:
    source = image_source(np.array([1, 0, 0, 1, 1, 0], dtype=np.uint8), 2, 3)
    prefix = "data:image/png;base64,"
    assert source.startswith(prefix)
    image = Image.open(io.BytesIO(base64.b64decode(source.removeprefix(prefix)))).convert("RGB")
    assert image.size == (3, 2)
    on, off = rgb(palette.ON), rgb(palette.OFF)
    assert [image.getpixel((x, y)) for y in range(2) for x in range(3)] == [on, off, off, on, on, off]
