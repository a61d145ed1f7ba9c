"""What a person sets, draws and opens in the Signal Lab, and what it refuses."""

import csv
import io

import numpy as np
import pytest
from visitors.lab import widgets_in
from visitors.signal import error, frames, read

from dwmtj_widgets.labs.signal.generate import GenerateMode
from dwmtj_widgets.labs.signal.lab import SignalLab
from dwmtj_widgets.sessions.signal.wave import SAMPLE_TIME, Wave
from dwmtj_widgets.sessions.snapshot import from_file
from dwmtj_widgets.units import quantity


def open_table(mode: GenerateMode, content: bytes) -> None:
    """Open a file of the waveform card."""
    (opener,) = (w for w in widgets_in(mode.wave_card.widget) if "dwmtj-upload" in w._dom_classes)
    opener._receive(None, {"type": "file", "name": "wave.csv"}, [memoryview(content)])


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
    before = lab.session.setting.fields()
    do(mode)
    assert words in error(lab)
    assert "_" not in error(lab), "the name of a parameter says nothing to a visitor"
    assert error(lab).count("<p") == 1
    assert lab.session.setting.fields() == before
    assert mode.wave_card.period.widget.value == 20.0
    assert mode.network_card.size.widget.value == 40
    assert mode.network_card.seed.widget.value == 0
    mode.transport.first.click()
    assert error(lab) == "", "what succeeds clears the sentence"


def test_drawing_and_shapes_reach_the_session_and_each_other(lab: SignalLab) -> None:
    mode = lab.generate
    mode.wave_card.shapes["triangle"].click()
    assert lab.session.setting.wave.kind == "triangle"
    np.testing.assert_allclose(mode.wave_card.editor.samples, Wave("triangle").shape, atol=1e-6)
    assert "mod-active" in mode.wave_card.shapes["triangle"]._dom_classes
    mode.wave_card.editor.smooth()
    assert lab.session.setting.wave.kind == "drawn"
    np.testing.assert_allclose(lab.session.setting.wave.shape, mode.wave_card.editor.samples, atol=6e-5)
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
