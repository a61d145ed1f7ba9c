"""Controls of the Statistics Lab: sizes, patterns, trials, the input, and the device."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ipywidgets import Box, Checkbox, Dropdown, HBox, Layout, ToggleButton, VBox

from dwmtj_widgets.labs.common.cards import caption, card
from dwmtj_widgets.labs.common.device_panel import DevicePanel
from dwmtj_widgets.labs.common.many_trials import number_field
from dwmtj_widgets.labs.common.page import ErrorLine
from dwmtj_widgets.sessions.device_setting import PRESET_LABELS, PRESETS, RELEASED, TABLE_I
from dwmtj_widgets.sessions.statistics_setting import StatisticsSetting
from dwmtj_widgets.tasks.random_recall import MOST_PATTERNS
from dwmtj_widgets.texts import tr
from dwmtj_widgets.widgets._by_program import ByProgram
from dwmtj_widgets.widgets.controls import QuantitySlider

RANDOM, DISTORTED = tr("Random bits (as in the paper)"), tr("A stored pattern, distorted")
FIRST_DISTORTION = 0.2
_NUMBERS = ("smallest", "largest", "steps", "odd", "trials", "seed")
"""Fields of `StatisticsSetting` with a control of the same name."""


class StatisticsControls:
    """The cards on the left; `cards` go into a page.

    Parameters
    ----------
    settings : StatisticsSetting
        The first settings.
    changed : callable
        Called as ``changed(name=value, ...)`` with fields of `StatisticsSetting` and their values in SI units.
    error : ErrorLine
        The edge of the lab.
    """

    def __init__(
        self,
        settings: StatisticsSetting,
        changed: Callable[..., None],
        error: ErrorLine,
    ) -> None:
        self._tell, self._error, self._device = changed, error, settings.device
        self._by_program = ByProgram()
        self.smallest = number_field(
            settings.smallest, tr("from"), "smallest", tr("Fewest neurons, at least 3")
        )
        self.largest = number_field(settings.largest, tr("to"), "largest", tr("Most neurons, up to 200"))
        self.steps = number_field(settings.steps, tr("sizes"), "steps", tr("How many sizes, up to 60"))
        self.odd = Checkbox(
            settings.odd,
            description=tr("odd sizes only"),
            indent=False,
            tooltip=tr("An odd size has no ties"),
            layout=Layout(width="auto"),
        )
        self.odd.add_class("dwmtj-odd")
        self.trials = number_field(settings.trials, "", "trials", tr("Trials a point, up to 20,000"))
        self.seed = number_field(settings.seed, tr("seed"), "seed", tr("Same seed, same patterns and inputs"))
        self.patterns = [self._pattern_button(k, k in settings.patterns) for k in range(1, MOST_PATTERNS + 1)]
        self.cue = Dropdown(
            options=[RANDOM, DISTORTED],
            value=RANDOM,
            tooltip=tr("What is loaded"),
            layout=Layout(width="100%"),
        )
        self.cue.add_class("dwmtj-cue")
        self.distortion = QuantitySlider(
            tr("Distortion"),
            "%",
            FIRST_DISTORTION,
            0.0,
            0.5,
            0.01,
            name="distortion",
            hint=tr("Share of flipped bits of the stored pattern"),
        )
        self.weight = QuantitySlider(tr("Weight W"), "V", settings.weight, 0.01, 0.25, 0.005, name="weight")
        self.charge = QuantitySlider(
            tr("Charge V_C"), "V", settings.charge_voltage, 0.02, 0.25, 0.005, name="charge-voltage"
        )
        self.device_panel = DevicePanel(
            self._device_changed, self._preset_chosen, PRESETS, PRESET_LABELS, error
        )
        self.cards = [self._experiment(), self._drive()]
        self._wire()

    def show(self, settings: StatisticsSetting) -> None:
        """Show settings without callbacks."""
        self._device = settings.device
        with self._by_program:
            for name in _NUMBERS:
                getattr(self, name).value = getattr(settings, name)
            for count, button in enumerate(self.patterns, start=1):
                button.value = count in settings.patterns
            self.cue.value = RANDOM if settings.distortion is None else DISTORTED
        if settings.distortion is not None:
            self.distortion.show(settings.distortion)
        self.weight.show(settings.weight)
        self.charge.show(settings.charge_voltage)
        self.device_panel.show(settings.device, RELEASED if settings.published else TABLE_I)

    def _changed(self, **changes: Any) -> None:
        if not self._by_program:
            self._tell(**changes)

    def _experiment(self) -> VBox:
        sizes = HBox([self.smallest, self.largest, self.steps])
        buttons = Box(self.patterns)
        for row, name in ((sizes, "sizes"), (buttons, "patterns")):
            row.add_class(f"dwmtj-{name}")
        trials = HBox([self.trials, self.seed])
        trials.add_class("dwmtj-numbers")
        sizes.add_class("dwmtj-numbers")
        self.distortion.widget.layout.display = "none"
        return card(
            "experiment",
            caption(tr("Neurons"), tr("sizes of network to try")),
            sizes,
            self.odd,
            caption(tr("Stored patterns"), tr("random, a curve each")),
            buttons,
            caption(tr("Input"), tr("what is loaded")),
            self.cue,
            self.distortion.widget,
            caption(tr("Trials a point"), tr("each its own network")),
            trials,
        )

    def _drive(self) -> VBox:
        heading = caption(tr("Device"), tr("voltages and material"))
        return card("drive", heading, self.weight.widget, self.charge.widget, self.device_panel.widget)

    def _pattern_button(self, count: int, chosen: bool) -> ToggleButton:
        hint = tr("A curve for {count} stored").format(count=count)
        button = ToggleButton(chosen, description=str(count), tooltip=hint, layout=Layout(width="auto"))
        button.add_class(f"dwmtj-patterns-{count}")
        return button

    def _wire(self) -> None:
        for name in _NUMBERS:
            getattr(self, name).observe(
                lambda change, name=name: self._changed(**{name: change["new"]}), "value"
            )
        for button in self.patterns:
            button.observe(lambda _change: self._changed(patterns=self._chosen()), "value")
        self.cue.observe(lambda _change: self._cue_changed(), "value")
        self.distortion.on_change(lambda value: self._changed(distortion=value))
        self.weight.on_change(lambda value: self._changed(weight=value))
        self.charge.on_change(lambda value: self._changed(charge_voltage=value))

    def _chosen(self) -> tuple[int, ...]:
        return tuple(k for k, button in enumerate(self.patterns, start=1) if button.value)

    def _cue_changed(self) -> None:
        distorted = self.cue.value == DISTORTED
        self.distortion.widget.layout.display = None if distorted else "none"
        self._changed(distortion=self.distortion.value if distorted else None)

    def _device_changed(self, name: str, value: float) -> None:
        with self._error.guarded():
            try:
                self._device = replace(self._device, **{name: value})
            finally:
                self.device_panel.show(self._device)
            self._changed(device=self._device)

    def _preset_chosen(self, name: str) -> None:
        self._device = PRESETS[name]
        self.device_panel.show(self._device)
        self._changed(device=self._device, published=name == RELEASED)
