"""Recall of stored patterns: one run from a cue, and the judgement of its end (physics.md A4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypedDict, Unpack

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dwmtj_widgets.hopfield import published, validation
from dwmtj_widgets.hopfield.device import Device
from dwmtj_widgets.hopfield.learning import hebbian_weights
from dwmtj_widgets.hopfield.network import Network
from dwmtj_widgets.hopfield.simulation import RunResult, Simulation
from dwmtj_widgets.refusals import Refused


class SimulationOptions(TypedDict, total=False):
    """Options of `Simulation` besides the network and the pattern. SI units."""

    charge_voltage: float
    load_time: float | None
    soma_start: str | ArrayLike
    integrator: str
    time_step: float
    min_time: float
    max_time: float


@dataclass(frozen=True)
class Preset:
    """A device and the options that belong to it."""

    device: Device
    options: SimulationOptions


PRESET_NAMES: Final = ("table1", "published")


def preset(name: str) -> Preset:
    """Return the preset for image recalls of this name.

    ``"table1"`` is the paper's Table I from a cold start, ``"published"`` what the released simulator did
    (physics.md A6): its device, somas already at the cue, V_C 0.25 V, Euler steps of 1 ps, at least 56 ns.

    Raises
    ------
    Refused
        If there is no preset of this name.
    """
    if validation.one_of(name, "preset", PRESET_NAMES) == "table1":
        return Preset(Device(), SimulationOptions())
    released = SimulationOptions(
        charge_voltage=published.IMAGE_CHARGE_VOLTAGE,
        soma_start=published.SOMA_START,
        integrator="euler",
        min_time=published.IMAGE_MIN_TIME,
    )
    return Preset(Device.published(), released)


@dataclass(frozen=True)
class Judgement:
    """Judgement of one network state as a recall. The same weights store a pattern and its inverse."""

    accuracy: float
    """Share of bits, 0 to 1, equal to the target or its inverse, whichever is more; undecided bits are unequal."""
    nearest: int
    """Index of the nearest stored pattern or inverse; the first of equals, a pattern before an inverse."""
    inverse: bool
    """Whether the inverse of that pattern is nearest."""
    nearest_accuracy: float
    """Share of bits, 0 to 1, equal to the nearest."""
    success: bool
    """Whether all bits equal the target, or all its inverse."""


@dataclass(frozen=True)
class Judgements:
    """Judgements of B network states, field by field; ``judgements[k]`` is one `Judgement`."""

    accuracy: NDArray[np.float64]
    """(B,)"""
    nearest: NDArray[np.intp]
    """(B,)"""
    inverse: NDArray[np.bool_]
    """(B,)"""
    nearest_accuracy: NDArray[np.float64]
    """(B,)"""
    success: NDArray[np.bool_]
    """(B,)"""

    def __len__(self) -> int:
        return int(self.accuracy.shape[0])

    def __getitem__(self, index: int) -> Judgement:
        return Judgement(
            accuracy=float(self.accuracy[index]),
            nearest=int(self.nearest[index]),
            inverse=bool(self.inverse[index]),
            nearest_accuracy=float(self.nearest_accuracy[index]),
            success=bool(self.success[index]),
        )


def judge(bits: ArrayLike, target: ArrayLike, memories: ArrayLike) -> Judgement:
    """Judge one network state.

    Source: physics.md A4.

    Parameters
    ----------
    bits : array_like, shape (N,)
        1, 0, or -1 where undecided, which is never correct.
    target : array_like, shape (N,)
        The pattern that was to be recalled.
    memories : array_like, shape (P, N)
        The stored patterns.

    Raises
    ------
    Refused
        If the shapes do not go together or a value is not a bit.
    """
    wanted = validation.bit_pattern(target, name="target")
    state = validation.undecided_bits(bits)
    if state.shape != wanted.shape:
        msg = f"bits have the shape {state.shape}; the target has {wanted.shape[0]} bits in one row."
        raise Refused(msg)
    return judge_many(state[None], wanted, memories)[0]


def judge_many(bits: ArrayLike, targets: ArrayLike, memories: ArrayLike) -> Judgements:
    """Judge many network states at once; see `judge`.

    Parameters
    ----------
    bits : array_like, shape (B, N)
        1, 0, or -1 where undecided.
    targets : array_like, shape (N,) or (B, N)
        The pattern that was to be recalled, one for all or one a row.
    memories : array_like, shape (P, N)
        The stored patterns.

    Raises
    ------
    Refused
        If the shapes do not go together or a value is not a bit.
    """
    states = validation.undecided_bits(bits)
    if states.ndim != 2:
        msg = f"bits have the shape {states.shape}; they must be (number of states, number of neurons)."
        raise Refused(msg)
    total, size = states.shape
    stored = validation.bit_patterns(memories, size, "memories")
    wanted = validation.bit_patterns(np.atleast_2d(np.asarray(targets)), size, "targets")
    if wanted.shape[0] not in (1, total):
        msg = f"targets are {wanted.shape[0]} patterns; they must be one, or one for each of {total} states."
        raise Refused(msg)
    as_target, as_inverse = (states == wanted).mean(axis=1), (states == 1 - wanted).mean(axis=1)
    # All patterns before all inverses, so that argmax prefers a pattern to an equally near inverse.
    candidates = np.concatenate([stored, 1 - stored])
    equal = np.stack([(states == candidate).mean(axis=1) for candidate in candidates], axis=1)
    best = equal.argmax(axis=1)
    accuracy = np.maximum(as_target, as_inverse)
    return Judgements(
        accuracy=accuracy,
        nearest=best % stored.shape[0],
        inverse=best >= stored.shape[0],
        nearest_accuracy=equal.max(axis=1),
        success=accuracy == 1.0,
    )


@dataclass(frozen=True)
class Recall:
    """One recall: its conditions, its end and the judgement. SI units."""

    network: Network
    memories: NDArray[np.uint8]
    """(P, N)"""
    cue: NDArray[np.uint8]
    """(N,) the bits that were loaded."""
    target: NDArray[np.uint8]
    """(N,) the bits that were to be recalled."""
    result: RunResult
    judgement: Judgement

    @property
    def mean_power(self) -> float:
        """Energy over time-to-solution, W."""
        return self.result.energy / self.result.time


def recall_image(
    memories: ArrayLike,
    cue: ArrayLike,
    weight: float = 0.1,
    device: Device | None = None,
    *,
    target: ArrayLike | None = None,
    **options: Unpack[SimulationOptions],
) -> Recall:
    """Store some patterns, load a cue, run to the end and judge it.

    Parameters
    ----------
    memories : array_like, shape (P, N)
        Bits to store.
    cue : array_like, shape (N,)
        Bits to load.
    weight : float
        W in volts.
    device : Device, optional
        Table I if not given.
    target : array_like, shape (N,), optional
        The pattern to recall; by default the memory nearest to the cue, by itself or inverted.
    **options
        Those of `Simulation`.

    Raises
    ------
    Refused
        If an input is illegal; the sentence says what arrived and what is legal.
    """
    stored = validation.bit_patterns(memories, name="memories")
    loaded = validation.bit_pattern(cue, stored.shape[1], "cue")
    if target is None:
        wanted = stored[judge(loaded, loaded, stored).nearest].copy()
    else:
        wanted = validation.bit_pattern(target, stored.shape[1], "target")
    network = Network(hebbian_weights(stored, weight), device, synaptic_weight=weight)
    result = Simulation(network, loaded, **options).run()
    return Recall(network, stored, loaded, wanted, result, judge(result.bits, wanted, stored))
