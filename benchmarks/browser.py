"""The Recall Lab in a real browser: frames, latency, bytes, memory, idle load, first paint; the Max-cut Lab: frames.

Run: python benchmarks/browser.py [--minutes 10] [--only maxcut]. Needs Chromium and the test extra. Every figure is
of this machine, browser, server and kernel sharing its cores.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "support"))

from browser_tools import Served, browser_context, served, wait_for, write_notebook  # noqa: E402

LAB = ROOT / "notebooks" / "recall_lab.ipynb"
MAXCUT_LAB = ROOT / "notebooks" / "maxcut_lab.ipynb"
PAINTED = ".dwmtj-clock[data-painted]"
FIELD_ONLY = """
import numpy as np
from ipywidgets import VBox
from dwmtj_widgets.widgets.page.clock import AnimationClock
from dwmtj_widgets.widgets.views.track_field import TrackField
field, clock, state = TrackField(), AnimationClock(rate=60, playing=True), [0.0]
phase = np.random.default_rng(0).random(100) * 6.28
def frame(seconds):
    state[0] += seconds
    field.draw(0.5 + 0.5 * np.cos(phase + 2 * state[0]), 0.5 + 0.5 * np.sin(phase + 2 * state[0]))
clock.on_frame(frame)
VBox([clock, field])
"""
# Moves the slider of the weight, and returns the milliseconds until it is seen. The power of a running network goes
# with W squared: 5 mV more is 10 % more at once, in one frame. If none comes, it is given up.
MOVE = """
const move = async (key) => {
  const power = () => parseFloat(document.querySelector(".dwmtj-power").textContent);
  const handle = document.querySelector(".dwmtj-weight .noUi-handle");
  const [before, start] = [power(), performance.now()];
  const passed = () => performance.now() - start;
  handle.focus();
  handle.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  while (Math.abs(power() / before - 1) < 0.03 && passed() < 30000) await new Promise(requestAnimationFrame);
  return passed();
};
"""
LATENCY = f"""
async () => {{
  {MOVE}
  const times = [];
  for (let k = 0; k < 30; k += 1) {{
    times.push(await move(k % 2 ? "ArrowLeft" : "ArrowRight"));
    await new Promise((done) => setTimeout(done, 100 + 170 * Math.random()));
  }}
  return times;
}}
"""
STOP = """
async () => {
  const start = performance.now();
  document.querySelector(".dwmtj-best-of-stop").click();
  const ended = () => !document.querySelector(".dwmtj-best-of").disabled;
  while (!ended()) await new Promise((go) => setTimeout(go, 2));
  return performance.now() - start;
}
"""


@dataclass
class Meter:
    """Counts painted frames, bytes received and CPU seconds between two readings."""

    page: Any
    server: Served
    received: int = 0

    def attach(self) -> None:
        session = self.page.context.new_cdp_session(self.page)
        session.send("Network.enable")
        session.on("Network.webSocketFrameReceived", self._count)

    def _count(self, event: Any) -> None:
        data = event["response"]
        # Binary frames are reported in base64.
        self.received += int(len(data["payloadData"]) * (0.75 if data["opcode"] == 2 else 1.0))

    def reading(self) -> tuple[float, int, int, float, float]:
        painted = int(self.page.get_attribute(PAINTED, "data-painted") or 0)
        own = [psutil.Process(self.server.process.pid), *self.server.kernels()]
        return time.monotonic(), painted, self.received, cpu_seconds(own), cpu_seconds(browser_processes())


def browser_processes() -> list[psutil.Process]:
    return [process for process in psutil.process_iter(["name"]) if "chrom" in (process.info["name"] or "")]


def cpu_seconds(processes: list[psutil.Process]) -> float:
    total = 0.0
    for process in processes:
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system
    return total


@contextmanager
def lab_page(notebook: Path, **options: Any) -> Iterator[tuple[Any, Served, Meter]]:
    with served(notebook, **options) as server, browser_context() as context:
        page = context.new_page()
        meter = Meter(page, server)
        meter.attach()
        page.goto(server.address)
        page.wait_for_selector(".dwmtj-track-canvas[data-frames]", timeout=60_000)
        yield page, server, meter


def watch(page: Any, meter: Meter, seconds: float) -> str:
    """Let the page run for some seconds and say what it cost."""
    page.wait_for_timeout(1000)
    t0, painted0, bytes0, own0, browser0 = meter.reading()
    page.wait_for_timeout(seconds * 1000)
    t1, painted1, bytes1, own1, browser1 = meter.reading()
    frames = max(painted1 - painted0, 1)
    return (
        f"{frames / (t1 - t0):.1f} painted frames/s, {(bytes1 - bytes0) / frames / 1000:.1f} kB a frame, "
        f"kernel + server {1e3 * (own1 - own0) / frames:.1f} ms, browser {1e3 * (browser1 - browser0) / frames:.1f} ms"
    )


def field_alone(folder: Path) -> None:
    notebook = write_notebook(folder / "field.ipynb", FIELD_ONLY)
    with lab_page(notebook) as (page, _server, meter):
        print("track field alone, all 10,000 walls moving, 60 asked:", watch(page, meter, 8))


def whole_lab(minutes: float) -> None:
    with lab_page(LAB) as (page, server, meter):
        page.click(".dwmtj-run")
        print("whole lab, running at 8 ns/s:", watch(page, meter, 6))
        page.click(".dwmtj-reset")
        slow_down(page)
        page.click(".dwmtj-run") if page.is_enabled(".dwmtj-run") else None
        page.wait_for_function("parseFloat(document.querySelector('.dwmtj-time').textContent) > 0")
        run_phase(page)
        times = page.evaluate(LATENCY)
        ordered = sorted(times)
        print(
            f"slider to painted number while animating: median {statistics.median(times):.0f} ms, "
            f"95th percentile {ordered[int(0.95 * len(ordered))]:.0f} ms ({len(times)} moves)"
        )
        kernel = server.kernels()[0]
        print(f"kernel: {kernel.memory_info().rss / 1e6:.0f} MB resident")
        memory(page, minutes)
        page.click(".dwmtj-pause")
        print("paused:", idle(page, meter))


def maxcut_lab() -> None:
    """Frames of running graphs, and how soon the best of many runs stops."""
    with lab_page(MAXCUT_LAB) as (page, _server, meter):
        for nodes in (24, 60, 200):
            page.fill(".dwmtj-nodes input", str(nodes))
            page.press(".dwmtj-nodes input", "Enter")
            page.wait_for_selector(f".dwmtj-graph canvas[data-nodes='{nodes}']", timeout=60_000)
            page.click(".dwmtj-run")
            page.wait_for_function("document.querySelector('.dwmtj-phase').textContent === 'running'")
            print(f"max-cut lab, {nodes} nodes running at 10 ns/s:", watch(page, meter, 5))
            page.click(".dwmtj-pause") if page.is_enabled(".dwmtj-pause") else None
            page.click(".dwmtj-best-of")
            page.wait_for_function("parseInt(document.querySelector('.dwmtj-best-of-text').textContent) > 0")
            milliseconds = page.evaluate(STOP)
            kept = page.inner_text(".dwmtj-best-of-text")
            print(f"max-cut lab, {nodes} nodes: {milliseconds:.0f} ms from Stop to kept results ({kept})")


def slow_down(page: Any) -> None:
    """Set the lowest speed, so that a run lasts longer than any measurement."""
    page.focus(".dwmtj-speed .noUi-handle")
    page.keyboard.press("Home")


def run_phase(page: Any) -> None:
    """Go past the loading at once, by stepping."""
    page.click(".dwmtj-pause")
    while "running" not in page.inner_text(".dwmtj-phase"):
        for _ in range(10):
            page.click(".dwmtj-step")
    page.click(".dwmtj-run")


def memory(page: Any, minutes: float) -> None:
    """Memory of the browser's processes at the start and the end of some minutes of animation."""

    def resident() -> float:
        page.context.new_cdp_session(page).send("HeapProfiler.collectGarbage")
        return sum(process.memory_info().rss for process in browser_processes()) / 1e6

    page.wait_for_timeout(20_000)
    samples = [resident()]
    for _ in range(max(int(minutes), 1)):
        page.wait_for_timeout(60_000 * minutes / max(int(minutes), 1))
        samples.append(resident())
    text = ", ".join(f"{sample:.0f}" for sample in samples)
    print(f"browser memory over {minutes:g} min of animation, MB: {text}")


def idle(page: Any, meter: Meter) -> str:
    page.wait_for_timeout(2000)
    t0, _, _, own0, browser0 = meter.reading()
    page.wait_for_timeout(10_000)
    t1, _, _, own1, browser1 = meter.reading()
    return (
        f"kernel + server {100 * (own1 - own0) / (t1 - t0):.1f} % of a core, "
        f"browser {100 * (browser1 - browser0) / (t1 - t0):.1f} %"
    )


def hidden_and_closed() -> None:
    with served(LAB) as server, browser_context() as context:
        page = context.new_page()
        page.goto(server.address)
        page.wait_for_selector(".dwmtj-track-canvas[data-frames]", timeout=60_000)
        slow_down(page)
        page.click(".dwmtj-run")
        # Chromium stops animation frames of a page it believes to be hidden; headless needs to be told.
        session = context.new_cdp_session(page)
        session.send("Emulation.setFocusEmulationEnabled", {"enabled": False})
        page.evaluate("window.requestAnimationFrame = () => 0")
        page.wait_for_timeout(2000)
        kernel = server.kernels()[0]
        before = cpu_seconds([kernel])
        page.wait_for_timeout(8000)
        print(f"hidden: kernel {100 * (cpu_seconds([kernel]) - before) / 8:.1f} % of a core")
        start = time.monotonic()
        page.close()
        wait_for(lambda: not server.kernels(), "the kernel's end", 60)
        print(f"closed: the kernel is gone after {time.monotonic() - start:.1f} s")


def first_paint(preheat: int) -> None:
    times = []
    with served(LAB, preheat=preheat) as server:
        for _ in range(4):
            if preheat:
                wait_for(lambda: len(server.kernels()) >= preheat, "a preheated kernel", 60)
                time.sleep(6)  # the kernel runs the notebook; nothing outside shows when it has
            with browser_context() as context:
                page = context.new_page()
                start = time.monotonic()
                page.goto(server.address)
                page.wait_for_selector(".dwmtj-track-canvas[data-frames]", timeout=60_000)
                times.append(time.monotonic() - start)
    kind = "preheated kernel" if preheat else "no preheating"
    print(f"first paint, {kind}: " + ", ".join(f"{seconds:.1f}" for seconds in times) + " s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="of animation for the memory figure")
    parser.add_argument("--only", choices=["maxcut"], help="one part alone")
    arguments = parser.parse_args()
    if arguments.only == "maxcut":
        return maxcut_lab()
    with tempfile.TemporaryDirectory() as folder:
        field_alone(Path(folder))
    first_paint(0)
    first_paint(1)
    hidden_and_closed()
    whole_lab(arguments.minutes)
    return maxcut_lab()


if __name__ == "__main__":
    main()
