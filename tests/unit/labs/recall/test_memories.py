"""The memories of the Recall Lab: drawn, added, removed, used."""

import re
from dataclasses import replace

import numpy as np

from dwmtj_widgets import hebbian_weights
from dwmtj_widgets.hopfield.walls import bits_of
from dwmtj_widgets.sessions.network import Reset
from dwmtj_widgets.tasks.patterns import SYMBOLS, symbol


def test_drawing_in_a_memory_changes_the_running_network(visitor) -> None:
    visitor.press("run")
    visitor.frames(10)
    run, time = visitor.session.simulation, visitor.session.simulation.time
    visitor.draw("memory-1", range(30), 1)
    assert visitor.session.setting.memories[0][:30].all()
    np.testing.assert_array_equal(visitor.session.setting.memories[0][30:], symbol("A")[30:])
    assert visitor.session.simulation is run
    assert run.time == time
    np.testing.assert_array_equal(
        run.network.weights, hebbian_weights(np.array(visitor.session.setting.memories), 0.1)
    )
    assert visitor.lab.desk.clock.playing


def test_memories_are_added_and_removed(visitor) -> None:
    for count in range(4, 9):
        visitor.press("add-memory")
        assert visitor.find(f"memory-{count}")
    assert visitor.find("add-memory").disabled
    visitor.press("remove-2")
    assert not visitor.find("add-memory").disabled
    np.testing.assert_array_equal(visitor.find("memory-2").pattern, symbol("L"))
    assert len(visitor.session.setting.memories) == 7
    for _ in range(6):
        visitor.press("remove-1")
    assert visitor.text("error") == ""
    visitor.find("remove-1").click()
    assert len(visitor.session.setting.memories) == 1
    if not visitor.find("remove-1").disabled:
        assert "nothing to recall" in visitor.text("error")
    visitor.press("instant")
    assert visitor.text("phase") == "converged"


def test_added_memory_is_a_symbol_that_is_not_stored_yet(visitor) -> None:
    symbols = [symbol(name).tolist() for name in SYMBOLS]
    for _ in range(5):
        stored = [memory.tolist() for memory in visitor.session.setting.memories]
        visitor.press("add-memory")
        added = visitor.session.setting.memories[-1].tolist()
        assert added in symbols
        assert added not in stored
    assert visitor.text("error") == ""


def test_memory_with_many_ones_gets_a_hint_until_it_has_fewer(visitor) -> None:
    def hint() -> str:
        return visitor.find("hint").value

    assert hint() == ""
    visitor.draw("memory-2", range(66), 1)
    share = int(visitor.session.setting.memories[1].sum())
    assert share > 65
    assert f"Memory 2 is {share} % ON" in hint()
    visitor.draw("memory-2", range(66), 0, stroke=2)
    assert hint() == ""


def test_many_memories_are_shown_small(visitor) -> None:
    large = visitor.find("memory-1").cell_size
    visitor.press("add-memory")
    assert {visitor.find(f"memory-{k}").cell_size for k in range(1, 5)} < set(range(large))
    visitor.press("remove-4")
    assert visitor.find("memory-1").cell_size == large


def test_eight_memories_have_eight_curves(visitor) -> None:
    for index in range(4, 9):
        visitor.press("add-memory")
        visitor.draw(f"memory-{index}", range(index, 100, index), 1)
    visitor.press("instant")
    lines = visitor.chart("overlap")[1]
    assert np.shape(lines.y)[0] == 8
    assert len(set(lines.colors)) == 8
    visitor.press("remove-1")
    assert np.shape(visitor.chart("overlap")[1].y)[0] == 8  # of the run that has ended
    visitor.press("instant")
    assert np.shape(visitor.chart("overlap")[1].y)[0] == 7


def test_use_makes_a_memory_the_input_and_the_target(visitor) -> None:
    visitor.press("use-3")
    assert (visitor.find("editor").pattern != symbol("L")).sum() == 20
    assert visitor.session.simulation.time == 0.0
    visitor.press("instant")
    assert visitor.text("nearest") == "memory 3"
    assert visitor.text("accuracy") == "100 %"


def test_nearest_memory_and_the_one_asked_for_have_their_own_shares(visitor) -> None:
    """With eight memories the nearest was 7, and 65 % of memory 1 stood beside it."""
    session = visitor.session
    session.apply(Reset(replace(session.setting, target=2)))
    visitor.press("instant")
    bits = bits_of(session.simulation.soma)
    share = max(
        (bits == session.setting.memories[2]).mean(), (bits == 1 - session.setting.memories[2]).mean()
    )
    verdict = re.sub(r"<[^>]+>", " ", visitor.lab.verdict.value)
    assert re.search(r"Nearest\s+memory 1\s+\(100 %\)", verdict)
    assert re.search(rf"Target\s+memory 3 \(\s*{100 * share:.0f} %\s*\)", verdict)
    assert share < 1.0
    told = visitor.lab._outcome(session.simulation.moment)
    assert told == (
        "Nearest is memory 1, with 100 % of its bits. "
        f"The target was memory 3; {100 * share:.0f} % of the bits are right."
    )
