"""Recalls of one distorted picture at different voltages, with their times and energies, without a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from dwmtj_widgets.hopfield import Network, Simulation, hebbian_weights
from dwmtj_widgets.hopfield.energy import Parts
from dwmtj_widgets.hopfield.validation import within
from dwmtj_widgets.hopfield.walls import bits_of
from dwmtj_widgets.tasks.patterns import DEFAULT_MEMORIES, distort, symbol

MOST_KEPT: Final = 12
WEIGHTS: Final = (0.02, 0.25)
"""V"""
CHARGES: Final = (0.02, 0.25)
"""V"""


@dataclass(frozen=True)
class Bill:
    """One recall with its time and energy. SI units."""

    weight: float
    charge_voltage: float
    distortion: float
    load_time: float
    decided_time: float
    """Time after which all somas keep their final bits."""
    time: float
    energy: Parts
    right: float
    """Share of bits equal to the picture."""

    @property
    def product(self) -> float:
        """Energy times time, J s."""
        return self.energy.total * self.time


class EnergySession:
    """Three stored pictures, one of them distorted, and the recalls made so far."""

    def __init__(self) -> None:
        self._memories = np.array([symbol(name) for name in DEFAULT_MEMORIES])
        self.weight, self.charge_voltage, self.distortion, self.seed = 0.1, 0.1, 0.2, 1
        self.kept: list[Bill] = []
        self.bill = self._run()

    def set(
        self,
        *,
        weight: float | None = None,
        charge_voltage: float | None = None,
        distortion: float | None = None,
    ) -> None:
        """Change a setting, and recall again."""
        before = self.weight, self.charge_voltage, self.distortion
        try:
            if weight is not None:
                self.weight = within(weight, "Weight W", *WEIGHTS, "V")
            if charge_voltage is not None:
                self.charge_voltage = within(charge_voltage, "Charge V_C", *CHARGES, "V")
            if distortion is not None:
                self.distortion = within(distortion, "Distortion", 0.0, 0.5, "%")
            self.bill = self._run()
        except Exception:
            self.weight, self.charge_voltage, self.distortion = before
            raise

    def keep(self) -> None:
        """Keep the present recall for comparison; the oldest is dropped when there are many."""
        if self.bill not in self.kept:
            self.kept = [*self.kept, self.bill][-MOST_KEPT:]

    def forget(self) -> None:
        """Drop all kept recalls."""
        self.kept = []

    def _run(self) -> Bill:
        network = Network(hebbian_weights(self._memories, self.weight), synaptic_weight=self.weight)
        loaded = distort(self._memories[0], self.distortion, self.seed)
        simulation = Simulation(network, loaded, charge_voltage=self.charge_voltage)
        record = simulation.record()
        result = simulation.run()
        differing = np.flatnonzero((bits_of(record.somas) != result.bits).any(axis=1))
        last = min(int(differing[-1]) + 1, len(record) - 1) if differing.size else 0
        return Bill(
            self.weight,
            self.charge_voltage,
            self.distortion,
            simulation.load_time,
            max(float(record.times[last]), simulation.load_time),
            result.time,
            result.energy_parts,
            float((result.bits == self._memories[0]).mean()),
        )
