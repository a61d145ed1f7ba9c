"""The style sheet of the labs, as a widget, so that it is there in JupyterLab as well as in Voila."""

from __future__ import annotations

from pathlib import Path

from ipywidgets import HTML, Layout

_STATIC = Path(__file__).parent / "static"


def style_sheet() -> HTML:
    """Return a widget without extent that carries the labs' style sheet."""
    css = (_STATIC / "lab.css").read_text(encoding="utf-8")
    return HTML(f"<style>{css}</style>", layout=Layout(height="0", width="0", margin="0", overflow="hidden"))
