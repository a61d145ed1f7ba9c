"""Connections between the junctions: their settings, and the random numbers of a seed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dwmtj_widgets.parameters import Parameters, parameter, translatable


@dataclass(frozen=True, kw_only=True)
class NetworkSettings(Parameters):
    """All settings of a network except the junction's own. All values in SI units.

    Synaptic input and the readout are plain numbers; `torque_scale` turns a sum of inputs into a torque field.
    Every field's metadata hold ``label``, ``symbol``, ``unit``, ``legal`` (range) and ``slider``.

    Raises
    ------
    Refused
        If a value is not finite or outside its legal range.
    """

    gain: float = parameter(
        1.6,
        label=translatable("Recurrent gain"),
        symbol="g",
        unit="1",
        legal=(0.0, 10.0),
        slider=(0.0, 3.0, 0.05),
    )
    feedback: float = parameter(
        2.0,
        label=translatable("Feedback strength"),
        symbol="f",
        unit="1",
        legal=(0.0, 20.0),
        slider=(0.0, 5.0, 0.1),
    )
    """The readout feeds back to junction i with a weight uniform in -f to f."""
    input_strength: float = parameter(
        2.0,
        label=translatable("Input strength"),
        symbol="u",
        unit="1",
        legal=(0.0, 20.0),
        slider=(0.0, 5.0, 0.1),
    )
    """The input reaches junction i with a weight uniform in -u to u."""
    bias: float = parameter(
        0.5,
        label=translatable("Bias spread"),
        symbol="b",
        unit="1",
        legal=(0.0, 20.0),
        slider=(0.0, 2.0, 0.05),
    )
    """Junction i has a constant input uniform in -b to b; without it all responses are odd."""
    torque_scale: float = parameter(
        50e-3,
        label=translatable("Torque scale"),
        symbol="s",
        unit="T",
        legal=(1e-4, 2.0),
        slider=(10e-3, 200e-3, 1e-3),
    )
    time_constant: float = parameter(
        2e-9,
        label=translatable("Synaptic time constant"),
        symbol="tau",
        unit="s",
        legal=(1e-10, 1e-6),
        slider=(0.1e-9, 10e-9, 0.1e-9),
    )
    """Geometric mean of the junctions' RC filters."""
    time_constant_spread: float = parameter(
        1.0,
        label=translatable("Spread of time constants"),
        symbol="q",
        unit="1",
        legal=(1.0, 100.0),
        slider=(1.0, 5.0, 0.1),
    )
    """Time constants lie between tau / q and tau q, uniform in the logarithm."""
    temperature: float = parameter(
        0.0,
        label=translatable("Temperature"),
        symbol="T",
        unit="K",
        legal=(0.0, 2000.0),
        slider=(0.0, 600.0, 10.0),
    )
    agitation: float = parameter(
        0.0,
        label=translatable("Agitation while training"),
        symbol="sigma",
        unit="1",
        legal=(0.0, 10.0),
        slider=(0.0, 0.5, 0.01),
    )
    """Standard deviation of the random synaptic input of every sample while training."""
    regularization: float = parameter(
        0.1,
        label=translatable("Regularization"),
        symbol="beta",
        unit="1",
        legal=(1e-9, 1e6),
        slider=(0.001, 1.0, 0.001),
    )
    """Recursive least squares starts from P = identity / beta."""
    renewal: float = parameter(
        200e-9,
        label=translatable("Renewal of P"),
        symbol="t_P",
        unit="s",
        legal=(0.0, 1.0),
        slider=(0.0, 2e-6, 20e-9),
    )
    """Interval after which P is reset while the weights stay, so that early samples are forgotten; 0 for never."""
    renewal_regularization: float = parameter(
        3.0,
        label=translatable("Regularization after renewal"),
        symbol="beta_P",
        unit="1",
        legal=(1e-9, 1e6),
        slider=(0.01, 10.0, 0.01),
    )
    """A renewed P is identity / beta_P, which holds the weights near their previous values."""
    forgetting: float = parameter(1.0, label="Forgetting factor", symbol="lambda", unit="1", legal=(0.9, 1.0))
    """Weight of an error relative to that of the next sample; 1 forgets nothing."""
    time_step: float = parameter(4e-12, label="Time step", symbol="dt", unit="s", legal=(1e-14, 2e-11))
    """Longest step of the integrator; the actual step divides the sample time and is limited by the network's fastest
    time constant (`stepping`)."""


@dataclass(frozen=True)
class Draw:
    """Random numbers of one network, before the settings scale them."""

    recurrent: NDArray[np.float64]
    """(N, N) normal / sqrt(N), source first, zero diagonal."""
    input: NDArray[np.float64]
    """(N,) uniform in -1 to 1, like the next two."""
    bias: NDArray[np.float64]
    spread: NDArray[np.float64]
    tilt: NDArray[np.float64]
    """(3, N) normal: initial deviation of the magnetizations from x."""
    seed: int

    @classmethod
    def of(cls, size: int, seed: int) -> Draw:
        """Draw the numbers of a network of `size` junctions."""
        rng = np.random.default_rng([seed, 0])
        recurrent = rng.standard_normal((size, size)) / np.sqrt(size)
        np.fill_diagonal(recurrent, 0.0)
        inputs, bias, spread = rng.uniform(-1.0, 1.0, (3, size))
        return cls(recurrent, inputs, bias, spread, rng.standard_normal((3, size)), seed)

    def feedback(self, outputs: int) -> NDArray[np.float64]:
        """Return the feedback of `outputs` readouts, shape (K, N), uniform in -1 to 1."""
        return np.random.default_rng([self.seed, 1]).uniform(-1.0, 1.0, (outputs, self.bias.size))

    def start(self) -> NDArray[np.float64]:
        """Return unit vectors about x, shape (3, N)."""
        m = 0.1 * self.tilt
        m[0] += 1.0
        return np.ascontiguousarray(m / np.linalg.norm(m, axis=0))
