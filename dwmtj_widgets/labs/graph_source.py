"""Where the graph of the Max-cut Lab comes from: drawn at random, famous, or a file."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from ipywidgets import HTML, BoundedIntText, Button, Dropdown, FileUpload, HBox, Layout, VBox

from dwmtj_widgets.tasks import graphs
from dwmtj_widgets.tasks.graph_files import format_graph, parse_graph
from dwmtj_widgets.tasks.graphs import Graph
from dwmtj_widgets.widgets.controls import QuantitySlider

LARGEST_FILE = 5_000_000

FAMOUS: dict[str, Callable[[], Graph]] = {
    "Petersen": graphs.petersen_graph,
    "Grid 4 × 5": lambda: graphs.grid_graph(4, 5),
    "Complete bipartite 8 + 8": lambda: graphs.complete_bipartite_graph(8, 8),
    "Cycle of 15": lambda: graphs.cycle_graph(15),
    "Complete 12": lambda: graphs.complete_graph(12),
    "Icosahedron": graphs.icosahedron_graph,
}


class GraphSource:
    """Controls that make a graph, and tell when there is another.

    Parameters
    ----------
    chosen : callable
        Called with the graph.
    guarded : callable
        Context manager that turns a refused input into a sentence on the page.
    nodes, density, seed
        Of the random graph to begin with.
    """

    def __init__(
        self,
        chosen: Callable[[Graph], None],
        guarded: Callable[[], AbstractContextManager[None]],
        *,
        nodes: int = 24,
        density: float = 0.5,
        seed: int = 1,
    ) -> None:
        self._chosen, self._guarded = chosen, guarded
        small = Layout(width="132px")
        self._nodes = BoundedIntText(value=nodes, min=3, max=200, description="Nodes", layout=small)
        self._nodes.add_class("dwmtj-nodes")
        self._seed = BoundedIntText(value=seed, min=0, max=9999, description="Seed", layout=small)
        self._seed.add_class("dwmtj-graph-seed")
        self._density = QuantitySlider("Density", "%", density, 0.05, 1.0, 0.05, name="density")
        other = Button(
            description="⚄ Other edges", tooltip="Draw another random graph", layout=Layout(width="auto")
        )
        other.add_class("dwmtj-other-graph")
        other.on_click(lambda _button: setattr(self._seed, "value", (self._seed.value + 1) % 10_000))
        self._famous = Dropdown(options=["–", *FAMOUS], description="Famous", layout=Layout(width="auto"))
        self._famous.add_class("dwmtj-famous")
        self._upload = FileUpload(accept="*", description="Open", tooltip="A file in rudy or Gset form")
        self._upload.add_class("dwmtj-upload")
        self._upload.add_class("dwmtj-graph-upload")
        self._download = HTML()
        for control in (self._nodes, self._seed):
            control.observe(lambda _change: self._random(), "value")
        self._density.on_change(lambda _value: self._random())
        self._famous.observe(self._famous_chosen, "value")
        self._upload.observe(self._uploaded, "value")
        files = HBox([other, self._upload, self._download])
        files.add_class("dwmtj-small")
        heading = HTML('<div class="dwmtj-caption"><b>Graph</b>random, famous, file or drawn</div>')
        self.widget = VBox(
            [heading, HBox([self._nodes, self._seed]), self._density.widget, self._famous, files]
        )
        self.widget.add_class("dwmtj-card")

    def random(self) -> Graph:
        """Return the random graph that the controls say."""
        return graphs.random_graph(self._nodes.value, self._density.value, self._seed.value)

    def show(self, graph: Graph) -> None:
        """Offer a graph for download."""
        content = b64encode(format_graph(graph.adjacency).encode()).decode("ascii")
        self._download.value = (
            '<a class="dwmtj-link dwmtj-graph-download" download="graph.txt" '
            f'href="data:text/plain;base64,{content}">Save</a>'
        )

    def _random(self) -> None:
        with self._guarded():
            self._chosen(self.random())

    def _famous_chosen(self, change: Any) -> None:
        if change["new"] in FAMOUS:
            with self._guarded():
                self._chosen(FAMOUS[change["new"]]())

    def _uploaded(self, change: Any) -> None:
        if not change["new"]:
            return
        file = change["new"][0]
        with self._guarded():
            content = bytes(file["content"])
            if len(content) > LARGEST_FILE:
                msg = f"{file['name']} has {len(content):,} bytes; a graph file may have {LARGEST_FILE:,}."
                raise ValueError(msg)
            try:
                text = content.decode("utf-8-sig")
            except UnicodeDecodeError as exc:
                msg = f"{file['name']} is not a text file; a graph file begins with a line 'nodes edges'."
                raise ValueError(msg) from exc
            self._chosen(Graph(file["name"], parse_graph(text)))
        self._upload.value = ()
