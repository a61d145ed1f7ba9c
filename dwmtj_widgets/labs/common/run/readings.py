"""The state of a run in numbers and in words."""

from __future__ import annotations

from typing import Any

import numpy as np

from dwmtj_widgets.hopfield import Simulation
from dwmtj_widgets.hopfield.energy import parts_of
from dwmtj_widgets.hopfield.walls import WallState, bits_of
from dwmtj_widgets.sessions.network import NetworkSession
from dwmtj_widgets.texts import tr
from dwmtj_widgets.units import quantity
from dwmtj_widgets.widgets.views.meters import Reading


def readings(session: NetworkSession[Any, Any], moment: WallState) -> list[Reading]:
    """Return time, energy and power of a moment of a session's run."""
    power, energy = parts_of(moment.power), parts_of(moment.energy)
    split = tr(
        "By the circuit: supply {supply}, synapses {synapses}, loading {loading}. "
        "The estimate is the paper's closed form for this time."
    ).format(**{name: quantity(joules, "J") for name, joules in energy._asdict().items()})
    mean = ""
    if moment.time > 0.0:
        mean = tr("mean {power}").format(power=quantity(energy.total / moment.time, "W", decimals=0))
    return [
        Reading(tr("Time"), quantity(moment.time, "s", decimals=2), "time", tr("Since loading began")),
        Reading(
            tr("Energy"),
            quantity(energy.total, "J", decimals=3),
            "energy",
            split,
            _estimate(session, moment),
            "estimate",
        ),
        Reading(
            tr("Power"),
            quantity(power.total, "W", decimals=1),
            "power",
            tr("Of the whole circuit, now"),
            mean,
        ),
    ]


def phase_at(simulation: Simulation, moment: WallState) -> str:
    """Return the phase of a moment of a run: "load", "run", "converged" or "timeout"."""
    if moment.time < simulation.time:
        return "load" if simulation.loading_at(moment.time) else "run"
    return simulation.phase


def state_text(simulation: Simulation, moment: WallState) -> str:
    """Return the state of the walls in words, and whether the axons had settled when loading ended."""
    return f"{_walls_text(simulation, moment)} {_release_text(simulation, moment)}".strip()


def _release_text(simulation: Simulation, moment: WallState) -> str:
    share = simulation.settled_at_release
    if simulation.loading_at(moment.time) or np.isnan(share) or share == 1.0:
        return ""
    # Rounded down, because 99.9 % are not all.
    return tr("At release, after {time} of loading, {share} % of the axons had settled.").format(
        time=quantity(simulation.load_time, "s", digits=3), share=f"{np.floor(100.0 * share):.0f}"
    )


def _walls_text(simulation: Simulation, moment: WallState) -> str:
    """Return the state of the walls in words; decided bits do not mean that all walls are at rest."""
    phase = phase_at(simulation, moment)
    undecided = int((bits_of(moment.soma) < 0).sum())
    if phase == "load":
        if moment.time == 0.0:
            return tr("Ready to load the input.")
        return tr("The somas do not have the whole input yet.")
    if phase == "timeout":
        return tr("Given up after {time}: some walls never came to rest.").format(
            time=quantity(moment.time, "s", decimals=0)
        )
    if phase == "converged":
        return tr("Converged: every wall is at rest.")
    if undecided == 1:
        return tr("1 soma has not decided yet.")
    if undecided:
        return tr("{number} somas have not decided yet.").format(number=undecided)
    return tr("Every soma is ON or OFF; some axons have not settled yet.")


def _estimate(session: NetworkSession[Any, Any], moment: WallState) -> str:
    """Return the paper's closed-form energy for the shown time, or "" while loading; it is not the circuit's."""
    if session.simulation.loading_at(moment.time):
        return ""
    estimate = session.estimate_at(moment.time)
    if np.isnan(estimate):
        return ""
    return tr("estimate {energy}").format(energy=quantity(estimate, "J", decimals=2))
