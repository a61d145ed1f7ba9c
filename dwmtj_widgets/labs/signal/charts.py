"""The small charts of the Signal Lab: error and length of the weights over time, and the spectrum."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from dwmtj_widgets.mtj_rnn.measures import spectrum
from dwmtj_widgets.sessions.signal.record import NORM, OUTPUT
from dwmtj_widgets.sessions.signal.session import SignalSession
from dwmtj_widgets.sessions.signal.wave import SAMPLE_TIME, Wave
from dwmtj_widgets.texts import tr
from dwmtj_widgets.units import DISPLAY_UNITS, shown
from dwmtj_widgets.widgets import palette
from dwmtj_widgets.widgets.plots.curve_plot import Curve, CurvePlot, Mark, Scale, round_above

Floats = npt.NDArray[np.float64]

MOST_POINTS: Final = 150
SPECTRUM_PERIODS: Final = 16
HARMONICS: Final = 9
LEAST_AMPLITUDE: Final = 1e-3
SHORTEST_AXIS: Final = 200.0
"""Shortest time axis in ns."""
LINE, OTHER = palette.SERIES[1], palette.SERIES[0]


class SignalCharts:
    """Error per period, |w| and spectrum of one session."""

    def __init__(self, session: SignalSession) -> None:
        self._session = session
        label = tr(
            "Error of every period, in {unit} of the waveform's deviation; dotted: phase fixed at release"
        ).format(unit="%")
        self.error = CurvePlot(height=150, label=label)
        self.weights = CurvePlot(height=150, label=tr("Length of the readout weights |w|"))
        self.spectrum = CurvePlot(height=152, label=tr("Spectrum of the free run"))
        for name in ("error", "weights", "spectrum"):
            getattr(self, name).add_class(f"dwmtj-{name}-chart")

    @property
    def plots(self) -> tuple[CurvePlot, ...]:
        """All charts."""
        return self.error, self.weights, self.spectrum

    def show(self, now: float | None) -> None:
        """Draw all; `now` is the time in seconds shown when looking back."""
        session = self._session
        end = max(shown(session.time, "s"), SHORTEST_AXIS)
        first = shown(session.record.first * SAMPLE_TIME, "s")
        x = Scale(tr("time, ns"), first, end * 1.02, DISPLAY_UNITS["s"].symbol)
        marks = [] if now is None else [Mark(shown(now, "s"), palette.FOCUS, dash="solid")]
        self._show_error(x, marks)
        self._show_weights(x, marks)
        self._show_spectrum()

    def _show_error(self, x: Scale, marks: list[Mark]) -> None:
        times, errors, fixed = self._session.readings.error_curve()
        every = shown_times(times)
        times, errors = thinned(every, shown(1.0, "%") * errors)
        _times, fixed = thinned(every, shown(1.0, "%") * fixed)
        high = max(float(np.max(row, initial=0.0, where=np.isfinite(row))) for row in (errors, fixed))
        y = Scale(tr("error, %"), 0.1, max(high, 100.0) * 1.3, DISPLAY_UNITS["%"].symbol, log=True)
        curves = []
        if len(times):
            curves = [
                Curve(tr("phase fixed at release"), times.tolist(), fixed.tolist(), OTHER, dash="dotted"),
                Curve(tr("error"), times.tolist(), errors.tolist(), LINE),
            ]
        self.error.show(x, y, [*curves, *self._whole_run()], marks=marks)

    def _whole_run(self) -> list[Curve]:
        """Return the errors over the whole free run, the numbers beside the charts, as horizontal lines."""
        span, whole = self._session.readings.span, self._session.readings.measured
        if span is None or whole is None:
            return []
        ends = [shown(at * SAMPLE_TIME, "s") for at in span]
        return [
            Curve(name, ends, [shown(error, "%")] * 2, colour, dash="dashed", live=False, width=1.5)
            for name, error, colour in (
                (tr("phase fixed, whole run"), whole.fixed_error, OTHER),
                (tr("error, whole run"), whole.error, LINE),
            )
        ]

    def _show_weights(self, x: Scale, marks: list[Mark]) -> None:
        record = self._session.record
        norm = record.signals(record.first, record.end)[NORM]
        times = shown(1.0, "s") * SAMPLE_TIME * (record.first + 1 + np.arange(norm.size))
        times, norm = thinned(times, norm)
        curve = Curve("|w|", times.tolist(), norm.tolist(), OTHER)
        top = round_above(float(np.max(norm, initial=0.0)))
        self.weights.show(x, Scale("|w|", 0.0, top), [curve] if norm.size else [], marks=marks)

    def _show_spectrum(self) -> None:
        session = self._session
        wave = session.learnt or session.setting.wave
        axis = Scale(tr("frequency, GHz"), 0.0, shown((HARMONICS + 0.5) / wave.period, "Hz"), "GHz")
        y = Scale(tr("amplitude"), LEAST_AMPLITUDE, 2.0 * max(wave.amplitude, 0.1), log=True)
        curves = [_wave_harmonics(wave)] if wave.varies else []
        there = session.readings.heard(SPECTRUM_PERIODS)
        if there is not None:
            length = there.aligned.size
            signal = session.record.signals(session.samples - length, session.samples)[OUTPUT]
            curves.append(_spectrum_curve(signal, axis.high))
        self.spectrum.show(axis, y, curves, message="" if curves else tr("nothing to learn yet"))


def _wave_harmonics(wave: Wave) -> Curve:
    """Return the harmonics of the target, as circles without a line."""
    amplitude = 2.0 * np.abs(np.fft.rfft(wave.one_period)) / wave.one_period.size
    numbers = [k for k in range(1, HARMONICS + 1) if amplitude[k] >= LEAST_AMPLITUDE]
    x, y = [], []
    for k in numbers:
        x += [shown(k / wave.period, "Hz")] * 2
        y += [float(amplitude[k]), float("nan")]
    return Curve(tr("to learn"), x, y, OTHER, marker="circle", label="")


def _spectrum_curve(signal: Floats, highest: float) -> Curve:
    frequency, amplitude = spectrum(signal, SAMPLE_TIME)
    shown_frequency = shown(1.0, "Hz") * frequency
    part = shown_frequency <= highest
    x, y = shown_frequency[part][:200], np.maximum(amplitude[part][:200], LEAST_AMPLITUDE)
    return Curve(tr("generated"), x.tolist(), y.tolist(), LINE, width=1.5, live=False)


def shown_times(times: Floats) -> Floats:
    """Return times in display units."""
    return shown(1.0, "s") * times


def thinned(x: Floats, y: Floats, most: int = MOST_POINTS) -> tuple[Floats, Floats]:
    """Return at most `most` points, including the last one."""
    if x.size <= most:
        return x, y
    chosen = np.unique(np.linspace(0, x.size - 1, most).round().astype(int))
    return x[chosen], y[chosen]
