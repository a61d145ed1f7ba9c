"""Times, energies and powers of many runs of one kind, compared with the printed numbers."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dwmtj_widgets.hopfield.energy import estimate_stages, published_estimate
from dwmtj_widgets.paper.findings import BOUNDED, ComparedNumber, Results, column, compare, text
from dwmtj_widgets.paper.intervals import longest, mean_energy, mean_time, repeated_mean, repeated_order
from dwmtj_widgets.tasks.intervals import Interval

FROM_ESTIMATE = "by the paper's closed-form estimate"


class Stated(NamedTuple):
    """A printed number, SI, and half a unit of its last digit."""

    value: float
    half_digit: float


@dataclass(frozen=True)
class Runs:
    """Our runs of one kind, and the paper's number of trials."""

    name: str
    size: int
    times: NDArray[np.float64]
    """s, one entry a run."""
    energies: NDArray[np.float64]
    """J, by the circuit, one entry a run."""
    trials: int

    @classmethod
    def of(cls, name: str, size: int, results: Results, keys: list[str], trials: int) -> Runs:
        """Combine the runs of several points."""
        times, energies = (
            np.concatenate([column(results, key, kind) for key in keys]) for kind in ("time", "energy")
        )
        return cls(name, size, times, energies, trials)

    def estimate(self, time: float) -> float:
        """Return the paper's energy estimate for a mean time, J."""
        return published_estimate(self.size, time)

    def power(self, time: float) -> float:
        """Return the estimated power for a mean time, W."""
        return self.estimate(time) / time

    def means(
        self, time: Stated, energy: Stated, power: Stated | None = None, why: str = ""
    ) -> list[ComparedNumber]:
        """Compare mean time, energy and power; the laws are monotonic in time, so intervals map to intervals."""
        mean, interval = float(self.times.mean()), mean_time(self.times)
        repeat = repeated_mean(self.times, self.trials, longest(self.times))
        interval, repeat = self._possible(interval), self._possible(repeat)
        rows = []
        for what, unit, law, stated in (
            ("mean time", "s", float, time),
            (f"mean energy {FROM_ESTIMATE}", "J", self.estimate, energy),
            (f"mean power {FROM_ESTIMATE}", "W", self.power, power),
        ):
            row = compare(
                f"{self.name}: {what}",
                unit,
                law(mean),
                Interval(*map(law, interval)),
                BOUNDED,
                repeat=Interval(*map(law, repeat)),
                printed=stated.value if stated else None,
                half_digit=stated.half_digit if stated else 0.0,
                why=why,
            )
            rows.append(row)
        return [*rows, *self._circuit()]

    def largest(self, energy: Stated, time: Stated | None = None, why: str = "") -> list[ComparedNumber]:
        """Compare time and energy of the longest of the paper's runs."""
        middle = float(np.quantile(self.times, 0.5 ** (1.0 / self.trials), method="higher"))
        range_ = self._possible(repeated_order(self.times, self.trials, self.trials, longest(self.times)))
        rows = []
        for what, unit, law, stated in (
            (f"longest of {self.trials}", "s", float, time),
            (f"largest energy of {self.trials} {FROM_ESTIMATE}", "J", self.estimate, energy),
        ):
            row = compare(
                f"{self.name}: {what} (median of such)",
                unit,
                law(middle),
                repeat=Interval(*map(law, range_)),
                printed=stated.value if stated else None,
                half_digit=stated.half_digit if stated else 0.0,
                why=why if unit == "J" else "",
            )
            rows.append(row)
        return rows

    def cells(self) -> list[str]:
        """Return time, power, estimated energy and the circuit's energy as cells of Table II."""
        mean, circuit = float(self.times.mean()), float(self.energies.mean())
        own = f"{text(circuit, 'J')} ({text(circuit / mean, 'W')})"
        return [*cells(mean, self.power(mean), self.estimate(mean)), own]

    def _possible(self, times: Interval) -> Interval:
        """Restrict a range of times to runs that have loaded; the estimate is not defined for shorter ones."""
        return times.within(estimate_stages(self.size).loading, inf)

    def _circuit(self) -> list[ComparedNumber]:
        mean, time = float(self.energies.mean()), float(self.times.mean())
        interval = mean_energy(self.energies, self.times)
        return [
            compare(f"{self.name}: mean energy by the circuit", "J", mean, interval, BOUNDED),
            compare(f"{self.name}: mean power by the circuit", "W", mean / time),
        ]


def cells(time: float, power: float, energy: float) -> list[str]:
    """Return three numbers as cells of Table II."""
    return [text(time, "s"), text(power, "W"), text(energy, "J")]
