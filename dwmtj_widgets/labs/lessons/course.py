"""The seven lessons, with the parts of each that ask, compare, check and measure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import Final, Protocol, TypeVar

from dwmtj_widgets.labs.lessons.answers import Choice, Number
from dwmtj_widgets.labs.lessons.asking import Check, Exercise, Outcome, Prediction
from dwmtj_widgets.labs.lessons.figure import Figure, Measurement
from dwmtj_widgets.refusals import Refused

TOPICS: Final = ("one_wall", "one_neuron", "small_networks", "memory", "energy", "max_cut", "a_tune")
"""Topics of the lessons, in order; each has a module in `topics` and a notebook."""


@dataclass(frozen=True)
class Topic:
    """All questions of a lesson, and the functions that compute its answers."""

    question: str
    """The question of the prediction."""
    options: Sequence[str]
    right: int
    """Index of the option that comes true."""
    happened: Callable[[], str]
    """Returns what happened, from the engine's numbers."""
    check: Choice
    exercise: Number
    figure: Measurement


class Begun(Protocol):
    """An experiment with a flag that it has run."""

    @property
    def begun(self) -> bool:
        """Whether there is something to compare."""


Watched = TypeVar("Watched", bound=Begun)


class Lesson:
    """The question parts of a lesson; each is made when it is first shown.

    Parameters
    ----------
    number : int
        1 to 7.

    Raises
    ------
    Refused
        If there is no such lesson.
    """

    def __init__(self, number: int) -> None:
        if not isinstance(number, int) or not 1 <= number <= len(TOPICS):
            msg = f"There is no lesson {number!r}; there are lessons 1 to {len(TOPICS)}."
            raise Refused(msg)
        self.number = number
        self._experiments: list[Begun] = []
        module = import_module(f"dwmtj_widgets.labs.lessons.topics.{TOPICS[number - 1]}")
        self.topic: Topic = module.TOPIC

    def __repr__(self) -> str:
        return f"Lesson({self.number})"

    @cached_property
    def prediction(self) -> Prediction:
        """The prediction."""
        return Prediction(self.topic.question, self.topic.options)

    @cached_property
    def outcome(self) -> Outcome:
        """The prediction beside the outcome."""
        return Outcome(self.prediction, self.topic.right, self.topic.happened, self._begun)

    def watch(self, experiment: Watched) -> Watched:
        """Delay the comparison until an experiment has run; returns the experiment."""
        self._experiments.append(experiment)
        return experiment

    def _begun(self) -> bool:
        return not self._experiments or any(experiment.begun for experiment in self._experiments)

    @cached_property
    def figure(self) -> Figure:
        """The paper's figure, measured here."""
        return Figure(self.topic.figure, self.prediction)

    @cached_property
    def check(self) -> Check:
        """The final question."""
        return Check(self.topic.check)

    @cached_property
    def exercise(self) -> Exercise:
        """The exercise with a number to compute."""
        return Exercise(self.topic.exercise)
