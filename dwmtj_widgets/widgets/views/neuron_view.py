"""Large view of one neuron: the tracks of its soma and axons, with walls, windows and motion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from ipycanvas import Canvas, MultiCanvas
from ipywidgets import HTML, HBox, Layout

from dwmtj_widgets.texts import tr
from dwmtj_widgets.widgets import palette
from dwmtj_widgets.widgets.page.canvas_shield import shield
from dwmtj_widgets.widgets.views._canvas import on_page, painting
from dwmtj_widgets.widgets.views._geometry import Boxes, chevrons, columns_for, grid_of_boxes

Floats = npt.NDArray[np.floating[Any]]

# Canvas pixels for each CSS pixel, so that edges stay sharp on dense displays.
_SHARPNESS = 2
_LABEL = 44
"""CSS pixels."""
_ASPECT = 5.0
_SOMA_TOP, _SOMA_HEIGHT, _AXONS_TOP = 7, 20, 36
"""CSS pixels in a view of its nominal size."""


@dataclass(frozen=True, eq=False)
class NeuronFrame:
    """Contents of the view. Positions are x/L, directions -1, 0 or 1."""

    soma: float
    soma_direction: int
    axons: Floats
    """(N - 1,)"""
    axon_directions: npt.NDArray[np.int8]
    """(N - 1,)"""
    window: tuple[float, float]
    """Window of the junction on a track, x/L."""
    cut: bool = False
    """Whether the axons' synapses are open."""

    def same_as(self, other: NeuronFrame | None) -> bool:
        """Whether the other frame looks the same."""
        return (
            other is not None
            and (self.soma, self.soma_direction, self.window, self.cut)
            == (other.soma, other.soma_direction, other.window, other.cut)
            and np.array_equal(self.axons, other.axons)
            and np.array_equal(self.axon_directions, other.axon_directions)
        )


class NeuronView:
    """Draws `NeuronFrame`s; `widget` goes into a page.

    Labels are text of the page, with the colour of its theme, because a canvas has no theme.

    Attributes
    ----------
    canvas : MultiCanvas
        The tracks.
    """

    def __init__(self, width: int = 500, height: int = 128) -> None:
        self._width, self._height = (width - _LABEL) * _SHARPNESS, height * _SHARPNESS
        layout = Layout(width=f"{width - _LABEL}px", height=f"{height}px", min_width="0")
        self.canvas = MultiCanvas(2, width=self._width, height=self._height, layout=layout)
        shield(self.canvas)
        self._labels = HTML(layout=Layout(width=f"{_LABEL}px", flex="0 0 auto"))
        self._labels.add_class("dwmtj-neuron-labels")
        self.widget = HBox([self._labels, self.canvas], layout=Layout(width=f"{width}px"))
        self.widget.add_class("dwmtj-neuron-view")
        self._frame: NeuronFrame | None = None
        on_page(self.canvas, self.redraw)

    def draw(self, frame: NeuronFrame) -> None:
        """Show a frame; the static part is redrawn only if the number of axons or the window changed."""
        before, self._frame = self._frame, frame
        if frame.same_as(before):
            return
        labels = self._label_text(len(frame.axons), cut=frame.cut)
        if self._labels.value != labels:
            self._labels.value = labels
        with painting():
            if before is None or before.window != frame.window or len(before.axons) != len(frame.axons):
                self._draw_fixed()
            self._draw_walls()

    def redraw(self) -> None:
        """Draw everything again for a new page."""
        if self._frame is not None:
            self._draw_fixed()
            self._draw_walls()

    def _label_text(self, count: int, *, cut: bool) -> str:
        """Return the labels beside the tracks, with positions relative to the size of the view."""
        height = self._height / _SHARPNESS
        places = [(tr("soma"), "", _SOMA_TOP + _SOMA_HEIGHT / 2)]
        if count:
            below = tr("cut") if cut else f"× {count}"
            places.append((tr("axons"), f"<i>{below}</i>", _AXONS_TOP + 8))
        return "".join(
            f'<span style="top: {100 * top / height:.1f}%">{name}{below}</span>'
            for name, below, top in places
        )

    def _boxes(self) -> tuple[Boxes, Boxes]:
        s = _SHARPNESS
        width = self._width - 2 * s
        soma = Boxes(np.zeros(1), np.array([float(_SOMA_TOP * s)]), width, _SOMA_HEIGHT * s)
        top = _AXONS_TOP * s
        height = self._height - top - 2 * s
        assert self._frame is not None
        count = len(self._frame.axons)
        columns = columns_for(count, width, height, _ASPECT)
        gap = 2.0 * s
        return soma, grid_of_boxes(count, 0.0, top, width, height, columns=columns, gap=gap)

    def _draw_fixed(self) -> None:
        canvas = self.canvas[0]
        soma, _axons = self._boxes()
        canvas.clear()
        self._draw_windows(canvas, soma, 4 * _SHARPNESS)

    def _draw_windows(self, canvas: Canvas, boxes: Boxes, overhang: float) -> None:
        """The junction: a lid over the middle of a track."""
        assert self._frame is not None
        low, high = self._frame.window
        canvas.fill_style = palette.WINDOW
        canvas.fill_rects(
            boxes.left + low * boxes.width,
            boxes.top - overhang,
            (high - low) * boxes.width,
            boxes.height + 2 * overhang,
        )

    def _draw_walls(self) -> None:
        assert self._frame is not None
        frame, canvas = self._frame, self.canvas[1]
        soma, axons = self._boxes()
        canvas.clear()
        self._draw_tracks(canvas, soma, np.array([frame.soma]), np.array([float(frame.soma_direction)]))
        if not len(axons.top):
            return
        self._draw_tracks(canvas, axons, frame.axons, frame.axon_directions.astype(float))
        if frame.cut:
            # The walls still move, but the synapses conduct nothing.
            canvas.fill_style = palette.WALL
            middle = axons.top + axons.height / 2 - _SHARPNESS / 2
            canvas.fill_rects(axons.left, middle, axons.width, float(_SHARPNESS))

    def _draw_tracks(self, canvas: Canvas, boxes: Boxes, positions: Floats, directions: Floats) -> None:
        low, high = self._frame.window if self._frame is not None else (0.0, 0.0)
        on_width = (positions * boxes.width).astype(np.float32)
        canvas.fill_style = palette.OFF
        canvas.fill_rects(boxes.left, boxes.top, boxes.width, boxes.height)
        canvas.fill_style = palette.ON
        canvas.fill_rects(boxes.left, boxes.top, on_width, boxes.height)
        # The window's edges on the track, in light and dark, so that they are visible on both colours.
        for shift, colour in ((0.0, "#ffffffb0"), (1.0, "#0d1b2eb0")):
            canvas.fill_style = colour
            for edge in (low, high):
                canvas.fill_rects(boxes.left + edge * boxes.width + shift, boxes.top, 1.0, boxes.height)
        thick = max(2.0, min(boxes.width / 40, 6.0))
        canvas.fill_style = palette.WALL
        walls = boxes.left + np.clip(on_width - thick / 2, 0, boxes.width - thick).astype(np.float32)
        canvas.fill_rects(walls, boxes.top, thick, boxes.height)
        moving = np.flatnonzero(directions)
        if len(moving):
            size = min(boxes.height * 0.34, 12.0)
            middle = boxes.top[moving] + boxes.height / 2
            ahead = walls[moving] + thick / 2 + directions[moving] * (thick / 2 + 2)
            triangles = chevrons(ahead, middle, directions[moving], size)
            canvas.fill_polygons(triangles)
