"""Base of the Signal Lab's two modes: animation, long work in the background, and looking back."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from html import escape
from threading import Event
from time import monotonic
from typing import Final

from ipywidgets import HTML, HBox, VBox, Widget

from dwmtj_widgets.labs.common.background import BackgroundWork
from dwmtj_widgets.labs.common.cards import caption, card
from dwmtj_widgets.labs.common.page import CHART_PERIOD, TEXT_PERIOD, ErrorLine
from dwmtj_widgets.labs.common.scrub_bar import ScrubBar
from dwmtj_widgets.labs.signal.export import SignalExport
from dwmtj_widgets.labs.signal.stage import SignalStage
from dwmtj_widgets.labs.signal.transport import SignalTransport, step_bar
from dwmtj_widgets.sessions.signal.recognition import RecognitionSession
from dwmtj_widgets.sessions.signal.record import SignalRecord
from dwmtj_widgets.sessions.signal.session import SignalSession
from dwmtj_widgets.sessions.signal.wave import SAMPLE_TIME
from dwmtj_widgets.texts import tr
from dwmtj_widgets.widgets.page.clock import AnimationClock
from dwmtj_widgets.widgets.page.live_region import LiveRegion

STEP_SAMPLES: Final = 5
"""Samples in a single step, 1 ns."""

Steps = tuple[list[tuple[str, str, float]], str]


class SignalMode(ABC):
    """Transport, scrub bar, clock, background work and views of the junctions for one record.

    Parameters
    ----------
    error : ErrorLine
        The page's error line.
    transport : SignalTransport
        The mode's transport.
    name : str
        Name of the thread.
    legend : bool
        Whether to explain the arrows.
    """

    session: SignalSession | RecognitionSession
    """The session that the mode shows and controls."""
    parts: Mapping[str, list[Widget]]
    """Widgets for the areas of the page."""
    export: SignalExport
    """Buttons that save the record."""

    def __init__(
        self, error: ErrorLine, transport: SignalTransport, name: str, *, legend: bool = True
    ) -> None:
        self.error, self.transport = error, transport
        self.stage = SignalStage(self._select, legend=legend)
        self.scrubbed: int | None = None
        """The sample shown when looking back, None when live."""
        self._text_due = self._charts_due = 0.0
        self._owed = 0.0
        """Remainder of the clock's time in samples."""
        self._done = (0, 0)
        self.clock = AnimationClock()
        self.work: BackgroundWork[None] = BackgroundWork(
            self.show_state, self._worked, self._work_refused, name
        )
        self.scrub = ScrubBar(self._look_back)
        self.steps, self.state, self.news = HTML(), HTML(), LiveRegion()
        self._said: tuple[bool, bool, str] | None = None
        self.steps.add_class("dwmtj-phase-bar")
        self.state.add_class("dwmtj-state")

    # -- what a mode says ----------------------------------------------------------------------------------------

    @abstractmethod
    def show_settings(self) -> None:
        """Set all controls to the session's values, which matters after a refusal."""

    @abstractmethod
    def _advance(self, samples: int) -> bool:
        """Advance by `samples` samples; return whether a phase has ended."""

    @abstractmethod
    def _draw_views(self) -> None:
        """Draw the views that change with every frame."""

    @abstractmethod
    def _write(self) -> None:
        """Write the numbers."""

    @abstractmethod
    def _draw_charts(self) -> None:
        """Draw the views that change slowly."""

    @abstractmethod
    def _words(self, *, working: bool) -> tuple[Steps, str, str]:
        """Return the steps of the bar, a sentence, and the next button."""

    # -- what a person does --------------------------------------------------------------------------------------

    def pause(self) -> None:
        """Pause everything; background work stops."""
        self.stop()
        self.refresh()

    def stop(self) -> None:
        """Pause everything, because the page shows something else."""
        self.clock.playing = False
        self.halt()

    def close(self) -> None:
        """Stop for good, and end the thread."""
        self.clock.playing = False
        self.work.close()

    def hold(self) -> None:
        """Pause the animation after a refusal."""
        self.clock.playing = False
        self.show_state()

    def stand(self) -> None:
        """Pause everything at the present moment, for a single step."""
        self.stop()
        self.scrubbed = None

    def halt(self) -> None:
        """Stop the background work."""
        self.work.put_down()

    def guarded(self, action: Callable[[], None]) -> None:
        """Carry out an action that may be refused."""
        with self.error.guarded():
            action()

    def act(self, action: Callable[[], None]) -> None:
        """Carry out a person's action on the session, and show it; a playing mode keeps playing."""
        with self.error.guarded():
            self.halt()
            try:
                action()
            finally:
                self.show_settings()
            self.scrubbed = None
            self.refresh()

    def play(self) -> None:
        """Run."""
        self.scrubbed, self._owed = None, 0.0
        self.clock.playing = True
        self.refresh()

    def in_background(self, work: Callable[[Callable[[int, int], None], Event], None], total: int) -> None:
        """Start ``work(progress, cancel)``."""
        self.clock.playing = False
        self.scrubbed = None
        self._done = (0, total)
        self.work.start(lambda cancel: work(self._progressed, cancel))
        self.refresh()

    # -- showing -------------------------------------------------------------------------------------------------

    @property
    def record(self) -> SignalRecord:
        """The record for looking back."""
        return self.session.record

    @property
    def working(self) -> bool:
        """Whether long work with progress is running."""
        return self.work.running and self._done[1] > 0

    @property
    def teaching(self) -> bool:
        """Whether an unfinished training is playing."""
        return False

    def refresh(self) -> None:
        """Draw everything now."""
        self._text_due = self._charts_due = 0.0
        self._draw()

    def show_state(self) -> None:
        """Show the present step and the next one."""
        working, (done, total) = self.working, self._done
        bar, sentence, primary = self._words(working=working)
        self.steps.value = step_bar(*bar)
        self.export.show(working=self.work.running)
        now = (self.clock.playing, working, bar[1])
        if self._said is not None and now != self._said:
            self.news.say(sentence)
        self._said = now
        text = f"<span>{escape(sentence)}</span>"
        if working:
            label = tr("Done")
            text += f'<progress max="{total}" value="{done}" aria-label="{label}"></progress>'
        self.state.value = text
        self.transport.show(playing=self.clock.playing, working=working, primary=primary)
        self.clock.asks_before_leaving = self.teaching

    # -- inside --------------------------------------------------------------------------------------------------

    def _head(self) -> HBox:
        """Return the steps of the bar and the buttons that save the record."""
        head = HBox([self.steps, self.export.box])
        head.add_class("dwmtj-signal-head")
        return head

    def _raster(self) -> VBox:
        """Return the card of all junctions over time."""
        return card("raster", caption(tr("All junctions"), tr("m_y over the same time")), self.stage.raster)

    def _select(self, junction: int) -> None:
        self.stage.raster.selected = junction

    def _wire(self, **actions: Callable[[], None]) -> None:
        """Attach the clock, and actions to the transport's buttons, by name."""
        self.clock.on_frame(self._frame)
        self.clock.on_ready(self._page_ready)
        for name, action in actions.items():
            made = getattr(self.transport, name)
            made.on_click(lambda _button, action=action: self.guarded(action))

    def _frame(self, seconds: float) -> None:
        with self.error.guarded(clears=False):
            self._owed += seconds * self.transport.pace / SAMPLE_TIME
            whole = int(self._owed)
            self._owed -= whole
            if self._advance(whole):
                self._text_due = self._charts_due = 0.0
            self._draw()

    def _draw(self) -> None:
        if self.work.running:  # another thread uses its network and record
            self.show_state()
            return
        now = monotonic()
        self._draw_views()
        if now >= self._text_due:
            self._text_due = now + TEXT_PERIOD
            self.show_state()
            self._write()
        if now >= self._charts_due:
            self._charts_due = now + CHART_PERIOD
            at = None if self.scrubbed is None else self.scrubbed * SAMPLE_TIME
            self.scrub.show(len(self.record), at)
            self._draw_charts()

    def _progressed(self, done: int, total: int) -> None:
        self._done = (done, total)

    def _worked(self, _result: None) -> None:
        self._done = (0, 0)
        self.show_settings()
        self.refresh()

    def _work_refused(self, sentence: str) -> None:
        self._done = (0, 0)
        self.error.say(sentence)
        self.refresh()

    def _look_back(self, share: float) -> None:
        with self.error.guarded():
            self.halt()
            self.clock.playing = False
            self.scrubbed = self.record.first + round(share * len(self.record))
            self.refresh()

    def _page_ready(self) -> None:
        with self.error.guarded(clears=False):
            self.show_settings()
            self.refresh()
