"""Files that people bring and settings that outlive a reload, in a real browser."""

import base64
import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from browser_tools import Served
from lab_pages.lab import STARTED, LabPage

from dwmtj_widgets.tasks.graph_files import format_graph
from dwmtj_widgets.tasks.graphs import cycle_graph, random_graph
from dwmtj_widgets.tasks.patterns import symbol, to_png

READY = {
    "recall_lab": ".dwmtj-track-canvas[data-frames]",
    "maxcut_lab": ".dwmtj-graph canvas[data-cut]",
    "signal_lab": ".dwmtj-scope canvas",
    "explorer": ".dwmtj-heat-map canvas",
    "statistics_lab": ".dwmtj-accuracy-chart svg",
}
WAVE = "".join(f"{value:.4f}\n" for value in np.sin(np.linspace(0.0, 2.0 * np.pi, 50)) ** 3)
GOOD = {
    "recall_lab": ("heart.png", to_png(symbol("heart"), scale=9)),
    "maxcut_lab": ("ring.txt", format_graph(cycle_graph(7).adjacency).encode()),
    "signal_lab": ("wave.csv", WAVE.encode()),
}
SHOWN = {
    "recall_lab": "probe.hash('editor')",
    "maxcut_lab": "probe.text('graph-name')",
    "signal_lab": "probe.hash('waveform')",
}
DROP = """([name, text, over]) => {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const type = name.endsWith(".png") ? "image/png" : "";
  const files = new DataTransfer();
  files.items.add(new File([bytes], name, { type }));
  const place = document.querySelector(over);
  const options = { dataTransfer: files, bubbles: true, cancelable: true };
  const allowed = !place.dispatchEvent(new DragEvent("dragover", options));
  place.dispatchEvent(new DragEvent("drop", options));
  return allowed;
}"""


class Page(LabPage):
    """A lab of the gallery."""

    def wait_ready(self) -> None:
        self.wait_for_part(READY[self.page.url.split("?")[0].rsplit("/", 1)[1]])
        self.wait_for_part(".dwmtj-share-address")

    def drop(self, name: str, content: bytes) -> None:
        """Drop a file on the lab's title."""
        assert self.page.evaluate(DROP, [name, base64.b64encode(content).decode(), ".dwmtj-title"])

    def reload(self) -> None:
        self.page.reload(timeout=STARTED)
        self.wait_ready()


@pytest.fixture
def visit(gallery: Served, context):
    """Open a lab of the gallery by its name."""

    @contextlib.contextmanager
    def visiting(lab: str) -> Iterator[Page]:
        page = Page(context.new_page(), gallery.address + lab)
        yield page
        page.close()

    return visiting


@pytest.mark.parametrize("lab", GOOD)
def test_files_are_chosen_or_dropped_and_too_large_ones_refused(visit, lab: str, tmp_path: Path) -> None:
    name, good = GOOD[lab]
    big = tmp_path / f"big{Path(name).suffix}"
    big.write_bytes(b"1\n" * 6_000_000)
    with visit(lab) as page:
        before = page.ask(SHOWN[lab])
        page.open_file(big)
        page.wait("probe.text('error').includes('12,000,000 bytes; at most 5,000,000')")
        page.drop(big.name, big.read_bytes()[:5_000_001])
        page.wait("probe.text('error').includes('5,000,001 bytes')")
        if lab != "maxcut_lab":  # a graph's file may have any name
            page.drop("program.exe", b"MZ")
            page.wait("probe.text('error').includes('program.exe is no file that this lab can open')")
        assert page.ask(SHOWN[lab]) == before
        search = page.ask("location.search")
        page.drop(name, good)
        page.wait(f"{json.dumps(before)} !== {SHOWN[lab]} && !probe.text('graph-name').includes('…')")
        page.wait("!probe.text('error').match(/bytes|program/)")
        page.wait(f"location.search !== {search!r}")  # the address follows what was dropped
        session = page.saved_file("share-save", tmp_path)
        dropped = page.ask(SHOWN[lab])
        page.reload()
        page.wait(f"{json.dumps(dropped)} === {SHOWN[lab]}")
        page.drop(session.name, session.read_bytes())
        page.wait(f"{json.dumps(dropped)} === {SHOWN[lab]}")


def test_a_setting_too_long_for_an_address_outlives_a_reload_too(visit, tmp_path: Path) -> None:
    file = tmp_path / "large.txt"
    file.write_text(format_graph(random_graph(150, 0.9, 3).adjacency))
    with visit("maxcut_lab") as page:
        page.open_file(file)
        page.wait("probe.text('graph-name').includes('150 nodes')")
        page.wait("sessionStorage.length > 0 && !location.search.includes('s=')")
        page.reload()
        page.wait("probe.text('graph-name').includes('150 nodes')")


def test_a_slider_is_in_the_address_and_the_way_back_restores_it(visit, gallery: Served) -> None:
    weight = "document.querySelector('.dwmtj-weight .widget-readout').textContent"
    with visit("recall_lab") as page:
        before = page.ask(weight)
        page.page.focus(".dwmtj-weight .noUi-handle")
        page.page.keyboard.press("ArrowRight")
        page.wait("location.search.includes('s=')")
        moved = page.ask(weight)
        assert moved != before
        page.page.goto(gallery.address)
        page.page.go_back(timeout=STARTED)
        page.wait_ready()
        page.wait(f"{weight} === {moved!r}")


@pytest.mark.parametrize("lab", ["statistics_lab", "explorer"])
def test_a_page_with_unfinished_work_asks_before_it_goes(visit, lab: str) -> None:
    with visit(lab) as page:
        asked: list[str] = []

        def answer(dialog) -> None:
            asked.append(dialog.type)
            dialog.dismiss()

        page.page.on("dialog", answer)
        page.click("start")
        page.page.wait_for_selector(".dwmtj-stop:enabled")
        page.page.evaluate("() => location.reload()")
        page.wait("document.querySelector('.dwmtj-stop')")
        assert asked == ["beforeunload"]
        page.click("stop")  # who stays has a kernel still
        page.wait("!document.querySelector('.dwmtj-stop:enabled')")
