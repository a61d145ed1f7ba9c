"""Buttons to run, pause and reset, and the speed."""

from __future__ import annotations

import numpy as np
from ipywidgets import Button, HBox, Layout

from dwmtj_widgets.texts import tr
from dwmtj_widgets.units import from_shown, quantity
from dwmtj_widgets.widgets.entries import FloatLogSlider

STEP = 0.1e-9
"""Default device time of the single-step button, s."""


class Transport:
    """Run, pause, step, reset, instant and speed; `widget` is what goes into a page.

    Parameters
    ----------
    step : float
        Device time of the single-step button in seconds.
    """

    def __init__(self, step: float = STEP) -> None:
        self.run = button(tr("▶ Run"), "run", tr("Load the input, then let the network converge"), "primary")
        self.pause = button(tr("❚❚ Pause"), "pause", tr("Hold every wall where it is"))
        self.step = button(
            tr("Step"), "step", tr("Go on by {time} of device time").format(time=quantity(step, "s"))
        )
        self.reset = button(tr("↺ Reset"), "reset", tr("Back to time 0 with the present input"))
        self.instant = button(tr("Instant"), "instant", tr("Compute the rest of the run at once"))
        self.speed = FloatLogSlider(
            value=10.0,
            base=10,
            min=np.log10(0.05),
            max=np.log10(20.0),
            step=0.01,
            description=tr("Speed, ns/s"),
            tooltip=tr("Simulated nanoseconds per real second"),
            readout_format=".2g",
            layout=Layout(width="240px"),
        )
        self.speed.add_class("dwmtj-speed")
        self.widget = HBox([self.run, self.pause, self.step, self.reset, self.instant, self.speed])
        self.widget.add_class("dwmtj-transport")

    @property
    def pace(self) -> float:
        """Seconds of device time per second."""
        return from_shown(float(self.speed.value), "s")

    def show(self, *, playing: bool, begun: bool, ended: bool) -> None:
        """Enable the buttons for a run that plays or not, has begun or not, has ended or not."""
        idle = tr("▶ Run again") if ended else (tr("▶ Go on") if begun else tr("▶ Run"))
        self.run.description = tr("Running …") if playing else idle
        self.run.disabled = playing
        self.pause.disabled = not playing
        self.step.disabled = ended


def button(label: str, name: str, hint: str, style: str = "", *, enabled: bool = True) -> Button:
    """Return a button with the class ``dwmtj-NAME``, as wide as its label."""
    made = Button(
        description=label, tooltip=hint, button_style=style, disabled=not enabled, layout=Layout(width="auto")
    )
    made.add_class(f"dwmtj-{name}")
    return made
