"""A network of two to four neurons whose weights are written by hand, and the run that follows from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from dwmtj_widgets.hopfield import Network
from dwmtj_widgets.hopfield.validation import bit_pattern, count, neuron_index, weight_matrix, within
from dwmtj_widgets.hopfield.walls import WallState, axon_table
from dwmtj_widgets.sessions.device_setting import Drive
from dwmtj_widgets.sessions.network import Bits, Floats, NetworkSession, Trace

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


class SmallSession(NetworkSession[SmallTrace]):
    """Weights, an input, and the run.

    Parameters
    ----------
    weights : array_like, shape (N, N)
        V; N is 2 to 4.
    bits : array_like, shape (N,)
        What is loaded.
    """

    def __init__(
        self, weights: npt.ArrayLike = ((0.0, 0.1), (0.1, 0.0)), bits: npt.ArrayLike = (1, 0)
    ) -> None:
        self.weights = _checked(weights)
        self.bits: Bits = bit_pattern(bits, len(self.weights))
        super().__init__()

    @property
    def size(self) -> int:
        """N."""
        return len(self.weights)

    @property
    def input(self) -> Bits:
        """The bits that are loaded, shape (N,)."""
        return self.bits

    def set_weight(self, source: int, target: int, volts: float) -> None:
        """Write the weight from one neuron to another and back; the running network follows at once."""
        i, j = neuron_index(source, self.size, "source"), neuron_index(target, self.size, "target")
        weights = self.weights.copy()
        checked = within(volts, f"W from {i + 1} to {j + 1}", -LARGEST_WEIGHT, LARGEST_WEIGHT, "V")
        weights[i, j] = weights[j, i] = checked
        with self._all_or_nothing():
            self.weights = _checked(weights)
            self._act()

    def set_bits(self, bits: npt.ArrayLike) -> None:
        """Load other bits, from time 0."""
        with self._all_or_nothing():
            self.bits = bit_pattern(bits, self.size)
            self.reset()

    def set_size(self, size: int) -> None:
        """Have another number of neurons, every pair joined by +100 mV, the first one ON."""
        neurons = int(within(count(size, "Neurons", 1), "Neurons", *SIZES))
        if neurons == self.size:
            return
        weights = np.full((neurons, neurons), FIRST_WEIGHT)
        np.fill_diagonal(weights, 0.0)
        bits = np.zeros(neurons, dtype=np.uint8)
        bits[0] = 1
        self.become(weights=weights, bits=bits, cut=frozenset(), flipped=frozenset())

    def dendrites(self, moment: WallState) -> Floats:
        """Return the voltage at every dendrite at a moment, shape (N,): loaded or made by the axons."""
        simulation = self.simulation
        if simulation.loading_at(moment.time):
            voltage = self.charge_voltage_at(moment.time)
            result: Floats = voltage * (2.0 * self.bits.astype(np.float64) - 1.0)
            return result
        return self.network_at(moment.time).dendrite_voltage(axon_table(moment.axon))

    def velocities(self, moment: WallState) -> Floats:
        """Return the velocity in m/s that each soma's wall would have without ends, shape (N,)."""
        return self.network_at(moment.time).soma_velocity(self.dendrites(moment))

    def trace(self) -> SmallTrace:
        """Return the present run as curves."""
        record = self.recording
        return SmallTrace(record.times, record.energies.sum(axis=1), record.somas.T)

    def _network(self, drive: Drive) -> Network:
        return Network(self.weights, drive.device, synaptic_weight=drive.weight)


def _checked(weights: npt.ArrayLike) -> Floats:
    table = weight_matrix(weights)
    within(len(table), "Neurons", *SIZES)
    return table
