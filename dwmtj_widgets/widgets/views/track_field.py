"""All devices of a network at once, one small track each: rows are neurons, the diagonal shows the somas."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import anywidget
import numpy as np
import numpy.typing as npt
import traitlets

from dwmtj_widgets.texts import tr
from dwmtj_widgets.widgets.style import css, script


class TrackField(anywidget.AnyWidget):
    """N x N tracks. A page that connects later shows the last call of `draw`.

    A frame is 2N bytes when the axons of a neuron move as one, N**2 bytes otherwise. The browser paints only
    the rows whose walls have moved.

    Attributes
    ----------
    neurons : int
        N, 1 to 1000.
    cell_size : float
        Side of a device's cell in CSS pixels, where the style sheet gives the field no width (track_field.css).
    selected : int
        The outlined neuron, -1 for none.
    first : int
        Displayed number of the first neuron.
    cut : list of int
        Neurons whose output synapses are open: their rows are struck through.
    label : str
        Accessible name.
    """

    _esm = script("track_field")
    _css = css("track_field")

    neurons = traitlets.Int(100, min=1, max=1000).tag(sync=True)
    cell_size = traitlets.Float(5.0, min=1.0, max=100.0).tag(sync=True)
    selected = traitlets.Int(-1).tag(sync=True, echo_update=False)
    first = traitlets.Int(0).tag(sync=True)
    cut: traitlets.List[int] = traitlets.List(traitlets.Int(min=0)).tag(sync=True, echo_update=False)
    label = traitlets.Unicode(tr("Tracks of all devices, one row a neuron")).tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self._callbacks: dict[str, list[Callable[[int], None]]] = {"select": [], "hover": []}
        self._walls: npt.NDArray[np.uint8] | None = None
        self.on_msg(self._receive)

    def draw(self, soma: npt.NDArray[np.floating[Any]], axon: npt.NDArray[np.floating[Any]]) -> None:
        """Show wall positions x/L: `soma` of shape (N,), `axon` of shape (N,) or (N, N)."""
        walls = wall_bytes(soma, axon)
        if self._walls is None or walls.shape != self._walls.shape or (walls != self._walls).any():
            self._walls = walls
            self._send_walls()

    def on_select(self, callback: Callable[[int], None]) -> None:
        """Call ``callback(neuron)`` when a person clicks a row or moves there with the arrow keys."""
        self._callbacks["select"].append(callback)

    def on_hover(self, callback: Callable[[int], None]) -> None:
        """Call ``callback(neuron)`` when the pointer enters another row; -1 when it leaves."""
        self._callbacks["hover"].append(callback)

    def _send_walls(self) -> None:
        if self._walls is not None:
            self.send({"type": "walls", "whole": self._walls.ndim == 2}, buffers=[self._walls.tobytes()])

    def _receive(self, _widget: Any, content: Any, _buffers: Any) -> None:
        kind = content.get("type") if isinstance(content, dict) else None
        if kind == "ready":
            self._send_walls()
        elif isinstance(kind, str) and kind in self._callbacks:
            neuron = content.get("neuron")
            if isinstance(neuron, int) and -1 <= neuron < self.neurons:
                for callback in self._callbacks[kind]:
                    callback(neuron)


def wall_bytes(
    soma: npt.NDArray[np.floating[Any]], axon: npt.NDArray[np.floating[Any]]
) -> npt.NDArray[np.uint8]:
    """Return wall positions x/L as 0 to 255: (2N,), somas first, or (N, N) with the somas on the diagonal.

    Parameters
    ----------
    soma : ndarray, shape (N,)
    axon : ndarray, shape (N,) or (N, N)
    """
    if axon.ndim == 1:
        return _to_bytes(np.concatenate([soma, axon]))
    walls = _to_bytes(axon)
    np.fill_diagonal(walls, _to_bytes(soma))
    return walls


def _to_bytes(positions: npt.NDArray[np.floating[Any]]) -> npt.NDArray[np.uint8]:
    """Return x/L as 0 to 255; nan (no device there) becomes 0."""
    return np.rint(np.nan_to_num(positions) * 255.0).astype(np.uint8)
