"""Quantities of a sweep's map: names, units, and numbers as text."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan
from types import MappingProxyType
from typing import Final

from dwmtj_widgets.explore import QUANTITIES
from dwmtj_widgets.texts import tr
from dwmtj_widgets.units import DISPLAY_UNITS, quantity

NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "edp": tr("Energy-delay product, by the circuit"),
        "time": tr("Time-to-solution"),
        "energy": tr("Energy, by the circuit"),
        "accuracy": tr("Accuracy"),
        "success": tr("Full successes"),
        "converged": tr("Runs that came to rest"),
        "edp_estimate": tr("Energy-delay product, paper's estimate"),
        "energy_estimate": tr("Energy, paper's estimate"),
    }
)
"""Names of all quantities of `Result.statistics` on the page; the first is shown first."""

SHORT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "edp": tr("EDP, circuit"),
        "time": tr("Time"),
        "energy": tr("Energy, circuit"),
        "accuracy": tr("Accuracy"),
        "success": tr("Full successes"),
        "converged": tr("Came to rest"),
        "edp_estimate": tr("EDP, estimate"),
        "energy_estimate": tr("Energy, estimate"),
    }
)
"""Short names."""

LEAST: Final = ("time", "energy", "energy_estimate", "edp", "edp_estimate")
"""Quantities with a minimum that `Result.least` can find."""


def unit_of(name: str) -> str:
    """Return the unit of a quantity, a key of `DISPLAY_UNITS`; shares are shown in per cent."""
    unit = QUANTITIES[name].unit
    return "%" if unit == "1" else unit


def is_share(name: str) -> bool:
    """Return whether a quantity lies between 0 and 1."""
    return unit_of(name) == "%"


def titled(name: str) -> str:
    """Return the name of a quantity with its unit."""
    return f"{NAMES[name]}, {DISPLAY_UNITS[unit_of(name)].symbol}"


def text(name: str, value: float) -> str:
    """Return a value with its unit, a dash if there is none."""
    return "–" if isnan(value) else quantity(value, unit_of(name))


def range_text(name: str, low: float, high: float) -> str:
    """Return an interval with its unit, a dash if there is none."""
    if isnan(low) or isnan(high):
        return "–"
    unit = unit_of(name)
    first = quantity(low, unit).removesuffix(DISPLAY_UNITS[unit].symbol).strip()
    return tr("{low} to {high}").format(low=first, high=quantity(high, unit))
