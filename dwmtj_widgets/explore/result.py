"""The measured trials of a sweep, and their statistics with 95 % intervals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dwmtj_widgets.explore.datasets import dataset
from dwmtj_widgets.explore.knobs import Value
from dwmtj_widgets.explore.quantities import QUANTITIES
from dwmtj_widgets.explore.sweep import Sweep
from dwmtj_widgets.explore.trials import COLUMNS, Point
from dwmtj_widgets.hopfield.energy import estimate_stages
from dwmtj_widgets.hopfield.validation import one_of
from dwmtj_widgets.refusals import Unable
from dwmtj_widgets.tasks.intervals import (
    Interval,
    bootstrap_mean,
    bounded_mean,
    resampled_means,
    share_mean,
    student_mean,
    wilson,
)
from dwmtj_widgets.trials import TrialTable

if TYPE_CHECKING:
    import xarray

Floats = NDArray[np.float64]
Numbers = dict[str, tuple[float, Interval]]

TIME, ENERGY, ACCURACY, SUCCESS, CONVERGED = range(len(COLUMNS))
INTERVALS: Final = ("student", "bootstrap", "bounded")


class EnergyEstimate(NamedTuple):
    """The paper's closed-form energy of a point, linear in time."""

    constant: float
    """J."""
    slope: float
    """W."""
    earliest: float
    """s; the estimate is not defined for shorter times. All three are nan if it never is."""

    @classmethod
    def of(cls, point: Point) -> EnergyEstimate:
        """Return the estimate of a point."""
        volts, weight = float(point.settings["charge_voltage"]), float(point.settings["weight"])
        stages = estimate_stages(point.size, volts, weight, point.device)
        return cls(stages.loading * (stages.charge - stages.operate), stages.operate, stages.loading)

    def at(self, time: Floats) -> Floats:
        """Return the energies (J) for some times (s), nan where the estimate is not defined."""
        return np.where(time >= self.earliest, self.constant + self.slope * time, np.nan)

    def of_trials(self, times: Floats) -> Floats:
        """Return one energy a trial (J) whose mean is the estimate for the mean time, or nan."""
        known = times.mean() >= self.earliest
        return self.constant + self.slope * times if known else np.full(times.shape, np.nan)


@dataclass(frozen=True)
class Least:
    """The minimum of a quantity over the points, and its uncertainty."""

    value: float
    """Value of the quantity at the minimum."""
    settings: Mapping[str, Value]
    """Parameters at the minimum."""
    share: float
    """Share of 1000 resamplings of the trials, 0 to 1, whose minimum is at the same point."""
    ranges: Mapping[str, Interval]
    """Range of each numeric parameter at the minimum in 95 % of the resamplings."""


class Result(TrialTable):
    """The trials of a sweep and their statistics; filled while the sweep runs.

    `rows` has the shape (points, trials, `COLUMNS`), nan for missing trials.

    Parameters
    ----------
    sweep : Sweep
        The requested sweep.
    """

    def __init__(self, sweep: Sweep) -> None:
        super().__init__(np.full((len(sweep), sweep.trials, len(COLUMNS)), np.nan))
        self.sweep = sweep
        self.notes: list[str] = []
        """One sentence for each damage of the stored trials."""
        self._known: dict[tuple[int, str], tuple[int, Numbers]] = {}
        """Number of trials and their statistics, by point and kind of interval."""

    def statistics(self, interval: str = "student") -> dict[str, Floats]:
        """Return each of `QUANTITIES` and the ends of its interval, ``NAME_low`` and ``NAME_high``, shape (points,).

        Shares of trials have Wilson's interval, mean accuracies the bounded one. Times and energies have Student's or
        the percentile bootstrap's, which assume that the trials have seen the whole tail: where one run in a hundred
        takes very long, their coverage is two in three with 100 trials, nine in ten with 1,000. The bounded interval
        allows for missed runs of up to `max_time` and always covers the mean, but is wide. Intervals of a product of
        means are those of its linearisation. A value without trials, and the interval of a mean of one, is nan.

        Parameters
        ----------
        interval : {"student", "bootstrap", "bounded"}
            Interval of mean times and energies.
        """
        return self.counted(interval)[1]

    def counted(self, interval: str = "student") -> tuple[NDArray[np.int64], dict[str, Floats]]:
        """Return the number of trials of each point, shape (points,), and their `statistics`."""
        one_of(interval, "interval", INTERVALS)
        counts = np.zeros(len(self.sweep), dtype=np.int64)
        names = [f"{name}{end}" for name in QUANTITIES for end in ("", "_low", "_high")]
        columns = {name: np.full(len(self.sweep), np.nan) for name in names}
        for index in range(len(self.sweep)):
            counts[index], numbers = self._numbers(index, interval)
            for name, (value, ends) in numbers.items():
                quantity = QUANTITIES[name]
                columns[name][index] = value
                if np.isfinite(ends).all():
                    held = ends.within(quantity.lowest, quantity.highest)
                    columns[f"{name}_low"][index], columns[f"{name}_high"][index] = held
        return counts, columns

    def _numbers(self, index: int, interval: str) -> tuple[int, Numbers]:
        """Return the number of trials of a point, and the cached value and interval of each quantity."""
        rows = self.measured(index)
        count, numbers = self._known.get((index, interval), (0, {}))
        if count != rows.shape[0]:
            numbers = self._worked_out(index, rows, interval)
            self._known[index, interval] = rows.shape[0], numbers
        return rows.shape[0], numbers

    def _worked_out(self, index: int, rows: Floats, interval: str) -> Numbers:
        time, energy = rows[:, TIME], rows[:, ENERGY]
        # The longest possible run, and the energy that the run of most power would take until then.
        longest = max(float(self.sweep.points[index].settings["max_time"]), float(time.max()))
        most = float((energy / time).max()) * longest
        estimate = self.estimates[index]
        spent = {
            "energy": (energy, most),
            "energy_estimate": (estimate.of_trials(time), estimate.constant + estimate.slope * longest),
        }

        def law(values: Floats, limit: float) -> Interval:
            if interval == "bounded":
                return bounded_mean(values, max(limit, float(values.max())), min(0.0, float(values.min())))
            return student_mean(values) if interval == "student" else bootstrap_mean(values)

        accuracy = rows[:, ACCURACY]
        numbers = {
            "accuracy": (float(accuracy.mean()), share_mean(accuracy)),
            "time": (float(time.mean()), law(time, longest)),
        }
        for name, column in (("success", SUCCESS), ("converged", CONVERGED)):
            count = int(rows[:, column].sum())
            numbers[name] = (count / rows.shape[0], wilson(count, rows.shape[0]))
        for name, (values, limit) in spent.items():
            product = float(values.mean() * time.mean())
            line = values * time.mean() + time * values.mean() - product
            end = limit * float(time.mean()) + longest * float(values.mean()) - product
            numbers[name] = (float(values.mean()), law(values, limit))
            numbers[name.replace("energy", "edp")] = (product, law(line, end))
        return numbers

    @cached_property
    def estimates(self) -> tuple[EnergyEstimate, ...]:
        """The paper's closed-form energy of each point."""
        return tuple(EnergyEstimate.of(point) for point in self.sweep.points)

    def dataset(self, interval: str = "student") -> xarray.Dataset:
        """Return the statistics with their coordinates and units as an xarray Dataset; see `datasets`."""
        return dataset(self, interval)

    def least(self, name: str = "edp") -> Least:
        """Return the minimum of a mean, or of a product of means, over the points with trials.

        Parameters
        ----------
        name : str
            "time", "energy", "energy_estimate", "edp" or "edp_estimate".

        Raises
        ------
        Refused
            If there is no such quantity.
        Unable
            If there are no trials.
        """
        known = ("time", "energy", "energy_estimate", "edp", "edp_estimate")
        one_of(name, "name", known)
        points = np.flatnonzero(self.trials).tolist()
        if not points:
            msg = "There are no trials yet, so nothing is least."
            raise Unable(msg)
        values = np.array(
            [self._law(name, index, self.measured(index).mean(axis=0)[None]) for index in points]
        )
        drawn = np.array([self._law(name, index, self._resampled(index)) for index in points])
        # The estimate is nan where it is not defined; such a point is not the minimum.
        values, drawn = (np.where(np.isnan(rows), np.inf, rows) for rows in (values, drawn))
        if np.isinf(values).all():
            msg = "The paper's estimate says nothing of these points; ask for the circuit's energy."
            raise Unable(msg)
        best, bests = int(values[:, 0].argmin()), drawn.argmin(axis=0)
        ranges = {}
        for parameter in self.sweep.parameters:
            if self.sweep.knob(parameter).is_text:
                continue
            at = np.array([float(self.sweep.points[point].values[parameter]) for point in points])
            low, high = np.quantile(at[bests], [0.025, 0.975], method="nearest")
            ranges[parameter] = Interval(float(low), float(high))
        point = self.sweep.points[points[best]]
        where = {parameter: point.values[parameter] for parameter in self.sweep.parameters}
        return Least(float(values[best, 0]), where, float((bests == best).mean()), ranges)

    def _law(self, name: str, index: int, means: Floats) -> Floats:
        """Return a quantity of rows of mean `COLUMNS`."""
        time = means[:, TIME]
        spent = self.estimates[index].at(time) if name.endswith("estimate") else means[:, ENERGY]
        if name == "time":
            return time
        return spent if name.startswith("energy") else spent * time

    def _resampled(self, index: int) -> Floats:
        """Return means of resampled trials, rows of `COLUMNS`; points are resampled independently."""
        rows = self.measured(index)
        seed = index + 1
        columns = [resampled_means(rows[:, column], rows.shape[0], seed) for column in range(len(COLUMNS))]
        return np.stack(columns, axis=1)
