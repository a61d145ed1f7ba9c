"""Buttons of the Signal Lab to train, run and pause, and the speed."""

from __future__ import annotations

import numpy as np
from ipywidgets import Button, HBox, Layout

from dwmtj_widgets.labs.common.transport import button
from dwmtj_widgets.texts import tr
from dwmtj_widgets.units import from_shown
from dwmtj_widgets.widgets.entries import FloatLogSlider

SLOWEST, USUAL, FASTEST = 1.0, 100.0, 500.0
"""Nanoseconds of device time per second."""


class SignalTransport:
    """Two actions one after the other, go on, pause, step, new, instant and speed; `widget` goes into a page.

    Parameters
    ----------
    first, second : Button
        Buttons of the two actions.
    step_hint, restart_hint : str
        Tooltips of the buttons for one step and for a restart.
    """

    def __init__(self, first: Button, second: Button, *, step_hint: str, restart_hint: str) -> None:
        self.first, self.second = first, second
        self.run = button(tr("▶ Go on"), "run", tr("Continue, or begin the next phase"))
        self.pause = button(tr("❚❚ Pause"), "pause", tr("Hold everything where it is; also stops Instant"))
        self.step = button(tr("Step"), "step", step_hint)
        self.reset = button(tr("↺ Reset"), "reset", restart_hint)
        self.instant = button(tr("Instant"), "instant", tr("Compute the rest of this phase at once"))
        self.speed = FloatLogSlider(
            value=USUAL,
            base=10,
            min=np.log10(SLOWEST),
            max=np.log10(FASTEST),
            step=0.01,
            description=tr("Speed, ns/s"),
            tooltip=tr("Simulated nanoseconds per real second"),
            readout_format=".3g",
            layout=Layout(width="230px"),
        )
        self.speed.add_class("dwmtj-speed")
        self.widget = HBox(
            [first, second, self.run, self.pause, self.step, self.instant, self.reset, self.speed]
        )
        self.widget.add_class("dwmtj-transport")

    @property
    def pace(self) -> float:
        """Seconds of device time per second."""
        return from_shown(float(self.speed.value), "s")

    def show(self, *, playing: bool, working: bool, primary: str) -> None:
        """Enable the buttons; `primary` is the next one: "first", "second" or "run"."""
        for name in ("first", "second", "run"):
            style = "primary" if name == primary else ""
            made: Button = getattr(self, name)
            if made.button_style != style:
                made.button_style = style
        self.run.disabled = playing or working
        self.pause.disabled = not (playing or working)
        self.pause.description = tr("■ Stop") if working else tr("❚❚ Pause")
        self.step.disabled = self.instant.disabled = working


def step_bar(steps: list[tuple[str, str, float]], phase: str) -> str:
    """Return the progress as HTML: steps (label, "past", "now" or "ahead", finished share), and one word."""
    parts = "".join(
        f'<span class="step {state}"' + (f' style="--share:{100 * share:.0f}%"' if state == "now" else "") +
        f">{label}</span>"
        for label, state, share in steps
    )  # fmt: skip
    said = f'<span class="dwmtj-phase dwmtj-unseen">{phase}</span>'
    return f'<div class="dwmtj-phase-steps">{parts}</div>{said}'
