"""Cells of a notebook that run again: what they showed is closed, unless somebody still has it."""

from collections.abc import Iterator

import pytest
from IPython.core.interactiveshell import InteractiveShell
from ipywidgets.widgets.widget import _instances

from dwmtj_widgets.labs.common import showing
from dwmtj_widgets.labs.lessons.part import Part

MAKE = "Part('Check', 'a part', 'part')"


class Notebook:
    """Runs cells as a kernel does for JupyterLab, which says which cell it is."""

    def __init__(self, shell: InteractiveShell) -> None:
        self.shell = shell
        self._earlier = self._all()

    def run(self, cell: str, code: str) -> None:
        result = self.shell.run_cell(code, store_history=True, cell_id=cell)
        result.raise_error()

    @property
    def parts(self) -> list[showing.Whole]:
        """The parts of this notebook that are not closed."""
        return [part for part in self._all() if part not in self._earlier]

    @staticmethod
    def _all() -> list[showing.Whole]:
        """The parts that are not closed, also those that tests of other files left."""
        return [widget for widget in _instances.values() if isinstance(widget, showing.Whole)]


@pytest.fixture
def notebook(monkeypatch: pytest.MonkeyPatch) -> Iterator[Notebook]:
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance()
    shell.push({"Part": Part})
    monkeypatch.setattr(showing, "CELLS", showing.Cells())
    notebook = Notebook(shell)
    yield notebook
    for whole in notebook.parts:
        whole.owner.close()
    InteractiveShell.clear_instance()


def views(notebook: Notebook, kind: str, view: str = "v", part: int = -1) -> None:
    """A page says something of its view of a part."""
    (access,) = showing._accesses(notebook.parts[part])
    access._receive(access, {"type": kind, "view": view}, [])


def test_twenty_runs_leave_the_widgets_of_one(notebook: Notebook) -> None:
    notebook.run("a", MAKE)
    notebook.run(
        "b", "from ipywidgets.widgets.widget import _instances"
    )  # who counts them does not keep them
    once = len(_instances)
    for _ in range(20):
        notebook.run("a", MAKE)
    assert len(_instances) == once
    assert len(notebook.parts) == 1


def test_widget_of_a_part_is_as_good_as_the_part(notebook: Notebook) -> None:
    for _ in range(3):
        notebook.run("a", f"{MAKE}.widget")
    assert len(notebook.parts) == 1


def test_variable_that_is_bound_anew_lets_the_earlier_part_go(notebook: Notebook) -> None:
    for _ in range(3):
        notebook.run("a", f"part = {MAKE}\npart")
    assert len(notebook.parts) == 1


@pytest.mark.parametrize(
    "keep",
    [
        "kept = part",
        "kept = part.widget",
        "kept = [1, {'here': part}]",
        "from ipywidgets import VBox; kept = VBox([part.widget])",
        "from types import SimpleNamespace; kept = SimpleNamespace(part=part)",
    ],
)
def test_part_that_a_variable_holds_stays_until_it_lets_go(notebook: Notebook, keep: str) -> None:
    notebook.run("a", f"part = {MAKE}\npart")
    notebook.run("b", keep)
    first = notebook.parts[0]
    notebook.run("a", f"part = {MAKE}\npart")
    assert first in notebook.parts, "what is still held was closed"
    notebook.run("c", "kept = None")
    assert first not in notebook.parts
    assert len(notebook.parts) == 1


def test_part_that_another_cell_shows_stays(notebook: Notebook) -> None:
    notebook.run("a", f"part = {MAKE}\npart")
    notebook.run("b", "part")
    notebook.run("a", f"part = {MAKE}\npart")
    assert len(notebook.parts) == 2
    notebook.run("b", "part")
    assert len(notebook.parts) == 1


def test_cell_that_shows_nothing_any_more_gives_its_part_up(notebook: Notebook) -> None:
    notebook.run("a", MAKE)
    notebook.run("b", MAKE)
    notebook.run("a", "1 + 1")
    assert len(notebook.parts) == 1


def test_part_whose_cell_nobody_knows_stays(notebook: Notebook) -> None:
    """As in a terminal, and in front ends that do not say which cell they run."""
    for _ in range(2):
        notebook.shell.run_cell(MAKE, store_history=True)
    assert len(notebook.parts) == 2


def test_part_that_a_view_shows_stays_until_it_is_taken_away(notebook: Notebook) -> None:
    """The page takes the output of a cell away before it runs again, but says so behind the request to run it."""
    waiting = []
    notebook.run("a", MAKE)
    views(notebook, "view", "this window's")
    views(notebook, "view", "another window's")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(showing, "_later", lambda _seconds, *call: waiting.append(call))
        notebook.run("a", MAKE)
        views(notebook, "gone", "this window's", part=0)
        notebook.run("b", "1 + 1")
    assert len(notebook.parts) == 2
    views(notebook, "here", "another window's", part=0)
    ((look, *arguments),) = waiting
    look(*arguments)
    assert len(notebook.parts) == 2, "a part was closed that a page shows"
    views(notebook, "gone", "another window's", part=0)
    assert len(notebook.parts) == 1


def test_view_that_was_lost_does_not_keep_a_part(notebook: Notebook) -> None:
    """A page that was reloaded does not say that its views are gone."""
    waiting = []
    notebook.run("a", MAKE)
    views(notebook, "view")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(showing, "_later", lambda _seconds, *call: waiting.append(call))
        notebook.run("a", MAKE)
    assert len(notebook.parts) == 2
    ((look, *arguments),) = waiting
    look(*arguments)
    assert len(notebook.parts) == 1


def test_closed_part_says_so(notebook: Notebook, capsys: pytest.CaptureFixture[str]) -> None:
    notebook.run("a", f"{MAKE}")
    part = notebook.parts[0].owner
    notebook.run("a", "1")
    part._ipython_display_()
    assert "closed when its cell ran again" in capsys.readouterr().out
