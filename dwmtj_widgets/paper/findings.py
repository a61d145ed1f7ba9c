"""Parts of a figure's report: comparisons, charts and tables. SI units; `page` renders them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import isfinite
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from dwmtj_widgets.paper.intervals import UNLIKELY, chance_of_misses, repeated_mean
from dwmtj_widgets.paper.store import Columns
from dwmtj_widgets.tasks.intervals import Interval, share_mean
from dwmtj_widgets.units import DISPLAY_UNITS, DisplayUnit

BOUNDED: Final = "bounded"
"""Method of most intervals, see `tasks.intervals.bounded_mean`."""
MARGIN: Final = 0.10
"""Largest relative deviation of a number that agrees, even if a repetition might give more."""
SHARE_MARGIN: Final = 0.02
"""Largest absolute deviation of a share that agrees: two points."""
UNITS: Final = {**DISPLAY_UNITS, "J s": DisplayUnit("aJ s", 1e18), "V": DisplayUnit("V", 1.0)}
"""Display units of the paper."""
Results = Mapping[str, Columns]
"""Measured columns of points, by key."""


@dataclass(frozen=True)
class ComparedNumber:
    """One number, as measured and as stated by the paper."""

    what: str
    unit: str
    """A key of `UNITS`."""
    measured: float
    interval: Interval | None = None
    """95 % interval of the measured number."""
    method: str = ""
    """Method of the interval."""
    repeat: Interval | None = None
    """Range of 999 of 1000 repetitions with the paper's number of trials; a number outside does not agree."""
    printed: float | None = None
    released: float | None = None
    agrees: bool | None = None
    """None if nothing is stated, or if the comparison is `open`."""
    open: bool = False
    """Whether the stated number lies in the range of a repetition but too far from ours to agree."""
    recomputed: bool = False
    """Whether the number was computed from printed or released ones; nothing was measured."""
    why: str = ""
    """Explanation; never empty if the number does not agree."""
    setting: str = ""
    """The setting, if it differs from the figure's."""

    @property
    def stated(self) -> float | None:
        """The printed number or, without one, the released one."""
        return self.released if self.printed is None else self.printed


@dataclass(frozen=True)
class Series:
    """A curve of a chart, in display units."""

    name: str
    x: Sequence[float]
    y: Sequence[float]
    low: Sequence[float] | None = None
    high: Sequence[float] | None = None
    kind: Literal["ours", "released", "printed", "limit"] = "ours"
    colour: int = 0


@dataclass(frozen=True)
class Chart:
    """A chart; axis labels include units."""

    title: str
    x_label: str
    y_label: str
    series: Sequence[Series]
    zero: bool = False
    """Whether the vertical axis starts at zero."""
    dodge: bool = False
    """Whether series of different colours are shifted against each other."""


@dataclass(frozen=True)
class Table:
    """A table of strings."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    folded: bool = True
    """Whether it is collapsed at first."""


@dataclass
class Section:
    """The report of one figure or table."""

    name: str
    title: str
    setting: str
    """The printed setting, and where ours differs."""
    comparisons: list[ComparedNumber] = field(default_factory=list)
    details: list[ComparedNumber] = field(default_factory=list)
    """The single points of the comparisons."""
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
    margin: float | None = None,
    recomputed: bool = False,
) -> ComparedNumber:
    """Judge a number.

    The stated number is the printed one, to within half a unit of its last digit, or without one the released one. It
    does not agree if it lies outside the range of 999 of 1000 repetitions of the paper's trials. It agrees if it lies
    inside and within `margin` of ours. Otherwise the comparison is open.
    """
    row = ComparedNumber(
        what,
        unit,
        float(measured),
        interval,
        method,
        repeat,
        printed,
        released,
        why=why,
        setting=setting,
        recomputed=recomputed,
    )
    stated = row.stated
    if stated is None or repeat is None:
        return row
    if not repeat.meets(stated, half_digit):
        far = max(repeat.low - stated - half_digit, stated - half_digit - repeat.high)
        outside = f"The stated number lies {text(far, unit, 2)} outside the range of a repetition."
        return replace(row, agrees=False, why=why or outside)
    most = margin if margin is not None else SHARE_MARGIN if unit == "%" else MARGIN * abs(stated)
    if abs(row.measured - stated) <= most + half_digit:
        return replace(row, agrees=True)
    distance = text(abs(row.measured - stated), unit, 3)
    too_far = (
        f"A repetition might give it, but it is {distance} from the measured number: that is no agreement."
    )
    return replace(row, open=True, why=f"{why} {too_far}".lstrip())


def curve(row: ComparedNumber, points: Sequence[ComparedNumber], what: str = "points") -> ComparedNumber:
    """Judge a whole curve by the comparison of its mean and by the number of points that do not agree."""
    misses = sum(point.agrees is False for point in points)
    likely = chance_of_misses(misses, len(points)) >= UNLIKELY
    inside = f"{len(points) - misses} of {len(points)} {what} lie in the ranges of a repetition"
    by_chance = "as chance has it" if likely else "fewer than chance explains"
    refuted = row.agrees is False or not likely
    return replace(
        row,
        agrees=False if refuted else row.agrees,
        open=row.open and not refuted,
        why=f"{row.why} {inside}, {by_chance}.".lstrip(),
    )


def claim(row: ComparedNumber, interval: Interval, *, positive: bool = True) -> ComparedNumber:
    """Judge the claim that a number is positive, or negative, by its interval."""
    above, below = interval.low > 0.0, interval.high < 0.0
    agrees = above if positive else below
    if agrees or (below if positive else above):
        return replace(row, agrees=agrees)
    return replace(row, open=True, why="The interval excludes neither this nor the opposite.")


def column(results: Results, key: str, name: str) -> NDArray[np.float64]:
    """Return one column of a measured point, one entry a trial."""
    return np.asarray(results[key][name], dtype=np.float64)


def accuracy(wrong: NDArray[np.float64], bits: int, trials: int) -> tuple[float, Interval, Interval]:
    """Return bitwise accuracy, its interval, and that of a repetition of `trials` trials.

    The bits of one trial are not independent, so trials are counted, not bits.
    """
    share = 1.0 - wrong / bits
    return float(share.mean()), share_mean(share), repeated_mean(share, trials, 1.0)


def unfinished(results: Results, keys: Sequence[str], reading: str = "their undecided bits as wrong") -> str:
    """Return a sentence on runs that were given up after 3000 ns; empty if there were none."""
    flags = np.concatenate([column(results, key, "converged") for key in keys])
    given_up = int((flags == 0.0).sum())
    if not given_up:
        return ""
    return (
        f"{given_up} of {flags.shape[0]} runs still moved after 3000 ns and were given up; they count with that time, "
        f"{reading}."
    )


def in_unit(values: Sequence[float] | NDArray[np.float64], unit: str) -> list[float]:
    """Return values in display units."""
    return [float(value) * UNITS[unit].factor for value in values]


def measured_series(
    name: str,
    x: Sequence[float],
    values: Sequence[float],
    bars: Sequence[Interval],
    unit: str,
    colour: int,
) -> Series:
    """Return a curve of measured values and their intervals, given in SI units."""
    lows, highs = in_unit([bar.low for bar in bars], unit), in_unit([bar.high for bar in bars], unit)
    return Series(name, x, in_unit(values, unit), lows, highs, colour=colour)


def text(value: float | None, unit: str, digits: int = 4) -> str:
    """Return a number with its unit; a dash for None."""
    if value is None:
        return "–"
    return f"{value * UNITS[unit].factor:.{digits}g}{_symbol(unit)}"


def measured_text(unit: str, *values: float, digits: int = 4) -> str:
    """Return one measured number, or two as a range, with trailing zeros: 0.5 with four digits is 0.5000."""
    # Counts and the voltages of the grid are exact; trailing zeros of other numbers show their precision.
    plain = unit == "V" or (unit == "1" and all(value == round(value) for value in values))
    style = "g" if plain else f"#.{digits}g"
    numbers = [f"{value * UNITS[unit].factor:{style}}".rstrip(".") for value in values]
    return " to ".join(numbers) + _symbol(unit)


def _symbol(unit: str) -> str:
    symbol = UNITS[unit].symbol
    return symbol if symbol in ("", "%") else f" {symbol}"


def as_json(comparison: ComparedNumber) -> dict[str, Any]:
    """Return a comparison as a JSON object, in SI units."""
    c = comparison
    return {
        "what": c.what,
        "unit": c.unit,
        "measured": c.measured,
        "interval_95": None if c.interval is None else list(c.interval),
        "interval_method": c.method or None,
        "repetition_999": None if c.repeat is None else [end if isfinite(end) else None for end in c.repeat],
        "printed": c.printed,
        "released": c.released,
        "agrees": c.agrees,
        "open": c.open,
        "recomputed": c.recomputed,
        "why": c.why or None,
        "setting": c.setting or None,
    }
