"""The Max-cut Lab in a real browser, as its tests use it."""

import base64
import json

import numpy as np
from lab_pages.lab import LabPage

from dwmtj_widgets import Simulation, cut_value, maxcut_network
from dwmtj_widgets.tasks.graph_files import parse_graph
from dwmtj_widgets.units import quantity
from dwmtj_widgets.widgets import palette

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
