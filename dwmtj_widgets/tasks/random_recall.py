"""Random recall: random patterns are stored, an input is loaded, and the final state is judged (physics.md A4).

Every trial has its own patterns, input and network. They follow from the seed, the size, the number of patterns and the
trial's number alone, so a trial can be repeated by itself and does not depend on the order of trials.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dwmtj_widgets.hopfield import validation
from dwmtj_widgets.hopfield.device import Device
from dwmtj_widgets.hopfield.ensemble import RunEnd, run_once
from dwmtj_widgets.hopfield.learning import hebbian_weights
from dwmtj_widgets.hopfield.network import Network
from dwmtj_widgets.hopfield.run_settings import RunSettings, run_settings
from dwmtj_widgets.tasks.ideal_hopfield import settle_in_turn, settle_together
from dwmtj_widgets.tasks.patterns import distort

Bits = NDArray[np.uint8]

CAPACITY: Final = 0.138
"""Capacity of a large Hopfield network, random patterns a neuron (Amit, Gutfreund and Sompolinsky 1985)."""
SIZES: Final = (3, 200)
"""Smallest and largest number of neurons."""
MOST_PATTERNS: Final = 8


@dataclass(frozen=True)
class Conditions:
    """What all trials of an experiment have in common. SI units.

    Raises
    ------
    Refused
        If a value is illegal.
    """

    seed: int = 1
    weight: float = 0.1
    """W in volts."""
    charge_voltage: float = 0.1
    """V_C in volts."""
    device: Device = field(default_factory=Device)
    soma_start: str = "off"
    """See `Simulation`."""
    min_time: float = 0.0
    """Earliest end of a run in seconds."""
    distortion: float | None = None
    """Share of flipped bits of the first pattern, which is the input; None for a random input."""
    settings: RunSettings = field(init=False, repr=False, compare=False)
    """Run settings, derived from the other fields."""

    def __post_init__(self) -> None:
        validation.whole(self.seed, "seed", 0, 2**32 - 1)
        validation.positive(self.weight, "weight", "V")
        validation.one_of(self.soma_start, "soma_start", ("off", "pattern"))
        if self.distortion is not None:
            validation.within(self.distortion, "distortion", 0.0, 1.0, "%")
        settings = run_settings(
            self.charge_voltage,
            load_time=None,
            integrator="events",
            time_step=1e-12,
            min_time=self.min_time,
            max_time=3e-6,
        )
        object.__setattr__(self, "settings", settings)


@dataclass(frozen=True)
class SurveyTrial:
    """A trial: patterns, input, and final states of the device and of the ideal networks."""

    patterns: Bits
    """(P, N)"""
    cue: Bits
    """(N,) loaded bits."""
    run: RunEnd
    together: NDArray[np.int8]
    """(N,) final state of the synchronous ideal network; -1 where undecided."""
    in_turn: NDArray[np.int8]
    """(N,) final state of the asynchronous ideal network."""


def draw(patterns: int, neurons: int, seed: validation.Seed) -> tuple[Bits, Bits]:
    """Return random patterns, shape (P, N), and a random input, shape (N,).

    Raises
    ------
    Refused
        If a number is not an integer above zero, or the seed is illegal.
    """
    stored = validation.whole(patterns, "patterns", 1, validation.LARGEST_PATTERN)
    size = validation.whole(neurons, "neurons", 1, validation.LARGEST_PATTERN)
    rng = validation.generator(seed)
    return rng.integers(0, 2, (stored, size), dtype=np.uint8), rng.integers(0, 2, size, dtype=np.uint8)


def draw_trial(
    conditions: Conditions, neurons: int, patterns: int, trial: int
) -> tuple[Bits, Bits, np.random.Generator]:
    """Return the patterns (P, N) and the input (N,) of a trial, and the Generator after the draw."""
    rng = np.random.default_rng([conditions.seed, neurons, patterns, trial])
    stored, cue = draw(patterns, neurons, rng)
    if conditions.distortion is not None:
        cue = distort(stored[0], conditions.distortion, rng)
    return stored, cue, rng


def recall(patterns: Bits, cue: Bits, conditions: Conditions) -> RunEnd:
    """Store patterns (P, N) in a network, load the cue (N,) and run to the end.

    Raises
    ------
    Refused
        If the shapes do not match, or there are fewer than two neurons.
    """
    stored = validation.bit_patterns(patterns)
    loaded = validation.bit_pattern(cue, stored.shape[1], "cue")
    return _run(hebbian_weights(stored, conditions.weight), loaded, conditions)


def _run(weights: NDArray[np.float64], cue: Bits, conditions: Conditions) -> RunEnd:
    network = Network(weights, conditions.device)
    end = run_once(network, cue, conditions.settings, conditions.soma_start)
    assert end is not None, "only a run that can be cancelled has no end"
    return end


def run_trial(conditions: Conditions, neurons: int, patterns: int, trial: int) -> SurveyTrial:
    """Run one trial, with the device and with both ideal networks.

    Parameters
    ----------
    conditions : Conditions
        What all trials have in common.
    neurons : int
        N, 3 to 200.
    patterns : int
        P, 1 to 8.
    trial : int
        Number of the trial, from 0 on.

    Raises
    ------
    Refused
        If a number is outside its range.
    """
    size = validation.whole(neurons, "neurons", *SIZES)
    count = validation.whole(patterns, "patterns", 1, MOST_PATTERNS)
    stored, cue, rng = draw_trial(conditions, size, count, validation.whole(trial, "trial", 0, 2**32 - 1))
    ideal = hebbian_weights(stored, 1.0)
    return SurveyTrial(
        patterns=stored,
        cue=cue,
        run=_run(conditions.weight * ideal, cue, conditions),
        together=settle_together(ideal, cue),
        in_turn=settle_in_turn(ideal, cue, rng),
    )


def distances(states: NDArray[np.int8], patterns: Bits) -> NDArray[np.int64]:
    """Return Hamming distances of states (K, N) to patterns (P, N) or their inverses if nearer, shape (K, P).

    An undecided bit, -1, counts as wrong.
    """
    ones, zeros = (states == 1)[:, None], (states == 0)[:, None]
    stored = patterns == 1
    equal = ((ones & stored) | (zeros & ~stored)).sum(axis=2)
    inverse = ((ones & ~stored) | (zeros & stored)).sum(axis=2)
    nearest: NDArray[np.int64] = states.shape[1] - np.maximum(equal, inverse)
    return nearest


def wrong_bits(bits: NDArray[np.int8], patterns: Bits) -> float:
    """Return the Hamming distance of a state (N,) to the nearest of the patterns (P, N) and their inverses.

    An undecided bit, -1, counts as wrong.
    """
    return float(distances(bits[None], patterns).min())
