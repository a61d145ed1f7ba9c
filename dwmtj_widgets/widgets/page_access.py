"""Names and keys that ipywidgets' own controls lack."""

from __future__ import annotations

from typing import Any

import anywidget

from dwmtj_widgets.widgets.style import script, without_extent


class PageAccess(anywidget.AnyWidget):
    """Has no extent; has to be on the page. Gives all controls there what they need without sight or mouse.

    ipywidgets (8.1) gives the handle of a slider no name and, where its scale is a logarithm, the exponent as its
    value; a fold opens by mouse alone; FloatText and the like name their inputs, but a read-out beside a slider has
    no name either. Python cannot reach these elements.
    """

    _esm = script("page_access")

    def __init__(self, **traits: Any) -> None:
        super().__init__(**{"layout": without_extent(), **traits})
        self.add_class("dwmtj-page-access")
