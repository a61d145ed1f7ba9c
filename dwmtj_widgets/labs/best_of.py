"""Many runs of the Max-cut Lab's graph from random divisions, while the page stays alive."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import numpy as np
import numpy.typing as npt
from ipywidgets import HTML, Button, HBox, Layout, VBox

from dwmtj_widgets.labs.background import BackgroundWork
from dwmtj_widgets.labs.maxcut_session import MaxcutSession
from dwmtj_widgets.tasks.maxcut import MaxCut, solve
from dwmtj_widgets.widgets.histogram import Histogram

RUNS = 1000


class BestOf:
    """Button, progress and histogram of the best of many runs.

    Parameters
    ----------
    session : MaxcutSession
        Whose graph, weights and device are used.
    best_known : callable
        Returns the cut to compare with.
    finished : callable
        Called with the best cut when the runs have ended.
    say : callable
        Called with a sentence if they could not be made.
    """

    def __init__(
        self,
        session: MaxcutSession,
        best_known: Callable[[], float],
        finished: Callable[[float], None],
        say: Callable[[str], None],
    ) -> None:
        self._session, self._best_known, self._finished, self._say = session, best_known, finished, say
        self._cuts: npt.NDArray[np.float64] = np.zeros(0)
        self._done = 0
        self.work = BackgroundWork(self._look, self._ended, self._refused, "best-of")
        self.start_button = Button(
            description=f"Best of {RUNS:,}", tooltip="From random divisions", layout=Layout(width="auto")
        )
        self.start_button.add_class("dwmtj-best-of")
        self.stop_button = Button(description="Stop", disabled=True, layout=Layout(width="auto"))
        self.stop_button.add_class("dwmtj-best-of-stop")
        self.text = HTML("each run from another random division")
        self.text.add_class("dwmtj-best-of-text")
        self.histogram = Histogram("Cuts of the runs")
        buttons = HBox([self.start_button, self.stop_button, self.text, self.work.clock])
        buttons.add_class("dwmtj-small")
        self.widget = VBox([buttons, self.histogram.widget])
        self.widget.add_class("dwmtj-card")
        self.start_button.on_click(lambda _button: self.start())
        self.stop_button.on_click(lambda _button: self.stop())

    def start(self) -> None:
        """Begin the runs, if none are under way."""
        if self.work.running:
            return
        self._done, self._cuts = 0, np.zeros(0)
        session = self._session
        graph, drive, asymmetry = session.graph.adjacency, session.drive, session.asymmetry

        def runs(cancel: Event) -> MaxCut:
            return solve(
                graph,
                runs=RUNS,
                weight=drive.weight,
                asymmetry=asymmetry,
                device=drive.device,
                charge_voltage=drive.charge_voltage,
                progress=self._count,
                watch=self._keep,
                cancel=cancel,
            )

        self.work.start(runs)
        self._show_buttons()

    def stop(self) -> None:
        """Leave out the runs not yet begun; what is there stays."""
        self.work.stop()

    def close(self) -> None:
        """Stop, and give up the thread."""
        self.work.close()

    def _show_buttons(self) -> None:
        self.start_button.disabled, self.stop_button.disabled = self.work.running, not self.work.running

    def _look(self) -> None:
        self.histogram.show(self._cuts, self._best_known())
        best = f", best {self._cuts.max():g}" if len(self._cuts) else ""
        self.text.value = f"{self._done:,} of {RUNS:,} runs{best}"

    def _ended(self, result: MaxCut) -> None:
        self._show_buttons()
        self._cuts = result.cuts
        self.histogram.show(self._cuts, self._best_known())
        if len(result):
            self.text.value = f"{len(result):,} runs, best {result.best_cut:g}, mean {result.cuts.mean():.1f}"
            self._finished(result.best_cut)

    def _refused(self, sentence: str) -> None:
        self._show_buttons()
        self._say(sentence)

    def _count(self, done: int, _total: int) -> None:
        self._done = done

    def _keep(self, cuts: npt.NDArray[np.float64]) -> None:
        self._cuts = cuts
