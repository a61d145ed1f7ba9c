"""The command `dwmtj recall`."""

import json
import math
import re
from dataclasses import replace

import pytest
from commands import answer, run
from typer.testing import CliRunner

from dwmtj_widgets import Device, __version__, cli
from dwmtj_widgets.cli.recall import run as recall_report
from dwmtj_widgets.tasks.patterns import DEFAULT_MEMORIES, SYMBOLS, distort, symbol, to_png, to_text
from dwmtj_widgets.tasks.recall import recall_image

MEMORIES = [symbol(name) for name in DEFAULT_MEMORIES]


def test_json_is_the_recall_in_si_units():
    found = answer("--distortion", 25, "--seed", 3, "--memory", "K", "--memory", "heart", "--weight", 80)
    memories = [symbol("K"), symbol("heart")]
    expected = recall_image(memories, distort(memories[0], 0.25, 3), 0.08, target=memories[0])
    result = expected.result
    assert list(found) == list(recall_report.JSON_KEYS)
    assert found["time_s"] == result.time
    assert found["energy_J"] == result.energy
    assert found["energy_parts_J"] == result.energy_parts._asdict()
    assert math.isclose(sum(found["energy_parts_J"].values()), found["energy_J"])
    assert found["power_W"] == result.energy / result.time
    assert found["published_energy_estimate_J"] == result.published_energy_estimate
    assert found["accuracy"] == expected.judgement.accuracy
    assert found["success"] is expected.judgement.success
    assert found["bits"] == "".join(map(str, result.bits)).replace("-1", "?")
    assert found["input"] == "".join(map(str, expected.cue))
    assert (found["target"], found["seed"], found["version"]) == ("K", 3, __version__)
    assert (found["converged"], found["phase"]) == (result.converged, result.phase)
    settings = found["settings"]
    assert settings["memories"] == ["K", "heart"]
    assert settings["input"] == "K"
    assert (settings["distortion"], settings["weight_V"], settings["load_time_s"]) == (0.25, 0.08, 16e-9)
    assert settings["device"]["track_length_m"] == 100e-9
    assert settings["device"]["saturation_magnetization_A_per_m"] == 8e5
    assert len(settings["device"]) == 14


def test_default_is_the_first_memory_with_20_percent_distortion():
    found = answer()
    assert found["settings"]["memories"] == list(DEFAULT_MEMORIES)
    assert found["input"] == "".join(map(str, distort(MEMORIES[0], 0.2, 0)))
    assert found["success"] is True
    assert found["nearest"] == DEFAULT_MEMORIES[0]
    assert found["inverse"] is False


def test_input_is_not_distorted_unless_told():
    assert answer("--input", "X")["input"] == "".join(map(str, symbol("X")))
    assert answer("--input", "X", "--distortion", 10)["input"] == "".join(
        map(str, distort(symbol("X"), 0.1, 0))
    )


def test_same_seed_same_output_and_another_seed_another():
    assert run("recall", "--seed", 7).stdout == run("recall", "--seed", 7).stdout
    assert run("recall", "--seed", 7, "--json").stdout == run("recall", "--seed", 7, "--json").stdout
    assert answer("--seed", 7)["input"] != answer("--seed", 8)["input"]


def test_files_are_read(tmp_path):
    inverse = tmp_path / "inverse.txt"
    inverse.write_text(to_text(1 - symbol("A")), encoding="utf-8")
    image = tmp_path / "heart.png"
    image.write_bytes(to_png(symbol("heart"), scale=12))
    found = answer("--memory", "A", "--memory", image, "--memory", "L", "--input", inverse)
    assert found["nearest"] == found["target"] == "A"
    assert found["inverse"] is True
    assert found["success"] is True
    assert found["settings"]["input"] == str(inverse)
    assert answer("--memory", "A", "--memory", image, "--memory", "L", "--input", image)["nearest"] == str(
        image
    )


@pytest.mark.parametrize(
    ("setting", "key", "value"),
    [
        ("lande_g=2.0", "lande_g", 2.0),
        ("saturation_magnetization=1000", "saturation_magnetization_A_per_m", 1e6),
        ("cross_section=60", "cross_section_m2", 60e-18),
        ("track_length=120", "track_length_m", 120e-9),
        ("mtj_width = 25", "mtj_width_m", 25e-9),
        ("mtj_center=45", "mtj_center", 0.45),
        ("soma_leak=-0.1", "soma_leak_m_per_s", -0.1),
        ("tmr=250", "tmr", 2.5),
        ("r_parallel=6e2", "r_parallel_ohm", 600.0),
        ("window_conductance_step=0.1", "window_conductance_step", 0.1),
        ("fixed_mobility=1e6", "fixed_mobility", 1e6),
    ],
)
def test_every_kind_of_device_field_is_set_in_its_display_unit(setting, key, value):
    changed = answer("--set", setting)
    assert changed["settings"]["device"][key] == pytest.approx(value, rel=1e-15, abs=0)
    assert changed["time_s"] != answer()["time_s"]


def test_settings_repeat_and_join_a_preset():
    device = answer("--preset", "published", "--set", "tmr=250", "--set", "r_track=2500")["settings"][
        "device"
    ]
    assert (device["tmr"], device["r_track_ohm"], device["mtj_width_m"]) == (2.5, 2500.0, 10e-9)


def test_presets_and_options():
    published = answer("--preset", "published")["settings"]
    assert (published["charge_voltage_V"], published["integrator"]) == (0.25, "euler")
    assert (published["soma_start"], published["min_time_s"]) == ("pattern", 56e-9)
    changed = answer("--preset", "published", "--charge-voltage", 100, "--integrator", "events")["settings"]
    assert (changed["charge_voltage_V"], changed["load_time_s"]) == (0.1, 16e-9)
    assert (changed["integrator"], changed["preset"]) == ("events", "published")


def test_load_time_is_the_device_s_or_ones_own():
    slow = answer("--set", "tmr=50")
    assert slow["settings"]["load_time_s"] == pytest.approx(89.98e-9, abs=0.05e-9)
    assert slow["settled_at_release"] == answer()["settled_at_release"] == 1.0
    short = answer("--load-time", 9.5)
    assert short["settings"]["load_time_s"] == 9.5e-9
    assert 0.0 < short["settled_at_release"] < 1.0
    said = CliRunner().invoke(cli.app, ["recall", "--load-time", "9.5"]).stdout
    assert "Released after 9.5 ns of loading with " in said
    assert "Released after" not in CliRunner().invoke(cli.app, ["recall"]).stdout


def test_a_run_that_the_estimate_says_nothing_of_has_none():
    made = recall_report.run(recall_report.RecallOrder())
    result = replace(made.answer.result, published_energy_estimate=math.nan)
    report = replace(made, answer=replace(made.answer, result=result))
    assert "The published estimate of the energy says nothing of such a run." in report.text()
    assert not re.search(r"\bnan\b", report.text())
    assert json.loads(report.json())["published_energy_estimate_J"] is None


def test_both_integrators_agree():
    events, euler = answer(), answer("--integrator", "euler")
    assert euler["bits"] == events["bits"]
    assert euler["time_s"] == pytest.approx(events["time_s"], abs=0.2e-9)


def test_text_shows_the_pictures_and_the_numbers():
    result = run("recall", "--seed", 0)
    found, lines = answer("--seed", 0), result.stdout.splitlines()
    assert result.exit_code == 0
    assert result.stderr == ""
    assert "memory       input        result" in lines
    start = lines.index("memory       input        result") + 1
    rows = [line.split() for line in lines[start : start + 10]]
    memory, cue, end = ("\n".join(column) for column in zip(*rows, strict=True))
    assert memory == end == SYMBOLS[DEFAULT_MEMORIES[0]]
    assert cue == to_text([int(bit) for bit in found["input"]])
    assert f"Converged after {found['time_s'] * 1e9:.4g} ns." in lines
    assert f"Published estimate of the energy {found['published_energy_estimate_J'] * 1e9:.4g} nJ." in lines
    assert f"Mean power {found['power_W'] * 1e3:.4g} mW." in lines
    energy = next(line for line in lines if line.startswith("Energy"))
    assert all(word in energy for word in ("nJ: supply", "nJ, synapses", "nJ, loading"))
    assert "Accuracy 100% to A or its inverse; nearest memory: A (100%)." in lines


def test_a_run_out_of_time_is_told_as_such(monkeypatch):
    released = recall_report.preset
    monkeypatch.setattr(
        recall_report,
        "preset",
        lambda name: recall_report.Preset(released(name).device, {"max_time": 18e-9}),
    )
    found = answer()
    assert (found["converged"], found["phase"], found["time_s"]) == (False, "timeout", 18e-9)
    assert "?" in found["bits"]
    assert found["success"] is False
    assert "Gave up after 18 ns, walls still moving." in run("recall").stdout


def test_help_of_recall_lists_fields_units_and_keys():
    result = run("recall", "--help")
    text = " ".join(result.stdout.split())
    assert result.exit_code == 0
    assert all(f" {name} " in text for name in Device.__dataclass_fields__)
    assert all(f" {key} " in text for key in recall_report.JSON_KEYS)
    assert "Track length, 100 nm (1 nm to 10000 nm)" in text
    assert "Tunnel magnetoresistance, 300% (1% to 10000%)" in text


def test_report_says_what_was_loaded() -> None:
    said = run("recall", "--distortion", 15, "--seed", 4).stdout
    assert "loaded A with 15% of its bits flipped (seed 4)." in said
