"""Quality of a generated signal: its error after the best alignment, its period, its spectrum, how long it holds.

A free-running network has its own clock. The error is given twice: with one phase for the whole signal, chosen for
the smallest error, and with the phase fixed at the start of the signal. A wrong period is *not* corrected, so over
many periods it counts in both, in the first about half as much. The period's error is given separately, in parts per
million.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize_scalar

from dwmtj_widgets.mtj_rnn.signals import FEWEST_SAMPLES, at_share
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.validation import finite, numbers, positive

Floats = NDArray[np.float64]

LOCK_ERROR = 0.5
"""Normalised RMS error above which a period counts as lost: for a sine a phase error of 30 degrees."""

CONSTANT = 1e-12
"""Largest standard deviation of a constant period, as a share of its peak."""

MOST_PARTS = 2000
"""Most parts into which the coarse search for the best phase divides a period."""

FINE = 16
"""Steps per sample of the quick alignment."""


@dataclass(frozen=True)
class Alignment:
    """Alignment of a piece of a signal with its periodic target."""

    error: float
    """RMS of the difference over the target's standard deviation, after the alignment; nan for a constant target."""
    shift: float
    """Share of a period by which the signal is ahead of the target."""
    aligned: Floats
    """(T,) the target shifted by `shift`."""


@dataclass(frozen=True)
class Quality:
    """Comparison of a generated signal with its periodic target."""

    error: float
    """RMS of the difference over the target's standard deviation, after the best alignment by one phase."""
    phase: float
    """The phase by which the signal leads, in radians of the target's period, from -pi to pi."""
    period_error: float
    """Period of the signal over that of the target, minus 1; nan below 2 periods."""
    shape_error: float
    """Like `error`, but with each period aligned separately, so without drift."""
    locked: int
    """Whole periods from the start, aligned once by the first, before the error of one exceeds `LOCK_ERROR`."""
    aligned_target: Floats
    """(T,) the target shifted by `phase`, to draw beside the signal."""
    fixed_error: float
    """Like `error`, but with the phase that the target had at the first sample."""

    @property
    def period_error_ppm(self) -> float:
        """`period_error` in parts per million."""
        return 1e6 * self.period_error


def quality(
    signal: ArrayLike,
    one_period: ArrayLike,
    samples_per_period: float | None = None,
    *,
    release: float = 0.0,
) -> Quality:
    """Compare a generated signal with its periodic target.

    Parameters
    ----------
    signal : array_like, shape (T,)
        At least one period.
    one_period : array_like, shape (L,)
        One period of the target at even steps; between them it is linear.
    samples_per_period : float, optional
        Samples of `signal` in a period of the target; L if not given.
    release : float
        Share of a period that the target has reached at the first sample, 0 after a training of whole periods.

    Raises
    ------
    Refused
        If the signal is shorter than a period or the target constant.
    """
    y, one = _finite_row(signal, "signal"), _finite_row(one_period, "one_period")
    per_period = (
        float(one.size) if samples_per_period is None else positive(samples_per_period, "samples_per_period")
    )
    periods = int(y.size / per_period + 1e-9)
    if periods < 1 or per_period < FEWEST_SAMPLES or one.size < 2:
        msg = (
            f"signal has {y.size} samples and a period {per_period:g}; it must be at least one period long, and "
            f"a period {FEWEST_SAMPLES} samples."
        )
        raise Refused(msg)
    scale = float(one.std())
    if scale <= CONSTANT * float(np.abs(one).max()):
        msg = "one_period is constant; an error relative to its variation has no meaning, give a signal that varies."
        raise Refused(msg)
    share = np.arange(y.size) / per_period
    parts = _periods(per_period, periods)
    best = _best_shift(y, share, one)
    aligned = at_share(one, share + best)
    fixed = at_share(one, share + finite(release, "release"))
    return Quality(
        error=float(np.sqrt(np.mean((y - aligned) ** 2))) / scale,
        phase=float(2.0 * np.pi * ((best + 0.5) % 1.0 - 0.5)),
        period_error=_period_error(y, one, per_period, periods),
        shape_error=_shape_error(y, share, one, parts) / scale,
        locked=_locked(y, share, one, parts, LOCK_ERROR * scale),
        aligned_target=aligned,
        fixed_error=float(np.sqrt(np.mean((y - fixed) ** 2))) / scale,
    )


def align(signal: Floats, one_period: Floats, samples_per_period: float) -> Alignment:
    """Align the target with some whole periods of a signal, quickly, in steps of a sixteenth of a sample.

    It is for repeated calls and checks nothing; `quality` finds the best phase between the steps.

    Parameters
    ----------
    signal : ndarray, shape (T,)
        About a whole number of periods; a shorter signal counts as one.
    one_period : ndarray, shape (L,)
        One period of the target at even steps.
    samples_per_period : float
        Samples of `signal` in a period of the target.
    """
    share = np.arange(signal.size) / samples_per_period
    likeness = _correlation(signal, at_share(one_period, share), FINE * signal.size)
    steps = max(int(FINE * samples_per_period), 1)
    shift = -float(np.argmax(likeness[:steps])) / FINE / samples_per_period
    aligned = at_share(one_period, share + shift)
    return Alignment(relative_error(signal, aligned, one_period), shift, aligned)


def relative_error(signal: Floats, target: Floats, one_period: Floats) -> float:
    """Return the RMS difference over the standard deviation of the target's period; nan if that is constant."""
    scale = float(one_period.std())
    if scale <= CONSTANT * float(np.abs(one_period).max()):
        return float("nan")
    return float(np.sqrt(np.mean((signal - target) ** 2))) / scale


def spectrum(signal: ArrayLike, sample_time: float) -> tuple[Floats, Floats]:
    """Return frequencies in Hz and the amplitude of the signal at each, shape (T // 2 + 1,) both.

    A sine of amplitude A with a whole number of periods in the signal shows as A. No window function is applied:
    pass whole periods.
    """
    y = _finite_row(signal, "signal")
    amplitude = np.abs(np.fft.rfft(y)) * (2.0 / y.size)
    amplitude[0] /= 2.0
    if y.size % 2 == 0:
        amplitude[-1] /= 2.0
    step = positive(sample_time, "sample_time", "s")
    frequency = np.arange(amplitude.size, dtype=np.float64) / (y.size * step)
    return frequency, amplitude


def _correlation(a: Floats, b: Floats, steps: int | None = None) -> Floats:
    """Return the circular correlation, the sum over i of ``a[i + k] b[i]`` for every k, along the last axis.

    Parameters
    ----------
    steps : int, optional
        Values of k in the whole circle; by default one for each entry.
    """
    product = np.fft.rfft(a) * np.conj(np.fft.rfft(b))
    result: Floats = np.fft.irfft(product, np.shape(a)[-1] if steps is None else steps)
    return result


def _best_shift(y: Floats, share: Floats, one: Floats) -> float:
    """Share of a period by which the target must be shifted for the smallest error."""

    def error(shift: float) -> float:
        return float(np.mean((y - at_share(one, share + shift)) ** 2))

    # The coarse search compares means over equal parts of the period.
    parts = int(np.clip(round(1.0 / (share[1] - share[0])), 4, MOST_PARTS)) if y.size > 1 else 4
    part = (np.round(share * parts) % parts).astype(int)
    counts = np.bincount(part, minlength=parts).astype(np.float64)
    means = np.bincount(part, weights=y, minlength=parts) / np.maximum(counts, 1)
    places, shifts, step = np.arange(parts) / parts, np.arange(2 * parts) / (2 * parts), 1.0 / (2 * parts)
    # The sum of counts (mean - target)**2 at every shift, up to a constant. Equally good shifts, as with a square
    # wave, are summed directly, because the rounding of the transforms must not choose between them.
    target = at_share(one, shifts).reshape(parts, 2).T
    sums = (_correlation(target**2, counts) - 2.0 * _correlation(target, counts * means)).T.ravel()
    best = shifts[sums <= sums.min() + 1e-9 * float(counts @ means**2 + counts.sum() * np.max(one**2))]
    single = [float(counts @ (means - at_share(one, places + shift)) ** 2) for shift in best]
    near = float(best[int(np.argmin(single))])
    found = minimize_scalar(
        error, bounds=(near - step, near + step), method="bounded", options={"xatol": 1e-8}
    )
    return float(found.x) if error(float(found.x)) <= error(near) else near


def _harmonic_phases(y: Floats, one: Floats, per_period: float, periods: int) -> tuple[Floats, int]:
    """Phase in radians of each period's strongest harmonic, unwrapped, and the harmonic's number."""
    # Harmonic 0, the mean, is left out: for a waveform of high harmonics alone it may be mere rounding.
    harmonic = 1 + int(np.argmax(np.abs(np.fft.rfft(one))[1 : max(int(per_period / 2), 2)]))
    turning = (y - y.mean()) * np.exp(-2j * np.pi * harmonic * np.arange(y.size) / per_period)
    sums = np.array([turning[part].sum() for part in _periods(per_period, periods)])
    return np.unwrap(np.angle(sums)), harmonic


def _period_error(y: Floats, one: Floats, per_period: float, periods: int) -> float:
    if periods < 2:
        return float("nan")
    phases, harmonic = _harmonic_phases(y, one, per_period, periods)
    slope = float(np.polyfit(np.arange(periods), phases, 1)[0]) / (2.0 * np.pi * harmonic)
    return 1.0 / (1.0 + slope) - 1.0


def _periods(per_period: float, periods: int) -> list[slice]:
    edges = np.round(per_period * np.arange(periods + 1)).astype(int)
    return [slice(int(a), int(b)) for a, b in pairwise(edges)]


def _shape_error(y: Floats, share: Floats, one: Floats, parts: list[slice]) -> float:
    squares = [
        np.mean((y[part] - at_share(one, share[part] + _best_shift(y[part], share[part], one))) ** 2)
        for part in parts
    ]
    return float(np.sqrt(np.mean(squares)))


def _locked(y: Floats, share: Floats, one: Floats, parts: list[slice], bound: float) -> int:
    shift = _best_shift(y[parts[0]], share[parts[0]], one)
    squared = (y - at_share(one, share + shift)) ** 2
    lost = [np.sqrt(squared[part].mean()) > bound for part in parts]
    return lost.index(True) if any(lost) else len(parts)


def _finite_row(values: ArrayLike, name: str) -> Floats:
    row = numbers(values, name)
    if row.ndim != 1 or not row.size or not np.isfinite(row).all():
        msg = f"{name} has the shape {row.shape} or holds what is no number; it must be one row of finite numbers."
        raise Refused(msg)
    return row
