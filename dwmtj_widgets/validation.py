"""Checks of numbers, choices, arrays and seeds, with the sentences of refusal.

Each function returns the value in the form the rest of the code works with, or raises `Refused` with one
sentence: what arrived, what is legal, and the usual fix.
"""

from __future__ import annotations

import math
import operator
from difflib import get_close_matches
from reprlib import Repr
from typing import TYPE_CHECKING, Final, SupportsIndex, TypeAlias

import numpy as np

from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.units import quantity

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import ArrayLike, NDArray

LONGEST_QUOTED: Final = 40
"""Most characters of a refused value that a sentence quotes; values from outside may have any size."""

LONGEST_LIST: Final = 200
"""Most characters of a list of names in a sentence."""

Seed: TypeAlias = int | np.random.Generator
"""An integer from 0 on, which gives the same bits each time, or a NumPy Generator, which continues its stream."""

_repr = Repr()
_repr.maxstring = _repr.maxother = LONGEST_QUOTED


def short(value: object) -> str:
    """Return a value's repr for a sentence, shortened to 40 characters."""
    text = _repr.repr(value)
    return text if len(text) <= LONGEST_QUOTED else f"{text[: LONGEST_QUOTED - 3]}..."


def known_names(name: str, known: Collection[str], listed_by: str = "its documentation") -> str:
    """Return the end of a sentence on an unknown name: all known names, or the nearest if there are many.

    Parameters
    ----------
    name : str
        The unknown name.
    known : collection of str
        The legal names.
    listed_by : str
        Where all names are listed if they are too many for a sentence.
    """
    names = ", ".join(known)
    if len(names) <= LONGEST_LIST:
        return f"there are {names}"
    near = get_close_matches(name[:LONGEST_QUOTED].lower(), known)
    return f"the nearest names are {', '.join(near)}" if near else f"{listed_by} lists all {len(known)}"


def finite(value: float, name: str, unit: str = "") -> float:
    """Return `value` as a float, refusing nan and infinity."""
    number = real(value, name)
    if not math.isfinite(number):
        msg = f"{name} is {number}; it must be a finite number{_in(unit)}."
        raise Refused(msg)
    return number


def positive(value: float, name: str, unit: str = "") -> float:
    """Return `value` as a float above zero."""
    number = finite(value, name, unit)
    if number <= 0.0:
        msg = f"{name} is {quantity(number, unit)}; it must be above zero."
        raise Refused(msg)
    return number


def within(value: float, name: str, low: float, high: float, unit: str = "") -> float:
    """Return `value` as a float inside the closed range from `low` to `high`."""
    number = finite(value, name, unit)
    if not low <= number <= high:
        msg = (
            f"{name} is {quantity(number, unit)}; "
            f"it must lie between {quantity(low, unit)} and {quantity(high, unit)}."
        )
        raise Refused(msg)
    return number


def one_of(value: str, name: str, choices: Sequence[str]) -> str:
    """Return `value` if it is one of `choices`."""
    if value not in choices:
        msg = f"{name} is {short(value)}; it must be one of {', '.join(map(repr, choices))}."
        raise Refused(msg)
    return value


def count(value: int, name: str, least: int) -> int:
    """Return `value` as a whole number, at least `least`."""
    number = real(value, name)
    if not number.is_integer() or number < least:
        msg = f"{name} is {short(value)}; it must be a whole number of at least {least}."
        raise Refused(msg)
    try:
        return operator.index(value)  # a seed may have more digits than a float
    except TypeError:
        return int(number)


def whole(value: SupportsIndex, name: str, low: int, high: int) -> int:
    """Return `value` as an integer inside the closed range from `low` to `high`; 3.0 is refused."""
    try:
        number = operator.index(value)
    except TypeError as exc:
        msg = f"{name} is {short(value)}; it must be a whole number."
        raise Refused(msg) from exc
    if not low <= number <= high:
        msg = f"{name} is {short(number)}; it must lie between {low} and {high}."
        raise Refused(msg)
    return number


def not_above(count: int, limit: int, name: str, what: str) -> None:
    """Refuse a `count` beyond `limit`."""
    if count > limit:
        msg = f"{name} has more than {limit:,} {what}; make it smaller."
        raise Refused(msg)


def generator(seed: Seed) -> np.random.Generator:
    """Return `seed` if it is a Generator, else a new one."""
    if isinstance(seed, np.random.Generator):
        return seed
    return np.random.default_rng(whole(seed, "seed", 0, 2**64 - 1))


def table(values: ArrayLike, shape: tuple[int, ...], name: str) -> NDArray[np.float64]:
    """Return `values` as a new array of numbers of the given shape."""
    array = numbers(values, name)
    if array.shape != shape:
        msg = f"{name} has the shape {array.shape}; it must be {shape}."
        raise Refused(msg)
    return array


def numbers(values: ArrayLike, name: str) -> NDArray[np.float64]:
    """Return `values` as a new C-contiguous array of real numbers of any shape."""
    if isinstance(values, np.ndarray) and np.iscomplexobj(values):
        msg = f"{name} holds complex numbers; real ones are wanted."
        raise Refused(msg)
    try:
        return np.array(values, dtype=np.float64, order="C")
    except (TypeError, ValueError, OverflowError) as exc:
        msg = f"{name} cannot be read as an array of numbers; give a list or a NumPy array with equal rows."
        raise Refused(msg) from exc


def real(value: float, name: str) -> float:
    """Return `value` as a float, finite or not."""
    try:
        return float(value)
    except (TypeError, ValueError) as exc:
        msg = f"{name} is {short(value)}; it must be a number."
        raise Refused(msg) from exc
    except OverflowError as exc:  # a whole number of more than 308 digits
        msg = f"{name} is {short(value)}; it must be a smaller number."
        raise Refused(msg) from exc


def _in(unit: str) -> str:
    return f" in {unit}" if unit else ""
