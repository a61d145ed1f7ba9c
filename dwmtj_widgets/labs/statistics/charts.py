"""The Statistics Lab's curves: a survey's results in the form of charts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import floor, isnan, nan
from typing import Final

from dwmtj_widgets.sessions.statistics import StatisticsSession
from dwmtj_widgets.sessions.statistics_summary import QUANTITIES, Estimate
from dwmtj_widgets.tasks.random_recall import CAPACITY
from dwmtj_widgets.tasks.recall_survey import SurveyPoint
from dwmtj_widgets.texts import tr
from dwmtj_widgets.units import DISPLAY_UNITS, shown
from dwmtj_widgets.widgets import palette
from dwmtj_widgets.widgets.plots.curve_plot import (
    MARKERS,
    Curve,
    CurvePlot,
    Dash,
    Mark,
    Region,
    Scale,
    round_above,
)

MEASURE_NAMES: Final = {
    "bits": tr("Right bits"),
    "perfect": tr("Perfect recalls"),
    "meant": tr("Recalls of the intended pattern"),
}
SYSTEM_NAMES: Final = {
    "device": tr("device"),
    "in turn": tr("ideal, asynchronous"),
    "together": tr("ideal, synchronous"),
}
DASHES: Final[dict[str, Dash]] = {"device": "solid", "in turn": "dashed", "together": "dotted"}
MEANS: Final = {
    "time": tr("Mean time, {unit}"),
    "energy": tr("Mean energy, {unit}"),
    "power": tr("Mean power, {unit}"),
}
NEURONS: Final = "neurons"
LOAD: Final = "load"


def counted(patterns: int) -> str:
    """Return a number of patterns in words."""
    return (tr("{count} patterns") if patterns > 1 else tr("{count} pattern")).format(count=patterns)


def colour_of(patterns: int) -> str:
    """Return the colour of a number of patterns on every chart."""
    return palette.SERIES[(patterns - 1) % len(palette.SERIES)]


class SurveyChart:
    """A chart of a survey's points, and the point of each place on it.

    Parameters
    ----------
    session : StatisticsSession
        Session of the shown survey.
    plot : CurvePlot
        The view.
    """

    def __init__(self, session: StatisticsSession, plot: CurvePlot) -> None:
        self._session, self.plot = session, plot
        self._points: list[list[SurveyPoint]] = []

    def on_pick(self, callback: Callable[[SurveyPoint], None]) -> None:
        """Call ``callback(point)`` when a person clicks a point."""
        self.plot.on_pick(lambda curve, index: callback(self._points[curve][index]))

    def select(self, point: SurveyPoint | None) -> None:
        """Ring a point on its first curve."""
        for curve, points in enumerate(self._points):
            if point in points:
                self.plot.selected = [curve, points.index(point)]
                return
        self.plot.selected = [-1, -1]

    def show_shares(self, measure: str, axis: str, systems: Sequence[str]) -> None:
        """Show accuracy curves, one for each number of patterns and system, with the theoretical capacity."""
        session = self._session
        curves, self._points = [], []
        for system in (name for name in SYSTEM_NAMES if name in systems):
            for patterns in session.patterns:

                def estimate(point: SurveyPoint, system: str = system) -> Estimate | None:
                    return session.share(point, measure, system)

                label = counted(patterns) if system == "device" else ""
                curves.append(self._curve(patterns, estimate, 100.0, axis, system, label))
        low = min((v for c in curves for v in (*c.y, *c.low) if not isnan(v)), default=100.0)
        # A round number below what there is, so that the axis rarely changes while points come in.
        bottom = min(80.0, max(0.0, 5.0 * floor((low - 1.0) / 5.0)))
        x = self._x_scale(axis)
        self.plot.show(
            x,
            Scale(f"{MEASURE_NAMES[measure]}, %", bottom, 100.0 + 0.03 * (100.0 - bottom), "%"),
            curves,
            marks=_capacity_marks(session.patterns, axis),
            regions=[Region(CAPACITY, x.high, tr("beyond the capacity"))] if axis == LOAD else [],
            message="" if session.survey else tr("Press Start: the curves grow here"),
            dodge=axis == NEURONS,
        )

    def show_means(self, quantity: str, axis: str) -> None:
        """Show the mean of time, energy or power against size."""
        session, unit = self._session, QUANTITIES[quantity]
        curves, self._points = [], []
        for patterns in session.patterns:

            def estimate(point: SurveyPoint) -> Estimate | None:
                return session.mean(point, quantity)

            curves.append(self._curve(patterns, estimate, shown(1.0, unit), axis, "device", str(patterns)))
        top = round_above(max((v for c in curves for v in c.y), default=1.0))
        symbol = DISPLAY_UNITS[unit].symbol
        y = Scale(MEANS[quantity].format(unit=symbol), 0.0, top, symbol)
        self.plot.show(self._x_scale(axis), y, curves, dodge=axis == NEURONS)

    def _curve(
        self,
        patterns: int,
        estimate: Callable[[SurveyPoint], Estimate | None],
        factor: float,
        axis: str,
        system: str,
        label: str,
    ) -> Curve:
        """Return the curve of one number of patterns, from the points with trials."""
        session, device = self._session, system == "device"
        everything = (
            (SurveyPoint(patterns, size), estimate(SurveyPoint(patterns, size))) for size in session.sizes
        )
        known = [(point, value) for point, value in everything if value is not None]
        self._points.append([point for point, _value in known])
        intervals = [e.interval or (nan, nan) for _point, e in known]
        trials = [session.count(point) for point, _value in known]
        return Curve(
            name=f"{counted(patterns)}, {SYSTEM_NAMES[system]}",
            x=[point.patterns / point.neurons if axis == LOAD else point.neurons for point, _value in known],
            y=[factor * e.value for _point, e in known],
            low=[factor * low for low, _high in intervals] if device else (),
            high=[factor * high for _low, high in intervals] if device else (),
            notes=[tr("{count} trials").format(count=f"{count:,}") for count in trials],
            colour=colour_of(patterns),
            label=label,
            dash=DASHES[system],
            marker=MARKERS[(patterns - 1) % len(MARKERS)] if device else "",
            width=2.0 if device else 1.4,
        )

    def _x_scale(self, axis: str) -> Scale:
        sizes, patterns = self._session.sizes, self._session.patterns
        if axis == LOAD:
            loads = [patterns[0] / sizes[-1], patterns[-1] / sizes[0], CAPACITY]
            label = tr("Load P/N: patterns a neuron")
            return Scale(label, 0.9 * min(loads), 1.1 * max(loads), log=True, symbol="P/N")
        least, most = sizes[0], sizes[-1]
        margin = max(1.0, 0.03 * (most - least))
        return Scale(tr("Neurons N"), least - margin, most + margin, symbol="N")


def _capacity_marks(patterns: Sequence[int], axis: str) -> list[Mark]:
    """Return the theoretical capacity: one load for all, or a size for each number of patterns."""
    if axis == LOAD:
        return [Mark(CAPACITY, palette.INK, tr("capacity {load}").format(load=f"{CAPACITY:g}"))]
    return [Mark(count / CAPACITY, colour_of(count), f"P = {count}") for count in patterns]
