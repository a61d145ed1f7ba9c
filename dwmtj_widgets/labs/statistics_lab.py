"""The Statistics Lab: how often the device recalls random patterns, against how often an ideal network does."""

from __future__ import annotations

from base64 import b64encode
from contextlib import suppress
from math import ceil, isnan
from time import perf_counter
from typing import Any, Final

from ipywidgets import HTML, Accordion, Button, Checkbox, Dropdown, HBox, Layout, VBox

from dwmtj_widgets.labs.background import BackgroundWork
from dwmtj_widgets.labs.page import ErrorLine, lab_page
from dwmtj_widgets.labs.point_card import PointCard
from dwmtj_widgets.labs.statistics_charts import LOAD, MEASURE_NAMES, NEURONS, SurveyChart
from dwmtj_widgets.labs.statistics_controls import StatisticsControls
from dwmtj_widgets.labs.statistics_reading import READING, line_key
from dwmtj_widgets.labs.statistics_session import StatisticsSession
from dwmtj_widgets.labs.statistics_summary import csv_text, html_table
from dwmtj_widgets.tasks.recall_survey import Point
from dwmtj_widgets.widgets._closing import close_all
from dwmtj_widgets.widgets.curve_plot import CurvePlot

STOP_WITHIN: Final = 0.15
"""Seconds that a click on Stop waits for the trials under way, so as to show the end at once."""
DRAWING_SHARE: Final = 0.25
"""Most of the time that goes into drawing while trials are made."""


class StatisticsLab:
    """The lab as one widget; displaying it (or its `widget`) shows the page."""

    def __init__(self) -> None:
        self.session = StatisticsSession()
        self.error = ErrorLine()
        self.work: BackgroundWork[None] = BackgroundWork(
            self._look, lambda _nothing: self._ended(), self._refused, "statistics"
        )
        self.controls = StatisticsControls(self.session.settings, self._change, self.error.guarded)
        self.point_card = PointCard(self.session, self._point_chosen, self.error.guarded)
        self.accuracy = SurveyChart(
            self.session, CurvePlot(height=0, label="Share of right bits against the number of neurons")
        )
        self.means = {
            name: SurveyChart(self.session, CurvePlot(height=158, label=f"Mean {name} against size"))
            for name in ("time", "energy")
        }
        self.start_button = _button("▶ Start", "start", "Try everything from the beginning", "primary")
        self.stop_button = _button("■ Stop", "stop", "Stop and keep what is there", "")
        self.continue_button = _button("Continue", "continue", "Make more trials of the same survey", "")
        self.progress, self.note = HTML(), HTML()
        self.measure = Dropdown(
            options=[(name, key) for key, name in MEASURE_NAMES.items() if key != "meant"],
            layout=Layout(width="auto"),
        )
        self.axis = Dropdown(
            options=[("against neurons N", NEURONS), ("against load P/N", LOAD)], layout=Layout(width="auto")
        )
        self.in_turn = Checkbox(
            True, description="ideal asynchronous", indent=False, layout=Layout(width="auto")
        )
        self.together = Checkbox(
            False, description="ideal synchronous", indent=False, layout=Layout(width="auto")
        )
        self.download, self.table = HTML(), HTML()
        for control, name in (
            (self.progress, "progress"),
            (self.note, "plan"),
            (self.measure, "measure"),
            (self.axis, "axis"),
            (self.in_turn, "ideal-in-turn"),
            (self.together, "ideal-together"),
            (self.table, "table"),
        ):
            control.add_class(f"dwmtj-{name}")
        self._drawn_at = self._drawing_took = 0.0
        self.widget = self._layout()
        self._wire()
        self.point_card.offer()
        self.refresh()

    def _ipython_display_(self) -> None:
        from IPython.display import display

        display(self.widget)

    def close(self) -> None:
        """Stop, and give up the lab's thread and widgets."""
        self.work.close()
        close_all(self.widget)

    def _layout(self) -> VBox:
        title = HTML(
            '<div class="dwmtj-title">Statistics Lab</div>'
            '<div class="dwmtj-subtitle">How many random patterns can the device hold, and what does a recall '
            "cost?</div>"
        )
        buttons = HBox([self.start_button, self.stop_button, self.continue_button])
        buttons.add_class("dwmtj-transport")
        top = HBox([title, buttons, VBox([self.progress, self.note]), self.work.clock])
        heading = HBox([self.measure, self.axis, self.in_turn, self.together, self.download])
        heading.add_class("dwmtj-chart-head")
        self.accuracy.plot.add_class("dwmtj-accuracy-chart")
        chart = VBox([heading, self.accuracy.plot, HTML(line_key())])
        chart.add_class("dwmtj-main-chart")
        small = HBox([chart.plot for chart in self.means.values()])
        small.add_class("dwmtj-means")
        for name, mean in self.means.items():
            mean.plot.add_class(f"dwmtj-{name}-chart")
        for card in (chart, small):
            card.add_class("dwmtj-card")
        table = Accordion([self.table], titles=["Table of all points"])
        table.add_class("dwmtj-table-panel")
        table.observe(lambda _change: self._show_table(), "selected_index")
        self._table_panel = table
        reading = VBox([HTML(READING)])
        reading.add_class("dwmtj-card")
        areas = {
            "top": top,
            "left": VBox([*self.controls.cards, reading]),
            "middle": VBox([chart, small]),
            "right": VBox(self.point_card.cards),
            "bottom": VBox([self.error.widget, table]),
        }
        return lab_page(areas, "statistics")

    def _wire(self) -> None:
        self.start_button.on_click(lambda _button: self.start())
        self.stop_button.on_click(lambda _button: self.stop())
        self.continue_button.on_click(lambda _button: self.more())
        for chooser in (self.measure, self.axis, self.in_turn, self.together):
            chooser.observe(lambda _change: self._draw_charts(), "value")
        for chart in (self.accuracy, *self.means.values()):
            chart.on_pick(self._point_chosen)

    # -- what a person does --------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin a survey of the present settings."""
        if self.work.running:
            return
        with self.error.guarded():
            self.session.begin()
            self._offer_measures()
            self.point_card.offer()
            self._go()

    def more(self) -> None:
        """Make the missing trials or, if there are none, as many more."""
        if self.work.running:
            return
        with self.error.guarded():
            self.session.more()
            self._go()

    def stop(self) -> None:
        """Stop between two trials; what is there stays."""
        self.work.stop()
        # If a trial takes longer, the clock shows the end.
        with suppress(TimeoutError):
            self.work.wait(STOP_WITHIN)

    def _go(self) -> None:
        self.work.start(self.session.work)
        self.refresh()

    def _change(self, **changes: Any) -> None:
        with self.error.guarded():
            self.session.change(**changes)
            if self.session.survey is None:
                self.point_card.offer()
                self._draw_charts()
        self._show_state()

    def _point_chosen(self, point: Point) -> None:
        if self.point_card.point != point:
            self.point_card.show_point(point)
        self._ring()

    # -- showing -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show everything as it is now, first what a person waits for after Stop."""
        self._show_state()
        self._draw_charts()
        self.point_card.refresh()
        self._show_table()

    def _look(self) -> None:
        """Show how far the trials are, the charts only as often as it leaves time for the trials."""
        self._show_state()
        start = perf_counter()
        if self.work.stopping or start - self._drawn_at < self._drawing_took / DRAWING_SHARE:
            return
        self._draw_charts()
        self.point_card.refresh()
        self._drawn_at = perf_counter()
        self._drawing_took = self._drawn_at - start

    def _ended(self) -> None:
        self.refresh()

    def _refused(self, sentence: str) -> None:
        self.error.say(sentence)
        self.refresh()

    def _draw_charts(self) -> None:
        ideal = [("in turn", self.in_turn.value), ("together", self.together.value)]
        systems = ["device", *(name for name, wanted in ideal if wanted)]
        self.accuracy.show_shares(self.measure.value, self.axis.value, systems)
        for name, chart in self.means.items():
            chart.show_means(name, self.axis.value)
        self._ring()

    def _ring(self) -> None:
        for chart in (self.accuracy, *self.means.values()):
            chart.select(self.point_card.point)

    def _offer_measures(self) -> None:
        """Offer to ask for the pattern that was meant only where one was."""
        meant = self.session.settings.distortion is not None
        options = [(name, key) for key, name in MEASURE_NAMES.items() if key != "meant" or meant]
        if len(options) != len(self.measure.options):
            self.measure.options = options

    def _show_state(self) -> None:
        survey, running = self.session.survey, self.work.running
        self.start_button.disabled = self.continue_button.disabled = running
        self.stop_button.disabled = not running
        self.continue_button.disabled |= survey is None
        finished = survey is not None and survey.finished
        more = f"+ {self.session.settings.trials:,} trials" if finished else "Continue"
        self.continue_button.description = more
        self.progress.value = self._progress()
        self.note.value = self._plan()

    def _progress(self) -> str:
        survey = self.session.survey
        if survey is None:
            return '<progress max="1" value="0"></progress><span>ready</span>'
        done, total = survey.done, survey.total
        if self.work.running:
            left = survey.seconds_left()
            state = "stopping" if self.work.stopping else _left(left)
        else:
            state = "done" if survey.finished else "stopped"
        return (
            f'<progress max="{total}" value="{done}" aria-label="Trials made"></progress>'
            f'<span><b class="dwmtj-done">{done:,}</b> of {total:,} recalls, '
            f'<b class="dwmtj-state">{state}</b></span>'
        )

    def _plan(self) -> str:
        if self.session.survey is not None and not self.session.changed:
            return ""
        sizes, patterns = len(self.session.planned.sizes), len(self.session.planned.patterns)
        trials = self.session.planned.trials
        begin = "Settings have changed; Start begins anew: " if self.session.changed else "Start makes "
        return (
            f"{begin}{sizes} sizes × {patterns} curve{'s' if patterns > 1 else ''} × {trials:,} trials "
            f"= {sizes * patterns * trials:,} recalls"
        )

    def _show_table(self) -> None:
        """Show the table if it is open, and offer it for download; not while trials are made."""
        survey = self.session.survey
        if survey is None or self.work.running or not survey.done:
            self.download.value = ""
            return
        content = b64encode(csv_text(survey, self.session.share).encode()).decode("ascii")
        self.download.value = (
            '<a class="dwmtj-link dwmtj-download" download="random_recall.csv" '
            f'href="data:text/csv;base64,{content}" title="All points as comma-separated values">CSV</a>'
        )
        if self._table_panel.selected_index is not None:
            self.table.value = html_table(survey, self.session.share)


def _button(description: str, name: str, hint: str, style: str) -> Button:
    button = Button(description=description, tooltip=hint, button_style=style, layout=Layout(width="auto"))
    button.add_class(f"dwmtj-{name}")
    return button


def _left(seconds: float) -> str:
    """Return how long it will take in words."""
    if isnan(seconds):
        return "begun"
    if seconds < 90.0:
        return f"about {max(1, ceil(seconds))} s left"
    return f"about {ceil(seconds / 60.0)} min left"
