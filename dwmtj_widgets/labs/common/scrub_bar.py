"""A slider over the record of a run, with a button to continue from the shown moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ipywidgets import HBox, Label, Layout

from dwmtj_widgets.labs.common.transport import button
from dwmtj_widgets.texts import tr
from dwmtj_widgets.units import quantity
from dwmtj_widgets.widgets._by_program import ByProgram
from dwmtj_widgets.widgets.entries import FloatSlider


class ScrubBar:
    """Slider, its time and the button to continue; `widget` goes into a page.

    Parameters
    ----------
    moved : callable
        Called with the share of the record, 0 to 1, that a person has chosen.
    """

    def __init__(self, moved: Callable[[float], None]) -> None:
        self._moved = moved
        self._by_program = ByProgram()
        # A share of the record in fixed steps: a slider (noUiSlider) whose range or step changes moves its handle by
        # itself, and its End key goes to its first end.
        self.slider = FloatSlider(
            value=1.0,
            min=0.0,
            max=1.0,
            step=0.001,
            readout=False,
            disabled=True,
            description=tr("Look back"),
            layout=Layout(flex="1 1 auto", width="auto", min_width="0"),
        )
        self.slider.add_class("dwmtj-scrub")
        self.text = Label(tr("live"), layout=Layout(width="70px", flex="0 0 auto"))
        self.text.add_class("dwmtj-scrub-time")
        self.go_on = button(
            tr("Continue from here"),
            "continue",
            tr("Go on from this moment with the present settings"),
            enabled=False,
        )
        self.widget = HBox([self.slider, self.text, self.go_on])
        self.widget.add_class("dwmtj-scrub-bar")
        self.slider.observe(self._slid, "value")

    def show(self, moments: int, time: float | None) -> None:
        """Show a record of `moments` moments; `time` is the shown time in seconds, None for live."""
        if time is None:
            # Otherwise the handle stays where a person is moving it, ahead of the kernel.
            with self._by_program:
                self.slider.value = 1.0
        self.slider.disabled = moments < 2
        self.text.value = tr("live") if time is None else quantity(time, "s", decimals=2)
        self.go_on.disabled = time is None

    def _slid(self, change: Any) -> None:
        if not self._by_program:
            self._moved(change["new"])
