"""Bins and ticks of histograms."""

import numpy as np
import pytest
from visitors.maxcut import bars

from dwmtj_widgets.widgets.plots.histogram import Histogram, bin_edges, round_values
from dwmtj_widgets.widgets.plots.time_plot import tick_step


def test_histogram_of_whole_numbers_has_whole_bins() -> None:
    histogram = Histogram("Cuts")
    histogram.show(np.array([3.0, 4.0, 4.0, 6.0]), 8.0)
    edges, counts = bars(histogram)
    assert edges.tolist() == [2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5]
    assert counts.tolist() == [1, 2, 0, 1, 0, 0]
    histogram.show(np.array([]))
    assert bars(histogram)[1].sum() == 0
    histogram.show(np.array([5.0]))
    assert bars(histogram)[1].tolist() == [1]


@pytest.mark.parametrize(
    "values", [[0.1, 0.7], [-3.0, 1000.0], [1e12, 1e12 + 1], [0.5], [1 / 3, 1 / 3], [0.0, 1e-9]]
)
def test_bins_hold_every_value(values: list[float]) -> None:
    array = np.array(values)
    edges = bin_edges(array, 30)
    assert len(edges) <= 31
    assert (np.diff(edges) > 0.0).all()
    assert np.histogram(array, edges)[0].sum() == len(array)


@pytest.mark.parametrize(("low", "high"), [(66.5, 95.5), (-0.5, 0.5), (0.1, 0.7), (-999.5, 20_000.5)])
def test_ticks_are_few_round_numbers_inside(low: float, high: float) -> None:
    ticks = round_values(low, high)
    assert 1 <= len(ticks) <= 6
    assert ticks.min() >= low - 1e-9 and ticks.max() <= high + 1e-9
    np.testing.assert_allclose(ticks / tick_step(high - low), np.round(ticks / tick_step(high - low)))
