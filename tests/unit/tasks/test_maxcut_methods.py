"""The methods that are laid beside the device: local search, exact search, Goemans-Williamson."""

import importlib.util
import itertools
import re
import sys

import networkx as nx
import numpy as np
import pytest
from drawn.graphs import graphs
from hypothesis import given, settings
from hypothesis import strategies as st
from networkx.algorithms import approximation

from dwmtj_widgets import cut_value
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.tasks import maxcut_baselines
from dwmtj_widgets.tasks.graphs import (
    FAMOUS,
    complete_bipartite_graph,
    complete_graph,
    petersen_graph,
    random_graph,
)
from dwmtj_widgets.tasks.maxcut_baselines import (
    Division,
    goemans_williamson,
    local_search,
    one_exchange,
    random_cut,
    total_weight,
)
from dwmtj_widgets.tasks.maxcut_exact import exact_cut

PATH = np.array([[0.0, 2.0, 0.0], [2.0, 0.0, -1.0], [0.0, -1.0, 0.0]])
SMALL = random_graph(16, 0.5, 5).adjacency


def all_divisions(size):
    return np.array(list(itertools.product((0, 1), repeat=size)))


def test_total_weight_and_a_random_division():
    assert total_weight(PATH) == 1.0
    cuts = [random_cut(SMALL, seed).cut for seed in range(300)]
    assert np.mean(cuts) == pytest.approx(total_weight(SMALL) / 2, rel=0.03)
    assert random_cut(SMALL, 7).cut == random_cut(SMALL, 7).cut == cut_value(SMALL, random_cut(SMALL, 7).bits)


@given(graphs(), st.integers(0, 2**9 - 1))
def test_one_exchange_is_that_of_networkx(graph, number):
    start = (number >> np.arange(len(graph))) & 1
    end = one_exchange(graph, start)
    cut = cut_value(graph, end)
    flipped = [
        cut_value(graph, np.where(np.arange(len(graph)) == node, 1 - end, end)) for node in range(len(end))
    ]
    assert cut >= max(flipped)
    assert cut >= cut_value(graph, start)
    _, (first, _second) = approximation.one_exchange(
        nx.from_numpy_array(graph), set(np.flatnonzero(start).tolist()), weight="weight", seed=0
    )
    theirs = np.isin(np.arange(len(graph)), list(first)).astype(int)
    assert (one_exchange(graph, theirs) == theirs).all()


def test_one_exchange_of_many_is_that_of_each():
    starts = np.random.default_rng(2).integers(-1, 2, (3, 100, 16))
    ends = one_exchange(SMALL, starts)
    assert ends.shape == starts.shape
    assert set(np.unique(ends)) == {0, 1}
    assert (ends[2, 99] == one_exchange(SMALL, starts[2, 99])).all()
    assert (cut_value(SMALL, ends) >= total_weight(SMALL) / 2).all()
    with pytest.raises(Refused, match="the graph has 16 nodes"):
        one_exchange(SMALL, [0, 1])


def test_local_search_gets_better_with_starts_and_depends_on_the_seed():
    graph = random_graph(60, 0.5, 9).adjacency
    cuts = [local_search(graph, 1, starts).cut for starts in (1, 10, 300)]
    assert total_weight(graph) / 2 < cuts[0] <= cuts[1] <= cuts[2]
    assert cuts[0] < cuts[2]
    assert (local_search(graph, 1).bits == local_search(graph, 1).bits).all()
    with pytest.raises(Refused, match="starts is 0"):
        local_search(graph, 1, 0)


@pytest.mark.parametrize("name", FAMOUS)
def test_exact_cut_of_famous_graphs(name):
    graph = FAMOUS[name]()
    found = exact_cut(graph.adjacency)
    assert found.proven
    assert found.cut == found.bound == graph.optimum == cut_value(graph.adjacency, found.bits)


@pytest.mark.parametrize("seed", range(6))
def test_exact_cut_is_the_greatest_of_all(seed):
    rng = np.random.default_rng(seed)
    upper = np.triu(rng.integers(-3, 4, (8, 8)) * rng.choice([1.0, 0.37]), 1)
    graph = upper + upper.T
    found = exact_cut(graph)
    assert found.proven
    assert found.cut == pytest.approx(cut_value(graph, all_divisions(8)).max())


def test_exact_cut_without_edges_or_with_negative_ones_alone():
    assert exact_cut(np.zeros((3, 3))).bound == 0.0
    assert exact_cut(np.zeros((3, 3))).proven
    negative = exact_cut(-petersen_graph().adjacency)
    assert (negative.cut, negative.proven) == (0.0, True)


def test_exact_cut_out_of_time_says_that_it_is_a_bound():
    graph = random_graph(80, 0.5, 0).adjacency
    found = exact_cut(graph, 0.05)
    assert not found.proven
    assert found.cut == cut_value(graph, found.bits)
    assert found.cut >= local_search(graph, 0, 10).cut
    assert found.cut < found.bound <= total_weight(graph)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: exact_cut(PATH, 0), "time_limit is 0"),
        (lambda: exact_cut(PATH, np.nan), "time_limit is nan"),
        (lambda: exact_cut(random_graph(300, 0.9, 0).adjacency), "more than 20,000 edges"),
        (lambda: goemans_williamson(random_graph(201, 0.1, 0).adjacency), "The graph has 201 nodes"),
        (lambda: goemans_williamson(PATH, 0, 0), "roundings is 0"),
        (lambda: random_cut(PATH, -1), "seed is -1"),
    ],
)
def test_what_the_methods_refuse(call, message):
    with pytest.raises(Refused, match=re.escape(message)):
        call()


needs_cvxpy = pytest.mark.skipif(
    importlib.util.find_spec("cvxpy") is None, reason="cvxpy is not installed (the extra maxcut)"
)


@needs_cvxpy
def test_goemans_williamson_lies_between_its_guarantee_and_its_bound():
    for graph in (petersen_graph(), complete_bipartite_graph(4, 5), complete_graph(7)):
        found = goemans_williamson(graph.adjacency, 1)
        assert 0.878 * graph.optimum <= found.cut <= graph.optimum <= found.bound
        assert found.cut == cut_value(graph.adjacency, found.bits)
    # whole weights have whole cuts, so that 12.5 proves the optimum; thirds do not
    assert goemans_williamson(petersen_graph().adjacency).proven
    third = goemans_williamson(petersen_graph().adjacency / 3)
    assert third.bound == pytest.approx(12.5 / 3, rel=1e-4)
    assert not third.proven


@needs_cvxpy
@given(graphs(weights=st.integers(-9, 9).map(lambda whole: whole / 7)))
@settings(max_examples=8)
def test_goemans_williamsons_bound_is_one(graph):
    found = goemans_williamson(graph, 0, 20)
    greatest = cut_value(graph, all_divisions(len(graph))).max()
    assert found.cut <= greatest <= found.bound + 1e-12
    assert not found.proven or found.cut == pytest.approx(greatest)


@needs_cvxpy
def test_goemans_williamson_depends_on_the_seed_alone():
    one, other = goemans_williamson(SMALL, 3, 1), goemans_williamson(SMALL, 3, 1)
    assert (one.bits == other.bits).all()


def test_goemans_williamson_without_cvxpy_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "cvxpy", None)
    with pytest.raises(RuntimeError) as caught:
        goemans_williamson(PATH)
    assert (
        str(caught.value)
        == 'Goemans-Williamson needs cvxpy; python -m pip install "dwmtj-widgets[maxcut]" installs it.'
    )


def test_a_division_is_proven_by_its_bound():
    bits = np.zeros(2, dtype=np.int8)
    assert Division(2.0, bits, 2.0).proven
    assert not Division(2.0, bits, 2.5).proven
    assert not Division(2.0, bits).proven
    assert maxcut_baselines.LARGEST_RELAXED == 200
