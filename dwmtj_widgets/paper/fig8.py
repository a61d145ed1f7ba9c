"""Figure 8: time, energy and energy-delay product of 60 neurons against the weight voltage."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from dwmtj_widgets.hopfield.energy import published_estimate
from dwmtj_widgets.paper.findings import BY_CHANCE, Comparison, Results, Section, compare, text, unfinished
from dwmtj_widgets.paper.intervals import UNLIKELY, chance_of_misses, repeated_mean
from dwmtj_widgets.paper.points import (
    BENCHMARK_NODES,
    FIG8_CHARGE_VOLTAGES,
    FIG8_WEIGHTS,
    Plan,
    fig8_points,
)
from dwmtj_widgets.paper.released import Released
from dwmtj_widgets.paper.sweep import Sweep
from dwmtj_widgets.tasks.intervals import Interval, bootstrap_mean, resampled_means

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
    by_weight = Sweep(
        "W", "Weight voltage W in V", FIG8_WEIGHTS, points[:count], results, released.fig8("weight")
    )
    by_charge = Sweep(
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


def _rows(sweep: Sweep) -> list[Comparison]:
    rows = []
    for index, volts in enumerate(sweep.volts):
        times = sweep.times(index)
        released = sweep.stated[volts][0] if volts in sweep.stated else None
        row = compare(
            f"Mean time, {sweep.symbol} = {volts:.2f} V",
            "s",
            float(times.mean()),
            bootstrap_mean(times),
            "bootstrap",
            repeat=repeated_mean(times, PRINTED_TRIALS),
            released=released,
        )
        rows.append(row)
    return rows


def _inside(rows: list[Comparison], sweep: Sweep) -> list[Comparison]:
    """Compare a whole series: how many of its points lie where they should."""
    known = [row for row in rows if row.agrees is not None]
    if not known:
        return []
    inside = sum(bool(row.agrees) for row in known)
    name = f"Released times against {sweep.symbol} that lie in the range of a repetition, of {len(known)}"
    agrees = chance_of_misses(len(known) - inside, len(known)) >= UNLIKELY
    why = "" if inside == len(known) else BY_CHANCE
    return [
        replace(compare(name, "1", inside), released=float(len(known)), agrees=agrees, why=why),
    ]


def _minimum(sweep: Sweep) -> Comparison:
    """Find the weight of the least energy-delay product on the printed grid."""
    resampled, means = [], []
    for index in range(len(sweep.volts)):
        times = sweep.times(index)
        means.append(sweep.product(index, float(times.mean())))
        drawn = resampled_means(times, times.shape[0], seed=index + 1)
        resampled.append([sweep.product(index, float(mean)) for mean in drawn])
    weights = np.array(sweep.volts)
    low, high = np.quantile(weights[np.argmin(resampled, axis=0)], [0.025, 0.975], method="nearest")
    interval = Interval(float(low), float(high))
    return compare(
        "W of the least energy-delay product on the printed grid",
        "V",
        float(weights[np.argmin(means)]),
        interval,
        "bootstrap",
        repeat=interval,
        printed=PRINTED_MINIMUM,
    )


def _least_product(sweep: Sweep) -> Comparison:
    index = list(sweep.volts).index(PRINTED_MINIMUM)
    times = sweep.times(index)
    interval, repeat = (
        Interval(*(sweep.product(index, time) for time in ends))
        for ends in (bootstrap_mean(times), repeated_mean(times, PRINTED_TRIALS))
    )
    stated = sweep.stated.get(PRINTED_MINIMUM)
    why = "The printed number has lost a factor of 1000"
    if stated:
        product = stated[0] * stated[1]
        factors = f"{text(stated[1], 'J')} times {text(stated[0], 's')}"
        lie = "and lie" if repeat.meets(product) else "which do not lie"
        why += f": {factors}, released, are {text(product, 'J s')}, {lie} in the range of a repetition"
    return compare(
        f"Energy-delay product at W = {PRINTED_MINIMUM} V",
        "J s",
        sweep.product(index, float(times.mean())),
        interval,
        "bootstrap",
        repeat=repeat,
        printed=PRINTED_PRODUCT,
        half_digit=0.005e-18,
        released=stated[0] * stated[1] if stated else None,
        why=f"{why}.",
    )


def _median(sweep: Sweep) -> list[Comparison]:
    """Show that the ordinate named median is the mean."""
    if not sweep.known:
        return []
    by_mean, by_median, spreads = [], [], []
    for index in sweep.known:
        times, released = sweep.times(index), sweep.stated[sweep.volts[index]][0]
        median = float(np.median(times))
        by_mean.append(released / float(times.mean()))
        by_median.append(released / median)
        spreads.append(repeated_mean(times / median, PRINTED_TRIALS))
    measured = float(np.mean(by_median))
    half = float(np.sqrt(sum(((s.high - s.low) / 2.0) ** 2 for s in spreads))) / len(spreads)
    interval = Interval(measured - half, measured + half)
    row = compare(
        "Released times in units of our medians, mean of all W (1 if they are medians)",
        "1",
        measured,
        interval,
        "bootstrap",
        repeat=interval,
        printed=1.0,
        why=f"What the figure names median is the mean: the released times are {np.mean(by_mean):.3f} of our means.",
    )
    return [row]


def _caption(sweep: Sweep) -> list[Comparison]:
    """Find the charge voltage with which the released energies follow from the released times."""
    if not sweep.known:
        return []

    def misfit(volts: float) -> float:
        misses = [
            published_estimate(BENCHMARK_NODES, time, volts, weight) / energy - 1.0
            for weight, (time, energy) in sweep.stated.items()
        ]
        return float(np.abs(misses).max())

    printed = PRINTED_CHARGE_VOLTAGE
    fitting = min((0.1, printed), key=misfit)
    why = (
        f"The released energies follow from the released times with V_C = {fitting:g} V to {misfit(fitting):.2%}, with "
        f"the caption's {printed:g} V only to {misfit(printed):.2%}."
    )
    row = compare("V_C behind the released energies of the figure", "V", fitting)
    return [replace(row, printed=printed, agrees=fitting == printed, why=why)]
