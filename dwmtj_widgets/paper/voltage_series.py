"""One series of figure 8: 60 neurons at several voltages, as numbers and as charts.

Error bars are Student's: bounded intervals, which allow for missed long runs, would hide the curves.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dwmtj_widgets.hopfield.energy import published_estimate
from dwmtj_widgets.paper.findings import Chart, Results, Series, column, in_unit, measured_series
from dwmtj_widgets.paper.trials import ReportPoint
from dwmtj_widgets.tasks.intervals import Interval, student_mean


@dataclass(frozen=True)
class VoltageSeries:
    """Times and energies as functions of one voltage. SI units."""

    symbol: str
    label: str
    """Label of the axis."""
    volts: Sequence[float]
    points: Sequence[ReportPoint]
    results: Results
    stated: dict[float, tuple[float, float]]
    """Released mean time and energy by voltage; empty without released data."""

    def times(self, index: int) -> NDArray[np.float64]:
        """Return the times of one point, one a trial."""
        return column(self.results, self.points[index].key, "time")

    def energies(self, index: int) -> NDArray[np.float64]:
        """Return the circuit's energies of one point, one a trial."""
        return column(self.results, self.points[index].key, "energy")

    def estimate(self, index: int, time: float) -> float:
        """Return the paper's energy estimate for a mean time at one point, J."""
        s = self.points[index].settings
        return published_estimate(s["neurons"], time, s["charge_voltage_V"], s["weight_V"])

    def product(self, index: int, time: float) -> float:
        """Return the energy-delay product for a mean time at one point, J s."""
        return self.estimate(index, time) * time

    @property
    def known(self) -> list[int]:
        """Indices of the points with released numbers."""
        return [index for index, volts in enumerate(self.volts) if volts in self.stated]

    def charts(self, *, with_product: bool) -> list[Chart]:
        """Return the charts of time, energy and, if wanted, of their product."""
        every = range(len(self.volts))
        times = [self.times(index) for index in every]
        medians = in_unit([float(np.median(row)) for row in times], "s")
        circuit = [self.energies(index) for index in every]
        time = [
            measured_series(
                "mean, measured",
                self.volts,
                [float(row.mean()) for row in times],
                list(map(student_mean, times)),
                "s",
                0,
            ),
            Series("median, measured", self.volts, medians, kind="limit", colour=3),
            *self._released("released (named median)", "s", lambda time, _energy: time),
        ]
        energy = [
            self._of_times("estimate, measured", times, "J", self.estimate),
            measured_series(
                "circuit, measured",
                self.volts,
                [float(row.mean()) for row in circuit],
                list(map(student_mean, circuit)),
                "J",
                2,
            ),
            *self._released("estimate, released", "J", lambda _time, energy: energy),
        ]
        charts = [
            Chart(f"Time-to-solution against {self.symbol}", self.label, "Time in ns", time),
            Chart(f"Energy against {self.symbol}", self.label, "Energy in nJ", energy, zero=True),
        ]
        if with_product:
            product = [
                self._of_times("measured", times, "J s", self.product),
                *self._released("released", "J s", lambda time, energy: time * energy),
            ]
            title = "Inset: energy-delay product"
            charts.append(Chart(title, self.label, "Energy-delay product in aJ s", product, zero=True))
        return charts

    def _of_times(
        self, name: str, times: Sequence[NDArray[np.float64]], unit: str, law: Callable[[int, float], float]
    ) -> Series:
        # Both laws are monotonic in time, so the ends of an interval map to ends.
        bars = [Interval(*(law(index, end) for end in student_mean(row))) for index, row in enumerate(times)]
        middle = [law(index, float(row.mean())) for index, row in enumerate(times)]
        return measured_series(name, self.volts, middle, bars, unit, 0)

    def _released(self, name: str, unit: str, law: Callable[[float, float], float]) -> list[Series]:
        volts = [self.volts[index] for index in self.known]
        if not volts:
            return []
        values = in_unit([law(*self.stated[v]) for v in volts], unit)
        return [Series(name, volts, values, kind="released", colour=1)]
