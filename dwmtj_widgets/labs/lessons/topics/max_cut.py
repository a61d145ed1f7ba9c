"""Lesson 6: computing by relaxing."""

from __future__ import annotations

from typing import Final

import numpy as np

from dwmtj_widgets.hopfield import Simulation
from dwmtj_widgets.labs.lessons.answers import Choice, Number, Option
from dwmtj_widgets.labs.lessons.course import Topic
from dwmtj_widgets.labs.lessons.figure import Chart, Measurement, curve
from dwmtj_widgets.sessions.lessons.cut import ends_of, lesson_graph
from dwmtj_widgets.tasks.graphs import adjacency_of, cut_value, edge_count, random_graph
from dwmtj_widgets.tasks.maxcut import maxcut_network
from dwmtj_widgets.tasks.maxcut_baselines import local_search
from dwmtj_widgets.tasks.maxcut_exact import exact_cut
from dwmtj_widgets.units import shown
from dwmtj_widgets.widgets import palette
from dwmtj_widgets.widgets.plots.curve_plot import Scale

STARTS: Final = 40
WHEEL: Final = 5
"""Nodes on the rim of the exercise's wheel."""
_NODES: Final = (10, 20, 30, 40, 50, 60)
_GRAPHS: Final = 12


def _happened() -> str:
    graph = lesson_graph()
    ends = ends_of(graph, STARTS)
    others = ", ".join(
        f"{count} with {cut:g}" for cut, count in sorted(ends.items(), reverse=True) if cut != graph.optimum
    )
    return (
        f"Of {STARTS} starts {ends[float(graph.optimum or 0)]} ended with {graph.optimum:g} cut edges, "
        f"{others}. A wall "
        "goes only where its dendrite pushes it. From a division that no single node wants to leave, no wall moves, "
        "though a better division exists."
    )


def wheel_cut() -> float:
    """Return the greatest cut of a ring of 5 with a hub joined to all nodes."""
    edges = [(k, other) for k in range(WHEEL) for other in ((k + 1) % WHEEL, WHEEL)]
    return exact_cut(adjacency_of(WHEEL + 1, edges)).cut


def _charts() -> list[Chart]:
    means = [np.mean([_shares(nodes, seed) for seed in range(_GRAPHS)], axis=0) for nodes in _NODES]
    device, best, halves = shown(1.0, "%") * np.array(means).T
    return [
        Chart(
            Scale("Nodes", 8.0, 62.0, "", symbol="nodes"),
            Scale("Edges cut, %", 40.0, 85.0, "%", symbol="cut"),
            [
                curve(
                    "best known",
                    _NODES,
                    best,
                    palette.SERIES[2],
                    label="best",
                    marker="triangle",
                    dash="dashed",
                ),
                curve("device", _NODES, device, palette.SERIES[0], label="device", marker="circle"),
                curve(
                    "by chance",
                    _NODES,
                    halves,
                    palette.SERIES[1],
                    label="chance",
                    marker="square",
                    dash="dotted",
                ),
            ],
        )
    ]


def _shares(nodes: int, seed: int) -> tuple[float, float, float]:
    """Return the shares of edges cut by the device, by the best known division and by random halves."""
    graph = random_graph(nodes, 0.5, seed).adjacency
    edges = edge_count(graph)
    end = Simulation(maxcut_network(graph), np.zeros(nodes, dtype=np.uint8)).run()
    # An undecided node is read as OFF, as in the paper's figure.
    cut = float(cut_value(graph, np.maximum(end.bits, 0)))
    divided = np.random.default_rng(seed).permutation(np.arange(nodes) % 2)
    return cut / edges, local_search(graph, seed, 20).cut / edges, float(cut_value(graph, divided)) / edges


TOPIC = Topic(
    question=(
        "The graph below has 8 nodes and 14 edges. Its greatest cut has 11 edges: no division into two sets has more "
        f"edges between them. The network starts from {STARTS} random divisions. How often does it end with 11?"
    ),
    options=(
        "Always: it relaxes to the lowest state there is.",
        "In somewhat more than half of the runs; the others stop at a poorer cut.",
        "In about one run of a hundred, as by chance.",
        "Never: with random starts it does not come to rest.",
    ),
    right=1,
    happened=_happened,
    check=Choice(
        "Three nodes, each joined to both others. How many of the three edges can a division cut?",
        (
            Option("One.", "Put one node alone on one side and count the edges that cross."),
            Option(
                "Two.",
                "Two of the three nodes are always on the same side, and the edge between them is not cut. No "
                "division "
                "satisfies all edges of a ring of odd length: that is why max-cut is hard.",
            ),
            Option("All three.", "There are only two sides for three nodes. Which two nodes share one?"),
        ),
        right=1,
    ),
    exercise=Number(
        f"A wheel: a ring of {WHEEL} nodes, and a hub that is joined to all of them, so {2 * WHEEL} edges. How "
        "many edges "
        "has its greatest cut? Think, or draw it above.",
        wheel_cut,
        "1",
        (
            f"First the ring alone. Going round a ring of {WHEEL} you cannot change sides at every step.",
            "The ring gives four at most. Then put the hub on the side that cuts more of its spokes.",
            "With the ring divided 3 to 2, how many spokes cross if the hub joins the two?",
        ),
        "Four edges of the ring, and three spokes from the hub on the side of the two.",
        tolerance=0.0,
        name="edges",
    ),
    figure=Measurement(
        "device, best known and chance",
        "The paper's Fig. 7: share of the edges that are cut, for random graphs with half of all edges. Here: "
        f"{_GRAPHS} "
        "graphs a point, one run each from all OFF, device of Table I, beside the best of 20 local searches and a "
        "division into two random halves.",
        _charts,
    ),
)
