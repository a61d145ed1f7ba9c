"""Choice of one of a point's trials: its number, and a button to the next failed one."""

from __future__ import annotations

from collections.abc import Callable

from ipywidgets import HBox, Layout

from dwmtj_widgets.labs.common.page import ErrorLine
from dwmtj_widgets.labs.common.transport import button
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.texts import tr
from dwmtj_widgets.widgets._by_program import ByProgram
from dwmtj_widgets.widgets.entries import IntText


class TrialChooser:
    """A number and a button; `widget` is what goes into a page.

    Parameters
    ----------
    hint : str
        Meaning of a failed trial.
    next_failed : callable
        Called with a trial's number; returns that of the next failed trial, or None.
    show : callable
        Called when a person has chosen a trial; the page shows its `Refused`.
    error : ErrorLine
        The edge of the lab.
    """

    def __init__(
        self,
        hint: str,
        next_failed: Callable[[int], int | None],
        show: Callable[[], None],
        error: ErrorLine,
    ) -> None:
        self._next_failed, self._show, self._error = next_failed, show, error
        self._by_program = ByProgram()
        self.field = IntText(0, description=tr("Trial"), layout=Layout(width="126px"))
        self.field.add_class("dwmtj-trial")
        self.failed = button(tr("Next that failed"), "next-failed", hint)
        self.widget = HBox([self.field, self.failed])
        self.widget.add_class("dwmtj-small")
        self.field.observe(lambda _change: self._chosen(), "value")
        self.failed.on_click(lambda _button: self._to_failed())

    @property
    def number(self) -> int:
        """Number of the chosen trial."""
        return int(self.field.value)

    def turn_to(self, number: int) -> None:
        """Choose a trial without callbacks."""
        with self._by_program:
            self.field.value = number

    def _chosen(self) -> None:
        if not self._by_program:
            with self._error.guarded():
                self._show()

    def _to_failed(self) -> None:
        with self._error.guarded():
            number = self._next_failed(self.number)
            if number is None:
                msg = tr("None of this point's trials has failed.")
                raise Refused(msg)
            self.turn_to(number)
            self._show()
