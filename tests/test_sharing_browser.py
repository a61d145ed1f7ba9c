"""What one person shares, another gets: by address, by file, and refused with a sentence when it is damaged."""

import io
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from browser_tools import Served, browser_context, served
from PIL import Image

BEGUN = "document.querySelector('.dwmtj-time').textContent.startsWith('0.00')"
SVG = "{http://www.w3.org/2000/svg}"
STARTED = 60_000  # ms for a page on a busy machine
READY = {
    "recall_lab": ".dwmtj-track-canvas[data-frames]",
    "maxcut_lab": ".dwmtj-graph canvas[data-cut]",
    "statistics_lab": ".dwmtj-accuracy-chart svg",
    "explorer": ".dwmtj-heat-map canvas",
    "signal_lab": ".dwmtj-scope canvas",
}


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
    # What an earlier button has shown must not be taken for the answer.
    page.evaluate("() => { document.querySelector('.dwmtj-share textarea').value = ''; }")
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


def type_in(page, name: str, value: object) -> None:
    page.fill(f".dwmtj-{name} input", str(value))
    page.keyboard.press("Enter")


def saved(page, label: str) -> tuple[str, bytes]:
    """Press a button of the export box; return the file's name and content."""
    wait(page, f"document.querySelector('.dwmtj-export-{label}')?.disabled === false")
    with page.expect_download(timeout=STARTED) as download:
        page.click(f".dwmtj-export-{label}")
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def measured(page) -> bytes:
    """Let a lab with trials run to its end; return its archive of all trials."""
    page.click(".dwmtj-start")
    wait(page, "document.querySelector('.dwmtj-progress').textContent.includes('done')")
    return saved(page, "npz")[1]


def same_arrays(one: bytes, other: bytes) -> bool:
    with np.load(io.BytesIO(one)) as mine, np.load(io.BytesIO(other)) as yours:
        return set(mine) == set(yours) and all(mine[name].tobytes() == yours[name].tobytes() for name in mine)


def picture_of(page) -> np.ndarray:
    """Return the charts that the page saves as a picture; it is not empty."""
    name, content = saved(page, "png")
    assert name.endswith(".png")
    with Image.open(io.BytesIO(content)) as picture:
        pixels = np.asarray(picture.convert("RGB"))
    assert len(np.unique(pixels.reshape(-1, 3), axis=0)) > 20
    return pixels


def drawing_of(page) -> ElementTree.Element:
    """Return the charts that the page saves as a drawing."""
    name, content = saved(page, "svg")
    assert name.endswith(".svg")
    drawing = ElementTree.fromstring(content)
    assert drawing.tag == f"{SVG}svg"
    return drawing


def titles(drawing: ElementTree.Element) -> list[str | None]:
    return [text.text for text in drawing.findall(f"{SVG}text")]


CASES = {
    "statistics_lab": {"smallest": 5, "largest": 9, "steps": 3, "trials": 6, "seed": 77},
    "explorer": {"high-x": 120, "count-x": 3, "count-y": 2, "trials": 2, "seed": 77},
}


@pytest.mark.parametrize("lab", CASES)
def test_what_is_measured_is_shared_by_address_and_by_file(gallery: Served, lab: str, tmp_path: Path) -> None:
    with browser_context() as mine:
        page = opened(mine, gallery.address + lab, lab)
        for name, value in CASES[lab].items():
            type_in(page, name, value)
        begun = "document.querySelector('.dwmtj-progress').textContent.includes('ready')"
        wait(page, begun)
        address = text_box(page, "address", f"{lab}?s=")
        lines = text_box(page, "python", "import")
        with page.expect_download() as download:
            page.click(".dwmtj-share-save")
        file = tmp_path / download.value.suggested_filename
        download.value.save_as(file)
        trials = measured(page)
        assert picture_of(page).shape[1] > 1000
        assert titles(drawing_of(page))
    with browser_context() as yours:
        page = opened(yours, address, lab)
        wait(page, "document.querySelector('.dwmtj-seed input').value === '77'")
        for name, value in CASES[lab].items():
            assert float(page.input_value(f".dwmtj-{name} input")) == value, name
        assert text_box(page, "python", "import") == lines
        assert same_arrays(measured(page), trials)
        type_in(page, "seed", 78)
        page.set_input_files(".dwmtj-share-file", file)
        wait(page, f"{begun} && document.querySelector('.dwmtj-seed input').value === '77'")
        assert same_arrays(measured(page), trials)
        broken = tmp_path / "broken.json"
        broken.write_text(file.read_text().replace('"seed": 77', '"seed": -7'))
        page.set_input_files(".dwmtj-share-file", broken)
        error(page, "seed is -7")
        assert same_arrays(saved(page, "npz")[1], trials)


def test_a_recorded_run_is_saved_as_film_and_charts(gallery: Served) -> None:
    with browser_context() as context:
        page = opened(context, gallery.address + "recall_lab", "recall_lab")
        assert page.is_disabled(".dwmtj-export-gif")
        outcome(page)
        name, content = saved(page, "gif")
        assert name == "dwmtj-recall-run.gif"
        with Image.open(io.BytesIO(content)) as film:
            assert (film.format, film.n_frames) == ("GIF", 150)
        pixels, drawing = picture_of(page), drawing_of(page)
        size = [int(drawing.get(side) or 0) for side in ("height", "width")]
        assert list(pixels.shape[:2]) == [2 * length for length in size]
        assert titles(drawing) == ["Energy, nJ", "Overlap with memory", "Walls in motion"]
        wait(page, "document.querySelector('.dwmtj-export [role=status]').textContent === ''")


def test_the_signal_labs_charts_and_samples_are_saved(gallery: Served) -> None:
    with browser_context() as context:
        page = opened(context, gallery.address + "signal_lab", "signal_lab")
        assert page.is_disabled(".dwmtj-export-npz")
        page.click(".dwmtj-train")
        wait(page, "parseFloat(document.querySelector('.dwmtj-time')?.textContent) > 20")
        page.click(".dwmtj-pause")
        name, content = saved(page, "npz")
        assert name == "dwmtj-signal-run.npz"
        with np.load(io.BytesIO(content)) as found:
            assert found["time"].size == found["output"].size == len(found["states"]) > 100
        drawing = drawing_of(page)
        assert len(drawing.findall(f"{SVG}image")) == 2, "scope and raster are painted"
        assert len(drawing.findall(f"{SVG}svg")) == 3
        assert picture_of(page).shape[1] > 1000
