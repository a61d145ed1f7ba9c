"""Pages of the gallery in windows of any kind."""

from collections.abc import Iterator
from typing import Any

import pytest
from browser_tools import Served
from lab_pages.lab import STARTED

PLACE = ".dwmtj-lab, .dwmtj-lesson-part"


@pytest.fixture
def opened(gallery: Served, context: Any) -> Iterator[Any]:
    """Open pages of the gallery in windows of any kind; all are closed in the end."""
    made = []

    def open_page(name: str, **options: Any) -> Any:
        window = context.browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
        made.append(window)
        page = window.new_page()
        page.set_default_timeout(STARTED)
        page.goto(gallery.address + name)
        if name:
            page.wait_for_selector("#dwmtj-starting", state="hidden")
            page.wait_for_selector(PLACE)
            # Names and keys come when the controls are there.
            handle = f":is({PLACE}) .noUi-handle"
            page.wait_for_function(
                f"[...document.querySelectorAll('{handle}')].every((handle) => handle.ariaLabel)"
            )
        return page

    yield open_page
    for window in made:
        window.close()
