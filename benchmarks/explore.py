"""Sweeps and chips: what a trial costs beside its run, a map of 20 x 20 points, a hundred chips, a yield curve.

Run: python benchmarks/explore.py [--quick]. Wall seconds are of this machine and all who share it, CPU seconds less so.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from dwmtj_widgets import Network, Simulation, hebbian_weights
from dwmtj_widgets.explore import Point, Sweep, linear, run_sweep, trial_of
from dwmtj_widgets.explore.trials import measured
from dwmtj_widgets.hopfield.ensemble import recall_chips
from dwmtj_widgets.hopfield.variation import Variation, fabricate

EVERY = {"track_length": 0.05, "tmr": 0.05, "r_parallel": 0.05, "leak": 0.05, "mobility": 0.05}


@contextmanager
def timed(what: str) -> Iterator[None]:
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    print(f"{what}: {time.perf_counter() - wall:.2f} s, {time.process_time() - cpu:.2f} CPU s")


def cpu_of_one(count: int, work: object) -> float:
    begun = time.process_time()
    for number in range(count):
        work(number)  # type: ignore[operator]
    return (time.process_time() - begun) / count


def one_trial(count: int) -> None:
    """A trial as the sweep makes it, beside the same through `Simulation`, and the run alone."""
    point = Point("random_recall", {})
    trials = [trial_of(point, 0, number) for number in range(count)]
    simulations = [Simulation(trial.network, trial.pattern) for trial in trials]
    whole = cpu_of_one(count, lambda number: measured(point, 0, number))
    plain = cpu_of_one(
        count, lambda number: Simulation((t := trial_of(point, 0, number)).network, t.pattern).run()
    )
    run = cpu_of_one(count, lambda number: simulations[number].run())
    print(
        f"a trial of 60 neurons: {1e3 * whole:.3f} CPU ms, {1e3 * plain:.3f} by Simulation; "
        f"the run itself {1e3 * run:.3f} ({whole / run:.2f} times)"
    )


def a_map(trials: int) -> None:
    """The map of (W, V_C) of the issue: 60 neurons, one stored pattern, a random input."""
    volts = linear(0.02, 0.4, 20)
    sweep = Sweep("random_recall", {"weight": volts, "charge_voltage": volts}, trials)
    with tempfile.TemporaryDirectory() as folder:
        with timed(f"map of 20 x 20 points, {trials} trials each, kept on disk"):
            result = run_sweep(sweep, folder)
        size = sum(file.stat().st_size for file in Path(folder).iterdir())
        with timed("  reading it again"):
            run_sweep(sweep, folder)
        with timed("  its statistics"):
            result.statistics()
    print(
        f"  {size / result.total:.1f} bytes a trial on disk, {result.rows.nbytes / result.total:.0f} in memory"
    )


def chips(count: int) -> None:
    rng = np.random.default_rng(0)
    patterns = rng.integers(0, 2, (3, 100))
    design = Network(hebbian_weights(patterns, 0.1))
    cue = patterns[0].copy()
    cue[rng.permutation(100)[:20]] ^= 1
    for name, variation in (
        ("no spread", Variation()),
        ("5 % on TMR and R_P", Variation(tmr=0.05, r_parallel=0.05)),
        ("5 % on everything", Variation(**EVERY)),
        ("jitter of 1 m/s", Variation(jitter=1.0)),
    ):
        made = [fabricate(design, variation, seed) for seed in range(count)]
        with timed(f"{count} chips of 100 neurons, {name}"):
            result = recall_chips(made, cue)
        print(
            f"  mean time {1e9 * result.time.mean():.1f} ns, {result.converged.sum()} converged, "
            f"{(result.bits == patterns[0]).all(axis=1).sum()} without a wrong bit"
        )


def a_yield_curve(trials: int) -> None:
    sweep = Sweep(
        "random_recall",
        {"neurons": (20, 60, 100), "spread": (0.0, 0.02, 0.05, 0.1)},
        trials,
        fixed={"patterns": 2, "cue": "distorted", "max_time": 1e-6},
    )
    with timed(f"yield against spread, 20 to 100 neurons, {trials} chips a point"):
        result = run_sweep(sweep)
    numbers = result.statistics()
    for index, point in enumerate(sweep.points):
        print(
            f"  N = {point.size:3d}, spread {point.values['spread']:4.0%}: "
            f"full successes {numbers['success'][index]:4.0%}, converged {numbers['converged'][index]:4.0%}, "
            f"mean time {1e9 * numbers['time'][index]:6.1f} ns"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of everything")
    share = 10 if parser.parse_args().quick else 1
    run_sweep(Sweep("random_recall", {"spread": (0.0,)}, 1))  # compiled before anything is timed
    one_trial(1000 // share)
    a_map(100 // share)
    chips(100 // share)
    a_yield_curve(50 // share)


if __name__ == "__main__":
    main()
