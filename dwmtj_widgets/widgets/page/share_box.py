"""Sharing of a lab's setting: an address, a file, lines of Python."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import anywidget
import segno
import traitlets

from dwmtj_widgets.widgets.page.file_opener import refusal
from dwmtj_widgets.widgets.style import css, script

GIVEN = ("address", "file", "python")
"""Texts that the page can request: the end of an address, a session file, lines of Python."""
KEPT = ("address", "file")
"""Storage of the setting over a reload: in the address or, if that is too long, as a file in the page's storage."""
TAKEN = ("address", "file")
"""Texts that the page can bring: the end of its address when it was opened, and a file."""

LONGEST_CODE = 1200
"""Longest address shown as a QR code, in characters: cameras fail at smaller squares."""

Answer = Callable[[], str]
Receiver = Callable[[str], None]


def qr_code(address: str) -> str:
    """Return an address as a QR code, an SVG element, or "" if it is too long for cameras."""
    if len(address) > LONGEST_CODE:
        return ""
    return segno.make(address, error="l", micro=False).svg_inline(light="#fff", omitsize=True)


class ShareBox(anywidget.AnyWidget):
    """Buttons "Share", "Save", "Open" and "Python". Texts are made on request.

    If the lab is a whole page, the page's address follows the setting: the page requests it a moment after a person's
    action, so that a reload or the back button restores it.

    Parameters
    ----------
    give : mapping
        For every kind of `GIVEN` a function that returns the text.
    take : mapping
        For every kind of `TAKEN` a function of the text. A setting kept by the page is given once, when the page
        opens.
    file_name : str
        Name of the file that "Save" makes.
    longest : int
        Most bytes that are sent to a receiver; for a longer file only the length is sent.
    keep : callable
        Returns the setting as one of `KEPT` and its text.
    refused : callable
        Called with a sentence when the page has refused a file.
    """

    _esm = script("share_box")
    _css = css("parts", "share_box")

    file_name = traitlets.Unicode("session.json").tag(sync=True)
    longest = traitlets.Int(400_000).tag(sync=True)

    def __init__(
        self,
        give: Mapping[str, Answer],
        take: Mapping[str, Receiver],
        *,
        keep: Callable[[], tuple[str, str]],
        file_name: str,
        longest: int,
        refused: Receiver,
    ) -> None:
        if set(give) != set(GIVEN) or set(take) != set(TAKEN):
            msg = f"A share box gives {', '.join(GIVEN)} and takes {', '.join(TAKEN)}."
            raise ValueError(msg)
        super().__init__(file_name=file_name, longest=longest)
        self._give, self._take, self._refused, self._keep = dict(give), dict(take), refused, keep
        self._opened = False
        self.on_msg(self._receive)

    def changed(self) -> None:
        """Tell the page that an earlier action, such as opening a large file, has changed the setting."""
        self.send({"type": "changed"})

    def _receive(self, _widget: Any, content: Any, _buffers: Any) -> None:
        if not isinstance(content, dict):
            return
        kind, what, text = content.get("type"), content.get("what"), content.get("text")
        if kind == "give" and what in GIVEN:
            # An error is shown elsewhere; the answer is sent even then, to free the button.
            self.send({"type": "given", "what": what, "text": self._give[what]()})
        elif kind == "keep":
            self._opened = True  # from now on the page keeps this lab's setting
            what, text = self._keep()
            self.send({"type": "kept", "what": what, "text": text})
        elif kind == "take" and what in TAKEN and isinstance(text, str):
            if what == "address" or content.get("kept"):
                if self._opened:
                    return  # a second view of the same lab must not undo later actions
                self._opened = True
            self._take[what](text)
        elif kind == "code" and isinstance(text, str):
            self.send({"type": "code", "text": text, "svg": qr_code(text)})
        elif sentence := refusal(content, self.longest):
            self._refused(sentence)
