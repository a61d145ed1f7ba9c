"""Every lab, widget and command is in one list, and what holds for all of them is asked of each."""

import ast
import importlib
import inspect
import re
import threading
from collections import Counter
from collections.abc import Iterator
from typing import Any

import IPython.display
import pytest
import typer
from everything import COMMANDS, LABS, NOTEBOOKS, WIDGETS
from ipywidgets import Widget
from ipywidgets.widgets.widget import _instances
from reference import ROOT
from typer.testing import CliRunner
from visitors.in_use import IN_USE
from visitors.lab import widgets_in

from dwmtj_widgets import labs
from dwmtj_widgets.cli import app
from dwmtj_widgets.server.notebooks import notebook_names
from dwmtj_widgets.widgets.page.clock import AnimationClock
from dwmtj_widgets.widgets.page.live_region import LiveRegion
from dwmtj_widgets.widgets.page.page_access import PageAccess
from dwmtj_widgets.widgets.page.share_box import ShareBox

PACKAGE = ROOT / "dwmtj_widgets"
NO_LABS = {"common", "lessons", "static"}
"""Folders beside those of the labs."""


# -- the list ----------------------------------------------------------------------------------------------------


def test_every_lab_is_in_the_list() -> None:
    folders = {file.parent.name for file in (PACKAGE / "labs").glob("*/__init__.py")}
    assert folders - NO_LABS == set(LABS)
    assert {kind.__name__ for kind in LABS.values()} == set(labs.__all__)
    assert set(LABS) <= set(IN_USE)
    assert set(NOTEBOOKS) == {name for name in notebook_names() if name.removesuffix("_lab") in LABS}


def made_of_widgets() -> Iterator[type]:
    """Yield the public classes of `widgets` that are a widget, or have one as `widget`."""
    for file in sorted((PACKAGE / "widgets").rglob("*.py")):
        name = ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        module = importlib.import_module(name)
        for kind in vars(module).values():
            if not inspect.isclass(kind) or kind.__module__ != name or kind.__name__.startswith("_"):
                continue
            if issubclass(kind, Widget) or "self.widget =" in inspect.getsource(kind):
                yield kind


def test_every_widget_is_in_the_list() -> None:
    assert set(made_of_widgets()) == set(WIDGETS)


def words_of(group: Any, *names: str) -> Iterator[str]:
    """Yield the words of every command of the command line."""
    for name, command in getattr(group, "commands", {}).items():
        yield from words_of(command, *names, name)
    if not hasattr(group, "commands"):
        yield " ".join(names)


def test_every_command_is_in_the_list() -> None:
    assert sorted(words_of(typer.main.get_command(app))) == sorted(COMMANDS)


# -- labs --------------------------------------------------------------------------------------------------------

every_lab = pytest.mark.parametrize("name", LABS)


def open_widgets() -> set[str]:
    return set(_instances)


def names_of(keys: set[str]) -> list[str]:
    return sorted(type(_instances[key]).__name__ for key in keys)


@pytest.fixture
def lab(name: str) -> Iterator[Any]:
    made = LABS[name]()
    yield made
    made.close()


@every_lab
def test_a_lab_that_is_built_shows_nothing_and_starts_nothing(
    name: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture
) -> None:
    shown: list[tuple] = []
    monkeypatch.setattr(IPython.display, "display", lambda *things, **_: shown.append(things))
    before, threads = open_widgets(), threading.active_count()
    lab = LABS[name]()
    assert shown == []
    assert threading.active_count() == threads
    clocks = [_instances[key] for key in open_widgets() - before]
    assert not any(each.playing for each in clocks if isinstance(each, AnimationClock))
    assert capfd.readouterr() == ("", "")
    lab._ipython_display_()
    assert shown == [(lab.widget,)]
    lab.close()


@every_lab
def test_a_lab_that_is_closed_leaves_no_widget_and_may_be_closed_twice(name: str) -> None:
    LABS[name]().close()  # what labs share is there now
    before = open_widgets()
    lab = LABS[name]()
    assert len(open_widgets() - before) > 10, "nothing was made that could be left"
    lab.close()
    assert names_of(open_widgets() - before) == []
    lab.close()


# The parts of a lesson are made together, and closed together by its page.
WHOLE = [name for name in IN_USE if not name.startswith("lesson ")]


@pytest.mark.parametrize("name", WHOLE)
def test_what_was_in_use_leaves_no_widget_when_it_is_closed(name: str) -> None:
    IN_USE[name]().close()
    before = open_widgets()
    IN_USE[name]().close()
    assert names_of(open_widgets() - before) == []


@every_lab
def test_what_a_lab_shares_another_one_takes(name: str, lab: Any) -> None:
    given = share_of(lab)._give["file"]()
    other = LABS[name]()
    share_of(other)._take["file"](given)
    assert error_of(other) == ""
    assert share_of(other)._give["file"]() == given
    other.close()


@every_lab
def test_a_lab_refuses_a_foreign_file_with_a_sentence_and_stays_as_it_is(name: str, lab: Any) -> None:
    share = share_of(lab)
    before = share._give["file"]()
    for foreign in ("", "{}", before.replace(f'"{name}"', '"another"')):
        share._take["file"](foreign)
        assert re.fullmatch(r'<p role="alert">[^<]+\.</p>', error_of(lab, whole=True)), foreign
        assert share._give["file"]() == before


@every_lab
def test_a_lab_speaks_to_those_who_do_not_see_it(name: str, lab: Any) -> None:
    inside = list(widgets_in(lab.widget))
    assert sum(isinstance(widget, PageAccess) for widget in inside) == 1
    assert any(isinstance(widget, LiveRegion) for widget in inside)


def share_of(lab: Any) -> ShareBox:
    (box,) = (widget for widget in widgets_in(lab.widget) if isinstance(widget, ShareBox))
    return box


def error_of(lab: Any, *, whole: bool = False) -> str:
    (line,) = (widget for widget in widgets_in(lab.widget) if "dwmtj-error" in widget._dom_classes)
    return line.value if whole else re.sub("<[^>]*>", "", line.value)


# -- widgets -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", WIDGETS, ids=lambda kind: kind.__name__)
def test_a_widget_that_is_closed_is_gone(kind: type) -> None:
    whole(WIDGETS[kind]()).close()
    before = open_widgets()
    widget = whole(WIDGETS[kind]())
    assert open_widgets() - before
    widget.close()
    assert widget.comm is None
    widget.close()


LISTENING = [kind for kind in WIDGETS if hasattr(kind, "_receive")]


@pytest.mark.parametrize("kind", LISTENING, ids=lambda kind: kind.__name__)
def test_a_widget_takes_no_word_that_it_does_not_know(kind: type) -> None:
    widget = WIDGETS[kind]()
    before = widget.get_state()
    for content in (None, 3, "ask", [], {}, {"type": None}, {"type": ["draw"]}, {"type": "unknown"}):
        widget._receive(widget, content, [])
    assert widget.get_state() == before
    widget.close()


def whole(widget: Any) -> Widget:
    return widget if isinstance(widget, Widget) else widget.widget


# -- commands ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", COMMANDS)
def test_a_command_says_what_it_does(words: str) -> None:
    result = CliRunner().invoke(app, [*words.split(), "--help"])
    assert result.exit_code == 0
    assert result.stderr == ""
    usage, sentence = [line.strip() for line in result.stdout.splitlines() if line.strip()][:2]
    assert words in usage
    assert len(sentence) > 20 and sentence[0].isupper()


# -- tests -------------------------------------------------------------------------------------------------------


def test_no_two_tests_have_the_same_name() -> None:
    """Two tests of one name test the same thing twice, or do not say what they test."""
    names = Counter(
        node.name
        for file in (ROOT / "tests").rglob("test_*.py")
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )
    assert len(names) > 1000
    assert [name for name, count in names.items() if count > 1] == []


def test_no_file_of_tests_is_too_long_to_be_known() -> None:
    lengths = {
        file.relative_to(ROOT).as_posix(): len(file.read_text(encoding="utf-8").splitlines())
        for file in (ROOT / "tests").rglob("*.py")
    }
    assert {file: lines for file, lines in lengths.items() if lines > 450} == {}
