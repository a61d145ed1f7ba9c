"""Saving of a recorded run: a moving picture, a table, an archive, its curves."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Event
from typing import Any, Final, Protocol

from ipywidgets import HBox

from dwmtj_widgets.charts import CurveChart
from dwmtj_widgets.labs.common.background import BackgroundWork
from dwmtj_widgets.labs.common.cards import caption
from dwmtj_widgets.labs.common.data_files import ARCHIVE, Maker, guarded_makers
from dwmtj_widgets.labs.common.page import ErrorLine
from dwmtj_widgets.labs.common.run.files import charts_svg, run_archive, run_table
from dwmtj_widgets.labs.common.run.film import film
from dwmtj_widgets.labs.common.run.film_page import FilmPage
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.interventions import interventions
from dwmtj_widgets.sessions.network import NetworkSession
from dwmtj_widgets.texts import tr
from dwmtj_widgets.widgets.page.save_box import SVG, File, SaveBox

_HINTS: Final = {
    "GIF": tr("The run as a moving picture: all walls, and the time"),
    "HTML": tr("The run as a page that plays it anywhere, without a server or a network"),
    "CSV": tr(
        "Time, energy, power and the somas of every recorded moment, as a table, and what was done to the run"
    ),
    "NPZ": tr("All walls, energies, weights, and what was done to the run, for NumPy"),
    "SVG": tr("The charts as a drawing"),
    "PNG": tr("The charts as a picture"),
}


class RecordedLab(Protocol):
    """What an export asks of its lab."""

    @property
    def session(self) -> NetworkSession[Any, Any]:
        """Session of the record."""

    @property
    def key(self) -> str:
        """Name of the lab in file names."""

    @property
    def title(self) -> str:
        """What the page calls the lab."""

    @property
    def first_neuron(self) -> int:
        """Displayed number of the first neuron."""

    @property
    def error(self) -> ErrorLine:
        """The edge of the lab."""

    def curve_charts(self) -> Sequence[CurveChart]:
        """Return the run's curves."""

    def run_setting(self) -> str:
        """Return the setting of the run as a session file for the archive, empty for none."""

    def python(self) -> str:
        """Return the lines that repeat the run with all its interventions, for the archive and above the table."""


class RunExport:
    """A row of buttons; `widget` goes into a page.

    Parameters
    ----------
    lab : RecordedLab
        The lab whose run is saved.

    Attributes
    ----------
    columns : int
        Columns of the somas' image in the moving picture; 0 for no image.
    """

    def __init__(self, lab: RecordedLab) -> None:
        self._lab = lab
        self.columns = 0
        self._share = 0.0
        self.work: BackgroundWork[File] = BackgroundWork(self._look, self._filmed, self._failed, "film")
        makers: dict[str, Maker] = {
            "GIF": self._begin_film,
            "HTML": lambda: self._file("html", "text/html", self.page().encode()),
            "CSV": lambda: self._file("csv", "text/csv", run_table(lab.session, lab.python())),
            "NPZ": lambda: self._file(
                "npz", ARCHIVE, run_archive(lab.session, lab.run_setting(), lab.python())
            ),
            "SVG": lambda: self._drawing("svg"),
            "PNG": lambda: self._drawing("png"),
        }
        self.box = SaveBox(guarded_makers(makers, lab.error, self._check), hints=_HINTS)
        self.box.add_class("dwmtj-export")
        self.widget = HBox([caption(tr("Export")), self.box, self.work.clock])
        self.widget.add_class("dwmtj-files")

    def show(self) -> None:
        """Enable the buttons once the run has begun."""
        self.box.enabled = self._lab.session.simulation.time > 0.0

    def close(self) -> None:
        """Stop the work, and end the thread."""
        self.work.close()

    def _check(self) -> None:
        if self._lab.session.simulation.time <= 0.0:
            msg = tr("Nothing is recorded yet; press Run first.")
            raise Refused(msg)

    def _drawing(self, ending: str) -> File:
        return File(
            f"dwmtj-{self._lab.key}-charts.{ending}", SVG, charts_svg(self._lab.curve_charts()).encode()
        )

    def _file(self, ending: str, kind: str, content: bytes) -> File:
        return File(f"dwmtj-{self._lab.key}-run.{ending}", kind, content)

    def page(self) -> str:
        """Return the run as a page that plays it."""
        lab = self._lab
        marks = interventions(lab.session.journal, lab.first_neuron)
        title, charts = tr("A run of the {lab}").format(lab=lab.title), lab.curve_charts()
        return FilmPage(lab.session, title, self.columns, charts, marks, lab.python()).html()

    def _begin_film(self) -> None:
        record = self._lab.session.recording
        moments = [record[k] for k in range(len(record))]

        def work(cancel: Event) -> File:
            content = film(moments, self.columns, self._progressed, cancel)
            return self._file("gif", "image/gif", content)

        self._share = 0.0
        self.work.start(work)
        self._look()

    def _progressed(self, share: float) -> None:
        self._share = share

    def _look(self) -> None:
        with self.box.hold_sync():
            self.box.working = "GIF" if self.work.running else ""
            self.box.progress = f"{100 * self._share:.0f} %"
        self.show()

    def _filmed(self, file: File) -> None:
        self._look()
        self.box.deliver("GIF", file)

    def _failed(self, sentence: str) -> None:
        self._look()
        self.box.deliver("GIF", None)
        self._lab.error.say(sentence)
