"""Views of both modes of the Signal Lab: signals and all junctions in a window of time, and arrows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from dwmtj_widgets.sessions.signal.record import SignalRecord
from dwmtj_widgets.sessions.signal.wave import SAMPLE_TIME
from dwmtj_widgets.texts import tr
from dwmtj_widgets.units import shown
from dwmtj_widgets.widgets.plots.raster import Raster
from dwmtj_widgets.widgets.plots.signal_scope import SignalScope
from dwmtj_widgets.widgets.views.sphere_field import SphereField

Floats = npt.NDArray[np.float64]

WINDOW_PERIODS: Final = 5
LONGEST_WINDOW: Final = 2000
"""Most samples in a window."""


@dataclass(frozen=True)
class Window:
    """The shown range of samples; it is empty before the beginning."""

    low: int
    high: int
    now: int | None
    """The sample shown when looking back, None when live."""


class SignalStage:
    """Raster and sphere field of one network, and the window of time shared with the scopes.

    Parameters
    ----------
    selected : callable
        Called with the selected junction, -1 for none.
    legend : bool
        Whether to explain the arrows.
    """

    def __init__(self, selected: Callable[[int], None], *, legend: bool = True) -> None:
        self.raster = Raster(
            width=1200, height=166, columns=500, label=tr("m_y of all junctions over time"), legend=True
        )
        self.raster.add_class("dwmtj-raster-view")
        self.spheres = SphereField(
            width=360,
            height=312 if legend else 236,
            label=tr("Magnetization of all junctions"),
            legend=legend,
        )
        self.spheres.add_class("dwmtj-spheres")
        self.spheres.on_select(selected)
        self._known: SignalRecord | None = None
        """The record on the growing raster, and its number of shown samples."""
        self._pushed = 0

    def window(self, record: SignalRecord, per_period: float, now: int | None) -> Window:
        """Return the window to show: the last periods, or some about the sample `now`."""
        length = min(max(round(WINDOW_PERIODS * per_period), 20), LONGEST_WINDOW)
        if now is None:
            return Window(record.end - length, record.end, None)
        low = min(max(now - length // 2, record.first), max(record.end - length, record.first))
        return Window(low, low + length, now)

    def show_signals(
        self,
        scope: SignalScope,
        window: Window,
        rows: Floats,
        first: int,
        marks: Sequence[tuple[int, str]] = (),
    ) -> None:
        """Draw rows (lines, T), which start at sample `first`, in the window."""
        scope.show(
            rows,
            first=_time(first + 1),
            step=_time(1),
            low=_time(window.low),
            high=_time(window.high),
            marks=[(_time(at), text) for at, text in marks if window.low <= at <= window.high],
            now=None if window.now is None else _time(window.now),
        )

    def draw_junctions(
        self,
        record: SignalRecord,
        window: Window,
        magnetization: Floats,
        alive: npt.NDArray[np.bool_],
    ) -> None:
        """Draw the raster over the window, and every junction; `magnetization` (3, N) is used when live."""
        size = magnetization.shape[1]
        if self.raster.junctions != size or self.raster.columns != window.high - window.low:
            with self.raster.hold_sync():
                self.raster.junctions, self.raster.columns = size, window.high - window.low
            self._known = None
        low, high = record.clipped(window.low, window.high)
        if window.now is None:
            self._push(record, window)
            vectors = magnetization.T
        else:
            states = record.states(low, high)
            place = min(max(window.now - 1 - low, 0), max(high - low - 1, 0))
            if len(states):
                picture = np.zeros((size, window.high - window.low))
                picture[:, low - window.low : high - window.low] = states[:, 1, :].T
                self.raster.show_window(picture, low + place - window.low)
                vectors = states[place].T
            else:
                vectors = magnetization.T
            self._known = None
        vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        self.spheres.draw(vectors, None if alive.all() else ~alive)

    def _push(self, record: SignalRecord, window: Window) -> None:
        pushed = self._pushed
        if self._known is not record or pushed > record.end or pushed < window.low:
            self.raster.clear()
            pushed = max(window.low, record.first)
        if record.end > pushed:
            new = record.states(pushed, record.end)[:, 1, :]
            self.raster.push(new.T)
        self._known, self._pushed = record, record.end


def _time(sample: float) -> float:
    """Return the time of a sample in the display unit."""
    return shown(sample * SAMPLE_TIME, "s")
