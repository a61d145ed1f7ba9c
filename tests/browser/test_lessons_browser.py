"""Somebody who follows a lesson by its own instructions, in a real browser, gets to its end."""

from browser_tools import Served
from lab_pages.lab import STARTED, LabPage

from dwmtj_widgets.labs.lessons.course import Lesson


class Student(LabPage):
    """Somebody in the gallery, or at a lesson."""

    def wait_ready(self) -> None:
        self.wait_for_part("h1")

    def wait_lesson(self) -> None:
        """Wait until the last part of a lesson is there."""
        self.wait_for_part(".dwmtj-exercise .dwmtj-check-answer")

    def wait_said(self, part: str, text: str) -> None:
        self.wait(f"document.querySelector('.dwmtj-{part}').textContent.includes({text!r})")

    def choose(self, part: str, number: int) -> None:
        self.page.locator(f".dwmtj-{part} input[type=radio]").nth(number).check()

    def instructed(self, word: str) -> bool:
        """Whether the lesson's own text tells to press this."""
        words = self.page.locator(".jp-MarkdownCell li strong").all_inner_texts()
        return word in words


def test_lesson_one_followed_by_its_own_instructions_reaches_its_check(gallery: Served, context) -> None:
    student = Student(context.new_page(), gallery.address)
    page = student.page
    page.click(".dwmtj-exhibit:has-text('One wall, one junction')")
    student.wait_lesson()
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
    # 3. set the current to 10 µA, and the wall goes; then to 3 µA. 4. find where it stands still.
    student.type_in_readout("current", 10)
    student.wait("parseFloat(document.querySelector('.dwmtj-place').textContent) > 0")
    for current, velocity in ((3, "1.81"), (10, "5.64"), (4.7, "0.00")):
        student.type_in_readout("current", current)
        student.wait(f"document.querySelector('.dwmtj-free-velocity').textContent.includes('{velocity}')")

    # Compare.
    page.click(".dwmtj-compare")
    student.wait_said("outcome", "otherwise")
    said = student.text("outcome")
    assert topic.options[1] in said and topic.options[2] in said and "8 ns" in said

    # Check: a wrong answer gets a hint, the right one is accepted.
    student.choose("check", 1)
    page.click(".dwmtj-check .dwmtj-check-answer")
    student.wait_said("check", "Not yet.")
    assert topic.check.options[1].feedback in student.text("check")
    student.choose("check", 2)
    page.click(".dwmtj-check .dwmtj-check-answer")
    student.wait_said("check", "Right.")

    # Exercise: nonsense, a wrong number, the right one with the Enter key.
    field = ".dwmtj-answer input"
    for typed, said in (("soon", "not a number"), ("12.9", topic.exercise.hints[0]), ("7.73 ns", "Right.")):
        page.fill(field, typed)
        page.press(field, "Enter")
        student.wait_said("exercise", said)

    # A reload starts another kernel; the page tells it what was answered.
    page.reload(timeout=STARTED)
    student.wait_lesson()
    for part, said in (("prediction", "Kept."), ("check", "Right."), ("exercise", "Right.")):
        student.wait_said(part, said)
    assert page.is_disabled(".dwmtj-keep") and page.is_enabled(".dwmtj-compare")
    assert page.locator(".dwmtj-prediction input[type=radio]").nth(1).is_checked()
    assert page.input_value(field) == "7.73 ns"

    # On to the next lesson, and home.
    page.click("a:has-text('2 · One neuron')")
    student.wait_lesson()
    assert page.url.endswith("/lessons/02_one_neuron")
    page.click(".dwmtj-home")
    page.wait_for_selector("h1:has-text('Spintronic')")
    student.close()


def test_lesson_six_divides_its_graph(gallery: Served, context) -> None:
    student = Student(context.new_page(), gallery.address + "lessons/06_max_cut")
    page = student.page
    student.wait_lesson()
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
    student = Student(context.new_page(), gallery.address + "lessons/01_one_wall")
    student.page.set_viewport_size({"width": 390, "height": 844})
    student.wait_lesson()
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
