"""The walls of a network at one moment, and the bits that they represent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ON_ABOVE, OFF_BELOW = 0.95, 0.05
"""A soma's bit is 1 above the first position, 0 below the second, and undecided in between (physics.md A3)."""


@dataclass(frozen=True)
class WallState:
    """One moment of a run, complete enough to go on from. Positions are x/L."""

    time: float
    """Seconds since loading began."""
    soma: Floats
    """(N,)"""
    axon: Floats
    """(N,) if the axons of a neuron move as one, else (N, N) with row i the axons of neuron i."""
    energy: Floats
    """(3,) joules: supply of the somas, synapses, loading."""
    power: Floats
    """(3,) watts, in the same order."""


def bits_of(soma: Floats) -> NDArray[np.int8]:
    """Return 1, 0 or -1 (undecided) for every soma, any shape."""
    return np.where(soma > ON_ABOVE, 1, np.where(soma < OFF_BELOW, 0, -1)).astype(np.int8)


def axon_table(axon: Floats) -> Floats:
    """Return axon walls as (N, N) with nan on the diagonal, from (N,) or (N, N)."""
    size = axon.shape[0]
    table = np.repeat(axon[:, None], size, axis=1) if axon.ndim == 1 else axon.astype(np.float64)
    np.fill_diagonal(table, np.nan)
    return table
