"""Answers of the lessons agree with the engine and with closed forms, and hints do not give them away."""

import re

import pytest
from ipywidgets.widgets.widget import _instances
from visitors.lab import widgets_in
from visitors.lessons import FOLDER, NUMBERS

from dwmtj_widgets import Device
from dwmtj_widgets.labs.common.run.readings import phase_at
from dwmtj_widgets.labs.lessons.answers import Number, parsed
from dwmtj_widgets.labs.lessons.course import TOPICS, Lesson
from dwmtj_widgets.labs.lessons.cut_bench import CutBench
from dwmtj_widgets.labs.lessons.recall_bench import RecallBench
from dwmtj_widgets.labs.lessons.small_network import SmallNetwork
from dwmtj_widgets.labs.lessons.topics.memory import ends_of_random_inputs

NS, UA, MV = 1e-9, 1e-6, 1e-3


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
