"""Scripts and style sheets of views."""

from __future__ import annotations

import json
from pathlib import Path

from ipywidgets import HTML, Layout

from dwmtj_widgets.texts import texts_of

_STATIC = Path(__file__).parent / "static"


def css(*names: str) -> str:
    """Return the colours and the given sheets of views as one text."""
    return "\n".join(map(sheet, ("colours", *names)))


def sheet(name: str) -> str:
    """Return one style sheet of views."""
    return _read(f"{name}.css")


def script(name: str) -> str:
    """Return a bundle of `js` as one module, with its texts in this process's language."""
    bundle = _read(f"bundles/{name}.js")
    return f"const TEXTS = {json.dumps(texts_of(bundle), ensure_ascii=False)};\n{bundle}"


def without_extent() -> Layout:
    """Return the layout of a widget that only brings a script or a style to the page."""
    return Layout(width="0", height="0", margin="0", overflow="hidden")


def style_carrier(css: str) -> HTML:
    """Return an invisible widget that styles its page."""
    return HTML(f"<style>{css}</style>", layout=without_extent())


def _read(file: str) -> str:
    return (_STATIC / file).read_text(encoding="utf-8")
