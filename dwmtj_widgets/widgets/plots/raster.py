"""Many quantities against time as one picture: a row for each quantity, a column for each moment."""

from __future__ import annotations

from typing import Any

import anywidget
import numpy as np
import numpy.typing as npt
import traitlets

from dwmtj_widgets.texts import tr
from dwmtj_widgets.widgets import palette
from dwmtj_widgets.widgets.plots._diverging import COLOURS, Floats, checked, to_bytes
from dwmtj_widgets.widgets.style import css, script

Bytes = npt.NDArray[np.uint8]


class Raster(anywidget.AnyWidget):
    """Colours of N quantities between -1 and 1: the last moments, scrolling, or a whole record.

    `push` adds moments at the right; a message has a byte for each sample, and the browser keeps the picture.
    `show_window` shows a record instead, with one moment marked; `live`, or the next `push`, goes back. A page that
    connects later shows the same. With the system setting for reduced motion there are two pictures a second.

    Attributes
    ----------
    junctions : int
        N, 1 to 1000. A change clears the picture.
    columns : int
        Width of the scrolling picture in moments, 2 to 4096. A change clears the picture.
    width, height : int
        Size of the picture in CSS pixels; it is narrower where the page is.
    selected : int
        The outlined row, -1 for none.
    label, summary : str
        Accessible name, and a sentence that is read after it, the number of rows and the time.
    time_label : str
        Meaning of the picture's width, for example "last 40 ns".
    row_label, value_label : str
        Meaning of a row and of a colour.
    legend : bool
        Whether to explain the colours below the picture.

    Examples
    --------
    >>> raster = Raster(junctions=3, columns=400, time_label="last 40 ns")
    >>> raster.push([[0.1, 0.2], [-1, 1], [0, 0]])
    """

    _esm = script("raster")
    _css = css("raster")

    junctions = traitlets.Int(40, min=1, max=1000)
    columns = traitlets.Int(400, min=2, max=4096)
    width = traitlets.Int(500, min=100, max=4000).tag(sync=True)
    height = traitlets.Int(200, min=20, max=4000).tag(sync=True)
    selected = traitlets.Int(-1, min=-1).tag(sync=True)
    label = traitlets.Unicode(tr("Raster of all junctions")).tag(sync=True)
    summary = traitlets.Unicode("").tag(sync=True)
    time_label = traitlets.Unicode("").tag(sync=True)
    row_label = traitlets.Unicode(tr("junction")).tag(sync=True)
    value_label = traitlets.Unicode("m_y").tag(sync=True)
    legend = traitlets.Bool(True).tag(sync=True)

    _colours = traitlets.List([*COLOURS, palette.FOCUS]).tag(sync=True)
    # Position of the marked moment as a share of the width; -1 for none.
    _now = traitlets.Float(-1.0).tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self._live: Bytes = self._nothing()
        self._record: Bytes | None = None
        self._moments = 0
        self.observe(self._resized, ["junctions", "columns"])
        self.on_msg(self._receive)

    def push(self, columns: npt.ArrayLike) -> None:
        """Add moments at the right and show the last ones instead of a record.

        Parameters
        ----------
        columns
            (N, k) numbers from -1 to 1, the oldest moment first.

        Raises
        ------
        ValueError
            If the shape or a value is not as above; the picture is then unchanged.
        """
        added = to_bytes(self._checked("columns", columns)).T
        if not len(added):
            return
        self._live = np.concatenate([self._live, added])[-self.columns :]
        if self._record is not None:
            self.live()
        else:
            self._send_moments("push", added[-self.columns :])

    def show_window(self, values: npt.ArrayLike, now: int | None = None) -> None:
        """Show a whole record over the full width, instead of the last moments.

        A record with more moments than the picture has CSS pixels is averaged over equal bins.

        Parameters
        ----------
        values
            (N, T) numbers from -1 to 1, T at least 1, the oldest moment first.
        now
            The marked moment, 0 to T - 1, or None.

        Raises
        ------
        ValueError
            If an argument is not as above; the picture is then unchanged.
        """
        record = self._checked("values", values)
        if not record.shape[1]:
            raise ValueError("values got no moment, but must hold at least one.")
        share = _share(now, record.shape[1])
        self._record, self._moments = to_bytes(_binned(record, self.width)).T, record.shape[1]
        with self.hold_sync():
            self._now = share
        self._send_all()

    def mark(self, now: int | None) -> None:
        """Mark another moment of the record, 0 to T - 1, or none; ValueError if there is no such moment."""
        if self._record is None and now is not None:
            raise ValueError("now marks a moment of a record, and none is shown; call show_window first.")
        self._now = _share(now, self._moments)

    def live(self) -> None:
        """Show the last moments again."""
        self._record = None
        self._now = -1.0
        self._send_all()

    def clear(self) -> None:
        """Clear the picture and the record."""
        self._live = self._nothing()
        self.live()

    def _nothing(self) -> Bytes:
        return np.empty((0, self.junctions), dtype=np.uint8)

    def _resized(self, _change: Any) -> None:
        self.clear()

    def _checked(self, name: str, values: npt.ArrayLike) -> Floats:
        wanted = f"{self.junctions} rows of numbers from -1 to 1"
        array = checked(name, values, wanted, dimensions=2)
        if len(array) != self.junctions:
            raise ValueError(f"{name} got the shape {array.shape}, but must be {wanted}.")
        return array

    def _send_all(self) -> None:
        self._send_moments("all", self._live if self._record is None else self._record)

    def _send_moments(self, kind: str, moments: Bytes) -> None:
        """Send moments, shape (k, N); every message has the size of the picture, so that none can be misread."""
        columns = self.columns if self._record is None else len(self._record)
        size = {"rows": self.junctions, "columns": columns, "live": self._record is None}
        self.send({"type": kind, **size}, buffers=[moments.tobytes()])

    def _receive(self, _widget: Any, content: Any, _buffers: Any) -> None:
        if isinstance(content, dict) and content.get("type") == "ready":
            self._send_all()


def _binned(values: Floats, most: int) -> Floats:
    """Return at most `most` columns, means over bins that are equal up to rounding."""
    length = values.shape[1]
    if length <= most:
        return values
    edges = np.linspace(0, length, most + 1).astype(int)
    means: Floats = np.add.reduceat(values, edges[:-1], axis=1) / np.diff(edges)
    return means


def _share(now: int | None, length: int) -> float:
    if now is None:
        return -1.0
    if not isinstance(now, (int, np.integer)) or not 0 <= now < length:
        raise ValueError(f"now got {now}, but must be a whole number from 0 to {length - 1}, or None.")
    return (float(now) + 0.5) / length
