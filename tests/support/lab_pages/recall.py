"""The Recall Lab in a real browser, as its tests use it."""

import numpy as np
from lab_pages.lab import LabPage

from dwmtj_widgets import Network, Simulation, hebbian_weights
from dwmtj_widgets.tasks.patterns import DEFAULT_MEMORIES, symbol
from dwmtj_widgets.units import quantity

PROBES = """
Object.assign(probe, {
  bits: (name) => probe.canvas(name).dataset.bits,
  colours: (name) => (probe.canvas(name)?.width ? new Set(probe.pixels(name)).size : 0),
  /** The colour at a share of a canvas' width and height, as #rrggbb. */
  colour: (name, x, y) => {
    const c = probe.canvas(name);
    const pixel = c.getContext("2d").getImageData(Math.floor(x * c.width), Math.floor(y * c.height), 1, 1).data;
    return "#" + [...pixel.slice(0, 3)].map((v) => v.toString(16).padStart(2, "0")).join("");
  },
  painted: () => Number(document.querySelector(".dwmtj-clock").dataset.painted ?? 0),
  /** Scroll to an element in one go: a read-out may be exchanged for a newer one while a driver waits for it. */
  reach: (selector) => document.querySelector(selector).scrollIntoView({ block: "center" }),
  /** What all views show, once it has been the same for a while: canvases are drawn after the texts. */
  settled: async () => {
    let [same, last] = [0, ""];
    while (same < 6) {
      const now = JSON.stringify(probe.moment());
      same = now === last ? same + 1 : 0;
      last = now;
      await new Promise((go) => setTimeout(go, 40));
    }
    return JSON.parse(last);
  },
  moment: () => [probe.text("time"), probe.text("energy"), ...["tracks", "picture", "neuron-view"].map(probe.hash)],
  /** Width in pixels of the first line of the first chart that is dashed, or is not. */
  curve: (dashed) => Math.max(...[...document.querySelector(".dwmtj-plot").querySelectorAll("path.line")]
    .filter((p) => (getComputedStyle(p).strokeDasharray !== "none") === dashed)
    .map((p) => p.getBoundingClientRect().width)),
});
"""
DRAWN = """
["tracks", "neuron-view", "picture", "editor", "memory-1", "memory-2", "memory-3"]
  .every((name) => probe.colours(name) > 1) && probe.text("time") !== "" && probe.curve(false) >= 0
"""


class Page(LabPage):
    """The open Recall Lab."""

    probes = PROBES

    def wait_ready(self) -> None:
        self.wait_for_part(".dwmtj-run")
        self.wait(DRAWN)

    def settled(self) -> list:
        """Return time, energy and the pixels of tracks, picture and neuron view when they rest."""
        return self.page.evaluate("() => probe.settled()")

    def bits(self, name: str) -> np.ndarray:
        return np.array([int(bit) for bit in self.ask(f"probe.bits('{name}')")], dtype=np.uint8)

    def instant(self) -> None:
        self.click("instant")
        self.wait_text("phase", "converged")
        # The chart is drawn last.
        self.wait("probe.curve(false) > 100")

    def press_on_handle(self, name: str, *keys: str) -> None:
        self.page.focus(f".dwmtj-{name} .noUi-handle")
        for key in keys:
            self.page.keyboard.press(key)

    def point(
        self, name: str, row: int, column: int, rows: int = 10, columns: int = 10
    ) -> tuple[float, float]:
        """Return where the middle of a cell is in the window."""
        box = self.page.locator(f".dwmtj-{name} canvas, canvas.dwmtj-{name}").bounding_box()
        return (
            box["x"] + (column + 0.5) * box["width"] / columns,
            box["y"] + (row + 0.5) * box["height"] / rows,
        )

    def drag(self, name: str, *cells: tuple[int, int]) -> None:
        """Drag through cells with one mouse event each, as a fast hand does."""
        mouse = self.page.mouse
        mouse.move(*self.point(name, *cells[0]))
        mouse.down()
        for cell in cells[1:]:
            mouse.move(*self.point(name, *cell))
        mouse.up()


def memories() -> list[np.ndarray]:
    return [symbol(name) for name in DEFAULT_MEMORIES]


def engine(pattern: np.ndarray, stored: list[np.ndarray] | None = None, weight: float = 0.1) -> Simulation:
    """Return the run that the page's settings mean, made by the engine alone, at its end."""
    weights = hebbian_weights(np.array(memories() if stored is None else stored), weight)
    run = Simulation(Network(weights, synaptic_weight=weight), pattern)
    run.run()
    return run


def read_outs(run: Simulation) -> tuple[str, str]:
    return quantity(run.time, "s", decimals=2), quantity(run.energy, "J", decimals=3)
