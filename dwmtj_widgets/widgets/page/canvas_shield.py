"""Keeps ipycanvas from taking keys, touches and the wheel away from the page."""

from __future__ import annotations

from typing import Any

import anywidget
from ipycanvas import Canvas, MultiCanvas

from dwmtj_widgets.widgets.style import script, without_extent


class CanvasShield(anywidget.AnyWidget):
    """Invisible; must be on the page. Canvases passed to `shield` scroll and tab like the rest of the page.

    ipycanvas calls ``preventDefault`` on every key, touch and turn of the wheel (0.14.3), which makes each canvas a
    keyboard trap (WCAG 2.1.2) and blocks scrolling by finger.
    """

    _esm = script("canvas_shield")

    def __init__(self, **traits: Any) -> None:
        super().__init__(**{"layout": without_extent(), **traits})


def shield(canvas: Canvas | MultiCanvas) -> None:
    """Mark a canvas as one that takes no keys, touches or wheel."""
    canvas.add_class("dwmtj-shielded")
