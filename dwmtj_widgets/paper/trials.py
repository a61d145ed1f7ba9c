"""The trials behind the figures: one setting, many random trials, the columns that were measured.

Every trial draws from its own seed, made of the report's seed, the point and the trial's number: neither the number
of workers nor an interruption changes a bit of what comes out.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from dwmtj_widgets.hopfield import Device, Network, Simulation, hebbian_weights
from dwmtj_widgets.paper.store import Columns
from dwmtj_widgets.tasks.best_cut import best_cuts
from dwmtj_widgets.tasks.graphs import cut_value, random_graph
from dwmtj_widgets.tasks.maxcut import maxcut_network
from dwmtj_widgets.tasks.random_recall import PUBLISHED_MIN_TIME, Conditions, draw, recall, wrong_bits

IMAGE_MIN_TIME: Final = 56e-9
IMAGE_CHARGE_VOLTAGE: Final = 0.25
CHUNK: Final = 25
"""Trials that are measured together; fixed, because graphs of one chunk are searched together."""


@dataclass(frozen=True)
class Point:
    """One setting and how many trials of it are wanted."""

    task: str
    """A key of `TASKS`."""
    key: str
    """Name of its file."""
    settings: dict[str, Any]
    """All that its outcome depends on, as JSON has it."""
    data: NDArray[Any] | None = field(default=None, compare=False)
    """Patterns or a graph from outside; `settings` holds a digest of them."""

    @property
    def trials(self) -> int:
        """How many."""
        return int(self.settings["trials"])

    def generator(self, trial: int) -> np.random.Generator:
        """Return the source of chance of one trial."""
        return np.random.default_rng([self.settings["seed"], zlib.crc32(self.key.encode()), trial])


def measure(point: Point, trials: Sequence[int]) -> Columns:
    """Measure some trials of a point."""
    return TASKS[point.task](point, trials)


def _random_recall(point: Point, trials: Sequence[int]) -> Columns:
    """Store random patterns, load a random input: every trial its own network (the paper's random recall)."""
    s = point.settings
    columns = _columns("time", "energy", "errors", "converged")
    conditions = Conditions(
        weight=s["weight_V"],
        charge_voltage=s["charge_voltage_V"],
        device=Device.published(),
        soma_start="pattern",
        min_time=PUBLISHED_MIN_TIME,
    )
    for trial in trials:
        patterns, cue = draw(s["patterns"], s["neurons"], point.generator(trial))
        run = recall(patterns, cue, conditions)
        _append(columns, run.time, run.energy, wrong_bits(run.bits, patterns), float(run.converged))
    return columns


def _image_recall(point: Point, trials: Sequence[int]) -> Columns:
    """Load a letter with d or 1 - d of its bits flipped, with equal odds, as the released program did."""
    s = point.settings
    assert point.data is not None
    network = Network(hebbian_weights(point.data, s["weight_V"]), Device.published())
    target = point.data[s["letter"]]
    columns = _columns("time", "energy", "errors", "converged")
    for trial in trials:
        rng = point.generator(trial)
        share = s["distortion"] if rng.random() < 0.5 else 1.0 - s["distortion"]
        cue = target.copy()
        cue[rng.permutation(cue.shape[0])[: round(share * cue.shape[0])]] ^= 1
        run = Simulation(
            network,
            cue,
            charge_voltage=IMAGE_CHARGE_VOLTAGE,
            soma_start="pattern",
            min_time=IMAGE_MIN_TIME,
        ).run()
        _append(columns, run.time, run.energy, wrong_bits(run.bits, target[None]), float(run.converged))
    return columns


def _random_max_cut(point: Point, trials: Sequence[int]) -> Columns:
    """Cut random graphs that have half of all edges; beside it the optimum and two random halves."""
    s = point.settings
    graphs, halves = [], []
    for trial in trials:
        rng = point.generator(trial)
        graphs.append(half_connected_graph(s["nodes"], rng))
        side = rng.permutation(s["nodes"]) % 2
        halves.append(cut_value(graphs[-1], side))
    search = zlib.crc32(f"{s['seed']} {point.key} {trials[0]}".encode())
    columns = _columns("time", "energy", "cut", "decided_cut", "converged")
    for graph in graphs:
        _append(columns, *_device_cut(graph, s["weight_V"], "events"))
    columns["optimum"] = best_cuts(np.array(graphs), search).tolist()
    columns["halves"] = halves
    return columns


def _given_graph(point: Point, trials: Sequence[int]) -> Columns:
    """Cut a graph that was given, once with Euler's 1 ps as the released program and once from event to event."""
    assert point.data is not None
    columns = _columns("time", "energy", "cut", "decided_cut", "converged")
    _append(columns, *_device_cut(point.data, point.settings["weight_V"], "euler"))
    time, _energy, cut, _decided, _converged = _device_cut(point.data, point.settings["weight_V"], "events")
    columns["events_time"], columns["events_cut"] = [time], [cut]
    columns["optimum"] = best_cuts(point.data[None], point.settings["seed"]).tolist()
    return columns


TASKS: Final[dict[str, Callable[[Point, Sequence[int]], Columns]]] = {
    "random_recall": _random_recall,
    "image_recall": _image_recall,
    "random_max_cut": _random_max_cut,
    "given_graph": _given_graph,
}


def half_of_all_edges(nodes: int) -> int:
    """Return the number of edges of figure 7's graphs: half of all, rounded up, as the released optima show."""
    return (nodes * (nodes - 1) // 2 + 1) // 2


def half_connected_graph(nodes: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return a random graph with exactly half of all possible edges, shape (N, N).

    With every edge drawn for itself the optima would scatter from size to size three times as much as released.
    """
    density = half_of_all_edges(nodes) / (nodes * (nodes - 1) // 2)
    return random_graph(nodes, density, rng).adjacency


def _device_cut(
    graph: NDArray[np.float64], weight: float, integrator: str
) -> tuple[float, float, float, float, float]:
    """Return time, energy, cut with undecided nodes read as OFF, cut with them in no set, whether it converged."""
    off = np.zeros(graph.shape[0], dtype=np.uint8)
    network = maxcut_network(graph, weight, device=Device.published())
    run = Simulation(network, off, min_time=PUBLISHED_MIN_TIME, integrator=integrator).run()
    read, decided = cut_value(graph, run.bits == 1), cut_value(graph, run.bits)
    return run.time, run.energy, read, decided, float(run.converged)


def _columns(*names: str) -> Columns:
    return {name: [] for name in names}


def _append(columns: Columns, *values: float) -> None:
    for column, value in zip(columns.values(), values, strict=True):
        column.append(float(value))
