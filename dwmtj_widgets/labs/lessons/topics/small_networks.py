"""Lesson 3: two and three neurons by hand."""

from __future__ import annotations

import numpy as np

from dwmtj_widgets.hopfield import Network, Simulation, hebbian_weights
from dwmtj_widgets.labs.lessons.answers import Choice, Number, Option
from dwmtj_widgets.labs.lessons.course import Topic
from dwmtj_widgets.labs.lessons.figure import Chart, Measurement, curve
from dwmtj_widgets.units import quantity, shown
from dwmtj_widgets.widgets import palette
from dwmtj_widgets.widgets.plots.curve_plot import Mark, Scale

WEIGHT = 0.1
STORED = (1, 0, 1)
"""Pattern stored in the figure's network."""
LOADED = (1, 1, 0)
_POINTS = 150


def _happened() -> str:
    run = Simulation(Network([[0.0, -WEIGHT], [-WEIGHT, 0.0]]), [1, 0])
    result = run.run()
    off, on = (
        Network([[0.0, -WEIGHT], [-WEIGHT, 0.0]]).dendrite_voltage(np.full((2, 2), place))[0]
        for place in (0.0, 1.0)
    )
    end = " and ".join("ON" if bit else "OFF" for bit in result.bits)
    return (
        f"The run ended as {end} after {quantity(result.time, 's', digits=3)}. An OFF axon conducts too: through it "
        f"−100 mV still put {quantity(off, 'V', digits=3)} on the other's dendrite, through an ON axon "
        f"{quantity(on, 'V', digits=3)}. In the textbook's network a neuron that is OFF says nothing, or says the "
        "opposite; here it says the same more quietly."
    )


def third_dendrite() -> float:
    """Return the voltage at dendrite 3 in volts: axon 1 ON with +100 mV, axon 2 OFF with -100 mV."""
    network = Network([[0.0, 0.0, WEIGHT], [0.0, 0.0, -WEIGHT], [WEIGHT, -WEIGHT, 0.0]])
    axons = np.array([[np.nan, 1.0, 1.0], [0.0, np.nan, 0.0], [0.0, 0.0, np.nan]])
    return float(network.dendrite_voltage(axons)[2])


def _charts() -> list[Chart]:
    run = Simulation(Network(hebbian_weights([STORED], WEIGHT)), LOADED)
    record = run.record()
    result = run.run()
    end = shown(result.time, "s")
    rows = np.unique(np.linspace(0, len(record) - 1, _POINTS).astype(int))
    times = record.times[rows] * shown(1.0, "s")
    curves = [
        curve(f"soma {k + 1}", times, record.somas[rows, k], palette.SERIES[k], label=f"soma {k + 1}",
              dash=("solid", "dashed", "dotted")[k], live=False)
        for k in range(len(STORED))
    ]  # fmt: skip
    return [
        Chart(
            Scale("Time, ns", 0.0, end, "ns", symbol="t"),
            Scale("Soma's wall, x/L", 0.0, 1.05, "", symbol="x/L"),
            curves,
            marks=[Mark(shown(run.load_time, "s"), palette.EARLIER, "load ends")],
        )
    ]


TOPIC = Topic(
    question=(
        "Two neurons are joined by W = −100 mV both ways: each pushes the other towards OFF. You load ON into "
        "the first "
        "and OFF into the second. How does the run end?"
    ),
    options=(
        "ON and OFF: the first one holds the second one down.",
        "OFF and ON: they change places.",
        "OFF and OFF.",
        "It never ends: they go round and round.",
    ),
    right=2,
    happened=_happened,
    check=Choice(
        "Three neurons store 1 0 1 by Hebb's rule: W<sub>12</sub> = W<sub>23</sub> = −100 mV, W<sub>13</sub> = "
        "+100 mV. "
        "You load its inverse, 0 1 0. How does the run end?",
        (
            Option(
                "0 1 0: the inverse has the same weights, so it is stable too.",
                "Work out dendrite 2. Axons 1 and 3 are OFF, but an OFF axon still conducts. Which sign has "
                "the voltage?",
            ),
            Option(
                "1 0 1, after a long time.",
                "Both quiet axons push neuron 2 OFF. Then nothing pushes 1 and 3 but their leak of +0.2 m/s, "
                "which takes "
                "hundreds of nanoseconds to bring them ON. With more neurons, and as many ON as OFF, inverses "
                "are stable: "
                "lesson 4.",
            ),
            Option(
                "0 0 0: once all are OFF nothing moves them.",
                "You are near. What does the soma's own leak do when the voltages cancel? Run it and be patient.",
            ),
        ),
        right=1,
    ),
    exercise=Number(
        "Neuron 1 is ON and reaches neuron 3 with W<sub>13</sub> = +100 mV. Neuron 2 is OFF and reaches it with "
        "W<sub>23</sub> = −100 mV. What is the voltage at dendrite 3? The junctions conduct 2 mS (ON) and 0.5 "
        "mS (OFF), "
        "the dendrite's own track R<sub>M</sub> has 2000 Ω to ground.",
        third_dendrite,
        "V",
        (
            "The dendrite is a node with three conductances: two to the weight sources, one to ground. "
            "Currents add to "
            "zero.",
            "V = (W₁₃ G₁ + W₂₃ G₂) / (G₁ + G₂ + 1/R_M). Put the conductances in.",
            "The upper part is 0.1 V · 2 mS − 0.1 V · 0.5 mS; the lower part has three conductances, all positive.",
        ),
        "0.15 mA over 3 mS.",
    ),
    figure=Measurement(
        "three neurons recall",
        "The paper's Fig. 4 shows a network of three neurons. Here: its three soma walls in a run of the engine, "
        "weights storing 1 0 1, loaded with 1 1 0.",
        _charts,
    ),
)
