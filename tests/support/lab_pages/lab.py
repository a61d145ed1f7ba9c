"""A page of ours in a real browser, as its tests use it: what it shows, what it complains of, whom it asks."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from browser_tools import record_requests
from PIL import Image

STARTED = 90_000
"""Milliseconds for a page, and what is longest in it, on a busy machine."""
PATIENCE = 60_000
"""Milliseconds for anything else."""

PROBES = """
window.probe = {
  text: (name) => document.querySelector(`.dwmtj-${name}`)?.textContent.trim() ?? "",
  number: (name) => parseFloat(probe.text(name).replaceAll(",", "")),
  /** How far the document, the page inside it and the lab can be scrolled, sideways and downwards. */
  overflow: () => [document.scrollingElement, ...document.querySelectorAll("#rendered_cells, .dwmtj-lab")]
    .map((e) => [e.scrollWidth - e.clientWidth, e.scrollHeight - e.clientHeight]),
  /** Whether all of an element is inside the window, and is what is seen at its middle. */
  inSight: (selector) => {
    const element = document.querySelector(selector);
    const { left, top, right, bottom } = element.getBoundingClientRect();
    const seen = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight &&
      (element.contains(seen) || seen?.contains(element));
  },
  /** Texts that are wider or higher than the place they have, or lie beyond the window. */
  cut: () => [...document.querySelectorAll(".dwmtj-lab *")].filter((e) => e.checkVisibility())
    .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
    .filter((e) => !e.closest("svg, .dwmtj-phase, .dwmtj-unseen, .dwmtj-upload, select, style"))
    .filter((e) => {
      const hides = getComputedStyle(e).overflow !== "visible";
      const isLarger = e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 3;
      return (hides && isLarger) || e.getBoundingClientRect().right > innerWidth;
    })
    .map((e) => `${e.className}: ${e.textContent.slice(0, 40)}`),
  /** A canvas is named by the class of an element round it, or by its own. */
  canvas: (name) => document.querySelector(`.dwmtj-${name} canvas, canvas.dwmtj-${name}`),
  pixels: (name) => {
    const { width, height } = probe.canvas(name);
    return new Uint32Array(probe.canvas(name).getContext("2d").getImageData(0, 0, width, height).data.buffer);
  },
  /** A number that stands for all pixels of a canvas. */
  hash: (name) => probe.pixels(name).reduce((sum, value) => (Math.imul(sum, 31) + value) | 0, 7),
  /** The different answers of a question in so many polls. */
  answers: async (ask, polls = 20, apart = 40) => {
    const seen = new Set();
    for (let k = 0; k < polls; k += 1) {
      seen.add(JSON.stringify(ask()));
      await new Promise((go) => setTimeout(go, apart));
    }
    return [...seen];
  },
};
"""


HARMLESS = ("Cannot send", "Error: widget model not found")
"""Voila ends the kernel of a page that is left before the page's parts go, which cannot say farewell any more. Of a
widget that comes late on a busy machine Jupyter says that there is none; dwmtj.js draws it, or says why it does not."""


class LabPage:
    """An open page: a Playwright page, what it complained of and whom it asked.

    A file of tests derives its own from it, with `probes` (more questions, in JavaScript) and `wait_ready`.
    """

    probes = ""

    def __init__(self, page, address: str) -> None:
        self.page = page
        self.asked = record_requests(page)
        self.complaints: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._note)
        page.add_init_script(f"{PROBES};\n{self.probes}")
        page.goto(address, timeout=STARTED)
        self.wait_ready()

    def _note(self, line: Any) -> None:
        if line.type == "error":
            self.complaints.append(f"{line.text} {line.location['url']}".strip())

    def wait_ready(self) -> None:
        """Wait until all of the page is there."""
        raise AssertionError(f"{type(self).__name__} does not say when its page is ready.")

    def wait_for_part(self, selector: str) -> None:
        """Wait until a part of a page that is starting can be seen."""
        self.page.wait_for_selector(selector, timeout=STARTED)

    def ask(self, expression: str):
        return self.page.evaluate(f"() => ({expression})")

    def wait(self, expression: str):
        """Wait until an expression is true; polls by the clock, as a page may be told that it is hidden."""
        return self.page.wait_for_function(f"() => ({expression})", polling=40).json_value()

    def text(self, name: str) -> str:
        return self.ask(f"probe.text('{name}')")

    def number(self, name: str) -> float:
        return self.ask(f"probe.number('{name}')")

    def wait_text(self, name: str, text: str) -> None:
        self.wait(f"probe.text('{name}') === {text!r}")

    def click(self, name: str) -> None:
        self.page.click(f".dwmtj-{name}")

    def type_in(self, name: str, number: float) -> None:
        """Type a number into a field."""
        field = self.page.locator(f".dwmtj-{name} input")
        field.fill(f"{number:g}")
        field.press("Enter")

    def type_in_readout(self, name: str, number: float) -> None:
        """Type a number into a slider's read-out."""
        self.page.click(f".dwmtj-{name} .widget-readout")
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(f"{number:g}")
        self.page.keyboard.press("Enter")

    def open_file(self, path: Path, button: str = "upload") -> None:
        with self.page.expect_file_chooser() as chooser:
            self.click(button)
        chooser.value.set_files(path)

    def saved_file(self, button: str, folder: Path) -> Path:
        """Save by a button, and return where the file is."""
        with self.page.expect_download() as caught:
            self.click(button)
        path = folder / caught.value.suggested_filename
        caught.value.save_as(path)
        return path

    def close(self) -> None:
        """Close the page; it has to have been quiet and private."""
        self.page.close()
        hosts = {urlsplit(a).hostname for a in self.asked if not a.startswith(("blob:", "data:"))}
        complaints = [one for one in self.complaints if not one.startswith(HARMLESS)]
        assert complaints == [], f"the page complained: {complaints[:5]}"
        assert hosts == {"127.0.0.1"}


def picture_of(path: Path) -> np.ndarray:
    """Return the pixels, (height, width, 3), of a picture that a page has saved; it is not empty."""
    with Image.open(path) as picture:
        assert picture.format == "PNG"
        colours = picture.convert("RGB")
    assert len(colours.getcolors(1 << 24)) > 50, "the picture is empty"
    return np.asarray(colours)
