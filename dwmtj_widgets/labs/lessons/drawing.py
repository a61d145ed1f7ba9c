"""SVG drawings of tracks: ON and OFF side, the wall between, the junction above, and arrows of the forces."""

from __future__ import annotations

from html import escape
from typing import Final

from dwmtj_widgets.widgets import palette

WIDTH: Final = 520
LEFT: Final = 12
TRACK: Final = WIDTH - 2 * LEFT
"""Length of a track in the drawing's units."""
_WALL: Final = 6

PUSHED: Final = palette.themed(palette.SERIES[1])
"""Colour of a current's arrow."""
RETURNS: Final = palette.themed(palette.SERIES[0])
"""Colour of a leak's arrow."""


def along(position: float) -> float:
    """Return the horizontal position of x/L in the drawing."""
    return LEFT + position * TRACK


def picture(height: int, label: str, *parts: str) -> str:
    """Return parts as one picture with an accessible name."""
    return (
        f'<svg class="dwmtj-drawing" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(label)}">'
        f"{''.join(parts)}</svg>"
    )


def track(top: float, height: float, position: float, window: tuple[float, float]) -> str:
    """Return a track: ON left of the wall, OFF right of it; the window of the junction is dashed."""
    wall = min(max(along(position) - _WALL / 2, LEFT), LEFT + TRACK - _WALL)
    low, high = (along(edge) for edge in window)
    edges = "".join(
        f'<path d="M{x:.1f} {top}v{height}" stroke="#fff" stroke-opacity=".75" stroke-dasharray="3 3"/>'
        for x in (low, high)
    )
    return (
        f'<rect x="{LEFT}" y="{top}" width="{TRACK}" height="{height}" fill="{palette.OFF}"/>'
        f'<rect x="{LEFT}" y="{top}" width="{max(along(position) - LEFT, 0.0):.1f}" height="{height}" '
        f'fill="{palette.ON}"/>{edges}'
        f'<rect class="wall" x="{wall:.1f}" y="{top - 3}" width="{_WALL}" height="{height + 6}" rx="1.5" '
        f'fill="{palette.WALL}" stroke="{palette.GAP}" stroke-width="1.5"/>'
    )


def junction(bottom: float, window: tuple[float, float], share: float) -> str:
    """Return the junction over a track: fixed layer, barrier, free layer.

    The arrow of the fixed layer points right, that of the free layer in the direction given by the ON `share` of the
    junction.
    """
    low, high = (along(edge) for edge in window)
    middle, width = (low + high) / 2, high - low
    on_width = width * share
    layers = (
        f'<rect x="{low:.1f}" y="{bottom - 50}" width="{width:.1f}" height="19" fill="{palette.WINDOW}"/>'
        f'<rect x="{low:.1f}" y="{bottom - 31}" width="{width:.1f}" height="5" fill="#fff" stroke="#8595a8"/>'
        f'<rect x="{low:.1f}" y="{bottom - 26}" width="{width:.1f}" height="19" fill="{palette.OFF}"/>'
        f'<rect x="{low:.1f}" y="{bottom - 26}" width="{on_width:.1f}" height="19" fill="{palette.ON}"/>'
    )
    free = arrow(middle, bottom - 16.5, 34 if share >= 0.5 else -34, "#fff" if share < 0.5 else palette.INK)
    return layers + arrow(middle, bottom - 40.5, 34, palette.INK) + free


def arrow(middle: float, y: float, length: float, colour: str, width: float = 2.0) -> str:
    """Return a horizontal arrow centred on a point; a negative length points left, one near zero is a dot."""
    if abs(length) < 4.0:
        return f'<circle cx="{middle:.1f}" cy="{y:.1f}" r="2" fill="{colour}"/>'
    way = 1 if length > 0 else -1
    tail, tip = middle - length / 2, middle + length / 2
    return (
        f'<path d="M{tail:.1f} {y:.1f}H{tip - 5 * way:.1f}" stroke="{colour}" stroke-width="{width}"/>'
        f'<path d="M{tip:.1f} {y:.1f}l{-8 * way} -4.5v9z" fill="{colour}"/>'
    )


def words(
    x: float, y: float, text: str, *, anchor: str = "start", bold: bool = False, faint: bool = False
) -> str:
    """Return a line of text."""
    weight = ' font-weight="650"' if bold else ""
    colour = palette.themed(palette.FAINT if faint else palette.INK)
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}"{weight}>{escape(text)}</text>'
    )


def on_share(position: float, window: tuple[float, float]) -> float:
    """Return the share of the junction's window that lies left of the wall."""
    low, high = window
    return min(max((position - low) / (high - low), 0.0), 1.0)
