"""A chart of a few quantities against time. Its interface does not depend on bqplot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import bqplot
import numpy as np
import numpy.typing as npt

from dwmtj_widgets.texts import tr
from dwmtj_widgets.widgets import palette
from dwmtj_widgets.widgets.plots._figure import set_ticks, small_figure

Floats = npt.NDArray[np.float64]

# More points take longer to draw (rendering.md: 18 ms an update for 500 points) and are not visible.
MOST_POINTS = 200


class TimePlot:
    """Lines over time, with those of an earlier run behind them; `widget` goes into a page.

    A line is interrupted where its values are nan.

    Parameters
    ----------
    title : str
        Name and display unit of the quantity.
    height : int
        CSS pixels.
    limits : (float, float), optional
        Fixed range of the quantity; by default from 0 to a little above the largest value.
    """

    def __init__(self, title: str, *, height: int = 112, limits: tuple[float, float] | None = None) -> None:
        self.title, self._limits = title, limits
        self._x = bqplot.LinearScale(min=0.0, max=1.0)
        # A fixed range: bqplot froze on constant values with a free one (bqplot#1071).
        low, high = limits or (0.0, 1.0)
        self._y = bqplot.LinearScale(min=low, max=high)
        scales = {"x": self._x, "y": self._y}
        nothing = np.zeros(2)
        self._earlier = bqplot.Lines(
            x=nothing,
            y=nothing,
            scales=scales,
            colors=[palette.themed(palette.EARLIER)],
            line_style="dashed",
            stroke_width=1.5,
        )
        self._lines = bqplot.Lines(x=nothing, y=nothing, scales=scales, stroke_width=2)
        self._now = bqplot.Lines(
            x=nothing, y=nothing, scales=scales, colors=[palette.themed(palette.FOCUS)], stroke_width=1
        )
        marks = [self._earlier, self._lines, self._now]
        self._frame = small_figure(self._caption_text(()), marks, self._x, self._y, height=height)
        # Only integers inside the range: a tick beyond it would have no place.
        set_ticks(self._frame.y, np.arange(np.ceil(low), high + 1e-9) if limits else np.zeros(1))
        self.widget = self._frame.widget
        self._names: tuple[str, ...] = ()

    def show(
        self,
        time: Floats,
        values: Floats,
        *,
        names: Sequence[str] = (),
        end: float | None = None,
        now: float | None = None,
    ) -> None:
        """Show `values` of shape (T,) or (lines, T) over `time` (T,); both in display units.

        `end` is the right end of the time axis; a vertical line at `now` marks the moment in other views.
        """
        rows = np.atleast_2d(values)
        time, rows = thinned(time, rows)
        if not len(time):
            time, rows = np.zeros(1), np.zeros((1, 1))
        if self._limits is None:
            largest = max(float(rows.max()), float(np.max(self._earlier.y, initial=0.0)))
            self._set_range(nice_limit(largest))
        self._extend_time(max(float(time[-1]) if end is None else end, 1e-3))
        low, high = self._y.min, self._y.max
        marks = np.array([now, now]) if now is not None else np.zeros(2)
        with self._lines.hold_sync(), self._now.hold_sync():
            self._lines.x, self._lines.y = time, rows if len(rows) > 1 else rows[0]
            self._lines.colors = [palette.themed(colour) for colour in palette.SERIES[: len(rows)]]
            self._now.x, self._now.y = marks, np.array([low, high]) if now is not None else np.full(2, low)
        self._names = tuple(names)
        caption = self._caption_text(self._names, rows[:, -1])
        if self._frame.caption.value != caption:
            self._frame.caption.value = caption

    def _extend_time(self, end: float) -> None:
        """Extend the axis to `end`, in steps, because every new range makes the browser redraw axes and lines."""
        step = tick_step(end)
        right = float(np.ceil(end / step) * step)
        if right != self._x.max or self._frame.x.tick_values is None:
            self._x.max = right
            set_ticks(self._frame.x, np.arange(0.0, right * 1.0001, step))

    def _set_range(self, top: float) -> None:
        if top != self._y.max or len(self._frame.y.tick_values) < 2:
            self._y.max = top
            set_ticks(self._frame.y, np.array([0.0, top / 2, top]))

    def keep_as_earlier(self, time: Floats | None, values: Floats | None) -> None:
        """Show an earlier run behind the present one for comparison, or none."""
        with self._earlier.hold_sync():
            if time is None or values is None or not len(time):
                self._earlier.x, self._earlier.y = np.zeros(2), np.zeros(2)
                return
            time, rows = thinned(time, np.atleast_2d(values))
            self._earlier.x, self._earlier.y = time, rows if len(rows) > 1 else rows[0]

    def _caption_text(self, names: Sequence[str], last: Iterable[float] = ()) -> str:
        """Return the title, the key of the lines and, for screen readers, their last values."""
        keys = "".join(
            f'<span class="dwmtj-key"><i style="background:{_series(k)}"></i>{name}</span>'
            for k, name in enumerate(names)
        )
        ends = ", ".join(
            f"{names[k]}: {value:.3g}" if names else f"{value:.3g}"
            for k, value in enumerate(last)
            if not np.isnan(value)
        ).replace("-", "−")
        at_end = tr("at the end {values}").format(values=ends)
        unseen = f'<span class="dwmtj-unseen">, {at_end}</span>' if ends else ""
        return f"<b>{self.title}</b>{keys}{unseen}"


def _series(index: int) -> str:
    return palette.themed(palette.SERIES[index % len(palette.SERIES)])


def thinned(time: Floats, rows: Floats, most: int = MOST_POINTS) -> tuple[Floats, Floats]:
    """Return at most `most` points: the smallest and the largest value of each line in every bin of time."""
    if len(time) <= most:
        return time, rows
    edges = np.linspace(0, len(time), most // 2 + 1).astype(int)
    starts, ends = edges[:-1], edges[1:]
    low = np.array([rows[:, a:b].min(axis=1) for a, b in zip(starts, ends, strict=True)]).T
    high = np.array([rows[:, a:b].max(axis=1) for a, b in zip(starts, ends, strict=True)]).T
    rising = np.array([rows[:, b - 1] >= rows[:, a] for a, b in zip(starts, ends, strict=True)]).T
    pair = np.stack([np.where(rising, low, high), np.where(rising, high, low)], axis=2)
    times = np.stack([time[starts], time[ends - 1]], axis=1).ravel()
    return times, pair.reshape(len(rows), -1)


def nice_limit(value: float) -> float:
    """Return a round number a little above `value` that changes rarely while `value` grows."""
    if not np.isfinite(value) or value <= 0.0:
        return 1.0
    power = 10.0 ** np.floor(np.log10(value))
    for step in (1.0, 1.6, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0):
        if value * 1.02 <= step * power:
            return float(step * power)
    return float(12.0 * power)


def tick_step(end: float, most: int = 5) -> float:
    """Return a round step, at most `most` of which reach `end`."""
    power = 10.0 ** np.floor(np.log10(end))
    for step in (0.1, 0.2, 0.5, 1.0, 2.0):
        if end <= most * step * power * 1.0001:
            return float(step * power)
    return float(5.0 * power)
