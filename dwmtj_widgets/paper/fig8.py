"""Figure 8: time, energy and energy-delay product of 60 neurons against the weight voltage."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from dwmtj_widgets.hopfield.energy import published_estimate
from dwmtj_widgets.paper.findings import (
    BOUNDED,
    ComparedNumber,
    Results,
    Section,
    compare,
    curve,
    text,
    unfinished,
)
from dwmtj_widgets.paper.intervals import (
    REPEATED,
    UNLIKELY,
    chance_of_misses,
    longest,
    mean_time,
    repeated_mean,
    repeated_means,
    repeated_order,
)
from dwmtj_widgets.paper.points import (
    BENCHMARK_NODES,
    FIG8_CHARGE_VOLTAGES,
    FIG8_WEIGHTS,
    Plan,
    fig8_points,
)
from dwmtj_widgets.paper.released import Released
from dwmtj_widgets.paper.voltage_series import VoltageSeries
from dwmtj_widgets.tasks.intervals import CONFIDENCE, Interval, resampled_means

PRINTED_TRIALS: Final = 100
PRINTED_PRODUCT: Final = 0.16e-18
PRINTED_MINIMUM: Final = 0.04
PRINTED_CHARGE_VOLTAGE: Final = 0.25


def section(plan: Plan, results: Results, released: Released) -> Section:
    """Return the report of figure 8."""
    report = Section(
        "fig8",
        "Figure 8: weight voltage, time and energy",
        "Printed: 60 neurons, V_C = 0.25 V, W up to 0.24 V, approximate median time. Here as the released numbers were "
        "made: one random pattern, a random input, V_C = 0.1 V, means; energy is the paper's closed-form estimate at "
        f"the mean time, beside it the circuit's own. {plan.recall} trials a point, {plan.heavy} up to W = 0.06 V, "
        "where times have a heavy tail (the release: 100).",
    )
    points, count = fig8_points(plan), len(FIG8_WEIGHTS)
    by_weight = VoltageSeries(
        "W", "Weight voltage W in V", FIG8_WEIGHTS, points[:count], results, released.fig8("weight")
    )
    by_charge = VoltageSeries(
        "V_C",
        "Charge voltage V_C in V (W = 0.1 V)",
        FIG8_CHARGE_VOLTAGES,
        points[count:],
        results,
        released.fig8("charge_voltage"),
    )
    weight_rows, charge_rows = _rows(by_weight), _rows(by_charge)
    report.details = [*weight_rows, *charge_rows]
    report.comparisons = [
        _minimum(by_weight),
        _least_product(by_weight),
        *_inside(weight_rows, by_weight),
        *_inside(charge_rows, by_charge),
        *_median(by_weight),
        *_caption(by_weight),
    ]
    report.charts = [*by_weight.charts(with_product=True), *by_charge.charts(with_product=False)]
    given_up = unfinished(results, [point.key for point in points])
    report.notes = [given_up] if given_up else []
    return report


def _rows(series: VoltageSeries) -> list[ComparedNumber]:
    rows = []
    for index, volts in enumerate(series.volts):
        times = series.times(index)
        released = series.stated[volts][0] if volts in series.stated else None
        row = compare(
            f"Mean time, {series.symbol} = {volts:.2f} V",
            "s",
            float(times.mean()),
            mean_time(times),
            BOUNDED,
            repeat=repeated_mean(times, PRINTED_TRIALS, longest(times)),
            released=released,
        )
        rows.append(row)
    return rows


def _inside(rows: list[ComparedNumber], series: VoltageSeries) -> list[ComparedNumber]:
    """Compare a whole series: how many of its points agree."""
    known = [row for row in rows if row.released is not None]
    if not known:
        return []
    inside = sum(row.agrees is not False for row in known)
    name = f"Released times against {series.symbol} that lie in the range of a repetition, of {len(known)}"
    row = replace(compare(name, "1", inside), released=float(len(known)), agrees=True)
    return [curve(row, known)]


def _minimum(series: VoltageSeries) -> ComparedNumber:
    """Find the weight of minimum energy-delay product on the printed grid."""
    resampled, repeated, means = [], [], []
    for index in range(len(series.volts)):
        times = series.times(index)
        means.append(series.product(index, float(times.mean())))
        drawn = resampled_means(times, times.shape[0], seed=index + 1)
        resampled.append([series.product(index, float(mean)) for mean in drawn])
        drawn = repeated_means(times, PRINTED_TRIALS, longest(times), seed=index + 1)
        repeated.append([series.product(index, float(mean)) for mean in drawn])
    weights, ends = np.array(series.volts), []
    for drawn_products, confidence in ((resampled, CONFIDENCE), (repeated, REPEATED)):
        tails = [0.5 - confidence / 2.0, 0.5 + confidence / 2.0]
        low, high = np.quantile(weights[np.argmin(drawn_products, axis=0)], tails, method="nearest")
        ends.append(Interval(float(low), float(high)))
    interval, repeat = ends
    return compare(
        "W of the least energy-delay product on the printed grid",
        "V",
        float(weights[np.argmin(means)]),
        interval,
        "bootstrap",
        repeat=repeat,
        printed=PRINTED_MINIMUM,
    )


def _least_product(series: VoltageSeries) -> ComparedNumber:
    index = list(series.volts).index(PRINTED_MINIMUM)
    times = series.times(index)
    interval, repeat = (
        Interval(*(series.product(index, time) for time in ends))
        for ends in (mean_time(times), repeated_mean(times, PRINTED_TRIALS, longest(times)))
    )
    stated = series.stated.get(PRINTED_MINIMUM)
    why = "The printed number has lost a factor of 1000"
    if stated:
        product = stated[0] * stated[1]
        factors = f"{text(stated[1], 'J')} times {text(stated[0], 's')}"
        lie = "and lie" if repeat.meets(product) else "which do not lie"
        why += f": {factors}, released, are {text(product, 'J s')}, {lie} in the range of a repetition"
    return compare(
        f"Energy-delay product at W = {PRINTED_MINIMUM} V",
        "J s",
        series.product(index, float(times.mean())),
        interval,
        BOUNDED,
        repeat=repeat,
        printed=PRINTED_PRODUCT,
        half_digit=0.005e-18,
        released=stated[0] * stated[1] if stated else None,
        why=f"{why}.",
    )


def _median(series: VoltageSeries) -> list[ComparedNumber]:
    """Test whether the ordinate named median is the mean."""
    if not series.known:
        return []
    by_mean, by_median, outside = [], [], 0
    for index in series.known:
        times, released = series.times(index), series.stated[series.volts[index]][0]
        by_mean.append(released / float(times.mean()))
        by_median.append(released / float(np.median(times)))
        outside += released not in repeated_order(times, PRINTED_TRIALS // 2, PRINTED_TRIALS, longest(times))
    row = compare(
        "Released times in units of our medians, mean of all W (1 if they are medians)",
        "1",
        float(np.mean(by_median)),
        printed=1.0,
        why=f"{outside} of {len(by_mean)} lie outside of where a median would. What the figure names median is the "
        f"mean: the released times are {np.mean(by_mean):.3f} of our means.",
    )
    refuted = chance_of_misses(outside, len(by_mean)) < UNLIKELY
    return [replace(row, agrees=False) if refuted else replace(row, open=True)]


def _caption(series: VoltageSeries) -> list[ComparedNumber]:
    """Find the charge voltage for which the released energies follow from the released times."""
    if not series.known:
        return []

    def misfit(volts: float) -> float:
        misses = [
            published_estimate(BENCHMARK_NODES, time, volts, weight) / energy - 1.0
            for weight, (time, energy) in series.stated.items()
        ]
        return float(np.abs(misses).max())

    printed = PRINTED_CHARGE_VOLTAGE
    fitting = min((0.1, printed), key=misfit)
    why = (
        f"The released energies follow from the released times with V_C = {fitting:g} V to {misfit(fitting):.2%}, with "
        f"the caption's {printed:g} V only to {misfit(printed):.2%}."
    )
    row = compare("V_C behind the released energies of the figure", "V", fitting)
    return [replace(row, printed=printed, agrees=fitting == printed, why=why, recomputed=True)]
