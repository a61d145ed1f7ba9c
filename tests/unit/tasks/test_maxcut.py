"""Max-cut by the device, held against the released program and against optima."""

import re
import subprocess
import sys
from threading import Event, get_ident

import numpy as np
import pytest
from drawn.graphs import graphs
from hypothesis import given
from reference import GRAPHS, PICOSECOND, reference_file, reference_rows

import dwmtj_widgets
from dwmtj_widgets import Device, Simulation, cut_value, load_graph, maxcut_network
from dwmtj_widgets.hopfield.energy import published_estimate
from dwmtj_widgets.refusals import Refused, Unable
from dwmtj_widgets.tasks.graph_files import parse_graph
from dwmtj_widgets.tasks.graphs import FAMOUS, complete_graph, completed, random_graph
from dwmtj_widgets.tasks.maxcut import balanced_network, maxcut_preset, solve
from dwmtj_widgets.tasks.maxcut_exact import exact_cut

PATH = np.array([[0.0, 2.0, 0.0], [2.0, 0.0, -1.0], [0.0, -1.0, 0.0]])
SMALL = random_graph(16, 0.5, 5).adjacency


# -- no cut above the optimum ------------------------------------------------------------------------------------


SIDES = {size: (np.arange(2 ** (size - 1))[:, None] >> np.arange(size)) & 1 for size in range(2, 11)}
"""All divisions of so many nodes; the last node stays where it is."""


def greatest_cut(adjacency):
    """Return the optimum by looking at every division."""
    sides = SIDES[len(adjacency)]
    return ((sides @ adjacency) * (1 - sides)).sum(axis=1).max()


def any_graph(rng):
    """Return a graph of 2 to 10 nodes: sparse to complete, of both signs or one, whole weights or not."""
    size = int(rng.integers(2, 11))
    weights = rng.integers(-3, 4, (size, size)) * rng.choice([1.0, 0.1, 1e-3, 1e6])
    if rng.random() < 0.2:
        weights = np.abs(weights)
    upper = np.triu(weights * (rng.random((size, size)) < rng.uniform(0.1, 1.0)), 1)
    upper[:, rng.random(size) < 0.1] = 0.0  # many of these nodes have no edge
    return upper + upper.T


@pytest.mark.slow
def test_no_cut_exceeds_the_optimum_of_two_thousand_graphs():
    rng = np.random.default_rng(2026)
    given_up = lowered = 0
    for number in range(2000):
        graph = any_graph(rng)
        optimum = greatest_cut(graph) + 1e-9 * np.abs(graph).sum()
        bits = rng.integers(-1, 2, (32, len(graph)))
        assert cut_value(graph, bits).max() <= optimum
        assert cut_value(graph, completed(graph, bits)).max() <= optimum
        # Most limits end in the midst of a run.
        found = solve(
            graph, runs=int(rng.integers(1, 4)), seed=number, workers=1, max_time=rng.uniform(17e-9, 60e-9)
        )
        assert found.best_cut == found.cuts.max() <= optimum
        assert (found.cuts == cut_value(graph, found.bits)).all()
        assert found.polished_cuts.max() <= optimum
        given_up += int(found.undecided.any())
        between_decided = ((bits == 1) @ graph * (bits == 0)).sum(axis=1)
        lowered += int((between_decided > optimum).any())
    assert given_up > 500, "hardly any run was given up with nodes undecided"
    assert lowered > 50, "counting only decided nodes would have done"


@pytest.mark.parametrize(
    ("bits", "wanted"),
    [
        (
            [1, -1, 0, -1],
            [1, 0, 0, 1],
        ),  # 4 leaves node 2 for its decided neighbour 3; node 1 is pulled by both
        ([-1, -1, -1, -1], [0, 1, 0, 1]),
        ([1, 1, 1, 1], [1, 1, 1, 1]),
    ],
)
def test_undecided_nodes_are_placed_greedily(bits, wanted):
    ring = np.array([[0, 2, 0, 1], [2, 0, 1, 0], [0, 1, 0, 3], [1, 0, 3, 0]])
    assert completed(ring, bits).tolist() == wanted
    assert completed(ring, [bits, bits]).tolist() == [wanted, wanted]


def test_open_edges_of_negative_weight_lower_a_cut():
    # the graph: nodes 2 and 3 divided leave four edges of -2 open, and every division cuts two or more
    graph = parse_graph("4 5\n1 2 -2\n1 3 -2\n2 3 1\n2 4 -2\n3 4 -2\n")
    assert greatest_cut(graph) == 0.0
    assert cut_value(graph, [-1, 1, 0, -1]) == -3.0
    assert cut_value(graph, completed(graph, [-1, 1, 0, -1])) == -3.0
    assert solve(graph, runs=20).best_cut == 0.0
    given_up = solve(graph, runs=20, max_time=40e-9)
    assert given_up.undecided.any()
    assert given_up.best_cut <= 0.0


def test_of_equal_cuts_the_best_is_the_one_with_the_fewest_undecided_nodes():
    found = solve(SMALL, runs=200, max_time=45e-9)
    equal = found.undecided[found.cuts == found.best_cut].sum(axis=1)
    assert equal.min() < equal.max(), "no choice"
    assert found.undecided[found.best].sum() == equal.min()


def test_cuts_of_decimal_weights_are_without_binary_noise():
    graph = [[0, 0.1, 0.2, -0.3], [0.1, 0, 0, 0], [0.2, 0, 0, 0], [-0.3, 0, 0, 0]]
    assert cut_value(graph, [1, 0, 0, 0]) == 0.0
    assert cut_value(graph, [1, 0, 0, 1]) == 0.3
    assert str(cut_value([[0, -1], [-1, 0]], [0, 0])) == "0.0"
    assert cut_value([[0, 1e-300], [1e-300, 0]], [0, 1]) == pytest.approx(1e-300, rel=1e-9, abs=0.0)


# -- the paper's run ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", [GRAPHS[0], *(pytest.param(name, marks=pytest.mark.slow) for name in GRAPHS[1:])]
)
def test_released_times_and_cuts(name):
    (row,) = (row for row in reference_rows("maxcut/published_times.csv") if row["instance"] == name)
    graph = load_graph(reference_file(f"maxcut/{name}"))
    run = Simulation(
        maxcut_network(graph, device=Device.published()),
        np.zeros(60),
        charge_voltage=0.1,
        load_time=16e-9,
        integrator="euler",
        min_time=28e-9,
    ).run()
    assert run.converged
    assert run.time == pytest.approx(float(row["time_ns"]) * 1e-9, abs=2 * PICOSECOND, rel=0)
    assert cut_value(graph, run.bits) == float(row["cut"])
    preset = maxcut_preset("published")
    found = solve(graph, device=preset.device, **preset.options)
    assert (found.time[0], found.best_cut) == (run.time, float(row["cut"]))


def test_sources_of_the_paper():
    network = maxcut_network([[0, 1, 0], [1, 0, 1], [0, 1, 0]], weight=0.2, asymmetry=1.5)
    assert network.weights == pytest.approx(np.array([[0, -0.3, 0.2], [-0.3, 0, -0.3], [0.2, -0.3, 0]]))
    assert network.synaptic_weight == 0.2
    assert network.device == Device()
    # 2 and -1 relative to their mean magnitude 1.5
    weighted = maxcut_network(PATH, device=Device.published())
    assert weighted.weights == pytest.approx(np.array([[0, -0.14, 0.1], [-0.14, 0, 0.07], [0.1, 0.07, 0]]))
    assert weighted.device == Device.published()
    assert maxcut_network(np.zeros((3, 3))).weights == pytest.approx(0.1 * (1 - np.eye(3)))


@given(graphs())
def test_balanced_sources_sum_to_zero_and_favour_cuts(graph):
    network = balanced_network(graph, 0.05)
    assert network.weights.sum(axis=0) == pytest.approx(0.0, abs=1e-12)
    assert network.synaptic_weight == 0.05
    # what a division gains for a neuron is what the sources pull it by, up to the size of the two sets
    signs = np.where(np.arange(len(graph)) % 2, 1.0, -1.0)
    magnitude = np.abs(graph[graph != 0]).mean() if graph.any() else 1.0
    mean = graph.sum(axis=0) / (len(graph) - 1)
    pull = 2 * 0.05 * (mean * (signs.sum() - signs) - signs @ graph) / magnitude
    assert signs @ network.weights == pytest.approx(pull)


def test_one_run_is_the_papers():
    run = Simulation(maxcut_network(SMALL, 0.08, 1.1), np.zeros(16), charge_voltage=0.2).run()
    found = solve(SMALL, weight=0.08, asymmetry=1.1, charge_voltage=0.2)
    assert len(found) == 1
    assert not found.loaded.any()
    assert found.bits[0].tolist() == run.bits.tolist()
    assert (found.time[0], found.energy[0]) == (run.time, run.energy)
    assert found.cuts[0] == found.best_cut == cut_value(SMALL, run.bits)
    assert found.energy_estimate(0) == published_estimate(16, run.time, 0.2, 0.08)
    assert np.isnan(solve([[0, 1], [1, 0]]).energy_estimate(0))


def test_permuted_nodes_give_the_permuted_division():
    order = np.random.default_rng(0).permutation(16)
    shuffled = solve(SMALL[np.ix_(order, order)])
    straight = solve(SMALL)
    assert straight.best_cut > 0
    assert shuffled.best_cut == straight.best_cut
    assert shuffled.bits[0].tolist() == straight.bits[0][order].tolist()


# -- many runs ---------------------------------------------------------------------------------------------------


def same(one, other):
    return all(
        np.array_equal(getattr(one, name), getattr(other, name))
        for name in ("loaded", "bits", "undecided", "cuts", "time", "energy", "converged")
    )


@pytest.mark.parametrize("balanced", [True, False])
def test_the_same_seed_gives_the_same_whatever_the_workers(balanced):
    one = solve(SMALL, runs=30, seed=4, workers=1, balanced=balanced)
    assert same(one, solve(SMALL, runs=30, seed=4, workers=5, balanced=balanced))
    assert same(one, solve(SMALL, runs=30, seed=4, workers=2, balanced=balanced, watch=lambda cuts: None))
    assert same(one, solve(SMALL, runs=30, seed=np.random.default_rng(4), balanced=balanced))
    assert not same(one, solve(SMALL, runs=30, seed=5, balanced=balanced))
    assert one.loaded.any(axis=0).all()


@pytest.mark.parametrize(("density", "share"), [(0.1, 1.0), (0.3, 1.0), (0.5, 1.0), (0.7, 1.0), (0.9, 0.97)])
def test_many_balanced_runs_come_near_the_optimum_at_any_density(density, share):
    graph = random_graph(14, density, 2).adjacency
    optimum = exact_cut(graph)
    assert optimum.proven
    assert share * optimum.cut <= solve(graph, runs=100).best_cut <= optimum.cut


@pytest.mark.parametrize("name", [name for name in FAMOUS if not name.startswith("complete")])
def test_many_runs_find_the_optimum_of_famous_graphs(name):
    graph = FAMOUS[name]()
    assert solve(graph.adjacency, runs=60).best_cut == graph.optimum


@pytest.mark.parametrize("name", GRAPHS)
def test_best_of_a_hundred_is_within_one_percent_of_the_best_known(name):
    (row,) = (row for row in reference_rows("maxcut/published_times.csv") if row["instance"] == name)
    found = solve(load_graph(reference_file(f"maxcut/{name}")), runs=100)
    best = float(row["best_known_cut"])
    assert 0.99 * best <= found.best_cut <= best
    assert found.polished_cuts.max() <= best


def test_balanced_sources_of_a_complete_graph_are_none():
    graph = complete_graph(6).adjacency
    assert balanced_network(graph).weights == pytest.approx(0.0, abs=1e-15)


def test_polish_is_apart_from_the_devices_cut():
    found = solve(SMALL, runs=20, max_time=40e-9)
    assert found.undecided.any()
    assert (found.bits >= 0).all(), "a division has two sides"
    assert (found.cuts == cut_value(SMALL, found.bits)).all()
    assert (found.polished_cuts >= found.cuts).all()
    assert (found.polished_cuts > found.cuts).any()
    assert not found.converged.all()
    assert found.best_cut == found.cuts.max() == cut_value(SMALL, found.best_bits)


def test_progress_and_watching():
    done, watched, threads = [], [], set()

    def watch(cuts):
        watched.append(cuts)
        threads.add(get_ident())

    found = solve(SMALL, runs=40, workers=2, progress=lambda *now: done.append(now), watch=watch)
    assert len(done) == 40
    assert max(done) == (40, 40)
    assert {total for _, total in done} == {40}
    assert threads == {get_ident()}
    assert len(watched) > 1
    assert all((cuts == found.cuts[: len(cuts)]).all() for cuts in watched)
    assert len(watched[-1]) == 40


@pytest.mark.parametrize("watch", [None, lambda cuts: None])
def test_a_stopped_search_keeps_what_is_there(watch):
    cancel = Event()
    found = solve(
        SMALL,
        runs=500,
        workers=2,
        cancel=cancel,
        watch=watch,
        progress=lambda done, _: done < 5 or cancel.set(),
    )
    assert 5 <= len(found) <= 8
    assert len(found.time) == len(found.loaded) == len(found.polished_cuts) == len(found)
    assert found.best_cut == found.cuts.max()
    everything = solve(SMALL, runs=500, workers=2)
    assert len(everything) == 500
    kept = [row.tolist() for row in everything.loaded]
    assert all(row.tolist() in kept for row in found.loaded)


def test_a_search_stopped_before_it_began_has_no_best():
    cancel = Event()
    cancel.set()
    found = solve(SMALL, runs=5, cancel=cancel)
    assert len(found) == 0
    assert found.bits.shape == (0, 16)
    with pytest.raises(Unable, match="No run was made before it was stopped"):
        _ = found.best_cut


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"runs": 0}, "runs is 0; it must lie between 1 and 100000."),
        ({"runs": 1.5}, "runs is 1.5"),
        ({"workers": 0}, "workers is 0"),
        ({"weight": 0}, "weight is 0 mV"),
        ({"weight": 0, "runs": 2}, "weight is 0 mV"),
        ({"asymmetry": -1}, "asymmetry is -1; it must lie between 0 and 100."),
        ({"asymmetry": np.nan}, "asymmetry is nan"),
        ({"seed": -1}, "seed is -1"),
        ({"charge_voltage": 0.01}, "charge_voltage is 10 mV"),
        ({"integrator": "rk4"}, "integrator is 'rk4'"),
    ],
)
def test_illegal_settings_are_refused(arguments, message):
    with pytest.raises(Refused, match=re.escape(message)):
        solve(SMALL, **arguments)


def test_presets():
    assert maxcut_preset("table1").device == Device()
    assert maxcut_preset("table1").options == {}
    with pytest.raises(Refused, match="preset is 'spice'"):
        maxcut_preset("spice")


# -- the package -------------------------------------------------------------------------------------------------


def test_the_package_offers_the_names_and_loads_them_when_asked():
    code = (
        "import sys, dwmtj_widgets; before = set(sys.modules); from dwmtj_widgets import load_graph, maxcut_network,"
        " cut_value; print(*before); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    before, after = (set(line.split()) for line in done.stdout.splitlines())
    assert not before & {"networkx", "cvxpy", "scipy.optimize", "dwmtj_widgets.tasks"}
    assert not after & {"networkx", "cvxpy", "scipy.optimize"}
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = dwmtj_widgets.nonsense
