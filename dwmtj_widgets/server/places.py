"""Places for pages that may be open at once, and the pages for visitors who must wait."""

import asyncio
import time
from functools import cache
from typing import Any

import jinja2

from dwmtj_widgets.server.gallery import SHARE
from dwmtj_widgets.texts import LANGUAGE, catalogue

LOOK_AGAIN = 0.2
"""Seconds between two checks for a free place."""
RELOADED = 1.5
"""Seconds within which a reloaded page leaves its old kernel after requesting the new one."""
TRY_AGAIN = 20
"""Seconds after which the page of a waiting visitor reloads."""


class Places:
    """Places for pages: each page has a kernel, and kernels fill the memory.

    Parameters
    ----------
    limit : int or None
        Number of places; None for no limit.
    patience : float
        Seconds to wait for a kernel without a page: a reloaded page requests its new kernel before the old one has
        ended. If all kernels have pages the answer comes sooner, so that a proxy can ask another server.
    """

    def __init__(self, limit: int | None, patience: float = 8.0) -> None:
        self.limit, self.patience = limit, patience
        self._starting: set[object] = set()
        self._kernels: set[str] = set()

    async def take(self, guest: object, manager: Any) -> bool:
        """Take a place for a starting page; False if none becomes free in time."""
        begin = time.monotonic()
        while self.limit is not None and self._taken(manager) >= self.limit:
            waited = time.monotonic() - begin
            if waited > self.patience or (waited > RELOADED and not self._one_is_left(manager)):
                return False
            await asyncio.sleep(LOOK_AGAIN)
        self._starting.add(guest)
        return True

    def settle(self, guest: object, kernel_id: str | None) -> None:
        """Tie the place of a started page to its kernel, or give it back."""
        self._starting.discard(guest)
        if kernel_id is not None and self.limit is not None:
            self._kernels.add(kernel_id)

    def _taken(self, manager: Any) -> int:
        self._kernels = {kernel_id for kernel_id in self._kernels if kernel_id in manager}
        return len(self._kernels) + len(self._starting)

    def _one_is_left(self, manager: Any) -> bool:
        """Whether a kernel has no page: it ends soon, or its page is still loading."""
        return any(manager.kernel_model(kernel_id)["connections"] == 0 for kernel_id in self._kernels)


def full_page(language: str = LANGUAGE) -> str:
    """Return the page for a visitor without a place, as HTML; it reloads by itself."""
    tr = catalogue(language).gettext
    return _waiting_page(
        language,
        tr("The class is full"),
        tr(
            "All places are taken. This page asks again every {seconds} seconds and opens the lab as soon as another "
            "one is closed."
        ),
    )


def busy_page(language: str = LANGUAGE) -> str:
    """Return the page that a proxy shows when it cannot reach the labs or admits no more visitors, as HTML."""
    tr = catalogue(language).gettext
    return _waiting_page(
        language,
        tr("The labs are busy"),
        tr("This page asks again every {seconds} seconds and opens as soon as the labs have time for it."),
    )


def _waiting_page(language: str, title: str, sentence: str) -> str:
    return _template().render(
        title=title,
        sentence=sentence.format(seconds=TRY_AGAIN),
        site=catalogue(language).gettext("DW-MTJ labs"),
        seconds=TRY_AGAIN,
        language=language,
    )


@cache
def _template() -> jinja2.Template:
    source = (SHARE / "waiting.html.j2").read_text(encoding="utf-8")
    return jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined).from_string(source)
