"""Comparison of the package's engine and ngspice on the same network, at the same times."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from threading import Event
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dwmtj_widgets.hopfield.network import Network
from dwmtj_widgets.hopfield.run_settings import FULL_STEP
from dwmtj_widgets.hopfield.simulation import Simulation
from dwmtj_widgets.spice.bench import MAX_STEP, Bench, bench
from dwmtj_widgets.spice.ngspice import ngspice_netlist
from dwmtj_widgets.spice.running import TIMEOUT, Progress, run_ngspice
from dwmtj_widgets.spice.waveforms import Waveforms

WALL_TOLERANCE: Final = 0.15e-9
"""Largest accepted deviation of a wall, m."""
TIME_TOLERANCE: Final = 0.05e-9
"""Largest accepted deviation of the end of the last motion, s."""
MOVED: Final = 0.05e-9
"""Distance from its final position, m, beyond which a wall counts as moving."""
_FINE = 1e-12
_AT_REST = 0.25e-9

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Trace:
    """Results of one simulator at the common times. SI units."""

    soma: Floats
    """(T, N) wall positions x/L."""
    axon: Floats
    """(T, N, N) wall positions x/L, nan on the diagonal."""
    energy: Floats
    """(T, 3) joules so far: supply, synapses, loading."""
    rest_time: float | None
    """End of the last motion of more than `MOVED`, s; None if walls still move at the stop time."""

    @property
    def total_energy(self) -> Floats:
        """Sum of the parts, shape (T,), J."""
        total: Floats = self.energy.sum(axis=1)
        return total


@dataclass(frozen=True)
class Comparison:
    """Two transients of one network at common times. SI units."""

    bench: Bench
    netlist: str
    times: Floats
    """(T,) seconds: ngspice's time points, or the steps of the engine of all N**2 devices."""
    engine: Trace
    """Trace of the package's event integrator; of its integrator of all N**2 devices if they differ."""
    ngspice: Trace
    version: str
    """Version of ngspice."""
    seconds: float
    """Computing time of ngspice."""
    solution_time: float | None
    """Time-to-solution by the engine, s; None if it does not converge before the stop time."""

    @cached_property
    def soma_deviations(self) -> Floats:
        """Deviation of the somas' walls, shape (T, N), m."""
        return np.abs(self.engine.soma - self.ngspice.soma) * np.diagonal(_lengths(self.bench))

    @cached_property
    def axon_deviations(self) -> Floats:
        """Deviation of the axons' walls, shape (T, N, N), m; nan on the diagonal."""
        return np.abs(self.engine.axon - self.ngspice.axon) * _lengths(self.bench)

    @property
    def soma_deviation(self) -> float:
        """Largest deviation of a soma's wall, m."""
        return float(self.soma_deviations.max())

    @property
    def axon_deviation(self) -> float:
        """Largest deviation of an axon's wall, m."""
        return float(np.nanmax(self.axon_deviations))

    @property
    def wall_deviation(self) -> float:
        """Largest deviation of any wall, m."""
        return max(self.soma_deviation, self.axon_deviation)

    @property
    def wall_deviation_time(self) -> float:
        """Time of the largest deviation of a wall, s."""
        worst = np.maximum(self.soma_deviations.max(axis=1), np.nanmax(self.axon_deviations, axis=(1, 2)))
        return float(self.times[int(worst.argmax())])

    @property
    def time_deviation(self) -> float | None:
        """Deviation of the end of the last motion, s; None if walls still move in either simulation."""
        ours, theirs = self.engine.rest_time, self.ngspice.rest_time
        return None if ours is None or theirs is None else abs(ours - theirs)

    @property
    def energy_deviation(self) -> float:
        """Difference of the energies at the end, ngspice minus engine, J."""
        return float(self.ngspice.total_energy[-1] - self.engine.total_energy[-1])

    @property
    def relative_energy_deviation(self) -> float:
        """The same, relative to the engine's energy."""
        return self.energy_deviation / float(self.engine.total_energy[-1])

    @property
    def agrees(self) -> bool:
        """Whether walls and the end of motion are within tolerance; if both still move, whether the walls are."""
        if self.wall_deviation > WALL_TOLERANCE:
            return False
        if self.time_deviation is None:
            return self.engine.rest_time is None and self.ngspice.rest_time is None
        return self.time_deviation <= TIME_TOLERANCE


def compare(
    network: Network,
    pattern: ArrayLike,
    *,
    charge_voltage: float = 0.1,
    load_time: float | None = None,
    soma_start: str | ArrayLike = "off",
    stop_time: float | None = None,
    max_step: float = MAX_STEP,
    timeout: float = TIMEOUT,
    progress: Progress | None = None,
    cancel: Event | None = None,
) -> Comparison:
    """Run a network with the package's engine and with ngspice, and compare the two.

    The event integrator is read at ngspice's time points, so nothing is interpolated. The integrator of all N**2
    devices, used where devices differ, has its walls only at its own steps; there ngspice's walls are interpolated.

    Parameters
    ----------
    network, pattern, charge_voltage, load_time, soma_start, stop_time, max_step
        As for `bench`.
    timeout, progress, cancel
        As for `run_ngspice`.

    Raises
    ------
    Refused
        If an input is illegal; the sentence says what arrived and what is legal.
    NgspiceError
        If ngspice is not installed, fails, or was stopped.
    """
    return compare_bench(
        bench(
            network,
            pattern,
            charge_voltage=charge_voltage,
            load_time=load_time,
            soma_start=soma_start,
            stop_time=stop_time,
            max_step=max_step,
        ),
        timeout=timeout,
        progress=progress,
        cancel=cancel,
    )


def compare_bench(prepared: Bench, **options: Any) -> Comparison:
    """Run both simulators on a checked bench; see `compare` for the options."""
    netlist = ngspice_netlist(prepared)
    measured = run_ngspice(netlist, **options)
    times = _common_times(prepared, measured)
    run = prepared.simulation().run()
    return Comparison(
        bench=prepared,
        netlist=netlist,
        times=times,
        engine=_engine_trace(prepared, times),
        ngspice=_ngspice_trace(prepared, measured, times),
        version=measured.version,
        seconds=measured.seconds,
        solution_time=run.time if run.converged and run.time <= prepared.stop_time else None,
    )


def _engine_trace(prepared: Bench, times: Floats) -> Trace:
    soma, axon, energy = _sampled(prepared.simulation(min_time=prepared.stop_time), times)
    walls = _all_walls(soma, axon, prepared)
    end = _last_motion(times, walls)
    if end is None or end == 0.0:
        return Trace(soma, axon, energy, end)
    # The end of the last motion may lie between two time points of ngspice, so it is searched on a grid of 1 ps.
    before = int(np.searchsorted(times, end, side="right")) - 1
    count = int(np.ceil((times[before + 1] - times[before]) / _FINE))
    fine = np.linspace(times[before], times[before + 1], count + 1)
    near, far, _ = _sampled(prepared.simulation(min_time=prepared.stop_time), fine)
    refined = _last_motion(fine, _all_walls(near, far, prepared), end=walls[-1])
    return Trace(soma, axon, energy, end if refined is None else refined)


def _ngspice_trace(prepared: Bench, measured: Waveforms, times: Floats) -> Trace:
    end = _last_motion(
        measured.times, _all_walls(measured.somas(prepared), measured.axons(prepared), prepared)
    )
    seen = measured.at(times)
    return Trace(seen.somas(prepared), seen.axons(prepared), seen.energies(), end)


def _common_times(prepared: Bench, measured: Waveforms) -> Floats:
    if prepared.network.uniform:
        return measured.times
    load, stop = prepared.load_time, prepared.stop_time
    loading, running = np.arange(0.0, load, FULL_STEP), np.arange(load, stop, FULL_STEP)
    return np.concatenate([loading, running, np.array([stop])])


def _sampled(simulation: Simulation, times: Floats) -> tuple[Floats, Floats, Floats]:
    """Return somas (T, N), axons (T, N, N) and energies (T, 3) of a new run at the given times."""
    size = simulation.network.size
    soma, energy = np.empty((len(times), size)), np.empty((len(times), 3))
    axon = np.empty((len(times), size, size))
    for k, time in enumerate(times):
        ahead = float(time) - simulation.time
        if ahead > 0.0 and not simulation.finished:
            simulation.step(ahead)
        soma[k], axon[k], energy[k] = simulation.soma, simulation.axon, simulation.energy_parts
    return soma, axon, energy


def _all_walls(soma: Floats, axon: Floats, prepared: Bench) -> Floats:
    """Return all walls, shape (T, N * N), in metres."""
    lengths = _lengths(prepared)
    source, target = np.array(prepared.axons).T
    return np.concatenate(
        [soma * np.diagonal(lengths), axon[:, source, target] * lengths[source, target]], axis=1
    )


def _lengths(prepared: Bench) -> Floats:
    """Return the lengths of all tracks in metres, (N, N)."""
    shape = (prepared.size, prepared.size)
    result: Floats = np.broadcast_to(prepared.network.devices.track_length, shape)
    return result


def _last_motion(times: Floats, walls: Floats, end: Floats | None = None) -> float | None:
    """Return when the last wall came within `MOVED` of its end, s; 0 if none moves, None if one still does."""
    final = walls[-1] if end is None else end
    away = np.abs(walls - final)
    if end is None:
        late = times >= times[-1] - _AT_REST
        if (away[late] > MOVED / 5.0).any():
            return None
    moving = np.flatnonzero((away > MOVED).any(axis=1))
    if not len(moving):
        return 0.0 if end is None else None
    last = int(moving[-1])
    if last + 1 == len(times):
        return float(times[last])
    # Walls move linearly between two moments; the last one to come to rest counts.
    who = away[last] > MOVED
    before, after = away[last, who], away[last + 1, who]
    share = float(((before - MOVED) / (before - after)).max())
    return float(times[last] + share * (times[last + 1] - times[last]))
