"""Signals against time that scroll as on an oscilloscope: a few lines, vertical marks, one moment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import anywidget
import numpy as np
import numpy.typing as npt
import traitlets

from dwmtj_widgets.texts import tr
from dwmtj_widgets.widgets import palette
from dwmtj_widgets.widgets.style import css, script

Floats = npt.NDArray[np.float64]

MOST_POINTS: Final = 4000
MOST_LINES: Final = len(palette.SERIES)


class SignalScope(anywidget.AnyWidget):
    """A window of time with a few lines, redrawn completely with every frame: 4 bytes a point.

    A page that connects later shows the same. With the system setting for reduced motion there are two pictures a
    second.

    Attributes
    ----------
    height : int
        CSS pixels; the width is that of its place.
    names : list of str
        Names of the lines in the key, which leaves out lines without a name.
    colours : list of str
        Colours of the lines, ``#rrggbb``.
    broad : int
        Number of first lines that are broad and pale, behind the others.
    limits : (float, float)
        Range of the values.
    label, summary : str
        Accessible name, and a sentence that is read after it.
    unit : str
        Unit of the time axis.
    """

    _esm = script("signal_scope")
    _css = css("signal_scope")

    height = traitlets.Int(200, min=60, max=2000).tag(sync=True)
    names = traitlets.List(traitlets.Unicode(), maxlen=MOST_LINES).tag(sync=True)
    colours = traitlets.List(traitlets.Unicode(), list(palette.SERIES)).tag(sync=True)
    broad = traitlets.Int(0, min=0).tag(sync=True)
    limits = traitlets.Tuple(traitlets.Float(), traitlets.Float(), default_value=(-1.2, 1.2)).tag(sync=True)
    label = traitlets.Unicode(tr("Signals")).tag(sync=True)
    summary = traitlets.Unicode("").tag(sync=True)
    unit = traitlets.Unicode("ns").tag(sync=True)
    _focus = traitlets.Unicode(palette.FOCUS).tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        self._frame: dict[str, Any] = {"type": "frame", "lines": 0, "low": 0.0, "high": 1.0}
        self._points = b""
        super().__init__(**traits)
        self.on_msg(self._receive)

    def show(
        self,
        values: npt.ArrayLike,
        *,
        first: float,
        step: float,
        low: float,
        high: float,
        marks: Sequence[tuple[float, str]] = (),
        now: float | None = None,
    ) -> None:
        """Show a window of time.

        Parameters
        ----------
        values
            (lines, T) numbers, T at most 4000; nan is a gap.
        first, step
            Time of the first value, and between two; in `unit`.
        low, high
            Ends of the time axis.
        marks
            Times and texts of vertical lines.
        now
            Time of the moment in other views, or None.

        Raises
        ------
        ValueError
            If the shape or the axis is not as above; the picture is then unchanged.
        """
        rows = np.array(values, dtype=np.float64)
        if rows.ndim != 2 or len(rows) > MOST_LINES or rows.shape[1] > MOST_POINTS:
            msg = f"values got the shape {rows.shape}, but must be (lines, at most {MOST_POINTS})."
            raise ValueError(msg)
        if not (low < high and step > 0.0):
            msg = f"The time axis reaches from {low:g} to {high:g} in steps of {step:g}; that is no range."
            raise ValueError(msg)
        self._points = rows.astype("<f4").tobytes()
        self._frame = {
            "type": "frame",
            "lines": len(rows),
            "first": first,
            "step": step,
            "low": low,
            "high": high,
            "marks": [[float(time), text] for time, text in marks],
            "now": now,
        }
        self._send_frame()

    def clear(self, low: float, high: float) -> None:
        """Show only the axes."""
        self.show(np.empty((0, 0)), first=low, step=1.0, low=low, high=high)

    def _send_frame(self) -> None:
        self.send(self._frame, buffers=[self._points])

    def _receive(self, _widget: Any, content: Any, _buffers: Any) -> None:
        if isinstance(content, dict) and content.get("type") == "ready":
            self._send_frame()
