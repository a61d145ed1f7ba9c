"""Common views of labs with a running network: transport, meters, tracks, one large neuron, scrub bar, errors.

A desk connects a session (which has a simulation and no page) to these views. The lab adds its own views and draws
them when the desk calls it with a moment.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any

from ipywidgets import Widget

from dwmtj_widgets.hopfield.walls import WallState
from dwmtj_widgets.labs.common.page import CHART_PERIOD, TEXT_PERIOD, ErrorLine
from dwmtj_widgets.labs.common.run.readings import phase_at, readings
from dwmtj_widgets.labs.common.scrub_bar import ScrubBar
from dwmtj_widgets.labs.common.tracks_panel import TracksPanel
from dwmtj_widgets.labs.common.transport import STEP, Transport
from dwmtj_widgets.sessions.network import NetworkSession
from dwmtj_widgets.units import shown
from dwmtj_widgets.widgets.page.clock import AnimationClock
from dwmtj_widgets.widgets.views.meters import Meters, PhaseBar


class RunDesk:
    """Transport, meters, track field, neuron view, scrub bar and error line of one session.

    Parameters
    ----------
    session : NetworkSession
        The run and its record.
    draw_moment : callable
        Called as ``draw_moment(moment, texts)`` for every shown moment; `texts` is whether text is due.
    draw_charts : callable
        Called as ``draw_charts(now)`` when charts are due; `now` is the shown time in seconds, or None if live.
    field_side : int
        Side of the track field in CSS pixels.
    neuron_size : (int, int)
        Width and height of the neuron view in CSS pixels.

    Attributes
    ----------
    transport, scrub, tracks : Transport, ScrubBar, TracksPanel
    readout, phase_bar : Meters, PhaseBar
    clock : AnimationClock
    error : ErrorLine
        The edge of the lab. The widgets of all these must go into the page.
    """

    def __init__(
        self,
        session: NetworkSession[Any, Any],
        draw_moment: Callable[[WallState, bool], None],
        draw_charts: Callable[[float | None], None],
        *,
        field_side: int = 500,
        neuron_size: tuple[int, int] = (500, 128),
    ) -> None:
        self._session, self._draw_moment, self._draw_charts = session, draw_moment, draw_charts
        self._text_due = self._charts_due = 0.0
        self._scrubbed: int | None = None
        self.selected = 0
        self._peeked: int | None = None
        self._awaiting = False
        self._held_back: Callable[[], None] | None = None
        self._on_select: list[Callable[[int], None]] = []
        self.clock = AnimationClock()
        self.transport, self.scrub = Transport(), ScrubBar(self._look_back)
        self.tracks = TracksPanel(session.simulation.network.size, field_side, neuron_size)
        self.readout, self.phase_bar = Meters("readout"), PhaseBar()
        self.error = ErrorLine(self._hold)
        self._wire()

    def _wire(self) -> None:
        """Attach all callbacks of the desk."""
        self.clock.on_frame(self._frame)
        self.clock.on_ready(self._page_ready)
        self.transport.pause.on_click(lambda _button: self._do(self.pause))
        for button, action in (
            (self.transport.run, self.play),
            (self.transport.step, self.single_step),
            (self.transport.reset, self.reset),
            (self.transport.instant, self.instant),
            (self.scrub.go_on, self.continue_here),
            (self.tracks.flip, self.flip_soma),
            (self.tracks.cut, self.cut_axons),
        ):
            button.on_click(lambda _button, action=action: self.press(action))
        self.tracks.field.on_select(lambda neuron: self._do(lambda: self.select(neuron)))
        self.tracks.field.on_hover(self._peek)

    def on_select(self, callback: Callable[[int], None]) -> None:
        """Call ``callback(neuron)`` when another neuron is selected."""
        self._on_select.append(callback)

    def press(self, action: Callable[[], None]) -> None:
        """Carry out a button's action, but after the preparation of another network if that is running."""
        if self._awaiting:
            self._held_back = action
        else:
            self._do(action)

    def await_network(self) -> None:
        """Delay all further actions, which are meant for the network in preparation."""
        self._awaiting = True

    def end_waiting(self, *, act: bool) -> None:
        """Carry out the last delayed action, or drop it if another network has come instead."""
        action, self._held_back, self._awaiting = self._held_back, None, False
        if act and action is not None:
            self._do(action)

    # -- what a person does --------------------------------------------------------------------------------------

    def play(self) -> None:
        """Run or continue; a finished run starts again."""
        if self._session.simulation.finished:
            self._session.reset()
        self._leave_scrub()
        self.clock.playing = True
        self.refresh()

    def pause(self) -> None:
        """Pause the run."""
        self.clock.playing = False
        self._held_back = None
        self.refresh()

    def single_step(self) -> None:
        """Pause the run and advance it by one small step."""
        self.clock.playing = False
        self._leave_scrub()
        self._session.step(STEP)
        self.refresh()

    def instant(self) -> None:
        """Run to the end at once; a finished run starts again only if settings were changed since.

        Otherwise a second press would replace a disturbed run by the undisturbed one.
        """
        if self._session.changed_since_end:
            self._session.reset()
        self._leave_scrub()
        self._session.finish()
        self.clock.playing = False
        self.refresh()

    def reset(self) -> None:
        """Return to time 0."""
        self._session.reset()
        self.restarted()

    def restarted(self) -> None:
        """Show a run that the session has restarted; a playing desk keeps playing."""
        self._leave_scrub()
        self.refresh()

    def resized(self) -> None:
        """Show a run of a network whose size may have changed."""
        size = self._session.simulation.network.size
        self.tracks.resize(size)
        self._peeked = None
        self._leave_scrub()
        self.select(min(self.selected, size - 1))

    def continue_here(self) -> None:
        """Continue from the shown moment."""
        if self._scrubbed is None:
            return
        self._session.continue_from(self._scrubbed)
        self._leave_scrub()
        self.clock.playing = True
        self.refresh()

    def select(self, neuron: int) -> None:
        """Select the neuron of the large view."""
        self.selected = self.tracks.field.selected = neuron
        self.refresh()
        for callback in self._on_select:
            callback(neuron)

    def flip_soma(self) -> None:
        """Flip the wall of the selected neuron's soma in the running network."""
        self._leave_scrub()
        self._session.flip_soma(self.selected)
        self.refresh()

    def cut_axons(self) -> None:
        """Cut the selected neuron's synapses onto the others, or restore them."""
        self._leave_scrub()
        self._session.cut_axons(self.selected, cut=self.selected not in self._session.setting.cut)
        self.refresh()

    @property
    def parts(self) -> list[Widget]:
        """All widgets for a page."""
        return [
            self.transport.widget,
            self.phase_bar.widget,
            self.clock,
            self.readout.widget,
            self.tracks.widget,
            self.scrub.widget,
            self.error.widget,
        ]

    def stop(self) -> None:
        """Stop the clock for good."""
        self.clock.playing = False

    # -- showing -------------------------------------------------------------------------------------------------

    @property
    def moment(self) -> WallState:
        """The shown moment: the present one, or an earlier one when looking back."""
        if self._scrubbed is None:
            return self._session.simulation.moment
        return self._session.recording[min(self._scrubbed, len(self._session.recording) - 1)]

    @property
    def shown_neuron(self) -> int:
        """The neuron of the large view: the one under the pointer, else the selected one."""
        return self.selected if self._peeked is None else self._peeked

    def refresh(self) -> None:
        """Draw everything now."""
        self._text_due = self._charts_due = 0.0
        self._draw()

    def changed(self) -> None:
        """Show a change of the running network; the charts of a playing run follow with its next frames.

        A dragged slider makes many changes a second, and each drawing of the charts costs several messages.
        """
        self._text_due = 0.0
        if not self.clock.playing:
            self._charts_due = 0.0
        self._draw()

    def _do(self, action: Callable[[], None]) -> None:
        with self.error.guarded():
            action()

    def _hold(self) -> None:
        self.clock.playing = False
        self._show_buttons()

    def _frame(self, seconds: float) -> None:
        with self.error.guarded(clears=False):
            self._session.step(max(seconds, 1e-3) * self.transport.pace)
            if self._session.simulation.finished:
                self.clock.playing = False
                self._text_due = self._charts_due = 0.0
            self._draw()

    def _page_ready(self) -> None:
        with self.error.guarded(clears=False):
            self.refresh()

    def _peek(self, neuron: int) -> None:
        """Show a large view of the neuron under the pointer; with -1 of the selected one."""
        with self.error.guarded(clears=False):
            self._peeked = neuron if neuron >= 0 else None
            self._text_due = 0.0
            self._draw()

    def _draw(self) -> None:
        now = monotonic()
        moment = self.moment
        texts, charts = now >= self._text_due, now >= self._charts_due
        network, load_voltage = self._session.network_at(moment.time), self._load_voltage(moment)
        self.tracks.mark_cut(self._session.at(moment.time).cut)
        self.tracks.draw(network, moment, self.shown_neuron, load_voltage)
        if texts:
            self._text_due = now + TEXT_PERIOD
            self._draw_texts(moment)
            self.tracks.write(network, moment, self.shown_neuron, load_voltage)
        self._draw_moment(moment, texts)
        if charts:
            self._charts_due = now + CHART_PERIOD
            at = None if self._scrubbed is None else moment.time
            self.scrub.show(len(self._session.recording), at)
            self._draw_charts(at)

    def _load_voltage(self, moment: WallState) -> float | None:
        """The voltage at the shown neuron's dendrite while loading, else None."""
        simulation = self._session.simulation
        if not simulation.loading_at(moment.time):
            return None
        voltage = self._session.charge_voltage_at(moment.time)
        return voltage * (1.0 if simulation.pattern[self.shown_neuron] else -1.0)

    def _draw_texts(self, moment: WallState) -> None:
        simulation = self._session.simulation
        phase = phase_at(simulation, moment)
        self.phase_bar.show(phase, shown(moment.time, "s"), shown(simulation.load_time, "s"))
        self.readout.show(readings(self._session, moment))
        self._show_buttons()

    def _show_buttons(self) -> None:
        simulation = self._session.simulation
        self.transport.show(
            playing=self.clock.playing, begun=simulation.time > 0.0, ended=simulation.finished
        )
        is_cut = self.selected in self._session.setting.cut
        self.tracks.show_buttons(enabled=self._scrubbed is None, is_cut=is_cut)

    def _look_back(self, share: float) -> None:
        with self.error.guarded():
            self.clock.playing = False
            self._scrubbed = round(share * (len(self._session.recording) - 1))
            self.refresh()

    def _leave_scrub(self) -> None:
        self._scrubbed = None
