"""A small graph and the runs that divide it from different starts, without a page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from dwmtj_widgets.hopfield import Simulation
from dwmtj_widgets.hopfield.validation import within
from dwmtj_widgets.hopfield.walls import bits_of
from dwmtj_widgets.sessions.contract import Open
from dwmtj_widgets.sessions.maxcut import MaxcutSession, MaxcutSetting
from dwmtj_widgets.sessions.network import Reset
from dwmtj_widgets.sessions.network_setting import Bits
from dwmtj_widgets.tasks.graphs import Graph, adjacency_of, cut_value
from dwmtj_widgets.tasks.maxcut import maxcut_network
from dwmtj_widgets.tasks.maxcut_exact import exact_cut

MOST_NODES: Final = 16
EDGES: Final = (
    (0, 1), (0, 3), (0, 4), (0, 5), (0, 7), (1, 3), (1, 5), (1, 6), (2, 6), (3, 5), (3, 7), (4, 6), (5, 7), (6, 7),
)  # fmt: skip
"""Edges of the lesson's graph of eight nodes: half of all pairs."""


def lesson_graph() -> Graph:
    """Return the lesson's first graph."""
    adjacency = adjacency_of(8, EDGES)
    return Graph("the lesson's graph", adjacency, optimum=exact_cut(adjacency).cut)


@dataclass(frozen=True, eq=False, kw_only=True)
class CutSetting(MaxcutSetting):
    """A graph, and the loaded division."""

    start: int = 0
    """Number of the loaded random division; 0 is all OFF."""

    @property
    def input(self) -> Bits:
        """All OFF, or the random division of this start."""
        return start_of(self.start, self.graph.size)

    def pattern_text(self) -> str:
        """Return the expression of the loaded bits."""
        if self.start == 0:
            return super().pattern_text()
        return f"np.random.default_rng({self.start}).integers(0, 2, {self.graph.size}).astype(np.uint8)"


class CutSession(MaxcutSession[CutSetting]):
    """A graph, and a run of its network from all nodes OFF or from a random division."""

    def __init__(self) -> None:
        self.ends: Counter[float] = Counter()
        """Numbers of runs by their cuts."""
        self._counted: Simulation | None = None
        super().__init__(CutSetting(graph=lesson_graph()))

    def set_graph(self, graph: Graph) -> None:
        """Divide another graph, from all OFF."""
        within(graph.size, "Nodes", 2, MOST_NODES)
        solved = Graph(graph.name, graph.adjacency, optimum=exact_cut(graph.adjacency).cut)
        self.apply(Open(CutSetting(graph=solved, drive=self.setting.drive, asymmetry=self.setting.asymmetry)))
        self.ends = Counter()

    def next_start(self) -> None:
        """Load another random division, at time 0."""
        self.apply(Reset(replace(self.setting, start=self.setting.start + 1)))

    def count_end(self) -> None:
        """Count the cut of the finished run, once."""
        simulation = self.simulation
        if simulation.finished and self._counted is not simulation:
            self._counted = simulation
            self.ends[self.cut_of(simulation.soma)] += 1


def start_of(number: int, size: int) -> Bits:
    """Return the bits, shape (size,), of a start: all OFF for 0, else random with this number as the seed."""
    if number == 0:
        return np.zeros(size, dtype=np.uint8)
    return np.random.default_rng(number).integers(0, 2, size).astype(np.uint8)


def ends_of(graph: Graph, starts: int) -> Counter[float]:
    """Return the numbers of runs from the starts 1 to `starts`, by their cuts."""
    network = maxcut_network(graph.adjacency)
    ends: Counter[float] = Counter()
    for number in range(1, starts + 1):
        result = Simulation(network, start_of(number, graph.size)).run()
        ends[float(cut_value(graph.adjacency, bits_of(result.soma)))] += 1
    return ends
