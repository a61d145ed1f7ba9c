"""Every device for itself: N somas and N (N - 1) axons, each with its own parameters (physics.md A2).

Somas move by what all axons feed, axons by what their own soma feeds, so the equations split in two halves, each
of which can be solved exactly while the other rests. Taking turns (soma half a step, axons a step, soma half a
step) is of second order with one pass over the N**2 devices a step; taking both from the old state is explicit
Euler. The start and the end of the present step are both kept, so that a time between them can be read without
disturbing the steps.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from dwmtj_widgets.hopfield._kernels._jit import inlined, kernel, reordering_kernel
from dwmtj_widgets.hopfield._kernels.circuit import (
    BROKEN,
    CONVERGED,
    LOAD_PART,
    RUNNING,
    SOMA_PART,
    SYNAPSE_PART,
    TIMEOUT,
)

# Times on the grid are compared with this much of a step to spare.
_GRID_SLACK = 1e-6


class Axons(NamedTuple):
    """Parameters of the axons, (N, N) each; rows of a cut synapse or the diagonal conduct nothing."""

    weights: Any
    offset: Any
    slope: Any
    """Conductance inside the window is offset + slope p, S."""
    g_off: Any
    g_on: Any
    g_step: Any
    """Extra conductance inside the window, S."""
    drive: Any
    """mu / (R_M L): rate per volt at the node that feeds the axons, 1/(V s)."""
    leak: Any
    """1/s."""


class Somas(NamedTuple):
    """Parameters of the somas, (N,) each."""

    low: Any
    high: Any
    g_off: Any
    g_on: Any
    g_step: Any
    drive: Any
    """mu / (R_M L), 1/(V s)."""
    leak: Any
    """1/s."""
    g_track: Any
    """1 / R_M, S."""
    fan: Any
    """Resistance of the neuron's axon tracks in parallel, ohm."""


class State(NamedTuple):
    """Walls at the start and the end of the present step, and what the axons feed at its end."""

    soma: Any
    """(2, N) positions; which of the two is the step's start tells `flip`."""
    axon: Any
    """(2, N, N) positions, row i the axons of neuron i."""
    flip: Any
    """(1,) int64: index of the step's start in `soma` and `axon`."""
    clock: Any
    """(2,) start and length of the step, s."""
    n: Any
    d: Any
    """(N,) at the step's end."""
    node: Any
    """(N,) voltage of the node that feeds a neuron's axons, V."""
    sums: Any
    """(2,): sum of W^2 G at the step's end, W; way gone by all axons in the step, x/L."""
    power: Any
    """(2, 3) at start and end by part, W."""
    energy: Any
    """(3,) parts at the step's start, J."""


def make_state(size):
    """Return walls at rest at 0, at time 0, with no step planned."""
    row = [np.zeros(size) for _ in range(3)]
    return State(
        np.zeros((2, size)),
        np.zeros((2, size, size)),
        np.zeros(1, dtype=np.int64),
        np.zeros(2),
        *row,
        np.zeros(2),
        np.zeros((2, 3)),
        np.zeros(3),
    )


@kernel
def prime(state, axons, somas):
    """Sum what the axons feed where they stand, after walls or parameters were set from outside."""
    state.node[:] = 0.0
    _move_axons(0.0, state, axons, somas)


@kernel
def advance(target, step, leapfrog, supply, state, somas, axons, pattern, schedule):
    """Step until the present step covers `target` (s), or the network is stationary or out of time."""
    clock = state.clock
    slack = _GRID_SLACK * step
    while True:
        if target < clock[0] + clock[1] - slack:
            return RUNNING
        _commit(state)
        t0 = clock[0]
        if t0 >= schedule.max_time - slack:
            return TIMEOUT
        # Euler loads while t <= t_load, as the release did; the leapfrog switches exactly at t_load.
        loading = t0 < schedule.load_time + (-slack if leapfrog else slack)
        h = min(step, schedule.max_time - t0)
        if leapfrog and loading:
            h = min(h, schedule.load_time - t0)
        moved = _take_step(h, leapfrog, loading, supply, state, somas, axons, pattern, schedule)
        if not np.isfinite(moved):
            return BROKEN
        clock[1] = h
        may_end = not loading and (t0 if moved == 0.0 else t0 + h) >= schedule.min_time - slack
        if may_end and moved == 0.0:
            clock[1] = 0.0
            return CONVERGED
        if may_end and leapfrog and _stands_still(supply, state, somas, axons):
            clock[1] = max(_last_arrival(h, state, somas, axons), schedule.min_time - t0)
            _commit(state)
            return CONVERGED


@kernel
def _commit(state):
    """Move the start of the step to its end."""
    h = state.clock[1]
    if h > 0.0:
        for part in range(3):
            state.energy[part] += 0.5 * h * (state.power[0, part] + state.power[1, part])
        state.clock[0] += h
        state.clock[1] = 0.0
        state.flip[0] = 1 - state.flip[0]


@kernel
def read(time, state, soma, axon, energies, powers):
    """Write the state at `time` (s) inside the present step: (N,), (N, N) and the three parts."""
    h = state.clock[1]
    x = 0.0
    if h > 0.0:
        x = min(max((time - state.clock[0]) / h, 0.0), 1.0)
    start = state.flip[0]
    end = 1 - start if h > 0.0 else start
    for i in range(soma.shape[0]):
        soma[i] = (1.0 - x) * state.soma[start, i] + x * state.soma[end, i]
        for j in range(soma.shape[0]):
            axon[i, j] = (1.0 - x) * state.axon[start, i, j] + x * state.axon[end, i, j]
    for part in range(3):
        first, last = state.power[0, part], state.power[1, part]
        energies[part] = state.energy[part] + h * x * (first + 0.5 * x * (last - first))
        powers[part] = (1.0 - x) * first + x * last


@kernel
def _take_step(h, leapfrog, loading, supply, state, somas, axons, pattern, schedule):
    """Fill the step's end; returns the way gone by all walls, zero when nothing moved."""
    start, end = state.soma[state.flip[0]], state.soma[1 - state.flip[0]]
    size = start.shape[0]
    _fill_power(0, start, loading, supply, state, somas, schedule)
    share = 0.5 if leapfrog else 1.0
    for j in range(size):
        end[j] = _soma_after(start[j], share * h, j, loading, state, somas, pattern, schedule)
        at = end[j] if leapfrog else start[j]
        state.node[j] = supply * somas.fan[j] / (1.0 / _soma_conductance(at, j, somas) + somas.fan[j])
    _move_axons(h, state, axons, somas)
    moved = state.sums[1]
    for j in range(size):
        if leapfrog:
            end[j] = _soma_after(end[j], 0.5 * h, j, loading, state, somas, pattern, schedule)
        moved += abs(end[j] - start[j])
    _fill_power(1, end, loading, supply, state, somas, schedule)
    return moved


@inlined
def _soma_rate(j, loading, state, somas, pattern, schedule):
    potential = state.n[j] / state.d[j]
    if loading:
        potential = schedule.charge_voltage if pattern[j] == 1 else -schedule.charge_voltage
    return somas.drive[j] * potential + somas.leak[j]


@inlined
def _soma_after(p, h, j, loading, state, somas, pattern, schedule):
    return min(max(p + h * _soma_rate(j, loading, state, somas, pattern, schedule), 0.0), 1.0)


@inlined
def _soma_conductance(p, j, somas):
    if p <= somas.low[j]:
        return somas.g_off[j]
    if p >= somas.high[j]:
        return somas.g_on[j]
    share = (p - somas.low[j]) / (somas.high[j] - somas.low[j])
    return somas.g_off[j] + (somas.g_on[j] - somas.g_off[j]) * share + somas.g_step[j]


@reordering_kernel
def _move_axons(h, state, axons, somas):
    """Move every axon's wall and sum, in the same pass, what the axons feed into the dendrites afterwards."""
    start, end = state.axon[state.flip[0]], state.axon[1 - state.flip[0]]
    n, d = state.n, state.d
    size = n.shape[0]
    for j in range(size):
        n[j] = 0.0
        d[j] = somas.g_track[j]
    fed, way = 0.0, 0.0
    for i in range(size):
        node = state.node[i]
        a, b, w = start[i], end[i], axons.weights[i]
        drive, leak = axons.drive[i], axons.leak[i]
        offset, slope, off, on, extra = (
            axons.offset[i],
            axons.slope[i],
            axons.g_off[i],
            axons.g_on[i],
            axons.g_step[i],
        )
        for j in range(size):
            p = min(max(a[j] + h * (drive[j] * node + leak[j]), 0.0), 1.0)
            way += abs(p - a[j])
            b[j] = p
            line = offset[j] + slope[j] * p
            g = min(max(line, off[j]), on[j])
            g += extra[j] if (line > off[j] and line < on[j]) else 0.0
            current = w[j] * g
            n[j] += current
            d[j] += g
            fed += w[j] * current
    state.sums[0] = fed
    state.sums[1] = way


@kernel
def _fill_power(row, soma, loading, supply, state, somas, schedule):
    """Power for the somas at `soma` and the axons as last summed (physics.md A5)."""
    supplied, loaded, fed = 0.0, 0.0, state.sums[0]
    for j in range(soma.shape[0]):
        supplied += supply * supply / (1.0 / _soma_conductance(soma[j], j, somas) + somas.fan[j])
        loaded += schedule.charge_voltage**2 * somas.g_track[j]
        fed -= state.n[j] * state.n[j] / state.d[j]
    state.power[row, SOMA_PART] = supplied
    state.power[row, SYNAPSE_PART] = 0.0 if loading else fed
    state.power[row, LOAD_PART] = loaded if loading else 0.0


@kernel
def _stands_still(supply, state, somas, axons):
    """Whether every wall is held at an end of its track at the step's end."""
    soma, axon = state.soma[1 - state.flip[0]], state.axon[1 - state.flip[0]]
    size = soma.shape[0]
    for j in range(size):
        rate = somas.drive[j] * state.n[j] / state.d[j] + somas.leak[j]
        if not _is_held(soma[j], rate):
            return False
    for i in range(size):
        node = supply * somas.fan[i] / (1.0 / _soma_conductance(soma[i], i, somas) + somas.fan[i])
        for j in range(size):
            if i != j and not _is_held(axon[i, j], axons.drive[i, j] * node + axons.leak[i, j]):
                return False
    return True


@inlined
def _is_held(p, rate):
    return rate == 0.0 or (p == 0.0 and rate < 0.0) or (p == 1.0 and rate > 0.0)


@kernel
def _last_arrival(h, state, somas, axons):
    """When, within the step, the last wall reached its end."""
    start, end = state.axon[state.flip[0]], state.axon[1 - state.flip[0]]
    size = state.n.shape[0]
    latest = 0.0
    for i in range(size):
        for j in range(size):
            if end[i, j] != start[i, j]:
                rate = axons.drive[i, j] * state.node[i] + axons.leak[i, j]
                latest = max(latest, min((end[i, j] - start[i, j]) / rate, h))
    before, after = state.soma[state.flip[0]], state.soma[1 - state.flip[0]]
    for i in range(size):
        if before[i] != after[i]:
            rate = somas.drive[i] * state.n[i] / state.d[i] + somas.leak[i]
            latest = max(latest, min((after[i] - before[i]) / rate, h))
    return latest
