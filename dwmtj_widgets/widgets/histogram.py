"""A histogram that may grow while it is looked at."""

from __future__ import annotations

from typing import Any

import bqplot
import numpy as np
import numpy.typing as npt
from ipywidgets import HTML, Layout, VBox

from dwmtj_widgets.widgets import palette
from dwmtj_widgets.widgets.time_plot import nice_limit


class Histogram:
    """Counts of a quantity in equal bins, with an upright line at a value to compare with.

    Parameters
    ----------
    title : str
        Name of the quantity.
    height : int
        CSS pixels.
    """

    def __init__(self, title: str, *, height: int = 100) -> None:
        self._x, self._y = bqplot.LinearScale(min=0.0, max=1.0), bqplot.LinearScale(min=0.0, max=1.0)
        scales = {"x": self._x, "y": self._y}
        nothing = np.zeros(2)
        # Bars as the area below a step line: bqplot's own Bars lay out by category.
        self._steps = bqplot.Lines(
            x=nothing,
            y=nothing,
            scales=scales,
            colors=[palette.SERIES[0]],
            fill="bottom",
            fill_opacities=[0.5],
        )
        self._mark = bqplot.Lines(x=nothing, y=nothing, scales=scales, colors=[palette.FOCUS], stroke_width=2)
        small: dict[str, Any] = {"grid_lines": "none", "tick_style": {"font-size": "10px"}}
        axes = [
            bqplot.Axis(scale=self._x, num_ticks=6, **small),
            bqplot.Axis(scale=self._y, orientation="vertical", num_ticks=3, **small),
        ]
        figure = bqplot.Figure(
            marks=[self._steps, self._mark],
            axes=axes,
            animation_duration=0,
            display_toolbar=False,
            fig_margin={"top": 6, "bottom": 20, "left": 38, "right": 8},
            min_aspect_ratio=0.1,
            max_aspect_ratio=100,
            background_style={"fill": "white"},
            layout=Layout(height=f"{height}px", width="100%", min_width="0", min_height="0"),
        )
        self.caption = HTML(f"<b>{title}</b>")
        self.caption.add_class("dwmtj-plot-caption")
        self.widget = VBox([self.caption, figure])
        self.widget.add_class("dwmtj-plot")

    def show(
        self, values: npt.NDArray[np.floating[Any]], compare: float | None = None, bins: int = 30
    ) -> None:
        """Show the values, shape (K,); `compare` is where the line stands."""
        if not len(values):
            return
        low, high = float(values.min()), max(float(values.max()), compare if compare is not None else -np.inf)
        edges = np.linspace(low, high, bins + 1) if high > low else np.array([low - 0.5, low + 0.5])
        counts, edges = np.histogram(values, edges)
        top = nice_limit(float(counts.max()))
        with self._steps.hold_sync(), self._mark.hold_sync():
            self._x.min, self._x.max, self._y.max = float(edges[0]), float(edges[-1]), top
            self._steps.x, self._steps.y = np.repeat(edges, 2)[1:-1], np.repeat(counts, 2).astype(float)
            at = edges[0] if compare is None else compare
            self._mark.x, self._mark.y = np.array([at, at]), np.array([0.0, 0.0 if compare is None else top])
