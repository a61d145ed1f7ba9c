"""What can be swept in the Explorer: parameters, ranges, presets."""

import re

import pytest

from dwmtj_widgets.explore import TASKS, knobs_of, linear
from dwmtj_widgets.labs.explorer.map import is_figure_8
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.explorer.ranges import (
    GROUPS,
    Range,
    group_of,
    suggested,
    sweepable,
    value_text,
)
from dwmtj_widgets.sessions.explorer.setting import PRESETS, ExplorerSetting


@pytest.mark.parametrize("task", TASKS)
def test_every_parameter_has_a_group_and_a_range_that_can_be_swept(task: str) -> None:
    knobs = sweepable(task)
    groups = [GROUPS.index(group_of(knob.name)) for knob in knobs]
    assert groups == sorted(groups)
    assert set(groups) == set(range(4))
    for knob in knobs:
        sweep = ExplorerSetting(task, x=suggested(task, knob.name), y=None, trials=1, fixed={}).sweep()
        assert len(sweep) >= 2, knob.name
        assert all(value_text(knob, value) for value in sweep.parameters[knob.name])


def test_names_of_spreads_and_of_devices_are_told_apart() -> None:
    assert [group_of(name) for name in ("tmr", "spread_tmr", "spread", "weight", "neurons", "stuck_at")] == [
        "Device",
        "Variation",
        "Variation",
        "Drive",
        "Task",
        "Variation",
    ]


def test_a_step_of_a_suggested_range_is_a_round_number() -> None:
    assert suggested("random_recall", "distortion").values("random_recall", 40) == linear(0.0, 0.5, 6)
    assert suggested("random_recall", "patterns").values("random_recall", 40) == tuple(range(1, 9))
    assert (
        suggested("random_recall", "rule").values("random_recall", 40)
        == knobs_of("random_recall")["rule"].choices
    )


def test_the_first_map_contains_the_papers_operating_point() -> None:
    sweep = ExplorerSetting().sweep()
    assert sweep.shape == (8, 8)
    assert 0.1 in sweep.parameters["weight"]
    assert 0.1 in sweep.parameters["charge_voltage"]
    assert is_figure_8(PRESETS["Figure 8"].sweep())
    assert not is_figure_8(sweep)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"y": Range("weight", 0.05, 0.1, 3)}, "Both axes are weight"),
        ({"x": Range("weight", 0.1, 0.05, 3)}, "from 100 mV to 50 mV; its first value"),
        (
            {"x": Range("weight", 0.05, 0.1, 41)},
            "number of values of weight is 41; it must lie between 2 and 40",
        ),
        ({"x": Range("weight", -0.1, 0.1, 3)}, "weight is"),
        ({"trials": 0}, "trials is 0"),
        ({"x": Range("soma_leak", -1.0, 1.0, 3, log=True)}, "both ends must be above zero"),
    ],
)
def test_what_makes_no_sweep_is_one_sentence_and_the_last_good_one_stays(
    session, changes, words: str
) -> None:
    before = session.planned
    with pytest.raises(Refused, match=re.escape(words)) as refused:
        session.change(**changes)
    assert str(refused.value).count("\n") == 0
    assert session.planned is before


def test_another_task_keeps_what_it_knows() -> None:
    settings = ExplorerSetting(x=Range("patterns", 1, 4, 4), fixed={"neurons": 12, "cue": "distorted"})
    cuts = settings.changed(task="max_cut")
    assert cuts.fixed == {"neurons": 12}
    assert {cuts.x.name, cuts.y.name if cuts.y else ""} == {"weight", "charge_voltage"}
    assert cuts.sweep().task == "max_cut"
    images = settings.changed(task="image_recall", y=Range("distortion", 0.0, 0.4, 5))
    assert images.fixed == {}
    assert images.y is not None and images.y.name == "distortion"
