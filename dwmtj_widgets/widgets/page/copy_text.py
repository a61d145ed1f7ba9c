"""Lines of text with a button that copies them."""

from __future__ import annotations

import anywidget
import traitlets

from dwmtj_widgets.texts import tr
from dwmtj_widgets.widgets.style import css, script


class CopyText(anywidget.AnyWidget):
    """A text that can be selected but not changed, and a button that copies it.

    Attributes
    ----------
    text : str
        The lines.
    action : str
        Label of the button.
    """

    _esm = script("copy_text")
    _css = css("parts", "copy_text")

    text = traitlets.Unicode("").tag(sync=True)
    action = traitlets.Unicode(tr("Copy")).tag(sync=True)
