"""The training set and the test of the Signal Lab's recognition, with the confusion matrix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Event
from typing import Final

import numpy as np
import numpy.typing as npt

from dwmtj_widgets.mtj_rnn import MTJNetwork
from dwmtj_widgets.mtj_rnn.recognition import TRAINING_WINDOWS, Stream, examine, labelled_stream, train
from dwmtj_widgets.mtj_rnn.running import Progress
from dwmtj_widgets.mtj_rnn.signals import KINDS, samples_per_period
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.signal.setting import LARGEST_SEED, LARGEST_SIZE
from dwmtj_widgets.sessions.signal.wave import LONGEST_PERIOD, NAMES, SAMPLE_TIME, Floats, Wave
from dwmtj_widgets.tasks.intervals import Interval, wilson
from dwmtj_widgets.texts import tr
from dwmtj_widgets.validation import count, one_of, within

FEWEST, MOST = 2, 4
"""Numbers of waveforms in a training set."""
MOST_WINDOWS: Final = 5000
LARGEST_NOISE: Final = 1.0
TEST_SEED: Final = 1_000_000
"""Added to the training set's seed, so that the test has phases, amplitudes and noise that training had not."""
PART: Final = 10
"""Windows tested at a time."""


@dataclass(frozen=True)
class Confusion:
    """Counts of the windows of each waveform by the label that was read."""

    kinds: tuple[str, ...]
    counts: npt.NDArray[np.int64]
    """(K, K): a row for each fed waveform, a column for each label."""

    @property
    def total(self) -> int:
        """Number of windows."""
        return int(self.counts.sum())

    @property
    def right(self) -> int:
        """Number of windows that were recognised."""
        return int(np.trace(self.counts))

    @property
    def accuracy(self) -> float:
        """Share of windows that were recognised."""
        return self.right / self.total

    @property
    def interval(self) -> Interval:
        """Wilson's 95 % interval of the accuracy."""
        return wilson(self.right, self.total)


def checked_kinds(kinds: Sequence[str]) -> tuple[str, ...]:
    """Return two to four different named waveforms, or refuse them."""
    known = tuple(one_of(kind, "waveform", KINDS) for kind in kinds)
    if not FEWEST <= len(known) <= MOST or len(set(known)) != len(known):
        sentence = tr("The waveforms are {names}; recognition takes {fewest} to {most} different ones.")
        names = ", ".join(NAMES[kind] for kind in known) or tr("none")
        raise Refused(sentence.format(names=names, fewest=FEWEST, most=MOST))
    return known


@dataclass(frozen=True)
class TrainingSet:
    """The waveforms and lengths of training and test, and the network."""

    kinds: tuple[str, ...] = ("sine", "sawtooth", "square")
    period: float = 20e-9
    noise: float = 0.1
    """Standard deviation over amplitude, in training and test."""
    teaching: int = TRAINING_WINDOWS
    testing: int = 210
    """Windows."""
    size: int = 40
    seed: int = 0

    def __post_init__(self) -> None:
        checked_kinds(self.kinds)
        within(self.period, "Period", 0.0, LONGEST_PERIOD, "s")
        whole = samples_per_period(self.period, SAMPLE_TIME)
        if abs(whole - round(whole)) > 1e-6:
            sentence = tr("The period is {number} samples of 0.2 ns long; recognition needs a whole number.")
            raise Refused(sentence.format(number=f"{whole:.6g}"))
        within(self.noise, "Noise", 0.0, LARGEST_NOISE, "%")
        for name, value, most in (
            ("Periods of teaching", self.teaching, MOST_WINDOWS),
            ("Periods of the test", self.testing, MOST_WINDOWS),
            ("Number of junctions", self.size, LARGEST_SIZE),
        ):
            within(count(value, name, 1), name, 1, most)
        within(count(self.seed, "Seed", 0), "Seed", 0, LARGEST_SEED)

    @property
    def window(self) -> int:
        """Samples in a period."""
        return round(samples_per_period(self.period, SAMPLE_TIME))

    @property
    def shapes(self) -> list[Floats]:
        """One period of every waveform."""
        return [Wave(kind).shape for kind in self.kinds]

    def teach(
        self, network: MTJNetwork, progress: Progress | None = None, cancel: Event | None = None
    ) -> int:
        """Teach a network the labels; return the number of windows learnt, fewer if cancelled."""
        course = train(
            network,
            self.shapes,
            period=self.period,
            sample_time=SAMPLE_TIME,
            windows=self.teaching,
            seed=self.seed,
            noise=self.noise,
            progress=progress,
            cancel=cancel,
        )
        return course.time.size

    def test(
        self, network: MTJNetwork, progress: Progress | None = None, cancel: Event | None = None
    ) -> Confusion | None:
        """Count the labels that a network reads in unseen windows; its state is then restored.

        If cancelled, return the counts so far; None without any.
        """
        stream = labelled_stream(
            self.shapes,
            self.testing,
            period=self.period,
            sample_time=SAMPLE_TIME,
            noise=self.noise,
            seed=TEST_SEED + self.seed,
        )
        classes = len(self.kinds)
        counts = np.zeros((classes, classes), dtype=np.int64)
        state = network.save()
        try:
            for start in range(0, self.testing, PART):
                if cancel is not None and cancel.is_set():
                    break
                part = slice(start, min(start + PART, self.testing))
                counts += examine(network, self._part(stream, part), classes, cancel=cancel).confusion
                if progress is not None:
                    progress(int(counts.sum()), self.testing)
        finally:
            network.restore(state)
        return Confusion(self.kinds, counts) if counts.any() else None

    def _part(self, stream: Stream, part: slice) -> Stream:
        signal = stream.signal[part.start * self.window : part.stop * self.window]
        return Stream(signal, stream.labels[part], stream.first[part])
