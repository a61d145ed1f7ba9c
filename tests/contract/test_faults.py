"""Every command and every lab tells what is refused from a fault of the program, says both, and goes on."""

import logging
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
import typer
from every_control import Mistake
from reference import ROOT
from typer.testing import CliRunner, Result

from dwmtj_widgets.cli import FAULT, REFUSED, app
from dwmtj_widgets.faults import REPORTS
from dwmtj_widgets.refusals import Refused, Unable

SENTENCE = "N is 0; it has to be at least 2."


def test_the_address_for_reports_is_that_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["urls"]["Issues"] == REPORTS


# -- commands ----------------------------------------------------------------------------------------------------


def commands(group: Any, *names: str) -> Iterator[tuple[str, ...]]:
    """Yield the words of every command of the command line."""
    for name, command in getattr(group, "commands", {}).items():
        yield from commands(command, *names, name)
    if not hasattr(group, "commands"):
        yield names


NEEDED = {
    "maxcut": ("graph.txt",),
    "sweep": ("--param", "weight=20:400:20"),
    "search": ("--param", "weight=20:400"),
}
"""What a command does not begin without."""
COMMANDS = [(*words, *NEEDED.get(words[0], ())) for words in commands(typer.main.get_command(app))]


def called(words: tuple[str, ...], error: Exception) -> Result:
    """Return what a command does in which an error is made."""
    with Mistake(error) as mistake:
        result = CliRunner().invoke(app, words)
    assert mistake.made, f"{words} calls nothing of the package"
    return result


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_says_a_refusal_in_its_sentence(words: tuple[str, ...]) -> None:
    for error in (Refused(SENTENCE), Unable(SENTENCE), OSError(SENTENCE)):
        result = called(words, error)
        assert (result.exit_code, result.stdout, result.stderr) == (REFUSED, "", f"{SENTENCE}\n"), error


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_says_that_a_fault_is_ours(
    words: tuple[str, ...], caplog: pytest.LogCaptureFixture
) -> None:
    for error in (ValueError("operands could not be broadcast"), RuntimeError("broken"), KeyError("x")):
        caplog.clear()
        result = called(words, error)
        assert (result.exit_code, result.stdout) == (FAULT, "")
        assert "fault of dwmtj" in result.stderr and result.stderr.endswith(f"{REPORTS}\n")
        (record,) = [record for record in caplog.records if record.name == "dwmtj_widgets"]
        assert record.levelno == logging.ERROR and record.exc_info is not None
        assert record.exc_info[1] is error
