"""Controls of the Explorer: task, parameters and their ranges, other settings, trials, seed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Any

from ipywidgets import HTML, Dropdown, HBox, Layout, VBox

from dwmtj_widgets.explore.knobs import Value
from dwmtj_widgets.labs.common.cards import caption, card
from dwmtj_widgets.labs.common.many_trials import number_field
from dwmtj_widgets.labs.common.page import ErrorLine
from dwmtj_widgets.labs.common.transport import button
from dwmtj_widgets.labs.explorer.axis import AxisControl
from dwmtj_widgets.labs.explorer.setting import SettingControl
from dwmtj_widgets.sessions.explorer.ranges import TASK_NAMES, Range
from dwmtj_widgets.sessions.explorer.setting import PRESETS, ExplorerSetting
from dwmtj_widgets.texts import tr
from dwmtj_widgets.widgets._by_program import ByProgram
from dwmtj_widgets.widgets.page.copy_text import CopyText


class ExplorerControls:
    """The cards on the left; `cards` go into a page.

    Parameters
    ----------
    settings : ExplorerSetting
        The first settings.
    changed : callable
        Called as ``changed(name=value, ...)`` with fields of `ExplorerSetting`.
    preset_chosen : callable
        Called with one of `PRESETS`' names.
    error : ErrorLine
        The edge of the lab.
    """

    def __init__(
        self,
        settings: ExplorerSetting,
        changed: Callable[..., None],
        preset_chosen: Callable[[str], None],
        error: ErrorLine,
    ) -> None:
        self._changed, self._settings, self._by_program = changed, settings, ByProgram()
        self.task = Dropdown(
            options=[(label, name) for name, label in TASK_NAMES.items()],
            tooltip=tr("What is tried"),
            layout=Layout(width="auto"),
        )
        self.task.add_class("dwmtj-task")
        self.presets = {
            "W × V_C map": button(
                tr("W × V_C map"), "preset-map", tr("Weight and charge voltage, 30 neurons")
            ),
            "Figure 8": button(
                tr("Figure 8"),
                "preset-figure-8",
                tr("The paper's figure: 60 neurons, one pattern, against W"),
            ),
        }
        self.axes = {
            letter: AxisControl(letter, partial(self._axis_changed, letter), error) for letter in ("x", "y")
        }
        self.setting = SettingControl(self._setting_changed, error)
        self.trials = number_field(settings.trials, tr("trials"), "trials", tr("Trials of each point"))
        self.seed = number_field(settings.seed, tr("seed"), "seed", tr("Same seed, same trials, to the bit"))
        self.cost = HTML()
        self.cost.add_class("dwmtj-plan")
        self.python = CopyText(action=tr("Copy as Python"))
        self.python.add_class("dwmtj-python")
        self.cards = self._cards()
        self.task.observe(lambda _change: self._tell(task=self.task.value), "value")
        for name, made in self.presets.items():
            made.on_click(lambda _button, name=name: preset_chosen(name))
        self.trials.observe(lambda _change: self._tell(trials=self.trials.value), "value")
        self.seed.observe(lambda _change: self._tell(seed=self.seed.value), "value")
        assert set(self.presets) == set(PRESETS)
        self.show(settings)

    def show(self, settings: ExplorerSetting) -> None:
        """Show settings without callbacks."""
        self._settings = settings
        with self._by_program:
            self.task.value, self.trials.value, self.seed.value = (
                settings.task,
                settings.trials,
                settings.seed,
            )
        self.axes["x"].show(settings.task, settings.x)
        self.axes["y"].show(settings.task, settings.y)
        self.setting.show(settings)

    def _cards(self) -> list[VBox]:
        presets = HBox([*self.presets.values()])
        presets.add_class("dwmtj-presets")
        numbers = HBox([self.trials, self.seed])
        numbers.add_class("dwmtj-numbers")
        return [
            card(
                "sweep",
                caption(tr("Sweep"), tr("what is tried, and over what")),
                presets,
                self.task,
                caption(tr("Across")),
                self.axes["x"].widget,
                caption(tr("Up")),
                self.axes["y"].widget,
                caption(tr("Each point")),
                numbers,
                self.cost,
            ),
            card(
                "settings", caption(tr("All other settings"), tr("as in Table I, but")), *self.setting.parts
            ),
            card("python", caption(tr("This sweep again"), tr("the same to the bit")), self.python),
        ]

    def _tell(self, **changes: Any) -> None:
        if not self._by_program:
            self._changed(**changes)

    def _axis_changed(self, letter: str, axis: Range | None) -> None:
        self._tell(**{letter: axis})

    def _setting_changed(self, name: str, value: Value | None) -> None:
        fixed = {key: old for key, old in self._settings.fixed.items() if key != name}
        # Without the old value, because a preset is compared with the default one.
        plain = replace(self._settings, fixed=fixed).defaults.get(name)
        if value is not None and value != plain:
            fixed[name] = value
        self._tell(fixed=MappingProxyType(fixed))
