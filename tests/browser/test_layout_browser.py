"""Every page at many sizes, by geometry: nothing is out of reach, and what belongs together is seen together."""

from collections.abc import Iterator
from typing import Any

import pytest
from browser_tools import Served
from everything import NOTEBOOKS
from lab_pages.lab import STARTED

PAGES = ("", *NOTEBOOKS, "lessons/02_one_neuron")
CELL = 848
"""CSS pixels that a cell of JupyterLab has in a window of 1280."""
SIZES = (
    (1920, 1080, None), (1366, 768, None), (1366, 650, None), (1280, 800, None), (1024, 700, None),
    (1280, 800, CELL), (768, 1024, None), (640, 400, None), (390, 844, None), (320, 568, None),
)  # fmt: skip

# What a person uses or looks at, and why it cannot be brought into sight. An ancestor that hides what is beyond it
# takes that away; one that scrolls gives it back, if it has a height and the thing does not lie before its beginning.
OUT_OF_REACH = """(() => {
  const things = `button, a[href], input:not([type=file]), select, textarea, canvas, .noUi-base, .bqplot, svg.chart,
    .dwmtj-card, .dwmtj-reading, .dwmtj-neuron-view, .dwmtj-graph-key, .dwmtj-graph-news, .dwmtj-phase-steps .step,
    .dwmtj-score-bars, .dwmtj-caption, .dwmtj-question`;
  const slack = 2;
  function whyNot(thing) {
    let { left, top, right, bottom } = thing.getBoundingClientRect();
    if (right - left < 1 || bottom - top < 1) return thing.matches(".noUi-base") ? "" : "has no extent";
    for (let up = thing.parentElement; up && up !== document.documentElement; up = up.parentElement) {
      const { overflowX, overflowY, position } = getComputedStyle(up);
      const frame = up.getBoundingClientRect();
      const hides = (how) => how === "hidden" || how === "clip";
      const scrolls = (how) => how === "auto" || how === "scroll";
      const name = `.${[...up.classList].filter((c) => c.startsWith("dwmtj")).join(".")} (${up.tagName})`;
      const isWider = left < frame.left - slack || right > frame.right + slack;
      if (hides(overflowX) && isWider) return `cut sideways by ${name}`;
      if (hides(overflowY) && (top < frame.top - slack || bottom > frame.bottom + slack)) return `cut by ${name}`;
      if (scrolls(overflowX)) {
        if (left + up.scrollLeft < frame.left - slack) return `before the beginning of ${name}`;
        [left, right] = [frame.left, frame.right];
      }
      if (scrolls(overflowY)) {
        if (top + up.scrollTop < frame.top - slack) return `above ${name}`;
        if (up.clientHeight < 20) return `in ${name}, which has no height`;
        [top, bottom] = [frame.top, frame.bottom];
      }
      if (position === "fixed") break;
    }
    if (left < -slack || right > innerWidth + slack) return "beyond the window sideways";
    if (top + document.scrollingElement.scrollTop < -slack) return "above the window";
    const end = Math.max(document.scrollingElement.scrollHeight, innerHeight) - document.scrollingElement.scrollTop;
    return bottom > end + slack ? "below the end of the page" : "";
  }
  const seen = (thing) => thing.checkVisibility({ visibilityProperty: true })
    && !thing.closest(".dwmtj-unseen, .dwmtj-clock, .dwmtj-news, [hidden], defs")
    && !thing.matches(".bqplot canvas"); // for marks of which we have none; it follows its chart later
  return [...document.querySelectorAll(things)].filter(seen)
    .map((thing) => [whyNot(thing), thing.outerHTML.slice(0, 110)]).filter(([why]) => why);
})()"""

# Everything that measures its own place has done so, and nothing has moved since.
AT_REST = """async () => {
  const look = () => JSON.stringify([...document.querySelectorAll("canvas, svg, .dwmtj-card")]
    .map((part) => Object.values(part.getBoundingClientRect().toJSON())));
  for (let [before, same] = [look(), 0]; same < 3;) {
    await new Promise((go) => requestAnimationFrame(() => setTimeout(go, 30)));
    const now = look();
    [before, same] = [now, now === before ? same + 1 : 0];
  }
}"""


@pytest.fixture
def page(gallery: Served, context: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """The page that a test names, complete."""
    page = context.new_page()
    page.set_default_timeout(STARTED)
    page.goto(gallery.address + request.param)
    if request.param:
        page.wait_for_selector("#dwmtj-starting", state="hidden")
        page.wait_for_selector(".dwmtj-lab, .dwmtj-lesson-part")
        place = ":is(.dwmtj-lab, .dwmtj-lesson-part)"
        page.wait_for_function(
            f"[...document.querySelectorAll('{place} .noUi-handle')].every((handle) => handle.ariaLabel)"
        )
    yield page
    page.close()


def resize(page: Any, width: int, height: int, cell: int | None = None) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_function(f"innerWidth === {width} && innerHeight === {height}")
    page.evaluate(
        """(width) => {
          const lab = document.querySelector(".dwmtj-lab");
          if (lab) lab.parentElement.style.width = width ? `${width}px` : "";
        }""",
        cell,
    )
    page.evaluate(AT_REST)


def box(page: Any, selector: str) -> dict[str, float]:
    found: dict[str, float] = page.evaluate(
        "(selector) => document.querySelector(selector).getBoundingClientRect().toJSON()", selector
    )
    return found


@pytest.mark.parametrize("page", PAGES, indirect=True, ids=lambda name: name or "gallery")
def test_nothing_is_out_of_reach_at_any_size(page: Any) -> None:
    modes = page.locator(".dwmtj-mode button").all() or [None]
    faults: list[tuple[Any, ...]] = []
    for mode in modes:
        if mode is not None:
            mode.click()
            page.wait_for_selector(".dwmtj-mode button.mod-active >> nth=0")
        for width, height, cell in SIZES:
            if cell and not page.locator(".dwmtj-lab").count():
                continue
            resize(page, width, height, cell)
            faults += [(width, height, cell, *fault) for fault in page.evaluate(OUT_OF_REACH)]
            beyond = page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
            assert beyond <= 0, f"the page scrolls sideways at {width}x{height}"
    assert not faults, "\n".join(map(str, faults[:30]))


@pytest.mark.parametrize("page", ["recall_lab"], indirect=True)
def test_the_recall_lab_uses_the_room_that_it_has(page: Any) -> None:
    resize(page, 1280, 800, CELL)
    run, tracks, lab = (box(page, f".dwmtj-{name}") for name in ("run", "tracks canvas", "lab"))
    assert tracks["left"] > run["right"], "the tracks are not beside the transport"
    assert tracks["top"] < run["bottom"]
    assert lab["height"] < 1100
    resize(page, 1920, 1080)
    tracks, lab = (box(page, f".dwmtj-{name}") for name in ("tracks canvas", "lab"))
    assert lab["bottom"] == pytest.approx(1080, abs=1)
    assert tracks["height"] > 650, "half of a large screen is empty"
    for width, height in ((1366, 768), (1366, 650)):
        resize(page, width, height)
        neuron = box(page, ".dwmtj-neuron-view")
        assert neuron["bottom"] <= box(page, ".dwmtj-bottom")["top"], f"the neuron is cut at {width}x{height}"


@pytest.mark.parametrize("page", ["maxcut_lab"], indirect=True)
def test_the_graph_and_its_legend_are_whole_where_there_are_three_columns(page: Any) -> None:
    for width, height, cell in SIZES:
        if (cell or width) > 1000:
            resize(page, width, height)
            assert box(page, ".dwmtj-graph-key")["bottom"] <= box(page, ".dwmtj-bottom")["top"], (
                width,
                height,
            )
    resize(page, 1280, 800, CELL)
    assert box(page, ".dwmtj-lab")["height"] < 1100


@pytest.mark.parametrize("page", ["signal_lab", "statistics_lab"], indirect=True)
def test_a_lab_in_a_cell_of_a_notebook_is_less_than_1100_pixels_high(page: Any) -> None:
    for mode in page.locator(".dwmtj-mode button").all() or [None]:
        if mode is not None:
            mode.click()
            page.wait_for_selector(".dwmtj-mode button.mod-active >> nth=0")
        for cell in (800, CELL, 1000):
            resize(page, 1280, 800, cell)
            result, begin = (
                box(page, f".dwmtj-{name}")
                for name in ("scope-card, .dwmtj-main-chart", "train, .dwmtj-start")
            )
            assert begin["bottom"] <= result["top"] < 400, "what comes of it does not follow what begins it"
            assert box(page, ".dwmtj-lab")["height"] <= 1100, cell


@pytest.mark.parametrize("page", ["recall_lab"], indirect=True)
def test_the_neuron_panel_is_dark_in_the_dark(page: Any) -> None:
    page.emulate_media(color_scheme="dark")
    papers = """[...document.querySelectorAll(".dwmtj-neuron-view, .dwmtj-neuron-view *")]
      .map((part) => getComputedStyle(part).backgroundColor)"""
    assert set(page.evaluate(papers)) == {"rgba(0, 0, 0, 0)"}
    ink = page.evaluate("getComputedStyle(document.querySelector('.dwmtj-neuron-labels span')).color")
    page.emulate_media(color_scheme="light")
    assert ink != page.evaluate("getComputedStyle(document.querySelector('.dwmtj-neuron-labels span')).color")
