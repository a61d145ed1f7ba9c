"""The bqplot figure of all small charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import bqplot
import numpy as np
import numpy.typing as npt
from ipywidgets import HTML, Layout, VBox

# A view may be drawn before it gets its labels; this is bqplot's closest format.
_TICKS = {"tick_style": {"font-size": "10px"}, "tick_format": ".6~g"}


@dataclass(frozen=True)
class SmallFigure:
    """A figure with its axes and caption; `widget` goes into a page."""

    x: bqplot.Axis
    y: bqplot.Axis
    figure: bqplot.Figure
    caption: HTML
    widget: VBox


def small_figure(
    caption: str,
    marks: Sequence[Any],
    x: bqplot.LinearScale,
    y: bqplot.LinearScale,
    *,
    height: int,
    rows: bool = True,
) -> SmallFigure:
    """Return a figure of these marks, as wide as its place and `height` CSS pixels high.

    `rows` is whether to draw grid lines at the ticks of y.
    """
    across: dict[str, Any] = {"grid_color": "var(--dwmtj-rule, #e3e8ee)"} if rows else {"grid_lines": "none"}
    x_axis = bqplot.Axis(scale=x, grid_lines="none", **_TICKS)
    y_axis = bqplot.Axis(scale=y, side="left", **_TICKS, **across)
    figure = bqplot.Figure(
        marks=list(marks),
        axes=[x_axis, y_axis],
        animation_duration=0,
        display_toolbar=False,
        fig_margin={"top": 6, "bottom": 20, "left": 38, "right": 14},
        min_aspect_ratio=0.1,
        max_aspect_ratio=100,
        background_style={"fill": "var(--dwmtj-paper, white)"},
        layout=Layout(height=f"{height}px", width="100%", min_width="0", min_height="0"),
    )
    text = HTML(caption)
    text.add_class("dwmtj-plot-caption")
    widget = VBox([text, figure])
    widget.add_class("dwmtj-plot")
    return SmallFigure(x_axis, y_axis, figure, text, widget)


def set_ticks(axis: bqplot.Axis, values: npt.NDArray[np.float64]) -> None:
    """Put labelled ticks at these values.

    bqplot's own labels have SI prefixes for small numbers ("500m") and no minus sign, and keep the format of an
    earlier range.
    """
    numbers = tick_texts(values)
    with axis.hold_sync():
        axis.tick_labels = {_key(value): text for value, text in zip(values, numbers, strict=True)}
        axis.tick_values = values


def tick_texts(values: npt.NDArray[np.float64]) -> list[str]:
    """Return the labels of ticks, in thousands if the largest is long."""
    thousands = len(values) > 0 and np.abs(values).max() >= 10_000
    scale, unit = (1000.0, "k") if thousands else (1.0, "")
    return [f"{value / scale:.6g}".replace("-", "−") + (unit if value else "") for value in values.tolist()]


def _key(value: float) -> str:
    """Return a number in JavaScript's form, bqplot's key of a tick's label."""
    number = float(value)
    return str(int(number)) if number.is_integer() else repr(number).replace("e-0", "e-")
