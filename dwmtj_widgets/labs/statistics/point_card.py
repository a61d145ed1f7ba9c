"""One point of the Statistics Lab's curves: the distribution of its trials, and any of them for repetition."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ipywidgets import HTML, Dropdown, HBox, Layout, VBox

from dwmtj_widgets.labs.common.cards import caption, card
from dwmtj_widgets.labs.common.page import ErrorLine
from dwmtj_widgets.labs.common.trial_chooser import TrialChooser
from dwmtj_widgets.labs.statistics.charts import SYSTEM_NAMES, counted
from dwmtj_widgets.sessions.statistics import StatisticsSession
from dwmtj_widgets.sessions.statistics_summary import QUANTITIES, Estimate, quantity_of
from dwmtj_widgets.tasks.recall_survey import SurveyPoint
from dwmtj_widgets.texts import tr
from dwmtj_widgets.units import DISPLAY_UNITS, quantity, shown
from dwmtj_widgets.widgets._by_program import ByProgram
from dwmtj_widgets.widgets.page.copy_text import CopyText
from dwmtj_widgets.widgets.plots.distribution import Distribution

TITLES = {"time": tr("Time"), "energy": tr("Energy"), "power": tr("Power")}


class PointCard:
    """Choosers, readings, distributions and a trial of one point; `cards` go into a page.

    Parameters
    ----------
    session : StatisticsSession
        Session of the shown survey.
    chosen : callable
        Called with a newly chosen point.
    error : ErrorLine
        The edge of the lab.
    """

    def __init__(
        self,
        session: StatisticsSession,
        chosen: Callable[[SurveyPoint], None],
        error: ErrorLine,
    ) -> None:
        self._session, self._chosen = session, chosen
        self.point: SurveyPoint | None = None
        self._by_program = ByProgram()
        self.neurons = Dropdown(description=tr("Neurons"), layout=Layout(width="auto", flex="1 1 0"))
        self.neurons.add_class("dwmtj-point-neurons")
        self.patterns = Dropdown(description=tr("stored"), layout=Layout(width="auto", flex="1 1 0"))
        self.patterns.add_class("dwmtj-point-patterns")
        self.readings = HTML()
        self.readings.add_class("dwmtj-point")
        self.distributions = {
            name: Distribution(TITLES[name], DISPLAY_UNITS[unit].symbol, name=f"{name}-distribution")
            for name, unit in QUANTITIES.items()
        }
        self.trial = TrialChooser(tr("A trial with wrong bits"), self._next_failed, self._show_chosen, error)
        self.outcome = HTML()
        self.outcome.add_class("dwmtj-outcome")
        self.python = CopyText(action=tr("Copy as Python"))
        self.python.add_class("dwmtj-python")
        self.cards = [self._point_card(), self._trial_card()]
        self._wire()

    def _point_card(self) -> VBox:
        heading = caption(tr("One point"), tr("click one in the chart, or choose"))
        chooser = HBox([self.neurons, self.patterns])
        chooser.add_class("dwmtj-chooser")
        explained = tr("Line: mean. Dashes: median. Tint: middle 95 %")
        key = HTML(f'<p class="dwmtj-hint">{explained}</p>')
        views = [view.widget for view in self.distributions.values()]
        return card("point", heading, chooser, self.readings, key, *views)

    def _trial_card(self) -> VBox:
        heading = caption(tr("One of its trials"), tr("to be made again, bit for bit"))
        return card("trial", heading, self.trial.widget, self.outcome, self.python)

    def _wire(self) -> None:
        for chooser in (self.neurons, self.patterns):
            chooser.observe(lambda _change: self._choose(), "value")

    # -- choosing ------------------------------------------------------------------------------------------------

    def offer(self) -> None:
        """Offer the points of the survey, and begin with its middle one."""
        session = self._session
        middle = session.sizes[len(session.sizes) // 2]
        with self._by_program:
            self.neurons.options, self.neurons.value = session.sizes, middle
            self.patterns.options = [(counted(count), count) for count in session.patterns]
            self.patterns.value = session.patterns[-1]
        self.trial.turn_to(0)
        self.point = SurveyPoint(self.patterns.value, self.neurons.value)

    def show_point(self, point: SurveyPoint) -> None:
        """Choose a point without callbacks."""
        with self._by_program:
            self.neurons.value, self.patterns.value = point.neurons, point.patterns
        self.trial.turn_to(0)
        self.point = point
        self.refresh()

    def _choose(self) -> None:
        if not self._by_program and self.neurons.value is not None and self.patterns.value is not None:
            point = SurveyPoint(self.patterns.value, self.neurons.value)
            self.show_point(point)
            self._chosen(point)

    def _next_failed(self, after: int) -> int | None:
        return None if self.point is None else self._session.next_failed(self.point, after)

    def _show_chosen(self) -> None:
        if self.point is not None:
            self._show_trial()

    # -- showing -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the point's present trials."""
        survey, point = self._session.survey, self.point
        if survey is None or point is None or not survey.count(point):
            self.readings.value = _NOTHING
            self._clear_trial()
            for view in self.distributions.values():
                view.show(_NO_VALUES)
            return
        records = survey.records(point)
        self.readings.value = self._accuracy_table(point, len(records), int((~records["converged"]).sum()))
        for name, unit in QUANTITIES.items():
            self.distributions[name].show(quantity_of(records, name) * shown(1.0, unit))
        if self.trial.number in survey.numbers(point):
            self._show_trial()
        else:
            self._clear_trial()

    def _accuracy_table(self, point: SurveyPoint, trials: int, unfinished: int) -> str:
        rows = []
        for system, name in SYSTEM_NAMES.items():
            cells = (self._session.share(point, measure, system) for measure in ("bits", "perfect"))
            rows.append(f"<tr><th>{name}</th>" + "".join(f"<td>{_percent(e)}</td>" for e in cells) + "</tr>")
        sentence = (
            tr("N = {neurons}, {patterns}: {trials} trials; {unfinished} gave up after 3000 ns")
            if unfinished
            else tr("N = {neurons}, {patterns}: {trials} trials")
        )
        made = sentence.format(
            neurons=point.neurons,
            patterns=counted(point.patterns),
            trials=f'<b class="dwmtj-point-trials">{trials:,}</b>',
            unfinished=unfinished,
        )
        heads = "".join(f"<th>{head}</th>" for head in ("", tr("right bits"), tr("perfect")))
        return (
            f'<table class="dwmtj-point-table"><caption>{made}</caption>'
            f"<tr>{heads}</tr>{''.join(rows)}</table>"
        )

    def _clear_trial(self) -> None:
        self.outcome.value = self.python.text = ""

    def _show_trial(self) -> None:
        assert self.point is not None
        point, number = self.point, self.trial.number
        try:
            record = self._session.record(point, number)
        except Exception:
            self._clear_trial()  # clear the other trial's texts
            raise
        survey = self._session.survey
        assert survey is not None
        seed = f"[{survey.conditions.seed}, {point.neurons}, {point.patterns}, {number}]"
        sentence = (
            tr("seed {seed}: {wrong} of {neurons} bits wrong, at rest after {time}, {energy}")
            if record["converged"]
            else tr("seed {seed}: {wrong} of {neurons} bits wrong, gave up after {time}, {energy}")
        )
        self.outcome.value = sentence.format(
            seed=f"<b>{seed}</b>",
            wrong=record["wrong"],
            neurons=point.neurons,
            time=quantity(float(record["time"]), "s", decimals=2),
            energy=quantity(float(record["energy"]), "J"),
        )
        self.python.text = self._session.trial_python(point, number)


_UNSPREAD = tr("Distribution of its trials, once there are some.")
_NOTHING = f'<p class="dwmtj-hint">{_UNSPREAD}</p>'
_NO_VALUES: Any = ()


def _percent(estimate: Estimate | None) -> str:
    return "–" if estimate is None else f"{quantity(estimate.value, '%', decimals=1)}"
