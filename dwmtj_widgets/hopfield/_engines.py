"""The three ways to advance a network in time, behind one set of methods.

An engine holds the walls and knows how to step them; what a run means (phases, judgement, recording) is the
business of `simulation.py`. Every engine can start again from any given walls.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from dwmtj_widgets.hopfield._kernels import euler, events, full
from dwmtj_widgets.hopfield._kernels.circuit import Circuit, Schedule
from dwmtj_widgets.hopfield.network import Network
from dwmtj_widgets.hopfield.variation import Chip
from dwmtj_widgets.hopfield.walls import WallState
from dwmtj_widgets.refusals import Unable
from dwmtj_widgets.units import quantity

Floats = NDArray[np.float64]

FULL_STEP = 20e-12
"""Step of the leapfrog over N**2 devices, s. Walls differ by less than 0.001 nm from those of a 1 ps step, except
in runs close to a tie (0.03 nm, 2.3 ps) and with a conductance step such as the published preset's (0.23 nm, 17 ps).
"""

JITTER_WINDOW = 1e-9
"""Averaging time of `jitter`'s standard deviation, s."""


@dataclass(frozen=True)
class Inputs:
    """A kernel's inputs: everything that a run depends on except the walls that it starts from."""

    kernel: str
    """"events", "euler" or "full"."""
    values: Mapping[str, Any]
    """Named tuples and arrays, by the kernel's parameter names."""
    scalars: Mapping[str, float]
    """Numbers, by the kernel's parameter names."""


class Engine(Protocol):
    """The interface that `Simulation` uses."""

    def inputs(self) -> Inputs:
        """Return the kernel's inputs."""

    def advance(self, target: float) -> int:
        """Advance to `target` seconds; returns a status of `_kernels.circuit`."""

    def state(self) -> WallState:
        """Return a copy of the current walls, energy and power."""

    def reset(self, state: WallState, pattern: NDArray[np.uint8] | None = None) -> None:
        """Start again from `state`, loading `pattern` if one is given."""


def broken_at(time: float) -> Unable:
    """Return the error for a run whose walls became non-finite after `time` (s)."""
    return Unable(
        f"the walls could not be followed beyond {quantity(time, 's', decimals=3)}; check the device."
    )


def circuit_of(network: Network) -> Circuit:
    """Return the kernel's constants for a network of identical devices."""
    d = network.device
    off, on = 1.0 / d.r_antiparallel, 1.0 / d.r_parallel
    supply = network.supply_voltage
    return Circuit(
        low=float(d.window_low),
        high=float(d.window_high),
        g_off=off,
        g_on=on,
        g_slope=float((on - off) / (d.window_high - d.window_low)),
        g_step=d.window_conductance_step * on,
        g_track=1.0 / d.r_track,
        r_track=d.r_track,
        fan_out=float(network.size - 1),
        soma_drive=float(d.mobility / (d.r_track * d.track_length)),
        soma_leak=d.soma_leak / d.track_length,
        axon_drive=float(d.mobility * supply / d.track_length),
        axon_leak=d.axon_leak / d.track_length,
        supply=supply * supply * (network.size - 1),
    )


def drive_of(network: Network, pattern: NDArray[np.uint8]) -> events.Drive:
    """Return the kernel's sources for a network of identical devices."""
    links = network.connected.astype(np.float64)
    weights = network.weights * links
    all_linked = int(network.connected.sum()) == network.size * (network.size - 1)
    return events.Drive(weights, links, (weights**2).sum(axis=1), pattern.copy(), all_linked)


class EventEngine:
    """Identical devices, from event to event."""

    def __init__(self, network: Network, pattern: NDArray[np.uint8], schedule: Schedule) -> None:
        self._circuit, self._drive, self._schedule = circuit_of(network), drive_of(network, pattern), schedule
        self._walls, self._scratch = events.make_walls(network.size), events.make_scratch(network.size)
        self._time = 0.0

    def inputs(self) -> Inputs:
        values = {"drive": self._drive, "circuit": self._circuit, "schedule": self._schedule}
        return Inputs("events", values, {})

    def advance(self, target: float) -> int:
        status = int(
            events.advance(target, self._walls, self._drive, self._circuit, self._schedule, self._scratch)
        )
        self._time = target if status == 0 else float(self._walls.clock[0])
        return status

    def state(self) -> WallState:
        positions, energy, power = np.empty_like(self._walls.pos), np.empty(3), np.empty(3)
        events.read(self._time, self._walls, positions, energy, power)
        return WallState(self._time, positions[0], positions[1], energy, power)

    def reset(self, state: WallState, pattern: NDArray[np.uint8] | None = None) -> None:
        if pattern is not None:
            self._drive.pattern[:] = pattern
        events.place(
            state.time,
            _copy(state.soma),
            _copy(state.axon),
            state.energy,
            self._walls,
            self._circuit,
            self._scratch,
        )
        self._time = state.time


class EulerEngine:
    """Identical devices, explicit Euler at a fixed step."""

    def __init__(
        self, network: Network, pattern: NDArray[np.uint8], schedule: Schedule, time_step: float
    ) -> None:
        self._circuit, self._drive, self._schedule = circuit_of(network), drive_of(network, pattern), schedule
        self._grid, self._step = euler.make_grid(network.size), time_step

    def inputs(self) -> Inputs:
        values = {"drive": self._drive, "circuit": self._circuit, "schedule": self._schedule}
        return Inputs("euler", values, {"time_step": self._step})

    def advance(self, target: float) -> int:
        return int(euler.advance(target, self._step, self._grid, self._drive, self._circuit, self._schedule))

    def state(self) -> WallState:
        grid = self._grid
        time = float(grid.count[0]) * self._step
        return WallState(time, grid.soma.copy(), grid.axon.copy(), grid.energy.copy(), grid.power.copy())

    def reset(self, state: WallState, pattern: NDArray[np.uint8] | None = None) -> None:
        if pattern is not None:
            self._drive.pattern[:] = pattern
        euler.place(state.time, self._step, _copy(state.soma), _copy(state.axon), state.energy, self._grid)


class FullEngine:
    """Devices that differ: leapfrog, or explicit Euler at a fixed step."""

    def __init__(
        self,
        network: Network,
        pattern: NDArray[np.uint8],
        schedule: Schedule,
        *,
        step: float = FULL_STEP,
        leapfrog: bool = True,
    ) -> None:
        self._schedule, self._pattern, self._step, self._leapfrog = schedule, pattern.copy(), step, leapfrog
        self._supply = network.supply_voltage
        self._axons, self._somas = axon_parameters(network), soma_parameters(network)
        self._noise = noise_of(network)
        self._stuck = stuck_of(network)
        self._state = full.make_state(network.size)
        self._time = 0.0

    def inputs(self) -> Inputs:
        values = {
            "pattern": self._pattern,
            "somas": self._somas,
            "axons": self._axons,
            "noise": self._noise,
            "stuck": self._stuck,
            "schedule": self._schedule,
        }
        scalars = {"step": self._step, "leapfrog": self._leapfrog, "supply": self._supply}
        return Inputs("full", values, scalars)

    def advance(self, target: float) -> int:
        target = float(full.on_grid(target, self._step, self._leapfrog))
        status = int(
            full.advance(
                target,
                self._step,
                self._leapfrog,
                self._supply,
                self._state,
                self._somas,
                self._axons,
                self._noise,
                self._pattern,
                self._schedule,
            )
        )
        self._time = target if status == 0 else float(self._state.clock[0])
        return status

    def state(self) -> WallState:
        size = self._pattern.shape[0]
        soma, axon, energy, power = np.empty(size), np.empty((size, size)), np.empty(3), np.empty(3)
        time = min(max(self._time, self._state.clock[0]), self._state.clock.sum())
        full.read(time, self._state, soma, axon, energy, power)
        return WallState(self._time, soma, axon, energy, power)

    def reset(self, state: WallState, pattern: NDArray[np.uint8] | None = None) -> None:
        if pattern is not None:
            self._pattern[:] = pattern
        axon = state.axon[:, None] if state.axon.ndim == 1 else state.axon
        full.place(
            state.time,
            self._step,
            self._leapfrog,
            _copy(state.soma),
            _copy(np.broadcast_to(axon, self._stuck.shape)),
            state.energy,
            self._stuck,
            self._state,
            self._somas,
            self._axons,
        )
        self._time = float(self._state.clock[0])


def mobile(network: Network) -> NDArray[np.bool_]:
    """Return which walls can move at all, (N, N), somas on the diagonal."""
    return network.free if isinstance(network, Chip) else np.ones((network.size, network.size), dtype=bool)


def stuck_of(network: Network) -> Floats:
    """Return where walls are stuck (x/L), (N, N) with somas on the diagonal; nan where they are free."""
    free = np.full((network.size, network.size), np.nan)
    return _copy(network.stuck) if isinstance(network, Chip) else free


def _copy(values: NDArray[np.floating[Any]]) -> Floats:
    """Return a writable C-ordered copy in double precision, the only kind that kernels are compiled for."""
    return np.array(values, dtype=np.float64, order="C")


def noise_of(network: Network) -> full.Noise:
    """Return the kernel's jitter, which only some chips have."""
    if not isinstance(network, Chip) or network.jitter == 0.0:
        none = np.empty((0, 0)), np.empty(0)
        return full.Noise(False, np.uint64(0), *none, *none)
    size = network.size
    length = np.broadcast_to(network.devices.track_length, (size, size))
    # A mean over 1 ns scatters by `jitter`; the scatter falls with the square root of the averaging time.
    scale = np.where(network.free, network.jitter * np.sqrt(JITTER_WINDOW) / length, 0.0)
    somas = np.diagonal(scale).copy()
    np.fill_diagonal(scale, 0.0)
    return full.Noise(
        True, np.uint64(network.noise_seed), scale, somas, np.zeros((size, size)), np.zeros(size)
    )


def axon_parameters(network: Network) -> full.Axons:
    """Return the kernel's axon parameters for a network whose devices may all differ."""
    shape, d = (network.size, network.size), network.devices
    low, high = d.window_low, d.window_high
    off, on = 1.0 / d.r_antiparallel, 1.0 / d.r_parallel
    slope = (on - off) / (high - low)
    exists = ~np.eye(network.size, dtype=bool) & mobile(network)

    def table(values: Any, where: NDArray[np.bool_]) -> Floats:
        return np.ascontiguousarray(np.where(where, np.broadcast_to(values, shape), 0.0))

    links = network.connected
    return full.Axons(
        weights=table(network.weights, links),
        offset=table(off - slope * low, links),
        slope=table(slope, links),
        g_off=table(off, links),
        g_on=table(on, links),
        g_step=table(d.window_conductance_step * on, links),
        drive=table(d.mobility / (d.r_track * d.track_length), exists),
        leak=table(d.axon_leak / d.track_length, exists),
    )


def soma_parameters(network: Network) -> full.Somas:
    """Return the kernel's soma parameters for a network whose devices may all differ."""
    shape, d = (network.size, network.size), network.devices

    def diagonal(values: Any) -> Floats:
        return np.ascontiguousarray(np.diagonal(np.broadcast_to(values, shape)))

    free = np.diagonal(mobile(network))
    conductance = np.where(~np.eye(network.size, dtype=bool), 1.0 / np.broadcast_to(d.r_track, shape), 0.0)
    return full.Somas(
        low=diagonal(d.window_low),
        high=diagonal(d.window_high),
        g_off=diagonal(1.0 / d.r_antiparallel),
        g_on=diagonal(1.0 / d.r_parallel),
        g_step=diagonal(d.window_conductance_step / d.r_parallel),
        drive=diagonal(d.mobility / (d.r_track * d.track_length)) * free,
        leak=diagonal(d.soma_leak / d.track_length) * free,
        g_track=diagonal(1.0 / d.r_track),
        fan=1.0 / conductance.sum(axis=1),
    )
