"""Drawing with ipycanvas, with its traps closed. Nothing else in the package touches ipycanvas' manager."""

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
"""Widgets that all canvases of the process use, and that no page may close."""


@contextmanager
def painting() -> Iterator[None]:
    """Send everything drawn inside as one message.

    ipycanvas' own `hold_canvas` has no ``finally``: one error inside would keep every later drawing of every
    canvas from being sent. Its cache is one for the whole process, hence the lock.
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
    """Call `redraw` whenever a page has connected to the canvas: a new page knows nothing of earlier drawing.

    The page has not heard either which canvas was drawn on last; without saying it again it would draw on none.
    """

    def ready(*_arguments: Any) -> None:
        with _LOCK:
            _CANVAS_MANAGER._current_canvas = None
            with painting():
                redraw()

    canvas.on_client_ready(ready)
