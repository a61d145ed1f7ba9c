"""Causes of poor cuts.

The sources into a neuron bias it by their sum, whatever the others do (see `maxcut`). Where that sum has the same sign
for almost all neurons, all of them go to the same side, and no edge is cut.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from dwmtj_widgets.hopfield.network import Network
from dwmtj_widgets.tasks.maxcut import balanced_network

Cause: TypeAlias = Literal["attraction", "repulsion", "nothing", ""]
"""Cause of a network's poor cuts:

- attraction: missing and negative edges attract more than edges repel, and pull all nodes to one side;
- repulsion: edges repel more than missing edges attract, and push all nodes to one side;
- nothing: there are no sources;
- empty: attraction and repulsion are equal, so there must be another cause.
"""

_ROUNDING: Final = 1e-9
"""Share of W below which a source counts as zero."""


def is_poor(adjacency: NDArray[np.float64], cut: float, best: float) -> bool:
    """Return whether a cut is below the best known and no better than the mean cut of random divisions."""
    return cut < best and cut <= max(float(np.triu(adjacency).sum()) / 2.0, 0.0)


def cause_of_poor_cuts(network: Network) -> Cause:
    """Return why this network divides its graph badly."""
    zero = _ROUNDING * network.synaptic_weight
    if _strongest(network) <= zero:
        return "nothing"
    mean = float(network.weights.mean())
    if abs(mean) <= zero:
        return ""
    return "attraction" if mean > 0.0 else "repulsion"


def can_be_balanced(adjacency: NDArray[np.float64]) -> bool:
    """Return whether `balanced_network` has sources; on a complete graph of equal weights it has none."""
    network = balanced_network(adjacency)
    return _strongest(network) > _ROUNDING * network.synaptic_weight


def _strongest(network: Network) -> float:
    return float(np.abs(network.weights).max())
