"""Typed settings of a sweep or a search: names, and values in display units, both ways."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dwmtj_widgets.explore import TASKS, Knob, knobs_of, linear, stepped
from dwmtj_widgets.explore.knobs import Value, knob_of
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.units import DISPLAY_UNITS, from_shown, quantity
from dwmtj_widgets.validation import short

FORMS: Final = {
    "LOW:HIGH:STEP": "from LOW to HIGH in steps",
    "LOW:HIGH/COUNT": "this many values, equally spaced",
    "A,B,C": "exactly these; words as well as numbers",
    "LOW:HIGH": "the ends of a range, with --latin",
}


def settings() -> list[tuple[str, str]]:
    """Return name and description of every setting, each once."""
    rows: dict[str, str] = {}
    for task in TASKS:
        for knob in knobs_of(task).values():
            whose = "" if all(knob.name in knobs_of(other) for other in TASKS) else f"{task}: "
            rows.setdefault(knob.name, whose + _described(knob))
    return list(rows.items())


def _described(knob: Knob) -> str:
    default = "" if knob.default is None else f", {value_text(knob, knob.default, digits=12)}"
    if knob.is_text:
        legal = knob.words or ", ".join(knob.choices)
    else:
        legal = f"{value_text(knob, knob.low, digits=12)} to {value_text(knob, knob.high, digits=12)}"
    return f"{knob.label}{default} ({legal})"


def fixed_values(task: str, texts: Sequence[str]) -> dict[str, Value]:
    """Return the values of typed settings NAME=VALUE, SI units.

    Raises
    ------
    Refused
        If one is unknown or cannot be read; the same for all that follow.
    """
    values: dict[str, Value] = {}
    for text in texts:
        name, given = split(text, "--set")
        knob = knob_of(task, name)
        if name in values:
            msg = f"{name} is there twice; give it once."
            raise Refused(msg)
        values[name] = given if knob.is_text else _number(knob, given)
    return values


def values_of(knob: Knob, text: str, *, latin: bool) -> tuple[Value, ...]:
    """Return the values of a setting typed in one of `FORMS`, SI units; a range's ends only if `latin`."""
    if knob.is_text:
        separator = "," if knob.choices else ";"
        return tuple(part.strip() for part in text.split(separator))
    ends, slash, count = text.partition("/")
    parts = [part.strip() for part in ends.split(":")]
    if slash and len(parts) == 2 and count.strip().isdigit():
        low, high = (_typed(knob, part) for part in parts)
        return tuple(from_shown(value, knob.unit) for value in linear(low, high, int(count)))
    if len(parts) == 3:
        # Steps are counted in the typed unit, in which they are round numbers.
        low, high, step = (_typed(knob, part) for part in parts)
        return tuple(from_shown(value, knob.unit) for value in stepped(low, high, step))
    if len(parts) == 2 and latin:
        return tuple(_number(knob, part) for part in parts)
    if slash or len(parts) != 1:
        msg = f"{knob.name} is {short(text)}; it must be one of {', '.join(FORMS)}."
        raise Refused(msg)
    return tuple(_number(knob, part.strip()) for part in text.split(","))


def split(text: str, option: str) -> tuple[str, str]:
    """Split an option's text NAME=VALUE."""
    name, equals, given = (part.strip() for part in text.partition("="))
    if not (name and equals and given):
        msg = f"{option} is {short(text)}; it must be a name, =, and what it is set to, as in weight=100."
        raise Refused(msg)
    return name, given


def _number(knob: Knob, text: str) -> float:
    return from_shown(_typed(knob, text), knob.unit)


def _typed(knob: Knob, text: str) -> float:
    try:
        return float(text)
    except ValueError as exc:
        unit = DISPLAY_UNITS[knob.unit].symbol
        msg = f"{knob.name} is {short(text)}; it must be a number{unit and f' in {unit}'}."
        raise Refused(msg) from exc


def value_text(knob: Knob, value: Value, digits: int = 4) -> str:
    """Return a value as text in its display unit."""
    return value if isinstance(value, str) else quantity(value, knob.unit, digits=digits)
