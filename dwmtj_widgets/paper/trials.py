"""The trials of the figures, and their measured columns.

Every trial draws from its own seed, made of the report's seed, the point and the trial's number. The result depends
neither on the number of workers nor on interruptions.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from threading import Event
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from dwmtj_widgets.hopfield import Device, Network, Simulation, hebbian_weights, published
from dwmtj_widgets.paper.store import Columns
from dwmtj_widgets.tasks.best_cut import best_cuts
from dwmtj_widgets.tasks.graphs import cut_value, random_graph
from dwmtj_widgets.tasks.maxcut import maxcut_network
from dwmtj_widgets.tasks.patterns import distort
from dwmtj_widgets.tasks.random_recall import Conditions, draw, recall, wrong_bits
from dwmtj_widgets.trials import in_turn

Floats = NDArray[np.float64]
Row: TypeAlias = tuple[float, ...]

CHUNK: Final = 25
"""Trials that are measured together; fixed, because one search has the graphs of a chunk in common."""


@dataclass(frozen=True)
class ReportPoint:
    """A setting and its number of trials."""

    task: str
    """A key of `TASKS`."""
    key: str
    """Name of the point's file."""
    settings: dict[str, Any]
    """Everything that the result depends on; JSON values."""
    data: NDArray[Any] | None = field(default=None, compare=False)
    """External patterns or graph; `settings` contains their digest."""

    @property
    def trials(self) -> int:
        """Number of trials."""
        return int(self.settings["trials"])

    def generator(self, trial: int) -> np.random.Generator:
        """Return the random generator of one trial."""
        return np.random.default_rng([self.settings["seed"], zlib.crc32(self.key.encode()), trial])


def measure(point: ReportPoint, trials: Sequence[int], stop: Event | None = None) -> Floats:
    """Measure some trials of a point, shape (trials, columns of its task); fewer if they were stopped."""
    task = TASKS[point.task]
    rows = list(task.rows(point, trials, stop))
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(task.columns))


def columns_of(point: ReportPoint, rows: Floats) -> Columns:
    """Return the rows of a point as the columns of its file."""
    return dict(zip(TASKS[point.task].columns, rows.T.tolist(), strict=True))


def _random_recall(point: ReportPoint, trials: Sequence[int], stop: Event | None) -> Iterator[Row]:
    """Store random patterns and load a random input, with a new network in every trial (the paper's random recall)."""
    s = point.settings
    conditions = Conditions(
        weight=s["weight_V"],
        charge_voltage=s["charge_voltage_V"],
        device=Device.published(),
        soma_start=published.SOMA_START,
        min_time=published.MIN_TIME,
    )

    def row(trial: int) -> Row:
        patterns, cue = draw(s["patterns"], s["neurons"], point.generator(trial))
        run = recall(patterns, cue, conditions)
        return run.time, run.energy, wrong_bits(run.bits, patterns), run.converged

    return in_turn(row, trials, stop)


def _image_recall(point: ReportPoint, trials: Sequence[int], stop: Event | None) -> Iterator[Row]:
    """Load a letter with d or 1 - d of its bits flipped, with equal odds, as the released program did."""
    s = point.settings
    assert point.data is not None
    network = Network(hebbian_weights(point.data, s["weight_V"]), Device.published())
    target = point.data[s["letter"]]

    def row(trial: int) -> Row:
        rng = point.generator(trial)
        share = s["distortion"] if rng.random() < 0.5 else 1.0 - s["distortion"]
        run = Simulation(
            network,
            distort(target, share, rng),
            charge_voltage=published.IMAGE_CHARGE_VOLTAGE,
            soma_start=published.SOMA_START,
            min_time=published.IMAGE_MIN_TIME,
        ).run()
        return run.time, run.energy, wrong_bits(run.bits, target[None]), run.converged

    return in_turn(row, trials, stop)


def _random_max_cut(point: ReportPoint, trials: Sequence[int], stop: Event | None) -> Iterator[Row]:
    """Cut random graphs with half of all edges; also by a tabu search and into two random halves."""
    s = point.settings
    graphs, halves = [], []
    for trial in trials:
        rng = point.generator(trial)
        graphs.append(half_connected_graph(s["nodes"], rng))
        side = rng.permutation(s["nodes"]) % 2
        halves.append(cut_value(graphs[-1], side))
    search = zlib.crc32(f"{s['seed']} {point.key} {trials[0]}".encode())
    optima = best_cuts(np.array(graphs), search)

    def row(index: int) -> Row:
        return *_device_cut(graphs[index], s["weight_V"], "events"), optima[index], halves[index]

    return in_turn(row, range(len(graphs)), stop)


def _given_graph(point: ReportPoint, _trials: Sequence[int], _stop: Event | None) -> Iterator[Row]:
    """Cut a given graph with Euler steps of 1 ps, as the released program, and with the event integrator."""
    graph, weight = point.data, point.settings["weight_V"]
    assert graph is not None
    events = _device_cut(graph, weight, "events")
    yield (
        *_device_cut(graph, weight, "euler"),
        events[0],
        events[2],
        *best_cuts(graph[None], point.settings["seed"]),
    )


class Task(NamedTuple):
    """A kind of trial and its columns, SI units."""

    rows: Callable[[ReportPoint, Sequence[int], Event | None], Iterator[Row]]
    columns: tuple[str, ...]


_RECALL: Final = ("time", "energy", "errors", "converged")
_CUT: Final = ("time", "energy", "cut", "decided_cut", "converged")
TASKS: Final = {
    "random_recall": Task(_random_recall, _RECALL),
    "image_recall": Task(_image_recall, _RECALL),
    "random_max_cut": Task(_random_max_cut, (*_CUT, "optimum", "halves")),
    "given_graph": Task(_given_graph, (*_CUT, "events_time", "events_cut", "optimum")),
}


def half_of_all_edges(nodes: int) -> int:
    """Return the number of edges of figure 7's graphs: half of all, rounded up, as the released optima show."""
    return (nodes * (nodes - 1) // 2 + 1) // 2


def half_connected_graph(nodes: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return a random graph with exactly half of all possible edges, shape (N, N).

    If edges were drawn independently, the optima would scatter three times as much as the released ones.
    """
    density = half_of_all_edges(nodes) / (nodes * (nodes - 1) // 2)
    return random_graph(nodes, density, rng).adjacency


def _device_cut(
    graph: NDArray[np.float64], weight: float, integrator: str
) -> tuple[float, float, float, float, float]:
    """Return time, energy, cut with undecided nodes read as OFF, cut with them in neither set, convergence."""
    off = np.zeros(graph.shape[0], dtype=np.uint8)
    network = maxcut_network(graph, weight, device=Device.published())
    run = Simulation(network, off, min_time=published.MIN_TIME, integrator=integrator).run()
    read, decided = cut_value(graph, run.bits == 1), cut_value(graph, run.bits)
    return run.time, run.energy, read, decided, float(run.converged)
