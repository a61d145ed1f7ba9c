"""The labs without sight, mouse or good eyes: axe-core, the keyboard alone, dark theme, zoom, touch, less motion."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from browser_tools import Served, served, wait_for, write_notebook
from lab_page import STARTED

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")

LABS = ("recall_lab", "maxcut_lab", "statistics_lab", "signal_lab", "explorer")
LESSONS = ("lessons/01_one_wall", "lessons/03_small_networks")
PLACE = ".dwmtj-lab, .dwmtj-lesson-part"
IN_USE = """
  const inUse = (node) => node.getClientRects().length > 0 && node.tabIndex >= 0 && !node.disabled
    && getComputedStyle(node).visibility !== "hidden";
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    with served(None) as running:
        yield running


@pytest.fixture
def opened(server: Served, context: Any) -> Iterator[Any]:
    """Open pages of the gallery in windows of any kind; all are closed in the end."""
    made = []

    def open_page(name: str, **options: Any) -> Any:
        window = context.browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
        made.append(window)
        page = window.new_page()
        page.set_default_timeout(STARTED)
        page.goto(server.address + name)
        if name:
            page.wait_for_selector("#dwmtj-starting", state="hidden")
            page.wait_for_selector(PLACE)
            # Names and keys come when the controls are there.
            handle = f":is({PLACE}) .noUi-handle"
            page.wait_for_function(
                f"[...document.querySelectorAll('{handle}')].every((handle) => handle.ariaLabel)"
            )
        return page

    yield open_page
    for window in made:
        window.close()


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


@pytest.mark.parametrize("name", LABS)
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


@pytest.mark.parametrize("name", ["", *LABS, *LESSONS])
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


# -- keyboard --------------------------------------------------------------------------------------------------------

# What shows that a place has the keyboard: its own outline, or that of the frame round a canvas.
OUTLINED = """(node) => [node, node?.closest(".dwmtj-pixel-frame")].some((one) => {
  if (!one) return false;
  const { outlineStyle, outlineWidth } = getComputedStyle(one);
  return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
})"""


def is_outlined(page: Any) -> bool:
    return page.evaluate(f"({OUTLINED})(document.activeElement)")


@pytest.mark.parametrize("name", LABS)
def test_tab_reaches_everything_shows_where_it_is_and_gets_out(opened: Any, name: str) -> None:
    page = opened(name)
    kinds = "a[href], button, input, select, textarea, [tabindex], [contenteditable=true]"
    outlined = page.evaluate(f"""(() => {{ {IN_USE}
      window.stops = [...document.querySelectorAll("{kinds}")].filter(inUse);
      window.reached = new Set();
      return stops.map({OUTLINED});
    }})()""")
    assert len(outlined) > 10
    assert not any(outlined), "an outline that is always there shows nothing"
    for _ in range(2 * len(outlined)):
        page.keyboard.press("Tab")
        again = """(() => {
          const is = document.activeElement;
          return is === document.body || reached.has(is) || (reached.add(is), false);
        })()"""
        if page.evaluate(again):
            break
        wait_for(lambda: is_outlined(page), f"a visible focus at {place(page)}", 10.0)
    missed = page.evaluate(
        "stops.filter((one) => one.isConnected && !reached.has(one)).map((one) => one.outerHTML.slice(0, 150))"
    )
    assert not missed, missed


def place(page: Any) -> str:
    return page.evaluate("document.activeElement.outerHTML.slice(0, 160)")


class Keys:
    """A page that is used by keys alone."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def go(self, selector: str, key: str = "Tab", most: int = 120) -> None:
        """Go on with Tab until the keyboard is there; its place shows it, and did not before."""
        shown = f"({OUTLINED})(document.querySelector({selector!r}))"
        assert not self.page.evaluate(shown), f"{selector} was outlined without the keyboard"
        for _ in range(most):
            self.page.keyboard.press(key)
            if self.page.evaluate(f"document.activeElement.matches({selector!r})"):
                wait_for(lambda: is_outlined(self.page), f"a visible focus at {selector}", 10.0)
                return
        raise AssertionError(f"{key} did not reach {selector}; it is at {place(self.page)}")

    def back(self, selector: str) -> None:
        self.go(selector, "Shift+Tab")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def wait(self, condition: str) -> None:
        self.page.wait_for_function(condition)

    def text(self, selector: str) -> str:
        return str(self.page.inner_text(selector))

    def value(self, selector: str) -> str:
        return str(self.page.get_attribute(selector, "aria-valuetext"))

    def wait_value(self, selector: str, pattern: str) -> None:
        self.wait(f"/{pattern}/.test(document.querySelector({selector!r}).getAttribute('aria-valuetext'))")


def test_the_recall_lab_by_keyboard_alone(opened: Any) -> None:
    page = opened("recall_lab")
    keys = Keys(page)
    news = ".dwmtj-news [role=status]"

    canvas = ".dwmtj-editor canvas"
    keys.wait(f"document.querySelector('{canvas}').dataset.bits")
    bits = page.get_attribute(canvas, "data-bits")
    keys.go(canvas)
    keys.press("ArrowDown", "Space", "ArrowRight", "Space", "ArrowRight", "Enter")
    keys.wait(f"document.querySelector('{canvas}').dataset.bits !== '{bits}'")
    drawn = page.get_attribute(canvas, "data-bits")
    assert [k for k in range(100) if drawn[k] != bits[k]] == [10, 11, 12]
    assert re.fullmatch(r"Row 2, column 3, (on|off)", keys.text(".dwmtj-editor [aria-live]"))

    handle = ".dwmtj-distortion .noUi-handle"
    keys.go(handle)
    assert (page.get_attribute(handle, "aria-label"), keys.value(handle)) == (
        "Distortion",
        "0 %",
    )  # what was drawn
    keys.press("ArrowRight", "ArrowRight")
    keys.wait_value(handle, "^2 %$")

    assert keys.text(news) in ("", "Ready to load the input.")
    keys.back(".dwmtj-instant")
    keys.press("Enter")
    keys.wait(f"document.querySelector('{news}').textContent.includes('Converged')")
    told = (
        r"Converged: every wall is at rest\. Time [\d.]+ ns, energy [\d.]+ nJ\. "
        r"Nearest is memory \d(, inverse)?, with \d+ % of its bits\..*"
    )
    assert re.fullmatch(told, keys.text(news))

    handle = ".dwmtj-scrub .noUi-handle"
    keys.go(handle)
    keys.wait_value(handle, "^live$")
    keys.press("ArrowLeft", "ArrowLeft", "ArrowLeft")
    keys.wait_value(handle, "ns$")
    assert "ns" in keys.text(".dwmtj-scrub-time")

    tracks = ".dwmtj-track-canvas"
    before = int(page.get_attribute(tracks, "aria-valuenow"))
    keys.back(tracks)
    keys.press("ArrowDown", "ArrowDown")
    keys.wait_value(tracks, f"^neuron {before + 2}$")
    keys.wait(f"document.querySelector('.dwmtj-neuron-text').textContent.includes('Neuron {before + 2}')")

    handle = ".dwmtj-weight .noUi-handle"
    keys.back(handle)
    assert keys.value(handle) == "100 mV"
    keys.press("ArrowRight")
    keys.wait_value(handle, "^105 mV$")

    fold = ".dwmtj-device-panel .jupyter-widget-Collapse-header"
    keys.go(fold)
    assert page.get_attribute(fold, "aria-expanded") == "false"
    keys.press("Enter")
    keys.wait(f"document.querySelector({fold!r}).ariaExpanded === 'true'")
    keys.go(".dwmtj-preset select")
    keys.back(fold)
    keys.press("Space")
    keys.wait(f"document.querySelector({fold!r}).ariaExpanded === 'false'")

    keys.go(".dwmtj-share-address")
    keys.press("Enter")
    keys.wait("document.querySelector('.dwmtj-share textarea').value.includes('?s=')")
    assert page.evaluate("document.activeElement.matches('.dwmtj-share textarea')") and is_outlined(page)
    closed = """(() => {
      const panel = document.querySelector(".dwmtj-share .panel");
      return panel.hidden && document.activeElement.matches(".dwmtj-share-address[aria-expanded=false]");
    })()"""
    keys.press("Escape")
    assert page.evaluate(closed)
    keys.press("Enter")
    keys.wait("document.querySelector('.dwmtj-share-address').ariaExpanded === 'true'")
    assert page.is_visible(".dwmtj-share .panel")
    keys.back(".dwmtj-share-address")
    keys.press("Space")
    assert page.evaluate(closed)
    keys.go(".dwmtj-track-canvas")  # out again


def test_two_views_of_a_lab_do_everything_once(context: Any, tmp_path: Path) -> None:
    lab = "from dwmtj_widgets.labs import RecallLab\nlab = RecallLab()\nlab"
    with served(write_notebook(tmp_path / "twice.ipynb", lab, "lab")) as server:
        page = context.new_page()
        page.set_default_timeout(STARTED)
        downloads: list[Any] = []
        page.on("download", lambda download: downloads.append(download))
        page.goto(server.address)
        fold = ".dwmtj-device-panel .jupyter-widget-Collapse-header"
        page.wait_for_function(f"document.querySelectorAll({fold + '[tabindex]'!r}).length === 2")
        one, other = page.locator(".dwmtj-lab").all()

        one.locator(fold).press("Enter")
        page.wait_for_function(f"document.querySelector({fold!r}).ariaExpanded === 'true'")
        one.locator(fold).press("Space")
        page.wait_for_function(f"document.querySelector({fold!r}).ariaExpanded === 'false'")

        one.locator(".dwmtj-instant").click()
        one.locator(".dwmtj-export-csv:enabled").click()
        one.locator(".dwmtj-save-box[data-saved]").wait_for()
        assert other.locator(".dwmtj-save-box[data-saved]").count() == 0
        with page.expect_download():
            one.locator(".dwmtj-share-save").click()
        other.locator(".dwmtj-share-address").click()
        other.locator(".dwmtj-share .panel").wait_for()
        assert one.locator(".dwmtj-share .panel").is_hidden()
        with page.expect_download():
            one.locator(".dwmtj-export-npz").click()
        assert [file.suggested_filename for file in downloads] == [
            "dwmtj-recall-run.csv", "dwmtj-recall.json", "dwmtj-recall-run.npz",
        ]  # fmt: skip


# -- numbers ---------------------------------------------------------------------------------------------------------


def test_held_keys_lose_no_step_and_typed_numbers_are_taken_or_a_sentence_says_why_not(opened: Any) -> None:
    page = opened("recall_lab")
    handle, readout = ".dwmtj-weight .noUi-handle", ".dwmtj-weight .widget-readout"
    remark = ".dwmtj-remark"
    page.evaluate(
        """(handle) => {
      window.heard = new Set();
      const node = document.querySelector(handle);
      // What is there when a page is drawn is what a screen reader can ask for.
      const look = () => (heard.add(node.getAttribute("aria-valuetext")), requestAnimationFrame(look));
      look();
    }""",
        handle,
    )
    page.focus(handle)
    for _ in range(15):
        page.keyboard.press("ArrowLeft", delay=10)
    page.click(".dwmtj-instant")  # it is answered after all of them
    page.wait_for_function("document.querySelector('.dwmtj-phase').textContent === 'converged'")
    assert page.inner_text(readout) == "25"
    assert not [text for text in page.evaluate("[...heard]") if not re.fullmatch(r"\d+ mV", text)]

    def type_in(selector: str, text: str) -> None:
        page.click(selector)
        page.keyboard.press("Control+A")
        page.keyboard.type(text)
        page.keyboard.press("Enter")

    for text, shown, sentence in (
        ("62.5", "65", "It goes in steps: the nearest to 62.5 is 65."),
        ("70", "70", None),
        ("62,5", "70", "Write decimals with a point, as in 1.5."),
        ("900", "250", "900 is out of range: it is 250 now."),
        ("many", "250", "That is no number."),
    ):
        type_in(readout, text)
        if sentence:
            page.wait_for_function(f"document.querySelector('{remark}')?.textContent === {sentence!r}")
        assert page.inner_text(readout) == shown
        if not sentence:
            assert page.locator(remark).count() == 0

    seed = ".dwmtj-seed input"
    for text, shown, sentence in (
        ("12,5", "1", "Only whole numbers can be taken here."),
        ("12", "12", None),
        ("99999", "9999", "99999 is out of range: it is 9999 now."),
    ):
        type_in(seed, text)
        if sentence:
            page.wait_for_function(f"document.querySelector('{remark}')?.textContent === {sentence!r}")
        assert page.input_value(seed) == shown


# -- touch, motion ---------------------------------------------------------------------------------------------------


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


@pytest.mark.parametrize("name", [*LABS, *LESSONS])
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
