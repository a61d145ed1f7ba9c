"""A recorded run as one self-contained page, in which it plays without a server or a network."""

from __future__ import annotations

import json
import zlib
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from dwmtj_widgets.charts import CurveChart
from dwmtj_widgets.hopfield.walls import axon_table
from dwmtj_widgets.labs.common.run.readings import state_text
from dwmtj_widgets.sessions.interventions import Intervention
from dwmtj_widgets.sessions.network import NetworkSession
from dwmtj_widgets.texts import LANGUAGE, tr
from dwmtj_widgets.units import quantity
from dwmtj_widgets.widgets.style import css, script
from dwmtj_widgets.widgets.views.track_field import wall_bytes

LARGEST_PAGE: Final = 2_000_000
"""Bytes. Of a longer run every second moment is left out until it fits."""
_STYLE: Final = Path(__file__).parents[2] / "static" / "film_page.css"


@dataclass(frozen=True)
class FilmPage:
    """What a page shows of a run.

    Parameters
    ----------
    session : NetworkSession
        The run and its record.
    title : str
        Heading of the page.
    columns : int
        Columns of the somas' image; 0 for no image.
    charts : sequence of CurveChart
        The run's curves over time in ns, a value for every recorded moment.
    marks : sequence of Intervention
        What was done to the run.
    python : str
        The lines that repeat it.
    """

    session: NetworkSession[Any, Any]
    title: str
    columns: int
    charts: Sequence[CurveChart]
    marks: Sequence[Intervention]
    python: str

    def html(self) -> str:
        """Return the page, at most 2 MB unless two moments alone are larger."""
        moments = np.arange(len(self.session.recording))
        page = self._page(moments)
        while len(page.encode()) > LARGEST_PAGE and len(moments) > 2:
            moments = np.unique([*moments[::2], moments[-1]])
            page = self._page(moments)
        return page

    def _page(self, moments: npt.NDArray[np.int64]) -> str:
        simulation = self.session.simulation
        data, whole = self._data(moments)
        about = {
            "neurons": simulation.network.size,
            "columns": self.columns,
            "moments": len(moments),
            "whole": whole,
            "loading": simulation.load_time,
            "outcome": state_text(simulation, simulation.moment),
            "charts": [
                {
                    "title": chart.title,
                    "lines": [
                        {"name": curve.name, "colour": curve.colour} for curve in chart.legend or chart.curves
                    ],
                }
                for chart in self.charts
            ],
            "marks": [list(mark) for mark in self.marks],
        }
        film = json.dumps({"about": about, "bytes": b64encode(zlib.compress(data, 9)).decode("ascii")})
        return _TEMPLATE.format(
            language=LANGUAGE,
            title=escape(self.title),
            style=css("track_field") + _STYLE.read_text(encoding="utf-8"),
            body=self._body(),
            film=film.replace("<", "\\u003c"),
            script=script("film_page").replace("</", "<\\/"),
        )

    def _data(self, moments: npt.NDArray[np.int64]) -> tuple[bytes, bool]:
        """Return the arrays one after the other, and whether axons of a neuron move each for itself."""
        record = self.session.recording
        shown = [record[k] for k in moments]
        whole = any(moment.axon.ndim > 1 for moment in shown)
        numbers = [
            record.times,
            record.energies.sum(axis=1),
            record.powers.sum(axis=1),
            *(curve.y for chart in self.charts for curve in chart.curves),
        ]
        parts = [np.asarray(values, dtype="<f8")[moments].tobytes() for values in numbers]
        parts += [
            wall_bytes(moment.soma, axon_table(moment.axon) if whole else moment.axon).tobytes()
            for moment in shown
        ]
        return b"".join(parts), whole

    def _body(self) -> str:
        simulation = self.session.simulation
        words = escape(tr("The somas as an image"))
        size = 'width="160" height="160"'
        image = (
            f'<canvas id="image" class="dwmtj-track-canvas" {size} role="img" aria-label="{words}"></canvas>'
        )
        done = "".join(
            f'<li><button type="button" data-time="{mark.time!r}">{quantity(mark.time, "s", decimals=2)}</button> '
            f"{escape(mark.words)}</li>"
            for mark in self.marks
        )
        heading = tr("What was done")
        marked = "".join(
            f'<i style="left:{100 * mark.time / (simulation.time or 1.0):.2f}%" title="{escape(mark.words)}"></i>'
            for mark in self.marks
        )
        return _BODY.format(
            title=escape(self.title),
            play=tr("Play"),
            speed=tr("Speed"),
            tracks=escape(tr("Walls of all devices: a row for each neuron, its soma on the diagonal")),
            image=image if self.columns else "",
            bar=tr("Time"),
            time=tr("Time"),
            energy=tr("Energy"),
            power=tr("Power"),
            marked=marked,
            done=f"<h2>{heading}</h2><ol>{done}</ol>" if done else "",
            python=escape(self.python),
            lines=tr("The lines of Python that repeat this run"),
        )


_TEMPLATE: Final = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:">
<style>{style}</style></head>
<body>
{body}
<script type="application/json" id="film">{film}</script>
<script type="module">{script}</script>
</body></html>
"""
_BODY: Final = """<header>
<h1>{title}</h1>
<button type="button" id="play">{play}</button>
<label>{speed} <select id="speed"></select></label>
<span id="state" role="status"></span>
</header>
<div class="time"><input type="range" id="bar" min="0" max="1" step="0.0005" value="0" aria-label="{bar}">
<div class="marks">{marked}</div></div>
<main>
<section><canvas id="tracks" class="dwmtj-track-canvas" role="img" aria-label="{tracks}"></canvas></section>
<section>
<dl><div><dt>{time}</dt><dd id="time"></dd></div><div><dt>{energy}</dt><dd id="energy"></dd></div>
<div><dt>{power}</dt><dd id="power"></dd></div></dl>
{image}
<div id="charts"></div>
{done}
</section>
</main>
<details><summary>{lines}</summary><pre>{python}</pre></details>"""
