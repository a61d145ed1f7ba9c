"""The websocket between a page and its kernel."""

import asyncio
import contextlib
import re
import struct
from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from tornado import web
from tornado.ioloop import IOLoop
from tornado.websocket import WebSocketClosedError
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from dwmtj_widgets.server.kernels import AFTER_SILENCE, end_kernel_unless_connected

GOING_AWAY, NOT_UNDERSTOOD = 1001, 1003
KERNEL_ENDED = 4001
AFTER_FAREWELL = 1.0
"""Seconds after which the kernel of a page ends that has said that it goes."""
FEWEST_PARTS, MOST_PARTS = 6, 1000
"""Of a message from a page, as it counts them: its channel, four texts and their end, and what is sent with them."""
PING_INTERVAL, PING_TIMEOUT = 10_000, 25_000
"""Milliseconds. A network that fails without a word is noticed by the pings that nobody answers."""
PROTOCOL = "v1.kernel.websocket.jupyter.org"
_BUSY = re.compile(rb'\{"execution_state": ?"busy"\}')


class LabSocket(VoilaKernelWebsocketHandler):
    """The websocket of a page. It speaks the one protocol that Voila can read.

    A message begins with the number of its parts and where each begins, which are read without a doubt, in the only
    thread of the server. In the older protocol other bytes stand there, some 10^19; so may they in a forged message.
    """

    async def get(self, *arguments: Any, **named: Any) -> None:
        """Open the connection, unless it cannot be understood."""
        offered = self.request.headers.get("Sec-WebSocket-Protocol", "")
        if PROTOCOL not in [name.strip() for name in offered.split(",")]:
            raise web.HTTPError(400, f"This websocket speaks {PROTOCOL} alone.")
        await super().get(*arguments, **named)

    def on_message(self, message: str | bytes) -> None:
        """Pass on what a page says, if its parts lie one after the other inside it."""
        if isinstance(message, bytes) and _is_whole(message):
            super().on_message(message)
        else:
            self.close(NOT_UNDERSTOOD, "not understood")

    def write_message(self, message: Any, binary: bool = False) -> Any:
        """Send a message; what is on its way to a page that has gone is of no use to anybody."""
        with contextlib.suppress(WebSocketClosedError):
            return super().write_message(message, binary)


def _is_whole(message: bytes) -> bool:
    count = int.from_bytes(message[:8], "little")
    if not FEWEST_PARTS <= count <= MOST_PARTS or len(message) < 8 * (count + 1):
        return False
    begins = struct.unpack_from(f"<{count}Q", message, 8)
    return begins == tuple(sorted(begins)) and begins[-1] <= len(message)


class LabConnection(ZMQChannelsWebsocketConnection):
    """A connection that sends every message at once, and whose kernel ends with the page.

    Nagle's algorithm waits for the browser's delayed acknowledgement, some 40 ms, before each small frame.
    """

    def connect(self) -> asyncio.Future[None] | None:  # type: ignore[override]
        """Open the channels to the kernel, with Nagle's algorithm off."""
        self.websocket_handler.set_nodelay(True)
        return super().connect()

    def handle_outgoing_message(self, stream: Any, outgoing_msg: list[Any]) -> None:
        """Pass on what a kernel says, but not that it is busy: widgets wait for "idle" alone."""
        if _BUSY.fullmatch(outgoing_msg[-1]) is None:
            super().handle_outgoing_message(stream, outgoing_msg)

    def disconnect(self) -> None:  # type: ignore[override]
        """Close the channels; the kernel ends soon after the last page has left it."""
        super().disconnect()
        # A page that is closed or reloaded says so; a network that broke down does not, and may come back.
        page = self.websocket_handler
        pinged = page.last_pong > 0.0  # not if the connection broke before it was open
        silence = IOLoop.current().time() - page.last_pong if pinged else 0.0
        delay = AFTER_FAREWELL if page.close_code == GOING_AWAY else max(AFTER_SILENCE - silence, 0.0)
        end_kernel_unless_connected(self.multi_kernel_manager, self.kernel_id, delay)

    def on_restart_failed(self, *args: Any) -> None:
        """Tell the page that its kernel has died."""
        super().on_restart_failed()
        self.websocket_handler.close(KERNEL_ENDED, "the kernel has ended")
