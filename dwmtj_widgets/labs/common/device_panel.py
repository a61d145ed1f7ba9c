"""The device's parameters as sliders, made when the panel is first opened: there are many, and few users need them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from ipywidgets import Accordion, Dropdown, Layout, VBox, Widget

from dwmtj_widgets.hopfield import Device
from dwmtj_widgets.labs.common.page import ErrorLine
from dwmtj_widgets.texts import tr
from dwmtj_widgets.widgets._by_program import ByProgram
from dwmtj_widgets.widgets.controls import QuantitySlider, slider_for

_CHANGED: Final = "changed"
"""Name of the entry of a changed device."""


class DevicePanel:
    """A foldable list of every field of a device, with presets.

    Parameters
    ----------
    changed : callable
        Called with a field's name and its new value in SI units.
    preset_chosen : callable
        Called with the name of a preset.
    presets : mapping of str to Device
        Devices by name; the panel begins with the first one.
    labels : mapping of str to str
        Labels of the presets by name.
    error : ErrorLine
        The edge of the lab.
    *beside : Widget
        More controls, shown between the presets and the sliders.
    """

    def __init__(
        self,
        changed: Callable[[str, float], None],
        preset_chosen: Callable[[str], None],
        presets: Mapping[str, Device],
        labels: Mapping[str, str],
        error: ErrorLine,
        *beside: Widget,
    ) -> None:
        self._changed, self._preset_chosen, self._error = changed, preset_chosen, error
        self._presets, self._labels = dict(presets), dict(labels)
        self._shown, self._device = next(iter(self._presets.items()))
        self._by_program = ByProgram()
        self.sliders: dict[str, QuantitySlider] = {}
        self.preset = Dropdown(options=self._options(), description=tr("Preset"), layout=Layout(width="auto"))
        self.preset.add_class("dwmtj-preset")
        self.preset.observe(self._chosen, "value")
        self._head = (self.preset, *beside)
        self._body = VBox(self._head)
        self._body.add_class("dwmtj-device")
        self.widget = Accordion(children=[self._body], titles=[tr("Device: every value of Table I")])
        self.widget.add_class("dwmtj-device-panel")
        self.widget.observe(self._opened, "selected_index")

    def show(self, device: Device, preset: str | None = None) -> None:
        """Show a device without callbacks, by default as a change of the last shown preset."""
        preset = self._shown if preset is None else preset
        self._device, self._shown = device, preset
        for name, slider in self.sliders.items():
            slider.show(getattr(device, name))
        # A separate entry, so that the preset can be chosen again.
        changed = device != self._presets[preset]
        label = tr("{preset}, changed").format(preset=self._labels[preset])
        options = ((label, _CHANGED), *self._options()) if changed else self._options()
        with self._by_program:
            if self.preset.options != options:
                self.preset.options = options
            self.preset.value = _CHANGED if changed else preset

    def open(self) -> None:
        """Make the sliders on the first call."""
        if not self.sliders:
            self.sliders = {name: slider_for(entry) for name, entry in Device.controls().items()}
            for name, slider in self.sliders.items():
                slider.show(getattr(self._device, name))
                slider.on_change(partial(self._changed, name))
            self._body.children = (*self._head, *(slider.widget for slider in self.sliders.values()))

    def _options(self) -> tuple[tuple[str, str], ...]:
        return tuple((self._labels[name], name) for name in self._presets)

    def _chosen(self, change: Any) -> None:
        if not self._by_program and change["new"] in self._presets:
            self._shown = change["new"]
            with self._error.guarded(clears=False):
                self._preset_chosen(change["new"])

    def _opened(self, change: Any) -> None:
        if change["new"] is not None:
            with self._error.guarded(clears=False):
                self.open()
