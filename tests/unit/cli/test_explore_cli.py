"""``dwmtj sweep``: what is typed, what is printed and written, and the sentences with which it refuses."""

import json
from pathlib import Path

import numpy as np
import pytest
import xarray
from interruption import needs_ctrl_c, stopped_by_ctrl_c
from typer.testing import CliRunner, Result

from dwmtj_widgets import cli
from dwmtj_widgets.cli.sweep import run as sweep_report
from dwmtj_widgets.explore import Sweep, load_sweep, run_sweep
from dwmtj_widgets.explore.datasets import csv_text
from dwmtj_widgets.explore.journal import JOURNAL

SMALL = ("--param", "weight=50:150:50", "--param", "rule=hebb,storkey", "--set", "neurons=9", "--trials", 5)
SWEEP = Sweep(
    "random_recall", {"weight": (0.05, 0.1, 0.15), "rule": ("hebb", "storkey")}, 5, 0, {"neurons": 9}
)


def command(*arguments: object) -> Result:
    return CliRunner().invoke(cli.app, ["sweep", *map(str, arguments)])


def test_json_has_every_number_and_the_files_hold_the_same(tmp_path: Path) -> None:
    result = command(*SMALL, "--out", tmp_path, "--json", "--csv", "--netcdf", "--zarr")
    assert result.exit_code == 0, result.stderr
    content, measured = json.loads(result.stdout), run_sweep(SWEEP)
    assert (content["trials"], content["complete"], content["shape"]) == (30, True, [3, 2])
    assert content["points"]["weight_V"] == [0.05, 0.05, 0.1, 0.1, 0.15, 0.15]
    assert content["points"]["time_s"] == measured.statistics()["time"].tolist()
    for name in ("edp", "edp_estimate"):
        least = content[f"least_{name}"]
        assert least["value_J_s"] == pytest.approx(min(content["points"][f"{name}_J_s"]), rel=1e-12, abs=0.0)
    assert content["files"] == [str(tmp_path / f"sweep.{kind}") for kind in ("csv", "nc", "zarr")]
    assert (tmp_path / "sweep.csv").read_text() == csv_text(measured)
    with xarray.open_dataset(tmp_path / "sweep.nc") as table:
        xarray.testing.assert_identical(table.load(), measured.dataset())
    with xarray.open_zarr(tmp_path / "sweep.zarr") as table:
        xarray.testing.assert_identical(table.load(), measured.dataset())


def test_text_is_a_table_and_the_second_time_nothing_is_measured(tmp_path: Path) -> None:
    first = command(*SMALL, "--out", tmp_path)
    before = (tmp_path / JOURNAL).read_bytes()
    second = command(*SMALL, "--out", tmp_path)
    assert first.exit_code == second.exit_code == 0, first.stderr
    assert first.stdout == second.stdout
    assert (tmp_path / JOURNAL).read_bytes() == before
    lines = first.stdout.splitlines()
    assert lines[0] == "random_recall: 6 points, 30 of 30 trials."
    assert lines[2].split()[:4] == ["weight", "rule", "trials", "accuracy"]
    assert "50 mV" in lines[3] and " hebb " in lines[3]
    assert "The least energy-delay product (by the circuit, means) is" in first.stdout
    more = command(*SMALL[:-1], 8, "--out", tmp_path)
    assert "48 of 48 trials" in more.stdout


def test_values_are_typed_in_four_ways() -> None:
    def values(*typed: str, **order: object) -> dict[str, tuple[object, ...]]:
        made = sweep_report.sweep_of(sweep_report.SweepOrder(parameters=typed, **order))  # type: ignore[arg-type]
        return dict(made.parameters)

    assert values("weight=20:400:20")["weight"] == tuple(round(0.02 * k, 12) for k in range(1, 21))
    assert values("charge_voltage=100:300/3")["charge_voltage"] == (0.1, 0.2, 0.3)
    assert values("tmr=100, 250", "cue=random,distorted") == {
        "tmr": (1.0, 2.5),
        "cue": ("random", "distorted"),
    }
    assert values("weight=20:400", latin=3) == {"weight": (0.02, 0.4)}
    assert values("memories=A,J;L,H", task="image_recall")["memories"] == ("A,J", "L,H")


def test_figure_8_comes_out_of_one_command(tmp_path: Path) -> None:
    result = command("--figure8", "--trials", 60, "--out", tmp_path, "--json")
    assert result.exit_code == 0, result.stderr
    content = json.loads(result.stdout)
    assert content["points"]["weight_V"] == [round(0.02 * k, 2) for k in range(1, 13)]
    assert content["fixed"] == {"preset": "published"}
    least = content["least_edp_estimate"]
    low, high = least["interval_95"]["weight"]
    assert low <= 0.04 <= high
    assert high <= 0.08
    assert least["at"]["weight"] in (0.02, 0.04, 0.06)
    assert sweep_report.sweep_of(sweep_report.SweepOrder(figure8=True)).trials == 4000


def test_a_file_that_cannot_be_written_is_said_before_the_sweep(tmp_path: Path) -> None:
    (tmp_path / "sweep.zarr").mkdir()
    result = command(*SMALL, "--out", tmp_path, "--zarr")
    assert result.exit_code == 2
    assert "is no Zarr store and would be overwritten" in result.stderr
    assert not (tmp_path / JOURNAL).exists()


@pytest.mark.slow
def test_processes_measure_the_same(tmp_path: Path) -> None:
    result = command(*SMALL, "--out", tmp_path, "--processes", "--workers", 2)
    assert result.exit_code == 0, result.stderr
    assert np.array_equal(load_sweep(SWEEP, tmp_path).rows, run_sweep(SWEEP).rows)


@pytest.mark.slow
@needs_ctrl_c
@pytest.mark.parametrize("extra", [[], ["--processes"]])
def test_ctrl_c_keeps_the_trials_of_a_sweep(tmp_path: Path, extra: list[str]) -> None:
    long = ["sweep", "--param", "weight=50:150:50", "--set", "neurons=12", "--trials", "200000", *extra]
    out = stopped_by_ctrl_c([*long, "--workers", "2"], tmp_path)
    assert "Stopped; the same command goes on where it was" in out
    kept = load_sweep(
        Sweep("random_recall", {"weight": (0.05, 0.1, 0.15)}, 200, 0, {"neurons": 12}), tmp_path
    )
    assert kept.done > 0
    assert kept.notes == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "There is nothing to sweep"),
        (["--param", "weight"], "--param is 'weight'; it must be a name"),
        (["--param", "voltage=1"], "There is nothing named 'voltage' to set in random_recall"),
        (["--param", "weight=a,b"], "weight is 'a'; it must be a number in mV"),
        (["--param", "weight=1:2:3:4"], "weight is '1:2:3:4'; it must be one of LOW:HIGH:STEP"),
        (["--param", "weight=20:400"], "weight is '20:400'; it must be one of"),
        (["--param", "weight=20:400:0"], "20 to 400 in steps of 0 is no range"),
        (["--param", "weight=1,2", "--param", "weight=3"], "weight is there twice"),
        (["--param", "charge_voltage=10,100"], "charge_voltage is 10 mV; it must lie between 20 mV"),
        (["--param", "weight=50", "--set", "weight=60"], "weight is both fixed and a parameter"),
        (["--task", "recall", "--param", "weight=50"], "task is 'recall'"),
        (["--figure8", "--param", "weight=50"], "--figure8 is a sweep of its own"),
        (["--param", "weight=50", "--trials", "0"], "trials is 0"),
        (["--param", "weight=50", "--workers", "0"], "workers is 0"),
        (["--param", "weight=50", "--processes", "--scheduler", "tcp://x"], "exclude each other"),
        (["--param", "weight=50", "--scheduler", "nonsense://x"], "No Dask scheduler answers"),
    ],
)
def test_errors_of_a_sweep_are_one_sentence(tmp_path: Path, arguments: list[str], sentence: str) -> None:
    result = command(*arguments, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert sentence in result.stderr


def test_another_sweep_in_the_folder_is_refused(tmp_path: Path) -> None:
    assert command(*SMALL, "--out", tmp_path).exit_code == 0
    other = command(*SMALL, "--seed", 1, "--out", tmp_path)
    assert other.exit_code == 2
    assert "holds another sweep (seed 0, now 1); take another folder" in other.stderr


def test_help_lists_everything_that_can_be_set() -> None:
    words = " ".join(command("--help").stdout.split())
    for name in ("charge_voltage", "spread_tmr", "LOW:HIGH:STEP", "Synaptic weight W, 100 mV"):
        assert name in words
