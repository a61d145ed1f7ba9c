"""Buttons that save a file on the visitor's computer: made by the kernel, or the visible charts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

import anywidget
import traitlets

from dwmtj_widgets.widgets.style import css, script

SVG: Final = "image/svg+xml"
"""MIME type. The browser paints a file of this type whose name ends in .png before saving it."""


class File(NamedTuple):
    """A file to be saved."""

    name: str
    kind: str
    """MIME type."""
    content: bytes


class SaveBox(anywidget.AnyWidget):
    """A row of buttons, each of which saves a file; files are made on request.

    Parameters
    ----------
    makers : mapping of str to callable
        By the label of the button a function that returns its file, or None if there is none or if `deliver` will
        bring it.
    picture : str
        Class ``dwmtj-NAME`` of elements near the box: buttons "SVG" and "PNG" save their visible charts, one above
        the other. Empty for no such buttons.
    hints : mapping of str to str, optional
        Tooltips of the buttons, by their labels.

    Attributes
    ----------
    enabled : bool
        Whether there is something to save.
    working : str
        Label of the button whose file is being made, empty for none. Until then all buttons are inactive.
    progress : str
        Text on that button meanwhile.
    picture_name : str
        Name of the charts' file, without ending.
    """

    _esm = script("save_box")
    _css = css("parts", "save_box")

    enabled = traitlets.Bool(False).tag(sync=True)
    working = traitlets.Unicode("").tag(sync=True)
    progress = traitlets.Unicode("").tag(sync=True)
    picture_name = traitlets.Unicode("chart").tag(sync=True)
    _labels = traitlets.List(traitlets.Unicode()).tag(sync=True)
    _hints = traitlets.Dict().tag(sync=True)
    _picture = traitlets.Unicode("").tag(sync=True)

    def __init__(
        self,
        makers: Mapping[str, Callable[[], File | None]],
        picture: str = "",
        hints: Mapping[str, str] | None = None,
        **traits: Any,
    ) -> None:
        super().__init__(_labels=list(makers), _picture=picture, _hints=dict(hints or {}), **traits)
        self._makers = dict(makers)
        self.on_msg(self._receive)

    def deliver(self, label: str, file: File | None) -> None:
        """Let the browser whose button was pressed save the file; None if there is none."""
        if file is None:
            self.send({"type": "nothing", "label": label})
        else:
            self.send(
                {"type": "file", "label": label, "name": file.name, "kind": file.kind}, buffers=[file.content]
            )

    def _receive(self, _widget: Any, content: Any, _buffers: Any) -> None:
        if not isinstance(content, dict) or content.get("type") != "save":
            return
        label = content.get("label")
        if not isinstance(label, str) or label not in self._makers:
            return
        file = self._makers[label]()
        if file is not None or self.working != label:
            self.deliver(label, file)
