"""The report on the paper as a page: progress while it is measured, then the report."""

from __future__ import annotations

from html import escape
from pathlib import Path
from tempfile import mkdtemp
from threading import Event
from time import monotonic
from typing import Any

from ipywidgets import HTML, IntProgress, Layout, VBox

from dwmtj_widgets import __version__
from dwmtj_widgets.labs.common.background import BackgroundWork
from dwmtj_widgets.paper import Plan, Report, make_report
from dwmtj_widgets.paper.trials import ReportPoint

INTRODUCTION = (
    "Every number that the paper prints is measured here, in far fewer trials than the paper's, so intervals are wide. "
    "The command <code>dwmtj paper</code> makes the full report."
)


class PaperPage:
    """A report that is measured in its own thread from the start; displaying it shows the page.

    Parameters
    ----------
    folder : pathlib.Path, optional
        Folder for the report and its points; the folder of an earlier report continues that one. By default a new one.
    plan : Plan, optional
        Numbers of trials; by default few.
    """

    def __init__(self, folder: Path | None = None, plan: Plan | None = None) -> None:
        self.folder = Path(mkdtemp(prefix="dwmtj-paper-")) if folder is None else folder
        self._plan = Plan.short(0) if plan is None else plan
        self._begun, self._done, self._total = monotonic(), 0, 0
        self._bar = IntProgress(0, max=1, layout=Layout(width="100%"))
        self._bar.add_class("dwmtj-progress-bar")
        self._state = HTML()
        self._state.add_class("dwmtj-progress")
        self._report = HTML()
        self._work = BackgroundWork[Report](self._look, self._show, self._refuse, "paper")
        heading = HTML(f"<h1>The paper, figure by figure</h1><p>{INTRODUCTION}</p>")
        self.widget = VBox([heading, self._bar, self._state, self._report, self._work.clock])
        self._look()
        self._work.start(self._make)

    def wait(self, timeout: float) -> None:
        """Wait until the report is complete, for use without a page."""
        self._work.wait(timeout)

    def _make(self, cancel: Event) -> Report:
        def progress(done: int, total: int, _point: ReportPoint) -> None:
            self._done, self._total = done, total

        return make_report(self.folder, self._plan, version=__version__, progress=progress, cancel=cancel)

    def _look(self) -> None:
        self._bar.max, self._bar.value = max(self._total, 1), self._done
        seconds = round(monotonic() - self._begun)
        counted = f"{self._done} of {self._total} points are measured" if self._total else "Preparing"
        self._say(f"{counted}, {seconds} s so far. All of it takes one to two minutes.")

    def _show(self, report: Report) -> None:
        self._bar.layout.display = "none"
        seconds = round(monotonic() - self._begun)
        self._say(f"Measured in {seconds} s. The report is also in {report.page}.")
        self._report.value = report._repr_html_()

    def _refuse(self, sentence: str) -> None:
        self._bar.bar_style = "danger"
        self._say(sentence)

    def _say(self, sentence: str) -> None:
        self._state.value = f'<p role="status">{escape(sentence)}</p>'

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        return self.widget._repr_mimebundle_(**kwargs)
