"""The colours of every view, safe for the common kinds of colour blindness: blue against amber, light against dark."""

from __future__ import annotations

from typing import Final

ON: Final = "#f4b13d"
OFF: Final = "#244a78"
WALL: Final = "#ffffff"
GAP: Final = "#0d1b2e"
WINDOW: Final = "#b9c6d8"
INK: Final = "#1b2733"
FAINT: Final = "#5b6b7d"
FOCUS: Final = "#d6336c"

# Lines of a chart differ in lightness as well as in hue.
SERIES: Final = ("#0b5fa5", "#c05a00", "#1f8a4c", "#8a3fa0", "#555555", "#b01e4b", "#00828a", "#7a6a00")
EARLIER: Final = "#9aa7b5"


def themed(colour: str) -> str:
    """Return a colour of this palette, ``#rrggbb``, as CSS with another value in the dark theme (colours.css)."""
    return f"var(--dwmtj-{colour[1:]}, {colour})"


def blend(share: float, off: str = OFF, on: str = ON) -> str:
    """Return the colour `share` of the way from `off` to `on`, both ``#rrggbb``."""
    pairs = [(int(off[k : k + 2], 16), int(on[k : k + 2], 16)) for k in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
