"""Charts over time."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dwmtj_widgets.widgets.plots.time_plot import MOST_POINTS, TimePlot, nice_limit, thinned, tick_step


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
