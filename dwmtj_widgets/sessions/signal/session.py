"""What the Signal Lab knows of a run, without a page: how good it is, what is to be learnt, and how to take it away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import Field, replace
from dataclasses import fields as dataclass_fields
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from dwmtj_widgets.mtj_rnn import NetworkSettings
from dwmtj_widgets.mtj_rnn.macrospin import Junction
from dwmtj_widgets.mtj_rnn.measures import Alignment, Quality, quality
from dwmtj_widgets.mtj_rnn.signals import at_share
from dwmtj_widgets.sessions.signal.journal import keywords
from dwmtj_widgets.sessions.signal.run import (
    LARGEST_SEED,
    LARGEST_SIZE,
    MOST_PERIODS,
    OUTPUT,
    PeriodError,
    SignalRun,
    changed,
    made_network,
)
from dwmtj_widgets.sessions.signal.wave import DRAWN, POINTS, SAMPLE_TIME, SHAPES, Floats, Wave, match
from dwmtj_widgets.sessions.snapshot import Fields
from dwmtj_widgets.texts import tr

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


class SignalSession(SignalRun):
    """A run with its measures and its setting; the parameters are those of `SignalRun`."""

    _whole: tuple[object, tuple[int, int], Quality] | None = None
    """Which part of which course was last measured, and what was found."""

    # -- reading -------------------------------------------------------------------------------------------------

    @property
    def marks(self) -> list[tuple[int, str]]:
        """Samples at which something began or was done, and what it is called."""
        found, last = [], ("", self.wave)
        for action in self.journal.actions:
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
        wave = self.learnt
        there = self.samples - max(self.undisturbed, self.record.first)
        if self.phase != "run" or wave is None or not wave.varies or there < wave.per_period:
            return None
        length = round(min(periods, int(there / wave.per_period)) * wave.per_period)
        return match(self._output(length), wave)

    def beside(self, first: int, output: Floats, free: npt.NDArray[np.bool_], now: int | None) -> Floats:
        """Return the waveform beside those samples of an output, the first of number `first`, that are free.

        It lies as it fits best on two periods: the last ones, or those about the sample `now`. Before there is a
        period, it goes on with the clock of the training.
        """
        wave = self.learnt
        there = first + np.flatnonzero(free)
        if wave is None or not there.size:
            return np.full(there.size, np.nan)
        length = round(min(2, int(there.size / wave.per_period)) * wave.per_period)
        if not length or not wave.varies:
            begin, shift = self.clock_start, 0.0
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
        span, wave = self.span, self.learnt
        if span is None or wave is None:
            return None
        signal = self.record.signals(*span)[OUTPUT]
        course = self.course
        release = (span[0] - self.clock_start) / wave.per_period % 1.0

        def measure() -> Quality:
            found = quality(signal, wave.one_period, wave.per_period, release=release)
            self._whole = (course, span, found)
            return found

        return measure

    @property
    def measured(self) -> Quality | None:
        """What `measuring` last found, if it is of the present moment."""
        whole = self._whole
        return whole[2] if whole and whole[:2] == (self.course, self.span) else None

    def error_at(self, samples: int) -> PeriodError | None:
        """Return the error of the last whole period before so many samples, None before there is one."""
        return next((entry for entry in reversed(self.errors) if entry.end <= samples), None)

    def error_curve(self) -> tuple[Floats, Floats, Floats]:
        """Return the end of every period in seconds, and its errors, with the phase free and fixed."""
        ends, errors, fixed = np.array(self.errors, dtype=float).reshape(-1, 3).T
        return ends * SAMPLE_TIME, errors, fixed

    @property
    def silent(self) -> bool:
        """Whether the last period of the free run hardly varies: by less than a tenth of the waveform."""
        wave, found = self.learnt, self.heard(1)
        if wave is None or found is None:
            return False
        return float(np.ptp(self._output(found.aligned.size))) < SILENT_SHARE * float(np.ptp(wave.one_period))

    def generated_period(self) -> Floats | None:
        """Return the last period of the free run, laid on the wave's phase, at 100 even steps."""
        wave, found = self.learnt, self.heard(1)
        if wave is None or found is None:
            return None
        signal = self._output(found.aligned.size)
        share = (np.arange(signal.size) / wave.per_period + found.shift) % 1.0
        order = np.argsort(share)
        at = np.arange(POINTS) / POINTS
        return np.interp(at, share[order], signal[order], period=1.0)

    # -- what is to be learnt ------------------------------------------------------------------------------------

    def set_wave(self, wave: Wave) -> None:
        """Take another waveform; a training under way goes on with it."""
        self.wave = wave

    def choose(self, kind: str) -> None:
        """Take one of the named shapes, with the present period and amplitude."""
        self.set_wave(Wave(kind, self.wave.period, self.wave.amplitude))

    def draw(self, samples: npt.ArrayLike) -> None:
        """Take a drawn period, 100 numbers from -1 to 1."""
        self.set_wave(Wave.of_samples(np.asarray(samples, float), self.wave.period, self.wave.amplitude))

    def reshape(self, **changes: Any) -> None:
        """Change period or amplitude."""
        self.set_wave(replace(self.wave, **changes))

    def open_csv(self, content: bytes) -> None:
        """Take the waveform in a table of one period."""
        self.set_wave(Wave.from_csv(content, self.wave.period, self.wave.amplitude))

    # -- taking away ---------------------------------------------------------------------------------------------

    def setting(self) -> dict[str, Any]:
        """Return all that begins the same run again, for an address or a file."""
        wave = self.wave
        return {
            "waveform": wave.kind,
            **({"samples": list(wave.samples)} if wave.samples else {}),
            "period": wave.period,
            "amplitude": wave.amplitude,
            "size": self.network.size,
            "seed": self.network.seed,
            "train_periods": self.train_periods,
            "run_periods": self.run_periods,
            "changed": dict(self.changes),
        }

    def restore(self, fields: Fields) -> None:
        """Take over what `setting` gave; the network is then at time 0."""
        kind = fields.choice("waveform", SHAPES)
        samples = (
            fields.items("samples", lambda f, n: f.number(n, -1.0, 1.0), POINTS) if kind == DRAWN else []
        )
        period, amplitude = fields.number("period", 0.0, 1.0, "s"), fields.number("amplitude", 0.0, 1e6)
        wave = Wave(kind, period, amplitude, tuple(samples))
        size = fields.whole("size", 1, LARGEST_SIZE)
        seed = fields.whole("seed", 0, LARGEST_SEED)
        lengths = {n: fields.whole(n, 1, MOST_PERIODS) for n in ("train_periods", "run_periods")}
        table = fields.table("changed")
        changes = {
            entry.name: _number(table, entry)
            for entry in (*dataclass_fields(NetworkSettings), *dataclass_fields(Junction))
            if entry.name in table
        }
        table.close()
        fields.close()
        network = made_network(size, seed, changes)
        self.wave, self.changes = wave, changed(changes)
        self.set_lengths(**lengths)
        self._begin(network)

    def python(self) -> str:
        """Return the lines of Python that repeat everything since the network was made, bit for bit."""
        network, actions = self.network, self.journal.actions
        signals = sorted({"drawn" if d.wave.samples else "waveform" for d in actions if d.wave is not None})
        lines = ["from dwmtj_widgets.mtj_rnn import MTJNetwork"]
        if signals:
            lines.append(f"from dwmtj_widgets.mtj_rnn.signals import {', '.join(signals)}")
        more = f", {keywords(self._start)}" if self._start else ""
        lines += ["", f"network = MTJNetwork({network.size}, seed={network.seed}{more})"]
        lines += [action.python() for action in actions]
        return "\n".join([*lines, "print(network.output)", ""])

    def wave_csv(self) -> bytes:
        """Return one period of the waveform as comma-separated values: time in s, value."""
        times = np.arange(POINTS) / POINTS * self.wave.period
        rows = zip(times.tolist(), self.wave.one_period.tolist(), strict=True)
        return "\n".join(["time_s,value", *(f"{t:.6g},{v:.6g}" for t, v in rows), ""]).encode()

    # -- inside --------------------------------------------------------------------------------------------------

    @property
    def span(self) -> tuple[int, int] | None:
        """The samples of the free run that a measure is made of."""
        wave = self.learnt
        if self.phase != "run" or wave is None or not wave.varies:
            return None
        most = round(MEASURED_PERIODS * wave.per_period)
        start = max(self.undisturbed, self.record.first, self.samples - most)
        return (start, self.samples) if self.samples - start >= wave.per_period else None

    def _output(self, length: int) -> Floats:
        result: Floats = self.record.signals(self.samples - length, self.samples)[OUTPUT]
        return result


def _number(table: Fields, entry: Field[Any]) -> float:
    low, high = entry.metadata["legal"]
    return table.number(entry.name, low, high, entry.metadata["unit"])
