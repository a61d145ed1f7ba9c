"""Results of a network: the record of a training or a run, and its complete state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dwmtj_widgets.mtj_rnn.macrospin import Junction
from dwmtj_widgets.mtj_rnn.wiring import NetworkSettings

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Course:
    """Record at T sample times; T is smaller than requested if the work was cancelled."""

    time: Floats
    """(T,) seconds since the network was made."""
    output: Floats
    """(T,), or (T, K) with more than one readout; in a training, before each correction."""
    weight_norm: Floats
    """(T,) length of all readout weights, after each correction."""
    states: Floats | None
    """(T, 3, N) magnetizations, if they were recorded."""
    completed: bool
    """False if the work was cancelled before its end."""


@dataclass(frozen=True)
class Training(Course):
    """A training, sample by sample."""

    target: Floats
    """Like `output`."""

    @property
    def error(self) -> Floats:
        """Output minus target, like `output`."""
        return self.output - self.target


@dataclass(frozen=True)
class NetworkState:
    """Complete state of a network: it determines the run that follows, bit for bit; the arrays are copies."""

    size: int
    seed: int
    junction: Junction
    settings: NetworkSettings
    magnetization: Floats
    """(3, N) unit vectors."""
    torque_field: Floats
    """(N,) tesla."""
    weights: Floats
    """(K, N) of the readouts."""
    covariance: Floats
    """(N, N) P of recursive least squares."""
    learnt: int
    """Samples learnt since P began or was renewed."""
    alive: NDArray[np.bool_]
    """(N,) False for junctions that are cut."""
    clock: tuple[float, int, float]
    """Time in s at which the sample time was last set, number of steps since then, sample time in s."""
    owed: float
    """Remainder of the requested time, in steps, -0.5 to 0.5."""
    input: float
    window: int
    """Samples in a window of recognition, 0 for a network that generates."""
    generators: tuple[dict[str, Any], dict[str, Any]]
    """States of the generators of the thermal field and the agitation."""
