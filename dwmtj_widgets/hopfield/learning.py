"""Learning rules on one scale, and rounding of weights to the voltages that a source can have.

Each rule gives a single stored pattern the same weights, +W between neurons that agree and -W between neurons that
differ, so that one voltage W means the same for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dwmtj_widgets.hopfield import validation

MOST_LEVELS: Final = 65536
"""Most voltages that a quantised source may have; more would come close to the rounding of the numbers."""


def hebbian_weights(patterns: ArrayLike, weight: float) -> NDArray[np.float64]:
    """Return Hebbian weights: the sum, not the mean, of the patterns' outer products.

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
    Refused
        If the patterns are not rows of equally many bits, or the weight is not a positive voltage.
    """
    signs, voltage = _checked(patterns, weight)
    weights: NDArray[np.float64] = voltage * (signs.T @ signs)
    np.fill_diagonal(weights, 0.0)
    return weights


def storkey_weights(patterns: ArrayLike, weight: float) -> NDArray[np.float64]:
    """Return the weights of Storkey's rule, which stores the patterns one after the other.

    Every pattern adds what Hebb's rule adds, less the fields of the weights so far, without the two neurons of the
    synapse. The rule stores more correlated patterns than Hebb's. The order of patterns matters; a pattern and its
    inverse give the same weights.

    Source: Storkey, "Increasing the capacity of a Hopfield network without sacrificing functionality", ICANN 1997;
    its weights times N W.

    Parameters, returns and errors are those of `hebbian_weights`.
    """
    signs, voltage = _checked(patterns, weight)
    size = signs.shape[1]
    stored = np.zeros((size, size))
    for pattern in signs:
        fields = stored @ pattern
        # field[i, j] is the field at neuron i without the contributions of i (the diagonal is zero) and j.
        field = (fields[:, None] - stored * pattern) / size
        stored += np.outer(pattern, pattern) - pattern[:, None] * field.T - field * pattern
        np.fill_diagonal(stored, 0.0)
    weights: NDArray[np.float64] = voltage * stored
    return weights


def pseudo_inverse_weights(patterns: ArrayLike, weight: float) -> NDArray[np.float64]:
    """Return the weights of the pseudo-inverse rule: N W times the projector onto the patterns.

    With the diagonal, which is then removed, every stored pattern is reproduced exactly, however correlated the
    patterns are. The order of patterns does not matter; a pattern and its inverse give the same weights. With as
    many independent patterns as neurons the projector is the identity, and all weights are zero.

    Source: Personnaz, Guyon and Dreyfus, J. Physique Lett. 46 (1985) L359; its weights times N W.

    Parameters, returns and errors are those of `hebbian_weights`.
    """
    signs, voltage = _checked(patterns, weight)
    size = signs.shape[1]
    # An orthonormal basis of the patterns' span; linearly dependent patterns add nothing to it.
    _left, strengths, rows = np.linalg.svd(signs, full_matrices=False)
    basis = rows[strengths > strengths[0] * max(signs.shape) * np.finfo(np.float64).eps]
    weights: NDArray[np.float64] = voltage * size * (basis.T @ basis)
    weights = 0.5 * (weights + weights.T)
    np.fill_diagonal(weights, 0.0)
    return weights


RULES: Final[Mapping[str, Callable[[ArrayLike, float], NDArray[np.float64]]]] = MappingProxyType(
    {"hebb": hebbian_weights, "storkey": storkey_weights, "pseudo_inverse": pseudo_inverse_weights}
)
"""The learning rules by name."""


def quantised(weights: ArrayLike, levels: int) -> NDArray[np.float64]:
    """Return the weights rounded to `levels` voltages, equally spaced between plus and minus the largest magnitude.

    A weight half-way is rounded up; an even number of levels has no zero. The diagonal stays zero.

    Parameters
    ----------
    weights : array_like, shape (N, N)
        Volts, zero on the diagonal.
    levels : int
        2 to 65,536.

    Raises
    ------
    Refused
        If the weights are not those of a network, or the number of levels is illegal.
    """
    voltages = validation.weight_matrix(weights)
    steps = validation.count(levels, "levels", 2) - 1
    validation.within(levels, "levels", 2, MOST_LEVELS)
    top = float(np.abs(voltages).max())
    if top == 0.0:
        return voltages
    # A weight that is meant to be half-way must be rounded up despite its own rounding error.
    place = np.floor((voltages / top + 1.0) * (0.5 * steps) + 0.5 + 1e-9)
    result: NDArray[np.float64] = top * (2.0 * place / steps - 1.0)
    np.fill_diagonal(result, 0.0)
    return result


def _checked(patterns: ArrayLike, weight: float) -> tuple[NDArray[np.float64], float]:
    signs = 2.0 * validation.bit_patterns(patterns).astype(np.float64) - 1.0
    return signs, validation.positive(weight, "weight", "V")
