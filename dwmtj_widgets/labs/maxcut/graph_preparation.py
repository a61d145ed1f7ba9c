"""Preparation of a graph for the Max-cut Lab in the background: reading or random choice, layout, baselines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Event

import numpy as np
import numpy.typing as npt

from dwmtj_widgets.labs.common.background import BackgroundWork
from dwmtj_widgets.sessions.maxcut import checked_size
from dwmtj_widgets.tasks.graphs import Graph, layout
from dwmtj_widgets.tasks.maxcut_baselines import local_search, random_cut, total_weight
from dwmtj_widgets.texts import tr

LOCAL_SEARCH = tr("Local search")


@dataclass(frozen=True, eq=False)
class PreparedGraph:
    """A graph with its layout and baselines."""

    graph: Graph
    positions: npt.NDArray[np.float64]
    """(N, 2) in the unit square."""
    baselines: Mapping[str, float]
    """Cuts of other methods, by name."""


def prepared(graph: Graph) -> PreparedGraph:
    """Return a graph with layout and baselines.

    Raises
    ------
    Refused
        If it has too many nodes for the lab.
    """
    return PreparedGraph(checked_size(graph), layout(graph.adjacency), baselines_of(graph))


def baselines_of(graph: Graph) -> dict[str, float]:
    """Return cheap baselines: all edges, a random division, and a local search."""
    return {
        tr("All edges"): total_weight(graph.adjacency),
        tr("Random division"): random_cut(graph.adjacency, 0).cut,
        LOCAL_SEARCH: local_search(graph.adjacency, 0, starts=20).cut,
    }


class GraphPreparation:
    """Prepares one graph at a time; of requests made meanwhile, only the last counts.

    Parameters
    ----------
    ready : callable
        Called with the prepared graph.
    refused : callable
        Called with a sentence if the preparation failed.
    """

    def __init__(self, ready: Callable[[PreparedGraph], None], refused: Callable[[str], None]) -> None:
        self._ready, self._refused = ready, refused
        self._next: Callable[[], Graph] | None = None
        self._wanted = False
        self.work: BackgroundWork[PreparedGraph] = BackgroundWork(
            lambda: None, self._ended, self._failed, "graph"
        )

    def ask(self, make: Callable[[], Graph]) -> None:
        """Prepare the graph that `make` returns; the page shows its `Refused`."""
        self._wanted = True
        if self.work.running:
            self._next = make
            return

        def work(_cancel: Event) -> PreparedGraph:
            return prepared(make())

        self.work.start(work)

    def forget(self) -> None:
        """Drop the graph in preparation, because a person has changed the graph meanwhile."""
        self._next, self._wanted = None, False

    def wait(self, timeout: float) -> None:
        """Wait until all graphs are prepared, for use without a page.

        Raises
        ------
        TimeoutError
            If a graph takes longer than `timeout` seconds.
        """
        while self.work.running:
            self.work.wait(timeout)

    def close(self) -> None:
        """Stop, and end the thread."""
        self.forget()
        self.work.close()

    def _ended(self, result: PreparedGraph) -> None:
        if not self._went_on() and self._wanted:
            self._ready(result)

    def _failed(self, sentence: str) -> None:
        if not self._went_on() and self._wanted:
            self._refused(sentence)

    def _went_on(self) -> bool:
        make, self._next = self._next, None
        if make is not None:
            self.ask(make)
        return make is not None
