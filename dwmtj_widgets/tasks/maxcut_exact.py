"""The greatest cut of a small graph, as an integer program for scipy's HiGHS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dwmtj_widgets.hopfield import validation
from dwmtj_widgets.tasks.graphs import checked_adjacency
from dwmtj_widgets.tasks.maxcut_baselines import Division, division_of, local_search

if TYPE_CHECKING:
    from scipy.optimize import LinearConstraint

LARGEST_EXACT: Final = 20_000
"""Edges; each is a variable of the integer program."""

LONGEST_SEARCH: Final = 3600.0
"""Seconds."""

_MOST_TRIANGLES: Final = 5_000


def exact_cut(adjacency: ArrayLike, time_limit: float = 10.0) -> Division:
    """Return the greatest cut by branch and bound, or the best found and a bound when time is up.

    Parameters
    ----------
    adjacency : array_like, shape (N, N)
        Weights.
    time_limit : float
        Seconds, 0.001 to an hour. Dense graphs of 40 nodes and more can take hours.

    Returns
    -------
    Division
        `proven` is True for the optimum; otherwise no cut exceeds `bound`.

    Raises
    ------
    Refused
        If an input is illegal, or the graph has more than 20,000 edges.
    """
    weights = checked_adjacency(adjacency)
    seconds = validation.within(time_limit, "time_limit", 1e-3, LONGEST_SEARCH)
    first, second = np.nonzero(np.triu(weights))
    validation.not_above(first.size, LARGEST_EXACT, "The graph", "edges for the integer program")
    found = local_search(weights, 0, 10)  # for graphs on which HiGHS runs out of time
    if first.size == 0:
        return division_of(weights, found.bits, 0.0)
    bits, bound = _branch_and_bound(weights, first, second, seconds)
    if bits is not None:
        found = max(found, division_of(weights, bits), key=lambda division: division.cut)
    return division_of(weights, found.bits, bound)


def _branch_and_bound(
    weights: NDArray[np.float64], first: NDArray[np.intp], second: NDArray[np.intp], seconds: float
) -> tuple[NDArray[np.int8] | None, float]:
    """Return the best division that HiGHS found, if any, and its bound."""
    from scipy.optimize import Bounds, milp

    size, values = weights.shape[0], weights[first, second]
    scale = np.abs(values).max()
    upper = np.ones(size + values.size)
    # A division and its inverse have the same cut, so one node can be fixed, preferably one with many edges.
    upper[np.count_nonzero(weights, axis=0).argmax()] = 0.0
    result = milp(
        np.concatenate([np.zeros(size), -values / scale]),
        integrality=np.concatenate([np.ones(size), np.zeros(values.size)]),
        bounds=Bounds(np.zeros(upper.size), upper),
        constraints=_constraints(size, values, first, second),
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    bits = None if result.x is None else (result.x[:size] > 0.5).astype(np.int8)
    lower = result.mip_dual_bound
    trivial = float(values[values > 0.0].sum())
    bound = trivial if lower is None or not np.isfinite(lower) else min(trivial, -float(lower) * float(scale))
    return bits, bound


def _constraints(
    size: int, values: NDArray[np.float64], first: NDArray[np.intp], second: NDArray[np.intp]
) -> LinearConstraint:
    """Return the constraints between an edge's variable y and its nodes' x, and around every triangle.

    A positive weight pushes y up: y <= x_i + x_j <= 2 - y. A negative one pushes it down: -y <= x_i - x_j <= y.
    Around a triangle none or two edges are cut; integer x imply these rows, but without them the relaxation is
    useless.
    """
    from scipy.optimize import LinearConstraint
    from scipy.sparse import coo_array

    edge = np.arange(values.size)
    sign = np.where(values > 0.0, 1.0, -1.0)
    nodes, variables = np.stack([first, second], axis=1), size + edge
    columns, entries, limits = [], [], []
    # sign y - x_i - sign x_j <= 0   and   sign y + x_i + sign x_j <= 1 + sign
    for direction, limit in ((-1.0, np.zeros(values.size)), (1.0, 1.0 + sign)):
        columns.append(np.column_stack([variables, nodes]))
        entries.append(np.column_stack([sign, np.full(values.size, direction), direction * sign]))
        limits.append(limit)
    corners = size + _triangles(size, first, second)
    for signs, most in (((1, 1, 1), 2.0), ((1, -1, -1), 0.0), ((-1, 1, -1), 0.0), ((-1, -1, 1), 0.0)):
        columns.append(corners)
        entries.append(np.broadcast_to(np.array(signs, dtype=np.float64), corners.shape))
        limits.append(np.full(corners.shape[0], most))
    column, entry = np.concatenate(columns), np.concatenate(entries)
    row = np.repeat(np.arange(column.shape[0]), 3)
    shape = (column.shape[0], size + values.size)
    table = coo_array((entry.ravel(), (row, column.ravel())), shape=shape).tocsr()
    return LinearConstraint(table, ub=np.concatenate(limits))


def _triangles(size: int, first: NDArray[np.intp], second: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the edge numbers of triangles, shape (T, 3), at most a few thousand."""
    number = np.full((size, size), -1, dtype=np.intp)
    number[first, second] = number[second, first] = np.arange(first.size)
    found = [np.empty((0, 3), dtype=np.intp)]
    count = 0
    for edge, (i, j) in enumerate(zip(first, second, strict=True)):
        third = np.flatnonzero((number[i, j + 1 :] >= 0) & (number[j, j + 1 :] >= 0)) + j + 1
        found.append(np.column_stack([np.full(third.size, edge), number[i, third], number[j, third]]))
        count += third.size
        if count >= _MOST_TRIANGLES:
            break
    return np.concatenate(found)
