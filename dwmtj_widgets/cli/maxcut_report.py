"""Max-cut of a file as a person asks for it on the command line, and what is said about it: text, or JSON."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from dwmtj_widgets import __version__
from dwmtj_widgets.cli.tables import aligned
from dwmtj_widgets.hopfield.validation import load_duration, within
from dwmtj_widgets.tasks.graph_files import load_graph
from dwmtj_widgets.tasks.graphs import edge_count
from dwmtj_widgets.tasks.maxcut import ASYMMETRY, MaxCut, maxcut_preset, solve
from dwmtj_widgets.tasks.maxcut_baselines import (
    LARGEST_RELAXED,
    Division,
    goemans_williamson,
    local_search,
    random_cut,
    total_weight,
)
from dwmtj_widgets.tasks.maxcut_exact import LONGEST_SEARCH, exact_cut
from dwmtj_widgets.units import from_shown, quantity

SMALL: Final = 24
"""Nodes up to which the optimum is looked for unasked, for `EXACT_SECONDS`."""
EXACT_SECONDS: Final = 10.0

JSON_KEYS: Final = {
    "version": "of this package",
    "file": "as it was given",
    "nodes": "of the graph",
    "edges": "of the graph",
    "total_weight": "of all edges",
    "cut": "the device's own, of its best run",
    "gap": "0 to 1: by how much it falls short of the reference, null where that is not above zero",
    "time_s": "time-to-solution of that run",
    "energy_J": "of that run, by the circuit",
    "published_energy_estimate_J": "the paper's closed form for that run, null where it has none",
    "power_W": "mean over that run",
    "converged": "whether every wall came to rest in time",
    "bits": "the side of every node, in order: 1, 0, ? where undecided",
    "polished_cut": "the best after a local search from every run's end, not the device's own",
    "paper_run": "cut, time, energy, estimate and bits of the one run from all somas OFF; null with a session file",
    "runs": "how many were made",
    "cuts": "of all runs, in order",
    "all_runs": "their time and energy summed, and how many converged",
    "baselines": "what the computer found: cut, bound (no cut is greater) and whether it is proven; or why not",
    "reference": "the cut that gaps are to, and what it is",
    "seed": "of the random starts, and of the baselines",
    "settings": "preset, weight, charge voltage, asymmetry, balanced, integrator; of a session file also "
    "the neurons cut and flipped",
}


@dataclass(frozen=True)
class Order:
    """What was typed, in the units that people see (mV)."""

    file: str
    runs: int = 1
    weight: float = 100.0
    charge_voltage: float | None = None
    asymmetry: float = ASYMMETRY
    preset: str = "table1"
    seed: int = 0
    exact: float | None = None
    """Seconds; 0 for not at all, None for as long as usual if the graph is small."""
    balanced: bool | None = None


@dataclass(frozen=True)
class Report:
    """A graph, the device's divisions of it and the computer's."""

    order: Order
    paper: MaxCut
    """The one run from all OFF, or that of a session file."""
    device: MaxCut
    """All runs that were asked for."""
    baselines: dict[str, Division | str]
    """Divisions by method, or a sentence why there is none."""
    settings: dict[str, Any]
    saved_run: str | None = None
    """What the table calls the one run if it is that of a session file; None for the paper's."""

    @cached_property
    def reference(self) -> tuple[float, str]:
        """The cut that gaps are to, and what it is."""
        found = [part for part in self.baselines.values() if isinstance(part, Division)]
        if any(part.proven for part in found):
            return max(part.cut for part in found), "the optimum"
        best = max(*(part.cut for part in found), self.paper.best_cut, self._polished)
        return best, "the best found here, not proven to be the optimum"

    def text(self) -> str:
        """Return what people want to know, as a table."""
        graph, (best, what) = self.device.adjacency, self.reference
        rows = [("", "cut", "gap", "time", "energy", "estimate"), *self._device_rows(), *self._other_rows()]
        lines = [
            f"{Path(self.order.file).name}: {graph.shape[0]} nodes, {edge_count(graph)} edges, "
            f"total weight {_number(total_weight(graph))}.",
            "",
            *aligned(rows, named=True),
            "",
            f"Gaps are to {_number(best)}, {what}.",
            *self._remarks(),
        ]
        return "\n".join(lines)

    def json(self) -> str:
        """Return one JSON object; its keys are those of `JSON_KEYS`."""
        device, (best, what) = self.device, self.reference
        run = _run(device, device.best)
        graph = device.adjacency
        values = {
            "version": __version__,
            "file": self.order.file,
            "nodes": graph.shape[0],
            "edges": edge_count(graph),
            "total_weight": total_weight(graph),
            "cut": run.pop("cut"),
            "gap": None if math.isnan(gap := self._gap(device.best_cut)) else gap,
            **run,
            "polished_cut": self._polished,
            "paper_run": None if self.saved_run else _run(self.paper, 0),
            "runs": len(device),
            "cuts": device.cuts.tolist(),
            "all_runs": {
                "time_s": float(device.time.sum()),
                "energy_J": float(device.energy.sum()),
                "converged": int(device.converged.sum()),
            },
            "baselines": {
                name: {"cut": part.cut, "bound": part.bound, "proven": part.proven}
                if isinstance(part, Division)
                else part
                for name, part in self.baselines.items()
            },
            "reference": {"cut": best, "is": what},
            "seed": self.order.seed,
            "settings": self.settings,
        }
        return json.dumps(values, allow_nan=False)

    @property
    def _polished(self) -> float:
        return float(self.device.polished_cuts.max())

    def _gap(self, cut: float) -> float:
        best = self.reference[0]
        return (best - cut) / best if best > 0.0 else math.nan

    def _shown_gap(self, cut: float) -> str:
        gap = self._gap(cut)
        return "" if math.isnan(gap) else quantity(gap, "%", decimals=2)

    def _device_rows(self) -> list[tuple[str, ...]]:
        several, at_random = len(self.device) > 1, len(self.device) > 1 or self.settings["balanced"]
        rows = [self._device_row(self.saved_run or "Device, the paper's run from all OFF", self.paper)]
        if at_random:
            name = f"Device, best of {len(self.device)} random start{'s' * several}"
            rows.append(self._device_row(name, self.device))
        rows.append(
            ("  with a local search after it", _number(self._polished), self._shown_gap(self._polished))
        )
        return rows

    def _device_row(self, name: str, runs: MaxCut) -> tuple[str, ...]:
        best = runs.best
        return (
            name,
            _number(runs.best_cut),
            self._shown_gap(runs.best_cut),
            quantity(float(runs.time[best]), "s"),
            quantity(float(runs.energy[best]), "J"),
            quantity(runs.energy_estimate(best), "J"),
        )

    def _other_rows(self) -> list[tuple[str, ...]]:
        names = {
            "random": "A random division",
            "local_search": f"Local search, best of {len(self.device)}",
            "goemans_williamson": "Goemans-Williamson",
            "exact": "Branch and bound",
        }
        return [
            (names[key], _number(part.cut), self._shown_gap(part.cut))
            for key, part in self.baselines.items()
            if isinstance(part, Division)
        ]

    def _remarks(self) -> list[str]:
        device, remarks = self.device, []
        if len(device) > 1:
            remarks.append(
                f"All {len(device)} runs took {quantity(float(device.time.sum()), 's', decimals=0)} and "
                f"{quantity(float(device.energy.sum()), 'J', decimals=0)}; their mean cut is "
                f"{_number(float(device.cuts.mean()))}, and {int(device.converged.sum())} of them converged."
            )
        elif not bool(device.converged[0]):
            remarks.append("The run was given up, walls still moving.")
        for key, name in (("goemans_williamson", "Goemans-Williamson's"), ("exact", "branch and bound's")):
            part = self.baselines[key]
            if isinstance(part, str):
                remarks.append(part)
            elif part.bound is not None and not part.proven:
                remarks.append(f"No cut is above {part.bound:.6g}, {name} bound.")
        return remarks


def run(order: Order) -> Report:
    """Read the graph of an order, divide it by the device and by the computer.

    Raises
    ------
    ValueError
        If something in the order or the file is illegal; the sentence says what arrived and what is legal.
    """
    graph = load_graph(order.file)
    chosen = maxcut_preset(order.preset)
    options = chosen.options.copy()
    if order.charge_voltage is not None:
        options["charge_voltage"] = from_shown(order.charge_voltage, "V")
    weight = from_shown(order.weight, "V")
    _exact_seconds(order.exact, graph.shape[0])  # to refuse it before the work
    divide = partial(solve, graph, weight=weight, asymmetry=order.asymmetry, device=chosen.device, **options)
    balanced = order.runs > 1 if order.balanced is None else order.balanced
    device = paper = divide()
    if order.runs != 1 or balanced:
        device = divide(runs=order.runs, balanced=balanced, seed=order.seed)
    baselines = baselines_of(graph, order, len(device))
    voltage = options.get("charge_voltage", 0.1)
    settings = {
        "preset": order.preset,
        "weight_V": weight,
        "charge_voltage_V": voltage,
        "load_time_s": load_duration(None, voltage),
        "asymmetry": order.asymmetry,
        "balanced": balanced,
        "integrator": options.get("integrator", "events"),
    }
    return Report(order, paper, device, baselines, settings)


def baselines_of(graph: NDArray[np.float64], order: Order, starts: int) -> dict[str, Division | str]:
    """Return what the computer finds by other methods, a local search from so many starts, by `Report.baselines`."""
    seconds = _exact_seconds(order.exact, graph.shape[0])
    return {
        "random": random_cut(graph, order.seed),
        "local_search": local_search(graph, order.seed, starts),
        "goemans_williamson": _relaxation(graph, order.seed),
        "exact": exact_cut(graph, seconds)
        if seconds
        else "The optimum was not looked for (--exact SECONDS).",
    }


def _exact_seconds(asked: float | None, nodes: int) -> float:
    if asked is None:
        return EXACT_SECONDS if nodes <= SMALL else 0.0
    return within(asked, "exact", 0.0, LONGEST_SEARCH)


def _relaxation(graph: Any, seed: int) -> Division | str:
    if graph.shape[0] > LARGEST_RELAXED:
        return f"Goemans-Williamson was left out: it is for up to {LARGEST_RELAXED} nodes."
    try:
        return goemans_williamson(graph, seed)
    except RuntimeError as exc:  # cvxpy is not here, or its solver gave up: the rest is worth printing
        return str(exc)


def _run(runs: MaxCut, index: int) -> dict[str, Any]:
    time, energy, estimate = float(runs.time[index]), float(runs.energy[index]), runs.energy_estimate(index)
    return {
        "cut": float(runs.cuts[index]),
        "time_s": time,
        "energy_J": energy,
        "published_energy_estimate_J": None if math.isnan(estimate) else estimate,
        "power_W": energy / time,
        "converged": bool(runs.converged[index]),
        "bits": "".join("?01"[bit + 1] for bit in runs.bits[index].tolist()),
    }


def _number(cut: float) -> str:
    return f"{cut:.10g}"
