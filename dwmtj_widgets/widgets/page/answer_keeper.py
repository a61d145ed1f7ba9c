"""Keeping an answer over a reload of its page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import anywidget
import traitlets

from dwmtj_widgets.widgets.style import script, without_extent

LONGEST_KEPT: Final = 200
"""Most characters that a page may bring back."""


class AnswerKeeper(anywidget.AnyWidget):
    """Invisible; must be on the page. The page stores one answer, and brings it back once after a reload.

    It does so only if the kernel ends with the page; elsewhere the kernel still has the answer.

    Parameters
    ----------
    name : str
        Name of the question, unique on the page.
    bring_back : callable
        Called with the stored text, which is untrusted.
    """

    _esm = script("answer_keeper")

    name = traitlets.Unicode().tag(sync=True)

    def __init__(self, name: str, bring_back: Callable[[str], None]) -> None:
        super().__init__(name=name, layout=without_extent())
        self._bring_back = bring_back
        self._settled = False
        self.on_msg(self._receive)

    def keep(self, text: str) -> None:
        """Store an answer in the page in place of the last one."""
        self._settled = True
        self.send({"type": "keep", "text": text})

    def _receive(self, _widget: Any, content: Any, _buffers: Any) -> None:
        if not isinstance(content, dict) or content.get("type") != "kept" or self._settled:
            return  # a second view of the same page must not undo later answers
        self._settled = True
        text = content.get("text")
        if isinstance(text, str) and len(text) <= LONGEST_KEPT:
            self._bring_back(text)
