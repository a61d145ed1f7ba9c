"""A button that opens a file of the visitor's computer; the file may also be dropped on the lab."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import anywidget
import traitlets

from dwmtj_widgets.texts import tr
from dwmtj_widgets.widgets.style import css, script

LARGEST: Final = 5_000_000
"""Largest file in bytes. A much larger message would close the connection."""

Sayer = Callable[[str], None]


class FileOpener(anywidget.AnyWidget):
    """A button "Open" that reads one file at a time.

    The page refuses a file that is too large before sending any of it.

    Parameters
    ----------
    opened : callable
        Called with the name and the content of a file.
    refused : callable
        Called with a sentence when a file was refused.
    accept : str
        Accepted files, in the file dialog and when dropped: endings and MIME types with commas between, as in
        ``".csv,text/csv"`` or ``"image/*"``; "*" for any.
    hint : str
        Tooltip of the button.
    largest : int
        Largest file in bytes, 1 or more.
    """

    _esm = script("file_opener")
    _css = css("parts")

    label = traitlets.Unicode(tr("Open")).tag(sync=True)
    hint = traitlets.Unicode("").tag(sync=True)
    accept = traitlets.Unicode("*").tag(sync=True)
    largest = traitlets.Int(LARGEST, min=1).tag(sync=True)

    def __init__(
        self, opened: Callable[[str, bytes], None], refused: Sayer, *, accept: str = "*", **traits: Any
    ) -> None:
        super().__init__(accept=accept, **traits)
        self._opened, self._refused = opened, refused
        self.add_class("dwmtj-upload")
        self.on_msg(self._receive)

    def _receive(self, _widget: Any, content: Any, buffers: Any) -> None:
        if not isinstance(content, dict):
            return
        name = content.get("name")
        if not isinstance(name, str):
            return
        if content.get("type") == "file" and len(buffers) == 1:
            data = bytes(buffers[0])
            if len(data) > self.largest:
                content = {"type": "too large", "name": name, "size": len(data)}
            else:
                self._opened(name, data)
                return
        sentence = refusal(content, self.largest)
        if sentence:
            self._refused(sentence)


def refusal(content: Mapping[str, Any], largest: int) -> str:
    """Return why the page has refused a file (js/lib/files.js), or "" if the message is no refusal."""
    name = str(content.get("name"))
    name = name if len(name) <= 60 else f"{name[:59]}…"
    kind, size = content.get("type"), content.get("size")
    if kind == "too large" and isinstance(size, int):
        return tr("{name} has {size} bytes; at most {most} are read. Choose a smaller file.").format(
            name=name, size=f"{size:,}", most=f"{largest:,}"
        )
    if kind == "unreadable":
        return tr("{name} could not be read; save it again, or choose another file.").format(name=name)
    if kind == "useless":
        return tr("{name} is no file that this lab can open.").format(name=name)
    return ""
