"""Lesson 5: where the nanoseconds and nanojoules go, and their product."""

from __future__ import annotations

from typing import Final

import numpy as np

from dwmtj_widgets.hopfield import Device, Network
from dwmtj_widgets.labs.lessons.answers import Choice, Number, Option
from dwmtj_widgets.labs.lessons.course import Topic
from dwmtj_widgets.labs.lessons.figure import Chart, Measurement, curve
from dwmtj_widgets.sessions.lessons.energy import EnergySession
from dwmtj_widgets.tasks.random_recall import Conditions, draw_trial, recall
from dwmtj_widgets.units import quantity, shown
from dwmtj_widgets.widgets import palette
from dwmtj_widgets.widgets.plots.curve_plot import Scale, round_above

SIZE: Final = 100
WEIGHTS: Final = (0.02, 0.04, 0.06, 0.08, 0.12, 0.16, 0.2, 0.24)
"""Weights of the figure in V."""
_FIGURE_SIZE: Final = 60
_TRIALS: Final = 25


def _happened() -> str:
    session = EnergySession()
    once = session.bill
    session.set(weight=0.2)
    twice = session.bill
    return (
        f"{quantity(once.time, 's', digits=3)} became {quantity(twice.time, 's', digits=3)}, and "
        f"{quantity(once.energy.total, 'J', digits=3)} became {quantity(twice.energy.total, 'J', digits=3)}, "
        f"{twice.energy.total / once.energy.total:.1f} times as much. W drives the somas, and they are fast "
        "anyway; the "
        "axons, which take the time, are driven by V_DW. The synapses' energy goes with the square of W."
    )


def returning_time() -> float:
    """Return the time that an axon of an OFF soma takes for its track in the network of 100, in seconds."""
    device = Device()
    network = Network(np.zeros((SIZE, SIZE)), device)
    velocity = network.axon_velocity(np.zeros(SIZE))[0, 1]
    return float(device.track_length / abs(velocity))


def _faster_leak() -> str:
    """Return the effect of doubling the leak on the returning axon, as text."""
    device = Device(axon_leak=2.0 * Device().axon_leak)
    velocity = Network(np.zeros((SIZE, SIZE)), device).axon_velocity(np.zeros(SIZE))[0, 1]
    return quantity(float(device.track_length / abs(velocity)), "s", digits=3)


def _charts() -> list[Chart]:
    times, energies = [], []
    for weight in WEIGHTS:
        conditions = Conditions(weight=weight)
        runs = []
        for trial in range(_TRIALS):
            stored, cue, _rng = draw_trial(conditions, _FIGURE_SIZE, 1, trial)
            runs.append(recall(stored, cue, conditions))
        times.append(shown(float(np.mean([run.time for run in runs])), "s"))
        energies.append(shown(float(np.mean([run.energy for run in runs])), "J"))
    volts = [shown(weight, "V") for weight in WEIGHTS]
    products = [time * energy for time, energy in zip(times, energies, strict=True)]
    x = Scale("Weight W, mV", 0.0, 250.0, "mV", symbol="W")
    return [
        Chart(
            x,
            Scale("Time, ns, and energy, nJ", 0.0, round_above(max(*times, *energies)), "", symbol="mean"),
            [
                curve("time, ns", volts, times, palette.SERIES[0], label="time", marker="circle"),
                curve("energy, nJ", volts, energies, palette.SERIES[1], label="energy", marker="square"),
            ],
        ),
        Chart(
            x,
            Scale("Energy × time, aJ s", 0.0, round_above(max(products)), "aJ s", symbol="EDP"),
            [curve("energy × time", volts, products, palette.SERIES[2], marker="triangle")],
        ),
    ]


TOPIC = Topic(
    question=(
        "A network of 100 neurons repairs a picture of which 20 % is wrong, with W = 100 mV. You double W to "
        "200 mV. What "
        "happens to the time and to the energy?"
    ),
    options=(
        "Half the time, the same energy.",
        "Half the time, twice the energy.",
        "Nearly the same time, three to four times the energy.",
        "Nearly the same time, twice the energy.",
    ),
    right=2,
    happened=_happened,
    check=Choice(
        "You want the recall to be faster. Which of these changes helps most?",
        (
            Option(
                "W from 100 to 200 mV.",
                "Try it above. Which part of the time does W act on, and how long is that part?",
            ),
            Option(
                "V_C from 100 to 200 mV.",
                "V_C acts during loading alone. Look at the bar: how long does loading take?",
            ),
            Option(
                "Axons with twice the leak, and V_DW by its rule.",
                f"The rule doubles V_DW with the leak, so every axon moves twice as fast: {_faster_leak()} "
                "instead of "
                "53.8 ns back to OFF. It has a price: the supply's power goes with the square of V_DW.",
            ),
        ),
        right=2,
    ),
    exercise=Number(
        "The slowest walls of a recall are axons that must go back to OFF. How long does one take over its "
        "track of "
        "100 nm? There are 100 neurons, V<sub>DW</sub> = 591.2 mV, the soma is OFF (2000 Ω), R<sub>M</sub> = "
        "2000 Ω, the "
        "leak is −5 m/s, one microampere gives 1.0636 m/s.",
        returning_time,
        "s",
        (
            "An OFF soma still sends a current, against the leak. Work it out first: lesson 2 has the formula.",
            "I = V_DW / (R_soma (N − 1) + R_M), with 99 axons. Then v = μ I + v_leak.",
            "The current is near 2.96 µA, so the wall moves at less than 2 m/s. The time is 100 nm over that.",
        ),
        "2.96 µA leave −1.86 m/s. With 16 ns of loading that is nearly all of a recall.",
    ),
    figure=Measurement(
        "time, energy and their product",
        f"The paper's Fig. 8: {_FIGURE_SIZE} neurons that recall one random pattern from a random input, "
        "against W. Here: "
        f"means of {_TRIALS} runs a point, device of Table I, energy by the circuit. The paper's own energies "
        "come from "
        "a closed formula.",
        _charts,
    ),
)
