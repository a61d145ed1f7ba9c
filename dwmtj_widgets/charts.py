"""Charts of pages as SVG: a plane with round ticks and axes, and charts of many curves.

They need no script and no other file. Colours are Okabe and Ito's, which the colour-blind can tell apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

COLOURS: Final = ("#0072b2", "#d55e00", "#009e73", "#b5609a")
INK: Final = "#1d232b"
WIDTH: Final = 620
HEIGHT: Final = 380
LEFT: Final = 64
LEGEND_LINE: Final = 19
_RIGHT, _TOP, _BOTTOM = 14, 12, 52
_ROUGHNESS: Final = 0.1
"""Largest deviation of a drawn curve from its data in pixels."""


def ticks(low: float, high: float, wanted: int = 6) -> list[float]:
    """Return about `wanted` round numbers that span a range."""
    span = high - low if high > low else max(abs(high), 1.0)
    raw = span / wanted
    power = 10.0 ** floor(log10(raw))
    step = next(factor for factor in (1.0, 2.0, 5.0, 10.0) if factor * power >= raw * 0.999) * power
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(step * k, 12) for k in range(first, max(last, first + 1) + 1)]


class Plane:
    """The plane of a chart: it maps pairs of values to pixels.

    Parameters
    ----------
    x, y : (float, float)
        Least and greatest visible value.
    margin : float
        Free share of the width on both sides.
    """

    def __init__(self, x: tuple[float, float], y: tuple[float, float], margin: float = 0.0) -> None:
        aside = margin * (x[1] - x[0]) or float(x[0] == x[1])
        self.x_ticks, self.y_ticks = ticks(*x, 8), ticks(*y)
        self.x_range = (x[0] - aside, x[1] + aside)
        self.y_range = (self.y_ticks[0], self.y_ticks[-1])

    def x(self, value: float) -> float:
        """Return the horizontal position of a value in pixels."""
        low, high = self.x_range
        return LEFT + (value - low) / (high - low) * (WIDTH - LEFT - _RIGHT)

    def y(self, value: float) -> float:
        """Return the vertical position of a value in pixels."""
        low, high = self.y_range
        return HEIGHT - _BOTTOM - (value - low) / (high - low) * (HEIGHT - _TOP - _BOTTOM)


def axes(plane: Plane, x_label: str, y_label: str) -> Iterator[str]:
    """Yield grid, ticks, axes and their names as SVG."""
    bottom, right = HEIGHT - _BOTTOM, WIDTH - _RIGHT
    for value in plane.y_ticks:
        y = plane.y(value)
        yield f'<path class="grid" d="M{LEFT} {y:.1f}H{right}"/>'
        yield f'<text x="{LEFT - 7}" y="{y + 4:.1f}" text-anchor="end">{value:g}</text>'
    for value in plane.x_ticks:
        # A transient begins a little after zero, but its axis starts at zero.
        if LEFT - 1.0 <= plane.x(value) <= right + 1.0:
            x = plane.x(value)
            yield f'<path class="axis" d="M{x:.1f} {bottom}v5"/>'
            yield f'<text x="{x:.1f}" y="{bottom + 19}" text-anchor="middle">{value:g}</text>'
    yield f'<path class="axis" d="M{LEFT} {_TOP}V{bottom}H{right}"/>'
    middle = (_TOP + bottom) / 2
    yield f'<text x="{(LEFT + right) / 2:.0f}" y="{bottom + 40}" text-anchor="middle">{escape(x_label)}</text>'
    yield f'<text transform="translate(16 {middle:.0f}) rotate(-90)" text-anchor="middle">{escape(y_label)}</text>'


@dataclass(frozen=True)
class Curve:
    """One curve of a chart, in display units."""

    name: str
    """Text of the tooltip."""
    x: NDArray[np.float64]
    """(T,) ascending."""
    y: NDArray[np.float64]
    """(T,); the curve is broken where it is nan."""
    style: Literal["broad", "fine", "limit"] = "fine"
    """"broad" is pale, for a dark "fine" curve over it; "limit" is dashed."""
    colour: str = INK


@dataclass(frozen=True)
class CurveChart:
    """A chart of curves with its axes' names, units included."""

    title: str
    x_label: str
    y_label: str
    curves: Sequence[Curve]
    legend: Sequence[Curve] = ()
    """One curve of each kind, whose name is the text."""


_STROKES: Final = {
    "broad": 'stroke-width="5" stroke-opacity=".4" stroke-linejoin="round"',
    "fine": 'stroke-width="1.2" stroke-linejoin="round"',
    "limit": 'stroke-width="1.2" stroke-dasharray="5 4"',
}


def curve_chart_svg(chart: CurveChart) -> str:
    """Return a chart of curves as an SVG element."""
    x = [float(value) for curve in chart.curves for value in (curve.x[0], curve.x[-1])]
    y = [float(value) for curve in chart.curves for value in (np.nanmin(curve.y), np.nanmax(curve.y))]
    plane = Plane((min(x), max(x)), (min(y), max(y)))
    height = HEIGHT + (LEGEND_LINE + 6 if chart.legend else 0)
    return "\n".join(
        [
            f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(chart.title)}">',
            *axes(plane, chart.x_label, chart.y_label),
            *(_curve(curve, plane) for curve in chart.curves),
            *_legend(chart.legend),
            "</svg>",
        ]
    )


def _curve(curve: Curve, plane: Plane) -> str:
    path = "M".join(_line(piece) for piece in _pieces(curve, plane))
    tip = f"<title>{escape(curve.name)}</title>"
    return f'<path d="M{path}" fill="none" stroke="{curve.colour}" {_STROKES[curve.style]}>{tip}</path>'


def _pieces(curve: Curve, plane: Plane) -> Iterator[NDArray[np.float64]]:
    """Yield the pieces of a curve between its gaps, each as points of shape (T, 2) in pixels."""
    places = np.array([[plane.x(x), plane.y(y)] for x, y in zip(curve.x, curve.y, strict=True)])
    there = np.isfinite(curve.y)
    for piece in np.split(np.arange(len(there)), np.flatnonzero(np.diff(there)) + 1):
        if there[piece[0]]:
            yield places[piece]


def _line(places: NDArray[np.float64]) -> str:
    return "L".join(f"{x:.1f} {y:.1f}" for x, y in places[_needed(places)])


def _needed(places: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return the points of a polyline, shape (T, 2), that must be drawn (Douglas and Peucker's rule)."""
    kept = np.zeros(len(places), dtype=bool)
    kept[[0, -1]] = True
    open_pieces = [(0, len(places) - 1)]
    while open_pieces:
        first, last = open_pieces.pop()
        if last - first < 2:
            continue
        inside, start, end = places[first + 1 : last], places[first], places[last]
        share = (inside[:, 0] - start[0]) / ((end[0] - start[0]) or 1.0)
        away = np.abs(inside[:, 1] - start[1] - share * (end[1] - start[1]))
        if away.max() > _ROUGHNESS:
            middle = first + 1 + int(away.argmax())
            kept[middle] = True
            open_pieces += [(first, middle), (middle, last)]
    return np.flatnonzero(kept)


def _legend(kinds: Sequence[Curve]) -> Iterator[str]:
    for index, curve in enumerate(kinds):
        x, y = LEFT + 2 + index * (WIDTH - LEFT) / max(len(kinds), 2), HEIGHT + 6
        yield f'<path d="M{x:.1f} {y}h26" fill="none" stroke="{curve.colour}" {_STROKES[curve.style]}/>'
        yield f'<text x="{x + 33:.1f}" y="{y + 4}">{escape(curve.name)}</text>'
