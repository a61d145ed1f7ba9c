"""What a figure's report consists of: comparisons, charts and tables. SI units; made into text elsewhere."""

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
"""How most intervals are made (see `tasks.intervals.bounded_mean`)."""
MARGIN: Final = 0.10
"""Share of the stated number. What is farther away does not agree, even if a repetition might give it."""
SHARE_MARGIN: Final = 0.02
"""The same of a share, which is not a part of the stated one but two points."""
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
    """Where the measured number would be with endless trials, 95 %."""
    method: str = ""
    """How the interval was made."""
    repeat: Interval | None = None
    """Where 999 of 1000 repetitions of the paper's own number of trials would lie; what is outside does not agree."""
    printed: float | None = None
    released: float | None = None
    agrees: bool | None = None
    """None where there is nothing to compare with, or nothing can be said: see `open`."""
    open: bool = False
    """Whether a repetition might give the stated number, but it is too far from ours to agree."""
    recomputed: bool = False
    """Whether it was worked out of printed or released numbers; nothing was measured."""
    why: str = ""
    """One sentence; always there where it does not agree."""
    setting: str = ""
    """The setting, where it is not the figure's."""

    @property
    def stated(self) -> float | None:
        """What the paper says: the printed number or, where there is none, the released one."""
        return self.released if self.printed is None else self.printed


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
    margin: float | None = None,
    recomputed: bool = False,
) -> Comparison:
    """Judge a number.

    It agrees if 999 of 1000 repetitions of the paper's trials would surround what the paper states, and ours is within
    `margin` of it; it does not if they would not. In between it is open. The printed number counts where there is one,
    to within half of its last digit, else the released one.
    """
    row = Comparison(
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


def curve(row: Comparison, points: Sequence[Comparison], what: str = "points") -> Comparison:
    """Judge a whole curve: by the comparison of its mean, and by how many of its points do not agree."""
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


def claim(row: Comparison, interval: Interval, *, positive: bool = True) -> Comparison:
    """Judge a claim that a number is above zero, or below it: by the interval of the number."""
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

    The bits of one trial stand and fall together, so trials are counted, not bits.
    """
    share = 1.0 - wrong / bits
    return float(share.mean()), share_mean(share), repeated_mean(share, trials, 1.0)


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
        "repetition_999": None if c.repeat is None else [end if isfinite(end) else None for end in c.repeat],
        "printed": c.printed,
        "released": c.released,
        "agrees": c.agrees,
        "open": c.open,
        "recomputed": c.recomputed,
        "why": c.why or None,
        "setting": c.setting or None,
    }
