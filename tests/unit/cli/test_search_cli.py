"""``dwmtj search``: what is printed of the front, going on after Ctrl+C, and the sentences with which it refuses."""

import json
from pathlib import Path

import pytest
from interruption import needs_ctrl_c, stopped_by_ctrl_c
from typer.testing import CliRunner, Result

from dwmtj_widgets import cli
from dwmtj_widgets.explore import Search, run_search
from dwmtj_widgets.explore.journal import JOURNAL

RANGES = ("--param", "weight=20:300", "--param", "tmr=100:500")
SMALL = (
    *RANGES,
    "--set",
    "neurons=9",
    "--set",
    "cue=distorted",
    "--accuracy",
    95,
    "--designs",
    8,
    "--trials",
    4,
)
SEARCH = Search(
    "random_recall",
    {"weight": (0.02, 0.3), "tmr": (1.0, 5.0)},
    accuracy=0.95,
    designs=8,
    trials=4,
    fixed={"neurons": 9, "cue": "distorted"},
)


def command(*arguments: object) -> Result:
    return CliRunner().invoke(cli.app, ["search", *map(str, arguments)])


def test_json_has_every_design_and_the_front_and_the_second_time_nothing_is_measured(tmp_path: Path) -> None:
    result, found = command(*SMALL, "--out", tmp_path, "--json"), run_search(SEARCH)
    assert result.exit_code == 0, result.stderr
    content = json.loads(result.stdout)
    assert content["complete"] is True
    assert content["ranges"] == {"weight": [0.02, 0.3], "tmr": [1.0, 5.0]}
    assert [entry["settings"] for entry in content["designs"]] == [dict(d.values) for d in found.designs]
    assert [entry["time_s"] for entry in content["front"]] == [d.time for d in found.front]
    assert [entry["energy_J"] for entry in content["front"]] == [d.energy for d in found.front]
    assert "8 of 8 designs" in result.stderr
    before = (tmp_path / JOURNAL).read_bytes()
    again = command(*SMALL, "--out", tmp_path)
    assert (tmp_path / JOURNAL).read_bytes() == before
    lines = again.stdout.splitlines()
    assert lines[0].startswith("random_recall: 8 of 8 designs, ")
    assert lines[2].split() == ["weight", "tmr", "accuracy", "time", "energy"]
    assert len(lines) == 5 + len(found.front)
    assert " mV " in lines[3] and lines[3].endswith(" nJ")


def test_no_accurate_design_is_said(tmp_path: Path) -> None:
    result = command(
        *RANGES,
        "--set",
        "neurons=9",
        "--set",
        "patterns=8",
        "--accuracy",
        100,
        "--designs",
        2,
        "--out",
        tmp_path,
    )
    assert result.exit_code == 0, result.stderr
    assert "None is accurate enough" in result.stdout


@pytest.mark.slow
@needs_ctrl_c
def test_ctrl_c_prints_what_is_there(tmp_path: Path) -> None:
    endless = ["search", *RANGES, "--set", "neurons=9", "--designs", "10000", "--trials", "4", "--json"]
    content = json.loads(stopped_by_ctrl_c([*endless, "--workers", "1"], tmp_path))
    assert content["complete"] is False
    assert content["designs"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "There is nothing to seek"),
        (["--param", "weight"], "--param is 'weight'; it must be a name"),
        (["--param", "weight=20:400", "--param", "weight=20:300"], "weight is there twice"),
        (["--param", "weight=400:20"], "the lower end first"),
        (["--param", "weight=50"], "weight"),
        (["--param", "rule=hebb,storkey"], "rule is"),
        (["--param", "voltage=1:2"], "There is nothing named 'voltage'"),
        (["--param", "weight=20:400", "--accuracy", "150"], "accuracy is 150%"),
        (["--param", "weight=20:400", "--designs", "0"], "designs is 0"),
        (["--task", "recall", "--param", "weight=20:400"], "task is 'recall'"),
    ],
)
def test_errors_of_a_search_are_one_sentence(tmp_path: Path, arguments: list[str], sentence: str) -> None:
    result = command(*arguments, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert sentence in result.stderr


def test_help_lists_everything_that_can_be_sought() -> None:
    words = " ".join(command("--help").stdout.split())
    for name in ("charge_voltage", "NAME=LOW:HIGH", "Synaptic weight W, 100 mV"):
        assert name in words
