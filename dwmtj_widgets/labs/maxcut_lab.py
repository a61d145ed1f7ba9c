"""The Max-cut Lab: a graph whose nodes are neurons falls into two sets while its walls move."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from ipywidgets import HTML, HBox, VBox

from dwmtj_widgets.hopfield import Device
from dwmtj_widgets.hopfield.walls import WallState
from dwmtj_widgets.labs.best_of import BestOf
from dwmtj_widgets.labs.device_panel import DevicePanel
from dwmtj_widgets.labs.graph_source import GraphSource
from dwmtj_widgets.labs.maxcut_session import MaxcutSession, MaxcutTrace
from dwmtj_widgets.labs.page import lab_page
from dwmtj_widgets.labs.run_desk import RunDesk
from dwmtj_widgets.tasks.graphs import Graph, layout
from dwmtj_widgets.tasks.maxcut_baselines import local_search, random_cut, total_weight
from dwmtj_widgets.units import shown
from dwmtj_widgets.widgets._closing import close_all
from dwmtj_widgets.widgets.controls import QuantitySlider
from dwmtj_widgets.widgets.graph_editor import GraphEditor
from dwmtj_widgets.widgets.time_plot import TimePlot

PRESETS = {"Table I": Device(), "Released simulator": Device.published()}
FIELD_SIDE = 300


class MaxcutLab:
    """The lab as one widget; displaying it (or its `widget`) shows the page."""

    def __init__(self) -> None:
        self.source = GraphSource(lambda graph: self._set_graph(graph), lambda: self.desk.guarded())
        self.session = MaxcutSession(self.source.random())
        self.desk = RunDesk(
            self.session, self._draw_moment, self._draw_charts, field_side=FIELD_SIDE, neuron_width=404
        )
        self.editor = GraphEditor(width=500, height=560, label="Graph to divide")
        self.editor.add_class("dwmtj-graph")
        self.verdict = HTML()
        self.charts = {"cut": TimePlot("Cut, over ns"), "energy": TimePlot("Energy, nJ, over ns")}
        drive = self.session.drive
        self.weight = QuantitySlider("Weight W", "V", drive.weight, 0.01, 0.25, 0.005, name="weight")
        self.charge = QuantitySlider(
            "Charge V_C", "V", drive.charge_voltage, 0.02, 0.25, 0.005, name="charge-voltage"
        )
        self.asymmetry = QuantitySlider(
            "Asymmetry",
            "1",
            self.session.asymmetry,
            0.9,
            1.5,
            0.01,
            name="asymmetry",
            hint="How much stronger an edge repels than a missing edge attracts",
        )
        self.device_panel = DevicePanel(self._set_device, self._choose_preset, PRESETS)
        self.best_of = BestOf(self.session, lambda: self._best, self._found, self.desk.say)
        self._best = 0.0
        self._shown_earlier: MaxcutTrace | None = None
        self.widget = self._layout()
        self._wire()
        self._show_graph()
        self.desk.refresh()

    def _ipython_display_(self) -> None:
        from IPython.display import display

        display(self.widget)

    def close(self) -> None:
        """Stop the clock and give up the lab's widgets."""
        self.desk.stop()
        self.best_of.close()
        close_all(self.widget)

    def _layout(self) -> VBox:
        desk = self.desk
        title = HTML('<div class="dwmtj-title">Max-cut Lab</div>')
        top = HBox([title, desk.transport, desk.phase_bar.widget, desk.clock])
        drive = VBox(
            [self.weight.widget, self.charge.widget, self.asymmetry.widget, self.device_panel.widget]
        )
        charts = VBox([chart.widget for chart in self.charts.values()])
        for card in (drive, charts):
            card.add_class("dwmtj-card")
        left = VBox([self.source.widget, drive, charts, self.best_of.widget])
        heading = HTML(
            '<div class="dwmtj-caption"><b>Two sets</b>a node is a neuron, its disc the wall of its soma; '
            "thick edges are cut</div>"
        )
        middle = VBox([heading, self.editor])
        middle.add_class("dwmtj-graph-panel")
        right = VBox([desk.readout.widget, self._verdict_card(), desk.tracks_panel])
        bottom = VBox([desk.error, desk.scrub_bar])
        areas = {"top": top, "left": left, "middle": middle, "right": right, "bottom": bottom}
        return lab_page(areas)

    def _verdict_card(self) -> VBox:
        heading = HTML('<div class="dwmtj-caption"><b>Cut</b>weight of the edges between the sets</div>')
        card = VBox([heading, self.verdict])
        card.add_class("dwmtj-card")
        return card

    def _wire(self) -> None:
        """Attach every callback of the lab, in one place."""
        self.weight.on_change(lambda value: self._do(lambda: self.session.set_drive(weight=value)))
        self.charge.on_change(lambda value: self._do(lambda: self.session.set_drive(charge_voltage=value)))
        self.asymmetry.on_change(lambda value: self._do(lambda: self.session.set_asymmetry(value)))
        self.editor.on_graph(self._drawn)
        self.editor.on_select(lambda node: self._do(lambda: self.desk.select(max(node, 0))))
        self.desk.on_select(lambda neuron: setattr(self.editor, "selected", neuron))

    # -- what a person does --------------------------------------------------------------------------------------

    def _do(self, action: Callable[[], None]) -> None:
        with self.desk.guarded():
            try:
                action()
            finally:
                self._show_settings()
            self.desk.refresh()

    def _set_device(self, name: str, value: float) -> None:
        self._do(lambda: self.session.set_drive(device=replace(self.session.drive.device, **{name: value})))

    def _choose_preset(self, name: str) -> None:
        published = PRESETS[name] != Device()
        self._do(lambda: self.session.set_drive(device=PRESETS[name], published=published))

    def _set_graph(self, graph: Graph) -> None:
        """Take a graph from the source, laid out anew."""
        self.session.set_graph(graph)
        self._show_graph()
        self.desk.resized()

    def _drawn(
        self,
        positions: npt.NDArray[np.float64],
        edges: npt.NDArray[np.int64],
        weights: npt.NDArray[np.float64],
    ) -> None:
        """Take the graph that a person has drawn."""
        size = len(positions)
        adjacency = np.zeros((size, size))
        if len(edges):
            adjacency[edges[:, 0], edges[:, 1]] = adjacency[edges[:, 1], edges[:, 0]] = weights
        with self.desk.guarded():
            self.session.set_graph(Graph("drawn by hand", adjacency))
            self._judge_graph()
            self.desk.resized()

    def _found(self, cut: float) -> None:
        """Compare from now on with the best of many runs, if it is better."""
        self._best = max(self._best, cut)
        self.desk.refresh()

    # -- showing -------------------------------------------------------------------------------------------------

    def _show_graph(self) -> None:
        adjacency = self.session.graph.adjacency
        upper = np.argwhere(np.triu(adjacency))
        self.editor.show_graph(layout(adjacency), upper, adjacency[upper[:, 0], upper[:, 1]])
        self._judge_graph()

    def _judge_graph(self) -> None:
        """Find what others make of the graph: the baselines that take no time."""
        graph = self.session.graph
        self.source.show(graph)
        self._others = {
            "All edges": total_weight(graph.adjacency),
            "A random division": random_cut(graph.adjacency, 0).cut,
            "Local search": local_search(graph.adjacency, 0, starts=20).cut,
        }
        known = [value for value in (graph.optimum, graph.best_known) if value is not None]
        self._best = max([*known, self._others["Local search"]])
        self._best_name = "Optimum" if graph.optimum is not None else "Best known"

    def _show_settings(self) -> None:
        drive = self.session.drive
        self.weight.show(drive.weight)
        self.charge.show(drive.charge_voltage)
        self.asymmetry.show(self.session.asymmetry)
        self.device_panel.show(drive.device)

    def _draw_moment(self, moment: WallState, texts: bool) -> None:
        self.editor.draw(moment.soma)
        if texts:
            self.verdict.value = self._verdict(moment)

    def _verdict(self, moment: WallState) -> str:
        cut = self.session.cut_of(moment.soma)
        self._best = max(self._best, cut)
        gap = 1.0 - cut / self._best if self._best > 0.0 else 0.0
        rows = [
            ("Cut now", f"{cut:g}", "cut"),
            ("Gap to the best known", f"{100 * gap:.1f} %", "gap"),
            (self._best_name, f"{self._best:g}", "best-known"),
            *((name, f"{value:g}", "baseline") for name, value in self._others.items()),
        ]
        table = "".join(f'<dt>{name}</dt><dd class="dwmtj-{key}">{text}</dd>' for name, text, key in rows)
        return f'<div class="dwmtj-verdict dwmtj-cut-table"><dl>{table}</dl></div>'

    def _draw_charts(self, now: float | None) -> None:
        trace, earlier = self.session.trace(), self.session.earlier
        if earlier is not self._shown_earlier:
            self._shown_earlier = earlier
            before = {} if earlier is None else _curves(earlier)
            for name, chart in self.charts.items():
                chart.keep_as_earlier(before.get("time"), before.get(name))
        curves = _curves(trace)
        ends = [float(curves["time"][-1]), 20.0] + (
            [shown(earlier.time[-1], "s")] if earlier is not None else []
        )
        for name, chart in self.charts.items():
            mark = None if now is None else shown(now, "s")
            chart.show(curves["time"], curves[name], end=max(ends), now=mark)


def _curves(trace: MaxcutTrace) -> dict[str, npt.NDArray[np.float64]]:
    """Return a run's curves in display units."""
    return {"time": trace.time * shown(1.0, "s"), "energy": trace.energy * shown(1.0, "J"), "cut": trace.cut}
