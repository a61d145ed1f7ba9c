"""Long work of a lab in its own thread, while the page stays responsive.

The thread computes and stores; a clock of the page asks for the progress, and the kernel's own thread draws, because
other threads must not touch widgets.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event, Lock
from typing import Generic, TypeVar

from dwmtj_widgets.faults import sentence_of
from dwmtj_widgets.refusals import Unable
from dwmtj_widgets.texts import tr
from dwmtj_widgets.widgets.page.clock import AnimationClock

REFRESH = 5.0
"""Updates of the growing result per second."""
STOPPED_WITHIN = 10.0
"""Longest wait for work that was asked to stop, s; work checks much more often."""

T = TypeVar("T")


class BackgroundWork(Generic[T]):
    """One piece of work at a time, with a clock and a way to stop it. `clock` must be in the page.

    Parameters
    ----------
    look : callable
        Called a few times a second during the work, to show its progress.
    ended : callable
        Called with the result of the work.
    refused : callable
        Called with the sentence of an error of the work, of `look` or of `ended` (`faults.sentence_of`).
    name : str
        Name of the thread.
    """

    def __init__(
        self, look: Callable[[], None], ended: Callable[[T], None], refused: Callable[[str], None], name: str
    ) -> None:
        self._look, self._ended, self._refused = look, ended, refused
        self._cancel = Event()
        self._blind = False
        """Whether `look` has failed for this work."""
        self._pool = ThreadPoolExecutor(1, thread_name_prefix=f"dwmtj-{name}")
        self._future: Future[T] | None = None
        self._taking = Lock()  # in JupyterLab a cell and the page's messages have threads of their own
        self.clock = AnimationClock(rate=REFRESH, asks_before_leaving=True)
        self.clock.on_frame(lambda _seconds: self.look())

    @property
    def running(self) -> bool:
        """Whether there is work whose end has not been shown."""
        return self._future is not None

    @property
    def stopping(self) -> bool:
        """Whether the work was asked to stop."""
        return self._cancel.is_set()

    def start(self, work: Callable[[Event], T]) -> None:
        """Start ``work(cancel)``, which must check the event at least every 0.2 s.

        Raises
        ------
        Unable
            If other work is under way.
        """
        if self.running:
            msg = tr("Other work is still under way; stop it first.")
            raise Unable(msg)
        self._cancel.clear()
        self._blind = False
        self._future = self._pool.submit(work, self._cancel)
        self.clock.playing = True

    def stop(self) -> None:
        """Tell the work to stop; its results stay."""
        self._cancel.set()

    def wait(self, timeout: float) -> None:
        """Wait until the work is done, and show its end, for use without a page.

        Raises
        ------
        TimeoutError
            If it is not done after `timeout` seconds.
        """
        if self._future is not None:
            self._future.exception(timeout)
            self.look()

    def put_down(self) -> None:
        """Stop, and wait for the end of the work, so that other work can start.

        Raises
        ------
        Unable
            If the work has not ended after `STOPPED_WITHIN` seconds; it goes on, and the call may be repeated.
        """
        if not self.running:
            return
        self.stop()
        try:
            self.wait(STOPPED_WITHIN)
        except TimeoutError as exc:
            msg = tr("The work under way has not ended yet; try again in a moment.")
            raise Unable(msg) from exc

    def look(self) -> None:
        """Show the progress of the work, and its end."""
        try:
            if not self._blind:
                self._look()
        except Exception as error:
            self._blind = True  # it would fail at every call
            self._refused(sentence_of(error))
        finally:
            # A failing drawing must not hide the end of the work, or the lab would be stuck.
            self._show_end()

    def _show_end(self) -> None:
        with self._taking:
            future = self._future
            if future is None or not future.done():
                return
            self._future = None
        self.clock.playing = False
        try:
            self._ended(future.result())
        except Exception as error:
            self._refused(sentence_of(error))

    def close(self) -> None:
        """Stop, and end the thread."""
        self.stop()
        self.clock.playing = False
        self._pool.shutdown(wait=False, cancel_futures=True)
