"""The labs without good eyes or a mouse: axe-core, dark theme, zoom, touch, less motion."""

from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from everything import NOTEBOOKS

PLACE = ".dwmtj-lab, .dwmtj-lesson-part"
IN_USE = """
  const inUse = (node) => node.getClientRects().length > 0 && node.tabIndex >= 0 && !node.disabled
    && getComputedStyle(node).visibility !== "hidden";
"""
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
LESSONS = ("lessons/01_one_wall", "lessons/03_small_networks")


def findings(page: Any) -> list[str]:
    """Return what axe-core calls serious or critical: rule, help and the first places."""
    # The pages keep foreign scripts out, so that this one comes by the debugger.
    page.evaluate(f"window.axe || (() => {{ {AXE} }})()")
    violations = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [
        f"{rule['impact']} {rule['id']}: {rule['help']}: "
        + "; ".join(f"{node['target']} {node['html'][:100]}" for node in rule["nodes"][:4])
        for rule in violations
        if rule["impact"] in ("serious", "critical")
    ]


def work(page: Any, name: str) -> None:
    """Bring a page to where there is something to see, with what folds opened."""
    if name.startswith("lessons"):
        page.locator(".dwmtj-options input >> nth=0").click()
        page.locator(".dwmtj-instant >> nth=0").click()
        return
    if page.locator(".dwmtj-instant").count():
        page.click(".dwmtj-instant")
        page.wait_for_function(
            "/converged|trained|ended/.test(document.querySelector('.dwmtj-phase').textContent)",
        )
    else:
        page.click(".dwmtj-start")
        done = "Number(document.querySelector('.dwmtj-done')?.textContent.replaceAll(',', '') ?? 0)"
        page.wait_for_function(f"{done} > 30")
        page.click(".dwmtj-stop")
        page.wait_for_selector(".dwmtj-start:enabled")
    for fold in page.query_selector_all(".jupyter-widget-Collapse-header"):
        fold.click()
    page.click(".dwmtj-share-address")
    page.wait_for_selector(".dwmtj-share .panel:not([hidden])")


def assert_nothing_is_cut_off_at_200_percent(page: Any) -> None:
    """At 200 % a window of 1280x800 has 640x400 CSS pixels."""
    page.set_viewport_size({"width": 640, "height": 400})
    page.wait_for_function("innerWidth === 640")
    width, window = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert width <= window
    outside = page.evaluate(f"""(() => {{ {IN_USE}
      const scrolls = (node) => node
        && (/auto|scroll/.test(getComputedStyle(node).overflowX) || scrolls(node.parentElement));
      const all = "a[href], button, input, select, textarea, canvas, .noUi-handle";
      return [...document.querySelectorAll(all)].filter(inUse)
        .filter((node) => {{
          const {{ left, right }} = node.getBoundingClientRect();
          return (left < -1 || right > innerWidth + 1) && !scrolls(node.parentElement);
        }}).map((node) => node.outerHTML.slice(0, 150));
    }})()""")
    assert not outside


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_lab_fits_the_place_that_it_has_in_a_window_that_is_wider(opened: Any, name: str) -> None:
    """In a window of 1280 pixels a cell of JupyterLab is 848 wide."""
    page = opened(name)
    page.evaluate("document.querySelector('.dwmtj-lab').parentElement.style.width = '848px'")
    page.wait_for_function("document.querySelector('.dwmtj-lab').clientWidth === 848")
    cards = page.evaluate("""[...document.querySelectorAll('.dwmtj-lab .dwmtj-card')]
      .filter((card) => card.getClientRects().length > 0)
      .map((card) => [card.className, card.clientWidth, card.getBoundingClientRect().right])""")
    end = page.evaluate("document.querySelector('.dwmtj-lab').getBoundingClientRect().right")
    assert len(cards) > 4
    assert not [card for card in cards if card[1] < 250 or card[2] > end], "too narrow, or beyond the lab"


@pytest.mark.parametrize("name", ["", *NOTEBOOKS, *LESSONS])
def test_axe_finds_nothing_serious_in_light_and_dark_and_200_percent_fit(opened: Any, name: str) -> None:
    page = opened(name)
    assert not findings(page)
    if name:
        work(page, name)
        assert not findings(page)
    before = page.evaluate(
        "getComputedStyle(document.querySelector('.dwmtj-card, .dwmtj-lesson-part, a')).backgroundColor"
    )
    page.emulate_media(color_scheme="dark")
    after = page.evaluate(
        "getComputedStyle(document.querySelector('.dwmtj-card, .dwmtj-lesson-part, a')).backgroundColor"
    )
    assert before != after
    assert not findings(page)
    assert_nothing_is_cut_off_at_200_percent(page)


def test_canvases_follow_the_theme_of_system_and_jupyter(opened: Any) -> None:
    page = opened("maxcut_lab")
    page.wait_for_selector(".dwmtj-graph-canvas[data-frames]")
    corner = """(() => {
      const canvas = document.querySelector(".dwmtj-graph-canvas");
      return canvas.getContext("2d").getImageData(2, 2, 1, 1).data.slice(0, 3).join();
    })()"""
    paper = "getComputedStyle(document.querySelector('.dwmtj-graph-editor')).backgroundColor.match(/\\d+/g).join()"
    light = page.evaluate(paper)
    page.wait_for_function(f"{corner} === '{light}'")
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(paper)
    assert dark != light
    page.wait_for_function(f"{corner} === '{dark}'")
    page.emulate_media(color_scheme="light")
    page.wait_for_function(f"{corner} === '{light}'")
    page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    page.wait_for_function(f"{corner} === '{dark}'")


TOUCHED = """(() => {
  const shown = (node) => node.getClientRects().length > 0 && getComputedStyle(node).visibility !== "hidden";
  // A link in the middle of a text is as high as its line.
  const all = "button, a[href]:not(p a), select, input, textarea, [role=button], [contenteditable=true], .noUi-handle, "
    + "canvas[tabindex='0']";
  // Of a box to tick its label is hit too.
  const hit = (node) => (/checkbox|radio/.test(node.type) ? node.closest("label") : node);
  return [...document.querySelectorAll(all)].filter((node) => shown(node) && node.tabIndex >= 0).map((node) => {
    const area = hit(node);
    const box = area.getBoundingClientRect();
    const more = getComputedStyle(area, "::after");
    const larger = (own, padded) => Math.max(own, parseFloat(padded) || 0);
    const sides = [larger(box.width, more.width), larger(box.height, more.height)];
    return [sides, node.outerHTML.slice(0, 150)];
  });
})()"""


@pytest.mark.parametrize("name", [*NOTEBOOKS, *LESSONS])
def test_a_finger_hits_every_control(opened: Any, name: str) -> None:
    page = opened(name, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    for fold in page.query_selector_all(".jupyter-widget-Collapse-header"):
        fold.click()
    touched = page.evaluate(TOUCHED)
    assert len(touched) > 8
    small = [
        f"{width:.0f} x {height:.0f}: {what}"
        for (width, height), what in touched
        if min(width, height) < 43.5
    ]
    assert not small, "\n".join(small)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_nothing_glides_for_those_who_want_less_motion(opened: Any) -> None:
    moving = f"""[...document.querySelectorAll(":is({PLACE}), :is({PLACE}) *")].filter((node) => {{
      const style = getComputedStyle(node);
      return style.animationName !== "none" || parseFloat(style.transitionDuration) > 0;
    }}).map((node) => node.outerHTML.slice(0, 120))"""
    page = opened("recall_lab")
    assert page.evaluate(moving), "ipywidgets has buttons that glide"
    page.emulate_media(reduced_motion="reduce")
    assert not page.evaluate(moving)
