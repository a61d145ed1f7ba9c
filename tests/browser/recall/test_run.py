"""The Recall Lab in a real browser: what is there, runs, sliders, looking back, and a second tab."""

from collections import deque
from collections.abc import Callable

import numpy as np
import pytest
from browser_tools import Served, wait_for
from lab_pages.lab import STARTED
from lab_pages.recall import Page, engine, memories, read_outs

from dwmtj_widgets.tasks.patterns import distort, symbol
from dwmtj_widgets.units import quantity
from dwmtj_widgets.widgets import palette

SOMA_ON, SOMA_OFF = "#fff2c9", "#7fb2f0"  # track_field.css


# -- what is there -----------------------------------------------------------------------------------------------


def test_page_opens_complete_in_one_screen_and_again_after_a_reload(lab: Page) -> None:
    for name in (".dwmtj-run", ".dwmtj-editor canvas", ".dwmtj-tracks canvas", ".dwmtj-time", ".dwmtj-scrub"):
        assert lab.ask(f"probe.inSight('{name}')"), f"{name} is out of sight"
    assert lab.ask("probe.overflow()") == [[0, 0]] * 3, "the page scrolls at 1280x800"
    for index, memory in enumerate(memories(), start=1):
        np.testing.assert_array_equal(lab.bits(f"memory-{index}"), memory)
        assert lab.ask(f"probe.inSight('.dwmtj-memory-{index} canvas')")
    np.testing.assert_array_equal(lab.bits("editor"), distort(symbol("A"), 0.2, 1))
    assert lab.text("time") == "0.00 ns"
    assert lab.text("phase") == "ready"
    lab.instant()
    lab.page.reload(timeout=STARTED)
    lab.wait_ready()
    assert lab.text("time") == "0.00 ns", "a reloaded page has a kernel of its own"
    assert not lab.page.is_visible("#dwmtj-starting")
    lab.instant()
    assert lab.text("time") == quantity(engine(distort(symbol("A"), 0.2, 1)).time, "s", decimals=2)


def test_instant_run_reads_and_paints_what_the_engine_gives(lab: Page) -> None:
    run = engine(lab.bits("editor"))
    lab.instant()
    assert (lab.text("time"), lab.text("energy")) == read_outs(run)
    assert lab.text("power") == quantity(run.power, "W", decimals=1)
    assert lab.text("accuracy") == "100 %"
    assert lab.text("nearest") == "memory 1"
    assert lab.text("undecided") == "0"
    # The middle of a cell of the tracks: an axon of every row, and the soma on the diagonal.
    lab.wait("probe.colours('tracks') >= 4")
    for i, bit in enumerate(run.bits):
        y, other = (i + 0.4) / 100, ((i + 50) % 100 + 0.4) / 100
        assert lab.ask(f"probe.colour('tracks', {other}, {y})") == (palette.ON if bit else palette.OFF), i
        assert lab.ask(f"probe.colour('tracks', {y}, {y})") == (SOMA_ON if bit else SOMA_OFF), i
    for i, bit in enumerate(run.bits):
        x, y = (i % 10 + 0.5) / 10, (i // 10 + 0.5) / 10
        assert lab.ask(f"probe.colour('picture', {x}, {y})") == (palette.ON if bit else palette.OFF), i
    assert set(run.bits.tolist()) == {0, 1}


# -- run, pause, step --------------------------------------------------------------------------------------------


def test_run_animates_pause_holds_and_step_advances(lab: Page) -> None:
    before = lab.settled()
    lab.click("run")
    painted = lab.wait("probe.painted()")
    lab.wait(f"probe.painted() > {painted} + 10 && probe.number('time') > 1")
    assert all(a != b for a, b in zip(before, lab.ask("probe.moment()"), strict=True))
    time = lab.ask("probe.number('time')")
    lab.wait(f"probe.number('time') > {time}")
    lab.click("pause")
    lab.wait("document.querySelector('.dwmtj-pause').disabled")
    lab.wait("document.querySelector('.dwmtj-run').textContent.includes('Go on')")
    lab.settled()
    held = lab.page.evaluate("() => probe.answers(probe.moment)")
    assert len(held) == 1, "the walls move on after Pause"
    time, tracks = lab.ask("[probe.number('time'), probe.hash('tracks')]")
    lab.click("step")
    lab.wait(f"probe.number('time') !== {time}")
    assert lab.ask("probe.number('time')") == pytest.approx(time + 0.1, abs=0.0101)
    for _ in range(9):  # a step is less than a wall's pixel
        lab.click("step")
    lab.wait(f"probe.number('time') > {time} + 0.98 && probe.hash('tracks') !== {tracks}")
    stepped = lab.ask("probe.number('time')")
    assert stepped == pytest.approx(time + 1.0, abs=0.0101)
    lab.click("run")
    lab.wait(f"probe.number('time') > {stepped} + 0.5")
    lab.click("reset")
    lab.wait("probe.number('time') < 0.5")


def at_rest(ask: Callable[[], object], polls: int = 8) -> Callable[[], bool]:
    """Return a question whether the last answers were all the same."""
    last: deque[object] = deque(maxlen=polls)

    def same() -> bool:
        last.append(ask())
        return len(last) == polls and len(set(last)) == 1

    return same


def test_hidden_page_asks_for_nothing_and_goes_on_where_it_was(server: Served, context) -> None:
    page = context.new_page()
    sent = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    lab = Page(page, server.address)
    lab.click("run")
    painted, count = lab.wait("probe.painted()"), len(sent)
    lab.wait(f"probe.painted() > {painted} + 10")
    assert len(sent) > count, "frames are painted that were not asked for"
    # Headless Chromium hides no page: what a hidden page sees is put in place.
    page.evaluate("""() => {
      window.waiting = [];
      window.painting = window.requestAnimationFrame;
      window.requestAnimationFrame = (draw) => waiting.push(draw);
      Object.defineProperty(document, "hidden", { get: () => true, configurable: true });
      Object.defineProperty(document, "visibilityState", { get: () => "hidden", configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }""")
    wait_for(at_rest(lambda: (len(sent), lab.text("time"))), "what was under way to come in")
    count, time = len(sent), lab.ask("probe.number('time')")
    assert len(lab.page.evaluate("() => probe.answers(() => probe.text('time'), 30)")) == 1
    assert len(sent) == count, "a hidden page keeps the kernel busy"
    page.evaluate("""() => {
      delete document.hidden;
      delete document.visibilityState;
      window.requestAnimationFrame = painting;
      waiting.forEach((draw) => painting(draw));
      document.dispatchEvent(new Event("visibilitychange"));
    }""")
    lab.wait(f"probe.number('time') > {time}")
    assert lab.ask("probe.number('time')") < time + 6.0, "the walls jumped over the time of absence"
    lab.close()


# -- sliders -----------------------------------------------------------------------------------------------------


def test_sliders_by_keyboard_and_by_typing(lab: Page) -> None:
    memory = "".join(map(str, symbol("A")))
    flipped = f"[...probe.bits('editor')].filter((bit, k) => bit !== '{memory}'[k]).length"
    assert lab.ask(flipped) == 20
    lab.press_on_handle("distort", "ArrowRight")
    lab.wait(f"{flipped} === 21")
    lab.type_in_readout("distort", 35)
    lab.wait(f"{flipped} === 35")
    np.testing.assert_array_equal(lab.bits("editor"), distort(symbol("A"), 0.35, 1))
    lab.type_in_readout("distort", 20)
    lab.wait(f"{flipped} === 20")
    lab.type_in_readout("speed", 20)
    lab.click("run")
    lab.wait("probe.text('phase') === 'running' && probe.number('time') > 20")
    time, power = lab.ask("[probe.number('time'), probe.number('power')]")
    lab.type_in_readout("weight", 200)
    # Four times the power in the synapses, and the run goes on.
    lab.wait(f"probe.number('power') > 2 * {power}")
    assert lab.ask("probe.number('time')") >= time
    assert lab.text("error") == ""
    assert not lab.page.is_disabled(".dwmtj-pause")
    lab.wait_text("phase", "converged")
    # The time may be the same: the last axon may have been under way already.
    assert lab.ask("probe.number('energy')") > 1.2 * engine(lab.bits("editor")).energy * 1e9


# -- looking back ------------------------------------------------------------------------------------------------


def test_scrubbing_a_recall_shows_what_was_and_continue_resumes_there(lab: Page) -> None:
    for step in range(1, 6):
        lab.click("step")
        lab.wait_text("time", f"0.{step}0 ns")
    then = lab.settled()
    lab.instant()
    end = lab.settled()
    assert all(a != b for a, b in zip(then, end, strict=True))
    assert lab.ask("probe.curve(true)") < 5, "a curve of an earlier run, but there was none"
    lab.press_on_handle("scrub", "Home")
    lab.wait_text("time", "0.00 ns")
    # A press is a thousandth of the run, of some 730 moments.
    lab.press_on_handle("scrub", *["ArrowRight"] * 7)
    lab.wait_text("time", "0.50 ns")
    assert lab.settled() == then
    assert lab.text("scrub-time") == "0.50 ns"
    lab.click("continue")
    lab.wait("probe.number('time') > 0.5")
    assert lab.ask("probe.number('time')") < 20.0
    lab.wait("probe.curve(true) > 100")
    lab.wait("document.querySelector('.dwmtj-continue').disabled")
    lab.wait("probe.number('time') > 2")
    lab.instant()
    assert lab.settled() == end
    lab.press_on_handle("scrub", "Home")
    lab.wait_text("time", "0.00 ns")
    lab.press_on_handle("scrub", "End")
    lab.wait_text("time", end[0])
    lab.wait_text("phase", "converged")


# -- two tabs ----------------------------------------------------------------------------------------------------


def test_second_tab_is_a_lab_of_its_own(lab: Page, server: Served, context) -> None:
    other = Page(context.new_page(), server.address)
    start, images = other.settled(), other.ask("[probe.bits('editor'), probe.bits('memory-1')]")
    lab.click("invert")
    lab.drag("memory-1", (0, 0), (9, 0))
    lab.instant()
    other.click("step")
    other.wait_text("time", "0.10 ns")
    other.click("reset")
    other.wait_text("time", "0.00 ns")
    assert other.settled() == start
    assert other.ask("[probe.bits('editor'), probe.bits('memory-1')]") == images
    assert lab.text("phase") == "converged"
    other.close()
