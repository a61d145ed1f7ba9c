"""Charts as SVG, to stand inside a page: no script, no file beside it.

What was measured here is a filled disc with an error bar and a line, what was released an open diamond, what was
printed a cross. Colours are Okabe and Ito's, which the colour-blind tell apart; shapes say the same without colour.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from math import ceil, floor, isfinite, log10
from typing import Final

from dwmtj_widgets.paper.findings import Chart, Series

COLOURS: Final = ("#0072b2", "#d55e00", "#009e73", "#b5609a")
WIDTH: Final = 620
HEIGHT: Final = 380
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 14, 12, 52
_LEGEND_LINE: Final = 19
_COLUMNS: Final = 2
_DODGE: Final = 3.4


def ticks(low: float, high: float, wanted: int = 6) -> list[float]:
    """Return round numbers that span a range, at most about `wanted` of them."""
    span = high - low if high > low else max(abs(high), 1.0)
    raw = span / wanted
    power = 10.0 ** floor(log10(raw))
    step = next(factor for factor in (1.0, 2.0, 5.0, 10.0) if factor * power >= raw * 0.999) * power
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(step * k, 12) for k in range(first, max(last, first + 1) + 1)]


class _Frame:
    """The plane of a chart: where a pair of values lies on the page."""

    def __init__(self, chart: Chart) -> None:
        x = [v for series in chart.series for v in series.x]
        y = [v for s in chart.series for row in (s.y, s.low or (), s.high or ()) for v in row if isfinite(v)]
        self.x_ticks = ticks(min(x), max(x), 8)
        self.y_ticks = ticks(0.0 if chart.zero else min(y), max(y))
        self.colours = 1 + max(series.colour for series in chart.series) if chart.dodge else 0
        margin = 0.03 * (max(x) - min(x)) or 1.0
        self.x_range = (min(x) - margin, max(x) + margin)
        self.y_range = (self.y_ticks[0], self.y_ticks[-1])

    def x(self, value: float) -> float:
        low, high = self.x_range
        return _LEFT + (value - low) / (high - low) * (WIDTH - _LEFT - _RIGHT)

    def aside(self, colour: int) -> float:
        """Return by how much a series of this colour stands aside."""
        return _DODGE * (colour - (self.colours - 1) / 2) if self.colours else 0.0

    def y(self, value: float) -> float:
        low, high = self.y_range
        return HEIGHT - _BOTTOM - (value - low) / (high - low) * (HEIGHT - _TOP - _BOTTOM)


def chart_svg(chart: Chart) -> str:
    """Return a chart as an SVG element."""
    frame = _Frame(chart)
    lines = -(-len(chart.series) // _COLUMNS)
    height = HEIGHT + lines * _LEGEND_LINE + 6
    parts = [
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(chart.title)}">',
        *_axes(chart, frame),
        *(part for series in chart.series for part in _series(series, frame)),
        *_legend(chart.series),
        "</svg>",
    ]
    return "\n".join(parts)


def _axes(chart: Chart, frame: _Frame) -> Iterator[str]:
    bottom, right = HEIGHT - _BOTTOM, WIDTH - _RIGHT
    for value in frame.y_ticks:
        y = frame.y(value)
        yield f'<path class="grid" d="M{_LEFT} {y:.1f}H{right}"/>'
        yield f'<text x="{_LEFT - 7}" y="{y + 4:.1f}" text-anchor="end">{value:g}</text>'
    for value in frame.x_ticks:
        if frame.x_range[0] <= value <= frame.x_range[1]:
            x = frame.x(value)
            yield f'<path class="axis" d="M{x:.1f} {bottom}v5"/>'
            yield f'<text x="{x:.1f}" y="{bottom + 19}" text-anchor="middle">{value:g}</text>'
    yield f'<path class="axis" d="M{_LEFT} {_TOP}V{bottom}H{right}"/>'
    middle = (_TOP + bottom) / 2
    yield f'<text x="{(_LEFT + right) / 2:.0f}" y="{bottom + 40}" text-anchor="middle">{escape(chart.x_label)}</text>'
    yield (
        f'<text transform="translate(16 {middle:.0f}) rotate(-90)" text-anchor="middle">{escape(chart.y_label)}</text>'
    )


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
        x = _LEFT + 14 + (index // lines) * (WIDTH - _LEFT) / _COLUMNS
        y = HEIGHT + 6 + (index % lines) * _LEGEND_LINE
        colour = COLOURS[entry.colour % len(COLOURS)]
        line = f'<path d="M{x - 13:.1f} {y:.1f}h26"/>' if entry.kind in ("ours", "limit") else ""
        yield f'<g stroke="{colour}" fill="{colour}">{line}{_mark(entry.kind, x, y)}</g>'
        yield f'<text x="{x + 20:.1f}" y="{y + 4:.1f}">{escape(entry.name)}</text>'
