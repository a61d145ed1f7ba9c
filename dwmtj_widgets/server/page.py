"""The page of a lab: it takes a place, gets a kernel, and is told if that dies before the lab is there."""

import re
from contextlib import aclosing
from typing import Any

import tornado.web
from jupyter_core.utils import ensure_async
from voila.tornado.handler import TornadoVoilaHandler

from dwmtj_widgets.server.kernels import AFTER_SILENCE, end_kernel_unless_connected
from dwmtj_widgets.server.places import TRY_AGAIN, Places, full_page
from dwmtj_widgets.texts import catalogue

NOT_STARTED = (
    '<p class="dwmtj-start-error" role="alert">{}</p><script>window.voila_finish();</script></body></html>'
)
_KERNEL_ID = re.compile(r'"kernelId": "([0-9a-f-]{36})"')


class LabPage(TornadoVoilaHandler):
    """The page: it takes back the kernel of a page that never came."""

    kernel_id: str | None = None

    def write(self, chunk: Any) -> None:
        """Send a piece of the page, and note the kernel it belongs to."""
        found = _KERNEL_ID.search(chunk) if isinstance(chunk, str) else None
        if found:
            self.kernel_id = found[1]
            self._places.settle(self, self.kernel_id)
        super().write(chunk)

    @tornado.web.authenticated
    async def get(self, path: str | None = None) -> None:
        """Send the page, or say that there is no place."""
        if not await self._places.take(self, self.kernel_manager):
            self.set_status(503)
            self.set_header("Retry-After", str(TRY_AGAIN))
            self.finish(full_page(self._places.limit or 0, self.settings["dwmtj_language"]))
            return
        try:
            async with aclosing(self.get_generator(path=path)) as pieces:
                async for piece in pieces:
                    # Voila would go on without the kernel, and say nothing.
                    if self.kernel_id and not await self._kernel_lives():
                        tr = catalogue(self.settings["dwmtj_language"]).gettext
                        self.write(
                            NOT_STARTED.format(
                                tr(
                                    "The simulator ended while it was starting: the server may be short of memory. "
                                    "Reload the page in a minute."
                                )
                            )
                        )
                        break
                    self.write(piece)
                    self.flush()
        finally:
            self._places.settle(self, self.kernel_id)
            if self.kernel_id:
                delay = 0.0 if self._left else AFTER_SILENCE
                end_kernel_unless_connected(self.kernel_manager, self.kernel_id, delay)

    @property
    def _left(self) -> bool:
        """Whether whoever asked for the page is gone."""
        connection = self.request.connection
        return connection is None or bool(connection.stream.closed())

    @property
    def _places(self) -> Places:
        places: Places = self.settings["dwmtj_places"]
        return places

    async def _kernel_lives(self) -> bool:
        manager = self.kernel_manager
        return self.kernel_id in manager and bool(await ensure_async(manager.is_alive(self.kernel_id)))
