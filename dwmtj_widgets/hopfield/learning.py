"""How patterns become weights: three rules on one scale, and the few voltages that a source may have.

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
"""Voltages that a quantised source may have; beyond, rounding of the numbers themselves is near."""


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
    Refused
        If the patterns are not rows of equally many bits, or the weight is not a positive voltage.
    """
    signs, voltage = _checked(patterns, weight)
    weights: NDArray[np.float64] = voltage * (signs.T @ signs)
    np.fill_diagonal(weights, 0.0)
    return weights


def storkey_weights(patterns: ArrayLike, weight: float) -> NDArray[np.float64]:
    """Return the weights of Storkey's rule, which stores the patterns one after the other.

    Every pattern adds what Hebb's rule adds, less what the neurons feel of it already: the fields of the weights so
    far, without the two neurons of the synapse. More correlated patterns are held than with Hebb's rule. Their order
    counts; a pattern and its inverse give the same weights.

    Source: Storkey, "Increasing the capacity of a Hopfield network without sacrificing functionality", ICANN 1997;
    its weights times N W.

    Parameters, returns and errors are those of `hebbian_weights`.
    """
    signs, voltage = _checked(patterns, weight)
    size = signs.shape[1]
    stored = np.zeros((size, size))
    for pattern in signs:
        fields = stored @ pattern
        # field[i, j] is the one at neuron i without the shares of i (the diagonal is zero) and j.
        field = (fields[:, None] - stored * pattern) / size
        stored += np.outer(pattern, pattern) - pattern[:, None] * field.T - field * pattern
        np.fill_diagonal(stored, 0.0)
    weights: NDArray[np.float64] = voltage * stored
    return weights


def pseudo_inverse_weights(patterns: ArrayLike, weight: float) -> NDArray[np.float64]:
    """Return the weights of the pseudo-inverse rule: N W times the projector onto the patterns.

    Before its diagonal is cut out, every stored pattern is reproduced exactly, however correlated the patterns are.
    Their order does not count; a pattern and its inverse give the same weights. With as many independent patterns
    as neurons the projector is the identity, and no weight is left.

    Source: Personnaz, Guyon and Dreyfus, J. Physique Lett. 46 (1985) L359; its weights times N W.

    Parameters, returns and errors are those of `hebbian_weights`.
    """
    signs, voltage = _checked(patterns, weight)
    size = signs.shape[1]
    # An orthonormal basis of the patterns' span; those that the others make up add nothing to it.
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
    """Return the weights rounded to a number of voltages, equally spaced from the largest magnitude down to minus it.

    A weight half-way goes to the higher voltage; an even number of levels has no zero. The diagonal stays zero.

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
    # Rounding errors of a weight that is meant to be half-way must not decide between two levels.
    place = np.floor((voltages / top + 1.0) * (0.5 * steps) + 0.5 + 1e-9)
    result: NDArray[np.float64] = top * (2.0 * place / steps - 1.0)
    np.fill_diagonal(result, 0.0)
    return result


def _checked(patterns: ArrayLike, weight: float) -> tuple[NDArray[np.float64], float]:
    signs = 2.0 * validation.bit_patterns(patterns).astype(np.float64) - 1.0
    return signs, validation.positive(weight, "weight", "V")
