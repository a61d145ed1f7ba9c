"""A class on one server: every student opens the Recall Lab, draws, and runs; some first, then all at once.

Run: python benchmarks/class_load.py [--students 30] [--first 5] [--pages 2] [--seconds 30] [--json FILE]

Most students are clients without a screen (class_student.py). The last `--pages` are pages in Chromium, whose painted
frames and latencies are those of a person. Server, kernels, clients and browser share this computer, so what a server
bears without the others is more than is found here. A student that fails is counted and named, and the class goes on.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import dataclasses
import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests" / "support"), str(ROOT / "benchmarks")]

from browser import MOVE, PAINTED, run_phase, slow_down  # noqa: E402
from browser_tools import Served, browser_context, served, wait_for  # noqa: E402
from class_figures import Stage, capacity_table, cost, memory, percentiles, stages_table, table  # noqa: E402
from class_student import Student  # noqa: E402

from dwmtj_widgets.machine import warm_up  # noqa: E402

START, STEP = 240.0, 60.0
"""Seconds after which a student is out who has no page yet, or who is not answered later."""
# Moves the slider of the weight for some seconds, and keeps the seconds until each move is seen.
SLIDE = f"""
(seconds) => {{
  {MOVE}
  window.latencies = (async () => {{
    const [times, end] = [[], performance.now() + 1000 * seconds];
    while (performance.now() < end) {{
      times.push((await move(times.length % 2 ? "ArrowLeft" : "ArrowRight")) / 1000);
      await new Promise((done) => setTimeout(done, 400 + 400 * Math.random()));
    }}
    return times;
  }})();
}}
"""


class Clients:
    """The students without a screen, in an event loop of their own thread."""

    def __init__(self, count: int, address: str, loop: asyncio.AbstractEventLoop) -> None:
        self.students = [Student(number, address) for number in range(count)]
        self._loop = loop

    def begin(self, name: str, limit: float, *given: Any, students: list[Student] | None = None) -> Any:
        """Let each of some students (of all) do a step of `Student`; return what to wait for."""

        async def together() -> None:
            some = self.students if students is None else students
            await asyncio.gather(*(student.attempt(_step(student, name, given), limit) for student in some))

        return asyncio.run_coroutine_threadsafe(together(), self._loop)

    def all_do(self, name: str, limit: float, *given: Any, students: list[Student] | None = None) -> None:
        self.begin(name, limit, *given, students=students).result()


def _step(student: Student, name: str, given: tuple[Any, ...]) -> Callable[[], Any]:
    async def step() -> None:
        await getattr(student, name)(*given)

    step.__name__ = name
    return step


@contextlib.contextmanager
def client_loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield loop
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


class Pages:
    """The students in Chromium, each in a window of its own."""

    def __init__(self, context: Any, address: str, count: int) -> None:
        self.failures: list[str] = []
        self.first_paints: list[float] = []
        self.open: list[Any] = []
        self._address = address
        self._windows = [
            context.browser.new_context(viewport={"width": 1280, "height": 800}) for _ in range(count)
        ]

    def load(self) -> None:
        """Open all pages at once, and wait until each has painted."""
        begun = time.monotonic()
        pages = [window.new_page() for window in self._windows]
        for page in pages:
            page.set_default_timeout(1e3 * STEP)
            self._attempt(
                lambda page=page: page.goto(self._address, timeout=1e3 * START, wait_until="commit")
            )
        waiting = list(pages)

        def painted() -> bool:
            for page in list(waiting):
                if page.query_selector(".dwmtj-track-canvas[data-frames]"):
                    self.first_paints.append(time.monotonic() - begun)
                    self.open.append(page)
                    waiting.remove(page)
            return not waiting

        try:
            wait_for(painted, "the pages", START)
        except AssertionError as error:
            self.failures += [f"{error}; the page says: {page.inner_text('body')!r:.200}" for page in waiting]

    def start(self, count: int) -> list[Any]:
        """Press Run in so many pages, and pass the loading; return those that run."""

        def begin(page: Any) -> None:
            slow_down(page)
            page.click(".dwmtj-run")
            page.wait_for_function("parseFloat(document.querySelector('.dwmtj-time').textContent) > 0")
            run_phase(page)

        return [page for page in self.open[:count] if self._attempt(lambda page=page: begin(page))]

    def latencies(self, pages: list[Any]) -> list[float]:
        """Return what `SLIDE` measured, when its time is over."""
        found: list[float] = []
        for page in pages:
            self._attempt(lambda page=page: found.extend(page.evaluate("window.latencies")))
        return found

    def lost(self) -> list[str]:
        """Return what pages say that have lost their kernel."""
        return [said for page in self.open if (said := page.inner_text("#dwmtj-lost"))]

    def _attempt(self, step: Callable[[], Any]) -> bool:
        from playwright.sync_api import Error

        try:
            step()
        except Error as error:
            self.failures.append(str(error).splitlines()[0])
            return False
        return True


def stage(
    server: Served, clients: Clients, some: list[Student], pages: Pages, count: int, seconds: float
) -> Stage:
    """Let some clients and pages animate at once, and measure."""
    running = pages.start(count)
    clients.all_do("run", STEP, students=some)
    for page in running:
        page.evaluate(SLIDE, seconds)
    before, painted = cost(server), [_painted(page) for page in running]
    future = clients.begin("look_on", seconds + STEP, seconds, students=some)
    if running:
        running[0].wait_for_timeout(1e3 * seconds)  # lets the pages speak with this program meanwhile
    else:
        wait_for(lambda: time.monotonic() > before.at + seconds, "the end of the stage", 2 * seconds)
    after, repainted = cost(server), [_painted(page) for page in running]
    passed = after.at - before.at
    answered = [len(student.frame_seconds) for student in some]
    future.result()
    latencies = pages.latencies(running)
    clients.all_do("pause", STEP, students=some)
    for page in running:
        page.click(".dwmtj-pause")
    return Stage(
        name=f"{len(some) + len(running)} animating",
        animating=len(some) + len(running),
        seconds=passed,
        client_rates=[frames / passed for frames in answered],
        page_rates=[(b - a) / passed for a, b in zip(painted, repainted, strict=True)],
        frame_seconds=[s for student in some for s in student.frame_seconds],
        slider_seconds=[s for student in some for s in student.slider_seconds],
        page_slider_seconds=latencies,
        server_cores=(after.server - before.server) / passed,
        kernel_cores=(after.kernels - before.kernels) / passed,
        audience_cores=(after.audience - before.audience) / passed,
        failures=[s.failure for s in clients.students if s.failure] + pages.failures + pages.lost(),
    )


def _painted(page: Any) -> int:
    return int(page.get_attribute(PAINTED, "data-painted") or 0)


def a_class(arguments: argparse.Namespace) -> dict[str, Any]:
    """Open, draw, run, leave; print what it took, and return it."""
    found: dict[str, Any] = {"students": arguments.students, "cores": os.cpu_count()}
    warm_up()  # a class does not wait for thirty compilations of the same
    with (
        served("recall_lab", preheat=arguments.preheat) as server,
        browser_context() as context,
        client_loop() as loop,
    ):
        found["memory_before"] = memory(server)
        clients = Clients(arguments.students - arguments.pages, server.address, loop)
        pages = Pages(context, server.address, arguments.pages)
        begun = time.monotonic()
        opening = clients.begin("open", START)
        pages.load()
        opening.result()
        there = [student for student in clients.students if not student.failure]
        found["opening"] = {
            "page sent, clients": [student.page_seconds for student in there],
            "first paint, clients": [student.first_paint for student in there],
            "first paint, pages": pages.first_paints,
        }
        print(f"{arguments.students} students open the lab at once; {time.monotonic() - begun:.0f} s\n")
        print(
            table(["", "seconds"], [[name, percentiles(times)] for name, times in found["opening"].items()])
        )
        if not there:
            sys.exit(f"No client had its page within {START:g} s: {clients.students[0].failure}.")
        clients.all_do("draw", STEP)

        first = min(arguments.first, arguments.students)
        of_pages = min(arguments.pages, max(first - 1, 0))
        few = clients.students[: first - of_pages]
        stages = [stage(server, clients, few, pages, of_pages, arguments.seconds)]
        if arguments.students > first:
            everyone = clients.students
            stages.append(stage(server, clients, everyone, pages, arguments.pages, arguments.seconds))
        print(f"\n{stages_table(stages)}\n\n{capacity_table(stages[-1])}")
        found["stages"] = [dataclasses.asdict(stage) for stage in stages]
        for failure in stages[-1].failures:
            print(f"  out: {failure}")

        found["memory"] = now = memory(server)
        each = now["all_kernels"] / max(now["kernels"], 1)
        print(
            f"\nMemory: server {now['server']:.0f} MB, {now['kernels']} kernels {now['all_kernels']:.0f} MB, "
            f"{each:.0f} MB each (resident, with what they share: {now['largest_resident']:.0f} MB)"
        )
        context.browser.close()
        clients.all_do("close", STEP)
        begun = time.monotonic()
        wait_for(lambda: len(server.kernels()) <= arguments.preheat, "the kernels' end", 120)
        found["kernels_gone"] = time.monotonic() - begun
        print(f"All have left: the kernels are gone after {found['kernels_gone']:.1f} s")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--students", type=int, default=30, help="in all")
    parser.add_argument("--first", type=int, default=5, help="that animate first")
    parser.add_argument("--pages", type=int, default=2, help="of them in Chromium")
    parser.add_argument("--seconds", type=float, default=30.0, help="of each stage")
    parser.add_argument("--preheat", type=int, default=0, help="kernels kept ready")
    parser.add_argument("--json", type=Path, help="a file for all figures")
    arguments = parser.parse_args()
    if not 0 <= arguments.pages < arguments.students or arguments.first < 1:
        parser.error("there must be more students than pages, and one at least must animate first")
    found = a_class(arguments)
    if arguments.json:
        arguments.json.write_text(json.dumps(found, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
