"""The views of the Signal Lab in a real browser: one notebook, one page, hands of several kinds, pixels read back."""

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from browser_tools import browser_context, served, wait_for, write_notebook
from lab_page import STARTED

from dwmtj_widgets.widgets import palette
from dwmtj_widgets.widgets.plots import _diverging
from dwmtj_widgets.widgets.plots._diverging import COLOURS

K, N = 64, 40
WAVE, FIELD, RASTER = (f".dwmtj-{name}-canvas" for name in ("waveform", "sphere", "raster"))
LEFT, RIGHT, TOP, BOTTOM = 42, 18, 9, 23  # waveform_editor/drawing.js: what is round the plot, CSS pixels

KERNEL = """
import asyncio, json
import numpy as np
from ipywidgets import Button, HBox, VBox
from dwmtj_widgets.widgets.plots.raster import Raster
from dwmtj_widgets.widgets.views.sphere_field import SphereField
from dwmtj_widgets.widgets.editors.waveform_editor import WaveformEditor

log = open({path!r}, "a")
def tell(kind, value):
    print(json.dumps([kind, value]), file=log, flush=True)

wave = WaveformEditor(width=480, height=200, reference_name="network")
wave.on_draw(lambda samples: tell("draw", samples.tolist()))
field = SphereField(width=480, height=240)
field.on_select(lambda k: tell("select", [k, field.selected]))
field.on_hover(lambda k: tell("hover", k))
angle = np.linspace(-1.5, 1.5, {n})
fan = np.stack([np.cos(angle), np.sin(angle), 0 * angle], axis=1)
field.draw(fan)
raster = Raster(junctions={n}, columns=100, width=480, height=160, time_label="last 40 ns")
ramp = np.linspace(-1, 1, {n})
raster.push(np.tile(ramp[:, None], (1, 30)))

ways = np.array([[0, 1, 0], [0, -1, 0], [0.6, 0.8, 0], [-0.6, 0.8, 0], [0.6, 0.8, 0]])

def one_moves():
    moved = fan.copy()
    moved[7] = [0, 0, 1]
    field.draw(moved)

def many(count):
    turn = np.linspace(0, 3, count)
    field.draw(np.stack([np.cos(turn), np.sin(turn), 0 * turn], axis=1))

async def animate():
    for k in range(60):
        turn = angle + k / 20
        field.draw(np.stack([np.cos(turn), np.sin(turn), 0 * turn], axis=1))
        raster.push(np.sin(turn)[:, None])
        await asyncio.sleep(0.02)
    field.draw(fan)
    tell("animated", 60)

def grow():
    raster.junctions = 3
    raster.push([[-1, -1], [0, 0], [1, 1]])

def shrink_back():
    raster.junctions = {n}

commands = dict(
    flat=lambda: wave.show(np.zeros({k})),
    ends=lambda: wave.show(np.linspace(-0.1, 0.1, {k})),
    high=lambda: wave.show(np.full({k}, 0.9)),
    samples=lambda: tell("samples", wave.samples.tolist()),
    reference=lambda: wave.show_reference(np.full({k}, -0.5)),
    alone=lambda: wave.show_reference(None),
    lock=lambda: setattr(wave, "disabled", True),
    unlock=lambda: setattr(wave, "disabled", False),
    fan=lambda: field.draw(fan),
    one_moves=one_moves,
    ways=lambda: field.draw(ways, np.arange(5) == 2),
    one=lambda: many(1), seven=lambda: many(7), two_hundred=lambda: many(200),
    none=lambda: setattr(field, "selected", -1),
    animate=lambda: globals().update(task=asyncio.get_running_loop().create_task(animate())),
    plus=lambda: raster.push(np.ones(({n}, 3))),
    minus=lambda: raster.push(-np.ones(({n}, 90))),
    record=lambda: raster.show_window(np.tile(np.linspace(-1, 1, 50), ({n}, 1)), now=10),
    later=lambda: raster.mark(40),
    live=raster.live, clear=raster.clear, grow=grow, shrink_back=shrink_back,
    row=lambda: setattr(raster, "selected", 3),
)
buttons = []
for name, command in commands.items():
    button = Button(description=name)
    button.add_class(f"do-{{name}}")
    button.on_click(lambda _button, command=command: command())
    buttons.append(button)
page = HBox([VBox([wave, raster]), field, VBox(buttons)])
page
"""

PROBES = """
window.probe = {
  /** How many pixels of a part of a canvas (shares of its width and height) are within `reach` of a colour. */
  count: (name, colour, [left, top, right, bottom] = [0, 0, 1, 1], reach = 24) => {
    const canvas = document.querySelector(name);
    const [x, y] = [Math.round(left * canvas.width), Math.round(top * canvas.height)];
    const [w, h] = [Math.round(right * canvas.width) - x, Math.round(bottom * canvas.height) - y];
    const { data } = canvas.getContext("2d").getImageData(x, y, w, h);
    const wanted = [1, 3, 5].map((k) => parseInt(colour.slice(k, k + 2), 16));
    let found = 0;
    for (let k = 0; k < data.length; k += 4) {
      found += Number(wanted.every((value, c) => Math.abs(data[k + c] - value) <= reach));
    }
    return found;
  },
  /** The colours of a column of a canvas' own pixels at some shares of its height. */
  column: (name, x, shares) => {
    const canvas = document.querySelector(name);
    const context = canvas.getContext("2d");
    return shares.map((y) => [...context.getImageData(x, Math.floor(y * canvas.height), 1, 1).data.slice(0, 3)]);
  },
  /** The middle of the pixels of a colour in one column of pixels, in CSS pixels from the top; null if none. */
  height: (name, x, colour, reach = 40) => {
    const canvas = document.querySelector(name);
    const ratio = canvas.width / canvas.clientWidth;
    const { data } = canvas.getContext("2d").getImageData(Math.round(x * ratio), 0, 1, canvas.height);
    const wanted = [1, 3, 5].map((k) => parseInt(colour.slice(k, k + 2), 16));
    const rows = [];
    for (let y = 0; y < canvas.height; y += 1) {
      if (wanted.every((value, c) => Math.abs(data[4 * y + c] - value) <= reach)) rows.push(y);
    }
    return rows.length ? rows.reduce((sum, y) => sum + y, 0) / rows.length / ratio : null;
  },
};
"""


class Lab:
    """The open page, and what the kernel behind it has told."""

    def __init__(self, page, log: Path) -> None:
        self.page, self.log = page, log
        self.devtools = page.context.new_cdp_session(page)
        self.read = 0

    def told(self, kind: str) -> list:
        """Return what the kernel has told since `forget`."""
        lines = self.log.read_text(encoding="utf-8").splitlines()[self.read :]
        return [value for name, value in map(json.loads, lines) if name == kind]

    def forget(self) -> None:
        self.read = len(self.log.read_text(encoding="utf-8").splitlines())

    def wait_told(self, kind: str, count: int = 1) -> list:
        return wait_for(lambda: len(self.told(kind)) >= count and self.told(kind), f"{count} times {kind!r}")

    def do(self, name: str) -> None:
        """Let the kernel run one of its commands; not by the mouse, which may be in the middle of a stroke."""
        self.page.eval_on_selector(f".do-{name}", "(button) => button.click()")

    def ask(self, expression: str):
        return self.page.evaluate(f"() => ({expression})")

    def wait(self, expression: str):
        return self.page.wait_for_function(f"() => ({expression})", polling=30).json_value()

    def data(self, name: str, key: str) -> str:
        return self.ask(f"document.querySelector('{name}').dataset.{key}")

    def wait_data(self, name: str, key: str, value) -> None:
        self.wait(f"document.querySelector('{name}').dataset.{key} === '{value}'")

    def box(self, name: str) -> dict:
        return self.page.locator(name).bounding_box()

    def shown(self) -> list[float]:
        return [float(number) for number in self.data(WAVE, "samples").split()]

    def samples(self) -> np.ndarray:
        """Return the samples that the kernel has."""
        count = len(self.told("samples"))
        self.do("samples")
        return np.array(self.wait_told("samples", count + 1)[-1])

    def flat(self) -> None:
        """Make the curve 0 everywhere, in the kernel and on the page."""
        self.do("flat")
        self.wait_flat()
        self.forget()

    def wait_flat(self) -> None:
        """Wait until the page shows 0 everywhere; it is painted a moment after it is told."""
        self.wait(f"document.querySelector('{WAVE}').dataset.samples === Array({K}).fill('0.000').join(' ')")

    def point(self, column: float, value: float) -> tuple[float, float]:
        """Return where a column (k + 0.5 is the middle of the k-th) and a value are in the window."""
        box = self.box(WAVE)
        width, height = box["width"] - LEFT - RIGHT, box["height"] - TOP - BOTTOM
        return box["x"] + LEFT + column / K * width, box["y"] + TOP + (1 - value) / 2 * height

    def stroke(self, *points: tuple[float, float]) -> None:
        """Drag through points with one mouse event each, as a fast hand does."""
        mouse = self.page.mouse
        mouse.move(*self.point(*points[0]))
        mouse.down()
        for point in points[1:]:
            mouse.move(*self.point(*point))
        mouse.up()

    def touch(self, *places: tuple[float, float]) -> None:
        for k, (x, y) in enumerate(places):
            kind = "touchMove" if k else "touchStart"
            self.devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
        self.devtools.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    def cell(self, k: int) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom of a sphere's cell as shares of the field."""
        columns, rows = int(self.data(FIELD, "columns")), int(self.data(FIELD, "rows"))
        row, column = divmod(k, columns)
        return column / columns, row / rows, (column + 1) / columns, (row + 1) / rows

    def sphere(self, k: int) -> tuple[float, float]:
        """Return where the middle of a sphere is in the window."""
        box, (left, top, right, bottom) = self.box(FIELD), self.cell(k)
        return box["x"] + (left + right) / 2 * box["width"], box["y"] + (top + bottom) / 2 * box["height"]

    def pixels(self, k: int, colour: str) -> int:
        return self.ask(f"probe.count('{FIELD}', '{colour}', {list(self.cell(k))})")

    def column(self, x: int, rows: int = N) -> list[list[int]]:
        """Return the colours of all rows in one column of the raster."""
        shares = [(row + 0.6) / rows for row in range(rows)]
        return self.ask(f"probe.column('{RASTER}', {x}, {shares})")


@pytest.fixture(scope="module")
def opened(tmp_path_factory) -> Iterator[Lab]:
    folder = tmp_path_factory.mktemp("signal")
    log = folder / "log"
    log.touch()
    notebook = write_notebook(folder / "page.ipynb", KERNEL.format(path=str(log), n=N, k=K))
    with served(notebook) as server, browser_context(has_touch=True) as context:
        page = context.new_page()
        complaints: list[str] = []
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        page.add_init_script(PROBES)
        page.goto(server.address, timeout=STARTED)
        for name in (WAVE, FIELD, RASTER):
            page.wait_for_selector(f"{name}[data-frames]", timeout=STARTED)
        yield Lab(page, log)
        assert complaints == []


@pytest.fixture
def lab(opened: Lab) -> Lab:
    opened.page.mouse.move(1, 1)
    opened.forget()
    return opened


def colour_of(value: float) -> list[int]:
    """Return the colour that a value between -1 and 1 should have."""
    low, middle, high = (np.array([int(c[k : k + 2], 16) for k in (1, 3, 5)]) for c in COLOURS)
    byte = int(_diverging.to_bytes(np.array([value]))[0])
    share = byte / 127.5 - 1
    return (middle + abs(share) * ((high if share > 0 else low) - middle)).tolist()


def assert_colours(found: list[list[int]], wanted: list[list[int]]) -> None:
    np.testing.assert_allclose(found, wanted, atol=1.01)


# -- what is there -----------------------------------------------------------------------------------------------


def test_what_was_drawn_before_the_page_came_is_there(lab: Lab) -> None:
    lab.wait_data(FIELD, "vectors", N)
    lab.wait_data(RASTER, "filled", 30)
    assert_colours(lab.column(99), [colour_of(value) for value in np.linspace(-1, 1, N)])
    for colour, here, there in ((palette.OFF, 0, N - 1), (palette.ON, N - 1, 0)):
        assert lab.pixels(here, colour) > 15 and lab.pixels(there, colour) == 0


def test_views_have_names_and_tell_in_words_what_they_show(lab: Lab) -> None:
    names = {name: lab.page.get_attribute(name, "aria-label") for name in (WAVE, FIELD, RASTER)}
    assert names[WAVE] == "Waveform: one period, 64 samples from 0.00 to 0.00"
    assert names[FIELD].startswith("Magnetisation of all junctions: 40")
    assert names[RASTER].startswith("Raster of all junctions: 40 rows, last 40 ns")
    assert "eight values along one period: 0.00, 0.00" in lab.page.inner_text(".dwmtj-waveform-editor")
    for text in ("x (bias)", "y (read out)", "z (hard axis)"):
        assert text in lab.page.inner_text(".dwmtj-sphere-legend")


# -- waveform ----------------------------------------------------------------------------------------------------


def test_fast_stroke_fills_every_column_between_its_points(lab: Lab) -> None:
    lab.flat()
    lab.stroke((10.5, -0.5), (42.5, 0.5), (50.5, 0.9))
    samples = np.array(lab.wait_told("draw")[0])
    wanted = np.zeros(K)
    wanted[10:51] = np.interp(np.arange(10, 51), [10, 42, 50], [-0.5, 0.5, 0.9])
    np.testing.assert_allclose(samples, wanted, atol=0.015)  # half a CSS pixel
    np.testing.assert_allclose(lab.samples(), samples)
    assert len(lab.told("draw")) == 1, "a stroke is one call"


def test_curve_follows_the_pen_on_the_page_and_python_hears_at_its_end(lab: Lab) -> None:
    lab.flat()
    mouse = lab.page.mouse
    mouse.move(*lab.point(5.5, 0.5))
    mouse.down()
    mouse.move(*lab.point(25.5, 0.5))
    lab.wait(f"document.querySelector('{WAVE}').dataset.samples.split(' ')[20] > 0.4")
    assert (lab.samples() == 0).all() and lab.told("draw") == []
    height = lab.ask(
        f"probe.height('{WAVE}', {LEFT + 15.5 / K * (480 - LEFT - RIGHT)}, '{palette.SERIES[0]}')"
    )
    assert height == pytest.approx(TOP + 0.25 * (200 - TOP - BOTTOM), abs=1.5)
    mouse.up()
    lab.wait_told("draw")
    assert (lab.samples()[5:26] > 0.4).all()


def test_stroke_may_leave_the_picture_and_end_outside(lab: Lab) -> None:
    lab.flat()
    lab.stroke((60.5, 0.5), (70, 0.5), (80, -9))
    (samples,) = lab.wait_told("draw")
    assert samples[60:] == pytest.approx([0.5] * 4, abs=0.02)
    assert set(samples[:60]) == {0.0}, "the other end of the period was not touched"
    lab.forget()
    lab.stroke((30.5, 0), (30.5, 7))
    (samples,) = lab.wait_told("draw")
    assert samples[30] == 1


def test_what_python_shows_under_the_pen_stays_outside_the_stroke(lab: Lab) -> None:
    lab.flat()
    mouse = lab.page.mouse
    mouse.move(*lab.point(10.5, -0.5))
    mouse.down()
    mouse.move(*lab.point(20.5, -0.5))
    lab.do("high")
    lab.wait(f"document.querySelector('{WAVE}').dataset.samples.split(' ')[40] === '0.900'")
    assert lab.shown()[15] == pytest.approx(-0.5, abs=0.02)
    mouse.move(*lab.point(30.5, -0.5))
    mouse.up()
    (samples,) = lab.wait_told("draw")
    assert samples[10:31] == pytest.approx([-0.5] * 21, abs=0.02)
    assert samples[:10] == pytest.approx([0.9] * 10) and samples[31:] == pytest.approx([0.9] * 33)


def test_finger_draws_and_does_not_scroll(lab: Lab) -> None:
    lab.flat()
    lab.touch(*(lab.point(column + 0.5, 0.8 - column / 40) for column in range(5, 60, 6)))
    (samples,) = lab.wait_told("draw")
    np.testing.assert_allclose(samples[5:60], 0.8 - np.arange(5, 60) / 40, atol=0.02)
    assert lab.ask("document.scrollingElement.scrollTop") == 0


def test_ends_of_the_period_join(lab: Lab) -> None:
    lab.do("ends")
    lab.wait(f"document.querySelector('{WAVE}').dataset.samples.startsWith('-0.100')")
    for x in (LEFT + 1, 480 - RIGHT - 1):
        # Half way between the last sample, 0.1, and the first, -0.1, on either side; 0.1 is 8 pixels.
        height = lab.ask(f"probe.height('{WAVE}', {x}, '{palette.SERIES[0]}')")
        assert height == pytest.approx(TOP + (200 - TOP - BOTTOM) / 2, abs=4)


def test_keys_move_change_and_go_round_the_period(lab: Lab) -> None:
    lab.flat()
    lab.page.focus(WAVE)
    press = lab.page.keyboard.press
    for key in ("Home", "ArrowRight", "ArrowRight", "ArrowUp", "Shift+ArrowUp"):
        press(key)
    samples = lab.wait_told("draw", 2)[-1]
    assert samples[2] == pytest.approx(0.3) and sum(map(abs, samples)) == pytest.approx(0.3)
    assert lab.page.inner_text(".dwmtj-unseen >> nth=0") == "Sample 3 of 64: 0.30"
    for key in (
        "Home",
        "ArrowLeft",
        "ArrowDown",
        "Shift+ArrowLeft",
        "ArrowDown",
        "End",
        "ArrowRight",
        "ArrowUp",
    ):
        press(key)
    samples = lab.wait_told("draw", 5)[-1]
    assert [samples[k] for k in (63, 55, 0)] == pytest.approx([-0.05, -0.05, 0.05])
    for _ in range(6):
        press("Shift+ArrowUp")
    assert lab.wait_told("draw", 9)[-1][0] == 1, "1 is the end"
    focus = lab.ask(f"probe.count('{WAVE}', '{palette.FOCUS}')")
    assert focus > 20, "the sample that the keys are on is not marked"
    press("Tab")
    assert not lab.ask(f"document.activeElement.matches('{WAVE}')"), "a trap for the keyboard"
    lab.wait(f"probe.count('{WAVE}', '{palette.FOCUS}') === 0")


def test_held_key_is_one_stroke_and_undo_takes_it_back(lab: Lab) -> None:
    lab.flat()
    lab.page.focus(WAVE)
    keyboard = lab.page.keyboard
    keyboard.press("Home")
    for _ in range(5):
        keyboard.down("ArrowDown")  # from the second on it repeats
    lab.wait(f"document.querySelector('{WAVE}').dataset.samples.startsWith('-0.250')")
    assert lab.told("draw") == []
    keyboard.up("ArrowDown")
    for key in "zyz":  # faster than Python answers
        keyboard.press(f"Control+{key}")
    calls = [samples[0] for samples in lab.wait_told("draw", 4)]
    assert calls == pytest.approx([-0.25, 0, -0.25, 0])


def test_buttons_undo_redo_smooth_and_clear(lab: Lab) -> None:
    lab.flat()
    click = lab.page.click
    lab.stroke((31.5, 1), (31.5, 1))
    lab.wait_told("draw")
    click(".dwmtj-waveform-smooth")
    smooth = lab.wait_told("draw", 2)[-1]
    assert smooth[29:34] == pytest.approx(np.array([1, 4, 6, 4, 1]) / 16, abs=1e-6)
    click(".dwmtj-waveform-clear")
    assert set(lab.wait_told("draw", 3)[-1]) == {0.0}
    click(".dwmtj-waveform-undo")
    assert lab.wait_told("draw", 4)[-1] == smooth
    lab.page.wait_for_selector(".dwmtj-waveform-redo:enabled")
    click(".dwmtj-waveform-redo")
    assert set(lab.wait_told("draw", 5)[-1]) == {0.0}
    lab.page.wait_for_selector(".dwmtj-waveform-redo:disabled")
    lab.wait_flat()


def test_disabled_editor_shows_only(lab: Lab) -> None:
    lab.flat()
    lab.do("lock")
    lab.page.wait_for_selector(f"{WAVE}[role=img]")
    assert lab.page.locator(".dwmtj-waveform-group button:enabled").count() == 0
    lab.stroke((10.5, 0.5), (20.5, 0.5))
    assert (lab.samples() == 0).all() and set(lab.shown()) == {0.0}
    lab.do("unlock")
    lab.page.wait_for_selector(f"{WAVE}[role=application]")
    lab.stroke((10.5, 0.5), (20.5, 0.5))
    lab.wait_told("draw")
    assert len(lab.told("draw")) == 1


def test_reference_lies_behind_with_a_key(lab: Lab) -> None:
    lab.flat()
    behind = f"probe.count('{WAVE}', '{palette.SERIES[1]}', [0, 0, 1, 1], 100)"
    assert lab.ask(behind) == 0
    assert lab.page.inner_text(".dwmtj-waveform-key") == ""
    lab.do("reference")
    lab.wait(f"{behind} > 100")
    assert lab.page.inner_text(".dwmtj-waveform-key").split() == ["drawn", "network"]
    assert set(lab.shown()) == {0.0}
    lab.do("alone")
    lab.wait(f"{behind} === 0")


# -- spheres -----------------------------------------------------------------------------------------------------


def test_only_what_has_moved_is_painted(lab: Lab) -> None:
    lab.do("fan")
    lab.wait_data(FIELD, "vectors", N)
    frames = int(lab.data(FIELD, "frames"))
    lab.do("one_moves")
    lab.wait(f"document.querySelector('{FIELD}').dataset.frames > {frames}")
    assert lab.data(FIELD, "changed") == "1"
    assert lab.data(FIELD, "frames") == str(frames + 1)
    lab.do("fan")
    lab.wait_data(FIELD, "frames", frames + 2)


def test_direction_is_seen_in_colour_place_and_head(lab: Lab) -> None:
    lab.do("ways")
    lab.wait_data(FIELD, "vectors", 5)
    lab.wait_data(FIELD, "cut", "2")
    up, down, cut, far, near = range(5)
    assert min(lab.pixels(up, palette.ON), lab.pixels(down, palette.OFF)) > 150
    for k in (up, down):
        left, top, right, bottom = lab.cell(k)
        halves = {
            "upper": [left, top, right, (top + bottom) / 2],
            "lower": [left, (top + bottom) / 2, right, bottom],
        }
        colour = palette.ON if k == up else palette.OFF
        count = {
            name: lab.ask(f"probe.count('{FIELD}', '{colour}', {half})") for name, half in halves.items()
        }
        assert (count["upper"] > 5 * count["lower"]) == (k == up), count
    shade = "#" + "".join(f"{round(part):02x}" for part in colour_of(0.8))
    assert lab.pixels(cut, shade) == 0, "what is cut is grey"
    assert lab.pixels(near, shade) > 3 * lab.pixels(far, shade), "no hollow head"
    assert "1 cut" in lab.page.get_attribute(FIELD, "aria-label")


@pytest.mark.parametrize(("name", "count"), [("one", 1), ("seven", 7), ("two_hundred", 200)])
def test_spheres_fill_the_field_as_large_as_can_be(lab: Lab, name: str, count: int) -> None:
    lab.do(name)
    lab.wait_data(FIELD, "vectors", count)
    columns, rows = int(lab.data(FIELD, "columns")), int(lab.data(FIELD, "rows"))
    assert columns * rows >= count > columns * (rows - 1)
    largest = max(min(480 / c, 240 / -(-count // c)) for c in range(1, count + 1))
    assert min(480 / columns, 240 / rows) == pytest.approx(largest)
    cells = [lab.cell(k) for k in range(count)]
    ink = lab.ask(f"{json.dumps(cells)}.map((cell) => probe.count('{FIELD}', '{palette.INK}', cell, 120))")
    assert min(ink) > 0, "a sphere without arrow"


def test_pointer_and_keys_select_and_hover(lab: Lab) -> None:
    lab.do("fan")
    lab.wait_data(FIELD, "vectors", N)
    mouse = lab.page.mouse
    mouse.move(*lab.sphere(12))
    lab.wait_told("hover")
    mouse.move(*lab.sphere(13))
    mouse.click(*lab.sphere(13))
    assert lab.wait_told("select") == [[13, 13]]
    lab.wait(f"probe.count('{FIELD}', '{palette.FOCUS}', {list(lab.cell(13))}) > 100")
    assert "junction 13: x " in lab.page.inner_text(".dwmtj-sphere-reading")
    mouse.move(1, 1)
    assert lab.wait_told("hover", 3) == [12, 13, -1]
    columns = int(lab.data(FIELD, "columns"))
    lab.page.focus(FIELD)
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "Home", "ArrowUp", "End", "Escape", "ArrowDown"):
        lab.page.keyboard.press(key)
    below = 14 + columns
    chosen = [13, 14, below, below - 1, 0, N - 1, -1, 0]
    assert lab.wait_told("select", len(chosen)) == [[k, k] for k in chosen]
    assert lab.page.get_attribute(FIELD, "aria-valuetext") == "junction 0, y −1.00"
    lab.wait(f"probe.count('{FIELD}', '{palette.FOCUS}', {list(lab.cell(13))}) === 0")
    lab.do("none")
    lab.wait_data(FIELD, "selected", -1)


def test_tap_of_a_finger_selects(lab: Lab) -> None:
    lab.page.touchscreen.tap(*lab.sphere(21))
    assert lab.wait_told("select") == [[21, 21]]


# -- raster ------------------------------------------------------------------------------------------------------


def test_raster_scrolls_and_its_ring_closes(lab: Lab) -> None:
    ramp = [colour_of(value) for value in np.linspace(-1, 1, N)]
    one, minus = [colour_of(1)] * N, [colour_of(-1)] * N
    lab.do("plus")
    lab.wait_data(RASTER, "filled", 33)
    assert_colours(lab.column(99) + lab.column(97), one + one)
    assert_colours(lab.column(96) + lab.column(67), ramp + ramp)
    assert_colours(lab.column(66), [[0xF4, 0xF6, 0xF9]] * N)
    lab.do("minus")
    lab.wait_data(RASTER, "filled", 100)
    assert_colours(lab.column(99) + lab.column(10), minus + minus)
    assert_colours(lab.column(9) + lab.column(7), one + one)
    assert_colours(lab.column(6) + lab.column(0), ramp + ramp)


def test_record_is_shown_with_its_moment_marked(lab: Lab) -> None:
    before = lab.column(50)
    lab.do("record")
    lab.wait_data(RASTER, "columns", 50)
    wanted = np.linspace(-1, 1, 50)
    for x in (0, 17, 49):
        assert_colours(lab.column(x), [colour_of(wanted[x])] * N)
    box = lab.box(RASTER)
    for name, moment in (("later", 40), ("record", 10)):
        lab.do(name)
        lab.wait_data(RASTER, "now", f"{(moment + 0.5) / 50:.4f}")
        line = lab.box(".dwmtj-raster-now")
        assert line["x"] + 1 == pytest.approx(box["x"] + (moment + 0.5) / 50 * box["width"], abs=1)
    lab.do("live")
    lab.wait_data(RASTER, "columns", 100)
    assert lab.page.is_hidden(".dwmtj-raster-now")
    assert lab.column(50) == before


def test_raster_clears_resizes_and_marks_a_row(lab: Lab) -> None:
    lab.do("row")
    lab.page.wait_for_selector(".dwmtj-raster-selected:visible")
    box, row = lab.box(RASTER), lab.box(".dwmtj-raster-selected")
    middle = row["y"] + row["height"] / 2
    assert middle == pytest.approx(box["y"] + 3.5 / N * box["height"], abs=1)
    lab.do("clear")
    lab.wait_data(RASTER, "filled", 0)
    assert_colours(lab.column(99), [[0xF4, 0xF6, 0xF9]] * N)
    lab.do("grow")
    lab.wait_data(RASTER, "rows", 3)
    lab.wait_data(RASTER, "filled", 2)
    assert_colours(lab.column(99, rows=3), [colour_of(value) for value in (-1, 0, 1)])
    assert lab.page.inner_text(".dwmtj-raster-rows").split()[-1] == "2"
    lab.do("shrink_back")
    lab.wait_data(RASTER, "rows", N)


# -- the person's system -----------------------------------------------------------------------------------------


def test_other_screen_other_pixels(lab: Lab) -> None:
    def density(factor: int, width: int) -> None:
        # Another width, too: Chromium's emulation tells of new pixels only when it lays out again.
        size = {"width": width, "height": 800, "mobile": False, "deviceScaleFactor": factor}
        lab.devtools.send("Emulation.setDeviceMetricsOverride", size)

    density(2, 1270)
    for name in (WAVE, FIELD):
        lab.wait(f"(({{width, clientWidth}}) => width === 2 * clientWidth)(document.querySelector('{name}'))")
    lab.wait(
        f"(({{height, clientHeight}}) => height === 2 * clientHeight)(document.querySelector('{RASTER}'))"
    )
    assert lab.ask(f"document.querySelector('{RASTER}').width") == 100, "a pixel a moment"
    lab.do("fan")
    lab.wait(f"probe.count('{FIELD}', '{palette.ON}', {list(lab.cell(N - 1))}) > 60")
    density(1, 1280)
    lab.wait(f"(({{width, clientWidth}}) => width === clientWidth)(document.querySelector('{WAVE}'))")


def test_who_asked_for_less_motion_gets_two_pictures_a_second_and_the_last_one(lab: Lab) -> None:
    lab.do("fan")
    lab.wait_data(FIELD, "vectors", N)
    lab.page.emulate_media(reduced_motion="reduce")
    lab.page.evaluate(
        """(names) => {
          window.painted = names.map(() => []);
          names.forEach((name, k) => {
            const canvas = document.querySelector(name);
            const note = () => painted[k].push([performance.now(), canvas.dataset.frames]);
            new MutationObserver(note).observe(canvas, { attributeFilter: ["data-frames"] });
          });
        }""",
        [FIELD, RASTER],
    )
    lab.do("animate")
    lab.wait_told("animated")
    lab.wait_data(RASTER, "filled", 60)
    lab.wait(f"probe.count('{FIELD}', '{palette.ON}', {list(lab.cell(N - 1))}) > 15")
    for times in lab.ask("painted"):
        moments = [time for time, frames in times]
        gaps = [b - a for (a, m), (b, n) in pairwise(times) if m != n]
        assert len({frames for _, frames in times}) >= 2 and len(moments) < 30
        # A picture may be noted some ms late, then the next gap looks shorter.
        assert min(gaps) > 350, gaps
    lab.page.emulate_media(reduced_motion="no-preference")
    lab.forget()
    frames = int(lab.data(FIELD, "frames"))
    lab.do("animate")
    lab.wait_told("animated")
    lab.wait(f"document.querySelector('{FIELD}').dataset.frames > {frames} + 5")
