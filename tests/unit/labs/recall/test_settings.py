"""Sliders, device panel and preset of the Recall Lab, and what it refuses."""

import re

import numpy as np
import pytest
from visitors.recall import open_device_panel

from dwmtj_widgets import Device
from dwmtj_widgets.sessions.device_setting import Drive
from dwmtj_widgets.sessions.recall import RecallSession
from dwmtj_widgets.sessions.snapshot import to_file
from dwmtj_widgets.units import quantity


@pytest.mark.parametrize(
    ("name", "number", "begun", "read"),
    [
        ("weight", 200.0, 20, lambda s: s.setting.drive.weight == 0.2),
        ("weight", 200.0, 20, lambda s: np.abs(s.simulation.network.weights).max() == pytest.approx(0.6)),
        (
            "charge-voltage",
            200.0,
            5,
            lambda s: s.setting.drive.charge_voltage == s.simulation.charge_voltage == 0.2,
        ),
        ("r-parallel", 600.0, 20, lambda s: s.simulation.network.device == Device(r_parallel=600.0)),
        ("axon-leak", 0.0, 20, lambda s: s.setting.drive.device == s.simulation.network.device != Device()),
    ],
)
def test_slider_acts_on_the_running_recall(visitor, name: str, number: float, begun, read) -> None:
    open_device_panel(visitor)
    visitor.press("run")
    visitor.frames(begun, 0.1)
    run = visitor.session.simulation
    time, energy, power = run.time, run.energy, run.power
    visitor.find(name).value = number
    assert visitor.session.simulation is run
    assert (run.time, run.energy) == (time, energy)
    assert read(visitor.session)
    assert run.power != power
    assert visitor.text("power") == quantity(run.power, "W", decimals=1)
    assert visitor.lab.desk.clock.playing, "the slider stopped the run"
    assert visitor.text("error") == ""
    visitor.frames(3)
    assert run.time > time
    assert run.energy > energy
    visitor.press(f"{name}-reset")
    assert visitor.session.setting.drive == Drive()
    assert visitor.session.simulation is run


def test_device_panel_shows_every_field_and_only_when_opened(visitor) -> None:
    closed = sum(1 for _ in visitor.widgets())
    open_device_panel(visitor)
    assert sum(1 for _ in visitor.widgets()) > closed
    for name in Device.controls():
        assert visitor.find(name.replace("_", "-")).description == Device.controls()[name].metadata["label"]


def test_released_preset_begins_a_recall_anew(visitor) -> None:
    open_device_panel(visitor)
    visitor.press("run")
    visitor.frames(5)
    preset = visitor.find("preset")
    preset.value = "published"
    assert visitor.session.simulation.network.device == Device.published()
    np.testing.assert_array_equal(visitor.session.simulation.pattern, visitor.session.setting.input)
    visitor.press("reset")
    np.testing.assert_array_equal(visitor.session.simulation.soma, visitor.session.setting.input)
    preset.value = "table1"
    visitor.press("reset")
    assert visitor.session.simulation.network.device == Device()
    assert not visitor.session.simulation.soma.any()


def test_changed_preset_says_so_and_can_be_chosen_again(visitor) -> None:
    open_device_panel(visitor)
    preset = visitor.find("preset")
    assert preset.label == "Table I"
    visitor.find("r-parallel").value = 600.0
    assert preset.label == "Table I, changed"
    visitor.find("r-parallel").value = 500.0
    assert preset.label == "Table I"
    visitor.find("r-parallel").value = 600.0
    visitor.find("weight").value = 150.0
    preset.value = "table1"
    assert visitor.session.setting.drive == Drive()
    assert visitor.find("r-parallel").value == 500.0
    assert visitor.find("weight").value == 100.0
    assert preset.label == "Table I"
    preset.value = "published"
    assert visitor.session.setting.drive.published
    assert visitor.session.setting.drive.charge_voltage == 0.25
    visitor.find("r-parallel").value = 600.0
    assert preset.label == "Released simulator, changed"
    assert visitor.session.setting.drive.published, "a changed value is no other way of simulating"


def test_slider_that_reports_its_value_with_rounding_changes_nothing(visitor) -> None:
    """A browser does so when the panel opens: 500 is 40 steps of 10 above 100, or nearly."""
    open_device_panel(visitor)
    visitor.press("run")
    visitor.frames(5)
    network = visitor.session.simulation.network
    visitor.find("r-parallel").value = 499.99999999999994
    visitor.find("soma-leak").value = 0.20000000000000018
    assert visitor.session.simulation.network is network
    assert visitor.session.setting.drive == Drive()
    assert visitor.find("preset").label == "Table I"


def refuse_something(visitor) -> None:
    """Ask for a junction that stands out of its track."""
    open_device_panel(visitor)
    for name, end in (("mtj-width", "max"), ("track-length", "min"), ("mtj-center", "max")):
        assert visitor.text("error") == ""
        visitor.find(name).value = getattr(visitor.find(name), end)


def test_refused_setting_is_one_sentence_and_the_last_good_state_stays(visitor) -> None:
    visitor.press("run")
    visitor.frames(10)
    run, time = visitor.session.simulation, visitor.session.simulation.time
    refuse_something(visitor)
    sentence = visitor.text("error")
    assert re.fullmatch(r"[^\n]*\.", sentence), "nothing was refused, or not in a sentence"
    assert "Traceback" not in sentence
    center, device = visitor.find("mtj-center"), visitor.session.setting.drive.device
    assert device.mtj_center == Device().mtj_center
    assert center.min < center.value < center.max, "the slider stays where nothing is"
    assert visitor.session.simulation is run
    assert run.time == time
    assert run.network.device == device
    assert device.mtj_width != Device().mtj_width, "what was accepted before was taken back"


def test_run_can_be_gone_on_with_after_something_was_refused(visitor) -> None:
    visitor.press("run")
    visitor.frames(10)
    time = visitor.session.simulation.time
    refuse_something(visitor)
    assert visitor.text("error")
    playing = visitor.lab.desk.clock.playing
    assert visitor.find("run").disabled is playing
    assert visitor.find("pause").disabled is not playing
    if not playing:
        visitor.press("run")
    visitor.frames(3)
    assert visitor.session.simulation.time > time


def test_next_thing_that_works_clears_the_sentence(visitor) -> None:
    refuse_something(visitor)
    assert visitor.text("error")
    visitor.press("step")
    assert visitor.text("error") == ""


def test_error_sentence_stays_while_the_pointer_passes_over_the_tracks(visitor) -> None:
    visitor.open_file(b"no image")
    assert visitor.text("error")
    visitor.say("tracks", {"type": "hover", "neuron": 5})
    visitor.say("tracks", {"type": "hover", "neuron": -1})
    assert visitor.text("error"), "moving the mouse wiped the sentence away before it was read"


def test_the_load_time_is_a_setting_and_its_consequence_is_said(visitor) -> None:
    lab = visitor.lab
    assert (lab.load_time.own.value, lab.load_time.own.disabled) == (16.0, True)
    lab.load_time.derived.value = False
    lab.load_time.own.value = 9.5
    assert visitor.session.setting.drive.load_time == 9.5e-9
    assert visitor.session.simulation.load_time == 9.5e-9
    visitor.press("instant")
    share = visitor.session.simulation.settled_at_release
    assert 0.0 < share < 1.0
    said = f"At release, after 9.5 ns of loading, {int(100 * share)} % of the axons had settled."
    assert said in lab.state.value
    lab.load_time.own.value = -2.0
    assert visitor.text("error") == "load_time is -2 ns; it must be above zero."
    assert lab.load_time.own.value == 9.5
    lab.load_time.derived.value = True
    visitor.press("instant")
    assert visitor.session.simulation.load_time == 16e-9
    assert "At release" not in lab.state.value
    lab.session.set_drive(device=Device(tmr=1.0))
    lab.desk.reset()
    lab._show_settings()
    assert lab.load_time.own.value == pytest.approx(45.60, abs=0.01)


def test_settings_beyond_the_sliders_are_shown_as_they_are(visitor) -> None:
    session = RecallSession()
    session.set_drive(weight=0.4, charge_voltage=0.3)
    session.set_distortion(0.7, 123_456)
    setting = session.setting.fields()
    visitor.lab.share._take["file"](to_file("recall", setting))
    assert visitor.text("error") == ""
    shown = {name: visitor.find(name).value for name in ("weight", "charge-voltage", "distortion", "seed")}
    assert shown == {"weight": 400.0, "charge-voltage": 300.0, "distortion": 70.0, "seed": 123_456}
    assert visitor.session.setting.fields() == setting
