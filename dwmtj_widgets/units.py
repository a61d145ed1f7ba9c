"""Conversion between SI values and displayed text.

All code uses SI units. Labels, tables, refusals and the command line show nanoseconds, nanojoules, milliwatts,
nanometres, millivolts and millitesla, and all of them are converted here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class DisplayUnit:
    """Display of an SI unit: ``shown = value * factor``, followed by `symbol`."""

    symbol: str
    factor: float


DISPLAY_UNITS: Final[dict[str, DisplayUnit]] = {
    "": DisplayUnit("", 1.0),
    "1": DisplayUnit("", 1.0),
    "%": DisplayUnit("%", 100.0),
    "s": DisplayUnit("ns", 1e9),
    "J": DisplayUnit("nJ", 1e9),
    "J s": DisplayUnit("aJ s", 1e18),
    "W": DisplayUnit("mW", 1e3),
    "V": DisplayUnit("mV", 1e3),
    "A": DisplayUnit("µA", 1e6),
    "m": DisplayUnit("nm", 1e9),
    "m2": DisplayUnit("nm²", 1e18),
    "m3": DisplayUnit("nm³", 1e27),
    "m/s": DisplayUnit("m/s", 1.0),
    "A/m": DisplayUnit("kA/m", 1e-3),
    "ohm": DisplayUnit("Ω", 1.0),
    "T": DisplayUnit("mT", 1e3),
    "K": DisplayUnit("K", 1.0),
    "Hz": DisplayUnit("GHz", 1e-9),
}


_HYPHEN: Final = re.compile(r"(?<![\w.)])-(?=[\d.])")
"""A hyphen before a number that is not inside a word or a range."""


def shown(value: float, unit: str) -> float:
    """Return `value` (in the SI unit `unit`) in its display unit."""
    return value * DISPLAY_UNITS[unit].factor


def from_shown(number: float, unit: str) -> float:
    """Return the SI value of a number in its display unit.

    It divides by the factor, because multiplying by the inverse would not give exactly 0.1 (V) for 100 (mV).
    """
    factor = DISPLAY_UNITS[unit].factor
    return number / factor if factor >= 1.0 else number * round(1.0 / factor)


def quantity(value: float, unit: str, *, digits: int = 4, decimals: int | None = None) -> str:
    """Format an SI value with its display unit, e.g. ``quantity(8.12e-8, "s") == "81.2 ns"``.

    Parameters
    ----------
    value : float
        In SI units.
    unit : str
        A key of `DISPLAY_UNITS`, e.g. ``"s"``.
    digits : int
        Significant digits, if `decimals` is not given.
    decimals : int, optional
        A fixed number of decimals, for read-outs of constant width.
    """
    display = DISPLAY_UNITS[unit]
    number = shown(value, unit)
    text = f"{number:.{digits}g}" if decimals is None else f"{number:.{decimals}f}"
    separator = "" if display.symbol in ("", "%") else " "
    return f"{text}{separator}{display.symbol}"


def with_minus(text: str) -> str:
    """Return a page's text with minus signs instead of the hyphens that `quantity` uses for terminals."""
    return _HYPHEN.sub("−", text)
