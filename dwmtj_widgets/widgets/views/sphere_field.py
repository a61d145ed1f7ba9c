"""Many unit vectors at once, each an arrow on a small sphere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import anywidget
import numpy as np
import numpy.typing as npt
import traitlets

from dwmtj_widgets.texts import tr
from dwmtj_widgets.widgets import palette
from dwmtj_widgets.widgets.plots._diverging import COLOURS, checked
from dwmtj_widgets.widgets.style import css, script

_LENGTH_TOLERANCE = 0.01

MOST_VECTORS: Final = 200


class SphereField(anywidget.AnyWidget):
    """Up to 200 unit vectors in a fixed view: x points right, y up and z to the viewer.

    The colour of an arrow shows its y component, which is also its height; an arrow with a hollow head points away
    from the viewer. A page that connects later shows the last call of `draw`. A frame is 3N bytes, and the browser
    paints only the spheres whose vectors have moved, at most once a display frame, and twice a second with the system
    setting for reduced motion.

    Attributes
    ----------
    width, height : int
        Size of the field in CSS pixels, which the spheres fill; it shrinks in proportion on a narrower page. The
        legend is below.
    selected : int
        The ringed vector, -1 for none.
    label, summary : str
        Accessible name, and a sentence that is read after it and the number of vectors.
    item : str
        Name of one vector.
    axes : (str, str, str)
        Names of x, y and z in the legend.
    legend : bool
        Whether to show the legend.

    Examples
    --------
    >>> field = SphereField(width=500, height=320)
    >>> field.draw([[1, 0, 0], [0, 0.6, 0.8]], cut=[False, True])
    >>> field.size
    2
    """

    _esm = script("sphere_field")
    _css = css("sphere_field")

    width = traitlets.Int(500, min=100, max=4000).tag(sync=True)
    height = traitlets.Int(320, min=60, max=4000).tag(sync=True)
    selected = traitlets.Int(-1).tag(sync=True, echo_update=False)
    label = traitlets.Unicode(tr("Magnetization of all junctions")).tag(sync=True)
    summary = traitlets.Unicode("").tag(sync=True)
    item = traitlets.Unicode(tr("junction")).tag(sync=True)
    axes = traitlets.Tuple(
        traitlets.Unicode(),
        traitlets.Unicode(),
        traitlets.Unicode(),
        default_value=(tr("x (bias)"), tr("y (read out)"), tr("z (hard axis)")),
    ).tag(sync=True)
    legend = traitlets.Bool(True).tag(sync=True)

    # "client:sequence" of the last selection that was applied; sent with it.
    _acknowledged = traitlets.Unicode("").tag(sync=True)
    _colours = traitlets.List([*COLOURS, palette.FOCUS]).tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        self._vectors = b""
        self._cut: list[int] = []
        self._callbacks: dict[str, list[Callable[[int], None]]] = {"select": [], "hover": []}
        super().__init__(**traits)
        self.on_msg(self._receive)

    @property
    def size(self) -> int:
        """Number of vectors."""
        return len(self._vectors) // 3

    def draw(self, m: npt.ArrayLike, cut: npt.ArrayLike | None = None) -> None:
        """Show vectors in place of the last ones.

        Parameters
        ----------
        m
            (N, 3) unit vectors x, y, z, N in 1 to 200.
        cut
            (N,) of bool: vectors to cross out; none if None.

        Raises
        ------
        ValueError
            If an argument is not as above, or a length differs from 1 by more than 1 %; the old vectors then stay.
        """
        wanted = f"1 to {MOST_VECTORS} rows of x, y and z of a unit vector"
        vectors = checked("m", m, wanted, dimensions=2)
        if vectors.shape[1] != 3 or not 1 <= len(vectors) <= MOST_VECTORS:
            raise ValueError(f"m got the shape {vectors.shape}, but must be {wanted}.")
        length = np.sqrt((vectors**2).sum(axis=1))
        wrong = length[np.abs(length - 1.0) > _LENGTH_TOLERANCE]
        if wrong.size:
            raise ValueError(f"m got a vector of length {wrong[0]:.3g}, but must be {wanted}.")
        crossed = _indices(cut, len(vectors))
        # The largest value is 127 for either sign, so that no direction is favoured.
        frame = np.rint(vectors * 127.0).astype(np.int8).tobytes()
        if (frame, crossed) != (self._vectors, self._cut):
            self._vectors, self._cut = frame, crossed
            if self.selected >= self.size:
                self.selected = -1
            self._send_vectors()

    def on_select(self, callback: Callable[[int], None]) -> None:
        """Call ``callback(vector)`` when a person selects one by click, tap or arrow key; -1 for none (Escape)."""
        self._callbacks["select"].append(callback)

    def on_hover(self, callback: Callable[[int], None]) -> None:
        """Call ``callback(vector)`` when the pointer enters another sphere; -1 when it leaves."""
        self._callbacks["hover"].append(callback)

    @traitlets.validate("selected")
    def _check_selected(self, proposal: Any) -> int:
        vector: int = proposal["value"]
        if not -1 <= vector < max(self.size, 1):
            raise traitlets.TraitError(
                f"selected got vector {vector}, but must be 0 to {self.size - 1}, or -1 for none."
            )
        return vector

    def _send_vectors(self) -> None:
        if self._vectors:
            self.send({"type": "vectors", "cut": self._cut}, buffers=[self._vectors])

    def _receive(self, _widget: Any, content: Any, _buffers: Any) -> None:
        """Handle a message of the browser; see js/sphere_field for the protocol."""
        kind = content.get("type") if isinstance(content, dict) else None
        if kind == "ready":
            self._send_vectors()
        elif kind in ("select", "hover"):
            vector = content.get("vector")
            is_vector = type(vector) is int and -1 <= vector < self.size  # else it is for earlier vectors
            if kind == "select":
                # Held, so that the selection and its number are sent in one message.
                with self.hold_sync():
                    self._acknowledged = f"{content.get('client')}:{content.get('sequence')}"
                    if is_vector:
                        self.selected = vector
            if is_vector:
                for callback in tuple(self._callbacks[kind]):
                    callback(vector)


def _indices(cut: npt.ArrayLike | None, size: int) -> list[int]:
    if cut is None:
        return []
    mask = np.asarray(cut)
    if mask.dtype != np.bool_ or mask.shape != (size,):
        raise ValueError(
            f"cut got the shape {mask.shape} of type {mask.dtype}, but must be {size} values of type bool."
        )
    return [int(k) for k in np.flatnonzero(mask)]
