"""The parts of the lessons that ask: answers are judged fairly, and outlive a reload."""

import re

import pytest
from visitors.lab import find, widgets_in
from visitors.lessons import press

from dwmtj_widgets.labs import lessons
from dwmtj_widgets.labs.lessons.answers import Choice, Number, Option
from dwmtj_widgets.labs.lessons.asking import Check, Exercise, Outcome, Prediction
from dwmtj_widgets.labs.lessons.course import Lesson
from dwmtj_widgets.labs.lessons.cut_bench import CutBench
from dwmtj_widgets.labs.lessons.recall_bench import RecallBench
from dwmtj_widgets.labs.lessons.small_network import SmallNetwork
from dwmtj_widgets.tasks.graphs import Graph, adjacency_of
from dwmtj_widgets.widgets.page.answer_keeper import AnswerKeeper

NS, UA, MV = 1e-9, 1e-6, 1e-3


def test_prediction_is_kept_and_compared(opened: list) -> None:
    prediction = Prediction("What?", ["this", "that", "neither"])
    outcome = Outcome(prediction, 1, lambda: "Because.")
    opened += [prediction, outcome]
    assert find(outcome.widget, "compare").disabled
    press(prediction, "keep")
    assert prediction.kept is None and "Choose one" in prediction.said.value
    prediction.choices.index = 2
    press(prediction, "keep")
    assert prediction.kept == 2 and prediction.choices.disabled
    prediction.choices.index = 1
    prediction.keep()
    assert prediction.kept == 2, "a prediction can not be changed"
    press(outcome, "compare")
    assert "neither" in outcome.said.value and "that" in outcome.said.value
    assert "otherwise" in outcome.said.value and "Because." in outcome.said.value


def keeper(part) -> AnswerKeeper:
    (found,) = (w for w in widgets_in(part.widget) if isinstance(w, AnswerKeeper))
    return found


def opens_with(part, text: object) -> None:
    """Let a page that has just opened bring what it kept."""
    keeper(part)._handle_custom_msg({"type": "kept", "text": text}, [])


def asking_parts() -> tuple[Prediction, Check, Exercise]:
    return (
        Prediction("What?", ["this", "that", "neither"]),
        Check(Choice("?", [Option("a", "Think of a."), Option("b", "Yes, b.")], 1)),
        Exercise(Number("?", lambda: 12.9 * NS, "s", ["First.", "Second."], "Well done.")),
    )


def test_answers_outlive_a_reload(opened: list, monkeypatch: pytest.MonkeyPatch) -> None:
    stored: dict[str, str] = {}
    monkeypatch.setattr(AnswerKeeper, "send", lambda self, sent: stored.update({self.name: sent["text"]}))
    prediction, check, exercise = before = asking_parts()
    opened += before
    for part in (check, exercise):
        press(part, "check-answer")
    press(prediction, "keep")
    exercise.field.value = "soon"
    press(exercise, "check-answer")
    assert stored == {}, "nothing was answered yet"
    prediction.choices.index = 2
    press(prediction, "keep")
    check.choices.index = 0
    press(check, "check-answer")
    exercise.field.value = " 12.9 ns "
    press(exercise, "check-answer")
    assert stored == {"prediction": "2", "check": "0", "exercise": "12.9 ns"}
    opens_with(check, "1")
    assert check.choices.index == 0, "a second view must not undo what was answered since"

    prediction, check, exercise = after = asking_parts()
    opened += after
    for part in after:
        opens_with(part, stored[keeper(part).name])
    assert prediction.kept == prediction.choices.index == 2 and prediction.choices.disabled
    assert prediction.keep_button.disabled and "Kept." in prediction.said.value
    assert check.choices.index == 0 and "Think of a." in check.said.value and not check.solved
    assert exercise.field.value == "12.9 ns" and exercise.solved
    outcome = Outcome(prediction, 1, lambda: "Because.")
    opened.append(outcome)
    press(outcome, "compare")
    assert "neither" in outcome.said.value

    # A second view brings what was kept earlier.
    check.choices.index = 1
    press(check, "check-answer")
    for part, older in zip(after, ("0", "0", "5"), strict=True):
        opens_with(part, older)
    assert prediction.kept == 2 and check.choices.index == 1 and exercise.field.value == "12.9 ns"


@pytest.mark.parametrize(
    "forged", ["3", "-1", "01", " 1", "1.0", "this", "", "9" * 5000, "<img src=x>", 1, True, None, ["1"], {}]
)
def test_forged_answers_are_ignored(forged: object, opened: list) -> None:
    prediction, check, exercise = parts = asking_parts()
    opened += parts
    sent = {"type": "kept", "text": forged}
    for part in (prediction, check):
        # Called itself, as ipywidgets logs errors of its callbacks and goes on.
        keeper(part)._receive(None, sent, [])
        assert part.choices.index is None and part.said.value == ""
    assert prediction.kept is None and check.tries == 0
    keeper(exercise)._receive(None, "kept", [])
    if not isinstance(forged, str) or not re.fullmatch(
        r"\s*-?[\d.]{1,20}", forged
    ):  # a number may be an answer
        keeper(exercise)._receive(None, sent, [])
        assert exercise.field.value == "" and exercise.said.value == ""
    prediction.choices.index = 1
    press(prediction, "keep")
    assert prediction.kept == 1


def test_a_reload_says_that_the_experiment_must_run_again(opened: list) -> None:
    lesson = Lesson(1)
    part = lesson.watch(lessons.OneWall())
    opened += [lesson.prediction, lesson.outcome, part]
    opens_with(lesson.prediction, "0")
    assert "run it once more, then compare" in lesson.outcome.said.value
    press(part, "step")
    press(lesson.outcome, "compare")
    assert "What happened" in lesson.outcome.said.value


def test_a_sparse_graph_is_given_the_cause_of_its_poor_cut(opened: list) -> None:
    part = CutBench()
    opened.append(part)
    press(part, "instant")
    assert part.cause.value == "", "the lesson's own graph is divided"
    ring = adjacency_of(8, [(k, (k + 1) % 8) for k in range(8)])
    part.session.set_graph(Graph("ring", ring))
    part.desk.resized()
    assert part.cause.value == "", "nothing has run"
    press(part, "instant")
    assert part.session.cut_of(part.session.simulation.soma) < 8
    assert part.cause.value.startswith("Missing edges attract more than edges repel")


def test_comparison_waits_for_the_experiment(opened: list) -> None:
    lesson = Lesson(1)
    part = lesson.watch(lessons.OneWall())
    opened += [lesson.prediction, lesson.outcome, part]
    lesson.prediction.choices.index = 0
    press(lesson.prediction, "keep")
    press(lesson.outcome, "compare")
    assert "run the experiment above first" in lesson.outcome.said.value
    assert "What happened" not in lesson.outcome.said.value
    press(part, "step")
    press(lesson.outcome, "compare")
    assert "What happened" in lesson.outcome.said.value


@pytest.mark.parametrize(
    "kind", [SmallNetwork, RecallBench, CutBench, lessons.EnergyBench, lessons.TuneBench]
)
def test_experiments_know_whether_they_have_run(kind, opened: list) -> None:
    part = kind()
    opened.append(part)
    assert not part.begun
    if kind is lessons.EnergyBench:
        press(part, "keep-run")
    else:
        press(part, "instant")
    if kind is lessons.TuneBench:
        assert not part.begun, "training is not what is asked about"
        press(part, "generate")
        press(part, "instant")
    assert part.begun


def test_figures_wait_for_the_prediction(opened: list) -> None:
    """Else lesson 2 marks the 44 nm that its prediction asks for."""
    lesson = Lesson(2)
    opened += [lesson.figure, lesson.prediction]
    assert not lesson.figure.charts
    lesson.prediction.choices.index = 0
    press(lesson.prediction, "keep")
    assert lesson.figure.charts


def test_prediction_that_comes_true_says_so(opened: list) -> None:
    prediction = Prediction("What?", ["this", "that"])
    outcome = Outcome(prediction, 0, lambda: "")
    opened += [prediction, outcome]
    outcome.compare()
    assert "First keep" in outcome.said.value, "there is nothing to compare yet"
    prediction.choices.index = 0
    press(prediction, "keep")
    press(outcome, "compare")
    assert "It came true." in outcome.said.value
    with pytest.raises(ValueError, match="Option 2 comes true"):
        Outcome(prediction, 2, lambda: "")


def test_check_refuses_wrong_with_its_own_hint_and_accepts_right(opened: list) -> None:
    part = Check(
        Choice("?", [Option("a", "Think of a."), Option("b", "Yes, b."), Option("c", "Think of c.")], 1)
    )
    opened.append(part)
    press(part, "check-answer")
    assert "Choose one" in part.said.value and part.tries == 0
    part.choices.index = 0
    press(part, "check-answer")
    press(part, "check-answer")
    assert "Think of a." in part.said.value and "Not yet." in part.said.value
    assert part.tries == 1 and not part.solved, "the same wrong answer twice counts once"
    part.choices.index = 1
    press(part, "check-answer")
    assert part.solved and "Right." in part.said.value and "Yes, b." in part.said.value


def test_exercise_gives_hints_one_after_the_other(opened: list) -> None:
    number = Number("?", lambda: 12.9 * NS, "s", ["First.", "Second."], "Well done.")
    part = Exercise(number)
    opened.append(part)
    for typed, said, tries in (
        ("", "Type a number in ns", 0),
        ("one", "not a number", 0),
        ("nan", "not a number", 0),
        ("5", "First.", 1),
        ("5", "First.", 1),
        ("6", "Second.", 2),
        ("7", "Second.", 3),
        ("8 V", "not the unit", 3),
    ):
        part.field.value = typed
        press(part, "check-answer")
        assert said in part.said.value, (typed, part.said.value)
        assert part.tries == tries and not part.solved
    assert "12.9" not in part.said.value
    part.field.value = "12.8"
    part.field._handle_custom_msg({"event": "submit"}, [])
    assert part.solved and "Well done." in part.said.value


def test_hostile_answers_do_not_become_markup(opened: list) -> None:
    part = Exercise(Number("?", lambda: 1.0, "s", ["Think."], "Yes."))
    opened.append(part)
    part.field.value = "<img src=x onerror=alert(1)>"
    press(part, "check-answer")
    assert "<img" not in part.said.value and "&lt;img" in part.said.value
