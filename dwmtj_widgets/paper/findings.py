"""What a figure's report consists of: comparisons, charts and tables. SI units; made into text elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from dwmtj_widgets.paper.intervals import repeated_mean
from dwmtj_widgets.paper.store import Columns
from dwmtj_widgets.tasks.intervals import Interval, bootstrap_mean, wilson
from dwmtj_widgets.units import DISPLAY_UNITS, DisplayUnit

BY_CHANCE: Final = "About one range of 95 % in twenty misses by chance."
UNITS: Final = {**DISPLAY_UNITS, "J s": DisplayUnit("aJ s", 1e18), "V": DisplayUnit("V", 1.0)}
"""As the paper shows them."""
Results = Mapping[str, Columns]
"""The measured points by key."""


@dataclass(frozen=True)
class Comparison:
    """One number, measured here and stated there."""

    what: str
    unit: str
    """A key of `UNITS`."""
    measured: float
    interval: Interval | None = None
    """Of 95 %: where the measured number would be with endless trials."""
    method: str = ""
    """How the interval was made."""
    repeat: Interval | None = None
    """Of 95 %: where a repetition of the paper's own number of trials would lie; by it agreement is judged."""
    printed: float | None = None
    released: float | None = None
    agrees: bool | None = None
    """None where there is nothing to compare with."""
    why: str = ""
    """One sentence; always there where it does not agree."""
    setting: str = ""
    """The setting, where it is not the figure's."""


@dataclass(frozen=True)
class Series:
    """Points of a chart, in display units."""

    name: str
    x: Sequence[float]
    y: Sequence[float]
    low: Sequence[float] | None = None
    high: Sequence[float] | None = None
    kind: Literal["ours", "released", "printed", "limit"] = "ours"
    colour: int = 0


@dataclass(frozen=True)
class Chart:
    """A chart with its axes' names, units included."""

    title: str
    x_label: str
    y_label: str
    series: Sequence[Series]
    zero: bool = False
    """Whether the vertical axis begins at zero."""
    dodge: bool = False
    """Whether series of different colours stand a little aside of each other."""


@dataclass(frozen=True)
class Table:
    """A table of text."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    folded: bool = True
    """Whether it is shown only on demand."""


@dataclass
class Section:
    """The report of one figure or table."""

    name: str
    title: str
    setting: str
    """As printed, and what was done here where that differs."""
    comparisons: list[Comparison] = field(default_factory=list)
    details: list[Comparison] = field(default_factory=list)
    """The single points behind the comparisons."""
    charts: list[Chart] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def compare(
    what: str,
    unit: str,
    measured: float,
    interval: Interval | None = None,
    method: str = "",
    *,
    repeat: Interval | None = None,
    printed: float | None = None,
    half_digit: float = 0.0,
    released: float | None = None,
    why: str = "",
    setting: str = "",
) -> Comparison:
    """Judge a number: it agrees if a repetition of the paper's trials could give what the paper states.

    The printed number counts where there is one, to within half of its last digit, else the released one.
    """
    stated = released if printed is None else printed
    agrees = None if stated is None or repeat is None else repeat.meets(stated, half_digit)
    if agrees is False and stated is not None and repeat is not None and not why:
        far = max(repeat.low - stated - half_digit, stated - half_digit - repeat.high)
        why = f"The stated number lies {text(far, unit, 2)} outside the range of a repetition. {BY_CHANCE}"
    return Comparison(
        what, unit, float(measured), interval, method, repeat, printed, released, agrees, why, setting
    )


def column(results: Results, key: str, name: str) -> NDArray[np.float64]:
    """Return one column of a measured point, one entry a trial."""
    return np.asarray(results[key][name], dtype=np.float64)


def accuracy(wrong: NDArray[np.float64], bits: int, trials: int) -> tuple[float, Interval, Interval]:
    """Return bitwise accuracy, its interval, and that of a repetition of `trials` trials.

    The bits of one trial stand and fall together, so trials are resampled, not bits. Where no bit was wrong there is
    nothing to resample: Wilson's limit of the share of faulty trials is used, each with half of its bits wrong, the
    most that can be (the rest would be the inverse).
    """
    if not wrong.any():
        low = 1.0 - wilson(0, wrong.shape[0]).high / 2.0
        return 1.0, Interval(low, 1.0), Interval(low, 1.0)
    share = 1.0 - wrong / bits
    return float(share.mean()), bootstrap_mean(share), repeated_mean(share, trials).within(0.0, 1.0)


def unfinished(results: Results, keys: Sequence[str], reading: str = "their undecided bits as wrong") -> str:
    """Return a sentence on runs that were given up after 3000 ns, empty if there were none."""
    flags = np.concatenate([column(results, key, "converged") for key in keys])
    given_up = int((flags == 0.0).sum())
    if not given_up:
        return ""
    return (
        f"{given_up} of {flags.shape[0]} runs still moved after 3000 ns and were given up; they count with that time, "
        f"{reading}."
    )


def in_unit(values: Sequence[float] | NDArray[np.float64], unit: str) -> list[float]:
    """Return values as people see them."""
    return [float(value) * UNITS[unit].factor for value in values]


def measured_series(
    name: str,
    x: Sequence[float],
    values: Sequence[float],
    bars: Sequence[Interval],
    unit: str,
    colour: int,
) -> Series:
    """Return measured values with their intervals, in SI units, as a curve."""
    lows, highs = in_unit([bar.low for bar in bars], unit), in_unit([bar.high for bar in bars], unit)
    return Series(name, x, in_unit(values, unit), lows, highs, colour=colour)


def text(value: float | None, unit: str, digits: int = 4) -> str:
    """Return a number with its unit, a dash for None."""
    if value is None:
        return "–"
    return f"{value * UNITS[unit].factor:.{digits}g}{_symbol(unit)}"


def measured_text(unit: str, *values: float, digits: int = 4) -> str:
    """Return one measured number, or two as a range, with all digits: 0.5 to four of them is 0.5000."""
    # A count is a count, a voltage one of the grid; the rest keeps its zeros, which say how exact it is.
    plain = unit == "V" or (unit == "1" and all(value == round(value) for value in values))
    style = "g" if plain else f"#.{digits}g"
    numbers = [f"{value * UNITS[unit].factor:{style}}".rstrip(".") for value in values]
    return " to ".join(numbers) + _symbol(unit)


def _symbol(unit: str) -> str:
    symbol = UNITS[unit].symbol
    return symbol if symbol in ("", "%") else f" {symbol}"


def as_json(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as JSON has it, in SI units."""
    c = comparison
    return {
        "what": c.what,
        "unit": c.unit,
        "measured": c.measured,
        "interval_95": None if c.interval is None else list(c.interval),
        "interval_method": c.method or None,
        "repetition_95": None if c.repeat is None else [end if isfinite(end) else None for end in c.repeat],
        "printed": c.printed,
        "released": c.released,
        "agrees": c.agrees,
        "why": c.why or None,
        "setting": c.setting or None,
    }
