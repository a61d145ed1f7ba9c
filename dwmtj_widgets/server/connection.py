"""The websocket between a page and its kernel."""

import asyncio
from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from tornado import web
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from dwmtj_widgets.server.kernels import end_kernel_unless_connected

GOING_AWAY = 1001
KERNEL_ENDED = 4001
AFTER_FAREWELL = 1.0
AFTER_SILENCE = 60.0
PROTOCOL = "v1.kernel.websocket.jupyter.org"


class LabSocket(VoilaKernelWebsocketHandler):
    """The websocket of a page. It speaks the one protocol that Voila can read.

    In the older one messages begin with other bytes, which Voila takes for the number of offsets to read: some 10^19,
    in the only thread of the server, on behalf of whoever opened such a connection.
    """

    async def get(self, *arguments: Any, **named: Any) -> None:
        """Open the connection, unless it cannot be understood."""
        offered = self.request.headers.get("Sec-WebSocket-Protocol", "")
        if PROTOCOL not in [name.strip() for name in offered.split(",")]:
            raise web.HTTPError(400, f"This websocket speaks {PROTOCOL} alone.")
        await super().get(*arguments, **named)


class LabConnection(ZMQChannelsWebsocketConnection):
    """A connection that sends every message at once, and whose kernel ends with the page.

    Nagle's algorithm waits for the browser's delayed acknowledgement, some 40 ms, before each small frame.
    """

    def connect(self) -> asyncio.Future[None] | None:  # type: ignore[override]
        """Open the channels to the kernel, with Nagle's algorithm off."""
        self.websocket_handler.set_nodelay(True)
        return super().connect()

    def disconnect(self) -> None:  # type: ignore[override]
        """Close the channels; the kernel ends soon after the last page has left it."""
        super().disconnect()
        # A page that is closed or reloaded says so; a network that broke down does not, and may come back.
        left = self.websocket_handler.close_code == GOING_AWAY
        delay = AFTER_FAREWELL if left else AFTER_SILENCE
        end_kernel_unless_connected(self.multi_kernel_manager, self.kernel_id, delay)

    def on_restart_failed(self, *args: Any) -> None:
        """Tell the page that its kernel has died."""
        super().on_restart_failed()
        self.websocket_handler.close(KERNEL_ENDED, "the kernel has ended")
