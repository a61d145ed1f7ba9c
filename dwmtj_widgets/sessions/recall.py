"""The Recall Lab without a page: memories, an input, and the run that recalls one from the other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf
from typing import Any, ClassVar, Final, Self

import numpy as np
import numpy.typing as npt

from dwmtj_widgets.hopfield import Network, hebbian_weights, published
from dwmtj_widgets.hopfield.validation import bit_pattern
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.contract import Change, Setting
from dwmtj_widgets.sessions.device_setting import device_text
from dwmtj_widgets.sessions.network import Floats, NetworkSession, Reset, Trace, moving_walls
from dwmtj_widgets.sessions.network_setting import Bits, NetworkSetting, read_run, run_fields
from dwmtj_widgets.sessions.snapshot import Fields, bit_text
from dwmtj_widgets.tasks.patterns import DEFAULT_MEMORIES, SYMBOLS, distort, overlap, symbol
from dwmtj_widgets.tasks.recall import Judgement, judge
from dwmtj_widgets.texts import tr

ROWS = COLUMNS = 10
PIXELS: Final = ROWS * COLUMNS
MOST_MEMORIES = 8
_SEEDS: Final = (0, 2**63 - 1)


def _default_memories() -> tuple[Bits, ...]:
    return tuple(symbol(name) for name in DEFAULT_MEMORIES)


@dataclass(frozen=True, eq=False, kw_only=True)
class RecallSetting(NetworkSetting, Setting):
    """Memories, and an image with some bits flipped; by default the first of three letters with a fifth flipped."""

    lab: ClassVar[str] = "recall"
    published_min_time: ClassVar[float] = published.IMAGE_MIN_TIME

    memories: tuple[Bits, ...]
    """Stored patterns, each of shape (100,)."""
    base: Bits
    """The image before bits are flipped, shape (100,)."""
    target: int = 0
    """Index of the memory to recall."""
    distortion: float = 0.2
    """Share of flipped bits of the base."""
    seed: int = 1
    """Seed of the flipped bits."""

    @classmethod
    def default(cls) -> Self:
        """Return the lab's initial setting."""
        memories = _default_memories()
        return cls(memories=memories, base=memories[0].copy())

    @property
    def input(self) -> Bits:
        """The loaded bits: the base with its flipped bits, shape (N,)."""
        return distort(self.base, self.distortion, self.seed)

    def whole_network(self) -> Network:
        """Return the network that stores the memories, without cuts."""
        weights = hebbian_weights(np.array(self.memories), self.drive.weight)
        return Network(weights, self.drive.device, synaptic_weight=self.drive.weight)

    def fields(self) -> dict[str, Any]:
        """Return the setting as fields to share."""
        return {
            "memories": [bit_text(bits) for bits in self.memories],
            "base": bit_text(self.base),
            "target": self.target,
            "distortion": self.distortion,
            "seed": self.seed,
            **run_fields(self),
        }

    @classmethod
    def of(cls, fields: Fields) -> Self:
        """Return a shared setting.

        Raises
        ------
        Refused
            If a field is not legal.
        """
        memories = fields.items("memories", lambda entry, name: entry.bits(name, PIXELS), MOST_MEMORIES)
        if not memories:
            msg = tr("memories is empty; a network without any has nothing to recall.")
            raise Refused(msg)
        setting = cls(
            memories=tuple(memories),
            base=fields.bits("base", PIXELS),
            target=fields.whole("target", 0, len(memories) - 1),
            distortion=fields.number("distortion", 0.0, 1.0, "%"),
            seed=fields.whole("seed", *_SEEDS),
            **read_run(fields, PIXELS),
        )
        fields.close()
        return setting

    def network_lines(self) -> list[str]:
        """Return the lines that make ``network`` and ``pattern``."""
        weight = self.drive.weight
        return [
            "import numpy as np",
            "",
            *self.import_lines(),
            "",
            *self._memory_lines(),
            f'base = np.array([int(bit) for bit in "{bit_text(self.base)}"], dtype=np.uint8)',
            f"pattern = distort(base, {self.distortion!r}, seed={self.seed})",
            f"device = {device_text(self.drive.device)}",
            f"weights = {self.weight_text()}  # volts",
            f"network = Network(weights, device, synaptic_weight={weight!r})",
        ]

    def weight_lines(self, before: Self) -> tuple[list[str], str]:
        """Return lines and the expression of the weights; the expression is empty if they are those of `before`."""
        lines = [] if self.memories is before.memories else self._memory_lines()
        if not lines and self.drive.weight == before.drive.weight:
            return [], ""
        return lines, self.weight_text()

    def import_lines(self) -> list[str]:
        """Return the imports of `network_lines`."""
        return [
            "from dwmtj_widgets import Device, Network, Simulation, hebbian_weights",
            "from dwmtj_widgets.tasks.patterns import distort",
        ]

    def weight_text(self) -> str:
        """Return the expression of the weights of ``memories``."""
        return f"hebbian_weights(memories, {self.drive.weight!r})"

    def _memory_lines(self) -> list[str]:
        stored = ",\n".join(f'    "{bit_text(bits)}"' for bits in self.memories)
        return [
            "memories = np.array([[int(bit) for bit in row] for row in [",
            f"{stored},",
            "]], dtype=np.uint8)",
        ]


@dataclass(frozen=True)
class RecallTrace(Trace):
    """A run as curves, with the walls in motion and the overlap with every memory."""

    moving: Floats
    """Number of walls in motion."""
    overlaps: Floats
    """(memories, T), from -1 to 1, with the memories of each moment; nan where a memory did not exist."""


class RecallSession(NetworkSession[RecallSetting, RecallTrace]):
    """Memories, an input, and the run that recalls one from the other.

    Parameters
    ----------
    setting : RecallSetting, optional
        The initial setting.
    """

    def __init__(self, setting: RecallSetting | None = None) -> None:
        super().__init__(RecallSetting.default() if setting is None else setting)

    # -- memories and input --------------------------------------------------------------------------------------

    def set_memory(self, index: int, pattern: Bits) -> None:
        """Change a stored pattern; the weights of the running network follow at once."""
        memories = list(self.setting.memories)
        memories[self._known(index)] = bit_pattern(pattern, PIXELS)
        self.apply(Change(replace(self.setting, memories=tuple(memories))))

    def add_memory(self, pattern: Bits) -> None:
        """Store one more pattern."""
        memories = self.setting.memories
        if len(memories) >= MOST_MEMORIES:
            msg = tr("At most {most} memories; remove one first.").format(most=MOST_MEMORIES)
            raise Refused(msg)
        self.apply(Change(replace(self.setting, memories=(*memories, bit_pattern(pattern, PIXELS)))))

    def unlike_symbol(self) -> Bits:
        """Return the built-in symbol least similar to all stored patterns, so that all can still be recalled.

        The first of equals. There are more symbols than memories, so one is always available.
        """
        stored = np.array(self.setting.memories)
        return min(map(symbol, SYMBOLS), key=lambda bits: float(np.abs(overlap(stored, bits)).max()))

    def remove_memory(self, index: int) -> None:
        """Remove a stored pattern."""
        self._known(index)
        memories, target = self.setting.memories, self.setting.target
        if len(memories) <= 1:
            msg = tr("there is 1 memory; a network without any has nothing to recall.")
            raise Refused(msg)
        moved_up = target - 1 if index < target else target
        left = tuple(pattern for k, pattern in enumerate(memories) if k != index)
        self.apply(Change(replace(self.setting, memories=left, target=min(moved_up, len(left) - 1))))

    def take_memory(self, index: int) -> None:
        """Make a stored pattern the base of the input."""
        base = self.setting.memories[self._known(index)].copy()
        self.apply(Reset(replace(self.setting, base=base, target=index)))

    def set_base(self, pattern: Bits) -> None:
        """Make a drawn pattern the input, undistorted; its target is the most similar memory."""
        base = bit_pattern(pattern, PIXELS)
        target = int(np.argmax(np.abs(overlap(np.array(self.setting.memories), base))))
        self.apply(Reset(replace(self.setting, base=base, distortion=0.0, target=target)))

    def set_distortion(self, fraction: float, seed: int) -> None:
        """Change the share or the seed of the flipped bits."""
        self.apply(Reset(replace(self.setting, distortion=fraction, seed=seed)))

    # -- the run -------------------------------------------------------------------------------------------------

    def judgement(self, soma_bits: npt.NDArray[np.int8], time: float = inf) -> Judgement:
        """Judge the somas' bits: the nearest memory, and the accuracy to the target.

        The memories are those of the present run at `time`, in seconds, by default at its end.
        """
        setting = self.at(time)
        memories = np.array(setting.memories)
        return judge(soma_bits, memories[setting.target], memories)

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
        """Largest number of memories of the present run at one time."""
        return max(len(entry.setting.memories) for entry in self.journal)

    # -- inside --------------------------------------------------------------------------------------------------

    def _overlaps(self) -> Floats:
        times, states = self.recording.times, 2.0 * self.recording.somas - 1.0
        overlaps = np.full((self.most_memories, len(times)), np.nan)
        ends = [*(entry.time for entry in self.journal[1:]), inf]
        for entry, end in zip(self.journal, ends, strict=True):
            held = (entry.time <= times) & (times < end)
            signs = 2.0 * np.array(entry.setting.memories) - 1.0
            overlaps[: len(signs), held] = signs @ states[held].T / states.shape[1]
        return overlaps

    def _known(self, index: int) -> int:
        memories = len(self.setting.memories)
        if not 0 <= index < memories:
            msg = tr("memory {number} does not exist; there are memories 1 to {last}.").format(
                number=index + 1, last=memories
            )
            raise Refused(msg)
        return index
