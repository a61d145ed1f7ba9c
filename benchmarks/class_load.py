"""A class on one server: every student opens the Recall Lab, draws, and runs; some first, then all at once.

Run: python benchmarks/class_load.py [--students 30] [--first 5] [--pages 2] [--seconds 20]

Most students are clients without a screen that speak as the page does: they load page and scripts, take over the
state of all widgets, draw, run, ask for a frame when the last ones have come (30 a second at most, two under way), and
move a slider. The last `--pages` students are pages in Chromium, whose painted frames and latencies are those of a
person. Server, kernels, clients and browser share this computer, so what a server can bear is more than is found here.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import itertools
import json
import math
import os
import re
import struct
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from tornado.httpclient import AsyncHTTPClient
from tornado.websocket import WebSocketClientConnection, WebSocketClosedError, websocket_connect

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "benchmarks")]

from browser import LATENCY, PAINTED, run_phase, slow_down  # noqa: E402
from browser_tools import Served, browser_context, served, wait_for  # noqa: E402

RATE, UNDER_WAY = 30.0, 2
"""As the page's clock has them (clock.js)."""
PATIENCE = 120.0
"""Seconds after which a student gives up."""
FAST, SLOW = 20.0, 0.1
"""Nanoseconds of device time a second: through the loading, and then so that no run ends while it is measured."""
MANY_CORES, USABLE = 16, 0.8
"""For the calculation: so many cores, of which this share may be busy."""
PROTOCOL = "v1.kernel.websocket.jupyter.org"


@dataclass
class Student:
    """One page without a screen."""

    number: int
    address: str
    kernel: str = ""
    page_seconds: float = 0.0
    first_paint: float = 0.0
    frame_seconds: list[float] = field(default_factory=list)
    slider_seconds: list[float] = field(default_factory=list)
    frames: int = 0
    received: int = 0
    cut_off: bool = False
    models: dict[str, str] = field(default_factory=dict)
    state: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._session = uuid.uuid4().hex
        self._asked: list[float] = []
        self._done: set[str] = set()
        self._changed = asyncio.Event()
        self._answered = asyncio.Event()
        self._socket: WebSocketClientConnection | None = None
        self._reader: asyncio.Task[None] | None = None

    # -- as the page does ----------------------------------------------------------------------------------------

    async def open(self) -> None:
        """Load page and scripts, connect to the kernel, take over all widgets, and have everything drawn."""
        start = time.monotonic()
        client = AsyncHTTPClient()
        page = (await client.fetch(self.address, request_timeout=PATIENCE)).body.decode()
        self.page_seconds = time.monotonic() - start
        self.kernel = _found(r'"kernelId": "([0-9a-f-]{36})"', page)
        origin = "/".join(self.address.split("/")[:3])
        await client.fetch(origin + _found(r'"scriptsUrl": "([^"]+)"', page), request_timeout=PATIENCE)
        base = _found(r'"baseUrl": "([^"]+)"', page)
        channels = f"{origin}{base}api/kernels/{self.kernel}/channels?session_id={self._session}"
        self._socket = await websocket_connect(
            channels.replace("http", "ws", 1), max_message_size=2**26, subprotocols=[PROTOCOL]
        )
        self._reader = asyncio.get_running_loop().create_task(self._read())
        control = uuid.uuid4().hex
        opened = await self._send(
            "comm_open",
            {"comm_id": control, "target_name": "jupyter.widget.control", "data": {}},
            metadata={"version": "1.0.0"},
        )
        await self._until(lambda: opened in self._done)
        await self._send("comm_msg", {"comm_id": control, "data": {"method": "request_states"}})
        await self._until(lambda: "run" in self.models and "clock" in self.models)
        drawn = self.received
        for name in ("clock", "tracks", "editor"):
            await self._tell(name, {"type": "ready"})
        await self._until(lambda: self.received > drawn)
        self.first_paint = time.monotonic() - start

    async def draw(self) -> None:
        """Paint a short stroke into the input."""
        for sequence, cell in enumerate((44, 45, 55), 1):
            stroke = {"type": "paint", "client": self._session, "sequence": sequence, "stroke": 1}
            await self._tell("editor", {**stroke, "value": 1, "cells": [cell]})
            await asyncio.sleep(0.05)

    async def run(self, seconds: float) -> None:
        """Press Run, pass the loading, then look on and move the slider of the weight."""
        await self._set("speed", FAST)
        await self._tell("run", {"event": "click"})
        end = time.monotonic() + PATIENCE
        while ">running<" not in self._text("phase-bar") and time.monotonic() < end:
            await self._frame()
        await self._set("speed", SLOW)
        self.frame_seconds.clear()
        end = time.monotonic() + seconds
        slider = asyncio.get_running_loop().create_task(self._slide(end))
        while time.monotonic() < end and not self.cut_off:
            await self._frame()
        await slider

    async def pause(self) -> None:
        """Press Pause."""
        await self._tell("pause", {"event": "click"})

    async def close(self) -> None:
        """Leave as a page does that is closed."""
        if self._socket is not None:
            self._socket.close(1001, "going away")
        if self._reader is not None:
            await self._reader

    async def _frame(self) -> None:
        """Ask for a frame when it is time; wait for an answer when two are under way."""
        now = time.monotonic()
        if self._asked and len(self._asked) >= UNDER_WAY:
            self._answered.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._answered.wait(), 4.0)
                return
            self._asked.clear()
        self._asked.append(now)
        await self._tell("clock", {"type": "ask"})
        await asyncio.sleep(max(0.0, 1.0 / RATE - (time.monotonic() - now)))

    async def _slide(self, end: float) -> None:
        step = 0
        while time.monotonic() + 1.0 < end and not self.cut_off:
            before, start = self._power(), time.monotonic()
            step += 1
            await self._set("weight", 105.0 if step % 2 else 100.0)
            # Power goes with the square of W: 5 % more is 10 % more at once.
            while abs(self._power() / before - 1.0) < 0.03 and time.monotonic() < end:
                self._changed.clear()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._changed.wait(), 0.2)
            if time.monotonic() < end:
                self.slider_seconds.append(time.monotonic() - start)
            await asyncio.sleep(0.4 + 0.1 * (self.number % 5))

    # -- messages ------------------------------------------------------------------------------------------------

    def _text(self, name: str) -> str:
        return str(self.state.get(self.models[name], {}).get("value", ""))

    def _power(self) -> float:
        found = re.search(r'dwmtj-power">([0-9.]+)', self._text("readout"))
        return float(found[1]) if found else 0.0

    async def _tell(self, name: str, content: dict[str, Any]) -> None:
        data = {"method": "custom", "content": content}
        await self._send("comm_msg", {"comm_id": self.models[name], "data": data})

    async def _set(self, name: str, value: float) -> None:
        data = {"method": "update", "state": {"value": value}, "buffer_paths": []}
        await self._send("comm_msg", {"comm_id": self.models[name], "data": data})

    async def _send(self, kind: str, content: dict[str, Any], metadata: dict[str, Any] | None = None) -> str:
        """Send a message and return its identifier."""
        identifier = uuid.uuid4().hex
        header = {
            "msg_id": identifier,
            "msg_type": kind,
            "session": self._session,
            "username": "",
            "version": "5.3",
        }
        assert self._socket is not None
        with contextlib.suppress(WebSocketClosedError):  # a closed connection is counted where it is read
            await self._socket.write_message(_encoded([header, {}, metadata or {}, content]), binary=True)
        return identifier

    async def _until(self, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end or self.cut_off:
                raise TimeoutError(f"Student {self.number} was not served within {PATIENCE:g} s.")
            await asyncio.sleep(0.01)

    async def _read(self) -> None:
        assert self._socket is not None
        while (message := await self._socket.read_message()) is not None:
            self.received += len(message)
            self._take(*_decoded(message))
        self.cut_off = self._socket.close_code not in (None, 1000, 1001)

    def _take(
        self,
        header: dict[str, Any],
        parent: dict[str, Any],
        _metadata: dict[str, Any],
        content: dict[str, Any],
    ) -> None:
        kind = header["msg_type"]
        if kind == "status" and content["execution_state"] == "idle":
            self._done.add(parent.get("msg_id", ""))
        if kind not in ("comm_msg", "comm_open"):
            return
        data, comm = content.get("data", {}), content.get("comm_id", "")
        method = data.get("method")
        if method == "update_states":
            for identifier, model in data["states"].items():
                self._know(identifier, model["state"])
        elif method == "update" or kind == "comm_open":
            self._know(comm, data.get("state", {}))
            self._changed.set()
        elif method == "custom" and data.get("content", {}).get("type") == "frame" and self._asked:
            self.frame_seconds.append(time.monotonic() - self._asked.pop(0))
            self.frames += 1
            self._answered.set()

    def _know(self, identifier: str, state: dict[str, Any]) -> None:
        self.state.setdefault(identifier, {}).update(state)
        for name in state.get("_dom_classes", ()):
            self.models.setdefault(name.removeprefix("dwmtj-"), identifier)
        if "playing" in state and "rate" in state:
            self.models.setdefault("clock", identifier)


def _found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    if match is None:
        raise ValueError(f"The page has nothing like {pattern}; this benchmark knows another version of it.")
    return match[1]


def _encoded(parts: list[dict[str, Any]]) -> bytes:
    """Return a message for the channel "shell" as it goes over the websocket (protocol v1 of Jupyter)."""
    pieces = [b"shell", *(json.dumps(part).encode() for part in parts)]
    count = len(pieces) + 1
    offsets = [8 * (count + 1)]
    for piece in pieces:
        offsets.append(offsets[-1] + len(piece))
    return struct.pack(f"<{count + 1}Q", count, *offsets) + b"".join(pieces)


def _decoded(message: bytes) -> tuple[dict[str, Any], ...]:
    """Return header, parent header, metadata and content of a message, without its buffers."""
    count = struct.unpack("<Q", message[:8])[0]
    offsets = struct.unpack(f"<{count}Q", message[8 : 8 * (count + 1)])
    pieces = [message[a:b] for a, b in itertools.pairwise(offsets)]
    return tuple(json.loads(piece) for piece in pieces[1:5])


# -- what it costs -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cost:
    """CPU seconds so far, and the time at which they were read."""

    at: float
    server: float
    kernels: float


def cost(server: Served) -> Cost:
    return Cost(time.monotonic(), _cpu([psutil.Process(server.process.pid)]), _cpu(server.kernels()))


def _cpu(processes: Iterable[psutil.Process]) -> float:
    total = 0.0
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            total += times.user + times.system
    return total


def memory(server: Served) -> tuple[float, float]:
    """Return the proportional memory of the server and of its kernels together, MB; shared pages count once."""
    own = psutil.Process(server.process.pid).memory_full_info()
    kernels = sum(process.memory_full_info().pss for process in server.kernels())
    return own.pss / 1e6, kernels / 1e6


def percentiles(seconds: list[float]) -> str:
    if not seconds:
        return "none"
    ordered = sorted(seconds)
    median, p95 = (ordered[min(int(share * len(ordered)), len(ordered) - 1)] for share in (0.5, 0.95))
    return f"median {_ms(median)}, 95th percentile {_ms(p95)}, longest {_ms(ordered[-1])} ({len(ordered)})"


def _ms(seconds: float) -> str:
    return f"{1e3 * seconds:.0f} ms" if seconds < 2 else f"{seconds:.1f} s"


# -- the class -----------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def loop_of_clients() -> Iterator[Callable[[Any], Any]]:
    """Give a function that runs a coroutine in a thread of its own and returns its future."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield lambda coroutine: asyncio.run_coroutine_threadsafe(coroutine, loop)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


async def _all(steps: list[Any]) -> None:
    await asyncio.gather(*steps)


def open_pages(context: Any, address: str, count: int) -> tuple[list[Any], list[float]]:
    pages, seconds = [], []
    for _ in range(count):
        page, start = context.new_page(), time.monotonic()
        page.goto(address, timeout=1e3 * PATIENCE)
        page.wait_for_selector(".dwmtj-track-canvas[data-frames]", timeout=1e3 * PATIENCE)
        seconds.append(time.monotonic() - start)
        pages.append(page)
    return pages, seconds


def start_pages(pages: list[Any]) -> None:
    """Press Run in pages, and pass the loading."""
    for page in pages:
        slow_down(page)
        page.click(".dwmtj-run")
        page.wait_for_function("parseFloat(document.querySelector('.dwmtj-time').textContent) > 0")
        run_phase(page)


def watch_pages(pages: list[Any], until: float) -> tuple[list[int], list[float]]:
    """Move the sliders of pages, and return how many frames each painted meanwhile, and latencies in seconds."""
    before, latencies = painted(pages), []
    for page in pages:
        latencies += [1e-3 * ms for ms in page.evaluate(LATENCY)]
    if pages:
        pages[0].wait_for_timeout(1e3 * max(0.0, until - time.monotonic()))
    return [b - a for a, b in zip(before, painted(pages), strict=True)], latencies


def painted(pages: list[Any]) -> list[int]:
    return [int(page.get_attribute(PAINTED, "data-painted") or 0) for page in pages]


def stage(
    name: str,
    run: Callable[[Any], Any],
    server: Served,
    clients: list[Student],
    pages: list[Any],
    seconds: float,
) -> None:
    """Let some animate at once, and say how that went."""
    for student in clients:
        student.slider_seconds.clear()
    start_pages(pages)
    before, counted = cost(server), [student.frames for student in clients]
    future = run(_all([student.run(seconds) for student in clients]))
    of_pages, latencies = watch_pages(pages, before.at + seconds)
    future.result(timeout=2 * PATIENCE + seconds)
    after, of_clients = cost(server), [s.frames - n for s, n in zip(clients, counted, strict=True)]
    run(_all([student.pause() for student in clients])).result(timeout=PATIENCE)
    for page in pages:
        page.click(".dwmtj-pause")
    passed = after.at - before.at
    print(f"{name}: {len(clients) + len(pages)} animating, {passed:.0f} s")
    if clients:
        rates = [count / passed for count in of_clients]
        print(f"  frames a second of clients: {min(rates):.1f} to {max(rates):.1f}")
        print("  frame, asked to answered:", percentiles([s for c in clients for s in c.frame_seconds]))
        print("  slider to number, clients:", percentiles([s for c in clients for s in c.slider_seconds]))
    if pages:
        rates = [count / passed for count in of_pages]
        print("  painted frames a second of pages:", ", ".join(f"{rate:.1f}" for rate in rates))
        print("  slider to painted number, pages:", percentiles(latencies))
    spent_server, spent_kernels = after.server - before.server, after.kernels - before.kernels
    cores = (
        f"server {spent_server / passed:.2f}, kernels {spent_kernels / passed:.2f} of {os.cpu_count()} cores"
    )
    print(f"  CPU: {cores}; cut off: {sum(student.cut_off for student in clients)} of {len(clients)}")
    frames = sum(of_clients) + sum(of_pages)
    if frames:
        capacity(spent_server / frames, spent_kernels / frames)


def capacity(server: float, kernel: float) -> None:
    """Say what many cores would bear, of the CPU seconds that a frame costs server and kernel."""
    print(f"  a frame costs the server {1e3 * server:.1f} ms and its kernel {1e3 * kernel:.1f} ms of CPU")
    for rate in (30.0, 20.0, 10.0):
        one = USABLE / (server * rate)  # a server process has one thread
        students = USABLE * MANY_CORES / ((server + kernel) * rate)
        processes = math.ceil(students / one)
        print(
            f"  by calculation, {rate:.0f} frames a second: one server process bears {one:.0f} animating; "
            f"{MANY_CORES} cores bear {students:.0f}, with {processes} server processes"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--students", type=int, default=30, help="in all")
    parser.add_argument("--first", type=int, default=5, help="that animate first")
    parser.add_argument("--pages", type=int, default=2, help="of them in Chromium")
    parser.add_argument("--seconds", type=float, default=20.0, help="of each stage")
    parser.add_argument("--preheat", type=int, default=0)
    arguments = parser.parse_args()
    bare = max(arguments.students - arguments.pages, 0)
    with (
        served("recall_lab", preheat=arguments.preheat) as server,
        browser_context() as context,
        loop_of_clients() as run,
    ):
        clients = [Student(number, server.address) for number in range(bare)]
        idle = memory(server)
        begun = time.monotonic()
        run(_all([student.open() for student in clients])).result(timeout=2 * PATIENCE)
        pages, first_paints = open_pages(context, server.address, arguments.pages)
        print(
            f"{len(clients)} clients at once, then {len(pages)} pages, {time.monotonic() - begun:.1f} s in all"
        )
        print("  page sent:", percentiles([student.page_seconds for student in clients]))
        print("  first paint, clients:", percentiles([student.first_paint for student in clients]))
        print("  first paint, pages:", percentiles(first_paints))
        run(_all([student.draw() for student in clients])).result(timeout=PATIENCE)
        first = min(arguments.first, arguments.students)
        of_pages = pages[: min(len(pages), first)]
        stage("some", run, server, clients[: first - len(of_pages)], of_pages, arguments.seconds)
        if arguments.students > first:
            stage("all", run, server, clients, pages, arguments.seconds)
        own, kernels = memory(server)
        each = kernels / max(len(server.kernels()), 1)
        count = len(server.kernels())
        print(
            f"memory: server {own:.0f} MB (idle {idle[0]:.0f}), {count} kernels {kernels:.0f} MB, {each:.0f} each"
        )
        context.close()
        run(_all([student.close() for student in clients])).result(timeout=PATIENCE)
        start = time.monotonic()
        wait_for(lambda: len(server.kernels()) <= arguments.preheat, "the kernels' end", 90)
        print(f"all left: the kernels are gone after {time.monotonic() - start:.1f} s")


if __name__ == "__main__":
    main()
