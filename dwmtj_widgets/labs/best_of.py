"""Many runs of the Max-cut Lab's graph from random divisions, while the page stays alive."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

import numpy as np
import numpy.typing as npt
from ipywidgets import HTML, Button, HBox, Layout, VBox

from dwmtj_widgets.labs.maxcut_session import MaxcutSession
from dwmtj_widgets.tasks.maxcut import MaxCut, solve
from dwmtj_widgets.widgets.clock import AnimationClock
from dwmtj_widgets.widgets.histogram import Histogram

RUNS = 1000
REFRESH = 5.0
"""Looks at the growing result a second."""


class BestOf:
    """Button, progress and histogram of the best of many runs. The runs are made in a thread of their own.

    The thread computes and stores; the page asks, by a clock, and is drawn from the kernel's own thread.

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
        self._cancel = Event()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="dwmtj-best-of")
        self._future: Future[MaxCut] | None = None
        self.clock = AnimationClock(rate=REFRESH)
        self.start_button = Button(
            description=f"Best of {RUNS:,}", tooltip="From random divisions", layout=Layout(width="auto")
        )
        self.start_button.add_class("dwmtj-best-of")
        self.stop_button = Button(description="Stop", disabled=True, layout=Layout(width="auto"))
        self.stop_button.add_class("dwmtj-best-of-stop")
        self.text = HTML("each run from another random division")
        self.text.add_class("dwmtj-best-of-text")
        self.histogram = Histogram("Cuts of the runs")
        buttons = HBox([self.start_button, self.stop_button, self.text, self.clock])
        buttons.add_class("dwmtj-small")
        self.widget = VBox([buttons, self.histogram.widget])
        self.widget.add_class("dwmtj-card")
        self.start_button.on_click(lambda _button: self.start())
        self.stop_button.on_click(lambda _button: self.stop())
        self.clock.on_frame(lambda _seconds: self.look())

    def start(self) -> None:
        """Begin the runs, if none are under way."""
        if self._future is not None:
            return
        self._cancel.clear()
        self._done, self._cuts = 0, np.zeros(0)
        session = self._session
        graph, drive = session.graph.adjacency, session.drive
        self._future = self._pool.submit(
            solve,
            graph,
            runs=RUNS,
            weight=drive.weight,
            asymmetry=session.asymmetry,
            device=drive.device,
            charge_voltage=drive.charge_voltage,
            progress=self._count,
            watch=self._keep,
            cancel=self._cancel,
        )
        self.start_button.disabled, self.stop_button.disabled = True, False
        self.clock.playing = True

    def stop(self) -> None:
        """Leave out the runs not yet begun; what is there stays."""
        self._cancel.set()

    def close(self) -> None:
        """Stop, and give up the thread."""
        self.stop()
        self.clock.playing = False
        self._pool.shutdown(wait=False, cancel_futures=True)

    def look(self) -> None:
        """Show how far the runs are, and their end."""
        self.histogram.show(self._cuts, self._best_known())
        best = f", best {self._cuts.max():g}" if len(self._cuts) else ""
        self.text.value = f"{self._done:,} of {RUNS:,} runs{best}"
        if self._future is None or not self._future.done():
            return
        future, self._future = self._future, None
        self.clock.playing = False
        self.start_button.disabled, self.stop_button.disabled = False, True
        try:
            result = future.result()
        except (ValueError, RuntimeError) as exc:
            self._say(str(exc))
            return
        self._cuts = result.cuts
        self.histogram.show(self._cuts, self._best_known())
        if len(result):
            self.text.value = f"{len(result):,} runs, best {result.best_cut:g}, mean {result.cuts.mean():.1f}"
            self._finished(result.best_cut)

    def _count(self, done: int, _total: int) -> None:
        self._done = done

    def _keep(self, cuts: npt.NDArray[np.float64]) -> None:
        self._cuts = cuts
