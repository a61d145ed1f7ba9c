"""The record of a run in the Signal Lab, sample by sample."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

MOST_SAMPLES: Final = 60_000
"""12 us of device time; at 200 junctions that is 40 MB. Older samples are forgotten."""

TARGET, OUTPUT, NORM = range(3)
"""Signals of a training or free run."""


class SignalRecord:
    """Signals and magnetizations at every sample; when it is full, the oldest quarter is forgotten.

    Parameters
    ----------
    size : int
        N, the number of junctions.
    channels : int
        Number of signals.
    most : int
        Most samples kept.
    """

    def __init__(self, size: int, channels: int, most: int = MOST_SAMPLES) -> None:
        self._most = most
        self._signals = np.empty((256, channels))
        self._vectors = np.empty((256, 3, size), dtype=np.int8)
        self.first = 0
        """Number of the oldest sample that is kept."""
        self.end = 0
        """Number of all samples, forgotten ones included."""

    def __len__(self) -> int:
        return self.end - self.first

    def append(self, signals: Floats, states: Floats) -> None:
        """Add samples: signals (T, channels) and magnetizations (T, 3, N)."""
        start = len(self)
        if start + len(signals) > self._most:
            kept = max(self._most - self._most // 4 - len(signals), 0)
            self._keep(slice(max(start - kept, 0), start))
            start = len(self)
        room = len(self._signals)
        if start + len(signals) > room:
            self._grow(max(2 * room, start + len(signals)))
        part = slice(start, start + len(signals))
        self._signals[part] = signals
        self._vectors[part] = np.rint(127.0 * states)
        self.end += len(signals)

    def cut_after(self, end: int) -> None:
        """Forget all samples from number `end` on."""
        self.end = min(max(end, self.first), self.end)

    def signals(self, start: int, end: int) -> Floats:
        """Return the signals of the kept samples of a range, shape (channels, T)."""
        return self._signals[self._part(start, end)].T.copy()

    def states(self, start: int, end: int) -> Floats:
        """Return the magnetizations, shape (T, 3, N), to within 1/127."""
        result: Floats = self._vectors[self._part(start, end)] / 127.0
        return result

    def clipped(self, start: int, end: int) -> tuple[int, int]:
        """Return the part of a range of samples that is kept."""
        low = min(max(start, self.first), self.end)
        return low, min(max(end, low), self.end)

    def _part(self, start: int, end: int) -> slice:
        low, high = self.clipped(start, end)
        return slice(low - self.first, high - self.first)

    def _keep(self, part: slice) -> None:
        count = part.stop - part.start
        self._signals[:count] = self._signals[part].copy()
        self._vectors[:count] = self._vectors[part].copy()
        self.first = self.end - count

    def _grow(self, room: int) -> None:
        used = len(self)
        for name in ("_signals", "_vectors"):
            old = getattr(self, name)
            new = np.empty((room, *old.shape[1:]), dtype=old.dtype)
            new[:used] = old[:used]
            setattr(self, name, new)
