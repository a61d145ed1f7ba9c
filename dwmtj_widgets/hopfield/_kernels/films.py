"""A run as key frames with one byte for each wall; a page interpolates linearly between them.

A film is made in chunks. Each call of `film_...` continues from the engine's present moment until the frames are full
(RUNNING), the time `until` (s) is reached (REACHED), or the run is over (the engine's status); `count` is the number
of frames written. A call that filled its frames leaves the engine at the first unwritten moment, which the next call
writes first. The frames do not depend on how a film is cut into chunks.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from dwmtj_widgets._jit import inlined, kernel
from dwmtj_widgets.hopfield._kernels import euler, events, full
from dwmtj_widgets.hopfield._kernels.circuit import RUNNING

# Largest error of linear interpolation between two frames (x/L); rounding to a byte takes the other half of 1/255.
_BEND = 0.5 / 255.0
REACHED = 4
"""Status of a film that reached `until`."""
MOST_IN_A_STEP = 32
"""Most frames in one step of the event engine; there must be room for one more."""


class Frames(NamedTuple):
    """Key frames, and work space for the one being written."""

    count: Any
    """(1,) int64: frames written by the last call."""
    time: Any
    """(F,) s."""
    walls: Any
    """(F, 2, N) uint8, somas and axons, or (F, N, N) with somas on the diagonal; 255 is x = L."""
    energies: Any
    """(F, 3) parts spent so far, J."""
    powers: Any
    """(F, 3) parts, W."""
    positions: Any
    """(2, N) or (N + 1, N), x/L: work space."""


def make_frames(room, size, *, full_state=False):
    """Return empty frames for a network of `size` neurons."""
    shape = (size, size) if full_state else (2, size)
    rows = size + 1 if full_state else 2
    return Frames(
        np.zeros(1, dtype=np.int64),
        np.zeros(room),
        np.zeros((room, *shape), dtype=np.uint8),
        np.zeros((room, 3)),
        np.zeros((room, 3)),
        np.zeros((rows, size)),
    )


@inlined
def _byte(p):
    return np.uint8(np.rint(255.0 * p))


@kernel
def film_events(until, frames, walls, drive, circuit, schedule, scratch):
    """Film the event engine: the wall with the largest curvature sets the number of frames in each step."""
    clock, room = walls.clock, frames.time.shape[0]
    frames.count[0] = 0
    status = RUNNING
    if clock[1] == 0.0:
        status = events.advance(clock[0], walls, drive, circuit, schedule, scratch)
    while status == RUNNING:
        parts = _parts(walls)
        if frames.count[0] + parts + 1 > room:
            return RUNNING
        start, length = clock[0], clock[1]
        for k in range(parts):
            time = start + k * (length / parts)
            if time >= until:
                break
            _write_events(time, frames, walls)
        if until < start + length:
            _write_events(until, frames, walls)
            return REACHED
        status = events.advance(start + length, walls, drive, circuit, schedule, scratch)
    _write_events(clock[0], frames, walls)
    return status


@kernel
def _parts(walls):
    """Number of equal parts of a step in which straight lines follow its cubics closely enough."""
    h = walls.clock[1]
    bend = 0.0
    for kind in range(2):
        for i in range(walls.pos.shape[1]):
            r0, r1, r2 = walls.rates[0, kind, i], walls.rates[1, kind, i], walls.rates[2, kind, i]
            bend = max(bend, abs(4.0 * r1 - 3.0 * r0 - r2), abs(r0 + 3.0 * r2 - 4.0 * r1))
    # Linear interpolation over a part errs by at most 1/8 of the second derivative times the part's length squared.
    parts = np.ceil(np.sqrt(h * bend / (8.0 * _BEND)))
    return np.int64(min(max(parts, 1.0), float(MOST_IN_A_STEP)))


@kernel
def _write_events(time, frames, walls):
    k = frames.count[0]
    events.read(time, walls, frames.positions, frames.energies[k], frames.powers[k])
    frames.time[k] = time
    for kind in range(2):
        for i in range(walls.pos.shape[1]):
            frames.walls[k, kind, i] = _byte(frames.positions[kind, i])
    frames.count[0] = k + 1


@kernel
def film_euler(until, interval, time_step, frames, grid, drive, circuit, schedule):
    """Film Euler's grid: a frame every `interval` (s) of at least one step, and the last moment."""
    room = frames.time.shape[0]
    frames.count[0] = 0
    stride = max(np.ceil(interval / time_step - euler.GRID_SLACK), 1.0)
    last = np.ceil(until / time_step - euler.GRID_SLACK)
    while frames.count[0] + 2 <= room:
        # Advancing to the present time fills the power.
        status = euler.advance(grid.count[0] * time_step, time_step, grid, drive, circuit, schedule)
        _write_euler(time_step, frames, grid)
        if status != RUNNING:
            return status
        if grid.count[0] >= last:
            return REACHED
        begin = grid.count[0]
        target = min(begin + stride, last)
        status = euler.advance(target * time_step, time_step, grid, drive, circuit, schedule)
        if status != RUNNING:
            if grid.count[0] > begin:
                _write_euler(time_step, frames, grid)
            return status
    return RUNNING


@kernel
def _write_euler(time_step, frames, grid):
    k = frames.count[0]
    frames.time[k] = grid.count[0] * time_step
    for i in range(grid.soma.shape[0]):
        frames.walls[k, 0, i] = _byte(grid.soma[i])
        frames.walls[k, 1, i] = _byte(grid.axon[i])
    for part in range(3):
        frames.energies[k, part] = grid.energy[part]
        frames.powers[k, part] = grid.power[part]
    frames.count[0] = k + 1


@kernel
def film_full(
    until,
    interval,
    step,
    leapfrog,
    supply,
    frames,
    state,
    somas,
    axons,
    noise,
    pattern,
    schedule,
):
    """Film devices that differ: a frame about every `interval` (s), at the start of a step, and the last moment."""
    clock, room = state.clock, frames.time.shape[0]
    frames.count[0] = 0
    until = full.on_grid(until, step, leapfrog)
    status = RUNNING
    if clock[1] == 0.0:
        status = full.advance(clock[0], step, leapfrog, supply, state, somas, axons, noise, pattern, schedule)
    while status == RUNNING:
        if frames.count[0] + 2 > room:
            return RUNNING
        _write_full(clock[0], frames, state)
        if until <= clock[0]:
            return REACHED
        target = max(clock[0] + interval, clock[0] + clock[1])
        if until <= target:
            status = full.advance(
                until, step, leapfrog, supply, state, somas, axons, noise, pattern, schedule
            )
            _write_full(until if status == RUNNING else clock[0], frames, state)
            return REACHED if status == RUNNING else status
        status = full.advance(target, step, leapfrog, supply, state, somas, axons, noise, pattern, schedule)
    _write_full(clock[0], frames, state)
    return status


@kernel
def _write_full(time, frames, state):
    k, size = frames.count[0], state.n.shape[0]
    soma, axon = frames.positions[size], frames.positions[:size]
    full.read(time, state, soma, axon, frames.energies[k], frames.powers[k])
    frames.time[k] = time
    for i in range(size):
        for j in range(size):
            frames.walls[k, i, j] = _byte(soma[i] if i == j else axon[i, j])
    frames.count[0] = k + 1
