"""The Recall Lab in a real browser: drawing, selecting, files, keyboard, small windows and fingers."""

from pathlib import Path

import numpy as np
import pytest
from browser_tools import Served
from lab_pages.recall import Page, engine, memories, read_outs

from dwmtj_widgets.tasks.patterns import symbol, to_png
from dwmtj_widgets.widgets import palette

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


# -- everybody ---------------------------------------------------------------------------------------------------


def test_a_view_that_was_clicked_lets_the_keyboard_go(lab: Page) -> None:
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
