"""The websocket between a page and its kernel."""

import asyncio
import re
from collections import Counter
from collections.abc import Awaitable
from typing import Any

from jupyter_core.utils import ensure_async
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from tornado import web
from tornado.ioloop import IOLoop
from tornado.iostream import StreamBufferFullError
from tornado.websocket import WebSocketClosedError
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from dwmtj_widgets.server.errors import PlainErrors
from dwmtj_widgets.server.kernels import AFTER_SILENCE, end_kernel_unless_connected, was_too_large
from dwmtj_widgets.server.messages import Message, answered_name, read_message, under_way_to

GOING_AWAY, NOT_UNDERSTOOD = 1001, 1003
KERNEL_ENDED, KERNEL_WAS_TOO_LARGE = 4001, 4002
"""Close codes; js/page/connection.js has their sentences."""
AFTER_FAREWELL = 1.0
"""Seconds from a page's farewell to the end of its kernel."""
PING_INTERVAL, PING_TIMEOUT = 10_000, 25_000
"""Milliseconds. Unanswered pings reveal a network that has failed silently."""
MOST_SOCKETS = 10
"""Most sockets to one kernel. It has one page, which may reconnect before the server notices a lost socket."""
MOST_UNREAD = 64_000_000
"""Most bytes that may wait for a page to read them."""
LOOK_AGAIN = 0.05
"""Seconds between two checks that a kernel can take more messages."""
PROTOCOL = "v1.kernel.websocket.jupyter.org"
_BUSY = re.compile(rb'\{"execution_state": ?"busy"\}')
_IDLE = re.compile(rb'\{"execution_state": ?"idle"\}')
_sockets: Counter[str] = Counter()


class LabSocket(PlainErrors, VoilaKernelWebsocketHandler):
    """The websocket of a page, with the one protocol that Voila can read."""

    async def get(self, kernel_id: str) -> None:
        """Open the connection if the protocol is right, and serve it until it is closed."""
        offered = self.request.headers.get("Sec-WebSocket-Protocol", "")
        if PROTOCOL not in [name.strip() for name in offered.split(",")]:
            raise web.HTTPError(400, f"This websocket speaks {PROTOCOL} alone.")
        if _sockets[kernel_id] >= MOST_SOCKETS:
            raise web.HTTPError(429, "This kernel has too many websockets.")
        _sockets[kernel_id] += 1
        try:
            await super().get(kernel_id)
        finally:
            _sockets[kernel_id] -= 1
            if not _sockets[kernel_id]:
                del _sockets[kernel_id]

    async def open(self, kernel_id: str) -> None:
        """Start passing on messages."""
        if self.ws_connection is not None:
            self.ws_connection.stream.max_write_buffer_size = MOST_UNREAD
        await super().open(kernel_id)

    def on_message(self, message: str | bytes) -> Awaitable[None] | None:
        """Pass on a page's message if it is well formed; nothing is read after a close."""
        if self.is_closing:
            return None
        read = read_message(message)
        if read is None:
            self.close(NOT_UNDERSTOOD, "not understood")
            return None
        connection: LabConnection = self.connection
        return connection.pass_on(read)

    @property
    def is_closing(self) -> bool:
        """Whether either side has closed the connection; frames may still arrive."""
        return self.ws_connection is None or self.ws_connection.is_closing()

    def write_message(self, message: Any, binary: bool = False) -> Any:
        """Send a message; messages to a page that has left are dropped."""
        if self.is_closing:
            return None
        try:
            sending = super().write_message(message, binary)
        except WebSocketClosedError:
            return None
        except StreamBufferFullError:
            # Our pages do not let frames pile up: they request one after painting the last.
            self.ws_connection.stream.close()
            return None
        if sending is not None:
            sending.add_done_callback(_expect_close)
        return sending


def _expect_close(sending: asyncio.Future[None]) -> None:
    """Report a failed message; for a closed socket asyncio would otherwise log a traceback for each one."""
    error = None if sending.cancelled() else sending.exception()
    if error is not None and not isinstance(error, WebSocketClosedError):
        asyncio.get_running_loop().call_exception_handler(
            {"message": "A message to a page failed.", "exception": error}
        )


class LabConnection(ZMQChannelsWebsocketConnection):
    """A connection that sends every message at once, and whose kernel ends with the page.

    Nagle's algorithm waits for the browser's delayed acknowledgement, some 40 ms, before each small frame.
    """

    @property
    def subprotocol(self) -> str:
        """The one protocol. Jupyter asks the socket, which no longer has it once it is closed."""
        return PROTOCOL

    async def prepare(self) -> None:
        """Wait for the kernel to answer, unless it ends meanwhile: Jupyter would wait for a minute."""
        waiting = asyncio.ensure_future(super().prepare())
        try:
            while not waiting.done():
                await asyncio.wait([waiting], timeout=LOOK_AGAIN)
                if not waiting.done() and not await ensure_async(self.kernel_manager.is_alive()):
                    raise web.HTTPError(404, "The kernel has ended.")
            waiting.result()
        finally:
            if not waiting.done():
                waiting.cancel()
                if self.kernel_info_channel is not None and not self.kernel_info_channel.closed():
                    self.kernel_info_channel.close()

    def pass_on(self, message: Message) -> Awaitable[None] | None:
        """Pass on a message to the kernel; if the kernel is too busy, let the page wait."""
        if under_way_to(self.kernel_manager).has_room_for(message):
            self._send(message)
            return None
        return self._send_when_there_is_room(message)

    async def _send_when_there_is_room(self, message: Message) -> None:
        page: Any = self.websocket_handler
        # The next frame is read only after this one is sent, so the page's sending stops too.
        while not under_way_to(self.kernel_manager).has_room_for(message):
            await asyncio.sleep(LOOK_AGAIN)
            if page.is_closing:
                return
        self._send(message)

    def _send(self, message: Message) -> None:
        stream = self.channels.get(message.channel)
        if stream is None or stream.closed():
            return  # the kernel has ended
        allowed = self.multi_kernel_manager.allowed_message_types
        if allowed and message.kind not in allowed:
            self.log.warning("A page sent a message of type %r, which is not allowed.", message.kind)
            return
        under_way_to(self.kernel_manager).sent(message)
        self.session.send_raw(stream, message.parts)

    def connect(self) -> asyncio.Future[None] | None:  # type: ignore[override]
        """Open the channels to the kernel, with Nagle's algorithm off."""
        self.websocket_handler.set_nodelay(True)
        return super().connect()

    def handle_outgoing_message(self, stream: Any, outgoing_msg: list[Any]) -> None:
        """Pass on a kernel's messages except "busy", because widgets wait only for "idle"."""
        if _IDLE.fullmatch(outgoing_msg[-1]):
            name = answered_name(outgoing_msg)
            if name is not None:
                under_way_to(self.kernel_manager).answered(name)
        if _BUSY.fullmatch(outgoing_msg[-1]) is None:
            super().handle_outgoing_message(stream, outgoing_msg)

    def disconnect(self) -> None:  # type: ignore[override]
        """Close the channels; the kernel ends soon after the last page has left it."""
        super().disconnect()
        # A page that is closed or reloaded says so; after a network failure it does not, and may reconnect.
        page = self.websocket_handler
        pinged = page.last_pong > 0.0  # not if the connection broke before it was open
        silence = IOLoop.current().time() - page.last_pong if pinged else 0.0
        delay = AFTER_FAREWELL if page.close_code == GOING_AWAY else max(AFTER_SILENCE - silence, 0.0)
        end_kernel_unless_connected(self.multi_kernel_manager, self.kernel_id, delay)

    def on_restart_failed(self, *args: Any) -> None:
        """Tell the page that its kernel has died."""
        super().on_restart_failed()
        if was_too_large(self.kernel_manager):
            self.websocket_handler.close(KERNEL_WAS_TOO_LARGE, "the kernel has asked for too much memory")
        else:
            self.websocket_handler.close(KERNEL_ENDED, "the kernel has ended")
