"""Plots of curves and of distributions."""

import numpy as np
import pytest

from dwmtj_widgets.widgets.plots.curve_plot import Curve, CurvePlot, Scale, round_above
from dwmtj_widgets.widgets.plots.distribution import Distribution

X, Y = Scale("x", 0.0, 10.0), Scale("y", 0.0, 1.0)


def test_a_plot_sends_short_numbers_and_no_nan() -> None:
    plot = CurvePlot()
    curve = Curve(
        "one", [1.0, 2.0], [1 / 3, np.nan], "#000", low=[1 / 7, np.nan], high=[-2e-9 / 3, 123456.789]
    )
    plot.show(X, Y, [curve])
    (sent,) = plot._chart["curves"]
    assert (sent["y"], sent["low"]) == ([0.333333, None], [0.142857, None])
    assert sent["high"] == pytest.approx([-6.66667e-10, 123457.0], rel=1e-5)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (lambda plot: plot.show(Scale("x", 1.0, 1.0), Y), "'x' reaches from 1 to 1"),
        (lambda plot: plot.show(Scale("x", 0.0, 1.0, log=True), Y), "'x' reaches from 0 to 1"),
        (lambda plot: plot.show(X, Y, [Curve("c", [1.0], [1.0, 2.0], "#000")]), "columns of"),
        (lambda plot: plot.show(X, Y, [Curve("c", range(201), range(201), "#000")]), "200 is the most"),
    ],
)
def test_a_plot_refuses_what_cannot_be_drawn(wrong, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        wrong(CurvePlot())


def test_a_plot_tells_of_live_points_that_exist() -> None:
    plot, heard = CurvePlot(), []
    plot.on_pick(lambda curve, point: heard.append((curve, point)))
    plot.show(
        X, Y, [Curve("a", [1.0, 2.0], [0.0, 1.0], "#000"), Curve("b", [1.0], [0.0], "#000", live=False)]
    )
    for curve, point in ((0, 1), (0, 2), (1, 0), (2, 0), (-1, 0), (0, -1), ("0", 0), (0, 0.0), (True, 0)):
        plot._handle_custom_msg({"type": "pick", "curve": curve, "point": point}, [])
    for content in (None, [], {}, {"type": "pick"}, {"type": "other", "curve": 0, "point": 0}):
        plot._receive(plot, content, [])
    assert heard == [(0, 1)]


@pytest.mark.parametrize(
    ("value", "top"), [(0.0, 1.0), (np.nan, 1.0), (1.0, 1.2), (99.0, 100.0), (1.3e-9, 1.6e-9)]
)
def test_round_numbers_above(value: float, top: float) -> None:
    assert round_above(value) == pytest.approx(top)


def test_a_distribution_shows_all_values_and_their_middle() -> None:
    values = np.random.default_rng(1).lognormal(4.0, 0.5, 400)
    view = Distribution("Time", "ns", name="time")
    view.show(values)
    (curve,) = view.plot._chart["curves"]
    counts = curve["y"][1:-1:2]
    assert sum(counts) == 400
    assert (curve["x"][0], curve["x"][-1]) == pytest.approx((values.min(), values.max()), rel=1e-5)
    mean, median = (mark["x"] for mark in view.plot._chart["marks"])
    assert (mean, median) == (values.mean(), np.median(values))
    (region,) = view.plot._chart["regions"]
    assert ((values >= region["low"]) & (values <= region["high"])).mean() == pytest.approx(0.95, abs=0.006)
    view.show(np.full(5, 3.0))
    (curve,) = view.plot._chart["curves"]
    assert curve["y"] == [0.0, 5.0, 5.0, 0.0]
    view.show(np.zeros(0))
    assert view.plot._chart["curves"] == []
