"""Scripts and style sheets of views, and the sheets of labs as a widget, so that they are in JupyterLab too."""

from __future__ import annotations

import json
from pathlib import Path

from ipywidgets import HTML, Layout

from dwmtj_widgets.texts import texts_of

_STATIC = Path(__file__).parent / "static"

# Later sheets may change what earlier ones say.
_LAB = (
    "parts",
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
    "access",
)
_LESSON = ("lesson", "lesson_controls", "lesson_bench", "access")


def css(*names: str) -> str:
    """Return the colours and these sheets as one text."""
    return "\n".join(_read(f"{name}.css") for name in ("colours", *names))


def script(name: str) -> str:
    """Return a bundle of `js` as one module, with its texts in the language of this process."""
    bundle = _read(f"bundles/{name}.js")
    return f"const TEXTS = {json.dumps(texts_of(bundle), ensure_ascii=False)};\n{bundle}"


def style_sheet() -> HTML:
    """Return a widget without extent that carries the labs' style sheet."""
    return _carrier(css(*_LAB))


def lesson_sheet() -> HTML:
    """Return a widget without extent that carries the style sheet of the lessons' parts."""
    return _carrier(css(*_LESSON))


def without_extent() -> Layout:
    """Return the layout of a widget that is on a page for its script or its style alone."""
    return Layout(width="0", height="0", margin="0", overflow="hidden")


def _carrier(text: str) -> HTML:
    return HTML(f"<style>{text}</style>", layout=without_extent())


def _read(file: str) -> str:
    return (_STATIC / file).read_text(encoding="utf-8")
