"""A lesson's experiment that runs in time, with the parts that all of them have."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ipywidgets import HTML, HBox, Widget

from dwmtj_widgets.labs.lessons.desk import LessonDesk
from dwmtj_widgets.labs.lessons.part import Part
from dwmtj_widgets.widgets.controls import QuantitySlider
from dwmtj_widgets.widgets.page._closing import close_all
from dwmtj_widgets.widgets.plots.curve_plot import CurvePlot
from dwmtj_widgets.widgets.views.meters import Meters


class Experiment(Part):
    """Transport and clock, a drawing, controls, readings and charts, from top to bottom.

    Parameters
    ----------
    title, name : str
        As for `Part`.
    desk : LessonDesk
        It draws on the other parts, so they must exist before it runs.
    drawing : HTML
    controls : sequence of Widget
        In a row.
    readout : Meters
    charts : sequence of CurvePlot
        In a row.
    """

    def __init__(
        self,
        title: str,
        name: str,
        desk: LessonDesk,
        drawing: HTML,
        controls: Sequence[Widget],
        readout: Meters,
        charts: Sequence[CurvePlot],
    ) -> None:
        self.desk = desk
        self._values: dict[QuantitySlider, Callable[[], float]] = {}
        super().__init__(
            "Experiment",
            title,
            name,
            HBox([desk.transport.widget, desk.clock]),
            drawing,
            _row(controls, "controls"),
            readout.widget,
            _row(charts, "charts"),
            desk.error.widget,
        )
        desk.refresh()

    @property
    def begun(self) -> bool:
        """Whether the experiment has run."""
        return self.desk.begun

    def close(self) -> None:
        """Stop the clock and close the part's widgets."""
        self.desk.pause()
        close_all(self.widget)

    def connect(
        self, slider: QuantitySlider, change: Callable[[float], None], value: Callable[[], float]
    ) -> None:
        """Let a slider change the experiment; after each change, even a refused one, it shows the actual value."""
        self._values[slider] = value

        def changed(number: float) -> None:
            try:
                change(number)
            finally:
                for connected, current in self._values.items():
                    connected.show(current())
            self.desk.wake()

        slider.on_change(lambda number: self.desk.do(lambda: changed(number)))


def _row(widgets: Sequence[Widget], name: str) -> HBox:
    row = HBox(list(widgets))
    row.add_class(f"dwmtj-{name}-row")
    return row
