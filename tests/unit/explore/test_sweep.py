"""What a sweep is: ranges, points, texts, and what is refused."""

import dataclasses
import pickle
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_cases import SMALL

from dwmtj_widgets.explore import Sweep, linear, logarithmic, stepped
from dwmtj_widgets.refusals import Refused


def test_ranges_are_what_they_say_and_tidy() -> None:
    assert linear(0.1, 0.3, 3) == (0.1, 0.2, 0.3)
    assert logarithmic(0.01, 1.0, 3) == (0.01, 0.1, 1.0)
    assert stepped(0.02, 0.24, 0.02) == tuple(round(0.02 * k, 2) for k in range(1, 13))
    assert stepped(0.0, 0.99, 0.5) == (0.0, 0.5)
    for bad in (lambda: stepped(1, 0, 0.1), lambda: stepped(0, 1, 0), lambda: logarithmic(0, 1, 3)):
        with pytest.raises(Refused, match=r"is no range|is none"):
            bad()


@given(st.floats(0.001, 1.0), st.floats(0.001, 1.0), st.integers(2, 20))
def test_a_refined_range_holds_the_coarse_one(low: float, span: float, count: int) -> None:
    low, high = round(low, 4), round(low + span, 4)
    assert set(linear(low, high, count)) <= set(linear(low, high, 2 * count - 1))


def test_points_are_every_combination_the_last_parameter_fastest() -> None:
    expected = [
        {"neurons": 9, "weight": w, "charge_voltage": v} for w, v in product((0.05, 0.1, 0.2), (0.1, 0.25))
    ]
    assert [point.values for point in SMALL.points] == expected
    assert (SMALL.shape, SMALL.dimensions, len(SMALL)) == ((3, 2), ("weight", "charge_voltage"), 6)


def test_a_latin_hypercube_has_one_point_in_every_slice() -> None:
    sweep = Sweep("max_cut", {"weight": (0.1, 0.3), "tmr": (1.0, 5.0), "neurons": (10, 19)}, latin=10)
    rows = [tuple(point.values[name] for name in sweep.parameters) for point in sweep.points]
    for column, (low, high) in zip(zip(*rows, strict=True), ((0.1, 0.3), (1.0, 5.0)), strict=False):
        slices = [int((value - low) / (high - low) * 10) for value in column]
        assert sorted(slices) == list(range(10))
    assert sorted(row[2] for row in rows) == list(range(10, 20))
    assert Sweep.from_json(sweep.as_json()).points == sweep.points
    other = dataclasses.replace(sweep, seed=1)
    assert other.points != sweep.points


@pytest.mark.parametrize(
    "sweep",
    [
        SMALL,
        Sweep(
            "image_recall", {"rule": ("hebb", "storkey"), "spread": (0.0, 0.1)}, fixed={"memories": "A, J"}
        ),
        Sweep("max_cut", {"density": (0.2, 0.8)}, latin=4, trials=1, seed=2**64 - 1),
    ],
)
def test_json_pickle_and_the_printed_lines_give_the_sweep_again(sweep: Sweep) -> None:
    assert Sweep.from_json(sweep.as_json()) == sweep
    assert pickle.loads(pickle.dumps(sweep)) == sweep
    names: dict[str, Any] = {}
    exec(sweep.lines().split("result =")[0], names)
    assert names["sweep"] == sweep


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"task": "recall"}, "task is 'recall'; it must be one of 'random_recall'"),
        ({"parameters": {}}, "The sweep has no parameters"),
        ({"parameters": {"voltage": (1,)}}, "There is nothing named 'voltage' to set in random_recall"),
        ({"parameters": {"weight": 0.1}}, "weight is 0.1; a parameter takes a list"),
        ({"parameters": {"weight": ()}}, "weight has no values"),
        ({"parameters": {"weight": (0.1, 0.1)}}, "weight has a value twice"),
        ({"parameters": {"weight": (-0.1,)}}, "weight is -100 mV; it must lie between"),
        ({"parameters": {"weight": ("x",)}}, "weight is 'x'; it must be a number"),
        ({"parameters": {"charge_voltage": (0.01,)}}, "charge_voltage is 10 mV; it must lie between 20 mV"),
        ({"parameters": {"neurons": (9.5,)}}, "neurons is 9.5; it must be a whole number"),
        ({"parameters": {"rule": ("delta",)}}, "rule is 'delta'; it must be one of 'hebb'"),
        ({"parameters": {"rule": (1,)}}, "rule is 1; it must be one of hebb"),
        (
            {"parameters": {"weight": (0.1, 0.2, 0.3)}, "latin": 3},
            "it takes two numbers, the lower end first",
        ),
        ({"parameters": {"weight": (0.2, 0.1)}, "latin": 3}, "it takes two numbers"),
        ({"fixed": {"weight": 0.1}}, "weight is both fixed and a parameter"),
        ({"fixed": {"density": 0.1}}, "There is nothing named 'density'"),
        ({"trials": 0}, "trials is 0; it must lie between 1"),
        ({"seed": -1}, "seed is -1"),
        ({"fixed": {"mtj_width": 2e-7}}, "The MTJ window, -0.5 to 1.5 of the track, does not fit"),
        ({"fixed": {"min_time": 1e-3}}, "min_time is 1e.06 ns; it must lie between 0 ns and 3000 ns"),
        ({"fixed": {"levels": 1}}, "levels is 1; it must be a whole number of at least 2"),
        (
            {"parameters": {"weight": linear(0.1, 0.2, 500), "tmr": linear(1, 2, 500)}},
            "more than 100,000 points",
        ),
    ],
)
def test_illegal_sweeps_are_refused(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        dataclasses.replace(SMALL, **changes)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "it is no JSON"),
        ("[]", "This is no sweep"),
        ('{"format": "dwmtj sweep 1"}', "lacks 'task'"),
        ('{"format": "dwmtj sweep 1", "task": "max_cut", "parameters": {}, "x": 1}', "has 'x'"),
        ('{"format": "dwmtj sweep 1", "task": "max_cut", "parameters": [1]}', "parameters of the sweep is"),
    ],
)
def test_texts_that_are_no_sweep_are_refused(text: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        Sweep.from_json(text)


def test_coarse_points_come_before_fine_ones() -> None:
    sweep = Sweep("random_recall", {"weight": linear(0.1, 0.9, 9), "tmr": linear(1, 5, 5)})
    assert sorted(sweep.order) == list(range(45))
    places = [divmod(number, 5) for number in sweep.order]
    assert set(places[:4]) == {(0, 0), (0, 4), (8, 0), (8, 4)}
    assert set(places[:9]) >= {(4, 2), (4, 0), (0, 2)}
    first_quarter = np.array(places[:15])
    assert first_quarter.min(axis=0).tolist() == [0, 0]
    assert first_quarter.max(axis=0).tolist() == [8, 4]
