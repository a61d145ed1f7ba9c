"""Base of labs with a running network: drive, device, charts, and a person's actions."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from html import escape
from typing import Any, ClassVar, Generic, TypeVar

import numpy as np
import numpy.typing as npt
from ipywidgets import HTML, HBox, VBox

from dwmtj_widgets.charts import CurveChart
from dwmtj_widgets.hopfield.walls import WallState
from dwmtj_widgets.labs.common.cards import card
from dwmtj_widgets.labs.common.device_panel import DevicePanel
from dwmtj_widgets.labs.common.load_time import LoadTime
from dwmtj_widgets.labs.common.run.desk import RunDesk
from dwmtj_widgets.labs.common.run.export import RunExport
from dwmtj_widgets.labs.common.run.files import time_chart
from dwmtj_widgets.labs.common.run.news import RunNews
from dwmtj_widgets.labs.common.run.readings import state_text
from dwmtj_widgets.labs.common.sharing import share_box
from dwmtj_widgets.labs.common.showing import Shown
from dwmtj_widgets.sessions.contract import restore
from dwmtj_widgets.sessions.device_setting import PRESET_LABELS, PRESETS, RELEASED, TABLE_I, Drive
from dwmtj_widgets.sessions.network import NetworkSession, Trace
from dwmtj_widgets.sessions.snapshot import Fields, to_file
from dwmtj_widgets.texts import tr
from dwmtj_widgets.units import shown, with_minus
from dwmtj_widgets.widgets.controls import QuantitySlider
from dwmtj_widgets.widgets.page._closing import close_all
from dwmtj_widgets.widgets.page.share_box import ShareBox
from dwmtj_widgets.widgets.plots.time_plot import TimePlot

SHORTEST_AXIS = 20.0
"""Shortest time axis of a chart, ns."""

SessionT = TypeVar("SessionT", bound=NetworkSession[Any, Any])
TraceT = TypeVar("TraceT", bound=Trace)


class NetworkLab(Shown, ABC, Generic[SessionT, TraceT]):
    """A session, its desk, controls and charts. A lab adds the network's task.

    Parameters
    ----------
    session : NetworkSession
        The run and its record.
    charts : mapping of str to TimePlot
        Charts by the names of `_curves`.
    field_side : int
        Side of the track field in CSS pixels.
    neuron_size : (int, int)
        Width and height of the neuron view in CSS pixels.
    """

    released_voltage: ClassVar[float] = Drive().charge_voltage
    """V_C in volts of the released simulator for this lab's task (physics.md A6)."""
    title: ClassVar[str] = tr("One trial")
    key: ClassVar[str] = "trial"
    """Name of the lab in addresses and files."""
    shared: ClassVar[bool] = False
    """Whether its setting can be shared and restored."""

    def __init__(
        self,
        session: SessionT,
        charts: Mapping[str, TimePlot],
        *,
        field_side: int = 500,
        neuron_size: tuple[int, int] = (500, 128),
    ) -> None:
        self.session, self.charts = session, dict(charts)
        self.desk = RunDesk(
            session,
            self._draw_moment,
            self._draw_charts,
            field_side=field_side,
            neuron_size=neuron_size,
        )
        self.error = self.desk.error
        self.export = RunExport(self)
        self.share: ShareBox | None = None
        """The part of the card for sharing, None if the setting cannot be shared."""
        self._shown_earlier: TraceT | None = None
        self.state = HTML()
        self.state.add_class("dwmtj-state")
        self.news = RunNews(self._outcome)
        drive = session.setting.drive
        self.weight = QuantitySlider(tr("Weight W"), "V", drive.weight, 0.01, 0.25, 0.005, name="weight")
        self.charge = QuantitySlider(
            tr("Charge V_C"), "V", drive.charge_voltage, 0.02, 0.25, 0.005, name="charge-voltage"
        )
        self.load_time = LoadTime(lambda time: self._restart(lambda: session.set_drive(load_time=time)))
        self.device_panel = DevicePanel(
            self._set_device,
            self._choose_preset,
            PRESETS,
            PRESET_LABELS,
            self.error,
            self.load_time.widget,
        )
        self.weight.on_change(lambda value: self._slide(lambda: session.set_drive(weight=value)))
        self.charge.on_change(lambda value: self._slide(lambda: session.set_drive(charge_voltage=value)))

    def close(self) -> None:
        """Stop the clock and close the lab's widgets, also those outside the page."""
        self.desk.stop()
        self.export.close()
        sliders = (self.weight.widget, self.charge.widget, self.device_panel.widget)
        charts = (chart.widget for chart in self.charts.values())
        others = (self.export.widget, self.state, self.news.region)
        close_all(self.widget, *self.desk.parts, *sliders, *charts, *others)

    # -- for a lab to define -------------------------------------------------------------------------------------

    @abstractmethod
    def _show_lab(self, moment: WallState, texts: bool) -> None:
        """Draw the lab's own views of a moment; `texts` is whether text is due."""

    @abstractmethod
    def _curves(self, trace: TraceT) -> Mapping[str, npt.NDArray[np.float64]]:
        """Return a run's curves in display units, by the names of the charts."""

    def _outcome(self, moment: WallState) -> str:
        """Return a sentence on the result of a finished run, for screen readers."""
        return ""

    def _names(self, chart: str) -> Sequence[str]:
        """Return the names of a chart's lines, none for a single one."""
        return ()

    # -- parts of a page -----------------------------------------------------------------------------------------

    def _top(self) -> HBox:
        desk = self.desk
        heading = HTML(f'<div class="dwmtj-title">{self.title}</div>')
        return HBox([heading, desk.transport.widget, desk.phase_bar.widget, desk.clock])

    def _drive_card(self, *more: QuantitySlider) -> VBox:
        sliders = [slider.widget for slider in (self.weight, self.charge, *more)]
        return card("drive", *sliders, self.device_panel.widget)

    def _share_card(self) -> VBox:
        """Return the card for sharing and saving the setting and the run, and for opening a setting."""
        if not self.shared:
            return card("share", self.export.widget)
        self.share = share_box(self)
        return card("share", self.share, self.export.widget)

    # -- exporting -----------------------------------------------------------------------------------------------

    def setting(self) -> dict[str, Any]:
        """Return the setting as fields to share."""
        fields: dict[str, Any] = self.session.setting.fields()
        return fields

    def restore(self, fields: Fields) -> None:
        """Apply a shared setting, and show its run at time 0."""
        self._carry_out(partial(restore, self.session, fields), self._show_restored)

    @property
    def first_neuron(self) -> int:
        """Displayed number of the first neuron."""
        return self.desk.tracks.field.first

    def run_setting(self) -> str:
        """Return the setting of the present run as a session file, empty if it cannot be shared."""
        return to_file(self.key, self.session.as_run.fields()) if self.shared else ""

    def python(self) -> str:
        """Return the Python code that repeats the present run with all its actions."""
        return self.session.python()

    def curve_charts(self) -> list[CurveChart]:
        """Return the run's curves at all moments."""
        curves = self._timed_curves(self.session.trace())
        return [
            time_chart(plot.title, curves["time"], curves[name], self._names(name))
            for name, plot in self.charts.items()
        ]

    def _show_restored(self) -> None:
        """Show a restored setting, which has begun a new run."""
        self.desk.restarted()

    def _charts_card(self) -> VBox:
        return card("charts", *(chart.widget for chart in self.charts.values()))

    def _bottom(self) -> VBox:
        return VBox([self.error.widget, self.news.region, self.desk.scrub.widget])

    # -- what a person does --------------------------------------------------------------------------------------

    def _do(self, action: Callable[[], None]) -> None:
        """Carry out an action on the running network, and show it."""
        self._carry_out(action, self.desk.refresh)

    def _slide(self, action: Callable[[], None]) -> None:
        """Carry out a slider's change of the running network, and show it."""
        self._carry_out(action, self.desk.changed)

    def _restart(self, action: Callable[[], None]) -> None:
        """Carry out an action that begins a new run, and show it."""
        self._carry_out(action, self.desk.restarted)

    def _carry_out(self, action: Callable[[], None], show: Callable[[], None]) -> None:
        with self.error.guarded():
            try:
                action()
            finally:
                self._show_settings()
            show()

    def _set_device(self, name: str, value: float) -> None:
        self._slide(lambda: self._replace_device(name, value))

    def _replace_device(self, name: str, value: float) -> None:
        self.session.set_drive(device=replace(self.session.setting.drive.device, **{name: value}))

    def _choose_preset(self, name: str) -> None:
        published = name == RELEASED
        drive = Drive(device=PRESETS[name], published=published)
        if published:
            drive = replace(drive, charge_voltage=self.released_voltage)
        self._restart(partial(self.session.set_drive, **vars(drive)))

    def _setting_changed(self) -> None:
        """Report to the page a setting that changed after a person's action, as when a graph has been prepared."""
        if self.share is not None:
            self.share.changed()

    # -- showing -------------------------------------------------------------------------------------------------

    def _show_settings(self) -> None:
        """Set all controls to the session's values, which matters after a refusal."""
        drive = self.session.setting.drive
        self.weight.show(drive.weight)
        self.charge.show(drive.charge_voltage)
        self.load_time.show(drive.load_time, self.session.load_time)
        self.device_panel.show(drive.device, RELEASED if drive.published else TABLE_I)

    def _draw_moment(self, moment: WallState, texts: bool) -> None:
        if texts:
            self.state.value = escape(state_text(self.session.simulation, moment))
            self.news.show(self.session.simulation, moment, playing=self.desk.clock.playing)
            self.export.show()
        self._show_lab(moment, texts)

    def _draw_charts(self, now: float | None) -> None:
        trace: TraceT = self.session.trace()
        earlier: TraceT | None = self.session.earlier
        if earlier is not self._shown_earlier:
            self._shown_earlier = earlier
            before = {} if earlier is None else self._timed_curves(earlier)
            for name, chart in self.charts.items():
                chart.keep_as_earlier(before.get("time"), before.get(name))
        curves = self._timed_curves(trace)
        ends = [float(curves["time"][-1]), SHORTEST_AXIS]
        if earlier is not None:
            ends.append(shown(float(earlier.time[-1]), "s"))
        for name, chart in self.charts.items():
            chart.show(
                curves["time"],
                curves[name],
                names=self._names(name),
                end=max(ends),
                now=None if now is None else shown(now, "s"),
            )

    def _timed_curves(self, trace: TraceT) -> dict[str, npt.NDArray[np.float64]]:
        return {"time": trace.time * shown(1.0, "s"), **self._curves(trace)}


def verdict_table(rows: Sequence[tuple[str, str, str]], picture: str = "", name: str = "") -> str:
    """Return rows of (label, text, NAME of the class dwmtj-NAME) as HTML beside a picture."""
    table = "".join(
        f'<dt>{label}</dt><dd class="dwmtj-{key}">{with_minus(text)}</dd>' for label, text, key in rows
    )
    return f'<div class="dwmtj-verdict {name}">{picture}<dl>{table}</dl></div>'
