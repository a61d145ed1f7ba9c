"""The command `dwmtj paper`, and the notebook that makes the report."""

import json
import threading
from pathlib import Path

import pytest
from browser_tools import wait_for
from typer.testing import CliRunner

from dwmtj_widgets import cli
from dwmtj_widgets.labs import paper_page
from dwmtj_widgets.paper import Plan, report


def command(*arguments):
    return CliRunner().invoke(cli.app, ["paper", *map(str, arguments)])


@pytest.fixture
def tiny(monkeypatch):
    monkeypatch.setattr(Plan, "short", classmethod(lambda cls, seed=0: cls(seed, True, 3, 3, 2, 2)))


@pytest.mark.slow
def test_command_prints_one_json_object(tmp_path, tiny):
    result = command("--quick", "--only", "fig5,fig8", "--out", tmp_path, "--seed", 5, "--json")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    assert (found["seed"], found["quick"], found["complete"]) == (5, True, True)
    assert [section["name"] for section in found["sections"]] == ["fig5", "fig8"]
    assert "points are there" in result.stderr


def test_command_prints_text_and_the_second_time_measures_nothing(tmp_path, tiny):
    first = command("--quick", "--only", "fig5", "--out", tmp_path)
    second = command("--quick", "--only", "fig5", "--out", tmp_path)
    assert first.exit_code == second.exit_code == 0
    assert first.stdout == second.stdout
    assert second.stderr == ""
    assert "Figure 5" in first.stdout
    assert str(tmp_path / "report.html") in first.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--only", "fig4"], "There is no figure 'fig4'"),
        (["--reference", "nowhere"], "There is no folder 'nowhere'"),
        (["--seed", "-1"], "seed is -1; it must lie between 0 and"),
    ],
)
def test_command_refuses_with_one_sentence(tmp_path, arguments, sentence):
    result = command("--quick", "--out", tmp_path / "out", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert sentence in result.stderr
    assert not list(tmp_path.rglob("*.json"))


def test_notebook_shows_progress_and_then_the_report_in_a_frame(tmp_path, monkeypatch):
    cells = json.loads((Path(__file__).parents[3] / "notebooks" / "paper.ipynb").read_text())["cells"]
    assert "PaperPage()" in "".join(cells[0]["source"])
    go_on = threading.Event()
    whole = report.Report(Plan.short(0), "0.1.0", folder=tmp_path)

    def make(_folder, _plan, *, progress, **_named):
        progress(3, 12, None)
        go_on.wait(60)
        return whole

    monkeypatch.setattr(paper_page, "make_report", make)
    page = paper_page.PaperPage(tmp_path)
    _heading, bar, state, frame, clock = page.widget.children
    assert clock.playing

    def looked() -> bool:
        page._work.look()
        return "3 of 12" in state.value

    wait_for(looked, "the progress to be seen")
    assert (bar.value, bar.max, frame.value) == (3, 12, "")
    go_on.set()
    page.wait(60)
    assert frame.value.startswith("<iframe")
    assert frame.value == whole._repr_html_()
    assert 'scrolling="no"' in frame.value and "ResizeObserver" in frame.value, "two things to scroll with"
    assert not clock.playing
