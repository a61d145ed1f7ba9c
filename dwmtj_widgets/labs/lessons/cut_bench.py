"""The experiment of the sixth lesson: a small graph, divided from many starts."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from ipywidgets import HTML, HBox, VBox

from dwmtj_widgets.hopfield.walls import WallState
from dwmtj_widgets.labs.common.network_lab import NetworkLab
from dwmtj_widgets.labs.common.showing import Whole
from dwmtj_widgets.labs.common.transport import button
from dwmtj_widgets.labs.lessons.bench import bench
from dwmtj_widgets.labs.lessons.part import shown_in
from dwmtj_widgets.sessions.lessons.cut import CutSession
from dwmtj_widgets.sessions.maxcut import MaxcutTrace
from dwmtj_widgets.sessions.maxcut_advice import cause_text
from dwmtj_widgets.tasks.graphs import Graph, adjacency_of, layout, weighted_edges
from dwmtj_widgets.widgets.editors.graph_editor import GraphEditor
from dwmtj_widgets.widgets.plots.time_plot import TimePlot
from dwmtj_widgets.widgets.views.meters import Meters, Reading

DRAWN = "drawn by hand"


class CutBench(NetworkLab[CutSession, MaxcutTrace]):
    """A graph to draw, its division by the network, and the results of all runs.

    Parameters
    ----------
    session : CutSession, optional
    """

    def __init__(self, session: CutSession | None = None) -> None:
        charts = {"cut": TimePlot("Edges cut, over ns", height=120)}
        super().__init__(CutSession() if session is None else session, charts, field_side=120)
        graph = self.session.setting.graph
        self.editor = GraphEditor(width=400, height=330, label="Graph to divide")
        self.editor.add_class("dwmtj-graph")
        self._taking_back = False
        self.verdict, self.tally = Meters("cut-readout"), HTML()
        self.tally.add_class("dwmtj-tally")
        self.cause = HTML()
        self.cause.add_class("dwmtj-advice")
        self.another = button(
            "Another start", "another", "Load another random division, and run to the end", "primary"
        )
        self.flip = button("Flip the marked node", "flip-node", "Put the wall of its soma at the other end")
        self.another.on_click(lambda _button: self._do(self._another))
        self.flip.on_click(lambda _button: self._do(self.desk.flip_soma))
        self.widget = self._page()
        self.editor.on_graph(self._drawn)
        self.editor.on_select(lambda node: self._do(lambda: self.desk.select(max(node, 0))))
        self.desk.on_select(lambda neuron: setattr(self.editor, "selected", neuron))
        self.editor.show_graph(layout(graph.adjacency), *weighted_edges(graph.adjacency))
        self._show_settings()
        self.desk.select(0)

    @property
    def begun(self) -> bool:
        """Whether the present run has begun."""
        return self.session.simulation.time > 0.0

    def _page(self) -> Whole:
        desk = self.desk
        buttons = HBox([self.another, self.flip])
        buttons.add_class("dwmtj-controls-row")
        right = VBox(
            [self.verdict.widget, buttons, self.tally, self.charts["cut"].widget, self.state, self.cause]
        )
        columns = HBox([self.editor, right])
        columns.add_class("dwmtj-columns")
        return bench(
            "a graph falls into two sets",
            "cut-bench",
            HBox([desk.transport.widget, desk.clock]),
            desk.phase_bar.widget,
            columns,
            desk.error.widget,
            self.news.region,
        )

    # -- what a person does --------------------------------------------------------------------------------------

    def _another(self) -> None:
        self.session.next_start()
        self.desk.restarted()
        self.desk.instant()

    def _drawn(
        self,
        positions: npt.NDArray[np.float64],
        edges: npt.NDArray[np.int64],
        weights: npt.NDArray[np.float64],
    ) -> None:
        if self._taking_back:
            return
        with self.error.guarded():
            try:
                adjacency = adjacency_of(len(positions), edges, weights)
                self.session.set_graph(Graph(DRAWN, adjacency))
            except Exception:
                self._take_back()
                raise
            self.desk.resized()

    def _take_back(self) -> None:
        self._taking_back = True
        try:
            self.editor.undo()
        finally:
            self._taking_back = False

    # -- showing -------------------------------------------------------------------------------------------------

    def _show_lab(self, moment: WallState, texts: bool) -> None:
        self.editor.draw(moment.soma)
        if texts:
            session = self.session
            session.count_end()
            start = "all OFF" if session.setting.start == 0 else f"random {session.setting.start}"
            cut, greatest = session.cut_of(moment.soma), float(session.setting.graph.optimum or 0.0)
            self.verdict.show(
                [
                    Reading("Edges cut", f"{cut:g}", "cut", "Between decided nodes"),
                    Reading("Greatest cut", f"{greatest:g}", "optimum", "By an exact search"),
                    Reading("Start", start, "start"),
                ]
            )
            shown_in(self.tally, self._tally())
            is_end = moment.time == session.simulation.time
            shown_in(self.cause, cause_text(session, cut, greatest) if is_end else "")

    def _tally(self) -> str:
        ends = self.session.ends
        if not ends:
            return "<p><small>How the runs end is counted here.</small></p>"
        total = sum(ends.values())
        rows = "".join(
            f"<tr><td>{cut:g} cut</td><td><progress max='{total}' value='{count}' aria-label='Runs that cut {cut:g}'>"
            f"</progress></td><td>{count} of {total}</td></tr>"
            for cut, count in sorted(ends.items(), reverse=True)
        )
        return f"<table><tbody>{rows}</tbody></table>"

    def _curves(self, trace: MaxcutTrace) -> Mapping[str, npt.NDArray[np.float64]]:
        return {"cut": trace.cut}
