"""Figure 6(c): bitwise accuracy of the recall of three distorted images."""

from __future__ import annotations

from dataclasses import replace
from statistics import NormalDist
from typing import Final, Literal

import numpy as np

from dwmtj_widgets.paper.findings import (
    BOUNDED,
    Chart,
    ComparedNumber,
    Results,
    Section,
    Series,
    accuracy,
    claim,
    column,
    compare,
    curve,
    in_unit,
    measured_series,
    unfinished,
)
from dwmtj_widgets.paper.intervals import REPEATED, mean_of_means
from dwmtj_widgets.paper.points import FIG6_DISTORTIONS, Plan, fig6_points
from dwmtj_widgets.paper.released import Released
from dwmtj_widgets.tasks.intervals import Interval, Z

LETTERS: Final = "UTD"
BITS: Final = 100
_STATED: Final[tuple[tuple[Literal["released", "printed"], str], ...]] = (
    ("released", "raw outputs"),
    ("printed", "as plotted"),
)
RELEASED_TRIALS: Final = 125
"""Trials a letter and distortion: the released errors are multiples of 1/12500."""
OWN_LETTERS: Final = (
    "The paper's three images are read from the reference folder; without it these are three letters U, T, D of our "
    "own, so accuracies cannot be compared."
)


def section(plan: Plan, results: Results, released: Released) -> Section:
    """Return the report of figure 6(c)."""
    report = Section(
        "fig6",
        "Figure 6(c): recall of distorted images",
        "Printed: three 10 × 10 images U, T, D, distortion 0 to 0.50, Table I. Here as the release did it: distortion "
        f"d or 1 - d with equal odds, V_C = 0.25 V, load 15 ns, at least 56 ns, {plan.image} recalls a letter and "
        "distortion; right is every bit equal to the letter or its inverse.",
    )
    own = released.own_letters
    raw, plotted = ({}, {}) if own else (released.fig6("released"), released.fig6("plotted"))
    letters = released.letters()
    errors = {
        (letter, d): column(results, plan.image_recall(letters, k, d).key, "errors") / BITS
        for k, letter in enumerate(LETTERS)
        for d in FIG6_DISTORTIONS
    }
    for letter in LETTERS:
        points = [
            _point(letter, d, errors[letter, d], raw.get((letter, d)), plotted.get((letter, d)))
            for d in FIG6_DISTORTIONS
        ]
        report.details += points
        report.comparisons.append(_curve(letter, errors, points))
    if plotted:
        report.comparisons.append(_third(errors, plotted))
    if not own:
        report.comparisons += [_past_035(letter, errors) for letter in LETTERS]
    report.charts = [_chart(report.details)]
    given_up = unfinished(results, [point.key for point in fig6_points(plan, released)])
    report.notes = [note for note in (OWN_LETTERS if own else "", given_up) if note]
    return report


def _point(
    letter: str, distortion: float, error: np.ndarray, raw: float | None, plotted: float | None
) -> ComparedNumber:
    measured, interval, repeat = accuracy(error * BITS, BITS, RELEASED_TRIALS)
    row = compare(
        f"{letter}, distortion {distortion:.2f}",
        "%",
        measured,
        interval,
        BOUNDED,
        repeat=repeat,
        released=None if raw is None else 1.0 - raw,
    )
    # The plotted curve is shown, but agreement is judged against the raw outputs.
    return replace(row, printed=None if plotted is None else 1.0 - plotted)


def _curve(
    letter: str, errors: dict[tuple[str, float], np.ndarray], points: list[ComparedNumber]
) -> ComparedNumber:
    shares = [1.0 - errors[letter, d] for d in FIG6_DISTORTIONS]
    raw = [point.released for point in points if point.released is not None]
    printed = [point.printed for point in points if point.printed is not None]
    row = compare(
        f"{letter}: accuracy, mean of all distortions, against the released raw outputs",
        "%",
        float(np.mean([share.mean() for share in shares])),
        mean_of_means(shares).within(0.0, 1.0),
        "normal",
        repeat=mean_of_means(shares, RELEASED_TRIALS).within(0.0, 1.0),
        released=float(np.mean(raw)) if raw else None,
    )
    if not raw:
        return row
    return replace(curve(row, points), printed=float(np.mean(printed)) if printed else None)


def _third(
    errors: dict[tuple[str, float], np.ndarray], plotted: dict[tuple[str, float], float]
) -> ComparedNumber:
    """Compare the plotted curve with ours: its errors are too small by a common factor."""
    keys = [key for key in errors if key in plotted]
    ours = float(np.mean([errors[key].mean() for key in keys]))
    spread = mean_of_means([errors[key] for key in keys])
    theirs = mean_of_means([errors[key] for key in keys], RELEASED_TRIALS)
    drawn = float(np.mean([plotted[key] for key in keys]))
    ratio = drawn / ours
    half = ratio * (theirs.high - theirs.low) / (2.0 * ours)
    return compare(
        "Plotted error, in units of ours (1 if the figure shows what was simulated)",
        "1",
        ratio,
        Interval(drawn / spread.high, drawn / spread.low),
        "normal",
        repeat=Interval(ratio - half, ratio + half),
        printed=1.0,
        why="The figure plots 1 - error/3: it shows a third of the error that the released raw outputs contain, "
        "and ours agrees with those.",
    )


def _past_035(letter: str, errors: dict[tuple[str, float], np.ndarray]) -> ComparedNumber:
    """Compare the text's statement that beyond a distortion of 0.35 T improves and the others degrade."""
    first, last = errors[letter, 0.35], errors[letter, 0.5]
    change = float(first.mean() - last.mean())
    half = Z * float(np.sqrt(first.var() / first.shape[0] + last.var() / last.shape[0]))
    rises = letter == "T"
    row = compare(
        f"{letter}: change of accuracy from distortion 0.35 to 0.50 (printed: {'rises' if rises else 'falls'})",
        "%",
        change,
        Interval(change - half, change + half),
        "normal",
    )
    sure = half * NormalDist().inv_cdf(0.5 + REPEATED / 2.0) / Z
    return claim(row, Interval(change - sure, change + sure), positive=rises)


def _chart(points: list[ComparedNumber]) -> Chart:
    series, size = [], len(FIG6_DISTORTIONS)
    groups = [points[k * size : (k + 1) * size] for k in range(len(LETTERS))]
    for index, own in enumerate(groups):
        measured, bars = [p.measured for p in own], [p.interval for p in own if p.interval]
        series.append(
            measured_series(f"{LETTERS[index]}, measured", FIG6_DISTORTIONS, measured, bars, "%", index)
        )
    for index, own in enumerate(groups):
        for kind, name in _STATED:
            known = [getattr(p, kind) for p in own]
            if None not in known:
                label, drawn = f"{LETTERS[index]}, {name}", in_unit(known, "%")
                series.append(Series(label, FIG6_DISTORTIONS, drawn, kind=kind, colour=index))
    return Chart(
        "Bitwise accuracy of image recall", "Distortion", "Bitwise accuracy in %", series, dodge=True
    )
