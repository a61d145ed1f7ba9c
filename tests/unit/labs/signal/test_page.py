"""The Signal Lab's page: recognition, both modes, settings that are opened, and its end."""

import pytest
from ipywidgets.widgets.widget import _instances
from visitors.signal import error, finish, frames, primary

from dwmtj_widgets.labs.signal.lab import GENERATE, RECOGNISE, SignalLab
from dwmtj_widgets.sessions.snapshot import to_file
from dwmtj_widgets.units import quantity


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
    assert lab.recognition.setting.source == "drawn"
    frames(mode, 30, 0.02)
    assert "Fed: drawn" in mode.verdict.value
    assert error(lab) == ""


def test_one_waveform_alone_is_refused(lab: SignalLab) -> None:
    lab.mode.value = RECOGNISE
    kinds = lab.recognise.training_card.kinds
    kinds["sine"].click()
    assert lab.recognition.setting.training_set.kinds == ("sawtooth", "square")
    kinds["square"].click()
    assert "2 to 4" in error(lab)
    assert lab.recognition.setting.training_set.kinds == ("sawtooth", "square")
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
