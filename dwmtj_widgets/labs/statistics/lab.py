"""The Statistics Lab: recall of random patterns by the device and by ideal networks."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from time import perf_counter
from typing import Any, Final

from ipywidgets import HTML, Accordion, HBox, VBox

from dwmtj_widgets.labs.common.cards import card
from dwmtj_widgets.labs.common.data_files import ARCHIVE, archive, guarded_makers
from dwmtj_widgets.labs.common.many_trials import STOP_WITHIN, ManyTrialsLab
from dwmtj_widgets.labs.common.page import lab_page
from dwmtj_widgets.labs.common.sharing import share_box
from dwmtj_widgets.labs.common.showing import Whole
from dwmtj_widgets.labs.statistics.charts import SurveyChart
from dwmtj_widgets.labs.statistics.controls import StatisticsControls
from dwmtj_widgets.labs.statistics.point_card import PointCard
from dwmtj_widgets.labs.statistics.reading import (
    MEANS_AGAINST_SIZE,
    READING,
    line_key,
    plan_text,
    progress_text,
)
from dwmtj_widgets.labs.statistics.view import ChartChoice
from dwmtj_widgets.sessions.contract import Open
from dwmtj_widgets.sessions.snapshot import Fields, to_file
from dwmtj_widgets.sessions.statistics import StatisticsSession
from dwmtj_widgets.sessions.statistics_setting import StatisticsSetting
from dwmtj_widgets.sessions.statistics_summary import csv_text, html_table, trials_of
from dwmtj_widgets.tasks.recall_survey import SurveyPoint
from dwmtj_widgets.texts import tr
from dwmtj_widgets.widgets.page._closing import close_all
from dwmtj_widgets.widgets.page.save_box import File, SaveBox
from dwmtj_widgets.widgets.plots.curve_plot import CurvePlot

DRAWING_SHARE: Final = 0.25
"""Largest share of time for drawing while trials run."""


class StatisticsLab(ManyTrialsLab[StatisticsSession]):
    """The lab as one widget; displaying it (or its `widget`) shows the page."""

    key = "statistics"

    def __init__(self) -> None:
        hints = tr("Try everything from the beginning"), tr("Make more trials of the same survey")
        super().__init__(StatisticsSession(), "statistics", hints)
        self.controls = StatisticsControls(self.session.setting, self._change, self.error)
        self.point_card = PointCard(self.session, self._point_chosen, self.error)
        label = tr("Share of right bits against the number of neurons")
        self.accuracy = SurveyChart(self.session, CurvePlot(height=0, label=label))
        self.means = {
            name: SurveyChart(self.session, CurvePlot(height=158, label=label))
            for name, label in MEANS_AGAINST_SIZE.items()
        }
        self.note = HTML()
        self.choice = ChartChoice(self.error.callback(self._draw_charts))
        self.share = share_box(self)
        self.save = SaveBox(
            guarded_makers({"CSV": self._csv, "NPZ": self._npz}, self.error),
            "statistics-chart",
            picture_name="dwmtj-statistics-charts",
        )
        self.table = HTML(tabbable=True)  # it scrolls
        for control, name in ((self.note, "plan"), (self.table, "table"), (self.save, "export")):
            control.add_class(f"dwmtj-{name}")
        self._drawn_at = self._drawing_took = 0.0
        self.widget = self._layout()
        self._wire()
        self.point_card.offer()
        self.refresh()

    def close(self) -> None:
        """Stop, end the thread, and close the widgets."""
        self.work.close()
        close_all(self.widget)

    def _layout(self) -> Whole:
        name = tr("Statistics Lab")
        question = tr("How many random patterns can the device hold, and what does a recall cost?")
        title = HTML(f'<div class="dwmtj-title">{name}</div><div class="dwmtj-subtitle">{question}</div>')
        buttons = HBox([self.start_button, self.stop_button, self.continue_button])
        buttons.add_class("dwmtj-transport")
        top = HBox([title, buttons, VBox([self.progress, self.note]), self.work.clock])
        heading = HBox([*self.choice.parts, self.save])
        heading.add_class("dwmtj-chart-head")
        self.accuracy.plot.add_class("dwmtj-accuracy-chart")
        chart = VBox([heading, self.accuracy.plot, HTML(line_key())])
        chart.add_class("dwmtj-main-chart")
        small = HBox([chart.plot for chart in self.means.values()])
        small.add_class("dwmtj-means")
        for name, mean in self.means.items():
            mean.plot.add_class(f"dwmtj-{name}-chart")
        for part in (chart, small):
            part.add_class("dwmtj-card")
        spread = (view.plot for view in self.point_card.distributions.values())
        for part in (self.accuracy.plot, small, *spread):
            part.add_class("dwmtj-statistics-chart")
        table = Accordion([self.table], titles=[tr("Table of all points")])
        table.add_class("dwmtj-table-panel")
        table.observe(self.error.callback(lambda _change: self._show_table()), "selected_index")
        self._table_panel = table
        areas = {
            "top": top,
            "left": VBox([*self.controls.cards, card("share", self.share), card("reading", HTML(READING))]),
            "middle": VBox([chart, small]),
            "right": VBox(self.point_card.cards),
            "bottom": VBox([self.error.widget, self.news, table]),
        }
        return lab_page(areas, "statistics")

    def _wire(self) -> None:
        for chart in (self.accuracy, *self.means.values()):
            chart.on_pick(self.error.callback(self._point_chosen))

    # -- what a person does --------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin a survey with the present settings."""
        self._make(self._begin)

    def _begin(self) -> None:
        self.session.begin()
        self.choice.offer(meant=self.session.setting.distortion is not None)
        self.point_card.offer()

    def stop(self) -> None:
        """Stop between two trials; finished trials stay."""
        self.work.stop()
        # If a trial takes longer, the clock shows the end.
        with suppress(TimeoutError):
            self.work.wait(STOP_WITHIN)

    def _change(self, **changes: Any) -> None:
        with self.error.guarded():
            self.session.change(**changes)
            if self.session.survey is None:
                self.point_card.offer()
                self._draw_charts()
        with self.error.guarded(clears=False):
            self._show_state()

    def _point_chosen(self, point: SurveyPoint) -> None:
        if self.point_card.point != point:
            self.point_card.show_point(point)
        self._ring()

    # -- showing -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the present state, first what a person waits for after Stop."""
        self._show_state()
        self._draw_charts()
        self.point_card.refresh()
        self._show_table()

    def _look(self) -> None:
        """Show the progress of the trials, and the charts at intervals that leave time for the trials."""
        self._show_state()
        start = perf_counter()
        if self.work.stopping or start - self._drawn_at < self._drawing_took / DRAWING_SHARE:
            return
        self._draw_charts()
        self.point_card.refresh()
        self._drawn_at = perf_counter()
        self._drawing_took = self._drawn_at - start

    def _draw_charts(self) -> None:
        axis = self.choice.axis.value
        self.accuracy.show_shares(self.choice.measure.value, axis, self.choice.systems)
        for name, chart in self.means.items():
            chart.show_means(name, axis)
        self._ring()

    def _ring(self) -> None:
        for chart in (self.accuracy, *self.means.values()):
            chart.select(self.point_card.point)

    def _show_state(self) -> None:
        survey, running = self.session.survey, self.work.running
        self.start_button.disabled = self.continue_button.disabled = running
        self.stop_button.disabled = not running
        self.continue_button.disabled |= survey is None
        finished = survey is not None and survey.finished
        trials = f"{self.session.setting.trials:,}"
        more = tr("+ {count} trials").format(count=trials) if finished else tr("Continue")
        self.continue_button.description = more
        self.progress.value = progress_text(self.session, running=running, stopping=self.work.stopping)
        self.note.value = plan_text(self.session)
        self.save.enabled = survey is not None and survey.done > 0 and not running

    def _show_table(self) -> None:
        """Show the table if it is open and no trials are running."""
        survey = self.session.survey
        if survey is None:
            self.table.value = ""
        elif self._table_panel.selected_index is not None and survey.done and not self.work.running:
            self.table.value = html_table(survey, self.session.share)

    # -- exporting -----------------------------------------------------------------------------------------------

    def setting(self, setting: StatisticsSetting | None = None) -> dict[str, Any]:
        """Return settings as fields, by default the present ones."""
        asked = self.session.asked if setting is None else setting
        return {**asked.fields(), "chart": self.choice.setting()}

    def python(self) -> str:
        """Return the lines that make all trials again."""
        return self.session.python()

    def restore(self, fields: Fields) -> None:
        """Apply a setting that was shared; the survey is given up."""
        chart = fields.table("chart")
        setting = StatisticsSetting.of(fields)
        show_chart = self.choice.read(chart, meant=setting.distortion is not None)
        self.work.put_down()
        self.session.apply(Open(setting))
        self.controls.show(setting)
        show_chart()
        self.point_card.offer()
        self.refresh()

    def _csv(self) -> File | None:
        survey = self.session.survey
        if survey is None:
            return None
        text = csv_text(survey, self.session.share)
        return File("dwmtj-statistics.csv", "text/csv", text.encode())

    def _npz(self) -> File | None:
        survey, surveyed = self.session.survey, self.session.surveyed
        if survey is None or surveyed is None:
            return None
        setting = self.setting(replace(surveyed, trials=survey.trials))
        content = archive(trials_of(survey), setting=to_file("statistics", setting))
        return File("dwmtj-statistics.npz", ARCHIVE, content)
