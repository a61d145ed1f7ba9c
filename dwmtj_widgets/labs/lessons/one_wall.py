"""The experiment of the first lesson: one wall, one junction, a current set by hand."""

from __future__ import annotations

from typing import Final

import numpy as np
from ipywidgets import HTML

from dwmtj_widgets.hopfield import Device
from dwmtj_widgets.labs.common.transport import button
from dwmtj_widgets.labs.lessons.desk import LessonDesk
from dwmtj_widgets.labs.lessons.drawing import (
    PUSHED,
    RETURNS,
    along,
    arrow,
    junction,
    on_share,
    picture,
    track,
    words,
)
from dwmtj_widgets.labs.lessons.experiment import Experiment
from dwmtj_widgets.labs.lessons.figure import curve
from dwmtj_widgets.labs.lessons.part import shown_in
from dwmtj_widgets.sessions.lessons.one_wall import OneWallSession
from dwmtj_widgets.units import quantity, shown
from dwmtj_widgets.widgets import palette
from dwmtj_widgets.widgets.controls import QuantitySlider, slider_for
from dwmtj_widgets.widgets.plots.curve_plot import CurvePlot, Mark, Region, Scale
from dwmtj_widgets.widgets.views.meters import Meters, Reading

PACE: Final = 2e-9
SHOWN_TIME: Final = 40e-9
"""Device time on the chart, s."""
_PUSH: Final = 6.0
"""Length of an arrow in the drawing for 1 m/s."""


class OneWall(Experiment):
    """A track with its wall, the junction above it, and the junction's resistance.

    Parameters
    ----------
    session : OneWallSession, optional
        The initial wall; by default an axon of Table I, held ON by 15 µA.
    """

    def __init__(self, session: OneWallSession | None = None) -> None:
        self.session = OneWallSession() if session is None else session
        session = self.session
        desk = LessonDesk(
            session,
            self._draw,
            pace=PACE,
            run_hint="Let time go on",
            reset_hint="Put the wall back at the ON end, at time 0",
        )
        self.current = QuantitySlider(
            "Current I", "A", session.current, -20e-6, 40e-6, 0.1e-6, name="current", hint="Through the track"
        )
        self.leak = slider_for(Device.controls()["axon_leak"], default=session.device.axon_leak)
        self.leak.slider.description = "Leak v_leak"
        self.off = button("Current off", "current-off", "Set the current to zero")
        self.off.on_click(lambda _button: setattr(self.current, "value", 0.0))
        self.drawing = HTML()
        self.drawing.add_class("dwmtj-wall-drawing")
        self.readout = Meters("readout")
        self.over_place, self.over_time = CurvePlot(height=190), CurvePlot(height=190)
        self.over_place.label = "Resistance of the junction against the wall's place"
        self.over_time.label = "Resistance of the junction against time"
        super().__init__(
            "one wall, one junction",
            "one-wall",
            desk,
            self.drawing,
            [self.current.widget, self.leak.widget, self.off],
            self.readout,
            [self.over_place, self.over_time],
        )
        self.connect(self.current, session.set_current, lambda: session.current)
        self.connect(self.leak, session.set_leak, lambda: session.device.axon_leak)

    def _draw(self, texts: bool) -> None:
        shown_in(self.drawing, wall_picture(self.session))
        if texts:
            self.readout.show(_readings(self.session))
            self._draw_charts()

    def _draw_charts(self) -> None:
        session, device = self.session, self.session.device
        length = shown(device.track_length, "m")
        top = shown(device.r_antiparallel, "ohm") * 1.1
        resistance = Scale("Resistance, Ω", 0.0, top, "Ω", symbol="R")
        places = np.union1d(np.linspace(0.0, 1.0, 21), np.linspace(device.window_low, device.window_high, 41))
        here = curve(
            "now",
            [shown(session.place, "m")],
            [session.resistance],
            palette.FOCUS,
            marker="circle",
            width=3.0,
        )
        self.over_place.show(
            Scale("Wall at, nm", 0.0, length, "nm", symbol="x"),
            resistance,
            [
                curve("R", places * length, 1.0 / device.conductance(places), palette.SERIES[0], live=False),
                here,
            ],
            regions=[Region(device.window_low * length, device.window_high * length, "under the junction")],
        )
        times, resistances = session.record
        kept = times >= session.time - SHOWN_TIME
        times, resistances = times[kept][::-2][::-1], resistances[kept][::-2][::-1]
        end = max(session.time, SHOWN_TIME)
        self.over_time.show(
            Scale("Time, ns", shown(end - SHOWN_TIME, "s"), shown(end, "s"), "ns", symbol="t"),
            resistance,
            [curve("R", times * shown(1.0, "s"), resistances, palette.SERIES[0], live=False)],
            marks=[Mark(shown(session.time, "s"), palette.FOCUS)],
        )


def wall_picture(session: OneWallSession) -> str:
    """Return the track, the junction and the forces on the wall."""
    device = session.device
    window = (float(device.window_low), float(device.window_high))
    position = session.position
    pushed, leak = float(device.mobility * session.current), float(device.axon_leak)
    said = f"Wall at {quantity(session.place, 'm', decimals=1)}, junction at {quantity(session.resistance, 'ohm')}"
    middle = min(max(along(position), 120.0), 400.0)
    return picture(
        196,
        said,
        junction(82, window, on_share(position, window)),
        words(along(window[1]) + 8, 46, "junction"),
        track(82, 34, position, window),
        words(along(0.0), 74, "OFF end", faint=True),
        words(along(1.0), 74, "ON end", anchor="end", faint=True),
        words(along(0.0), 136, quantity(0.0, "m"), faint=True),
        words(along(1.0), 136, quantity(device.track_length, "m"), anchor="end", faint=True),
        arrow(middle, 156, max(min(pushed * _PUSH, 240.0), -240.0), PUSHED, 3.0),
        words(along(0.0), 161, "current pushes", bold=True) if middle > 250 else
        words(along(1.0), 161, "current pushes", anchor="end", bold=True),
        arrow(middle, 181, max(min(leak * _PUSH, 240.0), -240.0), RETURNS, 3.0),
        words(along(0.0), 186, "leak pulls", bold=True) if middle > 250 else
        words(along(1.0), 186, "leak pulls", anchor="end", bold=True),
    )  # fmt: skip


def _readings(session: OneWallSession) -> list[Reading]:
    stands = session.velocity == 0.0 and session.free_velocity != 0.0
    return [
        Reading("Time", quantity(session.time, "s", decimals=2), "time"),
        Reading("Wall at", quantity(session.place, "m", decimals=1), "place", "From the OFF end"),
        Reading(
            "Velocity",
            quantity(session.velocity, "m/s", decimals=2),
            "velocity",
            "Plus is towards ON",
            "held at the end" if stands else "",
        ),
        Reading(
            "Current + leak",
            quantity(session.free_velocity, "m/s", decimals=2),
            "free-velocity",
            "What they would give a wall that is not at an end",
        ),
        Reading("Resistance", quantity(session.resistance, "ohm", decimals=0), "resistance"),
    ]
