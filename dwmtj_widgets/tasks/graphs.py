"""Graphs for max-cut: random and famous ones, and the cut of a division.

A graph is an adjacency of weights, (N, N), symmetric with a zero diagonal; 0 is no edge. A cut is the weight of
the edges between the two sets, and max-cut asks for the division with the greatest one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import floor, log10
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dwmtj_widgets.hopfield import validation
from dwmtj_widgets.refusals import Refused

if TYPE_CHECKING:
    import networkx as nx

SMALLEST_GRAPH: Final = validation.SMALLEST_NETWORK
LARGEST_GRAPH: Final = 2000
"""Nodes. The network of such a graph has four million devices."""

LARGEST_WEIGHT: Final = 1e12
"""Largest weight of an edge. Cuts of whole numbers up to it are exact in floating point."""

_ROWS_AT_ONCE: Final = 256


@dataclass(frozen=True, eq=False)
class Graph:
    """A graph and the known results on its greatest cut.

    Raises
    ------
    Refused
        If the adjacency is not one, see `checked_adjacency`.
    """

    name: str
    adjacency: NDArray[np.float64]
    """(N, N) weights, symmetric, zero on the diagonal; not writable."""
    optimum: float | None = None
    """The greatest cut, if proven."""
    best_known: float | None = None
    """The greatest known cut; the optimum, if that is known."""

    def __post_init__(self) -> None:
        adjacency = checked_adjacency(self.adjacency)
        adjacency.setflags(write=False)
        object.__setattr__(self, "adjacency", adjacency)
        if self.best_known is None:
            object.__setattr__(self, "best_known", self.optimum)

    @property
    def size(self) -> int:
        """Number of nodes N."""
        return int(self.adjacency.shape[0])

    @property
    def edges(self) -> int:
        """Number of edges."""
        return edge_count(self.adjacency)


def adjacency_of(size: int, edges: ArrayLike, weights: ArrayLike = 1.0) -> NDArray[np.float64]:
    """Return the adjacency, shape (`size`, `size`), for edges, shape (E, 2), and weights, shape (E,) or one number."""
    adjacency = np.zeros((size, size))
    first, second = np.reshape(np.asarray(edges, int), (-1, 2)).T
    adjacency[first, second] = adjacency[second, first] = weights
    return adjacency


def weighted_edges(adjacency: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the edges of an adjacency, shape (E, 2), lower node first, in order, and their weights, shape (E,)."""
    edges = np.argwhere(np.triu(adjacency))
    return edges, adjacency[edges[:, 0], edges[:, 1]]


def checked_adjacency(adjacency: ArrayLike) -> NDArray[np.float64]:
    """Return an adjacency as a new float array, shape (N, N).

    Raises
    ------
    Refused
        If it is not square, symmetric and finite with a zero diagonal, or has too few or too many nodes.
    """
    array = validation.numbers(adjacency, "adjacency")
    if array.ndim != 2 or array.shape[0] != array.shape[1]:
        msg = f"adjacency has the shape {array.shape}; it must be square, (N, N)."
        raise Refused(msg)
    validation.whole(array.shape[0], "The number of nodes", SMALLEST_GRAPH, LARGEST_GRAPH)
    wrong = np.argwhere(~(np.abs(array) <= LARGEST_WEIGHT))
    if wrong.size:
        row, column = wrong[0]
        msg = (
            f"adjacency[{row}, {column}] is {array[row, column]:g}; "
            f"a weight is a number from {-LARGEST_WEIGHT:g} to {LARGEST_WEIGHT:g}."
        )
        raise Refused(msg)
    if np.diagonal(array).any():
        node = int(np.flatnonzero(np.diagonal(array))[0])
        msg = f"adjacency[{node}, {node}] is {array[node, node]:g}; no edge joins a node to itself."
        raise Refused(msg)
    if (array != array.T).any():
        row, column = np.argwhere(array != array.T)[0]
        msg = (
            f"adjacency[{row}, {column}] is {array[row, column]:g} and adjacency[{column}, {row}] "
            f"{array[column, row]:g}; an edge has one weight, make the array symmetric."
        )
        raise Refused(msg)
    return array


def edge_count(adjacency: NDArray[np.float64]) -> int:
    """Return the number of edges of nonzero weight."""
    return int(np.count_nonzero(adjacency)) // 2


def cut_value(adjacency: ArrayLike, bits: ArrayLike) -> Any:
    """Return the weight of the edges between the nodes of bit 1 and those of bit 0.

    An undecided node (-1) is on neither side, and none of its edges is cut, so an interrupted run scores nothing for
    open nodes. If open edges have negative weights, that value could exceed every division's. So each open node is
    also put on its better side relative to the decided ones (half on each if they are equal), and the smaller of the
    two cuts counts. No cut exceeds the optimum, and inverted bits have the same cut.

    Cuts of whole weights are exact; others are rounded to 13 digits of the total weight, so that 0.1 + 0.2 - 0.3 is 0.

    Parameters
    ----------
    adjacency : array_like, shape (N, N)
        Weights.
    bits : array_like, shape (..., N)
        1, 0, or -1 where undecided.

    Returns
    -------
    float or ndarray, shape (...)
        A float for one row of bits.

    Raises
    ------
    Refused
        If the adjacency is not one, a value is not a bit, or the shapes do not go together.

    See Also
    --------
    completed : the division for an undecided state.
    """
    weights = checked_adjacency(adjacency)
    sides = fitting_bits(weights, bits)
    on, off = (sides == 1).astype(np.float64), (sides == 0).astype(np.float64)
    cuts = ((on @ weights) * off).sum(axis=-1)
    if (sides < 0).any() and (weights < 0.0).any():
        cuts += np.minimum(_gain_of_open(weights, on, off), 0.0)
    cuts = without_noise(cuts, weights) + 0.0  # no -0
    return float(cuts) if sides.ndim == 1 else cuts


def completed(adjacency: ArrayLike, bits: ArrayLike) -> NDArray[np.int8]:
    """Return divisions in which every undecided node is put on a side, greedily.

    Nodes are placed one at a time. The next is the node whose edges to placed nodes most favour one side, the first of
    equals, and it goes to that side; without a preference a node goes to 0. Decided nodes stay.

    Parameters
    ----------
    adjacency : array_like, shape (N, N)
        Weights.
    bits : array_like, shape (..., N)
        1, 0, or -1 where undecided.

    Returns
    -------
    ndarray, shape (..., N)
        0 and 1.

    Raises
    ------
    Refused
        If the adjacency is not one, a value is not a bit, or the shapes do not go together.
    """
    weights = checked_adjacency(adjacency)
    sides = fitting_bits(weights, bits)
    rows = sides.reshape(-1, weights.shape[0])
    is_open = (rows < 0).any(axis=1)
    signs = np.where(rows[is_open] == 1, 1.0, np.where(rows[is_open] == 0, -1.0, 0.0))
    move_greedily(weights, signs, lambda side, field: np.where(side == 0.0, np.abs(field), -1.0), -1.0)
    rows[is_open] = signs > 0.0
    return rows.reshape(sides.shape)


def move_greedily(
    weights: NDArray[np.float64],
    signs: NDArray[np.float64],
    gains: Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.float64]],
    enough: float,
) -> None:
    """Move the node of largest gain to the other side of its field, in place, until no gain exceeds `enough`.

    Parameters
    ----------
    weights : ndarray, shape (N, N)
    signs : ndarray, shape (B, N)
        Divisions: 1.0 or -1.0, and 0.0 where undecided.
    gains : callable
        Returns the gain of each node, for signs and the field ``signs @ weights`` of some divisions. The first of
        equals is moved.
    enough : float
    """
    for first in range(0, signs.shape[0], _ROWS_AT_ONCE):
        part = signs[first : first + _ROWS_AT_ONCE]
        field = part @ weights
        active = np.arange(part.shape[0])
        while active.size:
            gained = gains(part[active], field[active])
            node = gained.argmax(axis=1)
            better = gained[np.arange(active.size), node] > enough
            active, node = active[better], node[better]
            moved = np.where(field[active, node] < 0.0, 1.0, -1.0)
            field[active] += (moved - part[active, node])[:, None] * weights[node]
            part[active, node] = moved


def fitting_bits(weights: NDArray[np.float64], bits: ArrayLike) -> NDArray[np.int8]:
    """Return `bits` as a new array of shape (..., N), one for every node of the graph.

    Raises
    ------
    Refused
        If a value is not 1, 0 or -1, or there is not one for every node.
    """
    sides = validation.undecided_bits(bits)
    if sides.shape[-1] != weights.shape[0]:
        msg = f"bits have the shape {sides.shape}; the graph has {weights.shape[0]} nodes, a bit for each."
        raise Refused(msg)
    return sides


def _gain_of_open(
    weights: NDArray[np.float64], on: NDArray[np.float64], off: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the cut of the open edges if each open node goes to its better side, shape (...).

    The nodes are `on`, `off` (1.0 or 0.0), or open. A node without a better side is half on each, as in the mean over
    random choices: some division cuts at least that mean, so the result never exceeds the optimum.
    """
    wish = np.sign((off - on) @ weights)  # the side where more weight is cut
    is_open = 1.0 - on - off
    share = is_open * (0.5 + 0.5 * wish)  # the part of an open node that is on; the rest is off
    rest = is_open - share
    gains: NDArray[np.float64] = (
        ((share @ weights) * off) + ((rest @ weights) * on) + ((share @ weights) * rest)
    ).sum(axis=-1)
    return gains


def without_noise(cuts: Any, weights: NDArray[np.float64]) -> Any:
    """Return cuts without the rounding error of sums; cuts of integer weights are unchanged."""
    total = float(np.abs(weights).sum())
    if total == 0.0 or (weights == np.rint(weights)).all():
        return cuts
    return np.round(cuts, min(12 - floor(log10(total)), 300))


def random_graph(nodes: int, density: float, seed: validation.Seed) -> Graph:
    """Return a graph of ``round(density * N (N - 1) / 2)`` edges of weight 1 between pairs chosen at random.

    Density 0.5 gives the kind of graph that the paper divides (Biq Mac's g05).

    Raises
    ------
    Refused
        If the number of nodes, the density (0 to 1) or the seed is illegal.
    """
    size = validation.whole(nodes, "nodes", SMALLEST_GRAPH, LARGEST_GRAPH)
    share = validation.within(density, "density", 0.0, 1.0, "%")
    first, second = np.triu_indices(size, 1)
    chosen = validation.generator(seed).choice(first.size, round(share * first.size), replace=False)
    adjacency = np.zeros((size, size))
    adjacency[first[chosen], second[chosen]] = 1.0
    return Graph(f"random, {size} nodes", adjacency + adjacency.T)


def petersen_graph() -> Graph:
    """Return the Petersen graph: 10 nodes, 15 edges, greatest cut 12."""
    import networkx as nx

    return _famous("Petersen", nx.petersen_graph(), 12)


def grid_graph(rows: int, columns: int) -> Graph:
    """Return a grid; as in every graph without odd cycles, all its edges can be cut."""
    import networkx as nx

    height, width = _side(rows, "rows"), _side(columns, "columns")
    grid = nx.grid_2d_graph(height, width)
    return _famous(f"grid {height} × {width}", grid, grid.number_of_edges())


def complete_bipartite_graph(first: int, second: int) -> Graph:
    """Return the graph of two sets with every edge between them; all its edges can be cut."""
    import networkx as nx

    left, right = _side(first, "first"), _side(second, "second")
    return _famous(f"bipartite {left} + {right}", nx.complete_bipartite_graph(left, right), left * right)


def cycle_graph(nodes: int) -> Graph:
    """Return a ring; one edge of an odd ring stays uncut."""
    import networkx as nx

    size = validation.whole(nodes, "nodes", 3, LARGEST_GRAPH)
    return _famous(f"ring of {size}", nx.cycle_graph(size), size - size % 2)


def complete_graph(nodes: int) -> Graph:
    """Return the complete graph; its greatest cut is between halves."""
    import networkx as nx

    size = validation.whole(nodes, "nodes", SMALLEST_GRAPH, LARGEST_GRAPH)
    return _famous(f"complete {size}", nx.complete_graph(size), (size // 2) * ((size + 1) // 2))


def icosahedron_graph() -> Graph:
    """Return the icosahedron: each of its 20 faces has at most two edges cut, so of 30 edges at most 20."""
    import networkx as nx

    return _famous("icosahedron", nx.icosahedral_graph(), 20)


FAMOUS: Final[Mapping[str, Callable[[], Graph]]] = MappingProxyType(
    {
        "Petersen": petersen_graph,
        "grid 5 × 6": lambda: grid_graph(5, 6),
        "bipartite 5 + 5": lambda: complete_bipartite_graph(5, 5),
        "ring of 9": lambda: cycle_graph(9),
        "complete 8": lambda: complete_graph(8),
        "icosahedron": icosahedron_graph,
    }
)
"""Graphs of known optimum, by `Graph.name`."""


def layout(adjacency: ArrayLike, seed: int = 0) -> NDArray[np.float64]:
    """Return positions for drawing the nodes, shape (N, 2), each from 0 to 1; joined nodes lie closer.

    Raises
    ------
    Refused
        If the adjacency or the seed is illegal.
    """
    import networkx as nx

    graph = nx.from_numpy_array((checked_adjacency(adjacency) != 0.0).astype(np.float64))
    number = validation.whole(seed, "seed", 0, 2**32 - 1)
    # Springs alone leave a grid folded; for small graphs, distances along the edges unfold it.
    placed = nx.circular_layout(graph)
    if graph.number_of_nodes() <= 60 and nx.is_connected(graph):
        placed = nx.kamada_kawai_layout(graph)
    elif graph.number_of_nodes() <= 400:
        placed = nx.spring_layout(graph, seed=number)
    points = np.array([placed[node] for node in graph])
    low, high = points.min(axis=0), points.max(axis=0)
    positions: NDArray[np.float64] = (points - low) / np.where(high > low, high - low, 1.0)
    return positions


def _side(value: int, name: str) -> int:
    return validation.whole(value, name, 1, LARGEST_GRAPH)


def _famous(name: str, graph: nx.Graph[Any], optimum: int) -> Graph:
    import networkx as nx

    validation.whole(graph.number_of_nodes(), "The number of nodes", SMALLEST_GRAPH, LARGEST_GRAPH)
    return Graph(name, nx.to_numpy_array(graph), float(optimum))
