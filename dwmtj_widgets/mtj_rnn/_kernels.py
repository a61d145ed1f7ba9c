"""The network's step loop: fields, torques, synaptic currents, rotation on the sphere, and FORCE.

symbol    meaning                                                              unit
m         magnetization of the free layers, (3, N), unit vectors               1
a         torque field of the current through each junction, (N,)              T
C         coupling from m_y of junction j to junction i, with the readout loop 1
w, P      readout weights (K, N); inverse correlation of the states (N, N)     1
r         m_y of the junctions that are not cut                                1

Matrices are stored source first, C[j, i], so that the inner loop runs over the targets and contains no sum that a
compiler could reorder: the same seed gives the same bits on every vector unit of one kind.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dwmtj_widgets._jit import inlined, kernel

Array = NDArray[np.float64]


class Magnet(NamedTuple):
    """Constants of the junctions, the same for all."""

    bias_field: float
    """T."""
    magnetization: float
    """mu0 M, T."""
    damping: float
    torque_ratio: float
    turn: float
    """gamma dt / (2 (1 + alpha^2)): tangent of half the rotation in one step in a field of 1 T, 1/T."""


class Wires(NamedTuple):
    """Connections between the junctions."""

    recurrent: Array
    """(N, N), source first."""
    feedback: Array
    """(K, N), readout first."""
    alive: Array
    """(N,) 1, or 0 for junctions that are cut."""
    share: Array
    """(N,) dt / tau: relaxation of a current towards its goal in one step."""
    scale: float
    """s: torque field per unit of synaptic input, T."""


class Learner(NamedTuple):
    """The readout and its recursive least squares."""

    weights: Array
    covariance: Array
    forgetting: float


class Room(NamedTuple):
    """Work space of a run; its contents at the start do not matter."""

    work: Array
    """(8, N)."""
    coupling: Array
    """(N, N)."""
    regressor: Array
    """(N,)."""
    gained: Array
    """(N,) P r."""


def make_room(size: int) -> Room:
    """Return the work space for a network of `size` junctions."""
    return Room(np.empty((8, size)), np.empty((size, size)), np.empty(size), np.empty(size))


@kernel
def advance(
    m: Array,
    current: Array,
    magnet: Magnet,
    wires: Wires,
    learner: Learner,
    drive: Array,
    thermal: Array,
    targets: Array,
    steps: int,
    output: Array,
    norm: Array,
    states: Array,
    most: float,
    room: Room,
) -> int:
    """Run T samples of `steps` steps each; m, current and the learner are changed in place.

    drive (T, N) is the input of the synapses besides the loop, thermal (T * steps, 3, N) the thermal field in
    tesla, or empty. With targets (T, K) the readout learns after every sample, without any it is frozen. Filled are
    output (T, K), before learning; norm (T,), of all weights; states (T, 3, N), unless it is empty.

    Returns the number of samples done: T; fewer if the output is not finite; if a torque field went beyond `most`
    tesla, -1 less the number done before.
    """
    samples, size = drive.shape
    work, coupling, regressor, gained = room
    work[:] = 0.0
    learning = targets.shape[0] > 0
    noisy = thermal.shape[0] > 0
    _close_loop(coupling, wires, learner.weights)
    for sample in range(samples):
        beyond = 0
        for step in range(steps):
            if noisy:
                _copy(thermal[sample * steps + step], work[5:])
            _step(m, current, magnet, wires, coupling, drive[sample], work)
            for i in range(size):
                beyond += not np.abs(current[i]) <= most  # what is no number is beyond too
        if beyond:
            return -1 - sample
        for i in range(size):
            regressor[i] = m[1, i] * wires.alive[i]
        _read(learner.weights, regressor, output[sample])
        if not np.isfinite(_sum(output[sample])):
            return sample
        if learning:
            learn(learner, regressor, output[sample], targets[sample], gained)
            _close_loop(coupling, wires, learner.weights)
        norm[sample] = np.sqrt(_sum_of_squares(learner.weights))
        if states.shape[0] > 0:
            _copy(m, states[sample])
    return samples


@kernel
def learn(learner: Learner, regressor: Array, output: Array, target: Array, gained: Array) -> None:
    """One update of recursive least squares; `gained` (N,) is room for P r."""
    weights, covariance, forgetting = learner
    size = regressor.shape[0]
    for i in range(size):
        gained[i] = 0.0
    for j in range(size):
        r = regressor[j]
        for i in range(size):
            gained[i] += covariance[j, i] * r
    power = forgetting
    for i in range(size):
        power += regressor[i] * gained[i]
    for k in range(weights.shape[0]):
        share = (output[k] - target[k]) / power
        for i in range(size):
            weights[k, i] -= share * gained[i]
    for j in range(size):
        for i in range(size):
            covariance[j, i] = (covariance[j, i] - gained[j] * gained[i] / power) / forgetting


@inlined
def _copy(source, target):
    """Copy by loops, because an assignment of arrays may raise, which needs Python."""
    for axis in range(3):
        for i in range(source.shape[1]):
            target[axis, i] = source[axis, i]


@inlined
def _sum(values):
    total = 0.0
    for k in range(values.shape[0]):
        total += values[k]
    return total


@inlined
def _sum_of_squares(table):
    total = 0.0
    for k in range(table.shape[0]):
        for i in range(table.shape[1]):
            total += table[k, i] * table[k, i]
    return total


@inlined
def _read(weights, regressor, output):
    for k in range(weights.shape[0]):
        total = 0.0
        for i in range(regressor.shape[0]):
            total += weights[k, i] * regressor[i]
        output[k] = total


@inlined
def _close_loop(coupling, wires, weights):
    """Add the readout's feedback to the matrix, so that the loop is closed at every step, not only at samples."""
    size = coupling.shape[0]
    for j in range(size):
        for i in range(size):
            coupling[j, i] = wires.recurrent[j, i]
        for k in range(weights.shape[0]):
            back = weights[k, j]
            for i in range(size):
                coupling[j, i] += wires.feedback[k, i] * back
        for i in range(size):
            coupling[j, i] *= wires.alive[j]


@inlined
def _goals(goal, coupling, drive, wires, my):
    """Torque fields in T that the currents tend to."""
    size = goal.shape[0]
    for i in range(size):
        goal[i] = drive[i]
    whole = size - size % 4
    for j in range(0, whole, 4):  # four sources at a time: the goals are loaded and stored a quarter as often
        c0, c1, c2, c3 = coupling[j], coupling[j + 1], coupling[j + 2], coupling[j + 3]
        y0, y1, y2, y3 = my[j], my[j + 1], my[j + 2], my[j + 3]
        for i in range(size):
            goal[i] = goal[i] + c0[i] * y0 + c1[i] * y1 + c2[i] * y2 + c3[i] * y3
    for j in range(whole, size):
        y = my[j]
        for i in range(size):
            goal[i] += coupling[j, i] * y
    for i in range(size):
        goal[i] *= wires.scale * wires.alive[i]


@inlined
def _turned(x, y, z, a, x0, y0, z0, tx, ty, tz, magnet, angle):
    """(x0, y0, z0) after a rotation about the field and damping at (x, y, z), by the Cayley map.

    dm/dt = w x m with w = gamma / (1 + alpha^2) (b + alpha m x b), so a step is a rotation about w; the Cayley
    map turns by 2 arctan(|u|) about u = w dt / 2, keeps |m| exactly and needs no sine.
    """
    hx = magnet.bias_field - magnet.torque_ratio * a * z + tx
    hy = a + ty
    hz = magnet.torque_ratio * a * x - magnet.magnetization * z + tz
    ux = angle * (hx + magnet.damping * (y * hz - z * hy))
    uy = angle * (hy + magnet.damping * (z * hx - x * hz))
    uz = angle * (hz + magnet.damping * (x * hy - y * hx))
    share = 2.0 / (1.0 + ux * ux + uy * uy + uz * uz)
    cx = uy * z0 - uz * y0
    cy = uz * x0 - ux * z0
    cz = ux * y0 - uy * x0
    x1 = x0 + share * (cx + uy * cz - uz * cy)
    y1 = y0 + share * (cy + uz * cx - ux * cz)
    z1 = z0 + share * (cz + ux * cy - uy * cx)
    # Newton's step towards 1 / |m| removes the rounding error of some 1e-16, which would add up in a long run.
    unit = 1.5 - 0.5 * (x1 * x1 + y1 * y1 + z1 * z1)
    return unit * x1, unit * y1, unit * z1


@inlined
def _step(m, current, magnet, wires, coupling, drive, work):
    """Explicit midpoint in time, a rotation in space: second order, Stratonovich for the thermal field."""
    size = current.shape[0]
    x0, y0, z0 = m[0], m[1], m[2]
    x, y, z, a, goal = work[0], work[1], work[2], work[3], work[4]
    tx, ty, tz = work[5], work[6], work[7]
    half, full = 0.5 * magnet.turn, magnet.turn
    _goals(goal, coupling, drive, wires, y0)
    for i in range(size):
        x[i], y[i], z[i] = _turned(
            x0[i], y0[i], z0[i], current[i], x0[i], y0[i], z0[i], tx[i], ty[i], tz[i], magnet, half
        )
        a[i] = current[i] + 0.5 * wires.share[i] * (goal[i] - current[i])
    _goals(goal, coupling, drive, wires, y)
    for i in range(size):
        x0[i], y0[i], z0[i] = _turned(
            x[i], y[i], z[i], a[i], x0[i], y0[i], z0[i], tx[i], ty[i], tz[i], magnet, full
        )
        current[i] += wires.share[i] * (goal[i] - a[i])
