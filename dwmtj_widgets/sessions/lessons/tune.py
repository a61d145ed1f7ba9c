"""A few dozen junctions that learn a tune and then play it freely, without a page."""

from __future__ import annotations

from collections import deque
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from dwmtj_widgets.hopfield.validation import positive
from dwmtj_widgets.mtj_rnn import MTJNetwork, waveform
from dwmtj_widgets.mtj_rnn.measures import LOCK_ERROR, Quality, align, quality
from dwmtj_widgets.mtj_rnn.signals import KINDS
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.signal.wave import SAMPLE_TIME
from dwmtj_widgets.validation import one_of

Floats = npt.NDArray[np.float64]

PERIOD: Final = 20e-9
SIZE: Final = 40
SEED: Final = 3
TRAIN_PERIODS: Final = 40
FREE_PERIODS: Final = 50
SILENT_SHARE: Final = 0.1
"""Share of the tune's variation below which an output counts as silence."""
SHOWN: Final = 500
"""Samples on a chart: five periods."""
_PER_PERIOD: Final = round(PERIOD / SAMPLE_TIME)

Phase = Literal["ready", "train", "free"]


class TuneSession:
    """A network, its tune, and the run: 40 periods of training, then 50 periods of free run.

    Parameters
    ----------
    kind : str
        A shape of `mtj_rnn.signals`.
    size, seed : int
        Size and seed of the network.
    """

    def __init__(self, kind: str = "harmonics", size: int = SIZE, seed: int = SEED) -> None:
        self.kind = one_of(kind, "tune", KINDS)
        self._size, self._seed = size, seed
        self.reset()

    def reset(self) -> None:
        """Restart with an untrained network at time 0."""
        self.network = MTJNetwork(self._size, self._seed)
        self.phase: Phase = "ready"
        self.time, self.rested = 0.0, 0.0
        self.samples = self._done = self._clock = 0
        """Samples since the network was made, in the present phase, and of the tune before the free run."""
        self._owed = 0.0
        self._kicks = self._restored = 0
        self._disturb()
        self._record: deque[tuple[float, float]] = deque(maxlen=SHOWN)

    def _disturb(self) -> None:
        """Restart the comparison with the tune, after a release, a kick, a cut or a repair."""
        self._free: list[Floats] = []
        self._release = (self._clock + self._done) / _PER_PERIOD % 1.0
        self._quality: Quality | None = None

    @property
    def one_period(self) -> Floats:
        """The tune, one period in samples."""
        return waveform(self.kind, period=PERIOD, sample_time=SAMPLE_TIME)

    @property
    def left(self) -> int:
        """Remaining samples of the present phase."""
        whole = {"ready": 0, "train": TRAIN_PERIODS, "free": FREE_PERIODS}[self.phase]
        return max(whole * _PER_PERIOD - self._done, 0)

    @property
    def trained(self) -> bool:
        """Whether a training has been completed."""
        return self.phase == "free" or (self.phase == "train" and not self.left)

    @property
    def record(self) -> tuple[int, Floats]:
        """Number of the first kept sample, and target and output since, shape (2, T); nan for no target."""
        rows = np.array(self._record).reshape(-1, 2).T
        return self.samples - rows.shape[1], rows

    def choose(self, kind: str) -> None:
        """Choose a tune, and restart with an untrained network."""
        self.kind = one_of(kind, "tune", KINDS)
        self.reset()

    def train(self) -> None:
        """Train, or continue the training for as long again."""
        if self.phase != "train" or not self.left:
            self.phase, self._done, self._clock = "train", 0, 0
        self._disturb()

    def set_free(self) -> None:
        """Freeze the readout and remove the tune.

        Raises
        ------
        Refused
            If the network is untrained.
        """
        if self.phase == "ready":
            msg = "The network has learnt nothing yet; train it first."
            raise Refused(msg)
        begun = self._done if self.phase == "train" else self._clock + self._done
        self.phase, self._done, self._clock = "free", 0, begun
        self._disturb()

    def kick(self) -> None:
        """Turn every magnetization in a random direction by about 0.3 radians."""
        self.network.kick(seed=self._kicks)
        self._kicks += 1
        self._disturb()

    def cut_one(self) -> None:
        """Disconnect one random junction of those that are left; a different one after each repair."""
        alive = np.flatnonzero(self.network.alive)
        if len(alive) < 2:
            msg = "Only one junction is left; press Restore."
            raise Refused(msg)
        chance = np.random.default_rng([self._seed, len(alive), self._restored])
        self.network.cut(chance.choice(alive, 1))
        self._disturb()

    def restore(self) -> None:
        """Connect all junctions again with their old weights."""
        self.network.mend()
        self._restored += 1
        self._disturb()

    @property
    def judgement(self) -> str:
        """Judgement of the free run by its last period: "plays", "off" or "silent"; empty before that."""
        if self.phase != "free" or self._measured_samples < 2 * _PER_PERIOD:
            return ""
        _first, (_target, output) = self.record
        last = output[-_PER_PERIOD:]
        if float(np.ptp(last)) < SILENT_SHARE * float(np.ptp(self.one_period)):
            return "silent"
        return "plays" if align(last, self.one_period, _PER_PERIOD).error < LOCK_ERROR else "off"

    @property
    def _measured_samples(self) -> int:
        return sum(part.size for part in self._free)

    def step(self, duration: float) -> None:
        """Advance by `duration` seconds, in whole samples, or to the end of the phase.

        Raises
        ------
        Refused
            If neither a training nor a free run has begun.
        """
        if self.phase == "ready":
            msg = "The network has learnt nothing yet; train it first."
            raise Refused(msg)
        self._owed += positive(duration, "duration", "s") / SAMPLE_TIME
        wanted = min(int(self._owed), self.left)
        self._owed -= int(self._owed)
        if wanted:
            self._advance(wanted)
        self.rested = 0.0 if self.left else self.rested + duration

    def finish(self) -> None:
        """Advance to the end of the phase; the first phase is the training."""
        if self.phase == "ready":
            self.train()
        if self.left:
            self._advance(self.left)

    def error(self) -> float:
        """Return the error of the last whole periods of the free run, at most five; nan before two periods.

        It is the RMS difference over the tune's standard deviation, fast enough for a running animation.
        """
        there = min(self._measured_samples, SHOWN) // _PER_PERIOD
        if there < 2:
            return float("nan")
        _first, (_target, output) = self.record
        return align(output[-there * _PER_PERIOD :], self.one_period, _PER_PERIOD).error

    def heard(self) -> Quality | None:
        """Measure the free run so far thoroughly; None before two periods."""
        if self._quality is None and self._measured_samples >= 2 * _PER_PERIOD:
            self._quality = quality(np.concatenate(self._free), self.one_period, release=self._release)
        return self._quality

    def _advance(self, count: int) -> None:
        if self.phase == "train":
            target = np.take(self.one_period, self._done + np.arange(count), mode="wrap")
            output = self.network.train(target, SAMPLE_TIME).output
        else:
            target = np.full(count, np.nan)
            output = self.network.generate(count * SAMPLE_TIME)
            self._free.append(output)
            self._quality = None
        self._record.extend(zip(target.tolist(), output.tolist(), strict=True))
        self._done += count
        self.samples += count
        self.time = self.samples * SAMPLE_TIME


def free_run(kind: str = "harmonics", size: int = SIZE, seed: int = SEED) -> tuple[Floats, Quality]:
    """Train a network and return its free run, (T,), and the quality."""
    session = TuneSession(kind, size, seed)
    session.finish()
    session.set_free()
    session.finish()
    found = session.heard()
    assert found is not None
    return np.concatenate(session._free), found
