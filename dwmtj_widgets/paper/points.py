"""The points of each figure: settings and numbers of trials."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from dwmtj_widgets.paper.released import Released
from dwmtj_widgets.paper.trials import ReportPoint

REVISION: Final = 1
"""Revision of the trials; points of another revision are measured again."""

FIG5_NEURONS: Final = tuple(range(3, 30, 2))
FIG5_PATTERNS: Final = (1, 2, 3, 4)
FIG6_DISTORTIONS: Final = tuple(round(0.05 * k, 2) for k in range(11))
FIG7_NODES: Final = tuple(range(10, 61))
FIG8_WEIGHTS: Final = tuple(round(0.02 * k, 2) for k in range(1, 13))
FIG8_CHARGE_VOLTAGES: Final = FIG8_WEIGHTS
HEAVY_TAIL: Final = 0.06
"""V; up to this weight times have a heavy tail, and means need more trials."""
BENCHMARK_NODES: Final = 60


@dataclass(frozen=True)
class Plan:
    """Numbers of trials a point, and the seed of all."""

    seed: int = 0
    quick: bool = False
    recall: int = 1000
    """Trials of figure 5, and of figure 8 except for `heavy`."""
    heavy: int = 4000
    """Trials where times have a heavy tail, and for the 60 neurons whose time the paper's text states."""
    image: int = 1000
    max_cut: int = 1000

    @classmethod
    def short(cls, seed: int = 0) -> Plan:
        """Return the plan of a quick report."""
        return cls(seed, quick=True, recall=100, heavy=400, image=40, max_cut=20)

    def random_recall(
        self, neurons: int, patterns: int, weight: float = 0.1, charge_voltage: float = 0.1
    ) -> ReportPoint:
        """Return a point of random patterns and a random input."""
        headline = neurons == BENCHMARK_NODES and weight == charge_voltage == 0.1
        heavy = headline or (neurons == BENCHMARK_NODES and weight <= HEAVY_TAIL)
        return self._point(
            "random_recall",
            f"recall-n{neurons:02d}-p{patterns}-w{_millivolts(weight)}-v{_millivolts(charge_voltage)}",
            self.heavy if heavy else self.recall,
            neurons=neurons,
            patterns=patterns,
            weight_V=weight,
            charge_voltage_V=charge_voltage,
        )

    def image_recall(self, letters: NDArray[np.uint8], letter: int, distortion: float) -> ReportPoint:
        """Return a point of one letter of three at one distortion."""
        return self._point(
            "image_recall",
            f"image-{'UTD'[letter]}-d{round(100 * distortion):02d}",
            self.image,
            letters,
            letter=letter,
            distortion=distortion,
            weight_V=0.1,
        )

    def random_max_cut(self, nodes: int) -> ReportPoint:
        """Return a point of random graphs with half of all edges."""
        return self._point("random_max_cut", f"cut-n{nodes:02d}", self.max_cut, nodes=nodes, weight_V=0.1)

    def given_graph(self, name: str, adjacency: NDArray[np.float64]) -> ReportPoint:
        """Return a point of one graph."""
        return self._point("given_graph", f"graph-{name}", 1, adjacency, name=name, weight_V=0.1)

    def _point(
        self, task: str, key: str, trials: int, data: NDArray[Any] | None = None, **settings: Any
    ) -> ReportPoint:
        common = {"revision": REVISION, "task": task, "trials": trials, "seed": self.seed}
        if data is not None:
            common["data_sha256"] = hashlib.sha256(np.ascontiguousarray(data).tobytes()).hexdigest()[:16]
        return ReportPoint(task, key, {**common, **settings}, data)


def fig5_points(plan: Plan) -> list[ReportPoint]:
    """Return the points of figure 5."""
    return [plan.random_recall(n, p) for p in FIG5_PATTERNS for n in FIG5_NEURONS]


def fig6_points(plan: Plan, released: Released) -> list[ReportPoint]:
    """Return the points of figure 6(c)."""
    letters = released.letters()
    return [plan.image_recall(letters, k, d) for k in range(3) for d in FIG6_DISTORTIONS]


def fig7_points(plan: Plan) -> list[ReportPoint]:
    """Return the points of figure 7."""
    return [plan.random_max_cut(n) for n in FIG7_NODES]


def fig8_points(plan: Plan) -> list[ReportPoint]:
    """Return the points of figure 8: the weights, then the charge voltages of the release's second series."""
    by_weight = [plan.random_recall(BENCHMARK_NODES, 1, weight=w) for w in FIG8_WEIGHTS]
    by_charge = [plan.random_recall(BENCHMARK_NODES, 1, charge_voltage=v) for v in FIG8_CHARGE_VOLTAGES]
    return [*by_weight, *by_charge]


def table2_points(plan: Plan, released: Released) -> list[ReportPoint]:
    """Return the points of Table II and the text: one pattern in 60 neurons, the images, the benchmark graphs."""
    graphs = [plan.given_graph(graph.name, graph.adjacency) for graph in released.graphs()]
    return [
        plan.random_recall(BENCHMARK_NODES, 1),
        *fig6_points(plan, released),
        plan.random_max_cut(BENCHMARK_NODES),
        *graphs,
    ]


def _millivolts(volts: float) -> str:
    return f"{round(1000 * volts):03d}"
