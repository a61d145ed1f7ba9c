"""What a person asks for in the Explorer: task, parameters and their ranges, everything else, trials, seed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from types import MappingProxyType
from typing import Any

from ipywidgets import HTML, Dropdown, HBox, IntText, Layout, VBox

from dwmtj_widgets.explore import defaults_of
from dwmtj_widgets.explore.knobs import Value
from dwmtj_widgets.labs.cards import caption, card
from dwmtj_widgets.labs.explorer_axis import AxisControl
from dwmtj_widgets.labs.explorer_ranges import PRESETS, TASK_NAMES, Range, Settings
from dwmtj_widgets.labs.explorer_setting import SettingControl
from dwmtj_widgets.labs.transport import button
from dwmtj_widgets.widgets.copy_text import CopyText


class ExplorerControls:
    """The cards on the left; `cards` are what goes into a page.

    Parameters
    ----------
    settings : Settings
        What they show at first.
    changed : callable
        Called as ``changed(name=value, ...)`` with fields of `Settings`.
    preset_chosen : callable
        Called with one of `PRESETS`' names.
    guarded : callable
        Context manager that turns a refused input into a sentence on the page.
    """

    def __init__(
        self,
        settings: Settings,
        changed: Callable[..., None],
        preset_chosen: Callable[[str], None],
        guarded: Callable[[], AbstractContextManager[None]],
    ) -> None:
        self._changed, self._settings, self._quiet = changed, settings, False
        self.task = Dropdown(
            options=[(label, name) for name, label in TASK_NAMES.items()],
            tooltip="What is tried",
            layout=Layout(width="auto"),
        )
        self.task.add_class("dwmtj-task")
        self.presets = [
            button(name, f"preset-{key}", hint)
            for name, key, hint in (
                ("W × V_C map", "map", "Weight and charge voltage, 30 neurons"),
                ("Figure 8", "figure-8", "The paper's figure: 60 neurons, one pattern, against W"),
            )
        ]
        self.axes = {
            letter: AxisControl(letter, partial(self._axis_changed, letter)) for letter in ("x", "y")
        }
        self.setting = SettingControl(self._setting_changed, guarded)
        self.trials = _whole(settings.trials, "trials", "dwmtj-trials", "Trials of each point")
        self.seed = _whole(settings.seed, "seed", "dwmtj-seed", "Same seed, same trials, to the bit")
        self.cost = HTML()
        self.cost.add_class("dwmtj-plan")
        self.python = CopyText(action="Copy as Python")
        self.python.add_class("dwmtj-python")
        self.cards = self._cards()
        self.task.observe(lambda _change: self._tell(task=self.task.value), "value")
        for made in self.presets:
            made.on_click(lambda clicked: preset_chosen(clicked.description))
        self.trials.observe(lambda _change: self._tell(trials=self.trials.value), "value")
        self.seed.observe(lambda _change: self._tell(seed=self.seed.value), "value")
        assert {made.description for made in self.presets} == set(PRESETS)
        self.show(settings)

    def show(self, settings: Settings) -> None:
        """Show settings without telling anyone."""
        self._settings = settings
        self._quiet = True
        try:
            self.task.value, self.trials.value, self.seed.value = (
                settings.task,
                settings.trials,
                settings.seed,
            )
        finally:
            self._quiet = False
        self.axes["x"].show(settings.task, settings.x)
        self.axes["y"].show(settings.task, settings.y)
        self.setting.show(settings)

    def _cards(self) -> list[VBox]:
        presets = HBox(self.presets)
        presets.add_class("dwmtj-presets")
        numbers = HBox([self.trials, self.seed])
        numbers.add_class("dwmtj-numbers")
        return [
            card(
                "sweep",
                caption("Sweep", "what is tried, and over what"),
                presets,
                self.task,
                caption("Across"),
                self.axes["x"].widget,
                caption("Up"),
                self.axes["y"].widget,
                caption("Each point"),
                numbers,
                self.cost,
            ),
            card("settings", caption("All other settings", "as in Table I, but"), *self.setting.parts),
            card("python", caption("This sweep again", "the same to the bit"), self.python),
        ]

    def _tell(self, **changes: Any) -> None:
        if not self._quiet:
            self._changed(**changes)

    def _axis_changed(self, letter: str, axis: Range | None) -> None:
        self._tell(**{letter: axis})

    def _setting_changed(self, name: str, value: Value | None) -> None:
        fixed = {key: old for key, old in self._settings.fixed.items() if key != name}
        if value is not None and value != defaults_of(self._settings.task).get(name):
            fixed[name] = value
        self._tell(fixed=MappingProxyType(fixed))


def _whole(value: int, description: str, name: str, hint: str) -> IntText:
    field = IntText(value, description=description, tooltip=hint, layout=Layout(width="auto", flex="1 1 0"))
    field.add_class(name)
    return field
