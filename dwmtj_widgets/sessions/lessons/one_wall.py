"""One wall on one track, without a page: a current pushes it, its leak pulls it back, a resistance reads it."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from dwmtj_widgets.hopfield import Device
from dwmtj_widgets.hopfield.validation import positive, within
from dwmtj_widgets.refusals import Refused

Floats = npt.NDArray[np.float64]

HOLDING: Final = 15e-6
"""Current in A that holds the wall of Table I's axon at the ON end."""
LARGEST_CURRENT: Final = 100e-6
"""A"""
INTERVAL: Final = 0.1e-9
"""Shortest time between two moments of the record, s, except for the last one."""
_KEPT: Final = 402
"""Most moments, at least 40 ns; the last may follow sooner than `INTERVAL`."""


class OneWallSession:
    """An axon of Table I whose track current is set by hand.

    Parameters
    ----------
    device : Device, optional
        Its parameters; the leak is that of an axon.
    current : float
        Current through the track, A.
    position : float
        Position of the wall at time 0, x/L.
    """

    def __init__(self, device: Device | None = None, current: float = HOLDING, position: float = 1.0) -> None:
        self.device = Device() if device is None else device
        self.current = _current(current)
        self._start = within(position, "position", 0.0, 1.0)
        self.reset()

    def reset(self) -> None:
        """Restart at time 0 with the wall at its initial position."""
        self.time, self.rested = 0.0, 0.0
        self.position = self._start
        self._record: deque[tuple[float, float]] = deque(maxlen=_KEPT)
        self._note()

    @property
    def free_velocity(self) -> float:
        """Velocity of a free wall in m/s, mu I + v_leak (physics.md A1)."""
        return float(self.device.mobility * self.current + self.device.axon_leak)

    @property
    def velocity(self) -> float:
        """Velocity of the wall in m/s; 0 if it is pressed against an end."""
        v = self.free_velocity
        held = (self.position <= 0.0 and v < 0.0) or (self.position >= 1.0 and v > 0.0)
        return 0.0 if held else v

    @property
    def place(self) -> float:
        """Position of the wall in metres from the OFF end."""
        return self.position * self.device.track_length

    @property
    def resistance(self) -> float:
        """Resistance of the junction in ohms."""
        return float(1.0 / self.device.conductance(self.position))

    @property
    def record(self) -> tuple[Floats, Floats]:
        """Times in seconds and resistances in ohms, each (T,), of the last moments."""
        times, positions = np.array(self._record).T
        return times, 1.0 / self.device.conductance(positions)

    def set_current(self, current: float) -> None:
        """Change the current through the track, A."""
        self.current = _current(current)

    def set_leak(self, leak: float) -> None:
        """Change the leak velocity, m/s, below zero."""
        self.device = replace(self.device, axon_leak=leak)

    def step(self, duration: float) -> None:
        """Advance by `duration` seconds exactly: the velocity changes only at the ends."""
        left = positive(duration, "duration", "s")
        while left > 0.0:
            part = min(left, INTERVAL)
            left -= part
            if left < 1e-6 * INTERVAL:  # the rest of a sum of rounded steps
                part, left = part + left, 0.0
            self._advance(part)

    def time_to_end(self) -> float:
        """Return the seconds until the wall is at rest at an end, infinite if it does not move."""
        v = self.velocity
        if v == 0.0:
            return 0.0 if self.position in (0.0, 1.0) else float("inf")
        way = (1.0 - self.position) if v > 0.0 else self.position
        return way * self.device.track_length / abs(v)

    def finish(self) -> None:
        """Advance until the wall is at rest.

        Raises
        ------
        Refused
            If current and leak cancel, so that the wall never arrives.
        """
        time = self.time_to_end()
        if not np.isfinite(time):
            msg = "Current and leak cancel: the wall stands where it is. Change the current."
            raise Refused(msg)
        if time > 0.0:
            self.step(time)
            self.position = 1.0 if self.free_velocity > 0.0 else 0.0

    def _advance(self, duration: float) -> None:
        before = self.position
        moved = before + self.velocity * duration / self.device.track_length
        self.position = float(min(max(moved, 0.0), 1.0))
        self.time += duration
        self.rested = self.rested + duration if self.position == before else 0.0
        self._note()

    def _note(self) -> None:
        record = self._record
        if len(record) > 1 and record[-1][0] - record[-2][0] < (1.0 - 1e-6) * INTERVAL:
            record.pop()
        record.append((self.time, self.position))


def _current(current: float) -> float:
    return within(current, "Current", -LARGEST_CURRENT, LARGEST_CURRENT, "A")
