"""Every setting of the Signal Lab's network and junctions as a slider, made when the list is first opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import Field
from functools import partial
from typing import Any, Final

from ipywidgets import HTML, Accordion, VBox

from dwmtj_widgets.labs.common.page import ErrorLine
from dwmtj_widgets.mtj_rnn import NetworkSettings
from dwmtj_widgets.mtj_rnn.macrospin import Junction
from dwmtj_widgets.texts import tr
from dwmtj_widgets.widgets.controls import QuantitySlider, slider_for

_ELSEWHERE: Final = ("temperature",)
"""Settings with a control elsewhere on the page."""


class SettingsPanel:
    """A foldable list of every setting of network and junction, made when it is first opened.

    Parameters
    ----------
    changed : callable
        Called with a name and its new value in SI units.
    error : ErrorLine
        The edge of the lab.
    """

    def __init__(self, changed: Callable[[str, float], None], error: ErrorLine) -> None:
        self._changed, self._error = changed, error
        self._entries: dict[str, Field[Any]] = {
            name: entry
            for name, entry in {**NetworkSettings.controls(), **Junction.controls()}.items()
            if name not in _ELSEWHERE
        }
        self._values: dict[str, float] = {}
        self.sliders: dict[str, QuantitySlider] = {}
        note = tr("They act on the running network at once.")
        self._note = HTML(f"<small>{note}</small>")
        self._body = VBox([self._note])
        self._body.add_class("dwmtj-device")
        self.widget = Accordion(children=[self._body], titles=[tr("Settings: network and junctions")])
        self.widget.add_class("dwmtj-settings")
        self.widget.observe(self._opened, "selected_index")

    def show(self, values: Mapping[str, float]) -> None:
        """Show values without callbacks."""
        self._values = dict(values)
        for name, slider in self.sliders.items():
            if slider.value != values[name]:
                slider.show(values[name])

    def open(self) -> None:
        """Make the sliders on the first call."""
        if not self.sliders:
            self.sliders = {name: slider_for(entry) for name, entry in self._entries.items()}
            for name, slider in self.sliders.items():
                if name in self._values:
                    slider.show(self._values[name])
                slider.on_change(partial(self._changed, name))
            self._body.children = (self._note, *(slider.widget for slider in self.sliders.values()))

    def _opened(self, change: Any) -> None:
        if change["new"] is not None:
            with self._error.guarded(clears=False):
                self.open()
