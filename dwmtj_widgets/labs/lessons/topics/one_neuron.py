"""Lesson 2: soma, axons, threshold, the V_DW rule."""

from __future__ import annotations

import numpy as np

from dwmtj_widgets.hopfield import Device, Network
from dwmtj_widgets.labs.lessons.answers import Choice, Number, Option
from dwmtj_widgets.labs.lessons.course import Topic
from dwmtj_widgets.labs.lessons.figure import Chart, Measurement, curve
from dwmtj_widgets.sessions.lessons.one_neuron import OneNeuronSession, transfer
from dwmtj_widgets.units import quantity, shown
from dwmtj_widgets.widgets import palette
from dwmtj_widgets.widgets.plots.curve_plot import Mark, Region, Scale

EXERCISE_SIZE = 25


def _happened() -> str:
    session = OneNeuronSession()
    threshold = session.threshold()
    place = quantity(threshold * session.device.track_length, "m", digits=3)
    resistance = float(1.0 / session.device.conductance(threshold))
    return (
        f"The axons turn when the soma's wall is at {place}. "
        f"There the junction has {quantity(resistance, 'ohm')}, half-way between its two resistances. The junction's "
        "conductance changes evenly, so its resistance falls fast at first: half-way in resistance is only a "
        "fifth of "
        "the way under the junction."
    )


def rule_voltage() -> float:
    """Return V_DW in volts for the exercise's network."""
    return Network(np.zeros((EXERCISE_SIZE, EXERCISE_SIZE)), Device()).supply_voltage


def _off_share() -> str:
    session = OneNeuronSession()
    session.set_supply_share(2.0)
    return quantity(session.axon_velocity(0.0), "m/s", digits=2)


def _charts() -> list[Chart]:
    device = Device()
    length = shown(device.track_length, "m")
    places = np.union1d(np.linspace(0.0, 1.0, 21), np.linspace(device.window_low, device.window_high, 61))
    curves = [curve("standing", [0.0, length], [0.0, 0.0], palette.EARLIER, live=False, width=1.0)]
    for index, (size, dash) in enumerate(((3, "dotted"), (10, "dashed"), (100, "solid"))):
        session = OneNeuronSession(size)
        curves.append(
            curve(f"N = {size}", places * length, transfer(session, places), palette.SERIES[index],
                  label=f"N = {size}", dash=dash, live=False)
        )  # fmt: skip
    threshold = OneNeuronSession().threshold() * length
    return [
        Chart(
            Scale("Soma's wall at, nm", 0.0, length, "nm", symbol="x"),
            Scale("Axons move, m/s", -6.0, 12.0, "m/s", symbol="v"),
            curves,
            marks=[Mark(threshold, palette.FOCUS, f"{threshold:.1f} nm")],
            regions=[Region(device.window_low * length, device.window_high * length)],
        )
    ]


TOPIC = Topic(
    question=(
        "The soma's wall moves from the OFF end towards the ON end. Its junction covers 40 to 60 nm. When do "
        "the axons "
        "of this neuron begin to move towards ON?"
    ),
    options=(
        "As soon as the soma's wall leaves the OFF end.",
        "When the soma's wall is only a little way under the junction, at about 44 nm.",
        "When the soma's wall is in the middle, at 50 nm.",
        "When the soma's wall has left the junction behind, at 60 nm.",
    ),
    right=1,
    happened=_happened,
    check=Choice(
        "Somebody doubles V<sub>DW</sub> in a network of 10 neurons. What do the axons of a neuron do whose "
        "soma is OFF?",
        (
            Option(
                "They stay OFF, because the soma is OFF.",
                "An OFF soma still conducts: 2000 Ω is not infinite. Set V_DW / rule to 2 and read the axon current.",
            ),
            Option(
                "They go ON, although the soma is OFF.",
                f"The OFF soma now sends more current than the leak balances: the axons move at +{_off_share()}. A "
                "neuron that fires whatever its soma says carries no information.",
            ),
            Option(
                "They stop half-way.",
                "They would need exactly the current that balances the leak. Compare the two numbers.",
            ),
        ),
        right=1,
    ),
    exercise=Number(
        f"Which V<sub>DW</sub> does the rule give for a network of {EXERCISE_SIZE} neurons? R<sub>P</sub> is "
        "500 Ω, R<sub>AP</sub> is 2000 Ω, the "
        "track R<sub>M</sub> has 2000 Ω, the axons' leak is −5 m/s, and one microampere gives 1.0636 m/s.",
        rule_voltage,
        "V",
        (
            "First find the axon current that just balances the leak. You had it in lesson 1.",
            "That current must flow in each axon when the soma's junction has the mean of its two "
            "resistances, 1250 Ω.",
            f"There are {EXERCISE_SIZE - 1} axons in parallel behind one junction, so the junction counts "
            f"{EXERCISE_SIZE - 1}-fold for each of them: V_DW = I ({EXERCISE_SIZE - 1} · 1250 Ω + 2000 Ω).",
        ),
        "4.70 µA through 24 · 1250 Ω + 2000 Ω.",
    ),
    figure=Measurement(
        "how the axons answer the soma",
        "The paper's Fig. 3 shows this neuron and its Eq. (4) the rule for V_DW. Here: the velocity of the axons for "
        "every place of the soma's wall, from the circuit's equations, in networks of 3, 10 and 100 neurons. "
        "All turn "
        "at the same place.",
        _charts,
    ),
)
