"""A visitor of the Max-cut Lab: what a person does arrives as messages."""

import base64
import re

import numpy as np
from ipywidgets import HTML
from visitors.lab import Visitor, Watch

from dwmtj_widgets import Simulation, maxcut_network
from dwmtj_widgets.labs import MaxcutLab
from dwmtj_widgets.widgets.plots.histogram import Histogram

PATIENCE = 120.0  # s, for work of a second on a busy machine


class MaxcutVisitor(Visitor):
    def __init__(self, watch: Watch) -> None:
        super().__init__(MaxcutLab(), watch)
        self.sequence = 0

    def choose(self, name: str, value) -> None:
        """Set a control of the source, and wait for its graph."""
        self.find(name).value = value
        self.lab.preparation.wait(PATIENCE)

    def upload(self, content: str | bytes, name: str = "some.txt") -> None:
        self.open_file(content if isinstance(content, bytes) else content.encode(), name)
        self.lab.preparation.wait(PATIENCE)

    def edit(self, op: str, **content) -> None:
        """Send an edit of the graph, as js/graph_editor does."""
        self.sequence += 1
        generation = self.find("graph")._generation
        message = {"client": "me", "sequence": self.sequence, "generation": generation, "op": op}
        self.say("graph", {"type": "edit", **message, **content})

    def saved(self, name: str) -> str | None:
        """Return the text that a link saves, None if there is no link."""
        for widget in self.widgets():
            if isinstance(widget, HTML) and f"dwmtj-{name}" in widget.value:
                return base64.b64decode(re.search(r'base64,([^"]*)"', widget.value)[1]).decode()
        return None

    @property
    def adjacency(self) -> np.ndarray:
        return self.session.setting.graph.adjacency

    def drawn(self) -> np.ndarray:
        """Return the adjacency of the graph in the editor."""
        editor = self.find("graph")
        adjacency = np.zeros((len(editor.positions),) * 2)
        for (node, other), weight in zip(editor.edges, editor.weights, strict=True):
            adjacency[node, other] = adjacency[other, node] = weight
        return adjacency


def run_of(adjacency: np.ndarray, **options):
    """Return the end of the run that the lab's settings mean, made by the engine alone."""
    return Simulation(maxcut_network(adjacency), np.zeros(len(adjacency)), **options).run()


def bars(histogram: Histogram) -> tuple[np.ndarray, np.ndarray]:
    """Return edges and counts of what a histogram shows."""
    (figure,) = (w for w in histogram.widget.children if hasattr(w, "marks"))
    steps = figure.marks[0]
    return np.asarray(steps.x)[::2], np.asarray(steps.y)[1:-1:2]
