"""Numbers as people type them in the lessons."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwmtj_widgets.labs import lessons
from dwmtj_widgets.labs.lessons.answers import Choice, Number, Option, parsed
from dwmtj_widgets.labs.lessons.course import Lesson


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
