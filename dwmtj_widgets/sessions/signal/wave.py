"""The waveform that the Signal Lab teaches, and its alignment with an output."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from dwmtj_widgets.mtj_rnn.measures import Alignment, align
from dwmtj_widgets.mtj_rnn.signals import (
    KINDS,
    at_share,
    drawn,
    samples_from_csv,
    samples_per_period,
    waveform,
)
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.texts import tr
from dwmtj_widgets.validation import numbers, one_of, within

Floats = npt.NDArray[np.float64]

SAMPLE_TIME: Final = 0.2e-9
"""Seconds between two corrections of the readout; physics.md B."""
DRAWN: Final = "drawn"
SHAPES: Final = (*KINDS, DRAWN)
NAMES: Final = {
    "sine": tr("sine"),
    "triangle": tr("triangle"),
    "sawtooth": tr("sawtooth"),
    "square": tr("square"),
    "harmonics": tr("harmonics"),
    DRAWN: tr("drawn"),
}
"""The names of the shapes on buttons."""
POINTS: Final = 100
"""Samples of a drawn period: at the usual period of 20 ns one for each sample of the readout."""
LONGEST_PERIOD: Final = 500e-9
LARGEST_AMPLITUDE: Final = 5.0
JUMP_SHARE: Final = 0.25
"""A jump is a change from one point to the next by at least this share of the waveform's range."""


@dataclass(frozen=True)
class Wave:
    """A periodic signal; its amplitude is a plain number.

    Raises
    ------
    Refused
        If the shape is unknown, a drawn period is not 100 numbers from -1 to 1, or the period has fewer than 4
        samples.
    """

    kind: str = "harmonics"
    period: float = 20e-9
    amplitude: float = 1.0
    samples: tuple[float, ...] = ()
    """One drawn period, empty for the named shapes."""

    def __post_init__(self) -> None:
        one_of(self.kind, "waveform", SHAPES)
        samples_per_period(self.period, SAMPLE_TIME)
        within(self.period, "Period", 0.0, LONGEST_PERIOD, "s")
        within(self.amplitude, "Amplitude", 0.0, LARGEST_AMPLITUDE)
        if (self.kind == DRAWN) != bool(self.samples):
            sentence = tr("The waveform '{kind}' comes with {number} samples; only a drawn one has any.")
            msg = sentence.format(kind=self.kind, number=len(self.samples))
            raise Refused(msg)
        if self.samples:
            row = numbers(self.samples, "waveform")
            if row.shape != (POINTS,) or not (np.abs(row) <= 1.0).all():
                msg = tr("A drawn waveform must be {number} numbers from -1 to 1.").format(number=POINTS)
                raise Refused(msg)

    @classmethod
    def of_samples(cls, samples: Sequence[float] | Floats, period: float, amplitude: float) -> Wave:
        """Return a drawn wave, with samples rounded to 4 decimals so that they fit into an address."""
        rounded = tuple(float(value) for value in np.round(numbers(samples, "waveform"), 4))
        return cls(DRAWN, period, amplitude, rounded)

    @classmethod
    def from_csv(cls, content: bytes, period: float, amplitude: float) -> Wave:
        """Return the wave of a table of one period, scaled to a peak of 1.

        Raises
        ------
        Refused
            If the table cannot be read, holds no finite numbers or only zeros.
        """
        row = samples_from_csv(content)
        peak = float(np.abs(row).max())
        if not peak:
            msg = tr("The table holds only zeros; a waveform must vary.")
            raise Refused(msg)
        scaled = np.clip(at_share(row, np.arange(POINTS) / POINTS) / peak, -1.0, 1.0)
        return cls.of_samples(scaled, period, amplitude)

    @property
    def per_period(self) -> float:
        """Samples in a period, not always a whole number."""
        return self.period / SAMPLE_TIME

    @property
    def one_period(self) -> Floats:
        """One period at 100 even steps, scaled by the amplitude, shape (100,)."""
        return self.amplitude * self.shape

    @property
    def shape(self) -> Floats:
        """One period at 100 even steps between -1 and 1, shape (100,)."""
        if self.samples:
            return np.array(self.samples)
        return waveform(self.kind, period=1.0, sample_time=1.0 / POINTS)

    @property
    def varies(self) -> bool:
        """Whether the wave is not flat."""
        return self.amplitude > 0.0 and float(np.ptp(self.shape)) > 1e-6

    @property
    def jumps(self) -> bool:
        """Whether the wave has a jump (`JUMP_SHARE`)."""
        shape = self.shape
        largest = float(np.abs(np.diff(shape, append=shape[0])).max())
        return largest >= JUMP_SHARE * float(np.ptp(shape)) > 0.0

    def row(self, samples: int) -> Floats:
        """Return the first `samples` samples of the signal, shape (samples,)."""
        periods = samples / self.per_period
        common = {
            "period": self.period,
            "sample_time": SAMPLE_TIME,
            "periods": periods,
            "amplitude": self.amplitude,
        }
        return drawn(self.samples, **common) if self.samples else waveform(self.kind, **common)

    def python(self, samples: int) -> str:
        """Return the Python expression of `row`."""
        name, what = ("drawn", repr(list(self.samples))) if self.samples else ("waveform", repr(self.kind))
        return (
            f"{name}({what}, period={self.period!r}, sample_time={SAMPLE_TIME!r}, "
            f"periods={samples / self.per_period!r}, amplitude={self.amplitude!r})"
        )

    @property
    def title(self) -> str:
        """Its name on a page."""
        return tr("two-harmonic") if self.kind == "harmonics" else NAMES[self.kind]


def match(signal: Floats, wave: Wave) -> Alignment:
    """Align a wave with whole periods of a signal, fast enough for every frame of an animation."""
    return align(signal, wave.one_period, wave.per_period)
