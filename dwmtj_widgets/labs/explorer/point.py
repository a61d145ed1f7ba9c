"""One point of the Explorer's map: its measurements, and any of its trials."""

from __future__ import annotations

from collections.abc import Callable

from ipywidgets import HTML

from dwmtj_widgets.labs.common.cards import caption, card
from dwmtj_widgets.labs.common.page import ErrorLine
from dwmtj_widgets.labs.common.transport import button
from dwmtj_widgets.labs.common.trial_chooser import TrialChooser
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.explorer.quantities import NAMES, SHORT, range_text, text
from dwmtj_widgets.sessions.explorer.ranges import symbol_of, value_text
from dwmtj_widgets.sessions.explorer.session import ExplorerSession
from dwmtj_widgets.sessions.trial import Chosen, trial_lines
from dwmtj_widgets.texts import tr
from dwmtj_widgets.units import quantity
from dwmtj_widgets.widgets.page.copy_text import CopyText

_CLICK = tr("Click a point, or walk to it with the arrow keys and press Enter.")
NO_POINT = f'<p class="dwmtj-hint">{_CLICK}</p>'
_OPEN = tr("▶ Open this run")
_PREPARING = tr("Laying out the graph …")


class ExplorerPoint:
    """The numbers of a point, its trials, and a button that opens one; `cards` go into a page.

    Parameters
    ----------
    session : ExplorerSession
        Session of the shown sweep.
    opened : callable
        Called with the trial that a person opens.
    error : ErrorLine
        The edge of the lab.
    """

    def __init__(
        self,
        session: ExplorerSession,
        opened: Callable[[Chosen], None],
        error: ErrorLine,
    ) -> None:
        self._session, self._opened, self._error = session, opened, error
        self.point: int | None = None
        """Number of the point in the sweep."""
        self.numbers = HTML(NO_POINT)
        self.numbers.add_class("dwmtj-point")
        hint = tr("The next trial that was no full success")
        self.trial = TrialChooser(hint, self._next_failed, self._show_chosen, error)
        hint = tr("Watch this run again: same seed, same walls")
        self.open = button(_OPEN, "open-run", hint, "primary")
        self.outcome = HTML()
        self.outcome.add_class("dwmtj-outcome")
        self.python = CopyText(action=tr("Copy as Python"))
        self.python.add_class("dwmtj-trial-python")
        heading = caption(tr("One of its trials"), tr("made again, to the bit"))
        self._run = card("trial", heading, self.trial.widget, self.outcome, self.open, self.python)
        heading = caption(tr("One point"), tr("choose it in the map"))
        self.cards = [card("point", heading, self.numbers), self._run]
        self.open.on_click(lambda _button: self._open())
        self.refresh()

    def choose(self, point: int | None) -> None:
        """Choose another point, or none."""
        self.point = point
        self.trial.turn_to(0)
        self.refresh()

    @property
    def chosen(self) -> Chosen:
        """The chosen trial.

        Raises
        ------
        Refused
            If it has not been made.
        """
        session = self._session
        if self.point is None or session.result is None:
            msg = tr("No point is chosen; click one with trials in the map.")
            raise Refused(msg)
        sweep = session.result.sweep
        row = session.row(self.point, self.trial.number)
        return Chosen(sweep.points[self.point], sweep.seed, self.trial.number, row)

    def refresh(self) -> None:
        """Show the point's present trials."""
        reading, point = self._session.reading, self.point
        there = reading is not None and point is not None and reading.trials[point] > 0
        self._run.layout.display = None if there else "none"
        if point is None:
            self.numbers.value = NO_POINT
        elif not there:
            missing = tr("Not measured yet.")
            self.numbers.value = f'{self._where(point)}<p class="dwmtj-hint">{missing}</p>'
        else:
            self.numbers.value = self._where(point) + self._table(point)
            with self._error.guarded(clears=False):  # an earlier refusal stays visible
                self._show_trial()

    def show_preparing(self, preparing: bool) -> None:
        """Show whether a run is being prepared."""
        self.open.disabled, self.open.description = preparing, _PREPARING if preparing else _OPEN

    def _where(self, point: int) -> str:
        sweep = self._session.shown
        settings = sweep.points[point].values
        values = (
            f"{symbol_of(sweep.knob(n))} = {value_text(sweep.knob(n), settings[n])}" for n in sweep.parameters
        )
        return f'<div class="dwmtj-where">{", ".join(values)}</div>'

    def _table(self, point: int) -> str:
        reading = self._session.reading
        assert reading is not None
        rows = []
        for name, label in SHORT.items():
            value, low, high = (
                float(reading.columns[f"{name}{end}"][point]) for end in ("", "_low", "_high")
            )
            cells = f"<td>{text(name, value)}</td><td>{range_text(name, low, high)}</td>"
            rows.append(f'<tr data-quantity="{name}"><th title="{NAMES[name]}">{label}</th>{cells}</tr>')
        trials = int(reading.trials[point])
        made = (tr("{count} trials") if trials > 1 else tr("{count} trial")).format(
            count=f'<b class="dwmtj-point-trials">{trials:,}</b>'
        )
        heads = "".join(f"<th>{head}</th>" for head in ("", tr("mean"), tr("95 % interval")))
        return (
            f'<table class="dwmtj-point-table"><caption>{made}</caption>'
            f"<tr>{heads}</tr>{''.join(rows)}</table>"
        )

    # -- a trial -------------------------------------------------------------------------------------------------

    def _next_failed(self, after: int) -> int | None:
        return None if self.point is None else self._session.next_failed(self.point, after)

    def _show_chosen(self) -> None:
        if self.point is not None:
            self._show_trial()

    def _show_trial(self) -> None:
        try:
            chosen = self.chosen
        except Exception:
            self.outcome.value = self.python.text = ""  # clear the other trial's texts
            raise
        point = chosen.point
        self.outcome.value = outcome_text(chosen)
        self.python.text = trial_lines(point, chosen.seed, chosen.number)

    def _open(self) -> None:
        with self._error.guarded():
            self._opened(self.chosen)


def outcome_text(chosen: Chosen) -> str:
    """Return the measurements of a trial as text."""
    row, point = chosen.row, chosen.point
    if point.task != "max_cut":
        what = tr("{right} of the bits right")
    elif point.settings.get("reference") == "total":
        what = tr("a cut of {right} of the weight")
    else:
        what = tr("a cut of {right} of the best")
    ends = (
        tr("{what}, at rest after {time}, {energy}")
        if row["converged"]
        else tr("{what}, given up after {time}, {energy}")
    )
    return ends.format(
        what=what.format(right=quantity(row["accuracy"], "%")),
        time=quantity(row["time"], "s", decimals=2),
        energy=quantity(row["energy"], "J"),
    )
