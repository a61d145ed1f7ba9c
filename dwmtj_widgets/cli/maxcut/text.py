"""Output of ``dwmtj maxcut``: a table with remarks and warnings, or one JSON object."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any, Final

import numpy as np

from dwmtj_widgets import __version__
from dwmtj_widgets.cli.maxcut.run import MaxcutReport
from dwmtj_widgets.cli.tables import aligned
from dwmtj_widgets.tasks.graphs import edge_count
from dwmtj_widgets.tasks.maxcut import MaxCut
from dwmtj_widgets.tasks.maxcut_baselines import Division, total_weight
from dwmtj_widgets.tasks.maxcut_pull import can_be_balanced, cause_of_poor_cuts, is_poor
from dwmtj_widgets.units import quantity, shown

BASELINES: Final = {
    "random": "A random division",
    "local_search": "Local search, best of {starts}",
    "goemans_williamson": "Goemans-Williamson",
    "exact": "Branch and bound",
}
NOT_DEFINED: Final = "not defined"

JSON_KEYS: Final = {
    "version": "version of this package",
    "file": "path as given",
    "nodes": "number of nodes",
    "edges": "number of edges",
    "total_weight": "sum of all edges' weights",
    "cut": "cut of the device's best run",
    "gap": "0 to 1: share by which the cut falls short of the reference, null if that is not above zero",
    "time_s": "time-to-solution of the best run",
    "energy_J": "energy of the best run, by the circuit",
    "published_energy_estimate_J": "the paper's closed form for the best run, null outside its domain",
    "power_W": "mean over the best run",
    "converged": "whether every wall came to rest in time",
    "bits": "the side of every node, in order: 1 or 0",
    "undecided": "nodes that the device left undecided in the best run; the computer put them on the better side",
    "polished_cut": "the best cut after a local search from every run's end, not the device's own",
    "paper_run": "cut, time, energy, estimate and bits of the one run from all somas OFF; null with a session file",
    "runs": "number of runs",
    "cuts": "cuts of all runs, in order",
    "all_runs": "total time and energy, number of converged runs, number of runs with undecided nodes",
    "baselines": "conventional methods: cut, bound (no cut is greater) and whether it is proven; or why not",
    "reference": "the reference cut of the gaps, and its description",
    "seed": "seed of the random starts and of the baselines",
    "settings": "preset, weight, charge voltage, asymmetry, balanced, integrator; with a session file also "
    "the neurons cut and flipped",
    "warnings": "sentences: why the cut is poor, what works, and how many nodes the computer placed",
}


def text_of(report: MaxcutReport) -> str:
    """Return the report as text."""
    graph, (best, what) = report.device.adjacency, report.reference
    rows = [("", "cut", "gap", "time", "energy", "estimate"), *_device_rows(report), *_other_rows(report)]
    lines = [
        f"{Path(report.order.file).name}: {graph.shape[0]} nodes, {edge_count(graph)} edges, "
        f"total weight {_number(total_weight(graph))}.",
        "",
        *aligned(rows, named=True),
        "",
        f"Gaps are to {_number(best)}, {what}.",
        "Energies are by the circuit, estimates by the paper's formula.",
        *_remarks(report),
        *(f"Warning: {warning}" for warning in warnings_of(report)),
    ]
    return "\n".join(lines)


def json_of(report: MaxcutReport) -> str:
    """Return one JSON object; its keys are those of `JSON_KEYS`."""
    device, (best, what) = report.device, report.reference
    run = _run(device, device.best)
    graph = device.adjacency
    values = {
        "version": __version__,
        "file": report.order.file,
        "nodes": graph.shape[0],
        "edges": edge_count(graph),
        "total_weight": total_weight(graph),
        "cut": run.pop("cut"),
        "gap": None if math.isnan(gap := report.gap(device.best_cut)) else gap,
        **run,
        "polished_cut": report.polished,
        "paper_run": None if report.saved_run else _run(report.paper, 0),
        "runs": len(device),
        "cuts": device.cuts.tolist(),
        "all_runs": {
            "time_s": float(device.time.sum()),
            "energy_J": float(device.energy.sum()),
            "converged": int(device.converged.sum()),
            "undecided": int(device.undecided.any(axis=1).sum()),
        },
        "baselines": {
            name: {"cut": part.cut, "bound": part.bound, "proven": part.proven}
            if isinstance(part, Division)
            else part
            for name, part in report.baselines.items()
        },
        "reference": {"cut": best, "is": what},
        "seed": report.order.seed,
        "settings": report.settings,
        "warnings": warnings_of(report),
    }
    return json.dumps(values, allow_nan=False)


def warnings_of(report: MaxcutReport) -> list[str]:
    """Return warnings about cuts that do not show the device's abilities."""
    warnings = []
    several = report.device is not report.paper
    poor = _poor_runs(report, report.paper, report.saved_run or "The paper's run")
    if poor and not several:
        poor = f"{poor} {_offer(report)}"
    warnings.append(poor)
    if several:
        poor = _poor_runs(report, report.device, "The best of the random starts")
        warnings += [poor and f"{poor} {_offer(report)}", _completed(report.device, "best run")]
    else:
        warnings.append(_completed(report.device, "run"))
    return [warning for warning in warnings if warning]


def _poor_runs(report: MaxcutReport, runs: MaxCut, name: str) -> str:
    """Return why the best run cuts no more than a random division; empty if it cuts more."""
    graph = runs.adjacency
    if not is_poor(graph, runs.best_cut, report.reference[0]):
        return ""
    finding = f"{name} cuts no more than a random division would"
    cause = cause_of_poor_cuts(runs.network)
    share = quantity(edge_count(graph) / math.comb(graph.shape[0], 2), "%", decimals=0)
    need = f"{share} of all pairs are edges, and the paper's sources need about half"
    if cause == "attraction":
        negative = bool((graph < 0.0).any())
        others = ("missing edges and those of negative weight", "the other edges repel")
        attracting, repelling = others if negative else ("missing edges", "edges repel")
        return f"{finding}: {attracting} attract more than {repelling}" + (
            f" ({need})." if not negative else "."
        )
    if cause == "repulsion":
        return f"{finding}: edges repel more than missing edges attract ({need})."
    if cause == "nothing":
        return f"{finding}: all edges weigh the same and join all pairs, so balanced sources are zero."
    return f"{finding}."


def _offer(report: MaxcutReport) -> str:
    """Return advice for this graph."""
    if not can_be_balanced(report.device.adjacency):
        return "The device has no sources that tell these nodes apart; use the division of another method."
    if report.saved_run:
        return (
            "Balanced sources work at any density: --runs 100 with the graph's file, or “Best of” in the lab."
        )
    if report.settings["balanced"]:
        return "Try more runs (--runs)."
    return "Balanced sources work at any density: --balanced --runs 100."


def _completed(runs: MaxCut, name: str) -> str:
    """Return the number of nodes that the computer placed in the best run; empty if none."""
    count = int(runs.undecided[runs.best].sum())
    if not count:
        return ""
    nodes, them = ("1 node was", "it") if count == 1 else (f"{count} nodes were", "them")
    return f"{nodes} undecided when the {name} was given up; the computer put {them} on the better side."


def _device_rows(report: MaxcutReport) -> list[tuple[str, ...]]:
    device = report.device
    rows = [_device_row(report, report.saved_run or "Device, the paper's run from all OFF", report.paper)]
    if device is not report.paper:
        several = "s" * (len(device) > 1)
        rows.append(_device_row(report, f"Device, best of {len(device)} random start{several}", device))
    polished = report.polished
    rows.append(("  with a local search after it", _number(polished), _shown_gap(report, polished)))
    return rows


def _device_row(report: MaxcutReport, name: str, runs: MaxCut) -> tuple[str, ...]:
    best = runs.best
    estimate = runs.energy_estimate(best)
    return (
        name,
        _number(runs.best_cut),
        _shown_gap(report, runs.best_cut),
        quantity(float(runs.time[best]), "s"),
        quantity(float(runs.energy[best]), "J"),
        NOT_DEFINED if math.isnan(estimate) else quantity(estimate, "J"),
    )


def _other_rows(report: MaxcutReport) -> list[tuple[str, ...]]:
    return [
        (BASELINES[key].format(starts=len(report.device)), _number(part.cut), _shown_gap(report, part.cut))
        for key, part in report.baselines.items()
        if isinstance(part, Division)
    ]


def _remarks(report: MaxcutReport) -> list[str]:
    device, remarks = report.device, []
    if len(device) > 1:
        open_runs = int(device.undecided.any(axis=1).sum())
        undecided = f" {open_runs} of them left nodes undecided." if open_runs else ""
        remarks.append(
            f"All {len(device)} runs took {_sum(device.time, 's')} and {_sum(device.energy, 'J')}; their mean cut is "
            f"{_number(float(device.cuts.mean()))}, and {int(device.converged.sum())} of them converged.{undecided}"
        )
    elif not bool(device.converged[0]):
        remarks.append("The run was given up, walls still moving.")
    for key, name in (("goemans_williamson", "Goemans-Williamson's"), ("exact", "branch and bound's")):
        part = report.baselines[key]
        if isinstance(part, str):
            if key == "exact" or report.order.relax:
                remarks.append(part)
        elif part.bound is not None and not part.proven:
            remarks.append(f"No cut is above {part.bound:.6g}, {name} bound.")
    return remarks


def _shown_gap(report: MaxcutReport, cut: float) -> str:
    gap = report.gap(cut)
    return "" if math.isnan(gap) else quantity(gap, "%", decimals=2)


def _sum(values: np.ndarray, unit: str) -> str:
    total = float(values.sum())
    return quantity(total, unit, decimals=0) if shown(total, unit) >= 1000.0 else quantity(total, unit)


def _number(cut: float) -> str:
    return f"{cut:.10g}"


def _run(runs: MaxCut, index: int) -> dict[str, Any]:
    time, energy, estimate = float(runs.time[index]), float(runs.energy[index]), runs.energy_estimate(index)
    return {
        "cut": float(runs.cuts[index]),
        "time_s": time,
        "energy_J": energy,
        "published_energy_estimate_J": None if math.isnan(estimate) else estimate,
        "power_W": energy / time,
        "converged": bool(runs.converged[index]),
        "bits": "".join(map(str, runs.bits[index].tolist())),
        "undecided": int(runs.undecided[index].sum()),
    }
