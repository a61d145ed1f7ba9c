"""Figure 7: max-cut of random graphs with half of all edges, beside the optimum and random halves."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dwmtj_widgets.paper.findings import (
    BOUNDED,
    Chart,
    ComparedNumber,
    Results,
    Section,
    Series,
    claim,
    column,
    compare,
    curve,
    in_unit,
    measured_series,
    unfinished,
)
from dwmtj_widgets.paper.intervals import mean_of_means, repeated_mean
from dwmtj_widgets.paper.points import FIG7_NODES, Plan, fig7_points
from dwmtj_widgets.paper.released import Released
from dwmtj_widgets.paper.trials import half_of_all_edges
from dwmtj_widgets.tasks.intervals import share_mean, student_mean

PRINTED_GRAPHS: Final = 20
PRINTED_GAP: Final = 0.0902
GAP_FROM: Final = 19
"""Nodes; the printed mean gap is that of the released points from this size on."""
_CURVES: Final = (("optimum", "Optimum"), ("halves", "0.5-approximation"), ("cut", "Device"))


def section(plan: Plan, results: Results, released: Released) -> Section:
    """Return the report of figure 7."""
    report = Section(
        "fig7",
        "Figure 7: max-cut of random graphs",
        "Printed: 20 random graphs of 50 % density a size, weights -1.05 W and +W, all somas antiparallel; mean "
        f"cuts over the number of edges. Here: {plan.max_cut} graphs a size with exactly half of all edges, the "
        "released device, loaded as OFF at V_C = 0.1 V; a node still undecided after 3000 ns is read as OFF. The "
        "optimum is the best cut of a tabu search; the 0.5-approximation is a division into two random halves.",
    )
    stated = released.fig7()
    shares = {(name, n): _normalised(plan, results, n, name) for name, _ in _CURVES for n in FIG7_NODES}
    gaps = {n: _gaps(plan, results, n) for n in FIG7_NODES}
    report.details = [_point(n, shares["cut", n], stated) for n in FIG7_NODES]
    report.comparisons = [
        _mean_gap(gaps, GAP_FROM, stated, printed=PRINTED_GAP),
        _mean_gap(gaps, FIG7_NODES[0], stated, printed=PRINTED_GAP),
        *(_curve(index, shares, stated, report.details) for index in range(len(_CURVES))),
        _advantage(shares),
    ]
    report.comparisons.insert(2, _strict_gap(plan, results))
    report.charts = [_chart(shares, stated)]
    given_up = unfinished(results, [point.key for point in fig7_points(plan)], "undecided nodes as OFF")
    report.notes = [given_up] if given_up else []
    return report


def _normalised(plan: Plan, results: Results, nodes: int, name: str) -> NDArray[np.float64]:
    return column(results, plan.random_max_cut(nodes).key, name) / half_of_all_edges(nodes)


def _gaps(plan: Plan, results: Results, nodes: int, name: str = "cut") -> NDArray[np.float64]:
    key = plan.random_max_cut(nodes).key
    return 1.0 - column(results, key, name) / column(results, key, "optimum")


def _mean_gap(
    gaps: dict[int, NDArray[np.float64]],
    smallest: int,
    stated: dict[int, tuple[float, float, float]],
    printed: float,
) -> ComparedNumber:
    chosen = [gaps[n] for n in FIG7_NODES if n >= smallest]
    known = [1.0 - stated[n][2] / stated[n][0] for n in FIG7_NODES if n >= smallest and n in stated]
    everything = smallest == FIG7_NODES[0]
    why = (
        f"The text says across all sizes, but its number is the mean of the released points of {GAP_FROM} nodes and "
        f"more; of all it is {np.mean(known):.2%}."
        if everything and known
        else ""
    )
    return compare(
        f"Mean gap to the optimum, {smallest} to {FIG7_NODES[-1]} nodes",
        "%",
        float(np.mean([gap.mean() for gap in chosen])),
        mean_of_means(chosen),
        "normal",
        repeat=mean_of_means(chosen, PRINTED_GRAPHS),
        printed=printed,
        half_digit=0.00005,
        released=float(np.mean(known)) if known else None,
        why=why,
    )


def _strict_gap(plan: Plan, results: Results) -> ComparedNumber:
    """Measure the influence of how undecided nodes are read."""
    gaps = [_gaps(plan, results, n, "decided_cut") for n in FIG7_NODES if n >= GAP_FROM]
    row = compare(
        f"Mean gap, {GAP_FROM} to {FIG7_NODES[-1]} nodes, if undecided nodes were in no set",
        "%",
        float(np.mean([gap.mean() for gap in gaps])),
        mean_of_means(gaps),
        "normal",
    )
    return replace(
        row, why="The paper does not say how runs that are given up are read; as OFF they give its number."
    )


def _point(
    nodes: int, shares: NDArray[np.float64], stated: dict[int, tuple[float, float, float]]
) -> ComparedNumber:
    released = stated[nodes][2] / half_of_all_edges(nodes) if nodes in stated else None
    return compare(
        f"Device's cut over edges, {nodes} nodes",
        "%",
        float(shares.mean()),
        share_mean(shares),
        BOUNDED,
        repeat=repeated_mean(shares, PRINTED_GRAPHS, 1.0),
        released=released,
    )


def _curve(
    index: int,
    shares: dict[tuple[str, int], NDArray[np.float64]],
    stated: dict[int, tuple[float, float, float]],
    points: list[ComparedNumber],
) -> ComparedNumber:
    name, label = _CURVES[index]
    own = [shares[name, n] for n in FIG7_NODES]
    column_of = {"optimum": 0, "halves": 1, "cut": 2}[name]
    known = [stated[n][column_of] / half_of_all_edges(n) for n in FIG7_NODES if n in stated]
    row = compare(
        f"{label}: cut over edges, mean of {FIG7_NODES[0]} to {FIG7_NODES[-1]} nodes",
        "%",
        float(np.mean([share.mean() for share in own])),
        mean_of_means(own),
        "normal",
        repeat=mean_of_means(own, PRINTED_GRAPHS),
        released=float(np.mean(known)) if known else None,
        why="The paper does not say which 0.5-approximation it took." if name == "halves" and known else "",
    )
    if name != "cut" or not known:
        return row
    return curve(row, points, "sizes")


def _advantage(shares: dict[tuple[str, int], NDArray[np.float64]]) -> ComparedNumber:
    """Compare the text's statement that the device beats the 0.5-approximation at every size."""
    leads = [shares["cut", n] - shares["halves", n] for n in FIG7_NODES]
    least = min(leads, key=lambda lead: float(lead.mean()))
    interval = student_mean(least)
    row = compare(
        "Device's lead over the 0.5-approximation, smallest of all sizes (printed: great at all)",
        "%",
        float(least.mean()),
        interval,
        "Student",
    )
    return claim(row, interval)


def _chart(
    shares: dict[tuple[str, int], NDArray[np.float64]], stated: dict[int, tuple[float, float, float]]
) -> Chart:
    series = []
    for colour, (name, label) in enumerate(_CURVES):
        own = [shares[name, n] for n in FIG7_NODES]
        means, bars = [float(share.mean()) for share in own], [share_mean(share) for share in own]
        series.append(measured_series(f"{label}, measured", FIG7_NODES, means, bars, "%", colour))
    for colour, (_name, label) in enumerate(_CURVES):
        known = [n for n in FIG7_NODES if n in stated]
        if known:
            values = [stated[n][colour] / half_of_all_edges(n) for n in known]
            series.append(
                Series(f"{label}, released", known, in_unit(values, "%"), kind="released", colour=colour)
            )
    return Chart("Normalised max-cut", "Nodes", "Cut over number of edges in %", series)
