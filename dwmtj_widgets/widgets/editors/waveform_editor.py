"""Editor of one period of a waveform for mouse, touch, pen and keyboard."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any, Final

import anywidget
import numpy as np
import numpy.typing as npt
import traitlets

from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.texts import tr
from dwmtj_widgets.widgets import palette
from dwmtj_widgets.widgets.plots._diverging import Floats, checked
from dwmtj_widgets.widgets.style import css, script

_HISTORY = 200
_COMMANDS = ("undo", "redo", "clear", "smooth")
# Weights of "smooth": binomial, so that a constant stays and the finest ripple vanishes.
_SMOOTHING: Final = ((-2, 1 / 16), (-1, 4 / 16), (0, 6 / 16), (1, 4 / 16), (2, 1 / 16))

FEWEST_SAMPLES: Final = 8
MOST_SAMPLES: Final = 512


class WaveformEditor(anywidget.AnyWidget):
    """Editor of one period of a periodic curve, K samples between -1 and 1.

    Sample k lies in the middle of the k-th of K equal columns; the last is the neighbour of the first. A stroke
    appears in the browser at once and reaches Python at its end, as the columns that it passed, so neither a busy
    kernel nor a change by the program in the middle of a stroke can undo what is under the pen.

    Parameters
    ----------
    samples
        First curve, (K,) numbers from -1 to 1, K in 8 to 512 (else Refused); 64 zeros if None. K is fixed.
    **traits
        Any trait below, and those of every widget (`layout`, ...).

    Attributes
    ----------
    width, height : int
        Size of the canvas in CSS pixels; it shrinks in proportion where the page is narrower.
    label : str
        Accessible name.
    period_label : str
        Text below the time axis.
    drawn_name, reference_name : str
        Names of the two curves in the key, which is shown together with a reference.
    disabled : bool
        Show only.
    can_undo, can_redo : bool
        Whether `undo` and `redo` have something to do; read-only.

    Examples
    --------
    >>> editor = WaveformEditor([0, 0.5, 1, 0.5, 0, -0.5, -1, -0.5])
    >>> editor.clear()
    >>> editor.undo()
    >>> editor.samples.tolist()
    [0.0, 0.5, 1.0, 0.5, 0.0, -0.5, -1.0, -0.5]
    """

    _esm = script("waveform_editor")
    _css = css("parts", "waveform_editor")

    width = traitlets.Int(480, min=160, max=4000).tag(sync=True)
    height = traitlets.Int(200, min=80, max=4000).tag(sync=True)
    label = traitlets.Unicode(tr("Waveform")).tag(sync=True)
    period_label = traitlets.Unicode(tr("one period")).tag(sync=True)
    drawn_name = traitlets.Unicode(tr("drawn")).tag(sync=True)
    reference_name = traitlets.Unicode(tr("reference")).tag(sync=True)
    disabled = traitlets.Bool(False).tag(sync=True)
    can_undo = traitlets.Bool(False, read_only=True).tag(sync=True)
    can_redo = traitlets.Bool(False, read_only=True).tag(sync=True)

    # Both curves as the browser reads them: float32; the reference may be empty.
    _samples = traitlets.Bytes().tag(sync=True, echo_update=False)
    _reference = traitlets.Bytes().tag(sync=True, echo_update=False)
    # "client:sequence" of the last stroke that was applied; sent with the resulting samples.
    _acknowledged = traitlets.Unicode("").tag(sync=True)
    _colours = traitlets.List([palette.SERIES[0], palette.SERIES[1], palette.FOCUS]).tag(sync=True)

    def __init__(self, samples: npt.ArrayLike | None = None, **traits: Any) -> None:
        first = _curve("samples", np.zeros(64) if samples is None else samples)
        if not FEWEST_SAMPLES <= len(first) <= MOST_SAMPLES:
            raise Refused(
                f"samples got {len(first)} numbers, but must be {FEWEST_SAMPLES} to {MOST_SAMPLES} from -1 to 1."
            )
        self._curve = first
        self._undo: deque[Floats] = deque(maxlen=_HISTORY)
        self._redo: list[Floats] = []
        self._callbacks: list[Callable[[Floats], None]] = []
        super().__init__(**traits)
        self._show()
        self.on_msg(self._receive)

    @property
    def samples(self) -> Floats:
        """The curve, a new array of shape (K,), rounded to single precision; assigning calls `show`."""
        return self._curve.copy()

    @samples.setter
    def samples(self, values: npt.ArrayLike) -> None:
        self.show(values)

    def show(self, samples: npt.ArrayLike) -> None:
        """Replace the curve by (K,) numbers from -1 to 1, as an entry of the history; calls no callback.

        Raises
        ------
        Refused
            If the shape or a value is not as above; the old curve then stays.
        """
        self._become(_curve("samples", samples, len(self._curve)))

    def show_reference(self, samples: npt.ArrayLike | None) -> None:
        """Show a second, faint curve of (K,) finite numbers behind the first, or none.

        Values far beyond -1 to 1 are cut off at the edge of the picture.

        Raises
        ------
        Refused
            If the shape or a value is not as above; the old reference then stays.
        """
        if samples is None:
            self._reference = b""
            return
        try:
            values = np.array(samples, dtype=np.float64)
        except (TypeError, ValueError) as exc:
            raise Refused("reference cannot be read as an array of numbers.") from exc
        if values.shape != self._curve.shape or not np.isfinite(values).all():
            got = f"the shape {values.shape}" if values.shape != self._curve.shape else "nan or infinity"
            raise Refused(f"reference got {got}, but must be {len(self._curve)} finite numbers.")
        self._reference = np.clip(values, -10.0, 10.0).astype("<f4").tobytes()

    def clear(self) -> None:
        """Set every sample to 0 and call the callbacks, unless all are 0 already."""
        self._change(np.zeros_like(self._curve))

    def smooth(self) -> None:
        """Average each sample with two neighbours on either side, periodically, and call the callbacks."""
        mixed = np.sum([weight * np.roll(self._curve, shift) for shift, weight in _SMOOTHING], axis=0)
        self._change(_single(np.clip(mixed, -1.0, 1.0)))

    def undo(self) -> None:
        """Go back one entry of the history, if there is one, and call the callbacks."""
        self._replay(self._undo, self._redo)

    def redo(self) -> None:
        """Take back the last `undo`, if there was no change since."""
        self._replay(self._redo, self._undo)

    def on_draw(self, callback: Callable[[Floats], None]) -> None:
        """Call ``callback(samples)`` after each stroke by pen or key, and after methods that change the curve.

        A stroke makes one call, at its end; `show` makes none.
        """
        self._callbacks.append(callback)

    @traitlets.validate("_samples", "_reference")
    def _check_bytes(self, proposal: Any) -> bytes:
        """Refuse changes by a page: it may change the curve only by strokes, and never the reference."""
        value: bytes = proposal["value"]
        numbers = np.frombuffer(value, dtype="<f4") if len(value) % 4 == 0 else np.empty(0)
        if proposal["trait"].name == "_samples":
            legal = value == self._curve.astype("<f4").tobytes()
        else:
            legal = not value or (numbers.shape == self._curve.shape and bool(np.isfinite(numbers).all()))
        if not legal:
            raise traitlets.TraitError(
                f"{proposal['trait'].name[1:]} cannot be set to {len(value)} bytes by a page."
            )
        return value

    def _become(self, curve: Floats) -> bool:
        """Set a curve as an entry of the history; return whether it differs from the last one."""
        if np.array_equal(curve, self._curve):
            return False
        self._undo.append(self._curve)
        self._redo.clear()
        self._curve = curve
        self._show()
        return True

    def _change(self, curve: Floats) -> None:
        if self._become(curve):
            self._announce()

    def _replay(self, source: deque[Floats] | list[Floats], target: deque[Floats] | list[Floats]) -> None:
        if source:
            target.append(self._curve)
            self._curve = source.pop()
            self._show()
            self._announce()

    def _show(self) -> None:
        """Send the curve to the browser."""
        with self.hold_sync():
            self._samples = self._curve.astype("<f4").tobytes()
            self.set_trait("can_undo", bool(self._undo))
            self.set_trait("can_redo", bool(self._redo))

    def _announce(self) -> None:
        for callback in tuple(self._callbacks):
            callback(self.samples)

    def _receive(self, _widget: Any, content: Any, buffers: Any) -> None:
        """Handle a message of the browser; see js/waveform_editor for the protocol."""
        kind = content.get("type") if isinstance(content, dict) else None
        if kind == "draw":
            self._take_up(content, buffers)
        elif isinstance(kind, str) and kind in _COMMANDS and not self.disabled:
            getattr(self, kind)()

    def _take_up(self, content: dict[str, Any], buffers: Any) -> None:
        client, sequence = content.get("client"), content.get("sequence")
        if not isinstance(client, str) or not isinstance(sequence, int):
            return
        curve = None if self.disabled else self._with_stroke(content.get("columns"), buffers)
        # Held, so that the curve and the number of its last stroke are sent in one message. The number is sent even
        # for a refused stroke, which the page would otherwise show for ever.
        with self.hold_sync():
            self._acknowledged = f"{client}:{sequence}"
            is_new = curve is not None and self._become(curve)
        if is_new:
            self._announce()

    def _with_stroke(self, columns: Any, buffers: Any) -> Floats | None:
        """Return the curve with a stroke added; None for a message that the browser's half never sends."""
        if not isinstance(columns, list) or len(buffers) != 1:
            return None
        size, data = len(self._curve), bytes(buffers[0])
        if len(data) != 4 * len(columns) or not all(type(k) is int and 0 <= k < size for k in columns):
            return None
        values = np.frombuffer(data, dtype="<f4").astype(np.float64)
        if not (np.abs(values) <= 1.0).all():
            return None
        curve = self._curve.copy()
        curve[columns] = values
        return curve


def _single(values: Floats) -> Floats:
    """Round to single precision, so that Python and the browser have the same numbers."""
    return values.astype(np.float32).astype(np.float64)


def _curve(name: str, values: npt.ArrayLike, size: int | None = None) -> Floats:
    wanted = f"{size} numbers from -1 to 1" if size else "a row of numbers from -1 to 1"
    try:
        curve = checked(name, values, wanted, dimensions=1)
    except ValueError as exc:
        raise Refused(str(exc)) from exc
    if size and len(curve) != size:
        raise Refused(f"{name} got the shape {curve.shape}, but must be {wanted}.")
    return _single(curve)
