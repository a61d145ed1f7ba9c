"""Setting of a network's run: drive, cut axons, flipped somas, and a lab's own fields."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Self

import numpy as np
import numpy.typing as npt

from dwmtj_widgets.hopfield import Network, Simulation, published
from dwmtj_widgets.hopfield.loading import default_load_time
from dwmtj_widgets.sessions.device_setting import Drive, drive_setting, read_drive
from dwmtj_widgets.sessions.snapshot import Fields
from dwmtj_widgets.tasks.recall import SimulationOptions

Bits = npt.NDArray[np.uint8]

RECORD_INTERVAL = 0.1e-9
"""Device time between two recorded moments, s."""


@dataclass(frozen=True, eq=False)
class NetworkSetting(ABC):
    """The complete setting of a run. The same setting gives the same run, bit for bit."""

    published_min_time: ClassVar[float] = published.MIN_TIME
    """Earliest end of a run of the released simulator, s (physics.md A6)."""

    drive: Drive = Drive()  # noqa: RUF009 - frozen, so it may be shared
    cut: frozenset[int] = frozenset()
    """Neurons whose output synapses are cut."""
    flipped: frozenset[int] = frozenset()
    """Somas that were flipped before the run began."""

    @property
    @abstractmethod
    def input(self) -> Bits:
        """The loaded bits, shape (N,)."""

    @abstractmethod
    def whole_network(self) -> Network:
        """Return the network without cuts."""

    @property
    def options(self) -> SimulationOptions:
        """Options of the simulation besides network and input."""
        options = SimulationOptions(charge_voltage=self.drive.charge_voltage, load_time=self.drive.load_time)
        if self.drive.published:
            options |= SimulationOptions(
                soma_start=published.SOMA_START, integrator="euler", min_time=self.published_min_time
            )
        return options

    @property
    def connected(self) -> npt.NDArray[np.bool_]:
        """Whether there is a synapse between two neurons, shape (N, N), rows are sources."""
        connected = np.ones((len(self.input),) * 2, dtype=bool)
        connected[sorted(self.cut)] = False
        return connected

    @property
    def network(self) -> Network:
        """The network with the setting's cuts."""
        network = self.whole_network()
        return network.changed(connected=self.connected) if self.cut else network

    @property
    def load_time(self) -> float:
        """Load time in seconds."""
        if self.drive.load_time is not None:
            return self.drive.load_time
        return default_load_time(len(self.input), self.drive.device, self.drive.charge_voltage)

    def simulation(self) -> Simulation:
        """Return the run at time 0, with its record.

        Raises
        ------
        Refused
            If the setting cannot be run.
        """
        simulation = Simulation(self.network, self.input, **self.options)
        simulation.record(RECORD_INTERVAL)
        for neuron in self.flipped:
            simulation.flip_soma(neuron)
        return simulation

    # -- as lines of Python --------------------------------------------------------------------------------------

    @abstractmethod
    def network_lines(self) -> list[str]:
        """Return the lines that make ``network``, without cuts, and ``pattern``, after their imports."""

    @abstractmethod
    def weight_lines(self, before: Self) -> tuple[list[str], str]:
        """Return lines and the expression of the weights; the expression is empty if they are those of `before`."""

    def option_text(self) -> str:
        """Return the options of the simulation as keyword arguments."""
        return ", ".join(f"{name}={value!r}" for name, value in self.options.items() if value is not None)

    def connected_text(self) -> str:
        """Return the expression of all synapses without cuts."""
        return "np.ones((network.size, network.size), dtype=bool)"

    def end_lines(self) -> list[str]:
        """Return the lines that print more results of ``run``."""
        return []

    # ------------------------------------------------------------------------------------------------------------

    def same_as(self, other: NetworkSetting) -> bool:
        """Return whether another setting equals this one."""
        return all(_same(getattr(self, entry.name), getattr(other, entry.name)) for entry in fields(self))


def _same(one: Any, other: Any) -> bool:
    """Return whether two settings are equal; their arrays are compared by identity, because changes replace them."""
    return one is other or (isinstance(one, float | int | Drive | frozenset) and one == other)


def run_fields(setting: NetworkSetting) -> dict[str, Any]:
    """Return the common fields of all networks' settings."""
    return {
        **drive_setting(**vars(setting.drive)),
        "cut": sorted(setting.cut),
        "flipped": sorted(setting.flipped),
    }


def read_run(fields: Fields, size: int) -> dict[str, Any]:
    """Read the common fields of all networks' settings, for N = `size` neurons.

    Raises
    ------
    Refused
        If a field is missing or not legal.
    """

    def neurons(name: str) -> frozenset[int]:
        return frozenset(fields.items(name, lambda entry, label: entry.whole(label, 0, size - 1), size))

    return {"drive": read_drive(fields), "cut": neurons("cut"), "flipped": neurons("flipped")}
