"""The clock of an animation. It ticks in the browser, where frames are painted."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any

import anywidget
import traitlets

from dwmtj_widgets.widgets.style import script

# A frame that comes after a longer gap (s) continues where the last one stopped: a page that was hidden, or a kernel
# that was busy, must not make the walls jump.
LONGEST_FRAME = 0.1


class AnimationClock(anywidget.AnyWidget):
    """Asks for frames at the pace at which the browser paints them.

    The browser sends a request when it has painted an earlier frame, at most `rate` times a second and with two
    frames under way. A hidden or closed page asks for nothing, nor does one on which no pixel of the lab is seen
    (scrolled away, or another tab of JupyterLab in front): the kernel rests.

    Attributes
    ----------
    playing : bool
        Whether frames are wanted.
    rate : float
        Most frames a second.
    asks_before_leaving : bool
        Whether what plays is work that would be lost with the page; then the browser asks before it goes.
    """

    _esm = script("clock")

    playing = traitlets.Bool(False).tag(sync=True)
    rate = traitlets.Float(30.0, min=1.0, max=120.0).tag(sync=True)
    asks_before_leaving = traitlets.Bool(False).tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self._callbacks: dict[str, list[Callable[..., None]]] = {
            "frame": [],
            "ready": [],
            "hidden": [],
            "shown": [],
        }
        self._last = 0.0
        self.on_msg(self._receive)

    def on_frame(self, callback: Callable[[float], None]) -> None:
        """Call ``callback(seconds)`` for each frame, with the seconds since the last one, at most 0.1."""
        self._callbacks["frame"].append(callback)

    def on_ready(self, callback: Callable[[], None]) -> None:
        """Call ``callback()`` when a page has connected, so that everything can be drawn for it."""
        self._callbacks["ready"].append(callback)

    def on_visibility(self, callback: Callable[[bool], None]) -> None:
        """Call ``callback(visible)`` when the lab goes out of sight or comes back."""
        self._callbacks["hidden"].append(lambda: callback(False))
        self._callbacks["shown"].append(lambda: callback(True))

    @traitlets.observe("playing")
    def _started(self, _change: Any) -> None:
        self._last = monotonic()

    def _receive(self, _widget: Any, content: Any, _buffers: Any) -> None:
        kind = content.get("type") if isinstance(content, dict) else None
        if kind == "ask":
            self._tick()
        elif kind in self._callbacks and kind != "frame":
            for callback in self._callbacks[kind]:
                callback()

    def _tick(self) -> None:
        now = monotonic()
        passed, self._last = min(now - self._last, LONGEST_FRAME), now
        try:
            if self.playing:
                for callback in self._callbacks["frame"]:
                    callback(passed)
        finally:
            # An answer is due even if nothing was drawn: the browser counts the frames under way.
            self.send({"type": "frame"})
