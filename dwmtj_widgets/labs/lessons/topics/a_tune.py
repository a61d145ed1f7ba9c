"""Lesson 7: forty spinning junctions that learn a tune."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Final

import numpy as np

from dwmtj_widgets.labs.lessons.answers import Choice, Number, Option
from dwmtj_widgets.labs.lessons.course import Topic
from dwmtj_widgets.labs.lessons.figure import Chart, Measurement, curve
from dwmtj_widgets.mtj_rnn.macrospin import Junction
from dwmtj_widgets.mtj_rnn.measures import Quality
from dwmtj_widgets.sessions.lessons.tune import FREE_PERIODS, PERIOD, SIZE, Floats, free_run
from dwmtj_widgets.sessions.signal.wave import SAMPLE_TIME
from dwmtj_widgets.units import quantity, shown
from dwmtj_widgets.widgets import palette
from dwmtj_widgets.widgets.plots.curve_plot import Scale

TORQUE_FIELD: Final = 50e-3
"""Torque field of the exercise in T."""
_STEP, _STEPS = 1e-12, 6000


@cache
def _played() -> tuple[Floats, Quality]:
    return free_run()


def _happened() -> str:
    _output, found = _played()
    drifted = abs(found.period_error) * FREE_PERIODS
    return (
        f"Over {FREE_PERIODS} periods by itself the output differs from the tune by "
        f"{quantity(found.error, '%', digits=2)} "
        f"of its standard deviation. Its period is off by {found.period_error_ppm:+,.0f} ppm, so it is out of "
        "step by "
        f"{quantity(drifted, '%', digits=2)} of a period at the end. The tune is not stored as a list of "
        "values; it is a "
        "cycle that the network falls into."
    )


def resting_place() -> float:
    """Return m_y at rest under the exercise's torque field, by integrating the LLG equation.

    The rest position does not depend on the damping, which is strong here for a fast approach.
    """
    junction = replace(Junction(), damping=1.0)
    m = np.array([1.0, 0.0, 0.0])
    for _ in range(_STEPS):
        m = m + _STEP * junction.rate(m, TORQUE_FIELD)
        m /= np.linalg.norm(m)
    return float(m[1])


def _charts() -> list[Chart]:
    output, found = _played()
    last = slice(-3 * round(PERIOD / SAMPLE_TIME), None, 2)
    times = (np.arange(output.size) * shown(SAMPLE_TIME, "s"))[last]
    return [
        Chart(
            Scale("Time of the free run, ns", float(times[0]), float(times[-1]), "ns", symbol="t"),
            Scale("Signal", -1.3, 1.3, "", symbol="z"),
            [
                curve(
                    "tune",
                    times,
                    found.aligned_target[last],
                    palette.EARLIER,
                    label="tune",
                    width=5.0,
                    live=False,
                ),
                curve("network", times, output[last], palette.SERIES[0], label="network", live=False),
            ],
        )
    ]


TOPIC = Topic(
    question=(
        f"{SIZE} junctions have heard a tune for 40 periods while a readout was being trained. Now its weights "
        "are frozen "
        "and the tune is taken away. What does the network do?"
    ),
    options=(
        "It falls silent: without the tune nothing drives it.",
        "It plays the tune for ever, without any error.",
        "It goes on with the tune, with a small error, and slowly gets out of step with the original.",
        "It plays noise: 40 junctions cannot hold a tune.",
    ),
    right=2,
    happened=_happened,
    check=Choice(
        "What does the training change?",
        (
            Option(
                "The connections between the junctions.",
                "They are random and stay so. The network would be the same with another tune. What is different?",
            ),
            Option(
                f"The {SIZE} weights of the readout.",
                "Only the sum z = w · m_y is learnt. But z is fed back into all junctions, so with another w "
                "the whole "
                "network moves in another way.",
            ),
            Option(
                "The magnetizations at rest.",
                "They move all the time and hold no memory of their own here. What is frozen when you press Freeze?",
            ),
        ),
        right=1,
    ),
    exercise=Number(
        "A junction's free layer is held along x by a field of 50 mT. A constant current through it acts as a "
        "torque field "
        "of 50 mT along y. What is m<sub>y</sub>, the part of the unit magnetization along y, at rest?",
        resting_place,
        "1",
        (
            "At rest the magnetization lies along the total field. Draw the two fields as arrows.",
            "The two arrows are equally long and at a right angle. Which angle has their sum? Its length is "
            "not 1, but "
            "that of the magnetization is.",
            "m_y = a / √(a² + B_x²), with both 50 mT.",
        ),
        "The magnetization lies half-way between x and y: 1/√2, less a trace that comes from the second torque.",
    ),
    figure=Measurement(
        "what it plays after fifty periods",
        "The paper (Zheng et al.) shows that networks of 40 junctions generate periodic signals; its "
        "parameters are not "
        "public, so this is our model of it. Here: the last three periods of a free run of 50, and the tune, "
        "aligned.",
        _charts,
    ),
)
