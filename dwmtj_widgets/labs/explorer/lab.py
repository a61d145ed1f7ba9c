"""The Explorer: a map of accuracy, time and energy against any two settings; every trial can be opened."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Event
from typing import Any, Final

from ipywidgets import HTML, Dropdown, HBox, Layout, VBox

from dwmtj_widgets.explore import Least, Result
from dwmtj_widgets.labs.common.background import BackgroundWork
from dwmtj_widgets.labs.common.cards import card
from dwmtj_widgets.labs.common.data_files import guarded_makers
from dwmtj_widgets.labs.common.many_trials import STOP_WITHIN, ManyTrialsLab
from dwmtj_widgets.labs.common.page import lab_page
from dwmtj_widgets.labs.common.sharing import share_box
from dwmtj_widgets.labs.common.showing import Whole
from dwmtj_widgets.labs.common.transport import button
from dwmtj_widgets.labs.explorer.controls import ExplorerControls
from dwmtj_widgets.labs.explorer.files import sweep_files
from dwmtj_widgets.labs.explorer.map import SweepMap
from dwmtj_widgets.labs.explorer.point import ExplorerPoint
from dwmtj_widgets.labs.explorer.run import ExplorerRun
from dwmtj_widgets.labs.explorer.texts import HOW_TO_READ, key_text, least_text, plan_text, progress_text
from dwmtj_widgets.paper.released import Released
from dwmtj_widgets.sessions.contract import Open
from dwmtj_widgets.sessions.explorer.cost import budget_here
from dwmtj_widgets.sessions.explorer.quantities import LEAST, NAMES
from dwmtj_widgets.sessions.explorer.reading import Reading
from dwmtj_widgets.sessions.explorer.session import ExplorerSession
from dwmtj_widgets.sessions.explorer.setting import PRESETS, ExplorerSetting
from dwmtj_widgets.sessions.snapshot import Fields
from dwmtj_widgets.sessions.trial import Chosen
from dwmtj_widgets.texts import tr
from dwmtj_widgets.widgets.page._closing import close_all
from dwmtj_widgets.widgets.page.live_region import words_of
from dwmtj_widgets.widgets.page.save_box import SaveBox

REFERENCE: Final = "DWMTJ_REFERENCE"
"""Variable with the folder of the paper's released data, if it is set."""


class ExplorerLab(ManyTrialsLab[ExplorerSession]):
    """The lab as one widget; displaying it (or its `widget`) shows the page.

    Parameters
    ----------
    reference : path, optional
        Folder of the paper's released data, whose figure 8 is then drawn; by default that of the variable
        ``DWMTJ_REFERENCE``.

    Raises
    ------
    Refused
        If the folder is not there.
    """

    key = "explorer"

    def __init__(self, reference: Path | str | None = None) -> None:
        folder = reference or os.environ.get(REFERENCE)
        released = Released(Path(folder) if folder else None)
        hints = tr("Measure with the present settings"), tr("Go on with the same sweep")
        super().__init__(ExplorerSession(budget_here()), "explorer", hints)
        self.search: BackgroundWork[tuple[Result, str, Least]] = BackgroundWork(
            lambda: None, self._least_found, self.error.say, "explorer-least"
        )
        self._least: dict[str, Least] = {}
        self._drawn: Reading | None = None
        self.controls = ExplorerControls(
            self.session.setting, self._change, self.error.callback(self._preset_chosen), self.error
        )
        self.map = SweepMap(self.session, released)
        self.point = ExplorerPoint(self.session, self._open, self.error)
        self.run = ExplorerRun(self._run_shown, self.point.show_preparing, self.error.say)
        hint = tr("Add a value between each two; measured points stay")
        self.finer_button = button(tr("Finer grid"), "finer", hint, enabled=False)
        self.least, self.legend = HTML(), HTML()
        self.quantity = Dropdown(
            options=[(label, name) for name, label in NAMES.items()],
            tooltip=tr("What the map shows"),
            layout=Layout(width="auto"),
        )
        self.save = SaveBox(guarded_makers(sweep_files(self.session), self.error), "map")
        self.share = share_box(self)
        for control, name in (
            (self.least, "least"),
            (self.quantity, "quantity-choice"),
            (self.save, "export"),
        ):
            control.add_class(f"dwmtj-{name}")
        self.widget = self._layout()
        self._wire()
        self.refresh()

    def close(self) -> None:
        """Stop, end the threads, and close trials and widgets."""
        self.work.close()
        self.search.close()
        self.run.close()
        close_all(self.widget)
        self.session.close()

    def _layout(self) -> Whole:
        name, question = tr("Explorer"), tr("What do any two settings do to accuracy, time and energy?")
        title = HTML(f'<div class="dwmtj-title">{name}</div><div class="dwmtj-subtitle">{question}</div>')
        buttons = HBox([self.start_button, self.stop_button, self.continue_button, self.finer_button])
        buttons.add_class("dwmtj-transport")
        head = HBox([self.quantity, self.save])
        head.add_class("dwmtj-chart-head")
        chart = VBox([head, self.map.widget, self.legend, self.least])
        for name in ("card", "main-chart"):
            chart.add_class(f"dwmtj-{name}")
        reading = VBox([HTML(HOW_TO_READ)])
        reading.add_class("dwmtj-card")
        reading.add_class("dwmtj-reading-card")
        areas = {
            "top": HBox([title, buttons, self.progress]),
            "left": VBox(self.controls.cards),
            "middle": VBox([chart]),
            "right": VBox([card("share", self.share), *self.point.cards, reading]),
            "bottom": VBox([self.error.widget, self.news]),
        }
        self._page = lab_page(areas, "explorer")
        # Clocks are outside the page, because they must also tick while a run hides it.
        clocks = [self.work.clock, self.search.clock, self.run.work.clock]
        whole = Whole([self._page, self.run.widget, *clocks])
        whole.add_class("dwmtj-explorer-whole")
        return whole

    def _wire(self) -> None:
        self.finer_button.on_click(lambda _button: self.finer())
        self.quantity.observe(self.error.callback(lambda _change: self._quantity_chosen()), "value")
        self.map.on_pick(self.error.callback(self._point_chosen, clears=True))

    # -- what a person does --------------------------------------------------------------------------------------

    def finer(self) -> None:
        """Measure between the values too."""
        self._make(self.session.finer)

    def stop(self) -> None:
        """Stop within a moment; finished trials stay."""
        self.work.stop()
        # If a trial or the reading takes longer, the clock shows the end.
        self.session.idle.wait(STOP_WITHIN)
        self.work.look()

    def _asked(self) -> None:
        self._least = {}
        self.controls.show(self.session.setting)
        if self.point.point is not None and self.session.reading is None:
            self.point.choose(None)

    def _change(self, **changes: Any) -> None:
        with self.error.guarded():
            try:
                self.session.change(**changes)
            finally:
                self.controls.show(self.session.setting)
            if self.session.sweep is None:
                self.point.choose(None)
                self._draw()
        with self.error.guarded(clears=False):
            self._show_state()

    def _preset_chosen(self, name: str) -> None:
        # The paper's figure shows the paper's estimate; a map shows the circuit's energy.
        self.quantity.value = "edp_estimate" if name == "Figure 8" else next(iter(NAMES))
        self._change(**vars(PRESETS[name]))

    def _quantity_chosen(self) -> None:
        self._draw()
        self._find_least()

    def _point_chosen(self, point: int) -> None:
        if point < len(self.session.shown):
            self.point.choose(point)
            self.map.select(point)

    def _open(self, chosen: Chosen) -> None:
        self.run.show(chosen)

    def _run_shown(self, there: bool) -> None:
        self._page.layout.display = "none" if there else None

    # -- showing -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the present state, first what a person waits for."""
        self._show_state()
        self._draw()
        self.point.refresh()

    def _look(self) -> None:
        """Show the progress of the trials, and new results."""
        self._show_state()
        if self.session.reading is not self._drawn:
            self._draw()
            self.point.refresh()

    def _ended(self) -> None:
        super()._ended()
        self._find_least()

    def _draw(self) -> None:
        self._drawn = self.session.reading
        name = self.quantity.value
        least = self._least.get(name)
        self.map.show(name, least)
        self.map.select(self.point.point)
        self.legend.value = key_text(self.session, name, least)
        self.least.value = least_text(self.session, name, least)
        self.save.picture_name = f"dwmtj-{self.session.shown.task}-{name}".replace("_", "-")

    def _show_state(self) -> None:
        session, running = self.session, self.work.running
        self.start_button.disabled = running or (session.finished and not session.changed)
        self.stop_button.disabled = not running or self.work.stopping
        self.continue_button.disabled = running or session.sweep is None
        self.continue_button.description = tr("4 × trials") if session.finished else tr("Continue")
        self.finer_button.disabled = running or not session.finished
        self.save.enabled = session.reading is not None and not running
        self.progress.value = progress_text(session, running=running, stopping=self.work.stopping)
        self.controls.cost.value = plan_text(session)
        self.controls.python.text = session.shown.lines()

    def _find_least(self) -> None:
        """Search in the background for the minimum and its uncertainty."""
        name, result = self.quantity.value, self.session.result
        wanted = name in LEAST and name not in self._least and result is not None and result.done
        if not wanted or self.search.running or self.work.running:
            return
        assert result is not None
        found = result

        def work(_cancel: Event) -> tuple[Result, str, Least]:
            return found, name, found.least(name)

        self.search.start(work)

    def _least_found(self, found: tuple[Result, str, Least]) -> None:
        result, name, least = found
        if result is self.session.result and not self.work.running:
            self._least[name] = least
            self._draw()
            self.news.say(words_of(self.least.value))
        self._find_least()

    # -- exporting -----------------------------------------------------------------------------------------------

    def setting(self) -> dict[str, Any]:
        """Return the setting and the quantity that is shown, as fields to share."""
        return {**self.session.setting.fields(), "quantity": self.quantity.value}

    def python(self) -> str:
        """Return the lines that make the sweep that is shown."""
        return self.session.python()

    def restore(self, fields: Fields) -> None:
        """Apply a setting that was shared; the sweep that was begun is given up."""
        quantity = fields.choice("quantity", list(NAMES))
        setting = ExplorerSetting.of(fields)
        self.work.put_down()
        self.run.leave()
        self._least = {}
        self.session.apply(Open(setting))
        self.controls.show(setting)
        self.point.choose(None)
        self.quantity.value = quantity
        self.refresh()
