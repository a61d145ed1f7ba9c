"""The somas of a network as an image, with intermediate colours for moving walls."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from ipycanvas import Canvas
from ipywidgets import Layout

from dwmtj_widgets.widgets import palette
from dwmtj_widgets.widgets.page.canvas_shield import shield
from dwmtj_widgets.widgets.views._canvas import on_page, painting
from dwmtj_widgets.widgets.views._geometry import grid_of_boxes

_SHARPNESS = 2


class Picture:
    """Draws wall positions as an image of ``rows`` x ``columns``; `widget` goes into a page."""

    def __init__(self, rows: int = 10, columns: int = 10, side: int = 150) -> None:
        self._rows, self._columns = rows, columns
        pixels = side * _SHARPNESS
        layout = Layout(width=f"{side}px", height=f"{side}px", flex="0 0 auto")
        self.widget = Canvas(width=pixels, height=pixels, layout=layout)
        self.widget.add_class("dwmtj-picture")
        shield(self.widget)
        self._boxes = grid_of_boxes(rows * columns, 1, 1, pixels - 2, pixels - 2, columns=columns, gap=1.0)
        self._positions = np.zeros(rows * columns)
        self._selected = -1
        self._callbacks: list[Callable[[int], None]] = []
        on_page(self.widget, self.redraw)
        self.widget.on_mouse_down(self._clicked)

    def draw(self, positions: npt.NDArray[np.float64], selected: int = -1) -> None:
        """Show wall positions x/L of shape (rows * columns,); `selected` is outlined, -1 for none."""
        if (positions == self._positions).all() and selected == self._selected:
            return
        self._positions, self._selected = positions.copy(), selected
        with painting():
            self.redraw()

    def redraw(self) -> None:
        """Draw everything again for a new page."""
        canvas, boxes = self.widget, self._boxes
        canvas.fill_style = palette.GAP
        canvas.fill_rect(0, 0, canvas.width, canvas.height)
        colours = np.array([_rgb(palette.OFF), _rgb(palette.ON)])
        share = self._positions[:, None]
        mixed = np.rint(colours[0] * (1 - share) + colours[1] * share).astype(np.uint8)
        canvas.fill_styled_rects(boxes.left, boxes.top, boxes.width, boxes.height, mixed)
        between = np.flatnonzero((self._positions > 0.0) & (self._positions < 1.0))
        if len(between):
            # An intermediate wall is also marked by shape, a bar as long as the distance moved.
            canvas.fill_style = palette.WALL
            top = boxes.top[between] + boxes.height - 4
            canvas.fill_rects(boxes.left[between], top, boxes.width * self._positions[between], 3)
        if 0 <= self._selected < len(boxes.left):
            canvas.stroke_style, canvas.line_width = palette.FOCUS, 5
            index = self._selected
            canvas.stroke_rect(boxes.left[index] + 2, boxes.top[index] + 2, boxes.width - 4, boxes.height - 4)

    def on_select(self, callback: Callable[[int], None]) -> None:
        """Call ``callback(pixel)`` when a person clicks a pixel."""
        self._callbacks.append(callback)

    def _clicked(self, x: float, y: float) -> None:
        column = int(x * self._columns / self.widget.width)
        row = int(y * self._rows / self.widget.height)
        if 0 <= row < self._rows and 0 <= column < self._columns:
            for callback in self._callbacks:
                callback(row * self._columns + column)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
