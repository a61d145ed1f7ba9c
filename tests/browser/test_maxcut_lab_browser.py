"""The Max-cut Lab in a real browser: drawing a graph, files, runs, many runs, and where things lie on the page."""

import base64
import json
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from browser_tools import Served, served
from lab_page import LabPage

from dwmtj_widgets import Simulation, cut_value, maxcut_network
from dwmtj_widgets.tasks.graph_files import parse_graph
from dwmtj_widgets.tasks.graphs import petersen_graph, random_graph
from dwmtj_widgets.units import quantity
from dwmtj_widgets.widgets import palette

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "maxcut_lab.ipynb"

PROBES = """
Object.assign(probe, {
  graph: () => ({ ...probe.canvas("graph").dataset, positions: JSON.parse(probe.canvas("graph").dataset.positions) }),
  data: (name) => probe.canvas("graph")?.dataset[name],
  press: (key) => probe.canvas("graph")
    .dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })),
  /** The colour inside a node, below its number. */
  colour: ([x, y]) => {
    const ratio = probe.canvas("graph").width / probe.canvas("graph").clientWidth;
    const place = [Math.round(x * ratio), Math.round((y + 11) * ratio)];
    const pixel = probe.canvas("graph").getContext("2d").getImageData(...place, 1, 1).data;
    return "#" + [...pixel.slice(0, 3)].map((v) => v.toString(16).padStart(2, "0")).join("");
  },
  /** Whether the last row of tracks shows a device. */
  lastRow: () => {
    const canvas = document.querySelector(".dwmtj-tracks canvas");
    const cell = canvas.width / probe.data("nodes");
    const place = [0.4 * cell, canvas.height - 0.6 * cell].map(Math.round);
    return canvas.getContext("2d").getImageData(...place, 1, 1).data.slice(0, 3).some((part) => part > 0);
  },
  painted: () => Number(document.querySelector(".dwmtj-top .dwmtj-clock").dataset.painted ?? 0),
  saved: (name) => document.querySelector(`a.dwmtj-${name}`)?.href ?? "",
  enabled: (name) => !document.querySelector(`.dwmtj-${name}`).disabled,
  boxes: (selector) => [...document.querySelectorAll(selector)].filter((e) => e.checkVisibility())
    .map((e) => [e, e.getBoundingClientRect()]).filter(([, box]) => box.width > 0 && box.height > 0)
    .map(([e, { left, top, right, bottom }]) => ({ name: `${e.tagName} ${e.className}`, left, top, right, bottom })),
});
"""
READY = "probe.data('sides')?.length === 24 && probe.text('time') !== '' && probe.text('cut') === '0'"


class Page(LabPage):
    """The open Max-cut Lab."""

    probes = PROBES

    def wait_ready(self) -> None:
        self.wait_for_part(".dwmtj-graph canvas[data-sides]")
        self.wait(READY)

    def places(self) -> list[tuple[float, float]]:
        """Return where the nodes are in the window."""
        box = self.page.locator(".dwmtj-graph canvas").bounding_box()
        return [(box["x"] + x, box["y"] + y) for x, y in self.ask("probe.graph()")["positions"]]

    def wait_graph(self, nodes: int, edges: int) -> None:
        """Wait until the browser shows, and Python has taken up, a graph of this size."""
        self.wait(f"probe.data('nodes') === '{nodes}' && probe.data('edges') === '{edges}'")
        self.wait(
            f"probe.text('graph-name').includes('{nodes} nodes, {edges} edge')"
            f" && probe.data('sides').length === {nodes}"
        )

    def saved(self, name: str) -> str:
        """Return the text that a link saves."""
        self.wait(f"probe.saved('{name}')")
        return base64.b64decode(self.ask(f"probe.saved('{name}')").split("base64,")[1]).decode()

    def adjacency(self) -> np.ndarray:
        return parse_graph(self.saved("graph-download"))

    def famous(self, name: str) -> None:
        self.page.select_option(".dwmtj-famous select", label=name)
        self.wait(f"probe.text('graph-name').startsWith({json.dumps(name)})")

    def instant(self, tap: bool = False) -> None:
        """Run to the end, which must be the engine's, in every view."""
        adjacency = self.adjacency()
        end = Simulation(maxcut_network(adjacency), np.zeros(len(adjacency))).run()
        sides = "".join(map(str, end.bits)).replace("-1", "?")
        self.page.tap(".dwmtj-instant") if tap else self.click("instant")
        self.wait(f"probe.text('time') === {quantity(end.time, 's', decimals=2)!r}")
        self.wait(f"probe.data('sides') === '{sides}'")
        self.wait(f"probe.text('cut') === '{cut_value(adjacency, end.bits):g}'")

    def assert_cut_is_that_of_the_shown_division(self) -> None:
        """Compare the page's number with the sides that the canvas shows and the graph that it saves."""
        sides = np.array([int(side) for side in self.ask("probe.data('sides')")])
        cut = cut_value(self.adjacency(), sides)
        assert self.text("cut") == f"{cut:g}"
        self.wait(f"probe.data('cut') === '{cut:g}'")
        self.page.mouse.move(2, 2)  # what the pointer is over has a ring
        for place, side in zip(self.ask("probe.graph()")["positions"], sides, strict=True):
            assert self.ask(f"probe.colour({place})") == (palette.ON if side else palette.OFF)


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    Simulation(
        maxcut_network(petersen_graph().adjacency), np.zeros(10)
    ).run()  # compiled before the page asks
    with served(NOTEBOOK, preheat=1) as server:
        yield server


@pytest.fixture(scope="module")
def lab(server: Served, context) -> Iterator[Page]:
    """One page for all tests with a mouse, as each kernel takes seconds; a test begins by choosing its graph."""
    lab = Page(context.new_page(), server.address)
    yield lab
    lab.close()


def overlapping(boxes: list[dict], slack: float = 1.0) -> list[tuple[str, str]]:
    """Return the pairs of boxes that cover one another."""
    return [
        (one["name"], other["name"])
        for k, one in enumerate(boxes)
        for other in boxes[k + 1 :]
        if min(one["right"], other["right"]) - max(one["left"], other["left"]) > slack
        and min(one["bottom"], other["bottom"]) - max(one["top"], other["top"]) > slack
    ]


# -- where things lie --------------------------------------------------------------------------------------------


def test_nothing_is_clipped_or_covered_at_1280x800(lab: Page) -> None:
    lab.instant()
    lab.wait("document.querySelectorAll('.dwmtj-charts-card path.line').length >= 2")
    assert lab.ask("probe.overflow()") == [[0, 0]] * 3, "the page scrolls at 1280x800"
    for area in ("left", "middle", "right"):
        inside = f"(({{scrollHeight: h, clientHeight: c}}) => h - c)(document.querySelector('.dwmtj-{area}'))"
        assert lab.ask(inside) <= 0, f"something is out of sight in the {area} column"
    assert lab.ask("probe.cut()") == [], "texts do not fit"
    parts = ".dwmtj-transport > *, .dwmtj-phase-bar, .dwmtj-title, .dwmtj-card, .dwmtj-reading, .dwmtj-graph,"
    controls = ".dwmtj-lab .jupyter-button, .dwmtj-lab a, .dwmtj-tracks canvas, .dwmtj-graph-tools > *"
    for boxes in (lab.ask(f"probe.boxes(`{controls}`)"), lab.ask(f"probe.boxes(`{parts} .none`)")):
        assert len(boxes) > 10
        out = [b for b in boxes if b["left"] < 0 or b["top"] < 0 or b["right"] > 1280 or b["bottom"] > 800]
        assert out == []
    assert overlapping(lab.ask(f"probe.boxes(`{controls}`)")) == []
    cards = ".dwmtj-card, .dwmtj-graph, .dwmtj-top, .dwmtj-readout, .dwmtj-tracks-panel, .dwmtj-bottom"
    assert overlapping(lab.ask(f"probe.boxes(`{cards}`)")) == []
    # What the eye meets first: nothing else is as large, and it is in the middle.
    box = lab.page.locator(".dwmtj-graph canvas").bounding_box()
    assert box["width"] * box["height"] > 0.25 * 1280 * 800
    assert abs(box["x"] + box["width"] / 2 - 640) < 64


def test_small_laptop_has_graph_cut_and_run_in_sight(lab: Page) -> None:
    lab.page.set_viewport_size({"width": 1024, "height": 768})
    lab.wait("innerWidth === 1024 && probe.overflow().every(([x]) => x === 0)")
    for name in ("graph canvas", "run", "cut", "gap", "time", "best-of", "scrub"):
        (box, *_) = lab.ask(f"probe.boxes('.dwmtj-{name}')")
        assert box["left"] >= 0 and box["right"] <= 1024 and box["top"] >= 0 and box["bottom"] <= 768, name
    assert lab.ask("probe.cut()") == [], "texts do not fit"
    lab.page.set_viewport_size({"width": 1280, "height": 800})
    lab.wait("innerWidth === 1280")


# -- drawing -----------------------------------------------------------------------------------------------------


def test_undone_is_said_until_the_next_action(lab: Page) -> None:
    lab.famous("Petersen")
    lab.wait_graph(10, 15)
    lab.page.focus(".dwmtj-graph canvas")
    for key in ("Home", "Shift+ArrowRight"):
        lab.page.keyboard.press(key)
    for action in ("Shift+ArrowLeft", "Escape"):
        lab.page.keyboard.press("Control+z")
        lab.wait_text("graph-news", "Undone.")
        lab.page.keyboard.press(action)
        assert lab.text("graph-news").startswith("Drag a node"), action


def test_graph_is_edited_with_the_mouse(lab: Page) -> None:
    lab.famous("Petersen")
    lab.wait_graph(10, 15)
    page, wanted = lab.page, petersen_graph().adjacency
    box = page.locator(".dwmtj-graph canvas").bounding_box()
    corner = (box["x"] + 30, box["y"] + 30)
    page.mouse.click(*corner)
    assert lab.text("graph-news").startswith("Drag a node"), "a stray click in Move is no edit"
    lab.click("graph-add")
    page.mouse.click(*corner)
    assert lab.text("graph-news") == "Node 11 added.", "as it is numbered in the file"
    lab.wait_graph(11, 15)
    lab.wait("probe.lastRow()")
    wanted = np.pad(wanted, ((0, 1), (0, 1)))
    lab.click("graph-connect")
    places = lab.places()
    page.mouse.move(*places[10])
    page.mouse.down()
    page.mouse.move(*places[4], steps=3)
    page.mouse.up()
    lab.wait_graph(11, 16)
    wanted[4, 10] = wanted[10, 4] = 1.0
    np.testing.assert_array_equal(lab.adjacency(), wanted)

    lab.click("graph-move")
    page.mouse.move(*lab.places()[10])
    page.mouse.down()
    page.mouse.move(corner[0] + 60, corner[1] + 8, steps=3)
    page.mouse.up()
    lab.wait(f"Math.abs(probe.graph().positions[10][0] - {corner[0] + 60 - box['x']}) < 3")
    np.testing.assert_array_equal(lab.adjacency(), wanted)

    lab.click("graph-delete")
    page.mouse.click(*lab.places()[0])
    lab.wait_graph(10, 13)
    without = np.delete(np.delete(wanted, 0, 0), 0, 1)
    np.testing.assert_array_equal(lab.adjacency(), without)
    lab.click("graph-undo")
    assert lab.text("graph-news") == "Undone."
    lab.wait_graph(11, 16)
    np.testing.assert_array_equal(lab.adjacency(), wanted)
    lab.click("graph-redo")
    lab.wait_graph(10, 13)
    np.testing.assert_array_equal(lab.adjacency(), without)
    lab.wait("probe.text('graph-news').startsWith('Click a node or an edge')")  # "Done again." is old news
    lab.instant()
    lab.assert_cut_is_that_of_the_shown_division()
    lab.click("graph-move")


def test_weight_of_an_edge_is_typed_after_a_click_or_by_keyboard(lab: Page, tmp_path: Path) -> None:
    (tmp_path / "path.txt").write_text("3 2\n1 2 1\n2 3 1\n")
    lab.open_file(tmp_path / "path.txt", "graph-upload")
    lab.wait_graph(3, 2)
    page = lab.page
    lab.click("graph-move")
    one, two, _three = lab.places()
    page.mouse.click((one[0] + two[0]) / 2, (one[1] + two[1]) / 2)
    lab.wait("probe.data('edge') === '0 1'")
    page.fill(".dwmtj-graph-weight", "-2.5")
    page.keyboard.press("Enter")
    lab.wait("probe.text('graph-news') === 'Edge 1 to 2 now weighs −2.5.'")
    lab.wait("atob(probe.saved('graph-download').split('base64,')[1]).includes('1 2 -2.5')")
    assert lab.adjacency().tolist() == [[0, -2.5, 0], [-2.5, 0, 1], [0, 1, 0]]
    assert lab.ask("document.activeElement === document.querySelector('.dwmtj-graph canvas')")

    # No weight is refused in words, and what was there stands there again.
    page.fill(".dwmtj-graph-weight", "0")
    page.keyboard.press("Enter")
    lab.wait("probe.text('graph-news').includes('other than 0')")
    assert lab.ask("document.querySelector('.dwmtj-graph-weight').value") == "-2.5"

    page.focus(".dwmtj-graph canvas")
    for key in ("Escape", "End", "e", "w"):
        page.keyboard.press(key)
    lab.wait("probe.data('edge') === '1 2' && document.activeElement.matches('.dwmtj-graph-weight')")
    page.keyboard.type("7")
    # News that reaches the graph meanwhile leaves alone what is being typed.
    before = lab.ask("document.querySelector('.dwmtj-neuron').textContent")
    page.evaluate("probe.press('Home')")
    lab.wait(f"document.querySelector('.dwmtj-neuron').textContent !== {json.dumps(before)}")
    assert lab.ask("document.querySelector('.dwmtj-graph-weight').value") == "7"
    page.keyboard.press("Enter")
    lab.wait("atob(probe.saved('graph-download').split('base64,')[1]).includes('2 3 7')")
    page.keyboard.press("Control+z")
    lab.wait("atob(probe.saved('graph-download').split('base64,')[1]).includes('2 3 1')")
    page.keyboard.press("Delete")
    lab.wait_graph(3, 1)
    assert lab.adjacency().tolist() == [[0, -2.5, 0], [-2.5, 0, 0], [0, 0, 0]]


# -- files -------------------------------------------------------------------------------------------------------


def test_bad_file_is_one_sentence_with_its_line_and_a_good_one_is_divided(lab: Page, tmp_path: Path) -> None:
    lab.famous("Icosahedron")
    lab.wait_graph(12, 30)
    (tmp_path / "bad.txt").write_text("4 3\n1 2 1\n3 3 1\n2 4 1\n")
    (tmp_path / "good.txt").write_text("5 5\n1 2 1\n2 3 2\n3 4 3\n4 5 4\n1 5 5\n")
    before = lab.saved("graph-download")
    lab.open_file(tmp_path / "bad.txt", "graph-upload")
    lab.wait("document.querySelector('.dwmtj-error [role=alert]')")
    assert re.fullmatch(r"Line 3 joins node 3 to itself; [^.]*\.", lab.text("error"))
    assert lab.saved("graph-download") == before
    lab.wait_graph(12, 30)
    (box,) = lab.ask("probe.boxes('.dwmtj-error p')")
    assert box["bottom"] <= 800, "the sentence is out of sight"
    lab.open_file(tmp_path / "good.txt", "graph-upload")
    lab.wait_graph(5, 5)
    lab.wait("!document.querySelector('.dwmtj-error [role=alert]')")
    wanted = parse_graph((tmp_path / "good.txt").read_text())
    np.testing.assert_array_equal(lab.adjacency(), wanted)
    lab.instant()
    lab.assert_cut_is_that_of_the_shown_division()


# -- running -----------------------------------------------------------------------------------------------------


def test_run_moves_the_nodes_and_ends_with_the_cut_that_is_shown(lab: Page) -> None:
    lab.famous("Grid 4 × 5")
    lab.wait_graph(20, 31)
    painted, frames = lab.ask("[probe.painted(), Number(probe.data('frames'))]")
    lab.click("run")
    # The somas are loaded as they are, so nothing moves before loading is over; then for 3.5 ns, at most 1 ns a frame.
    lab.wait(f"probe.painted() > {painted} + 5 && Number(probe.data('frames')) > {frames} + 2")
    lab.click("pause")
    lab.wait("probe.enabled('run')")
    lab.instant()
    lab.assert_cut_is_that_of_the_shown_division()
    cut = float(lab.text("cut"))
    assert lab.text("best-known") == "31"
    assert lab.text("gap") == f"{100 * (1 - cut / 31):.1f} %"
    rows = lab.saved("division-download").splitlines()
    sides = "".join(row.split()[1] for row in rows[1:])
    assert sides == lab.ask("probe.data('sides')")


def test_scrubbing_shows_what_was_and_continue_resumes_there(lab: Page) -> None:
    lab.famous("Complete 12")
    lab.wait_graph(12, 66)
    lab.instant()
    end = [lab.text(name) for name in ("time", "cut", "energy")]
    lab.page.focus(".dwmtj-scrub .noUi-handle")
    lab.page.keyboard.press("Home")
    lab.wait("probe.text('time') === '0.00 ns' && probe.data('sides') === '0'.repeat(12)")
    lab.wait("probe.text('cut') === '0' && probe.enabled('continue')")
    box = lab.page.locator(".dwmtj-scrub .noUi-base").bounding_box()
    lab.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    lab.wait("probe.number('time') > 1 && probe.text('scrub-time') === probe.text('time')")
    then = lab.ask("probe.number('time')")
    assert then < float(end[0].split()[0])
    lab.click("continue")
    lab.wait(f"probe.text('scrub-time') === 'live' && probe.number('time') > {then}")
    lab.instant()
    assert [lab.text(name) for name in ("time", "cut", "energy")] == end


def test_best_of_many_runs_stops_and_keeps_what_is_there(lab: Page) -> None:
    lab.click("density-reset")  # it was that of the graph before
    lab.page.fill(".dwmtj-nodes input", "60")
    lab.page.keyboard.press("Enter")
    edges = random_graph(60, 0.5, 1).edges
    lab.wait_graph(60, edges)
    lab.click("best-of")
    grown = "document.querySelector('.dwmtj-best-of-card path.line')?.getAttribute('d')"
    first = lab.wait(f"parseInt(probe.text('best-of-text')) > 0 && {grown}")
    lab.wait(f"{grown} !== {json.dumps(first)}")
    assert not lab.ask("probe.enabled('best-of')")
    lab.click("best-of-stop")
    lab.wait("probe.enabled('best-of')")
    found = re.fullmatch(r"(\d+) runs, stopped of 1,000, best (\d+), mean [\d.]+", lab.text("best-of-text"))
    assert found, lab.text("best-of-text")
    assert 0 < int(found[1]) < 1000
    rows = lab.saved("best-of-download").splitlines()
    sides = np.array([int(row.split()[1]) for row in rows[1:]])
    assert cut_value(lab.adjacency(), sides) == int(found[2])
    assert lab.ask("probe.number('best-known')") >= int(found[2])


def test_optimum_is_searched_while_the_page_stays_alive(lab: Page) -> None:
    lab.click("density-reset")
    lab.page.fill(".dwmtj-nodes input", "24")
    lab.page.keyboard.press("Enter")
    lab.wait_graph(24, random_graph(24, 0.5, 1).edges)
    lab.click("exact")
    lab.click("step")
    lab.wait("probe.text('time') === '0.10 ns'")
    lab.wait("probe.text('exact-text').includes('is the optimum, proven')")
    optimum = re.search(r"Exact search: (\d+) is", lab.text("exact-text"))[1]
    assert lab.text("best-known") == optimum
    lab.instant()
    assert lab.text("gap") == f"{100 * (1 - float(lab.text('cut')) / float(optimum)):.1f} %"


# -- everybody ---------------------------------------------------------------------------------------------------


def test_keyboard_reaches_and_leaves_everything(lab: Page) -> None:
    lab.page.evaluate("""() => {
      document.activeElement.blur();
      window.visited = new Set();
      document.addEventListener("focusin", (event) => visited.add(event.target));
    }""")
    lab.page.mouse.click(2, 2)
    places = []
    for _ in range(90):
        lab.page.keyboard.press("Tab")
        places.append(lab.ask("document.activeElement === document.body ? 0 : visited.size"))
        if places[-1] == 0:
            break
    assert places[-1] == 0, "Tab never comes to the end of the page"
    assert places[:-1] == sorted(set(places[:-1])), "Tab stands still or goes round"
    missing = lab.ask("""[...document.querySelectorAll("canvas, button:enabled, a[href], .noUi-handle, input, select")]
      .filter((e) => e.tabIndex >= 0 && !e.disabled && !visited.has(e))
      .filter((e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
      .map((e) => e.outerHTML.slice(0, 90))""")
    assert missing == []
    assert lab.ask("visited.has(document.querySelector('.dwmtj-graph-weight'))")
    unnamed = lab.ask("""[...visited].filter((e) => e.tagName === "CANVAS" && !e.getAttribute("aria-label"))
      .map((e) => e.className)""")
    assert unnamed == []


# -- a phone -----------------------------------------------------------------------------------------------------


def test_phone_shows_the_graph_first_and_a_finger_edits_and_runs(server: Served, context) -> None:
    phone = context.browser.new_context(
        viewport={"width": 390, "height": 844}, device_scale_factor=2, is_mobile=True, has_touch=True
    )
    lab = Page(phone.new_page(), server.address)
    page = lab.page
    assert lab.ask("innerWidth") == 390
    assert [x for x, _ in lab.ask("probe.overflow()")] == [0, 0, 0], "the page scrolls sideways"
    (graph,) = lab.ask("probe.boxes('.dwmtj-graph canvas')")
    (bar,) = lab.ask("probe.boxes('.dwmtj-bottom')")
    assert graph["bottom"] <= bar["top"] and bar["bottom"] <= 845, "graph and time line in sight at once"
    order = [
        "run",
        "graph canvas",
        "cut",
        "time",
        "nodes",
        "best-of",
        "charts-card",
        "weight",
        "tracks",
        "neuron-view",
    ]
    tops = [lab.ask(f"probe.boxes('.dwmtj-{name}')")[0]["top"] for name in order]
    assert tops == sorted(tops), "what one acts on comes first"
    assert lab.ask("probe.cut()") == [], "texts do not fit"
    beyond = [box for box in lab.ask("probe.boxes('.dwmtj-lab *')") if box["right"] > 391 or box["left"] < -1]
    assert [box["name"] for box in beyond if "noUi" not in box["name"]] == []
    (large,) = lab.ask("probe.boxes('.dwmtj-neuron-view')")
    assert (large["right"] - large["left"]) / (large["bottom"] - large["top"]) == pytest.approx(
        404 / 92, rel=0.1
    )

    edges = int(lab.ask("probe.data('edges')"))
    page.tap(".dwmtj-graph-add")
    page.touchscreen.tap(graph["left"] + 25, graph["bottom"] - 25)
    lab.wait_graph(25, edges)
    page.tap(".dwmtj-graph-connect")
    for node in (24, 7):
        page.touchscreen.tap(*lab.places()[node])
    lab.wait_graph(25, edges + 1)
    assert lab.adjacency()[24, 7] == 1.0
    lab.instant(tap=True)
    lab.assert_cut_is_that_of_the_shown_division()
    lab.close()
    phone.close()
