"""How a recall is judged, and that the network recalls the built-in letters."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from dwmtj_widgets import Device, Network, Simulation, hebbian_weights, recall_many
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.tasks.patterns import DEFAULT_MEMORIES, distort, overlap, symbol
from dwmtj_widgets.tasks.recall import PRESET_NAMES, judge, judge_many, preset, recall_image

REFERENCE = Path(__file__).parents[4] / "shared" / "reference" / "image_recall"
MEMORIES = [symbol(name) for name in DEFAULT_MEMORIES]

UP = [1, 1, 1, 1, 0, 0, 0, 0]
DOWN = [0, 0, 0, 0, 1, 1, 1, 1]
COMB = [1, 0, 1, 0, 1, 0, 1, 0]


@pytest.mark.parametrize(
    ("bits", "target", "expected"),
    [
        # accuracy, nearest, inverse, nearest_accuracy, success
        (UP, UP, (1.0, 0, False, 1.0, True)),
        (DOWN, UP, (1.0, 0, True, 1.0, True)),
        (COMB, UP, (0.5, 1, False, 1.0, False)),
        ([1, 1, 1, 0, 0, 0, 0, 0], UP, (0.875, 0, False, 0.875, False)),
        ([0, 0, 0, 1, 1, 1, 1, 1], UP, (0.875, 0, True, 0.875, False)),
        # an undecided bit is wrong for the pattern and wrong for its inverse
        ([1, 1, 1, 1, 0, 0, 0, -1], UP, (0.875, 0, False, 0.875, False)),
        ([0, 0, 0, 0, 1, 1, 1, -1], UP, (0.875, 0, True, 0.875, False)),
        ([-1] * 8, UP, (0.0, 0, False, 0.0, False)),
        ([-1, -1, -1, -1, 0, 0, 0, 0], UP, (0.5, 0, False, 0.5, False)),
        # of equals: the first memory, and a pattern before an inverse
        ([1, 1, 0, 0, 1, 1, 0, 0], UP, (0.5, 0, False, 0.5, False)),
        ([0, 0, 0, 0, 1, -1, 1, -1], COMB, (0.5, 0, True, 0.75, False)),
        # the target need not be stored
        ([1, 1, 0, 0, 1, 1, 0, 0], [1, 1, 0, 0, 1, 1, 0, 0], (1.0, 0, False, 0.5, True)),
    ],
)
def test_judgement(bits, target, expected):
    found = judge(bits, target, [UP, COMB])
    assert (found.accuracy, found.nearest, found.inverse, found.nearest_accuracy, found.success) == expected


patterns = arrays.arrays(np.uint8, 20, elements=st.integers(0, 1))
stored = st.integers(1, 5).flatmap(lambda p: arrays.arrays(np.uint8, (p, 20), elements=st.integers(0, 1)))
states = st.integers(1, 6).flatmap(lambda b: arrays.arrays(np.int8, (b, 20), elements=st.integers(-1, 1)))


@given(states, patterns, stored)
def test_many_judgements_are_single_judgements(bits, target, memories):
    many = judge_many(bits, target, memories)
    assert len(many) == len(bits)
    assert list(many) == [judge(row, target, memories) for row in bits]
    assert list(judge_many(bits, [target] * len(bits), memories)) == list(many)


@given(patterns, patterns, stored)
def test_a_pattern_and_its_inverse_are_the_same_answer(bits, target, memories):
    one, other = judge(bits, target, memories), judge(1 - bits, target, memories)
    assert (one.accuracy, one.success) == (other.accuracy, other.success)
    assert one.nearest_accuracy == other.nearest_accuracy >= 0.5
    assert one.accuracy == pytest.approx((1 + abs(overlap(bits, target))) / 2)


@given(stored, st.data())
def test_a_stored_pattern_is_nearest_to_itself(memories, data):
    row = data.draw(st.integers(0, len(memories) - 1))
    found = judge(memories[row], memories[row], memories)
    assert found.success
    assert found.nearest_accuracy == 1.0
    nearest = memories[found.nearest]
    assert (1 - nearest if found.inverse else nearest).tolist() == memories[row].tolist()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: judge(UP[:7], UP, [UP]), r"bits have the shape \(7,\)"),
        (lambda: judge([UP], UP, [UP]), r"bits have the shape \(1, 8\)"),
        (lambda: judge([*UP[:7], 2], UP, [UP]), "bits hold 2"),
        (lambda: judge([*UP[:7], float("nan")], UP, [UP]), "bits hold nan"),
        (lambda: judge(UP, [*UP[:7], -1], [UP]), "target holds -1"),
        (lambda: judge(UP, UP, UP), "memories have the shape"),
        (lambda: judge(UP, UP, [UP[:7]]), "memories have the shape"),
        (lambda: judge_many(UP, UP, [UP]), r"bits have the shape \(8,\)"),
        (lambda: judge_many([UP], UP[:7], [UP]), "targets have the shape"),
        (lambda: judge_many([UP] * 3, [UP] * 2, [UP]), "targets are 2 patterns"),
        (lambda: preset("spice"), "preset is 'spice'"),
        (lambda: recall_image([UP, COMB], UP[:7]), "cue has the shape"),
        (lambda: recall_image([UP, COMB], UP, target=UP[:7]), "target has the shape"),
        (lambda: recall_image([UP, COMB], UP, weight=-0.1), "weight is -100 mV"),
        (lambda: recall_image([UP, COMB], UP, weight=float("nan")), "weight is nan"),
        (lambda: recall_image([UP, COMB], UP, charge_voltage=0.01), "charge_voltage is 10 mV"),
    ],
)
def test_illegal_input_is_refused_in_one_sentence(make, message):
    with pytest.raises(Refused, match=message) as error:
        make()
    assert str(error.value).endswith(".")
    assert "\n" not in str(error.value)


# -- the network -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DEFAULT_MEMORIES)
def test_default_memories_are_recalled_from_20_percent_distortion(name):
    target, generator = symbol(name), np.random.default_rng(1)
    cues = [distort(target, 0.2, generator) for _ in range(300)]
    ends = recall_many(Network(hebbian_weights(MEMORIES, 0.1)), cues)
    found = judge_many(ends.bits, target, MEMORIES)
    assert ends.converged.all()
    assert found.success.all()
    assert (found.nearest == DEFAULT_MEMORIES.index(name)).all()
    assert not found.inverse.any()


def test_recall_is_the_simulation_and_its_judgement():
    cue, device = distort(MEMORIES[1], 0.3, seed=5), Device(r_track=2500.0)
    found = recall_image(MEMORIES, cue, 0.08, device, charge_voltage=0.2)
    plain = Simulation(Network(hebbian_weights(MEMORIES, 0.08), device), cue, charge_voltage=0.2).run()
    assert (found.result.time, found.result.energy) == (plain.time, plain.energy)
    assert found.result.bits.tolist() == plain.bits.tolist()
    assert found.judgement == judge(plain.bits, found.target, MEMORIES)
    assert found.mean_power == pytest.approx(plain.energy / plain.time, rel=1e-15)
    assert found.cue.tolist() == cue.tolist()


def test_target_is_the_nearest_memory_unless_given():
    cue = distort(1 - MEMORIES[2], 0.1, seed=1)
    found = recall_image(MEMORIES, cue)
    assert found.target.tolist() == MEMORIES[2].tolist()
    assert found.judgement.success
    assert found.judgement.inverse
    assert found.judgement.nearest == 2
    other = recall_image(MEMORIES, cue, target=MEMORIES[0])
    assert not other.judgement.success
    assert other.judgement.nearest == 2


def test_estimate_uses_the_weight_that_was_given():
    # With two equal memories the smallest weight is 2W, from which W cannot be told.
    cue = distort(MEMORIES[0], 0.1, seed=1)
    found = recall_image([MEMORIES[0], MEMORIES[0]], cue, 0.05)
    assert found.network.synaptic_weight == 0.05


def test_presets_are_named_and_fresh():
    assert preset("table1").device == Device()
    assert preset("table1").options == {}
    assert preset("published").device == Device.published()
    preset("published").options["charge_voltage"] = 1.0
    assert preset("published").options["charge_voltage"] == 0.25
    for name in PRESET_NAMES:
        chosen = preset(name)
        found = recall_image(
            MEMORIES, distort(MEMORIES[0], 0.2, seed=0), 0.1, chosen.device, **chosen.options
        )
        assert found.judgement.success


def test_published_preset_reproduces_released_recalls():
    if not REFERENCE.exists():
        pytest.skip(f"no reference data in {REFERENCE}")

    def row_of(text):
        return [int(bit) for bit in text]

    with (REFERENCE / "letters.csv").open(newline="") as file:
        letters = {row["letter"]: row_of(row["bits"]) for row in csv.DictReader(file)}
    with (REFERENCE / "released_runs.csv").open(newline="") as file:
        runs = list(csv.DictReader(file))[5::60]
    assert len(runs) >= 8
    chosen = preset("published")
    for run in runs:
        found = recall_image(
            list(letters.values()),
            row_of(run["start"]),
            0.1,
            chosen.device,
            target=letters[run["letter"]],
            **chosen.options,
        )
        assert found.result.bits.tolist() == row_of(run["result"])
