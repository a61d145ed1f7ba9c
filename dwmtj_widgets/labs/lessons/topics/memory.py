"""Lesson 4: Hebb, basins, inverse patterns, spurious states, capacity."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np

from dwmtj_widgets.hopfield import Network, hebbian_weights
from dwmtj_widgets.hopfield.ensemble import recall_many
from dwmtj_widgets.labs.lessons.answers import Choice, Number, Option
from dwmtj_widgets.labs.lessons.course import Topic
from dwmtj_widgets.labs.lessons.figure import Chart, Measurement
from dwmtj_widgets.tasks.intervals import share_mean
from dwmtj_widgets.tasks.patterns import DEFAULT_MEMORIES, symbol
from dwmtj_widgets.tasks.random_recall import Conditions, distances, draw_trial, recall, wrong_bits
from dwmtj_widgets.units import shown
from dwmtj_widgets.widgets import palette
from dwmtj_widgets.widgets.plots.curve_plot import Curve, Scale

WEIGHT: Final = 0.1
INPUTS: Final = 200
SEED: Final = 1
PIXELS: Final = ((2, 2), (5, 6))
"""Row and column, from 1, of the exercise's pixels."""
_SIZES: Final = (5, 9, 13, 17, 21, 25, 29)
_PATTERNS: Final = (1, 2, 3, 4)
_TRIALS: Final = 60
_COUNT: Final = ("", "one pattern", "two", "three", "four")


def _memories() -> np.ndarray:
    return np.array([symbol(name) for name in DEFAULT_MEMORIES])


@cache
def ends_of_random_inputs() -> tuple[int, int, int]:
    """Return how many random inputs end in a memory, in the inverse of one, and in neither."""
    memories = _memories()
    inputs = np.random.default_rng(SEED).integers(0, 2, (INPUTS, memories.shape[1]))
    ends = recall_many(Network(hebbian_weights(memories, WEIGHT)), inputs)
    stored = int((ends.bits[:, None] == memories).all(axis=2).any(axis=1).sum())
    known = int((distances(ends.bits, memories).min(axis=1) == 0).sum())
    return stored, known - stored, INPUTS - known


def _happened() -> str:
    stored, inverse, neither = ends_of_random_inputs()
    return (
        f"Of {INPUTS} random inputs {stored} ended in a stored picture, {inverse} in the inverse of one, and "
        f"{neither} "
        "in a picture that nobody stored. These spurious pictures are mixtures: pixel by pixel the majority of the "
        "three memories, some of them inverted."
    )


def pixel_weight() -> float:
    """Return the weight between the exercise's two pixels in volts."""
    first, second = ((row - 1) * 10 + column - 1 for row, column in PIXELS)
    return float(hebbian_weights(_memories(), WEIGHT)[first, second])


def _charts() -> list[Chart]:
    conditions = Conditions(weight=WEIGHT)
    curves = []
    for index, patterns in enumerate(_PATTERNS):
        shares = [
            np.array([_right(conditions, size, patterns, k) for k in range(_TRIALS)]) for size in _SIZES
        ]
        spans = [share_mean(share) for share in shares]
        curves.append(
            Curve(
                _COUNT[patterns], _SIZES, [shown(float(s.mean()), "%") for s in shares], palette.SERIES[index],
                [shown(s.low, "%") for s in spans], [shown(s.high, "%") for s in spans],
                label=_COUNT[patterns], marker=("circle", "square", "triangle", "diamond")[index],
            )
        )  # fmt: skip
    return [
        Chart(
            Scale("Neurons N", 3.0, 30.0, "", symbol="N"),
            Scale("Bits right, %", 85.0, 100.5, "%", symbol="right"),
            curves,
        )
    ]


def _right(conditions: Conditions, size: int, patterns: int, trial: int) -> float:
    stored, cue, _rng = draw_trial(conditions, size, patterns, trial)
    return 1.0 - wrong_bits(recall(stored, cue, conditions).bits, stored) / size


_PLACES: Final = " and ".join(f"row {row}, column {column}" for row, column in PIXELS)

TOPIC = Topic(
    question=(
        f"The network stores three pictures. You load {INPUTS} inputs in which every pixel is drawn by chance, "
        "and let "
        "each run to its end. How many end in a stored picture or in the inverse of one?"
    ),
    options=(
        "All: every input falls to the nearest memory.",
        "About five of six; the others end in pictures that nobody stored.",
        "About half; the others never come to rest.",
        "Hardly any: without a hint there is nothing to recall.",
    ),
    right=1,
    happened=_happened,
    check=Choice(
        "A network stores the picture A. Then a person stores the inverse of A too (Hebb's rule, weights "
        "summed). What "
        "happens to the weights?",
        (
            Option(
                "They cancel, and nothing is stored.",
                "Take one pair of pixels. In the inverse both have changed sign. What is the sign of their product?",
            ),
            Option(
                "They double. The network stores nothing new.",
                "A weight holds only whether two pixels agree, and in the inverse the same pairs agree. So the "
                "inverse of "
                "a memory is a memory, whether you want it or not.",
            ),
            Option(
                "They stay the same, because the rule notices that it is the same picture.",
                "Hebb's rule adds without looking at what is there. What does it add for the inverse?",
            ),
            Option(
                "Half of them change sign.",
                "Write the weight of one pair for A and for its inverse, and compare.",
            ),
        ),
        right=1,
    ),
    exercise=Number(
        "The three pictures above are stored with W = 100 mV. What is the weight between the two pixels at "
        f"{_PLACES}? "
        "Rows count from the top, columns from the left.",
        pixel_weight,
        "V",
        (
            "For each picture ask: do the two pixels agree (+100 mV) or differ (−100 mV)?",
            "There are three pictures, so three terms of ±100 mV to add.",
            "Read again: picture A, then J, then L. Amber is ON.",
        ),
        "In A the two pixels agree, in J and in L they differ: +100 − 100 − 100.",
        tolerance=0.001,
    ),
    figure=Measurement(
        "how many patterns fit",
        "The paper's Fig. 5: share of right bits against the number of neurons, for one to four stored random "
        "patterns "
        f"and random inputs. Here: {_TRIALS} trials a point, device of Table I, intervals of 95 %.",
        _charts,
        seconds=2,
    ),
)
