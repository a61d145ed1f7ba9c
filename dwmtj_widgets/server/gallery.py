"""The page of all labs and lessons, with a picture and a sentence each; it needs no kernel.

A notebook is listed if its metadata has ``{"dwmtj": {"room", "order", "title", "sentence"}}``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import tornado.web
from jupyter_server.base.handlers import JupyterHandler

from dwmtj_widgets.server.notebooks import notebook_names, notebooks_folder
from dwmtj_widgets.texts import LANGUAGE, catalogue, tr

SHARE = Path(__file__).parent / "share" / "gallery"
PICTURES = "dwmtj/pictures/"
ROOMS = ("Labs", "Lessons", "Reports")
# Notebooks have English titles; they are repeated here so that the catalogue finds them. Lessons and their titles are
# in English only.
NAMED = (
    tr("Labs"),
    tr("Lessons"),
    tr("Reports"),
    tr("Recall Lab"),
    tr("Draw a picture, distort it, and watch 10,000 domain walls find the nearest memory."),
    tr("Max-cut Lab"),
    tr("Draw a graph and watch its nodes fall into two sets while the walls relax."),
    tr("Signal Lab"),
    tr("Draw a waveform and watch forty magnetic tunnel junctions learn to play it by themselves."),
    tr("Statistics Lab"),
    tr("Store random patterns in networks of many sizes and watch where recall breaks down."),
    tr("Explorer"),
    tr("Map what any two settings do to accuracy, time and energy, and walk into every run."),
    tr("The paper, figure by figure"),
    tr("Every number the paper prints, measured here beside the print; takes about a minute."),
)


@dataclass(frozen=True, order=True)
class Exhibit:
    """One notebook in the gallery."""

    room: int
    """Index into `ROOMS`."""
    order: int
    name: str
    """Name of the notebook, also used in its address."""
    title: str
    sentence: str

    @property
    def picture(self) -> Path | None:
        """The file of its picture, if there is one."""
        path = SHARE / f"{self.name.replace('/', '-')}.webp"
        return path if path.is_file() else None


def exhibits() -> list[Exhibit]:
    """Return the gallery's entries from the package's notebooks, in order.

    Raises
    ------
    KeyError, ValueError
        If the metadata of a notebook lack something.
    """
    found = []
    for name in notebook_names():
        notebook = json.loads((notebooks_folder() / f"{name}.ipynb").read_text(encoding="utf-8"))
        says = notebook["metadata"].get("dwmtj")
        if says is not None:
            room = ROOMS.index(says["room"])
            found.append(Exhibit(room, int(says["order"]), name, says["title"], says["sentence"]))
    return sorted(found)


@cache
def _template() -> jinja2.Template:
    source = (SHARE / "gallery.html.j2").read_text(encoding="utf-8")
    return jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined).from_string(source)


def gallery_page(shown: Sequence[Exhibit], base_url: str, language: str = LANGUAGE) -> str:
    """Return the page as HTML, in one of `texts.LANGUAGES`."""
    rooms = [(room, [item for item in shown if item.room == k]) for k, room in enumerate(ROOMS)]
    return _template().render(
        rooms=rooms,
        base_url=base_url,
        pictures=base_url + PICTURES,
        language=language,
        tr=catalogue(language).gettext,
    )


class GalleryHandler(JupyterHandler):
    """Sends the gallery."""

    @tornado.web.authenticated
    def get(self) -> None:
        """Send the page."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(gallery_page(exhibits(), self.base_url, self.settings["dwmtj_language"]))


class PictureHandler(tornado.web.StaticFileHandler):
    """Sends the pictures of the gallery, and no other file of its folder."""

    def validate_absolute_path(self, root: str, absolute_path: str) -> Any:
        """Refuse what is no picture."""
        if Path(absolute_path).suffix != ".webp":
            raise tornado.web.HTTPError(404)
        return super().validate_absolute_path(root, absolute_path)
