"""Recognition of waveforms: streams of labelled windows, a network for the task, and its accuracy.

A stream is a noisy signal that changes its waveform, phase and amplitude every few periods. A window is one period
and has one label. Most errors are in the first window after a change, in which the network still remembers the
previous waveform.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Event
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from dwmtj_widgets.mtj_rnn.inputs import MOST_CLASSES
from dwmtj_widgets.mtj_rnn.network import MTJNetwork
from dwmtj_widgets.mtj_rnn.results import Training
from dwmtj_widgets.mtj_rnn.signals import at_share, samples_per_period
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.validation import count, numbers, whole, within

Floats = NDArray[np.float64]

SETTINGS: Final[dict[str, float]] = {
    "time_constant": 0.3e-9,
    "time_constant_spread": 3.0,
    "bias": 1.0,
    "input_strength": 3.0,
    "regularization": 1e-3,
}
"""Settings for recognition: synapses fast enough to pass the harmonics in which waveforms differ, with many speeds
and biases, so that the mean of a saturating response depends on the shape and not only on the amplitude."""

TRAINING_WINDOWS: Final = 800
MOST_WINDOWS: Final = 100_000


@dataclass(frozen=True)
class Stream:
    """A signal of labelled windows."""

    signal: Floats
    """(windows * samples per period,)"""
    labels: NDArray[np.intp]
    """(windows,)"""
    first: NDArray[np.bool_]
    """(windows,) whether waveform, phase and amplitude change with this window."""


@dataclass(frozen=True)
class Recognition:
    """Result of recognising the windows of a stream."""

    confusion: NDArray[np.int64]
    """(K, K) counts: row the true class, column the recognised one."""
    labels: NDArray[np.intp]
    """(windows,) true classes."""
    recognised: NDArray[np.intp]
    """(windows,)"""
    settled_accuracy: float
    """Share of correct windows among those without a change; nan if there are none."""

    @property
    def accuracy(self) -> float:
        """Share of correct windows; nan if there are none."""
        total = int(self.confusion.sum())
        return float(np.trace(self.confusion)) / total if total else float("nan")


def recogniser(size: int = 40, seed: int = 0, **parameters: float) -> MTJNetwork:
    """Return a network with `SETTINGS`, overridden by `parameters`."""
    return MTJNetwork(size, seed, **{**SETTINGS, **parameters})


def labelled_stream(
    waveforms: Sequence[Any],
    windows: int,
    *,
    period: float,
    sample_time: float,
    hold: int = 5,
    amplitudes: tuple[float, float] = (0.8, 1.2),
    noise: float = 0.1,
    seed: int = 0,
) -> Stream:
    """Return a stream of waveforms with random phases and amplitudes under noise.

    Parameters
    ----------
    waveforms : sequence of array_like, each of shape (L,)
        One period of each class at even steps.
    windows : int
        Length of the stream in periods.
    period, sample_time : float
        Seconds; the period is a whole number of samples.
    hold : int
        Periods between two changes.
    amplitudes : (float, float)
        Range of the factor on each waveform.
    noise : float
        Standard deviation of the noise relative to the largest peak of the waveforms.
    seed : int
        A new seed gives new phases, amplitudes and noise.

    Raises
    ------
    Refused
        If an input is illegal.
    """
    shapes = [_shape(waveform, index) for index, waveform in enumerate(waveforms)]
    if not 2 <= len(shapes) <= MOST_CLASSES:
        msg = f"waveforms are {len(shapes)}; to be told apart there must be 2 to {MOST_CLASSES}."
        raise Refused(msg)
    window = _whole_period(period, sample_time)
    total = whole(windows, "windows", 1, MOST_WINDOWS)
    stay = count(hold, "hold", 1)
    low = within(amplitudes[0], "amplitudes", 0.0, 1e3)
    high = within(amplitudes[1], "amplitudes", low, 1e3)
    level = within(noise, "noise", 0.0, 100.0) * max(float(np.abs(shape).max()) for shape in shapes)
    rng = np.random.default_rng(count(seed, "seed", 0))
    pieces = -(-total // stay)
    chosen = rng.integers(len(shapes), size=pieces)
    share = np.arange(stay * window) / window
    signal = np.concatenate(
        [rng.uniform(low, high) * at_share(shapes[index], share + rng.random()) for index in chosen]
    )[: total * window]
    return Stream(
        signal=signal + level * rng.standard_normal(signal.size),
        labels=np.repeat(chosen, stay)[:total].astype(np.intp),
        first=np.arange(total) % stay == 0,
    )


def train(
    network: MTJNetwork,
    waveforms: Sequence[Any],
    *,
    period: float,
    sample_time: float = 0.2e-9,
    windows: int = TRAINING_WINDOWS,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
    cancel: Event | None = None,
    **stream: Any,
) -> Training:
    """Train a network to recognise waveforms, on a stream with the given seed.

    Parameters
    ----------
    network : MTJNetwork
        Preferably from `recogniser`.
    waveforms, period, sample_time, windows, seed, **stream
        As for `labelled_stream`.
    progress, cancel
        As for `MTJNetwork.learn_labels`.
    """
    training_set = labelled_stream(
        waveforms, windows, period=period, sample_time=sample_time, seed=seed, **stream
    )
    return network.learn_labels(
        training_set.signal, training_set.labels, sample_time, progress=progress, cancel=cancel
    )


def examine(
    network: MTJNetwork, stream: Stream, classes: int | None = None, *, cancel: Event | None = None
) -> Recognition:
    """Classify every window of a stream with a trained network, and count.

    Parameters
    ----------
    network : MTJNetwork
        A network that has learnt labels; the stream advances its state.
    stream : Stream
        Preferably with another seed than in training.
    classes : int, optional
        K of the confusion matrix; by default as many as occur.
    cancel : threading.Event, optional
        Stops when set; the windows processed until then count.
    """
    recognised = network.classify(stream.signal, cancel=cancel)
    labels, first = stream.labels[: recognised.size], stream.first[: recognised.size]
    most = 1 + max(int(stream.labels.max()), int(recognised.max(initial=0)))
    size = max(most, classes or 0)
    confusion = np.zeros((size, size), dtype=np.int64)
    np.add.at(confusion, (labels, recognised), 1)
    right = (recognised == labels)[~first]
    settled = float(right.mean()) if right.size else float("nan")
    return Recognition(confusion, labels, recognised, settled)


def _shape(waveform: Any, index: int) -> Floats:
    row = numbers(waveform, f"waveform {index}")
    if row.ndim != 1 or row.size < 2 or not np.isfinite(row).all():
        msg = f"waveform {index} has the shape {row.shape} or holds what is no number; give one period in one row."
        raise Refused(msg)
    return row


def _whole_period(period: float, sample_time: float) -> int:
    samples = samples_per_period(period, sample_time)
    if abs(samples - round(samples)) > 1e-6:
        msg = (
            f"period is {samples:.6g} samples long; windows need a whole number, change one of the two times."
        )
        raise Refused(msg)
    return round(samples)
