"""Max-cut: a graph as a network whose ends are divisions of it (physics.md A4), one run or the best of many.

The paper makes one run, from all somas OFF, with sources of -1.05 W on the edges and +W elsewhere. A junction
conducts at both ends of its track, so the sources into a neuron push it by their sum, whatever the others do;
with the paper's sources that sum is small only where half of all pairs are edges. `balanced_network` takes it
away, and then every run from a random division ends in a cut about as good as a local search's.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from os import cpu_count
from threading import Event
from time import perf_counter
from typing import Final, Unpack

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dwmtj_widgets.hopfield import validation
from dwmtj_widgets.hopfield.device import Device
from dwmtj_widgets.hopfield.energy import published_estimate
from dwmtj_widgets.hopfield.ensemble import EnsembleResult, recall_many
from dwmtj_widgets.hopfield.network import Network
from dwmtj_widgets.tasks import checks
from dwmtj_widgets.tasks.graphs import checked_adjacency, cut_value
from dwmtj_widgets.tasks.maxcut_baselines import polish
from dwmtj_widgets.tasks.recall import PRESET_NAMES, Preset, SimulationOptions

ASYMMETRY: Final = 1.05
"""Of an edge's source to another pair's, in the paper."""

MAX_RUNS: Final = 1_000_000

_BATCH_SECONDS: Final = 0.2  # of a watcher's patience


def maxcut_preset(name: str) -> Preset:
    """Return the preset for max-cut of this name.

    ``"table1"`` is the paper's Table I, ``"published"`` what the released program did (physics.md A6): its
    device, Euler steps of 1 ps, at least 28 ns.

    Raises
    ------
    ValueError
        If there is no preset of this name.
    """
    if validation.one_of(name, "preset", PRESET_NAMES) == "table1":
        return Preset(Device(), SimulationOptions())
    released = SimulationOptions(soma_start="pattern", integrator="euler", min_time=28e-9)
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
    ValueError
        If the adjacency is not one, or another value is illegal.
    """
    edges = _relative(checked_adjacency(adjacency))
    voltage = validation.positive(weight, "weight", "V")
    ratio = validation.within(asymmetry, "asymmetry", 0.0, 100.0)
    sources = np.where(edges != 0.0, -ratio * voltage * edges, voltage)
    np.fill_diagonal(sources, 0.0)
    return Network(sources, device, synaptic_weight=voltage)


def balanced_network(adjacency: ArrayLike, weight: float = 0.1, device: Device | None = None) -> Network:
    """Return a network for a graph in which the sources into every neuron sum to zero.

    The source from i to j is 2 W (mean over all i of a_ij - a_ij), where a is the adjacency relative to the mean
    magnitude of its weights: on an unweighted graph of density 0.5 about -W on edges and +W elsewhere, as in
    `maxcut_network`. This mapping is not in the paper. With it a neuron that compares equally many neighbours
    on either side is pushed to none, at every density; so a graph with all edges of one weight, whose nodes
    differ in nothing, has no source left, and no cut is found.

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
    ValueError
        If the adjacency is not one, or the weight is not a positive voltage.
    """
    edges = _relative(checked_adjacency(adjacency))
    voltage = validation.positive(weight, "weight", "V")
    sources = 2.0 * voltage * (edges.sum(axis=0) / (edges.shape[0] - 1) - edges)
    np.fill_diagonal(sources, 0.0)
    return Network(sources, device, synaptic_weight=voltage)


@dataclass(frozen=True, eq=False)
class MaxCut:
    """The ends of B runs on one graph, in the order in which they were drawn. SI units."""

    adjacency: NDArray[np.float64]
    """(N, N)"""
    network: Network
    loaded: NDArray[np.uint8]
    """(B, N) the divisions that were loaded."""
    bits: NDArray[np.int8]
    """(B, N) 1, 0, or -1 where undecided."""
    cuts: NDArray[np.float64]
    """(B,) the device's own cuts, see `cut_value`; nan where a run was not made."""
    polished: NDArray[np.float64]
    """(B,) the cuts after a one-exchange local search from these ends, which the device has no part in."""
    time: NDArray[np.float64]
    """(B,) time-to-solution in seconds."""
    energy: NDArray[np.float64]
    """(B,) joules, by the circuit."""
    energy_estimate: NDArray[np.float64]
    """(B,) joules, by the paper's closed form; nan below three nodes."""
    converged: NDArray[np.bool_]
    """(B,) whether every wall came to rest in time."""
    done: NDArray[np.bool_]
    """(B,) False for runs that were left out because of `cancel`."""

    @property
    def best(self) -> int:
        """Which run has the greatest cut, the first of equals.

        Raises
        ------
        RuntimeError
            If no run was made.
        """
        if not self.done.any():
            msg = "No run was made before it was stopped."
            raise RuntimeError(msg)
        return int(np.nanargmax(self.cuts))

    @property
    def best_cut(self) -> float:
        """The greatest of the device's own cuts."""
        return float(self.cuts[self.best])

    @property
    def best_bits(self) -> NDArray[np.int8]:
        """The division that makes it, shape (N,)."""
        return self.bits[self.best]


def solve(
    adjacency: ArrayLike,
    *,
    runs: int = 1,
    weight: float = 0.1,
    asymmetry: float = ASYMMETRY,
    device: Device | None = None,
    balanced: bool | None = None,
    seed: checks.Seed = 0,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancel: Event | None = None,
    watch: Callable[[NDArray[np.float64]], None] | None = None,
    **options: Unpack[SimulationOptions],
) -> MaxCut:
    """Divide a graph by the device: the paper's one run, or many from random divisions, on all cores.

    One run is the paper's: all somas OFF and loaded as OFF. Many runs load random bits instead, each 0 or 1 with
    equal odds. The result does not depend on the number of workers, nor on whether anybody watches.

    Parameters
    ----------
    adjacency : array_like, shape (N, N)
        Weights of the edges; 0 is no edge.
    runs : int
        How many.
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
        When it is set the runs not yet begun are left out.
    watch : callable, optional
        Called about five times a second with the cuts so far, shape (K,), from the thread that called `solve`:
        for a histogram that grows.
    **options
        Those of `Simulation`.

    Raises
    ------
    ValueError
        If an input is illegal; the sentence says what arrived and what is legal.
    """
    graph = checked_adjacency(adjacency)
    total = checks.whole(runs, "runs", 1, MAX_RUNS)
    balance = total > 1 if balanced is None else balanced
    network = (
        balanced_network(graph, weight, device)
        if balance
        else maxcut_network(graph, weight, asymmetry, device)
    )
    shape = (total, network.size)
    if total == 1 and not balance:
        loaded = np.zeros(shape, dtype=np.uint8)
    else:
        loaded = checks.generator(seed).integers(0, 2, size=shape, dtype=np.uint8)
    ends = _Ends.empty(shape)
    start = 0
    threads = workers or cpu_count() or 1
    batch = total if watch is None else threads
    while start < total and not (start and cancel is not None and cancel.is_set()):
        begun = perf_counter()
        rows = slice(start, start + batch)
        ...
    raise NotImplementedError
