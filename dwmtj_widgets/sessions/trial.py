"""One trial of a sweep as a run to look at, with the same network, input and options, and so the same bits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt

from dwmtj_widgets.explore import Point, Trial, trial_of
from dwmtj_widgets.explore.knobs import defaults_of
from dwmtj_widgets.explore.trials import judged
from dwmtj_widgets.hopfield import Network, Simulation
from dwmtj_widgets.hopfield.ensemble import RunEnd
from dwmtj_widgets.hopfield.learning import RULES
from dwmtj_widgets.hopfield.walls import WallState, bits_of
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.device_setting import Drive
from dwmtj_widgets.sessions.maxcut import MOST_NODES
from dwmtj_widgets.sessions.network import Floats, NetworkSession, Trace, moving_walls
from dwmtj_widgets.sessions.network_setting import Bits, NetworkSetting
from dwmtj_widgets.sessions.recall import MOST_MEMORIES, RecallSession, RecallSetting
from dwmtj_widgets.tasks.graphs import cut_value
from dwmtj_widgets.tasks.patterns import overlap
from dwmtj_widgets.tasks.recall import SimulationOptions
from dwmtj_widgets.texts import tr

MOST_SHOWN: Final = 6
"""Most memories whose overlap is drawn, those most similar to the input."""
_LAB_GRAPHS: Final = {
    "asymmetry",
    "density",
    "neurons",
    "weight",
    "charge_voltage",
    "load_time",
    "reference",
}
"""Settings of a max-cut trial that the Max-cut Lab has too, besides those of a device."""


@dataclass(frozen=True)
class Chosen:
    """A trial of a sweep, and its measurements."""

    point: Point
    seed: int
    number: int
    row: Mapping[str, float]
    """Measurements by the names of `explore.trials.COLUMNS`."""

    @property
    def trial(self) -> Trial:
        """The trial before its run."""
        return trial_of(self.point, self.seed, self.number)

    @property
    def drive(self) -> Drive:
        """Its settings in the form of the labs."""
        settings = self.point.settings
        return Drive(
            weight=float(settings["weight"]),
            charge_voltage=float(settings["charge_voltage"]),
            device=self.point.device,
            load_time=float(settings["load_time"]) if "load_time" in settings else None,
        )

    @property
    def shelf_suffices(self) -> bool:
        """Whether the Recall Lab can show it: images that fit its shelf, and identical devices."""
        point = self.point
        return (
            point.task == "image_recall"
            and point.variation is None
            and len(str(point.settings["memories"]).split(",")) <= MOST_MEMORIES
        )

    @property
    def graph_suffices(self) -> bool:
        """Whether the Max-cut Lab can show it: it has all changed settings."""
        point = self.point
        plain = defaults_of("max_cut")
        changed = {name for name, value in point.values.items() if plain.get(name) != value}
        return (
            point.task == "max_cut"
            and point.variation is None
            and point.size <= MOST_NODES
            and 0.5 <= float(point.settings["asymmetry"]) <= 2.0
            and changed <= _LAB_GRAPHS | set(Drive().device.__dataclass_fields__)
        )

    def ended_alike(self, simulation: Simulation) -> bool:
        """Return whether a finished run ended as the trial did, to the bit."""
        if simulation.network.size != self.point.size:
            return False
        end = RunEnd(simulation.time, float(simulation.energy), simulation.bits, simulation.converged)
        accuracy, success = judged(self.trial, end)
        found = (end.time, end.energy, accuracy, float(success), float(end.converged))
        return found == tuple(self.row.values())


def trial_lines(point: Point, seed: int, number: int) -> str:
    """Return the lines of Python that repeat a trial and print its result."""
    return (
        "from dwmtj_widgets import Simulation\n"
        "from dwmtj_widgets.explore import Point, trial_of\n\n"
        f"point = Point({point.task!r}, {dict(point.values)!r})\n"
        f"trial = trial_of(point, {seed}, {number})\n"
        "run = Simulation(trial.network, trial.pattern, **trial.options).run()\n"
        'print(run.bits, run.time, "s,", run.energy, "J")\n'
    )


@dataclass(frozen=True)
class TrialTrace(Trace):
    """A run as curves, with the walls in motion and the likeness to the target."""

    moving: Floats
    """Number of walls in motion."""
    likeness: Floats
    """(lines, T) overlap with some memories, or (1, T) the cut."""


@dataclass(frozen=True, eq=False, kw_only=True)
class TrialSetting(NetworkSetting):
    """A trial, with its cut and flipped neurons."""

    chosen: Chosen
    trial: Trial
    """Network, input and options."""

    @classmethod
    def of_trial(cls, chosen: Chosen) -> Self:
        """Return the setting of an unchanged trial."""
        return cls(drive=chosen.drive, chosen=chosen, trial=chosen.trial)

    @property
    def input(self) -> Bits:
        """The loaded bits, shape (N,)."""
        return self.trial.pattern

    @property
    def options(self) -> SimulationOptions:
        """Options of the trial."""
        return self.trial.options

    @property
    def connected(self) -> npt.NDArray[np.bool_]:
        """Whether there is a synapse, shape (N, N); open synapses of the chip stay open."""
        connected: npt.NDArray[np.bool_] = super().connected & self.trial.network.connected
        return connected

    def whole_network(self) -> Network:
        """Return the trial's network."""
        return self.trial.network

    def network_lines(self) -> list[str]:
        """Return the lines that make ``network`` and ``pattern``."""
        chosen = self.chosen
        return [
            "import numpy as np",
            "",
            "from dwmtj_widgets import Simulation",
            "from dwmtj_widgets.explore import Point, trial_of",
            "",
            f"point = Point({chosen.point.task!r}, {dict(chosen.point.values)!r})",
            f"trial = trial_of(point, {chosen.seed}, {chosen.number})",
            "network, pattern = trial.network, trial.pattern",
        ]

    def weight_lines(self, before: Self) -> tuple[list[str], str]:
        """Return nothing, because the weights are those of the trial."""
        return [], ""

    def option_text(self) -> str:
        """Return the options of the simulation as keyword arguments."""
        return "**trial.options"

    def connected_text(self) -> str:
        """Return the expression of all synapses without cuts."""
        return "trial.network.connected.copy()"


class TrialSession(NetworkSession[TrialSetting, TrialTrace]):
    """The run of any trial. Its walls can be flipped and its axons cut, but not its random choices changed.

    Parameters
    ----------
    chosen : Chosen
        The trial.
    """

    def __init__(self, chosen: Chosen) -> None:
        setting = TrialSetting.of_trial(chosen)
        self.chosen, self.trial = chosen, setting.trial
        memories = self.trial.memories
        self.shown: tuple[int, ...] = ()
        """Memories with a drawn overlap."""
        if memories is not None:
            likeness = np.abs(overlap(memories, self.trial.pattern))
            self.shown = tuple(sorted(np.argsort(-likeness, kind="stable")[:MOST_SHOWN].tolist()))
        super().__init__(setting)

    def judgement(self, moment: WallState) -> tuple[float, bool]:
        """Return the accuracy of a moment, 0 to 1, and whether it is a full success."""
        return judged(self.trial, RunEnd(moment.time, 0.0, bits_of(moment.soma), False))

    def set_drive(self, **changes: Any) -> None:
        """Refuse, because a trial's random choices depend on its settings."""
        msg = tr("{names} cannot be changed in a trial of a sweep; sweep over it instead.")
        raise Refused(msg.format(names=", ".join(changes)))

    def trace(self) -> TrialTrace:
        """Return the present run as curves."""
        record = self.recording
        somas = record.somas
        if self.trial.memories is not None:
            signs = 2.0 * self.trial.memories[list(self.shown)] - 1.0
            likeness = signs @ (2.0 * somas.T - 1.0) / somas.shape[1]
        else:
            assert self.trial.adjacency is not None
            likeness = np.atleast_2d(np.asarray(cut_value(self.trial.adjacency, bits_of(somas)), dtype=float))
        return TrialTrace(
            record.times,
            record.energies.sum(axis=1),
            moving_walls(record, at_rest=self.simulation.converged),
            likeness,
        )


@dataclass(frozen=True, eq=False, kw_only=True)
class ImageTrialSetting(RecallSetting):
    """The Recall Lab's setting with the options and the learning rule of an image recall."""

    trial_options: SimulationOptions
    rule: str
    """Name of the learning rule."""

    @property
    def options(self) -> SimulationOptions:
        """Options of the trial, unless the released simulator was chosen since."""
        if self.drive.published:
            return super().options
        return {
            **self.trial_options,
            "charge_voltage": self.drive.charge_voltage,
            "load_time": self.drive.load_time,
        }

    def whole_network(self) -> Network:
        """Return the network that stores the memories by the rule."""
        weights = RULES[self.rule](np.array(self.memories), self.drive.weight)
        return Network(weights, self.drive.device, synaptic_weight=self.drive.weight)

    def import_lines(self) -> list[str]:
        """Return the imports of `network_lines`."""
        return [
            "from dwmtj_widgets import Device, Network, Simulation",
            "from dwmtj_widgets.hopfield.learning import RULES",
            "from dwmtj_widgets.tasks.patterns import distort",
        ]

    def weight_text(self) -> str:
        """Return the expression of the weights of ``memories``."""
        return f"RULES[{self.rule!r}](memories, {self.drive.weight!r})"


def image_session(chosen: Chosen) -> RecallSession:
    """Return the Recall Lab's session with the memories, the input and the options of an image recall.

    Parameters
    ----------
    chosen : Chosen
        A trial for which `Chosen.shelf_suffices`.
    """
    trial = chosen.trial
    assert trial.memories is not None
    assert trial.target is not None
    return RecallSession(
        ImageTrialSetting(
            drive=chosen.drive,
            memories=tuple(memory.copy() for memory in trial.memories),
            base=trial.pattern.copy(),
            target=trial.target,
            distortion=0.0,
            trial_options=chosen.point.options,
            rule=str(chosen.point.settings["rule"]),
        )
    )
