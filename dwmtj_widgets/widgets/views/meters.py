"""Numbers that are updated during a run, all in one message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from ipywidgets import HTML

from dwmtj_widgets.texts import tr
from dwmtj_widgets.units import with_minus


@dataclass(frozen=True)
class Reading:
    """One number: its label, its text with unit, and NAME of its class ``dwmtj-NAME``."""

    label: str
    text: str
    name: str
    hint: str = ""
    note: str = ""
    """Small print below the number."""
    note_name: str = "note"


class Meters:
    """A row of readings; `widget` goes into a page."""

    def __init__(self, name: str) -> None:
        self.widget = HTML()
        self.widget.add_class(f"dwmtj-{name}")

    def show(self, readings: Sequence[Reading]) -> None:
        """Show the readings in order."""
        self.widget.value = "".join(
            f'<div class="dwmtj-reading" title="{_text(r.hint)}"><span>{_text(r.label)}</span>'
            f'<b class="dwmtj-{r.name}">{_text(r.text)}</b><i class="dwmtj-{r.note_name}">{_text(r.note)}</i></div>'
            for r in readings
        )


def _text(text: str) -> str:
    return escape(with_minus(text))


_PHASES = {
    "load": tr("loading"),
    "run": tr("running"),
    "converged": tr("converged"),
    "timeout": tr("gave up"),
}


class PhaseBar:
    """Phase of a run: loading, running, converged (or out of time), as text, shape and length."""

    def __init__(self) -> None:
        self.widget = HTML()
        self.widget.add_class("dwmtj-phase-bar")
        self._last = ""

    def show(self, phase: str, time_ns: float, load_ns: float) -> None:
        """Show the phase ("load", "run", "converged", "timeout"); times in nanoseconds."""
        share = min(time_ns / load_ns, 1.0) if load_ns > 0 else 1.0
        waiting = phase == "load" and time_ns == 0.0
        name = tr("ready") if waiting else _PHASES[phase]
        steps = []
        load = tr("load {time} ns").format(time=f"{load_ns:g}")
        for key, label in (("load", load), ("run", tr("run")), ("converged", tr("converged"))):
            state = self._state(key, phase, waiting=waiting)
            fill = f' style="--share:{100 * share:.0f}%"' if key == "load" else ""
            text = tr("gave up") if key == "converged" and phase == "timeout" else label
            steps.append(f'<span class="step {state}"{fill}>{text}</span>')
        said = f'<span class="dwmtj-phase dwmtj-unseen">{name}</span>'
        value = f'<div class="dwmtj-phase-steps">{"".join(steps)}</div>{said}'
        if value != self._last:
            self._last = self.widget.value = value

    @staticmethod
    def _state(key: str, phase: str, *, waiting: bool) -> str:
        order = ["load", "run", "converged"]
        now = order.index("converged" if phase == "timeout" else phase)
        if waiting or order.index(key) > now:
            return "ahead"
        return "now" if order.index(key) == now else "past"
