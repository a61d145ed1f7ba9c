"""The websocket between a page and its kernel."""

import asyncio
from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

from dwmtj_widgets.server.kernels import end_kernel_unless_connected

GOING_AWAY = 1001
KERNEL_ENDED = 4001
AFTER_FAREWELL = 1.0
AFTER_SILENCE = 60.0


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
