"""Announcements of a run for screen readers."""

from __future__ import annotations

from collections.abc import Callable

from dwmtj_widgets.hopfield import Simulation
from dwmtj_widgets.hopfield.energy import parts_of
from dwmtj_widgets.hopfield.walls import WallState
from dwmtj_widgets.labs.common.run.readings import phase_at, state_text
from dwmtj_widgets.texts import tr
from dwmtj_widgets.units import quantity
from dwmtj_widgets.widgets.page.live_region import LiveRegion


class RunNews:
    """Announces that a run has begun, was held or has ended, but not its progress, which would never end.

    Parameters
    ----------
    outcome : callable
        Called with the last moment of a finished run; returns a sentence on the result.
    """

    def __init__(self, outcome: Callable[[WallState], str]) -> None:
        self._outcome = outcome
        self._last: tuple[str, int] | None = None
        self.region = LiveRegion()

    def show(self, simulation: Simulation, moment: WallState, *, playing: bool) -> None:
        """Announce a change in the state of a run."""
        if moment.time < simulation.time:
            return  # screen readers read the slider's own value
        state = "running" if playing else phase_at(simulation, moment)
        now = (state, id(simulation))
        before, self._last = self._last, now
        if before is not None and now != before and not (state == "load" and before[0] == "load"):
            self.region.say(self._sentence(state, simulation, moment))

    def _sentence(self, state: str, simulation: Simulation, moment: WallState) -> str:
        time = quantity(moment.time, "s", decimals=2)
        if state == "running":
            return tr("Running.")
        if simulation.finished:
            energy = quantity(parts_of(moment.energy).total, "J", decimals=3)
            spent = tr("Time {time}, energy {energy}.").format(time=time, energy=energy)
            return f"{state_text(simulation, moment)} {spent} {self._outcome(moment)}".strip()
        return (
            tr("Held at {time}.").format(time=time) if moment.time > 0.0 else tr("Ready to load the input.")
        )
