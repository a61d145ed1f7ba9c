"""What every lab with a running network has: transport, meters, tracks, one neuron large, scrubbing, errors.

A desk joins a session (which holds a simulation and knows no page) to these views. The lab adds its own views and
draws them when the desk says what moment is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from time import monotonic
from typing import Any

import numpy as np
from ipywidgets import HTML, Button, FloatLogSlider, FloatSlider, HBox, Label, Layout, VBox

from dwmtj_widgets.hopfield.energy import parts_of
from dwmtj_widgets.hopfield.walls import WallState
from dwmtj_widgets.labs.network_session import NetworkSession
from dwmtj_widgets.labs.neuron_reading import neuron_frame, neuron_text
from dwmtj_widgets.labs.page import ErrorLine
from dwmtj_widgets.units import quantity, shown
from dwmtj_widgets.widgets.clock import AnimationClock
from dwmtj_widgets.widgets.meters import Meters, PhaseBar, Reading
from dwmtj_widgets.widgets.neuron_view import NeuronView
from dwmtj_widgets.widgets.track_field import TrackField

STEP = 0.1e-9
"""Device time of the single-step button in seconds."""

# Text and charts need not change with every frame: the eye reads no faster, and each costs a message.
TEXT_PERIOD = 0.1
CHART_PERIOD = 0.4


class RunDesk:
    """Transport, meters, track field, neuron view, scrub bar and error line round one session.

    Parameters
    ----------
    session : NetworkSession
        The run and its record.
    draw_moment : callable
        Called as ``draw_moment(moment, texts)`` when another moment is shown; `texts` is whether text is due.
    draw_charts : callable
        Called as ``draw_charts(now)`` when charts are due; `now` is the time shown in seconds, or None if live.
    field_side : int
        Side of the track field in CSS pixels.
    neuron_width : int
        Width of the neuron view in CSS pixels.
    """

    def __init__(
        self,
        session: NetworkSession[Any],
        draw_moment: Callable[[WallState, bool], None],
        draw_charts: Callable[[float | None], None],
        *,
        field_side: int = 500,
        neuron_width: int = 500,
    ) -> None:
        self._session, self._draw_moment, self._draw_charts = session, draw_moment, draw_charts
        self._field_side = field_side
        self._text_due = self._charts_due = 0.0
        self._scrubbed: int | None = None
        self._quiet = False
        self.selected = 0
        self._peeked: int | None = None
        size = session.simulation.network.size
        self.clock = AnimationClock()
        self.field = TrackField(neurons=size, cell_size=field_side / size, selected=0)
        self.field.add_class("dwmtj-tracks")
        self.neuron = NeuronView(neuron_width)
        self._tracks_heading = HTML()
        self.neuron_text = HTML()
        self.neuron_text.add_class("dwmtj-neuron")
        self.flip_button = _button(
            "Flip soma", "flip-soma", "Put this soma's wall at the other end of its track"
        )
        self.cut_button = _button("Cut axons", "cut-axons", "Open the synapses of this neuron's axons")
        self._on_select: list[Callable[[int], None]] = []
        self._make_transport()
        self._make_scrub()
        self.readout, self.phase_bar = Meters("readout"), PhaseBar()
        self._errors = ErrorLine(self._hold)
        self.error = self._errors.widget
        self._wire()

    # -- parts ---------------------------------------------------------------------------------------------------

    def _make_transport(self) -> None:
        self.run_button = _button("▶ Run", "run", "Load the input, then let the network converge", "primary")
        self.pause_button = _button("❚❚ Pause", "pause", "Hold every wall where it is")
        self.step_button = _button("Step", "step", f"Go on by {quantity(STEP, 's')} of device time")
        self.reset_button = _button("↺ Reset", "reset", "Back to time 0 with the present input")
        self.instant_button = _button("Instant", "instant", "Compute the rest of the run at once")
        self.speed = FloatLogSlider(
            value=10.0,
            base=10,
            min=np.log10(0.05),
            max=np.log10(20.0),
            step=0.01,
            description="Speed, ns/s",
            tooltip="Nanoseconds of device time a second of yours",
            readout_format=".2g",
            layout=Layout(width="240px"),
        )
        self.speed.add_class("dwmtj-speed")
        buttons = [
            self.run_button,
            self.pause_button,
            self.step_button,
            self.reset_button,
            self.instant_button,
        ]
        self.transport = HBox([*buttons, self.speed])
        self.transport.add_class("dwmtj-transport")

    def _make_scrub(self) -> None:
        # A share of the record, in fixed steps: a slider whose range or step changes under way (noUiSlider) moves
        # its handle by itself, and its End key goes to where the end was when it was made.
        self.scrub = FloatSlider(
            value=1.0,
            min=0.0,
            max=1.0,
            step=0.001,
            readout=False,
            disabled=True,
            description="Look back",
            layout=Layout(flex="1 1 auto", width="auto", min_width="0"),
        )
        self.scrub.add_class("dwmtj-scrub")
        self.scrub_text = Label("live", layout=Layout(width="70px"))
        self.scrub_text.add_class("dwmtj-scrub-time")
        self.continue_button = _button(
            "Continue from here",
            "continue",
            "Go on from this moment with the present settings",
            enabled=False,
        )
        self.scrub_bar = HBox([self.scrub, self.scrub_text, self.continue_button])
        self.scrub_bar.add_class("dwmtj-scrub-bar")

    def _wire(self) -> None:
        """Attach every callback of the desk, in one place."""
        self.clock.on_frame(self._frame)
        self.clock.on_ready(self._page_ready)
        self.run_button.on_click(lambda _b: self._do(self.play))
        self.pause_button.on_click(lambda _b: self._do(self.pause))
        self.step_button.on_click(lambda _b: self._do(self.single_step))
        self.reset_button.on_click(lambda _b: self._do(self.reset))
        self.instant_button.on_click(lambda _b: self._do(self.instant))
        self.continue_button.on_click(lambda _b: self._do(self.continue_here))
        self.scrub.observe(self._scrub_moved, "value")
        self.flip_button.on_click(lambda _b: self._do(self.flip_soma))
        self.cut_button.on_click(lambda _b: self._do(self.cut_axons))
        self.field.on_select(lambda neuron: self._do(lambda: self.select(neuron)))
        self.field.on_hover(self._peek)

    def _heading_text(self) -> str:
        walls = self._session.simulation.network.size**2
        return (
            f'<div class="dwmtj-caption"><b>All {walls:,} walls</b>row = a neuron\'s axons, diagonal ='
            '<i class="dwmtj-chip soma"></i>its soma'
            '<i class="dwmtj-chip on"></i>ON<i class="dwmtj-chip off"></i>OFF</div>'
        )

    def on_select(self, callback: Callable[[int], None]) -> None:
        """Call ``callback(neuron)`` when another neuron is selected."""
        self._on_select.append(callback)

    @property
    def tracks_panel(self) -> VBox:
        """Track field over neuron view, with captions."""
        self._tracks_heading.value = self._heading_text()
        tools = HBox([self.flip_button, self.cut_button])
        tools.add_class("dwmtj-small")
        neuron = HBox([self.neuron_text, tools])
        neuron.add_class("dwmtj-neuron-head")
        panel = VBox([self._tracks_heading, self.field, neuron, self.neuron.widget])
        panel.add_class("dwmtj-tracks-panel")
        return panel

    # -- what a person does --------------------------------------------------------------------------------------

    def play(self) -> None:
        """Run, or go on; a run that has ended begins again."""
        if self._session.simulation.finished:
            self._session.reset()
        self._leave_scrub()
        self.clock.playing = True
        self.refresh()

    def pause(self) -> None:
        """Hold the run."""
        self.clock.playing = False
        self.refresh()

    def single_step(self) -> None:
        """Hold the run and advance it by one small step."""
        self.clock.playing = False
        self._leave_scrub()
        self._session.step(STEP)
        self.refresh()

    def instant(self) -> None:
        """Run to the end at once."""
        if self._session.simulation.finished:
            self._session.reset()
        self._leave_scrub()
        self._session.finish()
        self.clock.playing = False
        self.refresh()

    def reset(self) -> None:
        """Back to time 0."""
        self._session.reset()
        self.restarted()

    def restarted(self) -> None:
        """Show a run that the session has begun anew; a desk that was playing goes on playing."""
        self._leave_scrub()
        self.refresh()

    def resized(self) -> None:
        """Show a run of a network that may have another number of neurons."""
        size = self._session.simulation.network.size
        self.field.neurons, self.field.cell_size = size, self._field_side / size
        self._peeked = None
        self._tracks_heading.value = self._heading_text()
        self._leave_scrub()
        self.select(min(self.selected, size - 1))

    def continue_here(self) -> None:
        """Go on from the moment looked at."""
        if self._scrubbed is None:
            return
        self._session.continue_from(self._scrubbed)
        self._leave_scrub()
        self.clock.playing = True
        self.refresh()

    def _peek(self, neuron: int) -> None:
        """Show the neuron under the pointer large; with -1 the selected one again."""
        with self.guarded(clears=False):
            self._peeked = neuron if neuron >= 0 else None
            self._text_due = 0.0
            self._draw()

    @property
    def shown_neuron(self) -> int:
        """The neuron that is shown large: the one under the pointer, else the selected one."""
        return self.selected if self._peeked is None else self._peeked

    def select(self, neuron: int) -> None:
        """Show another neuron large."""
        self.selected = self.field.selected = neuron
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
        self._session.cut_axons(self.selected, cut=self.selected not in self._session.cut)
        self.refresh()

    # -- showing -------------------------------------------------------------------------------------------------

    @property
    def moment(self) -> WallState:
        """The moment that is shown: the present one, or the one looked back at."""
        if self._scrubbed is None:
            return self._session.simulation.moment
        return self._session.recording[min(self._scrubbed, len(self._session.recording) - 1)]

    def refresh(self) -> None:
        """Draw everything now."""
        self._text_due = self._charts_due = 0.0
        self._draw()

    def say(self, sentence: str) -> None:
        """Show a sentence in the error line, or clear it."""
        self._errors.say(sentence)

    def guarded(self, *, clears: bool = True) -> AbstractContextManager[None]:
        """Turn a refused input into one sentence on the page, and hold the run; see `ErrorLine.guarded`."""
        return self._errors.guarded(clears=clears)

    def _hold(self) -> None:
        self.clock.playing = False
        self._show_buttons()

    def stop(self) -> None:
        """Stop the clock for good."""
        self.clock.playing = False

    def _do(self, action: Callable[[], None]) -> None:
        with self.guarded():
            action()

    def _frame(self, seconds: float) -> None:
        with self.guarded(clears=False):
            self._session.step(max(seconds, 1e-3) * self.speed.value * 1e-9)
            if self._session.simulation.finished:
                self.clock.playing = False
                self._text_due = self._charts_due = 0.0
            self._draw()

    def _page_ready(self) -> None:
        with self.guarded(clears=False):
            self.refresh()

    def _draw(self) -> None:
        now = monotonic()
        moment = self.moment
        texts, charts = now >= self._text_due, now >= self._charts_due
        self.field.draw(moment.soma, moment.axon)
        network = self._session.simulation.network
        self.neuron.draw(neuron_frame(network, moment, self.shown_neuron, self._load_voltage(moment)))
        if texts:
            self._text_due = now + TEXT_PERIOD
            self._draw_texts(moment)
        self._draw_moment(moment, texts)
        if charts:
            self._charts_due = now + CHART_PERIOD
            self._draw_scrub()
            self._draw_charts(None if self._scrubbed is None else moment.time)

    def _load_voltage(self, moment: WallState) -> float | None:
        """The voltage at the shown neuron's dendrite while loading, else None."""
        simulation = self._session.simulation
        if moment.time >= simulation.load_time:
            return None
        return simulation.charge_voltage * (1.0 if simulation.pattern[self.shown_neuron] else -1.0)

    def _draw_texts(self, moment: WallState) -> None:
        simulation = self._session.simulation
        looking_back = moment.time < simulation.time
        before = "load" if moment.time <= simulation.load_time else "run"
        phase = before if looking_back else simulation.phase
        self.phase_bar.show(phase, shown(moment.time, "s"), shown(simulation.load_time, "s"))
        power, energy = parts_of(moment.power), parts_of(moment.energy)
        split = (
            f"By the circuit: supply {quantity(energy.supply, 'J')}, synapses {quantity(energy.synapses, 'J')}, "
            f"loading {quantity(energy.loading, 'J')}. The estimate is the paper's closed form for this time."
        )
        self.readout.show(
            [
                Reading("Time", quantity(moment.time, "s", decimals=2), "time", "Since loading began"),
                Reading(
                    "Energy",
                    quantity(energy.total, "J", decimals=3),
                    "energy",
                    split,
                    self._estimate(moment),
                    "estimate",
                ),
                Reading(
                    "Power",
                    quantity(power.total, "W", decimals=1),
                    "power",
                    "Of the whole circuit, now",
                    f"mean {quantity(energy.total / moment.time, 'W', decimals=0)}"
                    if moment.time > 0.0
                    else "",
                ),
            ]
        )
        self.neuron_text.value = neuron_text(
            simulation.network, moment, self.shown_neuron, self._load_voltage(moment)
        )
        self._show_buttons()

    def _estimate(self, moment: WallState) -> str:
        """The paper's closed-form energy for the present time, which is not the circuit's; nothing while loading."""
        if moment.time <= self._session.simulation.load_time:
            return ""
        estimate = self._session.simulation.estimate_at(moment.time)
        return "" if np.isnan(estimate) else f"estimate {quantity(estimate, 'J', decimals=2)}"

    def _show_buttons(self) -> None:
        simulation = self._session.simulation
        playing, ended = self.clock.playing, simulation.finished
        begun = simulation.time > 0.0
        idle = "▶ Run again" if ended else ("▶ Go on" if begun else "▶ Run")
        self.run_button.description = "Running …" if playing else idle
        self.run_button.disabled = playing
        self.pause_button.disabled = not playing
        self.step_button.disabled = ended
        self.flip_button.disabled = self.cut_button.disabled = self._scrubbed is not None
        is_cut = self.selected in self._session.cut
        self.cut_button.description = "Restore axons" if is_cut else "Cut axons"

    def _draw_scrub(self) -> None:
        record = self._session.recording
        if self._scrubbed is None:
            # Else it stands where a person is moving it, ahead of what was heard here.
            self._quiet = True
            try:
                self.scrub.value = 1.0
            finally:
                self._quiet = False
        self.scrub.disabled = len(record) < 2
        live = self._scrubbed is None
        self.scrub_text.value = "live" if live else quantity(self.moment.time, "s", decimals=2)
        self.continue_button.disabled = live

    def _scrub_moved(self, change: Any) -> None:
        if self._quiet:
            return
        with self.guarded():
            self.clock.playing = False
            self._scrubbed = round(change["new"] * (len(self._session.recording) - 1))
            self.refresh()

    def _leave_scrub(self) -> None:
        self._scrubbed = None


def _button(label: str, name: str, hint: str, style: str = "", *, enabled: bool = True) -> Button:
    button = Button(
        description=label, tooltip=hint, button_style=style, disabled=not enabled, layout=Layout(width="auto")
    )
    button.add_class(f"dwmtj-{name}")
    return button
