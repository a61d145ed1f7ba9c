"""One run of a network as a lab needs it, without a page: settings, record, intervention, and an earlier run.

Every method either does all of what it says or raises `ValueError` and leaves everything as it was.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, replace
from typing import Any, Generic, Self, TypeVar

import numpy as np
import numpy.typing as npt

from dwmtj_widgets.hopfield import Network, Simulation
from dwmtj_widgets.hopfield.recording import Recording
from dwmtj_widgets.hopfield.validation import neuron_index
from dwmtj_widgets.labs.device_setting import Drive
from dwmtj_widgets.tasks.recall import SimulationOptions

Bits = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float64]

RECORD_INTERVAL = 0.1e-9


@dataclass(frozen=True)
class Trace:
    """A run as curves over time, each of shape (T,)."""

    time: Floats
    """s"""
    energy: Floats
    """J"""


TraceT = TypeVar("TraceT", bound=Trace)


class NetworkSession(ABC, Generic[TraceT]):
    """A simulation with its record and settings. A lab's session adds what is stored and what is loaded."""

    published_min_time = 28e-9
    """Seconds before which the released simulator did not look whether the walls were at rest (physics.md A6)."""

    def __init__(self, drive: Drive | None = None) -> None:
        self.drive = Drive() if drive is None else drive
        self.cut: frozenset[int] = frozenset()
        """Neurons whose axons reach nobody."""
        self.flipped: frozenset[int] = frozenset()
        """Somas that were flipped before the run began."""
        self.earlier: TraceT | None = None
        self._ran_with: dict[str, Any] | None = None
        """The settings of a run that had ended before they were changed."""
        self.simulation = self._fresh()

    # -- what a lab's session says -------------------------------------------------------------------------------

    @property
    @abstractmethod
    def input(self) -> Bits:
        """The bits that are loaded, shape (N,)."""

    @abstractmethod
    def _network(self, drive: Drive) -> Network:
        """Return the network for these settings, uncut."""

    @abstractmethod
    def trace(self) -> TraceT:
        """Return the present run as curves."""

    @property
    def options(self) -> SimulationOptions:
        """What the simulation is told beside network and input."""
        published = self.drive.published
        return SimulationOptions(
            charge_voltage=self.drive.charge_voltage,
            soma_start="pattern" if published else "off",
            integrator="euler" if published else "events",
            min_time=self.published_min_time if published else 0.0,
        )

    # -- the run -------------------------------------------------------------------------------------------------

    @property
    def recording(self) -> Recording:
        """The record of the present run."""
        assert self.simulation.recording is not None
        return self.simulation.recording

    @property
    def as_run(self) -> Self:
        """The session with the settings of the present run; those of the next may have been changed after its end."""
        session = copy(self)
        vars(session).update(self._ran_with or {}, cut=self.cut)
        return session

    def reset(self) -> None:
        """Begin again at time 0 with the present input; the run so far becomes the earlier one."""
        fresh = self._fresh()
        if self.simulation.time > 0.0:
            self.earlier = self.trace()
        self.simulation, self.flipped, self._ran_with = fresh, frozenset(), None

    def step(self, duration: float) -> None:
        """Advance the run by `duration` seconds of device time."""
        self.simulation.step(duration)

    def finish(self) -> None:
        """Advance the run to its end."""
        self.simulation.run()

    def set_drive(self, **changes: Any) -> None:
        """Change weight, charge voltage, device or preset of the running network; a preset begins a new run."""
        with self._all_or_nothing():
            before, self.drive = self.drive, replace(self.drive, **changes)
            if self.drive.published != before.published:
                self.reset()
            else:
                self._act()

    def continue_from(self, index: int) -> None:
        """Go back to a recorded moment and go on from there with the present settings."""
        if not 0 <= index < len(self.recording):
            msg = f"moment {index} is not in the record; it has the moments 0 to {len(self.recording) - 1}."
            raise ValueError(msg)
        self.earlier, self._ran_with = self.trace(), None
        self.recording.cut_after(index)
        moment = self.recording[index]
        if moment.time == 0.0:
            self.simulation = self._begun()  # with the load time of the present charge voltage
            return
        self.simulation.restart(moment)
        self._change_running()

    def flip_soma(self, neuron: int) -> None:
        """Put a soma's wall at the other end of its track; a run that had ended goes on."""
        self.simulation.flip_soma(neuron)
        if self.simulation.time == 0.0:
            self.flipped ^= {neuron}
            self.recording.add(self.simulation.moment)

    def cut_axons(self, neuron: int, *, cut: bool) -> None:
        """Cut, or restore, all synapses of a neuron onto others, now and in later runs."""
        index = neuron_index(neuron, len(self.input))
        changed = self.cut | {index} if cut else self.cut - {index}
        self.simulation.change(connected=self._connected(changed))
        self.cut = changed

    def become(self, **changes: Any) -> None:
        """Take over other settings, attributes of this session by name, and begin again at time 0 with them."""
        with self._all_or_nothing():
            unknown = changes.keys() - vars(self).keys()
            assert not unknown, unknown
            vars(self).update(changes)
            self.earlier = None
            self.simulation = self._begun()

    # -- inside --------------------------------------------------------------------------------------------------

    @contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        """Put everything back as it was if what is done inside is refused; keep the settings of what has ended."""
        before, ended = dict(vars(self)), self.simulation.finished
        try:
            yield
            same = self.simulation is before["simulation"]
            self._ran_with = (before["_ran_with"] or before) if same and ended else None
        except ValueError:
            vars(self).clear()
            vars(self).update(before)
            raise

    def _act(self) -> None:
        """Bring the present settings to the run; one that has not begun begins anew, with their load time.

        What has ended stays as it is for looking at: the settings are those of the next run.
        """
        if self.simulation.finished:
            self._fresh()  # only to refuse what could not run
        elif self.simulation.time > 0.0:
            self._change_running()
        else:
            self.simulation = self._begun()

    def _begun(self) -> Simulation:
        simulation = self._fresh()
        for neuron in self.flipped:
            simulation.flip_soma(neuron)
        if self.flipped:
            simulation.record(RECORD_INTERVAL)  # from the flipped walls on
        return simulation

    def _change_running(self) -> None:
        network = self._network(self.drive)
        self.simulation.change(
            weights=network.weights,
            device=network.device,
            synaptic_weight=self.drive.weight,
            charge_voltage=self.drive.charge_voltage,
        )

    def _connected(self, cut: frozenset[int]) -> npt.NDArray[np.bool_]:
        connected = np.ones((len(self.input),) * 2, dtype=bool)
        connected[sorted(cut)] = False
        return connected

    def _fresh(self) -> Simulation:
        drive = self.drive
        network = self._network(drive)
        if self.cut:
            network = network.changed(connected=self._connected(self.cut))
        simulation = Simulation(network, self.input, **self.options)
        simulation.record(RECORD_INTERVAL)
        return simulation


def moving_walls(record: Recording) -> Floats:
    """Return how many walls moved between each recorded moment and the one before it, shape (T,)."""
    moving = np.zeros(len(record))
    if len(record) > 1:
        somas = record.somas
        axons = np.array([record[k].axon for k in range(len(record))])
        per_axon = 1 if axons.ndim == 3 else somas.shape[1] - 1
        moved_axons = (np.diff(axons, axis=0) != 0).reshape(len(record) - 1, -1).sum(axis=1)
        moving[1:] = (np.diff(somas, axis=0) != 0).sum(axis=1) + per_axon * moved_axons
    return moving
