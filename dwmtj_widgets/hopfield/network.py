"""The circuit of N neurons and its equations in readable NumPy (physics.md A2).

Neuron i is one soma and N - 1 axons, so N neurons are N**2 devices. The kernels solve the same equations fast, and
tests compare the two. Views of single devices take their numbers from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dwmtj_widgets.hopfield import validation
from dwmtj_widgets.hopfield.device import Device, DeviceArray, DeviceLaws
from dwmtj_widgets.refusals import Refused

_T = TypeVar("_T", bound=np.generic)


class Network:
    """A fully connected Hopfield network of domain-wall magnetic tunnel junctions. Immutable.

    Parameters
    ----------
    weights : array_like, shape (N, N)
        Synaptic voltages in volts: ``weights[i, j]`` is the source on the axon from neuron i to neuron j.
    device : Device
        The nominal device.
    variation : mapping of device field name to array_like of shape (N, N), optional
        Fields in which single devices differ: entry (i, j) is the axon from i to j, entry (i, i) the soma of i.
    connected : array_like of bool, shape (N, N), optional
        False where a synapse is cut (an open junction); the diagonal is ignored.
    synaptic_weight : float, optional
        The magnitude W in volts of which the weights are multiples, used only by the paper's energy estimate; by
        default the smallest nonzero magnitude.

    Raises
    ------
    Refused
        If the weights are not square, not finite or have a nonzero diagonal, or another value is illegal.
    """

    def __init__(
        self,
        weights: ArrayLike,
        device: Device | None = None,
        *,
        variation: Mapping[str, ArrayLike] | None = None,
        connected: ArrayLike | None = None,
        synaptic_weight: float | None = None,
    ) -> None:
        self.weights = _frozen(validation.weight_matrix(weights))
        self.device = Device() if device is None else device
        if not isinstance(self.device, Device):
            msg = f"device is {device!r}; it must be a Device (Device() is Table I)."
            raise Refused(msg)
        self.variation = dict(variation or {})
        every = np.ones(self.weights.shape)
        links = validation.table(every if connected is None else connected, every.shape, "connected") != 0.0
        np.fill_diagonal(links, False)
        self.connected = _frozen(links)
        self._synaptic_weight = (
            None if synaptic_weight is None else validation.positive(synaptic_weight, "synaptic_weight", "V")
        )
        self.devices: DeviceLaws = (
            DeviceArray(self.device, self.size, self.variation) if self.variation else self.device
        )

    def __repr__(self) -> str:
        return f"Network(size={self.size}, device={self.device!r}, uniform={self.uniform})"

    @property
    def size(self) -> int:
        """Number of neurons N."""
        return int(self.weights.shape[0])

    @cached_property
    def synaptic_weight(self) -> float:
        """The magnitude W in volts of which the weights are multiples; 0 if all weights are zero."""
        if self._synaptic_weight is not None:
            return self._synaptic_weight
        magnitudes = np.abs(self.weights[self.weights != 0.0])
        return float(magnitudes.min()) if magnitudes.size else 0.0

    @property
    def uniform(self) -> bool:
        """Whether all devices are identical, so that the axons of one neuron move as one."""
        return not self.variation

    @cached_property
    def supply_voltage(self) -> float:
        """V_DW in volts: see `supply_voltage`."""
        return supply_voltage(self.size, self.device)

    def changed(
        self,
        *,
        weights: ArrayLike | None = None,
        device: Device | None = None,
        variation: Mapping[str, ArrayLike] | None = None,
        connected: ArrayLike | None = None,
        synaptic_weight: float | None = None,
    ) -> Network:
        """Return a network of the same size with some of its parts replaced; see `Network` for their meaning."""
        wanted = self.weights if weights is None else validation.weight_matrix(weights)
        if wanted.shape != self.weights.shape:
            msg = f"the new weights are for {len(wanted)} neurons; this network has {self.size}."
            raise Refused(msg)
        return Network(
            wanted,
            self.device if device is None else device,
            variation=self.variation if variation is None else variation,
            connected=self.connected if connected is None else connected,
            synaptic_weight=self._synaptic_weight
            if weights is None and synaptic_weight is None
            else synaptic_weight,
        )

    def with_synapse(self, source: int, target: int, *, connected: bool) -> Network:
        """Return the network with the synapse from neuron `source` to neuron `target` cut or restored."""
        i = validation.neuron_index(source, self.size, "source")
        j = validation.neuron_index(target, self.size, "target")
        if i == j:
            msg = f"neuron {i} has no synapse onto itself; choose two different neurons."
            raise Refused(msg)
        links = self.connected.copy()
        links[i, j] = connected
        return self.changed(connected=links)

    # The circuit equations. `soma` is (N,), `axon` is (N, N) with row i the axons of neuron i; positions are x/L.

    def soma_conductance(self, soma: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the conductance of every soma's junction in siemens, shape (N,)."""
        if self.uniform:
            return self.devices.conductance(soma)
        return np.diagonal(self.devices.conductance(np.diag(soma))).copy()

    def axon_conductance(self, axon: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the conductance of every axon's junction in siemens, shape (N, N), zero where there is none."""
        return np.where(self.connected, self.devices.conductance(np.nan_to_num(axon)), 0.0)

    def dendrite_voltage(self, axon: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the voltage of every dendrite node while running, V_j in volts, shape (N,)."""
        g = self.axon_conductance(axon)
        track = 1.0 / self._soma_values("r_track")
        result: NDArray[np.float64] = (self.weights * g).sum(axis=0) / (track + g.sum(axis=0))
        return result

    def soma_velocity(self, dendrite: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the free velocity of every soma's wall in m/s for dendrites at `dendrite` volts, shape (N,)."""
        current = dendrite / self._soma_values("r_track")
        result: NDArray[np.float64] = self._soma_values("mobility") * current + self._soma_values("soma_leak")
        return result

    def axon_velocity(self, soma: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the free velocity of every axon's wall in m/s, shape (N, N), nan on the diagonal."""
        shape = (self.size, self.size)
        off_diagonal = ~np.eye(self.size, dtype=bool)
        r_track = np.broadcast_to(self.devices.r_track, shape)
        parallel_tracks = 1.0 / np.where(off_diagonal, 1.0 / r_track, 0.0).sum(axis=1)
        node = self.supply_voltage * parallel_tracks / (1.0 / self.soma_conductance(soma) + parallel_tracks)
        velocity = self.devices.mobility * node[:, None] / r_track + self.devices.axon_leak
        return np.where(off_diagonal, velocity, np.nan)

    def _soma_values(self, name: str) -> NDArray[np.float64]:
        values = np.broadcast_to(getattr(self.devices, name), (self.size, self.size))
        return np.diagonal(values)


def supply_voltage(size: int, device: Device) -> float:
    """Return V_DW in volts, by the paper's Eq. (4) with the track resistance (physics.md A2).

    An axon fed through a resistance half-way between those of an ON and an OFF soma gets the current that balances
    its leak, so an ON soma moves it one way and an OFF soma the other.
    """
    mean_resistance = (size - 1) * (device.r_parallel + device.r_antiparallel) / 2.0 + device.r_track
    return float(abs(device.axon_leak) / device.mobility * mean_resistance)


def _frozen(array: NDArray[_T]) -> NDArray[_T]:
    array.setflags(write=False)
    return array
