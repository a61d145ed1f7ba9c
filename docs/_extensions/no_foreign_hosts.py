"""Fails the build if a page would load anything from another host."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

LOADED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src", "object": "data"}


class Loads(HTMLParser):
    """Collects the addresses that a browser would fetch with the page."""

    def __init__(self) -> None:
        super().__init__()
        self.foreign: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the address of an element that loads one."""
        address = dict(attrs).get(LOADED.get(tag, "")) or ""
        if address.startswith(("http:", "https:", "//")):
            self.foreign.append(address)


def foreign_addresses(page: str) -> list[str]:
    """Return the addresses on other hosts that a page would load."""
    parser = Loads()
    parser.feed(page)
    return parser.foreign


def look(app: Sphinx, exception: Exception | None) -> None:
    """Read every page and style sheet that was written."""
    if exception is not None or app.builder.format != "html":
        return
    found = []
    for file in sorted(Path(app.outdir).rglob("*.html")):
        found += [
            f"{file.name} loads {address}" for address in foreign_addresses(file.read_text(encoding="utf-8"))
        ]
    for file in sorted(Path(app.outdir).rglob("*.css")):
        text = file.read_text(encoding="utf-8")
        found += [
            f"{file.name} holds {mark}" for mark in ("url(http", "url(//", "@import url") if mark in text
        ]
    if found:
        raise ExtensionError("The pages are not readable without a network: " + "; ".join(found))


def setup(app: Sphinx) -> dict[str, Any]:
    """Look when all is written."""
    app.connect("build-finished", look)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
