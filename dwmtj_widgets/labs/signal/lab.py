"""The Signal Lab: draw a waveform, and watch a few dozen tunnel junctions learn to play it, or to recognise it."""

from __future__ import annotations

from typing import Any

from ipywidgets import HTML, HBox, ToggleButtons, VBox

from dwmtj_widgets.labs.common.cards import card
from dwmtj_widgets.labs.common.page import AREAS, ErrorLine, lab_page
from dwmtj_widgets.labs.common.sharing import share_box
from dwmtj_widgets.labs.common.showing import Shown
from dwmtj_widgets.labs.signal.generate import GenerateMode
from dwmtj_widgets.labs.signal.mode import SignalMode
from dwmtj_widgets.labs.signal.recognise import RecogniseMode
from dwmtj_widgets.sessions.contract import restore
from dwmtj_widgets.sessions.signal.recognition import RecognitionSession
from dwmtj_widgets.sessions.signal.session import SignalSession
from dwmtj_widgets.sessions.snapshot import Fields
from dwmtj_widgets.texts import tr
from dwmtj_widgets.widgets.page._closing import close_all

GENERATE, RECOGNISE = "generate", "recognise"
"""Names of the modes in settings."""
_NAMES = {GENERATE: tr("Generate"), RECOGNISE: tr("Recognise")}
_HINTS = [
    tr("Teach a waveform and let the network play it"),
    tr("Teach labels, and let the network tell signals apart"),
]


class SignalLab(Shown):
    """The lab as one widget; displaying it (or its `widget`) shows the page.

    Parameters
    ----------
    session : SignalSession, optional
        Initial waveform and network.
    recognition : RecognitionSession, optional
        Initial training set of the second mode.
    """

    key = "signal"

    def __init__(
        self, session: SignalSession | None = None, recognition: RecognitionSession | None = None
    ) -> None:
        self.session = SignalSession() if session is None else session
        self.recognition = RecognitionSession() if recognition is None else recognition
        self.error = ErrorLine(lambda: self.present.hold())
        self.generate = GenerateMode(self.session, self.error)
        self.recognise = RecogniseMode(self.recognition, self.error)
        self._modes: dict[str, SignalMode] = {GENERATE: self.generate, RECOGNISE: self.recognise}
        self.mode = ToggleButtons(options=[(_NAMES[key], key) for key in self._modes], tooltips=_HINTS)
        self.mode.add_class("dwmtj-mode")
        self.share = share_box(self)
        self.share_card = card("share", self.share)
        title = tr("Signal Lab")
        self._title = HTML(f'<div class="dwmtj-title">{title}</div>')
        self._areas = {"top": HBox(), **{name: VBox() for name in AREAS[1:]}}
        self.widget = lab_page(self._areas, "signal")
        self.mode.observe(self._mode_chosen, "value")
        self._show_mode()

    @property
    def present(self) -> SignalMode:
        """The shown mode."""
        return self._modes[self.mode.value]

    def close(self) -> None:
        """Stop the clocks, end the threads, and close the widgets of both modes."""
        for mode in self._modes.values():
            mode.close()
            close_all(mode.news, *(part for parts in mode.parts.values() for part in parts))
        close_all(self.widget)

    # -- exporting -----------------------------------------------------------------------------------------------

    def setting(self) -> dict[str, Any]:
        """Return the shown mode and its setting."""
        return {"mode": self.mode.value, **self.present.session.setting.fields()}

    def restore(self, fields: Fields) -> None:
        """Show the mode of a setting, and apply the setting."""
        wanted = fields.choice("mode", tuple(self._modes))
        self.present.halt()
        mode = self._modes[wanted]
        mode.stop()
        restore(mode.session, fields)
        mode.stand()
        self.mode.value = wanted
        self._refresh()

    def python(self) -> str:
        """Return the Python code that repeats the shown mode's work."""
        self.present.halt()
        return self.present.session.python()

    # -- showing -------------------------------------------------------------------------------------------------

    def _mode_chosen(self, change: Any) -> None:
        with self.error.guarded():
            self._modes[change["old"]].stop()
            self._show_mode()

    def _show_mode(self) -> None:
        # Only one mode is in the page at a time, so that hidden views cost nothing.
        parts = self.present.parts
        self._areas["top"].children = (self._title, self.mode, *parts["top"])
        for name in ("left", "middle"):
            shared = (self.share_card,) if name == "left" else ()
            self._areas[name].children = (*parts[name], *shared)
        self._areas["right"].children = tuple(parts["right"])
        self._areas["bottom"].children = (self.error.widget, self.present.news, *parts["bottom"])
        self._refresh()

    def _refresh(self) -> None:
        self.present.show_settings()
        self.present.refresh()
