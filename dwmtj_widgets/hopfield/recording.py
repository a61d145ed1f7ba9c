"""Bounded recording of a run: moments at a regular interval, thinned out when they become too many."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dwmtj_widgets.hopfield import validation
from dwmtj_widgets.hopfield.walls import WallState

DEFAULT_INTERVAL = 0.1e-9
DEFAULT_BYTES = 8_000_000


class Recording:
    """Positions, energy and power of a run, one moment every `interval` of device time.

    When the buffer is full every other moment is dropped and the interval doubles, so a run of any length fits.
    A moment takes 2N floats of 8 bytes for identical devices, N + N**2 floats of 4 bytes for others.

    Parameters
    ----------
    interval : float
        Seconds of device time between two moments.
    max_bytes : int
        Bound of the buffer.
    """

    def __init__(self, interval: float = DEFAULT_INTERVAL, max_bytes: int = DEFAULT_BYTES) -> None:
        self.interval = validation.positive(interval, "interval", "s")
        self._max_bytes = int(validation.positive(max_bytes, "max_bytes"))
        self._moments: list[WallState] = []

    def __len__(self) -> int:
        return len(self._moments)

    def __getitem__(self, index: int) -> WallState:
        """Return a moment; a simulation can be restarted from it."""
        return self._moments[index]

    @property
    def times(self) -> NDArray[np.float64]:
        """Times of the moments in seconds, shape (T,)."""
        return np.array([moment.time for moment in self._moments])

    @property
    def energies(self) -> NDArray[np.float64]:
        """Energies so far in joules, shape (T, 3): supply, synapses, loading."""
        return np.array([moment.energy for moment in self._moments]).reshape(-1, 3)

    @property
    def powers(self) -> NDArray[np.float64]:
        """Powers in watts, shape (T, 3): supply, synapses, loading."""
        return np.array([moment.power for moment in self._moments]).reshape(-1, 3)

    @property
    def somas(self) -> NDArray[np.float64]:
        """Wall positions x/L of the somas, shape (T, N)."""
        return np.array([moment.soma for moment in self._moments])

    @property
    def nbytes(self) -> int:
        """Bytes held by the moments' arrays."""
        return len(self._moments) * _bytes_of(self._moments[0]) if self._moments else 0

    def index_at(self, time: float) -> int:
        """Return the index of the last moment not after `time`, or 0 if there is none."""
        return max(int(np.searchsorted(self.times, time * (1 + 1e-12), side="right")) - 1, 0)

    def next_time(self) -> float:
        """Return the time in seconds at which the next moment is due."""
        if not self._moments:
            return 0.0
        return float((np.floor(self._moments[-1].time / self.interval + 1e-6) + 1.0) * self.interval)

    def add(self, state: WallState) -> None:
        """Append a moment; it replaces the last one if their times are equal."""
        if state.axon.ndim == 2:
            state = WallState(
                state.time, state.soma, state.axon.astype(np.float32), state.energy, state.power
            )
        if self._moments and state.time <= self._moments[-1].time:
            self._moments[-1] = state
            return
        self._moments.append(state)
        if len(self._moments) * _bytes_of(state) > self._max_bytes and len(self._moments) > 2:
            self._moments = self._moments[::2]
            self.interval *= 2.0

    def cut_after(self, index: int) -> None:
        """Remove all moments after `index`, from which the run goes on."""
        del self._moments[index + 1 :]

    def cut_after_time(self, time: float) -> None:
        """Remove all moments after `time` (s)."""
        del self._moments[int(np.searchsorted(self.times, time, side="right")) :]


def _bytes_of(state: WallState) -> int:
    arrays = (state.soma, state.axon, state.energy, state.power)
    return sum(array.nbytes for array in arrays)
