"""The Max-cut Lab in a real browser: where things lie, runs, many runs, keyboard and a phone."""

import json
import re

import numpy as np
import pytest
from browser_tools import Served
from lab_pages.maxcut import Page

from dwmtj_widgets import cut_value
from dwmtj_widgets.tasks.graphs import random_graph


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


def test_scrubbing_a_cut_shows_what_was_and_continue_resumes_there(lab: Page) -> None:
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
