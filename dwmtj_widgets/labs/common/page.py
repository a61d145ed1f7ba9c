"""The parts of every lab's page: its areas, its style, and a line for errors."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from html import escape
from threading import RLock
from typing import Any

from ipywidgets import HTML, Box, Layout

from dwmtj_widgets.faults import sentence_of
from dwmtj_widgets.labs.common.showing import Whole
from dwmtj_widgets.labs.common.style import style_sheet
from dwmtj_widgets.widgets.page.canvas_shield import CanvasShield
from dwmtj_widgets.widgets.page.page_access import PageAccess

# Text and charts change less often than frames: the eye reads no faster, and each change costs a message.
TEXT_PERIOD = 0.1
CHART_PERIOD = 0.4
"""Seconds between two changes during a run."""

AREAS = ("top", "left", "middle", "right", "bottom")
"""Areas of a page (page.css); on a phone they follow one another."""


def lab_page(areas: Mapping[str, Box], *classes: str) -> Whole:
    """Return the page with these areas; a class changes how the style sheets lay them out.

    Raises
    ------
    ValueError
        If an area is unknown.
    """
    for name, area in areas.items():
        if name not in AREAS:
            msg = f"There is no area {name!r} in a page; there are {', '.join(AREAS)}."
            raise ValueError(msg)
        area.add_class(f"dwmtj-{name}")
    page = Whole([*areas.values(), CanvasShield(), PageAccess(), style_sheet()])
    for name in ("lab", *classes):
        page.add_class(f"dwmtj-{name}")
    return page


def download_link(label: str, name: str, file: str, content: bytes, kind: str) -> str:
    """Return HTML of a link with the class ``dwmtj-NAME`` that saves `content`, of MIME type `kind`, as a file."""
    data = b64encode(content).decode("ascii")
    return (
        f'<a class="dwmtj-link dwmtj-{name}" download="{escape(file)}" href="data:{kind};base64,{data}">'
        f"{escape(label)}</a>"
    )


class ErrorLine:
    """The edge of a lab: this line shows refusals and failures behind it; `widget` goes into a page.

    Parameters
    ----------
    hold : callable, optional
        Called after a refusal or failure, to stop what moves.
    folds : bool
        Whether an empty line takes no room.
    """

    def __init__(self, hold: Callable[[], None] | None = None, *, folds: bool = False) -> None:
        self._hold, self._folds = hold, folds
        self._lock = RLock()
        self._said = 0
        """Number of sentences so far."""
        self._at_first: int | None = None
        """Number of sentences when the outermost guard was entered, None outside."""
        self.widget = HTML(layout=Layout(display="none" if folds else None))
        self.widget.add_class("dwmtj-error")

    def say(self, sentence: str) -> None:
        """Show a sentence, or clear the line."""
        self._said += bool(sentence)
        text = sentence.replace("&", "&amp;").replace("<", "&lt;")
        self.widget.value = f'<p role="alert">{text}</p>' if text else ""
        if self._folds:
            self.widget.layout.display = None if text else "none"

    @contextmanager
    def guarded(self, *, clears: bool = True) -> Iterator[None]:
        """Show an error as its sentence (`sentence_of`).

        The last good state stays. An action that succeeds clears the sentence of an earlier one that failed. Nested
        guards report the inner failure.
        """
        with self._lock:
            outer = self._at_first
            self._at_first = at_first = self._said if outer is None else outer
            try:
                yield
            except Exception as error:
                self._fail(error)
            else:
                if clears and self._said == at_first:
                    self.say("")
            finally:
                self._at_first = outer

    def callback(self, action: Callable[..., object], *, clears: bool = False) -> Callable[..., None]:
        """Return a widget's callback that runs `action` behind this edge."""

        def call(*arguments: Any) -> None:
            with self.guarded(clears=clears):
                action(*arguments)

        return call

    def _fail(self, error: Exception) -> None:
        self.say(sentence_of(error))
        if self._hold is not None:
            try:
                self._hold()
            except Exception as another:
                self.say(sentence_of(another))
