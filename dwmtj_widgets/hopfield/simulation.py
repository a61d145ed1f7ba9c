"""Simulation of one run: phases, steps, interventions and read-outs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dwmtj_widgets.hopfield import validation
from dwmtj_widgets.hopfield._engines import Inputs, broken_at
from dwmtj_widgets.hopfield._kernels.circuit import BROKEN, CONVERGED, RUNNING, TIMEOUT
from dwmtj_widgets.hopfield.device import Device
from dwmtj_widgets.hopfield.energy import Parts, parts_of, published_estimate
from dwmtj_widgets.hopfield.loading import settled_share
from dwmtj_widgets.hopfield.network import Network
from dwmtj_widgets.hopfield.recording import DEFAULT_BYTES, DEFAULT_INTERVAL, Recording
from dwmtj_widgets.hopfield.run_settings import RunSettings, run_settings, starting_somas
from dwmtj_widgets.hopfield.walls import WallState, axon_table, bits_of
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.units import quantity

Phase = Literal["load", "run", "converged", "timeout"]
Integrator = Literal["events", "euler"]


@dataclass(frozen=True)
class RunResult:
    """End of a run. SI units; arrays are copies."""

    time: float
    """Time-to-solution: from the start of loading until the last wall came to rest, s."""
    phase: Phase
    converged: bool
    soma: NDArray[np.float64]
    """(N,) wall positions x/L."""
    axon: NDArray[np.float64]
    """(N, N) wall positions x/L, row i the axons of neuron i, nan on the diagonal."""
    bits: NDArray[np.int8]
    """(N,) 1, 0, or -1 where undecided."""
    energy: float
    """J, by the circuit."""
    energy_parts: Parts
    power: float
    """W, at the end."""
    published_energy_estimate: float
    """J, by the paper's closed form; nan outside its domain."""
    settled_at_release: float
    """Share of the axons, 0 to 1, that had settled when loading ended; see `Simulation.settled_at_release`."""


class Simulation:
    """One run of a network: load a pattern, release it, watch it converge.

    Parameters
    ----------
    network : Network
        The circuit.
    pattern : array_like, shape (N,)
        Bits to load, 0 or 1.
    charge_voltage : float
        V_C in volts, at least 0.02.
    load_time : float, optional
        Seconds of loading; by default `loading.default_load_time`: the published schedule for V_C (physics.md A3)
        for Table I and the published device, longer where walls settle more slowly. After a shorter time the network
        is released before its axons have settled; `settled_at_release` is the share that had.
    soma_start : {"off", "pattern"} or array_like of shape (N,)
        Walls of the somas at time 0: all OFF, already at the pattern, or given positions x/L.
    integrator : {"events", "euler"}
        ``"events"`` is exact to 1 ps, ``"euler"`` the fixed step of the released simulator.
    time_step : float
        Step of the Euler integrator in seconds.
    min_time, max_time : float
        Earliest time at which the run may end, and its time limit; seconds.

    Raises
    ------
    Refused
        If an input is illegal, or the device cannot be loaded; the sentence says why.
    """

    def __init__(
        self,
        network: Network,
        pattern: ArrayLike,
        *,
        charge_voltage: float = 0.1,
        load_time: float | None = None,
        soma_start: str | ArrayLike = "off",
        integrator: str = "events",
        time_step: float = 1e-12,
        min_time: float = 0.0,
        max_time: float = 3e-6,
    ) -> None:
        self.network = network
        self.pattern = validation.bit_pattern(pattern, network.size)
        settings = run_settings(charge_voltage, load_time, integrator, time_step, min_time, max_time)
        soma = starting_somas(soma_start, self.pattern)
        self.recording: Recording | None = None
        self._asked = Fraction(0)
        """Exact sum of the requested durations; the time of an Euler integrator may be up to one step later."""
        self._settled = float("nan")
        start = WallState(0.0, soma, np.zeros(network.size), np.zeros(3), np.zeros(3))
        self._begin_at(start, network, settings.fixed(network.size, network.device))

    # -- stepping ------------------------------------------------------------------------------------------------

    def step(self, duration: float) -> Self:
        """Advance by `duration` seconds of device time, or to the end of the run if that comes first.

        Durations add up exactly. An integrator with a fixed step stops at the first point of its grid that is not
        before their sum.
        """
        self._asked += Fraction(validation.positive(duration, "duration", "s"))
        self._advance(float(self._asked))
        return self

    def step_to(self, time: float) -> Self:
        """Advance to `time` seconds since loading began, or to the end of the run if that comes first.

        Raises
        ------
        Refused
            If that time is over.
        """
        target = validation.finite(time, "time", "s")
        if target < self._asked:
            msg = (
                f"time is {quantity(target, 's')}; the run is at {quantity(self.time, 's')} already "
                "(restart goes back to a recorded moment)."
            )
            raise Refused(msg)
        self._asked = Fraction(target)
        self._advance(target)
        return self

    def run(self) -> RunResult:
        """Advance to the end: all walls stationary, or out of time."""
        self._advance(np.inf)
        return self.result()

    def result(self) -> RunResult:
        """Return the present state as a result that later steps do not change."""
        return RunResult(
            time=self.time,
            phase=self.phase,
            converged=self.converged,
            soma=self.soma.copy(),
            axon=self.axon,
            bits=self.bits,
            energy=self.energy,
            energy_parts=self.energy_parts,
            power=self.power,
            published_energy_estimate=self.published_energy_estimate,
            settled_at_release=self.settled_at_release,
        )

    def record(self, interval: float = DEFAULT_INTERVAL, max_bytes: int = DEFAULT_BYTES) -> Recording:
        """Record a moment every `interval` seconds of device time from now on; returns the recording."""
        self.recording = Recording(interval, max_bytes)
        self.recording.add(self._moment)
        return self.recording

    def restart(self, moment: WallState) -> Self:
        """Continue from a recorded moment with the present network.

        Later moments are removed from the recording, because they belong to another run.
        """
        self._begin_at(moment, self.network, self._settings)
        self._asked = Fraction(self.time)
        return self

    # -- reading -------------------------------------------------------------------------------------------------

    @property
    def moment(self) -> WallState:
        """Present walls, energy and power."""
        return self._moment

    @property
    def time(self) -> float:
        """Seconds of device time since loading began."""
        return self._moment.time

    @property
    def load_time(self) -> float:
        """Seconds of loading."""
        assert self._settings.load_time is not None
        return self._settings.load_time

    @property
    def charge_voltage(self) -> float:
        """V_C in volts."""
        return self._settings.charge_voltage

    @property
    def settled_at_release(self) -> float:
        """Share of axons, 0 to 1, that had reached the end set by the loaded bits when loading ended.

        It is nan before that. Below 1 the network was released while axons still moved, as in the paper's networks
        of fewer than 33 neurons (physics.md A8).
        """
        return self._settled

    @property
    def phase(self) -> Phase:
        """Phase of the run: "load", "run", "converged" or "timeout"."""
        if self._status == CONVERGED:
            return "converged"
        if self._status == TIMEOUT:
            return "timeout"
        return "load" if self.loading_at(self.time) else "run"

    def loading_at(self, time: float) -> bool:
        """Return whether the input is loaded at a time in seconds; loading includes its last moment."""
        return time <= self.load_time

    @property
    def converged(self) -> bool:
        """Whether every wall has come to rest."""
        return self._status == CONVERGED

    @property
    def finished(self) -> bool:
        """Whether the run is over: converged or out of time."""
        return self._status != RUNNING

    @property
    def soma(self) -> NDArray[np.float64]:
        """Wall positions x/L of the somas, shape (N,)."""
        return self._moment.soma

    @property
    def axon(self) -> NDArray[np.float64]:
        """Wall positions x/L of the axons, shape (N, N): row i the axons of neuron i, nan on the diagonal."""
        return axon_table(self._moment.axon)

    @property
    def bits(self) -> NDArray[np.int8]:
        """1, 0 or -1 (undecided) for every soma, shape (N,)."""
        return bits_of(self.soma)

    @property
    def energy(self) -> float:
        """Energy spent so far in joules, by the circuit (physics.md A5)."""
        return self.energy_parts.total

    @property
    def energy_parts(self) -> Parts:
        """Energy spent so far in joules, split into supply, synapses and loading."""
        return parts_of(self._moment.energy)

    @property
    def power(self) -> float:
        """Present power in watts, by the circuit."""
        return self.power_parts.total

    @property
    def power_parts(self) -> Parts:
        """Present power in watts, split into supply, synapses and loading."""
        return parts_of(self._moment.power)

    @property
    def published_energy_estimate(self) -> float:
        """The paper's closed-form estimate in joules for the time so far.

        It is nan outside the estimate's domain; see `energy.published_estimate`.
        """
        network = self.network
        return published_estimate(
            network.size, self.time, self.charge_voltage, network.synaptic_weight, network.device
        )

    def engine_inputs(self) -> Inputs:
        """Return the kernel's inputs for the present network and drive."""
        return self._engine.inputs()

    # -- intervening ---------------------------------------------------------------------------------------------

    def change(
        self,
        *,
        weights: ArrayLike | None = None,
        device: Device | None = None,
        variation: Mapping[str, ArrayLike] | None = None,
        connected: ArrayLike | None = None,
        synaptic_weight: float | None = None,
        charge_voltage: float | None = None,
    ) -> Self:
        """Change the running network; walls, time and energy stay.

        A converged run goes on, because walls at rest may move in the new network. The load time stays, whatever
        the new device would need.
        """
        network = self.network.changed(
            weights=weights,
            device=device,
            variation=variation,
            connected=connected,
            synaptic_weight=synaptic_weight,
        )
        settings = self._settings
        if charge_voltage is not None:
            settings = settings.with_charge_voltage(charge_voltage)
        self._begin_at(self._moment, network, settings)
        return self

    def set_soma(self, neuron: int, position: float) -> Self:
        """Put the wall of a soma at `position` (x/L)."""
        index = validation.neuron_index(neuron, self.network.size)
        soma = self._moment.soma.copy()
        soma[index] = validation.within(position, "position", 0.0, 1.0)
        return self._with_soma(soma)

    def flip_soma(self, neuron: int) -> Self:
        """Mirror the wall of a soma about the middle of its track."""
        index = validation.neuron_index(neuron, self.network.size)
        soma = self._moment.soma.copy()
        soma[index] = 1.0 - soma[index]
        return self._with_soma(soma)

    def cut_synapse(self, source: int, target: int) -> Self:
        """Open the junction of the axon from neuron `source` to neuron `target`."""
        return self._with_network(self.network.with_synapse(source, target, connected=False))

    def restore_synapse(self, source: int, target: int) -> Self:
        """Close again the junction of the axon from neuron `source` to neuron `target`."""
        return self._with_network(self.network.with_synapse(source, target, connected=True))

    # -- inside --------------------------------------------------------------------------------------------------

    def _with_soma(self, soma: NDArray[np.float64]) -> Self:
        m = self._moment
        moment = WallState(m.time, soma, m.axon, m.energy, m.power)
        self._begin_at(moment, self.network, self._settings)
        return self

    def _with_network(self, network: Network) -> Self:
        self._begin_at(self._moment, network, self._settings)
        return self

    def _begin_at(self, moment: WallState, network: Network, settings: RunSettings) -> None:
        """Continue from a moment with this network and drive; a refusal changes nothing."""
        engine = settings.engine(network, self.pattern, full=moment.axon.ndim == 2)
        engine.reset(moment)
        # Advancing to the present time makes the engine plan its first step, which sets the power.
        status = engine.advance(engine.state().time)
        start = engine.state()
        self.network, self._settings, self._engine = network, settings, engine
        self._status, self._moment = status, start
        if self.time < self.load_time:
            self._settled = float("nan")
        if self.recording is not None:
            self.recording.cut_after_time(self.time)
            self.recording.add(self._moment)

    def _advance(self, target: float) -> None:
        record = self.recording
        stop = -np.inf
        while self._status == RUNNING and stop < target:
            due = np.inf if record is None else record.next_time()
            release = self.load_time if np.isnan(self._settled) and self.time < self.load_time else np.inf
            stop = min(target, due, release)
            self._to(stop)
            if stop == release < np.inf:  # a grid point may miss the release by a rounding error
                self._settled = settled_share(self.network, self.pattern, self._moment)
            if record is not None and stop == due < target:
                record.add(self._moment)
        if self.finished:
            self._asked = Fraction(self.time)
            if record is not None:
                record.add(self._moment)

    def _to(self, target: float) -> None:
        self._status = self._engine.advance(target)
        self._moment = self._engine.state()
        if self._status == BROKEN:
            raise broken_at(self._moment.time)
