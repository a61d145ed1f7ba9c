"""What the Explorer's map and curves show."""

from types import MappingProxyType

import numpy as np
import pytest
from visitors.explorer import run

from dwmtj_widgets.explore import linear
from dwmtj_widgets.explore.alike import alike
from dwmtj_widgets.labs import ExplorerLab
from dwmtj_widgets.labs.explorer.map import _extent
from dwmtj_widgets.sessions.explorer.quantities import NAMES
from dwmtj_widgets.sessions.explorer.ranges import Range, suggested
from dwmtj_widgets.widgets.plots.curve_plot import Curve


def test_a_sweep_fills_the_map_and_its_least_is_found(lab: ExplorerLab) -> None:
    map_before = lab.map.heat._map
    assert map_before["message"] and set(map_before["values"]) == {None}
    assert [spot["label"] for spot in map_before["spots"]] == ["Table I"]
    assert (map_before["spots"][0]["x"], map_before["spots"][0]["y"]) == (1.0, 1.0)
    assert lab.continue_button.disabled and lab.finer_button.disabled and not lab.save.enabled
    run(lab)
    result = lab.session.result
    assert result is not None and result.complete
    wanted = result.statistics()["edp"] * 1e18
    np.testing.assert_allclose(lab.map.heat._map["values"], wanted, rtol=1e-5)
    assert lab.map.heat._map["notes"] == ["6 trials"] * 9
    least = result.least("edp")
    spot = lab.map.heat._map["spots"][1]
    at = [linear(0.05, 0.15, 3).index(least.settings[name]) for name in ("weight", "charge_voltage")]
    assert (spot["label"], [spot["x"], spot["y"]]) == ("least", at)
    assert "95 % of resamplings" in lab.least.value
    assert "done" in lab.progress.value and lab.start_button.disabled
    assert lab.continue_button.description == "4 × trials"
    assert not lab.finer_button.disabled and lab.save.enabled


def test_a_table_i_between_the_values_is_marked_between_them(lab: ExplorerLab) -> None:
    lab._change(x=Range("weight", 0.05, 0.2, 3, log=True), y=Range("tmr", 1.0, 4.0, 4))
    (spot,) = lab.map.heat._map["spots"]
    assert spot["x"] == pytest.approx(1.0)
    assert spot["y"] == 2.0
    lab._change(x=Range("weight", 0.12, 0.2, 3))
    assert lab.map.heat._map["spots"] == []


def test_quantities_have_their_units_and_scales(lab: ExplorerLab) -> None:
    run(lab)
    seen = {}
    for _label, name in lab.quantity.options:
        lab.quantity.value = name
        colours = lab.map.heat._map["colours"]
        seen[name] = colours["unit"]
        values = [v for v in lab.map.heat._map["values"] if v is not None]
        assert colours["low"] <= min(values) * (1 + 1e-5) and max(values) <= colours["high"] * (1 + 1e-5)
        assert colours["label"].endswith(f", {colours['unit']}")
    assert set(seen) == set(NAMES)
    assert (seen["edp"], seen["time"], seen["energy"], seen["accuracy"]) == ("aJ s", "ns", "nJ", "%")


def test_shares_have_a_fixed_scale_and_points_that_do_not_differ_one_colour(lab: ExplorerLab) -> None:
    run(lab)
    for name, low in (("accuracy", 50.0), ("success", 0.0), ("converged", 0.0)):
        lab.quantity.value = name
        colours = lab.map.heat._map["colours"]
        assert (colours["low"], colours["high"]) == (low, 100.0)
    # Six trials a point all came to rest: their number is 100 %, and so is the colour.
    assert lab.map.heat._map["values"] == [100.0] * 9
    assert len(set(lab.map.heat._map["shades"])) == 1
    lab.quantity.value = "time"
    reading = lab.session.reading
    assert reading is not None
    ends = (reading.columns[f"time{end}"] * 1e9 for end in ("", "_low", "_high"))
    np.testing.assert_allclose(lab.map.heat._map["shades"], alike(*ends), rtol=1e-5)


def test_figure_8_stands_beside_what_the_paper_says(tmp_path) -> None:
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "fig8_weight.csv").write_text(
        "weight_V,mean_time_ns,energy_nJ\n0.02,162.8,1.7\n0.04,102.0,1.5\n"
    )
    lab = ExplorerLab(tmp_path)
    lab._preset_chosen("Figure 8")
    lab._change(trials=2)
    assert lab.map.heat.layout.display == "none" and lab.map.curve.layout.display is None
    run(lab)
    curves = {curve["name"].split(",")[0]: curve for curve in lab.map.curve._chart["curves"]}
    measured_curve, released = curves["measured"], curves["released with the paper"]
    assert measured_curve["x"] == [20.0 * k for k in range(1, 13)]
    assert released["y"] == pytest.approx([162.8 * 1.7, 102.0 * 1.5])
    (printed,) = (curve for name, curve in curves.items() if name.startswith("printed"))
    assert (printed["x"], printed["y"]) == ([40.0], [160.0])
    assert {mark["label"]: mark["x"] for mark in lab.map.curve._chart["marks"]}["Table I"] == 100.0
    lab.map.curve._receive(None, {"type": "pick", "curve": 0, "point": 3}, [])
    assert lab.point.point == 3
    lab.quantity.value = "accuracy"
    assert len(lab.map.curve._chart["curves"]) == 1
    lab._change(fixed=MappingProxyType({"neurons": 30}))
    lab.quantity.value = "time"
    run(lab)
    assert len(lab.map.curve._chart["curves"]) == 1, "that is not figure 8's setting"
    lab.close()


@pytest.mark.parametrize(
    ("name", "least", "bottom"),
    [("accuracy", 96.0, 50.0), ("accuracy", 31.0, 0.0), ("success", 96.0, 0.0), ("converged", 99.0, 0.0)],
)
def test_axis_of_shares_does_not_stretch_what_is_scatter(name: str, least: float, bottom: float) -> None:
    low, high = _extent(name, [Curve("measured", [1.0, 2.0], [least, 100.0], "#000")])
    assert low == bottom
    assert 100.0 < high <= 103.0


def test_only_the_measured_curve_has_points_to_choose(lab: ExplorerLab) -> None:
    lab._preset_chosen("Figure 8")
    lab._change(trials=1)
    # Whether the released points are there too depends on where the tests run.
    markers = [curve["marker"] for curve in lab.map.curve._chart["curves"]]
    assert markers[-1] == "star"
    of_the_paper = [{"type": "pick", "curve": number, "point": 0} for number in range(1, len(markers))]
    for pick in of_the_paper:
        lab.map.curve._receive(None, pick, [])
        assert lab.point.point is None
    run(lab)
    lab.map.curve._receive(None, {"type": "pick", "curve": 0, "point": 3}, [])
    for pick in of_the_paper:
        lab.map.curve._receive(None, pick, [])
    assert lab.point.point == 3


def test_words_make_a_row_of_cells(lab: ExplorerLab) -> None:
    lab._change(x=suggested("random_recall", "rule"), y=None)
    run(lab)
    shown = lab.map.heat._map
    assert shown["x"]["values"] == ["hebb", "storkey", "pseudo_inverse"]
    assert len(shown["values"]) == 3
    assert lab.map.heat.layout.display is None
    lab._point_chosen(1)
    assert "storkey" in lab.point.numbers.value
