"""The experiment of the fourth lesson: the Recall Lab as one card, with the overlaps of the pictures."""

from __future__ import annotations

from ipywidgets import HBox, VBox

from dwmtj_widgets.labs.common.showing import Whole
from dwmtj_widgets.labs.lessons.bench import bench
from dwmtj_widgets.labs.recall.lab import RecallLab


class RecallBench(RecallLab):
    """Memories, input and recalled picture, and its overlap with each memory over time.

    Parameters
    ----------
    session : RecallSession, optional
        Initial memories, input and run.
    """

    @property
    def begun(self) -> bool:
        """Whether the present run has begun."""
        return self.session.simulation.time > 0.0

    def _page(self) -> Whole:
        desk = self.desk
        result = HBox([self.picture.widget, VBox([self.verdict, self.state])])
        result.add_class("dwmtj-result")
        left = VBox([self.shelf.widget, self.bench.widget])
        right = VBox([desk.readout.widget, result, self.charts["overlap"].widget])
        columns = HBox([left, right])
        columns.add_class("dwmtj-columns")
        return bench(
            "a hundred neurons remember",
            "recall-bench",
            HBox([desk.transport.widget, desk.clock]),
            desk.phase_bar.widget,
            columns,
            desk.scrub.widget,
            desk.error.widget,
            self.news.region,
        )
