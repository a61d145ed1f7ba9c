"""A chart of curves with intervals that can be pointed at: measured points, reference lines, a region, a histogram.

It knows numbers, names and colours, but not their meaning. Curves differ in the shape of their points and in a name at
the end of their line as well as in colour. Points are reached by mouse, finger and arrow keys.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from math import floor, isfinite, log10
from typing import Any, Final, Literal

import anywidget
import traitlets

from dwmtj_widgets.texts import tr
from dwmtj_widgets.widgets.style import css, script

MOST_POINTS: Final = 200
MARKERS: Final = ("circle", "square", "triangle", "diamond", "nabla", "cross", "plus", "star")

Dash = Literal["solid", "dashed", "dotted"]


@dataclass(frozen=True)
class Curve:
    """Points joined by a line, in display units."""

    name: str
    """Name in the tooltip."""
    x: Sequence[float]
    y: Sequence[float]
    colour: str
    low: Sequence[float] = ()
    """Lower ends of the intervals; nan where there is none."""
    high: Sequence[float] = ()
    notes: Sequence[str] = ()
    """Additional text of each point in the tooltip."""
    label: str = ""
    """Text at the end of the line."""
    dash: Dash = "solid"
    marker: str = ""
    """One of `MARKERS`, or none."""
    width: float = 2.0
    fill: bool = False
    """Whether to tint the area below."""
    live: bool = True
    """Whether its points respond to the pointer."""


@dataclass(frozen=True)
class Mark:
    """A vertical line for comparison, dashed by default."""

    x: float
    colour: str
    label: str = ""
    dash: Dash = "dashed"


@dataclass(frozen=True)
class Region:
    """A tinted part of the horizontal axis."""

    low: float
    high: float
    label: str = ""


@dataclass(frozen=True)
class Scale:
    """An axis: its name with unit, its range, and whether it is logarithmic."""

    label: str
    low: float
    high: float
    unit: str = ""
    """Unit after numbers in the tooltip."""
    log: bool = False
    symbol: str = ""
    """Name of the quantity in the tooltip."""


class CurvePlot(anywidget.AnyWidget):
    """Curves in a box as wide as the page allows.

    Attributes
    ----------
    label : str
        Accessible name.
    height : int
        CSS pixels; 0 to fill the place in the page.
    selected : list of int
        Curve and point that are ringed, [-1, -1] for none.
    """

    _esm = script("curve_plot")
    _css = css("parts", "curve_plot")

    label = traitlets.Unicode(tr("Chart")).tag(sync=True)
    height = traitlets.Int(300, min=0, max=2000).tag(sync=True)
    selected = traitlets.List(traitlets.Int(), [-1, -1]).tag(sync=True)
    _chart = traitlets.Dict().tag(sync=True, echo_update=False)

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self._callbacks: list[Callable[[int, int], None]] = []
        self._counts: tuple[int, ...] = ()
        self.on_msg(self._receive)

    def show(
        self,
        x: Scale,
        y: Scale,
        curves: Sequence[Curve] = (),
        *,
        marks: Sequence[Mark] = (),
        regions: Sequence[Region] = (),
        message: str = "",
        dodge: bool = False,
    ) -> None:
        """Show curves; `message` is shown in the middle if there are none.

        With `dodge` curves with intervals are shifted by a pixel or two.

        Raises
        ------
        ValueError
            If a range is empty, or a curve has too many points or columns of different lengths.
        """
        for scale in (x, y):
            if not scale.low < scale.high or (scale.log and scale.low <= 0.0):
                msg = f"The axis {scale.label!r} reaches from {scale.low:g} to {scale.high:g}; that is no range."
                raise ValueError(msg)
        for curve in curves:
            _check(curve)
        self._counts = tuple(len(curve.x) if curve.live else 0 for curve in curves)
        self._chart = {
            "x": asdict(x),
            "y": asdict(y),
            "curves": [_packed(curve) for curve in curves],
            "marks": [asdict(mark) for mark in marks],
            "regions": [asdict(region) for region in regions],
            "message": message,
            "dodge": dodge,
        }

    def on_pick(self, callback: Callable[[int, int], None]) -> None:
        """Call ``callback(curve, point)`` when a person clicks a point, or presses Enter on it."""
        self._callbacks.append(callback)

    def _receive(self, _widget: Any, content: Any, _buffers: Any) -> None:
        if not isinstance(content, dict) or content.get("type") != "pick":
            return
        curve, point = content.get("curve"), content.get("point")
        if not (type(curve) is int and type(point) is int):
            return
        if 0 <= curve < len(self._counts) and 0 <= point < self._counts[curve]:
            for callback in self._callbacks:
                callback(curve, point)


def _check(curve: Curve) -> None:
    lengths = {len(curve.x), len(curve.y), *(len(c) for c in (curve.low, curve.high, curve.notes) if len(c))}
    if len(lengths) > 1:
        msg = f"The curve {curve.name!r} has columns of {sorted(lengths)} points; they must be equal."
        raise ValueError(msg)
    if len(curve.x) > MOST_POINTS:
        msg = f"The curve {curve.name!r} has {len(curve.x)} points; {MOST_POINTS} is the most."
        raise ValueError(msg)


def _packed(curve: Curve) -> dict[str, Any]:
    """Return a curve for the page: short numbers, and None for nan, which JSON does not have."""
    columns = {name: [_short(v) for v in getattr(curve, name)] for name in ("x", "y", "low", "high")}
    return {**vars(curve), **columns, "notes": list(curve.notes)}


def _short(value: float) -> float | None:
    return float(f"{value:.6g}") if isfinite(value) else None


def round_above(value: float) -> float:
    """Return a round number a little above a positive value, 1 for others."""
    if not isfinite(value) or value <= 0.0:
        return 1.0
    power = 10.0 ** floor(log10(value))
    return next(
        step * power for step in (1.2, 1.6, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 12.0) if value <= step * power
    )
