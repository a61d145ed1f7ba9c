"""What a canvas paints."""

import numpy as np
import pytest
from ipycanvas import Canvas

from dwmtj_widgets.widgets.views import _canvas


@pytest.fixture
def packets(monkeypatch) -> list[list]:
    """Record what ipycanvas sends: one list of commands a message."""
    seen: list[list] = []
    monkeypatch.setattr(
        _canvas._CANVAS_MANAGER, "_send_custom", lambda commands, buffers=(): seen.append(commands)
    )
    _canvas._CANVAS_MANAGER._current_canvas = None
    return seen


@pytest.fixture
def rectangles(monkeypatch, packets) -> list[tuple]:
    """Record filled rectangles as (canvas, colour, x, y, width, height), in the order of drawing."""
    seen: list[tuple] = []

    def fill(self, x, y, width, height=None):
        shape = np.broadcast(x, y, width, width if height is None else height).shape
        columns = (np.broadcast_to(c, shape).ravel().tolist() for c in (x, y, width, height))
        seen.extend((self, self.fill_style, *box) for box in zip(*columns, strict=True))

    monkeypatch.setattr(Canvas, "fill_rects", fill)
    monkeypatch.setattr(Canvas, "fill_rect", fill)
    return seen
