"""Safe drawing with ipycanvas. Only this module uses ipycanvas' manager."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any

from ipycanvas import Canvas, MultiCanvas
from ipycanvas.canvas import _CANVAS_MANAGER
from ipywidgets import Widget

_LOCK = RLock()

SHARED: tuple[Widget, ...] = (_CANVAS_MANAGER,)
"""Widgets shared by all canvases of the process, which no page may close."""


@contextmanager
def painting() -> Iterator[None]:
    """Send everything drawn inside as one message.

    ipycanvas' own `hold_canvas` has no ``finally``: after an error inside, no canvas would be sent again. Its cache
    is shared by the whole process, hence the lock.
    """
    with _LOCK:
        if _CANVAS_MANAGER._caching:
            yield  # the outermost painting sends
            return
        _CANVAS_MANAGER._caching = True
        try:
            yield
            _CANVAS_MANAGER.flush()
        finally:
            _CANVAS_MANAGER._commands_cache = []
            _CANVAS_MANAGER._buffers_cache = []
            _CANVAS_MANAGER._caching = False


def on_page(canvas: Canvas | MultiCanvas, redraw: Callable[[], None]) -> None:
    """Call `redraw` whenever a page has connected to the canvas, because a new page has no earlier drawing.

    A new page does not know the current canvas either, so it must be sent again.
    """

    def ready(*_arguments: Any) -> None:
        with _LOCK:
            _CANVAS_MANAGER._current_canvas = None
            with painting():
                redraw()

    canvas.on_client_ready(ready)
