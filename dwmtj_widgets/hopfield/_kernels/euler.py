"""Identical devices, explicit Euler at a fixed step, as in the paper's released simulator (physics.md A6).

Walls are on the grid t = k dt. Loading lasts while t <= t_load; from `min_time` on, a step that moved no wall
ends the run. The energy is the sum of power times dt over the same steps.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from dwmtj_widgets._jit import inlined, kernel
from dwmtj_widgets.hopfield._kernels.circuit import (
    BROKEN,
    CONVERGED,
    LOAD_PART,
    RUNNING,
    SOMA_PART,
    SYNAPSE_PART,
    TIMEOUT,
)

# Tolerance of times on the grid, in steps, so that 16 ns is step 16,000 of 1 ps.
GRID_SLACK = 1e-6


class Grid(NamedTuple):
    """The state on the grid of times, and its work space."""

    soma: Any
    """(N,) positions."""
    axon: Any
    """(N,) positions, one for all axons of a neuron."""
    count: Any
    """(1,) int64: steps taken."""
    power: Any
    """(3,) parts at the present time, W."""
    energy: Any
    """(3,) parts until the present time, J."""
    branch: Any
    """(N,) G / (N - 1 + R_M G) of the somas: current into one axon track per volt of supply, S."""
    g: Any
    """(N,) conductance of the axons' junctions, S."""
    fixed_n: Any
    fixed_d: Any
    """(N,) sums over the axons outside their windows."""
    n: Any
    d: Any
    """(N,) sums over all axons."""
    potential: Any
    """(N,) n / d, the dendrite voltages."""
    region: Any
    """(N,) int8, of the axons."""
    active: Any
    """(N + 1,) how many axons are inside their windows, then their numbers."""
    scan: Any
    """(1,) int64: the first step on which an axon may have crossed a window edge; 0 if unknown."""


def make_grid(size):
    """Return walls at 0 on step 0."""
    row = [np.zeros(size) for _ in range(7)]
    return Grid(
        np.zeros(size),
        np.zeros(size),
        np.zeros(1, dtype=np.int64),
        np.zeros(3),
        np.zeros(3),
        *row,
        np.full(size, -1, dtype=np.int8),
        np.zeros(size + 1, dtype=np.int64),
        np.zeros(1, dtype=np.int64),
    )


@kernel
def place(time, time_step, soma, axon, energy, grid):
    """Put the walls where a run begins or goes on, at the step nearest to `time` (s)."""
    for i in range(soma.shape[0]):
        grid.soma[i] = soma[i]
        grid.axon[i] = axon[i]
    for part in range(3):
        grid.energy[part] = energy[part]
        grid.power[part] = 0.0
    grid.count[0] = np.int64(np.rint(time / time_step))
    grid.region[:] = -1
    grid.scan[0] = 0


@kernel
def advance(target, time_step, grid, drive, circuit, schedule):
    """Step until the grid's time reaches `target` (s), or the network is stationary or out of time."""
    load_steps = np.floor(schedule.load_time / time_step + GRID_SLACK)
    min_steps = np.ceil(schedule.min_time / time_step - GRID_SLACK)
    max_steps = np.ceil(schedule.max_time / time_step - GRID_SLACK)
    target_step = np.ceil(target / time_step - GRID_SLACK)
    while True:
        step = grid.count[0]
        loading = step <= load_steps
        _fill_branches(grid.soma, grid.branch, circuit)
        if loading:
            _load(grid, drive, schedule)
        else:
            _feed_dendrites(step, time_step, grid, drive, circuit)
        _fill_power(loading, grid, drive.squares, circuit, schedule)
        if step >= target_step:
            return RUNNING
        if step >= max_steps:
            return TIMEOUT
        if not np.isfinite(grid.power[SOMA_PART] + grid.power[SYNAPSE_PART]):
            return BROKEN
        moved = _move(time_step, grid, circuit)
        if not moved and not loading and step >= min_steps:
            return CONVERGED
        for part in range(3):
            grid.energy[part] += time_step * grid.power[part]
        grid.count[0] = step + 1


@inlined
def _conductance(p, circuit):
    g = min(max(circuit.g_off + circuit.g_slope * (p - circuit.low), circuit.g_off), circuit.g_on)
    return g + (circuit.g_step if (p > circuit.low) and (p < circuit.high) else 0.0)


@kernel
def _fill_branches(soma, branch, circuit):
    for i in range(soma.shape[0]):
        g = _conductance(soma[i], circuit)
        branch[i] = g / (circuit.fan_out + circuit.r_track * g)


@kernel
def _move(time_step, grid, circuit):
    """One explicit Euler step: every wall moves by the rates of the present time. True if one moved."""
    soma, axon = grid.soma, grid.axon
    moved = 0
    for i in range(soma.shape[0]):
        rate = circuit.axon_drive * grid.branch[i] + circuit.axon_leak
        new = min(max(axon[i] + time_step * rate, 0.0), 1.0)
        moved |= np.int64(new != axon[i])
        axon[i] = new
    for i in range(soma.shape[0]):
        rate = circuit.soma_drive * grid.potential[i] + circuit.soma_leak
        new = min(max(soma[i] + time_step * rate, 0.0), 1.0)
        moved |= np.int64(new != soma[i])
        soma[i] = new
    return moved != 0


@kernel
def _load(grid, drive, schedule):
    """Hold every dendrite at the charge voltage."""
    for j in range(grid.n.shape[0]):
        grid.potential[j] = schedule.charge_voltage if drive.pattern[j] == 1 else -schedule.charge_voltage


@kernel
def _feed_dendrites(step, time_step, grid, drive, circuit):
    """Sum the axons' currents into every dendrite; the sum over settled axons is kept between steps."""
    size = grid.n.shape[0]
    if step >= grid.scan[0]:
        _scan(step, time_step, grid, drive, circuit)
    for j in range(size):
        grid.n[j] = grid.fixed_n[j]
        grid.d[j] = grid.fixed_d[j]
    for k in range(grid.active[0]):
        i = grid.active[1 + k]
        grid.g[i] = _conductance(grid.axon[i], circuit)
        _feed(grid.n, grid.d, i, grid.g[i], drive)
    for j in range(size):
        grid.potential[j] = grid.n[j] / grid.d[j]


@kernel
def _scan(step, time_step, grid, drive, circuit):
    """Find the axons inside their windows, sum the others, and set when the next one can cross an edge."""
    size = grid.n.shape[0]
    stale = False
    nearest = 1.0
    count = 0
    for i in range(size):
        p = grid.axon[i]
        region = 0 if p <= circuit.low else (2 if p >= circuit.high else 1)
        stale = stale or region != grid.region[i]
        grid.region[i] = region
        grid.g[i] = _conductance(p, circuit)
        nearest = min(nearest, abs(p - circuit.low), abs(p - circuit.high))
        if region == 1:
            count += 1
            grid.active[count] = i
    grid.active[0] = count
    fastest = 0.0
    for g in (circuit.g_off, circuit.g_on + circuit.g_step):
        branch = g / (circuit.fan_out + circuit.r_track * g)
        fastest = max(fastest, abs(circuit.axon_drive * branch + circuit.axon_leak))
    grid.scan[0] = step + 1 + np.int64(max(nearest / (fastest * time_step) - 2.0, 0.0))
    if stale:
        grid.fixed_n[:] = 0.0
        grid.fixed_d[:] = circuit.g_track
        for i in range(size):
            if grid.region[i] != 1:
                _feed(grid.fixed_n, grid.fixed_d, i, grid.g[i], drive)


@inlined
def _feed(n, d, i, g, drive):
    """Add the contributions of neuron i's axons to every dendrite."""
    for j in range(n.shape[0]):
        n[j] += drive.weights[i, j] * g
        d[j] += drive.links[i, j] * g


@kernel
def _fill_power(loading, grid, squares, circuit, schedule):
    """Power at the present time (physics.md A5)."""
    size = grid.soma.shape[0]
    supplied, fed = _sum_of_branches(grid.branch), 0.0
    if not loading:
        fed = _sum_fed(grid, squares)
    grid.power[SOMA_PART] = circuit.supply * supplied
    grid.power[SYNAPSE_PART] = fed
    grid.power[LOAD_PART] = size * schedule.charge_voltage**2 * circuit.g_track if loading else 0.0


# Sums in four lanes suit a vector unit, and their order is the same on every machine and in the page.


@kernel
def _sum_of_branches(branch):
    size = branch.shape[0]
    whole = size - size % 4
    s0, s1, s2, s3 = 0.0, 0.0, 0.0, 0.0
    for i in range(0, whole, 4):
        s0 += branch[i]
        s1 += branch[i + 1]
        s2 += branch[i + 2]
        s3 += branch[i + 3]
    for i in range(whole, size):
        s0 += branch[i]
    return (s0 + s1) + (s2 + s3)


@kernel
def _sum_fed(grid, squares):
    g, n, potential = grid.g, grid.n, grid.potential
    size = g.shape[0]
    whole = size - size % 4
    s0, s1, s2, s3 = 0.0, 0.0, 0.0, 0.0
    for i in range(0, whole, 4):
        s0 += squares[i] * g[i] - n[i] * potential[i]
        s1 += squares[i + 1] * g[i + 1] - n[i + 1] * potential[i + 1]
        s2 += squares[i + 2] * g[i + 2] - n[i + 2] * potential[i + 2]
        s3 += squares[i + 3] * g[i + 3] - n[i + 3] * potential[i + 3]
    for i in range(whole, size):
        s0 += squares[i] * g[i] - n[i] * potential[i]
    return (s0 + s1) + (s2 + s3)
