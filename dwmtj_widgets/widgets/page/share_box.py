"""Take a lab's setting away, and bring one back: an address, a file, the lines of Python."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import anywidget
import segno
import traitlets

from dwmtj_widgets.widgets.page.file_opener import refusal
from dwmtj_widgets.widgets.style import css, script

GIVEN = ("address", "file", "python")
"""What the page can ask for: the end of an address, the text of a session file, lines of Python."""
KEPT = ("address", "file")
"""How the setting outlives a reload: in the address or, if that is too long, as a file in the page's own storage."""
TAKEN = ("address", "file")
"""What the page can bring: what its address carried when it was opened, and the text of a file."""

LONGEST_CODE = 1200
"""Characters of an address at most that are shown as a QR code: cameras fail at smaller squares."""

Answer = Callable[[], str]
Receiver = Callable[[str], None]


def qr_code(address: str) -> str:
    """Return an address as a QR code, an SVG element, or "" if it is too long for cameras."""
    if len(address) > LONGEST_CODE:
        return ""
    return segno.make(address, error="l", micro=False).svg_inline(light="#fff", omitsize=True)


class ShareBox(anywidget.AnyWidget):
    """Buttons "Share", "Save", "Open" and "Python". The texts are made when they are asked for.

    Where the lab is a page of its own, the page's address follows the setting: a moment after a person has done
    something the page asks for it, so that a reload, or the way back, brings it again.

    Parameters
    ----------
    give : mapping
        For every kind of `GIVEN` a function that returns the text.
    take : mapping
        For every kind of `TAKEN` a function that is given the text. What a page has kept is given once, when it has
        just been opened.
    file_name : str
        Of the file that "Save" makes.
    longest : int
        Bytes that are sent to a receiver at most; of a longer file only the length is told.
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
        """Tell the page that the setting has changed by what a person did some time ago, as opening a large file."""
        self.send({"type": "changed"})

    def _receive(self, _widget: Any, content: Any, _buffers: Any) -> None:
        if not isinstance(content, dict):
            return
        kind, what, text = content.get("type"), content.get("what"), content.get("text")
        if kind == "give" and what in GIVEN:
            # A text that could not be made has been said elsewhere; the button is told so that it is free again.
            self.send({"type": "given", "what": what, "text": self._give[what]()})
        elif kind == "keep":
            self._opened = True  # what a page has kept from here on is of this lab itself
            what, text = self._keep()
            self.send({"type": "kept", "what": what, "text": text})
        elif kind == "take" and what in TAKEN and isinstance(text, str):
            if what == "address" or content.get("kept"):
                if self._opened:
                    return  # a second view of the same lab must not undo what a person has done since
                self._opened = True
            self._take[what](text)
        elif kind == "code" and isinstance(text, str):
            self.send({"type": "code", "text": text, "svg": qr_code(text)})
        elif sentence := refusal(content, self.longest):
            self._refused(sentence)
