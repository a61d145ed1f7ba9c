"""Files, addresses and lines of Python of the Statistics Lab."""

import contextlib
import csv
import io
from dataclasses import replace
from threading import Event

import numpy as np
import pytest
from visitors.statistics import SMALL

from dwmtj_widgets import Device
from dwmtj_widgets.labs import StatisticsLab
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.snapshot import Fields, from_file, from_query, to_file, to_query
from dwmtj_widgets.sessions.statistics import StatisticsSession
from dwmtj_widgets.sessions.statistics_summary import csv_text
from dwmtj_widgets.tasks.recall_survey import RECORD, Survey


def changed(lab: StatisticsLab) -> StatisticsLab:
    """Set everything that can be shared to something else than at first."""
    lab._change(**SMALL, odd=False, seed=9, weight=0.08, charge_voltage=0.12, distortion=0.25)
    lab._change(device=replace(Device.published(), tmr=2.5), published=True)
    lab.choice.axis.value, lab.choice.ideals["together"].value = "load", True
    return lab


def accuracies(session: StatisticsSession) -> list[bytes]:
    session.begin()
    session.work(Event())
    assert session.survey is not None
    return [session.survey.records(point).tobytes() for point in session.survey.points]


@pytest.mark.parametrize("way", ["address", "file"])
def test_a_shared_setting_gives_the_same_trials_bit_for_bit(lab: StatisticsLab, way: str) -> None:
    changed(lab)
    text = (to_query if way == "address" else to_file)("statistics", lab.setting())
    yours = StatisticsLab()
    yours.start()
    yours.restore((from_query if way == "address" else from_file)(text, "statistics"))
    assert yours.setting() == lab.setting()
    assert (yours.session.setting, yours.session.survey) == (lab.session.setting, None)
    controls = yours.controls
    assert (controls.smallest.value, controls.largest.value, controls.odd.value) == (5, 13, False)
    assert (controls.distortion.value, controls.weight.value) == (0.25, 0.08)
    assert controls.device_panel.preset.label == "Released simulator, changed"
    assert controls._chosen() == (1, 3)
    assert yours.choice.systems == ["device", "in turn", "together"]
    assert accuracies(yours.session) == accuracies(lab.session)
    yours.close()


def test_what_was_extended_is_shared_with_all_its_trials(small: StatisticsLab) -> None:
    mine = accuracies(small.session)
    small.session.more()
    small.session.work(Event())
    assert small.setting()["trials"] == 20
    yours = StatisticsLab()
    yours.restore(Fields(small.setting()))
    more = accuracies(yours.session)
    assert more == [small.session.survey.records(p).tobytes() for p in small.session.survey.points]
    assert all(long.startswith(short) for long, short in zip(more, mine, strict=True))
    yours.close()


def test_the_lines_of_python_make_the_same_trials(lab: StatisticsLab) -> None:
    changed(lab)
    mine = accuracies(lab.session)
    names: dict[str, object] = {}
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(lab.session.python(), names)
    survey = names["survey"]
    assert isinstance(survey, Survey)
    assert [survey.records(point).tobytes() for point in survey.points] == mine
    point = survey.points[0]
    share = 1 - survey.records(point)["wrong"].mean() / point.neurons
    assert said.getvalue().startswith(f"{point} {share} of the bits right")


def test_a_setting_that_is_not_legal_leaves_the_lab_as_it_was(small: StatisticsLab) -> None:
    mine = accuracies(small.session)
    survey, setting = small.session.survey, small.setting()
    bad = {
        "smallest": (2, 300, 1.5, "9", None),
        "largest": (4, 201),
        "steps": (0, 61),
        "odd": (1, "yes"),
        "patterns": ([], [9], [0], 3, ["1"]),
        "trials": (0, 10**6),
        "seed": (-1, 2**32),
        "weight": (0.0, float("inf"), "0.1"),
        "charge_voltage": (0.001, -1.0),
        "device": ({"tmr": -5.0}, {"colour": 1.0}, []),
        "published": (0,),
        "load_time": (9e-9,),  # of the labs of one run: here circuit and device decide
        "distortion": (1.5, None),
        "chart": ({}, {"measure": "meant", "axis": "load", "ideals": []}, 5),
        "else": (1,),
    }
    for name, values in bad.items():
        for value in values:
            with pytest.raises(Refused, match=r"^[^\n]+\.$"):
                small.restore(Fields({**setting, name: value}))
    for name in setting:
        with pytest.raises(Refused, match=f"lacks the field {name}"):
            small.restore(Fields({key: value for key, value in setting.items() if key != name}))
    assert small.session.survey is survey and small.setting() == setting
    assert accuracies(small.session) == mine


def test_a_setting_that_cannot_be_tried_is_not_shared(small: StatisticsLab) -> None:
    small._change(largest=4)
    small.share._receive(small.share, {"type": "give", "what": "address"}, [])
    assert "The smallest size, 5, is above the largest, 4" in small.error.widget.value


def test_the_archive_holds_every_trial(small: StatisticsLab) -> None:
    assert small._npz() is None and not small.save.enabled
    accuracies(small.session)
    file, survey = small._npz(), small.session.survey
    assert file is not None and survey is not None
    with np.load(io.BytesIO(file.content)) as found:
        for point in survey.points:
            rows = (found["patterns"] == point.patterns) & (found["neurons"] == point.neurons)
            assert found["trial"][rows].tolist() == list(range(10))
            for name in RECORD.names or ():
                np.testing.assert_array_equal(found[name][rows], survey.records(point)[name])
        setting = from_file(str(found["setting"]), "statistics")
    assert setting.whole("seed", 0, 9) == 1


def test_the_archive_holds_the_settings_of_its_trials_whatever_was_set_since(small: StatisticsLab) -> None:
    small._change(seed=3)
    accuracies(small.session)
    small._change(trials=20)
    small._change(seed=4)
    small._change(largest=4)  # cannot be tried
    file = small._npz()
    assert file is not None
    with np.load(io.BytesIO(file.content)) as found:
        setting = from_file(str(found["setting"]), "statistics")
    assert (setting.whole("seed", 0, 9), setting.whole("largest", 3, 99)) == (3, 13)
    assert setting.whole("trials", 1, 99) == 10


def test_the_table_has_all_digits(small: StatisticsLab) -> None:
    accuracies(small.session)
    survey = small.session.survey
    assert survey is not None
    rows = list(csv.DictReader(csv_text(survey, small.session.share).splitlines()[1:]))
    for row, point in zip(rows, survey.points, strict=True):
        assert float(row["time_mean_s"]) == survey.records(point)["time"].mean()
        estimate = small.session.share(point, "bits", "device")
        assert estimate is not None and float(row["right_bits"]) == estimate.value
