"""The graph behind `GraphEditor`: its rules, and the edits that a person can make."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from dwmtj_widgets.refusals import Refused

Floats = npt.NDArray[np.float64]
Nodes = npt.NDArray[np.intp]

FEWEST_NODES: Final = 2
HEAVIEST: Final = 1e12
MOST_NODES: Final = 200  # a node's number must also fit the byte in which edges travel


class DrawnGraph(NamedTuple):
    """An immutable graph; its arrays are read-only, so a history may share them."""

    positions: Floats
    edges: Nodes
    weights: Floats

    @property
    def size(self) -> int:
        """Number of nodes."""
        return len(self.positions)

    def joins(self, node: int, other: int) -> npt.NDArray[np.bool_]:
        """Return for every edge whether it joins these two nodes, shape (E,)."""
        mask: npt.NDArray[np.bool_] = (self.edges == sorted((node, other))).all(axis=1)
        return mask

    def is_same_network(self, other: DrawnGraph) -> bool:
        """Return whether both differ at most in the nodes' positions."""
        return (
            self.size == other.size
            and np.array_equal(self.edges, other.edges)
            and np.array_equal(self.weights, other.weights)
        )

    def is_same(self, other: DrawnGraph) -> bool:
        """Return whether both are the same graph with the same positions."""
        return self.is_same_network(other) and np.array_equal(self.positions, other.positions)


def checked_graph(
    positions: npt.ArrayLike, edges: npt.ArrayLike, weights: npt.ArrayLike | None
) -> DrawnGraph:
    """Return a graph from the parameters of `GraphEditor.show_graph`, or raise `Refused` with one sentence."""
    places = _numbers("positions", positions, f"{FEWEST_NODES} to {MOST_NODES} rows of x and y")
    if places.ndim != 2 or places.shape[1] != 2 or not FEWEST_NODES <= len(places) <= MOST_NODES:
        raise Refused(
            f"positions got the shape {places.shape}, but must be {FEWEST_NODES} to {MOST_NODES} rows of x and y."
        )
    outside = places[~((places >= 0) & (places <= 1))]
    if outside.size:
        raise Refused(
            f"positions got {outside[0]:g}, but must lie in 0 to 1; scale the layout to the unit square."
        )
    pairs = _checked_edges(edges, len(places))
    values = np.ones(len(pairs)) if weights is None else _numbers("weights", weights, "finite numbers")
    if values.shape != (len(pairs),) or not np.isfinite(values).all():
        got = f"the shape {values.shape}" if values.shape != (len(pairs),) else "a value that is not finite"
        raise Refused(f"weights got {got}, but must be one finite number for each of the {len(pairs)} edges.")
    return _frozen(places, pairs, values)


def edited(graph: DrawnGraph, edit: dict[str, Any], new_weight: float) -> DrawnGraph | None:
    """Return the graph after an edit of the browser (see js/graph_editor), or None if it changes nothing.

    Raises
    ------
    Refused
        If the edit breaks a rule, or is none.
    """
    positions, edges, weights = graph
    match edit.get("op"):
        case "move":
            node = _node(edit.get("node"), graph)
            positions = positions.copy()
            positions[node] = _place(edit)
        case "add":
            positions = np.vstack([positions, _place(edit)])
            if (start := edit.get("from")) is not None:
                edges = np.vstack([edges, [_node(start, graph), graph.size]])
                weights = np.append(weights, new_weight)
        case "remove":
            node = _node(edit.get("node"), graph)
            kept = (edges != node).all(axis=1)
            positions = np.delete(positions, node, axis=0)
            edges, weights = edges[kept], weights[kept]
            edges = edges - (edges > node)
        case "connect":
            pair = sorted((_node(edit.get("node"), graph), _node(edit.get("other"), graph)))
            present = graph.joins(*pair)
            if edit.get("on") and not present.any():
                edges, weights = np.vstack([edges, pair]), np.append(weights, new_weight)
            elif not edit.get("on"):
                edges, weights = edges[~present], weights[~present]
        case "weigh":
            present = graph.joins(_node(edit.get("node"), graph), _node(edit.get("other"), graph))
            weights = np.where(present, _weight(_real(edit, "value")), weights)
        case other:
            raise Refused(f"op got {other!r}, but must be move, add, remove, connect or weigh.")
    changed = checked_graph(positions, edges, weights)
    return None if changed.is_same(graph) else changed


def _checked_edges(edges: npt.ArrayLike, size: int) -> Nodes:
    pairs = _numbers("edges", edges, "pairs of node numbers")
    if not pairs.size:
        return np.empty((0, 2), dtype=np.intp)
    if pairs.ndim != 2 or pairs.shape[1] != 2:
        raise Refused(f"edges got the shape {pairs.shape}, but must be rows of two node numbers.")
    strange = pairs[~((pairs >= 0) & (pairs < size) & (pairs == np.floor(pairs)))]
    if strange.size:
        raise Refused(f"edges got node {strange[0]:g}, but nodes are the whole numbers 0 to {size - 1}.")
    sorted_pairs = np.sort(pairs.astype(np.intp), axis=1)
    loops = sorted_pairs[sorted_pairs[:, 0] == sorted_pairs[:, 1]]
    if loops.size:
        raise Refused(f"edges got {loops[0, 0]}-{loops[0, 1]}, but an edge must join two different nodes.")
    found, times = np.unique(sorted_pairs, axis=0, return_counts=True)
    if (times > 1).any():
        node, other = found[times > 1][0]
        raise Refused(f"edges got {node}-{other} more than once, but two nodes have at most one edge.")
    return sorted_pairs


def _numbers(name: str, values: npt.ArrayLike, legal: str) -> Floats:
    try:
        return np.array(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise Refused(f"{name} got something that is no table of numbers, but must be {legal}.") from None


def _node(node: Any, graph: DrawnGraph) -> int:
    if not isinstance(node, int) or not 0 <= node < graph.size:
        raise Refused(f"node got {node!r}, but must be 0 to {graph.size - 1}.")
    return node


def _weight(weight: float) -> float:
    if weight == 0.0:
        raise Refused("value got 0, but a weight is not 0; disconnect the nodes instead.")
    return weight


def _place(edit: dict[str, Any]) -> Floats:
    return np.clip([_real(edit, "x"), _real(edit, "y")], 0.0, 1.0)


def _real(edit: dict[str, Any], name: str) -> float:
    value = edit.get(name)
    if not isinstance(value, (int, float)) or not abs(value) <= HEAVIEST:
        raise Refused(f"{name} must be a number from {-HEAVIEST:g} to {HEAVIEST:g}.")
    return float(value)


def _frozen(*arrays: npt.NDArray[Any]) -> DrawnGraph:
    for array in arrays:
        array.flags.writeable = False
    return DrawnGraph(*arrays)
