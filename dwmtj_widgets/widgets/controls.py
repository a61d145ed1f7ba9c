"""Controls of a quantity, made from its label, unit, range, step and default."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import Field
from math import ceil, isclose
from typing import Any

from ipywidgets import Button, HBox, Label, Layout

from dwmtj_widgets.texts import tr
from dwmtj_widgets.units import DISPLAY_UNITS, from_shown, shown, with_minus
from dwmtj_widgets.widgets._by_program import ByProgram
from dwmtj_widgets.widgets.entries import FloatSlider

_ROUNDING = 1e-6
"""Differences below this share of a step are rounding errors."""


class QuantitySlider:
    """A labelled slider with unit, typed entry and reset. `value` is in SI units; the page shows display units.

    Parameters
    ----------
    label, unit : str
        The quantity's name and its SI unit, a key of `units.DISPLAY_UNITS`.
    default : float
        First value, and the value of the reset button.
    low, high, step : float
        Range and step in SI units. The range grows by whole steps to show a value beyond it.
    name : str
        The widget gets the class ``dwmtj-NAME``.
    hint : str, optional
        A sentence shown on hovering.
    """

    def __init__(
        self,
        label: str,
        unit: str,
        default: float,
        low: float,
        high: float,
        step: float,
        *,
        name: str,
        hint: str = "",
    ) -> None:
        self._unit, self._default, self._value = unit, default, default
        self._callbacks: list[Callable[[float], None]] = []
        step_shown = shown(step, unit)
        self.slider = FloatSlider(
            value=shown(default, unit),
            min=shown(low, unit),
            max=shown(high, unit),
            step=step_shown,
            description=label,
            tooltip=hint
            or tr("{label}, {low} to {high} {unit}").format(
                label=label,
                low=with_minus(f"{shown(low, unit):g}"),
                high=with_minus(f"{shown(high, unit):g}"),
                unit=DISPLAY_UNITS[unit].symbol,
            ),
            readout_format=f".{_decimals(step_shown)}f",
            layout=Layout(flex="1 1 auto", width="auto", min_width="0"),
        )
        self.slider.add_class(f"dwmtj-{name}")
        unit_label = Label(DISPLAY_UNITS[unit].symbol, layout=Layout(width="32px"))
        reset = Button(
            description="↺",
            tooltip=tr("Reset {label} to {value} {unit}").format(
                label=label, value=with_minus(f"{shown(default, unit):g}"), unit=DISPLAY_UNITS[unit].symbol
            ),
            layout=Layout(width="26px", flex="0 0 auto"),
        )
        reset.add_class("dwmtj-small")
        reset.add_class(f"dwmtj-{name}-reset")
        reset.on_click(lambda _button: setattr(self, "value", self._default))
        self.widget = HBox([self.slider, unit_label, reset])
        self.widget.add_class("dwmtj-quantity")
        self.slider.observe(self._moved, "value")
        self._by_program = ByProgram()
        self.show(default)

    @property
    def value(self) -> float:
        """The value in SI units."""
        return self._value

    @value.setter
    def value(self, value: float) -> None:
        # A page may send a number with the rounding error of its steps. If it were sent the round number, it would go
        # back to it, although a held key has moved on.
        number = shown(value, self._unit)
        if not isclose(number, self.slider.value, rel_tol=1e-11, abs_tol=_ROUNDING * self.slider.step):
            self.slider.value = number

    def show(self, value: float) -> None:
        """Move the slider without callbacks; a legal value may lie beyond the slider's first range."""
        with self._by_program:
            self._hold(shown(value, self._unit))
            self.value = value
        self._value = value

    def _hold(self, number: float) -> None:
        """Widen the range to include a number, by whole steps, because the page counts steps from the lower end."""
        slider = self.slider
        below, above = ((gap / slider.step) for gap in (slider.min - number, number - slider.max))
        if below > _ROUNDING:
            slider.min = _rounded(slider.min - ceil(below) * slider.step)
        if above > _ROUNDING:
            slider.max = _rounded(slider.max + ceil(above) * slider.step)

    def on_change(self, callback: Callable[[float], None]) -> None:
        """Call ``callback(value)`` in SI units whenever the slider moves."""
        self._callbacks.append(callback)

    def _moved(self, _change: Any) -> None:
        # A slider that has just appeared on a page reports its value as a number of steps from its lower end, with a
        # rounding error. That is no move.
        value = from_shown(_rounded(self.slider.value), self._unit)
        if not self._by_program and not isclose(value, self._value, rel_tol=1e-11):
            self._value = value
            for callback in self._callbacks:
                callback(value)


def slider_for(entry: Field[Any], *, default: float | None = None) -> QuantitySlider:
    """Return a slider for a dataclass field, from its metadata: label, symbol, unit and slider range."""
    label: str = entry.metadata["label"]
    low, high, step = entry.metadata["slider"]
    return QuantitySlider(
        tr(label),
        entry.metadata["unit"],
        float(entry.default) if default is None else default,  # type: ignore[arg-type]
        low,
        high,
        step,
        name=entry.name.replace("_", "-"),
    )


def _rounded(number: float) -> float:
    return float(f"{number:.12g}")


def _decimals(step: float) -> int:
    """Return the number of decimals that two steps need."""
    for decimals in range(6):
        if abs(round(step, decimals) - step) < 1e-9 * max(step, 1.0):
            return decimals
    return 6
