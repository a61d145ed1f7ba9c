"""Distribution of the values of many trials: a histogram with mean, median and the middle 95 %."""

from __future__ import annotations

from html import escape
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from ipywidgets import HTML, VBox

from dwmtj_widgets.texts import tr
from dwmtj_widgets.widgets import palette
from dwmtj_widgets.widgets.plots.curve_plot import Curve, CurvePlot, Mark, Region, Scale, round_above

MOST_BINS: Final = 30
MIDDLE: Final = (0.025, 0.975)


class Distribution:
    """Distribution of one quantity; `widget` goes into a page.

    Parameters
    ----------
    title : str
        Name of the quantity.
    unit : str
        Symbol of the values' unit.
    name : str
        The text gets the class ``dwmtj-NAME``.
    height : int
        CSS pixels.
    """

    def __init__(self, title: str, unit: str, *, name: str, height: int = 76) -> None:
        self._title, self._unit = title, unit
        self.text = HTML()
        self.text.add_class(f"dwmtj-{name}")
        self.text.add_class("dwmtj-distribution-text")
        self.plot = CurvePlot(
            height=height, label=tr("Distribution of {title}, {unit}").format(title=title, unit=unit)
        )
        self.widget = VBox([self.text, self.plot])
        self.widget.add_class("dwmtj-distribution")
        self.show(np.zeros(0))

    def show(self, values: npt.NDArray[np.floating[Any]]) -> None:
        """Show values of shape (K,) in display units; only the axis if there are none."""
        name = f"<b>{escape(self._title)}</b>"
        if not len(values):
            self.text.value = f"{name} –"
            self.plot.show(Scale("", 0.0, 1.0), Scale("", 0.0, 1.0))
            return
        mean, median = float(values.mean()), float(np.median(values))
        low, high = (float(v) for v in np.quantile(values, MIDDLE))
        spread = tr("median {median}, 95 %: {low}–{high}").format(
            median=_short(median), low=_short(low), high=_short(high)
        )
        self.text.value = f"{name} <b>{_short(mean)} {escape(self._unit)}</b>, {spread}"
        edges, counts = _histogram(values)
        steps = Curve(
            name=self._title,
            x=np.repeat(edges, 2).tolist(),
            y=[0.0, *np.repeat(counts, 2).tolist(), 0.0],
            colour=palette.SERIES[0],
            width=1.2,
            fill=True,
            live=False,
        )
        self.plot.show(
            Scale("", float(edges[0]), float(edges[-1])),
            Scale("", 0.0, round_above(float(counts.max()))),
            [steps],
            marks=[
                Mark(mean, palette.FOCUS, dash="solid"),
                Mark(median, palette.INK),
            ],
            regions=[Region(low, high)],
        )


def _histogram(values: npt.NDArray[np.floating[Any]]) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Return edges and counts of equal bins, more bins for more values."""
    least, most = float(values.min()), float(values.max())
    if most - least <= 1e-9 * abs(most):
        half = abs(most) / 20.0 or 0.5
        return np.array([least - half, most + half]), np.array([len(values)])
    bins = min(MOST_BINS, max(5, round(2.0 * len(values) ** 0.4)))
    counts, edges = np.histogram(values, bins)
    return edges, counts


def _short(value: float) -> str:
    """Return a number with three digits, or with all digits before the point."""
    return f"{value:,.0f}" if abs(value) >= 1000.0 else f"{value:.3g}"
