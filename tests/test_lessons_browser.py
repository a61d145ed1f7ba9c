"""Somebody who follows a lesson by its own instructions, in a real browser, gets to its end."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from browser_tools import Served, browser_context, record_requests, served

from dwmtj_widgets.labs.lessons.course import Lesson

STARTED = 60_000  # ms for a page on a busy machine


@pytest.fixture(scope="module")
def gallery() -> Iterator[Served]:
    with served(None) as server:
        yield server


@pytest.fixture(scope="module")
def context() -> Iterator:
    with browser_context() as context:
        yield context


class Student:
    """An open lesson: a Playwright page, what it complained of and whom it asked."""

    def __init__(self, page) -> None:
        self.page = page
        self.asked = record_requests(page)
        self.complaints: list[str] = []
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda line: self.complaints.append(line.text) if line.type == "error" else None)

    def opened(self) -> None:
        """Wait until the last part of the lesson is there."""
        self.page.wait_for_selector(".dwmtj-exercise .dwmtj-check-answer", timeout=STARTED)

    def text(self, selector: str) -> str:
        return self.page.inner_text(selector)

    def number(self, name: str) -> float:
        return float(self.text(f".dwmtj-{name}").split()[0])

    def wait(self, condition: str) -> None:
        """Wait until an expression is true; polls by the clock, as a page may be told that it is hidden."""
        self.page.wait_for_function(f"() => ({condition})", polling=40)

    def wait_said(self, part: str, text: str) -> None:
        self.wait(f"document.querySelector('.dwmtj-{part}').textContent.includes({text!r})")

    def choose(self, part: str, number: int) -> None:
        self.page.locator(f".dwmtj-{part} input[type=radio]").nth(number).check()

    def instructed(self, word: str) -> bool:
        """Whether the lesson's own text tells to press this."""
        words = self.page.locator(".jp-MarkdownCell li strong").all_inner_texts()
        return word in words

    def close(self) -> None:
        """Close the page; it has to have been quiet and private."""
        self.page.close()
        hosts = {urlsplit(a).hostname for a in self.asked if not a.startswith(("blob:", "data:"))}
        assert self.complaints == []
        assert hosts == {"127.0.0.1"}


def type_in(student: Student, name: str, number: float) -> None:
    """Type a number into a slider's read-out."""
    student.page.click(f".dwmtj-{name} .widget-readout")
    student.page.keyboard.press("Control+A")
    student.page.keyboard.type(f"{number:g}")
    student.page.keyboard.press("Enter")


def test_lesson_one_followed_by_its_own_instructions_reaches_its_check(gallery: Served, context) -> None:
    student = Student(context.new_page())
    page = student.page
    page.goto(gallery.address)
    page.click(".dwmtj-exhibit:has-text('One wall, one junction')")
    student.opened()
    assert page.url.endswith("/lessons/01_one_wall")
    assert page.title().startswith("1 · One wall")
    assert page.evaluate("document.scrollingElement.scrollWidth") == 1280
    topic = Lesson(1).topic

    # Predict, wrongly, as most do; before, there is nothing to compare.
    assert page.is_disabled(".dwmtj-compare")
    student.choose("prediction", 1)
    page.click(".dwmtj-keep")
    student.wait_said("prediction", "Kept.")
    assert page.is_disabled(".dwmtj-keep")

    # Try it: 1. press Run, 2. press Current off.
    assert student.instructed("Run") and student.instructed("Current off")
    assert student.number("resistance") == 500
    page.click(".dwmtj-run")
    student.wait("parseFloat(document.querySelector('.dwmtj-time').textContent) > 0.5")
    assert student.number("place") == 100.0, "the current holds the wall"
    page.click(".dwmtj-current-off")
    student.wait("parseFloat(document.querySelector('.dwmtj-place').textContent) < 95")
    assert student.number("resistance") == 500, "the wall is not under the junction yet"
    page.click(".dwmtj-instant")
    student.wait("parseFloat(document.querySelector('.dwmtj-resistance').textContent) === 2000")
    assert student.number("place") == 0.0
    # 3. set the current to 10 µA, then to 3 µA; read the velocity. 4. find where it stands still.
    for current, velocity in ((10, 5.64), (4.7, 0.0), (3, 0.0)):
        type_in(student, "current", current)
        student.wait(f"parseFloat(document.querySelector('.dwmtj-velocity').textContent) === {velocity}")

    # Compare.
    page.click(".dwmtj-compare")
    student.wait_said("outcome", "otherwise")
    said = student.text(".dwmtj-outcome")
    assert topic.options[1] in said and topic.options[2] in said and "8 ns" in said

    # Check: a wrong answer gets a hint, the right one is accepted.
    student.choose("check", 1)
    page.click(".dwmtj-check .dwmtj-check-answer")
    student.wait_said("check", "Not yet.")
    assert topic.check.options[1].feedback in student.text(".dwmtj-check")
    student.choose("check", 2)
    page.click(".dwmtj-check .dwmtj-check-answer")
    student.wait_said("check", "Right.")

    # Exercise: nonsense, a wrong number, the right one with the Enter key.
    field = ".dwmtj-answer input"
    for typed, said in (("soon", "not a number"), ("12.9", topic.exercise.hints[0]), ("7.73 ns", "Right.")):
        page.fill(field, typed)
        page.press(field, "Enter")
        student.wait_said("exercise", said)

    # On to the next lesson, and home.
    page.click("a:has-text('2 · One neuron')")
    student.opened()
    assert page.url.endswith("/lessons/02_one_neuron")
    page.click(".dwmtj-home")
    page.wait_for_selector("h1:has-text('Spintronic')")
    student.close()


def test_lesson_six_divides_its_graph(gallery: Served, context) -> None:
    student = Student(context.new_page())
    page = student.page
    page.goto(gallery.address + "lessons/06_max_cut")
    student.opened()
    page.wait_for_selector(".dwmtj-graph canvas[data-nodes='8']", timeout=STARTED)
    page.click(".dwmtj-instant")
    student.wait("document.querySelector('.dwmtj-cut').textContent === '11'")
    for _ in range(3):
        page.click(".dwmtj-another")
    student.wait_said("tally", "of 4")
    page.fill(".dwmtj-answer input", "7")
    page.click(".dwmtj-exercise .dwmtj-check-answer")
    student.wait_said("exercise", "Right.")
    student.close()


def test_lesson_fits_a_phone(gallery: Served, context) -> None:
    student = Student(context.new_page())
    student.page.set_viewport_size({"width": 390, "height": 844})
    student.page.goto(gallery.address + "lessons/01_one_wall")
    student.opened()
    widths = (
        "[document.scrollingElement, ...document.querySelectorAll('#rendered_cells, .dwmtj-lesson-part')]"
    )
    assert student.page.evaluate(f"{widths}.every((e) => e.scrollWidth <= 390)")
    low = student.page.evaluate(
        "[...document.querySelectorAll('.dwmtj-lesson-part button:not(.dwmtj-small)')]"
        ".filter((e) => e.clientHeight > 0 && e.getBoundingClientRect().height < 44).map((e) => e.textContent)"
    )
    assert low == [], "a finger needs 44 px"
    student.close()
