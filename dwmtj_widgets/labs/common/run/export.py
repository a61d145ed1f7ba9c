"""Saving of a recorded run: a moving picture, a table, an archive, its curves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from threading import Event
from typing import Any, Final

from ipywidgets import HBox

from dwmtj_widgets.charts import CurveChart
from dwmtj_widgets.labs.common.background import BackgroundWork
from dwmtj_widgets.labs.common.cards import caption
from dwmtj_widgets.labs.common.data_files import ARCHIVE, Maker, guarded_makers
from dwmtj_widgets.labs.common.run.files import charts_svg, run_archive, run_table
from dwmtj_widgets.labs.common.run.film import film
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.network import NetworkSession
from dwmtj_widgets.texts import tr
from dwmtj_widgets.widgets.page.save_box import SVG, File, SaveBox

_HINTS: Final = {
    "GIF": tr("The run as a moving picture: all walls, and the time"),
    "CSV": tr(
        "Time, energy, power and the somas of every recorded moment, as a table, and what was done to the run"
    ),
    "NPZ": tr("All walls, energies, weights, and what was done to the run, for NumPy"),
    "SVG": tr("The charts as a drawing"),
    "PNG": tr("The charts as a picture"),
}


class RunExport:
    """A row of buttons; `widget` goes into a page.

    Parameters
    ----------
    session : NetworkSession
        Session of the record.
    name : str
        Name of the lab in file names.
    charts : callable
        Returns the run's curves.
    setting : callable
        Returns the setting for the archive as a session file, empty for none.
    python : callable
        Returns the lines that repeat the run with all its interventions, empty for none; they go into the archive and
        above the table.
    guarded : callable
        Context manager that turns errors into a sentence on the page.
    say : callable
        Shows a sentence in the error line.

    Attributes
    ----------
    columns : int
        Columns of the somas' image in the moving picture; 0 for no image.
    """

    def __init__(
        self,
        session: NetworkSession[Any, Any],
        name: str,
        charts: Callable[[], Sequence[CurveChart]],
        setting: Callable[[], str],
        python: Callable[[], str],
        guarded: Callable[[], AbstractContextManager[None]],
        say: Callable[[str], None],
    ) -> None:
        self._session, self._name, self._charts, self._setting = session, name, charts, setting
        self._say = say
        self.columns = 0
        self._share = 0.0
        self.work: BackgroundWork[File] = BackgroundWork(self._look, self._filmed, self._failed, "film")
        makers: dict[str, Maker] = {
            "GIF": self._begin_film,
            "CSV": lambda: File(f"dwmtj-{name}-run.csv", "text/csv", run_table(session, python())),
            "NPZ": lambda: File(f"dwmtj-{name}-run.npz", ARCHIVE, run_archive(session, setting(), python())),
            "SVG": lambda: self._drawing("svg"),
            "PNG": lambda: self._drawing("png"),
        }
        self.box = SaveBox(guarded_makers(makers, guarded, self._check), hints=_HINTS)
        self.box.add_class("dwmtj-export")
        self.widget = HBox([caption(tr("Export")), self.box, self.work.clock])
        self.widget.add_class("dwmtj-files")

    def show(self) -> None:
        """Enable the buttons once the run has begun."""
        self.box.enabled = self._session.simulation.time > 0.0

    def close(self) -> None:
        """Stop the work, and end the thread."""
        self.work.close()

    def _check(self) -> None:
        if self._session.simulation.time <= 0.0:
            msg = tr("Nothing is recorded yet; press Run first.")
            raise Refused(msg)

    def _drawing(self, ending: str) -> File:
        return File(f"dwmtj-{self._name}-charts.{ending}", SVG, charts_svg(self._charts()).encode())

    def _begin_film(self) -> None:
        record = self._session.recording
        moments = [record[k] for k in range(len(record))]

        def work(cancel: Event) -> File:
            content = film(moments, self.columns, self._progressed, cancel)
            return File(f"dwmtj-{self._name}-run.gif", "image/gif", content)

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
        self._say(sentence)
