"""Cuts by conventional algorithms, for comparison with the device.

From weak to strong: a random division, a one-exchange local search, and Goemans-Williamson, a semidefinite
program (needs cvxpy). The optimum itself is in `maxcut_exact`.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dwmtj_widgets.hopfield import validation
from dwmtj_widgets.refusals import Refused, Unable
from dwmtj_widgets.tasks.graphs import (
    checked_adjacency,
    cut_value,
    fitting_bits,
    move_greedily,
    without_noise,
)

LARGEST_RELAXED: Final = 200
"""Most nodes for which the semidefinite program is solved in seconds."""


@dataclass(frozen=True, eq=False)
class Division:
    """A division of a graph and, if known, an upper bound on its cuts."""

    cut: float
    bits: NDArray[np.int8]
    """(N,) 0 and 1."""
    bound: float | None = None
    """Upper bound on every cut of this graph, if the method proves one."""

    @property
    def proven(self) -> bool:
        """Whether the cut is known to be the greatest."""
        return self.bound is not None and self.cut >= self.bound


def total_weight(adjacency: ArrayLike) -> float:
    """Return the sum of all edges' weights.

    Raises
    ------
    Refused
        If the adjacency is not one.
    """
    weights = checked_adjacency(adjacency)
    return float(without_noise(np.triu(weights).sum(), weights))


def random_cut(adjacency: ArrayLike, seed: validation.Seed = 0) -> Division:
    """Return a random division with equal odds for each node.

    It cuts every edge with probability one half: on average half of the total weight, and so, without negative
    weights, at least half of the greatest cut.

    Raises
    ------
    Refused
        If the adjacency or the seed is illegal.
    """
    weights = checked_adjacency(adjacency)
    return division_of(weights, validation.generator(seed).integers(0, 2, weights.shape[0]))


def one_exchange(adjacency: ArrayLike, bits: ArrayLike) -> NDArray[np.int8]:
    """Return divisions that no move of a single node improves.

    The node of largest gain, the first of equals, is moved until there is no gain. This is the search of networkx's
    `one_exchange`, for many divisions at once.

    Parameters
    ----------
    adjacency : array_like, shape (N, N)
        Weights.
    bits : array_like, shape (..., N)
        Where to start; an undecided node (-1) starts as 0.

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
    start = fitting_bits(weights, bits)
    signs = np.where(start == 1, 1.0, -1.0).reshape(-1, weights.shape[0])
    enough = 1e-12 * float(np.abs(weights).sum())
    move_greedily(weights, signs, lambda side, field: side * field, enough)
    return (signs > 0.0).astype(np.int8).reshape(start.shape)


def local_search(adjacency: ArrayLike, seed: validation.Seed = 0, starts: int = 1) -> Division:
    """Return the best division that `one_exchange` finds from random starts.

    Without negative weights a single search cuts at least half of the total weight.

    Raises
    ------
    Refused
        If the adjacency, the seed or the number of starts (1 to 100,000) is illegal.
    """
    weights = checked_adjacency(adjacency)
    shape = (validation.whole(starts, "starts", 1, 100_000), weights.shape[0])
    ends = one_exchange(weights, validation.generator(seed).integers(0, 2, shape))
    return division_of(weights, ends[cut_value(weights, ends).argmax()])


def goemans_williamson(adjacency: ArrayLike, seed: validation.Seed = 0, roundings: int = 100) -> Division:
    """Return the best of several random roundings of the semidefinite relaxation, and the relaxation's bound.

    Without negative weights a rounding cuts on average at least 0.878 of the greatest cut. The bound holds for any
    accuracy of the solver.

    Source: Goemans and Williamson, J. ACM 42 (1995) 1115.

    Raises
    ------
    Refused
        If an input is illegal, or the graph has more than 200 nodes.
    Unable
        If cvxpy is not installed, or its solver fails.
    """
    weights, rng = checked_adjacency(adjacency), validation.generator(seed)
    size = weights.shape[0]
    if size > LARGEST_RELAXED:
        msg = f"The graph has {size} nodes; Goemans-Williamson is offered for up to {LARGEST_RELAXED}."
        raise Refused(msg)
    count = validation.whole(roundings, "roundings", 1, 100_000)
    gram = _relaxed(weights)
    levels, vectors = np.linalg.eigh(gram)
    embedding = vectors * np.sqrt(np.clip(levels, 0.0, None))
    sides = (embedding @ rng.normal(size=(size, count))).T > 0.0
    best = sides[cut_value(weights, sides).argmax()]
    # For any u, s (-A) s <= sum u + N times the largest eigenvalue of -A - diag u; at the optimum this u is tight.
    shift = -(weights * gram).sum(axis=1)
    largest = float(np.linalg.eigvalsh(-weights - np.diag(shift))[-1])
    bound = (float(weights.sum() + shift.sum()) + size * largest) / 4.0
    return division_of(weights, best, bound)


def division_of(weights: NDArray[np.float64], bits: ArrayLike, bound: float | None = None) -> Division:
    """Return a division, shape (N,), with its cut and a method's upper bound.

    The bound is rounded down for integer weights, and set to the cut if it differs only by rounding.
    """
    cut = float(cut_value(weights, bits))
    if bound is not None:
        if (weights == np.round(weights)).all():
            bound = float(np.floor(bound + 1e-6))
        if bound <= cut + 1e-9 * np.abs(weights).sum():
            bound = cut
    return Division(cut, np.array(bits, dtype=np.int8), bound)


def _relaxed(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the Gram matrix of unit vectors that maximises the relaxed cut, shape (N, N)."""
    try:
        cp: Any = importlib.import_module("cvxpy")
    except ModuleNotFoundError as exc:
        msg = 'Goemans-Williamson needs cvxpy; python -m pip install "dwmtj-widgets[maxcut]" installs it.'
        raise Unable(msg) from exc
    size = weights.shape[0]
    scale = float(np.abs(weights).max()) or 1.0
    gram = cp.Variable((size, size), PSD=True)
    relaxed_cut = cp.sum(cp.multiply(weights / scale, 1.0 - gram)) / 4.0
    problem = cp.Problem(cp.Maximize(relaxed_cut), [cp.diag(gram) == 1.0])
    try:
        problem.solve(solver=cp.SCS, eps=1e-6)
    except cp.SolverError as exc:
        msg = f"The semidefinite program of Goemans-Williamson was not solved: {exc}"
        raise Unable(msg) from exc
    if gram.value is None:
        msg = f"The semidefinite program of Goemans-Williamson was not solved: {problem.status}."
        raise Unable(msg)
    return np.asarray(gram.value, dtype=np.float64)
