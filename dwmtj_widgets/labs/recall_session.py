"""What happens in the Recall Lab, without a page: memories, input, one run, its record, and an earlier run.

Every method either does all of what it says or raises `ValueError` and leaves everything as it was.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from dwmtj_widgets.hopfield import Device, Network, Simulation, hebbian_weights
from dwmtj_widgets.hopfield.recording import Recording
from dwmtj_widgets.tasks.patterns import DEFAULT_MEMORIES, distort, overlap, symbol
from dwmtj_widgets.tasks.recall import Judgement, judge

Bits = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float64]

ROWS = COLUMNS = 10
MOST_MEMORIES = 8
RECORD_INTERVAL = 0.1e-9


@dataclass(frozen=True)
class Drive:
    """The settings that act on a running network."""

    weight: float = 0.1
    """W in volts."""
    charge_voltage: float = 0.1
    """V_C in volts."""
    device: Device = Device()  # noqa: RUF009 - frozen, so it may be shared
    published: bool = False
    """Run as the released simulator did: Euler steps, somas loaded at the start."""


@dataclass(frozen=True)
class Trace:
    """A run as curves over time; shapes (T,), energy in J, overlaps (memories, T), moving walls as a count."""

    time: Floats
    energy: Floats
    overlaps: Floats
    moving: Floats


class RecallSession:
    """Memories, an input, and the run that recalls one from the other."""

    def __init__(self) -> None:
        self.memories: list[Bits] = [symbol(name) for name in DEFAULT_MEMORIES]
        self.base: Bits = self.memories[0].copy()
        self.target = 0
        self.distortion, self.seed = 0.2, 1
        self.drive = Drive()
        self.cut: frozenset[int] = frozenset()
        """Neurons whose axons reach nobody."""
        self.earlier: Trace | None = None
        self.simulation = self._fresh()

    # -- what is stored and what is shown to the network ---------------------------------------------------------

    @property
    def input(self) -> Bits:
        """The bits that are loaded: the base with its share of flipped bits, shape (N,)."""
        return distort(self.base, self.distortion, self.seed)

    def set_memory(self, index: int, pattern: Bits) -> None:
        """Change a stored pattern; the weights of the running network follow at once."""
        memories = list(self.memories)
        memories[index] = pattern.copy()
        self._store(memories)

    def add_memory(self, pattern: Bits) -> None:
        """Store one more pattern."""
        if len(self.memories) >= MOST_MEMORIES:
            msg = f"there are {len(self.memories)} memories; {MOST_MEMORIES} is the most, remove one first."
            raise ValueError(msg)
        self._store([*self.memories, pattern.copy()])

    def remove_memory(self, index: int) -> None:
        """Forget a stored pattern."""
        if len(self.memories) <= 1:
            msg = "there is 1 memory; a network without any has nothing to recall."
            raise ValueError(msg)
        self._store([pattern for k, pattern in enumerate(self.memories) if k != index])
        moved_up = self.target - 1 if index < self.target else self.target
        self.target = min(moved_up, len(self.memories) - 1)

    def take_memory(self, index: int) -> None:
        """Make a stored pattern the base of the input."""
        self.base, self.target = self.memories[index].copy(), index
        self.reset()

    def set_base(self, pattern: Bits) -> None:
        """Make a drawn pattern the input, undistorted; its target is the memory it resembles most."""
        self.base, self.distortion = pattern.copy(), 0.0
        self.target = int(np.argmax(np.abs(overlap(np.array(self.memories), pattern))))
        self.reset()

    def set_distortion(self, fraction: float, seed: int) -> None:
        """Flip another share of the base's bits, or others."""
        distort(self.base, fraction, seed)
        self.distortion, self.seed = fraction, seed
        self.reset()

    # -- the run -------------------------------------------------------------------------------------------------

    @property
    def recording(self) -> Recording:
        """The record of the present run."""
        assert self.simulation.recording is not None
        return self.simulation.recording

    def reset(self) -> None:
        """Begin again at time 0 with the present input; the run so far becomes the earlier one."""
        before = self.trace() if self.simulation.time > 0.0 else self.earlier
        self.simulation = self._fresh()
        self.earlier = before

    def step(self, duration: float) -> None:
        """Advance the run by `duration` seconds of device time."""
        self.simulation.step(duration)

    def finish(self) -> None:
        """Advance the run to its end."""
        self.simulation.run()

    def set_drive(self, **changes: object) -> None:
        """Change weight, charge voltage, device or preset of the running network."""
        drive = replace(self.drive, **changes)  # type: ignore[arg-type]
        if drive.published != self.drive.published:
            before, self.drive = self.drive, drive
            try:
                self.reset()
            except ValueError:
                self.drive = before
                raise
            return
        weights = hebbian_weights(np.array(self.memories), drive.weight)
        self._act(weights=weights, drive=drive)
        self.drive = drive

    def flip_soma(self, neuron: int) -> None:
        """Put a soma's wall at the other end of its track; a run that had ended goes on."""
        self.simulation.flip_soma(neuron)

    def cut_axons(self, neuron: int, *, cut: bool) -> None:
        """Cut, or restore, all synapses of a neuron onto others, now and in later runs."""
        changed = self.cut | {neuron} if cut else self.cut - {neuron}
        self.simulation.change(connected=self._connected(changed))
        self.cut = changed

    def continue_from(self, index: int) -> None:
        """Go back to a recorded moment and go on from there with the present settings."""
        self.earlier = self.trace()
        self.recording.cut_after(index)
        self.simulation.restart(self.recording[index])
        weights = hebbian_weights(np.array(self.memories), self.drive.weight)
        self._act(weights=weights, drive=self.drive)

    def judgement(self, soma_bits: npt.NDArray[np.int8]) -> Judgement:
        """Say which memory the somas' bits are nearest to, and how near the target."""
        memories = np.array(self.memories)
        return judge(soma_bits, memories[self.target], memories)

    def trace(self) -> Trace:
        """Return the present run as curves."""
        record = self.recording
        somas = record.somas
        signs = 2.0 * np.array(self.memories) - 1.0
        axons = np.array([record[k].axon for k in range(len(record))])
        moving = np.zeros(len(record))
        if len(record) > 1:
            per_soma = 1 if axons.ndim == 3 else somas.shape[1] - 1
            moved_axons = (np.diff(axons, axis=0) != 0).reshape(len(record) - 1, -1).sum(axis=1)
            moving[1:] = (np.diff(somas, axis=0) != 0).sum(axis=1) + per_soma * moved_axons
        return Trace(
            record.times, record.energies.sum(axis=1), signs @ (2.0 * somas.T - 1.0) / somas.shape[1], moving
        )

    # -- inside --------------------------------------------------------------------------------------------------

    def _connected(self, cut: frozenset[int]) -> npt.NDArray[np.bool_]:
        connected = np.ones((ROWS * COLUMNS, ROWS * COLUMNS), dtype=bool)
        connected[sorted(cut)] = False
        return connected

    def _store(self, memories: list[Bits]) -> None:
        weights = hebbian_weights(np.array(memories), self.drive.weight)
        self._act(weights=weights, drive=self.drive)
        self.memories = memories

    def _act(self, *, weights: Floats, drive: Drive) -> None:
        """Change the running network; one that has not begun begins anew, with the load time of its voltage.

        What has ended stays as it is for looking at: the settings are those of the next run.
        """
        if self.simulation.finished:
            self._fresh(weights=weights, drive=drive)  # only to refuse what could not run
        elif self.simulation.time > 0.0:
            self.simulation.change(weights=weights, device=drive.device, charge_voltage=drive.charge_voltage)
        else:
            self.simulation = self._fresh(weights=weights, drive=drive)

    def _fresh(self, *, weights: Floats | None = None, drive: Drive | None = None) -> Simulation:
        drive = self.drive if drive is None else drive
        if weights is None:
            weights = hebbian_weights(np.array(self.memories), drive.weight)
        network = Network(
            weights, drive.device, synaptic_weight=drive.weight, connected=self._connected(self.cut)
        )
        simulation = Simulation(
            network,
            self.input,
            charge_voltage=drive.charge_voltage,
            soma_start="pattern" if drive.published else "off",
            integrator="euler" if drive.published else "events",
        )
        simulation.record(RECORD_INTERVAL)
        return simulation
