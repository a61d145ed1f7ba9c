"""Max-cut: a network whose final state divides a graph (physics.md A4), one run or the best of many.

The paper makes one run, from all somas OFF, with sources of -1.05 W on the edges and +W elsewhere. A junction
conducts at both ends of its track, so the sources into a neuron bias it by their sum, whatever the others do;
with the paper's sources that sum is small only where half of all pairs are edges. `balanced_network` removes the
bias, and then every run from a random division ends in a cut about as good as a local search's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from os import cpu_count
from threading import Event
from time import perf_counter
from typing import Final, Unpack

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dwmtj_widgets.hopfield import published, validation
from dwmtj_widgets.hopfield.device import Device
from dwmtj_widgets.hopfield.energy import published_estimate
from dwmtj_widgets.hopfield.ensemble import EnsembleResult, recall_many
from dwmtj_widgets.hopfield.network import Network
from dwmtj_widgets.refusals import Unable
from dwmtj_widgets.tasks.graphs import checked_adjacency, completed, cut_value
from dwmtj_widgets.tasks.maxcut_baselines import one_exchange
from dwmtj_widgets.tasks.recall import PRESET_NAMES, Preset, SimulationOptions

ASYMMETRY: Final = 1.05
"""Ratio of an edge's source to another pair's, in the paper."""

MAX_RUNS: Final = 100_000

_WATCH_SECONDS: Final = 0.2


def maxcut_preset(name: str) -> Preset:
    """Return the preset for max-cut of this name.

    ``"table1"`` is the paper's Table I, ``"published"`` what the released program did (physics.md A6): its
    device, Euler steps of 1 ps, at least 28 ns.

    Raises
    ------
    Refused
        If there is no preset of this name.
    """
    if validation.one_of(name, "preset", PRESET_NAMES) == "table1":
        return Preset(Device(), SimulationOptions())
    released = SimulationOptions(
        soma_start=published.SOMA_START, integrator="euler", min_time=published.MIN_TIME
    )
    return Preset(Device.published(), released)


def maxcut_network(
    adjacency: ArrayLike,
    weight: float = 0.1,
    asymmetry: float = ASYMMETRY,
    device: Device | None = None,
) -> Network:
    """Return the paper's network for a graph: sources of -asymmetry W on its edges, +W between other nodes.

    On a weighted graph an edge's source is also multiplied by its weight relative to the mean magnitude of
    all edges' weights. Source: physics.md A4.

    Parameters
    ----------
    adjacency : array_like, shape (N, N)
        Weights of the edges; 0 is no edge.
    weight : float
        W in volts.
    asymmetry : float
        By how much an edge outweighs a pair without one, from 0 to 100.
    device : Device, optional
        Table I if not given.

    Raises
    ------
    Refused
        If the adjacency is not one, or another value is illegal.
    """
    edges = _relative(checked_adjacency(adjacency))
    voltage = validation.positive(weight, "weight", "V")
    ratio = validation.within(asymmetry, "asymmetry", 0.0, 100.0)
    sources = np.where(edges != 0.0, -ratio * voltage * edges, voltage)
    np.fill_diagonal(sources, 0.0)
    return Network(sources, device, synaptic_weight=voltage)


def balanced_network(adjacency: ArrayLike, weight: float = 0.1, device: Device | None = None) -> Network:
    """Return a network for a graph in which the sources into every neuron add up to zero.

    The source from i to j is 2 W (mean over all i of a_ij - a_ij), where a is the adjacency relative to the mean
    magnitude of its weights: on an unweighted graph of density 0.5 about -W on edges and +W elsewhere, as in
    `maxcut_network`. This mapping is not in the paper. A neuron with equally many neighbours on either side is
    then biased to neither, at every density. The sources vanish as a graph approaches a complete one of equal
    weights, for which no cut is found.

    Parameters
    ----------
    adjacency : array_like, shape (N, N)
        Weights of the edges; 0 is no edge.
    weight : float
        W in volts.
    device : Device, optional
        Table I if not given.

    Raises
    ------
    Refused
        If the adjacency is not one, or the weight is not a positive voltage.
    """
    edges = _relative(checked_adjacency(adjacency))
    voltage = validation.positive(weight, "weight", "V")
    sources = 2.0 * voltage * (edges.sum(axis=0) / (edges.shape[0] - 1) - edges)
    np.fill_diagonal(sources, 0.0)
    return Network(sources, device, synaptic_weight=voltage)


@dataclass(frozen=True, eq=False)
class MaxCut:
    """Results of K runs on one graph, in the order in which they were drawn. SI units."""

    adjacency: NDArray[np.float64]
    """(N, N)"""
    network: Network
    charge_voltage: float
    loaded: NDArray[np.uint8]
    """(K, N) the divisions that were loaded."""
    bits: NDArray[np.int8]
    """(K, N) 1 or 0; nodes that the device left `undecided` are placed by `completed`."""
    undecided: NDArray[np.bool_]
    """(K, N) nodes that the device left undecided."""
    cuts: NDArray[np.float64]
    """(K,) the cuts of these divisions."""
    time: NDArray[np.float64]
    """(K,) time-to-solution in seconds."""
    energy: NDArray[np.float64]
    """(K,) joules, by the circuit."""
    converged: NDArray[np.bool_]
    """(K,) whether every wall came to rest in time."""

    @classmethod
    def of_no_runs(cls, adjacency: NDArray[np.float64], network: Network, charge_voltage: float) -> MaxCut:
        """Return an empty result."""
        none, size = np.empty(0), (0, network.size)
        return cls(
            adjacency=adjacency,
            network=network,
            charge_voltage=charge_voltage,
            loaded=np.empty(size, dtype=np.uint8),
            bits=np.empty(size, dtype=np.int8),
            undecided=np.empty(size, dtype=bool),
            cuts=none,
            time=none,
            energy=none,
            converged=np.empty(0, dtype=bool),
        )

    def with_ends(self, loaded: NDArray[np.uint8], ends: EnsembleResult) -> MaxCut:
        """Return a result with finished runs added; `loaded` are the rows that they loaded."""
        done = ends.done
        if not done.any():
            return self
        bits = completed(self.adjacency, ends.bits[done])
        return replace(
            self,
            loaded=np.concatenate([self.loaded, loaded[done]]),
            bits=np.concatenate([self.bits, bits]),
            undecided=np.concatenate([self.undecided, ends.bits[done] < 0]),
            cuts=np.concatenate([self.cuts, cut_value(self.adjacency, bits)]),
            time=np.concatenate([self.time, ends.time[done]]),
            energy=np.concatenate([self.energy, ends.energy[done]]),
            converged=np.concatenate([self.converged, ends.converged[done]]),
        )

    def __len__(self) -> int:
        return int(self.cuts.shape[0])

    @property
    def best(self) -> int:
        """Index of the run with the greatest cut; of equals the first with the fewest undecided nodes.

        Raises
        ------
        Unable
            If no run was made.
        """
        if not len(self):
            msg = "No run was made before it was stopped."
            raise Unable(msg)
        return int(np.lexsort((self.undecided.sum(axis=1), -self.cuts))[0])

    @property
    def best_cut(self) -> float:
        """The greatest cut."""
        return float(self.cuts[self.best])

    @property
    def best_bits(self) -> NDArray[np.int8]:
        """The division with the greatest cut, shape (N,)."""
        bits: NDArray[np.int8] = self.bits[self.best]
        return bits

    @cached_property
    def polished_cuts(self) -> NDArray[np.float64]:
        """Cuts after `one_exchange` from these divisions, shape (K,); the gain is the computer's, not the device's."""
        cuts: NDArray[np.float64] = cut_value(self.adjacency, one_exchange(self.adjacency, self.bits))
        return cuts

    def energy_estimate(self, run: int) -> float:
        """Return the paper's closed-form energy estimate of a run in joules; nan below three nodes."""
        if self.network.size < 3:
            return float("nan")
        return published_estimate(
            self.network.size,
            float(self.time[run]),
            self.charge_voltage,
            self.network.synaptic_weight,
            self.network.device,
        )


def solve(
    adjacency: ArrayLike,
    *,
    runs: int = 1,
    weight: float = 0.1,
    asymmetry: float = ASYMMETRY,
    device: Device | None = None,
    balanced: bool | None = None,
    seed: validation.Seed = 0,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancel: Event | None = None,
    watch: Callable[[NDArray[np.float64]], None] | None = None,
    **options: Unpack[SimulationOptions],
) -> MaxCut:
    """Divide a graph with the device: the paper's one run, or many from random divisions, on all cores.

    One run is the paper's: all somas OFF and loaded as OFF. Many runs load random bits instead, each 0 or 1 with
    equal odds. The result depends neither on the number of workers nor on `watch`.

    Parameters
    ----------
    adjacency : array_like, shape (N, N)
        Weights of the edges; 0 is no edge.
    runs : int
        Number of runs, up to 100,000.
    weight, asymmetry, device
        As in `maxcut_network`; a balanced network has no asymmetry.
    balanced : bool, optional
        Whether to use `balanced_network`; by default for many runs. A single balanced run starts at random.
    seed : int or numpy.random.Generator
        Chooses the random divisions.
    workers : int, optional
        Threads; by default one a core.
    progress : callable, optional
        Called as ``progress(done, total)`` from the workers' threads after every run.
    cancel : threading.Event, optional
        Once set, runs not yet begun are left out of the result.
    watch : callable, optional
        Called about five times a second with the cuts so far, shape (K,), from the thread that called `solve`,
        for a growing histogram.
    **options
        Those of `Simulation`.

    Raises
    ------
    Refused
        If an input is illegal; the sentence says what arrived and what is legal.
    """
    graph = checked_adjacency(adjacency)
    total = validation.whole(runs, "runs", 1, MAX_RUNS)
    threads = cpu_count() or 1 if workers is None else validation.whole(workers, "workers", 1, 1024)
    if total > 1 if balanced is None else balanced:
        network, at_random = balanced_network(graph, weight, device), True
    else:
        network, at_random = maxcut_network(graph, weight, asymmetry, device), total > 1
    drawn = validation.generator(seed).integers(0, 2, size=(total, network.size), dtype=np.uint8)
    loaded = drawn if at_random else np.zeros_like(drawn)
    found = MaxCut.of_no_runs(graph, network, options.get("charge_voltage", 0.1))
    begin, length = 0, total if watch is None else threads
    while begin < total and not (cancel is not None and cancel.is_set()):
        rows, started = loaded[begin : begin + length], perf_counter()
        report = None if progress is None else _shifted(progress, begin, total)
        part = recall_many(network, rows, workers=threads, progress=report, cancel=cancel, **options)
        found = found.with_ends(rows, part)
        begin += length
        if watch is not None:
            watch(found.cuts.copy())
            paced = length * _WATCH_SECONDS / max(perf_counter() - started, 1e-6)
            length = threads * max(1, round(min(paced, 4.0 * length) / threads))
    return found


def _shifted(progress: Callable[[int, int], None], begin: int, total: int) -> Callable[[int, int], None]:
    return lambda done, _: progress(begin + done, total)


def _relative(adjacency: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the weights of the edges relative to the mean of their magnitudes."""
    magnitudes = np.abs(adjacency[adjacency != 0.0])
    return adjacency / magnitudes.mean() if magnitudes.size else adjacency
