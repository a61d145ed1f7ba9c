"""The Recall Lab without a browser: what a person does arrives as messages, what they see is read from the widgets."""

import base64
import io
import re
import threading

import IPython.display
import numpy as np
import pytest
from ipywidgets import HTML
from ipywidgets.widgets.widget import _instances
from lab_visitor import Visitor, Watch
from PIL import Image

from dwmtj_widgets import Device, Network, Simulation, hebbian_weights
from dwmtj_widgets.hopfield.walls import bits_of
from dwmtj_widgets.labs import RecallLab
from dwmtj_widgets.labs.common.neuron_reading import _line, neuron_text
from dwmtj_widgets.labs.common.run import desk as run_desk
from dwmtj_widgets.sessions.device_setting import Drive
from dwmtj_widgets.sessions.recall import RecallSession
from dwmtj_widgets.sessions.run_setting import recall_setting
from dwmtj_widgets.sessions.snapshot import to_file
from dwmtj_widgets.tasks.patterns import SYMBOLS, from_png, symbol, to_png
from dwmtj_widgets.units import quantity
from dwmtj_widgets.widgets.page import clock
from dwmtj_widgets.widgets.views.track_field import TrackField

NS = 1e-9


class RecallVisitor(Visitor):
    def __init__(self, watch: Watch) -> None:
        super().__init__(RecallLab(), watch)

    def draw(self, name: str, cells, value: int, stroke: int = 1) -> None:
        cells = [int(cell) for cell in cells]
        message = {"client": "me", "sequence": stroke, "stroke": stroke, "value": value, "cells": cells}
        self.say(name, {"type": "paint", **message})


@pytest.fixture
def watch(monkeypatch) -> Watch:
    watch = Watch()
    for module in (clock, run_desk):
        monkeypatch.setattr(module, "monotonic", watch)
    return watch


@pytest.fixture
def visitor(watch) -> RecallVisitor:
    return RecallVisitor(watch)


@pytest.fixture
def walls(monkeypatch) -> list[bytes]:
    """Record the frames of the track field."""
    sent: list[bytes] = []
    monkeypatch.setattr(TrackField, "send", lambda self, content, buffers=(): sent.append(bytes(buffers[0])))
    return sent


def expected(session) -> Simulation:
    """Return the run that the lab's settings mean, made by the engine alone; not yet run."""
    drive = session.drive
    weights = hebbian_weights(np.array(session.memories), drive.weight)
    network = Network(weights, drive.device, synaptic_weight=drive.weight)
    return Simulation(network, session.input, charge_voltage=drive.charge_voltage)


# -- the beginning -----------------------------------------------------------------------------------------------


def test_building_a_lab_displays_nothing_and_starts_nothing(monkeypatch, capfd) -> None:
    shown, threads = [], threading.active_count()
    monkeypatch.setattr(IPython.display, "display", lambda *things, **_: shown.append(things))
    lab = RecallLab()
    assert shown == []
    assert threading.active_count() == threads
    assert not lab.desk.clock.playing
    assert lab.session.simulation.time == 0.0
    assert capfd.readouterr() == ("", "")
    lab._ipython_display_()
    assert shown == [(lab.widget,)]
    assert not lab.desk.clock.playing


def test_page_opens_ready_to_run(visitor) -> None:
    assert visitor.find("run").description == "▶ Run"
    for name, disabled in {
        "run": False,
        "pause": True,
        "step": False,
        "instant": False,
        "scrub": True,
        "continue": True,
        "redo": True,
        "add-memory": False,
    }.items():
        assert visitor.find(name).disabled is disabled, name
    for index, name in enumerate("AJL"):
        np.testing.assert_array_equal(visitor.find(f"memory-{index + 1}").pattern, symbol(name))
    assert (visitor.find("editor").pattern != symbol("A")).sum() == 20
    assert visitor.find("distortion").value == 20.0
    assert visitor.find("weight").value == visitor.find("charge-voltage").value == 100.0
    assert visitor.text("time") == "0.00 ns"
    assert visitor.text("phase") == "ready"
    assert visitor.text("error") == ""


def test_nothing_can_be_undone_before_anything_was_done(visitor) -> None:
    """Undo on a fresh page must not wipe out the images that the page opens with."""
    for name in ("editor", "memory-1", "memory-2", "memory-3"):
        assert not visitor.find(name).can_undo, name
    assert visitor.find("undo").disabled


# -- running -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("speed", [0.05, 2.0, 20.0])
def test_frames_advance_the_run_at_the_chosen_speed(visitor, speed: float) -> None:
    visitor.find("speed").value = speed
    visitor.frames(3)
    assert visitor.session.simulation.time == 0.0, "frames without Run move the walls"
    visitor.press("run")
    visitor.frames(10, 0.03)
    passed = visitor.session.simulation.time
    assert passed == pytest.approx(10 * 0.03 * speed * NS, rel=1e-6, abs=0.0)
    visitor.press("pause")
    assert visitor.text("time") == quantity(passed, "s", decimals=2)


def test_pause_holds_and_run_goes_on(visitor) -> None:
    visitor.press("run")
    assert visitor.find("run").disabled
    visitor.frames(10)
    visitor.press("pause")
    time = visitor.session.simulation.time
    visitor.frames(5)
    assert visitor.session.simulation.time == time
    assert visitor.find("pause").disabled
    visitor.press("run")
    visitor.frames(1)
    assert visitor.session.simulation.time > time


def test_slow_frame_does_not_make_the_walls_jump(visitor) -> None:
    visitor.press("run")
    visitor.frames(1, 600.0)
    assert visitor.session.simulation.time <= 0.1 * visitor.find("speed").value * NS * 1.001


def test_step_advances_by_a_tenth_of_a_nanosecond_and_holds(visitor) -> None:
    visitor.press("run")
    visitor.frames(3)
    before = visitor.session.simulation.time
    visitor.press("step")
    assert visitor.session.simulation.time == pytest.approx(before + 0.1 * NS, rel=1e-9, abs=0.0)
    visitor.frames(3)
    assert visitor.session.simulation.time == pytest.approx(before + 0.1 * NS, rel=1e-9, abs=0.0)


@pytest.mark.parametrize("how", ["frames", "instant"])
def test_read_outs_at_the_end_are_those_of_the_engine(visitor, how: str) -> None:
    wanted = expected(visitor.session).run()
    if how == "instant":
        visitor.press("instant")
    else:
        visitor.find("speed").value = 20.0
        visitor.press("run")
        visitor.frames(200, 0.1)
    assert not visitor.lab.desk.clock.playing
    assert visitor.text("phase") == "converged"
    assert visitor.text("time") == quantity(wanted.time, "s", decimals=2)
    assert visitor.text("energy") == quantity(wanted.energy, "J", decimals=3)
    assert visitor.text("power") == quantity(wanted.power, "W", decimals=1)
    assert visitor.text("estimate") == "estimate " + quantity(
        wanted.published_energy_estimate, "J", decimals=2
    )
    assert visitor.text("accuracy") == "100 %"
    assert visitor.text("nearest") == "memory 1"
    assert visitor.text("undecided") == "0"
    energy = visitor.chart("energy")[1]
    assert energy.x[-1] == pytest.approx(wanted.time / NS, rel=1e-9, abs=0.0)
    assert energy.y[-1] == pytest.approx(wanted.energy / 1e-9, rel=1e-9, abs=0.0)


def test_phases_are_shown_as_they_come(visitor) -> None:
    seen = []
    visitor.press("run")
    for _ in range(150):
        visitor.frames(1, 0.1)
        if visitor.text("phase") not in seen:
            seen.append(visitor.text("phase"))
    assert seen == ["loading", "running", "converged"]


def test_words_tell_decided_somas_from_a_network_at_rest(visitor) -> None:
    def state() -> str:
        return visitor.find("state").value

    seen = [state()]
    visitor.press("run")
    for _ in range(150):
        visitor.frames(1, 0.1)
        decided = (bits_of(visitor.session.simulation.soma) >= 0).all()
        if visitor.session.simulation.phase == "run":
            assert ("Every soma is ON or OFF; some axons have not settled yet." in state()) is bool(decided)
        if state() != seen[-1]:
            seen.append(state())
    assert seen[0] == "Ready to load the input."
    assert seen[1] == "The somas do not have the whole input yet."
    assert any(re.fullmatch(r"\d+ somas? ha(s|ve) not decided yet\.", text) for text in seen)
    assert seen[-2:] == [
        "Every soma is ON or OFF; some axons have not settled yet.",
        "Converged: every wall is at rest.",
    ]


def test_running_again_begins_anew_and_shows_the_first_run_behind(visitor) -> None:
    visitor.press("instant")
    first = visitor.session.simulation.time
    assert visitor.find("run").description == "▶ Run again"
    assert visitor.find("step").disabled
    visitor.press("run")
    visitor.frames(5)
    assert 0.0 < visitor.session.simulation.time < 2 * NS
    assert visitor.chart("energy")[0].x[-1] == pytest.approx(first / NS)


def test_reset_goes_back_to_the_start(visitor) -> None:
    visitor.press("instant")
    visitor.press("reset")
    assert visitor.text("time") == "0.00 ns"
    assert visitor.text("phase") == "ready"
    assert not visitor.lab.desk.clock.playing
    assert visitor.find("scrub").disabled


def test_every_frame_draws_the_walls_and_a_resting_lab_draws_none(walls, visitor) -> None:
    visitor.press("run")
    visitor.frames(5)
    del walls[:]
    visitor.frames(5)
    assert len(walls) == len(set(walls)) == 5
    moment = visitor.session.simulation.moment
    assert walls[-1] == np.rint(np.concatenate([moment.soma, moment.axon]) * 255).astype(np.uint8).tobytes()
    visitor.press("pause")
    del walls[:]
    visitor.frames(5)
    assert walls == []


def test_page_that_connects_is_told_the_present_state(walls, visitor) -> None:
    visitor.press("instant")
    del walls[:]
    visitor.say("tracks", {"type": "ready"})
    visitor.say("clock", {"type": "ready"})
    moment = visitor.session.simulation.moment
    assert walls
    assert walls[-1] == np.rint(np.concatenate([moment.soma, moment.axon]) * 255).astype(np.uint8).tobytes()
    assert visitor.text("phase") == "converged"
    assert not visitor.lab.desk.clock.playing


# -- settings ----------------------------------------------------------------------------------------------------


def open_device_panel(visitor) -> None:
    visitor.find("device-panel").selected_index = 0


@pytest.mark.parametrize(
    ("name", "number", "begun", "read"),
    [
        ("weight", 200.0, 20, lambda s: s.drive.weight == 0.2),
        ("weight", 200.0, 20, lambda s: np.abs(s.simulation.network.weights).max() == pytest.approx(0.6)),
        ("charge-voltage", 200.0, 5, lambda s: s.drive.charge_voltage == s.simulation.charge_voltage == 0.2),
        ("r-parallel", 600.0, 20, lambda s: s.simulation.network.device == Device(r_parallel=600.0)),
        ("axon-leak", 0.0, 20, lambda s: s.drive.device == s.simulation.network.device != Device()),
    ],
)
def test_slider_in_a_run_acts_on_the_running_network(visitor, name: str, number: float, begun, read) -> None:
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
    assert visitor.session.drive == Drive()
    assert visitor.session.simulation is run


def test_device_panel_shows_every_field_and_only_when_opened(visitor) -> None:
    closed = sum(1 for _ in visitor.widgets())
    open_device_panel(visitor)
    assert sum(1 for _ in visitor.widgets()) > closed
    for name in Device.controls():
        assert visitor.find(name.replace("_", "-")).description == Device.controls()[name].metadata["label"]


def test_released_simulator_preset_begins_anew_as_the_release_did(visitor) -> None:
    open_device_panel(visitor)
    visitor.press("run")
    visitor.frames(5)
    preset = visitor.find("preset")
    published = next(name for name in preset.options if name != "Table I")
    preset.value = published
    assert visitor.session.simulation.network.device == Device.published()
    np.testing.assert_array_equal(visitor.session.simulation.pattern, visitor.session.input)
    visitor.press("reset")
    np.testing.assert_array_equal(visitor.session.simulation.soma, visitor.session.input)
    preset.value = "Table I"
    visitor.press("reset")
    assert visitor.session.simulation.network.device == Device()
    assert not visitor.session.simulation.soma.any()


def test_changed_preset_says_so_and_can_be_chosen_again(visitor) -> None:
    open_device_panel(visitor)
    preset = visitor.find("preset")
    assert preset.value == "Table I"
    visitor.find("r-parallel").value = 600.0
    assert preset.value == "Table I, changed"
    visitor.find("r-parallel").value = 500.0
    assert preset.value == "Table I"
    visitor.find("r-parallel").value = 600.0
    visitor.find("weight").value = 150.0
    preset.value = "Table I"
    assert visitor.session.drive == Drive()
    assert visitor.find("r-parallel").value == 500.0
    assert visitor.find("weight").value == 100.0
    assert preset.value == "Table I"
    preset.value = "Released simulator"
    assert visitor.session.drive.published
    assert visitor.session.drive.charge_voltage == 0.25
    visitor.find("r-parallel").value = 600.0
    assert preset.value == "Released simulator, changed"
    assert visitor.session.drive.published, "a changed value is no other way of simulating"


def test_slider_that_reports_its_value_with_rounding_changes_nothing(visitor) -> None:
    """A browser does so when the panel opens: 500 is 40 steps of 10 above 100, or nearly."""
    open_device_panel(visitor)
    visitor.press("run")
    visitor.frames(5)
    network = visitor.session.simulation.network
    visitor.find("r-parallel").value = 499.99999999999994
    visitor.find("soma-leak").value = 0.20000000000000018
    assert visitor.session.simulation.network is network
    assert visitor.session.drive == Drive()
    assert visitor.find("preset").value == "Table I"


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
    center, device = visitor.find("mtj-center"), visitor.session.drive.device
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


# -- memories ----------------------------------------------------------------------------------------------------


def test_drawing_in_a_memory_changes_the_running_network(visitor) -> None:
    visitor.press("run")
    visitor.frames(10)
    run, time = visitor.session.simulation, visitor.session.simulation.time
    visitor.draw("memory-1", range(30), 1)
    assert visitor.session.memories[0][:30].all()
    np.testing.assert_array_equal(visitor.session.memories[0][30:], symbol("A")[30:])
    assert visitor.session.simulation is run
    assert run.time == time
    np.testing.assert_array_equal(
        run.network.weights, hebbian_weights(np.array(visitor.session.memories), 0.1)
    )
    assert visitor.lab.desk.clock.playing


def test_memories_are_added_and_removed(visitor) -> None:
    for count in range(4, 9):
        visitor.press("add-memory")
        assert visitor.find(f"memory-{count}")
    assert visitor.find("add-memory").disabled
    visitor.press("remove-2")
    assert not visitor.find("add-memory").disabled
    np.testing.assert_array_equal(visitor.find("memory-2").pattern, symbol("L"))
    assert len(visitor.session.memories) == 7
    for _ in range(6):
        visitor.press("remove-1")
    assert visitor.text("error") == ""
    visitor.find("remove-1").click()
    assert len(visitor.session.memories) == 1
    if not visitor.find("remove-1").disabled:
        assert "nothing to recall" in visitor.text("error")
    visitor.press("instant")
    assert visitor.text("phase") == "converged"


def test_added_memory_is_a_symbol_that_is_not_stored_yet(visitor) -> None:
    symbols = [symbol(name).tolist() for name in SYMBOLS]
    for _ in range(5):
        stored = [memory.tolist() for memory in visitor.session.memories]
        visitor.press("add-memory")
        added = visitor.session.memories[-1].tolist()
        assert added in symbols
        assert added not in stored
    assert visitor.text("error") == ""


def test_memory_with_many_ones_gets_a_hint_until_it_has_fewer(visitor) -> None:
    def hint() -> str:
        return visitor.find("hint").value

    assert hint() == ""
    visitor.draw("memory-2", range(66), 1)
    share = int(visitor.session.memories[1].sum())
    assert share > 65
    assert f"Memory 2 is {share} % ON" in hint()
    visitor.draw("memory-2", range(66), 0, stroke=2)
    assert hint() == ""


def test_many_memories_are_shown_small(visitor) -> None:
    large = visitor.find("memory-1").cell_size
    visitor.press("add-memory")
    assert {visitor.find(f"memory-{k}").cell_size for k in range(1, 5)} < set(range(large))
    visitor.press("remove-4")
    assert visitor.find("memory-1").cell_size == large


def test_eight_memories_have_eight_curves(visitor) -> None:
    for index in range(4, 9):
        visitor.press("add-memory")
        visitor.draw(f"memory-{index}", range(index, 100, index), 1)
    visitor.press("instant")
    lines = visitor.chart("overlap")[1]
    assert np.shape(lines.y)[0] == 8
    assert len(set(lines.colors)) == 8
    visitor.press("remove-1")
    assert np.shape(visitor.chart("overlap")[1].y)[0] == 8  # of the run that has ended
    visitor.press("instant")
    assert np.shape(visitor.chart("overlap")[1].y)[0] == 7


def test_a_second_instant_leaves_a_disturbed_run_alone(visitor) -> None:
    visitor.session.step(20e-9)
    visitor.press("flip-soma")
    visitor.press("instant")
    run, time = visitor.session.simulation, visitor.session.simulation.time
    visitor.press("instant")
    assert visitor.session.simulation is run
    assert visitor.session.earlier is None
    visitor.find("weight").value = 150.0
    visitor.press("instant")  # settings were changed: the next run
    assert visitor.session.simulation is not run
    assert visitor.session.earlier.time[-1] == time
    assert visitor.session.simulation.network.synaptic_weight == 0.15


def test_looking_back_shows_the_velocities_of_that_time(visitor) -> None:
    session = visitor.session
    session.step(17.5e-9)
    neuron = next(j for j in range(100) if 0.1 < session.simulation.soma[j] < 0.9)
    visitor.lab.desk.select(neuron)
    then = visitor.text("neuron-text")
    assert "m/s" in visitor.find("neuron").value
    seen = visitor.find("neuron").value
    visitor.find("weight").value = 50.0
    assert visitor.find("neuron").value != seen, then
    session.step(5e-9)
    index = session.recording.index_at(17.4e-9)
    visitor.find("scrub").value = index / (len(session.recording) - 1)
    assert visitor.lab.desk.moment is session.recording[index]
    moment = session.recording[index]
    before = hebbian_weights(np.array(session.memories), 0.1)
    network = Network(before, synaptic_weight=0.1)
    assert visitor.find("neuron").value == neuron_text(network, moment, neuron, None, number=neuron)
    now = session.simulation.network
    assert visitor.find("neuron").value != neuron_text(now, moment, neuron, None, number=neuron)


def test_velocities_of_a_neuron_have_minus_signs() -> None:
    assert _line(50e-9, 1000.0, -1.8142) == "50.0 nm, 1000 Ω, −1.81 m/s"


def test_the_load_time_is_a_setting_and_its_consequence_is_said(visitor) -> None:
    lab = visitor.lab
    assert (lab.load_time.own.value, lab.load_time.own.disabled) == (16.0, True)
    lab.load_time.derived.value = False
    lab.load_time.own.value = 9.5
    assert visitor.session.drive.load_time == 9.5e-9
    assert visitor.session.simulation.load_time == 9.5e-9
    visitor.press("instant")
    share = visitor.session.simulation.settled_at_release
    assert 0.0 < share < 1.0
    said = f"At release, after 9.5 ns of loading, {int(100 * share)} % of the axons had settled."
    assert said in lab.state.value
    lab.load_time.own.value = -2.0
    assert visitor.text("error") == "load_time is -2 ns; it has to be above zero."
    assert lab.load_time.own.value == 9.5
    lab.load_time.derived.value = True
    visitor.press("instant")
    assert visitor.session.simulation.load_time == 16e-9
    assert "At release" not in lab.state.value
    lab.session.set_drive(device=Device(tmr=1.0))
    lab.desk.reset()
    lab._show_settings()
    assert lab.load_time.own.value == pytest.approx(45.60, abs=0.01)


def test_no_estimate_is_shown_where_it_says_nothing(visitor) -> None:
    visitor.session.set_drive(load_time=5e-9)
    visitor.session.step(10e-9)
    visitor.lab.desk.refresh()
    assert visitor.text("estimate") == ""
    visitor.session.step(20e-9)
    visitor.lab.desk.refresh()
    assert visitor.text("estimate").startswith("estimate ")


def test_use_makes_a_memory_the_input_and_the_target(visitor) -> None:
    visitor.press("use-3")
    assert (visitor.find("editor").pattern != symbol("L")).sum() == 20
    assert visitor.session.simulation.time == 0.0
    visitor.press("instant")
    assert visitor.text("nearest") == "memory 3"
    assert visitor.text("accuracy") == "100 %"


def test_nearest_memory_and_the_one_asked_for_have_their_own_shares(visitor) -> None:
    """With eight memories the nearest was 7, and 65 % of memory 1 stood beside it."""
    session = visitor.session
    session.target = 2
    session.reset()
    visitor.press("instant")
    bits = bits_of(session.simulation.soma)
    share = max((bits == session.memories[2]).mean(), (bits == 1 - session.memories[2]).mean())
    verdict = re.sub(r"<[^>]+>", " ", visitor.lab.verdict.value)
    assert re.search(r"Nearest\s+memory 1\s+\(100 %\)", verdict)
    assert re.search(rf"Asked for\s+memory 3 \(\s*{100 * share:.0f} %\s*\)", verdict)
    assert share < 1.0
    told = visitor.lab._outcome(session.simulation.moment)
    assert told == (
        "Nearest is memory 1, with 100 % of its bits. "
        f"Asked for was memory 3, of which {100 * share:.0f} % of the bits are right."
    )


def test_no_wall_moves_where_every_wall_is_at_rest(visitor) -> None:
    """198 walls in motion stood beside that sentence: those that had moved last."""
    for _ in range(10):
        visitor.press("step")
    assert visitor.session.trace().moving[-1] > 0
    visitor.press("instant")
    assert "every wall is at rest" in visitor.find("state").value
    moving = visitor.session.trace().moving
    assert moving[-1] == 0
    assert moving[-2] > 0


def test_cut_axons_leave_a_mark_on_the_tracks(visitor) -> None:
    visitor.press("cut-axons")
    assert visitor.find("tracks").cut == [visitor.lab.desk.selected]
    visitor.press("cut-axons")
    assert visitor.find("tracks").cut == []


# -- input -------------------------------------------------------------------------------------------------------


def test_drawn_input_is_loaded_as_drawn(visitor) -> None:
    before = visitor.find("editor").pattern
    cells = np.flatnonzero(before == 0)[:7]
    visitor.draw("editor", cells, 1)
    assert visitor.session.input[cells].all()
    assert (visitor.session.input != before).sum() == 7
    np.testing.assert_array_equal(visitor.session.simulation.pattern, visitor.find("editor").pattern)
    assert visitor.find("distortion").value == 0.0
    visitor.press("undo")
    np.testing.assert_array_equal(visitor.session.input, before)
    np.testing.assert_array_equal(visitor.find("editor").pattern, before)
    visitor.press("redo")
    assert visitor.session.input[cells].all()


def test_tools_of_the_input(visitor) -> None:
    before = visitor.session.input
    visitor.press("invert")
    np.testing.assert_array_equal(visitor.session.input, 1 - before)
    visitor.press("clear")
    assert not visitor.session.input.any()
    visitor.press("random")
    assert 20 < visitor.session.input.sum() < 80
    for _ in range(3):
        visitor.press("undo")
    np.testing.assert_array_equal(visitor.session.input, before)


@pytest.mark.parametrize("percent", [0.0, 1.0, 33.0, 50.0])
def test_distortion_flips_that_share_of_the_memory(visitor, percent: float) -> None:
    visitor.press("run")
    visitor.frames(3)
    visitor.find("distortion").value = percent
    assert (visitor.find("editor").pattern != symbol("A")).sum() == percent
    assert visitor.session.simulation.time == 0.0
    np.testing.assert_array_equal(visitor.session.simulation.pattern, visitor.find("editor").pattern)


def test_dice_and_seed_flip_other_pixels(visitor) -> None:
    before = visitor.find("editor").pattern
    visitor.press("dice")
    assert visitor.find("seed").value == 2
    rolled = visitor.find("editor").pattern
    assert (rolled != before).any()
    assert (rolled != symbol("A")).sum() == 20
    visitor.find("seed").value = 1
    np.testing.assert_array_equal(visitor.find("editor").pattern, before)


def test_good_picture_becomes_the_input(visitor) -> None:
    visitor.open_file(to_png(symbol("heart"), scale=7))
    np.testing.assert_array_equal(visitor.find("editor").pattern, symbol("heart"))
    np.testing.assert_array_equal(visitor.session.input, symbol("heart"))
    assert visitor.text("error") == ""


@pytest.mark.parametrize(
    "content",
    [b"", b"this is no picture", to_png(symbol("heart"), scale=7)[:60], b"\x89PNG\r\n\x1a\n" + b"\0" * 99],
)
def test_bad_picture_is_one_sentence_and_nothing_else(visitor, content: bytes) -> None:
    visitor.press("run")
    visitor.frames(5)
    run, before, time = visitor.session.simulation, visitor.session.input, visitor.session.simulation.time
    visitor.open_file(content)
    assert "cannot be read as an image" in visitor.text("error")
    assert visitor.text("error").endswith(".")
    assert visitor.session.simulation is run
    assert run.time == time
    np.testing.assert_array_equal(visitor.find("editor").pattern, before)
    visitor.open_file(to_png(symbol("heart")))
    assert visitor.text("error") == ""
    np.testing.assert_array_equal(visitor.session.input, symbol("heart"))


@pytest.mark.parametrize(("grey", "said"), [(200, "all pixels became ON."), (40, "all pixels became OFF.")])
def test_picture_that_turns_out_all_alike_says_so(visitor, grey: int, said: str) -> None:
    content = io.BytesIO()
    Image.new("L", (30, 30), grey).save(content, "PNG")
    visitor.open_file(content.getvalue())
    assert visitor.text("error").endswith(said)
    assert set(visitor.session.input.tolist()) == {int(grey > 127)}
    visitor.open_file(to_png(symbol("heart")))
    assert visitor.text("error") == ""


def test_saved_picture_is_the_input(visitor) -> None:
    visitor.draw("editor", [0, 99], 1)
    links = [w.value for w in visitor.widgets() if isinstance(w, HTML) and "dwmtj-download" in w.value]
    (link,) = links
    content = base64.b64decode(re.search(r"base64,([^\"]+)", link).group(1))
    np.testing.assert_array_equal(from_png(content), visitor.session.input)


# -- looking closer ----------------------------------------------------------------------------------------------


def test_one_selection_in_all_views(visitor) -> None:
    visitor.say("tracks", {"type": "select", "neuron": 42})
    assert visitor.find("tracks").selected == visitor.find("editor").selected == 42
    assert "Neuron 42" in visitor.find("neuron").value
    visitor.say("editor", {"type": "select", "cell": 7})
    assert visitor.find("tracks").selected == visitor.find("editor").selected == 7
    picture = visitor.find("picture")
    pixel = picture.width / 10
    picture._mouse_down_callbacks(3.5 * pixel, 2.5 * pixel)
    assert visitor.find("tracks").selected == visitor.find("editor").selected == 23
    assert "Neuron 23" in visitor.find("neuron").value


def test_pointer_over_a_row_shows_its_neuron_until_it_leaves(visitor) -> None:
    visitor.say("tracks", {"type": "select", "neuron": 42})
    visitor.say("tracks", {"type": "hover", "neuron": 3})
    assert "Neuron 3<" in visitor.find("neuron").value
    assert visitor.find("tracks").selected == 42
    visitor.say("tracks", {"type": "hover", "neuron": -1})
    assert "Neuron 42<" in visitor.find("neuron").value


def test_neuron_text_is_its_walls_in_numbers(visitor) -> None:
    visitor.press("instant")
    soma = visitor.session.simulation.soma
    for neuron in (int(soma.argmax()), int(soma.argmin())):
        visitor.say("tracks", {"type": "select", "neuron": neuron})
        on = soma[neuron] == 1.0
        text = re.sub("<[^>]*>", " ", visitor.find("neuron").value)
        assert ("soma 100.0 nm, 500 Ω, 0.00 m/s" if on else "soma 0.0 nm, 2000 Ω, 0.00 m/s") in text
        assert ("axons 100.0 nm, 500 Ω" if on else "axons 0.0 nm, 2000 Ω") in text


def test_flip_and_cut_act_on_the_selected_neuron_of_the_running_network(visitor) -> None:
    visitor.press("run")
    visitor.frames(20, 0.1)
    run, time, energy = (
        visitor.session.simulation,
        visitor.session.simulation.time,
        visitor.session.simulation.energy,
    )
    visitor.say("tracks", {"type": "select", "neuron": 42})
    soma = run.soma.copy()
    visitor.press("flip-soma")
    assert visitor.session.simulation is run
    assert (run.time, run.energy) == (time, energy)
    assert np.flatnonzero(run.soma != soma).tolist() == [42]
    assert run.soma[42] == pytest.approx(1.0 - soma[42])
    visitor.press("cut-axons")
    assert not run.network.connected[42].any()
    label = visitor.find("cut-axons").description
    visitor.say("tracks", {"type": "select", "neuron": 41})
    assert visitor.find("cut-axons").description != label
    visitor.say("tracks", {"type": "select", "neuron": 42})
    visitor.press("cut-axons")
    assert run.network.connected[42].sum() == 99
    assert visitor.lab.desk.clock.playing
    visitor.frames(200, 0.1)
    assert visitor.text("phase") == "converged"
    assert visitor.text("accuracy") == "100 %"


# -- looking back ------------------------------------------------------------------------------------------------


def test_looking_back_shows_that_moment_in_every_view(walls, visitor) -> None:
    visitor.press("instant")
    scrub = visitor.find("scrub")
    assert scrub.value == scrub.max
    del walls[:]
    moment = visitor.look_back(180)
    assert moment.time == pytest.approx(18 * NS, rel=1e-9, abs=0.0)
    assert visitor.text("time") == "18.00 ns"
    assert visitor.text("energy") == quantity(moment.energy.sum(), "J", decimals=3)
    assert visitor.text("power") == quantity(moment.power.sum(), "W", decimals=1)
    assert visitor.text("phase") == "running"
    assert visitor.text("undecided") == str(((moment.soma >= 0.05) & (moment.soma <= 0.95)).sum()) != "0"
    assert walls == [np.rint(np.concatenate([moment.soma, moment.axon]) * 255).astype(np.uint8).tobytes()]
    for name in ("energy", "overlap", "moving"):
        assert visitor.chart(name)[2].x.tolist() == pytest.approx([18.0, 18.0]), name
    assert visitor.find("scrub-time").value == "18.00 ns"
    assert visitor.look_back(100).time < 16 * NS
    assert visitor.text("phase") == "loading"
    assert visitor.session.simulation.converged, "looking back changed the run"


def test_estimate_follows_when_looking_back(visitor) -> None:
    visitor.press("instant")
    at_end = visitor.text("estimate")
    visitor.look_back(250)
    assert visitor.text("estimate") != at_end
    visitor.look_back(0)
    assert visitor.text("estimate") == ""


def test_last_moment_of_a_run_that_converged_is_shown_as_converged(visitor) -> None:
    visitor.press("instant")
    visitor.look_back(250)
    visitor.look_back(len(visitor.session.recording) - 1)
    assert visitor.text("phase") == "converged"


def test_looking_back_holds_the_run_and_run_goes_on_from_its_end(visitor) -> None:
    visitor.press("run")
    visitor.frames(40, 0.1)
    time = visitor.session.simulation.time
    visitor.press("pause")
    visitor.look_back(20)
    assert visitor.text("time") == "2.00 ns"
    visitor.frames(3)
    assert visitor.text("time") == "2.00 ns"
    assert visitor.session.simulation.time == time
    visitor.press("run")
    visitor.frames(2)
    assert visitor.session.simulation.time > time
    assert visitor.find("continue").disabled


def test_scrubbing_in_a_run_stops_it(visitor) -> None:
    visitor.press("run")
    visitor.frames(40, 0.1)
    visitor.look_back(20)
    assert not visitor.lab.desk.clock.playing
    assert visitor.text("time") == "2.00 ns"


def test_continue_resumes_from_the_moment_with_the_present_settings(visitor) -> None:
    visitor.press("instant")
    end = visitor.session.simulation.time
    visitor.look_back(250)
    visitor.find("weight").value = 200.0
    assert visitor.text("time") == "25.00 ns", "a slider ends the look back"
    visitor.press("continue")
    assert visitor.lab.desk.clock.playing
    assert visitor.session.simulation.time == pytest.approx(25 * NS, rel=1e-9, abs=0.0)
    assert np.abs(visitor.session.simulation.network.weights).max() > 0.55
    visitor.frames(2, 0.1)
    assert visitor.session.simulation.time == pytest.approx(
        (25 + 0.2 * visitor.find("speed").value) * NS, rel=1e-6, abs=0.0
    )
    earlier, present, _ = visitor.chart("energy")
    assert earlier.x[-1] == pytest.approx(end / NS)
    assert present.x[-1] < end / NS
    assert visitor.find("scrub-time").value == "live"
    visitor.press("instant")
    assert visitor.text("phase") == "converged"
    assert visitor.session.simulation.time != end


def test_drawing_while_looking_back_begins_anew(visitor) -> None:
    visitor.press("instant")
    visitor.look_back(250)
    visitor.press("invert")
    assert visitor.text("time") == "0.00 ns"
    assert visitor.find("continue").disabled
    visitor.press("instant")
    assert visitor.text("nearest") == "memory 1, inverse"


# -- two labs, and the end ---------------------------------------------------------------------------------------


def test_two_labs_know_nothing_of_each_other(watch) -> None:
    one, two = RecallVisitor(watch), RecallVisitor(watch)
    one.press("instant")
    one.find("weight").value = 200.0
    one.draw("memory-1", range(10), 1)
    assert two.session.simulation.time == 0.0
    assert two.session.drive.weight == 0.1
    np.testing.assert_array_equal(two.find("memory-1").pattern, symbol("A"))
    assert two.text("time") == "0.00 ns"


@pytest.mark.parametrize("use", ["nothing", "everything"])
def test_closed_lab_leaves_no_widget_open(watch, use: str) -> None:
    RecallVisitor(watch).lab.close()  # what is shared by all labs is there now
    before = set(_instances)
    visitor = RecallVisitor(watch)
    clocked = visitor.lab.desk.clock
    if use == "everything":
        open_device_panel(visitor)
        visitor.press("add-memory")
        visitor.press("remove-1")
        visitor.press("run")
        visitor.frames(5)
    visitor.lab.close()
    assert not clocked.playing
    left = sorted(type(_instances[key]).__name__ for key in set(_instances) - before)
    assert left == []
    visitor.lab.close()  # twice is no error


def test_settings_beyond_the_sliders_are_shown_as_they_are(visitor) -> None:
    session = RecallSession()
    session.set_drive(weight=0.4, charge_voltage=0.3)
    session.set_distortion(0.7, 123_456)
    setting = recall_setting(session)
    visitor.lab.share._take["file"](to_file("recall", setting))
    assert visitor.text("error") == ""
    shown = {name: visitor.find(name).value for name in ("weight", "charge-voltage", "distortion", "seed")}
    assert shown == {"weight": 400.0, "charge-voltage": 300.0, "distortion": 70.0, "seed": 123_456}
    assert recall_setting(visitor.session) == setting


def test_closed_lab_computes_no_more(watch) -> None:
    visitor = RecallVisitor(watch)
    visitor.press("run")
    visitor.frames(5)
    run = visitor.session.simulation
    time, ticker = run.time, visitor.lab.desk.clock
    visitor.lab.close()
    watch.now += 0.03
    ticker._receive(ticker, {"type": "ask"}, [])
    assert run.time == time
