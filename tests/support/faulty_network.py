"""A way to a server that tests can break and mend."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator


class FaultyNetwork:
    """A TCP proxy on a port of its own, in a thread of its own."""

    def __init__(self, target: int) -> None:
        self.port = 0
        self.refused = 0
        """Connections that were tried in vain."""
        self._target = target
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._passing = asyncio.Event()
        self._passing.set()
        self._down = False
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def go_down(self) -> None:
        """Break every connection, and refuse new ones."""
        self._run(self._break())

    def come_up(self) -> None:
        """Let everything pass."""
        self._run(self._mend())

    def fall_silent(self) -> None:
        """Let nothing pass, not even the news that a side has closed: what a laptop does that is shut."""
        self._run(self._hold())

    async def _break(self) -> None:
        self._down = True
        for writer in self._writers:
            writer.transport.abort()

    async def _mend(self) -> None:
        self._down = False
        self._passing.set()

    async def _hold(self) -> None:
        self._passing.clear()

    def _run(self, step) -> None:
        asyncio.run_coroutine_threadsafe(step, self._loop).result(10)

    async def _open(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._down:
            self.refused += 1
            writer.transport.abort()
            return
        onward_reader, onward_writer = await asyncio.open_connection("127.0.0.1", self._target)
        self._writers |= {writer, onward_writer}
        for pair in ((reader, onward_writer), (onward_reader, writer)):
            task = self._loop.create_task(self._pump(*pair))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            while piece := await reader.read(65536):
                await self._passing.wait()
                writer.write(piece)
                await writer.drain()
        await self._passing.wait()
        writer.close()
        self._writers.discard(writer)

    async def _close(self) -> None:
        self._server.close()
        await self._break()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@contextlib.contextmanager
def faulty_network(target: int) -> Iterator[FaultyNetwork]:
    """Give a way to a port of this computer that can be broken."""
    network = FaultyNetwork(target)
    network._thread.start()
    try:
        network._run(network._open())
        yield network
        network._run(network._close())
    finally:
        network._loop.call_soon_threadsafe(network._loop.stop)
        network._thread.join(10)
        network._loop.close()
