"""The load time: the default of circuit and device, or a time set by a person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ipywidgets import Checkbox, Layout, VBox

from dwmtj_widgets.texts import tr
from dwmtj_widgets.units import from_shown, shown
from dwmtj_widgets.widgets._by_program import ByProgram
from dwmtj_widgets.widgets.entries import FloatText


class LoadTime:
    """A check mark and a field for a time; `widget` goes into a page.

    Parameters
    ----------
    changed : callable
        Called with the time in seconds, or None for the default.
    """

    def __init__(self, changed: Callable[[float | None], None]) -> None:
        self._changed = changed
        self._by_program = ByProgram()
        self.derived = Checkbox(
            value=True,
            indent=False,
            description=tr("Load as long as circuit and device need"),
            layout=Layout(width="auto"),
        )
        self.derived.add_class("dwmtj-load-time-derived")
        # A slider would round a derived time to one of its steps.
        self.own = FloatText(
            description=tr("Load time, ns"),
            disabled=True,
            step=0.5,
            layout=Layout(width="auto", max_width="260px"),
            tooltip=tr("A shorter time releases the network before its axons have settled"),
        )
        self.own.add_class("dwmtj-load-time")
        self.widget = VBox([self.derived, self.own])
        self.derived.observe(self._set, "value")
        self.own.observe(self._set, "value")

    def show(self, given: float | None, in_force: float) -> None:
        """Show the time that was set, None for the default, and the actual time; seconds."""
        with self._by_program:
            self.derived.value, self.own.disabled = given is None, given is None
            self.own.value = float(f"{shown(in_force if given is None else given, 's'):.12g}")

    def _set(self, _change: Any) -> None:
        if not self._by_program:
            self._changed(None if self.derived.value else from_shown(self.own.value, "s"))
