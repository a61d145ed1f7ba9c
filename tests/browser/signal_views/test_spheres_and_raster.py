"""Spheres and raster of the Signal Lab in a real browser, pixels read back."""

import json
from itertools import pairwise

import numpy as np
import pytest
from lab_pages.signal_views import FIELD, RASTER, WAVE, Lab, N

from dwmtj_widgets.widgets import palette
from dwmtj_widgets.widgets.plots import _diverging
from dwmtj_widgets.widgets.plots._diverging import COLOURS


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
    assert names[FIELD].startswith("Magnetization of all junctions: 40")
    assert names[RASTER].startswith("Raster of all junctions: 40 rows, last 40 ns")
    assert "eight values along one period: 0.00, 0.00" in lab.page.inner_text(".dwmtj-waveform-editor")
    for text in ("x (bias)", "y (read out)", "z (hard axis)"):
        assert text in lab.page.inner_text(".dwmtj-sphere-legend")


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
