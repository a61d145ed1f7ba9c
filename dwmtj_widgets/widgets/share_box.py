"""Take a lab's setting away, and bring one back: an address, a file, the lines of Python."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import anywidget
import segno
import traitlets

from dwmtj_widgets.texts import tr
from dwmtj_widgets.widgets.style import css, script

GIVEN = ("address", "file", "python")
"""What the page can ask for: the end of an address, the text of a session file, lines of Python."""
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

    Parameters
    ----------
    give : mapping
        For every kind of `GIVEN` a function that returns the text.
    take : mapping
        For every kind of `TAKEN` a function that is given the text. The address of a page is given once, when the
        page has just been opened and its address carries a setting.
    file_name : str
        Of the file that "Save" makes.
    longest : int
        Characters that are sent to a receiver at most; of a longer file only the length is told.
    refused : callable
        Called with a sentence when a file could not be read or is too long.
    """

    _esm = script("saving", "copying", "share_box")
    _css = css("parts", "share_box")

    file_name = traitlets.Unicode("session.json").tag(sync=True)
    longest = traitlets.Int(400_000).tag(sync=True)

    def __init__(
        self,
        give: Mapping[str, Answer],
        take: Mapping[str, Receiver],
        *,
        file_name: str,
        longest: int,
        refused: Receiver,
    ) -> None:
        if set(give) != set(GIVEN) or set(take) != set(TAKEN):
            msg = f"A share box gives {', '.join(GIVEN)} and takes {', '.join(TAKEN)}."
            raise ValueError(msg)
        super().__init__(file_name=file_name, longest=longest)
        self._give, self._take, self._refused = dict(give), dict(take), refused
        self._opened = False
        self.on_msg(self._receive)

    def _receive(self, _widget: Any, content: Any, _buffers: Any) -> None:
        if not isinstance(content, dict):
            return
        kind, what, text = content.get("type"), content.get("what"), content.get("text")
        if kind == "give" and what in GIVEN:
            # A text that could not be made has been said elsewhere; the button is told so that it is free again.
            self.send({"type": "given", "what": what, "text": self._give[what]()})
        elif kind == "take" and what in TAKEN and isinstance(text, str):
            if what == "address":
                if self._opened:
                    return  # a second view of the same lab must not undo what a person has done since
                self._opened = True
            self._take[what](text)
        elif kind == "code" and isinstance(text, str):
            self.send({"type": "code", "text": text, "svg": qr_code(text)})
        elif kind == "too long":
            self._refused(
                tr("The file has {size} bytes; at most {most} are read.").format(
                    size=f"{content.get('size'):,}", most=f"{self.longest:,}"
                )
            )
        elif kind == "unreadable":
            self._refused(tr("The file could not be read; save it again, or choose another one."))
