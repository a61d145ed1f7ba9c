"""The work of ``dwmtj maxcut`` and its report."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from dwmtj_widgets.hopfield.loading import default_load_time
from dwmtj_widgets.hopfield.validation import within
from dwmtj_widgets.refusals import Unable
from dwmtj_widgets.tasks.graph_files import load_graph
from dwmtj_widgets.tasks.maxcut import ASYMMETRY, MaxCut, maxcut_preset, solve
from dwmtj_widgets.tasks.maxcut_baselines import (
    LARGEST_RELAXED,
    Division,
    goemans_williamson,
    local_search,
    random_cut,
)
from dwmtj_widgets.tasks.maxcut_exact import LONGEST_SEARCH, exact_cut
from dwmtj_widgets.units import from_shown

SMALL: Final = 24
"""Largest graph whose optimum is searched by default, for `EXACT_SECONDS`."""
EXACT_SECONDS: Final = 10.0


@dataclass(frozen=True)
class MaxcutOrder:
    """Options of the command line, in display units (mV)."""

    file: str
    runs: int = 1
    weight: float = 100.0
    charge_voltage: float | None = None
    asymmetry: float = ASYMMETRY
    preset: str = "table1"
    seed: int = 0
    exact: float | None = None
    """Seconds; 0 for no search, None for the default, which depends on the graph's size."""
    balanced: bool | None = None
    relax: bool = False
    """Whether to solve the semidefinite program of Goemans and Williamson, which takes seconds."""


@dataclass(frozen=True)
class MaxcutReport:
    """A graph and its divisions by the device and by conventional methods."""

    order: MaxcutOrder
    paper: MaxCut
    """The one run from all OFF, or the run of a session file."""
    device: MaxCut
    """All requested runs."""
    baselines: dict[str, Division | str]
    """Division of each method, or a sentence why there is none."""
    settings: dict[str, Any]
    saved_run: str | None = None
    """Name of a session file's run in the table; None for the paper's run."""

    @cached_property
    def reference(self) -> tuple[float, str]:
        """The reference cut of the gaps, and its description."""
        found = [part for part in self.baselines.values() if isinstance(part, Division)]
        best = max(*(part.cut for part in found), self.paper.best_cut, self.device.best_cut, self.polished)
        if any(part.bound is not None and best >= part.bound for part in found):
            return best, "the optimum"
        return best, "the best found here, not proven to be the optimum"

    @cached_property
    def polished(self) -> float:
        """The best cut after a local search from every run's end."""
        return float(self.device.polished_cuts.max())

    def gap(self, cut: float) -> float:
        """Return the share by which a cut falls short of the reference; nan if that is not above zero."""
        best = self.reference[0]
        return (best - cut) / best if best > 0.0 else math.nan


def run(order: MaxcutOrder) -> MaxcutReport:
    """Read a graph and divide it with the device and with conventional methods.

    Raises
    ------
    Refused
        If something in the order or the file is illegal; the sentence says what arrived and what is legal.
    """
    graph = load_graph(order.file)
    chosen = maxcut_preset(order.preset)
    options = chosen.options.copy()
    if order.charge_voltage is not None:
        options["charge_voltage"] = from_shown(order.charge_voltage, "V")
    weight = from_shown(order.weight, "V")
    _exact_seconds(order.exact, graph.shape[0])  # refuses an illegal value before the work
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
        "load_time_s": default_load_time(graph.shape[0], chosen.device, voltage),
        "asymmetry": order.asymmetry,
        "balanced": balanced,
        "integrator": options.get("integrator", "events"),
    }
    return MaxcutReport(order, paper, device, baselines, settings)


def baselines_of(graph: NDArray[np.float64], order: MaxcutOrder, starts: int) -> dict[str, Division | str]:
    """Return the cuts of conventional methods, see `MaxcutReport.baselines`; `starts` is for the local search."""
    seconds = _exact_seconds(order.exact, graph.shape[0])
    return {
        "random": random_cut(graph, order.seed),
        "local_search": local_search(graph, order.seed, starts),
        "goemans_williamson": _relaxation(graph, order.seed)
        if order.relax
        else "Goemans-Williamson was not asked for (--goemans-williamson).",
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
    except Unable as exc:  # cvxpy is not here, or its solver gave up: the rest is worth printing
        return str(exc)
