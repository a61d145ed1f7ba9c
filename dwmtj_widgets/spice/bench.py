"""Contents of a netlist: a network, the loaded pattern and the stop time."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dwmtj_widgets.hopfield import validation
from dwmtj_widgets.hopfield.network import Network
from dwmtj_widgets.hopfield.simulation import Simulation
from dwmtj_widgets.hopfield.variation import Chip
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.units import from_shown, quantity, shown

MAX_STEP: Final = 20e-12
"""Seconds; walls are then within 0.04 nm of the event integrator's. With 100 ps they can exceed the tolerance of
0.15 nm if a dendrite passes close to a tie."""
LONGEST: Final = 3e-6
"""Time limit of the engine, s."""
_STEPS: Final = (1e-13, 1e-9)
_AFTERMATH: Final = 2e-9
"""Time from a network's rest to the stop time, s."""
_MATERIAL: Final = (
    "lande_g",
    "polarization",
    "saturation_magnetization",
    "cross_section",
    "fixed_mobility",
)


@dataclass(frozen=True)
class Bench:
    """A network and the conditions of its run, checked. SI units; made by `bench`."""

    network: Network
    pattern: NDArray[np.uint8]
    """(N,) bits to load."""
    charge_voltage: float
    load_time: float
    soma: NDArray[np.float64]
    """(N,) walls of the somas at time 0, x/L."""
    axon: NDArray[np.float64]
    """(N, N) walls of the axons at time 0, x/L, row i the axons of neuron i; the diagonal is ignored."""
    stop_time: float
    max_step: float
    """Greatest step of the circuit simulator."""
    soma_start: str | ArrayLike
    """As given to `bench`."""

    @property
    def size(self) -> int:
        """Number of neurons N."""
        return self.network.size

    @property
    def axons(self) -> list[tuple[int, int]]:
        """Source and target neuron of every axon, in the order of the netlists."""
        return [(i, j) for i in range(self.size) for j in range(self.size) if i != j]

    @property
    def stuck(self) -> NDArray[np.bool_]:
        """Walls that never move, (N, N), somas on the diagonal."""
        if isinstance(self.network, Chip):
            return ~self.network.free
        return np.zeros((self.size, self.size), dtype=bool)

    @property
    def window_step(self) -> bool:
        """Whether any device has an extra conductance inside its window, as in the published preset."""
        return bool(np.any(self.network.devices.window_conductance_step))

    def differences(self, i: int, j: int) -> dict[str, float]:
        """Return the parameters in which a device differs from the nominal one, in the order of `Device`.

        The leak is left out. All parameters behind the mobility are replaced by ``mobility``.

        Parameters
        ----------
        i, j : int
            The axon from neuron i to neuron j, or the soma of neuron i if they are equal.
        """
        devices, nominal = self.network.devices, self.network.device
        found = {}
        if any(name in self.network.variation for name in _MATERIAL):
            found["mobility"] = (float(devices.mobility[i, j]), float(nominal.mobility))
        for name in self.network.variation:
            if name not in _MATERIAL and not name.endswith("_leak"):
                found[name] = (float(getattr(devices, name)[i, j]), getattr(nominal, name))
        return {name: value for name, (value, usual) in sorted(found.items()) if value != usual}

    def leak(self, i: int, j: int) -> float | None:
        """Return a device's leak velocity in m/s, or None if it is the nominal one; i, j as above."""
        name = "soma_leak" if i == j else "axon_leak"
        if name not in self.network.variation:
            return None
        value = float(getattr(self.network.devices, name)[i, j])
        return None if value == getattr(self.network.device, name) else value

    def simulation(self, *, min_time: float = 0.0) -> Simulation:
        """Return a new simulation of the same run by the package's engine."""
        return Simulation(
            self.network,
            self.pattern,
            charge_voltage=self.charge_voltage,
            load_time=self.load_time,
            soma_start=self.soma_start,
            min_time=min_time,
            max_time=max(LONGEST, self.stop_time),
        )


def bench(
    network: Network,
    pattern: ArrayLike,
    *,
    charge_voltage: float = 0.1,
    load_time: float | None = None,
    soma_start: str | ArrayLike = "off",
    stop_time: float | None = None,
    max_step: float = MAX_STEP,
) -> Bench:
    """Check and bundle the contents of a netlist.

    Parameters
    ----------
    network : Network
        The circuit; a `Chip` may have stuck walls, but no jitter.
    pattern, charge_voltage, load_time, soma_start
        As for `Simulation`.
    stop_time : float, optional
        End of the transient, s; by default 2 ns after the network comes to rest in the package's engine, in whole
        nanoseconds, and at most 3 us.
    max_step : float
        Greatest step of the circuit simulator in seconds, 0.1 ps to 1 ns.

    Raises
    ------
    Refused
        If an input is illegal; the sentence says what arrived and what is legal.
    """
    if isinstance(network, Chip) and network.jitter != 0.0:
        msg = f"the chip's velocity jitter is {network.jitter:g} m/s; a netlist has no thermal jitter, set it to zero."
        raise Refused(msg)
    step = validation.within(max_step, "max_step", *_STEPS, "s")
    fresh = Simulation(
        network, pattern, charge_voltage=charge_voltage, load_time=load_time, soma_start=soma_start
    )
    loading, start = fresh.load_time, fresh.moment
    axon = np.nan_to_num(fresh.axon)
    if stop_time is None:
        # A rounding error must not add a nanosecond.
        rest = fresh.run().time + _AFTERMATH
        stop = min(from_shown(ceil(shown(rest, "s") - 1e-6), "s"), LONGEST)
    else:
        stop = validation.positive(stop_time, "stop_time", "s")
    if stop <= loading:
        times = quantity(stop, "s", digits=6), quantity(loading, "s", digits=6)
        msg = f"stop_time is {times[0]}; it must be later than the loading, {times[1]}."
        raise Refused(msg)
    return Bench(
        network=network,
        pattern=fresh.pattern,
        charge_voltage=fresh.charge_voltage,
        load_time=loading,
        soma=start.soma.copy(),
        axon=axon,
        stop_time=stop,
        max_step=step,
        soma_start=soma_start,
    )
