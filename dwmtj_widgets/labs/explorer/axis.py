"""One axis of the Explorer: which parameter, over what range."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ipywidgets import Checkbox, Dropdown, HBox, Layout, VBox

from dwmtj_widgets.explore import knobs_of
from dwmtj_widgets.labs.common.page import ErrorLine
from dwmtj_widgets.sessions.explorer.ranges import Range, offered, suggested, sweepable
from dwmtj_widgets.texts import tr
from dwmtj_widgets.units import from_shown, shown
from dwmtj_widgets.widgets._by_program import ByProgram
from dwmtj_widgets.widgets.entries import FloatText, IntText

NO_PARAMETER: Final = ""


class AxisControl:
    """One parameter and its range; `widget` is what goes into a page.

    Parameters
    ----------
    letter : str
        "x" or "y": the controls get the classes ``dwmtj-parameter-LETTER``, ``dwmtj-low-LETTER`` and so on.
    changed : callable
        Called with the chosen `Range`, or None for no parameter.
    error : ErrorLine
        The edge of the lab.
    """

    def __init__(
        self,
        letter: str,
        changed: Callable[[Range | None], None],
        error: ErrorLine,
    ) -> None:
        self._changed, self._error, self._task, self._by_program = changed, error, "", ByProgram()
        self._optional = letter == "y"
        wide = Layout(width="auto")
        self.parameter = Dropdown(layout=wide, tooltip=tr("What varies along this axis"))
        self.low = FloatText(0.0, description=tr("from"), layout=Layout(width="86px"))
        self.high = FloatText(1.0, description=tr("to"), layout=Layout(width="72px"))
        self.count = IntText(
            8, description=tr("in"), tooltip=tr("How many values"), layout=Layout(width="56px")
        )
        self.log = Checkbox(
            False,
            description=tr("log"),
            indent=False,
            tooltip=tr("In equal ratios"),
            layout=Layout(width="44px"),
        )
        for control, name in (
            (self.parameter, "parameter"),
            (self.low, "low"),
            (self.high, "high"),
            (self.count, "count"),
            (self.log, "log"),
        ):
            control.add_class(f"dwmtj-{name}-{letter}")
        self._numbers = HBox([self.low, self.high, self.count, self.log])
        self._numbers.add_class("dwmtj-numbers")
        self.widget = VBox([self.parameter, self._numbers])
        self.parameter.observe(lambda _change: self._parameter_chosen(), "value")
        for control in (self.low, self.high, self.count, self.log):
            control.observe(lambda _change: self._edited(), "value")

    def show(self, task: str, axis: Range | None) -> None:
        """Show a range without callbacks."""
        with self._by_program:
            if task != self._task:
                self._task = task
                none = [(tr("nothing: a curve"), NO_PARAMETER)] if self._optional else []
                self.parameter.options = [*none, *offered(sweepable(task))]
            self.parameter.value = NO_PARAMETER if axis is None else axis.name
            choices = axis is None or bool(knobs_of(task)[axis.name].choices)
            self._numbers.layout.display = "none" if choices else None
            if axis is not None and not choices:
                unit = knobs_of(task)[axis.name].unit
                self.low.value, self.high.value = _short(axis.low, unit), _short(axis.high, unit)
                self.count.value, self.log.value = axis.count, axis.log

    def _parameter_chosen(self) -> None:
        if not self._by_program:
            with self._error.guarded(clears=False):
                name = self.parameter.value
                self._changed(None if name == NO_PARAMETER else suggested(self._task, name))

    def _edited(self) -> None:
        if not self._by_program:
            with self._error.guarded(clears=False):
                name = self.parameter.value
                unit = knobs_of(self._task)[name].unit
                low, high = from_shown(self.low.value, unit), from_shown(self.high.value, unit)
                self._changed(Range(name, low, high, self.count.value, self.log.value))


def _short(value: float, unit: str) -> float:
    return float(f"{shown(value, unit):.6g}")
