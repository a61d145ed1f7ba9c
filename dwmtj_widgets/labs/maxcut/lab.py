"""The Max-cut Lab: a network divides a graph, whose nodes are its neurons, into two sets."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from typing import ClassVar

import numpy as np
import numpy.typing as npt
from ipywidgets import HTML, HBox, VBox

from dwmtj_widgets.hopfield.walls import WallState, bits_of
from dwmtj_widgets.labs.common.cards import caption, card
from dwmtj_widgets.labs.common.network_lab import NetworkLab, verdict_table
from dwmtj_widgets.labs.common.page import download_link, lab_page
from dwmtj_widgets.labs.common.showing import Whole
from dwmtj_widgets.labs.maxcut.best_of import BestOf
from dwmtj_widgets.labs.maxcut.comparison import Comparison
from dwmtj_widgets.labs.maxcut.graph_preparation import (
    LOCAL_SEARCH,
    GraphPreparation,
    PreparedGraph,
    baselines_of,
    prepared,
)
from dwmtj_widgets.labs.maxcut.graph_source import DRAWN, GraphSource
from dwmtj_widgets.sessions.maxcut import MaxcutSession, MaxcutSetting, MaxcutTrace, division_text
from dwmtj_widgets.sessions.maxcut_advice import advice
from dwmtj_widgets.tasks.graphs import Graph, adjacency_of, weighted_edges
from dwmtj_widgets.texts import tr
from dwmtj_widgets.units import shown
from dwmtj_widgets.widgets.controls import QuantitySlider
from dwmtj_widgets.widgets.editors.graph_editor import GraphEditor
from dwmtj_widgets.widgets.plots.time_plot import TimePlot
from dwmtj_widgets.widgets.views.meters import Meters, Reading

FIELD_SIDE, NEURON_SIZE = 172, (404, 92)


class MaxcutLab(NetworkLab[MaxcutSession[MaxcutSetting], MaxcutTrace]):
    """The lab as one widget; displaying it (or its `widget`) shows the page."""

    title, key = tr("Max-cut Lab"), "maxcut"
    shared: ClassVar[bool] = True

    def __init__(self) -> None:
        self.source = GraphSource(self._choose, lambda sentence: self.error.say(sentence))
        first = prepared(self.source.random()())
        self.best_known = 0.0
        charts = {
            "cut": TimePlot(tr("Cut, over ns"), height=100),
            "energy": TimePlot(tr("Energy, nJ, over ns"), height=100),
        }
        super().__init__(
            MaxcutSession(MaxcutSetting(graph=first.graph)),
            charts,
            field_side=FIELD_SIDE,
            neuron_size=NEURON_SIZE,
        )
        self.preparation = GraphPreparation(self._ready, self._not_ready)
        self.editor = GraphEditor(width=500, height=560, label=tr("Graph to divide"))
        self.editor.add_class("dwmtj-graph")
        self.verdict = Meters("cut-readout")
        self._others, self._download = HTML(), HTML()
        self._advice = HTML()
        self._advice.add_class("dwmtj-advice")
        self.desk.tracks.count_from(1)  # like the nodes, which graph files count from 1
        self.asymmetry = QuantitySlider(
            tr("Asymmetry"),
            "1",
            self.session.setting.asymmetry,
            0.9,
            1.5,
            0.01,
            name="asymmetry",
            hint=tr("How much stronger an edge repels than a missing edge attracts"),
        )
        self.best_of, self.comparison = BestOf(self), Comparison(self)
        self._chosen: deque[Graph] = deque(maxlen=10)
        """Recently chosen graphs, because an undo of the editor restores them without their names."""
        self._taking_back = False
        self._offered: tuple[object, ...] | None = None
        self.widget = self._page()
        self.asymmetry.on_change(lambda value: self._slide(lambda: self.session.set_asymmetry(value)))
        self.editor.on_graph(self._drawn)
        self.editor.on_select(lambda node: self._do(lambda: self.desk.select(max(node, 0))))
        self.desk.on_select(lambda neuron: setattr(self.editor, "selected", neuron))
        self._show_graph(first)
        self.desk.select(0)

    def close(self) -> None:
        """Stop all work and close the lab's widgets."""
        self.preparation.close()
        self.best_of.close()
        self.comparison.close()
        super().close()

    def _page(self) -> Whole:
        share = self._share_card()
        left = VBox([self.source.widget, self._drive_card(self.asymmetry), self.best_of.widget, share])
        heading = caption(
            tr("Two sets"), tr("a node is a neuron, its disc the wall of its soma; thick edges are cut")
        )
        middle = VBox([heading, self.editor])
        middle.add_class("dwmtj-graph-panel")
        tools = HBox([self.comparison.buttons, self._download])
        tools.add_class("dwmtj-files")
        words = (self.state, self._advice)
        cut = card("verdict", self.verdict.widget, *words, self._others, tools, self.comparison.text)
        right = VBox([self.desk.readout.widget, cut, self._charts_card(), self.desk.tracks.widget])
        bottom = self._bottom()
        bottom.children = (*bottom.children, self.preparation.work.clock)
        areas = {
            "top": self._top(),
            "left": left,
            "middle": middle,
            "right": right,
            "bottom": bottom,
        }
        return lab_page(areas, "network-lab", "maxcut-lab")

    # -- what a person does --------------------------------------------------------------------------------------

    def _choose(self, make: Callable[[], Graph]) -> None:
        """Prepare a graph in the background; the present one stays until then."""
        with self.error.guarded(clears=False):
            self.source.wait()
            self.desk.await_network()
            self.preparation.ask(make)

    def _ready(self, new: PreparedGraph) -> None:
        with self.error.guarded():
            try:
                self.session.set_graph(new.graph)
                self._show_graph(new)
                self.desk.resized()
                self._setting_changed()
            except Exception:
                self.desk.end_waiting(act=False)
                raise
            finally:
                self.source.show(self.session.setting.graph)
        self.desk.end_waiting(act=True)

    def _not_ready(self, sentence: str) -> None:
        self.source.show(self.session.setting.graph)
        self.desk.end_waiting(act=False)
        self.error.say(sentence)

    def _drop_preparation(self) -> None:
        """Drop the graph in preparation and the actions meant for it, because another graph has come instead."""
        self.preparation.forget()
        self.desk.end_waiting(act=False)

    def _drawn(
        self,
        positions: npt.NDArray[np.float64],
        edges: npt.NDArray[np.int64],
        weights: npt.NDArray[np.float64],
    ) -> None:
        """Apply the graph that a person has drawn or an undo has restored."""
        if self._taking_back:
            return
        with self.error.guarded():
            try:
                adjacency = adjacency_of(len(positions), edges, weights)
                known = (graph for graph in self._chosen if np.array_equal(graph.adjacency, adjacency))
                graph = next(known, None) or Graph(DRAWN, adjacency)
                self.session.set_graph(graph)
            except Exception:
                self._take_back()
                raise
            self._drop_preparation()
            self._judge_graph(baselines_of(graph))
            self.desk.resized()

    def _take_back(self) -> None:
        """Undo a refused edit."""
        self._taking_back = True
        try:
            self.editor.undo()
        finally:
            self._taking_back = False

    def beaten(self, cut: float) -> None:
        """Use a cut that a search has found as the new reference, if it is better."""
        self.best_known = max(self.best_known, cut)
        self.comparison.redraw()
        self.best_of.redraw()
        self.desk.refresh()

    # -- showing -------------------------------------------------------------------------------------------------

    def _show_graph(self, new: PreparedGraph) -> None:
        """Show a graph that the session has accepted."""
        self._chosen.append(new.graph)
        self.editor.show_graph(new.positions, *weighted_edges(new.graph.adjacency))
        self._judge_graph(new.baselines)

    def _show_restored(self) -> None:
        self._drop_preparation()
        self._show_graph(prepared(self.session.setting.graph))
        self.desk.resized()

    def _judge_graph(self, baselines: Mapping[str, float]) -> None:
        """Reset the reference to the known results on the session's graph."""
        graph = self.session.setting.graph
        self.source.show(graph)
        self.best_of.forget()
        self.comparison.forget()
        known = [value for value in (graph.optimum, graph.best_known) if value is not None]
        self.best_known = max([*known, baselines[LOCAL_SEARCH]])
        rows = [(name, f"{value:g}", "baseline") for name, value in baselines.items()]
        self._others.value = verdict_table(rows, name="dwmtj-baselines")

    def _show_settings(self) -> None:
        super()._show_settings()
        self.asymmetry.show(self.session.setting.asymmetry)

    def _show_lab(self, moment: WallState, texts: bool) -> None:
        self.editor.draw(moment.soma)
        if texts:
            cut = self.session.cut_of(moment.soma)
            self.best_known = max(self.best_known, cut)
            undecided = int((bits_of(moment.soma) < 0).sum())
            self.verdict.show(self._readings(cut, undecided))
            self._advice.value = self._advice_on(moment, cut)
            self._offer(moment, cut)

    def _outcome(self, moment: WallState) -> str:
        cut = self.session.cut_of(moment.soma)
        sentence = tr("Cut {cut}.").format(cut=f"{cut:g}")
        return f"{sentence} {self._advice_on(moment, cut)}".rstrip()

    def _advice_on(self, moment: WallState, cut: float) -> str:
        """Return why the result is poor and what works; "" while looking back."""
        if moment.time < self.session.simulation.time:
            return ""
        buttons = (self.best_of.start_button.description, self.comparison.exact.description)
        return advice(self.session, cut, self.best_known, *buttons)

    def _readings(self, cut: float, undecided: int) -> list[Reading]:
        bound = self.comparison.bound
        optimum = self.session.setting.graph.optimum
        proven = self.best_known == optimum or self.best_known == bound
        name = tr("Optimum") if proven else tr("Best known")
        to_best = tr("To the optimum") if proven else tr("To the best known")
        note = "" if proven or bound is None else tr("none above {bound}").format(bound=f"{bound:g}")
        published = self.session.setting.graph.best_known
        if published is not None and self.best_known > published:
            note = tr("above the {cut} known before").format(cut=f"{published:g}")
        return [
            Reading(
                tr("Cut now"),
                f"{cut:g}",
                "cut",
                tr("Weight of the edges between decided nodes of the two sets"),
                tr("{number} undecided").format(number=undecided) if undecided else "",
            ),
            Reading(tr("Gap"), _gap(cut, self.best_known), "gap", to_best),
            Reading(name, f"{self.best_known:g}", "best-known", tr("The greatest known cut"), note),
        ]

    def _offer(self, moment: WallState, cut: float) -> None:
        """Offer the shown division as a file, except while the walls move."""
        bits = bits_of(moment.soma)
        offered = (self.session.setting.graph, self.desk.clock.playing, bits.tobytes())
        if offered == self._offered:
            return
        self._offered = offered
        if self.desk.clock.playing:
            pause = tr("Pause to save")
            self._download.value = f'<a class="dwmtj-link" aria-disabled="true">{pause}</a>'
            return
        text = division_text(bits, cut).encode()
        self._download.value = download_link(
            tr("Save division"), "division-download", "division.txt", text, "text/plain"
        )

    def _curves(self, trace: MaxcutTrace) -> Mapping[str, npt.NDArray[np.float64]]:
        return {"energy": trace.energy * shown(1.0, "J"), "cut": trace.cut}


def _gap(cut: float, best: float) -> str:
    """Return the gap between a cut and the best: in per cent, or as a weight if a share is undefined."""
    return f"{100.0 * (1.0 - cut / best):.1f} %" if best > 0.0 else f"{best - cut:g}"
