"""The lessons: every notebook runs, answers are judged fairly, and the engine agrees with closed forms."""

import json
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import nbformat
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ipywidgets import HTML, Button
from ipywidgets.widgets.widget import _instances
from lab_visitor import find, widgets_in
from nbclient import NotebookClient
from reference import ROOT

from dwmtj_widgets import Device, Network, Simulation, cut_value
from dwmtj_widgets.labs import lessons
from dwmtj_widgets.labs.common.run.readings import phase_at
from dwmtj_widgets.labs.lessons.answers import Choice, Number, Option, parsed
from dwmtj_widgets.labs.lessons.asking import Check, Exercise, Outcome, Prediction
from dwmtj_widgets.labs.lessons.course import TOPICS, Lesson
from dwmtj_widgets.labs.lessons.cut_bench import CutBench
from dwmtj_widgets.labs.lessons.recall_bench import RecallBench
from dwmtj_widgets.labs.lessons.small_network import SmallNetwork
from dwmtj_widgets.labs.lessons.topics.memory import ends_of_random_inputs
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.server.gallery import exhibits
from dwmtj_widgets.sessions.lessons import one_neuron as one_neuron_session
from dwmtj_widgets.sessions.lessons import tune as tune_session
from dwmtj_widgets.sessions.lessons.cut import EDGES, CutSession, ends_of, lesson_graph, start_of
from dwmtj_widgets.sessions.lessons.energy import EnergySession
from dwmtj_widgets.sessions.lessons.one_neuron import OneNeuronSession
from dwmtj_widgets.sessions.lessons.one_wall import OneWallSession
from dwmtj_widgets.sessions.lessons.small_network import SmallSession
from dwmtj_widgets.sessions.lessons.tune import PERIOD, TuneSession
from dwmtj_widgets.tasks.graphs import Graph, adjacency_of
from dwmtj_widgets.units import quantity
from dwmtj_widgets.widgets.page.answer_keeper import AnswerKeeper

FOLDER = ROOT / "notebooks" / "lessons"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
NS, UA, MV = 1e-9, 1e-6, 1e-3
MOBILITY = Device().mobility
NUMBERS = range(1, len(TOPICS) + 1)


def hints_of(number: int) -> list[str]:
    """Return all that a student can be told before the right answer, in check and exercise."""
    topic = Lesson(number).topic
    wrong = [o.feedback for k, o in enumerate(topic.check.options) if k != topic.check.right]
    return [*wrong, *topic.exercise.hints]


# -- the notebooks -----------------------------------------------------------------------------------------------


def test_there_are_seven_lessons_in_the_gallery_and_the_solutions_are_not() -> None:
    assert [path.stem for path in NOTEBOOKS] == [f"{k:02d}_{name}" for k, name in enumerate(TOPICS, 1)]
    shown = {item.name: item for item in exhibits()}
    for number, path in enumerate(NOTEBOOKS, 1):
        item = shown[f"lessons/{path.stem}"]
        assert item.order == number and item.title.startswith(f"{number} · ")
    assert not any("solution" in name or "teacher" in name for name in shown)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_lesson_runs_from_top_to_bottom(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    NotebookClient(
        notebook, timeout=60, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}
    ).execute()
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(code) == 6
    for cell in code:
        shown = [mime for output in cell.outputs for mime in output.get("data", {})]
        assert "application/vnd.jupyter.widget-view+json" in shown, cell.source
        assert not any(output.output_type in ("error", "stream") for output in cell.outputs), cell.outputs


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_lesson_is_plain(path: Path) -> None:
    """A line or two of code a cell, no outputs kept, and links that lead to lessons that are there."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        text = "".join(cell["source"])
        if cell["cell_type"] == "code":
            assert cell["outputs"] == [] and cell["execution_count"] is None
            assert len([line for line in text.splitlines() if line.strip()]) <= 3
        for target in re.findall(r"\]\(([^)]+)\)", text):
            assert (FOLDER / target).is_file(), target
    joined = "\n".join("".join(cell["source"]) for cell in notebook["cells"])
    for part in ("lesson.prediction", "lesson.outcome", "lesson.figure", "lesson.check", "lesson.exercise"):
        assert part in joined


# -- the solutions -----------------------------------------------------------------------------------------------


def solutions() -> list[str]:
    text = (FOLDER / "solutions.md").read_text(encoding="utf-8")
    return re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("number", NUMBERS)
def test_solutions_worked_by_hand_agree_with_the_engine(number: int) -> None:
    """Closed forms with rounded inputs against the engine, well inside the tolerance that a student has."""
    assert len(solutions()) == len(TOPICS)
    found: dict[str, float] = {}
    exec(solutions()[number - 1], found)
    topic = Lesson(number).topic
    assert found["answer"] == pytest.approx(topic.exercise.answer, rel=2e-3, abs=0)
    assert found["prediction"] == topic.right + 1
    assert found["check"] == topic.check.right + 1


@pytest.mark.parametrize("kind", [SmallNetwork, RecallBench, CutBench])
def test_a_closed_experiment_leaves_no_widget(kind) -> None:
    kind().close()  # what all share is there now
    before = set(_instances)
    bench = kind()
    assert bench.news.region in widgets_in(bench.widget), "the run's end is said to those who listen"
    bench.close()
    assert sorted(type(_instances[key]).__name__ for key in set(_instances) - before) == []
    bench.close()  # twice is no error


def test_table_neuron_and_phase_agree_on_when_loading_ends() -> None:
    bench = SmallNetwork()
    session = bench.session
    session.step(session.simulation.load_time)
    for index in (-2, -1):
        moment = session.recording[index]
        loading = session.simulation.loading_at(moment.time)
        assert (phase_at(session.simulation, moment) == "load") == loading
        assert (bench.desk._load_voltage(moment) is not None) == loading
    assert session.simulation.phase == "load"
    assert session.simulation.time == session.simulation.load_time
    moment = session.simulation.moment
    assert bench.desk._load_voltage(moment) == session.dendrites(moment)[0] == 0.1
    session.step(0.1 * NS)
    assert bench.desk._load_voltage(session.simulation.moment) is None
    assert session.simulation.phase == "run"
    bench.close()


def test_answers_of_the_engine_are_the_closed_forms() -> None:
    answers = [Lesson(number).topic.exercise.answer for number in NUMBERS]
    device = Device()
    crossing = 60e-9 / (device.mobility * 12 * UA + device.axon_leak)
    rule = 5.0 / device.mobility * (24 * 1250.0 + 2000.0)
    supply = 5.0 / device.mobility * (99 * 1250.0 + 2000.0)
    returning = 100e-9 / (5.0 - device.mobility * supply / (2000.0 * 99 + 2000.0))
    assert answers[0] == pytest.approx(crossing, abs=2e-12, rel=0)  # in steps of 1 ps
    assert answers[1] == pytest.approx(rule, rel=1e-12)
    assert answers[2] == pytest.approx(50 * MV, rel=1e-12)
    assert answers[3] == pytest.approx(-100 * MV, rel=1e-12)
    assert answers[4] == pytest.approx(returning, rel=1e-12)
    assert answers[5] == 7.0
    # The second torque tilts the magnetization a little out of the plane.
    assert answers[6] == pytest.approx(0.5**0.5, rel=2e-3)


@pytest.mark.parametrize("number", NUMBERS)
def test_hints_do_not_give_the_answer_away(number: int) -> None:
    topic = Lesson(number).topic
    exercise = topic.exercise
    digits = re.sub(
        r"[^\d.]", "", exercise.judge(f"{exercise.answer / exercise_factor(exercise):.9g}", 0).text[:12]
    )
    assert len(exercise.hints) >= 3
    for hint in exercise.hints:
        assert f" {digits} " not in f" {hint} "
    right = topic.check.options[topic.check.right].text.rstrip(".").lower()
    for k, option in enumerate(topic.check.options):
        assert option.feedback.endswith((".", "?"))
        if k != topic.check.right and len(right) > 6:
            assert right not in option.feedback.lower()


def exercise_factor(exercise: Number) -> float:
    """Return the SI value of one of the exercise's display unit."""
    return parsed("1", exercise.unit, exercise.name)


@pytest.mark.parametrize("number", NUMBERS)
def test_exercise_accepts_its_answer_and_refuses_others(number: int) -> None:
    exercise = Lesson(number).topic.exercise
    shown = exercise.answer / exercise_factor(exercise)
    assert exercise.judge(f"{shown:.6g}", 0).verdict == "right"
    assert exercise.judge(f"{shown:.6g} {exercise.symbol}", 0).verdict == "right"
    near = 1.0 + 0.9 * exercise.tolerance
    assert exercise.judge(f"{shown * near:.12g}", 0).verdict == "right"
    for factor in (1.0 + 1.1 * exercise.tolerance + 1e-6, 0.5, -1.0, 1000.0, 0.0):
        said = exercise.judge(f"{shown * factor:.12g}", 0)
        assert said.verdict == "wrong", factor
    assert "sign" in exercise.judge(f"{-shown:.12g}", 0).text
    assert "powers of ten" in exercise.judge(f"{shown * 1000:.12g}", 0).text


@pytest.mark.parametrize("number", NUMBERS)
def test_what_happened_is_what_the_right_option_says(number: int) -> None:
    """The text comes from the engine; its numbers must be those that the options name."""
    topic = Lesson(number).topic
    said = topic.happened()
    wanted = {
        1: ["20 ns", "8 ns", "12 ns"],
        2: ["44 nm", "1250 Ω"],
        3: ["OFF and OFF"],
        4: ["200 random inputs"],
        5: ["73.2 ns", "71.5 ns", "3.5 times"],
        6: ["11 cut edges"],
        7: ["ppm"],
    }
    assert all(text in said for text in wanted[number]), said


def test_five_of_six_random_inputs_end_in_a_memory_or_its_inverse() -> None:
    stored, inverse, neither = ends_of_random_inputs()
    assert stored + inverse + neither == 200
    assert (stored + inverse) / 200 == pytest.approx(5 / 6, abs=0.03)


# -- numbers as people type them ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("4.7", "A", 4.7e-6),
        ("4,7 µA", "A", 4.7e-6),
        ("4.7uA", "A", 4.7e-6),
        ("0.0047 mA", "A", 4.7e-6),
        (" 12.9 ns ", "s", 12.9e-9),
        ("1.29e-8 s", "s", 12.9e-9),
        ("−50", "V", -0.05),
        ("+.05 V", "V", 0.05),
        ("1250 ohm", "ohm", 1250.0),
        ("1.25 kΩ", "ohm", 1250.0),
        ("20 %", "%", 0.2),
        ("0.707", "1", 0.707),
        ("3 m/s", "m/s", 3.0),
    ],
)
def test_typed_numbers_are_understood(text: str, unit: str, value: float) -> None:
    assert parsed(text, unit) == pytest.approx(value, rel=1e-12, abs=0.0)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "nan",
        "NaN",
        "inf",
        "-inf",
        "abc",
        "1..2",
        "1e999",
        "4.7 V",
        "4.7 xA",
        "4.7 µ",
        "1,000",
        "()",
        "1" * 99,
    ],
)
def test_typed_nonsense_is_refused_with_a_sentence_and_is_no_wrong_answer(text: str) -> None:
    number = Number("?", lambda: 4.7e-6, "A", ["Think."], "Yes.")
    said = number.judge(text, 0)
    assert said.verdict == "unread"
    assert "µA" in said.text or "comma" in said.text
    assert said.text.endswith(".")


@given(st.text(max_size=80))
def test_any_text_is_judged_without_a_crash(text: str) -> None:
    number = Number("?", lambda: 4.7e-6, "A", ["Think."], "Yes.")
    assert number.judge(text, 0).verdict in ("right", "wrong", "unread")


@given(st.floats(min_value=1e-3, max_value=1e3), st.sampled_from(["s", "V", "A", "J", "ohm", "1", "%"]))
def test_what_is_shown_can_be_typed(value: float, unit: str) -> None:
    from dwmtj_widgets.units import from_shown, quantity

    si = from_shown(value, unit)
    assert parsed(quantity(si, unit, digits=15), unit) == pytest.approx(si, rel=1e-12, abs=0.0)


def test_questions_that_make_no_sense_are_refused() -> None:
    option = Option("a", "b.")
    with pytest.raises(ValueError, match="right option is number 2"):
        Choice("?", [option, option], 2)
    with pytest.raises(ValueError, match="needs a hint"):
        Number("?", lambda: 1.0, "s", [], "Yes.")
    with pytest.raises(ValueError, match="There is no lesson 8; there are lessons 1 to 7"):
        Lesson(8)
    with pytest.raises(AttributeError, match="no attribute"):
        _ = lessons.Nothing


# -- the parts that ask ------------------------------------------------------------------------------------------


@pytest.fixture
def opened() -> Iterator[list]:
    """Give a list; what is put into it is closed at the end."""
    parts: list = []
    yield parts
    for part in parts:
        part.close()
        assert part.widget.comm is None, "a closed part keeps its widgets"


def press(part, name: str) -> None:
    button = find(part.widget, name)
    assert isinstance(button, Button) and not button.disabled, name
    button.click()


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


# -- one wall ----------------------------------------------------------------------------------------------------


@given(st.floats(-20, 40), st.floats(-10, -1), st.floats(0, 1), st.floats(0.01, 60))
def test_wall_moves_as_the_formula_says(current: float, leak: float, start: float, time: float) -> None:
    session = OneWallSession(current=current * UA, position=start)
    session.set_leak(leak)
    session.step(time * NS)
    moved = start + (MOBILITY * current * UA + leak) * time * NS / 100e-9
    assert session.position == pytest.approx(min(max(moved, 0.0), 1.0), abs=1e-9)
    assert session.time == pytest.approx(time * NS, rel=1e-9, abs=0.0)
    assert 500.0 <= session.resistance <= 2000.0


def test_wall_of_the_experiment_agrees_with_the_engine() -> None:
    """The same wall as the soma of a network that is being loaded."""
    session = OneWallSession(Device(axon_leak=-1e-3), current=0.1 / 2000.0, position=0.0)
    device = Device(soma_leak=-1e-3)
    run = Simulation(Network(np.zeros((2, 2)), device), [1, 1])
    for _ in range(5):
        session.step(0.3 * NS)
        run.step(0.3 * NS)
        assert session.position == pytest.approx(run.soma[0], abs=1e-9)


def test_wall_reports_rest_and_refuses_what_never_ends() -> None:
    session = OneWallSession()
    assert session.velocity == 0.0 and session.free_velocity > 0.0, "held at the ON end"
    session.set_current(0.0)
    session.finish()
    assert (session.position, session.resistance) == (0.0, 2000.0)
    assert session.time == pytest.approx(20 * NS, abs=1e-15)
    balanced = OneWallSession(current=5.0 / MOBILITY, position=0.5)
    assert abs(balanced.free_velocity) < 1e-12
    balanced.current = -balanced.device.axon_leak / balanced.device.mobility
    if balanced.free_velocity == 0.0:
        with pytest.raises(Refused, match="cancel"):
            balanced.finish()
    with pytest.raises(Refused, match="Current is"):
        session.set_current(float("nan"))
    with pytest.raises(Refused, match="Axon leak velocity"):
        session.set_leak(1.0)
    assert session.current == 0.0 and session.device.axon_leak == -5.0


@pytest.mark.parametrize("step", [0.00167, 0.067, 0.1, 1.3])
def test_record_of_a_wall_spans_its_chart_whatever_the_steps(step: float) -> None:
    session = OneWallSession()
    while session.time < 45 * NS:
        session.step(step * NS)
    times, resistances = session.record
    assert times[-1] == session.time and times.size == resistances.size
    assert times[-1] - times[0] >= 40 * NS
    assert np.diff(times[:-1]).min() > 0.0999 * NS
    assert np.diff(times).max() < 0.2 * NS


def test_wall_part_follows_its_controls_and_its_clock(opened: list) -> None:
    part = lessons.OneWall()
    opened.append(part)
    assert find(part.widget, "run").description == "▶ Run"
    press(part, "current-off")
    assert part.session.current == 0.0 and part.current.value == 0.0
    press(part, "run")
    assert part.desk.clock.playing
    for _ in range(5):
        part.desk._frame(0.1)
    assert part.session.time == pytest.approx(5 * 0.1 * 2 * NS, rel=1e-9, abs=0.0)
    shown = f"{100 - 5.0:.1f} nm" in part.readout.widget.value
    assert shown or part.session.place == pytest.approx(95e-9, rel=1e-6, abs=0.0)
    press(part, "instant")
    assert not part.desk.clock.playing and "2000 Ω" in part.readout.widget.value
    before = part.drawing.value
    press(part, "reset")
    assert part.session.position == 1.0 and part.drawing.value != before


def test_wall_at_rest_goes_on_when_its_current_is_changed(opened: list) -> None:
    """Else 3 µA shows 0.00 m/s beside a wall that would move, as if it were too weak to move one."""
    part = lessons.OneWall()
    opened.append(part)
    assert not part.begun
    part.current.value = 0.0
    press(part, "run")
    while part.desk.clock.playing:
        part.desk._frame(1.0)
    assert part.begun and part.session.position == 0.0
    part.current.value = 10e-6
    assert part.desk.clock.playing
    part.desk._frame(10.0)
    assert part.session.position == 1.0
    part.current.value = 3e-6
    part.desk._frame(1.0)
    part.desk.refresh()
    assert "−1.81 m/s" in part.readout.widget.value.replace("-", "−")
    press(part, "pause")
    part.current.value = 4e-6
    assert not part.desk.clock.playing, "a person has held it"
    part.session.position = 0.0
    part.desk.refresh()
    assert "Current + leak" in part.readout.widget.value and "held at the end" in part.readout.widget.value


def test_wall_that_rests_lets_the_kernel_rest(opened: list) -> None:
    part = lessons.OneWall()
    opened.append(part)
    press(part, "run")
    for _ in range(200):
        if not part.desk.clock.playing:
            break
        part.desk._frame(0.1)
    assert not part.desk.clock.playing
    assert part.session.time == pytest.approx(20 * NS, abs=0.3 * NS)


# -- one neuron --------------------------------------------------------------------------------------------------


@given(st.integers(3, 100), st.floats(0, 1))
def test_neuron_has_the_currents_of_the_network(size: int, soma: float) -> None:
    session = OneNeuronSession(size)
    network = Network(np.zeros((size, size)))
    wanted = network.axon_velocity(np.full(size, soma))[0, 1]
    assert session.axon_velocity(soma) == pytest.approx(wanted, rel=1e-9, abs=1e-9)
    assert session.supply == pytest.approx(network.supply_voltage, rel=1e-12)


@pytest.mark.parametrize("size", [3, 10, 100])
def test_threshold_lies_at_44_nm_whatever_the_size(size: int) -> None:
    session = OneNeuronSession(size)
    assert session.threshold() == pytest.approx(0.44, abs=1e-12)
    session.set_supply_share(2.0)
    assert np.isnan(session.threshold()), "twice the supply, and an OFF soma fires too"


def test_neuron_run_agrees_with_the_engine() -> None:
    """The experiment's neuron beside a neuron of the network while it is loaded."""
    session = OneNeuronSession(10)
    session.set_voltage(0.1)
    run = Simulation(Network(np.zeros((10, 10))), [1] * 10)
    for _ in range(10):
        session.step(1.0 * NS)
        run.step(1.0 * NS)
        assert session.soma == pytest.approx(run.soma[0], abs=1e-3)
        assert session.axon == pytest.approx(run.axon[0, 1], abs=5e-3)


def test_neuron_run_builds_one_network(monkeypatch: pytest.MonkeyPatch) -> None:
    built = []
    monkeypatch.setattr(one_neuron_session, "Network", lambda *parts: built.append(parts) or Network(*parts))
    one_neuron_session._network.cache_clear()
    session = OneNeuronSession(50)
    session.set_voltage(0.1)
    session.finish()
    assert session.axon == 1.0 and len(built) == 1
    assert session.rule == Network(np.zeros((50, 50))).supply_voltage
    session.set_size(20)
    assert session.rule == Network(np.zeros((20, 20))).supply_voltage
    one_neuron_session._network.cache_clear()


def test_neuron_part_shows_only_what_was_seen(opened: list) -> None:
    part = lessons.OneNeuron()
    opened.append(part)
    assert part.plot._chart["marks"] == [], "the threshold would answer the prediction"
    part.voltage.value = 10 * MV
    press(part, "instant")
    assert part.session.soma == 1.0 and part.session.axon == 1.0
    (mark,) = part.plot._chart["marks"]
    assert mark["label"] == "44.0 nm"
    part.size.value = 25
    assert part.session.size == 25 and "150.4 mV" in part.readout.widget.value


# -- small networks ----------------------------------------------------------------------------------------------


def test_small_network_is_the_engine_s() -> None:
    session = SmallSession([[0.0, -0.1], [-0.1, 0.0]], [1, 0])
    session.finish()
    assert session.simulation.bits.tolist() == [0, 0]
    session.set_weight(0, 1, 0.1)
    assert session.weights[1, 0] == 0.1
    session.reset()
    session.finish()
    assert session.simulation.bits.tolist() == [1, 1]
    with pytest.raises(Refused, match="W from 1 to 2"):
        session.set_weight(0, 1, 9.0)
    with pytest.raises(Refused, match=r"diagonal|itself"):
        session.set_weight(1, 1, 0.1)
    assert session.weights[0, 1] == 0.1


@pytest.mark.parametrize("loaded", list(product([0, 1], repeat=3)))
def test_three_neurons_end_where_the_lesson_says(loaded: tuple[int, ...]) -> None:
    weights = np.array([[0, -1, 1], [-1, 0, -1], [1, -1, 0]]) * 0.1
    session = SmallSession(weights, loaded)
    session.finish()
    assert session.simulation.bits.tolist() == [1, 0, 1]


def test_small_network_part_compares_with_the_guess(opened: list) -> None:
    part = lessons.SmallNetwork()
    opened.append(part)
    find(part.widget, "w-1-2").value = -100.0
    assert part.session.weights[1, 0] == -0.1 and find(part.widget, "w-2-1").value == -100.0
    press(part, "guess-1")
    press(part, "guess-1")
    press(part, "guess-2")
    assert part.guess == [0, 1]
    press(part, "instant")
    assert "OFF OFF" in part.verdict.value and "otherwise" in part.verdict.value
    press(part, "guess-2")
    assert "As you predicted" in part.verdict.value
    find(part.widget, "w-1-2").value = 9e9
    assert "W from 1 to 2" in part.desk.error.value and find(part.widget, "w-1-2").value == -100.0
    find(part.widget, "size").value = 3
    assert part.session.size == 3 and len(part.guess) == 3
    find(part.widget, "load-3").value = True
    assert part.session.bits.tolist() == [1, 0, 1]


# -- memory, energy, cuts, tunes ---------------------------------------------------------------------------------


def test_recall_part_recalls_and_says_what(opened: list) -> None:
    part = lessons.RecallBench()
    opened.append(part)
    press(part, "instant")
    assert "memory 1" in part.verdict.value and "100 %" in part.verdict.value


def test_bill_adds_up_and_is_the_run_s() -> None:
    session = EnergySession()
    once = session.bill
    assert once.load_time <= once.decided_time <= once.time
    assert once.right == 1.0
    assert once.product == pytest.approx(once.time * once.energy.total, rel=1e-6, abs=0.0)
    assert once.energy.loading == pytest.approx(100 * 0.1**2 / 2000.0 * 16 * NS, rel=1e-6, abs=0.0)
    session.set(weight=0.2)
    assert session.bill.energy.total / once.energy.total == pytest.approx(3.5, abs=0.05)
    assert 0.95 < session.bill.time / once.time < 1.0
    with pytest.raises(Refused, match="Weight W"):
        session.set(weight=5.0)
    assert session.weight == 0.2
    session.keep()
    session.keep()
    assert len(session.kept) == 1, "the same recall is kept once"


def test_energy_part_keeps_runs(opened: list) -> None:
    part = lessons.EnergyBench()
    opened.append(part)
    press(part, "keep-run")
    part.weight.value = 0.2
    press(part, "keep-run")
    assert part.table.value.count("<tr>") == 3
    assert "83 nJ" in part.table.value
    press(part, "forget-runs")
    assert "listed here" in part.table.value


def test_lesson_s_graph_ends_in_two_local_optima() -> None:
    graph = lesson_graph()
    assert len(EDGES) == 14 and graph.optimum == 11.0
    network = Simulation(CutSession()._network(CutSession().drive), start_of(1, 8)).network
    seen = set()
    for number in range(1, 41):
        bits = Simulation(network, start_of(number, 8)).run().bits
        cut = cut_value(graph.adjacency, bits)
        gains = [
            cut_value(graph.adjacency, np.where(np.arange(8) == k, 1 - bits, bits)) - cut for k in range(8)
        ]
        assert max(gains) <= 0.0
        seen.add(float(cut))
    assert seen == {9.0, 11.0}
    ends = ends_of(graph, 40)
    assert 0.5 < ends[11.0] / 40 < 0.7


def test_cut_part_counts_each_end_once(opened: list) -> None:
    part = lessons.CutBench()
    opened.append(part)
    press(part, "instant")
    press(part, "another")
    press(part, "another")
    part.desk.refresh()
    assert sum(part.session.ends.values()) == 3
    assert "of 3" in part.tally.value
    square = np.array([[0.1, 0.1], [0.9, 0.1], [0.9, 0.9]]), np.array([[0, 1], [1, 2], [0, 2]]), np.ones(3)
    part._drawn(*square)
    assert part.session.graph.optimum == 2.0 and part.session.ends.total() == 0


def test_tune_is_learnt_and_kept() -> None:
    session = TuneSession()
    with pytest.raises(Refused, match="train it first"):
        session.set_free()
    session.finish()
    assert session.trained and session.left == 0
    session.set_free()
    session.step(3 * PERIOD)
    session.finish()
    found = session.heard()
    assert found is not None and found.error < 0.05 and abs(found.period_error) < 2e-3
    first, rows = session.record
    assert first + rows.shape[1] == session.samples
    assert np.isnan(rows[0]).all(), "the tune is gone"


def test_tune_run_in_small_steps_is_the_same() -> None:
    whole, steps = TuneSession(size=12), TuneSession(size=12)
    whole.finish()
    steps.train()
    while steps.left:
        steps.step(7.3 * NS)
    np.testing.assert_array_equal(whole.record[1], steps.record[1])


def test_tune_part_goes_from_training_to_playing(opened: list) -> None:
    part = lessons.TuneBench()
    opened.append(part)
    assert find(part.widget, "generate").disabled
    press(part, "train")
    press(part, "instant")
    assert "has learnt" in part.readout.widget.value
    press(part, "generate")
    assert "let go" in part.readout.widget.value
    press(part, "instant")
    assert (
        "plays by itself" in part.readout.widget.value and "with the phase fixed" in part.readout.widget.value
    )
    press(part, "kick")
    press(part, "instant")
    assert "plays by itself" in part.readout.widget.value, "a kick is forgotten"
    assert find(part.widget, "mend").disabled
    press(part, "cut-one")
    assert ">39<" in part.readout.widget.value
    press(part, "instant")
    assert "plays by itself" not in part.readout.widget.value
    press(part, "mend")
    assert ">40<" in part.readout.widget.value
    press(part, "shape-sine")
    assert part.session.phase == "ready"


def test_flat_line_does_not_play() -> None:
    session = TuneSession(size=12)
    session.finish()
    session.set_free()
    assert session.judgement == ""
    session.network.cut(range(12))
    session.finish()
    assert session.judgement == "silent"
    found = session.heard()
    assert found is not None and found.locked == 0
    session.restore()
    assert session.judgement == "" and session.network.alive.all()


def test_last_junction_is_not_cut() -> None:
    session = TuneSession(size=2)
    session.cut_one()
    with pytest.raises(Refused, match="press Restore"):
        session.cut_one()
    session.restore()
    session.cut_one()
    assert session.network.alive.sum() == 1


def test_tune_part_says_that_training_comes_first(opened: list) -> None:
    part = lessons.TuneBench()
    opened.append(part)
    for name in ("step", "run"):
        press(part, name)
        part.desk._frame(0.03)
        assert "train it first" in part.desk.error.value
        assert not part.desk.clock.playing
        press(part, "shape-sine")
        assert part.desk.error.value == ""


def test_every_single_step_of_a_tune_is_one_nanosecond(opened: list) -> None:
    part = lessons.TuneBench()
    opened.append(part)
    press(part, "train")
    assert "1 ns" in find(part.widget, "step").tooltip
    for samples in (5, 10, 15):
        press(part, "step")
        assert part.session.samples == samples
    assert part.session.time == pytest.approx(3 * NS, rel=1e-6, abs=0.0)


def test_tune_is_measured_thoroughly_once_and_at_the_end(
    opened: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured, quality = [], tune_session.quality
    monkeypatch.setattr(
        tune_session,
        "quality",
        lambda *signals, **more: measured.append(len(signals[0])) or quality(*signals, **more),
    )
    part = lessons.TuneBench(TuneSession(size=12))
    opened.append(part)
    session = part.session
    press(part, "instant")
    press(part, "generate")
    assert np.isnan(session.error())
    for _ in range(6):
        part.desk._frame(0.2)
        part.desk.refresh()
    assert session.left and not measured
    error = session.error()
    _first, (_target, output) = session.record
    assert error == pytest.approx(quality(output, session.one_period).error, rel=0.05)
    assert quantity(error, "%", decimals=1) in part.readout.widget.value
    press(part, "instant")
    part.desk.refresh()
    found = session.heard()
    assert found is not None and measured == [50 * 100]
    assert quantity(found.error, "%", decimals=1) in part.readout.widget.value
    assert "ppm" in part.readout.widget.value


@pytest.mark.parametrize("number", NUMBERS)
def test_figure_is_measured(number: int, opened: list) -> None:
    lesson = Lesson(number)
    lesson.prediction.kept = 0
    figure = lesson.figure
    opened += [figure, lesson.prediction]
    if not figure.charts:
        press(figure, "measure")
    assert figure.charts
    for chart in figure.charts:
        values = [value for curve in chart._chart["curves"] for value in curve["y"]]
        assert values and all(value is not None for value in values)
    captions = [w.value for w in figure.widget.children if isinstance(w, HTML)]
    assert any("paper" in text.lower() for text in captions)
