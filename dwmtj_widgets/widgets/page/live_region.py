"""Announcements for screen readers."""

from __future__ import annotations

import re
from typing import Any

import anywidget
import traitlets

from dwmtj_widgets.widgets.style import css, script, without_extent


class LiveRegion(anywidget.AnyWidget):
    """An invisible region; screen readers read out each sentence when they have finished the one before.

    Attributes
    ----------
    text : str
        The last sentence.
    """

    _esm = script("live_region")
    _css = css("parts")

    text = traitlets.Unicode("").tag(sync=True)
    _said = traitlets.Int(0).tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(**{"layout": without_extent(), **traits})
        self.add_class("dwmtj-news")

    def say(self, sentence: str) -> None:
        """Announce a sentence, even if it equals the last one."""
        with self.hold_sync():
            self.text = sentence
            self._said += 1


def words_of(html: str) -> str:
    """Return the words of a piece of our own HTML."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html)).replace(" ,", ",").strip()
