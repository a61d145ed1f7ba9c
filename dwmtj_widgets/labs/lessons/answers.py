"""Judgement of a student's answers, without a page: a choice, or a number with its unit.

A wrong answer gets a hint and never the solution; the engine computes the right number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import copysign, isclose, isfinite, log10
from typing import Final, Literal

from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.units import DISPLAY_UNITS, from_shown, quantity

Verdict = Literal["right", "wrong", "unread"]

LONGEST_ANSWER: Final = 60
"""Longest typed answer in characters."""
_NUMBER: Final = re.compile(r"([+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d{1,3})?)\s*(.*)")
_THOUSANDS: Final = re.compile(r"[+-]?\d{1,3},\d{3}")
_PREFIXES: Final = {
    "a": 1e-18, "f": 1e-15, "p": 1e-12, "n": 1e-9, "µ": 1e-6, "m": 1e-3, "": 1.0, "k": 1e3, "M": 1e6, "G": 1e9,
}  # fmt: skip
_BASES: Final = {
    "s": "s",
    "J": "J",
    "W": "W",
    "V": "V",
    "A": "A",
    "m": "m",
    "ohm": "Ω",
    "T": "T",
    "K": "K",
    "Hz": "Hz",
}
"""SI units that users may write with other prefixes than the display unit's."""


@dataclass(frozen=True)
class Feedback:
    """Feedback on an answer."""

    verdict: Verdict
    text: str


@dataclass(frozen=True)
class Option:
    """One answer of a choice."""

    text: str
    feedback: str
    """Text for a student who chose the option: why it is right, or a hint that does not reveal the right one."""


@dataclass(frozen=True)
class Choice:
    """A question with one right option.

    Raises
    ------
    ValueError
        If the index of the right option is out of range.
    """

    question: str
    options: Sequence[Option]
    right: int

    def __post_init__(self) -> None:
        if len(self.options) < 2 or not 0 <= self.right < len(self.options):
            msg = f"The right option is number {self.right}; there are {len(self.options)} options."
            raise ValueError(msg)

    def judge(self, chosen: int | None) -> Feedback:
        """Judge the option with this index; None is no choice."""
        if chosen is None or not 0 <= chosen < len(self.options):
            return Feedback("unread", "Choose one of the answers first.")
        verdict: Verdict = "right" if chosen == self.right else "wrong"
        return Feedback(verdict, self.options[chosen].feedback)


@dataclass(frozen=True)
class Number:
    """A question whose answer is a number that the engine computes.

    Raises
    ------
    ValueError
        If there is no hint, or the tolerance is not between 0 and 0.5.
    """

    question: str
    engine: Callable[[], float]
    """Returns the right answer in SI units."""
    unit: str
    """SI, a key of `units.DISPLAY_UNITS`; the student types in the display unit."""
    hints: Sequence[str]
    """One hint for each wrong answer; the last one stays."""
    explanation: str
    """Text for the right answer."""
    tolerance: float = 0.02
    """Relative tolerance; 0 for a count."""
    name: str = ""
    """Name of the unit, if it has no symbol: "edges"."""

    def __post_init__(self) -> None:
        if not self.hints or not 0.0 <= self.tolerance <= 0.5:
            msg = f"A number needs a hint and a tolerance from 0 to 0.5; it has {self.tolerance:g}."
            raise ValueError(msg)

    @cached_property
    def answer(self) -> float:
        """The right answer in SI units."""
        return self.engine()

    @property
    def symbol(self) -> str:
        """Text after the field: the display unit, or the name of the counted things."""
        return self.name or DISPLAY_UNITS[self.unit].symbol

    @property
    def allowance(self) -> str:
        """The tolerance as text."""
        if self.tolerance == 0.0:
            return "a whole number"
        return f"within {100.0 * self.tolerance:g} %"

    def judge(self, text: str, wrong_before: int) -> Feedback:
        """Judge the typed answer; the number of wrong answers before selects the hint."""
        try:
            value = parsed(text, self.unit, self.name)
        except Refused as exc:
            return Feedback("unread", str(exc))
        if (
            isclose(value, self.answer, rel_tol=max(self.tolerance, 1e-9), abs_tol=0.0)
            or value == self.answer
        ):
            return Feedback("right", f"{self._said(self.answer)}. {self.explanation}")
        slip = _slip(value, self.answer, max(self.tolerance, 1e-6))
        hint = self.hints[min(wrong_before, len(self.hints) - 1)]
        return Feedback("wrong", f"{self._said(value)} is not right. {slip or hint}")

    def _said(self, value: float) -> str:
        return f"{quantity(value, self.unit)} {self.name}".rstrip()


def parsed(text: str, unit: str, name: str = "") -> float:
    """Return a typed number, alone or with its unit, in SI units.

    A number alone is in the display unit. Other prefixes of the same unit ("0.1 V" for 100 mV) and a decimal comma are
    accepted.

    Raises
    ------
    Refused
        If it is empty, no finite number, or has another unit; the sentence says what is wanted.
    """
    symbol = name or DISPLAY_UNITS[unit].symbol
    wanted = f"a number in {symbol}" if symbol else "a number"
    typed = text.strip().replace("−", "-").replace("μ", "µ").replace("Ω", "Ω").replace("\u00a0", " ")
    if not typed:
        msg = f"Type {wanted} first."
        raise Refused(msg)
    if len(typed) > LONGEST_ANSWER:
        msg = f"That is {len(typed)} characters long; type {wanted}."
        raise Refused(msg)
    found = _NUMBER.fullmatch(typed)
    if found is None:
        msg = f"“{typed}” is not a number; type {wanted}, such as 3.5."
        raise Refused(msg)
    if _THOUSANDS.fullmatch(found[1]):
        msg = f"“{found[1]}” can be read in two ways; write it without a comma, or with a decimal point."
        raise Refused(msg)
    value = float(found[1].replace(",", ".")) * _factor(found[2], unit, name, wanted)
    if not isfinite(value):
        msg = f"“{typed}” is beyond all numbers; type {wanted}."
        raise Refused(msg)
    return value


def _factor(suffix: str, unit: str, name: str, wanted: str) -> float:
    """Return the SI value of the unit typed after the number."""
    display = DISPLAY_UNITS[unit]
    if suffix in ("", display.symbol, name):
        return from_shown(1.0, unit)
    base = _BASES.get(unit)
    written = suffix.replace("ohm", "Ω").replace("Ohm", "Ω").replace("u", "µ", 1)
    for prefix, factor in _PREFIXES.items():
        if base is not None and written == prefix + base:
            return factor
    msg = f"“{suffix}” is not the unit that is asked for; type {wanted}."
    raise Refused(msg)


def _slip(value: float, answer: float, tolerance: float) -> str:
    """Return a hint for a wrong sign or power of ten, or "" for other answers."""
    if value == 0.0 or answer == 0.0:
        return ""
    if isclose(value, -answer, rel_tol=tolerance):
        return "The size is right; think about the sign."
    power = round(log10(abs(value / answer)))
    if power and isclose(value, copysign(10.0**power, value * answer) * answer, rel_tol=tolerance):
        return "The digits are right; look at the unit and count the powers of ten again."
    return ""
