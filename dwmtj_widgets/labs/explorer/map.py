"""The Explorer's chart of a sweep: a map of two parameters, or a curve of one, with the paper's numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import log, nan

import numpy as np
from ipywidgets import VBox
from numpy.typing import NDArray

from dwmtj_widgets.explore import Knob, Least, Point, Sweep, defaults_of
from dwmtj_widgets.explore.alike import alike
from dwmtj_widgets.explore.knobs import Value
from dwmtj_widgets.paper.fig8 import PRINTED_MINIMUM, PRINTED_PRODUCT
from dwmtj_widgets.paper.released import Released
from dwmtj_widgets.sessions.explorer.labels import name_of
from dwmtj_widgets.sessions.explorer.quantities import NAMES, is_share, titled, unit_of
from dwmtj_widgets.sessions.explorer.ranges import group_of, label_of, symbol_of
from dwmtj_widgets.sessions.explorer.session import ExplorerSession
from dwmtj_widgets.texts import tr
from dwmtj_widgets.units import DISPLAY_UNITS, shown
from dwmtj_widgets.widgets import palette
from dwmtj_widgets.widgets.plots.curve_plot import Curve, CurvePlot, Mark, Region, Scale, round_above
from dwmtj_widgets.widgets.plots.heat_map import Colours, HeatMap, Spot, Steps

Floats = NDArray[np.float64]

WAITING = tr("Press Start: it fills in here")
TABLE_I = tr("Table I")
LEAST = tr("least")
LOST_FACTOR = 1000.0
"""Factor by which the product printed in figure 8 is too small (see the report of the paper)."""
_WIDE = 5.0
"""Ratio of greatest to least above which the scale of colours is logarithmic."""


class SweepMap:
    """Map and curve, one of them visible; `widget` goes into a page.

    Parameters
    ----------
    session : ExplorerSession
        Session of the shown sweep.
    released : Released
        The paper's released numbers, as far as they are available.
    """

    def __init__(self, session: ExplorerSession, released: Released) -> None:
        self._session, self._released = session, released
        self.heat = HeatMap(label=tr("Map of the sweep"))
        self.curve = CurvePlot(height=0, label=tr("Curve of the sweep"))
        self.widget = VBox([self.heat, self.curve])
        self.widget.add_class("dwmtj-map")
        self._rows = 1

    def on_pick(self, callback: Callable[[int], None]) -> None:
        """Call ``callback(point)`` with the number of the point that a person has chosen."""
        self.heat.on_pick(lambda column, row: callback(column * self._rows + row))
        # Only the first curve is the sweep's; the others are the paper's.
        self.curve.on_pick(lambda curve, point: callback(self._known[point]) if curve == 0 else None)

    _known: Sequence[int] = ()
    """Points of the sweep on the curve."""

    def select(self, point: int | None) -> None:
        """Outline a point, or none."""
        if point is None:
            self.heat.selected = self.curve.selected = [-1, -1]
            return
        self.heat.selected = list(divmod(point, self._rows))
        self.curve.selected = [0, self._known.index(point)] if point in self._known else [-1, -1]

    def show(self, name: str, least: Least | None) -> None:
        """Show a quantity of the finished points, and its minimum."""
        sweep = self._session.shown
        knobs = [sweep.knob(parameter) for parameter in sweep.parameters]
        as_curve = len(knobs) == 1 and not knobs[0].is_text
        self.heat.layout.display = "none" if as_curve else None
        self.curve.layout.display = None if as_curve else "none"
        if as_curve:
            self._show_curve(sweep, knobs[0], name, least)
        else:
            self._show_heat(sweep, knobs, name, least)

    def _column(self, name: str) -> Floats:
        """Return a column of the statistics in display units, nan where unknown."""
        reading = self._session.reading
        plain = name.removesuffix("_low").removesuffix("_high")
        if reading is None:
            return np.full(len(self._session.shown), nan)
        return reading.columns[name] * shown(1.0, unit_of(plain))

    def _shades(self, name: str) -> Floats:
        """Return the values behind the colours, equal for points that do not differ significantly."""
        return alike(*(self._column(f"{name}{end}") for end in ("", "_low", "_high")))

    def _notes(self) -> list[str]:
        reading = self._session.reading
        counts = np.zeros(len(self._session.shown), dtype=int) if reading is None else reading.trials
        return [tr("{count} trials").format(count=f"{count:,}") for count in counts.tolist()]

    # -- a map -----------------------------------------------------------------------------------------------------

    def _show_heat(self, sweep: Sweep, knobs: Sequence[Knob], name: str, least: Least | None) -> None:
        axes = [_steps(knob, sweep.parameters[knob.name]) for knob in knobs]
        if len(axes) == 1:
            axes.append(Steps("", [""]))
        shape = len(axes[0].values), len(axes[1].values)
        self._rows, self._known = shape[1], ()
        values = self._column(name)
        spots = _spots(sweep, knobs, least)
        self.heat.label = tr("Map of {quantity}").format(quantity=NAMES[name])
        self.heat.show(
            axes[0],
            axes[1],
            _colours(name, values),
            values.reshape(shape),
            low=self._column(f"{name}_low").reshape(shape),
            high=self._column(f"{name}_high").reshape(shape),
            shades=self._shades(name).reshape(shape),
            notes=self._notes(),
            spots=spots,
            message="" if self._session.sweep else WAITING,
        )

    # -- a curve ---------------------------------------------------------------------------------------------------

    def _show_curve(self, sweep: Sweep, knob: Knob, name: str, least: Least | None) -> None:
        factor = shown(1.0, knob.unit)
        x = np.array([float(value) for value in sweep.parameters[knob.name]]) * factor
        values, low, high = (self._column(f"{name}{end}") for end in ("", "_low", "_high"))
        known = np.flatnonzero(~np.isnan(values)).tolist()
        self._rows, self._known = 1, known
        notes, papers = self._notes(), self._paper_curves(sweep, name)
        measured = Curve(
            name=tr("measured, {quantity}").format(quantity=NAMES[name]),
            x=x[known].tolist(),
            y=values[known].tolist(),
            low=low[known].tolist(),
            high=high[known].tolist(),
            notes=[notes[k] for k in known],
            colour=palette.SERIES[0],
            label=tr("measured") if known and any(curve.label for curve in papers) else "",
            marker="circle",
        )
        curves = [measured, *papers]
        symbol, unit = DISPLAY_UNITS[knob.unit].symbol, DISPLAY_UNITS[unit_of(name)].symbol
        marks, regions = _marks(sweep, knob, least, factor)
        self.curve.label = tr("{quantity} against {parameter}").format(
            quantity=NAMES[name], parameter=name_of(knob)
        )
        self.curve.show(
            Scale(label_of(knob), *_margins(x), unit=symbol, log=_is_log(x), symbol=symbol_of(knob)),
            Scale(titled(name), *_extent(name, curves), unit=unit),
            curves,
            marks=marks,
            regions=regions,
            message="" if self._session.sweep else WAITING,
        )

    def _paper_curves(self, sweep: Sweep, name: str) -> list[Curve]:
        """Return the paper's curves of figure 8, if the sweep has its setting."""
        (series,) = sweep.parameters
        if series not in ("weight", "charge_voltage") or not is_figure_8(sweep):
            return []
        stated = self._released.fig8(series)
        laws: Mapping[str, Callable[[float, float], float]] = {
            "time": lambda time, _energy: time,
            "energy_estimate": lambda _time, energy: energy,
            "edp_estimate": lambda time, energy: time * energy,
        }
        curves = []
        factor, volts = shown(1.0, unit_of(name)), shown(1.0, "V")
        if stated and name in laws:
            places = sorted(stated)
            curves.append(
                Curve(
                    name=tr("released with the paper, 100 trials a point"),
                    x=[place * volts for place in places],
                    y=[factor * laws[name](*stated[place]) for place in places],
                    colour=palette.SERIES[1],
                    label=tr("released"),
                    dash="dashed",
                    marker="diamond",
                )
            )
        if series == "weight" and name == "edp_estimate":
            curves.append(
                Curve(
                    name=tr("printed in figure 8 as the least (times 1000, see the report of the paper)"),
                    x=[PRINTED_MINIMUM * volts],
                    y=[factor * LOST_FACTOR * PRINTED_PRODUCT],
                    colour=palette.SERIES[5],
                    marker="star",
                )
            )
        return curves


def is_figure_8(sweep: Sweep) -> bool:
    """Return whether a sweep has figure 8's setting: 60 neurons, one random pattern, Table I otherwise."""
    return Point(sweep.task, sweep.fixed).key == Point("random_recall", {}).key


def _steps(knob: Knob, values: Sequence[Value]) -> Steps:
    unit = DISPLAY_UNITS[knob.unit].symbol
    texts = [v if isinstance(v, str) else f"{shown(float(v), knob.unit):.4g}" for v in values]
    return Steps(label_of(knob), texts, symbol_of(knob), unit)


def _place(values: Sequence[Value], at: float) -> float | None:
    """Return the position of a number among the steps of an axis, None if it lies outside."""
    places = np.array([float(value) for value in values])
    if not places[0] <= at <= places[-1]:
        return None
    if _is_log(places):
        return float(np.interp(log(at), np.log(places), np.arange(len(places))))
    return float(np.interp(at, places, np.arange(len(places))))


def _is_log(values: Floats) -> bool:
    """Return whether the values have equal ratios."""
    if len(values) < 3 or values[0] <= 0.0:
        return False
    ratios, steps = values[1:] / values[:-1], np.diff(values)
    return bool(np.ptp(ratios) < 1e-6 * ratios[0] and np.ptp(steps) > 1e-6 * steps[0])


def _table_one(sweep: Sweep, knob: Knob) -> float | None:
    """Return the numeric value of this parameter in Table I, if there is one."""
    value = defaults_of(sweep.task).get(knob.name)
    listed = knob.name in ("weight", "charge_voltage") or group_of(knob.name) == "Device"
    return float(value) if listed and isinstance(value, int | float) else None


def _spots(sweep: Sweep, knobs: Sequence[Knob], least: Least | None) -> list[Spot]:
    spots = []
    at = [_table_one(sweep, knob) for knob in knobs]
    if len(knobs) == 2 and all(value is not None for value in at):
        places = [
            _place(sweep.parameters[k.name], v) for k, v in zip(knobs, at, strict=True) if v is not None
        ]
        if all(place is not None for place in places):
            spots.append(Spot(places[0] or 0.0, places[1] or 0.0, TABLE_I))
    if least is not None and len(knobs) == 2:
        where = [list(sweep.parameters[knob.name]).index(least.settings[knob.name]) for knob in knobs]
        box = [_box(sweep.parameters[knob.name], knob, least) for knob in knobs]
        spots.append(Spot(where[0], where[1], LEAST, "diamond", (box[0][0], box[0][1], box[1][0], box[1][1])))
    return spots


def _box(values: Sequence[Value], knob: Knob, least: Least) -> tuple[float, float]:
    if knob.name not in least.ranges:
        at = float(list(values).index(least.settings[knob.name]))
        return at, at
    low, high = (_place(values, end) for end in least.ranges[knob.name])
    return (low or 0.0), (high if high is not None else len(values) - 1.0)


def _marks(sweep: Sweep, knob: Knob, least: Least | None, factor: float) -> tuple[list[Mark], list[Region]]:
    marks, regions = [], []
    at = _table_one(sweep, knob)
    if at is not None:
        marks.append(Mark(at * factor, palette.INK, TABLE_I))
    if least is not None:
        place = float(least.settings[knob.name]) * factor
        marks.append(Mark(place, palette.FOCUS, LEAST, "solid"))
        low, high = least.ranges[knob.name]
        if low < high:
            regions.append(Region(low * factor, high * factor, tr("least, 95 %")))
    return sorted(marks, key=lambda mark: mark.x), regions


def _colours(name: str, values: Floats) -> Colours:
    """Return a scale for all values; that of shares is fixed, because their scatter would look like structure."""
    unit = DISPLAY_UNITS[unit_of(name)].symbol
    known = values[~np.isnan(values)]
    if not known.size:
        low, high = (_lowest_share(name), 100.0) if is_share(name) else (0.0, 1.0)
        return Colours(titled(name), low, high, unit)
    low, high = float(known.min()), float(known.max())
    if is_share(name):
        return Colours(titled(name), _lowest_share(name, low), 100.0, unit)
    if high - low <= 1e-9 * abs(high):
        low, high = low - 0.05 * abs(low) - 1e-12, high + 0.05 * abs(high) + 1e-12
    return Colours(titled(name), low, high, unit, log=low > 0.0 and high / low > _WIDE)


def _lowest_share(name: str, least: float = 100.0) -> float:
    """Return the lower end of a share's scale in %: that of guessing, or 0 if a value is below it."""
    return 50.0 if name == "accuracy" and least >= 50.0 else 0.0


def _margins(x: Floats) -> tuple[float, float]:
    if _is_log(x):
        margin = (x[-1] / x[0]) ** 0.03
        return float(x[0] / margin), float(x[-1] * margin)
    margin = 0.03 * float(x[-1] - x[0])
    return float(x[0]) - margin, float(x[-1]) + margin


def _extent(name: str, curves: Sequence[Curve]) -> tuple[float, float]:
    """Return the range of the vertical axis: from 0, or for accuracies from that of guessing."""
    ends = [v for curve in curves for v in (*curve.y, *curve.low, *curve.high) if np.isfinite(v)]
    if is_share(name):
        bottom = _lowest_share(name, min(ends, default=100.0))
        return bottom, 100.0 + 0.03 * (100.0 - bottom)
    return 0.0, round_above(max(ends, default=1.0))
