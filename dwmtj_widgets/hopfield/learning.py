"""How patterns become weights."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dwmtj_widgets.hopfield import validation


def hebbian_weights(patterns: ArrayLike, weight: float) -> NDArray[np.float64]:
    """Return the Hebbian weights of some patterns: their outer products, summed, not averaged.

    Source: the paper's Eq. (3); physics.md A4. A pattern and its inverse give the same weights.

    Parameters
    ----------
    patterns : array_like, shape (P, N)
        Bits 0 and 1, one pattern a row.
    weight : float
        W in volts, above zero.

    Returns
    -------
    ndarray, shape (N, N)
        Voltages, symmetric, zero on the diagonal.

    Raises
    ------
    ValueError
        If the patterns are not rows of equally many bits, or the weight is not a positive voltage.
    """
    signs = 2.0 * validation.bit_patterns(patterns) - 1.0
    voltage = validation.positive(weight, "weight", "V")
    weights: NDArray[np.float64] = voltage * (signs.T @ signs)
    np.fill_diagonal(weights, 0.0)
    return weights
