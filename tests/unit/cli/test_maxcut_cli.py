"""The command `dwmtj maxcut`."""

import json
import re
import sys

import pytest
from commands import run

from dwmtj_widgets import cut_value
from dwmtj_widgets.cli.maxcut import run as maxcut_report
from dwmtj_widgets.cli.maxcut.text import JSON_KEYS
from dwmtj_widgets.tasks.graph_files import parse_graph, save_graph
from dwmtj_widgets.tasks.graphs import complete_graph, petersen_graph, random_graph
from dwmtj_widgets.tasks.maxcut import solve
from dwmtj_widgets.tasks.maxcut_baselines import local_search


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
    assert list(found) == list(JSON_KEYS)
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
    assert all(f" {key} " in text for key in JSON_KEYS)
