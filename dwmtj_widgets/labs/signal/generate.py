"""The Signal Lab's first mode: train a waveform, freeze the readout, and let the network run freely."""

from __future__ import annotations

import numpy as np
from ipywidgets import HBox, Widget

from dwmtj_widgets.labs.common.background import BackgroundWork
from dwmtj_widgets.labs.common.cards import caption, card
from dwmtj_widgets.labs.common.page import ErrorLine
from dwmtj_widgets.labs.common.transport import button
from dwmtj_widgets.labs.signal.charts import SignalCharts
from dwmtj_widgets.labs.signal.controls import NetworkCard, WaveCard
from dwmtj_widgets.labs.signal.export import CHART, SignalExport
from dwmtj_widgets.labs.signal.mode import STEP_SAMPLES, SignalMode, Steps
from dwmtj_widgets.labs.signal.stage import Window
from dwmtj_widgets.labs.signal.texts import readings, state_text, steps
from dwmtj_widgets.labs.signal.transport import SignalTransport
from dwmtj_widgets.mtj_rnn import NetworkSettings
from dwmtj_widgets.mtj_rnn.measures import Quality
from dwmtj_widgets.mtj_rnn.signals import at_share
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.signal.record import OUTPUT, TARGET
from dwmtj_widgets.sessions.signal.session import SignalSession
from dwmtj_widgets.sessions.signal.wave import SAMPLE_TIME
from dwmtj_widgets.sessions.snapshot import to_file
from dwmtj_widgets.texts import tr
from dwmtj_widgets.widgets.controls import slider_for
from dwmtj_widgets.widgets.plots.signal_scope import SignalScope
from dwmtj_widgets.widgets.views.meters import Meters

HEADROOM = 1.3
"""Range of the chart of signals, in amplitudes."""


class GenerateMode(SignalMode):
    """Controls, views and clock of one `SignalSession`.

    Parameters
    ----------
    session : SignalSession
        The network and its run.
    error : ErrorLine
        The page's error line.
    """

    def __init__(self, session: SignalSession, error: ErrorLine) -> None:
        transport = SignalTransport(
            button(tr("▶ Train"), "train", tr("Teach the readout the waveform while the network runs")),
            button(
                tr("❄ Freeze and generate"), "generate", tr("Freeze the weights; the network runs freely")
            ),
            step_hint=tr("Go on by 1 ns of device time"),
            restart_hint=tr("The same network at time 0, untrained"),
        )
        super().__init__(error, transport, "signal")
        self.session: SignalSession = session
        self.measuring: BackgroundWork[Quality] = BackgroundWork(
            self.show_state, self._measured, error.say, "measure"
        )
        self.scope = SignalScope(
            names=[tr("waveform"), tr("network's output")],
            broad=1,
            height=206,
            label=tr("Waveform and output over time"),
        )
        self.scope.add_class("dwmtj-scope")
        self.charts = SignalCharts(session)
        self.wave_card = WaveCard(session, self.act)
        self.network_card = NetworkCard(session, self.act, error)
        self.readout = Meters("readout")
        self._make_interventions()
        for view in (self.scope, self.stage.raster, *self.charts.plots):
            view.add_class(f"dwmtj-{CHART}")
        self.export = SignalExport(
            "signal-run",
            lambda: session.record,
            lambda: ("target", "output", "weight_norm"),
            lambda: to_file("signal", {"mode": "generate", **session.setting.fields()}),
            error,
        )
        self.parts = self._layout()
        self._wire(
            first=self.train,
            second=self.generate,
            run=self.go_on,
            pause=self.pause,
            step=self.single_step,
            instant=self.instant,
            reset=self.reset,
        )
        self.scrub.go_on.on_click(lambda _button: self.guarded(self.continue_here))

    # -- building ------------------------------------------------------------------------------------------------

    def _make_interventions(self) -> None:
        session = self.session
        self.kick = button(tr("Kick"), "kick", tr("Push every magnetization in a random direction"))
        self.cut = button(tr("Cut selected"), "cut", tr("Disconnect the selected junction"))
        self.cut_some = button(
            tr("Cut 10 %"), "cut-some", tr("Disconnect a tenth of all junctions at random")
        )
        self.mend = button(tr("Restore"), "mend", tr("Connect all junctions again"))
        for made, action in (
            (self.kick, session.kick),
            (self.cut, self._cut_selected),
            (self.cut_some, session.cut_some),
            (self.mend, session.mend),
        ):
            made.on_click(lambda _button, action=action: self.act(action))
        self.temperature = slider_for(NetworkSettings.controls()["temperature"])
        self.temperature.on_change(lambda value: self.act(lambda: session.change(temperature=value)))

    def _layout(self) -> dict[str, list[Widget]]:
        buttons = HBox([self.kick, self.cut, self.cut_some, self.mend])
        small = HBox([self.charts.error, self.charts.weights])
        for box, *classes in (
            (buttons, "interventions", "small"),
            (small, "signal-charts"),
        ):
            for name in classes:
                box.add_class(f"dwmtj-{name}")
        heading = caption(tr("Junctions"), tr("click one to select it"))
        spheres = card("spheres", heading, self.stage.spheres, buttons, self.temperature.widget)
        scope = card("scope", self._head(), self.state, self.scope)
        spectrum = card(
            "spectrum",
            caption(tr("Spectrum"), tr("line: free run, circles: waveform")),
            self.charts.spectrum,
        )
        return {
            "top": [self.transport.widget, self.clock, self.work.clock, self.measuring.clock],
            "left": [self.wave_card.widget, self.network_card.widget, spectrum],
            "middle": [scope, self._raster(), card("curves", small)],
            "right": [self.readout.widget, spheres],
            "bottom": [self.scrub.widget],
        }

    # -- what a person does --------------------------------------------------------------------------------------

    def train(self) -> None:
        """Train, or continue a training."""
        self.halt()
        self.session.train()
        self.play()

    def generate(self) -> None:
        """Freeze the readout and run freely."""
        self.halt()
        self.session.generate()
        self.play()

    def go_on(self) -> None:
        """Continue a paused phase, or begin the next one."""
        self.halt()
        self.session.go_on()
        self.play()

    def single_step(self) -> None:
        """Pause, and advance by a nanosecond."""
        self.stand()
        if self.session.finished:
            self.session.go_on()
        self._advance(STEP_SAMPLES)
        self.refresh()

    def instant(self) -> None:
        """Compute the rest of the phase at once, in the background."""
        self.halt()
        self.session.go_on()
        self.in_background(
            lambda progress, cancel: self.session.finish(progress=progress, cancel=cancel), self.session.left
        )

    def reset(self) -> None:
        """Back to time 0 with the same network."""
        self.clock.playing = False
        self.act(self.session.renew)

    def continue_here(self) -> None:
        """Continue from the shown moment with the present settings."""
        if self.scrubbed is None:
            return
        self.halt()
        self.session.continue_from(self.scrubbed)
        self.show_settings()
        self.play()

    def _cut_selected(self) -> None:
        if self.stage.spheres.selected < 0:
            msg = tr("No junction is selected; click one of the arrows first.")
            raise Refused(msg)
        self.session.cut([self.stage.spheres.selected])

    # -- showing -------------------------------------------------------------------------------------------------

    @property
    def teaching(self) -> bool:
        """Whether an unfinished training is playing."""
        return self.session.phase == "train" and self.session.left > 0

    def show_settings(self) -> None:
        """Set all controls to the session's values, which matters after a refusal."""
        self.wave_card.show()
        self.network_card.show()
        self.temperature.show(self.session.network.temperature)

    def _advance(self, samples: int) -> bool:
        self.session.step(samples)
        if not self.session.finished:
            return False
        self.clock.playing = False
        self._measure()
        return True

    def _worked(self, result: None) -> None:
        super()._worked(result)
        self._measure()

    def _measure(self) -> None:
        """Measure a finished free run in the background, because it takes longer than a frame."""
        session = self.session
        due = session.finished and session.readings.measured is None
        measure = session.readings.measuring() if due else None
        if measure is not None and not self.measuring.running:
            self.measuring.start(lambda _cancel: measure())

    def _measured(self, _result: Quality) -> None:
        self.refresh()
        self._measure()  # a run that has ended meanwhile

    def close(self) -> None:
        """Stop for good, and end the threads."""
        super().close()
        self.measuring.close()

    def _draw_views(self) -> None:
        session = self.session
        window = self.stage.window(
            session.record, (session.learnt or session.setting.wave).per_period, self.scrubbed
        )
        self._draw_scope(window)
        network = session.network
        self.stage.draw_junctions(session.record, window, network.magnetization, network.alive)

    def _write(self) -> None:
        self.readout.show(readings(self.session, self.scrubbed))

    def _draw_charts(self) -> None:
        self.charts.show(None if self.scrubbed is None else self.scrubbed * SAMPLE_TIME)
        self.wave_card.show_generated(self.session.readings.generated_period())

    def _draw_scope(self, window: Window) -> None:
        session = self.session
        low, high = session.record.clipped(window.low, window.high)
        rows = session.record.signals(low, high)[: OUTPUT + 1]
        free = np.isnan(rows[TARGET])
        rows[TARGET, free] = session.readings.beside(low, rows[OUTPUT], free, self.scrubbed)
        top = HEADROOM * max(
            (session.learnt or session.setting.wave).amplitude, session.setting.wave.amplitude, 0.1
        )
        if self.scope.limits != (-top, top):
            self.scope.limits = (-top, top)
        if window.low < 0:  # before the beginning the waveform to come is drawn
            share = np.arange(window.low, 0) / session.setting.wave.per_period
            before = np.full((2, share.size), np.nan)
            before[TARGET] = at_share(session.setting.wave.one_period, share)
            rows, low = np.concatenate([before, rows], axis=1), window.low
        self.stage.show_signals(self.scope, window, rows, low, session.readings.marks)

    def _words(self, *, working: bool) -> tuple[Steps, str, str]:
        session, playing = self.session, self.clock.playing
        done, total = self._done
        share = done / total if working else None
        bar = steps(session, share, playing=playing or working)
        return bar, state_text(session, playing=playing, working=working), self._next()

    def _next(self) -> str:
        """Return the next button."""
        session = self.session
        if self.clock.playing or self.working:
            return ""
        if session.must_train and session.phase != "train":
            return "first"
        return "run" if session.left else "second"
