"""The longest step of the integrator: a share of the network's fastest time scale.

One step is an explicit midpoint in time and a rotation in space (`_kernels`). Linearised about rest in a field B in
the plane, with d = gamma dt / (1 + alpha^2) and M the demagnetizing field, it gives small precession the damping

    alpha (1 + d^2 B (M - B) / 8) + alpha_step,    alpha_step = d^3 B^2 M (M + B / 2) / (16 (2 B + M))

so a long step adds damping: 74 % at 20 ps and alpha = 0.01, 0.8 % at 4 ps. The decay of a synapse has the relative
error (dt / tau)^2 / 6; from dt = 2 tau on the synapse is unstable.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from dwmtj_widgets.mtj_rnn.macrospin import GYROMAGNETIC_RATIO, Junction
from dwmtj_widgets.mtj_rnn.wiring import NetworkSettings
from dwmtj_widgets.units import quantity

SYNAPSE_SHARE: Final = 0.25
"""Longest step in units of the shortest time constant; the error of its decay is then below 1 %."""
TURN: Final = 0.5
"""Radians of precession, or decay times of a strongly damped junction, in one step."""
MOST_TURN: Final = 1.0
"""The same at the largest field of a run."""
DAMPING_SHARE: Final = 0.1
"""Share of the damping that a step may add to it."""
LEAST_DAMPING: Final = 0.01
"""Smaller dampings count as this one: the step then adds at most 0.001."""
DEVIATIONS: Final = 2.0
"""Standard deviations of the torque field that a run is expected to reach."""


@dataclass(frozen=True)
class LongestStep:
    """The longest step, and what limits it."""

    length: float
    """s"""
    reason: str
    """End of a sentence about the longest step."""


def expected_torque_field(settings: NetworkSettings) -> float:
    """Return the torque field in tesla that a run is expected to reach.

    Two standard deviations over the junctions while all m_y are +-1, and readout and input are of size 1.
    """
    uniform = settings.feedback**2 + settings.input_strength**2 + settings.bias**2
    return float(DEVIATIONS * settings.torque_scale * np.sqrt(settings.gain**2 + uniform / 3.0))


def longest_step(junction: Junction, settings: NetworkSettings, time_constant: float) -> LongestStep:
    """Return the longest step for a junction in a network whose fastest synapse has this time constant (s)."""
    torque = expected_torque_field(settings)
    field = _total(junction, torque)
    fields = f"in the torque field of {quantity(torque, 'T', digits=3)} that it may reach"
    limits = [
        LongestStep(
            SYNAPSE_SHARE * time_constant,
            f"a quarter of its shortest synaptic time constant, {quantity(time_constant, 's')}",
        ),
        LongestStep(TURN / _rate(junction, field), f"half a radian of precession {fields}"),
        LongestStep(
            _least_damped_step(junction, field), f"longer steps damp precession by themselves {fields}"
        ),
    ]
    if settings.temperature > 0.0 and junction.damping > 0.0:
        # The thermal field of one step goes as 1 / sqrt(dt), so the angle that it turns goes as sqrt(dt).
        turned = GYROMAGNETIC_RATIO * junction.thermal_field(settings.temperature, 1.0)
        limits.append(LongestStep((TURN / turned) ** 2, "half a radian turned by the thermal field"))
    return min(limits, key=lambda limit: limit.length)


def largest_torque_field(junction: Junction, step: float) -> float:
    """Return the largest torque field in tesla at which steps of this length (s) can be trusted."""
    turn = GYROMAGNETIC_RATIO * step / MOST_TURN
    half = 0.5 * junction.magnetization
    field = np.sqrt(half**2 + turn**-2) - half
    if junction.damping > 0.0:
        field = min(field, (1.0 + junction.damping**2) / (junction.damping * turn) - junction.magnetization)
    torque = np.sqrt(max(field**2 - junction.bias_field**2, 0.0))
    return float(torque / np.hypot(1.0, junction.torque_ratio))


def _total(junction: Junction, torque: float) -> float:
    """Return the field in tesla of bias and both torques."""
    return float(np.hypot(junction.bias_field, torque * np.hypot(1.0, junction.torque_ratio)))


def _rate(junction: Junction, field: float) -> float:
    """Return the fastest rate in 1/s of a junction at rest in a field: of precession, or of decay."""
    stiff = field + junction.magnetization
    decay = junction.damping / (1.0 + junction.damping**2) * stiff
    return float(GYROMAGNETIC_RATIO * max(np.sqrt(field * stiff), decay))


def _least_damped_step(junction: Junction, field: float) -> float:
    """Return the step in seconds that adds `DAMPING_SHARE` to the damping."""
    magnetization = junction.magnetization
    added = field**2 * magnetization * (magnetization + 0.5 * field) / (16.0 * (2.0 * field + magnetization))
    allowed = DAMPING_SHARE * max(junction.damping, LEAST_DAMPING)
    return float(np.cbrt(allowed / added) * (1.0 + junction.damping**2) / GYROMAGNETIC_RATIO)
