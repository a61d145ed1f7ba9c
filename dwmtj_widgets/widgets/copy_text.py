"""Lines of text to take away: shown, and copied by a button."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets

_STATIC = Path(__file__).parent / "static"


class CopyText(anywidget.AnyWidget):
    """A text that can be selected but not changed, and a button that copies it.

    Attributes
    ----------
    text : str
        The lines.
    action : str
        What the button says.
    """

    _esm = _STATIC / "copy_text.js"
    _css = _STATIC / "copy_text.css"

    text = traitlets.Unicode("").tag(sync=True)
    action = traitlets.Unicode("Copy").tag(sync=True)
