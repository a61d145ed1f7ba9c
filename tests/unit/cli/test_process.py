"""The command line as a process of its own."""

import json
import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
import typer
from commands import answer

from dwmtj_widgets import cli


def in_a_process(*arguments):
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "dwmtj_widgets", *arguments],
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


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
