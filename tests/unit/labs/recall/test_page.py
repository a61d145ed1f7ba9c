"""The Recall Lab's page as it opens, a second one beside it, and its end."""

import numpy as np
from ipywidgets.widgets.widget import _instances
from visitors.recall import RecallVisitor, open_device_panel

from dwmtj_widgets.tasks.patterns import symbol

# -- the beginning -----------------------------------------------------------------------------------------------


def test_page_opens_ready_to_run(visitor) -> None:
    assert visitor.find("run").description == "▶ Run"
    for name, disabled in {
        "run": False,
        "pause": True,
        "step": False,
        "instant": False,
        "scrub": True,
        "continue": True,
        "redo": True,
        "add-memory": False,
    }.items():
        assert visitor.find(name).disabled is disabled, name
    for index, name in enumerate("AJL"):
        np.testing.assert_array_equal(visitor.find(f"memory-{index + 1}").pattern, symbol(name))
    assert (visitor.find("editor").pattern != symbol("A")).sum() == 20
    assert visitor.find("distortion").value == 20.0
    assert visitor.find("weight").value == visitor.find("charge-voltage").value == 100.0
    assert visitor.text("time") == "0.00 ns"
    assert visitor.text("phase") == "ready"
    assert visitor.text("error") == ""


def test_nothing_can_be_undone_before_anything_was_done(visitor) -> None:
    """Undo on a fresh page must not wipe out the images that the page opens with."""
    for name in ("editor", "memory-1", "memory-2", "memory-3"):
        assert not visitor.find(name).can_undo, name
    assert visitor.find("undo").disabled


# -- two labs, and the end ---------------------------------------------------------------------------------------


def test_two_recall_labs_know_nothing_of_each_other(watch) -> None:
    one, two = RecallVisitor(watch), RecallVisitor(watch)
    one.press("instant")
    one.find("weight").value = 200.0
    one.draw("memory-1", range(10), 1)
    assert two.session.simulation.time == 0.0
    assert two.session.setting.drive.weight == 0.1
    np.testing.assert_array_equal(two.find("memory-1").pattern, symbol("A"))
    assert two.text("time") == "0.00 ns"


def test_a_recall_lab_in_use_leaves_no_widget_open(watch) -> None:
    RecallVisitor(watch).lab.close()  # what is shared by all labs is there now
    before = set(_instances)
    visitor = RecallVisitor(watch)
    clocked = visitor.lab.desk.clock
    open_device_panel(visitor)
    visitor.press("add-memory")
    visitor.press("remove-1")
    visitor.press("run")
    visitor.frames(5)
    visitor.lab.close()
    assert not clocked.playing
    left = sorted(type(_instances[key]).__name__ for key in set(_instances) - before)
    assert left == []
    visitor.lab.close()  # twice is no error


def test_closed_lab_computes_no_more(watch) -> None:
    visitor = RecallVisitor(watch)
    visitor.press("run")
    visitor.frames(5)
    run = visitor.session.simulation
    time, ticker = run.time, visitor.lab.desk.clock
    visitor.lab.close()
    watch.now += 0.03
    ticker._receive(ticker, {"type": "ask"}, [])
    assert run.time == time
