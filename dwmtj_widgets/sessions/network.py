"""One run of a network as a lab needs it, without a page: settings, record, intervention, and an earlier run.

Every method either does all of what it says or raises `Refused` and leaves everything as it was.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, replace
from math import inf
from typing import Any, Final, Generic, Literal, Self, TypeVar

import numpy as np
import numpy.typing as npt

from dwmtj_widgets.hopfield import Network, Simulation
from dwmtj_widgets.hopfield.energy import published_estimate
from dwmtj_widgets.hopfield.loading import default_load_time
from dwmtj_widgets.hopfield.recording import Recording
from dwmtj_widgets.hopfield.validation import neuron_index
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.device_setting import Drive
from dwmtj_widgets.sessions.journal import Entry, Journal, entry_at, with_entry
from dwmtj_widgets.tasks.recall import SimulationOptions

Bits = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float64]

RECORD_INTERVAL = 0.1e-9
_OF_A_RUN: Final = ("simulation", "journal", "earlier")
"""Attributes of a session that are no settings."""


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
        self.simulation: Simulation
        self.journal: Journal
        """What was done to the present run."""
        self._known_network: tuple[Entry, Network] | None = None
        self._begin()

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
        """Options of the simulation beside network and input."""
        published = self.drive.published
        return SimulationOptions(
            load_time=self.drive.load_time,
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
    def settings(self) -> dict[str, Any]:
        """What the session is set to: its attributes by name."""
        return {k: v for k, v in vars(self).items() if k not in _OF_A_RUN and not k.startswith("_")}

    def at(self, time: float) -> Self:
        """Return the session with the settings that held in the present run at `time`, in seconds."""
        session = copy(self)
        vars(session).update(entry_at(self.journal, time).settings)
        return session

    @property
    def as_run(self) -> Self:
        """The session with the settings of the present run; those of the next may have been changed after its end."""
        return self.at(inf)

    @property
    def changed_since_end(self) -> bool:
        """Whether the run has ended and settings were changed since, for the next run."""
        if not self.simulation.finished:
            return False
        ran = self.journal[-1].settings
        return any(not _same(value, ran[name]) for name, value in self.settings.items())

    def network_at(self, time: float) -> Network:
        """Return the network of the present run as it was at `time`, in seconds."""
        entry = entry_at(self.journal, time)
        if entry.settings is self.journal[-1].settings:
            return self.simulation.network
        if self._known_network is None or self._known_network[0] is not entry:
            self._known_network = entry, self.at(time)._wired()
        return self._known_network[1]

    def charge_voltage_at(self, time: float) -> float:
        """Return V_C in volts as it was at `time`, in seconds, in the present run."""
        entry = entry_at(self.journal, time)
        if entry.settings is self.journal[-1].settings:
            return self.simulation.charge_voltage
        drive: Drive = entry.settings["drive"]
        return drive.charge_voltage

    def estimate_at(self, time: float) -> float:
        """Return the paper's closed-form energy estimate in joules for `time` seconds of the network of that time.

        It is nan where the estimate says nothing; see `energy.published_estimate`.
        """
        network = self.network_at(time)
        return published_estimate(
            network.size, time, self.charge_voltage_at(time), network.synaptic_weight, network.device
        )

    @property
    def load_time(self) -> float:
        """Seconds of loading: of the present run, or of the next if settings were changed after its end."""
        if not self.changed_since_end:
            return self.simulation.load_time
        drive = self.drive
        if drive.load_time is not None:
            return drive.load_time
        return default_load_time(len(self.input), drive.device, drive.charge_voltage)

    def reset(self) -> None:
        """Begin again at time 0 with the present input; the run so far becomes the earlier one."""
        earlier = self.trace() if self.simulation.time > 0.0 else self.earlier
        with self._all_or_nothing():
            self.flipped = frozenset()
            self._begin()
            self.earlier = earlier

    def step(self, duration: float) -> None:
        """Advance the run by `duration` seconds of device time."""
        self.simulation.step(duration)

    def finish(self) -> None:
        """Advance the run to its end."""
        self.simulation.run()

    def set_drive(self, **changes: Any) -> None:
        """Change weight, charge voltage, device, load time or preset of the running network.

        A preset or a load time begins a new run.
        """
        with self._all_or_nothing():
            before, self.drive = self.drive, replace(self.drive, **changes)
            if (self.drive.published, self.drive.load_time) != (before.published, before.load_time):
                self.reset()
            else:
                self._act()

    def continue_from(self, index: int) -> None:
        """Go back to a recorded moment and go on from there with the present settings."""
        if not 0 <= index < len(self.recording):
            msg = f"moment {index} is not in the record; it has the moments 0 to {len(self.recording) - 1}."
            raise Refused(msg)
        moment = self.recording[index]
        at_end = self.simulation.finished and index == len(self.recording) - 1
        with self._all_or_nothing():
            self.earlier = self.trace()
            if moment.time == 0.0:
                self._begin()  # with the load time of the present charge voltage
                return
            self.simulation.restart(moment)
            self.journal = tuple(entry for entry in self.journal if entry.time <= moment.time)
            self._change_running(ended=at_end)

    def flip_soma(self, neuron: int) -> None:
        """Put a soma's wall at the other end of its track; a run that had ended goes on."""
        index = neuron_index(neuron, len(self.input))
        with self._all_or_nothing():
            self._take_up()
            ended = self.simulation.finished
            self.simulation.flip_soma(index)
            if self.simulation.time == 0.0:
                self.flipped ^= {index}
            self._log("flip", neuron=index, ended=ended)

    def cut_axons(self, neuron: int, *, cut: bool) -> None:
        """Cut, or restore, all synapses of a neuron onto others, now and in later runs."""
        index = neuron_index(neuron, len(self.input))
        with self._all_or_nothing():
            self._take_up()
            ended = self.simulation.finished
            self.cut = self.cut | {index} if cut else self.cut - {index}
            self.simulation.change(connected=self._connected(self.cut))
            self._log("change", ended=ended)

    def become(self, **changes: Any) -> None:
        """Take over other settings, attributes of this session by name, and begin again at time 0 with them."""
        with self._all_or_nothing():
            unknown = changes.keys() - vars(self).keys()
            assert not unknown, unknown
            vars(self).update(changes)
            self.earlier = None
            self._begin()

    # -- inside --------------------------------------------------------------------------------------------------

    @contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        """Put everything back as it was if what is done inside is refused."""
        before = dict(vars(self))
        try:
            yield
        except Exception:
            vars(self).clear()
            vars(self).update(before)
            raise

    def _act(self) -> None:
        """Bring the present settings to the run; one that has not begun begins anew, with their load time.

        What has ended stays as it is for looking at: the settings are those of the next run, until somebody makes
        this one go on.
        """
        if self.simulation.finished:
            self._fresh()  # only to refuse what could not run
        elif self.simulation.time > 0.0:
            self._change_running()
        else:
            self._begin()

    def _take_up(self) -> None:
        """Bring settings that were changed after the end of a run to it, as it is about to go on."""
        if self.changed_since_end:
            self._change_running()

    def _begin(self) -> None:
        """Have a new run at time 0, with the present settings."""
        simulation = self._fresh()
        for neuron in self.flipped:
            simulation.flip_soma(neuron)
        self.simulation = simulation
        self.journal = (Entry(0.0, "begin", self.settings),)

    def _log(self, action: Literal["change", "flip"], *, neuron: int = -1, ended: bool = False) -> None:
        """Write down what was done; a run that has not begun just begins with it."""
        if self.simulation.time == 0.0:
            self.journal = (Entry(0.0, "begin", self.settings),)
            return
        settings = self.journal[-1].settings if action == "flip" else self.settings
        self.journal = with_entry(self.journal, Entry(self.simulation.time, action, settings, neuron, ended))

    def _change_running(self, *, ended: bool = False) -> None:
        ended = ended or self.simulation.finished
        network = self._network(self.drive)
        self.simulation.change(
            weights=network.weights,
            device=network.device,
            synaptic_weight=self.drive.weight,
            charge_voltage=self.drive.charge_voltage,
        )
        self._log("change", ended=ended)

    def _connected(self, cut: frozenset[int]) -> npt.NDArray[np.bool_]:
        connected = np.ones((len(self.input),) * 2, dtype=bool)
        connected[sorted(cut)] = False
        return connected

    def _wired(self) -> Network:
        """Return the network for the present settings, cut where they say so."""
        network = self._network(self.drive)
        return network.changed(connected=self._connected(self.cut)) if self.cut else network

    def _fresh(self) -> Simulation:
        simulation = Simulation(self._wired(), self.input, **self.options)
        simulation.record(RECORD_INTERVAL)
        return simulation


def _same(one: Any, other: Any) -> bool:
    """Return whether two settings are the same; arrays and lists are replaced when they change, never written to."""
    return one is other or (isinstance(one, float | int | Drive | frozenset) and one == other)


def moving_walls(record: Recording, *, at_rest: bool) -> Floats:
    """Return how many walls move from each recorded moment on, shape (T,); at the last none if it is `at_rest`."""
    moving = np.zeros(len(record))
    if len(record) > 1:
        somas = record.somas
        axons = np.array([record[k].axon for k in range(len(record))])
        per_axon = 1 if axons.ndim == 3 else somas.shape[1] - 1
        moved_axons = (np.diff(axons, axis=0) != 0).reshape(len(record) - 1, -1).sum(axis=1)
        moving[:-1] = (np.diff(somas, axis=0) != 0).sum(axis=1) + per_axon * moved_axons
        moving[-1] = 0.0 if at_rest else moving[-2]
    return moving
