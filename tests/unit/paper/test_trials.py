"""Trials of the paper's figures are the runs that their seeds say."""

import math
from itertools import product

import numpy as np
import pytest
from reference import GRAPHS, NANOSECOND, reference_rows
from reference import bits as bits_of
from small_cases import TINY

from dwmtj_widgets import Device, Network, Simulation, hebbian_weights
from dwmtj_widgets.paper.released import Released
from dwmtj_widgets.paper.trials import (
    columns_of,
    half_connected_graph,
    half_of_all_edges,
    measure,
    wrong_bits,
)
from dwmtj_widgets.tasks.best_cut import best_cuts
from dwmtj_widgets.tasks.graphs import cut_value


def test_random_recall_is_the_recall_of_its_seed():
    point = TINY.random_recall(9, 2)
    columns = columns_of(point, measure(point, range(3)))
    for trial in range(3):
        rng = point.generator(trial)
        patterns, cue = rng.integers(0, 2, (2, 9), dtype=np.uint8), rng.integers(0, 2, 9, dtype=np.uint8)
        network = Network(hebbian_weights(patterns, 0.1), Device.published())
        run = Simulation(network, cue, soma_start="pattern", min_time=28 * NANOSECOND).run()
        assert (columns["time"][trial], columns["energy"][trial]) == (run.time, run.energy)
        nearest = min((run.bits != p).sum() for q in patterns for p in (q, 1 - q))
        assert columns["errors"][trial] == nearest


def test_wrong_bits_count_to_the_nearest_pattern_or_inverse_and_undecided_ones_always():
    patterns = np.array([[1, 1, 0, 0], [1, 0, 1, 0]], dtype=np.uint8)
    for state, wrong in (([1, 1, 0, 0], 0), ([0, 0, 1, 1], 0), ([0, 1, 0, 0], 1), ([-1, 1, 0, 0], 1)):
        assert wrong_bits(np.array(state, dtype=np.int8), patterns) == wrong
    assert wrong_bits(np.full(4, -1, dtype=np.int8), patterns) == 4


def test_image_recall_flips_d_or_the_rest():
    """A cue of distortion 0 is the letter or its inverse; either is recalled without a wrong bit."""
    letters = Released().letters()
    point = TINY.image_recall(letters, 0, 0.0)
    columns = columns_of(point, measure(point, range(8)))
    assert columns["errors"] == [0.0] * 8
    assert columns["time"] == pytest.approx([56 * NANOSECOND] * 8, rel=1e-9, abs=0.0)


def test_own_letters_are_not_the_papers():
    own = Released().letters()
    assert own.shape == (3, 100)
    assert set(np.unique(own)) == {0, 1}
    theirs = np.array([bits_of(line["bits"]) for line in reference_rows("image_recall/letters.csv")])
    for mine, other in product(own, theirs):
        assert 0.02 < (mine != other).mean() < 0.98


@pytest.mark.parametrize("nodes", [10, 13, 14, 60])
def test_graphs_have_half_of_all_edges(nodes):
    graph = half_connected_graph(nodes, np.random.default_rng(0))
    assert graph.sum() / 2 == half_of_all_edges(nodes) == math.ceil(nodes * (nodes - 1) / 4)


def test_best_cut_is_the_optimum_by_enumeration():
    rng = np.random.default_rng(5)
    graphs = np.array([half_connected_graph(9, rng) for _ in range(6)])
    sides = np.array([(0, *side) for side in product((0, 1), repeat=8)])
    expected = [cut_value(graph, sides).max() for graph in graphs]
    assert best_cuts(graphs, seed=1).tolist() == expected


def test_best_cut_is_the_best_known_of_the_benchmark_graphs(reference_folder):
    graphs = Released(reference_folder).graphs()
    assert [graph.name for graph in graphs] == list(GRAPHS)
    found = best_cuts(np.array([graph.adjacency for graph in graphs]), seed=0)
    assert found.tolist() == [graph.best_known for graph in graphs]


def test_max_cut_trials_hold_together():
    point = TINY.random_max_cut(12)
    columns = columns_of(point, measure(point, range(4)))
    halves, cut, decided, optimum = (
        np.array(columns[k]) for k in ("halves", "cut", "decided_cut", "optimum")
    )
    assert (decided <= cut).all()
    assert (np.maximum(cut, halves) <= optimum).all()
    assert (optimum <= half_of_all_edges(12)).all()
