"""A network of two to four neurons with typed weights, and its run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt

from dwmtj_widgets.hopfield import Network
from dwmtj_widgets.hopfield.validation import bit_pattern, count, neuron_index, weight_matrix, within
from dwmtj_widgets.hopfield.walls import WallState, axon_table
from dwmtj_widgets.sessions.contract import Change, Open
from dwmtj_widgets.sessions.device_setting import device_text
from dwmtj_widgets.sessions.network import Floats, NetworkSession, Reset, Trace
from dwmtj_widgets.sessions.network_setting import Bits, NetworkSetting

SIZES: Final = (2, 4)
LARGEST_WEIGHT: Final = 0.25
"""V"""
FIRST_WEIGHT: Final = 0.1
"""V"""


@dataclass(frozen=True)
class SmallTrace(Trace):
    """A run as curves, with every soma's wall."""

    somas: Floats
    """(N, T), x/L."""


@dataclass(frozen=True, eq=False, kw_only=True)
class SmallSetting(NetworkSetting):
    """Typed weights, and the loaded bits."""

    weights: Floats
    """V, shape (N, N), N from 2 to 4."""
    bits: Bits
    """The loaded bits, shape (N,)."""

    @classmethod
    def checked(cls, weights: npt.ArrayLike, bits: npt.ArrayLike, **more: Any) -> Self:
        """Return a setting of these weights and bits.

        Raises
        ------
        Refused
            If they are not legal.
        """
        table = weight_matrix(weights)
        within(len(table), "Neurons", *SIZES)
        return cls(weights=table, bits=bit_pattern(bits, len(table)), **more)

    @property
    def size(self) -> int:
        """N."""
        return len(self.weights)

    @property
    def input(self) -> Bits:
        """The loaded bits, shape (N,)."""
        return self.bits

    def whole_network(self) -> Network:
        """Return the network without cuts."""
        return Network(self.weights, self.drive.device, synaptic_weight=self.drive.weight)

    def network_lines(self) -> list[str]:
        """Return the lines that make ``network`` and ``pattern``."""
        drive = self.drive
        return [
            "import numpy as np",
            "",
            "from dwmtj_widgets import Device, Network, Simulation",
            "",
            f"weights = np.array({self.weights.tolist()!r})  # volts",
            f"pattern = np.array({self.bits.tolist()!r}, dtype=np.uint8)",
            f"network = Network(weights, {device_text(drive.device)}, synaptic_weight={drive.weight!r})",
        ]

    def weight_lines(self, before: Self) -> tuple[list[str], str]:
        """Return no lines, and the expression of the weights, empty if they are those of `before`."""
        if self.weights is before.weights and self.drive.weight == before.drive.weight:
            return [], ""
        return [], f"np.array({self.weights.tolist()!r})"


class SmallSession(NetworkSession[SmallSetting, SmallTrace]):
    """Weights, an input, and the run.

    Parameters
    ----------
    weights : array_like, shape (N, N)
        V; N is 2 to 4.
    bits : array_like, shape (N,)
        The loaded bits.
    """

    def __init__(
        self, weights: npt.ArrayLike = ((0.0, 0.1), (0.1, 0.0)), bits: npt.ArrayLike = (1, 0)
    ) -> None:
        super().__init__(SmallSetting.checked(weights, bits))

    @property
    def size(self) -> int:
        """N."""
        return self.setting.size

    def set_weight(self, source: int, target: int, volts: float) -> None:
        """Set the weight from one neuron to another and back, in the running network."""
        i, j = neuron_index(source, self.size, "source"), neuron_index(target, self.size, "target")
        weights = self.setting.weights.copy()
        checked = within(volts, f"W from {i + 1} to {j + 1}", -LARGEST_WEIGHT, LARGEST_WEIGHT, "V")
        weights[i, j] = weights[j, i] = checked
        self.apply(Change(replace(self.setting, weights=weight_matrix(weights))))

    def set_bits(self, bits: npt.ArrayLike) -> None:
        """Load other bits, from time 0."""
        self.apply(Reset(replace(self.setting, bits=bit_pattern(bits, self.size))))

    def set_size(self, size: int) -> None:
        """Change the number of neurons; every pair is joined by +100 mV, and the first one is ON."""
        neurons = int(within(count(size, "Neurons", 1), "Neurons", *SIZES))
        if neurons == self.size:
            return
        weights = np.full((neurons, neurons), FIRST_WEIGHT)
        np.fill_diagonal(weights, 0.0)
        bits = np.zeros(neurons, dtype=np.uint8)
        bits[0] = 1
        self.apply(Open(SmallSetting.checked(weights, bits, drive=self.setting.drive)))

    def dendrites(self, moment: WallState) -> Floats:
        """Return the voltage at every dendrite at a moment, shape (N,): the charge voltage or that of the axons."""
        simulation = self.simulation
        if simulation.loading_at(moment.time):
            voltage = self.charge_voltage_at(moment.time)
            result: Floats = voltage * (2.0 * self.setting.bits.astype(np.float64) - 1.0)
            return result
        return self.network_at(moment.time).dendrite_voltage(axon_table(moment.axon))

    def velocities(self, moment: WallState) -> Floats:
        """Return the free velocity of each soma's wall in m/s, shape (N,)."""
        return self.network_at(moment.time).soma_velocity(self.dendrites(moment))

    def trace(self) -> SmallTrace:
        """Return the present run as curves."""
        record = self.recording
        return SmallTrace(record.times, record.energies.sum(axis=1), record.somas.T)
