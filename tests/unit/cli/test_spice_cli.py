"""The command ``dwmtj spice``: what it writes, prints and returns, and one sentence for every error."""

import json

import numpy as np
import pytest
from spice_tools import require_ngspice
from typer.testing import CliRunner

from dwmtj_widgets import Device, Network, cli, hebbian_weights
from dwmtj_widgets.cli import progress
from dwmtj_widgets.cli.spice import run as spice_report
from dwmtj_widgets.hopfield.variation import Variation, fabricate
from dwmtj_widgets.spice import NgspiceError, bench, comparing, ngspice_netlist, spectre_netlist, verilog_a
from dwmtj_widgets.tasks.patterns import distort, random_pattern, symbol


def run(*arguments):
    return CliRunner().invoke(cli.app, ["spice", *map(str, arguments)])


def answer(*arguments, status=0):
    result = run("--json", *arguments)
    assert result.exit_code == status, result.stderr
    assert result.stdout.count("\n") == 1
    return json.loads(result.stdout)


def default_network(size=12, patterns=1, seed=0, weight=0.1):
    chance = np.random.default_rng(seed)
    stored = np.stack([random_pattern(size, chance) for _ in range(patterns)])
    return Network(hebbian_weights(stored, weight)), distort(stored[0], 0.2, seed)


@pytest.fixture
def table(tmp_path):
    """A file of the weights of three neurons in mV, one synapse cut."""
    path = tmp_path / "weights.csv"
    path.write_text("0, 100,-50\n100,0,cut\n\n-50,100,0\n", encoding="utf-8")
    return path


def test_by_default_the_netlist_of_twelve_neurons_is_printed():
    result = run()
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == ngspice_netlist(bench(*default_network()))
    assert run("--seed", 1).stdout == ngspice_netlist(bench(*default_network(seed=1)))


def test_options_reach_the_netlist():
    arguments = ["--neurons", 5, "--patterns", 2, "--weight", 80, "--charge-voltage", 200, "--seed", 3]
    more = ["--soma-start", "pattern", "--stop", 40, "--step", 20]
    options = {"charge_voltage": 0.2, "soma_start": "pattern", "stop_time": 40e-9, "max_step": 20e-12}
    expected = bench(*default_network(5, 2, 3, 0.08), **options)
    assert run(*arguments, *more).stdout == ngspice_netlist(expected)
    found = answer(*arguments, *more)
    assert found["netlist"] == ngspice_netlist(expected)
    assert (found["neurons"], found["devices"], found["dialect"]) == (5, 25, "ngspice")
    assert (found["load_time_s"], found["stop_time_s"], found["max_step_s"]) == (15e-9, 40e-9, 20e-12)
    assert found["supply_voltage_V"] == expected.network.supply_voltage
    assert found["input"] == "".join(map(str, expected.pattern))
    assert (found["files"], found["comparison"]) == ([], None)
    settings = found["settings"]
    assert (settings["weight_V"], settings["seed"], settings["distortion"]) == (0.08, 3, 0.2)
    assert settings["variation"] is None
    assert settings["device"]["track_length"] == 100e-9
    assert list(found) == [key for key in spice_report.JSON_KEYS if not key.startswith(" ")]


def test_stored_images_and_device_fields():
    found = run("--memory", "A", "--memory", "L", "--set", "tmr=250", "--stop", 20)
    network = Network(hebbian_weights([symbol("A"), symbol("L")], 0.1), Device(tmr=2.5))
    expected = bench(network, distort(symbol("A"), 0.2, 0), stop_time=20e-9)
    assert found.stdout == ngspice_netlist(expected)


def test_preset():
    network, cue = default_network(4)
    published = Network(network.weights, Device.published())
    expected = bench(published, cue, charge_voltage=0.25, soma_start="pattern")
    assert run("--neurons", 4, "--preset", "published").stdout == ngspice_netlist(expected)


def test_variation():
    network, cue = default_network(4, seed=2)
    chip = fabricate(network, Variation(tmr=0.05, stuck=0.1), 2)
    found = run("--neurons", 4, "--seed", 2, "--vary", "tmr=5", "--vary", "stuck=10")
    assert found.stdout == ngspice_netlist(bench(chip, cue))
    settings = answer("--neurons", 4, "--vary", "levels=2")["settings"]
    assert settings["variation"]["levels"] == 2.0


def test_a_file_of_weights(table):
    links = np.ones((3, 3))
    links[1, 2] = 0
    weights = np.array([[0.0, 0.1, -0.05], [0.1, 0.0, 0.0], [-0.05, 0.1, 0.0]])
    expected = ngspice_netlist(bench(Network(weights, connected=links), [0, 1, 1]))
    assert run(table, "--input", "011").stdout == expected
    assert answer(table)["settings"]["input"] == "random"


def test_files_are_written(tmp_path):
    netlist, page = tmp_path / "a" / "network.cir", tmp_path / "network.scs"
    found = run("--neurons", 3, "--out", netlist)
    prepared = bench(*default_network(3))
    assert netlist.read_text(encoding="utf-8") == ngspice_netlist(prepared)
    lines = len(ngspice_netlist(prepared).splitlines())
    assert found.stdout == f"3 neurons, 9 devices, {lines} lines.\nWritten: {netlist}\n"
    found = answer("--neurons", 3, "--dialect", "spectre", "--out", page)
    assert found["files"] == [str(page), str(tmp_path / "network.va")]
    assert found["netlist"] is None
    assert page.read_text(encoding="utf-8") == spectre_netlist(prepared, "network.va")
    assert (tmp_path / "network.va").read_text(encoding="utf-8") == verilog_a()


def test_comparison(tmp_path):
    require_ngspice()
    page = tmp_path / "page.html"
    arguments = ["--neurons", 3, "--seed", 1, "--step", 100, "--html", page]
    found = answer(*arguments)
    compared = found["comparison"]
    assert list(compared) == [key[1:] for key in spice_report.JSON_KEYS if key.startswith(" ")]
    assert compared["agrees"] is True
    assert compared["wall_deviation_m"] == max(compared["soma_deviation_m"], compared["axon_deviation_m"])
    assert compared["wall_deviation_m"] < 0.06e-9
    last = compared["last_motion_s"]
    assert compared["time_deviation_s"] == abs(last["package"] - last["ngspice"]) < 0.02e-9
    energy = compared["energy_J"]
    assert compared["energy_deviation_J"] == energy["ngspice"] - energy["package"]
    for who in ("package", "ngspice"):
        assert sum(compared["energy_parts_J"][who].values()) == pytest.approx(energy[who], rel=1e-12, abs=0)
    assert compared["tolerances"] == {"wall_m": 0.15e-9, "time_s": 0.05e-9}
    assert found["files"] == [str(page)]
    assert "<svg" in page.read_text(encoding="utf-8")
    text = run(*arguments[:-2], "--compare").stdout.splitlines()
    assert text[-1] == "The two agree within 0.15 nm and 0.05 ns."
    assert any(line.startswith("Last motion of a wall") and "0.05 ns" in line for line in text)
    assert not any("subckt" in line for line in text)


def test_status_1_where_they_do_not_agree(monkeypatch):
    require_ngspice()
    write = comparing.ngspice_netlist
    monkeypatch.setattr(
        comparing, "ngspice_netlist", lambda made: write(made).replace("volts=0.1", "volts=0.11")
    )
    arguments = ["--neurons", 3, "--seed", 1, "--step", 100, "--compare"]
    assert answer(*arguments, status=1)["comparison"]["agrees"] is False
    result = run(*arguments)
    assert result.exit_code == 1
    assert "The two do not agree within 0.15 nm and 0.05 ns." in result.stdout


def test_help_lists_what_may_vary_and_all_keys():
    text = " ".join(run("--help").stdout.split())
    for key in [*spice_report.JSON_KEYS, *Device.__dataclass_fields__, "stuck", "levels"]:
        assert f" {key.strip()} " in text
    assert "jitter" not in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--neurons", "1"], "neurons is 1; it must lie between 2 and 200."),
        (["--patterns", "0"], "patterns is 0"),
        (["--neurons", "x"], "Invalid value for '--neurons'"),
        (["--seed", "-1"], "seed is -1"),
        (["--weight", "0"], "weight is 0 mV; it must be above zero."),
        (["--charge-voltage", "10"], "charge_voltage is 10 mV"),
        (["--distortion", "60"], "distortion is 60%"),
        (["--input", "0110"], "input has the shape (4,); it must be 12 bits"),
        (["--input", "A"], "input has the shape (100,); it must be 12 bits"),
        (["--input", "unheard"], "There is no symbol named 'unheard'"),
        (["--memory", "A", "--neurons", "5"], "The network comes from --memory and --neurons or --patterns"),
        (["--soma-start", "on"], "soma_start is 'on'"),
        (["--set", "tmr=x"], "tmr is 'x'; it must be a number in %"),
        (["--vary", "jitter=1"], "There is no 'jitter' to vary; there are track_length, tmr"),
        (["--vary", "tmr=x"], "tmr is 'x'; it must be a number in %, as in tmr=30."),
        (["--vary", "tmr=50"], "Spread of TMR (tmr) is 50%"),
        (["--preset", "spice"], "preset is 'spice'"),
        (["--stop", "10"], "stop_time is 10 ns; it must be later than the loading, 16 ns."),
        (["--step", "0"], "max_step is 0 ns"),
        (["--dialect", "hspice"], "dialect is 'hspice'; it must be one of 'ngspice', 'spectre'."),
        (["--dialect", "spectre"], "name the first, as in --out network.scs."),
        (["--dialect", "spectre", "--compare"], "ngspice is compared, and cannot run the spectre dialect"),
        (["--dialect", "spectre", "--out", "x.va"], "'x.va' is the name of the Verilog-A modules"),
        (["--timeout", "0", "--compare"], "timeout is 0"),
        (["no-such-file.csv"], "no-such-file.csv"),
    ],
)
def test_an_error_of_spice_is_one_sentence_and_status_2(arguments, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
    assert "fault of dwmtj" not in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("0,1\n1\n", "w.csv has 2 rows, but 1 columns in row 2; give as many as rows."),
        ("0,x\n1,0\n", "w.csv holds 'x' in row 1; a weight is a number in mV, or cut."),
        ("0\n", "The number of rows in w.csv is 1; it must lie between 2 and 200."),
        ("1\n" * 300_000, "The number of rows in w.csv is 300000; it must lie between 2 and 200."),
        ("1,1\n1,0\n", "weights[0, 0] is 0.001 V; a neuron has no synapse onto itself"),
        ("0,nan\n1,0\n", "weights[0, 1] is nan"),
        ("", "The number of rows in w.csv is 0"),
    ],
)
def test_a_bad_file_of_weights_is_one_sentence(content, message, tmp_path):
    path = tmp_path / "w.csv"
    path.write_text(content, encoding="utf-8")
    result = run(path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
    assert "fault of dwmtj" not in result.stderr


def test_weights_of_a_file_take_no_weight(table):
    result = run(table, "--weight", 100)
    assert result.exit_code == 2
    assert "--weight is for patterns that are stored" in result.stderr
    assert "The network comes from a file of weights and --memory" in run(table, "--memory", "A").stderr


def test_without_ngspice_a_sentence_says_so(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    result = run("--neurons", 3, "--compare")
    assert result.exit_code == 2
    assert result.stderr.startswith("ngspice is not installed; install it with apt-get install ngspice")
    assert run("--neurons", 3).exit_code == 0


def test_what_ngspice_says_reaches_the_terminal(monkeypatch):
    def broken(*_arguments, **_options):
        raise NgspiceError("ngspice failed with status 1: Timestep too small.")

    monkeypatch.setattr(comparing, "run_ngspice", broken)
    result = run("--neurons", 3, "--compare")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "ngspice failed with status 1: Timestep too small.\n"


def test_progress_is_told_now_and_then(monkeypatch):
    clock = iter([0.0, 1.0, 3.0, 3.5, 9.0])
    monkeypatch.setattr(progress, "monotonic", lambda: next(clock))
    told = []
    report = spice_report._progress(told.append)
    for share in (0.1, 0.4, 0.5, 1.0):
        report(share)
    assert told == ["[   3 s] ngspice has done 40% of the transient."]
