"""Graphs, their files, and the cut that a division makes."""

import re

import networkx as nx
import numpy as np
import pytest
from drawn.graphs import graphs, whole_numbers
from hypothesis import given
from hypothesis import strategies as st
from reference import GRAPHS, reference_file

from dwmtj_widgets import cut_value, load_graph
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.tasks.files import MAX_FILE_BYTES
from dwmtj_widgets.tasks.graph_files import format_graph, parse_graph, read_graph, save_graph
from dwmtj_widgets.tasks.graphs import (
    FAMOUS,
    Graph,
    complete_bipartite_graph,
    complete_graph,
    cycle_graph,
    edge_count,
    grid_graph,
    layout,
    petersen_graph,
    random_graph,
)

PATH = [[0, 2, 0], [2, 0, -1], [0, -1, 0]]

floats = st.floats(-1e12, 1e12, allow_nan=False)


def divided(data, graph, low=0):
    size = len(graph)
    return np.array(data.draw(st.lists(st.integers(low, 1), min_size=size, max_size=size)))


# -- cuts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bits", "cut"),
    [
        ([0, 0, 0], 0),
        ([1, 0, 0], 2),
        ([0, 1, 0], 1),
        ([0, 0, 1], -1),
        ([1, 1, 0], -1),
        # an edge of an undecided node is not cut
        ([-1, 0, 1], -1),
        ([1, -1, 0], 0),
        ([1, 0, -1], 2),
        ([-1, -1, -1], 0),
    ],
)
def test_cut_of_a_path(bits, cut):
    found = cut_value(PATH, bits)
    assert isinstance(found, float)
    assert found == cut


@given(graphs(), st.data())
def test_cut_is_that_of_networkx(graph, data):
    bits = divided(data, graph)
    expected = nx.cut_size(nx.from_numpy_array(graph), np.flatnonzero(bits).tolist(), weight="weight")
    assert cut_value(graph, bits) == expected


@given(graphs(), st.data())
def test_cut_of_a_division_is_that_of_its_complement(graph, data):
    bits = divided(data, graph, low=-1)
    inverse = np.where(bits < 0, bits, 1 - bits)
    assert cut_value(graph, bits) == cut_value(graph, inverse)


@given(graphs(), st.data())
def test_permuted_nodes_give_the_same_cut(graph, data):
    bits = divided(data, graph, low=-1)
    order = np.array(data.draw(st.permutations(range(len(graph)))))
    assert cut_value(graph[np.ix_(order, order)], bits[order]) == cut_value(graph, bits)


@given(graphs(), st.data())
def test_many_cuts_are_single_cuts(graph, data):
    rows = np.array([divided(data, graph, low=-1) for _ in range(6)])
    many = cut_value(graph, rows.reshape(2, 3, -1))
    assert many.shape == (2, 3)
    assert many.ravel().tolist() == [cut_value(graph, row) for row in rows]


@pytest.mark.parametrize(
    ("adjacency", "bits", "message"),
    [
        (PATH, [0, 1], "bits have the shape (2,); the graph has 3 nodes"),
        (PATH, [0, 1, 2], "bits hold 2; a bit is 1, 0, or -1"),
        ("no", [0, 1], "adjacency cannot be read"),
        ([0, 1], [0, 1], "adjacency has the shape (2,)"),
        ([[0, 1, 0], [1, 0, 0]], [0, 1], "adjacency has the shape (2, 3)"),
        ([[0]], [0], "The number of nodes is 1; it must lie between 2 and 2000."),
        ([[0, np.nan], [np.nan, 0]], [0, 1], "adjacency[0, 1] is nan"),
        ([[0, np.inf], [np.inf, 0]], [0, 1], "adjacency[0, 1] is inf"),
        ([[0, 1e13], [1e13, 0]], [0, 1], "adjacency[0, 1] is 1e+13; a weight is a number from -1e+12 to"),
        ([[0, 1], [1, 3]], [0, 1], "adjacency[1, 1] is 3; no edge joins a node to itself."),
        ([[0, 1], [2, 0]], [0, 1], "adjacency[0, 1] is 1 and adjacency[1, 0] 2; an edge has one weight"),
    ],
)
def test_what_is_no_graph_is_refused(adjacency, bits, message):
    with pytest.raises(Refused, match=re.escape(message)):
        cut_value(adjacency, bits)


# -- graphs ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FAMOUS)
def test_famous_graphs(name):
    graph = FAMOUS[name]()
    assert graph.name == name
    assert graph.best_known == graph.optimum > 0
    assert not graph.adjacency.flags.writeable
    assert graph.edges == np.triu(graph.adjacency).sum()


@pytest.mark.parametrize(
    ("graph", "nodes", "edges", "optimum"),
    [
        (petersen_graph(), 10, 15, 12),
        (grid_graph(3, 4), 12, 17, 17),
        (grid_graph(1, 5), 5, 4, 4),
        (complete_bipartite_graph(3, 4), 7, 12, 12),
        (cycle_graph(8), 8, 8, 8),
        (cycle_graph(3), 3, 3, 2),
        (complete_graph(2), 2, 1, 1),
        (complete_graph(7), 7, 21, 12),
    ],
)
def test_sizes_of_famous_graphs(graph, nodes, edges, optimum):
    assert (graph.size, graph.edges, graph.optimum) == (nodes, edges, optimum)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: cycle_graph(2), "nodes is 2"),
        (lambda: complete_graph(1), "nodes is 1"),
        (lambda: grid_graph(0, 3), "rows is 0"),
        (lambda: grid_graph(1, 1), "The number of nodes is 1"),
        (lambda: grid_graph(2000, 2), "The number of nodes is 4000"),
        (lambda: complete_bipartite_graph(1, 1.5), "second is 1.5"),
        (lambda: random_graph(1, 0.5, 0), "nodes is 1"),
        (lambda: random_graph(2001, 0.5, 0), "nodes is 2001"),
        (lambda: random_graph(5, 1.1, 0), "density is 110%"),
        (lambda: random_graph(5, np.nan, 0), "density is nan"),
        (lambda: random_graph(5, 0.5, -1), "seed is -1"),
        (lambda: Graph("two", np.ones((2, 2))), "adjacency[0, 0] is 1"),
        (lambda: layout(PATH, -1), "seed is -1"),
    ],
)
def test_graphs_that_cannot_be_are_refused(make, message):
    with pytest.raises(Refused, match=re.escape(message)):
        make()


@pytest.mark.parametrize(("density", "edges"), [(0.0, 0), (0.5, 885), (0.1, 177), (1.0, 1770)])
def test_random_graph_has_its_density_and_depends_on_the_seed(density, edges):
    graph = random_graph(60, density, 3)
    assert graph.edges == edges
    assert graph.optimum is graph.best_known is None
    assert (graph.adjacency == random_graph(60, density, 3).adjacency).all()
    if 0.0 < density < 1.0:
        assert (graph.adjacency != random_graph(60, density, 4).adjacency).any()


def test_a_generator_goes_on():
    generator = np.random.default_rng(1)
    first, second = random_graph(20, 0.5, generator), random_graph(20, 0.5, generator)
    assert (first.adjacency != second.adjacency).any()


@pytest.mark.parametrize(
    "graph", [petersen_graph(), random_graph(80, 0.05, 0), random_graph(401, 0.0, 0), complete_graph(2)]
)
def test_layout_lies_in_the_unit_square(graph):
    places = layout(graph.adjacency)
    assert places.shape == (graph.size, 2)
    assert places.min() == 0.0
    assert places.max() == 1.0
    assert len(np.unique(places, axis=0)) == graph.size
    assert (places == layout(graph.adjacency)).all()


# -- files -------------------------------------------------------------------------------------------------------


@given(graphs(weights=st.one_of(whole_numbers, floats)))
def test_text_comes_back_bit_for_bit(graph):
    assert (parse_graph(format_graph(graph)) == graph).all()


def test_file_comes_back(tmp_path):
    graph = random_graph(20, 0.5, 1).adjacency * 0.1
    save_graph(tmp_path / "graph", graph)
    assert (load_graph(tmp_path / "graph") == graph).all()
    assert (load_graph(str(tmp_path / "graph")) == graph).all()


def test_text_of_a_graph():
    assert format_graph(PATH) == "3 2\n1 2 2\n2 3 -1\n"
    assert format_graph([[0, 0.5], [0.5, 0]]) == "2 1\n1 2 0.5\n"


@pytest.mark.parametrize(
    "text",
    [
        "3 2\n1 2 2\n2 3 -1\n",
        "3 2\r\n1 2 2\r\n2 3 -1",
        "# drawn by hand\n\n 3\t2 \n% edges\n3 2 -1.0\n\n2 1 2e0\n\n",
    ],
)
def test_forms_of_the_same_graph(text):
    assert parse_graph(text).tolist() == PATH


def test_a_missing_weight_is_one_and_a_zero_no_edge():
    assert parse_graph("3 3\n1 2\n2 3 0\n1 3 .5").tolist() == [[0, 1, 0.5], [1, 0, 0], [0.5, 0, 0]]
    assert edge_count(parse_graph("4 0")) == 0


def test_a_byte_order_mark_is_passed_over(tmp_path):
    (tmp_path / "graph").write_bytes(b"\xef\xbb\xbf2 1\n1 2\n")
    assert load_graph(tmp_path / "graph").tolist() == [[0, 1], [1, 0]]


@pytest.mark.parametrize("name", GRAPHS)
def test_reference_graphs_are_read(name):
    graph = load_graph(reference_file(f"maxcut/{name}"))
    assert graph.shape == (60, 60)
    assert edge_count(graph) == 885
    assert set(np.unique(graph)) == {0.0, 1.0}
    assert (parse_graph(format_graph(graph)) == graph).all()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", 'The file is empty; its first line must be "nodes edges", as in "60 885".'),
        ("\n# nothing\n", "The file is empty"),
        ("3", 'Line 1 has 1 field(s); the first line must be "nodes edges".'),
        ("3 1 1\n1 2", "Line 1 has 3 field(s)"),
        ("three 1\n1 2", "Line 1 has 'three' as the number of nodes; it must be a whole number."),
        ("3.0 1\n1 2", "Line 1 has '3.0' as the number of nodes"),
        ("1_0 1\n1 2", "Line 1 has '1_0' as the number of nodes"),
        ("3 -1", "Line 1 has -1 as the number of edges; it must lie between 0 and 3."),
        ("3 4", "Line 1 has 4 as the number of edges; it must lie between 0 and 3."),
        ("1 0", "Line 1 has 1 as the number of nodes; it must lie between 2 and 2000."),
        ("2001 0", "Line 1 has 2001 as the number of nodes; it must lie between 2 and 2000."),
        ("9" * 5000 + " 1", f"Line 1 has '{'9' * 20}…' as the number of nodes; it must be a whole number."),
        ("3 2\n1 2", "Line 2 is the last; 2 edges are announced, and there are 1."),
        ("\n3 2\n", "Line 2 is the last; 2 edges are announced, and there are 0."),
        ("3 1\n1 2\n2 3", "Line 3 is one edge more than the 1 that the first line announces."),
        ("3 0\n1 2", "Line 2 is one edge more than the 0"),
        ("3 1\n1 4", "Line 2 has 4 as a node; it must lie between 1 and 3."),
        ("3 1\n0 1", "Line 2 has 0 as a node; it must lie between 1 and 3."),
        ("3 1\n1 -2", "Line 2 has -2 as a node"),
        ("3 1\n1 b 1", "Line 2 has 'b' as a node; it must be a whole number."),
        ("3 1\n1 ٢ 1", "Line 2 has '٢' as a node"),
        ("3 2\n1 2\n\n2 2 1", "Line 4 joins node 2 to itself; an edge needs two different nodes."),
        ("3 2\n1 2\n1 2 5", "Line 3 joins nodes 1 and 2, as does line 2."),
        ("3 2\n1 2\n# again\n2 1", "Line 4 joins nodes 1 and 2, as does line 2."),
        ("3 1\n1", 'Line 2 has 1 field(s); an edge is "node node weight" or "node node".'),
        ("3 1\n1 2 3 4", "Line 2 has 4 field(s)"),
        ("3 1\n1 2 x", "Line 2 has 'x' as a weight; it must be a number from -1e+12 to 1e+12."),
        ("3 1\n1 2 nan", "Line 2 has 'nan' as a weight"),
        ("3 1\n1 2 -inf", "Line 2 has '-inf' as a weight"),
        ("3 1\n1 2 1e400", "Line 2 has '1e400' as a weight"),
        ("3 1\n1 2 1e13", "Line 2 has '1e13' as a weight"),
        ("3 1\n1 2 1,5", "Line 2 has '1,5' as a weight"),
        ("3 1\n1 2 1_0", "Line 2 has '1_0' as a weight"),
    ],
)
def test_a_bad_text_is_refused_with_its_line(text, message):
    with pytest.raises(Refused, match=f"^{re.escape(message)}") as caught:
        parse_graph(text)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff\xfe\x00", "is not a text file; save it as text in UTF-8."),
        (b"2 1\n1 2 \x89PNG", "is not a text file"),
        (b" " * (MAX_FILE_BYTES + 1), "The file has more than 5,000,000 bytes"),
    ],
)
def test_a_bad_file_is_refused(tmp_path, content, message):
    (tmp_path / "graph").write_bytes(content)
    with pytest.raises(Refused, match=re.escape(message)):
        load_graph(tmp_path / "graph")


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_text_of_any_system_is_read(coding, end):
    content = end.join(["3 2", "1 2 1", "2 3 -1", ""]).encode(coding)
    assert read_graph(content, "graph").tolist() == [[0, 1, 0], [1, 0, -1], [0, -1, 0]]


def test_no_file_and_too_long_a_text_are_refused(tmp_path):
    with pytest.raises(Refused, match="There is no file"):
        load_graph(tmp_path / "missing")
    with pytest.raises(Refused, match="There is no file"):
        load_graph(tmp_path)
    with pytest.raises(Refused, match="more than 5,000,000 characters"):
        parse_graph(" " * (MAX_FILE_BYTES + 1))
