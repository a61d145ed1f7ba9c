"""Choice of the Statistics Lab's chart: the share, the axis, and the ideal networks beside the device."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from ipywidgets import Checkbox, Dropdown, Layout, Widget

from dwmtj_widgets.labs.statistics.charts import LOAD, MEASURE_NAMES, NEURONS
from dwmtj_widgets.sessions.snapshot import Fields
from dwmtj_widgets.texts import tr

AXES: Final = {NEURONS: tr("against neurons N"), LOAD: tr("against load P/N")}
IDEALS: Final = {"in turn": tr("ideal asynchronous"), "together": tr("ideal synchronous")}
_CLASSES: Final = {"in turn": "ideal-in-turn", "together": "ideal-together"}


class ChartChoice:
    """Four choosers; `parts` go into a page.

    Parameters
    ----------
    changed : callable
        Called after a choice.
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        self.measure = Dropdown(
            options=_measures(meant=False), tooltip=tr("What the chart shows"), layout=Layout(width="auto")
        )
        self.axis = Dropdown(
            options=[(text, key) for key, text in AXES.items()],
            tooltip=tr("Against what"),
            layout=Layout(width="auto"),
        )
        self.ideals = {
            key: Checkbox(key == "in turn", description=text, indent=False, layout=Layout(width="auto"))
            for key, text in IDEALS.items()
        }
        self.measure.add_class("dwmtj-measure")
        self.axis.add_class("dwmtj-axis")
        for key, box in self.ideals.items():
            box.add_class(f"dwmtj-{_CLASSES[key]}")
        self.parts: list[Widget] = [self.measure, self.axis, *self.ideals.values()]
        for chooser in self.parts:
            chooser.observe(lambda _change: changed(), "value")

    @property
    def systems(self) -> list[str]:
        """Systems with curves."""
        return ["device", *(key for key, box in self.ideals.items() if box.value)]

    def offer(self, *, meant: bool) -> None:
        """Offer the recalls of the intended pattern only if there is one."""
        options = _measures(meant=meant)
        if len(options) != len(self.measure.options):
            self.measure.options = options

    def setting(self) -> dict[str, Any]:
        """Return the choice as fields to share."""
        return {
            "measure": self.measure.value,
            "axis": self.axis.value,
            "ideals": [key for key, box in self.ideals.items() if box.value],
        }

    def read(self, fields: Fields, *, meant: bool) -> Callable[[], None]:
        """Read a shared choice, and return a function that shows it.

        Raises
        ------
        Refused
            If a field is missing or not legal.
        """
        measures = [key for _name, key in _measures(meant=meant)]
        measure, axis = fields.choice("measure", measures), fields.choice("axis", list(AXES))
        ideals = fields.items("ideals", lambda entry, name: entry.choice(name, list(IDEALS)), len(IDEALS))
        fields.close()

        def show() -> None:
            self.offer(meant=meant)
            self.measure.value, self.axis.value = measure, axis
            for key, box in self.ideals.items():
                box.value = key in ideals

        return show


def _measures(*, meant: bool) -> list[tuple[str, str]]:
    """Return names and keys of the shares, that of the intended pattern only if there is one."""
    return [(name, key) for key, name in MEASURE_NAMES.items() if key != "meant" or meant]
