"""The experiment of the seventh lesson: forty junctions learn a tune, and go on without it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

import numpy as np
from ipywidgets import HBox

from dwmtj_widgets.labs.common.transport import button
from dwmtj_widgets.labs.lessons.desk import LessonDesk
from dwmtj_widgets.labs.lessons.part import Part
from dwmtj_widgets.mtj_rnn.signals import KINDS
from dwmtj_widgets.sessions.lessons.tune import (
    FREE_PERIODS,
    PERIOD,
    SHOWN,
    TRAIN_PERIODS,
    TuneSession,
)
from dwmtj_widgets.sessions.signal.wave import SAMPLE_TIME
from dwmtj_widgets.units import quantity, shown
from dwmtj_widgets.widgets.page._closing import close_all
from dwmtj_widgets.widgets.plots.signal_scope import SignalScope
from dwmtj_widgets.widgets.views.meters import Meters, Reading

PACE: Final = 150e-9
STEP: Final = 1e-9
"""Device time of a single step, s: five samples."""


class TuneBench(Part):
    """Shapes to learn, the network's output, and its error.

    Parameters
    ----------
    session : TuneSession, optional
    """

    def __init__(self, session: TuneSession | None = None) -> None:
        self.session = TuneSession() if session is None else session
        self.desk = LessonDesk(
            self.session,
            self._draw,
            pace=PACE,
            step=STEP,
            run_hint="Go on",
            reset_hint="A fresh network, at time 0",
        )
        self.desk.transport.speed.max = np.log10(500.0)
        self.desk.transport.speed.value = shown(PACE, "s")
        self.desk.transport.speed.readout_format = ".3g"
        self.desk.transport.instant.tooltip = "Compute the rest of this phase at once"
        self.train_button = button(
            "▶ Train", "train", "Correct the readout every 0.2 ns while the tune plays", "primary"
        )
        self.free_button = button("❄ Freeze and let go", "generate", "Freeze the weights, take the tune away")
        self.kick_button = button("Kick", "kick", "Push every magnetization in a random direction")
        self.cut_button = button("Cut one", "cut-one", "Disconnect one random junction")
        self.restore_button = button("Restore", "mend", "Connect all junctions again")
        self.train_button.on_click(lambda _button: self.desk.do(self._train))
        self.free_button.on_click(lambda _button: self.desk.do(self._set_free))
        self.kick_button.on_click(lambda _button: self._disturbed(self.session.kick))
        self.cut_button.on_click(lambda _button: self._disturbed(self.session.cut_one))
        self.restore_button.on_click(lambda _button: self._disturbed(self.session.restore))
        self.shapes = {
            kind: button(kind.capitalize(), f"shape-{kind}", f"Learn a {kind} wave") for kind in KINDS
        }
        for kind, made in self.shapes.items():
            made.on_click(lambda _button, kind=kind: self.desk.do(partial(self._choose, kind)))
        self.scope = SignalScope(
            names=["tune", "network's output"], broad=1, height=210, label="Tune and output over time"
        )
        self.readout = Meters("readout")
        shapes, actions = (
            HBox([*self.shapes.values()]),
            HBox(
                [self.train_button, self.free_button, self.kick_button, self.cut_button, self.restore_button]
            ),
        )
        for row in (shapes, actions):
            row.add_class("dwmtj-controls-row")
        super().__init__(
            "Experiment",
            "forty junctions learn a tune",
            "tune-bench",
            shapes,
            actions,
            HBox([self.desk.transport.widget, self.desk.clock]),
            self.readout.widget,
            self.scope,
            self.desk.error.widget,
        )
        self.desk.refresh()

    def close(self) -> None:
        """Stop the clock and close the part's widgets."""
        self.desk.pause()
        close_all(self.widget)

    @property
    def begun(self) -> bool:
        """Whether a network has run freely, which the lesson asks about."""
        return self.session.phase == "free" and self.session.judgement != ""

    def _choose(self, kind: str) -> None:
        self.desk.pause()
        self.session.choose(kind)

    def _train(self) -> None:
        self.session.train()
        self.desk.play()

    def _set_free(self) -> None:
        self.session.set_free()
        self.desk.play()

    def _disturbed(self, action: Callable[[], None]) -> None:
        """Disturb the network; a finished free run continues, to show the effect."""
        session = self.session

        def disturb() -> None:
            action()
            if session.phase == "free" and not session.left:
                session.set_free()
                self.desk.play()

        self.desk.do(disturb)

    def _draw(self, texts: bool) -> None:
        session = self.session
        first, rows = session.record
        high = max(session.samples, SHOWN)
        self.scope.show(
            rows,
            first=_time(first + 1),
            step=_time(1),
            low=_time(high - SHOWN),
            high=_time(high),
        )
        if texts:
            self.readout.show(_readings(session))
            for kind, made in self.shapes.items():
                (made.add_class if kind == session.kind else made.remove_class)("mod-active")
            self.free_button.disabled = session.phase == "ready"
            self.restore_button.disabled = bool(session.network.alive.all())
            self.free_button.button_style = "primary" if session.phase == "train" and session.trained else ""
            self.train_button.button_style = "" if session.trained else "primary"


_FREE: Final = {
    "": "let go",
    "plays": "plays by itself",
    "off": "has lost the tune",
    "silent": "has fallen silent",
}
"""Name of a free run, by `TuneSession.judgement`."""


def _readings(session: TuneSession) -> list[Reading]:
    done = {
        "ready": ("untrained", ""),
        "train": ("has learnt" if session.trained else "learning", f"of {TRAIN_PERIODS} periods"),
        "free": (_FREE[session.judgement], f"of {FREE_PERIODS} periods"),
    }[session.phase]
    whole = {"ready": 0, "train": TRAIN_PERIODS, "free": FREE_PERIODS}[session.phase]
    periods = whole - session.left * SAMPLE_TIME / PERIOD
    heard = session.heard() if session.phase == "free" and not session.left else None
    last = session.error() if heard is None else heard.error
    error = "–" if np.isnan(last) else quantity(last, "%", decimals=1)
    drift = "–" if heard is None or np.isnan(heard.period_error) else f"{heard.period_error_ppm:+,.0f} ppm"
    alive = int(session.network.alive.sum())
    return [
        Reading("Network", done[0], "phase-word", "", f"{periods:.0f} {done[1]}" if done[1] else ""),
        Reading("Time", quantity(session.time, "s", decimals=0), "time", "Device time"),
        Reading(
            "Error",
            error,
            "error-value",
            "RMS over the tune's standard deviation, best aligned",
            "" if heard is None else f"{quantity(heard.fixed_error, '%', decimals=1)} with the phase fixed",
        ),
        Reading("Period off", drift, "period-error", "Of the free run, in parts per million"),
        Reading("Junctions", f"{alive}", "alive"),
    ]


def _time(sample: float) -> float:
    return shown(sample * SAMPLE_TIME, "s")
