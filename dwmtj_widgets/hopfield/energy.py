"""Energy of a run: its parts in the circuit, and the paper's closed-form estimate.

The kernels integrate the circuit's energy (physics.md A5) over the same steps as the walls; this module names its
parts. The paper's printed energies come from an estimate that ignores patterns and wall positions;
`published_estimate` reproduces the printed table.
"""

from __future__ import annotations

from functools import lru_cache
from math import inf, lgamma, log, nan
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dwmtj_widgets.hopfield import validation
from dwmtj_widgets.hopfield._kernels.circuit import LOAD_PART, SOMA_PART, SYNAPSE_PART
from dwmtj_widgets.hopfield.device import Device
from dwmtj_widgets.hopfield.network import supply_voltage


class Parts(NamedTuple):
    """Parts of an energy (J) or a power (W)."""

    supply: float
    """From V_DW through the somas into the axon tracks."""
    synapses: float
    """From the weight sources through the axons' junctions into the dendrites."""
    loading: float
    """From the charge sources into the somas' tracks."""

    @property
    def total(self) -> float:
        """Sum of the parts."""
        return self.supply + self.synapses + self.loading


def parts_of(values: NDArray[np.float64]) -> Parts:
    """Name the three numbers that a kernel returns."""
    return Parts(float(values[SOMA_PART]), float(values[SYNAPSE_PART]), float(values[LOAD_PART]))


def settling_time(size: int, charge_voltage: float, device: Device) -> float:
    """Return the paper's estimate t_con of the loading stage in seconds (physics.md A5).

    A soma crosses 0.6 of its track at the charge voltage, then its axons cross theirs. The time is infinite if a
    wall's leak outweighs its drive.
    """
    soma = device.mobility * charge_voltage / device.r_track + device.soma_leak
    supply = supply_voltage(size, device)
    axon = device.mobility * supply / (device.r_parallel * (size - 1) + device.r_track) - abs(
        device.axon_leak
    )
    if soma <= 0.0 or axon <= 0.0:
        return inf
    return float(0.6 * device.track_length / soma + device.track_length / axon)


def published_estimate(
    size: int,
    time: float,
    charge_voltage: float = 0.1,
    weight: float = 0.1,
    device: Device | None = None,
) -> float:
    """Return the paper's closed-form energy estimate of a run in joules (physics.md A5).

    It assumes that half of all junctions are parallel, that weights are +-W with binomially many positive
    ones, and a loading stage of fixed length, `settling_time`. The circuit's energy is `Simulation.energy`. The
    estimate is nan outside its domain: for a run shorter than the loading stage, for a soma whose leak outweighs the
    charge voltage, without weights, and for fewer than 3 neurons.

    Parameters
    ----------
    size : int
        Number of neurons N.
    time : float
        Time-to-solution in seconds.
    charge_voltage, weight : float
        V_C and W in volts.
    device : Device, optional
        Table I if not given.

    Raises
    ------
    Refused
        If a value is not finite, the size no whole number from 1 on, or the charge voltage not positive.
    """
    duration = validation.finite(time, "time", "s")
    return float(estimate_stages(size, charge_voltage, weight, device).energy(np.float64(duration)))


class EstimateStages(NamedTuple):
    """The two stages of the paper's closed-form estimate."""

    charge: float
    """Power while loading, W."""
    operate: float
    """Power afterwards, W."""
    loading: float
    """Length of the loading stage, s."""

    def energy(self, time: NDArray[np.float64] | np.float64) -> NDArray[np.float64]:
        """Return the estimate in joules for runs of `time` seconds, any shape; nan for one that ends while loading."""
        spent = self.loading * self.charge + (time - self.loading) * self.operate
        return np.where(time >= self.loading, spent, nan)


def estimate_stages(
    size: int, charge_voltage: float = 0.1, weight: float = 0.1, device: Device | None = None
) -> EstimateStages:
    """Return the stages behind `published_estimate`, for many times of one setting; nan outside its domain.

    The parameters and errors are those of `published_estimate`.
    """
    neurons = validation.count(size, "size", 1)
    v_c = validation.positive(charge_voltage, "charge_voltage", "V")
    v_w = validation.finite(weight, "weight", "V")
    return _estimated_stages(neurons, v_c, v_w, Device() if device is None else device)


@lru_cache(maxsize=256)  # a meter calls this ten times a second with only the time changed
def _estimated_stages(size: int, v_c: float, v_w: float, device: Device) -> EstimateStages:
    loading = settling_time(size, v_c, device)
    if size < 3 or v_w <= 0.0 or loading == inf:
        return EstimateStages(nan, nan, nan)
    r_m, r_p, r_ap = device.r_track, device.r_parallel, device.r_antiparallel
    supply = supply_voltage(size, device)
    out = sum(supply**2 / (r + r_m / (size - 1)) for r in (r_p, r_ap)) / 2.0
    synapses = (_synaptic_power(size, r_p, r_m, v_w) + _synaptic_power(size, r_ap, r_m, v_w)) / 2.0
    return EstimateStages(size * (v_c**2 / r_m + out), size * (synapses + out), loading)


def _synaptic_power(size: int, r: float, r_m: float, weight: float) -> float:
    """Mean power in watts of one dendrite fed by N - 1 junctions of resistance r with random signs."""
    inputs = size - 1
    one_sided = 2.0 * np.exp(-inputs * log(2.0)) * weight**2 / (r_m + r / inputs)
    positive = np.arange(1, inputs)
    log_choices = np.array([lgamma(inputs + 1) - lgamma(c + 1) - lgamma(inputs - c + 1) for c in positive])
    share = np.exp(log_choices - inputs * log(2.0))
    a, b = r / positive, r / (inputs - positive)
    mixed = weight**2 * (a + b + 4.0 * r_m) / (a * b + b * r_m + a * r_m)
    return float(one_sided + (share * mixed).sum())
