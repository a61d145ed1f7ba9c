"""The labs by keyboard alone, and numbers that are typed or held."""

import re
from pathlib import Path
from typing import Any

import pytest
from browser_tools import served, wait_for, write_notebook
from everything import NOTEBOOKS
from lab_pages.lab import STARTED

IN_USE = """
  const inUse = (node) => node.getClientRects().length > 0 && node.tabIndex >= 0 && !node.disabled
    && getComputedStyle(node).visibility !== "hidden";
"""


# -- keyboard ----------------------------------------------------------------------------------------------------


# What shows that a place has the keyboard: its own outline, or that of the frame round a canvas.
OUTLINED = """(node) => [node, node?.closest(".dwmtj-pixel-frame")].some((one) => {
  if (!one) return false;
  const { outlineStyle, outlineWidth } = getComputedStyle(one);
  return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
})"""


def is_outlined(page: Any) -> bool:
    return page.evaluate(f"({OUTLINED})(document.activeElement)")


@pytest.mark.parametrize("name", NOTEBOOKS)
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
    unnamed = """[...reached].filter((one) => one.tagName === "CANVAS" && !one.getAttribute("aria-label"))
      .map((one) => one.className)"""
    assert page.evaluate(unnamed) == [], "a canvas takes the focus without saying what it is"


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


# -- numbers -----------------------------------------------------------------------------------------------------


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
        ("12,5", "1", "Only whole numbers are accepted here."),
        ("12", "12", None),
        ("99999", "9999", "99999 is out of range: it is 9999 now."),
    ):
        type_in(seed, text)
        if sentence:
            page.wait_for_function(f"document.querySelector('{remark}')?.textContent === {sentence!r}")
        assert page.input_value(seed) == shown
