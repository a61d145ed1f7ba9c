"""The scripts of Voila and of the widgets in one piece.

A page asks for some 110 small scripts, in rounds that wait for one another, of a server with one thread. webpack takes
a script that is there already for loaded, so one request brings most of them, and the browser keeps them for next time.
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

# Packages nearly all of whose scripts a lab needs.
WHOLE_PACKAGES = ("@jupyter-widgets/jupyterlab-manager", "anywidget", "bqplot", "bqscales", "ipycanvas")
ROUTE = "dwmtj/scripts.js"
# webpack names a script that is loaded later by a number, and one that runs at once by a word.
_LOADED_LATER = re.compile(r"\d+\.[0-9a-f]+\.js")
_LOADED_BY_VOILA = re.compile(r"\.e\((\d+)\)")


@cache
def all_scripts() -> bytes:
    """Return the scripts one after the other, each in a scope of its own."""
    pieces = []
    for path in _files():
        # A closing line feed, as a script may end in a comment. Strict mode stays with those that ask for it.
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
    told = {
        "language": language,
        "texts": page_texts(language),
        "originForOthers": settings["dwmtj_origin"],
        "asksForToken": settings["identity_provider"].auth_enabled,
    }
    return {**page_config, **home, **told, "scriptsUrl": f"{base}{ROUTE}?v={scripts_version()}"}


@cache
def page_texts(language: str) -> dict[str, str]:
    """Return what the frame of every page and its script say, by the English text."""
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
    # Of two installations of a package the first is the one that is used.
    static = next(path for path in map(Path, collect_static_paths(["voila"], "base")) if path.is_dir())
    # Voila brings 3 MB more, for notebooks and files that are edited; what it names in its first script it loads.
    named = set(_LOADED_BY_VOILA.findall((static / "voila.js").read_text(encoding="utf-8")))
    yield from filter(Path.is_file, (static / f"{number}.voila.js" for number in sorted(named)))
    roots = [Path(root) for root in get_voila_labextensions_path()]
    for name in WHOLE_PACKAGES:
        folder = next((root / name / "static" for root in roots if (root / name / "static").is_dir()), None)
        if folder:
            yield from (path for path in sorted(folder.iterdir()) if _LOADED_LATER.fullmatch(path.name))
