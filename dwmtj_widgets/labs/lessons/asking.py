"""The question parts: a prediction, its comparison with the outcome, a check, and an exercise."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from ipywidgets import HTML, HBox, Layout, Text

from dwmtj_widgets.labs.common.transport import button
from dwmtj_widgets.labs.lessons.answers import Choice, Feedback, Number
from dwmtj_widgets.labs.lessons.part import Part, feedback_html, radio, shown_in
from dwmtj_widgets.widgets.page.answer_keeper import AnswerKeeper


def _option(kept: str, options: Sequence[Any]) -> int | None:
    """Return the index that a page has stored, None if it is no option."""
    return next((number for number in range(len(options)) if str(number) == kept), None)


class Prediction(Part):
    """A question to answer before the experiment; a kept prediction can no longer be changed.

    A reload of the page restores it.

    Parameters
    ----------
    question : str
    options : sequence of str
    """

    def __init__(self, question: str, options: Sequence[str]) -> None:
        self.question, self.options = question, tuple(options)
        self.kept: int | None = None
        """Index of the kept option, None before."""
        self.is_brought_back = False
        """Whether the prediction was restored after a reload of the page."""
        self._callbacks: list[Callable[[], None]] = []
        self.choices = radio(list(self.options), "prediction-options")
        self.keep_button = button("Keep my prediction", "keep", "It can not be changed afterwards", "primary")
        self.said = HTML()
        self.said.add_class("dwmtj-kept")
        self.keep_button.on_click(self.edge.callback(lambda _button: self.keep()))
        self._keeper = AnswerKeeper("prediction", self.edge.callback(self._bring_back))
        text = HTML(f'<p class="dwmtj-question">{question}</p>')
        super().__init__(
            "Predict",
            "before you try it",
            "prediction",
            text,
            self.choices,
            HBox([self.keep_button]),
            self.said,
            self.edge.widget,
            self._keeper,
        )

    def on_kept(self, callback: Callable[[], None]) -> None:
        """Call ``callback()`` when the prediction is kept, or at once if it is kept already."""
        self._callbacks.append(callback)
        if self.kept is not None:
            callback()

    def keep(self) -> None:
        """Keep the chosen option; without a choice, show a sentence."""
        if self.kept is not None:
            return
        if self.choices.index is None:
            self.said.value = feedback_html("unread", "Choose one first. A wrong guess costs nothing.")
            return
        self.kept = int(self.choices.index)
        self._keeper.keep(str(self.kept))
        self.choices.disabled = self.keep_button.disabled = True
        self.said.value = (
            '<p class="dwmtj-said kept" role="status"><b>Kept.</b> Now find out, and compare below.</p>'
        )
        for callback in self._callbacks:
            callback()

    def _bring_back(self, kept: str) -> None:
        number = _option(kept, self.options)
        if number is not None:
            self.choices.index, self.is_brought_back = number, True
            self.keep()


class Outcome(Part):
    """The prediction beside the outcome; it opens once the prediction is kept.

    Parameters
    ----------
    prediction : Prediction
    right : int
        Index of the option that comes true.
    happened : callable
        Returns the outcome from the engine, as HTML.
    begun : callable, optional
        Returns whether the experiment has run; before that there is nothing to compare.
    """

    def __init__(
        self,
        prediction: Prediction,
        right: int,
        happened: Callable[[], str],
        begun: Callable[[], bool] = lambda: True,
    ) -> None:
        if not 0 <= right < len(prediction.options):
            msg = f"Option {right} comes true; there are {len(prediction.options)} options."
            raise ValueError(msg)
        self._prediction, self._right, self._happened = prediction, right, happened
        self._begun = begun
        self.compare_button = button("Compare", "compare", "With what the engine gives", enabled=False)
        self.said = HTML("<p>First keep a prediction, and watch the experiment.</p>")
        self.said.add_class("dwmtj-outcome-text")
        self.compare_button.on_click(self.edge.callback(lambda _button: self.compare(), clears=True))
        prediction.on_kept(self.edge.callback(self._open))
        super().__init__(
            "Compare",
            "what you predicted and what happened",
            "outcome",
            HBox([self.compare_button]),
            self.said,
            self.edge.widget,
        )

    def _open(self) -> None:
        self.compare_button.disabled = False
        if self._prediction.is_brought_back and not self._begun():
            text = "The experiment began anew with the page: run it once more, then compare."
        else:
            text = "Watch the experiment above, then compare."
        self.said.value = f"<p>{text}</p>"

    def compare(self) -> None:
        """Show prediction and outcome, if there is a prediction."""
        kept = self._prediction.kept
        if kept is None:
            return
        if not self._begun():
            self.said.value = '<p role="status">Nothing has happened yet: run the experiment above first.</p>'
            return
        options = self._prediction.options
        came_true = kept == self._right
        verdict = "It came true." if came_true else "It turned out otherwise."
        self.said.value = (
            f'<dl class="dwmtj-beside" role="status"><dt>You predicted</dt><dd>{options[kept]}</dd>'
            f'<dt>What happened</dt><dd class="dwmtj-happened">{options[self._right]}</dd></dl>'
            f'<p class="dwmtj-said {"right" if came_true else "other"}">'
            f'<span aria-hidden="true">{"✓" if came_true else "≠"}</span> <b>{verdict}</b> {self._happened()}</p>'
        )


class _Asked(Part, ABC):
    """Base of the questions with a judged answer: a button, feedback, and an answer that survives a reload."""

    solved = False
    tries = 0
    """Number of wrong answers so far."""

    def _prepare(self, name: str) -> None:
        self.said = HTML()
        self.said.add_class("dwmtj-feedback")
        self.check_button = button("Check", "check-answer", "Find out whether it is right", "primary")
        self.check_button.on_click(self.edge.callback(lambda _button: self.check(), clears=True))
        self._keeper = AnswerKeeper(name, self.edge.callback(self._bring_back))
        self._last: Any = None

    @abstractmethod
    def check(self) -> None:
        """Judge the present answer; a repeated wrong answer counts once."""

    @abstractmethod
    def _bring_back(self, kept: str) -> None:
        """Judge the answer that a page has stored, if it is a possible one."""

    def _say(self, answer: Any, found: Feedback) -> None:
        if found.verdict == "wrong":
            self.tries += 1
        self.solved = self.solved or found.verdict == "right"
        self._last = answer
        if found.verdict != "unread":
            self._keeper.keep(str(answer))
        shown_in(self.said, feedback_html(found.verdict, found.text))


class Check(_Asked):
    """A multiple-choice question with a hint for each wrong option.

    Parameters
    ----------
    choice : Choice
    """

    def __init__(self, choice: Choice) -> None:
        self._choice = choice
        self._prepare("check")
        self.choices = radio([option.text for option in choice.options], "check-options")
        text = HTML(f'<p class="dwmtj-question">{choice.question}</p>')
        row = HBox([self.check_button])
        said = (self.said, self.edge.widget, self._keeper)
        super().__init__("Check", "have you got it?", "check", text, self.choices, row, *said)

    def check(self) -> None:
        """Judge the chosen option; a repeated wrong one counts once."""
        chosen = self.choices.index
        if chosen is None or chosen != self._last:
            self._say(chosen, self._choice.judge(chosen))

    def _bring_back(self, kept: str) -> None:
        number = _option(kept, self._choice.options)
        if number is not None:
            self.choices.index = number
            self.check()


class Exercise(_Asked):
    """A number to compute; the engine computes it too and compares.

    Parameters
    ----------
    number : Number
    title : str
        Text beside the word "Exercise".
    """

    def __init__(self, number: Number, title: str = "work it out, then let the engine check") -> None:
        self.number = number
        self._prepare("exercise")
        self.field = Text(
            description="Answer", placeholder="number", layout=Layout(width="210px"), continuous_update=True
        )
        self.field.add_class("dwmtj-answer")
        self.field.on_msg(self.edge.callback(self._entered))
        text = HTML(f'<p class="dwmtj-question">{number.question}</p>')
        unit = HTML(
            f'<span class="dwmtj-unit">{escape(number.symbol)}</span> <small>{escape(number.allowance)}</small>'
        )
        row = HBox([self.field, unit, self.check_button])
        row.add_class("dwmtj-answer-row")
        super().__init__("Exercise", title, "exercise", text, row, self.said, self.edge.widget, self._keeper)

    def check(self) -> None:
        """Judge the typed answer; a repeated wrong one counts once."""
        typed = self.field.value
        if typed.strip() != self._last:
            found = self.number.judge(typed, self.tries)
            # The sentence contains the typed text.
            self._say(typed.strip(), Feedback(found.verdict, escape(found.text, quote=False)))

    def _bring_back(self, kept: str) -> None:
        if self.number.judge(kept, self.tries).verdict != "unread":
            self.field.value = kept
            self.check()

    def _entered(self, _field: Any, content: Any, _buffers: Any) -> None:
        # The page sends this for the Enter key.
        if isinstance(content, dict) and content.get("event") == "submit":
            self.check()
