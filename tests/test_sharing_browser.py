"""What one person shares, another gets: by address, by file, and refused with a sentence when it is damaged."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser_tools import Served, browser_context, served

BEGUN = "document.querySelector('.dwmtj-time').textContent.startsWith('0.00')"
STARTED = 60_000  # ms for a page on a busy machine
READY = {"recall_lab": ".dwmtj-track-canvas[data-frames]", "maxcut_lab": ".dwmtj-graph canvas[data-cut]"}


@pytest.fixture(scope="module")
def gallery() -> Iterator[Served]:
    with served(None) as server:
        yield server


def opened(context, address: str, lab: str):
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector(READY[lab], timeout=STARTED)
    page.wait_for_selector(".dwmtj-share-address", timeout=STARTED)
    return page


def text(page, name: str) -> str:
    return page.locator(f".dwmtj-{name}").first.inner_text()


def wait(page, condition: str) -> None:
    page.wait_for_function(f"() => {condition}", polling=50, timeout=STARTED)


def text_box(page, button: str, includes: str) -> str:
    """Return what a button of the share box shows."""
    page.click(f".dwmtj-share-{button}")
    wait(page, f"document.querySelector('.dwmtj-share textarea')?.value.includes('{includes}')")
    return page.input_value(".dwmtj-share textarea")


def outcome(page) -> tuple[str, ...]:
    """Run to the end; return the lines that repeat the run, its final time and energy, and the picture of all walls."""
    page.click(".dwmtj-instant")
    wait(page, "document.querySelector('.dwmtj-phase').textContent.includes('converged')")
    tracks = page.evaluate(
        """() => {
          const c = document.querySelector(".dwmtj-track-canvas");
          const pixels = new Uint32Array(c.getContext("2d").getImageData(0, 0, c.width, c.height).data.buffer);
          return String(pixels.reduce((sum, value) => (Math.imul(sum, 31) + value) | 0, 7));
        }"""
    )
    return text_box(page, "python", "Simulation"), text(page, "time"), text(page, "energy"), tracks


def error(page, sentence: str) -> None:
    wait(page, f"document.querySelector('.dwmtj-error').textContent.includes('{sentence}')")


def test_a_recall_is_shared_by_address_and_by_file(gallery: Served, tmp_path: Path) -> None:
    with browser_context() as mine:
        page = opened(mine, gallery.address + "recall_lab", "recall_lab")
        page.click(".dwmtj-invert")
        address = text_box(page, "address", "http")
        with page.expect_download() as download:
            page.click(".dwmtj-share-save")
        file = tmp_path / download.value.suggested_filename
        download.value.save_as(file)
        ended = outcome(page)
        assert "/recall_lab?s=" in address
    with browser_context() as yours:
        page = opened(yours, address, "recall_lab")
        assert outcome(page) == ended
        page.click(".dwmtj-dice")
        wait(page, BEGUN)
        assert outcome(page) != ended
        page.set_input_files(".dwmtj-share-file", file)
        wait(page, BEGUN)
        assert outcome(page) == ended
        broken = tmp_path / "broken.json"
        broken.write_text(file.read_text().replace('"weight": 0.1', '"weight": -7'))
        page.set_input_files(".dwmtj-share-file", broken)
        error(page, "weight is")
        assert outcome(page) == ended
        page.close()
        error(opened(yours, address[:-9], "recall_lab"), "damaged")


def test_a_graph_is_shared_by_address(gallery: Served) -> None:
    drawn = "document.querySelector('.dwmtj-graph canvas').dataset.positions"
    with browser_context() as mine:
        page = opened(mine, gallery.address + "maxcut_lab", "maxcut_lab")
        before = page.evaluate(drawn)
        page.click(".dwmtj-other-graph")
        wait(page, f"{drawn} !== '{before}'")
        address = text_box(page, "address", "http")
        ended = outcome(page)
    with browser_context() as yours:
        assert outcome(opened(yours, address, "maxcut_lab")) == ended
