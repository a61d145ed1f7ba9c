"""The Max-cut Lab in a real browser: drawing a graph, and files."""

import json
import re
from pathlib import Path

import numpy as np
from lab_pages.maxcut import Page

from dwmtj_widgets.tasks.graph_files import parse_graph
from dwmtj_widgets.tasks.graphs import petersen_graph

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
