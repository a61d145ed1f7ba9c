"""The scripts of Voila and of the widgets as one file.

A page requests some 110 small scripts, in rounds that wait for one another, from a server with one thread. webpack
treats scripts that have run already as loaded, so one request brings most of them, and the browser caches it.
"""

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import tornado.web
from voila.paths import collect_static_paths
from voila.utils import get_voila_labextensions_path

from dwmtj_widgets.texts import texts_of

# A lab needs nearly all scripts of these packages.
WHOLE_PACKAGES = ("@jupyter-widgets/jupyterlab-manager", "anywidget", "bqplot", "bqscales", "ipycanvas")
ROUTE = "dwmtj/scripts.js"
# webpack names a script that is loaded later by a number, and an entry script by a word.
_LOADED_LATER = re.compile(r"\d+\.[0-9a-f]+\.js")
_LOADED_BY_VOILA = re.compile(r"\.e\((\d+)\)")


@cache
def all_scripts() -> bytes:
    """Return the concatenated scripts, each in its own scope."""
    pieces = []
    for path in _files():
        # A line feed follows, because a script may end in a comment. Each scope keeps its own strict mode.
        pieces += [b"(function(){", path.read_bytes(), b"\n}).call(self);\n"]
    return b"".join(pieces)


@cache
def scripts_version() -> str:
    """Return a text that changes with the scripts."""
    return hashlib.sha256(all_scripts()).hexdigest()[:16]


def add_addresses(page_config: dict[str, Any], *, settings: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Add the addresses of scripts, gallery and server to the settings of a page (`page_config_hook` of Voila)."""
    base = page_config["baseUrl"]
    home = {"homeUrl": base} if settings.get("dwmtj_gallery") else {}
    language = settings["dwmtj_language"]
    page = {
        "language": language,
        "texts": page_texts(language),
        "originForOthers": settings["dwmtj_origin"],
        "asksForToken": settings["identity_provider"].auth_enabled,
    }
    return {**page_config, **home, **page, "scriptsUrl": f"{base}{ROUTE}?v={scripts_version()}"}


@cache
def page_texts(language: str) -> dict[str, str]:
    """Return the texts of every page's frame and script, by the English text."""
    template = Path(__file__).parent / "share" / "jupyter" / "voila" / "templates" / "dwmtj"
    files = (template / "index.html.j2", template / "static" / "dwmtj.js")
    return texts_of("\n".join(file.read_text(encoding="utf-8") for file in files), language)


class ScriptsHandler(tornado.web.RequestHandler):
    """Serves the scripts; the browser keeps them until they change."""

    def get(self) -> None:
        """Send the scripts."""
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.set_header("Cache-Control", "public, max-age=31536000, immutable")
        self.finish(all_scripts())


def _files() -> Iterator[Path]:
    # The first of two installations of a package is used.
    static = next(path for path in map(Path, collect_static_paths(["voila"], "base")) if path.is_dir())
    # Voila has 3 MB more for editing notebooks and files; its first script names those that it loads.
    named = set(_LOADED_BY_VOILA.findall((static / "voila.js").read_text(encoding="utf-8")))
    yield from filter(Path.is_file, (static / f"{number}.voila.js" for number in sorted(named)))
    roots = [Path(root) for root in get_voila_labextensions_path()]
    for name in WHOLE_PACKAGES:
        folder = next((root / name / "static" for root in roots if (root / name / "static").is_dir()), None)
        if folder:
            yield from (path for path in sorted(folder.iterdir()) if _LOADED_LATER.fullmatch(path.name))
