"""The device's parameters as sliders, made when the panel is first opened: they are many, and few people need them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from ipywidgets import Accordion, Dropdown, Layout, VBox

from dwmtj_widgets.hopfield import Device
from dwmtj_widgets.widgets.controls import QuantitySlider, slider_for


class DevicePanel:
    """A foldable list of every field of a device, and of presets.

    Parameters
    ----------
    changed : callable
        Called with a field's name and its new value in SI units.
    preset_chosen : callable
        Called with the name of a preset.
    presets : mapping of str to Device
        The first one is what the panel begins with.
    """

    def __init__(
        self,
        changed: Callable[[str, float], None],
        preset_chosen: Callable[[str], None],
        presets: Mapping[str, Device],
    ) -> None:
        self._changed, self._preset_chosen = changed, preset_chosen
        self._presets = dict(presets)
        self._device = next(iter(self._presets.values()))
        self.sliders: dict[str, QuantitySlider] = {}
        self.preset = Dropdown(options=list(self._presets), description="Preset", layout=Layout(width="auto"))
        self.preset.add_class("dwmtj-preset")
        self.preset.observe(lambda change: self._preset_chosen(change["new"]), "value")
        self._body = VBox([self.preset])
        self._body.add_class("dwmtj-device")
        self.widget = Accordion(children=[self._body], titles=["Device: every value of Table I"])
        self.widget.add_class("dwmtj-device-panel")
        self.widget.observe(self._opened, "selected_index")

    def show(self, device: Device) -> None:
        """Show a device without telling anyone."""
        self._device = device
        for name, slider in self.sliders.items():
            slider.show(getattr(device, name))

    def open(self) -> None:
        """Make the sliders, if they are not there yet."""
        if not self.sliders:
            self.sliders = {name: slider_for(entry) for name, entry in Device.controls().items()}
            self.show(self._device)
            for name, slider in self.sliders.items():
                slider.on_change(partial(self._changed, name))
            self._body.children = (self.preset, *(slider.widget for slider in self.sliders.values()))

    def _opened(self, change: Any) -> None:
        if change["new"] is not None:
            self.open()
