"""What happens in the Max-cut Lab, without a page: a graph, and the run that divides its nodes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dwmtj_widgets.hopfield import Network
from dwmtj_widgets.hopfield.recording import Recording
from dwmtj_widgets.hopfield.validation import within
from dwmtj_widgets.hopfield.walls import WallState, bits_of
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.device_setting import Drive
from dwmtj_widgets.sessions.network import Bits, Floats, NetworkSession, Trace
from dwmtj_widgets.tasks.graphs import Graph, cut_value
from dwmtj_widgets.tasks.maxcut import ASYMMETRY, maxcut_network
from dwmtj_widgets.texts import tr

MOST_NODES = 200


def checked_size(graph: Graph) -> Graph:
    """Return a graph that the lab can show.

    Raises
    ------
    Refused
        If it has too many nodes.
    """
    check_nodes(graph.size)
    return graph


def check_nodes(nodes: int) -> None:
    """Refuse more nodes than the lab can show.

    Raises
    ------
    Refused
        If there are too many.
    """
    if nodes > MOST_NODES:
        msg = tr("The graph has {nodes} nodes; the lab shows at most {most} (use dwmtj maxcut).").format(
            nodes=nodes, most=MOST_NODES
        )
        raise Refused(msg)


def division_text(bits: npt.NDArray[np.int8], cut: float) -> str:
    """Return a division, shape (N,), as text: a line "node side" for each node, -1 where undecided."""
    lines = [f"{node} {side}" for node, side in enumerate(bits.tolist(), 1)]
    return "\n".join([f"# cut {cut:g}; node and side, nodes from 1 as in a graph file", *lines, ""])


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
        self._known_moments: list[WallState] = []
        self._known_cuts: Floats = np.zeros(0)
        super().__init__()

    @property
    def input(self) -> Bits:
        """All OFF (physics.md A4)."""
        return np.zeros(self.graph.size, dtype=np.uint8)

    def set_graph(self, graph: Graph) -> None:
        """Divide another graph, from time 0."""
        self.become(graph=checked_size(graph), cut=frozenset(), flipped=frozenset())

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
        return MaxcutTrace(record.times, record.energies.sum(axis=1), self._cuts_of(record))

    def _cuts_of(self, record: Recording) -> Floats:
        """Return the cut of every recorded moment, shape (T,); a chart that grows asks again and again."""
        count = len(record)
        known = zip(self._known_moments, range(count), strict=False)
        same = next(
            (k for moment, k in known if record[k] is not moment), min(len(self._known_moments), count)
        )
        new = [record[k] for k in range(same, count)]
        cuts = self._known_cuts[:same]
        if new:
            bits = bits_of(np.array([moment.soma for moment in new]))
            cuts = np.concatenate([cuts, np.asarray(cut_value(self.graph.adjacency, bits))])
        self._known_moments, self._known_cuts = [*self._known_moments[:same], *new], cuts
        return cuts

    def _network(self, drive: Drive) -> Network:
        return maxcut_network(self.graph.adjacency, drive.weight, self.asymmetry, drive.device)
