"""One run of a network for a lab, without a page: setting, record, interventions, and an earlier run.

Every method either takes full effect, or raises `Refused` and changes nothing.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, replace
from math import inf
from typing import Any, Generic, Literal, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from dwmtj_widgets.hopfield import Network, Simulation
from dwmtj_widgets.hopfield.energy import published_estimate
from dwmtj_widgets.hopfield.recording import Recording
from dwmtj_widgets.hopfield.validation import neuron_index
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.contract import Change, Open, Session
from dwmtj_widgets.sessions.journal import Entry, Journal, entry_at, with_entry
from dwmtj_widgets.sessions.network_setting import NetworkSetting
from dwmtj_widgets.sessions.python_lines import run_lines

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Trace:
    """A run as curves over time, each of shape (T,)."""

    time: Floats
    """s"""
    energy: Floats
    """J"""


SettingT = TypeVar("SettingT", bound=NetworkSetting)
TraceT = TypeVar("TraceT", bound=Trace)


@dataclass(frozen=True)
class Reset(Generic[SettingT]):
    """Restart at time 0 with a setting, without its flipped somas; the run so far becomes the earlier one."""

    setting: SettingT


@dataclass(frozen=True)
class Flip:
    """Put a soma's wall at the other end of its track; a finished run continues."""

    neuron: int


@dataclass(frozen=True)
class Cut:
    """Cut or restore all synapses of a neuron onto others, now and in later runs; a finished run continues."""

    neuron: int
    cut: bool = True


@dataclass(frozen=True)
class GoBack:
    """Continue from a recorded moment with the present setting."""

    moment: int


Action: TypeAlias = Open[SettingT] | Reset[SettingT] | Change[SettingT] | Flip | Cut | GoBack


@dataclass(frozen=True)
class _State(Generic[SettingT, TraceT]):
    """The complete state of a session; an action replaces it."""

    setting: SettingT
    simulation: Simulation
    journal: Journal[SettingT]
    earlier: TraceT | None = None


class NetworkSession(Session[SettingT], Generic[SettingT, TraceT]):
    """A simulation with its record, and the setting of the next one.

    Parameters
    ----------
    setting : NetworkSetting
        The initial setting.
    """

    def __init__(self, setting: SettingT) -> None:
        self._state: _State[SettingT, TraceT] = _begun(setting)
        self._known_network: tuple[SettingT, Network] | None = None

    # -- for a lab's session to define ---------------------------------------------------------------------------

    @abstractmethod
    def trace(self) -> TraceT:
        """Return the present run as curves."""

    # -- the run -------------------------------------------------------------------------------------------------

    @property
    def setting(self) -> SettingT:
        """Setting of the session; after the end of a run, that of the next one."""
        return self._state.setting

    @property
    def simulation(self) -> Simulation:
        """The present run."""
        return self._state.simulation

    @property
    def journal(self) -> Journal[SettingT]:
        """Journal of the present run."""
        return self._state.journal

    @property
    def earlier(self) -> TraceT | None:
        """The run before the present one."""
        return self._state.earlier

    @property
    def recording(self) -> Recording:
        """The record of the present run."""
        assert self.simulation.recording is not None
        return self.simulation.recording

    def at(self, time: float) -> SettingT:
        """Return the setting that held in the present run at `time`, in seconds."""
        return entry_at(self.journal, time).setting

    @property
    def as_run(self) -> SettingT:
        """The setting of the present run; that of the next may have been changed after its end."""
        return self.at(inf)

    @property
    def changed_since_end(self) -> bool:
        """Whether the run has ended and the setting was changed since, for the next run."""
        return self.simulation.finished and not self.setting.same_as(self.as_run)

    def network_at(self, time: float) -> Network:
        """Return the network of the present run at `time`, in seconds."""
        setting = self.at(time)
        if setting is self.as_run:
            return self.simulation.network
        if self._known_network is None or self._known_network[0] is not setting:
            self._known_network = setting, setting.network
        return self._known_network[1]

    def charge_voltage_at(self, time: float) -> float:
        """Return V_C in volts at `time`, in seconds, in the present run."""
        setting = self.at(time)
        return self.simulation.charge_voltage if setting is self.as_run else setting.drive.charge_voltage

    def estimate_at(self, time: float) -> float:
        """Return the paper's closed-form energy estimate in joules for `time` seconds, with the network of that time.

        It is nan outside the estimate's domain; see `energy.published_estimate`.
        """
        network = self.network_at(time)
        return published_estimate(
            network.size, time, self.charge_voltage_at(time), network.synaptic_weight, network.device
        )

    @property
    def load_time(self) -> float:
        """Load time in seconds: of the present run, or of the next if the setting was changed after its end."""
        return self.setting.load_time if self.changed_since_end else self.simulation.load_time

    def python(self) -> str:
        """Return the lines that repeat the present run from its start, with all interventions."""
        return run_lines(self.journal)

    # -- actions -------------------------------------------------------------------------------------------------

    def apply(self, action: Action[SettingT]) -> None:
        """Carry out an action completely, or refuse it and change nothing.

        `Change` acts on the running network. A run at time 0 starts again, with the setting's load time. A finished
        run stays as it is; the setting is then that of the next run, or of this one after an intervention.

        Raises
        ------
        Refused
            If the action is not legal.
        """
        match action:
            case Open(setting):
                self._state = _begun(setting)
            case Reset(setting):
                earlier = self.trace() if self.simulation.time > 0.0 else self.earlier
                self._state = _begun(replace(setting, flipped=frozenset()), earlier)
            case Change(setting):
                self._change(setting)
            case Flip(neuron):
                self._flip(neuron_index(neuron, len(self.setting.input)))
            case Cut(neuron, cut):
                self._cut(neuron_index(neuron, len(self.setting.input)), cut=cut)
            case GoBack(moment):
                self._go_back(moment)

    def reset(self) -> None:
        """Restart at time 0 with the present input; the run so far becomes the earlier one."""
        self.apply(Reset(self.setting))

    def set_drive(self, **changes: Any) -> None:
        """Change weight, charge voltage, device, load time or preset of the running network.

        A preset or a load time begins a new run.
        """
        before, drive = self.setting.drive, replace(self.setting.drive, **changes)
        setting = replace(self.setting, drive=drive)
        goes_on = (drive.published, drive.load_time) == (before.published, before.load_time)
        self.apply(Change(setting) if goes_on else Reset(setting))

    def continue_from(self, index: int) -> None:
        """Continue from a recorded moment with the present setting."""
        self.apply(GoBack(index))

    def flip_soma(self, neuron: int) -> None:
        """Put a soma's wall at the other end of its track; a finished run continues."""
        self.apply(Flip(neuron))

    def cut_axons(self, neuron: int, *, cut: bool) -> None:
        """Cut or restore all synapses of a neuron onto others, now and in later runs."""
        self.apply(Cut(neuron, cut))

    def step(self, duration: float) -> None:
        """Advance the run by `duration` seconds of device time."""
        self.simulation.step(duration)

    def finish(self) -> None:
        """Advance the run to its end."""
        self.simulation.run()

    # -- inside --------------------------------------------------------------------------------------------------

    def _change(self, setting: SettingT) -> None:
        if self.simulation.finished:
            setting.simulation()  # only to refuse a setting that cannot run
            self._state = replace(self._state, setting=setting)
        elif self.simulation.time > 0.0:
            self._change_running(setting)
        else:
            self._state = _begun(setting, self.earlier)

    def _change_running(self, setting: SettingT, *, ended: bool = False) -> None:
        """Apply a setting without its cuts to the run."""
        ended = ended or self.simulation.finished
        network = setting.whole_network()
        self.simulation.change(
            weights=network.weights,
            device=network.device,
            synaptic_weight=setting.drive.weight,
            charge_voltage=setting.drive.charge_voltage,
        )
        self._log(setting, "change", ended=ended)

    def _take_up(self) -> None:
        """Apply a setting that was changed after the end of a run to the run, which is about to continue."""
        if self.changed_since_end:
            self._change_running(self.setting)

    def _flip(self, neuron: int) -> None:
        self._take_up()
        ended = self.simulation.finished
        self.simulation.flip_soma(neuron)
        setting = self.as_run
        if self.simulation.time == 0.0:
            setting = replace(setting, flipped=setting.flipped ^ {neuron})
        self._log(setting, "flip", neuron=neuron, ended=ended)

    def _cut(self, neuron: int, *, cut: bool) -> None:
        self._take_up()
        ended, before = self.simulation.finished, self.setting.cut
        setting = replace(self.setting, cut=before | {neuron} if cut else before - {neuron})
        self.simulation.change(connected=setting.connected)
        self._log(setting, "change", ended=ended)

    def _go_back(self, index: int) -> None:
        if not 0 <= index < len(self.recording):
            msg = f"moment {index} is not in the record; it has the moments 0 to {len(self.recording) - 1}."
            raise Refused(msg)
        moment = self.recording[index]
        at_end = self.simulation.finished and index == len(self.recording) - 1
        earlier = self.trace()
        if moment.time == 0.0:
            self._state = _begun(self.setting, earlier)  # with the load time of the present charge voltage
            return
        self.simulation.restart(moment)
        journal = tuple(entry for entry in self.journal if entry.time <= moment.time)
        self._state = replace(self._state, journal=journal, earlier=earlier)
        self._change_running(self.setting, ended=at_end)

    def _log(
        self, setting: SettingT, action: Literal["change", "flip"], *, neuron: int = -1, ended: bool = False
    ) -> None:
        """Log an intervention; a run that has not begun just starts with it."""
        if self.simulation.time == 0.0:
            journal: Journal[SettingT] = (Entry(0.0, "begin", setting),)
        else:
            entry = Entry(self.simulation.time, action, setting, neuron, ended)
            journal = with_entry(self.journal, entry)
        self._state = replace(self._state, setting=setting, journal=journal)


def _begun(setting: SettingT, earlier: TraceT | None = None) -> _State[SettingT, TraceT]:
    return _State(setting, setting.simulation(), (Entry(0.0, "begin", setting),), earlier)


def moving_walls(record: Recording, *, at_rest: bool) -> Floats:
    """Return the number of moving walls after each recorded moment, shape (T,); 0 after the last if `at_rest`."""
    moving = np.zeros(len(record))
    if len(record) > 1:
        somas = record.somas
        axons = np.array([record[k].axon for k in range(len(record))])
        per_axon = 1 if axons.ndim == 3 else somas.shape[1] - 1
        moved_axons = (np.diff(axons, axis=0) != 0).reshape(len(record) - 1, -1).sum(axis=1)
        moving[:-1] = (np.diff(somas, axis=0) != 0).sum(axis=1) + per_axon * moved_axons
        moving[-1] = 0.0 if at_rest else moving[-2]
    return moving
