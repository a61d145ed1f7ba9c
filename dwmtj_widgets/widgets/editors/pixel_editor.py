"""A small binary image that a person paints with mouse, touch, pen or keyboard."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

import anywidget
import numpy as np
import numpy.typing as npt
import traitlets

from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.widgets.style import css, script

_HISTORY = 200
_COMPACT_CELL_SIZE = 8
# A stroke is identified by the browser's view and its number there.
_Stroke = tuple[str, int]
# Whether a change begins a new entry of the history, and its stroke.
_NEW_ENTRY: tuple[bool, _Stroke | None] = (True, None)


class PixelEditor(anywidget.AnyWidget):
    """Editor of a binary image of ``rows`` x ``columns`` cells.

    The image is the string `bits`, row by row; `pattern` is the same as an array. Painting appears in the browser at
    once and reaches Python as a list of painted cells, so neither a busy kernel nor a change by the program in the
    middle of a stroke can undo what is under the pen.

    Parameters
    ----------
    rows, columns
        Size of the image in cells, 1 to 64 each.
    pattern
        First image, ``rows * columns`` values of 0 or 1, flat or as a table (else Refused); all 0 if None.
    **traits
        Any trait below, and those of every widget (`layout`, `disabled`, ...).

    Attributes
    ----------
    bits : str
        The image as ``'0'`` and ``'1'``, row by row.
    cell_size : int
        Side of a cell in CSS pixels: 22, or 8 if `compact`.
    label : str
        Accessible name and, unless empty, visible caption.
    selected : int
        Index of the outlined cell, -1 for none.
    hovered : int
        Index of the cell below pointer or keyboard cursor, -1 for none; updated once `on_hover` was called.
    disabled : bool
        Show only: no painting, no undo from the keyboard. Hovering and selecting still work.
    compact : bool
        Thumbnail: no grid lines, small caption.
    can_undo, can_redo : bool
        Whether `undo` and `redo` have something to do; read-only.

    Examples
    --------
    >>> editor = PixelEditor(rows=1, columns=3, pattern=[0, 1, 1])
    >>> editor.invert()
    >>> editor.bits
    '100'
    """

    _esm = script("pixel_editor")
    _css = css("parts", "pixel_editor")

    rows = traitlets.Int(10, min=1, max=64).tag(sync=True)
    columns = traitlets.Int(10, min=1, max=64).tag(sync=True)
    bits = traitlets.Unicode().tag(sync=True, echo_update=False)
    cell_size = traitlets.Int(22, min=2, max=200).tag(sync=True)
    label = traitlets.Unicode("").tag(sync=True)
    selected = traitlets.Int(-1).tag(sync=True, echo_update=False)
    hovered = traitlets.Int(-1).tag(sync=True, echo_update=False)
    disabled = traitlets.Bool(False).tag(sync=True)
    compact = traitlets.Bool(False).tag(sync=True)
    can_undo = traitlets.Bool(False, read_only=True).tag(sync=True)
    can_redo = traitlets.Bool(False, read_only=True).tag(sync=True)

    # "client:sequence" of the last "paint" that was applied; sent with the resulting bits.
    _acknowledged = traitlets.Unicode("").tag(sync=True)
    # The browser reports each entered cell only if there is a callback, so that an idle kernel stays idle.
    _reports_hover = traitlets.Bool(False).tag(sync=True)

    def __init__(
        self, rows: int = 10, columns: int = 10, pattern: npt.ArrayLike | None = None, **traits: Any
    ) -> None:
        self._undo: deque[str] = deque(maxlen=_HISTORY)
        self._redo: list[str] = []
        self._started = False
        # The stroke of the newest entry of the history, and the relation of the next change to it.
        self._open_stroke: _Stroke | None = None
        self._next = _NEW_ENTRY
        self._callbacks: dict[str, list[Callable[[Any], None]]] = {"change": [], "select": [], "hover": []}
        self._shape = (rows, columns)
        if traits.get("compact"):
            traits.setdefault("cell_size", _COMPACT_CELL_SIZE)
        super().__init__(rows=rows, columns=columns, **traits)
        if pattern is not None:
            self.bits = self._to_bits(pattern)
        self._started = True
        self.on_msg(self._receive)

    @property
    def pattern(self) -> npt.NDArray[np.uint8]:
        """The image as a new array of 0 and 1, shape (rows * columns,). Assigning is the same as `fill`."""
        return np.frombuffer(self.bits.encode("ascii"), dtype=np.uint8) - np.uint8(ord("0"))

    @pattern.setter
    def pattern(self, values: npt.ArrayLike) -> None:
        self.fill(values)

    def fill(self, pattern: npt.ArrayLike) -> None:
        """Replace the image by ``rows * columns`` values of 0 or 1, flat or of shape (rows, columns).

        Raises
        ------
        Refused
            If the shape or a value is not as above; the image then stays as it is.
        """
        self.bits = self._to_bits(pattern)

    def clear(self) -> None:
        """Set every cell to 0."""
        self.bits = "0" * len(self.bits)

    def invert(self) -> None:
        """Turn every 0 into 1 and every 1 into 0."""
        self.bits = self.bits.translate({ord("0"): "1", ord("1"): "0"})

    def undo(self) -> None:
        """Go back one entry of the history, a stroke or a change by the program, if there is one."""
        if self._undo:
            self._redo.append(self.bits)
            self._replay(self._undo.pop())

    def redo(self) -> None:
        """Take back the last `undo`, if there was no change since."""
        if self._redo:
            self._undo.append(self.bits)
            self._replay(self._redo.pop())

    def on_change(self, callback: Callable[[PixelEditor], None], remove: bool = False) -> None:
        """Call ``callback(editor)`` after each change of the image, by a person or the program.

        A stroke makes several calls, but the browser sends its next part only after the last call has returned: a
        slow callback is called less often, without a queue.
        """
        self._register("change", callback, remove)

    def on_select(self, callback: Callable[[int], None], remove: bool = False) -> None:
        """Call ``callback(cell)`` when a person selects a cell by Shift + click or Shift + Enter; -1 to deselect."""
        self._register("select", callback, remove)

    def on_hover(self, callback: Callable[[int], None], remove: bool = False) -> None:
        """Call ``callback(cell)`` when pointer or keyboard cursor enters another cell; -1 when it leaves."""
        self._register("hover", callback, remove)
        self._reports_hover = bool(self._callbacks["hover"])

    @traitlets.default("bits")
    def _blank(self) -> str:
        return "0" * (self.rows * self.columns)

    @traitlets.validate("bits")
    def _check_bits(self, proposal: Any) -> str:
        bits: str = proposal["value"]
        wrong = set(bits) - {"0", "1"}
        if wrong or len(bits) != self.rows * self.columns:
            got = f"the character {min(wrong)!r}" if wrong else f"{len(bits)} characters"
            raise traitlets.TraitError(f"bits got {got}, but {self._legal('characters')}.")
        return bits

    @traitlets.validate("selected")
    def _check_selected(self, proposal: Any) -> int:
        cell: int = proposal["value"]
        last = self.rows * self.columns - 1
        if not -1 <= cell <= last:
            raise traitlets.TraitError(f"selected got cell {cell}, but must be 0 to {last}, or -1 for none.")
        return cell

    @traitlets.validate("hovered")
    def _check_hovered(self, proposal: Any) -> int:
        # The browser may still report a cell that a new size has just removed.
        cell: int = proposal["value"]
        return cell if 0 <= cell < self.rows * self.columns else -1

    @traitlets.observe("rows", "columns")
    def _resized(self, _change: Any) -> None:
        """Keep the common part of the image; drop the history and the selection, which had the old size."""
        old, self._shape = self._shape, (self.rows, self.columns)
        if not self._started or old == self._shape:
            return
        image = np.zeros(self._shape, dtype=np.uint8)
        rows, columns = np.minimum(old, self._shape)
        image[:rows, :columns] = self.pattern.reshape(old)[:rows, :columns]
        self._undo.clear()
        self._redo.clear()
        with self.hold_sync():
            self.selected = self.hovered = -1
            self._replay(self._to_bits(image))

    @traitlets.observe("bits")
    def _bits_changed(self, change: Any) -> None:
        if not self._started:
            return
        # Taken before the callbacks run, because their changes are separate entries.
        (is_new, self._open_stroke), self._next = self._next, _NEW_ENTRY
        if is_new:
            self._undo.append(change["old"])
            self._redo.clear()
        self._announce_history()
        self._call("change", self)

    @traitlets.observe("hovered")
    def _hover_changed(self, change: Any) -> None:
        self._call("hover", change["new"])

    def _announce_history(self) -> None:
        self.set_trait("can_undo", bool(self._undo))
        self.set_trait("can_redo", bool(self._redo))

    def _replay(self, bits: str) -> None:
        """Show `bits` without a new entry in the history."""
        self._assign(bits, is_new=False)
        self._announce_history()  # equal bits make no change event

    def _assign(self, bits: str, *, is_new: bool, stroke: _Stroke | None = None) -> None:
        self._next = (is_new, stroke)
        try:
            self.bits = bits
        finally:
            self._next = _NEW_ENTRY

    def _receive(self, _widget: Any, content: Any, _buffers: Any) -> None:
        """Handle a message of the browser; see js/pixel_editor for the protocol."""
        kind = content.get("type") if isinstance(content, dict) else None
        if kind == "paint":
            # Held, so that both are sent in one message, even if a callback fails.
            with self.hold_sync():
                self._acknowledged = f"{content.get('client')}:{content.get('sequence')}"
                if not self.disabled:
                    self._paint(content)
        elif kind in ("undo", "redo") and not self.disabled:
            self.undo() if kind == "undo" else self.redo()
        elif kind == "select":
            self._select(content.get("cell"))

    def _paint(self, content: dict[str, Any]) -> None:
        value, cells = content.get("value"), content.get("cells")
        if value not in (0, 1) or not isinstance(cells, list):
            return
        image = list(self.bits)
        for cell in cells:
            # A cell may be gone if the image was resized while the message was under way.
            if isinstance(cell, int) and 0 <= cell < len(image):
                image[cell] = str(int(value))
        bits = "".join(image)
        stroke = (str(content.get("client")), content.get("stroke", -1))
        if bits != self.bits:
            self._assign(bits, is_new=stroke != self._open_stroke, stroke=stroke)

    def _select(self, cell: Any) -> None:
        if isinstance(cell, int) and -1 <= cell < len(self.bits):
            self.selected = cell
            self._call("select", cell)

    def _to_bits(self, pattern: npt.ArrayLike) -> str:
        try:
            values = np.asarray(pattern)
        except ValueError:
            raise Refused(f"pattern got rows of different lengths, but {self._legal('values')}.") from None
        hint = ""
        if values.shape not in {(self.rows * self.columns,), (self.rows, self.columns)}:
            got = f"shape {values.shape}"
        elif values.dtype.kind not in "buif":
            got = f"values of type {values.dtype}"
        elif (wrong := values[(values != 0) & (values != 1)]).size:
            got = f"the value {wrong[0]}"
            hint = "; a pattern of -1 and +1 becomes one of 0 and 1 by (s + 1) // 2" if -1 in wrong else ""
        else:
            return "".join("1" if value else "0" for value in values.ravel())
        raise Refused(f"pattern got {got}, but {self._legal('values')}{hint}.")

    def _legal(self, unit: str) -> str:
        size = self.rows * self.columns
        return f"must be {size} {unit} 0 or 1 ({self.rows} rows x {self.columns} columns, row by row)"

    def _register(self, event: str, callback: Callable[[Any], None], remove: bool) -> None:
        callbacks = self._callbacks[event]
        if remove:
            callbacks.remove(callback)
        elif callback not in callbacks:
            callbacks.append(callback)

    def _call(self, event: str, argument: Any) -> None:
        for callback in tuple(self._callbacks[event]):
            callback(argument)
