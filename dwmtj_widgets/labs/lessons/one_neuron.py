"""The experiment of the second lesson: a soma, its axons, and the supply between them."""

from __future__ import annotations

from typing import Final

import numpy as np
from ipywidgets import HTML

from dwmtj_widgets.labs.lessons.desk import LessonDesk
from dwmtj_widgets.labs.lessons.drawing import (
    LEFT,
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
from dwmtj_widgets.sessions.lessons.one_neuron import SUPPLY_SHARES, OneNeuronSession, transfer
from dwmtj_widgets.units import quantity, shown
from dwmtj_widgets.widgets import palette
from dwmtj_widgets.widgets.controls import QuantitySlider
from dwmtj_widgets.widgets.plots.curve_plot import CurvePlot, Mark, Region, Scale
from dwmtj_widgets.widgets.views.meters import Meters, Reading

PACE: Final = 4e-9
_PUSH: Final = 8.0


class OneNeuron(Experiment):
    """Soma and axons with their walls, the voltages that move them, and the axons' response to the soma.

    Parameters
    ----------
    session : OneNeuronSession, optional
    """

    def __init__(self, session: OneNeuronSession | None = None) -> None:
        self.session = OneNeuronSession() if session is None else session
        session = self.session
        desk = LessonDesk(
            session, self._draw, pace=PACE, run_hint="Let time go on", reset_hint="All walls OFF, at time 0"
        )
        self.voltage = QuantitySlider(
            "Dendrite V",
            "V",
            session.voltage,
            -0.1,
            0.1,
            0.001,
            name="dendrite",
            hint="What the others tell it",
        )
        self.supply = QuantitySlider(
            "V_DW / rule",
            "1",
            1.0,
            *SUPPLY_SHARES,
            0.05,
            name="supply",
            hint="The supply, over what the rule says",
        )
        self.size = QuantitySlider(
            "Neurons N",
            "1",
            session.size,
            3,
            100,
            1,
            name="size",
            hint="In the network; the neuron has N - 1 axons",
        )
        self.drawing = HTML()
        self.drawing.add_class("dwmtj-neuron-drawing")
        self.readout = Meters("readout")
        self.plot = CurvePlot(height=210)
        self.plot.label = "Velocity of the axons' walls against the place of the soma's wall"
        super().__init__(
            "one neuron",
            "one-neuron",
            desk,
            self.drawing,
            [self.voltage.widget, self.supply.widget, self.size.widget],
            self.readout,
            [self.plot],
        )
        self.connect(self.voltage, session.set_voltage, lambda: session.voltage)
        self.connect(self.supply, session.set_supply_share, lambda: session.supply_share)
        self.connect(self.size, lambda value: session.set_size(int(value)), lambda: session.size)

    def _draw(self, texts: bool) -> None:
        shown_in(self.drawing, neuron_picture(self.session))
        if texts:
            self.readout.show(_readings(self.session))
            show_transfer(self.plot, self.session)


def show_transfer(plot: CurvePlot, session: OneNeuronSession) -> None:
    """Draw the axons' velocity for all past positions of the soma's wall, and for the present one."""
    device = session.device
    length = shown(device.track_length, "m")
    places = np.union1d(np.linspace(0.0, 1.0, 21), np.linspace(device.window_low, device.window_high, 41))
    places = np.append(places[places < session.seen], session.seen)
    threshold = session.threshold()
    marks = (
        []
        if not threshold <= session.seen
        else [Mark(threshold * length, palette.FOCUS, f"{threshold * length:.1f} nm")]
    )
    plot.show(
        Scale("Soma's wall at, nm", 0.0, length, "nm", symbol="x"),
        Scale("Axons move, m/s", -6.0, 12.0, "m/s", symbol="v"),
        [
            curve("standing", [0.0, length], [0.0, 0.0], palette.EARLIER, live=False, width=1.0),
            curve("v", places * length, transfer(session, places), palette.SERIES[0], live=False),
            curve(
                "now", [session.soma * length], [session.axon_velocity(session.soma)], palette.FOCUS,
                marker="circle", width=3.0,
            ),
        ],
        marks=marks,
        regions=[Region(device.window_low * length, device.window_high * length, "under the junction")],
    )  # fmt: skip


def neuron_picture(session: OneNeuronSession) -> str:
    """Return the soma with its junction, the supply, and one axon that represents all."""
    device = session.device
    window = (float(device.window_low), float(device.window_high))
    pushed = session.axon_velocity(session.soma) - device.axon_leak
    said = f"Soma's wall at {session.soma:.2f}, axons' walls at {session.axon:.2f} of their tracks"
    high = along(window[1])
    middle = (along(window[0]) + high) / 2
    axons = session.size - 1
    return picture(
        258,
        said,
        f'<path d="M{middle} 8V30M{middle} 26V34" stroke="{palette.themed(palette.FAINT)}" stroke-width="2"/>',
        words(high + 8, 22, f"V_DW = {quantity(session.supply, 'V', digits=3)}", bold=True),
        junction(82, window, on_share(session.soma, window)),
        words(high + 8, 46, f"{quantity(session.soma_resistance, 'ohm', decimals=0)}"),
        words(LEFT, 74, "soma", bold=True),
        track(82, 30, session.soma, window),
        arrow(min(max(along(session.soma), 60), 460), 126, _length(session.soma_velocity * 2), PUSHED, 3.0),
        words(LEFT, 156, f"axon, one of {axons}", bold=True),
        track(176, 30, session.axon, window),
        arrow(min(max(along(session.axon), 120), 400), 220, _length(pushed * _PUSH), PUSHED, 3.0),
        arrow(min(max(along(session.axon), 120), 400), 240, _length(device.axon_leak * _PUSH), RETURNS, 3.0),
        words(LEFT, 225, "soma's current", faint=True) if session.axon > 0.5 else
        words(along(1.0), 225, "soma's current", anchor="end", faint=True),
        words(LEFT, 245, "leak", faint=True) if session.axon > 0.5 else
        words(along(1.0), 245, "leak", anchor="end", faint=True),
    )  # fmt: skip


def _length(wanted: float) -> float:
    return float(np.clip(wanted, -230.0, 230.0))


def _readings(session: OneNeuronSession) -> list[Reading]:
    current = session.axon_current(session.soma)
    rule, balance = quantity(session.rule, "V", decimals=1), quantity(session.balance, "A", decimals=2)
    velocity = quantity(session.axon_velocity(session.soma), "m/s", decimals=2)
    return [
        Reading("Time", quantity(session.time, "s", decimals=1), "time"),
        Reading("V_DW", quantity(session.supply, "V", decimals=1), "supply-voltage", "", f"rule {rule}"),
        Reading(
            "Axon current",
            quantity(current, "A", decimals=2),
            "axon-current",
            "",
            f"{balance} balances the leak",
        ),
        Reading("Axons move", velocity, "axon-velocity", "Plus is towards ON; the ends hold them"),
    ]
