"""How many pages may be open at once, and the page that whoever is one too many gets."""

import asyncio
import time
from functools import cache
from typing import Any

import jinja2

from dwmtj_widgets.server.gallery import SHARE
from dwmtj_widgets.texts import LANGUAGE, catalogue

LOOK_AGAIN = 0.2
"""Seconds between two looks for a free place."""
TRY_AGAIN = 20
"""Seconds after which the page of one too many asks again."""


class Places:
    """The pages that may be open at once: each has a kernel, and kernels fill the memory.

    Parameters
    ----------
    limit : int or None
        How many; None for any number.
    patience : float
        Seconds to wait for a place: a page that is reloaded asks for its new kernel before the old one has ended.
    """

    def __init__(self, limit: int | None, patience: float = 8.0) -> None:
        self.limit, self.patience = limit, patience
        self._starting: set[object] = set()
        self._kernels: set[str] = set()

    async def take(self, guest: object, manager: Any) -> bool:
        """Take a place for a page that starts; False if none becomes free in time."""
        end = time.monotonic() + self.patience
        while self.limit is not None and self._taken(manager) >= self.limit:
            if time.monotonic() > end:
                return False
            await asyncio.sleep(LOOK_AGAIN)
        self._starting.add(guest)
        return True

    def settle(self, guest: object, kernel_id: str | None) -> None:
        """Let the place of a page that has started last as long as its kernel, or give it back."""
        self._starting.discard(guest)
        if kernel_id is not None and self.limit is not None:
            self._kernels.add(kernel_id)

    def _taken(self, manager: Any) -> int:
        self._kernels = {kernel_id for kernel_id in self._kernels if kernel_id in manager}
        return len(self._kernels) + len(self._starting)


def full_page(limit: int, language: str = LANGUAGE) -> str:
    """Return the page that says that there is no place, as HTML; it asks again by itself."""
    return _template().render(
        limit=limit, seconds=TRY_AGAIN, language=language, tr=catalogue(language).gettext
    )


@cache
def _template() -> jinja2.Template:
    source = (SHARE / "full.html.j2").read_text(encoding="utf-8")
    return jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined).from_string(source)
