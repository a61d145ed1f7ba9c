"""The edge of a lab: what it says, what it logs, and what it clears."""

import pytest

from dwmtj_widgets.faults import LOGGER, REPORTS, named
from dwmtj_widgets.labs.common.page import ErrorLine
from dwmtj_widgets.refusals import Refused, Unable


@pytest.fixture
def line() -> ErrorLine:
    return ErrorLine()


def fail(error: Exception) -> None:
    raise error


@pytest.mark.parametrize("kind", [Refused, Unable])
def test_a_refusal_is_its_own_sentence_and_nothing_is_logged(
    line: ErrorLine, kind: type[Refused], caplog: pytest.LogCaptureFixture
) -> None:
    line.callback(fail)(kind("W is 2 V; take <1 V & more."))
    assert line.widget.value == '<p role="alert">W is 2 V; take &lt;1 V &amp; more.</p>'
    assert caplog.records == []


@pytest.mark.parametrize("error", [ValueError("bad"), RuntimeError("bad"), KeyError("bad"), AssertionError()])
def test_any_other_error_is_a_fault_with_its_traceback(
    line: ErrorLine, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    line.callback(fail)(error)
    assert "fault of the program" in line.widget.value and REPORTS in line.widget.value
    (record,) = caplog.records
    assert record.name == LOGGER.name and record.exc_info is not None and record.exc_info[1] is error


def test_an_interrupt_passes(line: ErrorLine) -> None:
    with pytest.raises(KeyboardInterrupt), line.guarded():
        raise KeyboardInterrupt
    with line.guarded():
        pass
    assert line.widget.value == ""


def test_what_was_said_inside_outlives_the_success_of_what_is_around(line: ErrorLine) -> None:
    with line.guarded():
        with line.guarded():
            raise Refused("The inner one.")
        with line.guarded():
            pass
    assert "The inner one." in line.widget.value
    with line.guarded(clears=False):
        pass
    assert "The inner one." in line.widget.value
    with line.guarded():
        pass
    assert line.widget.value == ""


def test_a_hold_that_fails_is_a_fault_too(caplog: pytest.LogCaptureFixture) -> None:
    broken = ZeroDivisionError("no button")
    line = ErrorLine(lambda: fail(broken))
    line.callback(fail)(Refused("W is 2 V."))
    assert "ZeroDivisionError: no button" in line.widget.value
    assert [record.exc_info and record.exc_info[1] for record in caplog.records] == [broken]


def test_a_line_that_folds_takes_no_room_before_it_says_something() -> None:
    line = ErrorLine(folds=True)
    assert line.widget.layout.display == "none"
    line.say("W is 2 V.")
    assert line.widget.layout.display is None
    line.say("")
    assert line.widget.layout.display == "none"


@pytest.mark.parametrize(
    ("error", "name"),
    [
        (ValueError("two\n  lines"), "ValueError: two lines"),
        (AssertionError(), "AssertionError"),
        (KeyError("x" * 500), f"KeyError: '{'x' * 88}…"),
    ],
)
def test_an_error_is_named_in_one_short_line(error: Exception, name: str) -> None:
    assert named(error) == name
