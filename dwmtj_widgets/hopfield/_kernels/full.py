"""Devices that differ: N somas and N (N - 1) axons, each with its own parameters (physics.md A2).

All axons drive the somas, and each soma drives its own axons, so the equations split in two halves, each of which
can be solved exactly while the other rests. Alternating (somas half a step, axons a step, somas half a step) is of
second order with one pass over the N**2 devices a step; moving both from the old state is explicit Euler. The start
and the end of the present step are both kept, so that a time between them can be read without disturbing the steps.

Jitter adds one random number a step to the rate of every wall that is not held at an end, the same for both halves
of a soma's step. The numbers follow from a seed, the start time of the step and the number of the device, so they
need no state between steps and a run does not depend on how it is cut into frames.
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

# Tolerance of times on the grid, in steps.
GRID_SLACK = 1e-6

# While all somas are held, axons move at constant rates, and a step may extend until the next axon reaches an edge of
# its window or an end of its track. The walls are then exact. The energy is not while an axon is inside its window,
# so such a step crosses at most this share of the window, as a plain step does at 5 m/s. Long steps are tried only
# while few axons move, because the search takes time.
_COAST_INSIDE = 0.005
_COAST_AXONS = 200

# Steele, Lea and Flood's splitmix64.
_STRIDE = np.uint64(0x9E3779B97F4A7C15)
_FIRST_FACTOR = np.uint64(0xBF58476D1CE4E5B9)
_SECOND_FACTOR = np.uint64(0x94D049BB133111EB)
_HALF_WORD = np.uint64(0xFFFF)
# The sum of four uniform numbers of 16 bits has the mean 2 and the variance 1/3 in units of 2**16.
_NOISE_MEAN = 2.0
_NOISE_SCALE = np.sqrt(3.0)


class Axons(NamedTuple):
    """Parameters of the axons, (N, N) each; cut synapses and the diagonal conduct nothing."""

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


class Noise(NamedTuple):
    """Thermal jitter of the walls; the arrays are empty where there is none."""

    present: bool
    seed: Any
    """uint64."""
    axon_scale: Any
    """(N, N) standard deviation of a rate averaged over 1 s, s**-0.5; zero where nothing moves."""
    soma_scale: Any
    """(N,), the same of the somas."""
    axon_leak: Any
    """(N, N) leak and jitter of the present step, 1/s."""
    soma_leak: Any
    """(N,), the same of the somas."""


class State(NamedTuple):
    """Walls at the start and the end of the present step, and the dendrites' sums at its end."""

    soma: Any
    """(2, N) positions at the step's start and end, in the order given by `flip`."""
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
    """(2,): sum of W^2 G at the step's end, W; distance moved by all axons in the step, x/L."""
    fed: Any
    way: Any
    """(N,) the same two for each target neuron, so that no sum is reordered to fit a vector unit."""
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
        np.zeros(size),
        np.zeros(size),
        np.zeros((2, 3)),
        np.zeros(3),
    )


@kernel
def place(time, step, leapfrog, soma, axon, energy, stuck, state, somas, axons):
    """Put all walls that are not stuck where a run begins or goes on, at `time` (s).

    `axon` and `stuck` are (N, N); `stuck` is nan where a wall is free; the diagonal of `axon` is ignored.
    """
    size = soma.shape[0]
    for i in range(size):
        for j in range(size):
            p = stuck[i, j] if np.isfinite(stuck[i, j]) else axon[i, j]
            if i == j:
                p = 0.0
            state.axon[0, i, j] = p
            state.axon[1, i, j] = p
        p = stuck[i, i] if np.isfinite(stuck[i, i]) else soma[i]
        state.soma[0, i] = p
        state.soma[1, i] = p
    for part in range(3):
        state.energy[part] = energy[part]
    state.power[:] = 0.0
    state.flip[0] = 0
    state.clock[0] = time if leapfrog else np.rint(time / step) * step
    state.clock[1] = 0.0
    state.node[:] = 0.0
    # A step of length zero sums the axons' currents at the present positions.
    _move_axons(0.0, state, axons, somas)


@kernel
def on_grid(time, step, leapfrog):
    """Time at which a target time is reached, s: the target itself for the leapfrog, the next grid point for Euler."""
    if leapfrog or not np.isfinite(time):
        return time
    # Adding 0.0 turns -0.0 into 0.0: the bits of the time enter the jitter.
    return np.ceil(time / step - GRID_SLACK) * step + 0.0


@kernel
def advance(target, step, leapfrog, supply, state, somas, axons, noise, pattern, schedule):
    """Step until the present step covers `target` (s), or the network is stationary or out of time."""
    clock = state.clock
    slack = GRID_SLACK * step
    while True:
        if target < clock[0] + clock[1] - slack:
            return RUNNING
        _commit(state)
        if not leapfrog:
            clock[0] = np.rint(clock[0] / step) * step  # else rounding errors add up over the steps
        t0 = clock[0]
        if t0 >= schedule.max_time - slack:
            return TIMEOUT
        # Euler loads while t <= t_load, as the release did; the leapfrog switches exactly at t_load.
        loading = t0 < schedule.load_time + (-slack if leapfrog else slack)
        h = min(step, schedule.max_time - t0) if leapfrog else step
        if leapfrog and loading:
            h = min(h, schedule.load_time - t0)
        elif leapfrog and not noise.present:
            far = min(_coasting(h, supply, state, somas, axons), schedule.max_time - t0)
            if far > h and _coast(far, supply, state, somas, axons, pattern, schedule):
                clock[1] = far
                continue
        if noise.present:
            moved = _take_jittered_step(
                h, leapfrog, loading, supply, state, somas, axons, noise, pattern, schedule
            )
        else:
            moved = _take_step(h, leapfrog, loading, supply, state, somas, axons, pattern, schedule)
        if not np.isfinite(moved):
            return BROKEN
        clock[1] = h
        may_end = not loading and (t0 if moved == 0.0 else t0 + h) >= schedule.min_time - slack
        if may_end and moved == 0.0:
            clock[1] = 0.0
            return CONVERGED
        # With jitter even an undriven wall moves, so only a step without motion ends the run.
        if may_end and leapfrog and not noise.present and _stands_still(supply, state, somas, axons):
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
    """Fill the step's end; returns the distance moved by all walls, zero if none moved."""
    _begin_step(h, leapfrog, loading, supply, state, somas, pattern, schedule)
    _move_axons(h, state, axons, somas)
    return _end_step(h, leapfrog, loading, supply, state, somas, pattern, schedule)


@kernel
def _take_jittered_step(h, leapfrog, loading, supply, state, somas, axons, noise, pattern, schedule):
    """Take a step as `_take_step` does, with jitter in every rate."""
    key = _mixed(noise.seed ^ _mixed(state.clock.view(np.uint64)[0] + _STRIDE))
    _jitter_somas(h, key, loading, state, somas, noise, pattern, schedule)
    shaken = Somas(
        somas.low,
        somas.high,
        somas.g_off,
        somas.g_on,
        somas.g_step,
        somas.drive,
        noise.soma_leak,
        somas.g_track,
        somas.fan,
    )
    _begin_step(h, leapfrog, loading, supply, state, shaken, pattern, schedule)
    _jitter_axons(h, key, state, axons, noise)
    driven = Axons(
        axons.weights,
        axons.offset,
        axons.slope,
        axons.g_off,
        axons.g_on,
        axons.g_step,
        axons.drive,
        noise.axon_leak,
    )
    _move_axons(h, state, driven, shaken)
    return _end_step(h, leapfrog, loading, supply, state, shaken, pattern, schedule)


@kernel
def _coasting(step, supply, state, somas, axons):
    """Time for which somas stay held and axons keep their rates, s; `step` if a long step does not pay."""
    soma, axon = state.soma[state.flip[0]], state.axon[state.flip[0]]
    size = soma.shape[0]
    for j in range(size):
        if not _is_held(soma[j], somas.drive[j] * state.n[j] / state.d[j] + somas.leak[j]):
            return step
    h, moving = np.inf, 0
    for i in range(size):
        node = supply * somas.fan[i] / (1.0 / _soma_conductance(soma[i], i, somas) + somas.fan[i])
        for j in range(size):
            p = axon[i, j]
            rate = axons.drive[i, j] * node + axons.leak[i, j]
            if i == j or _is_held(p, rate):
                continue
            moving += 1
            if moving > _COAST_AXONS:
                return step
            goal = 1.0 if rate > 0.0 else 0.0
            slope = axons.slope[i, j]
            if slope > 0.0:
                low = (axons.g_off[i, j] - axons.offset[i, j]) / slope
                high = (axons.g_on[i, j] - axons.offset[i, j]) / slope
                near, far = (low, high) if rate > 0.0 else (high, low)
                if (near - p) * rate > 0.0:
                    goal = near
                elif (far - p) * rate > 0.0:
                    goal = far
                    h = min(h, _COAST_INSIDE * (high - low) / abs(rate))
            h = min(h, (goal - p) / rate)
    # A step that would be hardly longer is taken as a plain one.
    return h if moving > 0 and h > 2.0 * step else step


@kernel
def _coast(h, supply, state, somas, axons, pattern, schedule):
    """Take a long step; False, with the state unchanged, if a soma did not stay held until its end."""
    moved = _take_step(h, True, False, supply, state, somas, axons, pattern, schedule)
    if moved == state.sums[1]:
        return True
    _move_axons(0.0, state, axons, somas)
    return False


@inlined
def _mixed(word):
    word = (word ^ (word >> np.uint64(30))) * _FIRST_FACTOR
    word = (word ^ (word >> np.uint64(27))) * _SECOND_FACTOR
    return word ^ (word >> np.uint64(31))


@inlined
def _noise_of(key, device):
    """A nearly normal random number of mean 0 and variance 1; the sum over many steps is normal."""
    word = _mixed(key + np.uint64(device) * _STRIDE)
    total = 0.0
    for part in range(4):
        total += float((word >> np.uint64(16 * part)) & _HALF_WORD)
    return _NOISE_SCALE * ((total + 2.0) / 65536.0 - _NOISE_MEAN)


@inlined
def _is_pressed(p, rate):
    """Whether a wall at an end is not driven away from it; an undriven wall elsewhere is free to jitter."""
    return (p == 0.0 and rate <= 0.0) or (p == 1.0 and rate >= 0.0)


@kernel
def _jitter_somas(h, key, loading, state, somas, noise, pattern, schedule):
    """Add this step's jitter to the somas' leak; a wall held at an end stays there."""
    start = state.soma[state.flip[0]]
    per_step = 1.0 / np.sqrt(h)
    for j in range(start.shape[0]):
        noise.soma_leak[j] = somas.leak[j]
        if not _is_pressed(start[j], _soma_rate(j, loading, state, somas, pattern, schedule)):
            noise.soma_leak[j] += noise.soma_scale[j] * per_step * _noise_of(key, j)


@kernel
def _jitter_axons(h, key, state, axons, noise):
    """Add this step's jitter to the axons' leak; device number N (i + 1) + j is the axon from i to j."""
    start = state.axon[state.flip[0]]
    size = start.shape[0]
    per_step = 1.0 / np.sqrt(h)
    for i in range(size):
        for j in range(size):
            leak = axons.leak[i, j]
            if not _is_pressed(start[i, j], axons.drive[i, j] * state.node[i] + leak):
                leak += noise.axon_scale[i, j] * per_step * _noise_of(key, size * (i + 1) + j)
            noise.axon_leak[i, j] = leak


@kernel
def _begin_step(h, leapfrog, loading, supply, state, somas, pattern, schedule):
    """Move the somas for the first half of a step, or for all of it, and set the axons' node voltages."""
    start, end = state.soma[state.flip[0]], state.soma[1 - state.flip[0]]
    _fill_power(0, start, loading, supply, state, somas, schedule)
    share = 0.5 if leapfrog else 1.0
    for j in range(start.shape[0]):
        end[j] = _soma_after(start[j], share * h, j, loading, state, somas, pattern, schedule)
        at = end[j] if leapfrog else start[j]
        state.node[j] = supply * somas.fan[j] / (1.0 / _soma_conductance(at, j, somas) + somas.fan[j])


@kernel
def _end_step(h, leapfrog, loading, supply, state, somas, pattern, schedule):
    """Move the somas for the second half; returns the distance moved by all walls in the step."""
    start, end = state.soma[state.flip[0]], state.soma[1 - state.flip[0]]
    moved = state.sums[1]
    for j in range(start.shape[0]):
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


@kernel
def _move_axons(h, state, axons, somas):
    """Move every axon's wall and sum, in the same pass, the axons' currents into the dendrites."""
    start, end = state.axon[state.flip[0]], state.axon[1 - state.flip[0]]
    n, d, fed, way = state.n, state.d, state.fed, state.way
    size = n.shape[0]
    for j in range(size):
        n[j] = 0.0
        d[j] = somas.g_track[j]
        fed[j] = 0.0
        way[j] = 0.0
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
            way[j] += abs(p - a[j])
            b[j] = p
            line = offset[j] + slope[j] * p
            g = min(max(line, off[j]), on[j])
            g += extra[j] if (line > off[j] and line < on[j]) else 0.0
            current = w[j] * g
            n[j] += current
            d[j] += g
            fed[j] += w[j] * current
    state.sums[0] = 0.0
    state.sums[1] = 0.0
    for j in range(size):
        state.sums[0] += fed[j]
        state.sums[1] += way[j]


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
    """Time within the step, s, at which the last wall reached its end."""
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
