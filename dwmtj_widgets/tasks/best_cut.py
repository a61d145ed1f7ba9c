"""The largest cut of many small graphs at once, by tabu search.

Figure 7 compares the device with the optimum of some thousand graphs. Proving an optimum of 60 nodes takes minutes;
finding it takes milliseconds: all graphs and several starts of each are searched together in arrays.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

STARTS: Final = 10
_TENURE: Final = (4, 10)
"""Range of the number of moves for which a moved node stays; smaller in graphs of under 40 nodes."""


def best_cuts(adjacency: NDArray[np.float64], seed: int, starts: int = STARTS) -> NDArray[np.float64]:
    """Return the largest cut found for each graph.

    Parameters
    ----------
    adjacency : ndarray, shape (B, N, N)
        Symmetric integer weights, zero on the diagonal.
    seed : int
        Seed of the starting partitions and of the choice among equal moves.
    starts : int
        Searches for each graph.

    Returns
    -------
    ndarray, shape (B,)
    """
    graphs, size = adjacency.shape[:2]
    rng = np.random.default_rng(seed)
    weights = adjacency.astype(np.float32)
    graph, start = np.arange(graphs)[:, None], np.arange(starts)[None, :]
    side = rng.integers(0, 2, (graphs, starts, size)).astype(np.float32) * 2 - 1
    # Moving a node gains the weight of its edges to its own side less that to the other: side * field.
    field = np.matmul(side, weights)
    cut = (weights.sum(axis=(1, 2))[:, None] - (side * field).sum(axis=2)) / 4.0
    best, free_from = cut.copy(), np.zeros((graphs, starts, size), dtype=np.int32)
    chance = rng.random((graphs, starts, 4 * size), dtype=np.float32) * 0.5
    low, high = (max(1, min(tenure, size * tenure // 40)) for tenure in _TENURE)
    for move in range(40 + 4 * size):
        gain = side * field
        allowed = (free_from <= move) | (cut[..., None] + gain > best[..., None])
        offset = int(rng.integers(0, 3 * size))
        node = np.where(allowed, gain + chance[..., offset : offset + size], -np.inf).argmax(axis=2)
        cut += gain[graph, start, node]
        field -= 2.0 * side[graph, start, node][..., None] * weights[graph, node]
        side[graph, start, node] *= -1.0
        free_from[graph, start, node] = move + 1 + rng.integers(low, high + 1, node.shape)
        np.maximum(best, cut, out=best)
    result: NDArray[np.float64] = best.max(axis=1).astype(np.float64)
    return result
