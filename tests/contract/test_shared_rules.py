"""Rules that Python and the page both know, by one table of vectors; the other half is js/shared_rules.test.js."""

import json
from typing import Any

import numpy as np
import pytest
from reference import ROOT

from dwmtj_widgets import charts, units
from dwmtj_widgets.widgets.editors import _graph, graph_editor
from dwmtj_widgets.widgets.plots import _diverging, time_plot

VECTORS: dict[str, dict[str, Any]] = json.loads(
    (ROOT / "tests" / "support" / "vectors.json").read_text(encoding="utf-8")
)
GRAPH = VECTORS["graph"]


def graph_of(nodes: list, edges: list) -> _graph.DrawnGraph:
    return _graph.checked_graph(nodes, [edge[:2] for edge in edges], [edge[2] for edge in edges])


@pytest.mark.parametrize("case", GRAPH["cases"], ids=lambda case: case["name"])
def test_edits_of_a_graph(case: dict[str, Any]) -> None:
    changed = _graph.edited(graph_of(**GRAPH["before"]), case["edit"], case["new_weight"])
    assert changed is not None and changed.is_same(graph_of(case["nodes"], case["edges"]))


def test_limits_of_a_graph() -> None:
    limits = (_graph.FEWEST_NODES, _graph.MOST_NODES, _graph.HEAVIEST)
    assert limits == (GRAPH["fewest"], GRAPH["most"], GRAPH["heaviest"])


def test_bytes_of_walls() -> None:
    walls, expected, _sides = zip(*VECTORS["walls"]["cases"], strict=True)
    assert list(graph_editor._to_bytes(np.array(walls))) == list(expected)


def test_bytes_of_values() -> None:
    values, expected = zip(*VECTORS["diverging"]["cases"], strict=True)
    assert _diverging.to_bytes(np.array(values, dtype=float)).tolist() == list(expected)


@pytest.mark.parametrize(("length", "step"), VECTORS["steps"]["cases"])
def test_round_steps(length: float, step: float) -> None:
    assert time_plot.tick_step(5 * length, 5) == pytest.approx(step, rel=1e-12)
    ticks = charts.ticks(0.0, 6 * length, 6)
    assert np.diff(ticks) == pytest.approx(step, rel=1e-9)


@pytest.mark.parametrize(("value", "digits", "text"), VECTORS["numbers"]["cases"])
def test_numbers_as_people_read_them(value: float, digits: int, text: str) -> None:
    assert units.with_minus(units.quantity(value, "1", digits=digits)) == text
