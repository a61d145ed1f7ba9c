"""The page of a lab: it takes a place, gets a kernel, and reports a kernel that dies before the lab is complete."""

import asyncio
import re
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from gettext import NullTranslations
from typing import Any

import tornado.web
from jupyter_core.utils import ensure_async
from voila.tornado.handler import TornadoVoilaHandler

from dwmtj_widgets.server.errors import PlainErrors
from dwmtj_widgets.server.kernels import (
    AFTER_SILENCE,
    drop_lost_kernels,
    end_kernel_unless_connected,
    was_too_large,
)
from dwmtj_widgets.server.places import TRY_AGAIN, Places, full_page
from dwmtj_widgets.texts import catalogue

NOT_STARTED = (
    '<p class="dwmtj-start-error" role="alert">{}</p><script>window.voila_finish();</script></body></html>'
)
MAY_END = "<!-- the page may end here -->"
"""Written by index.html.j2 where only the cells' elements are open."""
LOOK_AGAIN = 0.5
"""Seconds between two checks that the kernel of a starting page is alive."""
_KERNEL_ID = re.compile(r'"kernelId": "([0-9a-f-]{36})"')


class KernelEndedError(Exception):
    """The kernel of a page has ended before the page was complete."""


def is_visit(headers: Mapping[str, str]) -> bool:
    """Return whether a request, given by its headers, is a visitor's: each visit starts a kernel.

    A foreign page could request ours as a picture, script or frame, or prefetch it, many times and unseen.
    """
    if "prefetch" in headers.get("Sec-Purpose", "") + headers.get("Purpose", ""):
        return False
    kind = headers.get("Sec-Fetch-Dest")
    if kind is None:
        # No browser, an old one, or one that uses plain http from another computer; the last two accept HTML.
        return "Mozilla" not in headers.get("User-Agent", "") or "text/html" in headers.get("Accept", "")
    if kind == "document":
        return headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    # A frame of another origin would stay empty (frame-ancestors of the Content-Security-Policy).
    return kind == "iframe" and headers.get("Sec-Fetch-Site", "none") in ("same-origin", "none")


class LabPage(PlainErrors, TornadoVoilaHandler):
    """The page; it ends the kernel if the page is never completed."""

    kernel_id: str | None = None
    _kernel: Any = None
    _may_end = False
    """Whether a sentence written now would be visible: inside a script, for instance, it would not."""

    def write(self, chunk: Any) -> None:
        """Send a piece of the page, and note the page's kernel."""
        found = _KERNEL_ID.search(chunk) if isinstance(chunk, str) else None
        if found:
            self.kernel_id = found[1]
            if self.kernel_id in self.kernel_manager:
                self._kernel = self.kernel_manager.get_kernel(self.kernel_id)
            self._places.settle(self, self.kernel_id)
        text = chunk.rstrip() if isinstance(chunk, str) else ""
        if text:
            self._may_end = text.endswith(MAY_END)
        super().write(chunk)

    @tornado.web.authenticated
    async def get(self, path: str | None = None) -> None:
        """Send the page, or a sentence that there is no place or that the kernel has ended."""
        if not is_visit(self.request.headers):
            raise tornado.web.HTTPError(403, "A lab is a page of its own.")
        if not await self._places.take(self, self.kernel_manager):
            self.set_status(503)
            self.set_header("Retry-After", str(TRY_AGAIN))
            self.finish(full_page(self.settings["dwmtj_language"]))
            return
        try:
            await drop_lost_kernels(self.kernel_manager, self.notebook_path or path)
            async with aclosing(self.get_generator(path=path)) as pieces:
                while (piece := await self._next(pieces)) is not None:
                    self.write(piece)
                    self.flush()
        except KernelEndedError:
            self.write(NOT_STARTED.format(self._why_ended()))
        except Exception:
            if not self._may_end:
                raise
            self.log.exception("A page could not be made.")
            self.write(NOT_STARTED.format(self._could_not_start()))
        finally:
            self._places.settle(self, self.kernel_id)
            if self.kernel_id:
                delay = 0.0 if self._left else AFTER_SILENCE
                end_kernel_unless_connected(self.kernel_manager, self.kernel_id, delay)

    async def _next(self, pieces: AsyncGenerator[str, None]) -> str | None:
        """Return the next piece of the page, None at its end; raise `KernelEndedError` soon after the kernel ended.

        Voila notices the death of a kernel only while it waits for the kernel itself, and not always then; it goes on
        without the kernel or waits for ever. It waits for the kernel only where the page may end.
        """
        coming = asyncio.ensure_future(anext(pieces, None))
        try:
            while True:
                await asyncio.wait([coming], timeout=LOOK_AGAIN)
                if self._may_end and not await self._kernel_lives():
                    raise KernelEndedError
                if coming.done():
                    return coming.result()
        finally:
            if not coming.done():
                coming.cancel()
                await asyncio.wait([coming])
            elif not coming.cancelled():
                coming.exception()  # mark as retrieved: the kernel's end is reported instead

    def _why_ended(self) -> str:
        tr = self._language.gettext
        if self._kernel is not None and was_too_large(self._kernel):
            return tr(
                "The simulator needed more memory than it may have, and ended while it was starting. Reload the page."
            )
        return tr(
            "The simulator ended while it was starting: the server may be short of memory. "
            "Reload the page in a minute."
        )

    def _could_not_start(self) -> str:
        tr = self._language.gettext
        return tr(
            'The simulator could not be started. Reload the page; if it fails again, run "dwmtj check" in a terminal.'
        )

    @property
    def _language(self) -> NullTranslations:
        return catalogue(self.settings["dwmtj_language"])

    @property
    def _left(self) -> bool:
        """Whether the browser has left the page."""
        connection = self.request.connection
        return connection is None or bool(connection.stream.closed())

    @property
    def _places(self) -> Places:
        places: Places = self.settings["dwmtj_places"]
        return places

    async def _kernel_lives(self) -> bool:
        manager = self.kernel_manager
        return self.kernel_id in manager and bool(await ensure_async(manager.is_alive(self.kernel_id)))
