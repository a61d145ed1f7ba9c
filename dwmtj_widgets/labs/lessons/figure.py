"""A figure of the paper as measured by this package, at once or, if that takes seconds, on request."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from ipywidgets import HTML, HBox

from dwmtj_widgets.labs.common.transport import button
from dwmtj_widgets.labs.lessons.asking import Prediction
from dwmtj_widgets.labs.lessons.part import Part
from dwmtj_widgets.widgets.plots.curve_plot import Curve, CurvePlot, Mark, Region, Scale


def curve(name: str, x: npt.ArrayLike, y: npt.ArrayLike, colour: str, **more: Any) -> Curve:
    """Return a curve of arrays; see `widgets.curve_plot.Curve`."""
    along, up = (np.asarray(values, dtype=np.float64).tolist() for values in (x, y))
    return Curve(name, along, up, colour, **more)


@dataclass(frozen=True)
class Chart:
    """Content of a figure's chart, in display units."""

    x: Scale
    y: Scale
    curves: Sequence[Curve]
    marks: Sequence[Mark] = field(default_factory=tuple)
    regions: Sequence[Region] = field(default_factory=tuple)


@dataclass(frozen=True)
class Measurement:
    """Measurement and caption of a figure."""

    title: str
    caption: str
    """The corresponding figure of the paper, and the measurement."""
    make: Callable[[], Sequence[Chart]]
    """Measures, and returns the same charts every time."""
    seconds: int = 0
    """Approximate duration; 0 for at once."""


class Figure(Part):
    """One or two measured charts with a caption.

    Parameters
    ----------
    measurement : Measurement
    prediction : Prediction, optional
        Nothing is drawn before it is kept, because the charts show the answer.
    """

    def __init__(self, measurement: Measurement, prediction: Prediction | None = None) -> None:
        self._measurement = measurement
        self.charts: list[CurvePlot] = []
        self._row = HBox([])
        self._row.add_class("dwmtj-charts-row")
        self._offer = HBox([])
        caption = HTML(f'<p class="dwmtj-figure-caption">{measurement.caption}</p>')
        super().__init__(
            "Measured", measurement.title, "figure", self._row, self._offer, self.edge.widget, caption
        )
        if prediction is None or prediction.kept is not None:
            self._offer_or_measure()
        else:
            self._offer.children = (HTML("<p>The charts come when you have kept your prediction.</p>"),)
            prediction.on_kept(self.edge.callback(self._offer_or_measure))

    def _offer_or_measure(self) -> None:
        measurement = self._measurement
        if measurement.seconds:
            self.measure_button = button(
                self._asks,
                "measure",
                "Make the runs of this figure now",
                "primary",
            )
            self.measure_button.on_click(self.edge.callback(lambda _button: self.measure(), clears=True))
            self._offer.children = (self.measure_button,)
        else:
            self.measure()

    def measure(self) -> None:
        """Make the runs and draw them."""
        offer = self.measure_button if self._measurement.seconds else None
        if offer is not None:
            offer.description, offer.disabled = "Measuring ...", True
        try:
            self.charts = [self._drawn(chart) for chart in self._measurement.make()]
        except Exception:
            if offer is not None:
                offer.description, offer.disabled = self._asks, False
            raise
        self._row.children, self._offer.children = tuple(self.charts), ()

    def _drawn(self, chart: Chart) -> CurvePlot:
        plot = CurvePlot(height=250)
        plot.label = f"{self._measurement.title}: {chart.y.label} against {chart.x.label}"
        plot.show(chart.x, chart.y, chart.curves, marks=chart.marks, regions=chart.regions)
        return plot

    @property
    def _asks(self) -> str:
        return f"Measure, about {self._measurement.seconds} s"
