"""What tests of runs compare."""

import numpy as np
import pytest
from numpy.typing import NDArray

from dwmtj_widgets import Simulation
from dwmtj_widgets.hopfield.simulation import RunResult

INTEGRATORS = ("events", "euler")
every_integrator = pytest.mark.parametrize("integrator", INTEGRATORS)


def same(one: RunResult, other: RunResult) -> bool:
    """Tell whether two results are equal to the bit."""
    return (
        (one.time, one.phase, one.energy_parts, one.power)
        == (other.time, other.phase, other.energy_parts, other.power)
        and np.array_equal(one.soma, other.soma)
        and np.array_equal(one.axon, other.axon, equal_nan=True)
    )


def equations(simulation: Simulation) -> NDArray[np.float64]:
    """Return the free velocities (m/s) of all walls at the present moment by `Network`'s NumPy, (N + 1, N)."""
    network, charged = simulation.network, np.where(simulation.pattern == 1, 0.1, -0.1)
    dendrite = (
        charged if simulation.time <= simulation.load_time else network.dendrite_voltage(simulation.axon)
    )
    return np.vstack([network.soma_velocity(dendrite), network.axon_velocity(simulation.soma)])
