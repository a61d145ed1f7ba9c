"""Settings of the Explorer, and what it refuses."""

from visitors.explorer import run, sentence

from dwmtj_widgets.labs import ExplorerLab


def test_what_is_refused_is_one_sentence_and_the_map_stays(lab: ExplorerLab) -> None:
    run(lab)
    shown = lab.map.heat._map
    axis = lab.controls.axes["x"]
    axis.high.value = 20.0
    assert sentence(lab) == (
        "The range of weight goes from 50 mV to 20 mV; its first value must be the lower one."
    )
    lab.start()
    assert not lab.work.running
    assert lab.map.heat._map == shown
    axis.high.value = 200.0
    assert sentence(lab) == ""
    setting = lab.controls.setting
    setting.setting.value = "neurons"
    setting.text.value = "two"
    assert sentence(lab) == "neurons is 'two'; it must be a number."
    assert setting.text.value == "9"
    setting.text.value = "2"
    assert "neurons is 2" in sentence(lab)
    assert lab.session.planned.fixed == {"neurons": 9}


def test_settings_are_shown_changed_and_put_back(lab: ExplorerLab) -> None:
    setting = lab.controls.setting
    names = [name for _label, name in setting.setting.options]
    assert "weight" not in names and "memories" not in names and "tmr" in names
    setting.setting.value = "tmr"
    assert setting.text.value == "300"
    setting.text.value = "250"
    setting.setting.value = "rule"
    setting.word.value = "storkey"
    setting.setting.value = "spread"
    assert setting.text.value == "not set"
    setting.text.value = "5"
    assert dict(lab.session.planned.fixed) == {"neurons": 9, "tmr": 2.5, "rule": "storkey", "spread": 0.05}
    assert [chip.description for chip in setting.chips.children] == [
        "N = 9  ✕",
        "TMR = 250%  ✕",
        "rule = storkey  ✕",
        "spread = 5%  ✕",
    ]
    setting.chips.children[1].click()
    assert "tmr" not in lab.session.planned.fixed
    setting.text.value = ""
    assert dict(lab.session.planned.fixed) == {"neurons": 9, "rule": "storkey"}
    lab.controls.axes["y"].parameter.value = ""
    assert list(lab.session.planned.parameters) == ["weight"]
    lab.controls.axes["x"].parameter.value = "neurons"
    assert list(lab.session.planned.parameters) == ["neurons"]
    lab.controls.task.value = "image_recall"
    assert list(lab.session.planned.parameters) == ["weight"]
    assert "memories" in [name for _label, name in setting.setting.options]


def test_under_a_preset_any_value_can_be_set_and_only_its_own_are_left_out(lab: ExplorerLab) -> None:
    setting = lab.controls.setting
    setting.setting.value = "preset"
    setting.word.value = "published"
    setting.setting.value = "soma_start"
    assert setting.word.value == "pattern"
    setting.word.value = "off"
    setting.setting.value = "min_time"
    setting.text.value = "0"
    assert dict(lab.session.planned.fixed) == {
        "neurons": 9,
        "preset": "published",
        "soma_start": "off",
        "min_time": 0.0,
    }
    assert lab.session.planned.points[0].settings["min_time"] == 0.0
    setting.text.value = "28"
    setting.setting.value = "soma_start"
    setting.word.value = "pattern"
    assert dict(lab.session.planned.fixed) == {"neurons": 9, "preset": "published"}
    setting.setting.value = "preset"
    setting.word.value = "table1"
    assert dict(lab.session.planned.fixed) == {"neurons": 9}


def test_what_was_refused_is_still_said_when_new_trials_are_shown(lab: ExplorerLab) -> None:
    run(lab)
    lab._point_chosen(4)
    lab._change(trials=0)
    assert "trials is 0" in sentence(lab)
    lab.point.refresh()
    assert "trials is 0" in sentence(lab)


def test_the_explorer_says_nothing_of_a_trial_that_was_not_made(lab: ExplorerLab) -> None:
    run(lab)
    lab._point_chosen(4)
    assert lab.point.outcome.value and lab.point.python.text
    lab.point.trial.field.value = 99
    assert (lab.point.outcome.value, lab.point.python.text) == ("", "")
