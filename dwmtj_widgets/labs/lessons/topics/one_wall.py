"""Lesson 1: current moves, leak returns, resistance tells."""

from __future__ import annotations

import numpy as np

from dwmtj_widgets.hopfield import Device
from dwmtj_widgets.labs.lessons.answers import Choice, Number, Option
from dwmtj_widgets.labs.lessons.course import Topic
from dwmtj_widgets.labs.lessons.figure import Chart, Measurement, curve
from dwmtj_widgets.sessions.lessons.one_wall import OneWallSession
from dwmtj_widgets.units import quantity, shown
from dwmtj_widgets.widgets import palette
from dwmtj_widgets.widgets.plots.curve_plot import Region, Scale

EXERCISE_CURRENT = 12e-6
_FINE = 1e-12
_WEAK = 3e-6


def _moments_under_junction() -> tuple[float, float, float]:
    """Return the times at which a wall that leaks back from ON enters the junction, leaves it, and arrives, in s."""
    session = OneWallSession(current=0.0)
    on, off = session.device.r_parallel, session.device.r_antiparallel
    moments = []
    for changed in (lambda: session.resistance > on, lambda: session.resistance >= off):
        while not changed():
            session.step(_FINE)
        moments.append(session.time)
    session.finish()
    return moments[0], moments[1], session.time


def _happened() -> str:
    enters, leaves, arrives = _moments_under_junction()
    device = Device()
    return (
        f"The leak of {quantity(device.axon_leak, 'm/s')} takes the wall over "
        f"{quantity(device.track_length, 'm')} in "
        f"{quantity(arrives, 's', digits=3)}. It is under the junction from {quantity(enters, 's', digits=2)} to "
        f"{quantity(leaves, 's', digits=3)}. Before and after, the junction does not notice that it moves."
    )


def on_time() -> float:
    """Return the time from an OFF wall to the junction's ON resistance at the exercise's current, in seconds."""
    session = OneWallSession(current=EXERCISE_CURRENT, position=0.0)
    while session.resistance > session.device.r_parallel * (1.0 + 1e-9):
        session.step(_FINE)
    return session.time


def _weak_velocity() -> str:
    return quantity(OneWallSession(current=_WEAK, position=0.5).velocity, "m/s", digits=3)


def _crossing(current: float, leak: float) -> float:
    """Return the time from OFF to ON in nanoseconds, nan if the wall does not arrive."""
    session = OneWallSession(current=current, position=0.0)
    if leak < 0.0:
        session.set_leak(leak)
    if session.velocity <= 0.0:
        return float("nan")
    session.finish()
    return shown(session.time, "s")


def _charts() -> list[Chart]:
    device = Device()
    currents = np.linspace(6e-6, 30e-6, 17)
    fine = np.linspace(5.9e-6, 30e-6, 150)
    closed = device.track_length / (device.mobility * fine + device.axon_leak)
    still = -device.axon_leak / device.mobility
    measured = [_crossing(float(current), device.axon_leak) for current in currents]
    return [
        Chart(
            Scale("Current, µA", 0.0, 30.0, "µA", symbol="I"),
            Scale("From OFF to ON, ns", 0.0, 80.0, "ns", symbol="t"),
            [
                curve(
                    "L / (µ I + v_leak)", fine * shown(1.0, "A"), np.minimum(closed * shown(1.0, "s"), 80.0),
                    palette.EARLIER, live=False,
                ),
                curve("measured", currents * shown(1.0, "A"), measured, palette.SERIES[0], marker="circle",
                      width=0.0),
            ],
            regions=[Region(0.0, shown(still, "A"), "the leak wins")],
        )
    ]  # fmt: skip


TOPIC = Topic(
    question=(
        "The wall of an axon stands at the ON end, held there by a current. You switch the current off. "
        "What does the resistance of the junction do in the next 20 ns?"
    ),
    options=(
        "It stays at 500 Ω, because without a current nothing moves.",
        "It rises evenly from 500 Ω to 2000 Ω over the 20 ns.",
        "It stays at 500 Ω for 8 ns, rises within 4 ns, then stays at 2000 Ω.",
        "It jumps to 2000 Ω at once.",
    ),
    right=2,
    happened=_happened,
    check=Choice(
        "A wall stands in the middle of its track. The leak is −5 m/s. You switch on a current of 3 µA, which pushes "
        "towards ON. Where does the wall go?",
        (
            Option(
                "To the ON end, because the current is positive.",
                "Current and leak both give the wall a velocity, and the velocities add. How large is each? "
                "One microampere gives 1.06 m/s.",
            ),
            Option(
                "Nowhere: 3 µA is too weak to move a wall.",
                "This wall has no friction to overcome. Set 3 µA in the experiment and read the velocity.",
            ),
            Option(
                "To the OFF end.",
                f"The current gives +3.19 m/s and the leak −5 m/s, so the wall moves at {_weak_velocity()}.",
            ),
            Option(
                "To the ON end and then back again.",
                "The velocity does not depend on where the wall is. Only the ends of the track stop it.",
            ),
        ),
        right=2,
    ),
    exercise=Number(
        "The wall stands at the OFF end, the leak is −5 m/s. You switch on 12 µA. How long does it take until the "
        "junction has its ON resistance of 500 Ω? The track is 100 nm long; the junction covers 40 to 60 nm; one "
        "microampere gives 1.0636 m/s.",
        on_time,
        "s",
        (
            "Work out the velocity first: current and leak together.",
            "How far must the wall go? The junction reads ON when the wall has left it behind, not "
            "when it has "
            "reached the end of the track.",
            "Divide the way to the far edge of the junction by the velocity. 1 nm at 1 m/s takes 1 ns.",
        ),
        "The wall moves at 7.76 m/s and must go 60 nm, to the far edge of the junction.",
    ),
    figure=Measurement(
        "how long a wall takes",
        "The paper's Fig. 2 shows this device and its Table I gives the numbers. Here: the time from OFF to ON, "
        "measured in the experiment above for 17 currents (circles), and the formula (line).",
        _charts,
    ),
)
