"""The ideal Hopfield network, for comparison with the device: neurons are signs, and time is a number of steps.

A neuron takes the sign of its field, the weighted sum of the others' states, and keeps its state if the field is
zero. Updates are synchronous or asynchronous: Hopfield 1982; Goles and Olivos 1981.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dwmtj_widgets.hopfield import validation
from dwmtj_widgets.refusals import Refused


def settle_together(weights: ArrayLike, start: ArrayLike) -> NDArray[np.int8]:
    """Update all neurons at once until their states repeat.

    With symmetric weights the end is a fixed point or an alternating pair of states. Neurons that alternate are
    undecided, -1 in the result.

    Parameters
    ----------
    weights : array_like, shape (N, N)
        In any unit; symmetric, zero on the diagonal.
    start : array_like, shape (N,)
        Bits 0 and 1.

    Returns
    -------
    ndarray, shape (N,)
        1, 0, or -1 where undecided.

    Raises
    ------
    Refused
        If the weights are not symmetric or the shapes do not go together.
    """
    matrix, state = _checked(weights, start)
    before = state
    while True:
        after = _signs(matrix @ state, state)
        if (after == before).all() or (after == state).all():
            return np.where(after == state, (after > 0).astype(np.int8), -1).astype(np.int8)
        before, state = state, after


def settle_in_turn(weights: ArrayLike, start: ArrayLike, seed: validation.Seed) -> NDArray[np.int8]:
    """Update one neuron after the other, each round in a new random order, until a round changes none.

    No step raises `energy`, so the search ends.

    Parameters
    ----------
    weights : array_like, shape (N, N)
        In any unit; symmetric, zero on the diagonal.
    start : array_like, shape (N,)
        Bits 0 and 1.
    seed : int or numpy.random.Generator
        Chooses the orders.

    Returns
    -------
    ndarray, shape (N,)
        1 or 0.

    Raises
    ------
    Refused
        If the weights are not symmetric, the shapes do not go together, or the seed is not one.
    """
    matrix, state = _checked(weights, start)
    rng = validation.generator(seed)
    field = matrix @ state
    changed = True
    while changed:
        changed, place, order = False, 0, rng.permutation(state.shape[0])
        # Only neurons opposed to their field change, so a round can skip all others.
        while place < order.shape[0] and (against := (field * state < 0.0)[order[place:]]).any():
            place += int(against.argmax())
            neuron = order[place]
            state[neuron] = -state[neuron]
            field += 2.0 * state[neuron] * matrix[neuron]
            changed, place = True, place + 1
    return (state > 0).astype(np.int8)


def energy(weights: ArrayLike, bits: ArrayLike) -> float:
    """Return Hopfield's energy -1/2 sum_ij W_ij s_i s_j of a state, s = 2 bit - 1, in the unit of the weights.

    Raises
    ------
    Refused
        If the weights are not symmetric or the shapes do not go together.
    """
    matrix, state = _checked(weights, bits)
    return float(-0.5 * state @ matrix @ state)


def _checked(weights: ArrayLike, bits: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return weights, and bits as signs."""
    matrix = validation.weight_matrix(weights)
    if (matrix != matrix.T).any():
        msg = "weights are not symmetric; without that an ideal Hopfield network need not come to rest."
        raise Refused(msg)
    signs = np.where(validation.bit_pattern(bits, matrix.shape[0], "start") == 1, 1.0, -1.0)
    return matrix, signs


def _signs(field: NDArray[np.float64], state: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(field == 0.0, state, np.sign(field))
