"""What happens in the Recall Lab, without a page: memories, an input, and the run that recalls one from the other."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np
import numpy.typing as npt

from dwmtj_widgets.hopfield import Network, hebbian_weights
from dwmtj_widgets.hopfield.validation import bit_pattern
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.device_setting import Drive
from dwmtj_widgets.sessions.network import Bits, Floats, NetworkSession, Trace, moving_walls
from dwmtj_widgets.tasks.patterns import DEFAULT_MEMORIES, SYMBOLS, distort, overlap, symbol
from dwmtj_widgets.tasks.recall import Judgement, judge
from dwmtj_widgets.texts import tr

ROWS = COLUMNS = 10
MOST_MEMORIES = 8


@dataclass(frozen=True)
class RecallTrace(Trace):
    """A run as curves, with the walls in motion and the likeness to every memory."""

    moving: Floats
    """Number of walls in motion."""
    overlaps: Floats
    """(memories, T), from -1 to 1: with the memories of each moment; nan where there was none of that number."""


class RecallSession(NetworkSession[RecallTrace]):
    """Memories, an input, and the run that recalls one from the other."""

    published_min_time = 56e-9

    def __init__(self) -> None:
        self.memories: list[Bits] = [symbol(name) for name in DEFAULT_MEMORIES]
        self.base: Bits = self.memories[0].copy()
        self.target = 0
        self.distortion, self.seed = 0.2, 1
        super().__init__()

    # -- what is stored and what is shown to the network ---------------------------------------------------------

    @property
    def input(self) -> Bits:
        """The bits that are loaded: the base with its share of flipped bits, shape (N,)."""
        return distort(self.base, self.distortion, self.seed)

    def set_memory(self, index: int, pattern: Bits) -> None:
        """Change a stored pattern; the weights of the running network follow at once."""
        memories = list(self.memories)
        memories[self._known(index)] = bit_pattern(pattern, ROWS * COLUMNS)
        self._store(memories)

    def add_memory(self, pattern: Bits) -> None:
        """Store one more pattern."""
        if len(self.memories) >= MOST_MEMORIES:
            msg = tr("there are {number} memories; {most} is the most, remove one first.").format(
                number=len(self.memories), most=MOST_MEMORIES
            )
            raise Refused(msg)
        self._store([*self.memories, bit_pattern(pattern, ROWS * COLUMNS)])

    def unlike_symbol(self) -> Bits:
        """Return the built-in symbol that is least like any stored pattern, so that all can still be recalled.

        The first of equals. There are more symbols than memories, so one that is not stored is always left.
        """
        stored = np.array(self.memories)
        return min(map(symbol, SYMBOLS), key=lambda bits: float(np.abs(overlap(stored, bits)).max()))

    def remove_memory(self, index: int) -> None:
        """Forget a stored pattern."""
        self._known(index)
        if len(self.memories) <= 1:
            msg = tr("there is 1 memory; a network without any has nothing to recall.")
            raise Refused(msg)
        with self._all_or_nothing():
            moved_up = self.target - 1 if index < self.target else self.target
            self.target = min(moved_up, len(self.memories) - 2)
            self._store([pattern for k, pattern in enumerate(self.memories) if k != index])

    def take_memory(self, index: int) -> None:
        """Make a stored pattern the base of the input."""
        with self._all_or_nothing():
            self.base, self.target = self.memories[self._known(index)].copy(), index
            self.reset()

    def set_base(self, pattern: Bits) -> None:
        """Make a drawn pattern the input, undistorted; its target is the memory it resembles most."""
        with self._all_or_nothing():
            self.base, self.distortion = bit_pattern(pattern, ROWS * COLUMNS), 0.0
            self.target = int(np.argmax(np.abs(overlap(np.array(self.memories), self.base))))
            self.reset()

    def set_distortion(self, fraction: float, seed: int) -> None:
        """Flip another share of the base's bits, or others."""
        with self._all_or_nothing():
            self.distortion, self.seed = fraction, seed
            self.reset()

    # -- the run -------------------------------------------------------------------------------------------------

    def judgement(self, soma_bits: npt.NDArray[np.int8], time: float = inf) -> Judgement:
        """Say which memory the somas' bits are nearest to, and how near the target.

        The memories are those that the present run had at `time`, in seconds; at its end if no time is given.
        """
        run = self.at(time)
        memories = np.array(run.memories)
        return judge(soma_bits, memories[run.target], memories)

    def trace(self) -> RecallTrace:
        """Return the present run as curves."""
        record = self.recording
        return RecallTrace(
            record.times,
            record.energies.sum(axis=1),
            moving_walls(record, at_rest=self.simulation.converged),
            self._overlaps(),
        )

    @property
    def most_memories(self) -> int:
        """How many memories the present run had at most at one time."""
        return max(len(entry.settings["memories"]) for entry in self.journal)

    # -- inside --------------------------------------------------------------------------------------------------

    def _overlaps(self) -> Floats:
        times, states = self.recording.times, 2.0 * self.recording.somas - 1.0
        overlaps = np.full((self.most_memories, len(times)), np.nan)
        ends = [*(entry.time for entry in self.journal[1:]), inf]
        for entry, end in zip(self.journal, ends, strict=True):
            held = (entry.time <= times) & (times < end)
            signs = 2.0 * np.array(entry.settings["memories"]) - 1.0
            overlaps[: len(signs), held] = signs @ states[held].T / states.shape[1]
        return overlaps

    def _network(self, drive: Drive) -> Network:
        weights = hebbian_weights(np.array(self.memories), drive.weight)
        return Network(weights, drive.device, synaptic_weight=drive.weight)

    def _store(self, memories: list[Bits]) -> None:
        with self._all_or_nothing():
            self.memories = memories
            self._act()

    def _known(self, index: int) -> int:
        if not 0 <= index < len(self.memories):
            msg = tr("memory {number} does not exist; there are memories 1 to {last}.").format(
                number=index + 1, last=len(self.memories)
            )
            raise Refused(msg)
        return index
