"""Identical devices, from event to event: 2N walls, accurate to far below 1 ps.

While no wall crosses a window edge, no wall turns and the load phase does not end, everything is smooth: axons
outside their window contribute constants, axons inside contribute linearly in time, so each dendrite voltage is
a quotient of two linear functions. A step ends at the first such event. Walls and energies advance by the
three-point Lobatto rule (rates at the step's start, middle and end). The step's cubic is kept, so that the state at
any time inside it can be read without disturbing the steps: a run takes the same steps however it is cut into frames.
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
    conductance,
)

SOMA, AXON = 0, 1

# A wall this close to its boundary (x/L) has reached it: 1e-8 is 1 fm on a track of 100 nm.
_REACHED = 1e-8
# A smaller rate (1/s) counts as zero: 0.1 nm/s on a track of 100 nm, far above rounding, far below any motion.
_STILL = 1e-3
# A wall that will turn within this time (s) is treated as turned: its excursion until then is below 1e-4 nm.
_TURNED = 1e-12
# Largest relative change x of a denominator within one step. The Lobatto rule's error is about 24 x^4 / 2880 of the
# distance moved in the step, 1e-6 at 0.1; runs near a tie amplify it a hundredfold.
_BEND = 0.1
# Longest step, as a share of the time constant of the feedback between somas and axons.
_LOOP = 0.1
# Longest step (s) while a soma is in perfect balance, because the end of the balance cannot be predicted.
_BALANCED = 20e-12
# The implicit step is iterated until its positions (x/L) agree to this.
_FIXED_POINT = 1e-9
_ATTEMPTS = 100


class Walls(NamedTuple):
    """The state and its present step. First index of the wall arrays: 0 = soma, 1 = axons of a neuron."""

    pos: Any
    """(2, N) positions at the step's start."""
    rates: Any
    """(3, 2, N) rates at start, middle and end, 1/s; zero for a wall held at an end of its track."""
    region: Any
    """(2, N) int8."""
    push: Any
    """(2, N) int8: direction in which each wall is driven during the step."""
    moves: Any
    """(2, N) bool: whether the wall can move, not being held at an end; its rate may still start at zero."""
    clock: Any
    """(2,) the step's start and length, s."""
    power: Any
    """(3, 3) at start, middle and end (rows) by part (columns), W."""
    energy: Any
    """(3,) parts at the step's start, J."""


class Drive(NamedTuple):
    """What drives the walls."""

    weights: Any
    """(N, N) volts, zero where a synapse is cut."""
    links: Any
    """(N, N) 1.0 where there is a synapse, else 0.0."""
    squares: Any
    """(N,) sum over j of weights[i, j]**2, V^2."""
    pattern: Any
    """(N,) uint8, the bits to load."""
    all_linked: bool


class Scratch(NamedTuple):
    """Arrays that a step fills and uses; (N,) or (3, N) for the step's start, middle and end."""

    n: Any
    d: Any
    dn: Any
    dd: Any
    free: Any
    """(3, 2, N) rates as they would be if no track ended."""
    slope: Any
    """(2, N) time derivative of `free` at the step's start, 1/s^2."""
    fixed_n: Any
    fixed_d: Any
    """(N,) sums over the tracks and the axons outside their windows; kept while no axon changes its region."""
    summed: Any
    """(N,) int8: the axons' regions behind these sums, -1 if there are none."""
    active: Any
    """(N + 1,) how many axons are inside their windows, then their numbers."""


def make_walls(size):
    """Return walls at rest at 0, at time 0, with no step planned."""
    return Walls(
        np.zeros((2, size)),
        np.zeros((3, 2, size)),
        np.zeros((2, size), dtype=np.int8),
        np.zeros((2, size), dtype=np.int8),
        np.zeros((2, size), dtype=np.bool_),
        np.zeros(2),
        np.zeros((3, 3)),
        np.zeros(3),
    )


def make_scratch(size):
    """Return the work space for a network of `size` neurons."""
    return Scratch(
        np.zeros((3, size)),
        np.ones((3, size)),
        np.zeros(size),
        np.zeros(size),
        np.zeros((3, 2, size)),
        np.zeros((2, size)),
        np.zeros(size),
        np.zeros(size),
        np.full(size, -1, dtype=np.int8),
        np.zeros(size + 1, dtype=np.int64),
    )


@kernel
def place(time, soma, axon, energy, walls, circuit, scratch):
    """Put the walls where a run begins or goes on, at `time` (s) with the parts of energy spent so far."""
    for kind in range(2):
        for i in range(soma.shape[0]):
            p = soma[i] if kind == SOMA else axon[i]
            walls.pos[kind, i] = p
            walls.region[kind, i] = np.int8(p > circuit.low) + np.int8(p >= circuit.high)
    for part in range(3):
        walls.energy[part] = energy[part]
    walls.clock[0] = time
    walls.clock[1] = 0.0
    # The step and the sums of an earlier run must not be reused.
    walls.rates[:] = 0.0
    walls.power[:] = 0.0
    walls.push[:] = 0
    walls.moves[:] = False
    scratch.d[:] = 1.0
    scratch.dd[:] = 0.0
    scratch.summed[:] = -1


@kernel
def advance(target, walls, drive, circuit, schedule, scratch):
    """Advance until the present step covers `target` (s), or the network is stationary or out of time."""
    clock = walls.clock
    while True:
        if target < clock[0] + clock[1]:
            return RUNNING
        _commit(walls, circuit)
        if not np.isfinite(clock[0]):
            return BROKEN
        if clock[0] >= schedule.max_time:
            return TIMEOUT
        status = _plan(walls, drive, circuit, schedule, scratch)
        if status != RUNNING:
            return status


@kernel
def read(time, walls, positions, energies, powers):
    """Write the state at `time` (s) inside the present step: positions (2, N), energy and power parts (3,)."""
    h = walls.clock[1]
    x = 0.0
    if h > 0.0:
        x = min(max((time - walls.clock[0]) / h, 0.0), 1.0)
    # Integrals from 0 to x of the quadratics through 0, 1/2 and 1, and the quadratics themselves.
    w0 = x * (1.0 - x * (1.5 - x * (2.0 / 3.0)))
    w1 = x * x * (2.0 - x * (4.0 / 3.0))
    w2 = x * x * (x * (2.0 / 3.0) - 0.5)
    for kind in range(2):
        for i in range(walls.pos.shape[1]):
            rates = walls.rates[:, kind, i]
            moved = h * (w0 * rates[0] + w1 * rates[1] + w2 * rates[2])
            positions[kind, i] = min(max(walls.pos[kind, i] + moved, 0.0), 1.0)
    b0 = (1.0 - x) * (1.0 - 2.0 * x)
    b1 = 4.0 * x * (1.0 - x)
    b2 = x * (2.0 * x - 1.0)
    for part in range(3):
        power = walls.power[:, part]
        energies[part] = walls.energy[part] + h * (w0 * power[0] + w1 * power[1] + w2 * power[2])
        powers[part] = b0 * power[0] + b1 * power[1] + b2 * power[2]


@inlined
def _goal(region, push, circuit):
    """The next boundary in the direction of the push."""
    if push > 0:
        return circuit.low if region == 0 else (circuit.high if region == 1 else 1.0)
    return circuit.high if region == 2 else (circuit.low if region == 1 else 0.0)


@inlined
def _half_way(h, p, rates, kind, i):
    return p + (h / 24.0) * (5.0 * rates[0, kind, i] + 8.0 * rates[1, kind, i] - rates[2, kind, i])


@inlined
def _whole_way(h, p, rates, kind, i):
    return p + (h / 6.0) * (rates[0, kind, i] + 4.0 * rates[1, kind, i] + rates[2, kind, i])


@inlined
def _axon_rate(g, circuit):
    return circuit.axon_drive * g / (circuit.fan_out + circuit.r_track * g) + circuit.axon_leak


@kernel
def _commit(walls, circuit):
    """Move the start of the step to its end; place walls that arrived at a boundary exactly on it."""
    h = walls.clock[1]
    if h > 0.0:
        for kind in range(2):
            for i in range(walls.pos.shape[1]):
                if not walls.moves[kind, i]:
                    continue
                p = _whole_way(h, walls.pos[kind, i], walls.rates, kind, i)
                push = walls.push[kind, i]
                goal = _goal(walls.region[kind, i], push, circuit)
                walls.pos[kind, i] = goal if (goal - p) * push < 2.0 * _REACHED else min(max(p, 0.0), 1.0)
        for part in range(3):
            power = walls.power[:, part]
            walls.energy[part] += (h / 6.0) * (power[0] + 4.0 * power[1] + power[2])
    walls.clock[0] += h
    walls.clock[1] = 0.0


@kernel
def _plan(walls, drive, circuit, schedule, scratch):
    """Choose the next step and fill its rates and powers; CONVERGED if no wall will move."""
    t0 = walls.clock[0]
    loading = t0 < schedule.load_time
    moving = _start(walls, loading, drive, circuit, schedule, scratch)
    if moving < 0:
        return BROKEN
    limit = schedule.max_time - t0
    if loading:
        limit = min(limit, schedule.load_time - t0)
    done = moving == 0 and not loading
    if done:
        limit = min(limit, schedule.min_time - t0)
    if done and limit <= 0.0:
        _fill_rates(0.0, walls, loading, drive, circuit, scratch)
        _fill_power(0.0, walls, loading, drive, circuit, schedule, scratch)
        return CONVERGED
    h, kind, index = _first_guess(limit, walls, loading, drive, circuit, scratch)
    if not _settle(h, limit, kind, index, walls, loading, drive, circuit, scratch):
        return BROKEN
    _fill_power(walls.clock[1], walls, loading, drive, circuit, schedule, scratch)
    if loading and walls.clock[1] >= limit:
        # The step must end exactly at the end of loading, however start + length is rounded.
        walls.clock[1] = limit
        if t0 + limit < schedule.load_time:
            walls.clock.view(np.int64)[1] += 1  # the next number above
    return RUNNING


@kernel
def _start(walls, loading, drive, circuit, schedule, scratch):
    """Fill the rates at the step's start; returns the number of moving walls, or -1 if regions never settle."""
    v, u = scratch.free[0, SOMA], scratch.free[0, AXON]
    size = v.shape[0]
    for _attempt in range(8):
        for i in range(size):
            u[i] = _axon_rate(conductance(walls.pos[SOMA, i], walls.region[SOMA, i], circuit), circuit)
        if loading:
            for j in range(size):
                sign = 1.0 if drive.pattern[j] == 1 else -1.0
                v[j] = circuit.soma_drive * sign * schedule.charge_voltage + circuit.soma_leak
                scratch.slope[SOMA, j] = 0.0
        else:
            _gather(walls, drive, circuit, scratch)
            for j in range(size):
                potential = scratch.n[0, j] / scratch.d[0, j]
                v[j] = circuit.soma_drive * potential + circuit.soma_leak
                change = scratch.dn[j] - potential * scratch.dd[j]
                scratch.slope[SOMA, j] = circuit.soma_drive * change / scratch.d[0, j]
        for i in range(size):
            scratch.slope[AXON, i] = 0.0
            if walls.region[SOMA, i] == 1:
                g = conductance(walls.pos[SOMA, i], 1, circuit)
                below = circuit.fan_out + circuit.r_track * g
                gain = circuit.axon_drive * circuit.fan_out / (below * below) * circuit.g_slope
                held = _is_held(walls.pos[SOMA, i], v[i])
                scratch.slope[AXON, i] = 0.0 if held else gain * v[i]
        if not _enter_regions(walls, circuit, scratch):
            break
    else:
        return -1
    moving = 0
    for kind in range(2):
        for i in range(size):
            push = walls.push[kind, i]
            walls.moves[kind, i] = push != 0 and not _is_held(walls.pos[kind, i], push)
            walls.rates[0, kind, i] = scratch.free[0, kind, i] if walls.moves[kind, i] else 0.0
            moving += walls.moves[kind, i]
    return moving


@inlined
def _is_held(p, push):
    return (p == 0.0 and push < 0) or (p == 1.0 and push > 0)


@kernel
def _gather(walls, drive, circuit, scratch):
    """Sum the axons' currents into every dendrite, and their time derivative, at the step's start."""
    weights, links = drive.weights, drive.links
    n, d, dn, dd = scratch.n[0], scratch.d[0], scratch.dn, scratch.dd
    size = dn.shape[0]
    total = _sum_settled(walls, drive, circuit, scratch)
    for j in range(size):
        n[j] = scratch.fixed_n[j]
        d[j] = scratch.fixed_d[j]
        dn[j] = 0.0
        dd[j] = 0.0
    total_slope = 0.0
    for k in range(scratch.active[0]):
        i = scratch.active[1 + k]
        g = conductance(walls.pos[AXON, i], 1, circuit)
        slope = circuit.g_slope * scratch.free[0, AXON, i]
        total += g
        total_slope += slope
        for j in range(size):
            n[j] += weights[i, j] * g
            dn[j] += weights[i, j] * slope
        if not drive.all_linked:
            for j in range(size):
                d[j] += links[i, j] * g
                dd[j] += links[i, j] * slope
    if drive.all_linked:
        for j in range(size):
            inside = walls.region[AXON, j] == 1
            own_slope = circuit.g_slope * scratch.free[0, AXON, j] if inside else 0.0
            d[j] = circuit.g_track + (total - conductance(walls.pos[AXON, j], walls.region[AXON, j], circuit))
            dd[j] = total_slope - own_slope


@kernel
def _sum_settled(walls, drive, circuit, scratch):
    """Sum over the axons outside their windows, only if one changed its region; returns the total."""
    region = walls.region[AXON]
    size = region.shape[0]
    total, count, stale = 0.0, 0, False
    for i in range(size):
        stale = stale or region[i] != scratch.summed[i]
        scratch.summed[i] = region[i]
        if region[i] == 1:
            count += 1
            scratch.active[count] = i
        else:
            total += circuit.g_off if region[i] == 0 else circuit.g_on
    scratch.active[0] = count
    if stale:
        scratch.fixed_n[:] = 0.0
        scratch.fixed_d[:] = circuit.g_track
        for i in range(size):
            if region[i] == 1:
                continue
            g = circuit.g_off if region[i] == 0 else circuit.g_on
            for j in range(size):
                scratch.fixed_n[j] += drive.weights[i, j] * g
            if not drive.all_linked:
                for j in range(size):
                    scratch.fixed_d[j] += drive.links[i, j] * g
    return total


@kernel
def _enter_regions(walls, circuit, scratch):
    """Set every wall's push; a wall on a window edge enters the region it is pushed into. True if one did."""
    entered = False
    for kind in range(2):
        rates, slopes = scratch.free[0, kind], scratch.slope[kind]
        pos, pushes, regions = walls.pos[kind], walls.push[kind], walls.region[kind]
        for i in range(pos.shape[0]):
            rate, slope = rates[i], slopes[i]
            # Treat a wall near its turning point as turned; one at rest moves in the direction of its acceleration.
            lead = slope if abs(rate) < max(_STILL, _TURNED * abs(slope)) else rate
            pushes[i] = np.int8(lead > 0.0) - np.int8(lead < 0.0)
        for i in range(pos.shape[0]):
            if (pos[i] == circuit.low or pos[i] == circuit.high) and pushes[i] != 0:
                below = 0 if pos[i] == circuit.low else 1
                region = below + 1 if pushes[i] > 0 else below
                entered = entered or region != regions[i]
                regions[i] = region
    return entered


@kernel
def _first_guess(limit, walls, loading, drive, circuit, scratch):
    """Estimate by parabolas when the first event happens; returns that time and the wall that arrives, or -1."""
    h, first_kind, first = limit, -1, -1
    for kind in range(2):
        for i in range(walls.pos.shape[1]):
            push = walls.push[kind, i]
            if push == 0:
                continue
            rate, slope = scratch.free[0, kind, i] * push, scratch.slope[kind, i] * push
            if slope < 0.0 and rate < -slope * h:
                h, first_kind, first = -rate / slope, kind, -1
            if not walls.moves[kind, i]:
                continue
            away = (_goal(walls.region[kind, i], push, circuit) - walls.pos[kind, i]) * push
            if (rate + 0.5 * slope * h) * h < away:
                continue
            arrival = 2.0 * away / (rate + np.sqrt(max(rate * rate + 2.0 * slope * away, 0.0)))
            if arrival < h:
                h, first_kind, first = arrival, kind, i
    longest = _longest_smooth_step(walls, loading, drive, circuit, scratch)
    if longest < h:
        h, first_kind, first = longest, -1, -1
    return h, first_kind, first


@kernel
def _longest_smooth_step(walls, loading, drive, circuit, scratch):
    """The longest step over which the Lobatto rule's three points describe every rate."""
    longest = np.inf
    # While its soma crosses the window, an axon's rate varies as G / (N - 1 + R_M G).
    spread = (
        circuit.r_track * (circuit.g_on - circuit.g_off) / (circuit.fan_out + circuit.r_track * circuit.g_off)
    )
    share = min(1.0, _BEND / spread) * (circuit.high - circuit.low)
    feeds_back = False
    for i in range(walls.pos.shape[1]):
        if walls.region[SOMA, i] == 1 and walls.moves[SOMA, i]:
            reach = abs(walls.rates[0, SOMA, i])
            if reach * longest > share:
                longest = share / reach
            feeds_back = feeds_back or (walls.region[AXON, i] == 1 and walls.moves[AXON, i])
        if not loading and walls.push[SOMA, i] == 0 and longest > _BALANCED:
            longest = _BALANCED
        if not loading and abs(scratch.dd[i]) * longest > _BEND * scratch.d[0, i]:
            longest = _BEND * scratch.d[0, i] / abs(scratch.dd[i])
    if feeds_back and not loading:
        longest = min(longest, _LOOP * _loop_time(walls, drive, circuit, scratch))
    return longest


@kernel
def _loop_time(walls, drive, circuit, scratch):
    """Shortest time constant of the feedback between somas and axons that are in their windows together."""
    size = walls.pos.shape[1]
    steepest, strongest = 0.0, 0.0
    for j in range(size):
        potential = abs(scratch.n[0, j]) / scratch.d[0, j]
        pull = 0.0
        for k in range(scratch.active[0]):
            i = scratch.active[1 + k]
            if walls.region[SOMA, i] == 1 and i != j:
                pull += abs(drive.weights[i, j]) + potential
        strongest = max(strongest, circuit.soma_drive * circuit.g_slope * pull / scratch.d[0, j])
        if walls.region[SOMA, j] == 1:
            g = conductance(walls.pos[SOMA, j], 1, circuit)
            below = circuit.fan_out + circuit.r_track * g
            gain = circuit.axon_drive * circuit.fan_out / (below * below) * circuit.g_slope
            steepest = max(steepest, gain)
    return 1.0 / np.sqrt(max(steepest * strongest, 1e-300))


@kernel
def _settle(h, limit, kind, index, walls, loading, drive, circuit, scratch):
    """Shorten or stretch the step until it ends exactly at its first event; False on failure."""
    for _attempt in range(_ATTEMPTS):
        walls.clock[1] = h
        if not _fill_rates(h, walls, loading, drive, circuit, scratch):
            h, kind, index = 0.5 * h, -1, -1
            continue
        early, early_kind, early_index = _first_violation(h, walls, circuit, scratch)
        if early < h:
            h, kind, index = early, early_kind, early_index
            continue
        if index < 0:
            return True
        push = walls.push[kind, index]
        goal = _goal(walls.region[kind, index], push, circuit)
        away = (goal - _whole_way(h, walls.pos[kind, index], walls.rates, kind, index)) * push
        speed = abs(walls.rates[2, kind, index])
        if away < _REACHED or speed < _STILL:
            return True
        later = h + away / speed
        if later > limit:
            later, index = limit, -1
        if later == h:
            return True
        h = later
    return False


@kernel
def _fill_rates(h, walls, loading, drive, circuit, scratch):
    """Fill the rates at the middle and end of a step of length h; False if the iteration does not contract."""
    v0 = scratch.free[0, SOMA]
    size = v0.shape[0]
    for stage in (1, 2):
        x = 0.5 * h * stage
        v = scratch.free[stage, SOMA]
        if loading:
            for j in range(size):
                v[j] = v0[j]
        else:
            n, d = scratch.n[stage], scratch.d[stage]
            for j in range(size):
                n[j] = scratch.n[0, j] + x * scratch.dn[j]
                d[j] = scratch.d[0, j] + x * scratch.dd[j]
                v[j] = circuit.soma_drive * n[j] / d[j] + circuit.soma_leak
        for j in range(size):
            walls.rates[stage, SOMA, j] = v[j] if walls.moves[SOMA, j] else 0.0
    if not _fill_axon_rates(h, walls, circuit, scratch) or loading:
        return True
    for _sweep in range(20):
        if _refine_somas(h, walls, drive, circuit, scratch) * h < _FIXED_POINT:
            return True
        _fill_axon_rates(h, walls, circuit, scratch)
    return False


@kernel
def _fill_axon_rates(h, walls, circuit, scratch):
    """Rates of axons at the middle and end, from their somas' positions; True if one feeds back within the step."""
    feeds_back = False
    for i in range(walls.pos.shape[1]):
        mid = end = scratch.free[0, AXON, i]
        moves = walls.moves[AXON, i]
        if walls.region[SOMA, i] == 1 and walls.moves[SOMA, i]:
            s = walls.pos[SOMA, i]
            mid = _axon_rate(conductance(_half_way(h, s, walls.rates, SOMA, i), 1, circuit), circuit)
            end = _axon_rate(conductance(_whole_way(h, s, walls.rates, SOMA, i), 1, circuit), circuit)
            feeds_back = feeds_back or (moves and walls.region[AXON, i] == 1)
        scratch.free[1, AXON, i] = mid
        scratch.free[2, AXON, i] = end
        walls.rates[1, AXON, i] = mid if moves else 0.0
        walls.rates[2, AXON, i] = end if moves else 0.0
    return feeds_back


@kernel
def _refine_somas(h, walls, drive, circuit, scratch):
    """One sweep of the implicit step, for neurons whose soma and axons are in their windows together."""
    size = walls.pos.shape[1]
    outside = 0.0
    for i in range(size):
        if walls.region[AXON, i] != 1:
            outside += circuit.g_off if walls.region[AXON, i] == 0 else circuit.g_on
    change = 0.0
    for stage in (1, 2):
        n, d, v = scratch.n[stage], scratch.d[stage], scratch.free[stage, SOMA]
        total = outside
        for j in range(size):
            n[j] = scratch.fixed_n[j]
            d[j] = scratch.fixed_d[j]
        for k in range(scratch.active[0]):
            i = scratch.active[1 + k]
            g = _active_conductance(stage, h, walls, i, circuit)
            total += g
            for j in range(size):
                n[j] += drive.weights[i, j] * g
            if not drive.all_linked:
                for j in range(size):
                    d[j] += drive.links[i, j] * g
        for j in range(size):
            if drive.all_linked:
                own = circuit.g_off if walls.region[AXON, j] == 0 else circuit.g_on
                if walls.region[AXON, j] == 1:
                    own = _active_conductance(stage, h, walls, j, circuit)
                d[j] = circuit.g_track + (total - own)
            new = circuit.soma_drive * n[j] / d[j] + circuit.soma_leak
            change = max(change, abs(new - v[j]))
            v[j] = new
            walls.rates[stage, SOMA, j] = new if walls.moves[SOMA, j] else 0.0
    return change


@inlined
def _active_conductance(stage, h, walls, i, circuit):
    a = walls.pos[AXON, i]
    p = _half_way(h, a, walls.rates, AXON, i) if stage == 1 else _whole_way(h, a, walls.rates, AXON, i)
    return conductance(p, 1, circuit)


@kernel
def _first_violation(h, walls, circuit, scratch):
    """Find the earliest time inside the step when a wall turned or passed its boundary; h if none did."""
    early, early_kind, early_index = h, -1, -1
    for kind in range(2):
        for i in range(walls.pos.shape[1]):
            push = walls.push[kind, i]
            if push == 0:
                continue
            end = scratch.free[2, kind, i] * push
            if end < -_STILL:
                turn = _turning_point(scratch.free[0, kind, i] * push, scratch.free[1, kind, i] * push, end)
                if (1.0 - turn) * h > _TURNED and turn * h < early:
                    # At least half of the time needed to turn, so that the next step starts beyond the turn.
                    early, early_kind, early_index = turn * h + 0.5 * _TURNED, kind, -1
            if not walls.moves[kind, i]:
                continue
            goal = _goal(walls.region[kind, i], push, circuit)
            if (_whole_way(h, walls.pos[kind, i], walls.rates, kind, i) - goal) * push > _REACHED:
                arrival = h * _arrival(h, walls.pos[kind, i], walls.rates, kind, i, goal, push)
                if arrival < early:
                    early, early_kind, early_index = arrival, kind, i
    return early, early_kind, early_index


@inlined
def _turning_point(start, mid, end):
    """Share of the step after which a rate that starts positive and ends negative passes zero."""
    if mid > 0.0:
        return 0.5 + 0.5 * mid / (mid - end)
    return 0.5 * max(start, 0.0) / (max(start, 0.0) - mid) if mid < 0.0 else 0.5


@inlined
def _arrival(h, p, rates, kind, i, goal, push):
    """Share of the step after which the wall's cubic passes its boundary: bisection sped up by Newton."""
    r0, r1, r2 = h * rates[0, kind, i], h * rates[1, kind, i], h * rates[2, kind, i]
    low, high = 0.0, 1.0
    x = 0.5
    for _attempt in range(30):
        w0 = x * (1.0 - x * (1.5 - x * (2.0 / 3.0)))
        w1 = x * x * (2.0 - x * (4.0 / 3.0))
        w2 = x * x * (x * (2.0 / 3.0) - 0.5)
        gap = (p + w0 * r0 + w1 * r1 + w2 * r2 - goal) * push
        if gap > 0.0:
            high = x
        else:
            low = x
        if abs(gap) < 0.1 * _REACHED:
            break
        rate = ((1.0 - x) * (1.0 - 2.0 * x) * r0 + 4.0 * x * (1.0 - x) * r1 + x * (2.0 * x - 1.0) * r2) * push
        x = x - gap / rate if rate > 0.0 else low
        if not low < x < high:
            x = 0.5 * (low + high)
    return x


@kernel
def _fill_power(h, walls, loading, drive, circuit, schedule, scratch):
    """Powers at the step's start, middle and end (physics.md A5)."""
    power = walls.power
    size = walls.pos.shape[1]
    for stage in range(3):
        supplied = 0.0
        for i in range(size):
            p, region = walls.pos[SOMA, i], walls.region[SOMA, i]
            if region == 1 and stage == 1:
                p = _half_way(h, p, walls.rates, SOMA, i)
            elif region == 1 and stage == 2:
                p = _whole_way(h, p, walls.rates, SOMA, i)
            g = conductance(p, region, circuit)
            supplied += circuit.supply * g / (circuit.fan_out + circuit.r_track * g)
        power[stage, SOMA_PART] = supplied
        power[stage, SYNAPSE_PART] = 0.0
        power[stage, LOAD_PART] = size * schedule.charge_voltage**2 * circuit.g_track if loading else 0.0
        if loading:
            continue
        fed = 0.0
        for i in range(size):
            g = conductance(walls.pos[AXON, i], walls.region[AXON, i], circuit)
            if walls.region[AXON, i] == 1 and stage > 0:
                g = _active_conductance(stage, h, walls, i, circuit)
            fed += drive.squares[i] * g - scratch.n[stage, i] * scratch.n[stage, i] / scratch.d[stage, i]
        power[stage, SYNAPSE_PART] = fed
