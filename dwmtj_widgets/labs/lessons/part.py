"""The frame of a lesson's part: a card with its step and title, and the style sheet of the lessons."""

from __future__ import annotations

from functools import cached_property
from html import escape
from typing import Any, Literal

from ipywidgets import HTML, Layout, Widget

from dwmtj_widgets.labs.common.page import ErrorLine
from dwmtj_widgets.labs.common.showing import Shown, Whole
from dwmtj_widgets.labs.common.style import lesson_sheet
from dwmtj_widgets.labs.lessons.answers import Verdict
from dwmtj_widgets.widgets.page.page_access import PageAccess

Step = Literal["Predict", "Experiment", "Compare", "Check", "Measured", "Exercise"]
_MARKS = {"right": "✓", "wrong": "✗", "unread": "…"}


def heading(step: Step, title: str) -> HTML:
    """Return the heading of a part."""
    made = HTML(
        f'<div role="heading" aria-level="2"><span class="dwmtj-step">{step}</span><b>{escape(title)}</b></div>'
    )
    made.add_class("dwmtj-part-head")
    return made


def feedback_html(verdict: Verdict, text: str) -> str:
    """Return the feedback on an answer, marked by a sign and a word as well as by colour."""
    word = {"right": "Right.", "wrong": "Not yet.", "unread": ""}[verdict]
    return (
        f'<p class="dwmtj-said {verdict}" role="status"><span aria-hidden="true">{_MARKS[verdict]}</span> '
        f"<b>{word}</b> {text}</p>"
    )


class Part(Shown):
    """One step of a lesson. Displaying it shows `widget`.

    Parameters
    ----------
    step : str
        The student's activity.
    title : str
        Text beside it.
    name : str
        The card gets the class ``dwmtj-NAME``.
    *inside : Widget
        Content of the card.
    """

    def __init__(self, step: Step, title: str, name: str, *inside: Widget) -> None:
        self.widget = Whole([heading(step, title), *inside, PageAccess(), lesson_sheet()])
        for found in ("lesson-part", f"lesson-{step.lower()}", name):
            self.widget.add_class(f"dwmtj-{found}")

    @cached_property
    def edge(self) -> ErrorLine:
        """Error line of a part without a desk; its `widget` goes into the card."""
        return ErrorLine(folds=True)

    @property
    def begun(self) -> bool:
        """Whether the part's experiment, if any, has run, so that there is something to compare."""
        return True


def shown_in(output: HTML, text: str) -> None:
    """Set a widget's text only if it differs, because each change costs a message."""
    if output.value != text:
        output.value = text


def radio(options: list[str], name: str) -> Any:
    """Return a list of options with no initial choice, with the class ``dwmtj-NAME``."""
    from ipywidgets import RadioButtons

    made = RadioButtons(options=options, value=None, layout=Layout(width="auto"))
    made.add_class("dwmtj-options")
    made.add_class(f"dwmtj-{name}")
    return made
