"""The Recall Lab in a real browser: what is drawn, what the hand does, and that the page stays a good neighbour."""

from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from browser_tools import Served, served, wait_for
from lab_page import STARTED, LabPage

from dwmtj_widgets import Network, Simulation, hebbian_weights
from dwmtj_widgets.tasks.patterns import DEFAULT_MEMORIES, distort, symbol, to_png
from dwmtj_widgets.units import quantity
from dwmtj_widgets.widgets import palette

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "recall_lab.ipynb"
NS = 1e-9
SOMA_ON, SOMA_OFF = "#fff2c9", "#7fb2f0"  # track_field.css

PROBES = """
Object.assign(probe, {
  bits: (name) => probe.canvas(name).dataset.bits,
  colours: (name) => (probe.canvas(name)?.width ? new Set(probe.pixels(name)).size : 0),
  /** The colour at a share of a canvas' width and height, as #rrggbb. */
  colour: (name, x, y) => {
    const c = probe.canvas(name);
    const pixel = c.getContext("2d").getImageData(Math.floor(x * c.width), Math.floor(y * c.height), 1, 1).data;
    return "#" + [...pixel.slice(0, 3)].map((v) => v.toString(16).padStart(2, "0")).join("");
  },
  painted: () => Number(document.querySelector(".dwmtj-clock").dataset.painted ?? 0),
  /** Scroll to an element in one go: a read-out may be exchanged for a newer one while a driver waits for it. */
  reach: (selector) => document.querySelector(selector).scrollIntoView({ block: "center" }),
  /** What all views show, once it has been the same for a while: canvases are drawn after the texts. */
  settled: async () => {
    let [same, last] = [0, ""];
    while (same < 6) {
      const now = JSON.stringify(probe.moment());
      same = now === last ? same + 1 : 0;
      last = now;
      await new Promise((go) => setTimeout(go, 40));
    }
    return JSON.parse(last);
  },
  moment: () => [probe.text("time"), probe.text("energy"), ...["tracks", "picture", "neuron-view"].map(probe.hash)],
  /** Width in pixels of the first line of the first chart that is dashed, or is not. */
  curve: (dashed) => Math.max(...[...document.querySelector(".dwmtj-plot").querySelectorAll("path.line")]
    .filter((p) => (getComputedStyle(p).strokeDasharray !== "none") === dashed)
    .map((p) => p.getBoundingClientRect().width)),
});
"""
DRAWN = """
["tracks", "neuron-view", "picture", "editor", "memory-1", "memory-2", "memory-3"]
  .every((name) => probe.colours(name) > 1) && probe.text("time") !== "" && probe.curve(false) >= 0
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    engine(symbol("A"))  # so that the kernels of a fresh installation find theirs compiled
    with served(NOTEBOOK, preheat=1) as server:
        yield server


class Page(LabPage):
    """The open Recall Lab."""

    probes = PROBES

    def wait_ready(self) -> None:
        self.wait_for_part(".dwmtj-run")
        self.wait(DRAWN)

    def settled(self) -> list:
        """Return time, energy and the pixels of tracks, picture and neuron view when they rest."""
        return self.page.evaluate("() => probe.settled()")

    def bits(self, name: str) -> np.ndarray:
        return np.array([int(bit) for bit in self.ask(f"probe.bits('{name}')")], dtype=np.uint8)

    def instant(self) -> None:
        self.click("instant")
        self.wait_text("phase", "converged")
        # The chart is drawn last.
        self.wait("probe.curve(false) > 100")

    def press_on_handle(self, name: str, *keys: str) -> None:
        self.page.focus(f".dwmtj-{name} .noUi-handle")
        for key in keys:
            self.page.keyboard.press(key)

    def point(
        self, name: str, row: int, column: int, rows: int = 10, columns: int = 10
    ) -> tuple[float, float]:
        """Return where the middle of a cell is in the window."""
        box = self.page.locator(f".dwmtj-{name} canvas, canvas.dwmtj-{name}").bounding_box()
        return (
            box["x"] + (column + 0.5) * box["width"] / columns,
            box["y"] + (row + 0.5) * box["height"] / rows,
        )

    def drag(self, name: str, *cells: tuple[int, int]) -> None:
        """Drag through cells with one mouse event each, as a fast hand does."""
        mouse = self.page.mouse
        mouse.move(*self.point(name, *cells[0]))
        mouse.down()
        for cell in cells[1:]:
            mouse.move(*self.point(name, *cell))
        mouse.up()


@pytest.fixture
def lab(server: Served, context) -> Iterator[Page]:
    lab = Page(context.new_page(), server.address)
    yield lab
    lab.close()


def memories() -> list[np.ndarray]:
    return [symbol(name) for name in DEFAULT_MEMORIES]


def engine(pattern: np.ndarray, stored: list[np.ndarray] | None = None, weight: float = 0.1) -> Simulation:
    """Return the run that the page's settings mean, made by the engine alone, at its end."""
    weights = hebbian_weights(np.array(memories() if stored is None else stored), weight)
    run = Simulation(Network(weights, synaptic_weight=weight), pattern)
    run.run()
    return run


def read_outs(run: Simulation) -> tuple[str, str]:
    return quantity(run.time, "s", decimals=2), quantity(run.energy, "J", decimals=3)


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


# -- drawing -----------------------------------------------------------------------------------------------------


def test_drawing_changes_exactly_what_was_drawn_and_undo_takes_it_back(lab: Page) -> None:
    before = lab.bits("editor")
    drawn = before.copy()
    drawn[np.arange(0, 100, 11)] = 1 - before[0]
    text = "".join(map(str, before))
    assert lab.ask("probe.bits('editor')") == text
    lab.drag("editor", (0, 0), (9, 9))
    lab.wait(f"probe.bits('editor') === '{''.join(map(str, drawn))}'")
    lab.wait("!document.querySelector('.dwmtj-undo').disabled")
    lab.wait("probe.text('distortion .widget-readout') === '0'")
    lab.click("undo")
    lab.wait(f"probe.bits('editor') === '{text}'")
    lab.click("redo")
    lab.wait(f"probe.bits('editor') === '{''.join(map(str, drawn))}'")
    lab.instant()
    assert (lab.text("time"), lab.text("energy")) == read_outs(engine(drawn))
    # A memory: down its first column and along its last row.
    stored = memories()
    changed = stored[0].copy()
    path = [row * 10 for row in range(10)] + [90 + column for column in range(10)]
    changed[path] = 1 - changed[0]
    assert (changed != stored[0]).any()
    lab.click("reset")
    lab.wait_text("time", "0.00 ns")
    lab.drag("memory-1", (0, 0), (9, 0), (9, 9))
    lab.wait(f"probe.bits('memory-1') === '{''.join(map(str, changed))}'")
    lab.instant()
    assert (lab.text("time"), lab.text("energy")) == read_outs(engine(drawn, [changed, *stored[1:]]))


def test_keyboard_draws(lab: Page) -> None:
    before = lab.bits("editor")
    lab.page.focus(".dwmtj-editor canvas")
    for key in ("ArrowRight", "ArrowDown", "Space", "ArrowDown", "Enter"):
        lab.page.keyboard.press(key)
    drawn = before.copy()
    drawn[[11, 21]] ^= 1
    lab.wait(f"probe.bits('editor') === '{''.join(map(str, drawn))}'")
    lab.instant()
    assert lab.text("time") == read_outs(engine(drawn))[0]


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


def test_scrubbing_shows_what_was_and_continue_resumes_there(lab: Page) -> None:
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


# -- selecting ---------------------------------------------------------------------------------------------------

MARK = "parseFloat(document.querySelector('.dwmtj-track-mark.is-selected').style.top)"


def outlined(lab: Page, name: str, cell: int) -> str:
    """Return the expression that a cell has an outline in the colour of the focus, near its left edge."""
    x, y = (cell % 10 + 0.08) / 10, (cell // 10 + 0.5) / 10
    near = " || ".join(
        f"probe.colour('{name}', {x + dx}, {y}) === '{palette.FOCUS}'" for dx in (-0.007, -0.003, 0, 0.003)
    )
    return f"({near})"


def test_one_neuron_is_selected_in_every_view(lab: Page) -> None:
    lab.page.mouse.click(*lab.point("picture", 2, 3))
    lab.wait("probe.text('neuron').includes('Neuron 23')")
    lab.wait(f"{MARK} === 23 && {outlined(lab, 'picture', 23)} && {outlined(lab, 'editor', 23)}")
    lab.page.mouse.click(*lab.point("tracks", 57, 10, 100, 100))
    lab.wait(f"{MARK} === 57 && {outlined(lab, 'picture', 57)} && {outlined(lab, 'editor', 57)}")
    assert not lab.ask(outlined(lab, "picture", 23))
    assert not lab.ask(outlined(lab, "editor", 23))
    lab.wait("probe.text('neuron').includes('Neuron 57')")
    lab.page.mouse.move(*lab.point("tracks", 80, 10, 100, 100))
    lab.wait("probe.text('neuron').includes('Neuron 80')")
    lab.page.mouse.move(2, 2)
    lab.wait("probe.text('neuron').includes('Neuron 57')")
    lab.page.focus(".dwmtj-tracks canvas")
    for key, neuron in (("ArrowDown", 58), ("ArrowUp", 57), ("PageDown", 67), ("Home", 0), ("End", 99)):
        lab.page.keyboard.press(key)
        lab.wait(f"{MARK} === {neuron} && probe.text('neuron').includes('Neuron {neuron}')")
    lab.page.keyboard.down("Shift")
    lab.page.mouse.click(*lab.point("editor", 4, 4))
    lab.page.keyboard.up("Shift")
    lab.wait(f"{MARK} === 44 && probe.text('neuron').includes('Neuron 44')")


def test_keys_pressed_quickly_on_the_tracks_are_all_counted(lab: Page) -> None:
    lab.page.mouse.move(2, 2)
    lab.page.focus(".dwmtj-tracks canvas")
    lab.page.keyboard.press("Home")
    lab.wait(f"{MARK} === 0")
    for _ in range(12):
        lab.page.keyboard.press("ArrowDown")
    lab.wait(f"{MARK} === 12 && probe.text('neuron').includes('Neuron 12')")


# -- files -------------------------------------------------------------------------------------------------------


def test_bad_picture_is_one_sentence_and_a_good_one_is_loaded(lab: Page, tmp_path: Path) -> None:
    good = to_png(symbol("heart"), scale=13)
    files = {"text.png": b"this is no picture", "cut.png": good[:60], "good.png": good}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    before = lab.ask("[probe.bits('editor'), probe.hash('tracks'), probe.text('time'), probe.text('phase')]")
    for name in ("text.png", "cut.png"):
        lab.open_file(tmp_path / name)
        lab.wait("document.querySelector('.dwmtj-error [role=alert]')")
        sentence = lab.text("error")
        assert sentence.endswith(".")
        assert sentence.count(".") == 1
        assert lab.ask("probe.inSight('.dwmtj-error [role=alert]')")
        assert "Traceback" not in lab.page.inner_text("body")
        assert (
            lab.ask("[probe.bits('editor'), probe.hash('tracks'), probe.text('time'), probe.text('phase')]")
            == before
        )
        assert lab.ask("probe.inSight('.dwmtj-run')")
        lab.click("step")
        lab.wait("!document.querySelector('.dwmtj-error [role=alert]')")
        lab.click("reset")
        lab.wait_text("time", "0.00 ns")
    lab.open_file(tmp_path / "good.png")
    lab.wait(f"probe.bits('editor') === '{''.join(map(str, symbol('heart')))}'")
    assert lab.text("error") == ""
    lab.open_file(tmp_path / "text.png")
    lab.wait("document.querySelector('.dwmtj-error [role=alert]')")
    np.testing.assert_array_equal(lab.bits("editor"), symbol("heart"))


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


# -- everybody ---------------------------------------------------------------------------------------------------


def test_keyboard_reaches_and_leaves_everything(lab: Page) -> None:
    lab.ask("document.body.focus()")
    lab.page.evaluate("""() => {
      window.visited = [];
      document.addEventListener("focusin", (event) => visited.push(event.target));
    }""")
    reached: list[str] = []
    for _ in range(90):
        lab.page.keyboard.press("Tab")
        reached.append(
            lab.ask("""(() => {
              const e = document.activeElement;
              const named = e.closest("[class*=dwmtj-]:not(.dwmtj-lab)");
              return e === document.body ? "" : `${e.tagName} ${named?.className} ${visited.lastIndexOf(e)}`;
            })()""")
        )
        if reached[-1] == "":
            break
        assert len(reached) < 2 or reached[-1] != reached[-2], f"Tab cannot leave {reached[-1]}"
    assert reached[-1] == "", "Tab never comes to the end of the page"
    missing = lab.ask("""[...document.querySelectorAll("canvas, button:enabled, a, .noUi-handle")]
      .filter((e) => e.tabIndex >= 0 && !visited.includes(e))
      .filter((e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
      .map((e) => e.outerHTML.slice(0, 90))""")
    assert missing == []
    assert sum("CANVAS" in place for place in reached) >= 5, "the editors and the tracks take the focus"
    unnamed = lab.ask("""visited.filter((e) => e.tagName === "CANVAS" && !e.getAttribute("aria-label"))
      .map((e) => e.className)""")
    assert unnamed == [], "a canvas takes the focus without saying what it is"
    for name in ("picture", "neuron-view", "tracks"):
        lab.page.mouse.click(*lab.point(name, 5, 5))
        lab.page.keyboard.press("Tab")
        holds = f"document.activeElement.matches('.dwmtj-{name}, .dwmtj-{name} canvas')"
        assert not lab.ask(holds), f"after a click {name} holds the keyboard fast"


def test_small_laptop_sees_input_tracks_and_run_together(lab: Page) -> None:
    lab.page.set_viewport_size({"width": 1024, "height": 700})
    lab.wait("innerWidth === 1024 && probe.overflow().every(([x]) => x === 0)")
    for name in (".dwmtj-run", ".dwmtj-editor canvas", ".dwmtj-tracks canvas", ".dwmtj-phase-steps"):
        assert lab.ask(f"probe.inSight('{name}')"), f"{name} is out of sight"
    lab.instant()
    for name in (".dwmtj-time", ".dwmtj-picture", ".dwmtj-continue"):
        lab.ask(f"probe.reach('{name}')")
        assert lab.ask(f"probe.inSight('{name}')"), f"{name} cannot be reached"
    assert lab.text("accuracy") == "100 %"


def test_eight_memories_leave_the_input_in_sight_and_names_of_quantities_are_whole(lab: Page) -> None:
    for count in range(4, 9):
        lab.click("add-memory")
        lab.wait(f"document.querySelector('.dwmtj-memory-{count} canvas')?.clientWidth > 0")
    lab.wait("document.querySelector('.dwmtj-add-memory').disabled")
    lab.wait("probe.inSight('.dwmtj-editor canvas') && probe.inSight('.dwmtj-memory-8 canvas')")
    assert lab.ask("probe.overflow()") == [[0, 0]] * 3
    lab.page.click(".dwmtj-device-panel .jupyter-widget-Collapse-header")
    lab.page.wait_for_selector(".dwmtj-r-parallel .noUi-handle")
    cut = "[...document.querySelectorAll('.dwmtj-device .widget-label')].filter((e) => e.scrollWidth > e.clientWidth)"
    assert lab.ask(f"{cut}.map((e) => e.textContent)") == []
    options = (
        "[...document.querySelector('.dwmtj-preset select').options].map((o) => o.text.replace(/\\s/g, ' '))"
    )
    assert lab.ask(options) == ["Table I", "Released simulator"]
    lab.press_on_handle("r-parallel", "ArrowRight")
    lab.wait(f"{options}[0] === 'Table I, changed'")
    lab.page.select_option(".dwmtj-preset select", index=1)
    lab.wait(f"{options}.length === 2 && parseFloat(probe.text('r-parallel .widget-readout')) === 500")


def test_phone_stacks_and_a_finger_can_run_draw_and_scroll(server: Served, context) -> None:
    phone = context.browser.new_context(
        viewport={"width": 390, "height": 844}, device_scale_factor=3, is_mobile=True, has_touch=True
    )
    lab = Page(phone.new_page(), server.address)
    page = lab.page
    assert [x for x, _ in lab.ask("probe.overflow()")] == [0, 0, 0], "the page scrolls sideways"
    assert lab.ask("innerWidth") == 390
    assert lab.ask("probe.inSight('.dwmtj-run')")
    assert lab.ask("probe.inSight('.dwmtj-editor canvas')"), "what one draws on is out of sight"
    assert lab.ask("probe.inSight('.dwmtj-continue')"), "the time line does not stay in reach"
    view = lab.page.locator(".dwmtj-neuron-view").bounding_box()
    assert view["width"] / view["height"] == pytest.approx(500 / 128, rel=0.05), "the neuron is squeezed"
    page.tap(".dwmtj-instant")
    lab.wait_text("phase", "converged")
    page.locator(".dwmtj-editor canvas").scroll_into_view_if_needed()
    before = lab.bits("editor")
    page.touchscreen.tap(*lab.point("editor", 5, 5))
    drawn = before.copy()
    drawn[55] ^= 1
    lab.wait(f"probe.bits('editor') === '{''.join(map(str, drawn))}'")
    for name in ("continue", "power", "device-panel"):
        lab.ask(f"probe.reach('.dwmtj-{name}')")
        left, right = lab.ask(
            f"(({{left, right}}) => [left, right])(document.querySelector('.dwmtj-{name}').getBoundingClientRect())"
        )
        assert 0 <= left < right <= 390, name
    lab.close()
    phone.close()


def test_finger_on_a_view_scrolls_the_page(server: Served, context) -> None:
    phone = context.browser.new_context(
        viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True
    )
    lab = Page(phone.new_page(), server.address)
    devtools = phone.new_cdp_session(lab.page)
    scrolled = "document.getElementById('rendered_cells').scrollTop"

    def swipe(x: float, y: float, way: float) -> None:
        for k in range(11):
            finger = {"x": x, "y": y + way * k / 10}
            touch = {"type": "touchMove" if k else "touchStart", "touchPoints": [finger]}
            devtools.send("Input.dispatchTouchEvent", touch)
        devtools.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    for name in ("tracks", "neuron-view", "picture"):
        lab.page.locator(f".dwmtj-{name} canvas, canvas.dwmtj-{name}").scroll_into_view_if_needed()
        before = lab.ask(scrolled)
        swipe(*lab.point(name, 5, 5), 150)  # back up, as the tracks are the last thing on the page
        lab.wait(f"{scrolled} < {before} - 50")
    lab.close()
    phone.close()
