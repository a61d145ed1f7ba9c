"""The work of ``dwmtj signal`` and its reports: text, or one JSON object."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from dwmtj_widgets import __version__
from dwmtj_widgets.cli.signal.inputs import settings, shape_of
from dwmtj_widgets.cli.tables import aligned
from dwmtj_widgets.mtj_rnn import MTJNetwork, waveform
from dwmtj_widgets.mtj_rnn.measures import Quality, quality
from dwmtj_widgets.mtj_rnn.recognition import (
    TRAINING_WINDOWS,
    Recognition,
    examine,
    labelled_stream,
    recogniser,
)
from dwmtj_widgets.mtj_rnn.recognition import train as teach
from dwmtj_widgets.mtj_rnn.running import DEFAULT_SAMPLE_TIME
from dwmtj_widgets.mtj_rnn.signals import KINDS, drawn, samples_per_period
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.tasks.intervals import wilson
from dwmtj_widgets.units import from_shown, quantity
from dwmtj_widgets.validation import whole, within

Floats = NDArray[np.float64]

TEST_SEED: Final = 1_000_000
"""Added to the seed for the test, whose phases, amplitudes and noise do not occur in training."""
MOST_PERIODS: Final = 10_000

GENERATE_KEYS: Final = {
    "version": "version of this package",
    "error": "RMS of free run minus waveform over the waveform's standard deviation, aligned by one phase",
    "error_phase_fixed": "the same with the phase fixed at release, where the training's clock goes on",
    "shape_error": "the same with every period aligned by itself",
    "period_error_ppm": "period of the free run against the waveform's, parts per million; null below 2 periods",
    "locked_periods": "whole periods until the free run is off by half of the standard deviation",
    "periods": "periods of the free run",
    "weight_norm": "length of the readout weights",
    "training_time_s": "device time of the training",
    "run_time_s": "device time of the free run",
    "time_step_s": "step of the integrator, limited by the network's fastest time scale",
    "wall_time_s": "seconds that training and free run took on this computer",
    "output": "the free run, one value a sample",
    "sample_time_s": "time between two samples",
    "settings": "waveform, period, size, seed, training, and every changed setting",
}

RECOGNISE_KEYS: Final = {
    "version": "version of this package",
    "accuracy": "0 to 1: unseen windows that were recognised",
    "accuracy_interval": "95 % interval of that share (Wilson)",
    "settled_accuracy": "the same without the first window after a change of waveform; null without any",
    "confusion": "counts: a row for each waveform fed, a column for each read",
    "waves": "names of rows and columns",
    "windows": "number of tested windows, each one period long",
    "wall_time_s": "seconds that training and test took on this computer",
    "settings": "period, noise (0 to 1), size, seed, training windows, and every changed setting",
}


@dataclass(frozen=True)
class GenerateOrder:
    """Options of the command line, in display units (ns)."""

    wave: str = "harmonics"
    period: float = 20.0
    amplitude: float = 1.0
    size: int = 40
    seed: int = 0
    train: int = 100
    periods: int = 50
    changes: Sequence[str] = ()
    output: str | None = None


@dataclass(frozen=True)
class RecogniseOrder:
    """Options of the command line, in display units (ns, %)."""

    waves: str = "sine,sawtooth,square"
    period: float = 20.0
    noise: float = 10.0
    size: int = 40
    seed: int = 0
    train: int = TRAINING_WINDOWS
    windows: int = 200
    changes: Sequence[str] = ()


@dataclass(frozen=True)
class GenerateReport:
    """A free run and its quality. SI units."""

    output: Floats
    measure: Quality
    periods: int
    weight_norm: float
    training_time: float
    run_time: float
    time_step: float
    wall_time: float
    settings: dict[str, Any]

    def text(self) -> str:
        """Return the report as text."""
        m, s = self.measure, self.settings
        ppm = (
            "not measurable in less than 2 periods"
            if isnan(m.period_error)
            else f"{m.period_error_ppm:+,.0f} ppm"
        )
        return f"""\
{s["size"]} junctions (seed {s["seed"]}) learnt {s["wave"]}, period {quantity(s["period_s"], "s")}, \
in {s["train"]} periods ({quantity(self.training_time, "s")}), and then ran freely for {self.periods} \
({quantity(self.run_time, "s")}).

Error          {quantity(m.error, "%", digits=3)} of the waveform's standard deviation, aligned by one phase
Phase fixed    {quantity(m.fixed_error, "%", digits=3)}, with the phase of the training
Shape error    {quantity(m.shape_error, "%", digits=3)}, every period aligned by itself
Period         off by {ppm}
Locked         {m.locked} of {self.periods} periods
Weights        |w| = {quantity(self.weight_norm, "1")}

Training and free run took {quantity(self.wall_time, "", decimals=1)} s on this computer."""

    def json(self) -> str:
        """Return one JSON object; its keys are those of `GENERATE_KEYS`."""
        m = self.measure
        values = {
            "version": __version__,
            "error": m.error,
            "error_phase_fixed": m.fixed_error,
            "shape_error": m.shape_error,
            "period_error_ppm": None if isnan(m.period_error) else m.period_error_ppm,
            "locked_periods": m.locked,
            "periods": self.periods,
            "weight_norm": self.weight_norm,
            "training_time_s": self.training_time,
            "run_time_s": self.run_time,
            "time_step_s": self.time_step,
            "wall_time_s": self.wall_time,
            "output": self.output.tolist(),
            "sample_time_s": DEFAULT_SAMPLE_TIME,
            "settings": self.settings,
        }
        return json.dumps(values, allow_nan=False)


@dataclass(frozen=True)
class RecogniseReport:
    """Result of a recognition. SI units."""

    found: Recognition
    names: Sequence[str]
    wall_time: float
    settings: dict[str, Any]

    def text(self) -> str:
        """Return the report as text, with the counts as a table."""
        s, found = self.settings, self.found
        total = int(found.confusion.sum())
        low, high = wilson(int(np.trace(found.confusion)), total)
        settled = (
            "" if isnan(found.settled_accuracy) else
            f"\n{quantity(found.settled_accuracy, '%', digits=3)} without the first period after a change of waveform."
        )  # fmt: skip
        return f"""\
{s["size"]} junctions (seed {s["seed"]}) learnt {", ".join(self.names)}, period {quantity(s["period_s"], "s")}, \
from {s["train"]} periods with {quantity(s["noise"], "%")} noise.

{quantity(found.accuracy, "%", digits=3)} of {total} unseen periods recognised \
(95% interval {quantity(low, "%", digits=3)} to {quantity(high, "%", digits=3)}).{settled}

{self._table()}

Training and test took {quantity(self.wall_time, "", decimals=1)} s on this computer."""

    def json(self) -> str:
        """Return one JSON object; its keys are those of `RECOGNISE_KEYS`."""
        found = self.found
        total = int(found.confusion.sum())
        settled = found.settled_accuracy
        values = {
            "version": __version__,
            "accuracy": found.accuracy,
            "accuracy_interval": list(wilson(int(np.trace(found.confusion)), total)),
            "settled_accuracy": None if isnan(settled) else settled,
            "confusion": found.confusion.tolist(),
            "waves": list(self.names),
            "windows": total,
            "wall_time_s": self.wall_time,
            "settings": self.settings,
        }
        return json.dumps(values, allow_nan=False)

    def _table(self) -> str:
        rows = [["fed / read", *self.names]]
        for name, counts in zip(self.names, self.found.confusion.tolist(), strict=True):
            rows.append([name, *map(str, counts)])
        return "\n".join(aligned(rows, named=True))


def generate(order: GenerateOrder) -> GenerateReport:
    """Train a network, let it run, and measure it.

    Raises
    ------
    Refused
        If something in the order is illegal; the sentence says what arrived and what is legal.
    OSError
        If a file cannot be read or written.
    """
    period = from_shown(order.period, "s")
    per_period = samples_per_period(period, DEFAULT_SAMPLE_TIME)
    taught, run = _periods(order.train, "train"), _periods(order.periods, "periods")
    amplitude = within(order.amplitude, "amplitude", 1e-6, 1e6)
    one = shape_of(order.wave)
    shape = amplitude * one
    if not np.ptp(shape):
        msg = f"{order.wave} is flat, so there is nothing to learn; give a waveform that varies."
        raise Refused(msg)
    common: dict[str, Any] = {
        "period": period,
        "sample_time": DEFAULT_SAMPLE_TIME,
        "periods": taught,
        "amplitude": amplitude,
    }
    target = waveform(order.wave, **common) if order.wave in KINDS else drawn(one, **common)
    network = MTJNetwork(order.size, order.seed, **settings(order.changes))
    if order.output is not None:
        # Before the training, which takes seconds, so that a file that cannot be written is refused at once.
        Path(order.output).touch()
    start = perf_counter()
    course = network.train(target, DEFAULT_SAMPLE_TIME)
    output = network.generate(run * period)
    wall = perf_counter() - start
    if order.output is not None:
        _write_csv(Path(order.output), course.time[-1], output)
    return GenerateReport(
        output=output,
        measure=quality(output, shape, per_period, release=target.size / per_period % 1.0),
        periods=run,
        weight_norm=float(course.weight_norm[-1]),
        training_time=target.size * DEFAULT_SAMPLE_TIME,
        run_time=output.size * DEFAULT_SAMPLE_TIME,
        time_step=network.time_step,
        wall_time=wall,
        settings={
            "wave": order.wave,
            "period_s": period,
            "amplitude": amplitude,
            "size": network.size,
            "seed": network.seed,
            "train": taught,
            **settings(order.changes),
        },
    )


def recognise(order: RecogniseOrder) -> RecogniseReport:
    """Train a network to recognise waveforms, and test it with unseen windows.

    Raises
    ------
    Refused
        If something in the order is illegal; the sentence says what arrived and what is legal.
    OSError
        If a file cannot be read.
    """
    names = [name.strip() for name in order.waves.split(",") if name.strip()]
    shapes = [shape_of(name) for name in names]
    period, noise = from_shown(order.period, "s"), from_shown(order.noise, "%")
    changes = settings(order.changes)
    network = recogniser(order.size, order.seed, **changes)
    common: dict[str, Any] = {"period": period, "sample_time": DEFAULT_SAMPLE_TIME, "noise": noise}
    # Before the training, which takes seconds, so that an illegal value is refused at once.
    stream = labelled_stream(shapes, order.windows, seed=TEST_SEED + network.seed, **common)
    start = perf_counter()
    teach(network, shapes, windows=order.train, seed=network.seed, **common)
    found = examine(network, stream, classes=len(names))
    return RecogniseReport(
        found=found,
        names=names,
        wall_time=perf_counter() - start,
        settings={
            "period_s": period,
            "noise": noise,
            "size": network.size,
            "seed": network.seed,
            "train": order.train,
            **changes,
        },
    )


def _periods(value: int, name: str) -> int:
    return whole(value, name, 1, MOST_PERIODS)


def _write_csv(path: Path, begin: float, output: Floats) -> None:
    times = begin + (1 + np.arange(output.size)) * DEFAULT_SAMPLE_TIME
    rows = (f"{time:.12g},{value!r}" for time, value in zip(times, output.tolist(), strict=True))
    path.write_text("\n".join(["time_s,output", *rows, ""]), encoding="utf-8")
