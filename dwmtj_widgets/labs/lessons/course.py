"""The seven lessons: which there are, and the parts of each that ask, compare, check and measure."""

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
"""Topics of the lessons, in their order; each has a module in `topics` and a notebook."""


@dataclass(frozen=True)
class Topic:
    """All that a lesson asks, and what its answers are made from."""

    question: str
    """To predict first."""
    options: Sequence[str]
    right: int
    """Number of the option that comes true."""
    happened: Callable[[], str]
    """Says from the engine's numbers what happened."""
    check: Choice
    exercise: Number
    figure: Measurement


class Begun(Protocol):
    """An experiment that knows whether it has run."""

    @property
    def begun(self) -> bool:
        """Whether there is something to compare."""


Watched = TypeVar("Watched", bound=Begun)


class Lesson:
    """The parts of a lesson that ask and answer; each is made when it is first shown.

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
        """The question to predict first."""
        return Prediction(self.topic.question, self.topic.options)

    @cached_property
    def outcome(self) -> Outcome:
        """What was predicted beside what happened."""
        return Outcome(self.prediction, self.topic.right, self.topic.happened, self._begun)

    def watch(self, experiment: Watched) -> Watched:
        """Let the comparison wait until an experiment has run; returns the experiment."""
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
        """The question at the end."""
        return Check(self.topic.check)

    @cached_property
    def exercise(self) -> Exercise:
        """The number to work out."""
        return Exercise(self.topic.exercise)
