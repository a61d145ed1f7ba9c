"""The waveform editor in a real browser: hands of several kinds, keys and buttons."""

import numpy as np
import pytest
from lab_pages.signal_views import BOTTOM, LEFT, RIGHT, TOP, WAVE, K, Lab

from dwmtj_widgets.widgets import palette


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
