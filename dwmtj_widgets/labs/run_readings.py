"""Where a run is, in numbers and in words."""

from __future__ import annotations

import numpy as np

from dwmtj_widgets.hopfield import Simulation
from dwmtj_widgets.hopfield.energy import parts_of
from dwmtj_widgets.hopfield.walls import WallState, bits_of
from dwmtj_widgets.units import quantity
from dwmtj_widgets.widgets.meters import Reading


def readings(simulation: Simulation, moment: WallState) -> list[Reading]:
    """Return time, energy and power of a moment of a run."""
    power, energy = parts_of(moment.power), parts_of(moment.energy)
    split = (
        f"By the circuit: supply {quantity(energy.supply, 'J')}, synapses {quantity(energy.synapses, 'J')}, "
        f"loading {quantity(energy.loading, 'J')}. The estimate is the paper's closed form for this time."
    )
    mean = f"mean {quantity(energy.total / moment.time, 'W', decimals=0)}" if moment.time > 0.0 else ""
    return [
        Reading("Time", quantity(moment.time, "s", decimals=2), "time", "Since loading began"),
        Reading(
            "Energy",
            quantity(energy.total, "J", decimals=3),
            "energy",
            split,
            _estimate(simulation, moment),
            "estimate",
        ),
        Reading("Power", quantity(power.total, "W", decimals=1), "power", "Of the whole circuit, now", mean),
    ]


def phase_at(simulation: Simulation, moment: WallState) -> str:
    """Return the phase of a moment of a run: "load", "run", "converged" or "timeout"."""
    if moment.time < simulation.time:
        return "load" if moment.time <= simulation.load_time else "run"
    return simulation.phase


def state_text(simulation: Simulation, moment: WallState) -> str:
    """Say in words what the walls are doing: that all bits can be read does not mean that all is at rest."""
    phase = phase_at(simulation, moment)
    undecided = int((bits_of(moment.soma) < 0).sum())
    if phase == "load":
        return (
            "Ready to load the input." if moment.time == 0.0 else "The input is being loaded into the somas."
        )
    if phase == "timeout":
        return f"Given up after {quantity(moment.time, 's', decimals=0)}: some walls never came to rest."
    if phase == "converged":
        return "Converged: every wall is at rest."
    if undecided:
        return f"{undecided} {'soma has' if undecided == 1 else 'somas have'} not decided yet."
    return "Every soma is ON or OFF; axons are still settling."


def _estimate(simulation: Simulation, moment: WallState) -> str:
    """The paper's closed-form energy for the present time, which is not the circuit's; nothing while loading."""
    if moment.time <= simulation.load_time:
        return ""
    estimate = simulation.estimate_at(moment.time)
    return "" if np.isnan(estimate) else f"estimate {quantity(estimate, 'J', decimals=2)}"
