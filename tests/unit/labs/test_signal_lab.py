"""The Signal Lab without a browser: what buttons do, what is said, what is refused, and that nothing is left over."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from time import monotonic

import numpy as np
import pytest
from ipywidgets.widgets.widget import _instances
from lab_visitor import widgets_in

from dwmtj_widgets.labs.signal.generate import GenerateMode
from dwmtj_widgets.labs.signal.lab import GENERATE, RECOGNISE, SignalLab
from dwmtj_widgets.labs.signal.settings import LABELS
from dwmtj_widgets.labs.signal.texts import GOOD_ERROR, _judgement, state_text
from dwmtj_widgets.mtj_rnn import Settings
from dwmtj_widgets.mtj_rnn.macrospin import Junction
from dwmtj_widgets.sessions.signal.recognition import RecognitionSession
from dwmtj_widgets.sessions.signal.session import SignalSession
from dwmtj_widgets.sessions.signal.training_set import Lesson
from dwmtj_widgets.sessions.signal.wave import SAMPLE_TIME, Wave
from dwmtj_widgets.sessions.snapshot import from_file, to_file
from dwmtj_widgets.units import quantity
from dwmtj_widgets.widgets.plots.signal_scope import MOST_POINTS, SignalScope

NS = 1e-9


@pytest.fixture
def lab() -> Iterator[SignalLab]:
    made = SignalLab(
        SignalSession(train_periods=10, run_periods=5), RecognitionSession(Lesson(teaching=60, testing=30))
    )
    yield made
    made.close()


def frames(mode, number: int, seconds: float = 0.03) -> None:
    for _ in range(number):
        mode._frame(seconds)
    mode.refresh()  # texts come ten times a second only


def finish(mode) -> None:
    mode.work.wait(30.0)
    if hasattr(mode, "measuring"):
        mode.measuring.wait(30.0)


def open_table(mode: GenerateMode, content: bytes) -> None:
    """Open a file of the waveform card."""
    (opener,) = (w for w in widgets_in(mode.wave_card.widget) if "dwmtj-upload" in w._dom_classes)
    opener._receive(None, {"type": "file", "name": "wave.csv"}, [memoryview(content)])


def error(lab: SignalLab) -> str:
    return lab.error.widget.value


def primary(mode) -> list[str]:
    transport = mode.transport
    return [name for name in ("first", "second", "run") if getattr(transport, name).button_style == "primary"]


def read(mode, name: str) -> str:
    """Return the text of a number on the page by its class."""
    return mode.readout.widget.value.split(f'class="dwmtj-{name}">')[1].split("<")[0]


def test_one_primary_button_leads_from_training_to_the_free_run(lab: SignalLab) -> None:
    mode = lab.generate
    assert primary(mode) == ["first"]
    mode.transport.first.click()
    assert mode.clock.playing
    assert primary(mode) == []
    frames(mode, 3)
    mode.transport.pause.click()
    assert not mode.clock.playing
    assert primary(mode) == ["run"]
    mode.transport.run.click()
    while mode.clock.playing:
        frames(mode, 1, 0.1)
    assert (mode.session.phase, mode.session.finished) == ("train", True)
    assert primary(mode) == ["second"]
    assert "trained" in mode.steps.value
    mode.transport.second.click()
    while mode.clock.playing:
        frames(mode, 1, 0.1)
    finish(mode)
    assert mode.session.measured is not None
    assert read(mode, "error-value") == quantity(mode.session.measured.error, "%", digits=3)
    assert read(mode, "locked") == str(mode.session.measured.locked)
    assert "generated" in mode.steps.value
    assert not mode.measuring.running, "what is measured is not measured again"
    assert error(lab) == ""


@pytest.mark.parametrize(
    ("kind", "periods", "words"),
    [
        ("square", 10, "it cannot follow the jump"),
        ("harmonics", 1, "Train longer, or freeze"),
        ("harmonics", 50, "Learnt."),
    ],
)
def test_training_says_learnt_only_where_it_is(kind: str, periods: int, words: str) -> None:
    session = SignalSession(Wave(kind), train_periods=periods)
    session.finish()
    last = session.last_error
    assert last is not None and (last.error < GOOD_ERROR) == (words == "Learnt.")
    said = state_text(session, playing=False, working=False)
    assert words in said
    assert words == "Learnt." or quantity(last.error, "%", digits=3) in said


def judged(session: SignalSession) -> str:
    """Return what is said of a free run at its end."""
    measure = session.measuring()
    assert measure is not None
    measure()
    return state_text(session, playing=False, working=False)


def test_waveform_with_jumps_is_not_told_to_train_longer() -> None:
    session = SignalSession(Wave("square"), train_periods=20, run_periods=10)
    session.finish()
    session.finish()
    assert "longer training does not help" in judged(session).lower()
    assert "Train longer" not in judged(session)


def test_cut_and_silent_networks_are_judged_as_such() -> None:
    session = SignalSession(train_periods=20, run_periods=5)
    session.finish()
    session.finish()
    judged(session)
    found = session.measured
    assert found is not None
    session.cut(list(range(4, 12)))
    assert "Without 8 junctions" in _judgement(session, replace(found, error=0.6, shape_error=0.5))
    session.finish()
    assert session.silent
    assert "fallen silent" in judged(session)


def test_meter_and_chart_show_the_same_errors(lab: SignalLab) -> None:
    mode, session = lab.generate, lab.session
    session.finish()
    session.generate()
    session.step(250)
    mode.refresh()
    last = session.last_error
    assert last is not None

    def last_points() -> dict[str, float]:
        return {curve["name"]: curve["y"][-1] for curve in mode.charts.error._chart["curves"]}

    assert read(mode, "error-value") == quantity(last.error, "%", digits=3)
    assert read(mode, "fixed-error") == quantity(last.fixed, "%", digits=3) + " phase fixed"
    assert last_points() == pytest.approx(
        {"error": 100 * last.error, "phase fixed at release": 100 * last.fixed}, rel=1e-6
    )
    mode.instant()
    finish(mode)
    whole = session.measured
    assert whole is not None
    assert read(mode, "error-value") == quantity(whole.error, "%", digits=3)
    assert read(mode, "fixed-error") == quantity(whole.fixed_error, "%", digits=3) + " phase fixed"
    points = last_points()
    assert points["error, whole run"] == pytest.approx(100 * whole.error, rel=1e-6)
    assert points["phase fixed, whole run"] == pytest.approx(100 * whole.fixed_error, rel=1e-6)


def test_frames_advance_at_the_pace_that_is_set(lab: SignalLab) -> None:
    mode = lab.generate
    mode.transport.speed.value = 50.0
    mode.train()
    frames(mode, 40, 0.025)
    assert mode.session.time == pytest.approx(50 * NS, abs=1.01 * SAMPLE_TIME)
    before = mode.session.samples
    mode.transport.step.click()
    assert mode.session.samples == before + 5
    assert not mode.clock.playing


def test_free_run_that_single_steps_bring_to_its_end_is_measured(lab: SignalLab) -> None:
    mode = lab.generate
    lab.session.set_lengths(train_periods=2, run_periods=1)
    mode.transport.instant.click()
    finish(mode)
    mode.transport.second.click()
    mode.transport.pause.click()
    while lab.session.left:
        mode.transport.step.click()
    finish(mode)
    assert lab.session.measured is not None
    assert "Measuring" not in mode.state.value


def test_views_show_what_the_engine_has(lab: SignalLab) -> None:
    mode = lab.generate
    mode.train()
    frames(mode, 30)
    network = mode.session.network
    drawn = np.frombuffer(mode.stage.spheres._vectors, dtype=np.int8).reshape(-1, 3)
    np.testing.assert_allclose(drawn / 127.0, network.magnetization.T, atol=0.005)
    points = np.frombuffer(mode.scope._points, dtype="<f4").reshape(2, -1)
    record = mode.session.record.signals(0, mode.session.samples)
    shown = min(points.shape[1], mode.session.samples)
    np.testing.assert_allclose(points[:, -shown:], record[:2, -shown:], atol=1e-6)
    assert mode.stage.raster._live.shape == (shown, 40)


def test_instant_trains_in_the_background_and_stops_at_once(lab: SignalLab) -> None:
    mode = lab.generate
    lab.session.renew(size=200)
    lab.session.set_lengths(train_periods=400)
    mode.transport.instant.click()
    assert mode.working
    assert not mode.transport.pause.disabled
    end = monotonic() + 30.0
    while not lab.session.samples and monotonic() < end:
        mode.work.look()
    assert "<progress" in mode.state.value
    mode.transport.pause.click()
    assert not mode.work.running
    assert 0 < lab.session.samples < 40_000
    assert lab.session.left == 40_000 - lab.session.samples


def test_what_a_person_does_meanwhile_stops_the_work_first(lab: SignalLab) -> None:
    lab.session.renew(size=200)
    lab.session.set_lengths(train_periods=400)
    lab.generate.instant()
    lab.generate.kick.click()
    assert not lab.generate.work.running
    assert lab.session.journal.last_of("kick") is not None
    assert error(lab) == ""


@pytest.mark.parametrize(
    ("do", "words"),
    [
        (lambda g: setattr(g.wave_card.period.widget, "value", 0.3), "at least 0.8 ns"),
        (lambda g: setattr(g.network_card.size.widget, "value", 0), "Number of junctions is 0"),
        (lambda g: setattr(g.network_card.size.widget, "value", 5000), "200"),
        (lambda g: setattr(g.network_card.seed.widget, "value", -3), "Seed is -3"),
        (
            lambda g: setattr(g.network_card.train_periods.widget, "value", 0),
            "Length of the training in periods is 0",
        ),
        (
            lambda g: setattr(g.network_card.run_periods.widget, "value", 900),
            "Length of the free run in periods",
        ),
        (lambda g: setattr(g.wave_card.amplitude.widget, "value", 9), "Amplitude is 9"),
        (lambda g: g.transport.second.click(), "train it first"),
        (lambda g: g.cut.click(), "click one"),
        (lambda g: open_table(g, b"1\nnan\n2"), "finite"),
        (lambda g: open_table(g, b"PNG\xff\x00"), "UTF-8"),
    ],
)
def test_refusals_are_one_sentence_and_the_controls_go_back(lab: SignalLab, do, words: str) -> None:
    mode = lab.generate
    before = lab.session.setting()
    do(mode)
    assert words in error(lab)
    assert "_" not in error(lab), "the name of a parameter says nothing to a visitor"
    assert error(lab).count("<p") == 1
    assert lab.session.setting() == before
    assert mode.wave_card.period.widget.value == 20.0
    assert mode.network_card.size.widget.value == 40
    assert mode.network_card.seed.widget.value == 0
    mode.transport.first.click()
    assert error(lab) == "", "what succeeds clears the sentence"


def test_drawing_and_shapes_reach_the_session_and_each_other(lab: SignalLab) -> None:
    mode = lab.generate
    mode.wave_card.shapes["triangle"].click()
    assert lab.session.wave.kind == "triangle"
    np.testing.assert_allclose(mode.wave_card.editor.samples, Wave("triangle").shape, atol=1e-6)
    assert "mod-active" in mode.wave_card.shapes["triangle"]._dom_classes
    mode.wave_card.editor.smooth()
    assert lab.session.wave.kind == "drawn"
    np.testing.assert_allclose(lab.session.wave.shape, mode.wave_card.editor.samples, atol=6e-5)
    assert "mod-active" not in mode.wave_card.shapes["triangle"]._dom_classes
    open_table(mode, b"0\n2\n0\n-2\n")
    assert mode.wave_card.editor.samples.max() == 1.0
    assert error(lab) == ""


def test_settings_panel_acts_on_the_running_network(lab: SignalLab) -> None:
    mode = lab.generate
    mode.train()
    frames(mode, 3)
    panel = mode.network_card.settings
    panel.open()
    assert "temperature" not in panel.sliders
    panel.sliders["gain"].value = 1.15
    mode.temperature.value = 200.0
    assert lab.session.network.settings.gain == pytest.approx(1.15)
    assert lab.session.network.temperature == 200.0
    assert lab.session.samples > 0
    assert mode.clock.playing


def test_a_shortened_time_step_is_said(lab: SignalLab) -> None:
    card = lab.generate.network_card
    assert card.step_note.value == ""
    card.settings.open()
    card.settings.sliders["gain"].value = 3.0
    assert card.step_note.value == ""
    card.settings.sliders["torque_scale"].value = 0.08
    step = lab.session.network.time_step
    assert 3e-12 < step < 4e-12
    assert f"{step * 1e9:.3g} ns instead of 0.004 ns" in card.step_note.value
    card.settings.sliders["gain"].value = 1.0
    assert card.step_note.value == ""


def test_labels_of_all_settings_are_there_to_be_translated() -> None:
    entries = {**Settings.controls(), **Junction.controls()}.values()
    assert set(LABELS) == {entry.metadata["label"] for entry in entries}


def test_looking_back_and_going_on_from_there(lab: SignalLab) -> None:
    mode = lab.generate
    mode.train()
    frames(mode, 40)
    whole = lab.session.samples
    mode.scrub.slider.value = 0.5
    assert not mode.clock.playing
    assert mode.scrubbed == round(0.5 * whole)
    assert read(mode, "time") == quantity(mode.scrubbed * SAMPLE_TIME, "s", decimals=1)
    past = lab.session.record.states(mode.scrubbed - 1, mode.scrubbed)[0].T
    drawn = np.frombuffer(mode.stage.spheres._vectors, dtype=np.int8).reshape(-1, 3) / 127.0
    np.testing.assert_allclose(drawn, past, atol=0.02)
    moment = mode.scrubbed
    mode.scrub.go_on.click()
    assert lab.session.samples == moment
    assert mode.clock.playing
    assert mode.scrubbed is None


def test_run_is_offered_as_a_file(lab: SignalLab) -> None:
    mode = lab.generate
    mode.train()
    frames(mode, 10)
    mode.transport.pause.click()
    assert mode.export.box.enabled
    rows = list(csv.DictReader(io.StringIO(mode.export.box._makers["CSV"]().content.decode())))
    record = lab.session.record
    signals = record.signals(0, record.end)
    for name, row in zip(("target", "output", "weight_norm"), signals, strict=True):
        assert [float(line[name] or "nan") for line in rows] == pytest.approx(row, rel=0, abs=0, nan_ok=True)
    with np.load(io.BytesIO(mode.export.box._makers["NPZ"]().content)) as found:
        assert found["time"].tolist() == [float(line["time_s"]) for line in rows]
        np.testing.assert_array_equal(found["output"], signals[1])
        np.testing.assert_array_equal(found["states"] / 127.0, record.states(0, record.end))
        again = SignalLab()
        again.restore(from_file(str(found["setting"]), "signal"))
    assert again.setting() == lab.setting()
    again.generate.train()
    frames(again.generate, 10)
    assert again.session.record.signals(0, record.end)[1].tobytes() == signals[1].tobytes()
    again.close()


def test_recognition_is_trained_tested_and_reads_what_is_fed(lab: SignalLab) -> None:
    lab.mode.value = RECOGNISE
    mode = lab.recognise
    assert primary(mode) == ["first"]
    mode.transport.second.click()
    assert "train it first" in error(lab)
    mode.transport.first.click()
    finish(mode)
    found = lab.recognition.confusion
    assert found is not None
    assert quantity(found.accuracy, "%", digits=3) in mode.table.value
    assert mode.table.value.count("<td style") == 9
    assert primary(mode) == ["second"]
    mode.feed_card.sources["square"].click()
    mode.transport.second.click()
    frames(mode, 30, 0.02)
    assert 'class="dwmtj-label right">square<' in mode.verdict.value
    mode.feed_card.editor.clear()
    assert lab.recognition.source == "drawn"
    frames(mode, 30, 0.02)
    assert "Fed: drawn" in mode.verdict.value
    assert error(lab) == ""


def test_one_waveform_alone_is_refused(lab: SignalLab) -> None:
    lab.mode.value = RECOGNISE
    kinds = lab.recognise.lesson_card.kinds
    kinds["sine"].click()
    assert lab.recognition.lesson.kinds == ("sawtooth", "square")
    kinds["square"].click()
    assert "2 to 4" in error(lab)
    assert lab.recognition.lesson.kinds == ("sawtooth", "square")
    assert "mod-active" in kinds["square"]._dom_classes


def test_changing_the_mode_holds_what_runs(lab: SignalLab) -> None:
    lab.generate.train()
    frames(lab.generate, 2)
    lab.mode.value = RECOGNISE
    assert not lab.generate.clock.playing
    assert lab.recognise.transport.widget in lab._areas["top"].children
    assert lab.generate.transport.widget not in lab._areas["top"].children
    lab.mode.value = GENERATE
    assert lab.generate.transport.widget in lab._areas["top"].children


@pytest.mark.parametrize("mode", [GENERATE, RECOGNISE])
def test_setting_of_either_mode_opens_in_another_lab(lab: SignalLab, mode: str) -> None:
    lab.session.choose("triangle")
    lab.recognition.change(kinds=("triangle", "square"))
    lab.mode.value = mode
    text = to_file("signal", lab.setting())
    other = SignalLab()
    try:
        other.share._take["file"](text)
        assert other.error.widget.value == ""
        assert other.mode.value == mode
        assert other.setting() == lab.setting()
        assert "MTJNetwork" in other.share._give["python"]() or mode == RECOGNISE
        other.share._take["file"](text.replace('"size": 40', '"size": 0'))
        assert "size" in other.error.widget.value
        assert other.setting() == lab.setting()
    finally:
        other.close()


def test_an_opened_setting_is_shown_live(lab: SignalLab) -> None:
    mode, text = lab.generate, to_file("signal", lab.setting())
    mode.train()
    frames(mode, 20)
    mode.scrub.slider.value = 0.5
    assert mode.scrubbed
    lab.share._take["file"](text.replace('"size": 40', '"size": 0'))
    assert mode.scrubbed, "what is refused leaves the view where it was"
    lab.share._take["file"](text)
    assert error(lab) == ""
    assert mode.scrubbed is None
    assert lab.session.samples == 0


def test_nothing_is_left_of_a_closed_lab() -> None:
    before = set(_instances)
    lab = SignalLab()
    lab.generate.network_card.settings.open()
    lab.mode.value = RECOGNISE
    assert len(set(_instances) - before) > 100
    lab.close()
    left = sorted(type(_instances[key]).__name__ for key in set(_instances) - before)
    assert not left


# -- the scope ---------------------------------------------------------------------------------------------------


def test_scope_sends_the_last_frame_to_a_page_that_comes_later() -> None:
    scope, sent = SignalScope(), []
    scope.send = lambda content, buffers: sent.append((content, buffers))
    scope.show([[0.0, 0.5, np.nan]], first=1.0, step=0.2, low=0.0, high=2.0, marks=[(1.5, "kick")], now=1.2)
    scope._receive(scope, {"type": "ready"}, [])
    assert len(sent) == 2
    assert sent[0] == sent[1]
    content, (points,) = sent[1]
    assert (content["lines"], content["first"], content["now"], content["marks"]) == (
        1,
        1.0,
        1.2,
        [[1.5, "kick"]],
    )
    np.testing.assert_array_equal(np.frombuffer(points, "<f4"), np.float32([0.0, 0.5, np.nan]))
    scope.close()


@pytest.mark.parametrize(
    ("values", "axis"),
    [
        ([0.0, 1.0], {}),
        (np.zeros((1, MOST_POINTS + 1)), {}),
        (np.zeros((20, 3)), {}),
        ([[0.0]], {"low": 1.0, "high": 1.0}),
        ([[0.0]], {"step": 0.0}),
    ],
)
def test_scope_refuses_what_it_cannot_draw(values, axis: dict) -> None:
    scope = SignalScope()
    before = dict(scope._frame)
    with pytest.raises(ValueError, match=r"\.$"):
        scope.show(values, **{"first": 0.0, "step": 1.0, "low": 0.0, "high": 1.0, **axis})
    assert scope._frame == before
    scope.close()
