"""The one place where SI numbers become text for people, and back.

Everything below the surface is in SI units. Labels, tables, error sentences and the command line show
nanoseconds, nanojoules, milliwatts, nanometres, millivolts and millitesla, all of them made here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class DisplayUnit:
    """How a quantity of one SI unit is shown: ``shown = value * factor``, followed by `symbol`."""

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
"""Before a number, and not within a word or a range."""


def shown(value: float, unit: str) -> float:
    """Return `value` (SI, of unit `unit`) as the number that people see."""
    return value * DISPLAY_UNITS[unit].factor


def from_shown(number: float, unit: str) -> float:
    """Return the SI value of a number that a person typed or set on a slider.

    Division by the factor, not multiplication by its inverse: 100 (mV) must come back as 0.1 (V) to the bit.
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
        Significant digits, when `decimals` is not given.
    decimals : int, optional
        A fixed number of decimals, for read-outs that must not jitter in width.
    """
    display = DISPLAY_UNITS[unit]
    number = shown(value, unit)
    text = f"{number:.{digits}g}" if decimals is None else f"{number:.{decimals}f}"
    separator = "" if display.symbol in ("", "%") else " "
    return f"{text}{separator}{display.symbol}"


def with_minus(text: str) -> str:
    """Return a text of a page with minus signs before its numbers, where `quantity` has the hyphen of terminals."""
    return _HYPHEN.sub("−", text)
