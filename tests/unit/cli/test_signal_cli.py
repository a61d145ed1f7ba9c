"""The command ``dwmtj signal``: what it learns, prints and returns, and one sentence for every error."""

import json

import numpy as np
import pytest
from typer.testing import CliRunner

from dwmtj_widgets import cli
from dwmtj_widgets.cli.signal import inputs as signal_inputs
from dwmtj_widgets.cli.signal import run as signal_report
from dwmtj_widgets.mtj_rnn import MTJNetwork, NetworkSettings, waveform
from dwmtj_widgets.mtj_rnn.macrospin import Junction
from dwmtj_widgets.mtj_rnn.measures import quality
from dwmtj_widgets.mtj_rnn.recognition import TRAINING_WINDOWS, examine, labelled_stream, recogniser, train
from dwmtj_widgets.mtj_rnn.signals import drawn
from dwmtj_widgets.units import quantity

SHORT = ["--train", 10, "--periods", 4]


def run(*arguments):
    return CliRunner().invoke(cli.app, ["signal", *map(str, arguments)])


def answer(*arguments):
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.count("\n") == 1
    return json.loads(result.stdout)


def test_generate_is_the_engines_run():
    found = answer(
        "generate", "--wave", "sine", *SHORT, "--seed", 3, "--set", "gain=1.4", "--set", "time_constant=1.5"
    )
    network = MTJNetwork(40, 3, gain=1.4, time_constant=1.5e-9)
    target = waveform("sine", period=20e-9, sample_time=0.2e-9, periods=10)
    network.train(target)
    output = network.generate(80e-9)
    np.testing.assert_array_equal(found["output"], output)
    measure = quality(output, waveform("sine", period=1.0, sample_time=1 / 200), 100.0)
    assert found["error"] == measure.error
    assert found["error_phase_fixed"] == measure.fixed_error
    assert found["time_step_s"] == network.time_step
    assert found["period_error_ppm"] == measure.period_error_ppm
    assert set(found) == set(signal_report.GENERATE_KEYS)
    assert (found["periods"], found["locked_periods"]) == (4, measure.locked)
    assert found["training_time_s"] == pytest.approx(200e-9, rel=1e-6, abs=0.0)
    assert found["settings"]["time_constant"] == 1.5e-9


def test_generate_says_the_error_with_its_unit_and_writes_the_run(tmp_path):
    path = tmp_path / "run.csv"
    result = run("generate", *SHORT, "--output", path)
    assert result.exit_code == 0
    found = answer("generate", *SHORT)
    for text in (quantity(found["error"], "%", digits=3), "period 20 ns", "of 4 periods", "ppm", "|w| ="):
        assert text in result.stdout, text
    lines = path.read_text().splitlines()
    assert len(lines) == 401
    np.testing.assert_array_equal([float(line.split(",")[1]) for line in lines[1:]], found["output"])
    times = np.array([float(line.split(",")[0]) for line in lines[1:]])
    np.testing.assert_allclose(times, 200e-9 + 0.2e-9 * np.arange(1, 401), rtol=1e-12)


def test_generate_learns_a_table(tmp_path):
    table = tmp_path / "wave.csv"
    samples = np.round(np.sin(2 * np.pi * np.arange(50) / 50) ** 3, 3)
    table.write_text("\n".join(map(str, samples)))
    found = answer("generate", "--wave", table, *SHORT, "--size", 30)
    network = MTJNetwork(30, 0)
    network.train(drawn(samples, period=20e-9, sample_time=0.2e-9, periods=10))
    np.testing.assert_array_equal(found["output"], network.generate(80e-9))


def test_recognise_teaches_as_long_as_engine_and_lab():
    found = answer("recognise", "--windows", 4, "--size", 2)
    assert found["settings"]["train"] == TRAINING_WINDOWS


def test_recognise_is_the_engines_count():
    arguments = ["--waves", "sine, square", "--train", 80, "--windows", 40, "--noise", 5, "--seed", 2]
    found = answer("recognise", *arguments)
    shapes = [waveform(kind, period=1.0, sample_time=1 / 200) for kind in ("sine", "square")]
    network, common = recogniser(40, 2), {"period": 20e-9, "sample_time": 0.2e-9, "noise": 0.05}
    train(network, shapes, windows=80, seed=2, **common)
    expected = examine(network, labelled_stream(shapes, 40, seed=1_000_002, **common))
    assert found["confusion"] == expected.confusion.tolist()
    assert found["accuracy"] == expected.accuracy > 0.9
    low, high = found["accuracy_interval"]
    assert low <= found["accuracy"] <= high
    assert set(found) == set(signal_report.RECOGNISE_KEYS)
    text = run("recognise", *arguments).stdout
    for part in (f"{quantity(expected.accuracy, '%', digits=3)} of 40", "fed / read", "5% noise"):
        assert part in text, part


def test_help_names_every_setting_and_key():
    for command, keys in (
        ("generate", signal_report.GENERATE_KEYS),
        ("recognise", signal_report.RECOGNISE_KEYS),
    ):
        text = run(command, "--help").stdout
        for name in (*NetworkSettings.names(), *Junction.names(), *keys):
            assert name in text, name
    assert ("gain", f"Recurrent gain, {NetworkSettings().gain:g} (0 to 10)") in signal_inputs.setting_fields()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["generate", "--period", 0.5], "at least 0.8 ns"),
        (["generate", "--period", "nan"], "period"),
        (["generate", "--size", 0], "size is 0"),
        (["generate", "--train", 0], "train is 0"),
        (["generate", "--periods", 10_001], "periods"),
        (["generate", "--wave", "noise"], "'noise'"),
        (["generate", "--wave", "no such.csv"], "no file"),
        (["generate", "--wave", "NAN"], "finite"),
        (["generate", "--wave", "FLAT"], "flat"),
        (["generate", "--wave", "LARGE"], "bytes"),
        (["generate", "--set", "gain=strong"], f"gain={NetworkSettings().gain:g}"),
        (["generate", "--set", "gain=11"], "between 0 and 10"),
        (["generate", "--set", "charm=1"], "'charm'"),
        (["recognise", "--waves", "sine"], "2"),
        (["recognise", "--windows", 0], "windows"),
        (["recognise", "--noise", -1], "noise"),
        ([], "Missing command"),
    ],
)
def test_errors_are_one_sentence_on_stderr(tmp_path, arguments, words):
    contents = {"NAN": "1\nnan\n2", "FLAT": "1\n1\n1", "LARGE": "1\n" * 2_500_001}
    for name, content in contents.items():
        if name in arguments:
            path = tmp_path / f"{name}.csv"
            path.write_text(content)
            arguments = [path if part == name else part for part in arguments]
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert words in result.stderr
    assert result.stderr.rstrip().endswith(".")
