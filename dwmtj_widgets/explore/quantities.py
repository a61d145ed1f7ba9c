"""The statistics of a point of a sweep."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np


class Quantity(NamedTuple):
    """A statistic of a point: label, unit and range."""

    label: str
    unit: str
    lowest: float = -np.inf
    highest: float = np.inf


QUANTITIES: Final[Mapping[str, Quantity]] = MappingProxyType(
    {
        "accuracy": Quantity("Mean accuracy", "1", 0.0, 1.0),
        "success": Quantity("Share of full successes", "1", 0.0, 1.0),
        "time": Quantity("Mean time-to-solution", "s", 0.0),
        "energy": Quantity("Mean energy by the circuit", "J", 0.0),
        "energy_estimate": Quantity("Mean energy by the paper's estimate", "J", 0.0),
        "edp": Quantity("Energy-delay product of the means, by the circuit", "J s", 0.0),
        "edp_estimate": Quantity("Energy-delay product of the means, by the paper's estimate", "J s", 0.0),
        "converged": Quantity("Share of runs that converged in time", "1", 0.0, 1.0),
    }
)
"""The statistics of `Result.statistics`. Runs that were given up count with their time and energy until then."""
