"""The authors' released raw outputs, reproduced: 561 image recalls bit for bit, five max-cut runs to 2 ps."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from reference import GRAPHS, NANOSECOND, PICOSECOND, bits, letters_network, reference_file, reference_rows

from dwmtj_widgets import Device, Network, Simulation, recall_many

RELEASED_RECALL: dict[str, Any] = {
    "charge_voltage": 0.25,
    "load_time": 15 * NANOSECOND,
    "min_time": 56 * NANOSECOND,
    "soma_start": "pattern",
}
# The released program adds up its time in steps of 1 ps, so its last digits are rounding.
RELEASED_CLOCK = 2 * PICOSECOND


@pytest.mark.parametrize("integrator", [pytest.param("euler", marks=pytest.mark.slow), "events"])
def test_every_released_recall_ends_in_the_same_bits(integrator: str) -> None:
    rows = reference_rows("image_recall/released_runs.csv")
    starts = np.array([bits(row["start"]) for row in rows])
    released = np.array([bits(row["result"]) for row in rows])
    assert released.shape == (561, 100)
    network = letters_network(Device.published())
    result = recall_many(network, starts, integrator=integrator, **RELEASED_RECALL)
    assert result.converged.all()
    differing = np.flatnonzero((result.bits != released).any(axis=1))
    assert differing.tolist() == [], "these rows of released_runs.csv end in other bits"


def edges_of(graph: str) -> tuple[int, NDArray[np.int64]]:
    """Return the number of nodes and the (M, 2) edges of a graph, both from zero."""
    lines = reference_file(f"maxcut/{graph}").read_text(encoding="utf-8").split("\n")
    nodes, count = map(int, lines[0].split())
    edges = np.array([list(map(int, line.split()))[:2] for line in lines[1:] if line.strip()]) - 1
    assert edges.shape == (count, 2)
    return nodes, edges


@pytest.mark.parametrize("graph", GRAPHS)
def test_released_max_cut_run(graph: str) -> None:
    rows = {row["instance"]: row for row in reference_rows("maxcut/published_times.csv")}
    released = rows[graph]
    nodes, edges = edges_of(graph)
    weights = np.full((nodes, nodes), 0.1)
    weights[edges[:, 0], edges[:, 1]] = weights[edges[:, 1], edges[:, 0]] = -0.105
    np.fill_diagonal(weights, 0.0)
    simulation = Simulation(
        Network(weights, Device.published()),
        np.zeros(nodes),
        charge_voltage=0.1,
        load_time=16 * NANOSECOND,
        min_time=28 * NANOSECOND,
        soma_start="off",
        integrator="euler",
    )
    result = simulation.run()
    assert result.converged
    assert set(result.bits.tolist()) == {0, 1}
    assert abs(result.time - float(released["time_ns"]) * NANOSECOND) <= RELEASED_CLOCK
    assert int((result.bits[edges[:, 0]] != result.bits[edges[:, 1]]).sum()) == int(released["cut"])
