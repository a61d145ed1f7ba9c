"""One neuron without a page: a dendrite's voltage moves the soma, whose junction sets the direction of the axons."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from dwmtj_widgets.hopfield import Device, Network
from dwmtj_widgets.hopfield.network import supply_voltage
from dwmtj_widgets.hopfield.validation import count, positive, within
from dwmtj_widgets.refusals import Refused

Floats = npt.NDArray[np.float64]

SIZES: Final = (3, 200)
"""Fewest and most neurons of the neuron's network."""
LARGEST_VOLTAGE: Final = 0.25
"""Largest voltage at the dendrite, V."""
SUPPLY_SHARES: Final = (0.2, 3.0)
"""Range of the supply, as a share of the V_DW rule's value."""
_STEP: Final = 0.05e-9
"""Step in seconds, because an axon's velocity changes while the soma's wall is under its junction."""


class OneNeuronSession:
    """A soma and its N - 1 identical axons; a voltage at the dendrite represents the other neurons.

    Parameters
    ----------
    size : int
        N of the network.
    """

    def __init__(self, size: int = 10) -> None:
        self.size = self._checked_size(size)
        self.voltage, self.supply_share = 0.0, 1.0
        self.seen = 0.0
        """Largest position of the soma's wall so far, x/L."""
        self.reset()

    def reset(self) -> None:
        """Restart at time 0, all walls OFF."""
        self.time, self.rested = 0.0, 0.0
        self.soma = self.axon = 0.0

    @cached_property
    def device(self) -> Device:
        """Table I."""
        return Device()

    @property
    def rule(self) -> float:
        """V_DW in volts by the rule (`hopfield.network.supply_voltage`)."""
        return supply_voltage(self.size, self.device)

    @property
    def supply(self) -> float:
        """V_DW in volts."""
        return self.supply_share * self.rule

    @property
    def soma_resistance(self) -> float:
        """Return the resistance of the soma's junction, ohms."""
        return float(1.0 / self.device.conductance(self.soma))

    @property
    def balance(self) -> float:
        """Current in amperes through an axon's track that balances its leak."""
        return float(-self.device.axon_leak / self.device.mobility)

    def axon_current(self, soma: float) -> float:
        """Return the current through each axon's track for a soma's wall at x/L, in amperes (physics.md A2)."""
        resistance = float(1.0 / self.device.conductance(soma))
        return self.supply / (resistance * (self.size - 1) + self.device.r_track)

    def axon_velocity(self, soma: float) -> float:
        """Return the velocity of the axons' walls in m/s from current and leak."""
        return float(self.device.mobility * self.axon_current(soma) + self.device.axon_leak)

    @property
    def soma_velocity(self) -> float:
        """Velocity of the soma's wall in m/s from the dendrite's voltage and the leak."""
        network = _network(self.size, self.device)
        return float(network.soma_velocity(np.full(self.size, self.voltage))[0])

    def threshold(self) -> float:
        """Return the position x/L of the soma's wall beyond which its axons move towards ON; nan if there is none."""
        places = np.array([self.device.window_low, self.device.window_high])
        if not self.axon_velocity(places[0]) < 0.0 < self.axon_velocity(places[1]):
            return float("nan")
        for _ in range(60):
            middle = places.mean()
            places[int(self.axon_velocity(middle) > 0.0)] = middle
        return float(places.mean())

    def set_voltage(self, voltage: float) -> None:
        """Change the voltage at the dendrite, V."""
        self.voltage = within(voltage, "Dendrite voltage", -LARGEST_VOLTAGE, LARGEST_VOLTAGE, "V")

    def set_supply_share(self, share: float) -> None:
        """Change V_DW, as a share of the rule's value."""
        self.supply_share = within(share, "Share of the V_DW rule", *SUPPLY_SHARES)

    def set_size(self, size: int) -> None:
        """Change the size of the neuron's network."""
        self.size = self._checked_size(size)

    def step(self, duration: float) -> None:
        """Advance by `duration` seconds."""
        left = positive(duration, "duration", "s")
        while left > 1e-18:
            part = min(left, _STEP)
            left -= part
            self._advance(part)

    def finish(self) -> None:
        """Advance until both walls are at rest.

        Raises
        ------
        Refused
            If a wall moves for ever or stays between the ends, as at the balance of current and leak.
        """
        for _ in range(100_000):
            before = self.soma, self.axon
            self._advance(_STEP)
            if before == (self.soma, self.axon):
                return
        msg = "The walls are so near a balance that they take longer than 5000 ns; change a voltage."
        raise Refused(msg)

    def _advance(self, duration: float) -> None:
        before = self.soma, self.axon
        length = self.device.track_length
        axon = self.axon_velocity(self.soma)
        self.soma = _clamped(self.soma + self.soma_velocity * duration / length)
        # Half with the soma's old and half with its new position, or the threshold would be a step too early.
        axon = 0.5 * (axon + self.axon_velocity(self.soma))
        self.axon = _clamped(self.axon + axon * duration / length)
        self.time += duration
        self.seen = max(self.seen, self.soma)
        self.rested = self.rested + duration if before == (self.soma, self.axon) else 0.0

    @staticmethod
    def _checked_size(size: int) -> int:
        return int(within(count(size, "Neurons", 2), "Neurons", *SIZES))


@lru_cache(maxsize=4)
def _network(size: int, device: Device) -> Network:
    """Return the neuron's network, cached because every small step needs its velocities."""
    return Network(np.zeros((size, size)), device)


def _clamped(position: float) -> float:
    return float(np.clip(position, 0.0, 1.0))


def transfer(session: OneNeuronSession, places: Floats) -> Floats:
    """Return the axons' velocity in m/s for soma walls at positions x/L, shape like `places`."""
    return np.array([session.axon_velocity(float(place)) for place in places])
