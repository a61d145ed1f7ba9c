"""Figure 5: bitwise accuracy of the recall of random patterns from random inputs."""

from __future__ import annotations

from math import inf
from typing import Final

import numpy as np

from dwmtj_widgets.paper.findings import (
    BOUNDED,
    Chart,
    ComparedNumber,
    Results,
    Section,
    Series,
    accuracy,
    column,
    compare,
    curve,
    in_unit,
    measured_series,
    unfinished,
)
from dwmtj_widgets.paper.intervals import mean_of_means, repeated_mean
from dwmtj_widgets.paper.points import FIG5_NEURONS, FIG5_PATTERNS, Plan, fig5_points
from dwmtj_widgets.paper.released import Released
from dwmtj_widgets.tasks.intervals import Interval

PRINTED_TRIALS: Final = 1000
_COUNT: Final = ("", "One pattern", "Two patterns", "Three patterns", "Four patterns")


def section(plan: Plan, results: Results, released: Released) -> Section:
    """Return the report of figure 5."""
    report = Section(
        "fig5",
        "Figure 5: recall of random patterns",
        "Printed: N = 3 to 29 (odd), 1 to 4 random patterns, random inputs, 1000 test cases a point, Table I "
        "(V_C = W = 0.1 V); right is every bit equal to the nearest stored pattern or its inverse. Here: the released "
        f"simulator's device and start, {plan.recall} networks a point, each with its own patterns and input, "
        "integrated from event to event.",
    )
    stated = released.fig5()
    for patterns in FIG5_PATTERNS:
        points = [_point(plan, results, stated, neurons, patterns) for neurons in FIG5_NEURONS]
        report.details += points
        report.comparisons.append(_curve(plan, results, points, patterns))
    report.comparisons += _sentences(plan, results)
    report.charts.append(_chart(report.details, stated))
    given_up = unfinished(results, [point.key for point in fig5_points(plan)])
    report.notes += [given_up] if given_up else []
    return report


def _wrong(plan: Plan, results: Results, neurons: int, patterns: int) -> np.ndarray:
    return column(results, plan.random_recall(neurons, patterns).key, "errors")


def _point(
    plan: Plan, results: Results, stated: dict[tuple[int, int], float], neurons: int, patterns: int
) -> ComparedNumber:
    wrong = _wrong(plan, results, neurons, patterns)
    measured, interval, repeat = accuracy(wrong, neurons, PRINTED_TRIALS)
    error = stated.get((neurons, patterns))
    return compare(
        f"{_COUNT[patterns]}, N = {neurons}",
        "%",
        measured,
        interval,
        BOUNDED,
        repeat=repeat,
        released=None if error is None else 1.0 - error,
    )


def _curve(plan: Plan, results: Results, points: list[ComparedNumber], patterns: int) -> ComparedNumber:
    """Compare a whole curve: its mean, and how many of its points agree."""
    shares = [1.0 - _wrong(plan, results, n, patterns) / n for n in FIG5_NEURONS]
    measured = float(np.mean([share.mean() for share in shares]))
    known = [point.released for point in points if point.released is not None]
    perfect = patterns == 1
    if perfect:  # printed, equal for all sizes
        _, interval, repeat = accuracy(np.concatenate([1.0 - s for s in shares]), 1, PRINTED_TRIALS)
        method = BOUNDED
    else:
        interval, repeat, method = _of_shares(shares), _of_shares(shares, PRINTED_TRIALS), "normal"
    row = compare(
        f"{_COUNT[patterns]}: accuracy, mean of N = 3 to 29",
        "%",
        measured,
        interval,
        method,
        repeat=repeat,
        printed=1.0 if perfect else None,
        released=float(np.mean(known)) if known else None,
    )
    if not known:
        return row
    return curve(row, points)


def _sentences(plan: Plan, results: Results) -> list[ComparedNumber]:
    """Compare the statements of the text on the figure."""
    largest = FIG5_NEURONS[-1]
    two = accuracy(_wrong(plan, results, largest, 2), largest, PRINTED_TRIALS)
    three = [1.0 - _wrong(plan, results, n, 3) / n for n in FIG5_NEURONS if n > 17]
    mean, interval = float(np.mean([s.mean() for s in three])), _of_shares(three)
    repeat = _of_shares(three, PRINTED_TRIALS)
    least = min(three, key=lambda share: float(share.mean()))
    lowest = repeated_mean(least, PRINTED_TRIALS, 1.0)
    return [
        compare(
            f"Two patterns: accuracy approached, N = {largest}",
            "%",
            two[0],
            two[1],
            BOUNDED,
            repeat=two[2],
            printed=0.99,
            half_digit=0.005,
        ),
        compare(
            "Three patterns: more than this for all N above 17 (mean)",
            "%",
            mean,
            interval,
            "normal",
            repeat=Interval(-inf, repeat.high),
            printed=0.96,
            why=f"The lowest single size has {100 * least.mean():.2f} % "
            f"(a repetition: {100 * lowest.low:.2f} to {100 * lowest.high:.2f} %).",
        ),
    ]


def _of_shares(shares: list[np.ndarray], trials: int | None = None) -> Interval:
    return mean_of_means(shares, trials).within(0.0, 1.0)


def _chart(points: list[ComparedNumber], stated: dict[tuple[int, int], float]) -> Chart:
    series = []
    size = len(FIG5_NEURONS)
    for index, patterns in enumerate(FIG5_PATTERNS):
        own = points[index * size : (index + 1) * size]
        measured, bars = [p.measured for p in own], [p.interval for p in own if p.interval]
        series.append(
            measured_series(f"{_COUNT[patterns]}, measured", FIG5_NEURONS, measured, bars, "%", index)
        )
    for index, patterns in enumerate(FIG5_PATTERNS):
        if stated:
            errors = [stated.get((n, patterns), np.nan) for n in FIG5_NEURONS]
            series.append(
                Series(
                    f"{_COUNT[patterns]}, released",
                    FIG5_NEURONS,
                    in_unit([1.0 - e for e in errors], "%"),
                    kind="released",
                    colour=index,
                )
            )
    return Chart(
        "Bitwise accuracy of random recall", "Neurons N", "Bitwise accuracy in %", series, dodge=True
    )
