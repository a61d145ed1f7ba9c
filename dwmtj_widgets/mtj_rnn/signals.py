"""Periodic signals: standard shapes, sums of harmonics, drawn signals and tables, with or without noise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dwmtj_widgets.mtj_rnn.inputs import LARGEST_SIGNAL, MOST_SAMPLES
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.tables import number_table
from dwmtj_widgets.units import quantity
from dwmtj_widgets.validation import count, finite, numbers, one_of, positive, within

Floats = NDArray[np.float64]

FEWEST_SAMPLES: Final = 4
"""Samples in a period; with fewer even a sine cannot be told from its alias."""
MOST_CSV_BYTES: Final = 5_000_000
MOST_DRAWN: Final = 100_000
MOST_HARMONICS: Final = 1000

HARMONICS: Final = (1.0, 0.5)
"""Coefficients of the wave "harmonics", sin x + sin(2 x) / 2, which is scaled to a peak of 1."""


def _two_harmonics(share: Floats) -> Floats:
    # The peak lies where cos x + cos 2x = 0, at x = 60 degrees.
    peak = np.sin(np.pi / 3.0) + 0.5 * np.sin(2.0 * np.pi / 3.0)
    angle = 2.0 * np.pi * share
    result: Floats = (HARMONICS[0] * np.sin(angle) + HARMONICS[1] * np.sin(2.0 * angle)) / peak
    return result


_SHAPES: Final[dict[str, Callable[[Floats], Floats]]] = {
    "sine": lambda share: np.sin(2.0 * np.pi * share),
    "triangle": lambda share: 1.0 - 4.0 * np.abs((share + 0.25) % 1.0 - 0.5),
    "sawtooth": lambda share: 2.0 * ((share + 0.5) % 1.0) - 1.0,
    "square": lambda share: np.where(share % 1.0 < 0.5, 1.0, -1.0),
    "harmonics": _two_harmonics,
}
KINDS: Final = tuple(_SHAPES)
"""The names that `waveform` knows."""


def waveform(
    kind: str,
    *,
    period: float,
    sample_time: float,
    periods: float = 1,
    amplitude: float = 1.0,
    phase: float = 0.0,
) -> Floats:
    """Return a periodic signal with a peak of `amplitude`, shape (T,), T = periods * period / sample_time rounded.

    All shapes but the square begin at zero and rise. The square wave is high for the first half of its period.

    Parameters
    ----------
    kind : {"sine", "triangle", "sawtooth", "square", "harmonics"}
        ``"harmonics"`` is the two-harmonic wave sin x + sin(2 x) / 2, scaled to the same peak.
    period, sample_time : float
        Seconds; a period has at least 4 samples, not necessarily a whole number.
    periods : float
        Length of the signal.
    amplitude : float
        Peak value.
    phase : float
        Radians by which the signal is ahead.

    Raises
    ------
    Refused
        If an input is illegal; the sentence says what arrived and what is legal.
    """
    shape = _SHAPES[one_of(kind, "kind", KINDS)]
    share = _shares(period, sample_time, periods, phase)
    return _scaled(shape(share), amplitude)


def harmonic_sum(
    sines: ArrayLike,
    cosines: ArrayLike = (),
    *,
    period: float,
    sample_time: float,
    periods: float = 1,
    amplitude: float = 1.0,
    phase: float = 0.0,
) -> Floats:
    """Return amplitude * sum_k (sines[k] sin((k + 1) x) + cosines[k] cos((k + 1) x)), shape (T,).

    Parameters
    ----------
    sines, cosines : array_like
        Coefficients from the fundamental on; at most 1000, and none above half the sampling frequency.
    period, sample_time, periods, amplitude, phase : float
        As for `waveform`; the sum is not scaled to a peak of 1.

    Raises
    ------
    Refused
        If an input is illegal.
    """
    share = _shares(period, sample_time, periods, phase)
    total = np.zeros_like(share)
    for name, given, wave in (("sines", sines, np.sin), ("cosines", cosines, np.cos)):
        coefficients = _row(given, name, 0, MOST_HARMONICS)
        if 2 * coefficients.size * sample_time > period:
            msg = (
                f"{name} go up to harmonic {coefficients.size}; with {period / sample_time:.4g} samples a period the "
                f"highest is {int(period / sample_time / 2)}, sample more often."
            )
            raise Refused(msg)
        for harmonic, coefficient in enumerate(coefficients, 1):
            total += coefficient * wave(2.0 * np.pi * harmonic * share)
    return _scaled(total, amplitude)


def drawn(
    samples: ArrayLike,
    *,
    period: float,
    sample_time: float,
    periods: float = 1,
    amplitude: float = 1.0,
    phase: float = 0.0,
) -> Floats:
    """Return a signal from one given period, resampled linearly and repeated, shape (T,).

    Parameters
    ----------
    samples : array_like, shape (L,)
        One period at L even steps, 2 to 100,000; the sample after the last is the first.
    period, sample_time, periods, amplitude, phase : float
        As for `waveform`; `amplitude` multiplies the samples.

    Raises
    ------
    Refused
        If an input is illegal.
    """
    row = _row(samples, "samples", 2, MOST_DRAWN)
    share = _shares(period, sample_time, periods, phase)
    return _scaled(at_share(row, share), amplitude)


def at_share(one_period: Floats, share: Floats) -> Floats:
    """Interpolate a periodic signal, given at even steps, at any share of its period."""
    place = (share % 1.0) * one_period.size
    closed = np.append(one_period, one_period[0])
    values: Floats = np.interp(place, np.arange(closed.size), closed)
    return values


def samples_from_csv(content: str | bytes) -> Floats:
    """Read the samples of one period from a table of comma-separated values, shape (L,).

    One value a line, or all in one line, at even steps of time; or two values a line, time and value, which
    are interpolated to even steps. `dwmtj_widgets.tables` documents separators, headings and comments.

    Parameters
    ----------
    content : str or bytes
        The table's text, at most 5 MB; bytes are UTF-8, or what their byte order mark says.

    Raises
    ------
    Refused
        If the table is empty, too large or uneven, or holds something that is not a finite number.
    """
    if len(content) > MOST_CSV_BYTES:
        msg = f"The table has more than {MOST_CSV_BYTES:,} bytes; make it smaller."
        raise Refused(msg)
    table = number_table(content).rows
    widths = {len(row) for row in table}
    if len(widths) != 1 or (len(table) > 1 and max(widths) > 2):
        msg = f"The table's lines hold {sorted(widths)} values; give one (value) or two (time, value) a line."
        raise Refused(msg)
    array = np.array(table)
    if len(table) > 1 and array.shape[1] == 2:
        return _even(*array.T)
    return _row(array.ravel(), "The table", 2, MOST_DRAWN)


def with_noise(signal: ArrayLike, level: float, seed: int | np.random.Generator = 0) -> Floats:
    """Return the signal plus white noise whose standard deviation is `level` times the signal's peak.

    Parameters
    ----------
    signal : array_like, shape (T,)
    level : float
        0 to 100; 0.1 is 10 % noise.
    seed : int or Generator
        The same seed gives the same noise; a Generator continues its stream.
    """
    row = _row(signal, "signal", 1, MOST_SAMPLES)
    share = within(level, "level", 0.0, 100.0)
    rng = seed if isinstance(seed, np.random.Generator) else np.random.default_rng(count(seed, "seed", 0))
    noisy: Floats = row + share * np.abs(row).max() * rng.standard_normal(row.size)
    return noisy


def samples_per_period(period: float, sample_time: float) -> float:
    """Return how many samples a period has, refusing fewer than 4."""
    length, step = positive(period, "period", "s"), positive(sample_time, "sample_time", "s")
    if length < FEWEST_SAMPLES * step * (1.0 - 1e-9):
        msg = (
            f"period is {quantity(length, 's')}; with a sample every {quantity(step, 's')} it must be at least "
            f"{quantity(FEWEST_SAMPLES * step, 's')}, lengthen it or sample more often."
        )
        raise Refused(msg)
    return length / step


def _shares(period: float, sample_time: float, periods: float, phase: float) -> Floats:
    per_period = samples_per_period(period, sample_time)
    samples = round(positive(periods, "periods") * per_period) if periods < MOST_SAMPLES else MOST_SAMPLES + 1
    if not 1 <= samples <= MOST_SAMPLES:
        msg = f"periods is {periods:g}, {samples:,} samples or more; a signal has 1 to {MOST_SAMPLES:,}."
        raise Refused(msg)
    shares: Floats = np.arange(samples) / per_period + finite(phase, "phase") / (2.0 * np.pi)
    # A rounding error short of a jump would put a square wave's edge one sample late.
    nearest = np.round(shares * 2.0) / 2.0
    return np.where(np.abs(shares - nearest) < 1e-9, nearest, shares)


def _scaled(values: Floats, amplitude: float) -> Floats:
    factor = within(amplitude, "amplitude", -LARGEST_SIGNAL, LARGEST_SIGNAL)
    result: Floats = factor * values
    return result


def _row(values: ArrayLike, name: str, least: int, most: int) -> Floats:
    array = numbers(values, name)
    if array.ndim != 1 or not least <= array.size <= most:
        msg = f"{name} has the shape {array.shape}; it must be one row of {least} to {most:,} numbers."
        raise Refused(msg)
    if not np.isfinite(array).all():
        place = int(np.flatnonzero(~np.isfinite(array))[0])
        msg = f"{name} holds {array[place]} at place {place}; every number must be finite, remove or replace it."
        raise Refused(msg)
    return array


def _even(time: Floats, value: Floats) -> Floats:
    row = _row(value, "The table", 2, MOST_DRAWN)
    if not (np.diff(time) > 0.0).all():
        place = int(np.flatnonzero(np.diff(time) <= 0.0)[0])
        msg = f"The table's time goes from {time[place]:g} to {time[place + 1]:g}; it must increase, sort the lines."
        raise Refused(msg)
    result: Floats = np.interp(np.linspace(time[0], time[-1], row.size), time, row)
    return result
