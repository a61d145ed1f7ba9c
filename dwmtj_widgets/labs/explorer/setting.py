"""Settings of the Explorer that are not axes: the present value, a new value, and all changes so far."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ipywidgets import HTML, Button, Dropdown, HBox, Layout, Text

from dwmtj_widgets.explore import Knob, knobs_of
from dwmtj_widgets.explore.knobs import Value
from dwmtj_widgets.labs.common.page import ErrorLine
from dwmtj_widgets.labs.common.transport import button
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.explorer.labels import name_of
from dwmtj_widgets.sessions.explorer.ranges import offered, sweepable, symbol_of, value_text
from dwmtj_widgets.sessions.explorer.setting import ExplorerSetting
from dwmtj_widgets.texts import tr
from dwmtj_widgets.units import DISPLAY_UNITS, from_shown, shown
from dwmtj_widgets.widgets._by_program import ByProgram
from dwmtj_widgets.widgets.page._closing import close_all

UNSET: Final = tr("not set")


class SettingControl:
    """Choice of a setting, its value, and the list of all changes.

    Parameters
    ----------
    changed : callable
        Called with the name of a setting and its new value in SI units, None for the default.
    error : ErrorLine
        The edge of the lab.
    """

    def __init__(
        self,
        changed: Callable[[str, Value | None], None],
        error: ErrorLine,
    ) -> None:
        self._changed, self._error, self._by_program = changed, error, ByProgram()
        self._settings: ExplorerSetting | None = None
        self.setting = Dropdown(
            layout=Layout(width="auto"), tooltip=tr("Choose a setting to see and change its value")
        )
        self.setting.add_class("dwmtj-setting")
        self.text = Text(
            description=tr("is"), continuous_update=False, layout=Layout(width="auto", flex="1 1 0")
        )
        self.text.add_class("dwmtj-setting-value")
        self.word = Dropdown(description=tr("is"), layout=Layout(width="auto", flex="1 1 0"))
        self.word.add_class("dwmtj-setting-word")
        self._unit = HTML()
        self.chips = HBox()
        self.chips.add_class("dwmtj-chips")
        row = HBox([self.text, self.word, self._unit])
        row.add_class("dwmtj-numbers")
        self.parts = [self.setting, row, self.chips]
        self.setting.observe(lambda _change: self._chosen(), "value")
        self.text.observe(lambda _change: self._typed(), "value")
        self.word.observe(lambda _change: self._word_chosen(), "value")

    def show(self, settings: ExplorerSetting) -> None:
        """Show the settings without callbacks."""
        axes = {axis.name for axis in (settings.x, settings.y) if axis is not None}
        knobs = [
            knob
            for knob in [*sweepable(settings.task), *(k for k in knobs_of(settings.task).values() if k.words)]
            if knob.name not in axes
        ]
        self._settings = settings
        options = offered(knobs)
        names = [name for _label, name in options]
        with self._by_program:
            if self.setting.options != tuple(options):
                chosen = self.setting.value
                self.setting.options = options
                first = "neurons" if "neurons" in names else "distortion"
                self.setting.value = chosen if chosen in names else (first if first in names else names[0])
            shown_chips = [
                self._chip(name, value) for name, value in settings.fixed.items() if name not in axes
            ]
            gone, self.chips.children = self.chips.children, tuple(shown_chips)
            close_all(*gone)
        self._show_value()

    def _knob(self) -> Knob:
        assert self._settings is not None
        return knobs_of(self._settings.task)[self.setting.value]

    def _show_value(self) -> None:
        if self._settings is None or self._by_program:
            return
        knob, settings = self._knob(), self._settings
        value = settings.fixed.get(knob.name, settings.defaults.get(knob.name))
        with self._by_program:
            chosen = bool(knob.choices)
            self.word.layout.display = None if chosen else "none"
            self.text.layout.display = "none" if chosen else None
            self._unit.value = DISPLAY_UNITS[knob.unit].symbol
            if chosen:
                self.word.options = list(knob.choices)
                self.word.value = value
            elif value is None:
                self.text.value = UNSET
            else:
                number = not isinstance(value, str)
                self.text.value = f"{shown(float(value), knob.unit):.6g}" if number else str(value)

    def _chosen(self) -> None:
        with self._error.guarded(clears=False):
            self._show_value()

    def _typed(self) -> None:
        if self._by_program:
            return
        with self._error.guarded():
            try:
                typed, knob = self.text.value.strip(), self._knob()
                if typed in ("", UNSET):
                    self._changed(knob.name, None)
                    return
                self._changed(knob.name, knob.checked(typed if knob.is_text else _number(typed, knob)))
            finally:
                self._show_value()

    def _word_chosen(self) -> None:
        if not self._by_program:
            with self._error.guarded(clears=False):
                self._changed(self._knob().name, self.word.value)

    def _chip(self, name: str, value: Value) -> Button:
        assert self._settings is not None
        knob = knobs_of(self._settings.task)[name]
        made = button(
            f"{symbol_of(knob)} = {value_text(knob, value)}  ✕",
            f"chip-{name.replace('_', '-')}",
            tr("{setting}: back to the default").format(setting=name_of(knob)),
        )
        made.on_click(lambda _button: self._drop(name))
        return made

    def _drop(self, name: str) -> None:
        with self._error.guarded(clears=False):
            self._changed(name, None)


def _number(typed: str, knob: Knob) -> float:
    try:
        return from_shown(float(typed), knob.unit)
    except ValueError:
        msg = tr("{setting} is {typed!r}; it must be a number.")
        raise Refused(msg.format(setting=knob.name, typed=typed)) from None
