"""Every command and every lab tells what is refused from a fault of the program, says both, and goes on."""

import logging
import tomllib
from threading import Event
from typing import Any

import pytest
from every_control import Mistake, acts_on
from everything import COMMANDS
from reference import ROOT
from typer.testing import CliRunner, Result
from visitors.in_use import IN_USE
from visitors.lab import widgets_in

from dwmtj_widgets.cli import FAULT, REFUSED, app
from dwmtj_widgets.faults import LOGGER, REPORTS
from dwmtj_widgets.labs.common.background import BackgroundWork
from dwmtj_widgets.refusals import Refused, Unable

SENTENCE = "N is 0; it must be at least 2."


def test_the_address_for_reports_is_that_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["urls"]["Issues"] == REPORTS


def logged(caplog: pytest.LogCaptureFixture) -> list[object]:
    """Return the errors that were logged with their tracebacks."""
    faults = [record for record in caplog.records if record.name == LOGGER.name]
    assert all(record.levelno == logging.ERROR for record in faults)
    return [record.exc_info and record.exc_info[1] for record in faults]


# -- commands ----------------------------------------------------------------------------------------------------


COMMAND_LINES = [(*words.split(), *needed) for words, needed in COMMANDS.items()]


def called(words: tuple[str, ...], error: Exception) -> Result:
    """Return what a command does in which an error is made."""
    with Mistake(error) as mistake:
        result = CliRunner().invoke(app, words)
    assert mistake.made, f"{words} calls nothing of the package"
    return result


@pytest.mark.parametrize("words", COMMAND_LINES, ids=" ".join)
def test_a_command_says_a_refusal_in_its_sentence(words: tuple[str, ...]) -> None:
    for error in (Refused(SENTENCE), Unable(SENTENCE), OSError(SENTENCE)):
        result = called(words, error)
        assert (result.exit_code, result.stdout, result.stderr) == (REFUSED, "", f"{SENTENCE}\n"), error


@pytest.mark.parametrize("words", COMMAND_LINES, ids=" ".join)
def test_a_command_says_that_a_fault_is_ours(
    words: tuple[str, ...], caplog: pytest.LogCaptureFixture
) -> None:
    for error in (ValueError("operands could not be broadcast"), RuntimeError("broken"), KeyError("x")):
        caplog.clear()
        result = called(words, error)
        assert (result.exit_code, result.stdout) == (FAULT, "")
        assert "fault of dwmtj" in result.stderr and result.stderr.endswith(f"{REPORTS}\n")
        assert logged(caplog) == [error]


# -- labs and lessons --------------------------------------------------------------------------------------------


BACKGROUND_START = BackgroundWork.start


def sentences(lab: Any) -> list[str]:
    """Take away what a lab says in its error lines, and return it."""
    lines = [widget for widget in widgets_in(lab.widget) if "dwmtj-error" in widget._dom_classes]
    said = [line.value for line in lines if line.value]
    for line in lines:
        line.value = ""
    return said


@pytest.mark.parametrize(
    ("kind", "words"),
    [(Refused, SENTENCE), (ZeroDivisionError, "fault of the program")],
    ids=["refusal", "fault"],
)
@pytest.mark.parametrize("name", IN_USE)
def test_every_control_says_what_is_refused_and_what_is_our_fault(
    name: str, kind: type[Exception], words: str, caplog: pytest.LogCaptureFixture
) -> None:
    """In whatever a visitor does, an error is made where the lab leaves off and the simulation begins."""
    lab = IN_USE[name]()
    acts = list(acts_on(lab.widget))
    found, made = [], set()
    for act in acts:
        sentences(lab)
        caplog.clear()
        error = kind(SENTENCE)
        with Mistake(error) as mistake:
            try:
                act.do()
            except Exception as escaped:
                found.append(f"{act.name}: {escaped!r} escaped, made in {mistake.made}")
        said, faults = sentences(lab), logged(caplog)
        if mistake.made:
            made.add(act.name)
            if not any(words in text for text in said):
                found.append(f"{act.name}: said {said}, made in {mistake.made}")
            if faults != ([] if kind is Refused else [error]):
                found.append(f"{act.name}: logged {faults}")
        act.undo()
    assert not found, "\n".join(["", *found])
    assert len(made) > len(acts) / 4 or name.startswith("lesson"), "few controls reach what can fail"
    # The lab goes on: whatever failed can be done, and nothing is a fault.
    caplog.clear()
    for act in acts_on(lab.widget):
        act.do()
    lab.close()
    assert logged(caplog) == []


@pytest.mark.parametrize(
    "name", [name for name in IN_USE if name.islower() and not name.startswith("lesson")]
)
def test_a_fault_of_work_in_the_background_is_said_and_logged(
    name: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    lab, error, started = IN_USE[name](), ZeroDivisionError("broken"), []
    has_work = any(getattr(widget, "asks_before_leaving", False) for widget in widgets_in(lab.widget))

    def broken(_cancel: Event) -> None:
        raise error

    def start(work: BackgroundWork[None], _wanted: object) -> None:
        started.append(work)
        BACKGROUND_START(work, broken)

    monkeypatch.setattr(BackgroundWork, "start", start)
    begun = []
    for act in list(acts_on(lab.widget)):
        sentences(lab)
        caplog.clear()
        started.clear()
        act.do()
        for work in started:
            work.wait(30.0)
        if started:
            begun.append(act.name)
            assert any("fault of the program" in text for text in sentences(lab)), act.name
            assert set(logged(caplog)) == {error}, act.name
            assert not any(work.running for work in started), act.name
        act.undo()
        for work in started:
            work.wait(30.0)
    lab.close()
    assert bool(begun) == has_work
