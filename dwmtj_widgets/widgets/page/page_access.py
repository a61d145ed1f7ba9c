"""Additions to ipywidgets for our pages: names and keys, notice of the kernel's end, and the number of views."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar, Final
from weakref import WeakSet

import anywidget
from ipywidgets import Widget

from dwmtj_widgets.widgets.style import script, without_extent

MOST_VIEWS: Final = 100
"""Most views at one time; our pages never have more."""


class PageAccess(anywidget.AnyWidget):
    """Invisible; must be on the page. Makes all controls there usable without sight or mouse.

    In ipywidgets (8.1) the handle of a slider has no name and, on a logarithmic scale, the exponent as its value; a
    fold opens only by mouse; FloatText and the like have names, but a read-out beside a slider has none. Illegal
    entries there are changed silently. Python cannot reach these elements.

    In JupyterLab and Notebook it also keeps keys pressed in the lab from the notebook. Everywhere it reports the
    kernel's end, and tells Python the number of views.
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
        """Let all pages drop the widgets that are about to be closed; otherwise JupyterLab keeps their views.

        All living pages get the message, because it is not known in time which of them have the widgets.
        """
        models = [widget.model_id for widget in widgets if widget.comm is not None]
        for access in list(cls._all):
            if access.comm is not None:
                access.send({"type": "closing", "models": models})

    @property
    def is_shown(self) -> bool:
        """Whether there is a view, as far as is known: reloaded or lost views do not report it."""
        return bool(self._views)

    def on_unseen(self, callback: Callable[[], None]) -> None:
        """Call ``callback()`` when the last view is gone."""
        self._unseen.append(callback)

    def ask_views(self) -> None:
        """Ask all views to report."""
        self._answers.clear()
        self.send({"type": "ask"})

    def keep_answered(self) -> None:
        """Drop the views that have not answered."""
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
