"""Long work of a lab: however it ends, the page says so and can ask for more; and files that cannot be made."""

from collections.abc import Iterator
from threading import Event

import pytest
from visitors.lab import find

from dwmtj_widgets.faults import LOGGER
from dwmtj_widgets.labs import StatisticsLab
from dwmtj_widgets.labs.common import background
from dwmtj_widgets.labs.common.background import BackgroundWork
from dwmtj_widgets.labs.common.data_files import guarded_makers
from dwmtj_widgets.labs.common.page import ErrorLine
from dwmtj_widgets.labs.signal import export as signal_export
from dwmtj_widgets.labs.signal.lab import SignalLab
from dwmtj_widgets.labs.statistics import lab as statistics_lab
from dwmtj_widgets.refusals import Refused, Unable
from dwmtj_widgets.sessions.signal.session import SignalSession
from dwmtj_widgets.sessions.signal.setting import SignalSetting
from dwmtj_widgets.tasks import recall_survey
from dwmtj_widgets.widgets.page.save_box import File

PATIENCE = 120.0  # s, for work that takes none on a busy machine
FULL = OSError(28, "No space left on device")


def full(*_arguments: object, **_named: object) -> None:
    raise FULL


def logged(caplog: pytest.LogCaptureFixture) -> list[object]:
    """Return the errors that were logged with their tracebacks."""
    return [record.exc_info and record.exc_info[1] for record in caplog.records if record.name == LOGGER.name]


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def work(said: list[str]) -> Iterator[BackgroundWork[str]]:
    made: BackgroundWork[str] = BackgroundWork(lambda: None, said.append, said.append, "test")
    yield made
    made.close()


def test_what_the_computer_lacks_is_told_and_logged(
    work: BackgroundWork[str], said: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    work.start(full)
    work.wait(10.0)
    assert said == ["The work failed: [Errno 28] No space left on device"]
    assert logged(caplog) == [FULL]
    assert not work.running and not work.clock.playing
    work.start(lambda _cancel: "done")
    work.wait(10.0)
    assert said[1:] == ["done"]


def test_an_error_without_words_is_told_by_its_name(work: BackgroundWork[str], said: list[str]) -> None:
    def no_memory(_cancel: Event) -> str:
        raise MemoryError

    work.start(no_memory)
    work.wait(10.0)
    assert said == ["The work failed: MemoryError"]


def test_the_end_is_shown_even_if_drawing_fails(said: list[str], caplog: pytest.LogCaptureFixture) -> None:
    broken, end = TypeError("nothing can be drawn"), Event()

    def draw() -> None:
        raise broken

    work: BackgroundWork[str] = BackgroundWork(draw, said.append, said.append, "test")
    for result in ("done", "and again"):
        end.clear()
        work.start(lambda _cancel, result=result: result if end.wait(10.0) else "late")
        work.look()
        work.look()  # a page looks five times a second
        end.set()
        work.wait(10.0)
        assert "fault of the program" in said[0] and said[1:] == [result]
        assert logged(caplog) == [broken]
        assert not work.running and not work.clock.playing
        said.clear()
        caplog.clear()
    work.close()


def test_an_end_that_cannot_be_shown_is_told(said: list[str], caplog: pytest.LogCaptureFixture) -> None:
    broken = KeyError("no such reading")

    def ended(_result: str) -> None:
        raise broken

    work: BackgroundWork[str] = BackgroundWork(lambda: None, ended, said.append, "test")
    work.start(lambda _cancel: "done")
    work.wait(10.0)
    assert "fault of the program" in said[0] and logged(caplog) == [broken]
    assert not work.running and not work.clock.playing
    work.close()


def test_start_is_offered_again_after_any_error(monkeypatch: pytest.MonkeyPatch) -> None:
    lab = StatisticsLab()
    monkeypatch.setattr(recall_survey, "run_trial", full)
    lab._change(smallest=5, largest=5, steps=1, patterns=(1,), trials=2)
    lab.start()
    lab.work.wait(30.0)
    assert "The work failed: [Errno 28]" in lab.error.widget.value
    assert not lab.start_button.disabled and lab.stop_button.disabled
    lab.close()


def test_work_that_does_not_end_is_refused_and_can_be_put_down_later(
    work: BackgroundWork[str], said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "STOPPED_WITHIN", 0.05)
    work.put_down()  # nothing is under way
    go_on = Event()
    work.start(lambda _cancel: str(go_on.wait(30.0)))
    with pytest.raises(Unable, match="has not ended yet; try again in a moment"):
        work.put_down()
    assert work.running and work.stopping
    go_on.set()
    work.wait(10.0)
    work.put_down()
    assert said == ["True"]


def test_labs_say_in_one_sentence_that_work_has_not_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "STOPPED_WITHIN", 0.05)
    signal, statistics, go_on = (
        SignalLab(SignalSession(SignalSetting(train_periods=2))),
        StatisticsLab(),
        Event(),
    )
    for lab, work in ((signal, signal.generate.work), (statistics, statistics.work)):
        shared = lab.share._give["file"]()
        work.start(lambda _cancel: go_on.wait(30.0) and None)
        lab.share._take["file"](shared)
        assert "has not ended yet" in lab.error.widget.value, type(lab)
    go_on.set()
    signal.close()
    statistics.close()


# -- files -------------------------------------------------------------------------------------------------------


def test_a_file_that_cannot_be_made_is_one_sentence() -> None:
    line, there = ErrorLine(), False

    def check() -> None:
        if not there:
            raise Refused("There is nothing yet.")

    file = File("a.csv", "text/csv", b"1")
    makers = guarded_makers({"CSV": lambda: file, "NPZ": full}, line, check)
    assert makers["CSV"]() is None and "There is nothing yet." in line.widget.value
    there = True
    assert makers["CSV"]() is file and line.widget.value == ""
    assert makers["NPZ"]() is None
    assert "The file cannot be made: [Errno 28] No space left on device" in line.widget.value


def test_the_statistics_lab_says_what_cannot_be_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    lab = StatisticsLab()
    lab._change(smallest=5, largest=5, steps=1, patterns=(1,), trials=2)
    lab.start()
    lab.work.wait(30.0)
    monkeypatch.setattr(statistics_lab, "archive", full)
    find(lab.widget, "export")._receive(None, {"type": "save", "label": "NPZ"}, [])
    assert "The file cannot be made" in lab.error.widget.value
    lab.close()


def test_the_signal_lab_says_what_cannot_be_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    lab = SignalLab()
    lab.session.step(5)
    monkeypatch.setattr(signal_export, "record_archive", full)
    find(lab.widget, "export")._receive(None, {"type": "save", "label": "NPZ"}, [])
    assert "The file cannot be made" in lab.error.widget.value
    lab.close()


def test_background_work_that_was_refused_says_so_and_is_free_again() -> None:
    said, ended = [], []

    def refuse(_cancel: Event):
        raise Refused("no.")

    work = BackgroundWork(lambda: None, ended.append, said.append, "test")
    work.start(refuse)
    work.wait(PATIENCE)
    assert (said, ended, work.running) == (["no."], [], False)
    work.start(lambda cancel: cancel.is_set())
    with pytest.raises(Unable, match="still under way"):
        work.start(lambda cancel: None)
    work.wait(PATIENCE)
    assert ended == [False]
    work.close()
    work.clock.close()
