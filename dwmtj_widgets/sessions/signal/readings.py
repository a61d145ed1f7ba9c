"""What is read off a run of the Signal Lab: marks, errors, the waveform beside the output, and how good it is."""

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
"""What actions are called where they are marked."""


class SignalReadings:
    """What a page shows of a session, beside its record.

    Parameters
    ----------
    session : SignalSession
        What is read.
    """

    def __init__(self, session: SignalSession) -> None:
        self._session = session
        self._whole: tuple[object, tuple[int, int], Quality] | None = None
        """Which part of which course was last measured, and what was found."""

    @property
    def marks(self) -> list[tuple[int, str]]:
        """Samples at which something began or was done, and what it is called."""
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
        """Return how the last whole periods of the free run lie on the wave, None before there is one."""
        wave = self._session.learnt
        there = self._session.samples - max(self._session.undisturbed, self._session.record.first)
        if self._session.phase != "run" or wave is None or not wave.varies or there < wave.per_period:
            return None
        length = round(min(periods, int(there / wave.per_period)) * wave.per_period)
        return match(self._output(length), wave)

    def beside(self, first: int, output: Floats, free: npt.NDArray[np.bool_], now: int | None) -> Floats:
        """Return the waveform beside those samples of an output, the first of number `first`, that are free.

        It lies as it fits best on two periods: the last ones, or those about the sample `now`. Before there is a
        period, it goes on with the clock of the training.
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
        """Return what measures the free run since the last disturbance, its last 50 periods at most.

        It takes some 0.1 s, touches nothing of the run, and may be called in another thread; what it found is
        then `measured`. None before there is a whole period.
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
        """What `measuring` last found, if it is of the present moment."""
        whole = self._whole
        return whole[2] if whole and whole[:2] == (self._session.course, self.span) else None

    def error_at(self, samples: int) -> PeriodError | None:
        """Return the error of the last whole period before so many samples, None before there is one."""
        return next((entry for entry in reversed(self._session.errors) if entry.end <= samples), None)

    def error_curve(self) -> tuple[Floats, Floats, Floats]:
        """Return the end of every period in seconds, and its errors, with the phase free and fixed."""
        ends, errors, fixed = np.array(self._session.errors, dtype=float).reshape(-1, 3).T
        return ends * SAMPLE_TIME, errors, fixed

    @property
    def silent(self) -> bool:
        """Whether the last period of the free run hardly varies: by less than a tenth of the waveform."""
        wave, found = self._session.learnt, self.heard(1)
        if wave is None or found is None:
            return False
        return float(np.ptp(self._output(found.aligned.size))) < SILENT_SHARE * float(np.ptp(wave.one_period))

    def generated_period(self) -> Floats | None:
        """Return the last period of the free run, laid on the wave's phase, at 100 even steps."""
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
        """The samples of the free run that a measure is made of."""
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
