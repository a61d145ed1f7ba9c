"""Charts as inline SVG, without scripts or other files.

Measured points are filled discs with error bars and a line, released ones open diamonds, printed ones crosses. Colours
are Okabe and Ito's, which colour-blind people can distinguish; shapes carry the same information.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from math import isfinite
from typing import Final

from dwmtj_widgets.charts import COLOURS, HEIGHT, LEFT, LEGEND_LINE, WIDTH, Plane, axes
from dwmtj_widgets.paper.findings import Chart, Series

_COLUMNS: Final = 2
_DODGE: Final = 3.4


class _Frame(Plane):
    """The plane of a chart, in which series may be shifted against each other."""

    def __init__(self, chart: Chart) -> None:
        x = [v for series in chart.series for v in series.x]
        y = [v for s in chart.series for row in (s.y, s.low or (), s.high or ()) for v in row if isfinite(v)]
        super().__init__((min(x), max(x)), (0.0 if chart.zero else min(y), max(y)), margin=0.03)
        self.colours = 1 + max(series.colour for series in chart.series) if chart.dodge else 0

    def aside(self, colour: int) -> float:
        """Return the horizontal shift of a series of this colour."""
        return _DODGE * (colour - (self.colours - 1) / 2) if self.colours else 0.0


def chart_svg(chart: Chart) -> str:
    """Return a chart as an SVG element."""
    frame = _Frame(chart)
    lines = -(-len(chart.series) // _COLUMNS)
    height = HEIGHT + lines * LEGEND_LINE + 6
    parts = [
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(chart.title)}">',
        *axes(frame, chart.x_label, chart.y_label),
        *(part for series in chart.series for part in _series(series, frame)),
        *_legend(chart.series),
        "</svg>",
    ]
    return "\n".join(parts)


def _series(series: Series, frame: _Frame) -> Iterator[str]:
    colour = COLOURS[series.colour % len(COLOURS)]
    aside = frame.aside(series.colour)
    places = [
        (frame.x(x) + aside, frame.y(y)) for x, y in zip(series.x, series.y, strict=True) if isfinite(y)
    ]
    values = [(x, y) for x, y in zip(series.x, series.y, strict=True) if isfinite(y)]
    yield f'<g stroke="{colour}" fill="{colour}">'
    if series.kind in ("ours", "limit") and len(places) > 1:
        path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
        dash = ' stroke-dasharray="5 4"' if series.kind == "limit" else ""
        yield f'<path d="{path}" fill="none" stroke-width="1.3"{dash}/>'
    if series.low is not None and series.high is not None:
        for x, low, high in zip(series.x, series.low, series.high, strict=True):
            yield _error_bar(frame.x(x) + aside, frame.y(low), frame.y(high))
    for (x, y), value in zip(places, values, strict=True):
        tip = f"{series.name}: {value[0]:g}, {value[1]:.5g}"
        yield f"<g>{_mark(series.kind, x, y)}<title>{escape(tip)}</title></g>"
    yield "</g>"


def _error_bar(x: float, low: float, high: float) -> str:
    return f'<path d="M{x:.1f} {low:.1f}V{high:.1f}M{x - 3:.1f} {low:.1f}h6M{x - 3:.1f} {high:.1f}h6" fill="none"/>'


def _mark(kind: str, x: float, y: float) -> str:
    if kind == "released":
        return (
            f'<path d="M{x:.1f} {y - 5.5:.1f}l5.5 5.5l-5.5 5.5l-5.5 -5.5z" fill="none" stroke-width="1.4"/>'
        )
    if kind == "printed":
        return f'<path d="M{x - 4:.1f} {y - 4:.1f}l8 8m0 -8l-8 8" fill="none" stroke-width="1.4"/>'
    if kind == "limit":
        return f'<rect x="{x - 2.5:.1f}" y="{y - 2.5:.1f}" width="5" height="5"/>'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3"/>'


def _legend(series: Sequence[Series]) -> Iterator[str]:
    lines = -(-len(series) // _COLUMNS)
    for index, entry in enumerate(series):
        x = LEFT + 14 + (index // lines) * (WIDTH - LEFT) / _COLUMNS
        y = HEIGHT + 6 + (index % lines) * LEGEND_LINE
        colour = COLOURS[entry.colour % len(COLOURS)]
        line = f'<path d="M{x - 13:.1f} {y:.1f}h26"/>' if entry.kind in ("ours", "limit") else ""
        yield f'<g stroke="{colour}" fill="{colour}">{line}{_mark(entry.kind, x, y)}</g>'
        yield f'<text x="{x + 20:.1f}" y="{y + 4:.1f}">{escape(entry.name)}</text>'
