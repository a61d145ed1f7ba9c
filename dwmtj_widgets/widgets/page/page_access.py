"""What a page of ours needs beyond ipywidgets: names and keys, its kernel's end, and whether it is still shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar, Final
from weakref import WeakSet

import anywidget
from ipywidgets import Widget

from dwmtj_widgets.widgets.style import script, without_extent

MOST_VIEWS: Final = 100
"""Views at one time; what claims to be more is no page of ours."""


class PageAccess(anywidget.AnyWidget):
    """Has no extent; must be on the page. Gives all controls there what they need without sight or mouse.

    ipywidgets (8.1) gives the handle of a slider no name and, where its scale is a logarithm, the exponent as its
    value; a fold opens by mouse alone; FloatText and the like name their inputs, but a read-out beside a slider has
    no name either. What is typed there and cannot be taken is changed without a word. Python cannot reach these
    elements.

    In JupyterLab and Notebook it also keeps the keys that are pressed in the lab from the notebook, and everywhere it
    says when the kernel has ended. Python learns from it by how many views the page is shown.
    """

    _all: ClassVar[WeakSet[PageAccess]] = WeakSet()
    _esm = script("page_access")

    def __init__(self, **traits: Any) -> None:
        super().__init__(**{"layout": without_extent(), **traits})
        self.add_class("dwmtj-page-access")
        self._views: set[str] = set()
        self._answers: set[str] = set()
        self._unseen: list[Callable[[], None]] = []
        self.on_msg(self._receive)
        self._all.add(self)

    @classmethod
    def announce_closing(cls, widgets: Iterable[Widget]) -> None:
        """Have the pages let widgets go that are about to be closed; without it JupyterLab keeps their views.

        All that live are asked: which of them a page still has, or has by now, is known too late.
        """
        models = [widget.model_id for widget in widgets if widget.comm is not None]
        for access in list(cls._all):
            if access.comm is not None:
                access.send({"type": "closing", "models": models})

    @property
    def is_shown(self) -> bool:
        """Whether there is a view, as far as is known: one that was reloaded or lost does not say so."""
        return bool(self._views)

    def on_unseen(self, callback: Callable[[], None]) -> None:
        """Call ``callback()`` when the last view was taken away."""
        self._unseen.append(callback)

    def ask_views(self) -> None:
        """Have the views report that are still there."""
        self._answers.clear()
        self.send({"type": "ask"})

    def keep_answered(self) -> None:
        """Forget the views that have not answered since they were asked."""
        self._views &= self._answers

    def _receive(self, _widget: Any, content: Any, _buffers: Any) -> None:
        kind = content.get("type") if isinstance(content, dict) else None
        view = content.get("view") if kind else None
        if not isinstance(view, str):
            return
        if kind in ("view", "here") and len(self._views | self._answers) < MOST_VIEWS:
            self._views.add(view)
            self._answers.add(view)
        elif kind == "gone":
            self._views.discard(view)
            self._answers.discard(view)
            if not self._views:
                for callback in self._unseen:
                    callback()
