"""The Max-cut Lab without a page: a graph, and the run that divides its nodes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar, Final, Generic, Self, TypeVar

import numpy as np
import numpy.typing as npt

from dwmtj_widgets.hopfield import Network
from dwmtj_widgets.hopfield.recording import Recording
from dwmtj_widgets.hopfield.validation import within
from dwmtj_widgets.hopfield.walls import WallState, bits_of
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.contract import Change, Open, Setting
from dwmtj_widgets.sessions.device_setting import device_text
from dwmtj_widgets.sessions.network import Floats, NetworkSession, Trace
from dwmtj_widgets.sessions.network_setting import Bits, NetworkSetting, read_run, run_fields
from dwmtj_widgets.sessions.snapshot import Fields
from dwmtj_widgets.tasks.graphs import Graph, cut_value, weighted_edges
from dwmtj_widgets.tasks.maxcut import ASYMMETRY, maxcut_network
from dwmtj_widgets.texts import tr

MOST_NODES = 200
_ASYMMETRIES: Final = (0.5, 2.0)
_WEIGHTS: Final = (-1e6, 1e6)
"""Legal range of the weights of a graph's edges."""


def checked_size(graph: Graph) -> Graph:
    """Return a graph, or refuse one that is too large for the lab.

    Raises
    ------
    Refused
        If it has too many nodes.
    """
    check_nodes(graph.size)
    return graph


def check_nodes(nodes: int) -> None:
    """Refuse more nodes than the lab supports.

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


@dataclass(frozen=True, eq=False, kw_only=True)
class MaxcutSetting(NetworkSetting, Setting):
    """A graph, and the drive of its network; all somas start OFF and are loaded as OFF."""

    lab: ClassVar[str] = "maxcut"

    graph: Graph
    asymmetry: float = ASYMMETRY
    """Repulsion by an edge over attraction by a missing edge."""

    @property
    def input(self) -> Bits:
        """All OFF (physics.md A4)."""
        return np.zeros(self.graph.size, dtype=np.uint8)

    def whole_network(self) -> Network:
        """Return the graph's network, without cuts."""
        return maxcut_network(self.graph.adjacency, self.drive.weight, self.asymmetry, self.drive.device)

    def fields(self) -> dict[str, Any]:
        """Return the setting as fields to share."""
        graph = self.graph
        known = {"optimum": graph.optimum} if graph.optimum is not None else {}
        return {
            "name": graph.name,
            "nodes": graph.size,
            "edges": [number for edge in _edges(graph) for number in edge],
            **known,
            "asymmetry": self.asymmetry,
            **run_fields(self),
        }

    @classmethod
    def of(cls, fields: Fields) -> Self:
        """Return a shared setting.

        Raises
        ------
        Refused
            If a field is not legal.
        """
        nodes = fields.whole("nodes", 2, MOST_NODES)
        most = 3 * nodes * (nodes - 1) // 2
        numbers = fields.items("edges", lambda entry, name: entry.number(name, *_WEIGHTS), most)
        optimum = fields.number("optimum", 0.0, 1e12) if "optimum" in fields else None
        setting = cls(
            graph=Graph(fields.text("name", 200), _adjacency(numbers, nodes), optimum),
            asymmetry=fields.number("asymmetry", *_ASYMMETRIES),
            **read_run(fields, nodes),
        )
        fields.close()
        return setting

    def network_lines(self) -> list[str]:
        """Return the lines that make ``network`` and ``pattern``."""
        size, drive = self.graph.size, self.drive
        return [
            "import numpy as np",
            "",
            "from dwmtj_widgets import Device, Network, Simulation, cut_value, maxcut_network",
            "",
            f"adjacency = np.zeros(({size}, {size}))",
            f"for i, j, weight in {_edges(self.graph)!r}:",
            "    adjacency[i, j] = adjacency[j, i] = weight",
            f"pattern = {self.pattern_text()}",
            f"device = {device_text(drive.device)}",
            f"network = maxcut_network(adjacency, {drive.weight!r}, {self.asymmetry!r}, device)  # volts",
        ]

    def pattern_text(self) -> str:
        """Return the expression of the loaded bits."""
        return f"np.zeros({self.graph.size}, dtype=np.uint8)"

    def weight_lines(self, before: Self) -> tuple[list[str], str]:
        """Return no lines, and the expression of the weights, empty if they are those of `before`."""
        if (self.drive.weight, self.asymmetry) == (before.drive.weight, before.asymmetry):
            return [], ""
        return [], f"maxcut_network(adjacency, {self.drive.weight!r}, {self.asymmetry!r}).weights"

    def end_lines(self) -> list[str]:
        """Return the lines that print more results of ``run``."""
        return ["print(cut_value(adjacency, run.bits))"]


def _edges(graph: Graph) -> list[tuple[int, int, float]]:
    ends, weights = weighted_edges(graph.adjacency)
    return [(int(i), int(j), float(weight)) for (i, j), weight in zip(ends, weights, strict=True)]


def _adjacency(numbers: list[float], nodes: int) -> np.ndarray:
    if len(numbers) % 3:
        msg = tr("edges holds {count} numbers; they must be node, node, weight for every edge.").format(
            count=len(numbers)
        )
        raise Refused(msg)
    adjacency = np.zeros((nodes, nodes))
    for first, second, weight in np.reshape(numbers, (-1, 3)):
        ends = sorted((first, second))
        if ends != [int(end) for end in ends] or not 0 <= ends[0] < ends[1] < nodes or weight == 0.0:
            msg = tr(
                "edges joins {first} and {second} with weight {weight}; the ends must be two of the nodes "
                "0 to {last}, and the weight not zero."
            ).format(first=f"{first:g}", second=f"{second:g}", weight=f"{weight:g}", last=nodes - 1)
            raise Refused(msg)
        low, high = int(ends[0]), int(ends[1])
        if adjacency[low, high]:
            msg = tr("edges joins {first} and {second} twice.").format(first=low, second=high)
            raise Refused(msg)
        adjacency[low, high] = adjacency[high, low] = weight
    return adjacency


@dataclass(frozen=True)
class MaxcutTrace(Trace):
    """A run as curves, with the cut of the decided somas."""

    cut: Floats
    """(T,) weight of the edges between decided nodes on different sides."""


MaxcutSettingT = TypeVar("MaxcutSettingT", bound=MaxcutSetting)


class MaxcutSession(NetworkSession[MaxcutSettingT, MaxcutTrace], Generic[MaxcutSettingT]):
    """A graph, and the run of its network.

    Parameters
    ----------
    setting : MaxcutSetting
        The initial setting.
    """

    def __init__(self, setting: MaxcutSettingT) -> None:
        self._known_moments: list[WallState] = []
        self._known_cuts: Floats = np.zeros(0)
        super().__init__(setting)

    def set_graph(self, graph: Graph) -> None:
        """Divide another graph, from time 0."""
        setting = replace(self.setting, graph=checked_size(graph), cut=frozenset(), flipped=frozenset())
        self.apply(Open(setting))

    def set_asymmetry(self, asymmetry: float) -> None:
        """Change the asymmetry of the running network."""
        checked = within(asymmetry, "asymmetry", *_ASYMMETRIES)
        self.apply(Change(replace(self.setting, asymmetry=checked)))

    def cut_of(self, soma: Floats) -> float:
        """Return the weight of the edges between decided nodes on different sides."""
        return float(cut_value(self.setting.graph.adjacency, bits_of(soma)))

    def trace(self) -> MaxcutTrace:
        """Return the present run as curves."""
        record = self.recording
        return MaxcutTrace(record.times, record.energies.sum(axis=1), self._cuts_of(record))

    def _cuts_of(self, record: Recording) -> Floats:
        """Return the cut of every recorded moment, shape (T,), cached for growing charts."""
        count = len(record)
        known = zip(self._known_moments, range(count), strict=False)
        same = next(
            (k for moment, k in known if record[k] is not moment), min(len(self._known_moments), count)
        )
        new = [record[k] for k in range(same, count)]
        cuts = self._known_cuts[:same]
        if new:
            bits = bits_of(np.array([moment.soma for moment in new]))
            cuts = np.concatenate([cuts, np.asarray(cut_value(self.setting.graph.adjacency, bits))])
        self._known_moments, self._known_cuts = [*self._known_moments[:same], *new], cuts
        return cuts
