"""The map of the Explorer: its colours, and what it takes."""

import numpy as np
import pytest

from dwmtj_widgets.widgets.plots.heat_map import RAMP, Colours, HeatMap, Spot, Steps


def lightness(colour: str) -> float:
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear_parts = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
    luminance = float(np.dot((0.2126, 0.7152, 0.0722), linear_parts))
    return 116.0 * luminance ** (1 / 3) - 16.0 if luminance > 0.008856 else 903.3 * luminance


def test_colours_can_be_told_apart_by_lightness_alone() -> None:
    steps = np.diff([lightness(colour) for colour in RAMP])
    assert (steps > 8.0).all()
    assert steps.max() < 2.2 * steps.min()


def test_the_map_takes_what_fits_and_says_what_does_not() -> None:
    view = HeatMap()
    x, y = Steps("W, mV", ["1", "2", "3"], "W", "mV"), Steps("P", ["1", "2"], "P")
    values = np.array([[1.0, np.nan], [2.0, 3.0], [4.0, np.inf]])
    view.show(x, y, Colours("t, ns", 1.0, 4.0, "ns"), values, notes=["n"] * 6, spots=[Spot(0.5, 1.0, "here")])
    assert view._map["values"] == [1.0, None, 2.0, 3.0, 4.0, None]
    assert view._map["spots"][0]["x"] == 0.5
    kept = view._map
    for wrong in (
        {"values": values.T},
        {"values": values, "low": values.T},
        {"values": values, "notes": ["n"]},
    ):
        with pytest.raises(ValueError, match="cells"):
            view.show(x, y, Colours("t", 1.0, 4.0), **wrong)
    for colours in (Colours("t", 1.0, 1.0), Colours("t", 0.0, 1.0, log=True)):
        with pytest.raises(ValueError, match="that is no range"):
            view.show(x, y, colours, values)
    assert view._map is kept
    picked = []
    view.on_pick(lambda column, row: picked.append((column, row)))
    for content in (
        {"type": "pick", "column": 2, "row": 1},
        {"type": "pick", "column": 3, "row": 0},
        {"type": "pick", "column": True, "row": 0},
        {"type": "pick"},
        {"type": "other", "column": 0, "row": 0},
        "pick",
    ):
        view._receive(view, content, [])
    assert picked == [(2, 1)]
    view.close()
