"""The command line: what it prints, what it returns, and one sentence for every error."""

import json
import math
import os
import re
import subprocess
import sys
from dataclasses import replace
from importlib import metadata
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from dwmtj_widgets import Device, __version__, cli, cut_value, machine
from dwmtj_widgets.cli.maxcut import run as maxcut_report
from dwmtj_widgets.cli.recall import run as recall_report
from dwmtj_widgets.faults import REPORTS
from dwmtj_widgets.refusals import Unable
from dwmtj_widgets.tasks.graph_files import parse_graph, save_graph
from dwmtj_widgets.tasks.graphs import complete_graph, petersen_graph, random_graph
from dwmtj_widgets.tasks.maxcut import solve
from dwmtj_widgets.tasks.maxcut_baselines import local_search
from dwmtj_widgets.tasks.patterns import DEFAULT_MEMORIES, SYMBOLS, distort, symbol, to_png, to_text
from dwmtj_widgets.tasks.recall import recall_image

MEMORIES = [symbol(name) for name in DEFAULT_MEMORIES]


def run(*arguments):
    return CliRunner().invoke(cli.app, [str(argument) for argument in arguments])


def answer(*arguments):
    result = run("recall", "--json", *arguments)
    assert result.exit_code == 0, result.stderr
    assert result.stderr == ""
    assert result.stdout.count("\n") == 1
    return json.loads(result.stdout)


def in_a_process(*arguments):
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "dwmtj_widgets", *arguments],
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


# -- recall ------------------------------------------------------------------------------------------------------


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


# -- max-cut ------------------------------------------------------------------------------------------------------


@pytest.fixture
def graph_file(tmp_path):
    """A file of 16 nodes, half of all pairs joined."""
    path = tmp_path / "graph.txt"
    save_graph(path, random_graph(16, 0.5, 5).adjacency)
    return path


def divided(*arguments):
    result = run("maxcut", "--json", *arguments)
    assert result.exit_code == 0, result.stderr
    assert (result.stderr, result.stdout.count("\n")) == ("", 1)
    return json.loads(result.stdout)


def test_maxcut_json_is_the_papers_run_in_si_units(graph_file):
    found = divided(graph_file, "--weight", 80, "--charge-voltage", 200, "--asymmetry", 1.1)
    graph = random_graph(16, 0.5, 5).adjacency
    expected = solve(graph, weight=0.08, charge_voltage=0.2, asymmetry=1.1)
    assert list(found) == list(maxcut_report.JSON_KEYS)
    assert (found["nodes"], found["edges"], found["total_weight"]) == (16, 60, 60.0)
    assert found["cut"] == expected.best_cut
    assert found["cuts"] == [expected.best_cut]
    assert (found["time_s"], found["energy_J"]) == (expected.time[0], expected.energy[0])
    assert found["published_energy_estimate_J"] == expected.energy_estimate(0)
    assert found["power_W"] == expected.energy[0] / expected.time[0]
    assert found["bits"] == "".join(map(str, expected.bits[0])).replace("-1", "?")
    assert found["polished_cut"] == expected.polished_cuts[0]
    assert found["paper_run"] == {key: found[key] for key in found["paper_run"]}
    exact = found["baselines"]["exact"]
    assert (exact["proven"], exact["cut"]) == (True, exact["bound"])
    assert found["reference"] == {"cut": exact["cut"], "is": "the optimum"}
    assert found["gap"] == (exact["cut"] - found["cut"]) / exact["cut"]
    settings = found["settings"]
    assert (settings["weight_V"], settings["charge_voltage_V"], settings["asymmetry"]) == (0.08, 0.2, 1.1)
    assert (settings["balanced"], settings["load_time_s"], settings["integrator"]) == (False, 15e-9, "events")


def test_maxcut_of_many_runs(graph_file, tmp_path):
    found = divided(graph_file, "--runs", 50, "--seed", 3, "--exact", 0)
    expected = solve(random_graph(16, 0.5, 5).adjacency, runs=50, seed=3)
    assert found["runs"] == len(found["cuts"]) == 50
    assert found["cuts"] == expected.cuts.tolist()
    assert found["cut"] == max(found["cuts"]) >= found["paper_run"]["cut"]
    assert found["all_runs"]["time_s"] == expected.time.sum()
    assert found["settings"]["balanced"] is True
    assert isinstance(found["baselines"]["exact"], str)
    large = tmp_path / "large"
    save_graph(large, random_graph(50, 0.5, 1).adjacency)
    assert divided(large)["reference"]["is"] == "the best found here, not proven to be the optimum"
    paper = divided(graph_file, "--runs", 50, "--no-balanced", "--exact", 0)
    assert paper["settings"]["balanced"] is False
    assert paper["cuts"] != found["cuts"]
    assert run("maxcut", graph_file, "--runs", 5).stdout == run("maxcut", graph_file, "--runs", 5).stdout


def test_maxcut_text_is_a_table_with_the_gap(tmp_path):
    save_graph(tmp_path / "petersen", petersen_graph().adjacency)
    result = run("maxcut", tmp_path / "petersen", "--runs", 40)
    found = divided(tmp_path / "petersen", "--runs", 40)
    lines = result.stdout.splitlines()
    assert (result.exit_code, result.stderr) == (0, "")
    assert lines[0] == "petersen: 10 nodes, 15 edges, total weight 15."
    assert lines[2].split() == ["cut", "gap", "time", "energy", "estimate"]
    rows = {line[:37].strip(): line[37:].split() for line in lines[3:10]}
    assert rows["Device, the paper's run from all OFF"][:2] == ["0", "100.00%"]
    best = rows["Device, best of 40 random starts"]
    assert best[:3] == ["12", "0.00%", f"{found['time_s'] * 1e9:.4g}"]
    assert best[4] == f"{found['energy_J'] * 1e9:.4g}"
    assert rows["Branch and bound"] == ["12", "0.00%"]
    assert "Gaps are to 12, the optimum." in lines
    assert any(line.startswith("All 40 runs took ") for line in lines)
    single = run("maxcut", tmp_path / "petersen").stdout
    assert "Device, the paper's run from all OFF" in single
    assert "random start" not in single
    assert "Device, best of 1 random start " in run("maxcut", tmp_path / "petersen", "--balanced").stdout


def test_maxcut_without_cvxpy_says_how_to_get_it(graph_file, monkeypatch):
    monkeypatch.setitem(sys.modules, "cvxpy", None)
    asked = (graph_file, "--goemans-williamson")
    assert "Goemans-Williamson needs cvxpy; python -m pip install" in run("maxcut", *asked).stdout
    assert isinstance(divided(*asked)["baselines"]["goemans_williamson"], str)


def test_the_semidefinite_program_is_solved_only_if_asked_for(graph_file, monkeypatch):
    asked = []
    division = local_search(random_graph(16, 0.5, 5).adjacency)
    monkeypatch.setattr(
        maxcut_report, "goemans_williamson", lambda graph, _seed: (asked.append(len(graph)), division)[1]
    )
    found = divided(graph_file)["baselines"]["goemans_williamson"]
    assert (asked, found) == ([], "Goemans-Williamson was not asked for (--goemans-williamson).")
    assert "Williamson" not in run("maxcut", graph_file).stdout
    assert (
        divided(graph_file, "--goemans-williamson")["baselines"]["goemans_williamson"]["cut"] == division.cut
    )
    assert asked == [16]


def test_no_maxcut_is_above_the_optimum_and_open_nodes_are_counted(tmp_path):
    graph = "4 5\n1 2 -2\n1 3 -2\n2 3 1\n2 4 -2\n3 4 -2\n"
    (tmp_path / "graph").write_text(graph, encoding="utf-8")
    found = divided(tmp_path / "graph", "--runs", 20)
    assert (found["reference"], found["cut"], found["polished_cut"]) == (
        {"cut": 0.0, "is": "the optimum"},
        0.0,
        0.0,
    )
    assert max(found["cuts"]) == 0.0
    assert found["cut"] == cut_value(parse_graph(graph), [int(bit) for bit in found["bits"]])
    assert found["undecided"] == 0, "a run that decided everything is as good"
    assert found["all_runs"]["undecided"] > 0
    assert f" {found['all_runs']['undecided']} of them left nodes undecided." in (
        run("maxcut", tmp_path / "graph", "--runs", 20).stdout
    )
    # Of a run that is the best though it was given up it is said.
    for seed in range(20):
        found = divided(tmp_path / "graph", "--balanced", "--seed", seed)
        assert found["cut"] <= 0.0
        if found["undecided"]:
            break
    assert found["undecided"] > 0
    assert len(found["bits"].replace("1", "").replace("0", "")) == 0
    assert re.match(r"\d nodes? w\w+ undecided when the best run was given up", found["warnings"][-1])


@pytest.mark.parametrize(
    ("graph", "arguments", "cause", "offer"),
    [
        (
            petersen_graph(),
            [],
            "missing edges attract more than edges repel (33% of",
            "--balanced --runs 100.",
        ),
        (random_graph(30, 0.2, 1), [], "missing edges attract more than edges repel (20% of", "--balanced"),
        (random_graph(12, 0.9, 1), [], "edges repel more than missing edges attract", "--balanced"),
        (
            complete_graph(9),
            [],
            "edges repel more than missing edges attract",
            "the division of another method.",
        ),
        (
            complete_graph(9),
            ["--runs", 20],
            "so balanced sources are zero.",
            "the division of another method.",
        ),
    ],
)
def test_a_poor_cut_comes_with_its_cause_and_what_works(graph, arguments, cause, offer, tmp_path):
    save_graph(tmp_path / "graph", graph.adjacency)
    warning = divided(tmp_path / "graph", *arguments)["warnings"][-1]
    assert cause in warning
    assert offer in warning
    assert f"Warning: {warning}" in run("maxcut", tmp_path / "graph", *arguments).stdout.splitlines()


def test_what_a_poor_cut_is_offered_works(tmp_path):
    save_graph(tmp_path / "graph", random_graph(20, 0.2, 1).adjacency)
    found = divided(tmp_path / "graph", "--balanced", "--runs", 100)
    assert (found["gap"], found["reference"]["is"]) == (0.0, "the optimum")
    assert len(found["warnings"]) == 1, "of the paper's run alone"
    save_graph(tmp_path / "half", random_graph(20, 0.5, 1).adjacency)
    assert divided(tmp_path / "half")["warnings"] == []


@pytest.mark.parametrize("runs", [1, 20])
def test_maxcut_prints_no_noise_and_nothing_that_is_not_defined(runs, tmp_path):
    # 0.1 + 0.2 - 0.3 is 2.8e-17 in binary; two nodes have no closed form; few nodes take picojoules
    (tmp_path / "decimal").write_text("4 3\n1 2 .1\n1 3 .2\n1 4 -.3\n", encoding="utf-8")
    (tmp_path / "pair").write_text("2 1\n1 2 1\n", encoding="utf-8")
    for name in ("decimal", "pair"):
        text = run("maxcut", tmp_path / name, "--runs", runs).stdout
        assert not re.search(r"\bnan\b|\de-1|e\+|(?<![\d.])-?0 nJ|-0(?![\d.])", text), text
        energies = [float(number) for number in re.findall(r"(-?[\d.]+) nJ", text)]
        assert energies
        assert min(energies) > 0.0
    assert "not defined" in text
    assert "total weight 0." in run("maxcut", tmp_path / "decimal").stdout


def test_maxcut_of_few_edges_and_of_many_nodes(tmp_path):
    (tmp_path / "none").write_text("2 0\n", encoding="utf-8")
    found = divided(tmp_path / "none")
    assert (found["cut"], found["gap"], found["published_energy_estimate_J"]) == (0.0, None, None)
    save_graph(tmp_path / "large", random_graph(201, 0.5, 0).adjacency)
    text = run("maxcut", tmp_path / "large", "--goemans-williamson").stdout
    assert "Goemans-Williamson was left out: it is for up to 200 nodes." in text
    assert "The optimum was not looked for (--exact SECONDS)." in text


def test_maxcut_presets(graph_file):
    published = divided(graph_file, "--preset", "published")
    assert published["settings"]["integrator"] == "euler"
    assert published["settings"]["charge_voltage_V"] == 0.1
    assert published["time_s"] >= 28e-9
    assert published["time_s"] != divided(graph_file)["time_s"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--runs", "0"], "runs is 0; it must lie between 1 and 100000."),
        (["--runs", "x"], "Invalid value for '--runs'"),
        (["--weight", "0"], "weight is 0 mV; it must be above zero."),
        (["--charge-voltage", "10"], "charge_voltage is 10 mV"),
        (["--asymmetry", "-1"], "asymmetry is -1"),
        (["--asymmetry", "nan"], "asymmetry is nan"),
        (["--seed", "-1"], "seed is -1"),
        (["--preset", "spice"], "preset is 'spice'; it must be one of 'table1', 'published'."),
        (["--exact", "-1"], "exact is -1; it must lie between 0 and 3600."),
        (["--exact", "nan"], "exact is nan"),
        (["extra"], "extra"),
    ],
)
def test_an_error_of_maxcut_is_one_sentence_and_status_2(arguments, message, graph_file):
    result = run("maxcut", graph_file, *arguments)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert message in result.stderr


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"3 2\n1 2\n", "Line 2 is the last; 2 edges are announced, and there are 1.\n"),
        (b"3 1\n1 1\n", "Line 2 joins node 1 to itself; an edge needs two different nodes.\n"),
        (b"\xff\xfe1", "is not a text file; save it as text in UTF-8.\n"),
    ],
)
def test_a_bad_graph_file_is_one_sentence_and_status_2(content, message, tmp_path):
    (tmp_path / "graph").write_bytes(content)
    result = run("maxcut", tmp_path / "graph")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert result.stderr.endswith(message)
    assert "There is no file" in run("maxcut", tmp_path / "missing").stderr


def test_maxcut_needs_a_file_and_its_help_lists_the_keys():
    missing = run("maxcut")
    assert (missing.exit_code, missing.stdout, missing.stderr.count("\n")) == (2, "", 1)
    text = " ".join(run("maxcut", "--help").stdout.split())
    assert all(f" {key} " in text for key in maxcut_report.JSON_KEYS)


# -- errors ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nonsense"], "No such command 'nonsense'"),
        (["--nonsense"], "No such option: --nonsense"),
        (["recall", "--nonsense"], "No such option: --nonsense"),
        (["recall", "extra"], "extra"),
        (["recall", "--weight"], "--weight"),
        (["recall", "--weight", "abc"], "Invalid value for '--weight'"),
        (["recall", "--weight", "-1"], "weight is -1 mV; it must be above zero."),
        (["recall", "--weight", "0"], "weight is 0 mV; it must be above zero."),
        (["recall", "--weight", "nan"], "weight is nan; it must be a finite number"),
        (["recall", "--weight", "inf"], "weight is inf; it must be a finite number"),
        (["recall", "--charge-voltage", "10"], "charge_voltage is 10 mV"),
        (["recall", "--charge-voltage", "nan"], "charge_voltage is nan"),
        (["recall", "--distortion", "51"], "distortion is 51%; it must lie between 0% and 50%."),
        (["recall", "--distortion", "-1"], "distortion is -1%"),
        (["recall", "--distortion", "nan"], "distortion is nan"),
        (["recall", "--seed", "-1"], "seed is -1"),
        (["recall", "--seed", "1.5"], "Invalid value for '--seed'"),
        (["recall", "--memory", "Q"], "There is no symbol named 'Q'; there are A, "),
        (["recall", "--memory", ""], "There is no symbol named ''"),
        (["recall", "--input", "Q"], "There is no symbol named 'Q'"),
        (["recall", "--memory", "missing.png"], "There is no file 'missing.png'."),
        (["recall", "--preset", "spice"], "preset is 'spice'; it must be one of 'table1', 'published'."),
        (["recall", "--integrator", "rk4"], "integrator is 'rk4'"),
        (["recall", "--set", "tmr=100", "--set", "tmr=200"], "tmr is there twice; give it once."),
        (["recall", "--set", "tmr"], "tmr is ''; it must be a number in %, as in tmr=300."),
        (["recall", "--set", "tmr=much"], "tmr is 'much'; it must be a number in %, as in tmr=300."),
        (["recall", "--set", "lande_g=x"], "lande_g is 'x'; it must be a number, as in lande_g=2.1."),
        (["recall", "--set", "track_length=1,5"], "track_length is '1,5'; it must be a number in nm"),
        (["recall", "--set", "tmr=nan"], "Tunnel magnetoresistance (tmr) is nan"),
        (["recall", "--set", "r_track=0"], "Track resistance (r_track) is 0 Ω; it must be above zero."),
        (["recall", "--set", "mtj_width=100"], "does not fit on it"),
        (["recall", "--set", "length=1"], "There is no device field 'length'; there are lande_g, "),
        (["serve", "--port", "abc"], "Invalid value for '--port'"),
        (["serve", "--port", "-1"], "port is -1"),
        (["serve", "--preheat", "-1"], "preheat is -1"),
        (["serve", "--max-kernels", "0"], "max_kernels is 0"),
        (["serve", "--kernel-memory", "100"], "kernel_memory is 100"),
        (["serve", "--idle-timeout", "0"], "cull_idle_timeout is 0"),
        (
            ["serve", "--base-url", "a b"],
            "base_url is 'a b', but must be made of letters, digits and - . _ ~ /.",
        ),
        (["serve", "--token", "a?b"], "token is 'a?b', but must be made of letters, digits and - . _ ~."),
        (["serve", "--notebook", "no_such_lab"], "There is no notebook named 'no_such_lab'"),
    ],
)
def test_an_error_is_one_sentence_and_status_2(arguments, message):
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert result.stderr.endswith((".\n", "?\n"))
    assert message in result.stderr


@pytest.mark.parametrize(
    ("name", "content"), [("bad.png", b"no image"), ("bad.txt", b"##\n#"), ("bad.txt", b"\xff\xfe")]
)
def test_a_bad_file_is_one_sentence_and_status_2(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    result = run("recall", "--input", path)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (Unable("walls were\nlost"), "walls were lost."),
        (OSError(28, "No space left"), "[Errno 28] No space left."),
        (OSError(), "OSError."),
    ],
)
def test_what_is_refused_is_one_sentence(error, message, monkeypatch):
    def fail(_):
        raise error

    monkeypatch.setattr(recall_report, "run", fail)
    result = run("recall")
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", message + "\n")


def test_a_fault_is_its_traceback_and_a_sentence_on_stderr():
    """In a process of its own, in which nobody has told logging what to do."""
    lines = (
        "from dwmtj_widgets import cli; from dwmtj_widgets.cli.recall import run\n"
        "def broken(_): raise ZeroDivisionError('division\\nby zero')\n"
        "run.run = broken\n"
        "cli.app(['recall', '--json'])\n"
    )
    done = subprocess.run([sys.executable, "-c", lines], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (70, "")
    first, *traceback, last = done.stderr.splitlines()
    assert first == "ZeroDivisionError: division by zero" and traceback[0].startswith("Traceback")
    sentence = "This is a fault of dwmtj, not of what was given (ZeroDivisionError: division by zero)"
    assert last == f"{sentence}; please report it at {REPORTS}"


# -- the other commands ------------------------------------------------------------------------------------------


@pytest.fixture
def served(monkeypatch):
    calls = []

    def serve(*arguments, **options):
        calls.append((*arguments, options))
        return 0

    monkeypatch.setattr("dwmtj_widgets.server.serve", serve)
    return calls


STANDARD = {
    "host": "127.0.0.1",
    "port": 8866,
    "open_browser": True,
    "preheat": 0,
    "max_kernels": None,
    "kernel_memory": None,
    "cull_idle_timeout": 120,
    "base_url": "/",
    "token": None,
    "language": "en",
}


@pytest.mark.parametrize(
    ("arguments", "notebook", "options"),
    [
        ([], None, {}),
        (["serve"], None, {}),
        (["serve", "--port", "0", "--no-browser"], None, {"port": 0, "open_browser": False}),
        (["serve", "--host", "0.0.0.0", "--preheat", "2"], None, {"host": "0.0.0.0", "preheat": 2}),
        (["serve", "--notebook", "a/b"], "a/b", {}),
        (
            ["serve", "--max-kernels", "30", "--idle-timeout", "60"],
            None,
            {"max_kernels": 30, "cull_idle_timeout": 60},
        ),
        (["serve", "--base-url", "labs", "--token", "abc"], None, {"base_url": "labs", "token": "abc"}),
        (["serve", "--language", "de"], None, {"language": "de"}),
    ],
)
def test_serve_is_told_what_was_typed(served, arguments, notebook, options):
    assert run(*arguments).exit_code == 0
    assert served == [(notebook, {**STANDARD, **options})]


@pytest.mark.parametrize("arguments", [[], ["serve"]])
def test_token_of_the_environment_holds_with_and_without_the_command(served, monkeypatch, arguments):
    monkeypatch.setenv("DWMTJ_TOKEN", "class-7")
    assert run(*arguments).exit_code == 0
    assert served == [(None, {**STANDARD, "token": "class-7"})]


def test_status_of_the_server_is_passed_on(monkeypatch):
    monkeypatch.setattr("dwmtj_widgets.server.serve", lambda *_, **__: 3)
    assert run().exit_code == run("serve").exit_code == 3


def test_version_and_help_open_nothing(served):
    assert run("--version").stdout == f"{__version__}\n"
    text = run("--help").stdout
    assert all(f"  {command} " in text for command in ("serve", "recall", "maxcut", "warmup", "check"))
    assert run("serve", "-h").exit_code == 0
    assert served == []


def test_warmup_compiles_or_loads_every_kernel_and_says_where():
    result = run("warmup")
    cache = machine.kernel_cache()
    assert result.exit_code == 0
    assert result.stderr == ""
    assert len(cache.folders) == 2  # of the circuit and of the macrospins
    assert all(str(folder) in result.stdout for folder in cache.folders)
    assert cache.loaded + cache.compiled >= 6  # advance and read of three engines
    assert all(list(folder.glob("*.nbi")) for folder in cache.folders)


def test_check_finds_everything_here():
    result = run("check")
    assert result.exit_code == 0, result.stdout
    for name in ("Python", "core(s)", "dwmtj-widgets", *machine.PACKAGES, "rowser", "The kernel cache is"):
        assert name in result.stdout
    assert "all 100 bits right in 74.88 ns" in result.stdout
    assert result.stdout.endswith("Everything needed is there.\n")


def test_check_without_a_package_says_so(monkeypatch):
    version = metadata.version

    def all_but_voila(name):
        if name == "voila":
            raise metadata.PackageNotFoundError(name)
        return version(name)

    monkeypatch.setattr(machine.metadata, "version", all_but_voila)
    result = run("check")
    assert result.exit_code == 1
    assert "voila is missing; python -m pip install voila installs it." in result.stdout
    assert result.stdout.endswith("Something essential is missing, see above.\n")


def test_check_without_a_browser_names_the_command(monkeypatch):
    monkeypatch.setattr(machine, "find_browser", lambda: None)
    result = run("check")
    assert result.exit_code == 0
    assert "apt-get install chromium" in result.stdout


def test_check_compares_the_time(monkeypatch):
    monkeypatch.setattr(machine, "REFERENCE_TIME", 80e-9)
    result = run("check")
    assert result.exit_code == 1
    assert "A recall took 74.88 ns of device time; it should take 80 ns." in result.stdout


def broken(*_, **__):
    raise RuntimeError("broken")


@pytest.mark.parametrize(
    ("distortion", "message"),
    [
        (broken, "A recall failed with RuntimeError: broken"),
        (lambda *_, **__: symbol("heart"), "A recall came out wrong: "),
    ],
)
def test_check_says_when_a_recall_fails(distortion, message, monkeypatch):
    monkeypatch.setattr("dwmtj_widgets.tasks.patterns.distort", distortion)
    result = run("check")
    assert result.exit_code == 1
    assert message in result.stdout


def test_check_says_when_the_cache_cannot_be_written(monkeypatch, tmp_path):
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setattr(machine, "kernel_cache", lambda: machine.KernelCache((tmp_path, file / "x"), 2, 0))
    assert "which cannot be written (set NUMBA_CACHE_DIR)" in run("check").stdout
    monkeypatch.setattr(machine, "kernel_cache", lambda: machine.KernelCache((tmp_path,), 2, 1))
    assert "is cold: " in run("check").stdout
    monkeypatch.setattr(machine, "kernel_cache", lambda: machine.KernelCache((), 0, 0))
    assert "as no folder can be written: every start takes a minute longer" in run("check").stdout
    monkeypatch.setattr(machine, "_kernels", list)
    assert "numba is switched off" in run("check").stdout


# -- as a process ------------------------------------------------------------------------------------------------


def test_python_m_prints_the_same_as_the_command():
    process = in_a_process("recall", "--json", "--seed", "5")
    assert (process.returncode, process.stderr) == (0, "")
    assert json.loads(process.stdout) == answer("--seed", 5)


def test_an_error_of_the_process_is_one_sentence():
    process = in_a_process("recall", "--weight", "nan")
    assert (process.returncode, process.stdout) == (2, "")
    assert process.stderr == "weight is nan; it must be a finite number in V.\n"


def test_the_command_line_loads_no_jupyter_and_no_task():
    code = "import sys, dwmtj_widgets.cli; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    modules = set(loaded.stdout.split())
    assert not modules & {
        "IPython",
        "ipywidgets",
        "voila",
        "tornado",
        "traitlets",
        "PIL",
        "dwmtj_widgets.tasks",
    }


def test_the_console_script_is_this_entry_point():
    (script,) = (entry for entry in metadata.entry_points(group="console_scripts") if entry.name == "dwmtj")
    assert script.load() is cli.main
    assert isinstance(cli.app, typer.Typer)


@pytest.mark.skipif(
    os.name != "posix", reason="a console that knows only ASCII is made by LC_ALL, on POSIX alone"
)
def test_a_console_without_ohms_is_no_error():
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"}
    process = subprocess.run(
        [sys.executable, "-m", "dwmtj_widgets", "recall", "--set", "r_track=0"],
        capture_output=True,
        env=environment,
        check=False,
        cwd=Path(__file__).parent,
    )
    assert process.returncode == 2
    assert b"Traceback" not in process.stderr
