"""Style sheets of labs and lessons as widgets, so that they work in JupyterLab too."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ipywidgets import HTML

from dwmtj_widgets.widgets.style import css, sheet, style_carrier

_STATIC: Final = Path(__file__).parents[1] / "static"

# Later sheets override earlier ones.
_LAB: Final = (
    "page",
    "controls",
    "readings",
    "network_lab",
    "trials",
    "statistics",
    "signal",
    "recognition",
    "explorer",
    "explorer_run",
    "phone",
)
_LESSON: Final = ("lesson", "lesson_controls", "lesson_bench")


def style_sheet() -> HTML:
    """Return an invisible widget with the labs' style sheet."""
    return style_carrier("\n".join((css("parts"), _sheets(_LAB), sheet("access"))))


def lesson_sheet() -> HTML:
    """Return an invisible widget with the style sheet of the lessons' parts."""
    return style_carrier("\n".join((css(), _sheets(_LESSON), sheet("access"))))


def _sheets(names: tuple[str, ...]) -> str:
    return "\n".join((_STATIC / f"{name}.css").read_text(encoding="utf-8") for name in names)
