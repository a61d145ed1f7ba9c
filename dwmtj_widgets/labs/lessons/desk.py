"""Transport, clock and error line of a lesson's experiment, for any session that steps."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Final, Protocol

from dwmtj_widgets.labs.common.page import TEXT_PERIOD, ErrorLine
from dwmtj_widgets.labs.common.transport import STEP, Transport
from dwmtj_widgets.units import shown
from dwmtj_widgets.widgets.page.clock import AnimationClock

RESTED: Final = 20e-9
"""Device time in seconds after which an experiment without motion is paused, because it would never end."""


class Timed(Protocol):
    """A session that advances in time."""

    time: float
    """s"""
    rested: float
    """Seconds since the last motion."""

    def step(self, duration: float) -> None:
        """Advance by `duration` seconds."""

    def finish(self) -> None:
        """Advance until all is at rest."""

    def reset(self) -> None:
        """Begin again at time 0."""


class LessonDesk:
    """Transport, clock and error line of one session.

    Parameters
    ----------
    session : Timed
    draw : callable
        Called as ``draw(texts)``; `texts` is whether text and charts are due.
    pace : float
        Initial speed, seconds of device time per second.
    step : float
        Seconds of device time of the single-step button.
    run_hint, reset_hint : str
        Tooltips of Run and Reset.
    """

    def __init__(
        self,
        session: Timed,
        draw: Callable[[bool], None],
        *,
        pace: float,
        run_hint: str,
        reset_hint: str,
        step: float = STEP,
    ) -> None:
        self._session, self._draw, self._step = session, draw, step
        self._text_due = 0.0
        self.begun = False
        """Whether the experiment has ever run."""
        self._resting = False
        """Whether the clock was paused because nothing moved."""
        self.clock, self.transport = AnimationClock(), Transport(step)
        self.transport.speed.value = shown(pace, "s")
        self.transport.run.tooltip, self.transport.reset.tooltip = run_hint, reset_hint
        self.transport.instant.tooltip = "Go on to where the wall is at rest"
        self.error = ErrorLine(self._hold)
        self.clock.on_frame(self._frame)
        self.clock.on_ready(lambda: self.do(lambda: None))
        for made, action in (
            (self.transport.run, self.play),
            (self.transport.pause, self.pause),
            (self.transport.step, self.single_step),
            (self.transport.reset, self._reset),
            (self.transport.instant, self.instant),
        ):
            made.on_click(lambda _button, action=action: self.do(action))

    def do(self, action: Callable[[], None]) -> None:
        """Carry out a person's action, and show the result or the refusal."""
        with self.error.guarded():
            action()
            self.refresh()

    def play(self) -> None:
        """Run."""
        self._session.rested = 0.0
        self._resting = False
        self.clock.playing = True

    def wake(self) -> None:
        """Continue if time was paused only because nothing moved, as a change may cause motion."""
        if self._resting:
            self.play()

    def pause(self) -> None:
        """Pause."""
        self._resting = False
        self.clock.playing = False

    def single_step(self) -> None:
        """Pause, and advance by one small step."""
        self.pause()
        self.begun = True
        self._session.step(self._step)

    def instant(self) -> None:
        """Advance until nothing moves."""
        self.pause()
        self.begun = True
        self._session.finish()
        self._resting = True

    def _reset(self) -> None:
        self._resting = False
        self._session.reset()

    def refresh(self) -> None:
        """Draw everything now."""
        self._text_due = 0.0
        self._show()

    def _frame(self, seconds: float) -> None:
        with self.error.guarded(clears=False):
            self._session.step(max(seconds, 1e-3) * self.transport.pace)
            self.begun = True
            if self._session.rested >= RESTED:
                self._hold()
                self._resting = True
            self._show()

    def _hold(self) -> None:
        self.clock.playing = False
        self._text_due = 0.0
        self._show_buttons()

    def _show(self) -> None:
        now = monotonic()
        texts = now >= self._text_due
        if texts:
            self._text_due = now + TEXT_PERIOD
            self._show_buttons()
        self._draw(texts)

    def _show_buttons(self) -> None:
        self.transport.show(playing=self.clock.playing, begun=self._session.time > 0.0, ended=False)
