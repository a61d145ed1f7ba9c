"""A growing histogram."""

from __future__ import annotations

from typing import Any

import bqplot
import numpy as np
import numpy.typing as npt

from dwmtj_widgets.widgets import palette
from dwmtj_widgets.widgets.plots._figure import set_ticks, small_figure
from dwmtj_widgets.widgets.plots.time_plot import nice_limit, tick_step


class Histogram:
    """Counts of a quantity in equal bins, with a vertical line at a value for comparison.

    Parameters
    ----------
    title : str
        Name of the quantity.
    compared : str
        Meaning of the vertical line; empty for no line.
    height : int
        CSS pixels.
    """

    def __init__(self, title: str, *, compared: str = "", height: int = 100) -> None:
        self._x, self._y = bqplot.LinearScale(min=0.0, max=1.0), bqplot.LinearScale(min=0.0, max=1.0)
        scales = {"x": self._x, "y": self._y}
        nothing = np.zeros(2)
        # Bars as the area below a step line: bqplot's own Bars lay out by category.
        self._steps = bqplot.Lines(
            x=nothing,
            y=nothing,
            scales=scales,
            colors=[palette.themed(palette.SERIES[0])],
            fill="bottom",
            fill_opacities=[0.5],
        )
        self._mark = bqplot.Lines(
            x=nothing, y=nothing, scales=scales, colors=[palette.themed(palette.FOCUS)], stroke_width=2
        )
        marks = [self._steps, self._mark]
        line = f'<span class="dwmtj-key"><i style="background:{palette.themed(palette.FOCUS)}"></i>{compared}</span>'
        caption = f"<b>{title}</b>{line if compared else ''}"
        self._frame = small_figure(caption, marks, self._x, self._y, height=height, rows=False)
        self._frame.figure.padding_x = self._frame.figure.padding_y = 0.0
        self.caption, self.widget = self._frame.caption, self._frame.widget
        self._set_visible(False)

    def clear(self) -> None:
        """Hide values and axes."""
        self._set_visible(False)
        with self._steps.hold_sync(), self._mark.hold_sync():
            self._steps.x = self._steps.y = self._mark.x = self._mark.y = np.zeros(2)

    def _set_visible(self, visible: bool) -> None:
        for part in (self._frame.x, self._frame.y, self._steps, self._mark):
            part.visible = visible

    def show(
        self, values: npt.NDArray[np.floating[Any]], compare: float | None = None, bins: int = 30
    ) -> None:
        """Show the values, shape (K,); `compare` is the position of the line."""
        if not len(values):
            self.clear()
            return
        marked = values if compare is None else np.append(values, compare)
        counts, edges = np.histogram(values, bin_edges(marked, bins))
        top = nice_limit(float(counts.max()))
        with self._steps.hold_sync(), self._mark.hold_sync():
            self._x.min, self._x.max, self._y.max = float(edges[0]), float(edges[-1]), top
            set_ticks(self._frame.x, round_values(self._x.min, self._x.max))
            set_ticks(self._frame.y, np.array([0.0, top / 2, top]))
            self._steps.x = np.repeat(edges, 2)
            self._steps.y = np.concatenate([[0.0], np.repeat(counts, 2), [0.0]])
            at = edges[0] if compare is None else compare
            self._mark.x, self._mark.y = np.array([at, at]), np.array([0.0, 0.0 if compare is None else top])
        self._set_visible(True)


def bin_edges(values: npt.NDArray[np.floating[Any]], most: int) -> npt.NDArray[np.float64]:
    """Return the edges of at most `most` equal bins that contain the values, shape (bins + 1,).

    Integers get bins of integer width around them: other bins would contain different numbers of them.
    """
    low, high = float(values.min()), float(values.max())
    if (values == np.round(values)).all():
        width = float(np.ceil((high - low + 1.0) / most))
        count = int(np.ceil((high - low + 1.0) / width))
        return np.linspace(low - 0.5, low - 0.5 + width * count, count + 1)
    # A range that rounding cannot resolve has no bins inside.
    if high - low <= 1e-9 * max(abs(low), abs(high)):
        return np.array([low - 0.5, high + 0.5])
    return np.linspace(low, high, most + 1)


def round_values(low: float, high: float) -> npt.NDArray[np.float64]:
    """Return at most six round numbers between two different numbers, for the ticks of an axis."""
    step = tick_step(high - low)
    first, last = np.ceil(low / step), np.floor(high / step)
    return np.asarray(step * np.arange(first, last + 1), dtype=np.float64)
