"""Sliders, number fields and read-outs."""

import re
from pathlib import Path

import ipywidgets
import pytest
from ipywidgets import Widget

from dwmtj_widgets import Device
from dwmtj_widgets.widgets import entries
from dwmtj_widgets.widgets.controls import QuantitySlider, slider_for
from dwmtj_widgets.widgets.views.meters import Meters, PhaseBar, Reading

# -- controls ----------------------------------------------------------------------------------------------------


def test_a_value_that_a_page_has_said_is_never_said_back(monkeypatch) -> None:
    """A held arrow key has moved on by the time that the kernel's word would arrive, and is set back by it."""
    said: list[dict] = []
    control = millivolts()
    control.on_change(control.show)
    monkeypatch.setattr(Widget, "_send", lambda self, message, buffers=None: said.append(message))
    for value in (95.00000000000001, 89.99999999999999, 85.0):
        data = {"method": "update", "state": {"value": value}}
        control.slider._handle_msg({"content": {"data": data}})
        assert control.value == round(value) / 1000
    assert said == []
    control.show(0.1)
    assert [message["state"]["value"] for message in said] == [100.0], "what a program sets is not said"


def test_number_fields_of_the_labs_are_those_without_an_echo() -> None:
    ours = {name for name in vars(entries) if isinstance(getattr(entries, name), type)} - {"CFloat", "CInt"}
    assert len(ours) == 5
    for name in ours:
        made = getattr(entries, name)()
        assert made.trait_metadata("value", "echo_update") is False
        assert made._model_name == getattr(ipywidgets, name)()._model_name
    package = Path(entries.__file__).parents[1]
    for path in {*package.glob("labs/**/*.py"), *package.glob("widgets/**/*.py")} - {Path(entries.__file__)}:
        imported = re.findall(
            r"^from ipywidgets import (\([^)]*\)|.*)$", path.read_text(encoding="utf-8"), re.M
        )
        assert not ours & set(re.findall(r"\w+", " ".join(imported))), path


def millivolts(**options) -> QuantitySlider:
    return QuantitySlider("Weight", "V", 0.1, 0.01, 0.25, 0.005, name="weight", **options)


def test_slider_shows_millivolts_and_gives_volts_to_the_bit() -> None:
    control = millivolts()
    heard = []
    control.on_change(heard.append)
    assert (control.slider.min, control.slider.max, control.slider.step) == (10.0, 250.0, 5.0)
    assert control.slider.value == 100.0
    assert control.value == 0.1
    for shown in range(10, 251, 5):
        control.slider.value = float(shown)
        assert control.value == shown / 1000
    assert heard == [shown / 1000 for shown in range(10, 251, 5)]
    assert "mV" in [getattr(child, "value", "") for child in control.widget.children]
    assert "dwmtj-weight" in control.slider._dom_classes


def test_slider_shown_by_the_program_tells_nobody() -> None:
    control = millivolts()
    heard = []
    control.on_change(heard.append)
    control.show(0.2)
    assert control.slider.value == 200.0
    assert heard == []
    control.slider.value = 150.0
    assert heard == [0.15]


def test_slider_takes_values_to_the_ends_of_its_range_only() -> None:
    control = millivolts()
    control.value = 1.0
    assert control.value == 0.25
    control.value = -1.0
    assert control.value == 0.01


@pytest.mark.parametrize(
    ("value", "low", "high"), [(0.4, 10.0, 400.0), (0.4012, 10.0, 405.0), (0.003, 0.0, 250.0)]
)
def test_slider_shows_what_is_legal_beyond_its_range(value: float, low: float, high: float) -> None:
    heard: list[float] = []
    for control in (millivolts(), QuantitySlider("W", "V", value, 0.01, 0.25, 0.005, name="weight")):
        control.on_change(heard.append)
        control.show(value)
        assert (control.value, control.slider.value) == (value, pytest.approx(1000 * value))
        assert (control.slider.min, control.slider.max) == (low, high)
        control.show(0.25)
        assert (control.slider.min, control.slider.max) == (low, high), "a range shrinks under the pointer"
    assert heard == []
    for shown in (10.0, 250.0):
        control = millivolts()
        control.show(shown / 1000)
        assert (control.slider.min, control.slider.max) == (10.0, 250.0)


def test_reset_button_brings_the_default_back_and_tells() -> None:
    control = millivolts()
    heard = []
    control.on_change(heard.append)
    control.slider.value = 200.0
    (reset,) = [child for child in control.widget.children if "dwmtj-weight-reset" in child._dom_classes]
    assert "100 mV" in reset.tooltip
    reset.click()
    assert control.value == 0.1
    assert heard == [0.2, 0.1]


def test_every_field_of_the_device_has_a_slider_that_keeps_its_default() -> None:
    fields = Device.controls()
    assert {
        "lande_g",
        "polarization",
        "saturation_magnetization",
        "cross_section",
        "track_length",
        "mtj_width",
        "mtj_center",
        "soma_leak",
        "axon_leak",
        "tmr",
        "r_parallel",
        "r_track",
    } <= set(fields)
    for name, entry in fields.items():
        control = slider_for(entry)
        low, high, _ = entry.metadata["slider"]
        assert control.value == pytest.approx(getattr(Device(), name), rel=1e-12, abs=0.0), name
        assert control.slider.description == entry.metadata["label"]
        assert control.slider.min < control.slider.value < control.slider.max, name
        steps = (control.slider.value - control.slider.min) / control.slider.step
        assert steps == pytest.approx(round(steps), abs=1e-6), f"{name}: the default lies between two steps"
        legal_low, legal_high = entry.metadata["legal"]
        assert legal_low <= low < high <= legal_high, f"{name}: the slider offers what the device refuses"
        decimals = int(re.fullmatch(r"\.(\d)f", control.slider.readout_format).group(1))
        readout = float(f"{control.slider.min + control.slider.step:.{decimals}f}")
        assert readout > float(f"{control.slider.min:.{decimals}f}"), f"{name}: a step does not show"


# -- numbers -----------------------------------------------------------------------------------------------------


def test_readings_carry_their_class_and_no_markup_of_others() -> None:
    meters = Meters("readout")
    meters.show([Reading("Time", "73.19 ns", "time", 'a "hint"'), Reading("<i>", "1 < 2", "b")])
    text = meters.widget.value
    assert '<b class="dwmtj-time">73.19 ns</b>' in text
    assert "<i>" not in text
    assert "1 &lt; 2" in text
    assert 'title="a &quot;hint&quot;"' in text


def test_readings_have_minus_signs() -> None:
    meters = Meters("readout")
    meters.show([Reading("Velocity", "-5 m/s", "velocity", "from -10 to 10", "was -4 m/s")])
    assert "−5 m/s" in meters.widget.value
    assert "-" not in re.sub(r'class="[^"]*"', "", meters.widget.value)


@pytest.mark.parametrize(
    ("phase", "time", "name", "states"),
    [
        ("load", 0.0, "ready", ["ahead", "ahead", "ahead"]),
        ("load", 4.0, "loading", ["now", "ahead", "ahead"]),
        ("run", 20.0, "running", ["past", "now", "ahead"]),
        ("converged", 70.0, "converged", ["past", "past", "now"]),
        ("timeout", 3000.0, "gave up", ["past", "past", "now"]),
    ],
)
def test_phase_bar_says_where_the_run_is(phase: str, time: float, name: str, states: list[str]) -> None:
    bar = PhaseBar()
    bar.show(phase, time, 16.0)
    text = bar.widget.value
    assert re.search(r'class="dwmtj-phase dwmtj-unseen">([^<]*)<', text).group(1) == name
    assert re.findall(r'class="step (\w+)"', text) == states
    assert "load 16 ns" in text
    assert re.search(r"--share:(\d+)%", text).group(1) == str(round(100 * min(time / 16.0, 1.0)))


def test_phase_bar_is_silent_while_nothing_changes() -> None:
    bar = PhaseBar()
    heard = []
    bar.widget.observe(heard.append, "value")
    for time in (20.0, 20.5, 60.0):
        bar.show("run", time, 16.0)
    assert len(heard) == 1
