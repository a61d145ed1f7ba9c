"""How often intervals of 95 % hold the truth: means with a rare long tail, accuracies, the largest of a repetition.

Prints shares of simulated repetitions, method beside method on the same draws; docs/decisions/2026-11-29-intervals.md
says what was chosen. ``python benchmarks/coverage.py [REPETITIONS]``, about two minutes for 400.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from math import log, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dwmtj_widgets.paper.intervals import repeated_mean, repeated_order
from dwmtj_widgets.tasks.intervals import Interval, bootstrap_mean, bounded_mean, student_mean

Floats = NDArray[np.float64]
Draw = Callable[[np.random.Generator, int], Floats]

LIMIT: Final = 3000.0
"""ns; runs are given up then."""
SIZES: Final = (30, 100, 400, 1000, 4000)
REPETITION: Final = 100
"""Trials of a repetition."""


def _mixed(tail: Callable[[np.random.Generator, int], Floats], share: float = 0.01) -> Draw:
    def draw(rng: np.random.Generator, count: int) -> Floats:
        times = rng.normal(80.0, 10.0, count)
        return np.where(rng.random(count) < share, tail(rng, count), times)

    return draw


LAWS: Final[dict[str, tuple[Draw, float]]] = {
    "normal, 80 +- 10": (lambda rng, count: rng.normal(80.0, 10.0, count), 80.0),
    "exponential, 80": (lambda rng, count: rng.exponential(80.0, count), 80.0),
    "1 % up to the limit": (_mixed(lambda rng, n: rng.uniform(200.0, LIMIT, n)), 0.99 * 80.0 + 0.01 * 1600.0),
    "0.2 % given up": (_mixed(lambda _rng, n: np.full(n, LIMIT), 0.002), 0.998 * 80.0 + 0.002 * LIMIT),
}
"""Times in ns: how they are drawn, and their mean."""


def johnson_mean(values: Floats) -> Interval:
    """Return Johnson's interval: Student's, moved by the skewness of the sample."""
    ends, n, spread = student_mean(values), len(values), float(values.std())
    shift = float(((values - values.mean()) ** 3).mean()) / (6.0 * n * spread**2) if spread else 0.0
    return Interval(ends.low + shift, ends.high + shift)


def cox_mean(values: Floats) -> Interval:
    """Return Cox's interval of the mean of a lognormal law."""
    logs, n = np.log(np.maximum(values, 1e-3)), len(values)
    variance = float(logs.var(ddof=1))
    middle, half = (
        float(logs.mean()) + variance / 2.0,
        1.96 * sqrt(variance / n + variance**2 / (2 * (n - 1))),
    )
    return Interval(float(np.exp(middle - half)), float(np.exp(middle + half)))


def bernstein_mean(values: Floats) -> Interval:
    """Return the empirical Bernstein interval (Maurer and Pontil) of values from 0 to the limit."""
    n, odds = len(values), log(2.0 / 0.025)
    half = sqrt(2.0 * float(values.var(ddof=1)) * odds / n) + 7.0 * LIMIT * odds / (3.0 * (n - 1))
    return Interval(float(values.mean()) - half, float(values.mean()) + half)


def anderson_mean(values: Floats) -> Interval:
    """Return Anderson's interval, by the band of Dvoretzky, Kiefer and Wolfowitz, of values from 0 to the limit."""
    n, array = len(values), np.sort(values)
    band = sqrt(log(2.0 / 0.05) / (2.0 * n))
    steps = np.arange(n + 1) / n
    gaps = np.diff(np.concatenate([[0.0], array, [LIMIT]]))
    most = float((gaps * (1.0 - np.maximum(steps - band, 0.0))).sum())
    return Interval(float((gaps * (1.0 - np.minimum(steps + band, 1.0))).sum()), most)


METHODS: Final[dict[str, Callable[[Floats], Interval]]] = {
    "Student": student_mean,
    "bootstrap": bootstrap_mean,
    "Johnson": johnson_mean,
    "Cox, lognormal": cox_mean,
    "Bernstein": bernstein_mean,
    "Anderson": anderson_mean,
    "bounded (Gaffke)": lambda values: bounded_mean(values, LIMIT),
}


def _means(repetitions: int) -> None:
    for law, (draw, mean) in LAWS.items():
        print(f"\nMean time, {law}: share that holds the mean, and median width in ns")
        print(f"{'trials':18}" + "".join(f"{size:>16}" for size in SIZES))
        for name, method in METHODS.items():
            cells = []
            for size in SIZES:
                rng = np.random.default_rng([1, size])
                ends = [method(draw(rng, size)) for _ in range(repetitions)]
                held = sum(mean in end for end in ends) / repetitions
                cells.append(f"{held:.3f} {np.median([e.high - e.low for e in ends]):8.3g}")
            print(f"{name:18}" + "".join(f"{cell:>16}" for cell in cells))


def _accuracies(repetitions: int) -> None:
    print("\nMean accuracy of 60 bits, one trial in K at 3/4 of the bits: share that holds it")
    print(f"{'trials':18}" + "".join(f"{size:>14}" for size in SIZES))
    for share in (0.002, 0.02, 0.2):
        for name, method in (
            ("Student", student_mean),
            ("bootstrap", bootstrap_mean),
            ("bounded", lambda v: bounded_mean(v, 1.0)),
        ):
            cells = []
            for size in SIZES:
                rng = np.random.default_rng([2, size])
                ends = [method(1.0 - 0.25 * (rng.random(size) < share)) for _ in range(repetitions)]
                cells.append(f"{sum(1.0 - 0.25 * share in end for end in ends) / repetitions:.3f}")
            print(f"{f'1 in {1 / share:g}, {name}':18}" + "".join(f"{cell:>14}" for cell in cells))


def _repeated(repetitions: int) -> None:
    for what in ("mean", "largest"):
        for confidence in (0.95, 0.999):
            print(f"\nThe {what} of {REPETITION} new trials lies in the range of {confidence:.1%}, by law")
            print(f"{'trials':22}" + "".join(f"{size:>8}" for size in SIZES))
            for law, (draw, _mean) in LAWS.items():
                cells = []
                for size in SIZES:
                    rng, held = np.random.default_rng([3, size]), 0
                    for _ in range(repetitions):
                        ours, theirs = draw(rng, size), draw(rng, REPETITION)
                        if what == "mean":
                            ends = repeated_mean(ours, REPETITION, LIMIT, confidence=confidence)
                            held += float(theirs.mean()) in ends
                        else:
                            ends = repeated_order(ours, REPETITION, REPETITION, LIMIT, confidence=confidence)
                            held += float(theirs.max()) in ends
                    cells.append(f"{held / repetitions:.3f}")
                print(f"{law:22}" + "".join(f"{cell:>8}" for cell in cells))


def main() -> None:
    """Print all tables."""
    repetitions = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    _means(repetitions)
    _accuracies(repetitions)
    _repeated(repetitions)


if __name__ == "__main__":
    main()
