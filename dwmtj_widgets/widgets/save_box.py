"""Buttons that save something as a file on the visitor's computer: what the kernel makes, or a picture of a chart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import anywidget
import traitlets

_STATIC = Path(__file__).parent / "static"


class File(NamedTuple):
    """A file to be saved."""

    name: str
    kind: str
    """MIME type."""
    content: bytes


class SaveBox(anywidget.AnyWidget):
    """A row of buttons, each of which saves a file; what it holds is made when it is asked for.

    Parameters
    ----------
    makers : mapping of str to callable
        By the label of the button what returns its file, or None if there is none to be had.
    picture : str
        Name of the class ``dwmtj-NAME`` of an element near the box: its visible chart is saved by a button "PNG".

    Attributes
    ----------
    enabled : bool
        Whether there is something to save.
    picture_name : str
        Name of the picture's file, without ending.
    """

    _esm = _STATIC / "save_box.js"
    _css = _STATIC / "save_box.css"

    enabled = traitlets.Bool(False).tag(sync=True)
    picture_name = traitlets.Unicode("chart").tag(sync=True)
    _labels = traitlets.List(traitlets.Unicode()).tag(sync=True)
    _picture = traitlets.Unicode("").tag(sync=True)

    def __init__(self, makers: Mapping[str, Callable[[], File | None]], picture: str, **traits: Any) -> None:
        super().__init__(_labels=list(makers), _picture=picture, **traits)
        self._makers = dict(makers)
        self.on_msg(self._receive)

    def _receive(self, _widget: Any, content: Any, _buffers: Any) -> None:
        if not isinstance(content, dict) or content.get("type") != "save":
            return
        label = content.get("label")
        if not isinstance(label, str) or label not in self._makers:
            return
        file = self._makers[label]()
        if file is not None:
            self.send({"type": "file", "name": file.name, "kind": file.kind}, buffers=[file.content])
