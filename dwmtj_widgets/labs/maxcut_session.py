"""What happens in the Max-cut Lab, without a page: a graph, and the run that divides its nodes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dwmtj_widgets.hopfield import Network
from dwmtj_widgets.hopfield.validation import within
from dwmtj_widgets.hopfield.walls import bits_of
from dwmtj_widgets.labs.network_session import Bits, Drive, Floats, NetworkSession, Trace, moving_walls
from dwmtj_widgets.tasks.graphs import Graph, cut_value
from dwmtj_widgets.tasks.maxcut import ASYMMETRY, maxcut_network

MOST_NODES = 200


@dataclass(frozen=True)
class MaxcutTrace(Trace):
    """A run as curves, with the cut that the decided somas make."""

    cut: Floats
    """(T,) weight of the edges between decided nodes on different sides."""


class MaxcutSession(NetworkSession[MaxcutTrace]):
    """A graph, and the run of the network that has it for weights: all somas start OFF and are loaded as OFF."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.asymmetry = ASYMMETRY
        super().__init__()

    @property
    def input(self) -> Bits:
        """All OFF (physics.md A4)."""
        return np.zeros(self.graph.size, dtype=np.uint8)

    def set_graph(self, graph: Graph) -> None:
        """Divide another graph, from time 0."""
        with self._all_or_nothing():
            if graph.size > MOST_NODES:
                msg = f"the graph has {graph.size} nodes; the lab shows at most {MOST_NODES} (use dwmtj maxcut)."
                raise ValueError(msg)
            self.graph, self.cut, self._flipped, self.earlier = graph, frozenset(), frozenset(), None
            self.simulation = self._fresh()

    def set_asymmetry(self, asymmetry: float) -> None:
        """Change how much stronger an edge repels than a missing edge attracts, in the running network."""
        with self._all_or_nothing():
            self.asymmetry = within(asymmetry, "asymmetry", 0.5, 2.0)
            self._act()

    def cut_of(self, soma: Floats) -> float:
        """Return the weight of the edges between decided nodes on different sides."""
        return float(cut_value(self.graph.adjacency, bits_of(soma)))

    def trace(self) -> MaxcutTrace:
        """Return the present run as curves."""
        record = self.recording
        bits: npt.NDArray[np.int8] = bits_of(record.somas)
        cut = np.asarray(cut_value(self.graph.adjacency, bits), dtype=np.float64)
        return MaxcutTrace(record.times, record.energies.sum(axis=1), moving_walls(record), cut)

    def _network(self, drive: Drive) -> Network:
        return maxcut_network(self.graph.adjacency, drive.weight, self.asymmetry, drive.device)
