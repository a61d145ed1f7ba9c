"""Common parts of labs with many trials: request, progress and stop."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from threading import Event
from typing import Final, Generic, Protocol, TypeVar

from ipywidgets import HTML, Layout

from dwmtj_widgets.labs.common.background import BackgroundWork
from dwmtj_widgets.labs.common.page import ErrorLine
from dwmtj_widgets.labs.common.showing import Shown
from dwmtj_widgets.labs.common.transport import button
from dwmtj_widgets.texts import tr
from dwmtj_widgets.widgets.entries import IntText
from dwmtj_widgets.widgets.page.live_region import LiveRegion, words_of

STOP_WITHIN: Final = 0.15
"""Seconds that a click on Stop waits for the running trials, to show the end at once."""


class Trials(Protocol):
    """A session that makes trials."""

    def begin(self) -> None:
        """Begin the trials of the present settings; raises `Refused` if they are illegal."""

    def more(self) -> None:
        """Finish missing trials, else request more; raises `Refused` if there are no trials to continue."""

    def work(self, cancel: Event) -> None:
        """Make the requested trials until `cancel` is set."""


T = TypeVar("T", bound=Trials)


class ManyTrialsLab(Shown, ABC, Generic[T]):
    """Base of a lab whose session makes trials in the background; a lab adds its own parts.

    Parameters
    ----------
    session : Trials
        Makes the trials.
    name : str
        Name of the thread.
    hints : tuple of str
        Tooltips of Start and Continue.
    """

    def __init__(self, session: T, name: str, hints: tuple[str, str]) -> None:
        self.session = session
        self.error = ErrorLine()
        self.work: BackgroundWork[None] = BackgroundWork(
            self._look, lambda _nothing: self._ended(), self._refused, name
        )
        self.start_button = button(tr("▶ Start"), "start", hints[0], "primary")
        self.stop_button = button(
            tr("■ Stop"), "stop", tr("Stop and keep the finished trials"), enabled=False
        )
        self.continue_button = button(tr("Continue"), "continue", hints[1], enabled=False)
        self.progress = HTML()
        self.progress.add_class("dwmtj-progress")
        self.news = LiveRegion()
        self.start_button.on_click(lambda _button: self.start())
        self.stop_button.on_click(self.error.callback(lambda _button: self.stop()))
        self.continue_button.on_click(lambda _button: self.more())

    def start(self) -> None:
        """Make the trials of the present settings."""
        self._make(self.session.begin)

    def more(self) -> None:
        """Finish missing trials, else request more."""
        self._make(self.session.more)

    @abstractmethod
    def stop(self) -> None:
        """Stop within a moment; finished trials stay."""

    @abstractmethod
    def refresh(self) -> None:
        """Show the present state."""

    def _make(self, ask: Callable[[], None]) -> None:
        """Request trials from the session and start them, unless some are running."""
        if self.work.running:
            return
        with self.error.guarded():
            ask()
            self._asked()
            self.work.start(self.session.work)
            self.news.say(tr("Trials are being made."))
            self.refresh()

    def _asked(self) -> None:
        """Show the requested trials before they begin."""

    @abstractmethod
    def _look(self) -> None:
        """Show the progress of the trials."""

    def _ended(self) -> None:
        self.refresh()
        self.news.say(f"{words_of(self.progress.value)}.")

    def _refused(self, sentence: str) -> None:
        self.error.say(sentence)
        self.refresh()


def number_field(value: int, description: str, name: str, hint: str) -> IntText:
    """Return a field for an integer with the class ``dwmtj-NAME``, which shares its row with others."""
    field = IntText(value, description=description, tooltip=hint, layout=Layout(width="auto", flex="1 1 0"))
    field.add_class(f"dwmtj-{name}")
    return field


def progress_bar(done: int = 0, total: int = 1, state: str = "") -> str:
    """Return a progress bar and the progress in words; without a state no trials were requested yet."""
    name, ready = tr("Trials made"), tr("ready")
    bar = f'<progress max="{total}" value="{done}" aria-label="{name}"></progress>'
    if not state:
        return f"{bar}<span>{ready}</span>"
    words = tr("{done} of {total} recalls, {state}").format(
        done=f'<b class="dwmtj-done">{done:,}</b>',
        total=f"{total:,}",
        state=f'<b class="dwmtj-state">{state}</b>',
    )
    return f"{bar}<span>{words}</span>"


def reading_text(*paragraphs: str) -> str:
    """Return the explanation of a chart, below a heading."""
    hints = "".join(f'<p class="dwmtj-hint">{paragraph}</p>' for paragraph in paragraphs)
    title = tr("How to read it")
    return f'<div class="dwmtj-caption"><b>{title}</b></div>{hints}'
