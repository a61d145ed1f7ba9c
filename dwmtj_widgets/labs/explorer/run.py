"""A trial of the map as a running lab, in the place of the page."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Any, Final

from ipywidgets import HTML, HBox, VBox

from dwmtj_widgets.explore import knobs_of
from dwmtj_widgets.hopfield import Simulation
from dwmtj_widgets.labs.common.background import BackgroundWork
from dwmtj_widgets.labs.common.network_lab import NetworkLab
from dwmtj_widgets.labs.common.transport import button
from dwmtj_widgets.labs.explorer.point import outcome_text
from dwmtj_widgets.labs.explorer.trial_lab import MaxcutTrialLab, RecallTrialLab, TrialLab, graph_of
from dwmtj_widgets.labs.maxcut.graph_preparation import PreparedGraph, prepared
from dwmtj_widgets.sessions.explorer.ranges import symbol_of, value_text
from dwmtj_widgets.sessions.trial import Chosen
from dwmtj_widgets.texts import tr
from dwmtj_widgets.units import shown

LONGEST: Final = 10.0
"""Longest duration of a run, s, as far as the speed can be set."""


class ExplorerRun:
    """The place of an opened run; `widget` goes into a page, beside the parts that it hides.

    Parameters
    ----------
    shown : callable
        Called with whether a run is open.
    preparing : callable
        Called with whether a graph is being prepared for its run.
    say : callable
        Called with a sentence if a run cannot be shown.
    """

    def __init__(
        self, shown: Callable[[bool], None], preparing: Callable[[bool], None], say: Callable[[str], None]
    ) -> None:
        self._shown, self._preparing, self._say = shown, preparing, say
        self.lab: NetworkLab[Any, Any] | None = None
        self.chosen: Chosen | None = None
        """The trial that is open or being prepared."""
        self.back = button(tr("← Back to the map"), "close-run", tr("Close this run"), "primary")
        self.back.on_click(lambda _button: self.leave())
        self.text, self.verdict = HTML(), HTML()
        self.text.add_class("dwmtj-run-text")
        self.verdict.add_class("dwmtj-run-verdict")
        bar = HBox([self.back, self.text, self.verdict])
        bar.add_class("dwmtj-explorer-bar")
        self._bar = bar
        self.widget = VBox([bar])
        self.widget.add_class("dwmtj-explorer-run")

        self.widget.layout.display = "none"
        self.work: BackgroundWork[tuple[Chosen, PreparedGraph]] = BackgroundWork(
            lambda: None, self._graph_ready, self._not_ready, "explorer-run"
        )

    def show(self, chosen: Chosen) -> None:
        """Open a trial as a running lab, in place of an open one.

        Raises
        ------
        Refused
            If it cannot be shown.
        Unable
            If another one is being prepared.
        """
        if chosen.graph_suffices:

            def work(_cancel: Event) -> tuple[Chosen, PreparedGraph]:
                return chosen, prepared(graph_of(chosen.trial, chosen.number))

            self.work.start(work)
            self.chosen = chosen
            self._preparing(True)
            return
        maker = RecallTrialLab if chosen.shelf_suffices else TrialLab
        self._enter(chosen, maker(chosen, self._judge))

    def leave(self) -> None:
        """Close the run and show the map again; a run in preparation will not open."""
        lab, self.lab, self.chosen = self.lab, None, None
        self.widget.layout.display = "none"
        self._shown(False)
        if lab is not None:
            self.widget.children = (self._bar,)
            lab.close()

    def close(self) -> None:
        """Close the run and end the thread."""
        self.work.close()
        self.leave()

    def _not_ready(self, sentence: str) -> None:
        self._preparing(False)
        self._say(sentence)

    def _graph_ready(self, made: tuple[Chosen, PreparedGraph]) -> None:
        chosen, graph = made
        self._preparing(False)
        if chosen is not self.chosen:
            return  # another run was opened meanwhile, or the request was withdrawn
        self._enter(chosen, MaxcutTrialLab(chosen, graph, self._judge))

    def _enter(self, chosen: Chosen, lab: NetworkLab[Any, Any]) -> None:
        if self.lab is not None:
            self.leave()
        self.chosen, self.lab = chosen, lab
        self.text.value = tr("{settings}, trial {number}. In the sweep: {outcome}.").format(
            settings=_where(chosen), number=f"<b>{chosen.number}</b>", outcome=outcome_text(chosen)
        )
        speed = lab.desk.transport.speed
        speed.value = min(max(speed.value, shown(chosen.row["time"], "s") / LONGEST), 10.0**speed.max)
        self.verdict.value = ""
        # In this order, because a chart in a hidden place finds no room and logs an error.
        self._shown(True)
        self.widget.layout.display = None
        self.widget.children = (self._bar, lab.widget)
        lab.desk.play()

    def _judge(self, simulation: Simulation) -> None:
        """Show whether a finished run ended as in the sweep; a person may have intervened."""
        if self.chosen is None or not simulation.finished:
            self.verdict.value = ""
            return
        alike = self.chosen.ended_alike(simulation)
        sentence = (
            tr("This run ended the same, to the last bit.")
            if alike
            else tr("This run ended otherwise: it was changed.")
        )
        self.verdict.value = f'<b data-alike="{str(alike).lower()}">{sentence}</b>'


def _where(chosen: Chosen) -> str:
    knobs, values = knobs_of(chosen.point.task), chosen.point.values
    return ", ".join(f"{symbol_of(knobs[name])} = {value_text(knobs[name], v)}" for name, v in values.items())
