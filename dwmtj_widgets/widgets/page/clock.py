"""The clock of an animation, which ticks in the browser, where frames are painted."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any

import anywidget
import traitlets

from dwmtj_widgets.widgets.style import script

# A frame after a longer gap (s) continues where the last one stopped, so that the walls do not jump after a page was
# hidden or a kernel busy.
LONGEST_FRAME = 0.1


class AnimationClock(anywidget.AnyWidget):
    """Requests frames at the pace at which the browser paints them.

    The browser sends a request when it has painted an earlier frame, at most `rate` times a second and with two
    frames under way. A hidden or closed page requests no frames, nor does one on which the lab is out of sight
    (scrolled away, or behind another tab of JupyterLab), so that the kernel rests.

    Attributes
    ----------
    playing : bool
        Whether frames are requested.
    rate : float
        Most frames a second.
    asks_before_leaving : bool
        Whether work would be lost with the page; the browser then asks before leaving it.
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
        """Call ``callback()`` when a page has connected and needs everything drawn."""
        self._callbacks["ready"].append(callback)

    def on_visibility(self, callback: Callable[[bool], None]) -> None:
        """Call ``callback(visible)`` when the lab gets out of sight or back into it."""
        self._callbacks["hidden"].append(lambda: callback(False))
        self._callbacks["shown"].append(lambda: callback(True))

    @traitlets.observe("playing")
    def _started(self, _change: Any) -> None:
        self._last = monotonic()

    def _receive(self, _widget: Any, content: Any, _buffers: Any) -> None:
        kind = content.get("type") if isinstance(content, dict) else None
        if kind == "ask":
            self._tick()
        elif isinstance(kind, str) and kind in self._callbacks and kind != "frame":
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
            # The browser counts frames under way, so it needs an answer even if nothing was drawn.
            self.send({"type": "frame"})
