"""Many runs of the Max-cut Lab's graph from random divisions, while the page stays responsive."""

from __future__ import annotations

from threading import Event

import numpy as np
import numpy.typing as npt
from ipywidgets import HTML, HBox, VBox

from dwmtj_widgets.labs.common.background import BackgroundWork
from dwmtj_widgets.labs.common.page import download_link
from dwmtj_widgets.labs.common.transport import button
from dwmtj_widgets.labs.maxcut.searched import SearchedLab
from dwmtj_widgets.sessions.maxcut import division_text
from dwmtj_widgets.tasks.maxcut import MaxCut, solve
from dwmtj_widgets.tasks.maxcut_pull import cause_of_poor_cuts
from dwmtj_widgets.texts import tr
from dwmtj_widgets.widgets.plots.histogram import Histogram

RUNS = 1000
HINT = tr("From random divisions; with balanced weights, so without asymmetry, and from event to event")


class BestOf:
    """Button, progress and histogram of the best of many runs.

    Parameters
    ----------
    lab : SearchedLab
        The lab whose graph, W, charge voltage and device are used. The runs are those of `solve`: with balanced
        weights, so without asymmetry, and with the event integrator for any preset.
    """

    def __init__(self, lab: SearchedLab) -> None:
        self._lab = lab
        self._runs = self._under_way = _Runs()
        self.work: BackgroundWork[MaxCut] = BackgroundWork(self._look, self._ended, self._refused, "best-of")
        self.start_button = button(tr("Best of {number}").format(number=f"{RUNS:,}"), "best-of", HINT)
        self.stop_button = button(tr("Stop"), "best-of-stop", tr("Keep the runs made so far"), enabled=False)
        self.text, self._download = HTML(), HTML()
        self.text.add_class("dwmtj-best-of-text")
        self.histogram = Histogram(tr("Cuts of the runs"), compared=tr("best known"), height=150)
        buttons = HBox([self.start_button, self.stop_button, self._download, self.work.clock])
        buttons.add_class("dwmtj-small")
        buttons.add_class("dwmtj-files")
        self.widget = VBox([buttons, self.text, self.histogram.widget])
        self.widget.add_class("dwmtj-card")
        self.widget.add_class("dwmtj-best-of-card")
        self.start_button.on_click(lambda _button: lab.desk.press(self.start))
        self.stop_button.on_click(lambda _button: self.stop())
        self.forget()

    def start(self) -> None:
        """Start the runs, if none are running."""
        if self.work.running:
            return
        self.forget()
        runs = self._under_way = self._runs
        session = self._lab.session
        graph, drive = session.setting.graph.adjacency, session.setting.drive

        def make(cancel: Event) -> MaxCut:
            return solve(
                graph,
                runs=RUNS,
                weight=drive.weight,
                device=drive.device,
                charge_voltage=drive.charge_voltage,
                load_time=drive.load_time,
                progress=runs.count,
                watch=runs.keep,
                cancel=cancel,
            )

        self.work.start(make)
        self._show_buttons()

    def stop(self) -> None:
        """Leave out the runs not yet begun; finished ones stay."""
        self.work.stop()

    def forget(self) -> None:
        """Drop all runs, which belong to another graph, and stop running ones."""
        self.work.stop()
        self._runs = _Runs()
        self.text.value = tr("Random divisions fall into better ones.")
        self._download.value = ""
        self.histogram.clear()

    def redraw(self) -> None:
        """Redraw the histogram with a new reference cut."""
        self.histogram.show(self._runs.cuts, self._lab.best_known)

    def close(self) -> None:
        """Stop, and end the thread."""
        self.work.close()

    def _show_buttons(self) -> None:
        self.start_button.disabled, self.stop_button.disabled = self.work.running, not self.work.running

    def _look(self) -> None:
        if self._stale:
            return
        done, cuts = self._runs.done, self._runs.cuts
        self.histogram.show(cuts, self._lab.best_known)
        sentence = tr("{done} of {most} runs, best {best}") if len(cuts) else tr("{done} of {most} runs")
        self.text.value = sentence.format(
            done=f"{done:,}", most=f"{RUNS:,}", best=f"{max(cuts, default=0.0):g}"
        )

    def _ended(self, result: MaxCut) -> None:
        if not self._stale:
            self._show(result)
        self._show_buttons()

    def _show(self, result: MaxCut) -> None:
        self._runs.cuts = result.cuts
        if not len(result):
            self.text.value = tr("Stopped before the first run had ended.")
            return
        self._lab.beaten(result.best_cut)
        sentence = tr("{done} runs, stopped of {most}, best {best}, mean {mean}")
        if len(result) == RUNS:
            sentence = tr("{done} runs, best {best}, mean {mean}")
        self.text.value = sentence.format(
            done=f"{len(result):,}",
            most=f"{RUNS:,}",
            best=f"{result.best_cut:g}",
            mean=f"{result.cuts.mean():.1f}",
        )
        if cause_of_poor_cuts(result.network) == "nothing":
            zero = tr(
                "All pairs are joined by edges of one weight: balanced weights are zero and push no wall."
            )
            self.text.value += "<br>" + zero
        undecided = int(result.undecided[result.best].sum())
        if undecided:
            placed = tr("Nodes of the best that were undecided and placed by the computer: {number}.")
            self.text.value += "<br>" + placed.format(number=undecided)
        text = division_text(result.best_bits, result.best_cut)
        self._download.value = download_link(
            tr("Save best"), "best-of-download", "best-division.txt", text.encode(), "text/plain"
        )

    def _refused(self, sentence: str) -> None:
        self._show_buttons()
        if not self._stale:
            self._lab.error.say(sentence)

    @property
    def _stale(self) -> bool:
        """Whether the running work is for another graph."""
        return self._under_way is not self._runs


class _Runs:
    """Finished runs; the working thread writes only here."""

    def __init__(self) -> None:
        self.done = 0
        self.cuts: npt.NDArray[np.float64] = np.zeros(0)

    def count(self, done: int, _total: int) -> None:
        self.done = done

    def keep(self, cuts: npt.NDArray[np.float64]) -> None:
        self.cuts = cuts
