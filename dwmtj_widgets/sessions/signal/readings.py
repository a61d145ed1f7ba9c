"""Readings of a run of the Signal Lab: marks, errors, the aligned waveform, and the quality of the output."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from dwmtj_widgets.mtj_rnn.measures import Alignment, Quality, quality
from dwmtj_widgets.mtj_rnn.signals import at_share
from dwmtj_widgets.sessions.signal.record import OUTPUT
from dwmtj_widgets.sessions.signal.wave import POINTS, SAMPLE_TIME, Floats, match
from dwmtj_widgets.texts import tr

if TYPE_CHECKING:
    from dwmtj_widgets.sessions.signal.session import PeriodError, SignalSession

MEASURED_PERIODS: Final = 50
SILENT_SHARE: Final = 0.1
MARKS: Final = {
    "train": tr("training"),
    "run": tr("frozen"),
    "kick": tr("kick"),
    "cut": tr("cut"),
    "mend": tr("restored"),
}
"""The names of the actions at their marks."""


class SignalReadings:
    """What a page shows of a session besides its record.

    Parameters
    ----------
    session : SignalSession
        The session to read.
    """

    def __init__(self, session: SignalSession) -> None:
        self._session = session
        self._whole: tuple[object, tuple[int, int], Quality] | None = None
        """The course and the samples last measured, and the result."""

    @property
    def marks(self) -> list[tuple[int, str]]:
        """The numbers of the samples at which something began or happened, with names."""
        found, last = [], ("", self._session.setting.wave)
        for action in self._session.journal.actions:
            kind, wave = last
            if action.kind == kind == "train" and action.wave != wave:
                found.append((action.at, tr("another waveform")))
            elif action.kind in MARKS and not (action.count and action.kind == kind):
                found.append((action.at, MARKS[action.kind]))
            if action.count:
                last = action.kind, action.wave or wave
        return found

    def heard(self, periods: int) -> Alignment | None:
        """Return the alignment of the free run's last whole periods with the wave; None before a whole period."""
        wave = self._session.learnt
        there = self._session.samples - max(self._session.undisturbed, self._session.record.first)
        if self._session.phase != "run" or wave is None or not wave.varies or there < wave.per_period:
            return None
        length = round(min(periods, int(there / wave.per_period)) * wave.per_period)
        return match(self._output(length), wave)

    def beside(self, first: int, output: Floats, free: npt.NDArray[np.bool_], now: int | None) -> Floats:
        """Return the waveform at the `free` samples of an output whose first sample has the number `first`.

        It is aligned with two periods: the last ones, or those about the sample `now`. Before a whole period it
        follows the clock of the training.
        """
        wave = self._session.learnt
        there = first + np.flatnonzero(free)
        if wave is None or not there.size:
            return np.full(there.size, np.nan)
        length = round(min(2, int(there.size / wave.per_period)) * wave.per_period)
        if not length or not wave.varies:
            begin, shift = self._session.clock_start, 0.0
        else:
            middle = there[-1] if now is None else now
            begin = int(np.clip(middle - length // 2, there[0], there[-1] + 1 - length))
            shift = match(output[begin - first : begin - first + length], wave).shift
        result: Floats = at_share(wave.one_period, (there - begin) / wave.per_period + shift)
        return result

    def measuring(self) -> Callable[[], Quality] | None:
        """Return a function that measures the free run since the last disturbance, at most its last 50 periods.

        The function takes about 0.1 s, does not change the run, and may be called in another thread; `measured`
        then has its result. None before a whole period.
        """
        span, wave = self.span, self._session.learnt
        if span is None or wave is None:
            return None
        signal = self._session.record.signals(*span)[OUTPUT]
        course = self._session.course
        release = (span[0] - self._session.clock_start) / wave.per_period % 1.0

        def measure() -> Quality:
            found = quality(signal, wave.one_period, wave.per_period, release=release)
            self._whole = (course, span, found)
            return found

        return measure

    @property
    def measured(self) -> Quality | None:
        """The last result of `measuring`, if it belongs to the present moment."""
        whole = self._whole
        return whole[2] if whole and whole[:2] == (self._session.course, self.span) else None

    def error_at(self, samples: int) -> PeriodError | None:
        """Return the error of the last whole period up to `samples`; None without one."""
        return next((entry for entry in reversed(self._session.errors) if entry.end <= samples), None)

    def error_curve(self) -> tuple[Floats, Floats, Floats]:
        """Return the ends of all periods in seconds, and their errors with free and with fixed phase."""
        ends, errors, fixed = np.array(self._session.errors, dtype=float).reshape(-1, 3).T
        return ends * SAMPLE_TIME, errors, fixed

    @property
    def silent(self) -> bool:
        """Whether the last period of the free run varies by less than a tenth of the waveform's range."""
        wave, found = self._session.learnt, self.heard(1)
        if wave is None or found is None:
            return False
        return float(np.ptp(self._output(found.aligned.size))) < SILENT_SHARE * float(np.ptp(wave.one_period))

    def generated_period(self) -> Floats | None:
        """Return the last period of the free run, aligned with the wave, at 100 even steps."""
        wave, found = self._session.learnt, self.heard(1)
        if wave is None or found is None:
            return None
        signal = self._output(found.aligned.size)
        share = (np.arange(signal.size) / wave.per_period + found.shift) % 1.0
        order = np.argsort(share)
        at = np.arange(POINTS) / POINTS
        return np.interp(at, share[order], signal[order], period=1.0)

    # -- inside --------------------------------------------------------------------------------------------------

    @property
    def span(self) -> tuple[int, int] | None:
        """The samples of the free run that are measured; None before a whole period."""
        wave = self._session.learnt
        if self._session.phase != "run" or wave is None or not wave.varies:
            return None
        most = round(MEASURED_PERIODS * wave.per_period)
        start = max(self._session.undisturbed, self._session.record.first, self._session.samples - most)
        return (start, self._session.samples) if self._session.samples - start >= wave.per_period else None

    def _output(self, length: int) -> Floats:
        result: Floats = self._session.record.signals(self._session.samples - length, self._session.samples)[
            OUTPUT
        ]
        return result
