"""Sources of the Max-cut Lab's graph: random, famous, or a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from html import escape
from typing import Any

from ipywidgets import HTML, Button, Dropdown, HBox, Layout, VBox

from dwmtj_widgets.labs.common.page import download_link
from dwmtj_widgets.labs.recall.input_bench import LARGEST_SEED
from dwmtj_widgets.sessions.maxcut import MOST_NODES, check_nodes
from dwmtj_widgets.tasks import graphs
from dwmtj_widgets.tasks.files import MAX_FILE_BYTES
from dwmtj_widgets.tasks.graph_files import format_graph, read_graph
from dwmtj_widgets.tasks.graphs import SMALLEST_GRAPH, Graph
from dwmtj_widgets.texts import tr
from dwmtj_widgets.widgets._by_program import ByProgram
from dwmtj_widgets.widgets.controls import QuantitySlider
from dwmtj_widgets.widgets.entries import BoundedIntText
from dwmtj_widgets.widgets.page.file_opener import FileOpener

LONGEST_NAME = 60
"""Most characters of a file's name on a page and in its sentences."""

NONE_FAMOUS = "–"
DRAWN = "drawn by hand"
FAMOUS: dict[str, Callable[[], Graph]] = {
    "Petersen": graphs.petersen_graph,
    "Grid 4 × 5": lambda: graphs.grid_graph(4, 5),
    "Complete bipartite 8 + 8": lambda: graphs.complete_bipartite_graph(8, 8),
    "Cycle of 15": lambda: graphs.cycle_graph(15),
    "Complete 12": lambda: graphs.complete_graph(12),
    "Icosahedron": graphs.icosahedron_graph,
}
# Session files name graphs in English, whatever the page's language.
SHOWN_NAMES = {
    DRAWN: tr("drawn by hand"),
    "Petersen": tr("Petersen"),
    "Grid 4 × 5": tr("Grid 4 × 5"),
    "Complete bipartite 8 + 8": tr("Complete bipartite 8 + 8"),
    "Cycle of 15": tr("Cycle of 15"),
    "Complete 12": tr("Complete 12"),
    "Icosahedron": tr("Icosahedron"),
}


class GraphSource:
    """Controls that choose a graph.

    Parameters
    ----------
    chosen : callable
        Called with a function that makes the chosen graph, which may take long or raise `Refused`.
    say : callable
        Shows a sentence on the page.
    nodes, density, seed
        Of the first random graph.
    """

    def __init__(
        self,
        chosen: Callable[[Callable[[], Graph]], None],
        say: Callable[[str], None],
        *,
        nodes: int = 24,
        density: float = 0.5,
        seed: int = 1,
    ) -> None:
        self._chosen = chosen
        self._by_program = ByProgram()
        small = Layout(width="132px")
        self._nodes = BoundedIntText(
            value=nodes, min=SMALLEST_GRAPH, max=MOST_NODES, description=tr("Nodes"), layout=small
        )
        self._nodes.add_class("dwmtj-nodes")
        self._seed = BoundedIntText(value=seed, min=0, max=LARGEST_SEED, description=tr("Seed"), layout=small)
        self._seed.add_class("dwmtj-graph-seed")
        self._density = QuantitySlider(tr("Density"), "%", density, 0.05, 1.0, 0.01, name="density")
        other = Button(
            description=tr("⚄ Other edges"),
            tooltip=tr("Draw another random graph"),
            layout=Layout(width="auto"),
        )
        other.add_class("dwmtj-other-graph")
        other.on_click(
            lambda _button: setattr(self._seed, "value", (self._seed.value + 1) % (LARGEST_SEED + 1))
        )
        self._famous = Dropdown(
            options=[(NONE_FAMOUS, NONE_FAMOUS), *((SHOWN_NAMES[name], name) for name in FAMOUS)],
            description=tr("Famous"),
            layout=Layout(width="auto"),
        )
        self._famous.add_class("dwmtj-famous")
        opener = FileOpener(
            self._opened,
            say,
            hint=tr("A file in rudy or Gset form; or drop it on the lab"),
            largest=MAX_FILE_BYTES,
        )
        opener.add_class("dwmtj-graph-upload")
        self._download = HTML()
        for control in (self._nodes, self._seed):
            control.observe(lambda _change: self._drawn_by_lot(), "value")
        self._density.on_change(lambda _value: self._drawn_by_lot())
        self._famous.observe(self._famous_chosen, "value")
        files = HBox([other, opener, self._download])
        files.add_class("dwmtj-small")
        files.add_class("dwmtj-files")
        self._heading = HTML()
        self.widget = VBox(
            [self._heading, HBox([self._nodes, self._seed]), self._density.widget, self._famous, files]
        )
        self.widget.add_class("dwmtj-card")
        self.widget.add_class("dwmtj-source-card")

    def random(self) -> Callable[[], Graph]:
        """Return a function that makes the random graph of the controls."""
        return partial(graphs.random_graph, self._nodes.value, self._density.value, self._seed.value)

    def show(self, graph: Graph) -> None:
        """Show the name and size of a graph, also in the controls, and offer a download."""
        name = SHOWN_NAMES.get(graph.name, graph.name)
        if graph.name == f"random, {graph.size} nodes":
            name = tr("random")
        sentence = (
            tr("{name}, {nodes} nodes, 1 edge")
            if graph.edges == 1
            else tr("{name}, {nodes} nodes, {edges} edges")
        )
        self._say(sentence.format(name=name, nodes=graph.size, edges=f"{graph.edges:,}"))
        content = format_graph(graph.adjacency).encode()
        self._download.value = download_link(tr("Save"), "graph-download", "graph.txt", content, "text/plain")
        pairs = graph.size * (graph.size - 1) // 2
        with self._by_program:
            self._nodes.value = graph.size
            self._famous.value = graph.name if graph.name in FAMOUS else NONE_FAMOUS
        if round(self._density.value * pairs) != graph.edges:  # else the density set by a person stays
            self._density.show(round(graph.edges / pairs, 2))  # a step: the page would round another value

    def wait(self) -> None:
        """Show that another graph is in preparation."""
        self._say(tr("laying out another one …"))

    def _say(self, text: str) -> None:
        title = tr("Graph")
        name = f'<span class="dwmtj-graph-name">{escape(text)}</span>'
        self._heading.value = f'<div class="dwmtj-caption"><b>{title}</b>{name}</div>'

    def _drawn_by_lot(self) -> None:
        if not self._by_program:
            self._chosen(self.random())

    def _famous_chosen(self, change: Any) -> None:
        if not self._by_program and change["new"] in FAMOUS:
            self._chosen(partial(_famous_graph, change["new"]))

    def _opened(self, name: str, content: bytes) -> None:
        self._chosen(partial(_graph_in, name, content))


def _famous_graph(name: str) -> Graph:
    """Return a famous graph under its name in the list."""
    return replace(FAMOUS[name](), name=name)


def _graph_in(name: str, content: bytes) -> Graph:
    """Return the graph in a file of this name."""
    title = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
    return Graph(title, read_graph(content, title, check_nodes))
