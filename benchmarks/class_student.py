"""A student without a screen: speaks with the server of the Recall Lab as its page does.

It loads page and scripts, takes over the state of all widgets, draws, runs, asks for a frame when the last ones have
come (30 a second at most, two under way, as clock.js has it), and moves a slider. Whatever goes wrong is kept as
`failure`, and the student is out; the others go on.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import re
import struct
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import orjson
from tornado.httpclient import AsyncHTTPClient, HTTPError
from tornado.websocket import WebSocketClientConnection, WebSocketClosedError, websocket_connect

RATE, UNDER_WAY, GIVEN_UP = 30.0, 2, 4.0
"""Frames a second, frames under way, and seconds after which an answer is given up: as clock.js has them."""
FAST, SLOW = 20.0, 0.1
"""Nanoseconds of device time a second: through the loading, and then so that no run ends while it is measured."""
SLIDER_GIVEN_UP = 30.0
"""Seconds after which a move of the slider counts as this slow, and the next one is made."""
PROTOCOL = "v1.kernel.websocket.jupyter.org"
_HOURS = 3600.0


@dataclass
class Student:
    """One page without a screen."""

    number: int
    address: str
    failure: str = ""
    page_seconds: float = 0.0
    first_paint: float = 0.0
    frame_seconds: list[float] = field(default_factory=list)
    slider_seconds: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._session = uuid.uuid4().hex
        self._models: dict[str, str] = {}
        self._state: dict[str, dict[str, Any]] = {}
        self._received = 0
        self._asked: list[float] = []
        self._done: set[str] = set()
        self._news = asyncio.Event()
        self._answered = asyncio.Event()
        self._socket: WebSocketClientConnection | None = None
        self._reader: asyncio.Task[None] | None = None
        self._is_raised = False
        self._leaves = False

    async def attempt(self, step: Callable[[], Awaitable[None]], seconds: float) -> None:
        """Do one of the steps below in so many seconds, or be out."""
        if self.failure:
            return
        try:
            await asyncio.wait_for(step(), seconds)
        except TimeoutError:
            self.failure = self.failure or f"{step.__name__} took more than {seconds:g} s"
        except (OSError, HTTPError, WebSocketClosedError) as error:
            self.failure = self.failure or f"{step.__name__}: {error}"

    # -- steps ---------------------------------------------------------------------------------------------------

    async def open(self) -> None:
        """Load page and scripts, connect to the kernel, take over all widgets, and have everything drawn."""
        start = time.monotonic()
        # One of its own: those of a shared client wait for one another, ten at a time.
        client = AsyncHTTPClient(force_instance=True)
        page = (await client.fetch(self.address, request_timeout=_HOURS)).body.decode()
        self.page_seconds = time.monotonic() - start
        if "application/vnd.voila.cell-output" not in page:
            raise ConnectionError("the page would show nothing")
        kernel, base = _found(r'"kernelId": "([0-9a-f-]{36})"', page), _found(r'"baseUrl": "([^"]+)"', page)
        origin = "/".join(self.address.split("/")[:3])
        await client.fetch(origin + _found(r'"scriptsUrl": "([^"]+)"', page), request_timeout=_HOURS)
        client.close()
        channels = f"{origin}{base}api/kernels/{kernel}/channels?session_id={self._session}"
        self._socket = await websocket_connect(
            channels.replace("http", "ws", 1), max_message_size=2**26, subprotocols=[PROTOCOL]
        )
        self._reader = asyncio.get_running_loop().create_task(self._read())
        await self._take_over_widgets()
        drawn = self._received
        for name in ("clock", "tracks", "editor"):
            await self._tell(name, {"type": "ready"})
        await self._until(lambda: self._received > drawn)
        self.first_paint = time.monotonic() - start

    async def draw(self) -> None:
        """Paint a short stroke into the input."""
        for sequence, cell in enumerate((44, 45, 55), 1):
            stroke = {"type": "paint", "client": self._session, "sequence": sequence, "stroke": 1}
            await self._tell("editor", {**stroke, "value": 1, "cells": [cell]})
            await asyncio.sleep(0.05)

    async def run(self) -> None:
        """Press Run and pass the loading."""
        await self._set("speed", FAST)
        await self._tell("run", {"event": "click"})
        while ">running<" not in self._text("phase-bar"):
            await self._frame()
        await self._set("speed", SLOW)

    async def look_on(self, seconds: float) -> None:
        """Ask for frames and move the slider of the weight, for so long."""
        self.frame_seconds.clear()
        self.slider_seconds.clear()
        end = time.monotonic() + seconds
        slider = asyncio.get_running_loop().create_task(self._slide(end))
        try:
            # The last move of the slider must be answered, too: the slowest ones must not be left out.
            while time.monotonic() < end or not slider.done():
                await self._frame()
        finally:
            slider.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await slider

    async def pause(self) -> None:
        """Press Pause."""
        await self._tell("pause", {"event": "click"})

    async def close(self) -> None:
        """Leave as a page does that is closed."""
        self._leaves = True
        if self._socket is not None:
            self._socket.close(1001, "going away")
        if self._reader is not None:
            await self._reader

    # -- what they are made of -----------------------------------------------------------------------------------

    async def _take_over_widgets(self) -> None:
        control = uuid.uuid4().hex
        opened = await self._send(
            "comm_open",
            {"comm_id": control, "target_name": "jupyter.widget.control", "data": {}},
            metadata={"version": "1.0.0"},
        )
        await self._until(lambda: opened in self._done)
        await self._send("comm_msg", {"comm_id": control, "data": {"method": "request_states"}})
        await self._until(lambda: "run" in self._models and "clock" in self._models)

    async def _frame(self) -> None:
        """Ask for a frame when it is time; wait for an answer when two are under way."""
        if self.failure:
            raise ConnectionError(self.failure)
        now = time.monotonic()
        if len(self._asked) >= UNDER_WAY:
            self._answered.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._answered.wait(), GIVEN_UP)
                return
            self._asked.clear()
        self._asked.append(now)
        await self._tell("clock", {"type": "ask"})
        await asyncio.sleep(max(0.0, 1.0 / RATE - (time.monotonic() - now)))

    async def _slide(self, end: float) -> None:
        while time.monotonic() < end:
            before, start = self._power(), time.monotonic()
            self._is_raised = not self._is_raised
            await self._set("weight", 105.0 if self._is_raised else 100.0)
            # Power goes with the square of W: 5 % more is 10 % more at once.
            while abs(self._power() / before - 1.0) < 0.03 and time.monotonic() < start + SLIDER_GIVEN_UP:
                self._news.clear()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._news.wait(), 0.2)
            self.slider_seconds.append(time.monotonic() - start)
            await asyncio.sleep(0.4 + 0.1 * (self.number % 5))

    def _text(self, name: str) -> str:
        return str(self._state.get(self._models[name], {}).get("value", ""))

    def _power(self) -> float:
        return float(_found(r'dwmtj-power">([0-9.]+)', self._text("readout")))

    async def _until(self, condition: Callable[[], bool]) -> None:
        while not condition():
            if self.failure:
                raise ConnectionError(self.failure)
            await asyncio.sleep(0.01)

    # -- messages ------------------------------------------------------------------------------------------------

    async def _tell(self, name: str, content: dict[str, Any]) -> None:
        data = {"method": "custom", "content": content}
        await self._send("comm_msg", {"comm_id": self._models[name], "data": data})

    async def _set(self, name: str, value: float) -> None:
        data = {"method": "update", "state": {"value": value}, "buffer_paths": []}
        await self._send("comm_msg", {"comm_id": self._models[name], "data": data})

    async def _send(self, kind: str, content: dict[str, Any], metadata: dict[str, Any] | None = None) -> str:
        """Send a message and return its identifier."""
        identifier = uuid.uuid4().hex
        names = {"msg_id": identifier, "msg_type": kind, "session": self._session}
        header = {**names, "username": "", "version": "5.3"}
        assert self._socket is not None
        await self._socket.write_message(_encoded([header, {}, metadata or {}, content]), binary=True)
        return identifier

    async def _read(self) -> None:
        assert self._socket is not None
        while (message := await self._socket.read_message()) is not None:
            self._received += len(message)
            self._take(_parts(message))
        if not self._leaves:
            self.failure = self.failure or f"cut off (code {self._socket.close_code})"

    def _take(self, parts: list[bytes]) -> None:
        """Note what a message says: its parts are header, parent's header, metadata, content and buffers."""
        kind = orjson.loads(parts[0])["msg_type"]
        if kind == "status" and orjson.loads(parts[3])["execution_state"] == "idle":
            self._done.add(orjson.loads(parts[1]).get("msg_id", ""))
        if kind not in ("comm_msg", "comm_open"):
            return
        content = orjson.loads(parts[3])
        data, comm = content.get("data", {}), content.get("comm_id", "")
        method = data.get("method")
        if method == "update_states":
            for identifier, model in data["states"].items():
                self._know(identifier, model["state"])
        elif method == "update" or kind == "comm_open":
            self._know(comm, data.get("state", {}))
            self._news.set()
        elif method == "custom" and data.get("content", {}).get("type") == "frame" and self._asked:
            self.frame_seconds.append(time.monotonic() - self._asked.pop(0))
            self._answered.set()

    def _know(self, identifier: str, state: dict[str, Any]) -> None:
        self._state.setdefault(identifier, {}).update(state)
        for name in state.get("_dom_classes", ()):
            self._models.setdefault(name.removeprefix("dwmtj-"), identifier)
        if "playing" in state and "rate" in state:
            self._models.setdefault("clock", identifier)


def _found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    if match is None:
        raise ValueError(f"The page has nothing like {pattern}; this benchmark knows another version of it.")
    return match[1]


def _encoded(parts: list[dict[str, Any]]) -> bytes:
    """Return a message for the channel "shell" as it goes over the websocket (protocol v1 of Jupyter)."""
    pieces = [b"shell", *map(orjson.dumps, parts)]
    count = len(pieces) + 1
    offsets = [8 * (count + 1)]
    for piece in pieces:
        offsets.append(offsets[-1] + len(piece))
    return struct.pack(f"<{count + 1}Q", count, *offsets) + b"".join(pieces)


def _parts(message: bytes) -> list[bytes]:
    count = struct.unpack("<Q", message[:8])[0]
    offsets = struct.unpack(f"<{count}Q", message[8 : 8 * (count + 1)])
    return [message[a:b] for a, b in itertools.pairwise(offsets)][1:]
