"""What one person shares, another gets: by address, by file, and refused with a sentence when it is damaged."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import numpy as np
import pytest
from browser_tools import Served, served
from lab_pages.lab import LabPage, picture_of
from PIL import Image

BEGUN = "probe.text('time').startsWith('0.00')"
READY_AGAIN = "probe.text('progress').includes('ready')"
SVG = "{http://www.w3.org/2000/svg}"
READY = {
    "recall_lab": ".dwmtj-track-canvas[data-frames]",
    "maxcut_lab": ".dwmtj-graph canvas[data-cut]",
    "statistics_lab": ".dwmtj-accuracy-chart svg",
    "explorer": ".dwmtj-heat-map canvas",
    "signal_lab": ".dwmtj-scope canvas",
}


class Page(LabPage):
    """A lab of the gallery."""

    def wait_ready(self) -> None:
        self.wait_for_part(READY[urlsplit(self.page.url).path.strip("/")])
        self.wait_for_part(".dwmtj-share-address")

    def shared(self, button: str, includes: str) -> str:
        """Return what a button of the share box shows."""
        # What an earlier button has shown must not be taken for the answer, and the same one again would hide it.
        if self.page.is_visible(".dwmtj-share .panel"):
            self.page.press(".dwmtj-share textarea", "Escape")
        self.page.evaluate("() => { document.querySelector('.dwmtj-share textarea').value = ''; }")
        self.click(f"share-{button}")
        self.wait(f"document.querySelector('.dwmtj-share textarea')?.value.includes('{includes}')")
        return self.page.input_value(".dwmtj-share textarea")

    def bring(self, file: Path) -> None:
        """Open a file of the share box."""
        self.page.set_input_files(".dwmtj-share .dwmtj-file", file)

    def wait_error(self, sentence: str) -> None:
        self.wait(f"probe.text('error').includes('{sentence}')")

    def outcome(self) -> tuple[str, str, str, int]:
        """Run to the end; return the lines that repeat the run, its time and energy, and the picture of all walls."""
        self.click("instant")
        self.wait("probe.text('phase').includes('converged')")
        tracks = self.ask("probe.hash('track-canvas')")
        return self.shared("python", "Simulation"), self.text("time"), self.text("energy"), tracks

    def measured(self, folder: Path) -> dict[str, bytes]:
        """Let a lab with trials run to its end; return all trials."""
        self.click("start")
        self.wait("probe.text('progress').includes('done')")
        return self.trials(folder)

    def trials(self, folder: Path) -> dict[str, bytes]:
        """Return the arrays that are saved, as they are in memory."""
        with np.load(self.saved_file("export-npz", folder)) as arrays:
            return {name: arrays[name].tobytes() for name in arrays}

    def drawing(self, folder: Path) -> ElementTree.Element:
        """Return the charts that the page saves as a drawing."""
        drawing = ElementTree.parse(self.saved_file("export-svg", folder)).getroot()
        assert drawing.tag == f"{SVG}svg"
        return drawing


@contextlib.contextmanager
def visit(context, address: str) -> Iterator[Page]:
    """Open a page as somebody does who was never there before."""
    person = context.browser.new_context(viewport={"width": 1280, "height": 800})
    try:
        page = Page(person.new_page(), address)
        yield page
        page.close()
    finally:
        person.close()


def damaged(file: Path, good: str, bad: str) -> Path:
    """Return a copy of a file, in which one thing is another."""
    text = file.read_text()
    assert good in text
    broken = file.with_name("broken.json")
    broken.write_text(text.replace(good, bad))
    return broken


TELLS_OTHERS = """(origin) => {
  const settings = document.getElementById("jupyter-config-data");
  settings.textContent = JSON.stringify({ ...JSON.parse(settings.textContent), originForOthers: origin });
}"""


def titles(drawing: ElementTree.Element) -> list[str | None]:
    return [text.text for text in drawing.findall(f"{SVG}text")]


def test_a_recall_is_shared_by_address_and_by_file(gallery: Served, context, tmp_path: Path) -> None:
    with visit(context, gallery.address + "recall_lab") as mine:
        mine.click("invert")
        address = mine.shared("address", "http")
        file = mine.saved_file("share-save", tmp_path)
        ended = mine.outcome()
        assert "/recall_lab?s=" in address
        assert "Only this computer can open it." in mine.page.inner_text(".dwmtj-share-reach")
        assert not mine.page.is_visible(".dwmtj-share-code")
    with visit(context, address) as yours:
        assert yours.outcome() == ended
        yours.click("dice")
        yours.wait(BEGUN)
        assert yours.outcome() != ended
        yours.bring(file)
        yours.wait(BEGUN)
        assert yours.outcome() == ended
        yours.bring(damaged(file, '"weight": 0.1', '"weight": -7'))
        yours.wait_error("weight is")
        assert yours.outcome() == ended
    with visit(context, address[:-9]) as yours:
        yours.wait_error("damaged")


def test_server_that_listens_to_others_is_shared_by_its_own_address_and_a_code(
    gallery: Served, context
) -> None:
    others = "http://192.0.2.7:8866"
    with visit(context, gallery.address + "statistics_lab") as mine:
        mine.page.evaluate(TELLS_OTHERS, others)
        assert mine.shared("address", "http").startswith(f"{others}/statistics_lab?s=")
        assert mine.page.inner_text(".dwmtj-share-reach") == "Others reach it where they reach this server."
        mine.page.wait_for_selector(".dwmtj-share-code svg")
        mine.shared("python", "survey")
        assert not mine.page.is_visible(".dwmtj-share-code")


def test_token_is_no_part_of_a_shared_address_and_others_are_told_that_they_need_it(context) -> None:
    with served(None, token="of-the-class") as server:
        begin, token = server.address.split("?")
        assert token == "token=of-the-class"
        with visit(context, f"{begin}statistics_lab?{token}") as mine:
            mine.page.evaluate(TELLS_OTHERS, "http://192.0.2.7:8866")
            address = mine.shared("address", "http")
            assert (
                address.startswith("http://192.0.2.7:8866/statistics_lab?s=")
                and "of-the-class" not in address
            )
            assert "must know its token" in mine.page.inner_text(".dwmtj-share-reach")
            mine.page.goto(f"{begin}statistics_lab")  # which the cookie of the first visit opens
            mine.wait_ready()
            mine.page.evaluate(TELLS_OTHERS, "http://192.0.2.7:8866")
            assert "of-the-class" not in mine.shared("address", "http")
            assert "must know its token" in mine.page.inner_text(".dwmtj-share-reach")


def test_a_graph_is_shared_by_address(gallery: Served, context) -> None:
    drawn = "probe.canvas('graph').dataset.positions"
    with visit(context, gallery.address + "maxcut_lab") as mine:
        before = mine.ask(drawn)
        mine.click("other-graph")
        mine.wait(f"{drawn} !== '{before}'")
        address = mine.shared("address", "http")
        ended = mine.outcome()
    with visit(context, address) as yours:
        assert yours.outcome() == ended


CASES = {
    "statistics_lab": {"smallest": 5, "largest": 9, "steps": 3, "trials": 6, "seed": 77},
    "explorer": {"high-x": 120, "count-x": 3, "count-y": 2, "trials": 2, "seed": 77},
}


@pytest.mark.parametrize("lab", CASES)
def test_what_is_measured_is_shared_by_address_and_by_file(
    gallery: Served, context, lab: str, tmp_path: Path
) -> None:
    with visit(context, gallery.address + lab) as mine:
        for name, value in CASES[lab].items():
            mine.type_in(name, value)
        mine.wait(READY_AGAIN)
        address = mine.shared("address", f"{lab}?s=")
        lines = mine.shared("python", "import")
        file = mine.saved_file("share-save", tmp_path)
        trials = mine.measured(tmp_path)
        assert picture_of(mine.saved_file("export-png", tmp_path)).shape[1] > 1000
        assert titles(mine.drawing(tmp_path))
    with visit(context, address) as yours:
        seed = "document.querySelector('.dwmtj-seed input').value"
        yours.wait(f"{seed} === '77'")
        for name, value in CASES[lab].items():
            assert float(yours.page.input_value(f".dwmtj-{name} input")) == value, name
        assert yours.shared("python", "import") == lines
        assert yours.measured(tmp_path) == trials
        yours.type_in("seed", 78)
        yours.bring(file)
        yours.wait(f"{READY_AGAIN} && {seed} === '77'")
        assert yours.measured(tmp_path) == trials
        yours.bring(damaged(file, '"seed": 77', '"seed": -7'))
        yours.wait_error("seed is -7")
        assert yours.trials(tmp_path) == trials


def test_a_recorded_run_is_saved_as_film_and_charts(gallery: Served, context, tmp_path: Path) -> None:
    with visit(context, gallery.address + "recall_lab") as lab:
        assert lab.page.is_disabled(".dwmtj-export-gif")
        lab.outcome()
        saved = lab.saved_file("export-gif", tmp_path)
        assert lab.ask("document.activeElement.matches('.dwmtj-export-gif')"), "it lost the keyboard"
        assert saved.name == "dwmtj-recall-run.gif"
        with Image.open(saved) as film:
            assert (film.format, film.n_frames) == ("GIF", 150)
        pixels, drawing = picture_of(lab.saved_file("export-png", tmp_path)), lab.drawing(tmp_path)
        size = [int(drawing.get(side) or 0) for side in ("height", "width")]
        assert list(pixels.shape[:2]) == [2 * length for length in size]
        assert titles(drawing) == ["Energy, nJ", "Overlap with memory", "Walls in motion"]
        lab.wait("document.querySelector('.dwmtj-export [role=status]').textContent === ''")


def test_the_signal_labs_charts_and_samples_are_saved(gallery: Served, context, tmp_path: Path) -> None:
    with visit(context, gallery.address + "signal_lab") as lab:
        assert lab.page.is_disabled(".dwmtj-export-npz")
        lab.click("train")
        lab.wait("probe.number('time') > 20")
        lab.click("pause")
        saved = lab.saved_file("export-npz", tmp_path)
        assert saved.name == "dwmtj-signal-run.npz"
        with np.load(saved) as found:
            assert found["time"].size == found["output"].size == len(found["states"]) > 100
        drawing = lab.drawing(tmp_path)
        assert len(drawing.findall(f"{SVG}image")) == 2, "scope and raster are painted"
        assert len(drawing.findall(f"{SVG}svg")) == 3
        assert picture_of(lab.saved_file("export-png", tmp_path)).shape[1] > 1000
