"""A trial of a sweep as a running lab: the Recall or the Max-cut Lab if they can show it, else a desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from ipywidgets import HTML, VBox

from dwmtj_widgets.explore.trials import Trial
from dwmtj_widgets.hopfield import Simulation
from dwmtj_widgets.hopfield.walls import WallState, bits_of
from dwmtj_widgets.labs.common.cards import caption, card
from dwmtj_widgets.labs.common.network_lab import NetworkLab, verdict_table
from dwmtj_widgets.labs.common.page import lab_page
from dwmtj_widgets.labs.maxcut.graph_preparation import PreparedGraph
from dwmtj_widgets.labs.maxcut.lab import MaxcutLab
from dwmtj_widgets.labs.recall.lab import RecallLab
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.recall import COLUMNS, ROWS
from dwmtj_widgets.sessions.trial import Chosen, TrialSession, TrialTrace, image_session
from dwmtj_widgets.tasks.graphs import Graph, cut_value
from dwmtj_widgets.texts import tr
from dwmtj_widgets.units import quantity, shown
from dwmtj_widgets.widgets.plots.time_plot import TimePlot
from dwmtj_widgets.widgets.views.picture import Picture

Drawn = Callable[[Simulation], None]
"""Called with the run each time its texts are drawn."""

MOST_TRACKS: Final = 500
"""Largest network with a pixel for each wall."""


class RecallTrialLab(RecallLab):
    """The Recall Lab with an image recall of a sweep.

    Parameters
    ----------
    chosen : Chosen
        A trial for which `Chosen.shelf_suffices`.
    drawn : callable
        Called with the run each time its texts are drawn.
    """

    # The page's address is the Explorer's, and a trial has settings that the lab lacks.
    key, shared = "trial", False

    def __init__(self, chosen: Chosen, drawn: Drawn) -> None:
        self._report = drawn
        super().__init__(image_session(chosen))

    def _show_lab(self, moment: WallState, texts: bool) -> None:
        super()._show_lab(moment, texts)
        if texts:
            self._report(self.session.simulation)


class MaxcutTrialLab(MaxcutLab):
    """The Max-cut Lab with a graph of a sweep.

    Parameters
    ----------
    chosen : Chosen
        A trial for which `Chosen.graph_suffices`.
    graph : PreparedGraph
        Its graph.
    drawn : callable
        Called with the run each time its texts are drawn.
    """

    # The page's address is the Explorer's, and a trial has settings that the lab lacks.
    key, shared = "trial", False

    def __init__(self, chosen: Chosen, graph: PreparedGraph, drawn: Drawn) -> None:
        self._report: Drawn = lambda _simulation: None
        super().__init__()
        drive = chosen.drive
        self.session.set_asymmetry(float(chosen.point.settings["asymmetry"]))
        self.session.set_drive(weight=drive.weight, charge_voltage=drive.charge_voltage, device=drive.device)
        self._ready(graph)
        self._show_settings()
        self._report = drawn

    def _show_lab(self, moment: WallState, texts: bool) -> None:
        super()._show_lab(moment, texts)
        if texts:
            self._report(self.session.simulation)


class TrialLab(NetworkLab[TrialSession, TrialTrace]):
    """Any trial: its tracks, one neuron large, meters and curves.

    Parameters
    ----------
    chosen : Chosen
        The trial.
    drawn : callable
        Called with the run each time its texts are drawn.

    Raises
    ------
    Refused
        If there are too many neurons to be shown.
    """

    def __init__(self, chosen: Chosen, drawn: Drawn) -> None:
        if chosen.point.size > MOST_TRACKS:
            msg = tr(
                "The run has {neurons} neurons; up to {most} can be shown, more are run by the lines of Python."
            )
            raise Refused(msg.format(neurons=f"{chosen.point.size:,}", most=MOST_TRACKS))
        self._report = drawn
        recall = chosen.point.task != "max_cut"
        plots = {
            "likeness": TimePlot(tr("Overlap with memory"), limits=(-1.05, 1.05), height=118)
            if recall
            else TimePlot(tr("Cut, over ns"), height=118),
            "energy": TimePlot(tr("Energy, nJ, over ns"), height=118),
            "moving": TimePlot(tr("Walls in motion"), height=118),
        }
        super().__init__(TrialSession(chosen), plots, field_side=440, neuron_size=(440, 128))
        images = chosen.point.task == "image_recall"
        self.picture = Picture(ROWS, COLUMNS, side=160) if images else None
        self.export.columns = COLUMNS if images else 0
        self.verdict = HTML()
        parts = [caption(tr("Result"), tr("at the shown moment")), self.verdict, self.state]
        if self.picture is not None:
            parts.append(self.picture.widget)
            self.picture.on_select(lambda pixel: self._do(lambda: self.desk.select(pixel)))
        areas = {
            "top": self._top(),
            "left": VBox(
                [card("result", *parts), card("about", HTML(_about(self.session.trial))), self._share_card()]
            ),
            "middle": self.desk.tracks.widget,
            "right": VBox([self.desk.readout.widget, self._charts_card()]),
            "bottom": self._bottom(),
        }
        self.widget = lab_page(areas, "network-lab", "trial-lab")
        self.desk.select(0)

    def _show_lab(self, moment: WallState, texts: bool) -> None:
        if self.picture is not None:
            self.picture.draw(moment.soma, self.desk.shown_neuron)
        if texts:
            self.verdict.value = self._verdict(moment)
            self._report(self.session.simulation)

    def _verdict(self, moment: WallState) -> str:
        accuracy, success = self.session.judgement(moment)
        undecided = int((bits_of(moment.soma) < 0).sum())
        trial = self.session.trial
        if trial.adjacency is None:
            rows = [(tr("Bits right"), quantity(accuracy, "%", digits=4), "accuracy")]
        else:
            cut = float(cut_value(trial.adjacency, bits_of(moment.soma)))
            rows = [
                (
                    tr("Cut now"),
                    tr("{cut} of {best}").format(cut=f"{cut:g}", best=f"{trial.reference:g}"),
                    "cut",
                ),
                (tr("Accuracy"), quantity(accuracy, "%", digits=4), "accuracy"),
            ]
        rows += [(tr("Full success"), tr("yes") if success else tr("not yet"), "success")]
        return verdict_table([*rows, (tr("Undecided"), f"{undecided}", "undecided")])

    def _curves(self, trace: TrialTrace) -> Mapping[str, npt.NDArray[np.float64]]:
        return {
            "likeness": trace.likeness,
            "energy": trace.energy * shown(1.0, "J"),
            "moving": trace.moving,
        }

    def _names(self, chart: str) -> Sequence[str]:
        return [f"{k + 1}" for k in self.session.shown] if chart == "likeness" else ()


def graph_of(trial: Trial, number: int) -> Graph:
    """Return the graph of a max-cut's trial."""
    assert trial.adjacency is not None
    name = tr("Trial {number}: {nodes} nodes").format(number=number, nodes=trial.adjacency.shape[0])
    return Graph(name, trial.adjacency)


def _about(trial: Trial) -> str:
    """Return what was drawn for a trial."""
    network = trial.network
    said = [tr("{count} neurons").format(count=f"<b>{network.size}</b>")]
    if trial.memories is not None:
        count = len(trial.memories)
        stored = (
            tr("{count} stored patterns, and the input")
            if count > 1
            else tr("{count} stored pattern, and the input")
        )
        said.append(stored.format(count=f"<b>{count}</b>"))
        said.append(
            tr("any of them, or its inverse, is right")
            if trial.target is None
            else tr("pattern {number}, or its inverse, is wanted").format(number=f"<b>{trial.target + 1}</b>")
        )
    else:
        assert trial.adjacency is not None
        edges = int((trial.adjacency != 0).sum()) // 2
        said.append(tr("{count} edges").format(count=f"<b>{edges}</b>"))
    said.append(
        tr("all devices alike")
        if network.uniform
        else tr("<b>every device its own</b>: a chip made for this trial")
    )
    lines = "".join(f"<li>{text}</li>" for text in said)
    title = tr("What was drawn")
    return f'<div class="dwmtj-caption"><b>{title}</b></div><ul class="dwmtj-facts">{lines}</ul>'
